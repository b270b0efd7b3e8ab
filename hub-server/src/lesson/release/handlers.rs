//! The class's Lessons tab: which lessons are open, and the teacher's decision about each.

use super::{Release, exactly_at_school, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::store::raise_epoch,
    helper_link::revocation,
    lesson::pages::{self, Releases},
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, FormState, Notice, PageResult, Protected, Respond, Teaching, Viewing, see_other},
};
use axum::extract::State;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::Deserialize;
use shared_types::ids::LessonId;

/// The form of one lesson as it is sent: which button, and the two fields of a date.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReleaseForm {
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub time: String,
}

impl ReleaseForm {
    /// What was decided; times are the school's.
    fn parse(self, zone: Tz) -> Result<Release, FormState<Self>> {
        match self.state.as_str() {
            "course" => return Ok(Release::Course),
            "open" => return Ok(Release::Open),
            "locked" => return Ok(Release::Locked),
            _ => {}
        }
        let date = NaiveDate::parse_from_str(self.date.trim(), "%Y-%m-%d").ok();
        let time = self.time.trim();
        let time = ["%H:%M", "%H:%M:%S"].into_iter().find_map(|form| NaiveTime::parse_from_str(time, form).ok());
        let moment = date.zip(time).map(|(date, time)| exactly_at_school(date.and_time(time), zone));
        let form = FormState::new(self);
        match (date, time, moment) {
            (_, _, Some(Some(at))) => Ok(Release::Scheduled(at)),
            (_, _, Some(None)) => Err(form.refuse("time", "release-time-skipped")),
            (None, _, _) => Err(form.refuse("date", "release-date-missing")),
            _ => Err(form.refuse("time", "release-time-missing")),
        }
    }
}

/// `GET /teach/classes/{classroom}/lessons`.
pub async fn show(State(app): State<App>, viewing: Viewing, frame: Frame) -> PageResult {
    page(&app, viewing, frame, None).await
}

/// `POST /teach/classes/{classroom}/lessons/{lesson}/release`.
pub async fn decide(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
    Protected(form): Protected<ReleaseForm>,
) -> PageResult {
    let release = match form.parse(app.config.time_zone) {
        Ok(release) => release,
        Err(form) => {
            let role = crate::organisation::Role::Teacher;
            let viewing = Viewing { staff: teacher, classroom, role };
            return page(&app, viewing, frame, Some((lesson, form))).await.unprocessable();
        }
    };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let was_open = store::is_open(&mut tx, classroom.id, lesson, now).await?;
    if !store::set(&mut tx, classroom.id, lesson, release, now).await? {
        return Err(Error::NotFound);
    }
    // Whoever has the lesson before them must not go on asking about it.
    let closes = was_open && !store::is_open(&mut tx, classroom.id, lesson, now).await?;
    let epoch = if closes { Some(raise_epoch(&mut tx, classroom.id).await?) } else { None };
    audit::record(&mut tx, &app, &teacher, entry(&classroom, lesson, release)).await?;
    tx.commit().await?;
    if let Some(epoch) = epoch {
        revocation::announce(&app, classroom.id, epoch).await;
    }
    Ok(see_other(format!("{}/lessons#lesson-{lesson}", classroom.path())).with_notice(Notice::ReleaseSet))
}

fn entry(classroom: &crate::classroom::Classroom, lesson: LessonId, release: Release) -> Entry {
    Entry::new("lesson_release_set", Subject::Lesson(lesson))
        .within(classroom.organisation)
        .with("classroom", Detail::Id(classroom.id.0))
        .with("state", Detail::Word(release.state().unwrap_or("course")))
}

async fn page(
    app: &App,
    Viewing { staff, classroom, role }: Viewing,
    frame: Frame,
    refused: Option<(LessonId, FormState<ReleaseForm>)>,
) -> PageResult {
    let now = app.clock.now();
    let lines = store::of_class(&mut *app.db.acquire().await?, classroom.id, now).await?;
    if refused.as_ref().is_some_and(|(lesson, _)| !lines.iter().any(|line| line.lesson == *lesson)) {
        return Err(Error::NotFound);
    }
    let now = Now { now, zone: app.config.time_zone };
    let page = Releases { staff, classroom, may_change: role.may_teach(), lines, now, refused };
    Ok(pages::releases(frame, page).await)
}

#[cfg(test)]
mod tests {
    use super::{Release, ReleaseForm};
    use chrono_tz::Europe::Berlin;

    fn form(state: &str, date: &str, time: &str) -> ReleaseForm {
        ReleaseForm { state: state.to_owned(), date: date.to_owned(), time: time.to_owned() }
    }

    #[test]
    fn date_and_time_are_the_school_s() {
        let at = "2026-11-24T06:30:00Z".parse().unwrap();
        assert_eq!(form("scheduled", "2026-11-24", "07:30").parse(Berlin).unwrap(), Release::Scheduled(at));
        assert_eq!(form("", " 2026-11-24 ", "07:30:00").parse(Berlin).unwrap(), Release::Scheduled(at));
        assert_eq!(form("open", "nonsense", "").parse(Berlin).unwrap(), Release::Open);
        for (date, time, field) in [
            ("", "07:30", "date"),
            ("24.11.2026", "07:30", "date"),
            ("2026-11-24", "", "time"),
            ("2026-11-24", "half past", "time"),
            ("2026-03-29", "02:30", "time"),
        ] {
            let refused = form("scheduled", date, time).parse(Berlin).unwrap_err();
            assert!(refused.error(field, crate::web::Words::default()).is_some(), "{date} {time}");
            assert_eq!((refused.typed.date.as_str(), refused.typed.time.as_str()), (date, time));
        }
    }
}
