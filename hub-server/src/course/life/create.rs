//! `GET` and `POST /teach/courses/new`: an empty course, to be filled in the editor.

use super::{
    form::{CourseForm, NewCourse},
    pages, sheet_file, store,
};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    course::{handlers::imports::organisation_of, store as courses},
    organisation,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, SignedIn, Staff,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use shared_types::ids::{CourseId, OrganisationId};
use sqlx::PgConnection;

/// How many courses of one title an organisation can have before a new one has to be called something else.
const SLUG_ATTEMPTS: usize = 200;

/// Shows the empty form; the language is the reader's own at first.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let language = frame.words.0.tag().to_owned();
    let form = CourseForm { language, idempotency_key: Some(IdempotencyKey::new(&app)), ..CourseForm::default() };
    page(&app, frame, staff, FormState::new(form)).await
}

/// Adds the course and shows it.
pub async fn create(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    frame: Frame,
    Protected(form): Protected<CourseForm>,
) -> PageResult {
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let chosen = form.organisation;
    let course = match form.parse() {
        Ok(course) => course,
        Err(form) => return page(&app, frame, staff, form).await.unprocessable(),
    };
    let (now, id) = (app.clock.now(), CourseId(app.new_id()));
    let organisation = organisation_of(&app, &staff, chosen).await?;
    let mut tx = app.db.begin().await?;
    let there = courses::path(id);
    if let Some(earlier) = idempotency::led_to(&mut tx, staff.id.0, key, &there, now).await? {
        return Ok(see_other(earlier));
    }
    add(&mut tx, &app, id, organisation, &course).await?;
    let entry = Entry::new("course_created", Subject::Course(id)).within(organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(there).with_notice(Notice::CourseCreated))
}

async fn add(
    tx: &mut PgConnection,
    app: &App,
    id: CourseId,
    organisation: OrganisationId,
    course: &NewCourse,
) -> Result<(), Error> {
    let now = app.clock.now();
    for slug in course.slugs().take(SLUG_ATTEMPTS) {
        if store::add(tx, (id, &slug), organisation, course, now).await? {
            let sheet = sheet_file::new(&slug, &course.title, course.language).map_err(anyhow::Error::from)?;
            store::put_sheet(tx, id, &sheet, now).await?;
            return Ok(());
        }
    }
    Err(anyhow::anyhow!("no free slug in {SLUG_ATTEMPTS} attempts").into())
}

async fn page(app: &App, frame: Frame, staff: Staff, form: FormState<CourseForm>) -> PageResult {
    let organisations = organisation::store::taught_by(&mut *app.db.acquire().await?, staff.id).await?;
    if organisations.is_empty() {
        return Err(Error::Forbidden);
    }
    Ok(pages::create(frame, pages::Create { staff, organisations, form }).await)
}
