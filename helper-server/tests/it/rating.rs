//! Thumbs under an answer: kept with the turn, reported without a word of it.

use crate::support::{
    Gate, Person, Step, TestApp,
    app::{Asked, Helper, client},
    eventually, say,
};
use axum::http::{StatusCode, header};
use reqwest::Response;
use shared_types::{
    event::{EventKind, HelperEvent, Rating},
    ids::TurnId,
    turn::Conversation,
};

impl Helper {
    async fn rate(&self, turn: TurnId, rating: &str, way_in: (header::HeaderName, &str)) -> Response {
        let address = self.url(&format!("/helper/turns/{turn}/rating?rating={rating}"));
        client().post(address).header(way_in.0, way_in.1).send().await.unwrap()
    }

    async fn said_of(&self, person: Person) -> Vec<Option<Rating>> {
        let conversation = self.get_as("/helper/conversation", &self.token(person)).await;
        let Conversation { turns, .. } = conversation.json().await.unwrap();
        turns.into_iter().map(|turn| turn.rating).collect()
    }
}

/// Jonas has an answer.
async fn answered(app: &TestApp) -> Asked {
    app.system.model.always(say("Look at the key."));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.system.until_state(asked.turn, "answered").await;
    asked
}

#[tokio::test]
async fn a_thumb_is_kept_changed_and_taken_back_and_the_hub_is_told_each_time() {
    let app = TestApp::start().await;
    let (asked, jonas) = (answered(&app).await, app.system.people.jonas());
    let bearer = format!("Bearer {}", app.token(jonas));
    let ways = [(header::AUTHORIZATION, bearer.as_str()), (header::COOKIE, asked.cookie.as_str())];
    for (said, known) in [("helped", Some(Rating::Helped)), ("not_helped", Some(Rating::NotHelped)), ("", None)] {
        for way_in in ways.clone() {
            // The second says the same again.
            assert_eq!(app.rate(asked.turn, said, way_in).await.status(), StatusCode::NO_CONTENT, "{said}");
        }
        assert_eq!(app.said_of(jonas).await, [known]);
    }
    let told = eventually("three reports", || async {
        let events = app.system.hub.events();
        let told: Vec<_> = events.iter().filter(|event| matches!(event.kind, EventKind::TurnRated { .. })).collect();
        (told.len() == 3).then(|| told.iter().map(|event| (event.turn, event.kind.clone())).collect::<Vec<_>>())
    });
    let told = told.await;
    for (revision, rating) in [(1, Some(Rating::Helped)), (2, Some(Rating::NotHelped)), (3, None)] {
        assert!(told.contains(&(asked.turn, EventKind::TurnRated { rating, revision })), "{told:?}");
    }
}

#[tokio::test]
async fn the_hub_is_told_of_the_turn_before_its_thumb() {
    let app = TestApp::start().await;
    app.system.hub.set_down(true);
    let asked = answered(&app).await;
    app.rate(asked.turn, "helped", (header::COOKIE, &asked.cookie)).await;
    app.system.hub.set_down(false);
    let order = eventually("both reports", || async {
        let events = app.system.hub.events();
        let is_thumb = |event: &HelperEvent| matches!(event.kind, EventKind::TurnRated { .. });
        (events.len() == 2).then(|| events.iter().map(is_thumb).collect::<Vec<_>>())
    });
    assert_eq!(order.await, [false, true]);
}

#[tokio::test]
async fn what_cannot_be_rated_is_not() {
    let app = TestApp::start().await;
    let asked = answered(&app).await;
    let nonsense = app.rate(asked.turn, "splendid", (header::COOKIE, &asked.cookie)).await;
    assert_eq!(nonsense.status(), StatusCode::BAD_REQUEST);
    app.system.model.always(vec![Step::Wait(Gate::closed())]);
    let waiting = app.ask(app.system.people.lena(), "Why?").await;
    app.rate(waiting.turn, "helped", (header::COOKIE, &waiting.cookie)).await;
    assert_eq!(app.said_of(app.system.people.lena()).await, [None]);
}

#[tokio::test]
async fn mallory_cannot_rate_anothers_answer() {
    let app = TestApp::start().await;
    let asked = answered(&app).await;
    let lena = format!("Bearer {}", app.token(app.system.people.lena()));
    for way_in in [(header::AUTHORIZATION, lena.as_str()), (header::COOKIE, "turn=guessed"), (header::COOKIE, "chat=x")]
    {
        assert_eq!(app.rate(asked.turn, "not_helped", way_in).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(app.said_of(app.system.people.jonas()).await, [None]);
}

#[tokio::test]
async fn the_page_of_an_answer_has_the_thumbs_as_plain_buttons() {
    let app = TestApp::start().await;
    let asked = answered(&app).await;
    let path = format!("/helper/turns/{}", asked.turn);
    let pressed = client()
        .post(app.url(&format!("{path}/rating?rating=helped")))
        .header(header::COOKIE, &asked.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send();
    let pressed = pressed.await.unwrap();
    assert_eq!(pressed.status(), StatusCode::SEE_OTHER);
    assert_eq!(pressed.headers()[header::LOCATION].to_str().unwrap(), path);
    let html = app.get_with_cookie(&path, &asked.cookie).await.text().await.unwrap();
    let take_back = format!(r#"formaction="{path}/rating" aria-pressed="true""#);
    assert!(html.contains(&take_back) && html.contains("This helped"), "{html}");
    assert!(html.contains(&format!(r#"formaction="{path}/rating?rating=not_helped" aria-pressed="false""#)), "{html}");
}
