//! A scripted hub that verifies and records events, or is down.

use super::people::event_keys;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use shared_types::event::{HelperEvent, ID_HEADER, SIGNATURE_HEADER, SignedEvent, TIMESTAMP_HEADER};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::net::TcpListener;

/// The hub.
#[derive(Clone)]
pub struct Hub {
    pub address: SocketAddr,
    state: Arc<Inbox>,
}

#[derive(Default)]
struct Inbox {
    down: AtomicBool,
    /// The class is gone: every event is refused for good.
    class_gone: AtomicBool,
    knocks: AtomicUsize,
    received: Mutex<Vec<(HelperEvent, String)>>,
}

impl Hub {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Inbox::default());
        let router = Router::new().route("/internal/events", post(receive)).with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, state }
    }

    pub fn set_down(&self, down: bool) {
        self.state.down.store(down, Ordering::SeqCst);
    }

    pub fn delete_class(&self) {
        self.state.class_gone.store(true, Ordering::SeqCst);
    }

    /// How often anything was posted, also while it was down.
    pub fn knocks(&self) -> usize {
        self.state.knocks.load(Ordering::SeqCst)
    }

    /// Every event received, repeats included.
    pub fn events(&self) -> Vec<HelperEvent> {
        self.state.received.lock().unwrap().iter().map(|(event, _)| event.clone()).collect()
    }

    /// The bodies as they came.
    pub fn bodies(&self) -> Vec<String> {
        self.state.received.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "signatures are checked against the real time")]
async fn receive(State(inbox): State<Arc<Inbox>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    inbox.knocks.fetch_add(1, Ordering::SeqCst);
    if inbox.down.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if inbox.class_gone.load(Ordering::SeqCst) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let signed = SignedEvent {
        id: header(ID_HEADER),
        timestamp: header(TIMESTAMP_HEADER),
        signature: header(SIGNATURE_HEADER),
        body: body.to_vec(),
    };
    match signed.open(&event_keys(), chrono::Utc::now().timestamp()) {
        Ok(event) => {
            inbox.received.lock().unwrap().push((event, String::from_utf8(body.to_vec()).unwrap()));
            StatusCode::NO_CONTENT
        }
        Err(_) => StatusCode::UNAUTHORIZED,
    }
}
