//! The tables `modules` and `materials`: what a course puts into a class, and one material as the class has it.

use super::Settings;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, LessonId, MaterialId, ModuleId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// A material of a class, and the module it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    pub id: MaterialId,
    pub module: ModuleId,
    pub module_title: String,
    pub classroom: ClassroomId,
    pub title: String,
    pub settings: Settings,
    /// Where a link leads that leads to a lesson of the class.
    pub lesson: Option<LessonId>,
    pub due_at: Option<DateTime<Utc>>,
    /// False while the lesson of its module is not released: then its title is all a student may see.
    pub open: bool,
    /// When it will be open; none where it is, or where nobody has said when.
    pub opens_at: Option<DateTime<Utc>>,
    /// Came with a course: an import brings it back to what the course says.
    pub imported: bool,
}

/// What a part of a lesson's pack becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which part: an import finds the material again by it.
    pub origin: String,
    pub title: String,
    pub settings: Settings,
    /// The lesson a link leads to.
    pub lesson: Option<LessonId>,
    pub position: i32,
}

/// Adds the module of a lesson to a class, or brings the one that is there up to date; returns the standing id. A title
/// or a place that a teacher changed stays. One that a teacher deleted stays deleted; one that [`retire_module`] took out comes back.
pub async fn put_module(
    tx: &mut PgConnection,
    id: ModuleId,
    classroom: ClassroomId,
    lesson: LessonId,
    title: &str,
    position: i32,
    now: DateTime<Utc>,
) -> sqlx::Result<ModuleId> {
    sqlx::query_scalar!(
        r#"insert into modules as u
               (id, classroom_id, lesson_id, title, position, brought_title, brought_position, created_at)
           values ($1, $2, $3, $4, $5, $4, $5, $6)
           on conflict (classroom_id, lesson_id) where lesson_id is not null
               do update set title = case when u.title = u.brought_title then excluded.title else u.title end,
                   position = case when u.position = u.brought_position then excluded.position else u.position end,
                   brought_title = excluded.brought_title, brought_position = excluded.brought_position,
                   deleted_at = case when u.retired then null else u.deleted_at end, retired = false
           returning id as "id: ModuleId""#,
        id.0,
        classroom.0,
        lesson.0,
        title,
        position,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Adds what a part of a pack has become, or brings it up to date. One that a teacher deleted stays deleted; one that
/// [`retire_materials`] took out comes back.
pub async fn put_material(
    tx: &mut PgConnection,
    id: MaterialId,
    module: ModuleId,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into materials as m
             (id, module_id, origin, kind, title, settings, lesson_id, position, brought_position, created_at,
              updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $9)
         on conflict (module_id, origin) where origin is not null do update
             set kind = excluded.kind, title = excluded.title, settings = excluded.settings,
                 lesson_id = excluded.lesson_id, updated_at = excluded.updated_at,
                 position = case when m.position = m.brought_position then excluded.position else m.position end,
                 brought_position = excluded.brought_position,
                 deleted_at = case when m.retired then null else m.deleted_at end, retired = false",
        id.0,
        module.0,
        wanted.origin,
        wanted.settings.kind() as _,
        wanted.title,
        Json(&wanted.settings) as _,
        wanted.lesson.map(Uuid::from),
        wanted.position,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes out of a module what came with a pack and is no longer in it; what students worked on stays. Returns how many.
pub async fn retire_materials(
    tx: &mut PgConnection,
    module: ModuleId,
    kept_origins: &[String],
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let retired = sqlx::query!(
        "update materials m set deleted_at = $3, retired = true
         where m.module_id = $1 and m.deleted_at is null and m.origin is not null and m.origin <> all($2)
           and not exists (select from responses r where r.material_id = m.id)
           and not exists (select from drafts d where d.material_id = m.id)
           and not exists (select from submissions s where s.material_id = m.id)",
        module.0,
        kept_origins,
        now,
    )
    .execute(tx)
    .await?;
    Ok(retired.rows_affected())
}

/// A material of the class; one that is deleted, or of another class, does not exist.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: MaterialId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Material>> {
    let row = sqlx::query!(
        r#"select m.id as "id: MaterialId", u.id as "module: ModuleId", u.title as module_title, m.title,
                  m.settings as "settings: Json<Settings>", m.lesson_id as "lesson: LessonId", m.due_at,
                  coalesce(o.opens_at <= $3, true) as "open!",
                  case when o.opens_at > $3 and isfinite(o.opens_at) then o.opens_at end as opens_at,
                  m.origin is not null as "imported!"
           from materials m
           join modules u on u.id = m.module_id
           left join lesson_openings o on o.classroom_id = u.classroom_id and o.lesson_id = u.lesson_id
           where u.classroom_id = $1 and m.id = $2 and m.deleted_at is null and u.deleted_at is null"#,
        classroom.0,
        material.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Material {
        id: row.id,
        module: row.module,
        module_title: row.module_title,
        classroom,
        title: row.title,
        settings: row.settings.0,
        lesson: row.lesson,
        due_at: row.due_at,
        open: row.open,
        opens_at: row.opens_at,
        imported: row.imported,
    }))
}

/// Takes the module of a lesson out of its class if nothing is left in it; says whether it did.
pub async fn retire_module(tx: &mut PgConnection, module: ModuleId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let retired = sqlx::query!(
        "update modules u set deleted_at = $2, retired = true
         where u.id = $1 and u.deleted_at is null
           and not exists (select from materials m where m.module_id = u.id and m.deleted_at is null)",
        module.0,
        now,
    )
    .execute(tx)
    .await?;
    Ok(retired.rows_affected() == 1)
}

/// Says until when a material is to be done.
pub async fn set_due(tx: &mut PgConnection, material: MaterialId, due_at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update materials set due_at = $2 where id = $1", material.0, due_at).execute(tx).await.map(drop)
}

/// A material beside another in its module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub id: MaterialId,
    pub title: String,
    /// Set on a link that leads to a lesson.
    pub lesson: Option<LessonId>,
}

/// The materials of a module in order.
pub async fn in_module(db: &mut PgConnection, module: ModuleId) -> sqlx::Result<Vec<Neighbour>> {
    sqlx::query_as!(
        Neighbour,
        r#"select id as "id: MaterialId", title, lesson_id as "lesson: LessonId"
           from materials where module_id = $1 and deleted_at is null order by position, id"#,
        module.0,
    )
    .fetch_all(db)
    .await
}
