//! What the helper reports to the hub: ids, enums and numbers. No field can hold a sentence, and a test
//! walks the schema to keep it so.
//!
//! On the wire: the event as a JSON body with three headers. The signature covers `id.timestamp.body`,
//! so neither can be swapped; delivery is at least once, and the hub keeps each id once.

use crate::{
    ids::{ClassroomId, EventId, LessonId, OrganisationId, TurnId},
    scope::{Actor, Rung},
};
use serde::{Deserialize, Serialize};

/// Header with the event's id.
pub const ID_HEADER: &str = "class-hub-event-id";
/// Header with the Unix second of sending.
pub const TIMESTAMP_HEADER: &str = "class-hub-event-timestamp";
/// Header with `v1,<base64>`; several signatures may stand there, separated by spaces.
pub const SIGNATURE_HEADER: &str = "class-hub-event-signature";
/// How far the time of sending may lie from the receiver's clock, in seconds.
pub const TIMESTAMP_TOLERANCE_S: i64 = 5 * 60;

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HelperEvent {
    pub id: EventId,
    /// Unix milliseconds at which it happened.
    pub at_ms: i64,
    pub organisation: OrganisationId,
    pub classroom: ClassroomId,
    pub lesson: Option<LessonId>,
    pub actor: Actor,
    pub turn: TurnId,
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum EventKind {
    /// A turn reached its end.
    TurnEnded {
        outcome: Outcome,
        backend: Option<BackendKind>,
        intent: Option<Intent>,
        rung: Option<Rung>,
        /// How often a worker started on it.
        attempts: u16,
        /// From acceptance to the last attempt's start.
        waited_ms: u64,
        /// From the last attempt's start to its first text.
        first_text_ms: Option<u64>,
        /// From acceptance to the end.
        duration_ms: u64,
        question_chars: u32,
        answer_chars: u32,
        citations: u16,
        /// The version of the lesson that was asked about.
        #[serde(default)]
        lesson_version: Option<i32>,
        /// Which passages of that version the answer rests on, by their number.
        #[serde(default)]
        passages: Vec<u16>,
    },
    /// Words of a question or an answer that somebody at school should look after. The words themselves stay where
    /// they were written.
    Concern { tier: Tier, kind: ConcernKind },
    /// Who asked says whether the answer helped; none takes it back.
    TurnRated {
        rating: Option<Rating>,
        /// Counts the changes of mind: of two reports the one with the higher number holds.
        revision: u32,
    },
}

/// Whether an answer helped whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Rating {
    Helped,
    NotHelped,
}

impl Rating {
    /// Both, the kind one first.
    pub const ALL: [Self; 2] = [Self::Helped, Self::NotHelped];

    /// The word it is stored and sent as.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::NotHelped => "not_helped",
        }
    }
}

/// How soon somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Tier {
    Today,
    Now,
}

/// What the words may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum ConcernKind {
    SelfHarm,
    Abuse,
    Danger,
    Bullying,
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Outcome {
    Answered,
    Stopped,
    Refused,
    Failed,
}

/// Which kind of backend wrote the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum BackendKind {
    Ollama,
    OpenAiResponses,
    ChatCompletions,
    Embedded,
    LessonOnly,
}

/// What kind of help was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Intent {
    Greeting,
    Stuck,
    Concept,
    Example,
    CheckMyWork,
    Answer,
    OffTopic,
    Other,
}

#[cfg(feature = "keys")]
mod signing {
    use super::{HelperEvent, TIMESTAMP_TOLERANCE_S};
    use crate::{ids::EventId, keys::EventKeys};
    use base64::{Engine, engine::general_purpose::STANDARD};

    const VERSION: &str = "v1";
    /// An event is some 600 bytes; anything much longer is not one.
    const MAX_BODY_BYTES: usize = 4096;

