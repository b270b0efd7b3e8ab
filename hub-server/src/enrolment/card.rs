//! `GET` and `POST /student/return-code`: the return code, shown until it was written down.

use super::{ReturnCode, come_back_address, pages, store};
use crate::{
    app::App,
    ui::frame::Frame,
    web::{JoinedStudent, Nothing, PageResult, Protected, see_other},
};
use axum::extract::State;

/// Shows the card; once it was confirmed there is nothing left to show.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    frame: Frame,
) -> PageResult {
    let sealed = store::card(&mut *app.db.acquire().await?, student.id).await?;
    let opened = sealed.and_then(|sealed| app.secrets.open("return-card", student.id.0.as_bytes(), &sealed));
    let code = opened.and_then(|code| ReturnCode::parse(&String::from_utf8(code).ok()?));
    match code {
        Some(code) => Ok(pages::card(frame, student, classroom, code, come_back_address(&app)).await),
        None => Ok(see_other("/student")),
    }
}

/// "I have written it down": forgets the code's text and goes on.
pub async fn confirm(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    store::remove_card(&mut *app.db.acquire().await?, student.id).await?;
    Ok(see_other("/student"))
}
