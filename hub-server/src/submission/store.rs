//! The table `submissions`.

use crate::storage::SafeName;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, FileId, MaterialId, StudentId, SubmissionId};
use sqlx::PgConnection;

/// A file that is handed in.
#[derive(Clone, Debug)]
pub struct NewSubmission<'a> {
    pub id: SubmissionId,
    pub material: MaterialId,
    pub student: StudentId,
    pub file: FileId,
    pub thumbnail: Option<FileId>,
    pub name: SafeName,
    pub note: &'a str,
}

/// Adds the student's next version.
pub async fn add(tx: &mut PgConnection, new: &NewSubmission<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    // Two versions at once would be given the same number.
    sqlx::query!("select id from students where id = $1 for no key update", new.student.0).fetch_one(&mut *tx).await?;
    sqlx::query!(
        "insert into submissions (id, material_id, student_id, version, file_id, thumbnail_id, file_name, note,
                                  submitted_at)
         select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8
         from submissions where material_id = $2 and student_id = $3",
        new.id.0,
        new.material.0,
        new.student.0,
        new.file.0,
        new.thumbnail.map(uuid::Uuid::from),
        new.name.as_str(),
        new.note,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// One version of what a student handed in for a material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub id: SubmissionId,
    pub version: i32,
    pub file_name: String,
    pub bytes: i64,
    pub has_thumbnail: bool,
    pub note: String,
    pub submitted_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub shared_at: Option<DateTime<Utc>>,
}

/// All versions of a student, the newest first.
pub async fn of_student(db: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<Vec<Version>> {
    sqlx::query_as!(
        Version,
        r#"select s.id as "id: SubmissionId", s.version, s.file_name, f.bytes,
                  s.thumbnail_id is not null as "has_thumbnail!", s.note, s.submitted_at, s.withdrawn_at, s.shared_at
           from submissions s join stored_files f on f.id = s.file_id
           where s.student_id = $1 and s.material_id = $2
           order by s.version desc"#,
        student.0,
        material.0,
    )
    .fetch_all(db)
    .await
}

/// Takes a student's newest version back; false where it is another one, or was graded and returned. Sharing ends with it.
pub async fn withdraw(
    tx: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    submission: SubmissionId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let taken_back = sqlx::query!(
        "update submissions set withdrawn_at = $4, shared_at = null
         where id = $3 and student_id = $1 and material_id = $2 and withdrawn_at is null
           and not exists (select from returned_grades g
                           where g.student_id = $1 and g.material_id = $2 and g.work_at >= submitted_at)
           and version = (select max(version) from submissions
                          where student_id = $1 and material_id = $2 and withdrawn_at is null)",
        student.0,
        material.0,
        submission.0,
        now,
    )
    .execute(tx)
    .await?;
    Ok(taken_back.rows_affected() == 1)
}

/// Takes a withdrawal back; false where the student has no such version. It stays handed in when it was.
pub async fn restore(
    tx: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    submission: SubmissionId,
) -> sqlx::Result<bool> {
    let restored = sqlx::query!(
        "update submissions set withdrawn_at = null where id = $3 and student_id = $1 and material_id = $2",
        student.0,
        material.0,
        submission.0,
    )
    .execute(tx)
    .await?;
    Ok(restored.rows_affected() == 1)
}

/// Shares one of a student's own versions in a gallery since `since`, or with nobody; false where there is none. One
/// version is shared at a time.
pub async fn set_sharing(
    tx: &mut PgConnection,
    student: StudentId,
    material: MaterialId,
    submission: SubmissionId,
    since: Option<DateTime<Utc>>,
) -> sqlx::Result<bool> {
    let found = sqlx::query!(
        "update submissions s set shared_at = $4
         from materials m
         where s.id = $3 and s.student_id = $1 and s.material_id = $2 and s.withdrawn_at is null
           and m.id = s.material_id and m.kind = 'gallery' and m.deleted_at is null",
        student.0,
        material.0,
        submission.0,
        since,
    )
    .execute(&mut *tx)
    .await?;
    if found.rows_affected() == 1 && since.is_some() {
        sqlx::query!(
            "update submissions set shared_at = null where student_id = $1 and material_id = $2 and id <> $3",
            student.0,
            material.0,
            submission.0,
        )
        .execute(tx)
        .await?;
    }
    Ok(found.rows_affected() == 1)
}

/// Takes a work of the class out of what its gallery shows; of which material and by whom it is, and nothing where it was
/// not shown.
pub async fn take_down(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    submission: SubmissionId,
) -> sqlx::Result<Option<(MaterialId, StudentId)>> {
    let row = sqlx::query!(
        r#"update submissions s set shared_at = null
           from students p
           where s.id = $2 and s.shared_at is not null and p.id = s.student_id and p.classroom_id = $1
           returning s.material_id as "material: MaterialId", s.student_id as "student: StudentId""#,
        classroom.0,
        submission.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.material, row.student)))
}

