//! Erasing conversations before their time: what one person said about a lesson, or everything of a person or a class.
//! What is still being answered is stopped first, so that no worker writes on behind the broom.

use super::{record::actor_kind, stop};
use crate::app::App;
use shared_types::{
    ids::{ClassroomId, LessonId, StudentId, TurnId},
    scope::{Actor, ScopeToken},
};
use sqlx::types::Uuid;
use std::time::Duration;

/// How long workers have to let go of what they were writing.
const LET_GO_WITHIN: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(50);

/// Whose conversations, about what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's about one lesson, or about the class as a whole.
    Conversation(ClassroomId, Actor, Option<LessonId>),
    /// Everything of a student; their rungs go too.
    Student(ClassroomId, StudentId),
    /// Everything of a class.
    Class(ClassroomId),
}

impl Whose {
    /// The conversation a token is about.
    pub fn of(claims: &ScopeToken) -> Self {
        Self::Conversation(claims.classroom, claims.actor, claims.lesson.map(|lesson| lesson.id))
    }

    const fn classroom(self) -> ClassroomId {
        match self {
            Self::Conversation(classroom, ..) | Self::Student(classroom, _) | Self::Class(classroom) => classroom,
        }
    }

    fn actor(self) -> Option<Actor> {
        match self {
            Self::Conversation(_, actor, _) => Some(actor),
            Self::Student(_, student) => Some(Actor::Student(student)),
            Self::Class(_) => None,
        }
    }
}

/// Erases text, logs and the cookies that open them. Returns how many turns lost their text.
pub async fn erase(app: &App, whose: Whose) -> anyhow::Result<usize> {
    for turn in open_turns(app, whose).await? {
        stop::stop(app, turn).await?;
    }
    let until = tokio::time::Instant::now() + LET_GO_WITHIN;
    while !open_turns(app, whose).await?.is_empty() && tokio::time::Instant::now() < until {
        tokio::time::sleep(LOOK).await;
    }
    let turns = turns(app, whose).await?;
    let ids: Vec<Uuid> = turns.iter().map(|turn| turn.0).collect();
    let mut tx = app.db.begin().await?;
    let erased = sqlx::query!("delete from turn_text where turn = any($1)", &ids).execute(&mut *tx).await?;
    sqlx::query!("delete from turn_pass where turn = any($1)", &ids).execute(&mut *tx).await?;
    let (lesson, any_lesson) = lesson(whose);
    sqlx::query!(
        "delete from conversation_summary
         where classroom = $1 and ($2::uuid is null or (actor = $2 and actor_kind = $3)) and ($5 or lesson = $4)",
        whose.classroom().0,
        whose.actor().map(Actor::uuid),
        whose.actor().map(actor_kind),
        lesson.unwrap_or_default(),
        any_lesson,
    )
    .execute(&mut *tx)
    .await?;
    if !matches!(whose, Whose::Conversation(..)) {
        sqlx::query!(
            "delete from ladder where classroom = $1 and ($2::uuid is null or actor = $2)",
            whose.classroom().0,
            whose.actor().map(Actor::uuid),
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    app.redis.erase_logs(&turns).await?;
    let erased = usize::try_from(erased.rows_affected()).unwrap_or_default();
    tracing::info!(turns = erased, "erased conversations because somebody asked for it");
    Ok(erased)
}

async fn open_turns(app: &App, whose: Whose) -> sqlx::Result<Vec<TurnId>> {
    let (lesson, any_lesson) = lesson(whose);
    let turns = sqlx::query_scalar!(
        "select id from turn
         where state in ('queued', 'running') and classroom = $1 and ($2::uuid is null or (actor = $2 and actor_kind = $3))
           and ($5 or lesson is not distinct from $4)",
        whose.classroom().0,
        whose.actor().map(Actor::uuid),
        whose.actor().map(actor_kind),
        lesson,
        any_lesson,
    );
    Ok(turns.fetch_all(&app.db).await?.into_iter().map(TurnId).collect())
}

/// All that have text.
async fn turns(app: &App, whose: Whose) -> sqlx::Result<Vec<TurnId>> {
    let (lesson, any_lesson) = lesson(whose);
    let turns = sqlx::query_scalar!(
        "select id from turn join turn_text on turn_text.turn = turn.id
         where classroom = $1 and ($2::uuid is null or (actor = $2 and actor_kind = $3))
           and ($5 or lesson is not distinct from $4)",
        whose.classroom().0,
        whose.actor().map(Actor::uuid),
        whose.actor().map(actor_kind),
        lesson,
        any_lesson,
    );
    Ok(turns.fetch_all(&app.db).await?.into_iter().map(TurnId).collect())
}

fn lesson(whose: Whose) -> (Option<Uuid>, bool) {
    match whose {
        Whose::Conversation(_, _, lesson) => (lesson.map(|lesson| lesson.0), false),
        Whose::Student(..) | Whose::Class(_) => (None, true),
    }
}
