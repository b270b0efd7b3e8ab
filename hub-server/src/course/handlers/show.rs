//! `GET /teach/courses/{course}`: its lessons, and the classes that work through it.

use crate::{
    app::App,
    course::{
        asked::ViewingCourse,
        life::{lesson_store, since},
        pages, store,
    },
    lesson::editor::drafts,
    ui::{frame::Frame, time::Now},
    web::PageResult,
};
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::ClassroomId;
use uuid::Uuid;

/// CameFrom which class somebody came to choose a course.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CameFrom {
    #[serde(default)]
    class: String,
}

impl CameFrom {
    /// The class, as far as it is an id; whether there is such a class, and for whom, is another question.
    pub fn class(&self) -> Option<ClassroomId> {
        self.class.parse().ok().map(|id: Uuid| ClassroomId(id))
    }
}

/// The form that gives the course to a class.
#[derive(Clone, Copy, Debug, Default)]
pub struct Giving {
    /// The class that is chosen already.
    pub chosen: Option<ClassroomId>,
    /// It was sent without a class.
    pub refused: bool,
}

/// Shows the course.
pub async fn show(
    State(app): State<App>,
    viewing: ViewingCourse,
    Query(from): Query<CameFrom>,
    frame: Frame,
) -> PageResult {
    page(&app, frame, viewing, Giving { chosen: from.class(), refused: false }).await
}

/// The page, with the form as it is.
pub(super) async fn page(app: &App, frame: Frame, viewing: ViewingCourse, giving: Giving) -> PageResult {
    let ViewingCourse { staff, course, role } = viewing;
    let mut db = app.db.acquire().await?;
    let lessons = store::lessons(&mut db, course.id).await?;
    let classes = store::classes(&mut db, &course).await?;
    let own = drafts::Of { course: course.id, lesson: None, staff: staff.id };
    let draft = if role.may_teach() { drafts::load(&mut db, own).await? } else { None };
    let draft = draft.map(|draft| draft.typed.fields.title);
    let now = Now { now: app.clock.now(), zone: app.config.time_zone };
    let has_deleted = !lesson_store::deleted(&mut db, course.id, since(now.now)).await?.is_empty();
    drop(db);
    let may_change = role.may_teach();
    let page = pages::Show { staff, may_change, course, lessons, draft, has_deleted, classes, giving, now };
    Ok(pages::show(frame, page).await)
}
