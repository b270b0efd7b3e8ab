//! `GET /teach/safeguarding` and `POST /teach/safeguarding/{concern}`: what waits for me.
//! `GET/POST /teach/organisations/{organisation}/safeguarding`: who is told.
//! `POST /teach/classes/{classroom}/helper/concerns/{concern}`: the same from the class's page.

use super::{
    ConcernId, REVIEW_PATH, SettleForm,
    concerns::{self, Settling},
    contacts, contacts_path,
    pages::{self, ContactsPage, Review},
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    organisation::Organisation,
    ui::{frame::Frame, time::Now},
    web::{
        Administering, Asked, Error, FormState, Nothing, Notice, PageResult, Protected, Respond, SignedIn, Staff,
        Teaching, Undo, see_other,
    },
};
use axum::extract::State;
use chrono::TimeDelta;
use serde::Deserialize;
use uuid::Uuid;

/// How long it is shown what came of a concern.
const SETTLED_FOR: TimeDelta = TimeDelta::days(30);

/// Shows what waits for whoever is signed in.
pub async fn review(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let concerns = concerns::of_recipient(&mut db, staff.id, now - SETTLED_FOR).await?;
    let administered = contacts::administered_by(&mut db, staff.id).await?;
    let now = Now { now, zone: app.config.time_zone };
    Ok(pages::review(frame, Review { staff, concerns, administered, now }).await)
}

/// Notes what came of a concern that waits for them.
pub async fn settle(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    Asked(concern): Asked<ConcernId>,
    Protected(form): Protected<SettleForm>,
) -> PageResult {
    note_outcome(&app, &staff, Settling::Recipient, concern, form).await?;
    let undo = Undo::restore(&format!("{REVIEW_PATH}/{}", concern.0));
    Ok(see_other(REVIEW_PATH).with_undo(Notice::ConcernSettled, &undo))
}

/// Opens one again.
pub async fn reopen(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    Asked(concern): Asked<ConcernId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    open_again(&app, &staff, Settling::Recipient, concern).await?;
    Ok(see_other(REVIEW_PATH).with_notice(Notice::ConcernReopened))
}

/// The same from the class's page.
pub async fn settle_in_class(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(concern): Asked<ConcernId>,
    Protected(form): Protected<SettleForm>,
) -> PageResult {
    note_outcome(&app, &teacher, Settling::Teacher(classroom.id), concern, form).await?;
    let page = format!("{}/helper", classroom.path());
    let undo = Undo::restore(&format!("{page}/concerns/{}", concern.0));
    Ok(see_other(page).with_undo(Notice::ConcernSettled, &undo))
}

/// The same from the class's page.
pub async fn reopen_in_class(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(concern): Asked<ConcernId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    open_again(&app, &teacher, Settling::Teacher(classroom.id), concern).await?;
    Ok(see_other(format!("{}/helper", classroom.path())).with_notice(Notice::ConcernReopened))
}

async fn open_again(app: &App, staff: &Staff, settling: Settling, ConcernId(concern): ConcernId) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    let reopened = concerns::reopen(&mut tx, concern, (staff.id, settling)).await?.ok_or(Error::NotFound)?;
    let entry = Entry::new("helper_concern_reopened", Subject::Classroom(reopened.classroom))
        .within(reopened.organisation)
        .with("concern", Detail::Id(concern));
    audit::record(&mut tx, app, staff, entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn note_outcome(
    app: &App,
    staff: &Staff,
    settling: Settling,
    ConcernId(concern): ConcernId,
    SettleForm { outcome }: SettleForm,
) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    let settled = concerns::settle(&mut tx, concern, (staff.id, settling), outcome, app.clock.now()).await?;
    let settled = settled.ok_or(Error::NotFound)?;
    let entry = Entry::new("helper_concern_settled", Subject::Classroom(settled.classroom))
        .within(settled.organisation)
        .with("concern", Detail::Id(concern))
        .with("outcome", Detail::Word(outcome.as_str()));
    audit::record(&mut tx, app, staff, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The form of an organisation's contacts. Boxes that are not ticked are not sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ContactsForm {
    pub enabled: Option<String>,
    pub now: Vec<String>,
    pub today: Vec<String>,
}

/// Shows whom the organisation tells.
pub async fn show_contacts(
    State(app): State<App>,
    Administering(staff, organisation): Administering,
    frame: Frame,
) -> PageResult {
    contacts_page(&app, frame, staff, organisation, None).await
}

/// Decides whom the organisation tells. Alerts are not switched on while nobody would get them.
pub async fn decide_contacts(
    State(app): State<App>,
    Administering(staff, organisation): Administering,
    frame: Frame,
    Protected(form): Protected<ContactsForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let known = contacts::of(&mut tx, organisation.id).await?.candidates;
    let chosen = |typed: &[String]| -> Vec<Uuid> {
        let is_chosen = |staff: &Uuid| typed.iter().any(|typed| typed.parse() == Ok(*staff));
        known.iter().map(|candidate| candidate.staff.0).filter(is_chosen).collect()
    };
    let (now, today, enabled) = (chosen(&form.now), chosen(&form.today), form.enabled.is_some());
    if enabled && (now.is_empty() || today.is_empty()) {
        let mut refused = FormState::new(form);
        if now.is_empty() {
            refused = refused.refuse("now", "safeguarding-nobody-now");
        }
        if today.is_empty() {
            refused = refused.refuse("today", "safeguarding-nobody-today");
        }
        drop(tx);
        return contacts_page(&app, frame, staff, organisation, Some(refused)).await.unprocessable();
    }
    let count = |staff: &[Uuid]| Detail::Number(i64::try_from(staff.len()).unwrap_or(i64::MAX));
    let entry = Entry::new("safeguarding_set", Subject::Organisation(organisation.id))
        .within(organisation.id)
        .with("enabled", Detail::Flag(enabled))
        .with("contacts_now", count(&now))
        .with("contacts_today", count(&today));
    contacts::decide(&mut tx, organisation.id, enabled, &[("now", now), ("today", today)], app.clock.now()).await?;
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(contacts_path(organisation.id)).with_notice(Notice::Saved))
}

/// The page, with the form that was refused if one was.
async fn contacts_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    organisation: Organisation,
    refused: Option<FormState<ContactsForm>>,
) -> PageResult {
    let decided = contacts::of(&mut *app.db.acquire().await?, organisation.id).await?;
    let form = refused.unwrap_or_else(|| FormState::new(ContactsForm::of(&decided)));
    Ok(pages::contacts(frame, ContactsPage { staff, organisation, candidates: decided.candidates, form }).await)
}

impl ContactsForm {
    /// The form of what was decided.
    fn of(decided: &contacts::Decided) -> Self {
        let told = |is_told: fn(&contacts::Candidate) -> bool| {
            let told = decided.candidates.iter().filter(|candidate| is_told(candidate));
            told.map(|candidate| candidate.staff.to_string()).collect()
        };
        Self {
            enabled: decided.enabled.then(|| "on".to_owned()),
            now: told(|candidate| candidate.now),
            today: told(|candidate| candidate.today),
        }
    }
}
