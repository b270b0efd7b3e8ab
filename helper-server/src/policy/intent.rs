//! What kind of help a question asks for, by its words alone. It decides where the ladder begins and what the hub is
//! told; nothing secret hangs on it.

use crate::guard::fold::tokens;
use shared_types::event::Intent;

/// What a question asks for, and what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub intent: Intent,
    /// The student shows what they tried.
    pub shows_attempt: bool,
    /// The number or letter of the task, where one is named.
    pub task: Option<String>,
}

/// A greeting is short.
const GREETING_WORDS: usize = 4;
/// "I tried" alone shows nothing.
const ATTEMPT_WORDS: usize = 6;

const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank",
    "good morning",
    "good afternoon",
    "hola",
    "buenas",
    "buenos dias",
    "gracias",
];
const ANSWERS: &[&str] = &[
    "the answer",
    "the answers",
    "the solution",
    "solve it",
    "solve this",
    "do it for me",
    "do my homework",
    "just tell me",
    "write it for me",
    "write the code for me",
    "give me the code",
    "la respuesta",
    "las respuestas",
    "la solucion",
    "resuelvelo",
    "resuelve esto",
    "hazlo por mi",
    "haz mis deberes",
    "dame el codigo",
    "dimelo ya",
];
const CHECKS: &[&str] = &[
    "is this right",
    "is that right",
    "is it right",
    "is this correct",
    "is it correct",
    "is my answer",
    "check my",
    "did i do",
    "have i done",
    "am i right",
    "what is wrong with my",
    "esta bien",
    "es correcto",
    "es correcta",
    "revisa mi",
    "comprueba mi",
    "lo he hecho bien",
    "que esta mal",
];
const STUCK: &[&str] = &[
    "stuck",
    "lost",
    "confused",
    "help",
    "i don t understand",
    "i do not understand",
    "i don t get",
    "i dont get",
    "i dont understand",
    "no idea",
    "can t do",
    "atascado",
    "atascada",
    "perdido",
    "perdida",
    "ayuda",
    "ayudame",
    "no entiendo",
    "no lo entiendo",
    "no se como",
    "no me sale",
    "no puedo",
];
const EXAMPLES: &[&str] = &["example", "examples", "similar", "ejemplo", "ejemplos", "parecido"];
const CONCEPTS: &[&str] = &[
    "what is",
    "what are",
    "what does",
    "what s",
    "why",
    "how does",
    "how is",
    "explain",
    "mean",
    "means",
    "meaning",
    "difference",
    "que es",
    "que son",
    "que significa",
    "por que",
    "como funciona",
    "como se",
    "explica",
    "explicame",
    "diferencia",
    "para que sirve",
];
const ATTEMPTS: &[&str] = &[
    "i tried",
    "i have tried",
    "i ve tried",
    "i got",
    "i get",
    "i think",
    "i did",
    "i wrote",
    "i put",
    "i used",
    "i shifted",
    "i counted",
    "my answer",
    "my code",
    "my idea",
    "he probado",
    "he intentado",
    "he escrito",
    "he puesto",
    "probe",
    "intente",
    "me sale",
    "me da",
    "creo que",
    "pienso que",
    "puse",
    "hice",
    "escribi",
    "mi respuesta",
    "mi codigo",
    "mi idea",
];
const TASKS: &[&str] = &[
    "task",
    "exercise",
    "problem",
    "question",
    "part",
    "activity",
    "challenge",
    "tarea",
    "ejercicio",
    "problema",
    "pregunta",
    "parte",
    "actividad",
    "reto",
];

/// Reads a question.
pub fn read(question: &str) -> Asked {
    let words = tokens(question);
    let said = format!(" {} ", words.join(" "));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| said.contains(&format!(" {phrase} ")));
    let code = question.contains('`') || question.contains("    ");
    let equation = words.windows(3).any(|three| three[1] == "=");
    let shows_attempt = words.len() >= ATTEMPT_WORDS && (says(ATTEMPTS) || code || equation);
    let intent = if words.len() <= GREETING_WORDS && GREETINGS.iter().any(|word| said.starts_with(&format!(" {word} ")))
    {
        Intent::Greeting
    } else if says(CHECKS) {
        Intent::CheckMyWork
    } else if says(ANSWERS) {
        Intent::Answer
    } else if says(STUCK) {
        Intent::Stuck
    } else if says(EXAMPLES) {
        Intent::Example
    } else if says(CONCEPTS) {
        Intent::Concept
    } else if shows_attempt {
        Intent::CheckMyWork
    } else {
        Intent::Other
    };
    Asked { intent, shows_attempt, task: task(&words) }
}

/// "exercise 3", "part b": `3`, `b`.
fn task(words: &[String]) -> Option<String> {
    let named = words.windows(2).find(|pair| {
        let short =
            pair[1].chars().count() == 1 && !matches!(pair[1].as_str(), "a" | "i" | "y" | "o" | "+" | "-" | "=");
        TASKS.contains(&pair[0].as_str()) && (short || pair[1].parse::<u16>().is_ok())
    });
    named.map(|pair| pair[1].clone())
}

#[cfg(test)]
mod tests {
    use super::read;
    use shared_types::event::Intent::{self, *};

    #[test]
    fn questions_are_understood_in_both_languages() {
        let cases: &[(&str, Intent)] = &[
            ("Hi!", Greeting),
            ("¡Buenos días!", Greeting),
            ("I'm stuck", Stuck),
            ("No entiendo nada de esto", Stuck),
            ("What is a cipher?", Concept),
            ("¿Por qué se llama clave?", Concept),
            ("Can I see an example?", Example),
            ("Give me the answer to task 3", Answer),
            ("Dame la solución", Answer),
            ("I got KHOOR, is it correct?", CheckMyWork),
            ("Me sale KHOOR con la clave 3, creo", CheckMyWork),
            ("and then?", Other),
        ];
        for (question, intent) in cases {
            assert_eq!(read(question).intent, *intent, "{question}");
        }
    }

    #[test]
    fn an_attempt_is_something_shown() {
        for shown in
            ["I tried to shift every letter by three", "creo que la clave es 3 porque A pasa a D", "x + 2 = 5 so x = 4"]
        {
            assert!(read(shown).shows_attempt, "{shown}");
        }
        for nothing in ["I tried", "tell me", "I'm stuck and I need help now please"] {
            assert!(!read(nothing).shows_attempt, "{nothing}");
        }
    }

    #[test]
    fn the_task_is_known_where_it_is_named() {
        assert_eq!(read("I need help with exercise 3").task.as_deref(), Some("3"));
        assert_eq!(read("¿La actividad b?").task.as_deref(), Some("b"));
        assert_eq!(read("the question is hard").task, None);
    }
}
