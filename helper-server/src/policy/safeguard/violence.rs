//! Who does what to whom: "my dad hit me yesterday", "they keep kicking me", "mi tío me golpea". A sentence has a person
//! who does it, a verb of violence, and "me"; what hits may also be a ball or an idea, and beat may mean a game.

use shared_types::event::{ConcernKind, Tier};

/// Of whom a child is not safe, and how soon somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doer {
    /// Of the family or of those in charge, and whoever is not named.
    Adult,
    Sibling,
    /// Of the same age.
    Peer,
}

const ADULTS: &[&str] = &[
    "they",
    "he",
    "she",
    "somebody",
    "people",
    "everyone",
    "dad",
    "daddy",
    "father",
    "mum",
    "mummy",
    "mom",
    "mommy",
    "mother",
    "mama",
    "papa",
    "parents",
    "parent",
    "stepdad",
    "stepfather",
    "stepmum",
    "stepmom",
    "stepmother",
    "uncle",
    "aunt",
    "auntie",
    "grandpa",
    "grandma",
    "grandfather",
    "grandmother",
    "grandad",
    "teacher",
    "teachers",
    "coach",
    "trainer",
    "tutor",
    "neighbour",
    "neighbor",
    "boyfriend",
    "girlfriend",
    "babysitter",
    "man",
    "woman",
    "family",
    "priest",
    "principal",
    "padre",
    "madre",
    "padres",
    "padrastro",
    "madrastra",
    "tio",
    "tia",
    "abuelo",
    "abuela",
    "profesor",
    "profesora",
    "profe",
    "maestro",
    "maestra",
    "entrenador",
    "entrenadora",
    "vecino",
    "vecina",
    "novio",
    "novia",
    "alguien",
    "ellos",
    "ellas",
    "el",
    "ella",
    "hombre",
    "mujer",
    "familia",
    "mami",
    "papi",
];
const SIBLINGS: &[&str] = &[
    "brother",
    "sister",
    "brothers",
    "sisters",
    "stepbrother",
    "stepsister",
    "cousin",
    "cousins",
    "hermano",
    "hermana",
    "hermanos",
    "hermanas",
    "hermanastro",
    "hermanastra",
    "primo",
    "prima",
    "primos",
    "primas",
];
const PEERS: &[&str] = &[
    "boy",
    "boys",
    "girl",
    "girls",
    "kid",
    "kids",
    "child",
    "children",
    "classmate",
    "classmates",
    "student",
    "students",
    "friend",
    "friends",
    "guy",
    "guys",
    "bully",
    "bullies",
    "class",
    "gang",
    "nino",
    "nina",
    "ninos",
    "ninas",
    "chico",
    "chica",
    "chicos",
    "chicas",
    "companero",
    "companera",
    "companeros",
    "companeras",
    "amigo",
    "amiga",
    "amigos",
    "amigas",
    "clase",
    "todos",
    "todas",
    "alumno",
    "alumnos",
];
/// What only a person does who means it. The past of "hit" looks like the rest of it.
const HITS: &[&str] = &[
    "hit",
    "hits",
    "hitting",
    "beat",
    "beats",
    "beating",
    "beaten",
    "slap",
    "slaps",
    "slapped",
    "slapping",
    "punch",
    "punches",
    "punched",
    "punching",
    "kick",
    "kicks",
    "kicked",
    "kicking",
    "hurt",
    "hurts",
    "hurting",
    "touch",
    "touches",
    "touched",
    "touching",
    "choke",
    "chokes",
    "choked",
    "choking",
    "strangle",
    "strangles",
    "strangled",
    "whip",
    "whips",
    "whipped",
    "spank",
    "spanks",
    "spanked",
    "threaten",
    "threatens",
    "threatened",
    "threatening",
    "burns",
    "burned",
    "grope",
    "gropes",
    "groped",
    "attack",
    "attacks",
    "attacked",
    "attacking",
    "stabbed",
    "abuse",
    "abuses",
    "abused",
    "harass",
    "harasses",
    "harassed",
    "harassing",
];
/// Milder ones: for today, whoever does them.
const PUSHES: &[&str] = &[
    "push",
    "pushes",
    "pushed",
    "pushing",
    "shove",
    "shoves",
    "shoved",
    "shoving",
    "spit",
    "spits",
    "trip",
    "trips",
    "tripped",
    "empuja",
    "empujan",
    "empujo",
    "empujaron",
    "escupe",
    "escupen",
];
/// Between "me" and its end.
const GOLPES: &[&str] = &[
    "pega",
    "pegan",
    "pego",
    "pegaron",
    "pegaba",
    "pegaban",
    "pegado",
    "pegando",
    "golpea",
    "golpean",
    "golpeo",
    "golpearon",
    "golpeaba",
    "golpeado",
    "golpeando",
    "patea",
    "patean",
    "pateo",
    "patearon",
    "toca",
    "tocan",
    "toco",
    "tocaba",
    "tocaron",
    "lastima",
    "lastiman",
    "lastimo",
    "amenaza",
    "amenazan",
    "amenazo",
    "amenazaron",
    "amenazado",
    "amenazando",
    "abofetea",
    "abofeteo",
    "ahorca",
    "ahorco",
    "ataca",
    "atacan",
    "atacaron",
    "hiere",
    "agrede",
    "agreden",
    "agredio",
    "dan",
    "dio",
];
/// They stand where a doer could, and do no harm. The nearest of doers and things is the one that did it.
const THINGS: &[&str] = &[
    "it", "that", "this", "which", "what", "idea", "ideas", "thought", "ball", "reality", "story", "song", "film",
    "movie", "book", "poem", "game", "task", "question", "word", "words", "news", "light", "sun", "rain", "wind",
    "wave", "cold", "car", "bike", "door", "head", "leg", "knee", "back", "stomach", "tooth", "arm", "hand", "foot",
    "feet", "eyes", "sprite", "robot", "enemy", "enemies", "zombie", "monster", "dragon", "computer", "program", "you",
    "letter", "letters", "number", "code", "cipher", "i", "idea", "pelota", "pregunta", "cancion", "cuento", "cabeza",
    "pierna", "turno", "tarea", "luz", "sol", "enemigo", "enemigos", "monstruo", "esto", "eso", "que", "cat", "dog",
    "gato", "perro",
];
/// Words a name is not.
const NO_NAMES: &[&str] = &[
    "to",
    "and",
    "or",
    "but",
    "then",
    "please",
    "can",
    "could",
    "will",
    "would",
    "do",
    "does",
    "did",
    "not",
    "never",
    "just",
    "also",
    "is",
    "was",
    "are",
    "were",
    "be",
    "has",
    "have",
    "had",
    "who",
    "when",
    "if",
    "so",
    "really",
    "even",
    "always",
    "often",
    "still",
    "sometimes",
    "once",
    "already",
    "keeps",
    "keep",
    "the",
    "a",
    "an",
    "how",
    "why",
    "might",
    "may",
    "should",
    "must",
    "suddenly",
    "finally",
    "almost",
    "nearly",
    "nothing",
    "y",
    "o",
    "pero",
    "no",
    "si",
    "ya",
    "me",
    "cuando",
    "porque",
    "como",
    "ahora",
    "luego",
    "siempre",
];
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "my", "your", "his", "her", "their", "this", "that", "some", "un", "una", "el", "la", "mi", "tu",
    "su", "of", "in", "on", "de",
];
/// "Hit me with a great idea" hurts nobody.
const IDEAS: &[&str] = &[
    "idea",
    "ideas",
    "question",
    "questions",
    "fact",
    "facts",
    "joke",
    "jokes",
    "news",
    "riddle",
    "riddles",
    "surprise",
    "answer",
    "answers",
    "hint",
    "hints",
    "puzzle",
    "pun",
    "words",
    "kindness",
    "song",
    "speech",
    "story",
    "snowball",
    "truth",
    "challenge",
];
/// "Beat me at chess" is a game; "beat me at home" is not.
const PLACES: &[&str] = &[
    "home",
    "house",
    "school",
    "night",
    "front",
    "room",
    "kitchen",
    "toilet",
    "toilets",
    "bathroom",
    "face",
    "head",
    "stomach",
    "back",
    "street",
    "playground",
    "break",
    "purpose",
    "weekend",
    "car",
    "park",
];
/// Words between a doer and the verb that tell of another doer.
const REACH: usize = 7;

