//! Words that say that somebody may be in danger, in both languages. By rules, on this machine. Who writes them gets
//! words of help at once; the hub is told that there is a concern, never the words.
//!
//! A text is read sentence by sentence: [`spelling`] makes one spelling of several, [`phrases`] are what is said of
//! oneself, [`violence`] is who does what to whom. Context counts: a story about a battle is no alarm. What a child says
//! of its own life is one in any context but a quotation, and then it still is one for today.

mod pattern;
mod phrases;
mod spelling;
mod violence;

use crate::guard::fold::tokens;
use pattern::find;
use shared_types::event::{ConcernKind, Tier};

/// What a text gives cause for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concern {
    pub tier: Tier,
    pub kind: ConcernKind,
}

/// What is not one's own life.
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
const SIGHS: &[&str] = &[
    "homework",
    "boring",
    "bored",
    "laughing",
    "lol",
    "embarrassed",
    "deberes",
    "aburrido",
    "aburrida",
    "risa",
    "jaja",
    "verguenza",
];
/// With one of these before it, what a sentence is about is something else: "in the game", "sobre la guerra".
const ABOUT: &[&str] = &["in", "of", "about", "from", "en", "sobre", "del"];
/// A lesson of history is one's own life.
const LESSONS: &[&str] = &["class", "classes", "lesson", "lessons", "clase", "clases", "leccion"];
/// Words between "about" and what it is about: "in my new story".
const FRAME: usize = 3;

/// What a text gives cause for; none nearly always. What the lesson says stands in quotation marks is the lesson's.
pub fn concern(text: &str, lesson: &str) -> Option<Concern> {
    let (text, quoted) = without_quotations(text, lesson);
    let sentences = spelling::sentences(&text);
    let quotations = spelling::sentences(&quoted);
    let elsewhere = sentences.iter().any(|words| has(words, ELSEWHERE));
    let sigh = sentences.iter().any(|words| has(words, SIGHS));
    let own = sentences.iter().filter_map(|words| in_sentence(words, elsewhere, sigh));
    // What one quotes is somebody else's, or one's own told carefully.
    let others = quotations.iter().filter_map(|words| in_sentence(words, elsewhere, sigh)).map(for_today);
    own.chain(others).min_by_key(|concern| concern.tier == Tier::Today)
}

fn for_today(concern: Concern) -> Concern {
    Concern { tier: Tier::Today, ..concern }
}

/// The text, and apart from it what it has in quotation marks. Quotations that stand in the lesson are left out.
fn without_quotations(text: &str, lesson: &str) -> (String, String) {
    let lesson = format!(" {} ", tokens(lesson).join(" "));
    let (mut own, mut quoted) = (String::new(), String::new());
    let mut rest = text;
    while let Some(from) = rest.find(['"', '“', '«']) {
        let opening = rest[from..].chars().next().map_or(1, char::len_utf8);
        let Some(length) = rest[from + opening..].find(['"', '”', '»']) else { break };
        let inside = &rest[from + opening..][..length];
        own.push_str(&rest[..from]);
        own.push(' ');
        if !lesson.contains(&format!(" {} ", tokens(inside).join(" "))) {
            quoted.push_str(inside);
            quoted.push('\n');
        }
        let after = &rest[from + opening + length..];
        rest = &after[after.chars().next().map_or(0, char::len_utf8)..];
    }
    own.push_str(rest);
    (own, quoted)
}

fn has(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

/// What one sentence gives cause for, where the text it is of speaks of something `elsewhere` or sighs.
fn in_sentence(words: &[String], elsewhere: bool, sigh: bool) -> Option<Concern> {
    let said = |patterns: &[(&str, ConcernKind)], tier: Tier| {
        let found = patterns.iter().find(|(pattern, _)| find(pattern, words).is_some());
        found.map(|&(_, kind)| (Concern { tier, kind }, false))
    };
    let own = said(phrases::NOW, Tier::Now)
        .into_iter()
        .chain(
            violence::done_to_me(words)
                .map(|found| (Concern { tier: found.tier, kind: found.kind }, found.of_ones_own)),
        )
        .chain(said(phrases::TODAY, Tier::Today))
        .min_by_key(|(concern, _)| concern.tier == Tier::Today);
    let Some((concern, of_ones_own)) = own else {
        let (named, _) = said(phrases::NAMED, Tier::Today)?;
        return (!elsewhere).then_some(named);
    };
    let spared = concern.kind == ConcernKind::SelfHarm || of_ones_own;
    // "They hit me in the game" is a game.
    if !spared && is_framed(words) {
        return None;
    }
    Some(if elsewhere || sigh { for_today(concern) } else { concern })
}

/// Whether a sentence says that it is about something else.
fn is_framed(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let is_lesson = words.get(at + 1).is_some_and(|next| LESSONS.contains(&next.as_str()));
        ELSEWHERE.contains(&word.as_str()) && !is_lesson && has(&words[at.saturating_sub(FRAME)..at], ABOUT)
    })
}

