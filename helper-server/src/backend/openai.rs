//! OpenAI's Responses API (`POST …/responses` with `stream`), the one backend that leaves the school: it is refused at
//! start without an acknowledgement, keeps to a monthly ceiling, and asks that nothing be stored there.
//!
//! Events are told apart by `type`; a stream ends with `response.completed`, `response.incomplete` or `response.failed`.

use super::{
    BackendError, TextStream, accepted,
    ledger::{Ledger, Prices},
};
use crate::{
    config::Size,
    prompt::{Message, Prompt},
};
use async_stream::try_stream;
use eventsource_stream::Eventsource;
use futures::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// What the count of its cost is called.
const NAME: &str = "openai";
/// Common tokenisers read more than two bytes with a token in English, Spanish and code.
const BYTES_A_TOKEN: u64 = 2;

/// A server and one of its models.
#[derive(Debug)]
pub struct OpenAi {
    http: reqwest::Client,
    url: String,
    model: String,
    key: SecretString,
    size: Size,
    prices: Prices,
    ledger: Ledger,
}

#[derive(Serialize)]
struct Call<'a> {
    model: &'a str,
    input: Vec<Message<'a>>,
    stream: bool,
    /// Nothing is kept there for later calls.
    store: bool,
    max_output_tokens: u32,
}

/// An event of the stream, as far as it is of use here.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
enum Event {
    #[serde(rename = "response.output_text.delta", alias = "response.refusal.delta")]
    Text { delta: String },
    #[serde(rename = "response.completed", alias = "response.incomplete")]
    Ended { response: Ended },
    #[serde(rename = "response.failed")]
    Failed { response: Ended },
    #[serde(rename = "error")]
    Error { code: Option<String> },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
struct Ended {
    usage: Option<Usage>,
    error: Option<Reported>,
    incomplete_details: Option<Incomplete>,
}

#[derive(Debug, Deserialize)]
struct Incomplete {
    reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Usage {
    input_tokens: u64,
    output_tokens: u64,
}

/// The part of an error that is a code; its message may quote the question.
#[derive(Debug, Deserialize)]
struct Reported {
    code: Option<String>,
}

/// How the backend is reached and what it may cost.
#[derive(Debug)]
pub struct Settings {
    /// Base of the API, up to and with `/v1`.
    pub base: String,
    pub model: String,
    pub key: SecretString,
    pub size: Size,
    pub prices: Prices,
}

impl OpenAi {
    pub fn new(http: reqwest::Client, settings: Settings, ledger: Ledger) -> Self {
        let Settings { base, model, key, size, prices } = settings;
        Self { http, url: format!("{base}/responses"), model, key, size, prices, ledger }
    }

    pub async fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        let Size { max_tokens, prompt_bytes, .. } = self.size;
        let input = prompt.messages(prompt_bytes);
        let bytes: usize = input.iter().map(|message| message.content.len()).sum();
        let most = ((bytes as u64).div_ceil(BYTES_A_TOKEN), u64::from(max_tokens));
        let mut reserved = self.ledger.reserve(NAME, self.prices, most).await?;
        let call = Call { model: &self.model, input, stream: true, store: false, max_output_tokens: max_tokens };
        let request = self.http.post(&self.url).bearer_auth(self.key.expose_secret()).json(&call);
        let response = match request.send().await.map_err(BackendError::from).and_then(accepted) {
            Ok(response) => response,
            Err(error) => {
                // Nothing was read there.
                reserved.was(0, 0);
                return Err(error);
            }
        };
        let mut events = response.bytes_stream().eventsource();
        Ok(Box::pin(try_stream! {
            while let Some(event) = events.next().await {
                let event = event.map_err(|_| BackendError::Cut)?;
                match read(&event.data)? {
                    Event::Text { delta } if !delta.is_empty() => {
                        reserved.wrote(delta.len());
                        yield delta;
                    }
                    Event::Ended { response } => {
                        if let Some(usage) = response.usage {
                            reserved.was(usage.input_tokens, usage.output_tokens);
                        }
                        let cut = response.incomplete_details.and_then(|details| details.reason);
                        if cut.as_deref() == Some("max_output_tokens") {
                            Err(BackendError::Full)?;
                        }
                        return;
                    }
                    Event::Failed { response } => {
                        let code = response.error.and_then(|error| error.code);
                        Err(BackendError::Reported(code.unwrap_or_default()))?;
                    }
                    Event::Error { code } => Err(BackendError::Reported(code.unwrap_or_default()))?,
                    Event::Text { .. } | Event::Other => {}
                }
            }
            // Without its last event the answer is not whole.
            Err(BackendError::Cut)?;
        }))
    }
}

fn read(data: &str) -> Result<Event, BackendError> {
    serde_json::from_str(data).map_err(|error| BackendError::malformed(&error))
}

#[cfg(test)]
mod tests {
    use super::{Event, read};

    #[test]
    fn events_are_read_and_those_of_no_use_passed_over() {
        let text =
            r#"{"type":"response.output_text.delta","item_id":"m","output_index":0,"delta":"Hi","sequence_number":4}"#;
        assert!(matches!(read(text).unwrap(), Event::Text { delta } if delta == "Hi"));
        let created = r#"{"type":"response.created","response":{"id":"r","status":"in_progress"}}"#;
        assert!(matches!(read(created).unwrap(), Event::Other));
        let done = r#"{"type":"response.incomplete","response":{"id":"r","usage":{"input_tokens":7,"output_tokens":9,
                       "total_tokens":16},"error":null}}"#;
        let Event::Ended { response } = read(done).unwrap() else { panic!("it ends the stream") };
        assert_eq!(response.usage.unwrap().output_tokens, 9);
        let failed = r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}"#;
        assert!(matches!(read(failed).unwrap(), Event::Failed { .. }));
        assert!(read("nonsense").is_err());
    }
}
