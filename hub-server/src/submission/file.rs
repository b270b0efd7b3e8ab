//! Files that were handed in, and their small pictures: for their owner, for teachers of that class, and as far as
//! they are shared in a gallery for the class. For everybody else there is nothing.

use super::{AskedMaterial, AskedSubmission, store};
use crate::{
    app::App,
    storage::{self, SafeName, Sending, Shown},
    web::{Error, JoinedStudent, PageResult, Viewing},
};
use axum::{
    extract::State,
    http::{HeaderMap, Method},
};

/// `GET /student/materials/{material}/submissions/{submission}/file`.
pub async fn of_student(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    AskedMaterial(material): AskedMaterial,
    AskedSubmission(submission): AskedSubmission,
    method: Method,
    headers: HeaderMap,
) -> PageResult {
    let asked = store::Asked { classroom: classroom.id, student: student.id, material, submission };
    let file = store::file_for_student(&mut *app.db.acquire().await?, asked, app.clock.now()).await?;
    send(&app, file, Which::File, &method, &headers).await
}

/// `GET /student/materials/{material}/submissions/{submission}/thumbnail`.
pub async fn of_student_thumbnail(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    AskedMaterial(material): AskedMaterial,
    AskedSubmission(submission): AskedSubmission,
    method: Method,
    headers: HeaderMap,
) -> PageResult {
    let asked = store::Asked { classroom: classroom.id, student: student.id, material, submission };
    let file = store::file_for_student(&mut *app.db.acquire().await?, asked, app.clock.now()).await?;
    send(&app, file, Which::Thumbnail, &method, &headers).await
}

/// `GET /teach/classes/{classroom}/submissions/{submission}/file`.
pub async fn of_teacher(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    AskedSubmission(submission): AskedSubmission,
    method: Method,
    headers: HeaderMap,
) -> PageResult {
    let file = store::file_for_class(&mut *app.db.acquire().await?, classroom.id, submission).await?;
    send(&app, file, Which::File, &method, &headers).await
}

/// `GET /teach/classes/{classroom}/submissions/{submission}/thumbnail`.
pub async fn of_teacher_thumbnail(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    AskedSubmission(submission): AskedSubmission,
    method: Method,
    headers: HeaderMap,
) -> PageResult {
    let file = store::file_for_class(&mut *app.db.acquire().await?, classroom.id, submission).await?;
    send(&app, file, Which::Thumbnail, &method, &headers).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    File,
    Thumbnail,
}

async fn send(
    app: &App,
    submission: Option<store::SubmittedFile>,
    which: Which,
    method: &Method,
    headers: &HeaderMap,
) -> PageResult {
    let submission = submission.ok_or(Error::NotFound)?;
    let name = SafeName::of(&submission.file_name);
    let file = match which {
        Which::File => sending(submission.file, name, Shown::Attachment),
        Which::Thumbnail => {
            sending(submission.thumbnail.ok_or(Error::NotFound)?, SafeName::of("picture"), Shown::Inline)
        }
    };
    storage::send(&app.storage, &file, method, headers).await
}

fn sending(file: store::FileOf, name: SafeName, shown: Shown) -> Sending {
    Sending {
        id: file.id,
        bytes: u64::try_from(file.bytes).unwrap_or_default(),
        sha256: file.sha256,
        content_type: file.content_type,
        name,
        shown,
    }
}
