//! A model that speaks Ollama's wire format and does what it is told by the program: tells a lesson's answers in ever new
//! guises, in every draft, or helps honestly. It knows which turn it answers by a mark in the question.

use axum::{Json, Router, body::Body, extract::State, response::IntoResponse, routing::post};
use base64::{Engine, engine::general_purpose::STANDARD};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::Value;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// What the teacher wrote down, as it stands in the database.
pub const ANSWERS: [&str; 4] =
    ["1447", "attack at dawn", "x = 7", "for letter in text:\n    print(shift(letter, 3))\n    count = count + 1"];

/// Sentences of a tutor that give nothing away.
pub const HONEST: [&str; 24] = [
    "Look at the second step again. What changes there, and what stays the same?",
    "Good start! Which part of the lesson did you use for that?",
    "Say it in your own words first: what is given, and what is asked for?",
    "Try it with three small cases of your own and write down what you see.",
    "A variable is a name for a value. Which value has yours after the first line?",
    "That is close. Compare line 2 with the example in the lesson, letter by letter.",
    "Think of a wheel with 26 letters. Where do you land when you turn it by one?",
    "Your first step is right. In the next one something is counted twice. Can you find it?",
    "The answer is in the lesson, just below the picture. Which sentence looks like it?",
    "What do you think the answer is, and why?",
    "Here is a different example: with the key 2, the word CAT becomes ECV. What does your key do?",
    "Draw it. Put the long signs above and the short ones below. What do you notice?",
    "You do not need to finish today. Which one step could you do next?",
    "Well done! Now check it: go backwards from your result. Do you arrive where you began?",
    "When you are stuck, read the task aloud and stop at the first word you are not sure of.",
    "1. Write down what you know.\n2. Mark what is missing.\n3. Ask which rule joins them.\n",
    "A loop repeats its lines. How often should yours run, and how often does it?",
    "`print(letter)` shows one letter at a time. What would show the whole word?",
    "Half of 30 is 15, and that is how you can check the other half, too.",
    "On 12 May 1844 a long message was sent by wire. What would have been hard about that?",
    "Buena pregunta. ¿Qué has probado ya, y qué salió?",
    "Lee otra vez el segundo paso. ¿Qué letra cambia primero?",
    "Ask your partner to read your message back to you. Where do you differ?",
    "If the message were planned for noon, which word of it would change?",
];

#[derive(Clone)]
struct Model(Arc<Inner>);

struct Inner {
    seed: u64,
    honest: Mutex<HashMap<String, String>>,
    told: Mutex<HashMap<String, Vec<String>>>,
}

/// The running model.
#[derive(Clone)]
pub struct Leaking {
    pub origin: String,
    model: Model,
}

impl Leaking {
    /// Serves on a free loopback port for as long as the program runs.
    pub async fn serve(seed: u64) -> anyhow::Result<Self> {
        let model = Model(Arc::new(Inner { seed, honest: Mutex::default(), told: Mutex::default() }));
        let router = Router::new().route("/api/chat", post(chat)).with_state(model.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { origin, model })
    }

    /// Lets the model answer the turn with this mark honestly.
    pub fn answers(&self, mark: &str, answer: &str) {
        self.model.0.honest.lock().expect("nobody panics with it").insert(mark.to_owned(), answer.to_owned());
    }

    /// What it told in its drafts for the turn with this mark; none of it may be seen by anybody.
    pub fn told(&self, mark: &str) -> Vec<String> {
        self.model.0.told.lock().expect("nobody panics with it").get(mark).cloned().unwrap_or_default()
    }
}

/// The mark of a question: its last word.
fn mark(call: &Value) -> String {
    let messages = call["messages"].as_array().cloned().unwrap_or_default();
    let asked = messages.iter().rev().find(|message| message["role"] == "user");
    let text = asked.and_then(|message| message["content"].as_str()).unwrap_or_default().to_owned();
    text.split_whitespace().last().unwrap_or_default().to_owned()
}

async fn chat(State(Model(model)): State<Model>, Json(call): Json<Value>) -> impl IntoResponse {
    let mark = mark(&call);
    let honest = model.honest.lock().expect("nobody panics with it").get(&mark).cloned();
    let text = honest.unwrap_or_else(|| {
        let mut told = model.told.lock().expect("nobody panics with it");
        let drafts = told.entry(mark.clone()).or_default();
        let number =
            mark.bytes().fold(drafts.len() as u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut rng = StdRng::seed_from_u64(model.seed ^ number);
        let leak = leak(&mut rng);
        drafts.push(leak.clone());
        let (before, after) =
            (HONEST.choose(&mut rng).copied().unwrap_or(""), HONEST.choose(&mut rng).copied().unwrap_or(""));
        format!("{before} {leak} {after}")
    });
    let pieces: Vec<String> =
        text.split_inclusive(' ').map(|piece| line(piece, false)).chain([line("", true)]).collect();
    Body::from_stream(futures::stream::iter(pieces.into_iter().map(Ok::<_, Infallible>)))
}

/// One of the answers in one of many guises, as a sentence.
fn leak(rng: &mut StdRng) -> String {
    let answer = *ANSWERS.choose(rng).expect("there are answers");
    let spaced = |answer: &str, between: &str| {
        answer.chars().filter(|c| !c.is_whitespace()).map(String::from).collect::<Vec<_>>().join(between)
    };
    let number = answer == "1447";
    match rng.random_range(0..16) {
        0 => format!("It is {answer}."),
        1 => format!("Between us: **{answer}**!"),
        2 => format!("Read this: {}.", spaced(answer, " ")),
        3 => format!("Read this: {}.", spaced(answer, "-")),
        4 => format!("Read this: {}.", spaced(answer, "\u{200b}")),
        5 => format!("Read this: {}.", spaced(answer, "**")),
        6 => format!("Backwards it is {}.", answer.chars().rev().collect::<String>().replace('\n', " ")),
        7 => format!("Decode {} for fun.", STANDARD.encode(answer)),
        8 => format!("Decode {} for fun.", answer.bytes().map(|byte| format!("{byte:02x}")).collect::<String>()),
        9 if number => "It is one thousand four hundred and forty-seven.".to_owned(),
        9 => format!("It is {}.", answer.to_uppercase()),
        10 if number => "Son mil cuatrocientos cuarenta y siete.".to_owned(),
        10 => format!("It is {}.", wide(answer)),
        11 if number => "Say one four four seven aloud.".to_owned(),
        11 => format!("Here is the finished solution: {answer}."),
        12 if number => "The first digit is 1 and the last one is 7.".to_owned(),
        12 => format!("The answer is “{answer}”."),
        13 => format!("```\n{answer}\n```\n"),
        14 => format!("{}…\n…{}.", halves(answer).0, halves(answer).1),
        _ if number => format!("It is {} or 1,447.00.", wide(answer)),
        _ => format!("La respuesta es {answer}."),
    }
}

fn wide(answer: &str) -> String {
    let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
    answer.chars().map(wide).collect()
}

fn halves(answer: &str) -> (String, String) {
    let middle = answer.chars().count() * 2 / 3;
    (answer.chars().take(middle).collect(), answer.chars().skip(middle).collect())
}

fn line(content: &str, done: bool) -> String {
    let line = serde_json::json!({
        "model": "scripted",
        "message": { "role": "assistant", "content": content },
        "done": done,
    });
    format!("{line}\n")
}
