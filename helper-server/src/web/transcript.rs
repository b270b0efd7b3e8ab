//! `GET /helper/transcript?grant=…`: what a student and the helper wrote, for a teacher whom the hub has let look, once.
//! Only what was asked on pages that told the student so.

use super::{
    error::{broken_page, missing_page},
    language::BrowserWords,
    layout::Frame,
    words::{Words, words},
};
use crate::{app::App, outgoing};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use helper_ui::{
    document::Document,
    ui::{BackLink, EmptyState, Main, NavLink, PageHeader, Prose, TopBar, Width},
};
use leptos::prelude::*;
use serde::Deserialize;
use server_kit::page;
use shared_types::transcript::{LIFETIME_S, TranscriptGrant};
use sqlx::PgPool;

/// Turns that are shown.
const NEWEST: i64 = 100;

/// The grant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TranscriptQuery {
    grant: String,
}

/// The page; 404 without a grant that holds and was not taken before.
pub async fn transcript(
    State(app): State<App>,
    BrowserWords(browser_words): BrowserWords,
    Query(query): Query<TranscriptQuery>,
) -> Response {
    let Some(grant) = TranscriptGrant::verify(&query.grant, &app.config.scope_keys, app.clock.unix()) else {
        return missing_page(&app, browser_words).await;
    };
    let words = words(&grant.locale);
    // Without Redis nobody knows whether it was taken: then it was.
    let first = app.redis.is_first(grant.id, 4 * LIFETIME_S).await.map_err(|error| {
        tracing::error!(%error, "whether a grant was taken could not be known");
    });
    if first != Ok(true) {
        return missing_page(&app, words).await;
    }
    tracing::info!(staff = %grant.staff, classroom = %grant.classroom, student = %grant.student, "showed a conversation");
    match turns(&app.db, &grant).await {
        Ok(turns) => render(&app, words, &grant, turns).await,
        Err(error) => broken_page(&app, words, error.into()).await,
    }
}

struct Turn {
    created_at: DateTime<Utc>,
    question: String,
    answer: Option<String>,
}

async fn turns(db: &PgPool, grant: &TranscriptGrant) -> sqlx::Result<Vec<Turn>> {
    sqlx::query_as!(
        Turn,
        "select created_at, question, answer from turn join turn_text on turn_text.turn = turn.id
         where classroom = $1 and actor = $2 and actor_kind = 'student' and may_be_read
         order by created_at, id limit $3",
        grant.classroom.0,
        grant.student.0,
        NEWEST,
    )
    .fetch_all(db)
    .await
}

async fn render(app: &App, words: &'static Words, grant: &TranscriptGrant, turns: Vec<Turn>) -> Response {
    let heading = (words.transcript_of)(&grant.student_name);
    let Frame { assets, title, .. } = Frame::new(app, words, &format!("{heading} · {}", grant.class_name), None);
    let class = format!("/teach/classes/{}", grant.classroom);
    let back = format!("{class}/helper/transcripts");
    let links =
        vec![NavLink::new("/teach", words.classes, false), NavLink::new(class, grant.class_name.clone(), false)];
    let offset_s = grant.utc_offset_s;
    page::render(StatusCode::OK, move || {
        let shown = if turns.is_empty() {
            view! { <EmptyState title=words.transcript_none text=words.transcript_none_more /> }.into_any()
        } else {
            turns.into_iter().map(|turn| turn_view(words, turn, offset_s)).collect_view().into_any()
        };
        view! {
            <Document title lang=words.lang skip=words.skip assets>
                <TopBar home="/teach" label=words.navigation links place=words.helper.to_owned() />
                <Main width=Width::Reading>
                    <BackLink href=back>{words.transcript_back}</BackLink>
                    <PageHeader title=heading lead=words.transcript_lead />
                    {shown}
                </Main>
            </Document>
        }
    })
    .await
}

/// Day and time on the school's clock.
fn moment(words: &Words, at: DateTime<Utc>, offset_s: i32) -> String {
    let local = at + TimeDelta::seconds(offset_s.into());
    let month = words.months[usize::try_from(local.month0()).unwrap_or_default() % 12];
    (words.moment)(local.day(), month, local.year(), &local.format("%H:%M").to_string())
}

fn turn_view(words: &'static Words, turn: Turn, offset_s: i32) -> impl IntoView {
    let at = moment(words, turn.created_at, offset_s);
    let answer = turn.answer.as_deref().map(outgoing::html).unwrap_or_default();
    view! {
        <section class="section">
            <h2>{at}</h2>
            <div class="turn-question">
                <h3 class="turn-who">{words.your_question_of}</h3>
                <p>{turn.question}</p>
            </div>
            <h3 class="turn-who">{words.answer}</h3>
            <Prose sanitised_html=answer />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::moment;
    use crate::web::words::words;

    #[test]
    fn a_moment_is_on_the_schools_clock() {
        let at = "2026-11-23T23:55:00Z".parse().unwrap();
        assert_eq!(moment(words("en"), at, 3600), "24 November 2026, 00:55");
        assert_eq!(moment(words("es"), at, -18_000), "23 de noviembre de 2026, 18:55");
    }
}
