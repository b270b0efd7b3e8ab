//! The data sets that figures are measured on, written straight into a running system's database. Each is a class of its
//! own, so that sets can lie beside each other and beside what a test is doing.

use anyhow::Context;
use sqlx::PgPool;
use uuid::Uuid;

/// How large a set is; both have the same 72 materials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// 30 students, 240 submissions of 1 KiB.
    A,
    /// 200 students, 5,000 submissions.
    B,
}

/// A class with its work, and one of its students signed in.
#[derive(Debug, Clone)]
pub struct Workload {
    pub classroom: Uuid,
    pub student: Uuid,
    /// The value of the student's session cookie.
    pub token: String,
    /// A lesson of the class's course, with the chat beside it.
    pub lesson: Uuid,
}

impl Set {
    const fn students(self) -> i32 {
        match self {
            Self::A => 30,
            Self::B => 200,
        }
    }

    /// Upload materials that everybody handed something in for.
    const fn uploads(self) -> i32 {
        match self {
            Self::A => 6,
            Self::B => 12,
        }
    }

    /// Students who put something into each gallery.
    const fn in_galleries(self) -> i32 {
        match self {
            Self::A => 5,
            Self::B => 200,
        }
    }

    /// Modules whose checklists, reflections and rubrics everybody answered.
    const fn answered_modules(self) -> i32 {
        match self {
            Self::A => 6,
            Self::B => 12,
        }
    }
}

/// Writes a set into the organisation of the class with this code, whose courses it takes over.
pub async fn write(db: &PgPool, class_code: &str, set: Set) -> anyhow::Result<Workload> {
    let classroom = write_without_students(db, class_code, &format!("Set {set:?}")).await?;
    students(db, classroom, set).await.context("students")?;
    responses(db, classroom, set).await.context("answers")?;
    submissions(db, classroom, set).await.context("submissions")?;
    sqlx::raw_sql("analyze").execute(db).await?;
    let student = sqlx::query_scalar("select id from hub.students where classroom_id = $1 order by name_key limit 1");
    let student: Uuid = student.bind(classroom).fetch_one(db).await?;
    let token = session(db, student).await?;
    let lesson = sqlx::query_scalar(
        "select l.id from hub.lessons l join hub.classroom_courses g using (course_id)
         where g.classroom_id = $1 and l.removed_at is null order by l.position limit 1",
    );
    let lesson = lesson.bind(classroom).fetch_one(db).await.context("a lesson in the demonstration's course")?;
    Ok(Workload { classroom, student, token, lesson })
}

/// Writes a class with the 72 materials and nobody in it: set J.
pub async fn write_without_students(db: &PgPool, class_code: &str, name: &str) -> anyhow::Result<Uuid> {
    let classroom = class(db, class_code, name).await.context("a class beside the demonstration's")?;
    modules(db, classroom).await.context("modules and materials")?;
    Ok(classroom)
}

