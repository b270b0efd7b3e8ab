//! `POST /waiting/entry`: the browser that asked comes in, because the teacher said yes.

use super::{PATH, State as Answer, store};
use crate::{
    app::App,
    enrolment::{CARD_PATH, LetIn, admission},
    web::{
        Nothing, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        see_other,
        session::hash,
    },
};
use axum::extract::State;

/// Lets the browser in as the student it asked for, with a new return code; the old one stops with that.
pub async fn enter(State(app): State<App>, browser: Browser, Protected(Nothing {}): Protected<Nothing>) -> PageResult {
    let Some(token) = browser.cookie(CookieKind::Waiting) else { return Ok(see_other(PATH)) };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let asked = store::of_browser(&mut tx, &hash(token), now).await?;
    let Some(asked) = asked.filter(|asked| asked.state == Answer::Approved) else { return Ok(see_other(PATH)) };
    if !asked.entered {
        let code = admission::renew_return_code(&mut tx, &app, asked.classroom.id, asked.student).await?;
        admission::keep_card(&mut tx, &app, asked.student, code).await?;
        store::note_entry(&mut tx, asked.id, now).await?;
    }
    let let_in = LetIn::instead(&mut tx, &app, &browser, asked.student).await?;
    tx.commit().await?;
    Ok(let_in.add_to(see_other(CARD_PATH)).with_cookie(&app.no_cookie(CookieKind::Waiting)))
}
