//! What helper and engine say to each other: one JSON object a line, over the engine's standard input and
//! output. When its input ends, so does the engine.

use crate::prompt::Message;
use serde::{Deserialize, Serialize};

/// From the helper.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToEngine {
    Generate { id: u64, messages: Vec<Said>, max_tokens: u32 },
    Cancel { id: u64 },
}

/// A message of the conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct Said {
    pub role: String,
    pub content: String,
}

impl From<Message<'_>> for Said {
    fn from(message: Message<'_>) -> Self {
        Self { role: message.role.to_owned(), content: message.content.into_owned() }
    }
}

/// From the engine.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromEngine {
    /// The model is loaded.
    Ready {
        context_tokens: u32,
        slots: u32,
    },
    Text {
        id: u64,
        text: String,
    },
    Done {
        id: u64,
    },
    Failed {
        id: u64,
        why: EngineFailure,
    },
    /// It cannot run here, for the reason given; starting it again is of no use.
    Unfit {
        reason: String,
    },
}

/// Why the engine wrote no (more) text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineFailure {
    PromptTooLong,
    Decoding,
    /// The room for the answer was used up.
    Full,
}
