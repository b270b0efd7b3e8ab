//! What is in an archive: the manifest, and which columns of which tables travel.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the manifest calls itself.
pub const FORMAT: &str = "class-hub-class";
/// Raised when an older hub would misread what a newer one writes.
pub const VERSION: u32 = 1;
/// The first entry of the zip.
pub const MANIFEST: &str = "manifest.json";

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub version: u32,
    pub made_at: chrono::DateTime<chrono::Utc>,
    /// Students and their work are in it.
    pub people: bool,
    pub name: String,
    pub accent: i16,
    pub enrolment: String,
    /// In the class's order.
    pub courses: Vec<CourseSheet>,
    /// The lessons that rows speak of, by the id they have there.
    pub lessons: BTreeMap<Uuid, LessonSheet>,
    /// Every other entry.
    pub files: BTreeMap<String, FileSheet>,
}

/// A course; its pack is `courses/{slug}.zip`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseSheet {
    pub slug: String,
    pub title: String,
}

/// A lesson as packs name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LessonSheet {
    pub course: String,
    pub lesson: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSheet {
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The pack of a course.
pub fn course_path(slug: &str) -> String {
    format!("courses/{slug}.zip")
}

/// The rows of a table.
pub fn table_path(table: &str) -> String {
    format!("tables/{table}.json")
}

/// A file that was handed in.
pub fn file_path(id: Uuid) -> String {
    format!("files/{id}")
}

/// What a column with an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Names {
    /// The row itself, which gets a new id.
    Itself,
    Module,
    Material,
    Student,
    /// A lesson of one of the class's courses.
    Lesson,
    /// A file in the archive.
    File,
}

/// A table whose rows travel.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// Only where people's work comes along.
    pub people: bool,
    /// What others call its rows; none where nothing names them.
    pub is: Option<Names>,
    /// Which rows `t` are the class's, which is `$1`.
    pub of_class: &'static str,
    pub columns: &'static [&'static str],
    pub ids: &'static [(&'static str, Names)],
    /// The column with the class's id.
    pub has_class: bool,
}

const LIVE_MATERIALS: &str = "t.material_id in (select m.id from materials m join modules u on u.id = m.module_id
     where u.classroom_id = $1 and u.deleted_at is null and m.deleted_at is null)";
const WORK: &str = "t.student_id in (select id from students where classroom_id = $1)
     and t.material_id in (select m.id from materials m join modules u on u.id = m.module_id
     where u.classroom_id = $1 and u.deleted_at is null and m.deleted_at is null)";
const OF_WORK: &[(&str, Names)] = &[("material_id", Names::Material), ("student_id", Names::Student)];

