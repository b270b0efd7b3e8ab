//! `GET /verify` and `GET /verify/{code}`: whether a certificate holds, for whoever has it in their hands. It says what
//! the paper says and nothing more. Found codes are not counted, others are, per address.

use super::{CertificateCode, pages, store};
use crate::{
    app::App,
    ui::frame::Frame,
    web::{ClientAddress, Error, FormState, PageResult, Respond, see_other, throttle::Limit},
};
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use axum_extra::extract::Query;
use serde::Deserialize;
use std::time::Duration;

/// Codes that lead nowhere, from one address. A school has one address, and a class mistypes.
const FROM_ADDRESS: Limit = Limit { name: "verify-address", failures: 60, window: Duration::from_mins(10) };

/// Search engines may not keep what is found here.
const NO_INDEX: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));

/// What was typed from the paper.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    pub code: String,
}

/// Asks for the code, or leads to what it says.
pub async fn ask(frame: Frame, Query(query): Query<CodeQuery>) -> PageResult {
    if query.code.trim().is_empty() {
        return Ok(unindexed(pages::ask(frame, FormState::default()).await));
    }
    match CertificateCode::parse(&query.code) {
        Some(code) => Ok(see_other(format!("/verify/{code}"))),
        None => {
            let form = FormState::new(query).refuse("code", "verify-malformed");
            Ok(unindexed(pages::ask(frame, form).await.unprocessable()))
        }
    }
}

/// Says what the certificate says.
pub async fn verify(
    State(app): State<App>,
    address: ClientAddress,
    frame: Frame,
    Path(typed): Path<String>,
) -> PageResult {
    let from_address = FROM_ADDRESS.on(&address.0);
    app.throttle.check(&[&from_address]).await.map_err(Error::from)?;
    let found = match CertificateCode::parse(&typed) {
        Some(code) => store::by_code(&mut *app.db.acquire().await?, &code).await?.map(|found| (code, found)),
        None => None,
    };
    let Some((code, found)) = found else {
        app.throttle.failed(&[&from_address]).await;
        let form = FormState::new(CodeQuery { code: typed }).refuse("code", "verify-unknown");
        let mut page = pages::ask(frame, form).await;
        *page.status_mut() = StatusCode::NOT_FOUND;
        return Ok(unindexed(page));
    };
    let now = app.now_at_school();
    Ok(unindexed(pages::found(frame, code.to_string(), found, now).await))
}

fn unindexed(mut page: Response) -> Response {
    let (name, value) = NO_INDEX;
    page.headers_mut().insert(name, value);
    page
}
