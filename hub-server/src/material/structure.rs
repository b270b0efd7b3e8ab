//! The tables `modules` and `materials` as an arrangement: order, copies, what was deleted and can be brought back.
//! Everything is reached through a class.

use crate::grading::scheme::store as scheme;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId, ModuleId, OrganisationId};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long what was deleted can be brought back.
pub const UNDO_DAYS: i64 = 30;

/// Puts a module of the class in the given place, the first being 1; returns the place it had. None where there is no
/// such module.
pub async fn place_module(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    module: ModuleId,
    place: usize,
) -> sqlx::Result<Option<usize>> {
    let standing = sqlx::query_scalar!(
        "select id from modules where classroom_id = $1 and deleted_at is null order by position, id for update",
        classroom.0,
    )
    .fetch_all(&mut *tx)
    .await?;
    let Some((order, before)) = moved(standing, module.0, place) else { return Ok(None) };
    sqlx::query!(
        "update modules set position = o.place
         from unnest($1::uuid[]) with ordinality as o (id, place) where modules.id = o.id",
        &order,
    )
    .execute(tx)
    .await?;
    Ok(Some(before))
}

/// Where a material was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub module: ModuleId,
    /// The first is 1.
    pub place: usize,
}

/// Puts a material that was found in the module `from` into the module `to` of the same class, in the given place or at
/// the end; returns where it was.
pub async fn place_material(
    tx: &mut PgConnection,
    material: MaterialId,
    from: ModuleId,
    to: ModuleId,
    place: usize,
) -> sqlx::Result<Place> {
    let before = material_order(tx, from).await?.iter().position(|id| *id == material.0).map_or(1, |at| at + 1);
    if from != to {
        leave_empty_row(tx, material).await?;
        sqlx::query!("update materials set module_id = $2 where id = $1", material.0, to.0).execute(&mut *tx).await?;
    }
    if let Some((order, _)) = moved(material_order(tx, to).await?, material.0, place) {
        sqlx::query!(
            "update materials set position = o.place
             from unnest($1::uuid[]) with ordinality as o (id, place) where materials.id = o.id",
            &order,
        )
        .execute(tx)
        .await?;
    }
    Ok(Place { module: from, place: before })
}

/// Where a part of a pack leaves its module, an import shall not bring it there again: it finds a deleted one.
async fn leave_empty_row(tx: &mut PgConnection, material: MaterialId) -> sqlx::Result<()> {
    sqlx::query!(
        "with leaving as (update materials set origin = null from materials o
                          where materials.id = $1 and o.id = $1 and o.origin is not null
                          returning o.module_id, o.origin, o.title, o.position, o.created_at, o.updated_at)
         insert into materials (id, module_id, kind, title, position, settings, origin, created_at, updated_at,
                                deleted_at)
         select gen_random_uuid(), module_id, 'link', title, position, '{\"kind\":\"link\",\"url\":null}', origin,
                created_at, updated_at, to_timestamp(0)
         from leaving",
        material.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

async fn material_order(tx: &mut PgConnection, module: ModuleId) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from materials where module_id = $1 and deleted_at is null order by position, id for update",
        module.0,
    )
    .fetch_all(tx)
    .await
}

/// The order after `id` was put in the given place, and the place it had.
fn moved(mut order: Vec<Uuid>, id: Uuid, place: usize) -> Option<(Vec<Uuid>, usize)> {
    let at = order.iter().position(|other| *other == id)?;
    order.remove(at);
    order.insert(place.saturating_sub(1).min(order.len()), id);
    Some((order, at + 1))
}

/// Copies everything a class works through into another that has the same courses and nothing else yet.
pub async fn copy_class(
    tx: &mut PgConnection,
    from: ClassroomId,
    to: ClassroomId,
    with_dates: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let copied = sqlx::query!(
        r#"with standing as materialized (
             select u.*, gen_random_uuid() as copy from modules u where classroom_id = $1 and deleted_at is null),
         copied as (
             insert into modules
                 (id, classroom_id, title, position, lesson_id, brought_title, brought_position, created_at)
             select copy, $2, title, position, lesson_id, brought_title, brought_position, $4 from standing),
         pairs as materialized (
             select m.id as original, gen_random_uuid() as material, s.copy as module
             from materials m join standing s on s.id = m.module_id where m.deleted_at is null),
         materials_copied as (
             insert into materials (id, module_id, kind, title, position, settings, lesson_id, due_at, origin,
                                    brought_position, created_at, updated_at)
             select p.material, p.module, m.kind, m.title, m.position, m.settings, m.lesson_id,
                    case when $3 then m.due_at end, m.origin, m.brought_position, $4, $4
             from pairs p join materials m on m.id = p.original)
         select original as "original!", material as "material!" from pairs"#,
        from.0,
        to.0,
        with_dates,
        now,
    )
    .fetch_all(&mut *tx)
    .await?;
    let copied: Vec<_> = copied.into_iter().map(|pair| (pair.original, pair.material)).collect();
    scheme::copy_all(tx, &copied).await
}

