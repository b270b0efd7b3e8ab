//! Cards to print: the class's own with its code, and one for every student to come back with.

mod page;

use super::store;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    code,
    enrolment::{self, admission},
    ui::{frame::Frame, qr::qr},
    web::{Error, PageResult, Protected, Teaching, Viewing},
};
use axum::extract::State;
use serde::Deserialize;

/// `GET …/join-card`: how to join, for the wall.
pub async fn show_join_card(
    State(app): State<App>,
    Viewing { staff, classroom, .. }: Viewing,
    frame: Frame,
) -> PageResult {
    let address = app.config.public_url.join(&format!("/?code={}", code::shown(&classroom.code)));
    let card = page::JoinCard { qr: qr(&address)?, home: app.config.public_url.join("/"), staff, classroom };
    Ok(page::join_card(frame, card).await)
}

/// `GET …/return-cards`: for whom.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let (students, expected) = store::sizes(&mut *app.db.acquire().await?, classroom.id).await?;
    Ok(page::ask(frame, page::Ask { staff, classroom, students, expected }).await)
}

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whom {
    /// Those who have not come in yet.
    Expected,
    Everyone,
}

/// The button that was pressed.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct CardsForm {
    whom: Whom,
}

/// `POST …/return-cards`: gives each another return code and shows the cards once. The codes before stop.
pub async fn make(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(CardsForm { whom }): Protected<CardsForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let students = store::listed(&mut tx, classroom.id, whom == Whom::Expected).await?;
    let mut codes = Vec::with_capacity(students.len());
    for student in students {
        let code = admission::renew_return_code(&mut tx, &app, classroom.id, student.id).await?;
        // What a student has not looked at yet is the old one.
        enrolment::store::remove_card(&mut tx, student.id).await?;
        codes.push((student.display_name, code));
    }
    let entry = Entry::new("return_codes_renewed", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("students", Detail::Number(codes.len().try_into().unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(page::cards(
        frame,
        page::Cards { staff: teacher, classroom, codes, address: enrolment::come_back_address(&app) },
    )
    .await)
}
