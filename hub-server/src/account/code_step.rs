//! `GET` and `POST /teach/login/code`: the second factor, or a recovery code in its place.

use super::{
    limits, pages,
    recovery::{self, RecoveryCode},
    sign_in::{NextQuery, onwards},
    store,
    totp::TotpSecret,
};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    ui::frame::Frame,
    web::{
        AwaitingSecondFactor, Error, FormState, PageResult, Protected, Respond, Staff,
        browser::{Browser, CookieKind},
        see_other, session,
    },
};
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;
use sqlx::PgConnection;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    pub next: String,
}

/// Shows the form.
pub async fn show(awaiting: AwaitingSecondFactor, frame: Frame, Query(query): Query<NextQuery>) -> PageResult {
    must_be_enrolled(&awaiting)?;
    let form = CodeForm { next: query.next, ..CodeForm::default() };
    Ok(pages::code(frame, FormState::new(form)).await)
}

/// Checks the code; a session that has shown both factors replaces the one that had shown the password.
pub async fn check(
    State(app): State<App>,
    awaiting: AwaitingSecondFactor,
    frame: Frame,
    browser: Browser,
    Protected(form): Protected<CodeForm>,
) -> PageResult {
    must_be_enrolled(&awaiting)?;
    let staff = awaiting.staff;
    let [account] = limits::code(staff.id);
    app.throttle.attempt(&[&account]).await?;
    let mut tx = app.db.begin().await?;
    if !accepted(&mut tx, &app, &staff, &form.code).await? {
        tracing::info!(staff = %staff.id, "refused a second factor");
        let form = FormState::new(CodeForm { code: String::new(), ..form }).refuse("code", "code-wrong");
        return Ok(pages::code(frame, form).await.unprocessable());
    }
    if let Some(old) = browser.cookie(CookieKind::Staff) {
        session::close(&mut tx, old).await?;
    }
    let cookie = session::open_for_staff(&mut tx, &app, staff.id, true).await?;
    tx.commit().await?;
    app.throttle.clear(&account).await;
    Ok(see_other(onwards(&form.next)).with_cookie(&cookie))
}

fn must_be_enrolled(awaiting: &AwaitingSecondFactor) -> Result<(), Error> {
    if awaiting.enrolled { Ok(()) } else { Err(Error::SecondFactorMissing { enrolled: false }) }
}

/// Whether the code is the authenticator's of now and was not used before, or an unused recovery code.
async fn accepted(tx: &mut PgConnection, app: &App, staff: &Staff, code: &str) -> Result<bool, Error> {
    if let Some(code) = RecoveryCode::parse(code) {
        let good = recovery::redeem(tx, &app.secrets, staff.id, &code, app.clock.now()).await?;
        if good {
            audit::record(tx, app, staff, Entry::new("recovery_code_used", Subject::Staff(staff.id))).await?;
        }
        return Ok(good);
    }
    let sealed = store::totp_secret(tx, staff.id).await?.unwrap_or_default();
    let Some(secret) = TotpSecret::open(&app.secrets, staff.id, &sealed) else {
        tracing::error!(staff = %staff.id, "a second factor does not open: was HUB_SECRET_KEY changed?");
        return Ok(false);
    };
    match secret.step_of(code, app.clock.unix()) {
        Some(step) => Ok(store::use_step(tx, staff.id, step).await?),
        None => Ok(false),
    }
}