/// All of them, in the order in which they are written: a row comes after those it names. `grades` come before the work
/// they are about: see the triggers on `submissions` and `responses`.
pub const TABLES: &[Table] = &[
    Table {
        name: "modules",
        people: false,
        is: Some(Names::Module),
        of_class: "t.classroom_id = $1 and t.deleted_at is null",
        columns: &["id", "title", "position", "lesson_id", "brought_title", "brought_position", "created_at"],
        ids: &[("id", Names::Itself), ("lesson_id", Names::Lesson)],
        has_class: true,
    },
    Table {
        name: "materials",
        people: false,
        is: Some(Names::Material),
        of_class: "t.deleted_at is null
             and t.module_id in (select id from modules where classroom_id = $1 and deleted_at is null)",
        columns: &[
            "id",
            "module_id",
            "kind",
            "title",
            "position",
            "settings",
            "lesson_id",
            "due_at",
            "origin",
            "brought_position",
            "created_at",
            "updated_at",
        ],
        ids: &[("id", Names::Itself), ("module_id", Names::Module), ("lesson_id", Names::Lesson)],
        has_class: false,
    },
    Table {
        name: "grading_schemes",
        people: false,
        is: None,
        of_class: LIVE_MATERIALS,
        columns: &["material_id", "most", "rubric", "counts", "late", "late_percent", "resubmission", "updated_at"],
        ids: &[("material_id", Names::Material)],
        has_class: false,
    },
    Table {
        name: "lesson_releases",
        people: false,
        is: None,
        of_class: "t.classroom_id = $1",
        columns: &["lesson_id", "state", "opens_at", "changed_at"],
        ids: &[("lesson_id", Names::Lesson)],
        has_class: true,
    },
    Table {
        name: "announcements",
        people: false,
        is: None,
        of_class: "t.classroom_id = $1 and t.deleted_at is null",
        columns: &["id", "source", "html", "published_at", "changed_at", "ends_at"],
        ids: &[("id", Names::Itself)],
        has_class: true,
    },
    Table {
        name: "outcomes",
        people: false,
        is: None,
        of_class: "t.classroom_id = $1",
        columns: &[
            "lessons_percent",
            "work_percent",
            "grade_percent",
            "title",
            "statement",
            "signatory",
            "language",
            "changed_at",
        ],
        ids: &[],
        has_class: true,
    },
    Table {
        name: "helper_class_rules",
        people: false,
        is: None,
        of_class: "t.classroom_id = $1",
        columns: &[
            "enabled",
            "strictness",
            "scope_mode",
            "topic_filter",
            "max_rung",
            "allowed_topics",
            "opens_minute",
            "closes_minute",
            "days",
            "per_minute",
            "per_day",
            "class_per_day",
            "changed_at",
        ],
        ids: &[],
        has_class: true,
    },
    Table {
        name: "helper_lesson_rules",
        people: false,
        is: None,
        of_class: "t.classroom_id = $1",
        columns: &["lesson_id", "enabled", "max_rung", "answers", "changed_at"],
        ids: &[("lesson_id", Names::Lesson)],
        has_class: true,
    },
    Table {
        name: "students",
        people: true,
        is: Some(Names::Student),
        of_class: "t.classroom_id = $1",
        columns: &["id", "display_name", "joined_at", "last_seen_at", "added_at"],
        ids: &[("id", Names::Itself)],
        has_class: true,
    },
    Table {
        name: "grades",
        people: true,
        is: None,
        of_class: WORK,
        columns: &[
            "material_id",
            "student_id",
            "handed_in_at",
            "version",
            "points",
            "points_typed",
            "levels",
            "comment",
            "private_note",
            "excused",
            "late_waived",
            "complete",
            "graded_work_at",
            "graded_at",
            "returned_version",
        ],
        ids: OF_WORK,
        has_class: false,
    },
    Table {
        name: "submissions",
        people: true,
        is: None,
        of_class: WORK,
        columns: &[
            "id",
            "material_id",
            "student_id",
            "version",
            "file_id",
            "file_name",
            "note",
            "submitted_at",
            "withdrawn_at",
            "shared_at",
        ],
        ids: &[
            ("id", Names::Itself),
            ("material_id", Names::Material),
            ("student_id", Names::Student),
            ("file_id", Names::File),
        ],
        has_class: false,
    },
    Table {
        name: "responses",
        people: true,
        is: None,
        of_class: WORK,
        columns: &["material_id", "student_id", "answer", "revision", "saved_at", "handed_in_at"],
        ids: OF_WORK,
        has_class: false,
    },
    Table {
        name: "drafts",
        people: true,
        is: None,
        of_class: WORK,
        columns: &["material_id", "student_id", "text", "revision", "saved_at"],
        ids: OF_WORK,
        has_class: false,
    },
    Table {
        name: "finished_lessons",
        people: true,
        is: None,
        of_class: "t.student_id in (select id from students where classroom_id = $1)",
        columns: &["student_id", "lesson_id", "finished_at"],
        ids: &[("student_id", Names::Student), ("lesson_id", Names::Lesson)],
        has_class: false,
    },
    Table {
        name: "read_materials",
        people: true,
        is: None,
        of_class: WORK,
        columns: &["material_id", "student_id", "read_at"],
        ids: OF_WORK,
        has_class: false,
    },
    Table {
        name: "returned_grades",
        people: true,
        is: None,
        of_class: WORK,
        columns: &[
            "material_id",
            "student_id",
            "version",
            "points",
            "most",
            "deducted",
            "rubric",
            "levels",
            "comment",
            "excused",
            "late",
            "work_at",
            "returned_at",
        ],
        ids: OF_WORK,
        has_class: false,
    },
];
