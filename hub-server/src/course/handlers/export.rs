//! `GET /teach/courses/{course}/export`: the course as a zip.

use crate::{
    app::App,
    course::{asked::ViewingCourse, export},
    web::PageResult,
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::IntoResponse,
};

/// Sends the zip.
pub async fn send(State(app): State<App>, ViewingCourse { course, .. }: ViewingCourse) -> PageResult {
    let contents = export::contents(&mut *app.db.acquire().await?, course.id).await?;
    let slug = course.slug.clone();
    let zip =
        tokio::task::spawn_blocking(move || export::to_zip(&slug, &contents)).await.map_err(anyhow::Error::from)??;
    let mut response = zip.into_response();
    let headers = response.headers_mut();
    // A slug is plain letters.
    let name = HeaderValue::try_from(format!("attachment; filename=\"{}.zip\"", course.slug));
    headers.insert(header::CONTENT_DISPOSITION, name.map_err(anyhow::Error::from)?);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
