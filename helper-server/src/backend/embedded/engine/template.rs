//! A conversation as the model's tokens, in the model's own chat template.
//!
//! The template is applied to placeholders, and what people wrote is tokenised apart from it without
//! control tokens: a typed `<|im_end|>` stays eleven characters of text.

use super::Said;
use anyhow::Context;
use llama_cpp_2::{
    model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel},
    token::LlamaToken,
};

/// The template of models that bring none, or one llama.cpp does not know.
const FALLBACK: &str = "chatml";

/// The tokens up to where the answer starts.
pub fn tokens(model: &LlamaModel, messages: &[Said]) -> anyhow::Result<Vec<LlamaToken>> {
    let frame = frame(model, messages)?;
    let vocab = model.vocab();
    let mut rest = frame.as_str();
    let mut tokens = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let placeholder = placeholder(index);
        let (before, after) = rest.split_once(&placeholder).context("the chat template lost a message")?;
        vocab.tokenize_into(before.as_bytes(), &mut tokens, index == 0, true);
        vocab.tokenize_into(message.content.as_bytes(), &mut tokens, false, false);
        rest = after;
    }
    vocab.tokenize_into(rest.as_bytes(), &mut tokens, false, true);
    Ok(tokens)
}

fn frame(model: &LlamaModel, messages: &[Said]) -> anyhow::Result<String> {
    let chat = messages
        .iter()
        .enumerate()
        .map(|(index, message)| LlamaChatMessage::new(message.role.clone(), placeholder(index)))
        .collect::<Result<Vec<_>, _>>()?;
    let own = model.chat_template(None).ok().and_then(|own| model.apply_chat_template(&own, &chat, true).ok());
    match own {
        Some(frame) => Ok(frame),
        None => Ok(model.apply_chat_template(&LlamaChatTemplate::new(FALLBACK)?, &chat, true)?),
    }
}

fn placeholder(index: usize) -> String {
    format!("[[message {index}]]")
}
