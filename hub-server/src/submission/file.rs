//! Files that were handed in, and their small pictures: for their owner, for teachers of that class, and as far as
//! they are shared in a gallery for the class. For everybody else there is nothing.

use super::store;
use crate::{
    app::App,
    storage::{self, SafeName, Sending, Shown},
    web::{Asked, Error, JoinedStudent, PageResult, Viewing},
};
use axum::{
    extract::{FromRequestParts, State},
    http::{HeaderMap, Method, request::Parts},
};
use shared_types::ids::{MaterialId, SubmissionId};

/// `GET /student/materials/{material}/submissions/{submission}/file`.
pub async fn of_student(State(app): State<App>, SeenByStudent(asked): SeenByStudent) -> PageResult {
    asked.send_file(&app).await
}

/// `GET /student/materials/{material}/submissions/{submission}/thumbnail`.
pub async fn of_student_thumbnail(State(app): State<App>, SeenByStudent(asked): SeenByStudent) -> PageResult {
    asked.send_thumbnail(&app).await
}

/// `GET /teach/classes/{classroom}/submissions/{submission}/file`.
pub async fn of_teacher(State(app): State<App>, SeenByTeacher(asked): SeenByTeacher) -> PageResult {
    asked.send_file(&app).await
}

/// `GET /teach/classes/{classroom}/submissions/{submission}/thumbnail`.
pub async fn of_teacher_thumbnail(State(app): State<App>, SeenByTeacher(asked): SeenByTeacher) -> PageResult {
    asked.send_thumbnail(&app).await
}

/// What a student may see: their own work, and what is shared in a gallery.
pub struct SeenByStudent(pub(super) AskedFor);

/// What a teacher of the class may see.
pub struct SeenByTeacher(AskedFor);

/// Something that was handed in, and how it was asked for.
pub(super) struct AskedFor {
    pub(super) submitted: store::SubmittedFile,
    pub(super) method: Method,
    pub(super) headers: HeaderMap,
}

impl FromRequestParts<App> for SeenByStudent {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let JoinedStudent(student, classroom) = JoinedStudent::from_request_parts(parts, app).await?;
        let Asked(material) = Asked::<MaterialId>::from_request_parts(parts, app).await?;
        let Asked(submission) = Asked::<SubmissionId>::from_request_parts(parts, app).await?;
        let asked = store::Asked { classroom: classroom.id, student: student.id, material, submission };
        let found = store::file_for_student(&mut *app.db.acquire().await?, asked, app.clock.now()).await?;
        AskedFor::of(found, parts).map(Self)
    }
}

impl FromRequestParts<App> for SeenByTeacher {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Viewing { classroom, .. } = Viewing::from_request_parts(parts, app).await?;
        let Asked(submission) = Asked::<SubmissionId>::from_request_parts(parts, app).await?;
        let found = store::file_for_class(&mut *app.db.acquire().await?, classroom.id, submission).await?;
        AskedFor::of(found, parts).map(Self)
    }
}

impl AskedFor {
    fn of(found: Option<store::SubmittedFile>, parts: &Parts) -> Result<Self, Error> {
        let submitted = found.ok_or(Error::NotFound)?;
        Ok(Self { submitted, method: parts.method.clone(), headers: parts.headers.clone() })
    }

    async fn send_file(self, app: &App) -> PageResult {
        let name = SafeName::of(&self.submitted.file_name);
        let file = sending(self.submitted.file, name, Shown::Attachment);
        storage::send(&app.storage, &file, &self.method, &self.headers).await
    }

    async fn send_thumbnail(self, app: &App) -> PageResult {
        let thumbnail = self.submitted.thumbnail.ok_or(Error::NotFound)?;
        let file = sending(thumbnail, SafeName::of("picture"), Shown::Inline);
        storage::send(&app.storage, &file, &self.method, &self.headers).await
    }
}

pub(super) fn sending(file: store::FileOf, name: SafeName, shown: Shown) -> Sending {
    Sending {
        id: file.id,
        bytes: u64::try_from(file.bytes).unwrap_or_default(),
        sha256: file.sha256,
        content_type: file.content_type,
        name,
        shown,
    }
}
