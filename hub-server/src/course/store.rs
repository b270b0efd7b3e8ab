//! The tables `courses`, `course_files`, `course_pack_files` and `classroom_courses`, and the writing side of a course's
//! lessons.

use super::{Pack, lesson::PackLesson, materials::PackMaterial, pack::PackFile, publish::Edition};
use crate::{lesson::markdown::Passage, organisation::Role};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId, LessonId, ModuleId, OrganisationId, StaffId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Adds a course or brings it up to date; the row stays locked, so that two imports come one after the other.
pub async fn put_course(
    tx: &mut PgConnection,
    id: CourseId,
    organisation: OrganisationId,
    pack: &Pack,
    now: DateTime<Utc>,
) -> sqlx::Result<CourseId> {
    sqlx::query_scalar!(
        r#"insert into courses (id, organisation_id, slug, title, summary, language, sheet, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
           on conflict (organisation_id, slug) do update
               set title = excluded.title, summary = excluded.summary, language = excluded.language,
                   sheet = excluded.sheet, updated_at = excluded.updated_at
           returning id as "id: CourseId""#,
        id.0,
        organisation.0,
        pack.slug,
        pack.title,
        pack.summary,
        pack.language,
        pack.sheet,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Keeps a file; the same content at the same path is kept once.
pub async fn add_file(
    tx: &mut PgConnection,
    course: CourseId,
    path: &str,
    file: &PackFile,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into course_files (course_id, digest, path, content_type, inline, content, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        course.0,
        file.digest,
        path,
        file.kind.content_type,
        file.kind.inline,
        file.content,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes the files of a pack in the place of those that were there. What was written here stays where its lesson keeps
/// it: `kept_edits` are the files of those lessons.
pub async fn replace_pack_files(
    tx: &mut PgConnection,
    course: CourseId,
    pack: &Pack,
    kept_edits: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from course_pack_files
         where course_id = $1 and not (path = any($2) or (edited and cardinality($2::text[]) > 0))",
        course.0,
        kept_edits,
    )
    .execute(&mut *tx)
    .await?;
    let paths: Vec<String> = pack.contents.paths().map(str::to_owned).collect();
    let served = |path: &String| pack.files.get(path).map(|file| file.digest.clone());
    let digests: Vec<Option<String>> = paths.iter().map(served).collect();
    let kept = |(path, content): (&String, &Vec<u8>)| (!pack.files.contains_key(path)).then(|| content.clone());
    let contents: Vec<Option<Vec<u8>>> = pack.contents.all().map(kept).collect();
    sqlx::query!(
        "insert into course_pack_files as p (course_id, path, content, served_digest)
         select $1, path, content, digest from unnest($2::text[], $3::bytea[], $4::text[]) as file (path, content, digest)
         on conflict (course_id, path) do update
             set content = excluded.content, served_digest = excluded.served_digest, edited = false
             where p.path <> all($5)",
        course.0,
        &paths,
        &contents as &[Option<Vec<u8>>],
        &digests as &[Option<String>],
        kept_edits,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A lesson as it stands before an import.
#[derive(Clone, Debug)]
pub struct StandingLesson {
    pub id: LessonId,
    pub slug: String,
    pub title: String,
    pub version: i32,
    /// Of the current version.
    pub digest: String,
    /// Of the last import.
    pub imported_digest: Option<String>,
    pub removed: bool,
}

/// Every lesson of a course, removed ones too.
pub async fn standing_lessons(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<StandingLesson>> {
    sqlx::query_as!(
        StandingLesson,
        r#"select l.id as "id: LessonId", l.slug, v.title, l.version, v.digest, l.imported_digest,
                  l.removed_at is not null as "removed!"
           from lessons l join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1
           order by l.position"#,
        course.0,
    )
    .fetch_all(tx)
    .await
}

/// Where a lesson stands in its course, and since when it is open.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub course: CourseId,
    pub position: i32,
    pub version: i32,
    pub opens_at: Option<DateTime<Utc>>,
    /// By an import; what it brought is remembered.
    pub imported: bool,
}

/// Adds a lesson or moves it to its place.
pub async fn put_lesson(
    tx: &mut PgConnection,
    id: LessonId,
    lesson: &PackLesson,
    standing: &Standing,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lessons as l (id, course_id, slug, position, session, version, file, imported_digest, opens_at,
             created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (id) do update
             set position = excluded.position, session = excluded.session, version = excluded.version,
                 file = excluded.file, imported_digest = coalesce(excluded.imported_digest, l.imported_digest),
                 opens_at = excluded.opens_at, removed_at = null",
        id.0,
        standing.course.0,
        lesson.slug,
        standing.position,
        lesson.session,
        standing.version,
        lesson.file,
        standing.imported.then_some(lesson.digest.as_str()),
        standing.opens_at,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Publishes a version.
pub async fn add_version(
    tx: &mut PgConnection,
    id: LessonId,
    version: i32,
    lesson: &PackLesson,
    edition: &Edition,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let Edition { rendered, videos } = edition;
    sqlx::query!(
        "insert into lesson_versions (lesson_id, version, title, introduction, html, contents, makes, needs,
             done_looks_like, quick_fixes, extend, duration_minutes, allowed_topics, sheet, source, digest,
             published_at, front_matter, videos, materials)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        id.0,
        version,
        lesson.title,
        rendered.introduction,
        rendered.html,
        Json(&rendered.contents) as _,
        lesson.makes,
        &lesson.needs,
        &lesson.done_looks_like,
        &lesson.quick_fixes,
        &lesson.extend,
        lesson.duration_minutes,
        &lesson.allowed_topics,
        lesson.sheet,
        lesson.body,
        lesson.digest,
        now,
        lesson.front_matter,
        Json(videos) as _,
        Json(&lesson.materials) as _,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Adds the passages of a version.
pub async fn add_passages(
    tx: &mut PgConnection,
    lesson: LessonId,
    version: i32,
    passages: &[Passage],
    language: &str,
) -> sqlx::Result<()> {
    let column = |of: fn(&Passage) -> &String| passages.iter().map(|passage| of(passage).clone()).collect::<Vec<_>>();
    sqlx::query!(
        "insert into lesson_passages (lesson_id, version, position, anchor, heading, body, language)
         select $1, $2, position, anchor, heading, body, $6
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as passage (anchor, heading, body, position)",
        lesson.0,
        version,
        &column(|passage| &passage.anchor),
        &column(|passage| &passage.heading),
        &column(|passage| &passage.body),
        language,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes lessons that are no longer in the course out of it; what students did in them stays.
pub async fn remove_lessons_but(
    tx: &mut PgConnection,
    course: CourseId,
    kept: &[Uuid],
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let removed = sqlx::query!(
        "update lessons set removed_at = $3 where course_id = $1 and removed_at is null and id <> all($2)",
        course.0,
        kept,
        now,
    )
    .execute(tx)
    .await?;
    Ok(removed.rows_affected())
}

/// Gives a course to a class, after those it has.
pub async fn assign(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into classroom_courses (classroom_id, course_id, position, assigned_at)
         select $1, $2, coalesce(max(position), 0) + 1, $3 from classroom_courses where classroom_id = $1
         on conflict do nothing",
        classroom.0,
        course.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a class every course that another class of its organisation has, in the same order.
pub async fn copy_to_class(
    tx: &mut PgConnection,
    from: ClassroomId,
    to: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into classroom_courses (classroom_id, course_id, position, assigned_at)
         select $2, course_id, position, $3 from classroom_courses where classroom_id = $1",
        from.0,
        to.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a course away from a class; false where it did not have it.
pub async fn take_away(tx: &mut PgConnection, classroom: ClassroomId, course: CourseId) -> sqlx::Result<bool> {
    let taken =
        sqlx::query!("delete from classroom_courses where classroom_id = $1 and course_id = $2", classroom.0, course.0)
            .execute(tx)
            .await?;
    Ok(taken.rows_affected() == 1)
}

/// The classes that have a course.
pub async fn classes_with(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<ClassroomId>> {
    sqlx::query_scalar!(
        r#"select classroom_id as "id: ClassroomId" from classroom_courses where course_id = $1 order by classroom_id"#,
        course.0,
    )
    .fetch_all(tx)
    .await
}

/// What a lesson puts into a class.
#[derive(Clone, Debug)]
pub struct LessonForClass {
    pub id: LessonId,
    pub title: String,
    /// Of the module, within the class.
    pub position: i32,
    pub materials: Json<Vec<PackMaterial>>,
}

/// The lessons of a course that a class has, in order.
pub async fn lessons_for_class(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
) -> sqlx::Result<Vec<LessonForClass>> {
    sqlx::query_as!(
        LessonForClass,
        r#"select l.id as "id: LessonId", v.title, g.position * 1000 + l.position as "position!",
                  v.materials as "materials: Json<Vec<PackMaterial>>"
           from classroom_courses g
           join lessons l on l.course_id = g.course_id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where g.classroom_id = $1 and g.course_id = $2
           order by l.position"#,
        classroom.0,
        course.0,
    )
    .fetch_all(tx)
    .await
}

/// The modules of a class that came with lessons of the course which the class no longer has.
pub async fn modules_left_over(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
) -> sqlx::Result<Vec<ModuleId>> {
    sqlx::query_scalar!(
        r#"select u.id as "id: ModuleId"
           from modules u join lessons l on l.id = u.lesson_id
           where u.classroom_id = $1 and l.course_id = $2 and u.deleted_at is null
             and not exists (select from lesson_openings o
                             where o.classroom_id = u.classroom_id and o.lesson_id = u.lesson_id)"#,
        classroom.0,
        course.0,
    )
    .fetch_all(tx)
    .await
}

/// Every file of a course as it is exported, by path.
pub async fn pack_files(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<(String, Vec<u8>)>> {
    let rows = sqlx::query!(
        r#"select p.path, coalesce(p.content, f.content) as "content!"
           from course_pack_files p
           left join course_files f on f.course_id = p.course_id and f.digest = p.served_digest and f.path = p.path
           where p.course_id = $1
           order by p.path"#,
        course.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.path, row.content)).collect())
}

/// A course, as the pages around it need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub id: CourseId,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// BCP 47 tag.
    pub language: String,
    pub updated_at: DateTime<Utc>,
}

impl Course {
    /// Its page.
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// Where a lesson of it is written; without one, a new lesson.
    pub fn editor_path(&self, lesson: Option<LessonId>) -> String {
        match lesson {
            Some(lesson) => format!("{}/lessons/{lesson}/edit", self.path()),
            None => format!("{}/lessons/new", self.path()),
        }
    }

    /// The versions of a lesson of it.
    pub fn history_path(&self, lesson: LessonId) -> String {
        format!("{}/lessons/{lesson}/history", self.path())
    }
}

/// The page of a course.
pub fn path(course: CourseId) -> String {
    format!("/teach/courses/{course}")
}

/// A course of an organisation somebody belongs to, and what they may do there.
pub async fn of_staff(db: &mut PgConnection, staff: StaffId, course: CourseId) -> sqlx::Result<Option<(Course, Role)>> {
    let found = of_staff_or_deleted(db, staff, course, None).await?;
    Ok(found.map(|(course, role, _)| (course, role)))
}

/// A course of an organisation somebody belongs to, which may be one that was deleted `since`; what they may do there, and
/// whether it is deleted.
pub async fn of_staff_or_deleted(
    db: &mut PgConnection,
    staff: StaffId,
    course: CourseId,
    since: Option<DateTime<Utc>>,
) -> sqlx::Result<Option<(Course, Role, bool)>> {
    let row = sqlx::query!(
        r#"select c.id as "id: CourseId", c.organisation_id as "organisation: OrganisationId", o.name, c.slug, c.title,
                  c.summary, c.language, c.updated_at, m.role as "role: Role", c.deleted_at is not null as "deleted!"
           from courses c
           join organisations o on o.id = c.organisation_id
           join memberships m on m.organisation_id = c.organisation_id and m.staff_id = $1
           where c.id = $2 and (c.deleted_at is null or c.deleted_at >= $3)"#,
        staff.0,
        course.0,
        since,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let course = Course {
            id: row.id,
            organisation: row.organisation,
            organisation_name: row.name,
            slug: row.slug,
            title: row.title,
            summary: row.summary,
            language: row.language,
            updated_at: row.updated_at,
        };
        (course, row.role, row.deleted)
    }))
}

/// A course as the list of them shows it.
#[derive(Clone, Debug)]
pub struct ListedCourse {
    pub id: CourseId,
    pub organisation: String,
    pub title: String,
    /// BCP 47 tag.
    pub language: String,
    pub lessons: i64,
    pub classes: i64,
}

/// The courses of every organisation a staff member belongs to, by title.
pub async fn all_of_staff(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Vec<ListedCourse>> {
    sqlx::query_as!(
        ListedCourse,
        r#"select c.id as "id: CourseId", o.name as organisation, c.title, c.language,
                  (select count(*) from lessons l where l.course_id = c.id and l.removed_at is null) as "lessons!",
                  (select count(*) from classroom_courses g where g.course_id = c.id) as "classes!"
           from memberships m
           join organisations o on o.id = m.organisation_id
           join courses c on c.organisation_id = o.id
           where m.staff_id = $1 and c.deleted_at is null
           order by c.title, c.id"#,
        staff.0,
    )
    .fetch_all(db)
    .await
}

/// A lesson as the page of its course lists it.
#[derive(Clone, Debug)]
pub struct ListedLesson {
    pub id: LessonId,
    pub title: String,
    pub makes: String,
    pub duration_minutes: Option<i32>,
    pub version: i32,
    pub opens_at: Option<DateTime<Utc>>,
}

/// The lessons of a course in order.
pub async fn lessons(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<ListedLesson>> {
    sqlx::query_as!(
        ListedLesson,
        r#"select l.id as "id: LessonId", v.title, v.makes, v.duration_minutes, l.version, l.opens_at
           from lessons l join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1 and l.removed_at is null
           order by l.position"#,
        course.0,
    )
    .fetch_all(db)
    .await
}

/// A class of a course's organisation.
#[derive(Clone, Debug)]
pub struct ClassOfCourse {
    pub id: ClassroomId,
    pub name: String,
    /// Works through the course.
    pub has_it: bool,
}

/// Every class of the course's organisation that is not archived, by name.
pub async fn classes(db: &mut PgConnection, course: &Course) -> sqlx::Result<Vec<ClassOfCourse>> {
    sqlx::query_as!(
        ClassOfCourse,
        r#"select c.id as "id: ClassroomId", c.name, g.course_id is not null as "has_it!"
           from classrooms c left join classroom_courses g on g.classroom_id = c.id and g.course_id = $2
           where c.organisation_id = $1 and c.archived_at is null
           order by c.name, c.id"#,
        course.organisation.0,
        course.id.0,
    )
    .fetch_all(db)
    .await
}

/// A course of an organisation by its slug, a deleted one too.
pub async fn by_slug(
    db: &mut PgConnection,
    organisation: OrganisationId,
    slug: &str,
) -> sqlx::Result<Option<CourseId>> {
    sqlx::query_scalar!(
        r#"select id as "id: CourseId" from courses where organisation_id = $1 and slug = $2"#,
        organisation.0,
        slug,
    )
    .fetch_optional(db)
    .await
}

/// Every organisation of that name, or the one of that id.
pub async fn organisations_called(db: &mut PgConnection, name: &str) -> sqlx::Result<Vec<OrganisationId>> {
    sqlx::query_scalar!(
        r#"select id as "id: OrganisationId" from organisations where id::text = lower($1) or name = $1 limit 2"#,
        name,
    )
    .fetch_all(db)
    .await
}

/// A class of an organisation by its code, without the dash.
pub async fn class_with_code(
    db: &mut PgConnection,
    organisation: OrganisationId,
    code: &str,
) -> sqlx::Result<Option<(ClassroomId, String)>> {
    let row = sqlx::query!(
        r#"select id as "id: ClassroomId", name from classrooms where organisation_id = $1 and code = $2"#,
        organisation.0,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}
