//! `GET` and `POST /teach/enrol-totp`: the first sign-in sets up the second factor. The QR code is shown until its
//! first code was typed, and never again; the recovery codes are shown in the answer to that.

use super::{
    limits, pages, recovery,
    sign_in::{HOME, NextQuery, onwards},
    store,
    totp::TotpSecret,
};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    ui::{frame::Frame, qr::qr},
    web::{
        AwaitingSecondFactor, CsrfToken, Error, FormState, PageResult, Protected, Respond, Staff,
        browser::{Browser, CookieKind},
        see_other, session,
    },
};
use axum::extract::State;
use axum_extra::extract::Query;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

/// The form as it is sent. The secret travels sealed, so that nothing is stored before it is confirmed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct EnrolForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    pub sealed: String,
    #[serde(default)]
    pub next: String,
}

/// Shows a new secret as QR code and as text.
pub async fn show(
    State(app): State<App>,
    awaiting: AwaitingSecondFactor,
    frame: Frame,
    Query(query): Query<NextQuery>,
) -> PageResult {
    if awaiting.enrolled {
        return Ok(see_other(HOME));
    }
    let secret = TotpSecret::mint(&app.entropy);
    let sealed = secret.sealed(&app.secrets, awaiting.staff.id, &app.entropy);
    let form = EnrolForm { sealed: URL_SAFE_NO_PAD.encode(sealed), next: query.next, code: String::new() };
    enrol_page(frame, &awaiting.staff, &secret, FormState::new(form)).await
}

/// Checks the first code; enrols, and shows the recovery codes.
pub async fn enrol(
    State(app): State<App>,
    awaiting: AwaitingSecondFactor,
    mut frame: Frame,
    browser: Browser,
    Protected(form): Protected<EnrolForm>,
) -> PageResult {
    let staff = awaiting.staff;
    if awaiting.enrolled {
        return Ok(see_other(HOME));
    }
    let sealed = URL_SAFE_NO_PAD.decode(&form.sealed).map_err(|_| Error::BadRequest)?;
    let secret = TotpSecret::open(&app.secrets, staff.id, &sealed).ok_or(Error::BadRequest)?;
    let [account] = limits::code(staff.id);
    app.throttle.attempt(&[&account]).await?;
    let Some(step) = secret.step_of(&form.code, app.clock.unix()) else {
        let form = FormState::new(EnrolForm { code: String::new(), ..form }).refuse("code", "code-wrong");
        return enrol_page(frame, &staff, &secret, form).await.unprocessable();
    };
    let mut tx = app.db.begin().await?;
    if !store::enrol_totp(&mut tx, staff.id, &sealed, step).await? {
        return Ok(see_other(HOME));
    }
    let codes = recovery::renew(&mut tx, &app, staff.id).await?;
    audit::record(&mut tx, &app, &staff, Entry::new("second_factor_enrolled", Subject::Staff(staff.id))).await?;
    if let Some(old) = browser.cookie(CookieKind::Staff) {
        session::close(&mut tx, old).await?;
    }
    let cookie = session::open_for_staff(&mut tx, &app, staff.id, true).await?;
    tx.commit().await?;
    app.throttle.clear(&account).await;
    // The forms of this page belong to the session that starts with it.
    frame.csrf = CsrfToken::bound_to(cookie.value(), &app).0;
    let shown = codes.iter().map(recovery::RecoveryCode::shown).collect();
    let page = pages::RecoveryCodes { staff, codes: shown, next: onwards(&form.next) };
    Ok(pages::recovery_codes(frame, page).await.with_cookie(&cookie))
}

async fn enrol_page(frame: Frame, staff: &Staff, secret: &TotpSecret, form: FormState<EnrolForm>) -> PageResult {
    let address = secret.address(&staff.email).ok_or_else(|| anyhow::anyhow!("no otpauth address for this e-mail"))?;
    let page = pages::Enrol { qr: qr(&address)?, secret: secret.to_base32(), form };
    Ok(pages::enrol(frame, page).await)
}