/// Feelings and violence that alone are no cause for concern.
const TROUBLES: &[&str] = &[
    "sad",
    "lonely",
    "alone",
    "scared",
    "afraid",
    "frightened",
    "cry",
    "crying",
    "cried",
    "hurt",
    "hurts",
    "hit",
    "hits",
    "fight",
    "fighting",
    "fights",
    "hate",
    "hates",
    "angry",
    "depressed",
    "anxious",
    "anxiety",
    "worried",
    "die",
    "died",
    "dead",
    "dying",
    "kill",
    "killed",
    "bully",
    "bullies",
    "bullied",
    "bullying",
    "mean",
    "drunk",
    "hopeless",
    "worthless",
    "unhappy",
    "miserable",
    "panic",
    "unsafe",
    "divorce",
    "divorced",
    "shout",
    "shouts",
    "shouting",
    "yell",
    "yells",
    "yelling",
    "threaten",
    "threatened",
    "beat",
    "beats",
    "insult",
    "insults",
    "nobody",
    "triste",
    "sola",
    "miedo",
    "llorar",
    "lloro",
    "llorando",
    "odio",
    "odia",
    "odian",
    "pelea",
    "pelean",
    "peleas",
    "gritan",
    "grita",
    "deprimido",
    "deprimida",
    "ansiedad",
    "murio",
    "muerto",
    "muerta",
    "matar",
    "pega",
    "pegan",
    "dano",
    "preocupado",
    "preocupada",
    "asustado",
    "asustada",
    "borracho",
    "insulta",
    "insultan",
    "nadie",
    "divorcio",
    "divorcian",
];
const MYSELF: &[&str] = &[
    "i", "me", "my", "myself", "we", "us", "our", "mi", "mis", "yo", "conmigo", "estoy", "tengo", "siento", "quiero",
    "nos", "nosotros",
];

/// Whether somebody speaks of themselves and of something hard: no concern to tell of, but to be met kindly.
pub fn is_troubled(text: &str) -> bool {
    spelling::sentences(text).iter().any(|words| has(words, TROUBLES) && has(words, MYSELF))
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
    use super::{concern, concern_in_answer, is_troubled};
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
            let found = concern(text, "").unwrap_or_else(|| panic!("{text}"));
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
            assert_eq!(concern(text, ""), None, "{text}");
        }
    }

    #[test]
    fn a_quotation_of_the_lesson_is_the_lessons_and_any_other_for_today() {
        let text = "What does “I want to die” mean here?";
        assert_eq!(concern(text, "Then he cried: I want to die!"), None);
        assert_eq!(concern(text, "").map(|found| found.tier), Some(Today));
        let own = "I want to die. What does “the key” mean?";
        assert_eq!(concern(own, "Then he cried: I want to die!").map(|found| found.tier), Some(Now));
    }

    #[test]
    fn a_lesson_that_is_named_beside_it_hides_nobody_of_ones_own() {
        for (text, expected) in [
            ("I can't finish my program because my dad hit me", Some(Today)),
            ("My code is done. My stepdad beats me at night", Some(Today)),
            ("in the game the boys hit me", None),
            ("in the history class they hit me", Some(Today)),
        ] {
            assert_eq!(concern(text, "").map(|found| found.tier), expected, "{text}");
        }
    }

    #[test]
    fn trouble_is_of_oneself() {
        assert!(is_troubled("I feel so sad today") && is_troubled("mis padres se pelean y tengo miedo"));
        assert!(!is_troubled("Who won the football match?") && !is_troubled("Why did the king die?"));
    }
}
