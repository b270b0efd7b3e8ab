//! The table `students` for the roster, with what is known about each.

use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, StudentId};
use sqlx::PgConnection;

/// A line of the roster.
#[derive(Clone, Debug)]
pub struct RosterLine {
    pub student: StudentId,
    pub display_name: String,
    /// The name as it is compared.
    pub name_key: String,
    pub joined_at: DateTime<Utc>,
    /// None where a teacher put them on the list and they have not come in yet.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Whether a browser of theirs has a session.
    pub signed_in: bool,
    /// Materials they handed something in for.
    pub handed_in: i64,
    /// How many of their questions the helper reported.
    pub asked: i64,
}

/// Everyone in a class by name, in one statement.
pub async fn roster(
    db: &mut PgConnection,
    classroom: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<RosterLine>> {
    sqlx::query_as!(
        RosterLine,
        r#"select s.id as "student: StudentId", s.display_name, s.name_key, s.joined_at,
                  case when s.added_at is distinct from s.last_seen_at then s.last_seen_at end as last_seen_at,
                  n.student_id is not null as "signed_in!",
                  coalesce(w.handed_in, 0) as "handed_in!", coalesce(e.asked, 0) as "asked!"
           from students s
           left join (select distinct student_id from sessions where student_id is not null and expires_at > $2) n
               on n.student_id = s.id
           left join (select actor_id, count(*) as asked from helper_events
                      where classroom_id = $1 and actor_kind = 'student' group by actor_id) e on e.actor_id = s.id
           left join (select student_id, sum(handed_in)::bigint as handed_in
                      from (select p.id as student_id, count(distinct f.material_id) as handed_in
                            from students p join submissions f on f.student_id = p.id and f.withdrawn_at is null
                            where p.classroom_id = $1
                            group by p.id
                            union all
                            select p.id, count(*)
                            from students p join responses r on r.student_id = p.id and r.handed_in_at is not null
                            where p.classroom_id = $1
                            group by p.id) each
                      group by student_id) w on w.student_id = s.id
           where s.classroom_id = $1
           order by s.name_key, s.id"#,
        classroom.0,
        now,
    )
    .fetch_all(db)
    .await
}

/// A student by name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: StudentId,
    pub display_name: String,
}

/// Everyone in a class by name; only those who have not come in yet where `expected`.
pub async fn listed(db: &mut PgConnection, classroom: ClassroomId, expected: bool) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: StudentId", display_name from students
           where classroom_id = $1 and (not $2 or added_at = last_seen_at) order by name_key, id"#,
        classroom.0,
        expected,
    )
    .fetch_all(db)
    .await
}

/// The names of a class as they are compared.
pub async fn name_keys(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select name_key from students where classroom_id = $1", classroom.0).fetch_all(db).await
}

/// How many are in a class, and how many of them have not come in yet.
pub async fn sizes(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) as "students!", count(*) filter (where added_at = last_seen_at) as "expected!"
           from students where classroom_id = $1"#,
        classroom.0,
    )
    .fetch_one(db)
    .await?;
    Ok((row.students, row.expected))
}
