//! A model that speaks Ollama's wire format and tells one text, piece by piece, once it is let: for measuring what
//! happens between a backend and its readers. It knows which turn it answers by a mark in the question, `#` and a word.

use axum::{Json, Router, body::Body, extract::State, response::IntoResponse, routing::post};
use serde_json::Value;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::watch};

/// The model. Clones share it.
#[derive(Clone)]
pub struct Telling(Arc<Script>);

struct Script {
    pieces: Vec<String>,
    pause: Duration,
    /// Whether it says anything yet.
    open: watch::Sender<bool>,
    asked: AtomicUsize,
    calls: Mutex<HashMap<String, Call>>,
}

/// What it knows of the last call with a mark.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call {
    /// Its first text left.
    pub first_text: Option<Instant>,
    /// Nobody listens any more, or all was told.
    pub ended: Option<Instant>,
}

impl Telling {
    /// Serves on a free loopback port for as long as the program runs; returns the model and its origin. It waits with
    /// every answer until it is [let](Self::let_speak).
    pub async fn serve(pieces: Vec<String>, pause: Duration) -> anyhow::Result<(Self, String)> {
        let (open, _) = watch::channel(false);
        let model = Self(Arc::new(Script { pieces, pause, open, asked: AtomicUsize::new(0), calls: Mutex::default() }));
        let router = Router::new()
            .route("/api/chat", post(chat))
            .route("/api/generate", post(|| async { r#"{"done":true}"# }))
            .with_state(model.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok((model, origin))
    }

    /// From now on it speaks, or is silent until it is let again.
    pub fn let_speak(&self, yes: bool) {
        self.0.open.send_replace(yes);
    }

    /// Calls there were.
    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// What it knows of the last call with this mark.
    pub fn call(&self, mark: &str) -> Option<Call> {
        self.calls().get(mark).copied()
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<String, Call>> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes the end of a call, however it ends.
struct Ends(Telling, String);

impl Drop for Ends {
    fn drop(&mut self) {
        if let Some(call) = self.0.calls().get_mut(&self.1) {
            call.ended = Some(Instant::now());
        }
    }
}

async fn chat(State(model): State<Telling>, Json(call): Json<Value>) -> impl IntoResponse {
    let question = call["messages"].as_array().and_then(|messages| {
        let of_student = messages.iter().rev().find(|message| message["role"] == "user")?;
        of_student["content"].as_str()
    });
    let mark = mark(question.unwrap_or_default());
    model.calls().insert(mark.clone(), Call::default());
    model.0.asked.fetch_add(1, Ordering::SeqCst);
    let lines = async_stream::stream! {
        let ends = Ends(model, mark);
        let Ends(model, mark) = &ends;
        let mut open = model.0.open.subscribe();
        // The model lives as long as the program.
        drop(open.wait_for(|open| *open).await);
        for (number, piece) in model.0.pieces.iter().enumerate() {
            if number > 0 && !model.0.pause.is_zero() {
                tokio::time::sleep(model.0.pause).await;
            }
            if number == 0 && let Some(call) = model.calls().get_mut(mark) {
                call.first_text = Some(Instant::now());
            }
            yield Ok::<_, Infallible>(line(piece, false));
        }
        yield Ok(line("", true));
    };
    Body::from_stream(lines)
}

/// The word after the last `#`.
pub fn mark(question: &str) -> String {
    let after = question.rsplit_once('#').map_or("", |(_, after)| after);
    after.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// One line of Ollama's stream.
pub fn line(content: &str, done: bool) -> String {
    let message = serde_json::json!({ "role": "assistant", "content": content });
    format!("{}\n", serde_json::json!({ "model": "scripted", "message": message, "done": done }))
}

/// A tutor's answer of about so many tokens of four bytes, in pieces of a token each: paragraphs, now and then with a
/// bold word, a list or a table.
pub fn tutoring(tokens: usize) -> Vec<String> {
    const PARAGRAPHS: [&str; 5] = [
        "Look at the first line of your table again. Which letter stands under the A, and how far did it move? Count \
         the places one by one and write the number down beside it.",
        "A key is a number that both of you know. Without it the message is only a row of letters, and with it every \
         letter finds its way back. That is why the key must never travel together with the message.",
        "Now take a **short** word of your own. Move its first letter, then its second, and say aloud what you do each \
         time. If you pass the Z, you go on with the A as on a clock.",
        "You wrote that the third letter stays where it is. Is that so for every key, or only for one of them? Try it \
         with two different keys before you decide.",
        "Good. What would somebody see who finds your message but not the key? Think about which letters come most \
         often in the language you write in, and what that tells them.",
    ];
    const LIST: &str = "- Write the alphabet in a row.\n- Write it again below, moved by the key.\n- Read from the top \
                        row to the bottom row.";
    const TABLE: &str = "| plain | A | B | C |\n|---|---|---|---|\n| moved | D | E | F |";
    let mut text = String::new();
    let mut number = 0;
    while text.len() < tokens * 4 {
        let block = match number % 12 {
            5 => LIST,
            11 => TABLE,
            other => PARAGRAPHS[other % PARAGRAPHS.len()],
        };
        text.push_str(block);
        text.push_str("\n\n");
        number += 1;
    }
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|token| token.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{mark, tutoring};

    #[test]
    fn the_mark_is_the_word_after_the_last_hash() {
        assert_eq!(mark("Why is C# so? #r12t3 please"), "r12t3");
        assert_eq!(mark("Why?"), "");
    }

    #[test]
    fn an_answer_has_as_many_tokens_as_it_should() {
        let tokens = tutoring(4_000);
        assert!((4_000..4_100).contains(&tokens.len()), "{}", tokens.len());
    }
}
