//! `/teach/comments`: a teacher's own comments; and how they like the grading page.

use super::{BankComment, MAX_TEXT_CHARS, page, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    ui::frame::Frame,
    web::{
        Error, FormState, Nothing, Notice, PageResult, Protected, Respond, SignedIn, Staff, next::NextPath, see_other,
    },
};
use axum::extract::{Path, State};
use serde::Deserialize;
use uuid::Uuid;

/// Where the comments are kept.
pub const PATH: &str = "/teach/comments";

/// A new comment.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    pub text: String,
}

impl CommentForm {
    fn parse(self) -> Result<String, FormState<Self>> {
        let text = self.text.replace("\r\n", "\n").trim().to_owned();
        let form = FormState::new(self);
        if text.is_empty() {
            Err(form.refuse("text", "comments-empty"))
        } else if text.chars().count() > MAX_TEXT_CHARS as usize {
            Err(form.refuse("text", "comments-too-long"))
        } else {
            Ok(text)
        }
    }
}

/// Shows them.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    show_with(&app, frame, staff, FormState::default()).await
}

/// Adds one.
pub async fn add(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    frame: Frame,
    Protected(form): Protected<CommentForm>,
) -> PageResult {
    let text = match form.parse() {
        Ok(text) => text,
        Err(form) => return show_with(&app, frame, staff, form).await.unprocessable(),
    };
    let mut tx = app.db.begin().await?;
    let comment = BankComment { id: app.new_id(), text };
    if !store::add_comment(&mut tx, staff.id, &comment, app.clock.now()).await? {
        drop(tx);
        let form = FormState::new(CommentForm { text: comment.text }).refuse("text", "comments-full");
        return show_with(&app, frame, staff, form).await.unprocessable();
    }
    audit::record(&mut tx, &app, &staff, Entry::new("comment_kept", Subject::Staff(staff.id))).await?;
    tx.commit().await?;
    Ok(see_other(PATH).with_notice(Notice::Saved))
}

/// Takes one away.
pub async fn remove(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    Path(comment): Path<String>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let comment: Uuid = comment.parse().map_err(|_| Error::NotFound)?;
    let mut tx = app.db.begin().await?;
    if !store::remove_comment(&mut tx, staff.id, comment).await? {
        return Err(Error::NotFound);
    }
    audit::record(&mut tx, &app, &staff, Entry::new("comment_removed", Subject::Staff(staff.id))).await?;
    tx.commit().await?;
    Ok(see_other(PATH).with_notice(Notice::Saved))
}

/// One switch of the grading page, and where it stands.
#[derive(Clone, Debug, Deserialize)]
pub struct PreferenceForm {
    #[serde(default)]
    keys: Option<Switch>,
    #[serde(default)]
    names: Option<Switch>,
    next: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    On,
    Off,
}

/// `POST /teach/grading-preferences`.
pub async fn prefer(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    Protected(form): Protected<PreferenceForm>,
) -> PageResult {
    let next = NextPath::parse(&form.next).ok_or(Error::BadRequest)?;
    let is_off = |switch: Switch| switch == Switch::Off;
    let mut tx = app.db.begin().await?;
    store::prefer(&mut tx, staff.id, form.keys.map(is_off), form.names.map(is_off)).await?;
    audit::record(&mut tx, &app, &staff, Entry::new("grading_preferred", Subject::Staff(staff.id))).await?;
    tx.commit().await?;
    Ok(see_other(next.as_str()))
}

async fn show_with(app: &App, frame: Frame, staff: Staff, form: FormState<CommentForm>) -> PageResult {
    let comments = store::comments(&mut *app.db.acquire().await?, staff.id).await?;
    Ok(page::comments(frame, staff, comments, form).await)
}
