//! Reading what belongs to one student, with the names of what it belongs to.

use crate::{
    grading::Points,
    material::{Answer, Criterion, Settings},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{FileId, MaterialId, StudentId, SubmissionId};
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeMap;

/// Who the student is here.
#[derive(Clone, Debug)]
pub struct PersonRow {
    pub display_name: String,
    pub classroom: String,
    pub joined_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
}

pub async fn person(db: &mut PgConnection, student: StudentId) -> sqlx::Result<PersonRow> {
    sqlx::query_as!(
        PersonRow,
        "select s.display_name, c.name as classroom, s.joined_at, s.last_seen_at
         from students s join classrooms c on c.id = s.classroom_id where s.id = $1",
        student.0,
    )
    .fetch_one(db)
    .await
}

/// A file that was handed in, withdrawn ones included.
#[derive(Clone, Debug)]
pub struct FileRow {
    pub id: SubmissionId,
    pub material: MaterialId,
    pub title: String,
    pub module: String,
    pub version: i32,
    pub file_name: String,
    pub file: FileId,
    pub bytes: i64,
    pub note: String,
    pub submitted_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub shared_at: Option<DateTime<Utc>>,
}

pub async fn files(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as!(
        FileRow,
        r#"select s.id as "id: SubmissionId", m.id as "material: MaterialId", m.title, o.title as module, s.version,
                  s.file_name, f.id as "file: FileId", f.bytes, s.note, s.submitted_at, s.withdrawn_at,
                  s.shared_at
           from submissions s
           join materials m on m.id = s.material_id
           join modules o on o.id = m.module_id
           join stored_files f on f.id = s.file_id
           where s.student_id = $1
           order by o.position, m.position, m.id, s.version desc"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// An answer, with what it answers.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    pub material: MaterialId,
    pub title: String,
    pub module: String,
    pub settings: Json<Settings>,
    pub answer: Json<Answer>,
    pub saved_at: DateTime<Utc>,
    pub handed_in_at: Option<DateTime<Utc>>,
}

pub async fn answers(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<AnswerRow>> {
    sqlx::query_as!(
        AnswerRow,
        r#"select m.id as "material: MaterialId", m.title, o.title as module, m.settings as "settings: Json<Settings>",
                  r.answer as "answer: Json<Answer>", r.saved_at, r.handed_in_at
           from responses r
           join materials m on m.id = r.material_id
           join modules o on o.id = m.module_id
           where r.student_id = $1
           order by o.position, m.position, m.id"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// A grade that was returned, with the teacher's words.
#[derive(Clone, Debug)]
pub struct GradeRow {
    pub material: MaterialId,
    pub title: String,
    pub module: String,
    /// None where there is only a comment.
    pub points: Option<Points>,
    pub most: Points,
    pub deducted: Points,
    pub rubric: Json<Vec<Criterion>>,
    pub levels: Json<BTreeMap<String, usize>>,
    pub comment: String,
    pub excused: bool,
    pub returned_at: DateTime<Utc>,
}

pub async fn grades(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<GradeRow>> {
    sqlx::query_as!(
        GradeRow,
        r#"select m.id as "material: MaterialId", m.title, o.title as module, g.points as "points: Points",
                  g.most as "most: Points", g.deducted as "deducted: Points", g.rubric as "rubric: Json<Vec<Criterion>>",
                  g.levels as "levels: Json<BTreeMap<String, usize>>", g.comment, g.excused, g.returned_at
           from returned_grades g
           join materials m on m.id = g.material_id
           join modules o on o.id = m.module_id
           where g.student_id = $1
           order by o.position, m.position, m.id"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// What was being typed.
#[derive(Clone, Debug)]
pub struct DraftRow {
    pub material: MaterialId,
    pub title: String,
    pub module: String,
    pub settings: Json<Settings>,
    /// As the table has it; [`super::answers::draft`] reads it.
    pub text: String,
    pub saved_at: DateTime<Utc>,
}

pub async fn drafts(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<DraftRow>> {
    sqlx::query_as!(
        DraftRow,
        r#"select m.id as "material: MaterialId", m.title, o.title as module, m.settings as "settings: Json<Settings>",
                  d.text, d.saved_at
           from drafts d
           join materials m on m.id = d.material_id
           join modules o on o.id = m.module_id
           where d.student_id = $1
           order by o.position, m.position, m.id"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// Deletes one of a student's submissions; returns its files, or nothing where there is none.
pub async fn delete_submission(
    tx: &mut PgConnection,
    student: StudentId,
    submission: SubmissionId,
) -> sqlx::Result<Vec<FileId>> {
    let row = sqlx::query!(
        r#"delete from submissions where id = $2 and student_id = $1
           returning file_id as "file: FileId", thumbnail_id as "thumbnail: FileId""#,
        student.0,
        submission.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| [Some(row.file), row.thumbnail].into_iter().flatten().collect()).unwrap_or_default())
}

/// Deletes a student's answer; false where there is none.
pub async fn delete_answer(tx: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from responses where student_id = $1 and material_id = $2", student.0, material.0);
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Deletes a student's draft; false where there is none.
pub async fn delete_draft(tx: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from drafts where student_id = $1 and material_id = $2", student.0, material.0);
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Every file a student handed in, small pictures included.
pub async fn all_files(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<FileId>> {
    sqlx::query_scalar!(
        r#"select f.id as "id!: FileId" from submissions s
           cross join lateral unnest(array[s.file_id, s.thumbnail_id]) as f (id)
           where s.student_id = $1 and f.id is not null"#,
        student.0,
    )
    .fetch_all(db)
    .await
}
