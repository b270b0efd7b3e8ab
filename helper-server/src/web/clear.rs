//! `POST /helper/conversation/clear`: somebody wants their own conversation about a lesson gone, from a plain form.

use super::{
    error::{Unexpected, broken_page},
    language::BrowserWords,
    layout::{self, Plain, STUDENT_HOME},
};
use crate::{
    app::App,
    turn::{
        erase::{self, Whose},
        scope::verify_token,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Form;
use helper_ui::ui::Drawing;
use serde::Deserialize;

/// The form's one field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClearForm {
    scope: String,
}

/// Erases it and leads back to the lesson. The token says whose conversation it is.
pub async fn clear(State(app): State<App>, BrowserWords(words): BrowserWords, Form(form): Form<ClearForm>) -> Response {
    let scope = match verify_token(&app, &form.scope).await {
        Ok(scope) => scope,
        Err(refusal) => {
            let plain = Plain { title: words.not_cleared, text: words.refusal(&refusal), drawing: Drawing::Signpost };
            return layout::plain_page(&app, words, refusal.status(), plain).await;
        }
    };
    let claims = scope.claims();
    if let Err(error) = erase::erase(&app, Whose::of(claims)).await {
        return broken_page(&app, words, Unexpected::from(error)).await;
    }
    Redirect::to(&scope.lesson_path().unwrap_or_else(|| STUDENT_HOME.to_owned())).into_response()
}
