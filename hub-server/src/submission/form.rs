//! What the form of an upload brings, in the order its fields stand: key, note, file.

use super::Refusal;
use crate::{
    storage::{SafeName, SpoolError, Spooled, Storage},
    web::{
        Error,
        idempotency::IdempotencyKey,
        multipart::{Part, ProtectedParts},
    },
};

/// Longest note, in characters; the table says the same.
pub(super) const MAX_NOTE_CHARS: usize = 2000;

/// What was typed beside the file.
#[derive(Clone, Debug, Default)]
pub struct HandInForm {
    pub(super) key: Option<IdempotencyKey>,
    pub(super) note: String,
    /// Why the file was not taken.
    pub(super) refused: Option<Refusal>,
}

/// A whole form.
pub(super) struct HandedIn {
    pub(super) form: HandInForm,
    pub(super) file: Result<(Spooled, SafeName), Refusal>,
}

impl HandedIn {
    /// Reads the form; the file goes to a temporary place as it comes.
    pub(super) async fn read(parts: &mut ProtectedParts, storage: &Storage, max_bytes: u64) -> Result<Self, Error> {
        let mut handed_in = Self { form: HandInForm::default(), file: Err(Refusal::Missing) };
        while let Some(part) = parts.next().await? {
            match part.name() {
                "idempotency_key" => {
                    let key = part.text(100).await?.parse().map_err(|_| Error::BadRequest)?;
                    handed_in.form.key = Some(IdempotencyKey(key));
                }
                "note" => handed_in.form.note = note(&part.text(MAX_NOTE_CHARS * 8).await?),
                "file" if part.file_name().is_some_and(|name| !name.is_empty()) => {
                    handed_in.file = spooled(part, storage, max_bytes).await?;
                    // What comes after the file is of no interest.
                    break;
                }
                _ => {}
            }
        }
        Ok(handed_in)
    }
}

async fn spooled(
    mut part: Part,
    storage: &Storage,
    max_bytes: u64,
) -> Result<Result<(Spooled, SafeName), Refusal>, Error> {
    let name = SafeName::of(part.file_name().unwrap_or_default());
    let mut spool = storage.spool(max_bytes).await.map_err(away)?;
    match spool.take(&mut part).await {
        Ok(()) => Ok(Ok((spool.finish().await.map_err(away)?, name))),
        Err(SpoolError::TooLarge) => Ok(Err(Refusal::TooLarge { max_bytes })),
        Err(SpoolError::Request(error)) => Err(error),
        Err(SpoolError::Disk(error)) => Err(away(error)),
    }
}

fn away(error: std::io::Error) -> Error {
    Error::Unavailable(std::sync::Arc::new(anyhow::Error::new(error).context("writing a file that is handed in")))
}

/// Line ends as one character, as long as the table takes.
fn note(text: &str) -> String {
    text.replace("\r\n", "\n").trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(MAX_NOTE_CHARS).collect()
}