/// What a sentence says was done to who writes it, and whether the doer is one of the family or another real person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violence {
    pub tier: Tier,
    pub kind: ConcernKind,
    /// "My dad": somebody real, whatever else the sentence is about.
    pub of_ones_own: bool,
}

/// The first one of a sentence.
pub fn done_to_me(words: &[String]) -> Option<Violence> {
    (0..words.len()).find_map(|at| by_verb(words, at).or_else(|| passive(words, at)).or_else(|| spanish(words, at)))
}

/// "… hits me".
fn by_verb(words: &[String], verb: usize) -> Option<Violence> {
    let said = words[verb].as_str();
    let mild = PUSHES.contains(&said);
    if !(mild || HITS.contains(&said)) || word(words, verb + 1) != Some("me") || is_idiom(words, verb) {
        return None;
    }
    let before = &words[..verb];
    if before.iter().rev().take(2).any(|word| word == "not" || word == "never") {
        return None;
    }
    let (doer, at) = nearest_doer(before)?;
    Some(violence(doer, mild, own(words, at)))
}

/// "I was hit by …", "I get beaten up".
fn passive(words: &[String], verb: usize) -> Option<Violence> {
    if ![
        "hit",
        "beaten",
        "slapped",
        "punched",
        "kicked",
        "abused",
        "threatened",
        "attacked",
        "hurt",
        "groped",
        "touched",
    ]
    .contains(&words[verb].as_str())
    {
        return None;
    }
    let before = &words[verb.saturating_sub(4)..verb];
    let has = |list: &[&str]| before.iter().any(|word| list.contains(&word.as_str()));
    if !has(&["i", "me"]) || !has(&["was", "am", "been", "being", "get", "got", "getting", "gets"]) || has(&["not"]) {
        return None;
    }
    let rest = &words[verb + 1..];
    if rest.first().is_some_and(|next| next == "up") && words[verb] == "beaten" {
        return Some(violence(Doer::Adult, false, false));
    }
    let by = rest.iter().take(3).position(|word| word == "by")?;
    let (doer, at) =
        rest[by..].iter().enumerate().take(4).find_map(|(at, word)| Some((doer(word)?, verb + 1 + by + at)))?;
    Some(violence(doer, false, own(words, at)))
}

