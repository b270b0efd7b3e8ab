//! `/teach/courses/imports`: sending a course in, looking at what importing it does, importing it.

use super::list::{self, Refused, Sending};
use crate::{
    app::App,
    audit,
    course::{
        Importing, Pack, import,
        incoming::{self, Incoming},
        life, pages,
        plan::Plan,
        source::MAX_SOURCE_BYTES,
        store,
    },
    organisation,
    storage::{SpoolError, Spooled},
    ui::frame::Frame,
    web::{
        AskedImport, Error, Notice, PageResult, Protected, Respond, SignedIn, Staff, error::accepts_json,
        multipart::ProtectedParts, see_other,
    },
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::json;
use shared_types::ids::OrganisationId;

/// Longest name of a file that is kept, in characters.
const MAX_NAME_CHARS: usize = 200;

/// The form that imports; it has nothing to say.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nothing {}

/// What the form with the file brought.
#[derive(Default)]
struct Sent {
    organisation: Option<OrganisationId>,
    file: Option<(String, Spooled)>,
    too_large: bool,
    /// There is nothing in it.
    empty: bool,
}

/// `POST /teach/courses/imports`: takes a course in and shows what importing it will do.
pub async fn send(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    frame: Frame,
    headers: HeaderMap,
    parts: ProtectedParts,
) -> PageResult {
    let by_script = accepts_json(&headers);
    let sent = Sent::read(&app, parts).await?;
    let organisation = organisation_of(&app, &staff, sent.organisation).await?;
    let sending = |refused| Sending { class: None, organisation: sent.organisation, refused };
    let refuse = |frame, refused| list::page(&app, frame, staff.clone(), sending(refused));
    let Some((file_name, file)) = sent.file else {
        let why = match (sent.too_large, sent.empty) {
            (true, _) => Refused::TooLarge,
            (false, true) => Refused::Empty,
            (false, false) => Refused::Missing,
        };
        if by_script {
            let message = why.said(frame.words).unwrap_or_default();
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "message": message }))).into_response());
        }
        return refuse(frame, why).await.unprocessable();
    };
    let content = tokio::fs::read(file.path()).await.map_err(anyhow::Error::from)?;
    let incoming = Incoming { id: app.new_id(), organisation, file_name, content };
    // A script cannot show a table of faults: they have a page of their own.
    if let Err(faults) = incoming.read().await
        && !by_script
    {
        return refuse(frame, Refused::Faults { file_name: incoming.file_name, faults }).await.unprocessable();
    }
    let mut tx = app.db.begin().await?;
    incoming::keep(&mut tx, staff.id, &incoming, app.clock.now()).await?;
    tx.commit().await?;
    let there = format!("/teach/courses/imports/{}", incoming.id);
    Ok(if by_script { Json(json!({ "location": there })).into_response() } else { see_other(there) })
}

/// `GET /teach/courses/imports/{import}`: what importing it will do, or what has to be mended first.
pub async fn show(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let incoming = incoming::of_staff(&mut db, staff.id, id).await?.ok_or(Error::NotFound)?;
    let pack = match incoming.read().await {
        Ok(pack) => pack,
        Err(faults) => {
            drop(db);
            let refused = Refused::Faults { file_name: incoming.file_name, faults };
            let sending = Sending { class: None, organisation: Some(incoming.organisation), refused };
            return list::page(&app, frame, staff, sending).await.unprocessable();
        }
    };
    let course = store::by_slug(&mut db, incoming.organisation, &pack.slug).await?;
    let standing = match course {
        Some(course) => store::standing_lessons(&mut db, course).await?,
        None => Vec::new(),
    };
    let (classes, standing_as) = match course {
        Some(course) if life::store::is_deleted(&mut db, course).await? => (0, pages::StandingAs::Deleted),
        Some(course) => (store::classes_with(&mut db, course).await?.len(), pages::StandingAs::Here),
        None => (0, pages::StandingAs::New),
    };
    let plan = Plan::of(&pack, &standing);
    Ok(pages::preview(frame, pages::Preview { staff, id, standing_as, classes, plan, pack }).await)
}

/// `POST /teach/courses/imports/{import}`: imports it.
pub async fn confirm(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    _form: Protected<Nothing>,
) -> PageResult {
    let incoming = incoming::of_staff(&mut *app.db.acquire().await?, staff.id, id).await?.ok_or(Error::NotFound)?;
    let pack = incoming.read().await.map_err(|_| Error::Unprocessable)?;
    let mut tx = app.db.begin().await?;
    // The row goes first and once: of two clicks the second finds nothing and changes nothing.
    if !incoming::forget(&mut tx, id).await? {
        return Err(Error::NotFound);
    }
    let path = imported(&mut tx, &app, &staff, incoming.organisation, &pack).await?;
    tx.commit().await?;
    Ok(see_other(path).with_notice(Notice::CourseImported))
}

/// `POST /teach/courses/imports/{import}/removal`: does not import it after all.
pub async fn discard(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    _form: Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    incoming::of_staff(&mut tx, staff.id, id).await?.ok_or(Error::NotFound)?;
    incoming::forget(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other("/teach/courses"))
}

async fn imported(
    tx: &mut sqlx::PgConnection,
    app: &App,
    staff: &Staff,
    organisation: OrganisationId,
    pack: &Pack,
) -> Result<String, Error> {
    let now = app.clock.now();
    let importing = Importing { organisation, zone: app.config.time_zone, entropy: &app.entropy, now };
    let imported = import(tx, &importing, pack).await?;
    audit::record(tx, app, staff, imported.entry(organisation)).await?;
    Ok(store::path(imported.course))
}

impl Sent {
    async fn read(app: &App, mut parts: ProtectedParts) -> Result<Self, Error> {
        let mut sent = Self::default();
        while let Some(mut part) = parts.next().await? {
            match part.name() {
                "organisation" => sent.organisation = part.text(64).await?.parse().ok(),
                "file" => {
                    let name: String = part.file_name().unwrap_or_default().chars().take(MAX_NAME_CHARS).collect();
                    let mut spool = app.storage.spool(MAX_SOURCE_BYTES).await.map_err(anyhow::Error::from)?;
                    match spool.take(&mut part).await {
                        Ok(()) => {}
                        Err(SpoolError::TooLarge) => {
                            sent.too_large = true;
                            continue;
                        }
                        Err(SpoolError::Request(error)) => return Err(error),
                        Err(SpoolError::Disk(error)) => return Err(anyhow::Error::from(error).into()),
                    }
                    let file = spool.finish().await.map_err(anyhow::Error::from)?;
                    sent.empty = !name.is_empty() && file.bytes() == 0;
                    sent.file = (!name.is_empty() && !sent.empty).then_some((name, file));
                }
                _ => {}
            }
        }
        Ok(sent)
    }
}

/// The organisation the course will be in: the chosen one, or the only one. Another's is as good as unknown.
pub(in crate::course) async fn organisation_of(
    app: &App,
    staff: &Staff,
    chosen: Option<OrganisationId>,
) -> Result<OrganisationId, Error> {
    let taught = organisation::store::taught_by(&mut *app.db.acquire().await?, staff.id).await?;
    match (chosen, taught.as_slice()) {
        (_, []) => Err(Error::Forbidden),
        (None, [only]) => Ok(only.id),
        (None, _) => Err(Error::Unprocessable),
        (Some(chosen), taught) => taught.iter().find(|one| one.id == chosen).map(|one| one.id).ok_or(Error::NotFound),
    }
}
