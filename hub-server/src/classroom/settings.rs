//! `GET /teach/classes/{classroom}/settings`: who may join, by which links, and signing everyone out.

use super::{Classroom, pages, store};
use crate::{
    app::App,
    enrolment::invitation::{self, InvitationForm, Standing, Token},
    ui::{frame::Frame, time::Now},
    web::{Error, FormState, PageResult, Staff, Viewing, idempotency::IdempotencyKey},
};
use axum::extract::State;

/// Shows the settings.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if role.may_teach() {
        let form = InvitationForm { lasts: "week".to_owned(), ..InvitationForm::default() };
        return page(&app, frame, staff, classroom, FormState::new(form)).await;
    }
    let invitations = invitations(&app, &classroom, false).await?;
    Ok(pages::settings(frame, pages::Settings { staff, classroom, invitations, own: false, form: None }).await)
}

/// The page with the form for another link, as it was typed.
pub async fn page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    mut form: FormState<InvitationForm>,
) -> PageResult {
    form.typed.idempotency_key.get_or_insert_with(|| IdempotencyKey::new(app));
    let invitations = invitations(app, &classroom, true).await?;
    let own = store::is_own(&mut *app.db.acquire().await?, classroom.id, staff.id).await?;
    Ok(pages::settings(frame, pages::Settings { staff, classroom, invitations, own, form: Some(form) }).await)
}

/// The class's links, newest first; their addresses only for those who may give them away.
async fn invitations(app: &App, classroom: &Classroom, with_links: bool) -> Result<Vec<pages::Link>, Error> {
    let now = app.clock.now();
    let invitations = invitation::store::of_class(&mut *app.db.acquire().await?, classroom.id).await?;
    let link = |invitation: invitation::Invitation| {
        let token = Token::open(&app.secrets, invitation.id, &invitation.sealed_token).filter(|_| with_links);
        pages::Link {
            address: token.map(|token| app.config.public_url.join(&token.path())),
            standing: Standing::of(&invitation, classroom, now),
            ends: invitation.expires_at,
            invitation,
            now: Now { now, zone: app.config.time_zone },
        }
    };
    Ok(invitations.into_iter().map(link).collect())
}