    /// A signed event as it travels: the three header values and the body.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SignedEvent {
        pub id: String,
        pub timestamp: String,
        pub signature: String,
        pub body: Vec<u8>,
    }

    /// Why a signed event was refused.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
    pub enum EventRefusal {
        #[error("the event is longer than {MAX_BODY_BYTES} bytes")]
        TooLong,
        #[error("a header or the body is not of the expected form")]
        Malformed,
        #[error("no signature of a known version")]
        UnknownVersion,
        #[error("no signature matches")]
        BadSignature,
        #[error("sent too long ago or in the future")]
        Stale,
        #[error("the id in the header is not the body's")]
        IdMismatch,
    }

    impl EventRefusal {
        /// A stable code for the sender and logs.
        pub const fn code(self) -> &'static str {
            match self {
                Self::TooLong => "event_too_long",
                Self::Malformed => "event_malformed",
                Self::UnknownVersion => "event_unknown_version",
                Self::BadSignature => "event_bad_signature",
                Self::Stale => "event_stale",
                Self::IdMismatch => "event_id_mismatch",
            }
        }
    }

    impl SignedEvent {
        /// Signs `event` for sending at Unix second `now`; a retry signs anew.
        pub fn seal(event: &HelperEvent, keys: &EventKeys, now: i64) -> Self {
            let id = event.id.to_string();
            let timestamp = now.to_string();
            let body = serde_json::to_vec(event).expect("events have string keys only");
            let mac = keys.sign(&signed_bytes(&id, &timestamp, &body));
            Self { signature: format!("{VERSION},{}", STANDARD.encode(mac)), id, timestamp, body }
        }

        /// Checks signature, time and form at Unix second `now`.
        pub fn open(&self, keys: &EventKeys, now: i64) -> Result<HelperEvent, EventRefusal> {
            if self.body.len() > MAX_BODY_BYTES {
                return Err(EventRefusal::TooLong);
            }
            self.check_signature(keys)?;
            let sent: i64 = self.timestamp.parse().map_err(|_| EventRefusal::Malformed)?;
            if now.abs_diff(sent) > TIMESTAMP_TOLERANCE_S.unsigned_abs() {
                return Err(EventRefusal::Stale);
            }
            let event: HelperEvent = serde_json::from_slice(&self.body).map_err(|_| EventRefusal::Malformed)?;
            let id: EventId = self.id.parse().map_err(|_| EventRefusal::Malformed)?;
            if event.id != id {
                return Err(EventRefusal::IdMismatch);
            }
            Ok(event)
        }

        fn check_signature(&self, keys: &EventKeys) -> Result<(), EventRefusal> {
            let message = signed_bytes(&self.id, &self.timestamp, &self.body);
            let mut known_version = false;
            for signature in self.signature.split(' ') {
                let Some((VERSION, mac)) = signature.split_once(',') else { continue };
                known_version = true;
                let mac = STANDARD.decode(mac).map_err(|_| EventRefusal::Malformed)?;
                if keys.verify_by_any(&message, &mac) {
                    return Ok(());
                }
            }
            Err(if known_version { EventRefusal::BadSignature } else { EventRefusal::UnknownVersion })
        }
    }

    fn signed_bytes(id: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
        let mut message = format!("{id}.{timestamp}.").into_bytes();
        message.extend_from_slice(body);
        message
    }
}

#[cfg(feature = "keys")]
pub use signing::{EventRefusal, SignedEvent};

#[cfg(test)]
mod tests {
    use super::HelperEvent;
    use schemars::schema_for;
    use serde_json::Value;

    #[test]
    fn the_schema_has_no_field_that_could_hold_a_sentence() {
        let schema = schema_for!(HelperEvent);
        let mut strings = Vec::new();
        walk(schema.as_value(), "event", &mut strings);
        assert!(!strings.is_empty(), "the walk found no strings at all, so it did not walk");
        for (path, node) in strings {
            let closed = node.get("enum").is_some() || node.get("const").is_some();
            let uuid = node.get("format").and_then(Value::as_str) == Some("uuid");
            assert!(closed || uuid, "{path} is a string that could hold anything: {node}");
        }
    }

    /// Collects every schema node that allows a string; fails on nodes that allow anything.
    fn walk<'a>(node: &'a Value, path: &str, strings: &mut Vec<(String, &'a Value)>) {
        match node {
            Value::Object(fields) => {
                let allows_string = match fields.get("type") {
                    Some(Value::String(kind)) => kind == "string",
                    Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
                    _ => false,
                };
                if allows_string {
                    strings.push((path.to_owned(), node));
                }
                assert!(
                    fields.get("additionalProperties").is_none_or(|more| more == &Value::Bool(false)),
                    "{path} is open"
                );
                if let Some(Value::Object(properties)) = fields.get("properties") {
                    assert!(!properties.values().any(|schema| schema == &Value::Bool(true)), "{path} allows anything");
                }
                for (name, child) in fields {
                    walk(child, &format!("{path}.{name}"), strings);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    walk(child, &format!("{path}[{index}]"), strings);
                }
            }
            _ => {}
        }
    }
}
