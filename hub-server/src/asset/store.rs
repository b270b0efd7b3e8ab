//! The table `assets`.

use crate::organisation::{Organisation, Role};
use chrono::{DateTime, Utc};
use shared_types::ids::{AssetId, FileId, OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

/// A file of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub id: AssetId,
    pub folder: String,
    pub name: String,
    pub file: FileId,
    pub bytes: i64,
    pub sha256: Vec<u8>,
    pub content_type: String,
    pub published: bool,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// An organisation and what one of its members may do.
pub async fn membership(
    db: &mut PgConnection,
    staff: StaffId,
    organisation: OrganisationId,
) -> sqlx::Result<Option<(Organisation, Role)>> {
    let row = sqlx::query!(
        r#"select o.id, o.name, m.role as "role: Role"
           from memberships m join organisations o on o.id = m.organisation_id
           where m.staff_id = $1 and m.organisation_id = $2"#,
        staff.0,
        organisation.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (Organisation { id: OrganisationId(row.id), name: row.name }, row.role)))
}

/// The organisations a staff member belongs to, by name.
pub async fn organisations(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Vec<Organisation>> {
    let rows = sqlx::query!(
        "select o.id, o.name from memberships m join organisations o on o.id = m.organisation_id
         where m.staff_id = $1 order by o.name, o.id",
        staff.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Organisation { id: OrganisationId(row.id), name: row.name }).collect())
}

/// Adds a file; its row in `stored_files` is there.
pub async fn add(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    (id, file): (AssetId, FileId),
    (folder, name): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into assets (id, organisation_id, folder, name, file_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $6)",
        id.0,
        organisation.0,
        folder,
        name,
        file.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A file of the organisation, deleted ones too.
pub async fn find(db: &mut PgConnection, organisation: OrganisationId, id: AssetId) -> sqlx::Result<Option<Asset>> {
    sqlx::query_as!(
        Asset,
        r#"select a.id as "id: AssetId", a.folder, a.name, a.file_id as "file: FileId", f.bytes, f.sha256,
                  f.content_type, a.published, a.updated_at, a.deleted_at
           from assets a join stored_files f on f.id = a.file_id
           where a.organisation_id = $1 and a.id = $2"#,
        organisation.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// What lies in a folder, by name; or what was deleted since, newest first.
pub async fn in_folder(db: &mut PgConnection, organisation: OrganisationId, folder: &str) -> sqlx::Result<Vec<Asset>> {
    sqlx::query_as!(
        Asset,
        r#"select a.id as "id: AssetId", a.folder, a.name, a.file_id as "file: FileId", f.bytes, f.sha256,
                  f.content_type, a.published, a.updated_at, a.deleted_at
           from assets a join stored_files f on f.id = a.file_id
           where a.organisation_id = $1 and a.folder = $2 and a.deleted_at is null
           order by a.name, a.id"#,
        organisation.0,
        folder,
    )
    .fetch_all(db)
    .await
}

/// What was deleted since, newest first.
pub async fn deleted(
    db: &mut PgConnection,
    organisation: OrganisationId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<Asset>> {
    sqlx::query_as!(
        Asset,
        r#"select a.id as "id: AssetId", a.folder, a.name, a.file_id as "file: FileId", f.bytes, f.sha256,
                  f.content_type, a.published, a.updated_at, a.deleted_at
           from assets a join stored_files f on f.id = a.file_id
           where a.organisation_id = $1 and a.deleted_at >= $2
           order by a.deleted_at desc limit 50"#,
        organisation.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// Every folder that holds something.
pub async fn folders(db: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select distinct folder from assets where organisation_id = $1 and deleted_at is null and folder <> ''",
        organisation.0,
    )
    .fetch_all(db)
    .await
}

/// Renames a file and moves it.
pub async fn rename(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    id: AssetId,
    (folder, name): (&str, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update assets set folder = $3, name = $4, updated_at = $5 where organisation_id = $1 and id = $2",
        organisation.0,
        id.0,
        folder,
        name,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Shows a file to students, or no longer.
pub async fn set_published(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    id: AssetId,
    published: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update assets set published = $3, updated_at = $4 where organisation_id = $1 and id = $2",
        organisation.0,
        id.0,
        published,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A file that a lesson shows and students would not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    pub id: AssetId,
    pub name: String,
    /// Not only hidden.
    pub deleted: bool,
}

/// Those of `ids` that are the organisation's and that students do not see, by name.
pub async fn unseen(db: &mut PgConnection, organisation: OrganisationId, ids: &[AssetId]) -> sqlx::Result<Vec<Unseen>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Unseen,
        r#"select id as "id: AssetId", name, deleted_at is not null as "deleted!" from assets
           where organisation_id = $1 and id = any($2) and (not published or deleted_at is not null)
           order by name, id"#,
        organisation.0,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// A lesson that shows a file of the organisation or leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub asset: AssetId,
    pub lesson: String,
}

/// Which lessons of the organisation's courses use which of its files, as they stand published.
pub async fn uses(db: &mut PgConnection, organisation: OrganisationId, folder: &str) -> sqlx::Result<Vec<Use>> {
    sqlx::query_as!(
        Use,
        r#"select a.id as "asset: AssetId", v.title as lesson
           from assets a
           join courses c on c.organisation_id = a.organisation_id
           join lessons l on l.course_id = c.id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where a.organisation_id = $1 and a.folder = $2 and a.deleted_at is null
             and (position('/files/' || a.id in v.source) > 0 or position('/files/' || a.id in v.front_matter) > 0)
           order by c.title, l.position"#,
        organisation.0,
        folder,
    )
    .fetch_all(db)
    .await
}

/// Deletes a file, or takes that back where `at` is none.
pub async fn set_deleted(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    id: AssetId,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!("update assets set deleted_at = $3 where organisation_id = $1 and id = $2", organisation.0, id.0, at,)
        .execute(tx)
        .await
        .map(drop)
}

/// Forgets files that were deleted before; their bytes go with the storage's sweeper. Returns how many.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let forgotten = sqlx::query!("delete from assets where deleted_at < $1", before).execute(tx).await?;
    Ok(forgotten.rows_affected())
}

/// A file for a student of a class of the organisation: published and not deleted.
pub async fn for_student(
    db: &mut PgConnection,
    organisation: OrganisationId,
    id: AssetId,
) -> sqlx::Result<Option<Asset>> {
    Ok(find(db, organisation, id).await?.filter(|asset| asset.published && asset.deleted_at.is_none()))
}

/// A file for a member of its organisation's staff, published or not.
pub async fn for_staff(db: &mut PgConnection, staff: StaffId, id: AssetId) -> sqlx::Result<Option<Asset>> {
    sqlx::query_as!(
        Asset,
        r#"select a.id as "id: AssetId", a.folder, a.name, a.file_id as "file: FileId", f.bytes, f.sha256,
                  f.content_type, a.published, a.updated_at, a.deleted_at
           from assets a
           join stored_files f on f.id = a.file_id
           join memberships m on m.organisation_id = a.organisation_id
           where m.staff_id = $1 and a.id = $2 and a.deleted_at is null"#,
        staff.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}
