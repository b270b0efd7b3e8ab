//! Words that say that somebody may be in danger, in both languages. By rules, on this machine. Who writes them gets
//! words of help at once; the hub is told that there is a concern, never the words.
//!
//! Context counts: a story about a battle is no alarm. What a child says of itself is one in any context but a
//! quotation, and then it still is one for today.

use crate::guard::fold::tokens;
use shared_types::event::{ConcernKind, Tier};

/// What a text gives cause for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concern {
    pub tier: Tier,
    pub kind: ConcernKind,
}

/// Said of oneself.
const OWN: &[(&str, ConcernKind)] = &[
    ("want to die", ConcernKind::SelfHarm),
    ("wanna die", ConcernKind::SelfHarm),
    ("wish i was dead", ConcernKind::SelfHarm),
    ("wish i were dead", ConcernKind::SelfHarm),
    ("kill myself", ConcernKind::SelfHarm),
    ("killing myself", ConcernKind::SelfHarm),
    ("hurt myself", ConcernKind::SelfHarm),
    ("hurting myself", ConcernKind::SelfHarm),
    ("cut myself on purpose", ConcernKind::SelfHarm),
    ("cutting myself", ConcernKind::SelfHarm),
    ("end my life", ConcernKind::SelfHarm),
    ("better off without me", ConcernKind::SelfHarm),
    ("suicidal", ConcernKind::SelfHarm),
    ("me quiero morir", ConcernKind::SelfHarm),
    ("quiero morirme", ConcernKind::SelfHarm),
    ("quiero morir", ConcernKind::SelfHarm),
    ("me quiero matar", ConcernKind::SelfHarm),
    ("quiero matarme", ConcernKind::SelfHarm),
    ("hacerme dano", ConcernKind::SelfHarm),
    ("me hago dano", ConcernKind::SelfHarm),
    ("cortarme las venas", ConcernKind::SelfHarm),
    ("quitarme la vida", ConcernKind::SelfHarm),
    ("estarian mejor sin mi", ConcernKind::SelfHarm),
    ("hits me", ConcernKind::Abuse),
    ("beats me", ConcernKind::Abuse),
    ("touches me", ConcernKind::Abuse),
    ("touched me where", ConcernKind::Abuse),
    ("i am not safe at home", ConcernKind::Abuse),
    ("i m not safe at home", ConcernKind::Abuse),
    ("afraid to go home", ConcernKind::Abuse),
    ("scared to go home", ConcernKind::Abuse),
    ("me pega", ConcernKind::Abuse),
    ("me pegan", ConcernKind::Abuse),
    ("me toca donde", ConcernKind::Abuse),
    ("me tocan donde", ConcernKind::Abuse),
    ("miedo de ir a casa", ConcernKind::Abuse),
    ("miedo de volver a casa", ConcernKind::Abuse),
    ("bring a gun to school", ConcernKind::Danger),
    ("bring a knife to school", ConcernKind::Danger),
    ("hurt everyone at school", ConcernKind::Danger),
    ("llevar una pistola al colegio", ConcernKind::Danger),
    ("llevar un cuchillo al colegio", ConcernKind::Danger),
];
/// For somebody to look after today.
const TODAY: &[(&str, ConcernKind)] = &[
    ("suicide", ConcernKind::SelfHarm),
    ("self harm", ConcernKind::SelfHarm),
    ("suicidio", ConcernKind::SelfHarm),
    ("autolesion", ConcernKind::SelfHarm),
    ("they bully me", ConcernKind::Bullying),
    ("bullies me", ConcernKind::Bullying),
    ("bullying me", ConcernKind::Bullying),
    ("everyone hates me", ConcernKind::Bullying),
    ("nobody likes me", ConcernKind::Bullying),
    ("me acosan", ConcernKind::Bullying),
    ("me hacen bullying", ConcernKind::Bullying),
    ("todos me odian", ConcernKind::Bullying),
    ("nadie me quiere", ConcernKind::Bullying),
];
const ELSEWHERE: &[&str] = &[
    "story",
    "stories",
    "novel",
    "book",
    "poem",
    "game",
    "film",
    "movie",
    "play",
    "character",
    "hero",
    "battle",
    "war",
    "history",
    "king",
    "queen",
    "romeo",
    "juliet",
    "code",
    "program",
    "function",
    "process",
    "robot",
    "sprite",
    "scratch",
    "historia",
    "cuento",
    "novela",
    "libro",
    "poema",
    "juego",
    "pelicula",
    "obra",
    "personaje",
    "batalla",
    "guerra",
    "rey",
    "reina",
    "codigo",
    "programa",
    "funcion",
];
/// "This homework makes me want to die" is a sigh; it is looked after all the same, today.
const SIGHS: &[&str] =
    &["homework", "boring", "bored", "laughing", "lol", "deberes", "aburrido", "aburrida", "risa", "jaja"];

/// What a text gives cause for; none nearly always.
pub fn concern(text: &str) -> Option<Concern> {
    let tokens = tokens(text);
    let said = format!(" {} ", tokens.join(" "));
    let says = |phrase: &str| said.contains(&format!(" {phrase} "));
    let has = |list: &[&str]| tokens.iter().any(|token| list.contains(&token.as_str()));
    if let Some(&(_, kind)) = OWN.iter().find(|(phrase, _)| says(phrase)) {
        let elsewhere = has(ELSEWHERE) || has(SIGHS);
        // "The robot hits me in the game" is a game.
        if elsewhere && kind != ConcernKind::SelfHarm {
            return None;
        }
        let tier = if elsewhere { Tier::Today } else { Tier::Now };
        return Some(Concern { tier, kind });
    }
    let (_, kind) = *TODAY.iter().find(|(phrase, _)| says(phrase))?;
    (!has(ELSEWHERE)).then_some(Concern { tier: Tier::Today, kind })
}