/// What a classmate shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedWork {
    pub id: SubmissionId,
    pub by: String,
    pub file_name: String,
    pub has_thumbnail: bool,
    pub shared_at: DateTime<Utc>,
    /// It is the reader's own.
    pub own: bool,
}

/// What is shared in a gallery of the class, the newest first. `reader` is the student who looks; none is a teacher.
pub async fn shared(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: MaterialId,
    reader: Option<StudentId>,
) -> sqlx::Result<Vec<SharedWork>> {
    sqlx::query_as!(
        SharedWork,
        r#"select s.id as "id: SubmissionId", p.display_name as by, s.file_name,
                  s.thumbnail_id is not null as "has_thumbnail!", s.shared_at as "shared_at!",
                  coalesce(s.student_id = $3, false) as "own!"
           from submissions s
           join students p on p.id = s.student_id
           join materials m on m.id = s.material_id and m.kind = 'gallery' and m.deleted_at is null
           where s.material_id = $2 and p.classroom_id = $1 and s.shared_at is not null and s.withdrawn_at is null
           order by s.shared_at desc, s.id
           limit 200"#,
        classroom.0,
        material.0,
        reader.map(|reader| reader.0),
    )
    .fetch_all(db)
    .await
}

/// Who asks for which file.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub classroom: ClassroomId,
    pub student: StudentId,
    pub material: MaterialId,
    pub submission: SubmissionId,
}

/// A file as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOf {
    pub id: FileId,
    pub bytes: i64,
    pub sha256: Vec<u8>,
    pub content_type: String,
}

/// What was handed in, with its small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedFile {
    pub file_name: String,
    pub file: FileOf,
    pub thumbnail: Option<FileOf>,
}

/// The row both look-ups bring.
struct Row {
    file_name: String,
    id: FileId,
    bytes: i64,
    sha256: Vec<u8>,
    content_type: String,
    small_id: Option<FileId>,
    small_bytes: Option<i64>,
    small_sha256: Option<Vec<u8>>,
    small_content_type: Option<String>,
}

impl From<Row> for SubmittedFile {
    fn from(row: Row) -> Self {
        let thumbnail = (|| {
            Some(FileOf {
                id: row.small_id?,
                bytes: row.small_bytes?,
                sha256: row.small_sha256?,
                content_type: row.small_content_type?,
            })
        })();
        let file = FileOf { id: row.id, bytes: row.bytes, sha256: row.sha256, content_type: row.content_type };
        Self { file_name: row.file_name, file, thumbnail }
    }
}

/// A student's own file, or one that a classmate shares in a gallery whose lesson is open.
pub async fn file_for_student(
    db: &mut PgConnection,
    asked: Asked,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<SubmittedFile>> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.file_name, f.id as "id: FileId", f.bytes, f.sha256, f.content_type,
                  t.id as "small_id?: FileId", t.bytes as "small_bytes?", t.sha256 as "small_sha256?",
                  t.content_type as "small_content_type?"
           from submissions s
           join materials m on m.id = s.material_id
           join modules o on o.id = m.module_id
           join students p on p.id = s.student_id
           join stored_files f on f.id = s.file_id
           left join stored_files t on t.id = s.thumbnail_id
           where s.id = $4 and s.material_id = $3 and o.classroom_id = $1 and p.classroom_id = $1
             and (s.student_id = $2
                  or (m.kind = 'gallery' and s.shared_at is not null and s.withdrawn_at is null
                      and m.deleted_at is null and o.deleted_at is null
                      and not exists (select from lesson_openings l
                                      where l.classroom_id = $1 and l.lesson_id = o.lesson_id and l.opens_at > $5)))"#,
        asked.classroom.0,
        asked.student.0,
        asked.material.0,
        asked.submission.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(SubmittedFile::from))
}

/// A file handed in by a student of the class and not withdrawn.
pub async fn file_for_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    submission: SubmissionId,
) -> sqlx::Result<Option<SubmittedFile>> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.file_name, f.id as "id: FileId", f.bytes, f.sha256, f.content_type,
                  t.id as "small_id?: FileId", t.bytes as "small_bytes?", t.sha256 as "small_sha256?",
                  t.content_type as "small_content_type?"
           from submissions s
           join students p on p.id = s.student_id
           join stored_files f on f.id = s.file_id
           left join stored_files t on t.id = s.thumbnail_id
           where s.id = $2 and p.classroom_id = $1 and s.withdrawn_at is null"#,
        classroom.0,
        submission.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(SubmittedFile::from))
}