async fn class(db: &PgPool, class_code: &str, name: &str) -> sqlx::Result<Uuid> {
    let id: Uuid = sqlx::query_scalar(
        "insert into hub.classrooms (id, organisation_id, name, code, created_at)
         select gen_random_uuid(), organisation_id, $2,
                (select string_agg(substr('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 1 + floor(random() * 32)::int, 1), '')
                 from generate_series(1, 8)), now()
         from hub.classrooms where code = replace($1, '-', '') returning id",
    )
    .bind(class_code)
    .bind(name)
    .fetch_one(db)
    .await?;
    sqlx::query(
        "insert into hub.classroom_courses (classroom_id, course_id, position, assigned_at)
         select $1, g.course_id, g.position, now()
         from hub.classroom_courses g join hub.classrooms c on c.id = g.classroom_id where c.code = replace($2, '-', '')",
    )
    .bind(id)
    .bind(class_code)
    .execute(db)
    .await?;
    Ok(id)
}

/// Twelve modules of six: link, text, upload, gallery, checklist, and a reflection in the first half, a rubric in the
/// second. As many of them belong to a lesson as the courses have lessons.
async fn modules(db: &PgPool, classroom: Uuid) -> sqlx::Result<()> {
    sqlx::query(
        "insert into hub.modules (id, classroom_id, title, position, lesson_id, created_at)
         select gen_random_uuid(), $1, 'Module ' || n, n, lesson.id, now()
         from generate_series(1, 12) n
         left join (select l.id, row_number() over (order by g.position, l.position) as number
                    from hub.classroom_courses g
                    join hub.lessons l on l.course_id = g.course_id and l.removed_at is null
                    where g.classroom_id = $1) lesson on lesson.number = n",
    )
    .bind(classroom)
    .execute(db)
    .await?;
    sqlx::query(
        r#"insert into hub.materials (id, module_id, kind, title, position, settings, lesson_id, due_at, created_at, updated_at)
           select gen_random_uuid(), u.id, kind, initcap(kind) || ' of module ' || u.position, place,
                  jsonb_build_object('kind', kind) || case kind
                      when 'link' then jsonb_build_object('url',
                          case when u.lesson_id is null then 'https://example.org/' || u.position end)
                      when 'text' then text
                      when 'reflection' then text
                      when 'checklist' then text || jsonb_build_object('items', items)
                      when 'rubric' then text || jsonb_build_object('criteria', criteria)
                      else text || '{"accepted": [], "max_bytes": 20000000, "naming": null}' end,
                  case when kind = 'link' then u.lesson_id end,
                  case when place = 5 then now() + (u.position - 6) * interval '7 days' end, now(), now()
           from hub.modules u,
                lateral unnest(array['link', 'text', 'upload', 'gallery', 'checklist',
                    case when u.position <= 6 then 'reflection' else 'rubric' end]) with ordinality as k (kind, place),
                lateral (select jsonb_build_object('source', 'What to do', 'html', '<p>What to do</p>') as text) t,
                lateral (select jsonb_agg(jsonb_build_object('id', 'i' || i, 'text', 'Point ' || i)) as items
                         from generate_series(1, 5) i) i,
                lateral (select jsonb_agg(jsonb_build_object('id', 'c' || c, 'title', 'Criterion ' || c, 'levels',
                             (select jsonb_agg(jsonb_build_object('title', 'Level ' || l, 'description', 'It is so.',
                                 'points', l)) from generate_series(0, 3) l))) as criteria
                         from generate_series(1, 4) c) c
           where u.classroom_id = $1"#,
    )
    .bind(classroom)
    .execute(db)
    .await
    .map(drop)
}

async fn students(db: &PgPool, classroom: Uuid, set: Set) -> sqlx::Result<()> {
    sqlx::query(
        "insert into hub.students
             (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         select gen_random_uuid(), $1, 'Student ' || n, 'student ' || lpad(n::text, 4, '0'), '', now(), now()
         from generate_series(1, $2) n",
    )
    .bind(classroom)
    .bind(set.students())
    .execute(db)
    .await
    .map(drop)
}

async fn responses(db: &PgPool, classroom: Uuid, set: Set) -> sqlx::Result<()> {
    sqlx::query(
        r#"insert into hub.responses (material_id, student_id, answer, saved_at, handed_in_at)
           select m.id, s.id, jsonb_build_object('kind', m.kind) || case m.kind
                      when 'checklist' then '{"ticked": ["i1", "i2", "i3", "i4", "i5"]}'::jsonb
                      when 'reflection' then jsonb_build_object('text', repeat('What I saw and what I thought. ', 12))
                      else (select jsonb_build_object('choices', jsonb_object_agg('c' || c,
                                jsonb_build_object('level', 2, 'why', 'Because it is so.')))
                            from generate_series(1, 4) c) end, at, at
           from hub.modules u
           join hub.materials m on m.module_id = u.id and m.kind in ('checklist', 'reflection', 'rubric')
           cross join hub.students s
           cross join lateral (select now() - random() * interval '60 days' as at) t
           where u.classroom_id = $1 and s.classroom_id = $1 and u.position <= $2"#,
    )
    .bind(classroom)
    .bind(set.answered_modules())
    .execute(db)
    .await
    .map(drop)
}

/// Rows only: their files are not in the storage.
async fn submissions(db: &PgPool, classroom: Uuid, set: Set) -> sqlx::Result<()> {
    sqlx::query(
        "with handed_in as (
             select gen_random_uuid() as file, m.id as material, s.id as student, m.kind, version, s.number,
                    now() - random() * interval '60 days' as at,
                    case when u.position = 1 and m.kind = 'upload' and $5 then 102400 else 1024 end as bytes
             from hub.modules u
             join hub.materials m on m.module_id = u.id and m.kind in ('upload', 'gallery')
             cross join (select id, row_number() over (order by name_key) as number
                         from hub.students where classroom_id = $1) s
             cross join lateral generate_series(1, case when u.position = 2 and m.kind = 'upload' and $5 then 2 else 1 end)
                 version
             where u.classroom_id = $1
               and case m.kind when 'upload' then u.position <= $2 else s.number <= $3 end),
         files as (
             insert into hub.stored_files (id, bytes, sha256, content_type, stored_at)
             select file, bytes, sha256(file::text::bytea), 'text/plain', at from handed_in)
         insert into hub.submissions
             (id, material_id, student_id, version, file_id, file_name, submitted_at, shared_at)
         select gen_random_uuid(), material, student, version, file, 'work.txt', at,
                case when kind = 'gallery' and number <= $4 then at end
         from handed_in",
    )
    .bind(classroom)
    .bind(set.uploads())
    .bind(set.in_galleries())
    .bind(if set == Set::A { 5 } else { 20 })
    .bind(set == Set::B)
    .execute(db)
    .await
    .map(drop)
}

impl Workload {
    /// Takes the class away again, with all its work.
    pub async fn remove(&self, db: &PgPool) -> sqlx::Result<()> {
        remove_class(db, self.classroom).await
    }
}

/// Takes a class away, and what is written of files that never were in the storage.
pub async fn remove_class(db: &PgPool, classroom: Uuid) -> sqlx::Result<()> {
    let files: Vec<Uuid> = sqlx::query_scalar(
        "select s.file_id from hub.submissions s join hub.students p on p.id = s.student_id where p.classroom_id = $1",
    )
    .bind(classroom)
    .fetch_all(db)
    .await?;
    sqlx::query("delete from hub.classrooms where id = $1").bind(classroom).execute(db).await?;
    sqlx::query("delete from hub.stored_files where id = any($1)").bind(files).execute(db).await.map(drop)
}

/// Signs a student in.
pub async fn session(db: &PgPool, student: Uuid) -> sqlx::Result<String> {
    let token = server_kit::entropy::Entropy::system().token();
    sqlx::query(
        "insert into hub.sessions (id, token_hash, student_id, created_at, last_seen_at, expires_at)
         values (gen_random_uuid(), sha256($1::bytea), $2, now(), now(), now() + interval '1 day')",
    )
    .bind(token.as_bytes())
    .bind(student)
    .execute(db)
    .await?;
    Ok(token)
}

/// Signs a teacher in, second factor shown.
pub async fn staff_session(db: &PgPool, email: &str) -> sqlx::Result<String> {
    let token = server_kit::entropy::Entropy::system().token();
    sqlx::query(
        "insert into hub.sessions
             (id, token_hash, staff_id, second_factor_at, created_at, last_seen_at, expires_at)
         select gen_random_uuid(), sha256($1::bytea), id, now(), now(), now(), now() + interval '1 day'
         from hub.staff where email = $2",
    )
    .bind(token.as_bytes())
    .bind(email)
    .execute(db)
    .await?;
    Ok(token)
}