/// What only somebody says who answers a child that is in danger.
const REACTIONS: &[(&str, ConcernKind)] = &[
    ("suicide prevention", ConcernKind::SelfHarm),
    ("suicide hotline", ConcernKind::SelfHarm),
    ("suicide lifeline", ConcernKind::SelfHarm),
    ("suicidal thoughts", ConcernKind::SelfHarm),
    ("thoughts of suicide", ConcernKind::SelfHarm),
    ("thinking about suicide", ConcernKind::SelfHarm),
    ("crisis line", ConcernKind::SelfHarm),
    ("crisis hotline", ConcernKind::SelfHarm),
    ("crisis text line", ConcernKind::SelfHarm),
    ("hurting yourself", ConcernKind::SelfHarm),
    ("harming yourself", ConcernKind::SelfHarm),
    ("harm yourself", ConcernKind::SelfHarm),
    ("ending your life", ConcernKind::SelfHarm),
    ("end your life", ConcernKind::SelfHarm),
    ("prevencion del suicidio", ConcernKind::SelfHarm),
    ("pensamientos suicidas", ConcernKind::SelfHarm),
    ("pensando en el suicidio", ConcernKind::SelfHarm),
    ("linea de crisis", ConcernKind::SelfHarm),
    ("hacerte dano", ConcernKind::SelfHarm),
    ("haciendote dano", ConcernKind::SelfHarm),
    ("quitarte la vida", ConcernKind::SelfHarm),
    ("child helpline", ConcernKind::Abuse),
    ("child protective services", ConcernKind::Abuse),
    ("being abused", ConcernKind::Abuse),
    ("is hurting you", ConcernKind::Abuse),
    ("is hitting you", ConcernKind::Abuse),
    ("not safe at home", ConcernKind::Abuse),
    ("te esta haciendo dano", ConcernKind::Abuse),
    ("te esta pegando", ConcernKind::Abuse),
    ("no estas a salvo en casa", ConcernKind::Abuse),
    ("proteccion de menores", ConcernKind::Abuse),
    ("are being bullied", ConcernKind::Bullying),
    ("re being bullied", ConcernKind::Bullying),
    ("te estan acosando", ConcernKind::Bullying),
];

/// What a sentence of a model gives cause for: it answers a danger that the student's own words did not show to the
/// rules above. What stands in the lesson is the lesson's. A model's reading of a child is a guess, so somebody looks
/// today.
pub fn concern_in_answer(sentence: &str, lesson: &str) -> Option<Concern> {
    let words = tokens(sentence);
    let said = format!(" {} ", words.join(" "));
    let (phrase, kind) = *REACTIONS.iter().find(|(phrase, _)| said.contains(&format!(" {phrase} ")))?;
    let elsewhere = words.iter().any(|word| ELSEWHERE.contains(&word.as_str()));
    if elsewhere || format!(" {} ", tokens(lesson).join(" ")).contains(&format!(" {phrase} ")) {
        return None;
    }
    Some(Concern { tier: Tier::Today, kind })
}

#[cfg(test)]
mod tests {
    use super::{concern, concern_in_answer};
    use shared_types::event::{ConcernKind::*, Tier::*};

    #[test]
    fn what_a_child_says_of_itself_is_heard() {
        for (text, expected) in [
            ("I want to die", (Now, SelfHarm)),
            ("a veces me quiero morir", (Now, SelfHarm)),
            ("my uncle hits me", (Now, Abuse)),
            ("mi padre me pega", (Now, Abuse)),
            ("everyone hates me", (Today, Bullying)),
            ("this homework makes me want to die", (Today, SelfHarm)),
            ("in the book the girl says: I want to die", (Today, SelfHarm)),
        ] {
            let found = concern(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.tier, found.kind), expected, "{text}");
        }
    }

    #[test]
    fn a_model_that_answers_a_danger_tells_of_it() {
        for (text, kind) in [
            ("If you are having thoughts of suicide, please talk to somebody.", SelfHarm),
            ("I'm sorry. Have you been hurting yourself?", SelfHarm),
            ("Siento que estés pensando en quitarte la vida.", SelfHarm),
            ("Nobody should do that. You are not safe at home, it seems.", Abuse),
            ("It sounds like you're being bullied.", Bullying),
        ] {
            let found = concern_in_answer(text, "").unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.tier, found.kind), (Today, kind), "{text}");
        }
        for text in [
            "Look at the first line again. What does it do?",
            "In the play, Romeo is having thoughts of suicide in the last scene.",
            "The robot could harm itself if the loop never ends.",
        ] {
            assert_eq!(concern_in_answer(text, ""), None, "{text}");
        }
        let lesson = "Suicide prevention is everybody's task.";
        assert_eq!(concern_in_answer("The lesson says that suicide prevention matters.", lesson), None);
    }

    #[test]
    fn stories_games_and_programs_are_no_alarm() {
        for text in [
            "In my story the king dies in the battle",
            "How do I kill a process in my program?",
            "the sprite hits me in the game",
            "la batalla mató a mil soldados",
            "What does the suicide of Romeo mean in the play?",
            "I'm dying to know how the cipher works",
        ] {
            assert_eq!(concern(text), None, "{text}");
        }
    }
}
