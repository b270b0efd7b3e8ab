//! Third stage: the row that makes a question a turn.

use super::{Refusal, place, scope::Scope, standing::word};
use crate::{
    app::App,
    policy::{Canned, Permitted, ladder, safeguard::Concern},
    redis::Waiting,
    report,
    web::words::words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared_types::{
    event::{EventKind, HelperEvent},
    ids::{ClassroomId, EventId, TurnId},
    scope::{Actor, Policy, ScopeToken},
    turn::{Ticket, TurnState},
};
use sqlx::{PgConnection, PgPool, types::Uuid};

/// What of the scope token a worker needs later.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TurnScope {
    pub context: String,
    pub topics: Vec<String>,
    pub allowed_topics: Vec<String>,
    pub policy: Policy,
}

/// A question that was taken.
#[derive(Debug)]
pub struct Turn {
    id: TurnId,
    classroom: ClassroomId,
    actor: Actor,
    pass: String,
    place: place::Place,
    repeated: bool,
    /// What it is answered with, where that is words of the helper's own.
    own_words: Option<String>,
}

impl Turn {
    /// Its id.
    pub const fn id(&self) -> TurnId {
        self.id
    }

    /// The secret of the cookie that opens its stream.
    pub fn pass(&self) -> &str {
        &self.pass
    }

    /// Whether the same question had been taken before.
    pub const fn is_repeated(&self) -> bool {
        self.repeated
    }

    /// What it is answered with, where that is words of the helper's own.
    pub fn own_words(&self) -> Option<&str> {
        self.own_words.as_deref()
    }

    /// How it waits in line.
    pub const fn waiting(&self) -> Waiting {
        Waiting { turn: self.id, classroom: self.classroom, actor: self.actor }
    }

    /// The same turn at another place.
    #[must_use]
    pub const fn at(mut self, place: place::Place) -> Self {
        self.place = place;
        self
    }

    /// What the sender gets.
    pub const fn ticket(&self) -> Ticket {
        Ticket { turn: self.id, place: self.place.ahead, eta_s: self.place.eta_s }
    }
}

/// Writes the turn, or finds the one that was made of the same question before.
pub async fn queued(app: &App, permitted: Permitted) -> Result<Turn, Refusal> {
    let now = app.clock.now();
    let new = TurnId(app.entropy.id(now));
    let mut tx = app.db.begin().await?;
    let repeated = !insert(&mut tx, new, &permitted, now).await?;
    let id = if repeated { known(&mut tx, &permitted).await? } else { new };
    if !repeated {
        let expires_at = now + app.config.pace.text_ttl;
        insert_text(&mut tx, id, permitted.question(), expires_at).await?;
        keep_conversation(&mut tx, permitted.scope().claims(), expires_at).await?;
        step_on_the_ladder(&mut tx, id, &permitted, now).await?;
        if let Some(concern) = permitted.concern() {
            report::store::add(&mut tx, &concern_event(app, id, &permitted, concern), now).await?;
            app.outbox_due.notify_one();
        }
    }
    let pass = app.entropy.token();
    insert_pass(&mut tx, id, &pass, permitted.scope()).await?;
    tx.commit().await?;
    tracing::info!(turn = %id, repeated, "took a question");
    let (classroom, actor) = (permitted.scope().claims().classroom, permitted.scope().actor());
    Ok(Turn { id, classroom, actor, pass, place: place::Place::default(), repeated, own_words: own_words(&permitted) })
}

/// What the helper says itself, where no model is asked.
fn own_words(permitted: &Permitted) -> Option<String> {
    let claims = permitted.scope().claims();
    let words = words(&claims.locale);
    permitted.canned().map(|canned| match canned {
        Canned::OffTopic => {
            let lesson = claims.topics.first().map_or(claims.context.as_str(), String::as_str);
            words.off_topic(lesson, permitted.is_troubled())
        }
        Canned::Help => words.help_now(claims.may_be_read),
    })
}

/// Notes the rung a model's answer has to keep to.
async fn step_on_the_ladder(
    db: &mut PgConnection,
    turn: TurnId,
    permitted: &Permitted,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if permitted.canned().is_some() {
        return Ok(());
    }
    let (claims, question) = (permitted.scope().claims(), permitted.question());
    if let Some((rung, task)) = ladder::climb(db, claims, question, permitted.asked(), now).await? {
        sqlx::query!("update turn set rung = $2, task = $3 where id = $1", turn.0, word(rung), task)
            .execute(db)
            .await?;
    }
    Ok(())
}

