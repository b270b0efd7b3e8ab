//! A scripted server that speaks Ollama's wire format, word by word as a test says.

use axum::{Json, Router, body::Body, extract::State, response::IntoResponse, response::Response, routing::post};
use futures::StreamExt;
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, sync::Semaphore};

/// One step of an answer.
#[derive(Clone, Debug)]
pub enum Step {
    Say(String),
    /// Waits until the gate is opened.
    Wait(Gate),
    Sleep(Duration),
    /// Closes the connection in the middle.
    BreakOff,
    /// Says that the room for the answer is used up.
    Full,
    /// Answers 500 instead of anything.
    Refuse,
}

/// One step for each word of `text`.
pub fn say(text: &str) -> Vec<Step> {
    text.split_inclusive(' ').map(|word| Step::Say(word.to_owned())).collect()
}

/// Closed until opened.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

impl Gate {
    pub fn closed() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    pub fn open(&self) {
        self.0.add_permits(1000);
    }
}

/// The server.
#[derive(Clone)]
pub struct Model {
    pub address: SocketAddr,
    state: Arc<Script>,
}

struct Script {
    next: Mutex<VecDeque<Vec<Step>>>,
    always: Mutex<Vec<Step>>,
    calls: Mutex<Vec<Value>>,
    open: AtomicUsize,
}

impl Model {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Script {
            next: Mutex::default(),
            always: Mutex::new(say("Look at the first line again. What does it do?")),
            calls: Mutex::default(),
            open: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/api/chat", post(ollama))
            .route("/api/generate", post(load))
            .route("/v1/chat/completions", post(completions))
            .route("/v1/responses", post(responses))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, state }
    }

    /// What it says to every call that has no script of its own.
    pub fn always(&self, steps: Vec<Step>) {
        *self.state.always.lock().unwrap() = steps;
    }

    /// What it says to the next call without a script.
    pub fn then(&self, steps: Vec<Step>) {
        self.state.next.lock().unwrap().push_back(steps);
    }

    /// The bodies of all calls so far.
    pub fn calls(&self) -> Vec<Value> {
        self.state.calls.lock().unwrap().clone()
    }

    /// Calls whose connection is open.
    pub fn open_calls(&self) -> usize {
        self.state.open.load(Ordering::SeqCst)
    }
}

struct Open(Arc<Script>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

fn begin(script: &Arc<Script>, call: Value) -> (Vec<Step>, Open) {
    script.calls.lock().unwrap().push(call);
    script.open.fetch_add(1, Ordering::SeqCst);
    let next = script.next.lock().unwrap().pop_front();
    (next.unwrap_or_else(|| script.always.lock().unwrap().clone()), Open(Arc::clone(script)))
}

async fn ollama(State(script): State<Arc<Script>>, Json(call): Json<Value>) -> Response {
    let line = |word: &str| format!("{}\n", json!({"message": {"role": "assistant", "content": word}, "done": false}));
    let end = |why: &str| {
        format!("{}\n", json!({"message": {"role": "assistant", "content": ""}, "done": true, "done_reason": why}))
    };
    play(&script, call, line, [end("stop"), end("length")])
}

async fn completions(State(script): State<Arc<Script>>, Json(call): Json<Value>) -> Response {
    let line = |word: &str| format!("data: {}\n\n", json!({"choices": [{"index": 0, "delta": {"content": word}}]}));
    let end = |why: &str| {
        let last = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": why}]});
        format!("data: {last}\n\ndata: [DONE]\n\n")
    };
    play(&script, call, line, [end("stop"), end("length")])
}

/// Ollama loads a model when a call has no prompt.
async fn load(State(script): State<Arc<Script>>, Json(call): Json<Value>) -> Json<Value> {
    script.calls.lock().unwrap().push(call);
    Json(json!({"done": true, "done_reason": "load"}))
}

/// OpenAI's Responses API: seven tokens read, and one written for every word.
async fn responses(State(script): State<Arc<Script>>, Json(call): Json<Value>) -> Response {
    let event = |value: Value| format!("event: {}\ndata: {value}\n\n", value["type"].as_str().unwrap());
    let line = move |word: &str| event(json!({"type": "response.output_text.delta", "output_index": 0, "delta": word}));
    let usage = json!({"input_tokens": 7, "output_tokens": 9, "total_tokens": 16});
    let done = json!({"type": "response.completed", "response": {"status": "completed", "usage": usage}});
    let why = json!({"reason": "max_output_tokens"});
    let full = json!({"type": "response.incomplete", "response": {"usage": usage, "incomplete_details": why}});
    play(&script, call, line, [event(done), event(full)])
}

/// Plays what is next; `ends` are of a whole answer, and of one that had no more room.
fn play(
    script: &Arc<Script>,
    call: Value,
    line: impl Fn(&str) -> String + Send + 'static,
    ends: [String; 2],
) -> Response {
    let (steps, open) = begin(script, call);
    if let Some(Step::Refuse) = steps.first() {
        return (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "no").into_response();
    }
    let body = async_stream::stream! {
        let _open = open;
        let [end, full] = ends;
        for step in steps {
            match step {
                Step::Say(word) => yield Ok(line(&word)),
                Step::Wait(gate) => drop(gate.0.acquire().await),
                Step::Sleep(time) => tokio::time::sleep(time).await,
                Step::Full => {
                    yield Ok(full);
                    return;
                }
                Step::BreakOff | Step::Refuse => {
                    // What was said before is on its way by then.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    yield Err(std::io::Error::other("broken off"));
                    return;
                }
            }
        }
        yield Ok(end);
    };
    Response::new(Body::from_stream(body.boxed()))
}
