//! Any server with an OpenAI-compatible `/chat/completions`: llama.cpp, vLLM and others.

use super::{BackendError, TextStream, accepted};
use crate::{
    config::Size,
    prompt::{Message, Prompt},
};
use async_stream::try_stream;
use eventsource_stream::Eventsource;
use futures::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A server and one of its models.
#[derive(Debug)]
pub struct ChatCompletions {
    http: reqwest::Client,
    url: String,
    model: String,
    key: Option<SecretString>,
    size: Size,
}

#[derive(Serialize)]
struct Call<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    max_tokens: u32,
    temperature: f32,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    error: Option<Reported>,
}

/// The parts of an error that are codes; its message may quote the question.
#[derive(Deserialize)]
struct Reported {
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Delta {
    content: Option<String>,
}

impl ChatCompletions {
    pub fn new(http: reqwest::Client, base: &str, model: String, key: Option<SecretString>, size: Size) -> Self {
        Self { http, url: format!("{base}/chat/completions"), model, key, size }
    }

    pub async fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        let (model, Size { max_tokens, prompt_bytes, .. }) = (self.model.as_str(), self.size);
        let call = Call { model, messages: prompt.messages(prompt_bytes), stream: true, max_tokens, temperature: 0.3 };
        let mut request = self.http.post(&self.url).json(&call);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.expose_secret());
        }
        let mut events = accepted(request.send().await?)?.bytes_stream().eventsource();
        Ok(Box::pin(try_stream! {
            let (mut finished, mut full) = (false, false);
            while let Some(event) = events.next().await {
                let event = event.map_err(|_| BackendError::Cut)?;
                if event.data.trim() == "[DONE]" {
                    finished = true;
                    break;
                }
                for choice in read(&event.data)?.choices {
                    finished |= choice.finish_reason.is_some();
                    full |= choice.finish_reason.as_deref() == Some("length");
                    if let Some(text) = choice.delta.content && !text.is_empty() {
                        yield text;
                    }
                }
            }
            // Some servers close after the last choice without saying [DONE].
            if !finished {
                Err(BackendError::Cut)?;
            }
            if full {
                Err(BackendError::Full)?;
            }
        }))
    }
}

fn read(data: &str) -> Result<Chunk, BackendError> {
    let chunk: Chunk = serde_json::from_str(data).map_err(|error| BackendError::malformed(&error))?;
    match chunk.error {
        Some(error) => Err(BackendError::Reported(error.kind.unwrap_or_default())),
        None => Ok(chunk),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn chunks_of_known_servers_are_read() {
        let text = |data| read(data).unwrap().choices.into_iter().find_map(|choice| choice.delta.content);
        assert_eq!(
            text(r#"{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}"#),
            Some("Hi".into())
        );
        assert_eq!(text(r#"{"choices":[{"delta":{"role":"assistant","content":null}}]}"#), None);
        assert_eq!(text(r#"{"choices":[],"usage":{"total_tokens":9}}"#), None);
        assert!(read(r#"{"error":{"message":"overloaded"}}"#).is_err());
    }
}
