//! `GET` and `POST /waiting`: asking to be let in, and the page on which a browser waits. `POST /waiting/end`: no more.

use super::{
    MOST_WAITING, PATH, State as Answer, WAITS,
    pages::{self, Wait},
    pictures, store,
};
use crate::{
    app::App,
    classroom::ClassCode,
    enrolment::{DisplayName, limits, store as students},
    ui::frame::Frame,
    web::{
        ClientAddress, FormState, Nothing, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        see_other,
        session::hash,
    },
};
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::EntryRequestId;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AskForm {
    #[serde(default)]
    pub class_code: String,
    #[serde(default)]
    pub display_name: String,
}

/// `?by=hand`: the page does not load itself again.
#[derive(Debug, Default, Deserialize)]
pub struct Looking {
    #[serde(default)]
    by: String,
}

/// Who asks to be let in where.
struct Wish {
    class_code: ClassCode,
    name: DisplayName,
}

impl AskForm {
    fn parse(&self) -> Result<Wish, FormState<Self>> {
        let mut form = FormState::new(self.clone());
        let class_code = ClassCode::parse(&self.class_code);
        if class_code.is_none() {
            form = form.refuse("class_code", "join-code-malformed");
        }
        match (class_code, DisplayName::parse(&self.display_name)) {
            (Some(class_code), Ok(name)) => Ok(Wish { class_code, name }),
            (_, Err(fault)) => Err(fault.refuse_in(form)),
            (None, Ok(_)) => Err(form),
        }
    }
}

/// Shows how the request stands, or the form to ask with.
pub async fn show(
    State(app): State<App>,
    browser: Browser,
    frame: Frame,
    Query(looking): Query<Looking>,
) -> PageResult {
    let Some(token) = browser.cookie(CookieKind::Waiting) else {
        return Ok(pages::ask(frame, FormState::default()).await);
    };
    let asked = store::of_browser(&mut *app.db.acquire().await?, &hash(token), app.clock.now()).await?;
    match asked {
        Some(asked) => {
            let wait = Wait { pictures: pictures(&app, asked.id), asked, by_hand: looking.by == "hand" };
            Ok(pages::waiting(frame, wait).await)
        }
        None => Ok(pages::ended(frame).await.with_cookie(&app.no_cookie(CookieKind::Waiting))),
    }
}

/// Notes the request; the teacher sees it on the roster.
pub async fn ask(
    State(app): State<App>,
    browser: Browser,
    address: ClientAddress,
    frame: Frame,
    Protected(form): Protected<AskForm>,
) -> PageResult {
    let Wish { class_code, name } = match form.parse() {
        Ok(wish) => wish,
        Err(form) => return Ok(pages::ask(frame, form).await.unprocessable()),
    };
    let limit = limits::Joining::begin(&app, &address, Some(&class_code)).await?;
    limits::ask(&app, &address).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(classroom) = students::class_by_code(&mut tx, &class_code).await? else {
        limit.failed(&app).await;
        let form = FormState::new(form).refuse("class_code", "join-code-unknown");
        return Ok(pages::ask(frame, form).await.unprocessable());
    };
    let Some(student) = students::student_by_name(&mut tx, classroom.id, &name).await? else {
        limit.failed(&app).await;
        let form = FormState::new(form).refuse("display_name", "ask-name-unknown");
        return Ok(pages::ask(frame, form).await.unprocessable());
    };
    if let Some(token) = browser.cookie(CookieKind::Waiting) {
        store::withdraw(&mut tx, &hash(token)).await?;
    }
    if store::waiting_for(&mut tx, student, now).await? >= MOST_WAITING {
        let form = FormState::new(form).refuse("", "ask-too-many");
        return Ok(pages::ask(frame, form).await.unprocessable());
    }
    let token = app.entropy.token();
    store::add(&mut tx, EntryRequestId(app.new_id()), student, &hash(&token), now).await?;
    tx.commit().await?;
    let cookie = app.cookie(CookieKind::Waiting, token, Some((WAITS + super::ANSWERED).num_seconds()));
    Ok(see_other(PATH).with_cookie(&cookie))
}

/// Takes the request back.
pub async fn withdraw(
    State(app): State<App>,
    browser: Browser,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    if let Some(token) = browser.cookie(CookieKind::Waiting) {
        store::withdraw(&mut *app.db.acquire().await?, &hash(token)).await?;
    }
    Ok(see_other("/").with_cookie(&app.no_cookie(CookieKind::Waiting)))
}

impl Wait {
    /// Whether there is still something to wait for.
    pub(super) fn goes_on(&self) -> bool {
        self.asked.state == Answer::Waiting
    }
}
