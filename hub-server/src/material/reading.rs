//! `POST /student/materials/{material}/reading`: the student's own mark that a text was read, or that a link was followed.
//! The table `read_materials`.

use super::{Material, Settings, handlers::path, store};
use crate::{
    app::App,
    web::{Asked, Error, JoinedStudent, PageResult, Protected, see_other},
};
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use shared_types::ids::{MaterialId, StudentId};
use sqlx::PgConnection;

/// The form under a reading.
#[derive(Clone, Debug, Deserialize)]
pub struct ReadForm {
    read: String,
}

impl Material {
    /// It is only looked at: a text, or a link that leads to no lesson, which has a mark of its own.
    pub const fn is_reading(&self) -> bool {
        matches!(self.settings, Settings::Text { .. } | Settings::Link { .. }) && self.lesson.is_none()
    }
}

/// Sets the mark, or takes it back.
pub async fn mark(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(id): Asked<MaterialId>,
    Protected(form): Protected<ReadForm>,
) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let material = store::of_class(&mut db, classroom.id, id, now).await?;
    material.filter(|material| material.open && material.is_reading()).ok_or(Error::NotFound)?;
    if form.read == "no" {
        unset(&mut db, student.id, id).await?;
    } else {
        set(&mut db, student.id, id, now).await?;
    }
    Ok(see_other(path(id)))
}

/// Whether a student has marked it.
pub async fn is_read(db: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from read_materials where student_id = $1 and material_id = $2) as "read!""#,
        student.0,
        material.0,
    )
    .fetch_one(db)
    .await
}

async fn set(db: &mut PgConnection, student: StudentId, material: MaterialId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into read_materials (student_id, material_id, read_at) values ($1, $2, $3) on conflict do nothing",
        student.0,
        material.0,
        now,
    )
    .execute(db)
    .await
    .map(drop)
}

async fn unset(db: &mut PgConnection, student: StudentId, material: MaterialId) -> sqlx::Result<()> {
    sqlx::query!("delete from read_materials where student_id = $1 and material_id = $2", student.0, material.0)
        .execute(db)
        .await
        .map(drop)
}
