//! Passages of the lesson that fit a question, found by Postgres' full text search in the one view of the
//! hub that the helper may read.

pub mod cite;

use shared_types::{ids::ClassroomId, scope::LessonRef};
use sqlx::PgPool;

/// More than the prompt has room for is of no use.
const PASSAGES: i64 = 4;

/// A stretch of a lesson, as students see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its number in the lesson, from 1.
    pub position: i32,
    /// Where it stands on the lesson's page.
    pub anchor: String,
    pub heading: String,
    pub body: String,
}

/// What of a lesson goes with a question.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    /// Best first; where none fits, the lesson's first.
    pub passages: Vec<Passage>,
    /// The number of the best one; none where none fits.
    pub best: Option<i32>,
}

/// The passages that share most words with the question, best first; where none does, the lesson's first.
///
/// The question's words are joined by "or": a student rarely uses the lesson's own words throughout. They are reduced to
/// their stems in the lesson's language, and in the other one, since a question may be asked in either.
pub async fn matching(db: &PgPool, lesson: LessonRef, question: &str) -> sqlx::Result<Matching> {
    let rows = sqlx::query!(
        r#"select position as "position!", anchor as "anchor!", heading as "heading!", body as "body!",
                  search @@ words as "fits!"
           from hub.lesson_passage,
                (select replace((plainto_tsquery('english', $3) || plainto_tsquery('spanish', $3)
                     || plainto_tsquery('simple', $3))::text, ' & ', ' | ')::tsquery as words) asked
           where lesson_id = $1 and version = $2
           order by (search @@ words) desc, ts_rank(search, words) desc, position
           limit $4"#,
        lesson.id.0,
        lesson.version,
        question,
        PASSAGES,
    )
    .fetch_all(db)
    .await?;
    let best = rows.first().filter(|row| row.fits).map(|row| row.position);
    let passages = rows
        .into_iter()
        .map(|row| Passage { position: row.position, anchor: row.anchor, heading: row.heading, body: row.body })
        .collect();
    Ok(Matching { passages, best })
}

/// The whole lesson: what an answer may repeat, and what it is held against.
pub async fn whole(db: &PgPool, lesson: LessonRef) -> sqlx::Result<Vec<Passage>> {
    sqlx::query_as!(
        Passage,
        r#"select position as "position!", anchor as "anchor!", heading as "heading!", body as "body!"
           from hub.lesson_passage where lesson_id = $1 and version = $2 order by position"#,
        lesson.id.0,
        lesson.version,
    )
    .fetch_all(db)
    .await
}

/// What must never be said about the lesson in this class, as its teacher wrote it down.
pub async fn answers(db: &PgPool, classroom: ClassroomId, lesson: LessonRef) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select answer as "answer!" from hub.lesson_answer where classroom_id = $1 and lesson_id = $2"#,
        classroom.0,
        lesson.id.0,
    )
    .fetch_all(db)
    .await
}
