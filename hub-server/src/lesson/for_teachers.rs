//! What of a lesson is for its teachers: the sections that no student sees, and the panel of its front matter. Only
//! staff's pages ask for it.

use super::markdown::{self, Rendering};
use crate::{
    course::{edit::shelf::Shelves, publish, sheet::Sheet},
    t,
    web::{Lang, Words},
};
use shared_types::ids::{ClassroomId, CourseId, LessonId};
use sqlx::PgConnection;

/// Everything there is for teachers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForTeachers {
    /// Sanitised; its addresses are relative to the lesson's.
    pub html: String,
    pub purpose: String,
    /// Where students get stuck.
    pub snags: Vec<String>,
    pub assessment: Vec<String>,
    pub prep: Vec<String>,
}

impl ForTeachers {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The panel of some front matter; what is not in order is left out.
    fn panel(front_matter: &str) -> Self {
        let panel = Sheet::parse("lesson", front_matter, 0).and_then(|sheet| sheet.mapping("teacher_panel"));
        let Ok(Some(panel)) = panel else { return Self::default() };
        let texts = |field: &str| panel.texts(field).unwrap_or_default();
        Self {
            html: String::new(),
            purpose: texts("purpose").join(" "),
            snags: texts("snags"),
            assessment: texts("assessment"),
            prep: texts("prep"),
        }
    }
}

/// Of a lesson of a course the class has, as students read it now.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
) -> sqlx::Result<Option<ForTeachers>> {
    let row = sqlx::query!(
        r#"select l.course_id as "course: CourseId", coalesce(l.file, '') as "file!", c.language, v.title, v.source,
                  v.front_matter
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           where o.classroom_id = $1 and o.lesson_id = $2"#,
        classroom.0,
        lesson.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let shelves = Shelves::of(db, row.course).await?;
    let target = |destination: &str| {
        publish::target((lesson, &row.file), destination, |path| shelves.lesson(path), |path| shelves.file(path))
    };
    let words = Words(Lang::from_tag(&row.language).unwrap_or_default());
    let box_words = (t!(words, "lesson-box-open"), t!(words, "lesson-box-ticked"));
    let html = markdown::for_teachers(&row.source, &Rendering { title: &row.title, box_words, target: &target });
    Ok(Some(ForTeachers { html, ..ForTeachers::panel(&row.front_matter) }))
}

#[cfg(test)]
mod tests {
    use super::ForTeachers;

    #[test]
    fn a_panel_is_read_as_far_as_it_is_in_order() {
        let panel = ForTeachers::panel(
            "title: x\nteacher_panel:\n  purpose: They see it.\n  snags:\n    - Hurry.\n    - Noise.\n  prep: A torch.\n  assessment: {a: b}\n",
        );
        assert_eq!((panel.purpose.as_str(), panel.prep), ("They see it.", vec!["A torch.".to_owned()]));
        assert_eq!(panel.snags, ["Hurry.", "Noise."]);
        assert!(ForTeachers::panel("title: x").is_empty() && ForTeachers::panel("teacher_panel: [").is_empty());
    }
}
