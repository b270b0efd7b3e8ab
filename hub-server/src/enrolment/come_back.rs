//! `GET` and `POST /return`: coming back on another device with class code, name and return code. `POST
//! /return/device`: coming back on this one.

use super::{DisplayName, LetIn, ReturnCode, device, limits, pages, store};
use crate::{
    app::App,
    classroom::ClassCode,
    ui::frame::Frame,
    web::{
        ClientAddress, Error, FormState, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        next::NextPath,
        see_other,
        throttle::Wait,
    },
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::StudentId;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ComeBackForm {
    #[serde(default)]
    pub class_code: String,
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub return_code: String,
    /// The page that was asked for.
    #[serde(default)]
    pub next: String,
}

/// `?next=`, and the form of a device that is known: the page that was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    next: String,
}

/// What identifies a student on any device. A part of it never does.
struct Credentials {
    class_code: ClassCode,
    name: DisplayName,
    return_code: ReturnCode,
}

impl ComeBackForm {
    fn parse(&self) -> Result<Credentials, FormState<Self>> {
        let mut form = FormState::new(self.clone());
        let class_code = ClassCode::parse(&self.class_code);
        let name = DisplayName::parse(&self.display_name);
        let return_code = ReturnCode::parse(&self.return_code);
        if class_code.is_none() {
            form = form.refuse("class_code", "join-code-malformed");
        }
        if let Err(fault) = name {
            form = fault.refuse_in(form);
        }
        if return_code.is_none() {
            form = form.refuse("return_code", "return-code-malformed");
        }
        match (class_code, name, return_code) {
            (Some(class_code), Ok(name), Some(return_code)) => Ok(Credentials { class_code, name, return_code }),
            _ => Err(form),
        }
    }
}

/// Shows the form.
pub async fn show(frame: Frame, Query(Wanted { next }): Query<Wanted>) -> PageResult {
    Ok(pages::come_back(frame, FormState::new(ComeBackForm { next, ..ComeBackForm::default() })).await)
}

/// Lets a student back in who has all three.
pub async fn come_back(
    State(app): State<App>,
    browser: Browser,
    address: ClientAddress,
    frame: Frame,
    Protected(form): Protected<ComeBackForm>,
) -> PageResult {
    let credentials = match form.parse() {
        Ok(credentials) => credentials,
        Err(form) => return Ok(pages::come_back(frame, form).await.unprocessable()),
    };
    let Credentials { class_code, name, .. } = &credentials;
    let guess = match limits::Guess::begin(&app, &address, class_code, name.key()).await {
        Ok(guess) => guess,
        Err(wait) => return Ok(too_many(frame, form, wait).await),
    };
    let Some(student) = find(&app, &credentials).await? else {
        let form = FormState::new(form).refuse("return_code", "return-code-wrong");
        return Ok(pages::come_back(frame, form).await.unprocessable());
    };
    guess.was_right(&app).await;
    let_in(&app, &browser, student, &form.next).await
}

/// Lets the student of this device back in.
pub async fn come_back_here(
    State(app): State<App>,
    browser: Browser,
    Protected(Wanted { next }): Protected<Wanted>,
) -> PageResult {
    let owner = match device::of(&browser, &app) {
        Some(device) => store::device_owner(&mut *app.db.acquire().await?, device).await?,
        None => None,
    };
    match owner {
        Some(owner) => let_in(&app, &browser, owner.student, &next).await,
        None => Ok(see_other("/").with_cookie(&app.no_cookie(CookieKind::Device))),
    }
}

/// The same page, with the other way in: the teacher.
async fn too_many(frame: Frame, form: ComeBackForm, wait: Wait) -> Response {
    let form = FormState::new(form).refuse("return_code", "return-too-many");
    let mut page = pages::come_back(frame, form).await.too_many();
    page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.seconds()));
    page
}

async fn find(app: &App, credentials: &Credentials) -> Result<Option<StudentId>, Error> {
    let mut db = app.db.acquire().await?;
    let Some(classroom) = store::class_by_code(&mut db, &credentials.class_code).await? else { return Ok(None) };
    let fingerprint = credentials.return_code.fingerprint(&app.secrets, classroom.id);
    Ok(store::student_by_return_code(&mut db, classroom.id, &credentials.name, &fingerprint).await?)
}

/// Opens a session and remembers this device anew; what this browser had before ends. On it goes to `next`, where that
/// is a student's page.
async fn let_in(app: &App, browser: &Browser, student: StudentId, next: &str) -> PageResult {
    let mut tx = app.db.begin().await?;
    let let_in = LetIn::instead(&mut tx, app, browser, student).await?;
    tx.commit().await?;
    let next = NextPath::of_student(next);
    Ok(let_in.add_to(see_other(next.as_ref().map_or("/student", NextPath::as_str))))
}
