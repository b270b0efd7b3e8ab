//! Everything a class works through, and where one student stands with it: one statement, whatever their number.

use super::{
    Kind,
    state::{Marks, Standing, State},
};
use crate::grading::Points;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, LessonId, MaterialId, ModuleId, StudentId};
use sqlx::PgConnection;

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
    /// It is handed in or graded, and something else is typed since.
    pub typed_over: bool,
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
    pub returned_at: DateTime<Utc>,
}

impl Item {
    /// Where a student goes from here: to the lesson itself, or to the page of the material.
    pub fn path(&self) -> String {
        self.lesson
            .map_or_else(|| format!("/student/materials/{}", self.id), |lesson| format!("/student/lessons/{lesson}"))
    }

    /// It is work for the student: what is only there to be read counts where it has a date.
    pub const fn is_work(&self) -> bool {
        let is_reading = matches!(self.kind, Kind::Link | Kind::Text) && self.lesson.is_none();
        !is_reading || self.due_at.is_some()
    }

    /// It is work, and open to the student who has not done it.
    pub const fn is_open_work(&self) -> bool {
        self.is_work() && (self.state.asks() || matches!(self.state, State::ToRead))
    }
}

/// The modules of a class, without regard to any student.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId, now: DateTime<Utc>) -> sqlx::Result<Vec<Module>> {
    outline(db, classroom, None, None, now).await
}

/// The modules of a class, and where a student stands with each material.
pub async fn of_student(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Module>> {
    outline(db, classroom, Some(student), None, now).await
}

/// The modules of a class that go with a lesson, and where a student stands with each material.
pub async fn of_lesson(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Module>> {
    outline(db, classroom, Some(student), Some(lesson), now).await
}

async fn outline(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: Option<StudentId>,
    lesson: Option<LessonId>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Module>> {
    let rows = sqlx::query!(
        r#"with work as (
               select id, bool_or(what = 'response') as started,
                      bool_or(what = 'response' and at is not null) as handed_in, bool_or(what = 'draft') as draft,
                      bool_or(what = 'submission') as submitted, bool_or(what = 'end') as finished,
                      max(at) as at
               from (select material_id as id, 'response' as what, handed_in_at as at
                     from responses where student_id = $3
                     union all select material_id, 'draft', null from drafts where student_id = $3
                     union all select material_id, 'submission', submitted_at
                               from submissions where student_id = $3 and withdrawn_at is null
                     union all select lesson_id, 'end', null from finished_lessons where student_id = $3
                     union all select material_id, 'end', null from read_materials where student_id = $3) done
               group by id)
           select u.id as "module: ModuleId", u.title as module_title,
                  coalesce(o.opens_at <= $2, true) as "open!",
                  case when isfinite(o.opens_at) then o.opens_at end as release,
                  m.id as "id?: MaterialId", m.kind as "kind?: Kind", m.title as "title?",
                  m.lesson_id as "lesson?: LessonId", m.due_at as "due_at?",
                  coalesce(w.started, false) as "started!", coalesce(w.handed_in, false) as "handed_in!",
                  coalesce(w.draft, false) as "draft!", coalesce(w.submitted, false) as "submitted!",
                  coalesce(w.finished, false) as "finished!",
                  coalesce(w.at is null or w.at <= g.work_at, false) as "stands!",
                  g.points as "points?: Points", g.most as "most?: Points", g.excused as "excused?",
                  g.returned_at as "returned_at?"
           from modules u
           left join materials m on m.module_id = u.id and m.deleted_at is null
           left join lesson_openings o on o.classroom_id = u.classroom_id and o.lesson_id = u.lesson_id
           left join work w on w.id = coalesce(m.lesson_id, m.id)
           left join returned_grades g on g.student_id = $3 and g.material_id = m.id
           where u.classroom_id = $1 and u.deleted_at is null and ($4::uuid is null or u.lesson_id = $4)
           order by u.position, u.id, m.position, m.id"#,
        classroom.0,
        now,
        student.map(|student| student.0),
        lesson.map(|lesson| lesson.0),
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
        let mark = row.most.zip(row.returned_at).map(|(most, returned_at)| Mark {
            points: row.points,
            most,
            excused: row.excused.unwrap_or_default(),
            returned_at,
        });
        let marks = Marks {
            started: row.started,
            handed_in: row.handed_in,
            draft: row.draft,
            submitted: row.submitted,
            finished: row.finished,
            returned: mark.is_some() && row.stands,
        };
        let (open, opens_at) = (module.open, module.opens_at);
        let standing = Standing { kind, to_lesson: row.lesson.is_some(), open, opens_at, marks };
        let state = State::of(&standing);
        // What is not open shows nothing but its title.
        let (returned, typed_over) = (mark.filter(|_| open), state.is_typed_over(marks));
        let (lesson, due_at) = (row.lesson, row.due_at);
        module.items.push(Item { id, kind, title, lesson, due_at, state, typed_over, returned });
    }
    Ok(modules)
}
