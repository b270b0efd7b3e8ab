//! `POST /teach/files/{organisation}`: a new file, streamed to the storage.

use super::{
    MAX_BYTES,
    asked::Keeper,
    folder,
    show::{self, Forms, path_of},
    store,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    course::FileKind,
    organisation::Organisation,
    storage::{self, SafeName, SpoolError, Spooled},
    t,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Respond, Staff, Words,
        multipart::{Part, ProtectedParts},
        see_other,
    },
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde_json::json;
use shared_types::ids::{AssetId, FileId};
use std::sync::Arc;

/// How much of a file is looked at to know its kind.
const BEGINNING: usize = 64;
/// Longest text beside it.
const MAX_TEXT_BYTES: usize = 2000;

/// What was typed beside the file.
#[derive(Clone, Debug, Default)]
pub struct UploadForm {
    pub folder: String,
}

/// A file that arrived.
struct Arrived {
    name: SafeName,
    kind: FileKind,
    file: Spooled,
}

/// Why a file was not taken.
enum Refusal {
    Missing,
    TooLarge,
    Unknown,
}

impl Refusal {
    /// The same for the script that shows the progress.
    fn said(&self, words: Words) -> &'static str {
        match self {
            Self::Missing => t!(words, "asset-file-missing"),
            Self::TooLarge => t!(words, "asset-file-too-large"),
            Self::Unknown => t!(words, "asset-file-unknown"),
        }
    }

    fn on(self, form: FormState<UploadForm>) -> FormState<UploadForm> {
        match self {
            Self::Missing => form.refuse("file", "asset-file-missing"),
            Self::TooLarge => form.refuse("file", "asset-file-too-large"),
            Self::Unknown => form.refuse("file", "asset-file-unknown"),
        }
    }
}

/// Takes the file.
pub async fn add(
    State(app): State<App>,
    Keeper { staff, organisation }: Keeper,
    frame: Frame,
    headers: HeaderMap,
    mut parts: ProtectedParts,
) -> PageResult {
    let by_script =
        headers.get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"application/json"));
    let mut form = UploadForm::default();
    let mut arrived = Err(Refusal::Missing);
    while let Some(part) = parts.next().await? {
        match part.name() {
            "folder" => form.folder = part.text(MAX_TEXT_BYTES).await?,
            "file" => arrived = receive(&app, part).await?,
            _ => {}
        }
    }
    let to = folder::parse(&form.folder);
    let mut refused = FormState::new(form);
    if to.is_none() {
        refused = refused.refuse("folder", "asset-folder-bad");
    }
    match (to, arrived) {
        (Some(to), Ok(arrived)) => {
            keep(&app, (&staff, &organisation), &to, arrived).await?;
            let there = path_of(organisation.id, &to);
            let response =
                if by_script { Json(json!({ "location": there })).into_response() } else { see_other(there) };
            Ok(response.with_notice(Notice::FileAdded))
        }
        (to, arrived) if by_script => {
            let words = frame.words;
            let message = match (to, arrived) {
                (None, _) => t!(words, "asset-folder-bad"),
                (_, Err(why)) => why.said(words),
                (Some(_), Ok(_)) => "",
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "message": message }))).into_response())
        }
        (to, arrived) => {
            let refused = if let Err(why) = arrived { why.on(refused) } else { refused };
            let may = show::Who { staff, organisation, may_change: true };
            let forms = Forms { upload: refused, refused_place: None };
            show::page(&app, frame, may, to.unwrap_or_default(), forms).await.unprocessable()
        }
    }
}

/// Streams one file to the spool and looks at how it begins.
async fn receive(app: &App, mut part: Part) -> Result<Result<Arrived, Refusal>, Error> {
    let given = part.file_name().unwrap_or_default().to_owned();
    if given.is_empty() {
        return Ok(Err(Refusal::Missing));
    }
    let name = SafeName::of(&given);
    let mut spool = app.storage.spool(MAX_BYTES).await.map_err(away)?;
    let mut beginning = Vec::with_capacity(BEGINNING);
    while let Some(piece) = part.chunk().await? {
        let room = BEGINNING - beginning.len();
        beginning.extend_from_slice(&piece[..piece.len().min(room)]);
        match spool.write(&piece).await {
            Ok(()) => {}
            Err(SpoolError::TooLarge) => return Ok(Err(Refusal::TooLarge)),
            Err(SpoolError::Request(error)) => return Err(error),
            Err(SpoolError::Disk(error)) => return Err(away(error)),
        }
    }
    let file = spool.finish().await.map_err(away)?;
    if file.bytes() == 0 {
        return Ok(Err(Refusal::Missing));
    }
    Ok(match FileKind::of(name.as_str(), &beginning) {
        Some(kind) => Ok(Arrived { name, kind, file }),
        None => Err(Refusal::Unknown),
    })
}

fn away(error: std::io::Error) -> Error {
    Error::Unavailable(Arc::new(anyhow::Error::new(error)))
}

/// The file first, then its row: a row always has its file.
async fn keep(
    app: &App,
    (staff, organisation): (&Staff, &Organisation),
    to: &str,
    Arrived { name, kind, file }: Arrived,
) -> Result<(), Error> {
    let (id, file_id) = (AssetId(app.new_id()), FileId(app.new_id()));
    let stored = app.storage.keep(file, file_id).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    storage::store::add(&mut tx, &stored, kind.content_type, now).await?;
    store::add(&mut tx, organisation.id, (id, file_id), (to, name.as_str()), now).await?;
    let entry = Entry::new("asset_added", Subject::Asset(id))
        .within(organisation.id)
        .with("bytes", Detail::Number(i64::try_from(stored.bytes).unwrap_or(i64::MAX)));
    audit::record(&mut tx, app, staff, entry).await?;
    tx.commit().await?;
    Ok(())
}
