//! Letting somebody new into a class: by its code or by an invitation, once per form, and with a return code.

use super::{DisplayName, LetIn, ReturnCode, invitation, invitation::Standing, store};
use crate::{
    app::App,
    web::{
        Error,
        browser::{Browser, CookieKind},
        idempotency::{self, IdempotencyKey},
        session,
    },
};
use shared_types::ids::{ClassroomId, InvitationId, StudentId};
use sqlx::PgConnection;
use uuid::{Builder, Uuid};

/// Somebody who wants to join, and by what they may.
pub struct Newcomer<'a> {
    pub classroom: ClassroomId,
    pub name: &'a DisplayName,
    pub key: Option<IdempotencyKey>,
    /// None where they came by the class code.
    pub invitation: Option<InvitationId>,
}

/// What came of it.
pub enum Admission {
    Admitted(LetIn),
    /// The class has someone of that name.
    NameTaken,
    /// The invitation is good no more.
    Refused(Standing),
}

/// Adds the student and lets this browser in as them.
pub async fn admit(app: &App, browser: &Browser, newcomer: &Newcomer<'_>) -> Result<Admission, Error> {
    let key = newcomer.key.ok_or(Error::BadRequest)?;
    let now = app.clock.now();
    let student = StudentId(app.entropy.id(now));
    let mut tx = app.db.begin().await?;
    let sender = sender(app, browser, newcomer);
    if let Some(earlier) = idempotency::led_to(&mut tx, sender, key, &student.to_string(), now).await? {
        // The same form once more: the first answer may never have arrived.
        let student: StudentId = earlier.parse().map_err(|_| Error::BadRequest)?;
        if !store::is_student(&mut tx, student).await? {
            return Ok(Admission::NameTaken);
        }
        let let_in = LetIn::open(&mut tx, app, student).await?;
        tx.commit().await?;
        return Ok(Admission::Admitted(let_in));
    }
    if let Some(invitation) = newcomer.invitation {
        let standing = invitation::store::claim_seat(&mut tx, invitation, now).await?;
        if standing != Standing::Open {
            return Ok(Admission::Refused(standing));
        }
    }
    let code = ReturnCode::mint(&app.entropy);
    let fingerprint = code.fingerprint(&app.secrets, newcomer.classroom);
    if !store::add_student(&mut tx, student, newcomer, &fingerprint, now).await? {
        return Ok(Admission::NameTaken);
    }
    keep_card(&mut tx, app, student, code).await?;
    if let Some(token) = browser.cookie(CookieKind::Student) {
        session::close(&mut tx, token).await?;
    }
    let let_in = LetIn::open(&mut tx, app, student).await?;
    tx.commit().await?;
    Ok(Admission::Admitted(let_in))
}

/// Gives a student another return code, to be shown once; the one before stops.
pub async fn renew_return_code(
    tx: &mut PgConnection,
    app: &App,
    classroom: ClassroomId,
    student: StudentId,
) -> sqlx::Result<ReturnCode> {
    let code = ReturnCode::mint(&app.entropy);
    store::set_return_code(tx, student, &code.fingerprint(&app.secrets, classroom)).await?;
    Ok(code)
}

/// Keeps a return code until the student has written it down.
pub async fn keep_card(tx: &mut PgConnection, app: &App, student: StudentId, code: ReturnCode) -> sqlx::Result<()> {
    let sealed = app.secrets.seal("return-card", student.0.as_bytes(), code.to_string().as_bytes(), &app.entropy);
    store::add_card(tx, student, &sealed, app.clock.now()).await
}

/// Who sends a join form, before they are anyone: this browser, wishing for this name in this class. Only the very
/// same form from the very same browser is taken for a repetition, so it opens nobody else's identity.
fn sender(app: &App, browser: &Browser, newcomer: &Newcomer<'_>) -> Uuid {
    let cookie = browser.cookie(CookieKind::Visitor).or_else(|| browser.cookie(CookieKind::Student));
    let parts =
        [cookie.unwrap_or_default().as_bytes(), newcomer.classroom.0.as_bytes(), newcomer.name.key().as_bytes()];
    let digest = app.secrets.fingerprint("join-form", &parts);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(id).into_uuid()
}
