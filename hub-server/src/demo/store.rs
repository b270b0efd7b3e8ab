//! What the demonstration has to know of a database before it writes to it.

use shared_types::ids::{ClassroomId, LessonId, MaterialId, OrganisationId};
use sqlx::PgConnection;

/// Whether anyone else's organisation is here.
pub(super) async fn has_other_organisations(tx: &mut PgConnection, own: OrganisationId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations where id <> $1) as "found!""#, own.0)
        .fetch_one(tx)
        .await
}

/// Whether an organisation is here.
pub(super) async fn has_organisation(tx: &mut PgConnection, id: OrganisationId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations where id = $1) as "found!""#, id.0)
        .fetch_one(tx)
        .await
}

/// The code of a class, if it is here.
pub(super) async fn class_code(tx: &mut PgConnection, id: ClassroomId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select code from classrooms where id = $1", id.0).fetch_optional(tx).await
}

/// A material that came with the course.
pub(super) struct FirstMaterial {
    pub(super) id: MaterialId,
    pub(super) origin: String,
    pub(super) lesson: Option<LessonId>,
}

/// The materials of a class's first module.
pub(super) async fn first_materials(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<FirstMaterial>> {
    sqlx::query_as!(
        FirstMaterial,
        r#"select m.id as "id: MaterialId", m.origin as "origin!", m.lesson_id as "lesson: LessonId"
           from materials m join modules u on u.id = m.module_id
           where u.classroom_id = $1 and m.origin is not null and m.deleted_at is null
             and u.position = (select min(position) from modules where classroom_id = $1 and deleted_at is null)
           order by m.position"#,
        classroom.0,
    )
    .fetch_all(tx)
    .await
}
