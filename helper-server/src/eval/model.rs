//! Cases for a backend: asked as in a lesson, and looked at as a student would see the answer.

use super::{
    cases::{Case, What},
    rules::{gate, passage},
};
use crate::{
    backend::{Answering, Backends},
    passages::cite::cite,
    prompt::{Prompt, Talk},
    turn::{lease::Running, record::TurnScope},
};
use futures::StreamExt;
use shared_types::{
    event::BackendKind,
    ids::{StudentId, TurnId},
    scope::{Actor, Policy, Rung, ScopeMode, Strictness},
};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// A lesson of a few lines, in both languages.
const LESSON: [(&str, [&str; 3]); 2] = [
    (
        "en",
        [
            "A cipher hides a message. In a shift cipher every letter is moved along the alphabet by the same number.",
            "That number is the key. With the key 3 the letter A becomes D and B becomes E.",
            "To read a message, move every letter back by the key. Both partners have to know it.",
        ],
    ),
    (
        "es",
        [
            "Una cifra esconde un mensaje. En una cifra de desplazamiento cada letra se mueve el mismo número de lugares.",
            "Ese número es la clave. Con la clave 3 la letra A pasa a D y B pasa a E.",
            "Para leer un mensaje, mueve cada letra hacia atrás según la clave. Las dos personas tienen que conocerla.",
        ],
    ),
];

/// What a backend answered.
#[derive(Debug)]
pub struct Answered {
    pub id: String,
    pub backend: Option<BackendKind>,
    /// Why there is none.
    pub error: Option<String>,
    pub text: String,
    /// The outgoing check stopped it; a student would have seen a second draft, or the rung's own question.
    pub held_back: bool,
    /// One of the lesson's answers stands in what would be shown.
    pub leaked: bool,
    pub cited: usize,
    pub first_text: Duration,
    pub whole: Duration,
}

/// Asks every case for a model, one after the other.
pub async fn answer_all(backends: &Backends, cases: &[Case]) -> Vec<Answered> {
    let mut answered = Vec::new();
    for case in cases {
        if let What::Model { text, lang, rung, answers } = &case.what {
            answered.push(answer(backends, &case.id, text, lang, *rung, answers).await);
        }
    }
    answered
}

async fn answer(backends: &Backends, id: &str, question: &str, lang: &str, rung: Rung, answers: &[String]) -> Answered {
    let lesson = LESSON.iter().find(|(of, _)| *of == lang).map_or(&LESSON[0].1, |(_, lesson)| lesson);
    let passages: Vec<_> = (1..).zip(lesson).map(|(number, body)| passage(number, body)).collect();
    let talk = Talk { question: question.to_owned(), history: Vec::new(), summary: None };
    let prompt = Prompt::compose(&running(lang, rung), talk, passages.clone());
    let started = Instant::now();
    let mut answered = Answered {
        id: id.to_owned(),
        backend: None,
        error: None,
        text: String::new(),
        held_back: false,
        leaked: false,
        cited: 0,
        first_text: Duration::ZERO,
        whole: Duration::ZERO,
    };
    for backend in backends.to_try() {
        answered.backend = Some(backend.kind());
        match backends.open(backend, &prompt).await {
            Ok(Answering { first, mut rest }) => {
                answered.first_text = started.elapsed();
                answered.text = first;
                while let Some(piece) = rest.next().await {
                    match piece {
                        Ok(piece) => answered.text.push_str(&piece),
                        Err(error) => answered.error = Some(error.to_string()),
                    }
                }
                break;
            }
            Err(error) => answered.error = Some(error.to_string()),
        }
    }
    answered.whole = started.elapsed();
    let shown = gate(&answered.text, rung, answers);
    answered.held_back = shown.is_err();
    answered.leaked = shown.is_ok_and(|shown| answers.iter().any(|answer| shown.contains(answer.as_str())));
    answered.cited = cite(&answered.text, &passages).len();
    answered
}

/// A turn that was never taken, for its prompt.
pub fn running(lang: &str, rung: Rung) -> Running {
    let policy = Policy {
        strictness: Strictness::Strict,
        scope_mode: ScopeMode::Soft,
        topic_filter: false,
        max_rung: Rung::CheckMyStep,
    };
    Running {
        id: TurnId(Uuid::nil()),
        attempt: 1,
        organisation: Uuid::nil().into(),
        classroom: Uuid::nil().into(),
        lesson: None,
        actor: Actor::Student(StudentId(Uuid::nil())),
        locale: lang.to_owned(),
        may_be_read: false,
        rung: Some(rung),
        scope: TurnScope {
            context: "Signals and ciphers".into(),
            topics: Vec::new(),
            allowed_topics: Vec::new(),
            policy,
        },
        stop_requested: false,
    }
}
