//! Scope tokens: what the helper may know of who asks, about which lesson, under which rules.

use crate::{
    app::App,
    classroom::{Classroom, Student},
    helper_rules::{self as rules, ClassRules, LessonRules, store::InForce},
    lesson::store::{self, LessonScope},
    t,
    web::{Error, JoinedStudent, Lang, Words, browser::Browser, csrf},
};
use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use shared_types::{
    ids::LessonId,
    scope::{Actor, Availability, LessonRef, OffBecause, Policy, ScopeToken},
    turn::Problem,
};
use sqlx::PgConnection;

/// How long a token lives. The island renews it before; a closed page's token is worthless soon.
const LIFETIME_S: i64 = 30 * 60;
/// What the three texts of a token may take together, in bytes of JSON: with everything else and base64 it stays well
/// below the 4096 bytes a token may have.
const CONTEXT_BYTES: usize = 300;
const TOPICS_BYTES: usize = 600;
const ALLOWED_TOPICS_BYTES: usize = 900;

/// A signed token and when it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedScope {
    pub token: String,
    /// Unix second.
    pub expires_at: i64,
    /// Whether the helper answers.
    pub availability: Availability,
    /// Teachers may read what is asked with it; the page has to say so.
    #[serde(skip)]
    pub may_be_read: bool,
}

/// What the page a token is for says to its student.
#[derive(Clone, Copy, Debug)]
pub struct PageSays {
    pub lang: Lang,
    /// That teachers may read the conversation, where they may: only then may they.
    pub says_teachers_may_read: bool,
}

/// The token for a student on a lesson, or on the class as a whole.
pub async fn for_student(
    app: &App,
    db: &mut PgConnection,
    student: &Student,
    classroom: &Classroom,
    lesson: Option<&LessonScope>,
    page: PageSays,
) -> Result<SignedScope, Error> {
    let in_force = rules::store::in_force(db, classroom.id, lesson.map(|lesson| lesson.id)).await?;
    let InForce { class: rules, lesson: own, teachers_may_read } = in_force;
    // It may have been switched on or off since the page was made.
    let may_be_read = page.says_teachers_may_read && teachers_may_read;
    let now = app.clock.unix();
    // A session that ends by itself is told to nobody: what it let in for is over by then.
    let expires_at = (now + LIFETIME_S).min(student.session.ends_at.timestamp());
    let topics_too = lesson.map(|lesson| lesson.allowed_topics.as_slice()).unwrap_or_default();
    let allowed = topics_too.iter().chain(&rules.allowed_topics).map(String::as_str);
    let availability = availability(app, &rules, &own);
    let scope = ScopeToken {
        kid: String::new(),
        iat: now,
        exp: expires_at,
        jti: app.new_id(),
        actor: Actor::Student(student.id),
        session: Some(student.session.id),
        organisation: classroom.organisation,
        classroom: classroom.id,
        epoch: classroom.epoch,
        lesson: lesson.map(|lesson| LessonRef { id: lesson.id, version: lesson.version }),
        context: lesson.map(context).unwrap_or_default(),
        topics: lesson.map(topics).unwrap_or_default(),
        allowed_topics: fitting(allowed, ALLOWED_TOPICS_BYTES),
        policy: Policy { max_rung: own.max_rung.unwrap_or(rules.policy.max_rung), ..rules.policy },
        availability,
        limits: rules.limits,
        locale: page.lang.tag().to_owned(),
        may_be_read,
    };
    let token = scope.sign(&app.config.scope_keys).map_err(anyhow::Error::new)?;
    Ok(SignedScope { token, expires_at, availability, may_be_read })
}

/// Whether the helper answers: the class's switch, the lesson's, then the hours.
fn availability(app: &App, rules: &ClassRules, own: &LessonRules) -> Availability {
    let off = |because| Availability { off: Some(because), ..Availability::default() };
    if !rules.enabled {
        off(OffBecause::Class)
    } else if !own.enabled {
        off(OffBecause::Lesson)
    } else {
        rules.hours.availability(app.clock.now(), app.config.time_zone)
    }
}

