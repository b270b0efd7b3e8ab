//! The helper's signed reports.

use crate::harness::{EVENT_KEYS, Page, TestApp};
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use shared_types::{
    event::{
        BackendKind, EventKind, HelperEvent, ID_HEADER, Intent, Outcome, Rating, SIGNATURE_HEADER, SignedEvent,
        TIMESTAMP_HEADER,
    },
    ids::{ClassroomId, EventId, OrganisationId, StudentId, TurnId},
    keys::EventKeys,
    scope::{Actor, Rung},
};
use tower::ServiceExt;
use uuid::Uuid;

impl TestApp {
    /// The helper reports `times` answered questions of a student in Amira's class.
    pub async fn helper_reports(&self, student: StudentId, times: usize) {
        for _ in 0..times {
            self.delivers(&self.sealed(&self.report(student))).await.has_status(204);
        }
    }

    /// The helper reports something else about a student in Amira's class.
    pub async fn helper_tells(&self, student: StudentId, kind: EventKind) {
        let event = HelperEvent { kind, ..self.report(student) };
        self.delivers(&self.sealed(&event)).await.has_status(204);
    }

    /// The helper reports this.
    pub async fn helper_sends(&self, event: &HelperEvent) {
        self.delivers(&self.sealed(event)).await.has_status(204);
    }

    pub fn report(&self, student: StudentId) -> HelperEvent {
        HelperEvent {
            id: EventId(self.app.new_id()),
            at_ms: self.app.clock.now().timestamp_millis(),
            organisation: self.people.riverside,
            classroom: self.people.physics.id,
            lesson: None,
            actor: Actor::Student(student),
            turn: TurnId(self.app.new_id()),
            kind: EventKind::TurnEnded {
                outcome: Outcome::Answered,
                backend: Some(BackendKind::Ollama),
                intent: Some(Intent::Stuck),
                rung: Some(Rung::Nudge),
                attempts: 1,
                waited_ms: 12,
                first_text_ms: Some(300),
                duration_ms: 4_000,
                question_chars: 40,
                answer_chars: 400,
                citations: 1,
                lesson_version: None,
                passages: Vec::new(),
            },
        }
    }

    fn sealed(&self, event: &HelperEvent) -> SignedEvent {
        SignedEvent::seal(event, &keys(EVENT_KEYS), self.app.clock.unix())
    }

    async fn delivers(&self, event: &SignedEvent) -> Page {
        let request = Request::post("/internal/events")
            .header(ID_HEADER, &event.id)
            .header(TIMESTAMP_HEADER, &event.timestamp)
            .header(SIGNATURE_HEADER, &event.signature)
            .header("content-type", "application/json")
            .body(Body::from(event.body.clone()))
            .unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, body, bytes }
    }
}

