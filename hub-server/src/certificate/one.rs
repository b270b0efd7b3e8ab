//! One certificate: looking at it, taking it as a PDF, withdrawing it, giving another in its place.

use super::{Certificate, issue::give, list_path, pages, paper, path, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    storage::{self, SafeName},
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, JoinedStudent, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing,
        see_other,
    },
};
use anyhow::Context;
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::CertificateId;

/// Longest reason, in characters.
pub const MAX_REASON_CHARS: u32 = 300;

/// Why one is withdrawn.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RevocationForm {
    #[serde(default)]
    pub reason: String,
}

impl RevocationForm {
    fn parse(self) -> Result<String, FormState<Self>> {
        let reason = self.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.is_empty() || reason.chars().count() > MAX_REASON_CHARS as usize {
            return Err(FormState::new(self).refuse("reason", "certificate-reason-wrong"));
        }
        Ok(reason)
    }
}

/// Shows one.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<CertificateId>,
    frame: Frame,
) -> PageResult {
    let certificate = store::one(&mut *app.db.acquire().await?, classroom.id, id).await?.ok_or(Error::NotFound)?;
    let form = role.may_teach().then(FormState::default);
    Ok(page(&app, frame, staff, classroom, certificate, form).await)
}

/// Withdraws one.
pub async fn revoke(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(id): Asked<CertificateId>,
    frame: Frame,
    Protected(form): Protected<RevocationForm>,
) -> PageResult {
    withdraw(&app, teacher, classroom, id, frame, form, false).await
}

/// Withdraws one and gives another in its place, with the name and the words of now.
pub async fn replace(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(id): Asked<CertificateId>,
    frame: Frame,
    Protected(form): Protected<RevocationForm>,
) -> PageResult {
    withdraw(&app, teacher, classroom, id, frame, form, true).await
}

async fn withdraw(
    app: &App,
    teacher: Staff,
    classroom: Classroom,
    id: CertificateId,
    frame: Frame,
    form: RevocationForm,
    give_another: bool,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let certificate = store::one(&mut tx, classroom.id, id).await?.ok_or(Error::NotFound)?;
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(form) => {
            drop(tx);
            return Ok(page(app, frame, teacher, classroom, certificate, Some(form)).await.unprocessable());
        }
    };
    let here = path(&classroom, id);
    // The student first, as everybody who gives certificates does.
    store::without(&mut tx, classroom.id, &[certificate.student]).await?;
    if !store::revoke(&mut tx, classroom.id, id, &reason, teacher.id, app.clock.now()).await? {
        return Ok(see_other(here).with_notice(Notice::CertificateRevoked));
    }
    let entry = Entry::new("certificate_revoked", Subject::Certificate(id)).within(classroom.organisation);
    audit::record(&mut tx, app, &teacher, entry.with("student", Detail::Id(certificate.student.0))).await?;
    if !give_another {
        tx.commit().await?;
        return Ok(see_other(here).with_notice(Notice::CertificateRevoked));
    }
    let outcomes = store::outcomes(&mut tx, classroom.id).await?.ok_or(Error::NotFound)?;
    let again = store::without(&mut tx, classroom.id, &[certificate.student]).await?;
    let (student, name) = again.first().ok_or(Error::NotFound)?;
    let new = give(&mut tx, app, &teacher, &classroom, (*student, name), &outcomes).await?;
    store::set_replaced(&mut tx, id, new).await?;
    tx.commit().await?;
    Ok(see_other(path(&classroom, new)).with_notice(Notice::CertificateReplaced))
}

async fn page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    certificate: Certificate,
    form: Option<FormState<RevocationForm>>,
) -> axum::response::Response {
    let paper = certificate.paper(app);
    // What no longer holds is not withdrawn again.
    let form = form.filter(|_| certificate.holds());
    pages::one(frame, pages::One { staff, classroom, certificate, paper, form, now: app.now_at_school() }).await
}

/// The paper, for whoever may see the class.
pub async fn for_staff(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    Asked(id): Asked<CertificateId>,
) -> PageResult {
    let certificate = store::one(&mut *app.db.acquire().await?, classroom.id, id).await?.ok_or(Error::NotFound)?;
    let name = format!("{} - {}.pdf", certificate.title, certificate.name);
    send(&app, &[certificate], &name).await
}

/// Every certificate of the class that holds, one to a page, to be printed at once.
pub async fn download_all(State(app): State<App>, Viewing { classroom, .. }: Viewing) -> PageResult {
    let certificates = store::of_class(&mut *app.db.acquire().await?, classroom.id).await?;
    if certificates.is_empty() {
        return Ok(see_other(list_path(&classroom)));
    }
    send(&app, &certificates, &format!("{}.pdf", classroom.name)).await
}

/// A student's own.
pub async fn for_student(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(id): Asked<CertificateId>,
) -> PageResult {
    let found = store::one(&mut *app.db.acquire().await?, classroom.id, id).await?;
    let certificate = found.filter(|one| one.student == student.id && one.holds()).ok_or(Error::NotFound)?;
    let name = format!("{} - {}.pdf", certificate.title, certificate.name);
    send(&app, &[certificate], &name).await
}

async fn send(app: &App, certificates: &[Certificate], name: &str) -> PageResult {
    let papers: Vec<_> = certificates.iter().map(|certificate| certificate.paper(app)).collect();
    let at = app.clock.now();
    let printed = tokio::task::spawn_blocking(move || paper::print(&papers, at));
    let printed = printed.await.context("printing certificates")??;
    if printed.missing > 0 {
        tracing::warn!(letters = printed.missing, "a certificate has letters for which this machine has no font");
    }
    storage::attached("application/pdf", &SafeName::of(name), printed.pdf)
}
