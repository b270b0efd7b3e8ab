//! First stage: who asks, about what, under which rules. Believed only from a signed token.

use super::{AskRequest, Refusal};
use crate::app::App;
use shared_types::{
    ids::LessonId,
    scope::{Actor, ScopeToken},
};

/// A token's claims after they were verified.
#[derive(Debug)]
pub struct Scope(ScopeToken);

impl Scope {
    /// The claims.
    pub const fn claims(&self) -> &ScopeToken {
        &self.0
    }

    /// Where the lesson is read that is asked about.
    pub fn lesson_path(&self) -> Option<String> {
        self.0.lesson.map(|lesson| lesson_path(lesson.id))
    }

    /// Who asks.
    pub const fn actor(&self) -> Actor {
        self.0.actor
    }
}

/// Where a student reads a lesson.
pub fn lesson_path(lesson: LessonId) -> String {
    format!("/student/lessons/{lesson}")
}

/// A question whose sender is known.
#[derive(Debug)]
pub struct Scoped {
    scope: Scope,
    question: String,
    idempotency_key: String,
}

impl Scoped {
    /// The verified claims, the question, and its idempotency key.
    pub fn into_parts(self) -> (Scope, String, String) {
        (self.scope, self.question, self.idempotency_key)
    }
}

/// Verifies the token that came with a question.
pub async fn verify(app: &App, request: AskRequest) -> Result<Scoped, Refusal> {
    let scope = verify_token(app, &request.token).await?;
    Ok(Scoped { scope, question: request.question, idempotency_key: request.idempotency_key })
}

/// Verifies a token: signature, times, that its class's epoch was not raised since, and that its session goes on.
pub async fn verify_token(app: &App, token: &str) -> Result<Scope, Refusal> {
    if token.is_empty() {
        return Err(Refusal::NoScope);
    }
    let claims = ScopeToken::verify(token, &app.config.scope_keys, app.clock.unix()).map_err(Refusal::Scope)?;
    // A verified token also tells of an epoch whose announcement was missed. Without Redis the token's
    // own end is the bound.
    match app.redis.known(claims.classroom, claims.epoch, claims.session).await {
        Ok(known) if known.session_has_ended => Err(Refusal::SignedOut),
        Ok(known) if known.epoch > claims.epoch => Err(Refusal::Revoked),
        Ok(_) => Ok(Scope(claims)),
        Err(error) => {
            tracing::warn!(%error, "whether a scope token was revoked could not be checked");
            Ok(Scope(claims))
        }
    }
}