/// Copies a module with its materials to the end of a class of the same organisation. Links to lessons that the class
/// does not have are left out; returns how many.
pub async fn copy_module(
    tx: &mut PgConnection,
    module: ModuleId,
    copy: ModuleId,
    to: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    sqlx::query!(
        "insert into modules (id, classroom_id, title, position, lesson_id, created_at)
         select $2, $3, u.title, 1 + coalesce((select max(position) from modules where classroom_id = $3), 0),
                case when o.lesson_id is not null
                          and not exists (select from modules t where t.classroom_id = $3 and t.lesson_id = u.lesson_id)
                     then u.lesson_id end, $4
         from modules u left join lesson_openings o on o.classroom_id = $3 and o.lesson_id = u.lesson_id
         where u.id = $1",
        module.0,
        copy.0,
        to.0,
        now,
    )
    .execute(&mut *tx)
    .await?;
    let copied = sqlx::query!(
        r#"with pairs as materialized (
             select m.id as original, gen_random_uuid() as material
             from materials m
             where m.module_id = $1 and m.deleted_at is null
               and (m.lesson_id is null
                    or exists (select from lesson_openings o where o.classroom_id = $3 and o.lesson_id = m.lesson_id))),
         copied as (
             insert into materials (id, module_id, kind, title, position, settings, lesson_id, created_at, updated_at)
             select p.material, $2, m.kind, m.title, m.position, m.settings, m.lesson_id, $4, $4
             from pairs p join materials m on m.id = p.original)
         select original as "original!", material as "material!" from pairs"#,
        module.0,
        copy.0,
        to.0,
        now,
    )
    .fetch_all(&mut *tx)
    .await?;
    let copied: Vec<_> = copied.into_iter().map(|pair| (pair.original, pair.material)).collect();
    scheme::copy_all(tx, &copied).await?;
    sqlx::query_scalar!(
        r#"select (select count(*) from materials where module_id = $1 and deleted_at is null)
                  - (select count(*) from materials where module_id = $2) as "left_out!""#,
        module.0,
        copy.0,
    )
    .fetch_one(tx)
    .await
}

/// Copies a material to the end of a module of the class `to`; false where it links to a lesson that class does not
/// have.
pub async fn copy_material(
    tx: &mut PgConnection,
    material: MaterialId,
    copy: MaterialId,
    to: (ClassroomId, ModuleId),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let (classroom, module) = to;
    let copied = sqlx::query!(
        "insert into materials (id, module_id, kind, title, position, settings, lesson_id, created_at, updated_at)
         select $2, $3, m.kind, m.title,
                1 + coalesce((select max(position) from materials where module_id = $3), 0),
                m.settings, m.lesson_id, $5, $5
         from materials m
         where m.id = $1
           and (m.lesson_id is null
                or exists (select from lesson_openings o where o.classroom_id = $4 and o.lesson_id = m.lesson_id))",
        material.0,
        copy.0,
        module.0,
        classroom.0,
        now,
    )
    .execute(&mut *tx)
    .await?;
    if copied.rows_affected() == 1 {
        scheme::copy_all(tx, &[(material.0, copy.0)]).await?;
    }
    Ok(copied.rows_affected() == 1)
}

/// A module that something can be put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub classroom: ClassroomId,
    pub classroom_name: String,
    pub module: ModuleId,
    pub title: String,
}

/// The modules of a class, then those of the other classes of its organisation.
pub async fn targets(
    db: &mut PgConnection,
    organisation: OrganisationId,
    first: ClassroomId,
) -> sqlx::Result<Vec<Target>> {
    sqlx::query_as!(
        Target,
        r#"select c.id as "classroom: ClassroomId", c.name as classroom_name, u.id as "module: ModuleId", u.title
           from classrooms c join modules u on u.classroom_id = c.id and u.deleted_at is null
           where c.organisation_id = $1 and (c.archived_at is null or c.id = $2)
           order by c.id <> $2, c.name, c.id, u.position, u.id"#,
        organisation.0,
        first.0,
    )
    .fetch_all(db)
    .await
}

