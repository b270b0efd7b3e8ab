//! `/teach/classes/{classroom}/announcements`: listing, writing, changing, deleting, bringing back.

use super::{UNDO_DAYS, form::AnnouncementForm, list_path, pages, path, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    classroom::Classroom,
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, Nothing, Notice, PageResult, Protected, Respond, Staff, Teaching, Undo, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use chrono::Duration;
use shared_types::ids::AnnouncementId;

/// Most that are listed.
const MOST: i64 = 100;

/// Lists them, the form for another one first.
pub async fn list(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    let form = AnnouncementForm { idempotency_key: Some(IdempotencyKey::new(&app)), ..AnnouncementForm::default() };
    list_page(&app, frame, staff, classroom, role.may_teach().then(|| FormState::new(form))).await
}

/// Publishes one.
pub async fn add(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<AnnouncementForm>,
) -> PageResult {
    let (now, key) = (app.clock.now(), form.idempotency_key.ok_or(Error::BadRequest)?);
    let written = match form.parse(frame.words.0, app.config.time_zone, now) {
        Ok(written) => written,
        Err(form) => return list_page(&app, frame, teacher, classroom, Some(form)).await.unprocessable(),
    };
    let (id, here) = (AnnouncementId(app.new_id()), list_path(&classroom));
    let mut tx = app.db.begin().await?;
    if idempotency::led_to(&mut tx, teacher.id.0, key, &here, now).await?.is_none() {
        store::add(&mut tx, id, classroom.id, teacher.id, &written, now).await?;
        note(&mut tx, &app, &teacher, &classroom, Entry::new("announcement_added", Subject::Announcement(id))).await?;
        tx.commit().await?;
    }
    Ok(see_other(here).with_notice(Notice::Announced))
}

/// Shows one to be changed.
pub async fn edit(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<AnnouncementId>,
    frame: Frame,
) -> PageResult {
    let found = store::one(&mut *app.db.acquire().await?, classroom.id, id).await?.ok_or(Error::NotFound)?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let form = FormState::new(AnnouncementForm::of(&found, app.config.time_zone));
    Ok(pages::edit(frame, staff, classroom, id, form).await)
}

/// Changes it.
pub async fn change(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(id): Asked<AnnouncementId>,
    frame: Frame,
    Protected(form): Protected<AnnouncementForm>,
) -> PageResult {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::one(&mut tx, classroom.id, id).await?.ok_or(Error::NotFound)?;
    let written = match form.parse(frame.words.0, app.config.time_zone, now) {
        Ok(written) => written,
        Err(form) => return Ok(pages::edit(frame, teacher, classroom, id, form).await.unprocessable()),
    };
    if !store::change(&mut tx, classroom.id, id, &written, now).await? {
        return Err(Error::NotFound);
    }
    note(&mut tx, &app, &teacher, &classroom, Entry::new("announcement_changed", Subject::Announcement(id))).await?;
    tx.commit().await?;
    Ok(see_other(list_path(&classroom)).with_notice(Notice::Saved))
}

/// Takes it back.
pub async fn delete(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(id): Asked<AnnouncementId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if !store::delete(&mut tx, classroom.id, id, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    note(&mut tx, &app, &teacher, &classroom, Entry::new("announcement_deleted", Subject::Announcement(id))).await?;
    tx.commit().await?;
    let undo = Undo::restore(&path(&classroom, id));
    Ok(see_other(list_path(&classroom)).with_undo(Notice::AnnouncementDeleted, &undo))
}

/// Brings it back.
pub async fn restore(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(id): Asked<AnnouncementId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let since = app.clock.now() - Duration::days(UNDO_DAYS);
    if !store::restore(&mut tx, classroom.id, id, since).await? {
        return Err(Error::NotFound);
    }
    note(&mut tx, &app, &teacher, &classroom, Entry::new("announcement_restored", Subject::Announcement(id))).await?;
    tx.commit().await?;
    Ok(see_other(list_path(&classroom)).with_notice(Notice::BroughtBack))
}

async fn list_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    form: Option<FormState<AnnouncementForm>>,
) -> PageResult {
    let announcements = store::of_class(&mut *app.db.acquire().await?, classroom.id, None, MOST).await?;
    let list = pages::List { staff, classroom, announcements, form, now: app.now_at_school() };
    Ok(pages::list(frame, list).await)
}

async fn note(
    tx: &mut sqlx::PgConnection,
    app: &App,
    teacher: &Staff,
    classroom: &Classroom,
    entry: Entry,
) -> sqlx::Result<()> {
    audit::record(tx, app, teacher, entry.within(classroom.organisation)).await
}
