//! The student's home: what to do next, then this week, then everything.

mod page;
mod plan;

use crate::{
    app::App,
    material::outline,
    ui::frame::Frame,
    web::{JoinedStudent, PageResult},
};
use axum::extract::State;
use shared_types::ids::{ClassroomId, MaterialId, ModuleId, StudentId};

/// `GET /student`.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    frame: Frame,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let modules = outline::of_student(&mut db, classroom.id, student.id, now.now).await?;
    // Until every course puts modules into its classes.
    let modules =
        if modules.is_empty() { lessons_alone(&mut db, classroom.id, student.id, now.now).await? } else { modules };
    drop(db);
    Ok(page::home(frame, page::Home { student, classroom, modules, now }).await)
}

async fn lessons_alone(
    db: &mut sqlx::PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: chrono::DateTime<chrono::Utc>,
) -> sqlx::Result<Vec<outline::Module>> {
    use crate::{
        lesson::release::Opening,
        material::{Kind, state::State},
    };
    let lines = crate::lesson::store::outline(db, classroom, Some(student), now).await?;
    let courses = lines.chunk_by(|one, other| one.course == other.course).map(|lines| {
        let items = lines.iter().map(|line| outline::Item {
            id: MaterialId(line.id.0),
            kind: Kind::Link,
            title: line.title.clone(),
            lesson: Some(line.id),
            due_at: None,
            state: match line.opening {
                Opening::At(at) => State::Locked(Some(at)),
                Opening::Locked => State::Locked(None),
                Opening::Open if line.finished => State::Done,
                Opening::Open => State::ToDo,
            },
        });
        outline::Module {
            id: ModuleId(lines[0].course.0),
            title: lines[0].course_title.clone(),
            open: true,
            opens_at: None,
            opened_at: None,
            items: items.collect(),
        }
    });
    Ok(courses.collect())
}
