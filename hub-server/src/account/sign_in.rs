//! `GET` and `POST /teach/login`: e-mail and password.

use super::{EmailAddress, limits, pages, store};
use crate::{
    app::App,
    ui::frame::Frame,
    web::{
        ClientAddress, Error, FormState, PageResult, Protected, Respond, SignedIn,
        browser::{Browser, CookieKind},
        next::NextPath,
        see_other, session,
    },
};
use axum::extract::State;
use axum_extra::extract::Query;
use secrecy::SecretString;
use serde::Deserialize;
use store::Credentials;

/// Where signing in leads unless a page was asked for.
pub(super) const HOME: &str = "/teach";

/// The form as it is sent; the password is never shown again.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    pub next: String,
}

/// `?next=`, the page that was asked for.
#[derive(Debug, Default, Deserialize)]
pub struct NextQuery {
    #[serde(default)]
    pub next: String,
}

/// Shows the form, or leads those who are signed in already onwards.
pub async fn show(frame: Frame, Query(query): Query<NextQuery>, signed_in: Result<SignedIn, Error>) -> PageResult {
    if signed_in.is_ok() {
        return Ok(see_other(onwards(&query.next)));
    }
    let form = SignInForm { next: query.next, ..SignInForm::default() };
    Ok(pages::sign_in(frame, FormState::new(form)).await)
}

/// Checks the password and asks for the second factor.
pub async fn sign_in(
    State(app): State<App>,
    frame: Frame,
    address: ClientAddress,
    browser: Browser,
    Protected(form): Protected<SignInForm>,
) -> PageResult {
    let [account, from] = limits::password(&form.email.trim().to_lowercase(), &address);
    app.throttle.attempt(&[&account, &from]).await?;
    let Some(known) = check(&app, &form).await? else {
        tracing::info!("refused a sign-in: no such e-mail and password");
        let form = FormState::new(form).refuse("", "sign-in-wrong");
        return Ok(pages::sign_in(frame, form).await.unprocessable());
    };
    app.throttle.forgive(&[&account, &from]).await;
    let mut tx = app.db.begin().await?;
    if let Some(old) = browser.cookie(CookieKind::Staff) {
        session::close(&mut tx, old).await?;
    }
    let cookie = session::open_for_staff(&mut tx, &app, known.id, false).await?;
    tx.commit().await?;
    let step = if known.enrolled { "/teach/login/code" } else { "/teach/enrol-totp" };
    let path = NextPath::parse(&form.next).map_or_else(|| step.to_owned(), |next| next.after(step));
    Ok(see_other(path).with_cookie(&cookie))
}

/// Whose password it is. Takes the same time whether or not there is such an account.
async fn check(app: &App, form: &SignInForm) -> Result<Option<Credentials>, Error> {
    let known = match EmailAddress::parse(&form.email) {
        Some(email) => store::credentials(&mut *app.db.acquire().await?, &email).await?,
        None => None,
    };
    let hash = known.as_ref().map(|known| known.password_hash.as_str());
    let right = app.passwords.verify(&form.password, hash).await?;
    Ok(known.filter(|_| right))
}

/// The page that was asked for, or the classes.
pub(super) fn onwards(next: &str) -> String {
    NextPath::parse(next).map_or_else(|| HOME.to_owned(), |next| next.as_str().to_owned())
}
