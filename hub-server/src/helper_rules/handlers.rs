//! `GET/POST /teach/classes/{classroom}/helper` and its lessons: what the helper does in a class, and what
//! teachers decide about it.

use super::{
    form::RulesForm,
    lesson_form::LessonForm,
    pages::{self, HelperPage, LessonPage},
    report, store,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom,
    helper_link::revocation,
    organisation::Role,
    safeguarding, transcripts,
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, FormState, Notice, PageResult, Protected, Respond, Teaching, Viewing, see_other},
};
use axum::extract::State;
use chrono::TimeDelta;
use shared_types::ids::LessonId;

/// What is counted on the page.
const LOOK_BACK: TimeDelta = TimeDelta::days(7);

/// Shows the helper's page of a class.
pub async fn show(State(app): State<App>, viewing: Viewing, frame: Frame) -> PageResult {
    page(&app, viewing, frame, None).await
}

/// Decides for the class.
pub async fn decide(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<RulesForm>,
) -> PageResult {
    let rules = match form.parse() {
        Ok(rules) => rules,
        Err(form) => {
            let viewing = Viewing { staff: teacher, classroom, role: Role::Teacher };
            return page(&app, viewing, frame, Some(form)).await.unprocessable();
        }
    };
    let mut tx = app.db.begin().await?;
    store::set_class(&mut tx, classroom.id, &rules, app.clock.now()).await?;
    // Tokens given out before would go on for half an hour under the old rules.
    let epoch = classroom::store::raise_epoch(&mut tx, classroom.id).await?;
    let entry = Entry::new("helper_rules_set", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("enabled", Detail::Flag(rules.enabled))
        .with("answers_released", Detail::Flag(rules.policy.max_rung == shared_types::scope::Rung::Answer));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    revocation::announce(&app, classroom.id, epoch).await;
    Ok(see_other(pages::path(&classroom)).with_notice(Notice::Saved))
}

/// Shows one lesson's own rules.
pub async fn show_lesson(
    State(app): State<App>,
    viewing: Viewing,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
) -> PageResult {
    lesson_page(&app, viewing, lesson, frame, None).await
}

/// Decides for one lesson.
pub async fn decide_lesson(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
    Protected(form): Protected<LessonForm>,
) -> PageResult {
    let rules = match form.parse() {
        Ok(rules) => rules,
        Err(form) => {
            let viewing = Viewing { staff: teacher, classroom, role: Role::Teacher };
            return lesson_page(&app, viewing, lesson, frame, Some(form)).await.unprocessable();
        }
    };
    let mut tx = app.db.begin().await?;
    if !store::set_lesson(&mut tx, classroom.id, lesson, &rules, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    let epoch = classroom::store::raise_epoch(&mut tx, classroom.id).await?;
    let entry = Entry::new("helper_lesson_rules_set", Subject::Lesson(lesson))
        .within(classroom.organisation)
        .with("classroom", Detail::Id(classroom.id.0))
        .with("enabled", Detail::Flag(rules.enabled))
        .with("answers", Detail::Number(i64::try_from(rules.answers.len()).unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    revocation::announce(&app, classroom.id, epoch).await;
    Ok(see_other(format!("{}#lesson-{lesson}", pages::path(&classroom))).with_notice(Notice::Saved))
}

/// The page, with the form that was refused if one was.
async fn page(app: &App, viewing: Viewing, frame: Frame, rules: Option<FormState<RulesForm>>) -> PageResult {
    let Viewing { staff, classroom, role } = viewing;
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let rules = match rules {
        Some(refused) => refused,
        None => FormState::new(RulesForm::of(&store::of_class(&mut db, classroom.id).await?)),
    };
    let page = HelperPage {
        lessons: store::lessons(&mut db, classroom.id).await?,
        by_lesson: report::by_lesson(&mut db, classroom.id, now - LOOK_BACK).await?,
        stuck_points: report::stuck_points(&mut db, classroom.id, now - LOOK_BACK).await?,
        kinds: report::kinds(&mut db, classroom.id, now - LOOK_BACK).await?,
        // Who may only look at the class is not told who may need somebody.
        concerns: if role.may_teach() { safeguarding::of_class(&mut db, classroom.id).await? } else { Vec::new() },
        reads_along: transcripts::store::enabled(&mut db, classroom.organisation).await?,
        may_change: role.may_teach(),
        now: Now { now, zone: app.config.time_zone },
        staff,
        classroom,
        rules,
    };
    Ok(pages::helper(frame, page).await)
}

/// A lesson's page, with the form that was refused if one was.
async fn lesson_page(
    app: &App,
    viewing: Viewing,
    lesson: LessonId,
    frame: Frame,
    refused: Option<FormState<LessonForm>>,
) -> PageResult {
    let Viewing { staff, classroom, role } = viewing;
    let listed = store::lessons(&mut *app.db.acquire().await?, classroom.id).await?;
    let listed = listed.into_iter().find(|listed| listed.lesson == lesson).ok_or(Error::NotFound)?;
    let form = refused.unwrap_or_else(|| FormState::new(LessonForm::of(&listed.rules)));
    Ok(pages::lesson(
        frame,
        LessonPage { staff, classroom, may_change: role.may_teach(), lesson, title: listed.title, form },
    )
    .await)
}
