//! What students of a class handed in, in the order of the class's work and then by name.

use crate::material::{Answer, Settings};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, FileId, MaterialId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// A file that is not withdrawn.
#[derive(Clone, Debug)]
pub struct File {
    pub student: String,
    pub module: String,
    pub title: String,
    pub version: i32,
    pub file_name: String,
    pub file: FileId,
    pub note: String,
    pub submitted_at: DateTime<Utc>,
}

/// The files of a class, or of one of its materials.
pub async fn files(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: Option<MaterialId>,
) -> sqlx::Result<Vec<File>> {
    sqlx::query_as!(
        File,
        r#"select p.display_name as student, u.title as module, m.title, w.version, w.file_name,
                  w.file_id as "file: FileId", w.note, w.submitted_at
           from modules u
           join materials m on m.module_id = u.id and m.deleted_at is null
           join submissions w on w.material_id = m.id and w.withdrawn_at is null
           join students p on p.id = w.student_id
           where u.classroom_id = $1 and u.deleted_at is null and ($2::uuid is null or m.id = $2)
           order by u.position, m.position, m.id, p.name_key, p.id, w.version desc"#,
        classroom.0,
        material.map(Uuid::from),
    )
    .fetch_all(db)
    .await
}

/// An answer, with what it answers.
#[derive(Clone, Debug)]
pub struct Answered {
    pub student: String,
    pub module: String,
    pub title: String,
    pub settings: Json<Settings>,
    pub answer: Json<Answer>,
    pub handed_in_at: Option<DateTime<Utc>>,
}

/// The answers of a class, or to one of its materials, that were handed in.
pub async fn answers(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: Option<MaterialId>,
) -> sqlx::Result<Vec<Answered>> {
    sqlx::query_as!(
        Answered,
        r#"select p.display_name as student, u.title as module, m.title, m.settings as "settings: Json<Settings>",
                  r.answer as "answer: Json<Answer>", r.handed_in_at
           from modules u
           join materials m on m.module_id = u.id and m.deleted_at is null
           join responses r on r.material_id = m.id and r.handed_in_at is not null
           join students p on p.id = r.student_id
           where u.classroom_id = $1 and u.deleted_at is null and ($2::uuid is null or m.id = $2)
           order by u.position, m.position, m.id, p.name_key, p.id"#,
        classroom.0,
        material.map(Uuid::from),
    )
    .fetch_all(db)
    .await
}
