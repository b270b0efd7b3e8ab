//! Keeps a long conversation within what a model can read: once more was said than is told again word by word, a model
//! sums the older turns up, after an answer and before the slot is given back. Without a model, and where it fails,
//! nothing is stored: the oldest turns are left out of the prompt then.

use super::{lease::Running, record::actor_kind};
use crate::{
    app::App,
    backend::{Answering, BackendError},
    guard::redact::redact,
    prompt::Prompt,
};
use futures::StreamExt;
use sqlx::{PgPool, types::Uuid};
use std::time::Duration;
use tokio::time::timeout;

/// So many turns since the last summary make another worth it, or so much text.
const TURNS: usize = 6;
const BYTES: usize = 6_000;
/// The newest turns are always told word by word.
const WORD_BY_WORD: usize = 3;
/// The longest summary that is kept, in characters.
const MOST_CHARS: usize = 900;
/// Longer than this nobody waits for the slot.
const WITHIN: Duration = Duration::from_secs(20);

/// What was said early in a conversation.
#[derive(Clone, Debug)]
pub struct Summary {
    pub through: Uuid,
    pub text: String,
}

/// What was said before the turns that are told word by word.
pub async fn summary(db: &PgPool, running: &Running) -> sqlx::Result<Option<Summary>> {
    sqlx::query_as!(
        Summary,
        "select through, summary as text from conversation_summary
         where actor = $1 and actor_kind = $2 and classroom = $3 and lesson = $4 and through < $5",
        running.actor.uuid(),
        actor_kind(running.actor),
        running.classroom.0,
        lesson(running),
        running.id.0,
    )
    .fetch_optional(db)
    .await
}

/// Sums the conversation of a turn up that has just been answered, where it has become long.
pub async fn after(app: &App, running: &Running) {
    let limit = WITHIN.min(app.config.pace.reclaim / 2);
    let made = tokio::select! {
        made = timeout(limit, sum_up(app, running)) => made.unwrap_or_else(|_| Err(BackendError::TooSlow(limit).into())),
        () = app.shutdown.cancelled() => return,
    };
    match made {
        Ok(true) => tracing::info!(turn = %running.id, "summed a conversation up"),
        Ok(false) => {}
        Err(error) => {
            tracing::warn!(turn = %running.id, error = format!("{error:#}"), "a conversation could not be summed up");
        }
    }
}

/// One turn of the conversation.
struct Said {
    id: Uuid,
    question: String,
    answer: String,
}

/// False where there was nothing to do.
async fn sum_up(app: &App, running: &Running) -> anyhow::Result<bool> {
    let before = summary(&app.db, running).await?;
    let mut said = said_since(&app.db, running, before.as_ref().map(|before| before.through)).await?;
    let bytes: usize = said.iter().map(|said| said.question.len() + said.answer.len()).sum();
    if said.len() <= WORD_BY_WORD || (said.len() <= TURNS && bytes <= BYTES) {
        return Ok(false);
    }
    let Some(backend) = app.backends.to_try().into_iter().find(|backend| backend.is_a_model()) else {
        return Ok(false);
    };
    said.truncate(said.len() - WORD_BY_WORD);
    let Some(through) = said.last().map(|said| said.id) else { return Ok(false) };
    let turns: Vec<_> = said.into_iter().map(|said| (redact(&said.question).0, said.answer)).collect();
    let prompt = Prompt::to_summarise(&running.locale, before.as_ref().map(|before| before.text.as_str()), &turns);
    let Answering { first, mut rest } = app.backends.open(backend, &prompt).await?;
    let mut text = first;
    while let Some(piece) = rest.next().await {
        text.push_str(&piece?);
        if text.chars().count() > MOST_CHARS {
            break;
        }
    }
    let text: String = redact(text.trim()).0.chars().take(MOST_CHARS).collect();
    if text.is_empty() {
        return Ok(false);
    }
    Ok(keep(app, running, &Summary { through, text }).await?)
}

async fn said_since(db: &PgPool, running: &Running, through: Option<Uuid>) -> sqlx::Result<Vec<Said>> {
    sqlx::query_as!(
        Said,
        r#"select id, question, answer as "answer!" from turn join turn_text on turn_text.turn = turn.id
           where actor = $1 and actor_kind = $2 and classroom = $3 and lesson is not distinct from $4
             and ($5::uuid is null or id > $5) and state = 'answered' and answer <> ''
           order by id"#,
        running.actor.uuid(),
        actor_kind(running.actor),
        running.classroom.0,
        running.lesson.map(|lesson| lesson.id.0),
        through,
    )
    .fetch_all(db)
    .await
}

/// Stores a summary for as long as the conversation lives. The last turn in it is locked meanwhile: if its text is being
/// erased, the summary either goes with it or is not stored.
async fn keep(app: &App, running: &Running, summary: &Summary) -> sqlx::Result<bool> {
    let kept = sqlx::query!(
        "with alive as (select expires_at from turn_text where turn = $5 for share)
         insert into conversation_summary (actor, actor_kind, classroom, lesson, through, summary, expires_at)
         select $1, $2, $3, $4, $5, $6, expires_at from alive
         on conflict (actor, actor_kind, classroom, lesson) do update
         set through = excluded.through, summary = excluded.summary, expires_at = excluded.expires_at",
        running.actor.uuid(),
        actor_kind(running.actor),
        running.classroom.0,
        lesson(running),
        summary.through,
        summary.text,
    )
    .execute(&app.db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

fn lesson(running: &Running) -> Uuid {
    running.lesson.map_or(Uuid::nil(), |lesson| lesson.id.0)
}
