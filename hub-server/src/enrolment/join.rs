//! `GET` and `POST /`: joining a class with its code and a name.

use super::{
    CARD_PATH, DisplayName, LetIn, ReturnCode, device, limits,
    pages::{self, Welcome},
    pseudonym, store,
};
use crate::{
    app::App,
    classroom::{Classroom, Enrolment, code::ClassCode},
    ui::frame::Frame,
    web::{
        ClientAddress, Error, FormState, JoinedStudent, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        idempotency::{self, IdempotencyKey},
        see_other, session,
    },
};
use axum::{extract::State, response::Response};
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::StudentId;
use uuid::{Builder, Uuid};

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
}

/// `?code=`, in the link a class page shows: the code is filled in.
#[derive(Debug, Default, Deserialize)]
pub struct JoinLink {
    #[serde(default)]
    code: String,
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
    let welcome = match (joined, device::of(&browser, &app)) {
        (Some(JoinedStudent(student, classroom)), _) => Welcome::Joined { student, classroom },
        (None, Some(device)) => {
            let mut db = app.db.acquire().await?;
            store::device_owner(&mut db, device).await?.map_or(Welcome::Stranger, Welcome::KnownDevice)
        }
        (None, None) => Welcome::Stranger,
    };
    let form = JoinForm { class_code: link.code, ..JoinForm::default() };
    Ok(form_page(&app, frame, welcome, FormState::new(form)).await)
}

/// Lets a new student in, or says kindly why not.
pub async fn join(
    State(app): State<App>,
    browser: Browser,
    address: ClientAddress,
    frame: Frame,
    Protected(form): Protected<JoinForm>,
) -> PageResult {
    let wish = match form.parse() {
        Ok(wish) => wish,
        Err(form) => return Ok(form_page(&app, frame, Welcome::Stranger, form).await.unprocessable()),
    };
    let limit = limits::joining(&address);
    app.throttle.check(&[&limit]).await.map_err(limits::too_many)?;
    let mut db = app.db.acquire().await?;
    let Some(classroom) = store::class_by_code(&mut db, &wish.code).await? else {
        app.throttle.failed(&[&limit]).await;
        let form = FormState::new(form).refuse("class_code", "join-code-unknown");
        return Ok(form_page(&app, frame, Welcome::Stranger, form).await.unprocessable());
    };
    drop(db);
    if classroom.locked || classroom.enrolment != Enrolment::Open {
        return Ok(pages::not_open(frame, classroom).await.unprocessable());
    }
    if let Some(let_in) = add(&app, &browser, &classroom, &wish.name, form.idempotency_key).await? {
        return Ok(let_in.add_to(see_other(CARD_PATH)));
    }
    let offer = pseudonym::offer(frame.words.0, &app.entropy);
    let form = JoinForm { idempotency_key: Some(IdempotencyKey::new(&app)), ..form };
    Ok(pages::taken(frame, classroom, wish.name, form, offer).await.unprocessable())
}

/// Adds the student; nothing where the class has someone of that name.
async fn add(
    app: &App,
    browser: &Browser,
    classroom: &Classroom,
    name: &DisplayName,
    key: Option<IdempotencyKey>,
) -> Result<Option<LetIn>, Error> {
    let key = key.ok_or(Error::BadRequest)?;
    let now = app.clock.now();
    let student = StudentId(app.entropy.id(now));
    let mut tx = app.db.begin().await?;
    let sender = sender(app, browser, classroom, name);
    if let Some(earlier) = idempotency::led_to(&mut tx, sender, key, &student.to_string(), now).await? {
        // The same form once more: the first answer may never have arrived.
        let student: StudentId = earlier.parse().map_err(|_| Error::BadRequest)?;
        if !store::is_student(&mut tx, student).await? {
            return Ok(None);
        }
        let let_in = LetIn::open(&mut tx, app, student).await?;
        tx.commit().await?;
        return Ok(Some(let_in));
    }
    let code = ReturnCode::mint(&app.entropy);
    let fingerprint = code.fingerprint(&app.secrets, classroom.id);
    if !store::add_student(&mut tx, student, classroom.id, name, &fingerprint, now).await? {
        return Ok(None);
    }
    let sealed = app.secrets.seal("return-card", student.0.as_bytes(), code.to_string().as_bytes(), &app.entropy);
    store::add_card(&mut tx, student, &sealed, now).await?;
    if let Some(token) = browser.cookie(CookieKind::Student) {
        session::close(&mut tx, token).await?;
    }
    let let_in = LetIn::open(&mut tx, app, student).await?;
    tx.commit().await?;
    Ok(Some(let_in))
}

/// Who sends a join form, before they are anyone: this browser, wishing for this name in this class. Only the very
/// same form from the very same browser is taken for a repetition, so it opens nobody else's identity.
fn sender(app: &App, browser: &Browser, classroom: &Classroom, name: &DisplayName) -> Uuid {
    let cookie = browser.cookie(CookieKind::Visitor).or_else(|| browser.cookie(CookieKind::Student));
    let parts = [cookie.unwrap_or_default().as_bytes(), classroom.id.0.as_bytes(), name.key().as_bytes()];
    let digest = app.secrets.fingerprint("join-form", &parts);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(id).into_uuid()
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
            idempotency_key: None,
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
