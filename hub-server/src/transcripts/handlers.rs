//! `GET/POST /teach/organisations/{organisation}/transcripts`: whether teachers may read along.
//! `GET/POST /teach/classes/{classroom}/helper/transcripts`: whose conversation; the POST leads to it.

use super::{pages, settings_path, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    ui::{frame::Frame, time::Now},
    web::{Administering, Error, Notice, PageResult, Protected, Respond, Teaching, see_other},
};
use axum::extract::State;
use chrono::{Offset, TimeDelta};
use serde::Deserialize;
use shared_types::{
    ids::StudentId,
    transcript::{LIFETIME_S, TranscriptGrant},
};

/// The helper deletes conversations a day after their last question; who asked before has nothing to read.
const LOOK_BACK: TimeDelta = TimeDelta::days(2);

/// The switch. A box that is not ticked is not sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    enabled: Option<String>,
}

/// Shows whether teachers of the organisation may read along.
pub async fn show_settings(
    State(app): State<App>,
    Administering(staff, organisation): Administering,
    frame: Frame,
) -> PageResult {
    let enabled = store::enabled(&mut *app.db.acquire().await?, organisation.id).await?;
    Ok(pages::settings(frame, staff, organisation, enabled).await)
}

/// Switches it on or off.
pub async fn decide(
    State(app): State<App>,
    Administering(staff, organisation): Administering,
    Protected(form): Protected<SettingsForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let enabled = form.enabled.is_some();
    store::set(&mut tx, organisation.id, enabled, app.clock.now()).await?;
    let entry = Entry::new("transcripts_set", Subject::Organisation(organisation.id))
        .within(organisation.id)
        .with("enabled", Detail::Flag(enabled));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(settings_path(organisation.id)).with_notice(Notice::Saved))
}

/// Shows who of the class has asked; 404 where the organisation has not switched it on.
pub async fn list(State(app): State<App>, Teaching(staff, classroom): Teaching, frame: Frame) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let since = store::enabled_since(&mut db, classroom.organisation).await?.ok_or(Error::NotFound)?;
    // Before, nobody was told that teachers read along.
    let askers = store::askers(&mut db, classroom.id, since.max(now - LOOK_BACK)).await?;
    let now = Now { now, zone: app.config.time_zone };
    Ok(pages::list(frame, pages::List { staff, classroom, askers, now }).await)
}

/// Whose conversation.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct LookForm {
    student: StudentId,
}

/// Notes the look, and leads to it.
pub async fn look(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    frame: Frame,
    Protected(LookForm { student }): Protected<LookForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let student_name = store::name_in_class(&mut tx, classroom.id, student).await?.ok_or(Error::NotFound)?;
    if !store::enabled(&mut tx, classroom.organisation).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("transcript_read", Subject::Student(student))
        .within(classroom.organisation)
        .with("classroom", Detail::Id(classroom.id.0));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    let grant = TranscriptGrant {
        id: app.new_id(),
        expires_at: app.clock.unix() + LIFETIME_S,
        staff: staff.id,
        classroom: classroom.id,
        student,
        student_name,
        class_name: classroom.name,
        utc_offset_s: app.clock.now().with_timezone(&app.config.time_zone).offset().fix().local_minus_utc(),
        locale: frame.words.tag().to_owned(),
    };
    Ok(see_other(format!("/helper/transcript?grant={}", grant.sign(&app.config.scope_keys))))
}
