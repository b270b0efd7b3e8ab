//! `POST /language`: someone chooses the language of the pages.

use crate::{
    app::App,
    web::{Error, Lang, PageResult, Protected, Respond, next::NextPath, see_other},
};
use axum::extract::State;
use serde::Deserialize;

/// The choice, and the page it was made on.
#[derive(Debug, Deserialize)]
pub struct LanguageForm {
    lang: String,
    next: String,
}

/// Remembers the language for a year and shows the same page again.
pub async fn choose(State(app): State<App>, Protected(form): Protected<LanguageForm>) -> PageResult {
    let lang = Lang::from_tag(&form.lang).ok_or(Error::Unprocessable)?;
    let next = NextPath::parse(&form.next);
    let page = next.as_ref().map_or("/", NextPath::as_str);
    Ok(see_other(page).with_cookie(&app.lang_cookie(lang)))
}
