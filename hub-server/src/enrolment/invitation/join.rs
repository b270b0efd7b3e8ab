//! `GET` and `POST /join/{token}`: joining by an invitation, with a name alone.

use super::{Invitation, Standing, Token, pages, store};
use crate::{
    app::App,
    classroom::Classroom,
    enrolment::{
        CARD_PATH, DisplayName,
        admission::{Admission, Newcomer, admit},
        limits,
        pages::{Taken, taken},
        pseudonym,
    },
    ui::frame::Frame,
    web::{
        ClientAddress, Error, FormState, PageResult, Protected, Respond, browser::Browser, idempotency::IdempotencyKey,
        see_other,
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct InvitedForm {
    #[serde(default)]
    pub display_name: String,
    /// The offered name, where its button was pressed; it counts instead of what was typed.
    pub pseudonym: Option<String>,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// An invitation somebody holds.
struct Held {
    token: Token,
    invitation: Invitation,
    classroom: Classroom,
}

/// Shows the form, or why the link lets nobody in.
pub async fn show(
    State(app): State<App>,
    address: ClientAddress,
    frame: Frame,
    Path(token): Path<String>,
) -> PageResult {
    let Some(held) = find(&app, &address, &token).await? else { return Ok(pages::unknown(frame).await) };
    match Standing::of(&held.invitation, &held.classroom, app.clock.now()) {
        Standing::Open => Ok(form_page(&app, frame, held, FormState::default()).await),
        standing => Ok(pages::over(frame, held.classroom, standing).await),
    }
}

/// Lets a new student in, or says kindly why not.
pub async fn join(
    State(app): State<App>,
    browser: Browser,
    address: ClientAddress,
    frame: Frame,
    Path(token): Path<String>,
    Protected(form): Protected<InvitedForm>,
) -> PageResult {
    let Some(held) = find(&app, &address, &token).await? else { return Ok(pages::unknown(frame).await) };
    let name = match DisplayName::parse(form.pseudonym.as_deref().unwrap_or(&form.display_name)) {
        Ok(name) => name,
        Err(fault) => {
            return Ok(form_page(&app, frame, held, fault.refuse_in(FormState::new(form))).await.unprocessable());
        }
    };
    let newcomer = Newcomer {
        classroom: held.classroom.id,
        name: &name,
        key: form.idempotency_key,
        invitation: Some(held.invitation.id),
    };
    match admit(&app, &browser, &newcomer).await? {
        Admission::Admitted(let_in) => {
            limits::joined(&app, &address, &held.classroom.code).await;
            Ok(let_in.add_to(see_other(CARD_PATH)))
        }
        Admission::Refused(standing) => Ok(pages::over(frame, held.classroom, standing).await.unprocessable()),
        Admission::NameTaken => {
            let page = Taken::new(&app, &browser, held.classroom, &name, held.token.path());
            Ok(taken(frame, page).await.unprocessable())
        }
    }
}

/// The invitation of a link; whoever tries links out is slowed down.
async fn find(app: &App, address: &ClientAddress, token: &str) -> Result<Option<Held>, Error> {
    let limit = limits::Joining::begin(app, address, None).await?;
    if let Some(token) = Token::parse(token)
        && let Some((invitation, classroom)) =
            store::by_token(&mut *app.db.acquire().await?, &token.fingerprint(&app.secrets)).await?
    {
        return Ok(Some(Held { token, invitation, classroom }));
    }
    limit.failed(app).await;
    Ok(None)
}

async fn form_page(app: &App, frame: Frame, held: Held, mut form: FormState<InvitedForm>) -> Response {
    form.typed.idempotency_key.get_or_insert_with(|| IdempotencyKey::new(app));
    let offer = pseudonym::offer(frame.words.0, &app.entropy);
    pages::join(frame, pages::Join { classroom: held.classroom, path: held.token.path(), form, offer }).await
}
