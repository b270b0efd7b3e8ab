//! Everything a class works through, and where one student stands with it: two statements, whatever their number.

use super::{
    Kind,
    state::{Marks, Standing, State},
};
use crate::grading::Points;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, LessonId, MaterialId, ModuleId, StudentId};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// A module with its materials, in order.
#[derive(Clone, Debug)]
pub struct Module {
    pub id: ModuleId,
    pub title: String,
    /// False while its lesson is not released.
    pub open: bool,
    /// When it will be open; none where it is, or where nobody has said when.
    pub opens_at: Option<DateTime<Utc>>,
    /// Since when it has been open, where that was not always so.
    pub opened_at: Option<DateTime<Utc>>,
    pub items: Vec<Item>,
}

/// One material of an outline.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: MaterialId,
    pub kind: Kind,
    pub title: String,
    /// The lesson a link leads to.
    pub lesson: Option<LessonId>,
    pub due_at: Option<DateTime<Utc>>,
    /// Of the student who looks; of nobody, everything is to do.
    pub state: State,
    /// The grade, where one was returned.
    pub returned: Option<Mark>,
}

/// A grade in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// None where there is only a comment.
    pub points: Option<Points>,
    pub most: Points,
    pub excused: bool,
}

impl Item {
    /// Where a student goes from here: to the lesson itself, or to the page of the material.
    pub fn path(&self) -> String {
        self.lesson
            .map_or_else(|| format!("/student/materials/{}", self.id), |lesson| format!("/student/lessons/{lesson}"))
    }

    /// It is work for the student: what is only there to be read counts where it has a date.
    pub const fn is_open_work(&self) -> bool {
        self.state.asks() || (matches!(self.state, State::ToRead) && self.due_at.is_some())
    }
}

/// The modules of a class, without regard to any student.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId, now: DateTime<Utc>) -> sqlx::Result<Vec<Module>> {
    outline(db, classroom, &HashMap::new(), now).await
}

/// The modules of a class, and where a student stands with each material.
pub async fn of_student(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Module>> {
    let done = done(db, student).await?;
    outline(db, classroom, &done, now).await
}

async fn outline(
    db: &mut PgConnection,
    classroom: ClassroomId,
    done: &HashMap<Uuid, Done>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Module>> {
    let rows = sqlx::query!(
        r#"select u.id as "module: ModuleId", u.title as module_title,
                  coalesce(o.opens_at <= $2, true) as "open!",
                  case when isfinite(o.opens_at) then o.opens_at end as release,
                  m.id as "id?: MaterialId", m.kind as "kind?: Kind", m.title as "title?",
                  m.lesson_id as "lesson?: LessonId", m.due_at as "due_at?"
           from modules u
           left join materials m on m.module_id = u.id and m.deleted_at is null
           left join lesson_openings o on o.classroom_id = u.classroom_id and o.lesson_id = u.lesson_id
           where u.classroom_id = $1 and u.deleted_at is null
           order by u.position, u.id, m.position, m.id"#,
        classroom.0,
        now,
    )
    .fetch_all(db)
    .await?;
    let mut modules: Vec<Module> = Vec::new();
    for row in rows {
        if modules.last().is_none_or(|module| module.id != row.module) {
            let (opens_at, opened_at) = if row.open { (None, row.release) } else { (row.release, None) };
            let (id, title) = (row.module, row.module_title);
            modules.push(Module { id, title, open: row.open, opens_at, opened_at, items: Vec::new() });
        }
        let (Some(module), Some(id), Some(kind), Some(title)) = (modules.last_mut(), row.id, row.kind, row.title)
        else {
            continue;
        };
        let Done { marks, returned, .. } = done.get(&row.lesson.map_or(id.0, Uuid::from)).copied().unwrap_or_default();
        let (open, opens_at) = (module.open, module.opens_at);
        let standing = Standing { kind, to_lesson: row.lesson.is_some(), open, opens_at, marks };
        let state = State::of(&standing);
        // What is not open shows nothing but its title.
        let returned = returned.filter(|_| open);
        module.items.push(Item { id, kind, title, lesson: row.lesson, due_at: row.due_at, state, returned });
    }
    Ok(modules)
}

/// What a student did with one material or lesson.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    marks: Marks,
    returned: Option<Mark>,
    /// The newest work, and the work that was returned.
    handed_in_at: Option<DateTime<Utc>>,
    returned_work_at: Option<DateTime<Utc>>,
}

/// What a student did, by the id of the material or of the lesson.
async fn done(db: &mut PgConnection, student: StudentId) -> sqlx::Result<HashMap<Uuid, Done>> {
    let rows = sqlx::query!(
        r#"select material_id as "id!", 'answered' as "what!", handed_in_at as at, null::integer as "points: Points",
                  null::integer as "most: Points", false as "excused!"
           from responses where student_id = $1
           union all select material_id, 'draft', null, null, null, false from drafts where student_id = $1
           union all select material_id, 'submitted', max(submitted_at), null, null, false from submissions
                     where student_id = $1 and withdrawn_at is null group by material_id
           union all select lesson_id, 'finished', null, null, null, false from finished_lessons where student_id = $1
           union all select material_id, 'returned', work_at, points, most, excused from returned_grades
                     where student_id = $1"#,
        student.0,
    )
    .fetch_all(db)
    .await?;
    let mut all: HashMap<Uuid, Done> = HashMap::with_capacity(rows.len());
    for row in rows {
        let done = all.entry(row.id).or_default();
        match row.what.as_str() {
            "answered" => (done.marks.started, done.marks.handed_in) = (true, row.at.is_some()),
            "draft" => done.marks.draft = true,
            "submitted" => done.marks.submitted = true,
            "returned" => {
                done.returned = row.most.map(|most| Mark { points: row.points, most, excused: row.excused });
                done.returned_work_at = row.at;
            }
            _ => done.marks.finished = true,
        }
        if row.what != "returned" {
            done.handed_in_at = done.handed_in_at.max(row.at);
        }
    }
    for done in all.values_mut() {
        done.marks.returned = done.returned.is_some() && done.handed_in_at <= done.returned_work_at;
    }
    Ok(all)
}
