//! Handing in files: uploads, which the student and the teachers of the class see, and galleries, whose pictures a
//! student may show to the class.

pub mod check;
pub mod export;
pub mod file;
mod form;
mod hand_in;
pub mod pages;
mod picture;
mod restoration;
mod sharing;
mod shown;
pub mod store;
mod takedown;
mod withdrawal;
pub mod words;

pub use check::{Checks, FileKind, Refusal};
pub use file::{
    of_student as student_file, of_student_thumbnail as student_thumbnail, of_teacher as teacher_file,
    of_teacher_thumbnail as teacher_thumbnail,
};
pub use hand_in::hand_in;
pub use picture::show as student_picture;
pub use restoration::restore;
pub use sharing::set_sharing;
pub use shown::show as shown_work;
pub use takedown::take_down;
pub use withdrawal::withdraw;

use crate::{
    app::App,
    classroom::{Classroom, Student},
    grading::returned,
    material::{Material, Settings, kind::Handing, pages::Around},
    ui::frame::Frame,
    web::{Error, FormState, PageResult},
};
use form::HandInForm;
use shared_types::ids::{MaterialId, SubmissionId};

/// Where a student finds a material.
pub fn path(material: MaterialId) -> String {
    format!("/student/materials/{material}")
}

/// Where a student finds one of the files handed in for a material.
pub fn file_path(material: MaterialId, submission: SubmissionId) -> String {
    format!("/student/materials/{material}/submissions/{submission}/file")
}

/// Where a student sees a work that is shared in a gallery.
pub fn gallery_path(material: MaterialId, submission: SubmissionId) -> String {
    format!("/student/materials/{material}/gallery/{submission}")
}

/// The page of an upload or a gallery.
pub async fn show(app: &App, frame: Frame, student: Student, classroom: Classroom, material: Material) -> PageResult {
    show_with(app, frame, student, classroom, material, FormState::default()).await
}

/// The same, with what was typed and what was wrong with it.
async fn show_with(
    app: &App,
    frame: Frame,
    student: Student,
    classroom: Classroom,
    material: Material,
    form: FormState<HandInForm>,
) -> PageResult {
    let handing = handing(&material).cloned().ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let versions = store::of_student(&mut db, student.id, material.id).await?;
    let is_gallery = matches!(material.settings, Settings::Gallery(_));
    let shared = if is_gallery {
        store::shared(&mut db, classroom.id, material.id, Some(student.id)).await?
    } else {
        Vec::new()
    };
    let around = Around::of(&mut db, &material).await?;
    let feedback = returned::feedback(&mut db, student.id, &material, app.clock.now()).await?;
    drop(db);
    let page = pages::HandInPage {
        around,
        feedback,
        key: form.typed.key.unwrap_or_else(|| crate::web::idempotency::IdempotencyKey::new(app)),
        now: crate::ui::time::Now { now: app.clock.now(), zone: app.config.time_zone },
        classroom,
        student,
        is_gallery,
        material,
        handing,
        versions,
        shared,
        form,
    };
    Ok(pages::hand_in(frame, page).await)
}

/// What may be handed in for a material; none where nothing may.
fn handing(material: &Material) -> Option<&Handing> {
    match &material.settings {
        Settings::Upload(handing) | Settings::Gallery(handing) => Some(handing),
        _ => None,
    }
}
