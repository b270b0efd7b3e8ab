//! What staff do to the tables `modules` and `materials`. Everything is reached through the class.

use super::form::Edited;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, LessonId, MaterialId, ModuleId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// The title of a module of the class.
pub async fn module_title(
    db: &mut PgConnection,
    classroom: ClassroomId,
    module: ModuleId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select title from modules where classroom_id = $1 and id = $2 and deleted_at is null",
        classroom.0,
        module.0,
    )
    .fetch_optional(db)
    .await
}

/// Adds a module after those the class has.
pub async fn add_module(
    tx: &mut PgConnection,
    id: ModuleId,
    classroom: ClassroomId,
    title: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into modules (id, classroom_id, title, position, created_at)
         select $1, $2, $3, coalesce(max(position), 0) + 1, $4 from modules where classroom_id = $2",
        id.0,
        classroom.0,
        title,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a module of the class another title; false where there is no such module.
pub async fn rename_module(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    module: ModuleId,
    title: &str,
) -> sqlx::Result<bool> {
    let renamed = sqlx::query!(
        "update modules set title = $3 where classroom_id = $1 and id = $2 and deleted_at is null",
        classroom.0,
        module.0,
        title,
    )
    .execute(tx)
    .await?;
    Ok(renamed.rows_affected() == 1)
}

/// Takes a module of the class away, with all that is in it; false where there is no such module.
pub async fn delete_module(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    module: ModuleId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let deleted = sqlx::query!(
        "update modules set deleted_at = $3 where classroom_id = $1 and id = $2 and deleted_at is null",
        classroom.0,
        module.0,
        now,
    )
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Adds a material to the end of a module.
pub async fn add_material(
    tx: &mut PgConnection,
    id: MaterialId,
    module: ModuleId,
    edited: &Edited,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into materials
             (id, module_id, kind, title, settings, lesson_id, due_at, position, created_at, updated_at)
         select $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1, $8, $8 from materials where module_id = $2",
        id.0,
        module.0,
        edited.settings.kind() as _,
        edited.title,
        Json(&edited.settings) as _,
        edited.lesson.map(Uuid::from),
        edited.due_at,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Changes a material that was found in the class.
pub async fn change_material(
    tx: &mut PgConnection,
    material: MaterialId,
    edited: &Edited,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update materials set title = $2, settings = $3, lesson_id = $4, due_at = $5, updated_at = $6 where id = $1",
        material.0,
        edited.title,
        Json(&edited.settings) as _,
        edited.lesson.map(Uuid::from),
        edited.due_at,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a material that was found in the class away.
pub async fn delete_material(tx: &mut PgConnection, material: MaterialId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update materials set deleted_at = $2 where id = $1", material.0, now).execute(tx).await.map(drop)
}

/// Whether any student did anything with a material, what was withdrawn and what was graded included.
pub async fn has_work(db: &mut PgConnection, material: MaterialId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from responses where material_id = $1)
               or exists (select from drafts where material_id = $1)
               or exists (select from submissions where material_id = $1)
               or exists (select from grades where material_id = $1) as "has_work!""#,
        material.0,
    )
    .fetch_one(db)
    .await
}

/// The same, and nobody can begin before the transaction ends.
pub async fn lock_and_look_for_work(tx: &mut PgConnection, material: MaterialId) -> sqlx::Result<bool> {
    lock(tx, material).await?;
    has_work(tx, material).await
}

/// Locks a material that was found in the class.
pub async fn lock(tx: &mut PgConnection, material: MaterialId) -> sqlx::Result<()> {
    sqlx::query!("select from materials where id = $1 for update", material.0).execute(tx).await.map(drop)
}

/// Who changed a material last, where it was a teacher, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

/// The last change of a material that was found in the class.
pub async fn last_change(db: &mut PgConnection, material: MaterialId) -> sqlx::Result<LastChange> {
    sqlx::query_as!(
        LastChange,
        r#"select m.updated_at as at,
                  (select p.display_name from audit_entries a join staff p on p.id = a.staff_id
                   where a.subject_id = m.id and a.action = 'material_changed' and a.at >= m.updated_at
                   order by a.at desc, a.id desc limit 1) as by
           from materials m where m.id = $1"#,
        material.0,
    )
    .fetch_one(db)
    .await
}

/// How much student work a deletion hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    pub students: i64,
    pub answers: i64,
    pub files: i64,
}

/// What students did with these materials of one module; with all of them where `material` is none.
pub async fn affected(db: &mut PgConnection, module: ModuleId, material: Option<MaterialId>) -> sqlx::Result<Affected> {
    sqlx::query_as!(
        Affected,
        r#"select count(distinct w.student_id) as "students!",
                  count(*) filter (where not w.file) as "answers!",
                  count(*) filter (where w.file) as "files!"
           from materials m
           cross join lateral (
               select student_id, false as file from responses where material_id = m.id
               union select student_id, false from drafts where material_id = m.id
               union all select student_id, true from submissions where material_id = m.id and withdrawn_at is null) w
           where m.module_id = $1 and m.deleted_at is null and ($2::uuid is null or m.id = $2)"#,
        module.0,
        material.map(Uuid::from),
    )
    .fetch_one(db)
    .await
}

/// A lesson of the class that a link may lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedLesson {
    pub id: LessonId,
    pub title: String,
}

/// The lessons of the class's courses, in order.
pub async fn lessons(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<ListedLesson>> {
    sqlx::query_as!(
        ListedLesson,
        r#"select l.id as "id: LessonId", v.title
           from classroom_courses g
           join lessons l on l.course_id = g.course_id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where g.classroom_id = $1 order by g.position, l.course_id, l.position"#,
        classroom.0,
    )
    .fetch_all(db)
    .await
}
