//! The tables `students`, `student_devices` and `return_cards`.

use super::{DisplayName, admission::Newcomer};
use crate::classroom::{ClassCode, Classroom, Enrolment};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, OrganisationId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// The class of a code; an archived one does not exist any more.
pub async fn class_by_code(db: &mut PgConnection, code: &ClassCode) -> sqlx::Result<Option<Classroom>> {
    sqlx::query_as!(
        Classroom,
        r#"select id as "id: ClassroomId", organisation_id as "organisation: OrganisationId", name, code,
                  enrolment as "enrolment: Enrolment", locked, epoch, accent, archived_at
           from classrooms where code = $1 and archived_at is null"#,
        code.as_str(),
    )
    .fetch_optional(db)
    .await
}

/// Adds a student; false where the class has someone of that name.
pub async fn add_student(
    tx: &mut PgConnection,
    id: StudentId,
    newcomer: &Newcomer<'_>,
    return_code: &[u8; 32],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into students
             (id, classroom_id, display_name, name_key, return_code_hash, invitation_id, joined_at, last_seen_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (classroom_id, name_key) do nothing",
        id.0,
        newcomer.classroom.0,
        newcomer.name.as_str(),
        newcomer.name.key(),
        &return_code[..],
        newcomer.invitation.map(Uuid::from),
        now,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The student of that class, name and return code.
pub async fn student_by_return_code(
    db: &mut PgConnection,
    classroom: ClassroomId,
    name: &DisplayName,
    return_code: &[u8; 32],
) -> sqlx::Result<Option<StudentId>> {
    sqlx::query_scalar!(
        r#"select id as "id: StudentId" from students
           where classroom_id = $1 and name_key = $2 and return_code_hash = $3"#,
        classroom.0,
        name.key(),
        &return_code[..],
    )
    .fetch_optional(db)
    .await
}

/// Who has that name in a class.
pub async fn student_by_name(
    db: &mut PgConnection,
    classroom: ClassroomId,
    name: &DisplayName,
) -> sqlx::Result<Option<StudentId>> {
    sqlx::query_scalar!(
        r#"select id as "id: StudentId" from students where classroom_id = $1 and name_key = $2"#,
        classroom.0,
        name.key(),
    )
    .fetch_optional(db)
    .await
}

/// Whether a student is there, who may have been removed meanwhile.
pub async fn is_student(db: &mut PgConnection, student: StudentId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(r#"select exists (select from students where id = $1) as "found!""#, student.0);
    found.fetch_one(db).await
}

/// Gives a student another return code.
pub async fn set_return_code(tx: &mut PgConnection, student: StudentId, return_code: &[u8; 32]) -> sqlx::Result<()> {
    sqlx::query!("update students set return_code_hash = $2 where id = $1", student.0, &return_code[..])
        .execute(tx)
        .await
        .map(drop)
}

/// Remembers a device.
pub async fn add_device(tx: &mut PgConnection, id: Uuid, student: StudentId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into student_devices (id, student_id, created_at, last_used_at) values ($1, $2, $3, $3)",
        id,
        student.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Who a device belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceOwner {
    pub student: StudentId,
    pub display_name: String,
    pub classroom: String,
}

/// Who a device belongs to, unless the class is archived.
pub async fn device_owner(db: &mut PgConnection, device: Uuid) -> sqlx::Result<Option<DeviceOwner>> {
    sqlx::query_as!(
        DeviceOwner,
        r#"select s.id as "student: StudentId", s.display_name, c.name as classroom
           from student_devices d
           join students s on s.id = d.student_id
           join classrooms c on c.id = s.classroom_id
           where d.id = $1 and c.archived_at is null"#,
        device,
    )
    .fetch_optional(db)
    .await
}

/// Forgets one device.
pub async fn forget_device(tx: &mut PgConnection, device: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from student_devices where id = $1", device).execute(tx).await.map(drop)
}

/// Forgets every device of a student: from now on only the return code brings them back.
pub async fn forget_devices(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<()> {
    sqlx::query!("delete from student_devices where student_id = $1", student.0).execute(tx).await.map(drop)
}

/// Forgets the devices of everyone in a class.
pub async fn forget_devices_of_class(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from student_devices d using students s where s.id = d.student_id and s.classroom_id = $1",
        classroom.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Removes a student with everything that is theirs; false where the class has no such student. Files in the storage
/// are left without a row and swept away.
pub async fn remove_student(tx: &mut PgConnection, classroom: ClassroomId, student: StudentId) -> sqlx::Result<bool> {
    let removed = sqlx::query!("delete from students where id = $1 and classroom_id = $2", student.0, classroom.0);
    Ok(removed.execute(tx).await?.rows_affected() == 1)
}

/// Removes everyone of a class with everything that is theirs; returns how many.
pub async fn remove_everyone(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<u64> {
    let removed = sqlx::query!("delete from students where classroom_id = $1", classroom.0).execute(tx).await?;
    Ok(removed.rows_affected())
}

/// Puts a name on the list of a class, for somebody who has not come in yet; false where the class has it.
pub async fn add_expected(
    tx: &mut PgConnection,
    id: StudentId,
    classroom: ClassroomId,
    name: &DisplayName,
    return_code: &[u8; 32],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into students
             (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at, added_at)
         values ($1, $2, $3, $4, $5, $6, $6, $6)
         on conflict (classroom_id, name_key) do nothing",
        id.0,
        classroom.0,
        name.as_str(),
        name.key(),
        &return_code[..],
        now,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Gives a student of a class another name; false where somebody there has it.
pub async fn rename(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    name: &DisplayName,
) -> sqlx::Result<bool> {
    let renamed = sqlx::query!(
        "update students set display_name = $3, name_key = $4
         where id = $2 and classroom_id = $1
           and not exists (select from students o where o.classroom_id = $1 and o.name_key = $4 and o.id <> $2)",
        classroom.0,
        student.0,
        name.as_str(),
        name.key(),
    )
    .execute(tx)
    .await?;
    Ok(renamed.rows_affected() == 1)
}

/// Keeps a return code, sealed, until the student has written it down.
pub async fn add_card(
    tx: &mut PgConnection,
    student: StudentId,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into return_cards (student_id, sealed_code, made_at) values ($1, $2, $3)
         on conflict (student_id) do update set sealed_code = excluded.sealed_code, made_at = excluded.made_at",
        student.0,
        sealed,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The sealed return code of a student who has not written it down yet.
pub async fn card(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select sealed_code from return_cards where student_id = $1", student.0)
        .fetch_optional(db)
        .await
}

/// Forgets a return code that was written down.
pub async fn remove_card(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<()> {
    sqlx::query!("delete from return_cards where student_id = $1", student.0).execute(tx).await.map(drop)
}

/// Forgets return codes that nobody came to see; returns how many.
pub async fn sweep_cards(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let oldest = now - chrono::Duration::hours(2);
    let result = sqlx::query!("delete from return_cards where made_at < $1", oldest).execute(tx).await?;
    Ok(result.rows_affected())
}
