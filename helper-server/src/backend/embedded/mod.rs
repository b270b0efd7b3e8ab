//! A GGUF model on this machine, so that the helper answers with nothing else installed.
//!
//! llama.cpp ends its process when one of its asserts fails, and nothing in Rust can catch that. So the
//! model runs in a child process of this same program (`helper-server engine`), which
//! [`supervisor`] starts, speaks JSON lines with, and starts again when it dies: an abort costs one attempt
//! of the turns in it, and nothing else.

#[cfg(feature = "embedded")]
mod engine;
mod protocol;
mod settings;
mod supervisor;

pub use settings::{EngineSettings, check_model};

use super::{BackendError, TextStream};
use crate::{config::Size, prompt::Prompt};
use futures::stream;
use protocol::Said;
use std::{
    env,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};
use supervisor::{Call, Supervisor};
use tokio::sync::mpsc;

/// The model's process, as the rest of the helper sees it.
#[derive(Debug)]
pub struct Embedded {
    calls: mpsc::UnboundedSender<Call>,
    next_id: AtomicU64,
    size: Size,
}

impl Embedded {
    /// Starts the model's process and keeps it running until this is dropped.
    pub fn start(model: &Path, slots: u16, size: Size) -> anyhow::Result<Self> {
        let (calls, received) = mpsc::unbounded_channel();
        tokio::spawn(Supervisor::new(env::current_exe()?, model, size.num_ctx, slots).run(received));
        Ok(Self { calls, next_id: AtomicU64::new(1), size })
    }

    /// Starts the model's process again if it died and is waiting for its next start.
    pub fn warm_up(&self) -> Result<(), BackendError> {
        self.calls.send(Call::Wake).map_err(|_| BackendError::Down)
    }

    pub fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (texts, received) = mpsc::unbounded_channel();
        let messages = prompt.messages(self.size.prompt_bytes).into_iter().map(Said::from).collect();
        let call = Call::Generate { id, messages, max_tokens: self.size.max_tokens, texts };
        self.calls.send(call).map_err(|_| BackendError::Down)?;
        let cancel = CancelOnDrop { id, calls: self.calls.clone() };
        Ok(Box::pin(stream::unfold((received, cancel), |(mut received, cancel)| async {
            received.recv().await.map(|text| (text, (received, cancel)))
        })))
    }
}

/// Frees the model when nobody waits for its text any more.
struct CancelOnDrop {
    id: u64,
    calls: mpsc::UnboundedSender<Call>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        // Where the supervisor is gone, so is the model.
        let _gone = self.calls.send(Call::Cancel { id: self.id });
    }
}
