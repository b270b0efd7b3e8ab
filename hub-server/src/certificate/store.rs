//! The tables `outcomes`, `certificates` and `erased_certificates`.

use super::{
    Certificate, CertificateCode,
    policy::{Progress, Thresholds},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{CertificateId, ClassroomId, StaffId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// What a class asks for, and what its certificates say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes {
    pub asked: Thresholds,
    pub title: String,
    pub statement: String,
    pub signatory: String,
    pub language: String,
}

/// Those of a class; none where nobody has written them down.
pub async fn outcomes(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Option<Outcomes>> {
    let row = sqlx::query!(
        "select lessons_percent, work_percent, grade_percent, title, statement, signatory, language
         from outcomes where classroom_id = $1",
        classroom.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Outcomes {
        asked: Thresholds { lessons: row.lessons_percent, work: row.work_percent, grade: row.grade_percent },
        title: row.title,
        statement: row.statement,
        signatory: row.signatory,
        language: row.language,
    }))
}

/// Writes them down.
pub async fn set_outcomes(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    outcomes: &Outcomes,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into outcomes (classroom_id, lessons_percent, work_percent, grade_percent, title, statement, signatory,
                               language, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (classroom_id) do update
             set lessons_percent = excluded.lessons_percent, work_percent = excluded.work_percent,
                 grade_percent = excluded.grade_percent, title = excluded.title, statement = excluded.statement,
                 signatory = excluded.signatory, language = excluded.language, changed_at = excluded.changed_at",
        classroom.0,
        outcomes.asked.lessons,
        outcomes.asked.work,
        outcomes.asked.grade,
        outcomes.title,
        outcomes.statement,
        outcomes.signatory,
        outcomes.language,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes what a class asks for over into another one.
pub async fn copy_to_class(
    tx: &mut PgConnection,
    from: ClassroomId,
    to: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into outcomes (classroom_id, lessons_percent, work_percent, grade_percent, title, statement, signatory,
                               language, changed_at)
         select $2, lessons_percent, work_percent, grade_percent, title, statement, signatory, language, $3
         from outcomes where classroom_id = $1",
        from.0,
        to.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// One student of the list.
#[derive(Clone, Debug)]
pub struct Line {
    pub student: StudentId,
    pub display_name: String,
    pub progress: Progress,
    /// The certificate that holds, and the name on it.
    pub certificate: Option<(CertificateId, String)>,
    /// There is one that was withdrawn, and none that holds.
    pub revoked: Option<CertificateId>,
}

/// A row of [`lines`].
struct Row {
    student: StudentId,
    display_name: String,
    lessons: i64,
    lessons_done: i64,
    work: i64,
    work_done: i64,
    average: Option<f64>,
    /// The newest that holds, or else the newest.
    certificate: Option<CertificateId>,
    name: Option<String>,
    holds: Option<bool>,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let Row { lessons, lessons_done, work, work_done, average, .. } = row;
        let holds = row.holds.unwrap_or_default();
        Self {
            student: row.student,
            display_name: row.display_name,
            progress: Progress { lessons, lessons_done, work, work_done, average },
            certificate: row.certificate.zip(row.name).filter(|_| holds),
            revoked: row.certificate.filter(|_| !holds),
        }
    }
}

/// Where everybody in a class stands, by name: one statement, whatever their number.
pub async fn lines(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<Line>> {
    let rows = sqlx::query_as!(
        Row,
        r#"with lessons_of as (
               select distinct l.id from classroom_courses k
               join lessons l on l.course_id = k.course_id and l.removed_at is null
               where k.classroom_id = $1),
           work_of as (
               select m.id from materials m join modules u on u.id = m.module_id and u.deleted_at is null
               where u.classroom_id = $1 and m.deleted_at is null and m.kind not in ('link', 'text')),
           done as (
               select w.student_id, count(*) as number
               from (select s.student_id, s.material_id from work_of join submissions s on s.material_id = work_of.id
                     where s.withdrawn_at is null
                     union select r.student_id, r.material_id from work_of join responses r on r.material_id = work_of.id
                     where r.handed_in_at is not null
                     union select g.student_id, g.material_id
                     from work_of join returned_grades g on g.material_id = work_of.id) w
               group by w.student_id),
           finished as (
               select f.student_id, count(*) as number from finished_lessons f join lessons_of on lessons_of.id = f.lesson_id
               group by f.student_id),
           average as (
               select g.student_id, avg(100 * g.points::double precision / g.most) as percent
               from work_of join returned_grades g on g.material_id = work_of.id
               where g.points is not null and not g.excused and g.most > 0
               group by g.student_id)
           select s.id as "student: StudentId", s.display_name,
                  (select count(*) from lessons_of) as "lessons!", (select count(*) from work_of) as "work!",
                  coalesce(finished.number, 0) as "lessons_done!", coalesce(done.number, 0) as "work_done!",
                  average.percent as "average?",
                  c.id as "certificate?: CertificateId", c.name as "name?", c.revoked_at is null as "holds?"
           from students s
           left join finished on finished.student_id = s.id
           left join done on done.student_id = s.id
           left join average on average.student_id = s.id
           left join lateral (
               select id, name, revoked_at from certificates where student_id = s.id
               order by revoked_at is null desc, issued_at desc, id limit 1) c on true
           where s.classroom_id = $1
           order by s.name_key, s.id"#,
        classroom.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Who of `students` is in the class and has no certificate that holds, by name. They are locked: of two teachers who
/// give out at once, the second finds it done.
pub async fn without(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    students: &[StudentId],
) -> sqlx::Result<Vec<(StudentId, String)>> {
    let ids: Vec<Uuid> = students.iter().map(|student| student.0).collect();
    // First the lock, then the look: what another transaction gave meanwhile is seen.
    let locked = sqlx::query!(
        r#"select id as "id: StudentId", display_name, name_key from students
           where classroom_id = $1 and id = any($2) order by id for update"#,
        classroom.0,
        &ids,
    )
    .fetch_all(&mut *tx)
    .await?;
    let have: Vec<Uuid> = sqlx::query_scalar!(
        "select student_id from certificates where student_id = any($1) and revoked_at is null",
        &ids,
    )
    .fetch_all(tx)
    .await?;
    let mut without: Vec<_> = locked.into_iter().filter(|row| !have.contains(&row.id.0)).collect();
    without.sort_by(|one, other| one.name_key.cmp(&other.name_key));
    Ok(without.into_iter().map(|row| (row.id, row.display_name)).collect())
}

/// A certificate that is being given.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    pub id: CertificateId,
    pub code: CertificateCode,
    pub student: StudentId,
    pub name: &'a str,
    pub outcomes: &'a Outcomes,
}

/// Gives one. Name of the school and colour are the class's of now.
pub async fn add(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    given: &Given<'_>,
    staff: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into certificates (id, code, student_id, name, organisation, title, statement, signatory, language,
                                   accent, issued_at, issued_by)
         select $2, $3, $4, $5, o.name, $6, $7, $8, $9, c.accent, $10, $11
         from classrooms c join organisations o on o.id = c.organisation_id where c.id = $1",
        classroom.0,
        given.id.0,
        given.code.as_str(),
        given.student.0,
        given.name,
        given.outcomes.title,
        given.outcomes.statement,
        given.outcomes.signatory,
        given.outcomes.language,
        now,
        staff.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Withdraws one of a class; false where there is none that holds.
pub async fn revoke(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    certificate: CertificateId,
    reason: &str,
    staff: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let revoked = sqlx::query!(
        "update certificates set revoked_at = $3, reason = $4, revoked_by = $5
         where id = $2 and revoked_at is null
           and student_id in (select id from students where classroom_id = $1)",
        classroom.0,
        certificate.0,
        now,
        reason,
        staff.0,
    )
    .execute(tx)
    .await?;
    Ok(revoked.rows_affected() == 1)
}

/// Notes which one was given in its place.
pub async fn set_replaced(tx: &mut PgConnection, old: CertificateId, new: CertificateId) -> sqlx::Result<()> {
    sqlx::query!("update certificates set replaced_by = $2 where id = $1 and revoked_at is not null", old.0, new.0)
        .execute(tx)
        .await
        .map(drop)
}

/// One of a class.
pub async fn one(
    db: &mut PgConnection,
    classroom: ClassroomId,
    certificate: CertificateId,
) -> sqlx::Result<Option<Certificate>> {
    sqlx::query_as!(
        Certificate,
        r#"select c.id as "id: CertificateId", c.student_id as "student: StudentId", c.code, c.name, c.organisation,
                  c.title, c.statement, c.signatory, c.language, c.accent, c.issued_at, c.revoked_at, c.reason,
                  c.replaced_by as "replaced_by: CertificateId"
           from certificates c join students s on s.id = c.student_id
           where c.id = $2 and s.classroom_id = $1"#,
        classroom.0,
        certificate.0,
    )
    .fetch_optional(db)
    .await
}

/// Those of a class that hold, by name.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<Certificate>> {
    sqlx::query_as!(
        Certificate,
        r#"select c.id as "id: CertificateId", c.student_id as "student: StudentId", c.code, c.name, c.organisation,
                  c.title, c.statement, c.signatory, c.language, c.accent, c.issued_at, c.revoked_at, c.reason,
                  c.replaced_by as "replaced_by: CertificateId"
           from certificates c join students s on s.id = c.student_id
           where s.classroom_id = $1 and c.revoked_at is null
           order by s.name_key, c.issued_at, c.id"#,
        classroom.0,
    )
    .fetch_all(db)
    .await
}

/// Those of a student, newest first.
pub async fn of_student(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<Certificate>> {
    sqlx::query_as!(
        Certificate,
        r#"select id as "id: CertificateId", student_id as "student: StudentId", code, name, organisation, title,
                  statement, signatory, language, accent, issued_at, revoked_at, reason,
                  replaced_by as "replaced_by: CertificateId"
           from certificates where student_id = $1 order by issued_at desc, id"#,
        student.0,
    )
    .fetch_all(db)
    .await
}

/// What a code leads to.
#[derive(Clone, Debug)]
pub enum Found {
    Certificate(Box<Certificate>),
    /// Its student is gone from the hub, and the name with them.
    Erased {
        organisation: String,
        issued_at: DateTime<Utc>,
        revoked: bool,
    },
}

/// Looks a code up, whoever asks.
pub async fn by_code(db: &mut PgConnection, code: &CertificateCode) -> sqlx::Result<Option<Found>> {
    let certificate = sqlx::query_as!(
        Certificate,
        r#"select id as "id: CertificateId", student_id as "student: StudentId", code, name, organisation, title,
                  statement, signatory, language, accent, issued_at, revoked_at, reason,
                  replaced_by as "replaced_by: CertificateId"
           from certificates where code = $1"#,
        code.as_str(),
    )
    .fetch_optional(&mut *db)
    .await?;
    if let Some(certificate) = certificate {
        return Ok(Some(Found::Certificate(Box::new(certificate))));
    }
    let erased = sqlx::query!(
        "select organisation, issued_at, revoked from erased_certificates where code = $1",
        code.as_str(),
    )
    .fetch_optional(db)
    .await?;
    Ok(erased.map(|row| Found::Erased {
        organisation: row.organisation,
        issued_at: row.issued_at,
        revoked: row.revoked,
    }))
}
