//! What the helper reported of a class, counted: by lesson, kind of help, rung and waiting time. Ids and numbers only;
//! nobody's words are in it.

use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, LessonId};
use sqlx::PgConnection;

/// One lesson's counts.
#[derive(Clone, Debug)]
pub struct OfLesson {
    /// None where it is gone, or for questions about no lesson.
    pub lesson: Option<LessonId>,
    pub title: Option<String>,
    pub asked: i64,
    pub students: i64,
    /// Turned away with the helper's own words.
    pub refused: i64,
    /// Stopped, or without an answer.
    pub unanswered: i64,
    /// Answers of which their students said that they helped, or did not.
    pub helped: i64,
    pub not_helped: i64,
    /// Seconds half of them waited at most.
    pub median_wait_s: f64,
    /// Students who said that they are stuck at least three times.
    pub stuck: i64,
}

/// Counts since a moment, the lesson with most questions first, in one statement.
pub async fn by_lesson(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<OfLesson>> {
    sqlx::query_as!(
        OfLesson,
        r#"with turns as (select * from helper_events where classroom_id = $1 and at >= $2 and actor_kind = 'student'),
           stuck as (
               select lesson_id, count(*) as students from (
                   select lesson_id, actor_id from turns where intent = 'stuck'
                   group by lesson_id, actor_id having count(*) >= 3) often
               group by lesson_id)
           select t.lesson_id as "lesson: LessonId", max(v.title) as title, count(*) as "asked!",
                  count(distinct t.actor_id) as "students!",
                  count(*) filter (where t.outcome = 'refused') as "refused!",
                  count(*) filter (where t.outcome in ('stopped', 'failed')) as "unanswered!",
                  count(*) filter (where t.rating = 'helped') as "helped!",
                  count(*) filter (where t.rating = 'not_helped') as "not_helped!",
                  (percentile_cont(0.5) within group (order by t.waited_ms) / 1000)::float8 as "median_wait_s!",
                  coalesce(max(s.students), 0)::bigint as "stuck!"
           from turns t
           left join lessons l on l.id = t.lesson_id
           left join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           left join stuck s on s.lesson_id is not distinct from t.lesson_id
           group by t.lesson_id
           order by count(*) desc, t.lesson_id"#,
        classroom.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// How often each kind of help was asked for, and answered on each rung.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    pub intents: Vec<(String, i64)>,
    pub rungs: Vec<(String, i64)>,
}

/// Counts since a moment, in one statement.
pub async fn kinds(db: &mut PgConnection, classroom: ClassroomId, since: DateTime<Utc>) -> sqlx::Result<Kinds> {
    let rows = sqlx::query!(
        r#"select what as "what!", word as "word!", count(*) as "count!"
           from helper_events, lateral (values ('intent', intent), ('rung', rung)) told (what, word)
           where classroom_id = $1 and at >= $2 and actor_kind = 'student' and word is not null
           group by what, word order by count(*) desc, word"#,
        classroom.0,
        since,
    )
    .fetch_all(db)
    .await?;
    let mut kinds = Kinds::default();
    for row in rows {
        let of = if row.what == "intent" { &mut kinds.intents } else { &mut kinds.rungs };
        of.push((row.word, row.count));
    }
    Ok(kinds)
}

/// A part of a lesson that several students asked about.
#[derive(Clone, Debug)]
pub struct StuckPoint {
    pub lesson: LessonId,
    pub title: Option<String>,
    /// The heading of the part; empty for what stands before the first.
    pub heading: String,
    /// Where it begins on the lesson's page.
    pub anchor: String,
    pub students: i64,
    pub questions: i64,
    /// Students who said that they are stuck.
    pub stuck: i64,
    /// Students who had climbed to a worked example or further.
    pub far_up: i64,
}

/// Where a class is stuck: the parts of lessons on which the helper's answers rested, where at least two students asked.
/// Made from what the helper reported (numbers of passages, kinds of help, rungs), never from what was written. One
/// statement.
pub async fn stuck_points(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<StuckPoint>> {
    sqlx::query_as!(
        StuckPoint,
        r#"select r.lesson_id as "lesson: LessonId", max(v.title) as title, p.heading,
                  (array_agg(p.anchor order by p.position))[1] as "anchor!",
                  count(distinct e.actor_id) as "students!", count(distinct e.id) as "questions!",
                  count(distinct e.actor_id) filter (where e.intent = 'stuck') as "stuck!",
                  count(distinct e.actor_id)
                      filter (where e.rung in ('similar_example', 'check_my_step', 'answer')) as "far_up!"
           from helper_events e
           join helper_event_passages r on r.event_id = e.id
           join lesson_passages p on p.lesson_id = r.lesson_id and p.version = r.version and p.position = r.position
           join lessons l on l.id = r.lesson_id
           left join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where e.classroom_id = $1 and e.at >= $2 and e.actor_kind = 'student'
           group by r.lesson_id, p.heading having count(distinct e.actor_id) >= 2
           order by count(distinct e.actor_id) desc, count(distinct e.id) desc, r.lesson_id, p.heading
           limit 10"#,
        classroom.0,
        since,
    )
    .fetch_all(db)
    .await
}
