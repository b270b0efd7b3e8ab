//! `GET /teach/classes/past`: classes that were put away, and those that can still be brought back.

use super::{UNDO_DAYS, pages, store};
use crate::{
    app::App,
    ui::frame::Frame,
    web::{PageResult, SignedIn},
};
use axum::extract::State;
use chrono::Duration;

/// Shows the list.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let now = app.now_at_school();
    let since = now.now - Duration::days(UNDO_DAYS);
    let classes = store::past(&mut *app.db.acquire().await?, staff.id, since).await?;
    Ok(pages::past(frame, pages::Past { staff, classes, now }).await)
}
