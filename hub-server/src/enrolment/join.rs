//! `GET` and `POST /`: joining a class with its code and a name.

use super::{
    CARD_PATH, DisplayName,
    admission::{Admission, Newcomer, admit},
    asking, device, limits,
    pages::{self, Welcome},
    pseudonym, store,
};
use crate::{
    app::App,
    classroom::{ClassCode, Enrolment},
    ui::frame::Frame,
    web::{
        ClientAddress, Error, FormState, JoinedStudent, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        idempotency::IdempotencyKey,
        see_other,
        session::hash,
    },
};
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use serde::Deserialize;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct JoinForm {
    #[serde(default)]
    pub class_code: String,
    #[serde(default)]
    pub display_name: String,
    /// The offered name, where its button was pressed; it counts instead of what was typed.
    pub pseudonym: Option<String>,
    pub idempotency_key: Option<IdempotencyKey>,
    /// The page that was asked for, for who comes back.
    #[serde(default)]
    pub next: String,
}

/// `?code=`, in the link a class page shows: the code is filled in. `?next=`: the page that was asked for.
#[derive(Debug, Default, Deserialize)]
pub struct JoinLink {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// A wish to join that is worth looking up.
struct Wish {
    code: ClassCode,
    name: DisplayName,
}

impl JoinForm {
    fn parse(&self) -> Result<Wish, FormState<Self>> {
        let mut form = FormState::new(self.clone());
        let code = ClassCode::parse(&self.class_code);
        if code.is_none() {
            let missing = self.class_code.trim().is_empty();
            form = form.refuse("class_code", if missing { "join-code-missing" } else { "join-code-malformed" });
        }
        let name = DisplayName::parse(self.pseudonym.as_deref().unwrap_or(&self.display_name));
        match (code, name) {
            (Some(code), Ok(name)) => Ok(Wish { code, name }),
            (_, Err(fault)) => Err(fault.refuse_in(form)),
            (None, Ok(_)) => Err(form),
        }
    }
}

/// Shows the form, and above it the way back for whoever has been here.
pub async fn show(
    State(app): State<App>,
    browser: Browser,
    joined: Option<JoinedStudent>,
    frame: Frame,
    Query(link): Query<JoinLink>,
) -> PageResult {
    let welcome = match joined {
        Some(JoinedStudent(student, classroom)) => Welcome::Joined { student, classroom },
        None => welcome(&app, &browser).await?,
    };
    let form = JoinForm { class_code: link.code, next: link.next, ..JoinForm::default() };
    Ok(form_page(&app, frame, welcome, FormState::new(form)).await)
}

/// Who seems to come by, where nobody is signed in. A stranger costs no look-up.
async fn welcome(app: &App, browser: &Browser) -> Result<Welcome, Error> {
    if let Some(token) = browser.cookie(CookieKind::Waiting) {
        let mut db = app.db.acquire().await?;
        if let Some(asked) = asking::store::of_browser(&mut db, &hash(token), app.clock.now()).await? {
            return Ok(Welcome::Waiting(asked));
        }
    }
    let Some(device) = device::of(browser, app) else { return Ok(Welcome::Stranger) };
    let owner = store::device_owner(&mut *app.db.acquire().await?, device).await?;
    Ok(owner.map_or(Welcome::Stranger, Welcome::KnownDevice))
}

/// Lets a new student in, or says kindly why not.
pub async fn join(
    State(app): State<App>,
    browser: Browser,
    address: ClientAddress,
    frame: Frame,
    Protected(form): Protected<JoinForm>,
) -> PageResult {
    let Wish { code, name } = match form.parse() {
        Ok(wish) => wish,
        Err(form) => return Ok(form_page(&app, frame, Welcome::Stranger, form).await.unprocessable()),
    };
    let limit = limits::Joining::begin(&app, &address, Some(&code)).await?;
    let Some(classroom) = store::class_by_code(&mut *app.db.acquire().await?, &code).await? else {
        limit.failed(&app).await;
        let form = FormState::new(form).refuse("class_code", "join-code-unknown");
        return Ok(form_page(&app, frame, Welcome::Stranger, form).await.unprocessable());
    };
    if classroom.takes() != Enrolment::Open {
        return Ok(pages::not_open(frame, classroom).await.unprocessable());
    }
    let newcomer = Newcomer { classroom: classroom.id, name: &name, key: form.idempotency_key, invitation: None };
    if let Admission::Admitted(let_in) = admit(&app, &browser, &newcomer).await? {
        limits::joined(&app, &address, &classroom.code).await;
        return Ok(let_in.add_to(see_other(CARD_PATH)));
    }
    let again = "/".to_owned();
    Ok(pages::taken(frame, pages::Taken::new(&app, &browser, classroom, &name, again)).await.unprocessable())
}

async fn form_page(app: &App, frame: Frame, welcome: Welcome, mut form: FormState<JoinForm>) -> Response {
    form.typed.idempotency_key.get_or_insert_with(|| IdempotencyKey::new(app));
    let offer = pseudonym::offer(frame.words.0, &app.entropy);
    pages::join(frame, pages::Join { welcome, form, offer }).await
}

#[cfg(test)]
mod tests {
    use super::JoinForm;

    fn refusals(class_code: &str, display_name: &str, pseudonym: Option<&str>) -> Vec<&'static str> {
        let form = JoinForm {
            class_code: class_code.to_owned(),
            display_name: display_name.to_owned(),
            pseudonym: pseudonym.map(str::to_owned),
            ..JoinForm::default()
        };
        form.parse().err().map(|form| form.errors.iter().map(|error| error.why).collect()).unwrap_or_default()
    }

    #[test]
    fn every_field_says_what_is_wrong_with_it() {
        assert!(refusals("abcd-efgh", "Jonas", None).is_empty());
        assert!(refusals("abcd-efgh", "", Some("Curious Otter 17")).is_empty());
        assert_eq!(refusals("", "", None), ["join-code-missing", "join-name-missing"]);
        assert_eq!(refusals("abc", "j@x.example", None), ["join-code-malformed", "join-name-email"]);
    }
}