fn keys(text: &str) -> EventKeys {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_report_is_stored_once_however_often_it_comes() {
    let app = TestApp::start().await;
    let event = app.report(app.people.jonas);
    let first = app.sealed(&event);
    let again = app.sealed(&event);
    let (one, other) = tokio::join!(app.delivers(&first), app.delivers(&again));
    one.has_status(204);
    other.has_status(204);
    // The very bytes once more, and signed anew by the retry of a later hour.
    app.delivers(&first).await.has_status(204);
    app.later(chrono::Duration::hours(1));
    app.delivers(&app.sealed(&event)).await.has_status(204);
    assert_eq!(app.count("select count(*) from helper_events").await, 1);
    let row: (String, String, String, String, i64, i32) =
        sqlx::query_as("select outcome, backend, intent, rung, first_text_ms, answer_chars from helper_events")
            .fetch_one(&app.app.db)
            .await
            .unwrap();
    assert_eq!(row, ("answered".into(), "ollama".into(), "stuck".into(), "nudge".into(), 300, 400));
}

#[tokio::test]
async fn what_was_not_signed_by_the_helper_is_refused_with_a_code() {
    let app = TestApp::start().await;
    let event = app.report(app.people.jonas);
    let good = app.sealed(&event);
    let mallorys = SignedEvent::seal(&event, &keys(&EVENT_KEYS.replace("AgI", "AwI")), app.app.clock.unix());
    let longer = good.body.iter().copied().chain(*b" ").collect();
    let other_id = Uuid::from_u128(9).to_string();
    for (attack, code) in [
        (mallorys, "event_bad_signature"),
        (SignedEvent { body: longer, ..good.clone() }, "event_bad_signature"),
        (SignedEvent { id: other_id, ..good.clone() }, "event_bad_signature"),
        (SignedEvent { timestamp: "1".into(), ..good.clone() }, "event_bad_signature"),
        (SignedEvent { signature: String::new(), ..good.clone() }, "event_unknown_version"),
    ] {
        app.delivers(&attack).await.has_status(401).says(code);
    }
    app.later(chrono::Duration::minutes(6));
    app.delivers(&good).await.has_status(401).says("event_stale");
    assert_eq!(app.count("select count(*) from helper_events").await, 0);
}

#[tokio::test]
async fn a_report_must_be_about_a_class_of_its_organisation() {
    let app = TestApp::start().await;
    let mut event = app.report(app.people.jonas);
    event.organisation = app.people.hilltop;
    app.delivers(&app.sealed(&event)).await.has_status(422).says("event_unknown_classroom");
    event.organisation = OrganisationId(Uuid::from_u128(5));
    app.delivers(&app.sealed(&event)).await.has_status(422);
    event.organisation = app.people.riverside;
    event.classroom = ClassroomId(Uuid::from_u128(5));
    app.delivers(&app.sealed(&event)).await.has_status(422);
    assert_eq!(app.count("select count(*) from helper_events").await, 0);
}

#[tokio::test]
async fn nobody_gets_at_it_as_a_page() {
    let app = TestApp::start().await;
    app.browser().get("/internal/events").await.has_status(405);
    app.browser().post("/internal/events", &[("a", "b")]).await.has_status(401);
}

impl TestApp {
    /// The helper tells what was said of an answer.
    pub fn rated(&self, report: &HelperEvent, rating: Option<Rating>, revision: u32) -> HelperEvent {
        HelperEvent {
            id: EventId(self.app.new_id()),
            kind: EventKind::TurnRated { rating, revision },
            ..report.clone()
        }
    }
}

#[tokio::test]
async fn of_two_thumbs_the_later_holds_whichever_comes_first() {
    let app = TestApp::start().await;
    let report = app.report(app.people.jonas);
    app.helper_sends(&report).await;
    for (rating, revision) in [(Some(Rating::NotHelped), 2), (Some(Rating::Helped), 1), (Some(Rating::NotHelped), 2)] {
        app.helper_sends(&app.rated(&report, rating, revision)).await;
    }
    assert_eq!(app.count("select count(*) from helper_events where rating = 'not_helped'").await, 1);
    app.helper_sends(&app.rated(&report, None, 3)).await;
    assert_eq!(app.count("select count(*) from helper_events where rating is null and rating_revision = 3").await, 1);
    assert_eq!(app.count("select count(*) from helper_events").await, 1);
}

#[tokio::test]
async fn a_thumb_for_a_turn_that_is_gone_or_of_somebody_else_changes_nothing() {
    let app = TestApp::start().await;
    let report = app.report(app.people.jonas);
    app.helper_sends(&report).await;
    let gone = HelperEvent { turn: TurnId(app.app.new_id()), ..report.clone() };
    let elsewhere = HelperEvent { organisation: OrganisationId(app.app.new_id()), ..report.clone() };
    let anothers = HelperEvent { actor: Actor::Student(app.people.lena), ..report.clone() };
    for wrong in [gone, elsewhere, anothers] {
        let rated = app.rated(&wrong, Some(Rating::Helped), 1);
        app.delivers(&app.sealed(&rated)).await.has_status(422);
    }
    assert_eq!(app.count("select count(*) from helper_events where rating is not null").await, 0);
}
