//! What a course has on its shelves while a lesson is written: lessons and files by their path in the pack.

use crate::course::{
    file_kind::picture_size,
    links::Shelf,
    publish::Served,
    source::{meant_name, same_name},
};
use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Lessons and files of a course.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    lessons: HashMap<String, LessonId>,
    files: HashMap<String, OnShelf>,
}

#[derive(Clone, Debug)]
struct OnShelf {
    /// None where it is not served yet.
    digest: Option<String>,
    /// The first bytes: they tell the kind, and of a picture the size.
    head: Vec<u8>,
}

impl Shelves {
    /// Looks a course through; of its files only the first bytes are read.
    pub async fn of(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Self> {
        let lessons = sqlx::query!(
            r#"select id as "id: LessonId", file as "file!" from lessons
               where course_id = $1 and removed_at is null and file is not null"#,
            course.0,
        )
        .fetch_all(&mut *db)
        .await?;
        let files = sqlx::query!(
            r#"select p.path, p.served_digest, substring(coalesce(p.content, f.content) for 64) as "head!"
               from course_pack_files p
               left join course_files f on f.course_id = p.course_id and f.digest = p.served_digest and f.path = p.path
               where p.course_id = $1"#,
            course.0,
        )
        .fetch_all(db)
        .await?;
        let on_shelf = files.into_iter().map(|row| (row.path, OnShelf { digest: row.served_digest, head: row.head }));
        Ok(Self { lessons: lessons.into_iter().map(|row| (row.file, row.id)).collect(), files: on_shelf.collect() })
    }

    /// What lies at a path, and where exactly; see [`LookUp`](crate::course::links::LookUp).
    pub fn look_up(&self, path: &str, meant: bool) -> (Shelf, Option<String>) {
        let Some(stored) = self.stored(path) else {
            let meant = meant.then(|| meant_name(|| self.paths(), path)).flatten();
            return (Shelf::Missing, meant.map(str::to_owned));
        };
        let shelf = match self.files.get(stored) {
            Some(file) if !self.lessons.contains_key(stored) => Shelf::of(stored, &file.head),
            _ => Shelf::Lesson,
        };
        (shelf, Some(stored.to_owned()))
    }

    fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.lessons.keys().filter(|path| !self.files.contains_key(*path))).map(String::as_str)
    }

    /// The path as the pack has it, whatever form of Unicode its name came in.
    fn stored<'p>(&'p self, path: &'p str) -> Option<&'p str> {
        let there = self.files.contains_key(path) || self.lessons.contains_key(path);
        if there { Some(path) } else { same_name(self.paths(), path) }
    }

    /// The lesson at a path.
    pub fn lesson(&self, path: &str) -> Option<LessonId> {
        self.lessons.get(self.stored(path)?).copied()
    }

    /// A served file.
    pub fn file(&self, path: &str) -> Option<Served> {
        let path = self.stored(path)?;
        let file = self.files.get(path)?;
        Some(Served { path: path.to_owned(), digest: file.digest.clone()?, size: picture_size(&file.head) })
    }

    /// The digest of a served file.
    pub fn digest(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.digest.as_deref()
    }

    /// Those of `paths` that are not served yet.
    pub fn unserved_among(&self, paths: &[String]) -> Vec<String> {
        paths.iter().filter(|path| self.digest(path).is_none()).cloned().collect()
    }
}
