//! Signing a teacher in: e-mail, password, and the code an authenticator would show.

use crate::visitor::{Visitor, form, hidden_fields};
use anyhow::Context;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

const STEP_S: u64 = 30;

/// Signs in; tries the next code where one was used already.
pub async fn sign_in(visitor: &Visitor, email: &str, password: &str, secret: &str) -> anyhow::Result<()> {
    let page = visitor.page("/teach/login").await?;
    let mut fields = hidden_fields(form(&page, "/teach/login").context("no form to sign in with")?);
    fields.extend([("email".to_owned(), email.to_owned()), ("password".to_owned(), password.to_owned())]);
    post(visitor, "/teach/login", &fields).await?;
    for _ in 0..4 {
        let page = visitor.page("/teach/login/code").await?;
        let mut fields = hidden_fields(form(&page, "/teach/login/code").context("no form for the code")?);
        fields.push(("code".to_owned(), code(secret)?));
        if post(visitor, "/teach/login/code", &fields).await?.ends_with("/teach") {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_secs(STEP_S - now_s() % STEP_S)).await;
    }
    anyhow::bail!("{email} could not sign in")
}

/// Sends a form and returns where it led.
async fn post(visitor: &Visitor, path: &str, fields: &[(String, String)]) -> anyhow::Result<String> {
    let answer = visitor.client.post(format!("{}{path}", visitor.base)).form(fields).send().await?;
    Ok(answer.url().path().to_owned())
}

fn code(secret: &str) -> anyhow::Result<String> {
    let secret = Secret::try_from_base32(secret).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let totp = Builder::new().with_secret(secret).build().map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(totp.generate(now_s()).to_string())
}

#[expect(clippy::disallowed_methods, reason = "what an authenticator shows depends on the time there is")]
fn now_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
