//! Ollama's `/api/chat`: one JSON object a line. Closing the connection makes it stop.

use super::{BackendError, TextStream, accepted};
use crate::{
    config::Size,
    prompt::{Message, Prompt},
};
use async_stream::try_stream;
use futures::StreamExt;
use serde::{Deserialize, Serialize};

/// The model stays loaded between lessons of a morning.
const KEEP_ALIVE: &str = "30m";
/// A line is one token; one this long is not Ollama's.
const MAX_LINE_BYTES: usize = 256 * 1024;

/// An Ollama server and one of its models.
#[derive(Debug)]
pub struct Ollama {
    http: reqwest::Client,
    url: String,
    model: String,
    size: Size,
}

/// The same for every call: Ollama reloads a model whose options change.
#[derive(Clone, Copy, Debug, Serialize)]
struct ModelOptions {
    num_ctx: u32,
    num_predict: u32,
    temperature: f32,
}

#[derive(Serialize)]
struct Call<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    keep_alive: &'a str,
    options: ModelOptions,
}

/// The same without anything to say.
#[derive(Serialize)]
struct Load<'a> {
    model: &'a str,
    keep_alive: &'a str,
    options: ModelOptions,
    stream: bool,
}

#[derive(Deserialize)]
struct Line {
    message: Option<Said>,
    #[serde(default)]
    done: bool,
    done_reason: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    content: String,
}

impl Ollama {
    pub fn new(http: reqwest::Client, origin: &str, model: String, size: Size) -> Self {
        Self { http, url: format!("{origin}/api/chat"), model, size }
    }

    /// Loads the model with the options that every call has, and keeps it: a call without a prompt does so.
    pub async fn warm_up(&self) -> Result<(), BackendError> {
        let call = Load { model: &self.model, keep_alive: KEEP_ALIVE, options: self.options(), stream: false };
        let url = self.url.replace("/api/chat", "/api/generate");
        accepted(self.http.post(url).json(&call).send().await?).map(drop)
    }

    const fn options(&self) -> ModelOptions {
        ModelOptions { num_ctx: self.size.num_ctx, num_predict: self.size.max_tokens, temperature: 0.3 }
    }

    pub async fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        let call = Call {
            model: &self.model,
            messages: prompt.messages(self.size.prompt_bytes),
            stream: true,
            keep_alive: KEEP_ALIVE,
            options: self.options(),
        };
        let response = accepted(self.http.post(&self.url).json(&call).send().await?)?;
        let mut bytes = response.bytes_stream();
        Ok(Box::pin(try_stream! {
            let mut lines = Lines::default();
            while let Some(chunk) = bytes.next().await {
                lines.push(&chunk?)?;
                while let Some(line) = lines.next() {
                    let line = read(&line)?;
                    if let Some(said) = line.message && !said.content.is_empty() {
                        yield said.content;
                    }
                    if line.done {
                        if line.done_reason.as_deref() == Some("length") {
                            Err(BackendError::Full)?;
                        }
                        return;
                    }
                }
            }
            // Without its last line the answer is not whole.
            Err(BackendError::Cut)?;
        }))
    }
}

fn read(line: &[u8]) -> Result<Line, BackendError> {
    let line: Line = serde_json::from_slice(line).map_err(|error| BackendError::malformed(&error))?;
    match line.error {
        Some(error) => Err(BackendError::Reported(error)),
        None => Ok(line),
    }
}

/// Cuts a stream of bytes into lines.
#[derive(Debug, Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn push(&mut self, bytes: &[u8]) -> Result<(), BackendError> {
        self.0.extend_from_slice(bytes);
        if self.0.len() > MAX_LINE_BYTES { Err(BackendError::Malformed("a line without end".into())) } else { Ok(()) }
    }

    fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            let end = self.0.iter().position(|byte| *byte == b'\n')?;
            let line: Vec<u8> = self.0.drain(..=end).collect();
            if !line.trim_ascii().is_empty() {
                return Some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, read};
    use proptest::prelude::*;

    #[test]
    fn an_error_in_the_stream_is_an_error() {
        assert!(read(br#"{"error":"model runner has unexpectedly stopped"}"#).is_err());
        assert!(read(b"<html>").is_err());
        let line = read(br#"{"message":{"role":"assistant","content":"Hi"},"done":false}"#).unwrap();
        assert_eq!(line.message.unwrap().content, "Hi");
    }

    proptest! {
        #[test]
        fn lines_do_not_depend_on_how_the_network_cuts_them(
            lines in prop::collection::vec("[a-zñ]{1,9}", 1..9),
            cuts in prop::collection::vec(1usize..7, 1..40),
        ) {
            let bytes: Vec<u8> = lines.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect();
            let (mut reader, mut read, mut rest, mut cuts) = (Lines::default(), Vec::new(), &bytes[..], cuts.iter().cycle());
            while !rest.is_empty() {
                let (chunk, more) = rest.split_at((*cuts.next().unwrap()).min(rest.len()));
                rest = more;
                reader.push(chunk).unwrap();
                while let Some(line) = reader.next() {
                    read.push(String::from_utf8(line).unwrap().trim_end().to_owned());
                }
            }
            prop_assert_eq!(read, lines);
        }
    }
}