/// Course and lesson in one line.
fn context(lesson: &LessonScope) -> String {
    let line = format!("{}: {}", lesson.course_title, lesson.title);
    let mut kept = String::new();
    for c in line.chars().filter(|c| !c.is_control()) {
        if kept.len() + c.len_utf8() > CONTEXT_BYTES {
            break;
        }
        kept.push(c);
    }
    kept
}

/// What the lesson is about: its title, what is made in it, its headings.
fn topics(lesson: &LessonScope) -> Vec<String> {
    let made = Some(lesson.makes.as_str()).filter(|makes| !makes.is_empty());
    let headings = lesson.contents.iter().map(|heading| heading.title.as_str());
    fitting([lesson.title.as_str()].into_iter().chain(made).chain(headings), TOPICS_BYTES)
}

/// As many as fit into `bytes` of JSON.
fn fitting<'t>(topics: impl Iterator<Item = &'t str>, bytes: usize) -> Vec<String> {
    let mut left = bytes;
    let mut kept = Vec::new();
    for topic in topics {
        // Quotes and a comma around it, and room for what JSON escapes.
        let size = topic.len() + topic.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count() + 3;
        if size <= left && !topic.contains(char::is_control) {
            left -= size;
            kept.push(topic.to_owned());
        }
    }
    kept
}

/// Body of `POST /student/helper-token`.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Renewal {
    lesson: Option<LessonId>,
}

/// What a page that renews its token has said to the student.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Announced {
    announced: Option<String>,
}

/// `POST /student/helper-token`: a fresh token for a page that was left open. 401 where the session is gone.
pub async fn renew(
    State(app): State<App>,
    joined: Option<JoinedStudent>,
    browser: Browser,
    Query(Announced { announced }): Query<Announced>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    let words = Words(browser.lang());
    let Some(JoinedStudent(student, classroom)) = joined else {
        return Ok(refused(StatusCode::UNAUTHORIZED, "session_ended", t!(words, "helper-token-session-ended")));
    };
    if csrf::verify_header(&headers, &browser, &app).is_err() {
        return Ok(refused(StatusCode::FORBIDDEN, "csrf", t!(words, "helper-token-refused")));
    }
    let Ok(Renewal { lesson: asked }) = serde_json::from_slice(&body) else {
        return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, "malformed", t!(words, "helper-token-refused")));
    };
    let mut db = app.db.acquire().await?;
    let lesson = match asked {
        Some(lesson) => store::scope_of(&mut db, classroom.id, lesson, app.clock.now()).await?,
        None => None,
    };
    if asked.is_some() && lesson.is_none() {
        return Ok(refused(StatusCode::NOT_FOUND, "no_such_lesson", t!(words, "helper-token-no-lesson")));
    }
    let page = PageSays { lang: browser.lang(), says_teachers_may_read: announced.is_some() };
    let scope = for_student(&app, &mut db, &student, &classroom, lesson.as_ref(), page).await?;
    Ok(Json(scope).into_response())
}

fn refused(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(Problem { code: code.to_owned(), message: message.to_owned() })).into_response()
}

#[cfg(test)]
mod tests {
    use super::{CONTEXT_BYTES, context, fitting};
    use crate::lesson::store::LessonScope;
    use shared_types::ids::LessonId;
    use uuid::Uuid;

    #[test]
    fn only_what_fits_is_kept() {
        assert_eq!(fitting(["abc", "def", "g"].into_iter(), 10), ["abc", "g"]);
        assert_eq!(fitting(["a\nb", "\"\"\""].into_iter(), 9), ["\"\"\""]);
    }

    #[test]
    fn a_long_title_is_cut_between_letters() {
        let lesson = LessonScope {
            id: LessonId(Uuid::nil()),
            version: 1,
            course_title: "ñ".repeat(400),
            title: String::new(),
            makes: String::new(),
            contents: Vec::new(),
            allowed_topics: Vec::new(),
        };
        assert_eq!(context(&lesson).len(), CONTEXT_BYTES);
    }
}
