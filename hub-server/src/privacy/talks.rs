//! A student's conversations with the helper, as far as the hub knows: about which lessons, until when they are kept, who may
//! read along and who did. The words themselves are the helper's.

use crate::{
    classroom::Classroom,
    t, transcripts,
    ui::time::{Now, Since},
    web::Words,
};
use chrono::{DateTime, TimeDelta, Utc};
use helper_ui::ui::{ButtonLink, Section, Weight};
use leptos::prelude::*;
use shared_types::ids::{ClassroomId, LessonId, StudentId};
use sqlx::PgConnection;

/// The helper erases a conversation so long after its last question.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Everything there is to say.
#[derive(Clone, Debug)]
pub struct Talks {
    /// What may still be kept, the last one first.
    lessons: Vec<Asked>,
    /// Since when teachers may read along, where they may.
    read_along_since: Option<DateTime<Utc>>,
    looks: Vec<Look>,
}

/// A lesson that was asked about.
#[derive(Clone, Debug)]
struct Asked {
    lesson: LessonId,
    title: String,
    last: DateTime<Utc>,
}

/// Somebody looked.
#[derive(Clone, Debug)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// None where the account is gone.
    pub by: Option<String>,
}

/// What the hub knows of a student's conversations.
pub async fn of_student(
    db: &mut PgConnection,
    classroom: &Classroom,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Talks> {
    Ok(Talks {
        lessons: asked(db, classroom.id, student, now).await?,
        read_along_since: transcripts::store::enabled_since(db, classroom.organisation).await?,
        looks: looks(db, student).await?,
    })
}

async fn asked(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Asked>> {
    sqlx::query_as!(
        Asked,
        r#"select l.id as "lesson: LessonId", v.title, max(e.at) as "last!"
           from helper_events e
           join lesson_openings o on o.classroom_id = e.classroom_id and o.lesson_id = e.lesson_id and o.opens_at <= $4
           join lessons l on l.id = e.lesson_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where e.classroom_id = $1 and e.actor_id = $2 and e.actor_kind = 'student' and e.at > $3
           group by l.id, v.title
           order by max(e.at) desc"#,
        classroom.0,
        student.0,
        now - KEPT,
        now,
    )
    .fetch_all(db)
    .await
}

/// Who looked at what a student and the helper wrote, the last one first.
pub async fn looks(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<Look>> {
    sqlx::query_as!(
        Look,
        r#"select a.at, s.display_name as "by?"
           from audit_entries a left join staff s on s.id = a.staff_id
           where a.action = 'transcript_read' and a.subject_id = $1
           order by a.at desc limit 100"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// The conversations, who may read them, and who did.
#[component]
pub fn Conversations(talks: Talks, now: Now, words: Words) -> impl IntoView {
    let Talks { lessons, read_along_since, looks } = talks;
    let lessons = (!lessons.is_empty()).then(|| {
        let rows = lessons.into_iter().map(|asked| row(asked, now, words)).collect_view();
        view! { <ul class="file-list">{rows}</ul> }
    });
    let who = match read_along_since {
        Some(since) => t!(words, "data-talks-read-along", at = now.moment(since, words)),
        None => t!(words, "data-talks-private").to_owned(),
    };
    let none = (looks.is_empty() && read_along_since.is_some()).then(|| {
        view! { <p>{t!(words, "data-looks-none")}</p> }
    });
    let looks = (!looks.is_empty()).then(|| {
        let rows = looks
            .into_iter()
            .map(|look| {
                let by = look.by.unwrap_or_else(|| t!(words, "data-look-somebody").to_owned());
                view! { <li data-testid="look">{by} " · " {now.moment(look.at, words)}</li> }
            })
            .collect_view();
        view! {
            <h3>{t!(words, "data-looks")}</h3>
            <ul>{rows}</ul>
        }
    });
    view! {
        <Section title=t!(words, "data-talks")>
            <p>{t!(words, "data-helper-text")}</p>
            {lessons}
            <p>{who}</p>
            {none}
            {looks}
        </Section>
    }
    .into_any()
}

fn row(asked: Asked, now: Now, words: Words) -> AnyView {
    let Asked { lesson, title, last } = asked;
    let until = t!(words, "data-talk-until", at = now.moment(last + KEPT, words));
    let about = title.clone();
    view! {
        <li class="file-row">
            <div class="file-row-words">
                <p>
                    <a href=format!("/student/lessons/{lesson}")>{title}</a>
                </p>
                <p class="file-row-detail">
                    {t!(words, "data-talk-last")} " " <Since then=last now words /> " · " {until}
                </p>
            </div>
            <div class="file-row-end">
                <ButtonLink href=format!("/student/lessons/{lesson}/conversation") weight=Weight::Quiet>
                    {t!(words, "data-talk-delete")} <span class="visually-hidden">": " {about}</span>
                </ButtonLink>
            </div>
        </li>
    }
    .into_any()
}