/// "… me pega".
fn spanish(words: &[String], at: usize) -> Option<Violence> {
    if words[at] != "me" {
        return None;
    }
    // "Me ha pegado", "me está pegando".
    let aux = ["ha", "han", "esta", "estan", "habia", "habian"].contains(&word(words, at + 1)?);
    let verb = at + 1 + usize::from(aux);
    let said = word(words, verb)?;
    let mild = PUSHES.contains(&said);
    let next = word(words, verb + 1);
    if !(mild || GOLPES.contains(&said)) || (at > 0 && words[at - 1] == "no") {
        return None;
    }
    if matches!(said, "dan" | "dio") && !matches!(next, Some("golpes" | "patadas" | "punetazos" | "una" | "un"))
        || matches!(said, "dan" | "dio")
            && next.is_some_and(|next| next.starts_with("un"))
            && !word(words, verb + 2)
                .is_some_and(|what| ["golpe", "paliza", "patada", "bofetada", "punetazo", "cachetada"].contains(&what))
    {
        return None;
    }
    // "Me toca leer", "me toca a mí" is a turn to take.
    let turn = said.starts_with("toc")
        && next.is_some_and(|next| {
            ["a", "el", "la", "hacer"].contains(&next) || ["ar", "er", "ir"].iter().any(|end| next.ends_with(end))
        });
    if turn {
        return None;
    }
    let found = nearest_doer(&words[..at]);
    let (doer, doer_at) = match found {
        Some(found) => found,
        // "Me pegan en casa": whoever it is. "Me pegó" alone may be a sticker, "me toca" a turn.
        None if at == 0
            && matches!(said, "pegan" | "golpean" | "pega" | "golpea" | "pegaron" | "golpearon" | "amenazan") =>
        {
            (Doer::Adult, 0)
        }
        None => return None,
    };
    let verb_is_weak = said.starts_with("toc") || said == "pego" || said == "toco";
    if verb_is_weak && at - doer_at > 2 {
        return None;
    }
    Some(violence(doer, mild, own(words, doer_at)))
}