/// A class that a module can be copied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetClass {
    pub id: ClassroomId,
    pub name: String,
}

/// The classes of an organisation by name, the one asked from first.
pub async fn target_classes(
    db: &mut PgConnection,
    organisation: OrganisationId,
    first: ClassroomId,
) -> sqlx::Result<Vec<TargetClass>> {
    sqlx::query_as!(
        TargetClass,
        r#"select id as "id: ClassroomId", name from classrooms
           where organisation_id = $1 and (archived_at is null or id = $2) order by id <> $2, name, id"#,
        organisation.0,
        first.0,
    )
    .fetch_all(db)
    .await
}

/// Something that was deleted and can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    pub id: Uuid,
    /// None where it is a module itself.
    pub module_title: Option<String>,
    pub title: String,
    pub deleted_at: DateTime<Utc>,
}

/// What a teacher deleted in a class since, newest first. What was in a deleted module comes back with it and is not
/// listed; what a course took out comes back with the course.
pub async fn deleted(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<Deleted>> {
    sqlx::query_as!(
        Deleted,
        r#"select u.id as "id!", null as module_title, u.title as "title!", u.deleted_at as "deleted_at!"
           from modules u where u.classroom_id = $1 and u.deleted_at >= $2 and not u.retired
           union all
           select m.id, u.title, m.title, m.deleted_at
           from materials m join modules u on u.id = m.module_id
           where u.classroom_id = $1 and u.deleted_at is null and m.deleted_at >= $2 and not m.retired
           order by 4 desc limit 100"#,
        classroom.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// Brings back a module that was deleted since; false where there is none.
pub async fn restore_module(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    module: ModuleId,
    since: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let restored = sqlx::query!(
        "update modules set deleted_at = null
         where classroom_id = $1 and id = $2 and not retired and (deleted_at is null or deleted_at >= $3)",
        classroom.0,
        module.0,
        since,
    )
    .execute(tx)
    .await?;
    Ok(restored.rows_affected() == 1)
}

/// Brings back a material that was deleted since; the module it is in, or nothing where there is no such material.
pub async fn restore_material(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    material: MaterialId,
    since: DateTime<Utc>,
) -> sqlx::Result<Option<ModuleId>> {
    sqlx::query_scalar!(
        r#"update materials m set deleted_at = null
           from modules u
           where u.id = m.module_id and u.classroom_id = $1 and u.deleted_at is null
             and m.id = $2 and not m.retired and (m.deleted_at is null or m.deleted_at >= $3)
           returning m.module_id as "module: ModuleId""#,
        classroom.0,
        material.0,
        since,
    )
    .fetch_optional(tx)
    .await
}

/// Removes what was deleted before, with all that students did there; returns how much. What came with a course leaves
/// an empty row: an import shall not bring back what a teacher did not want.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let mut removed = 0;
    let modules = sqlx::query_scalar!(
        "delete from modules where deleted_at < $1 and not retired and lesson_id is null returning id",
        before,
    );
    removed += modules.fetch_all(&mut *tx).await?.len() as u64;
    // Deleted and added anew, so that whatever hangs at the old row goes with it.
    let emptied = sqlx::query!(
        "with gone as (
             delete from materials m using modules u
             where u.id = m.module_id and not m.retired and (m.deleted_at < $1 or u.deleted_at < $1)
               and (m.origin is null or m.settings <> '{\"kind\":\"link\",\"url\":null}')
             returning m.*)
         insert into materials (id, module_id, kind, title, position, settings, origin, created_at, updated_at,
                                deleted_at)
         select gen_random_uuid(), module_id, 'link', title, position, '{\"kind\":\"link\",\"url\":null}', origin,
                created_at, updated_at, coalesce(deleted_at, $1)
         from gone where origin is not null",
        before,
    );
    removed += emptied.execute(tx).await?.rows_affected();
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::moved;
    use uuid::Uuid;

    #[test]
    fn a_place_is_found_however_far_off_it_is() {
        let [a, b, c] = [1, 2, 3].map(Uuid::from_u128);
        for (id, place, order, before) in [
            (b, 1, vec![b, a, c], 2),
            (b, 3, vec![a, c, b], 2),
            (b, 2, vec![a, b, c], 2),
            (a, 0, vec![a, b, c], 1),
            (a, 99, vec![b, c, a], 1),
        ] {
            assert_eq!(moved(vec![a, b, c], id, place), Some((order, before)));
        }
        assert_eq!(moved(vec![a], b, 1), None);
    }
}
