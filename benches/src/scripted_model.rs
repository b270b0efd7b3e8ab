//! A model that speaks Ollama's wire format and says something new every time, so that text of two
//! attempts at one turn can never be mistaken for text of one.

use axum::{
    Router,
    body::Body,
    extract::State,
    response::IntoResponse,
    routing::{get, post},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

/// How much it says, and how fast.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Pieces of one answer, from and to.
    pub pieces: (u32, u32),
    /// Pause before each piece.
    pub pause: Duration,
}

#[derive(Clone)]
struct Model {
    pace: Pace,
    seed: u64,
    answers: Arc<AtomicU64>,
}

/// Serves on a free loopback port for as long as the program runs; returns the origin.
pub async fn serve(pace: Pace, seed: u64) -> anyhow::Result<String> {
    let model = Model { pace, seed, answers: Arc::default() };
    let router = Router::new()
        .route("/api/chat", post(chat))
        .route("/api/tags", get(tags))
        .route("/api/version", get(|| async { r#"{"version":"0.0.0"}"# }))
        .with_state(model);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(origin)
}

async fn tags() -> impl IntoResponse {
    axum::Json(serde_json::json!({ "models": [{ "name": "scripted", "model": "scripted" }] }))
}

async fn chat(State(model): State<Model>) -> impl IntoResponse {
    let number = model.answers.fetch_add(1, Ordering::Relaxed);
    let mut rng = StdRng::seed_from_u64(model.seed.wrapping_add(number));
    let pieces = rng.random_range(model.pace.pieces.0..=model.pace.pieces.1);
    let lines = async_stream::stream! {
        for piece in 0..pieces {
            tokio::time::sleep(model.pace.pause).await;
            let text = if piece == 0 { format!("Answer {number}.\n\n") } else { next_piece(&mut rng) };
            yield Ok::<_, Infallible>(line(&text, false));
        }
        yield Ok::<_, Infallible>(line("", true));
    };
    Body::from_stream(lines)
}

/// Words of several scripts, Markdown and line ends: whatever could be cut or changed on its way.
fn next_piece(rng: &mut StdRng) -> String {
    const PIECES: [&str; 16] = [
        "the ",
        "cipher ",
        "shifts ",
        "every ",
        "letter ",
        "**three** ",
        "`places` ",
        "naïve ",
        "señal ",
        "信号 ",
        "🙂 ",
        "& <b>not bold</b> ",
        "\n\n",
        "\n\n- one\n- two\n\n",
        "\n\n```\nlet x = 1;\n```\n\n",
        "“so” ",
    ];
    format!("{}{} ", PIECES[rng.random_range(0..PIECES.len())], rng.random_range(0..1000u32))
}

fn line(content: &str, done: bool) -> String {
    let line = serde_json::json!({
        "model": "scripted",
        "message": { "role": "assistant", "content": content },
        "done": done,
    });
    format!("{line}\n")
}