fn violence(doer: Doer, mild: bool, of_ones_own: bool) -> Violence {
    let (tier, kind) = match doer {
        Doer::Adult if !mild => (Tier::Now, ConcernKind::Abuse),
        Doer::Sibling => (Tier::Today, ConcernKind::Abuse),
        Doer::Adult | Doer::Peer => (Tier::Today, ConcernKind::Bullying),
    };
    Violence { tier, kind, of_ones_own }
}

fn word(words: &[String], at: usize) -> Option<&str> {
    words.get(at).map(String::as_str)
}

fn doer(word: &str) -> Option<Doer> {
    if SIBLINGS.contains(&word) {
        Some(Doer::Sibling)
    } else if PEERS.contains(&word) {
        Some(Doer::Peer)
    } else {
        ADULTS.contains(&word).then_some(Doer::Adult)
    }
}

/// Whether a doer is called one's own: "my dad", "mi padre".
fn own(words: &[String], doer: usize) -> bool {
    doer > 0 && matches!(words[doer - 1].as_str(), "my" | "mi" | "mis")
}

/// Who did it: the nearest person before the verb, unless a thing is nearer; else a name right before it.
fn nearest_doer(before: &[String]) -> Option<(Doer, usize)> {
    for (at, word) in before.iter().enumerate().rev().take(REACH) {
        if THINGS.contains(&word.as_str()) {
            return None;
        }
        // "El" is an article before a noun.
        let article = word == "el" && at + 1 < before.len();
        if let Some(doer) = doer(word).filter(|_| !article) {
            return Some((doer, at));
        }
    }
    let last = before.len().checked_sub(1)?;
    let name = !NO_NAMES.contains(&before[last].as_str())
        && before[last].chars().all(char::is_alphabetic)
        && !before[..last].last().is_some_and(|word| DETERMINERS.contains(&word.as_str()));
    name.then_some((Doer::Adult, last))
}

/// "Hit me with an idea", "beat me at chess", "kicked me out of the chat", "pushes me to do more", "hit me up".
fn is_idiom(words: &[String], verb: usize) -> bool {
    let rest: Vec<&str> = words[verb + 2..].iter().map(String::as_str).collect();
    let soon = |list: &[&str]| rest.iter().take(6).any(|word| list.contains(word));
    match (words[verb].as_str(), rest.first().copied()) {
        (verb, Some("with")) if !verb.starts_with("threat") => soon(IDEAS),
        (verb, Some("at" | "in" | "by" | "to" | "on")) if verb.starts_with("beat") => !soon(PLACES),
        ("hit" | "hits", Some("up" | "like" | "that")) => true,
        (verb, Some("out" | "off")) if verb.starts_with("kick") => !soon(&["house", "home"]),
        (verb, Some("to" | "further" | "forward")) if verb.starts_with("push") => true,
        (verb, Some("deeply")) if verb.starts_with("touch") => true,
        _ => false,
    }
}