fn concern_event(app: &App, turn: TurnId, permitted: &Permitted, concern: Concern) -> HelperEvent {
    let (claims, now) = (permitted.scope().claims(), app.clock.now());
    HelperEvent {
        id: EventId(app.entropy.id(now)),
        at_ms: now.timestamp_millis(),
        organisation: claims.organisation,
        classroom: claims.classroom,
        lesson: claims.lesson.map(|lesson| lesson.id),
        actor: claims.actor,
        turn,
        kind: EventKind::Concern { tier: concern.tier, kind: concern.kind },
    }
}

/// How the secret of a cookie is stored.
pub fn pass_hash(pass: &str) -> Vec<u8> {
    Sha256::digest(pass.as_bytes()).to_vec()
}

/// How an actor's kind is stored.
pub const fn actor_kind(actor: Actor) -> &'static str {
    match actor {
        Actor::Student(_) => "student",
        Actor::Staff(_) => "staff",
    }
}

/// Adds a way into the turn's stream, for as long as the session goes on in which `scope` was given out.
pub async fn insert_pass(db: &mut PgConnection, turn: TurnId, pass: &str, scope: &Scope) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into turn_pass (secret_hash, turn, session) values ($1, $2, $3)",
        pass_hash(pass),
        turn.0,
        scope.claims().session,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Closes every way in that was given out in a session that has ended.
pub async fn close_passes(db: &PgPool, session: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from turn_pass where session = $1", session).execute(db).await.map(drop)
}

async fn insert(db: &mut PgConnection, id: TurnId, permitted: &Permitted, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let claims = permitted.scope().claims();
    let inserted = sqlx::query!(
        "insert into turn (id, organisation, classroom, lesson, lesson_version, actor_kind, actor,
             idempotency_key, locale, scope, question_chars, created_at, intent, canned, may_be_read)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (actor, actor_kind, idempotency_key) do nothing",
        id.0,
        claims.organisation.0,
        claims.classroom.0,
        claims.lesson.map(|lesson| lesson.id.0),
        claims.lesson.map(|lesson| lesson.version),
        actor_kind(claims.actor),
        claims.actor.uuid(),
        permitted.idempotency_key(),
        claims.locale,
        serde_json::to_value(turn_scope(claims)).expect("a scope has string keys only"),
        i32::try_from(permitted.question().chars().count()).unwrap_or(i32::MAX),
        now,
        word(permitted.asked().intent),
        permitted.canned().and_then(word),
        claims.may_be_read,
    );
    Ok(inserted.execute(db).await?.rows_affected() == 1)
}

fn turn_scope(claims: &ScopeToken) -> TurnScope {
    TurnScope {
        context: claims.context.clone(),
        topics: claims.topics.clone(),
        allowed_topics: claims.allowed_topics.clone(),
        policy: claims.policy,
    }
}

/// The turn this key was used for. Its question is compared while its text is kept.
async fn known(db: &mut PgConnection, permitted: &Permitted) -> Result<TurnId, Refusal> {
    let actor = permitted.scope().actor();
    let turn = sqlx::query!(
        r#"select turn.id, turn_text.question as "question?"
           from turn left join turn_text on turn_text.turn = turn.id
           where actor = $1 and actor_kind = $2 and idempotency_key = $3"#,
        actor.uuid(),
        actor_kind(actor),
        permitted.idempotency_key(),
    )
    .fetch_one(db)
    .await?;
    match turn.question {
        Some(question) if question != permitted.question() => Err(Refusal::KeyReused),
        _ => Ok(TurnId(turn.id)),
    }
}

async fn insert_text(
    db: &mut PgConnection,
    turn: TurnId,
    question: &str,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into turn_text (turn, question, expires_at) values ($1, $2, $3)",
        turn.0,
        question,
        expires_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new question keeps what was said before it in the same conversation.
async fn keep_conversation(db: &mut PgConnection, claims: &ScopeToken, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update turn_text set expires_at = $1
         where expires_at < $1 and turn in (
             select id from turn where actor = $2 and actor_kind = $3 and lesson is not distinct from $4)",
        until,
        claims.actor.uuid(),
        actor_kind(claims.actor),
        claims.lesson.map(|lesson| lesson.id.0),
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update conversation_summary set expires_at = $1
         where expires_at < $1 and actor = $2 and actor_kind = $3 and classroom = $4 and lesson = $5",
        until,
        claims.actor.uuid(),
        actor_kind(claims.actor),
        claims.classroom.0,
        claims.lesson.map_or_else(Uuid::nil, |lesson| lesson.id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The state a row's word stands for.
pub fn parse_state(word: &str) -> TurnState {
    match word {
        "running" => TurnState::Running,
        "answered" => TurnState::Answered,
        "stopped" => TurnState::Stopped,
        "failed" => TurnState::Failed,
        _ => TurnState::Queued,
    }
}
