//! The turn stream: what is written is read, and what is not known is refused.

use shared_types::{
    event::{BackendKind, Rating},
    turn::{FailureCode, PastTurn, TurnEvent, TurnState},
};

#[test]
fn every_event_is_read_as_it_was_written() {
    for event in [
        TurnEvent::Queued { place: 3, eta_s: Some(40) },
        TurnEvent::Queued { place: 0, eta_s: None },
        TurnEvent::Started { attempt: 2, backend: BackendKind::OpenAiResponses },
        TurnEvent::Delta { text: "año \"0\"\n".into() },
        TurnEvent::Block { from: 4, to: 90, html: "<p>0</p>".into() },
        TurnEvent::Citation { anchor: "p-3".into(), quote: "a key".into() },
        TurnEvent::Suggestion { text: "Why?".into() },
        TurnEvent::Done { attempt: 1, backend: BackendKind::LessonOnly },
        TurnEvent::Failed { code: FailureCode::GaveUp },
        TurnEvent::Stopped,
    ] {
        let written = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<TurnEvent>(&written).unwrap(), event, "{written}");
    }
}

#[test]
fn the_wire_form_is_the_one_that_browsers_keep_in_open_pages() {
    let delta = serde_json::to_string(&TurnEvent::Delta { text: "a".into() }).unwrap();
    assert_eq!(delta, r#"{"type":"delta","text":"a"}"#);
    assert_eq!(serde_json::to_string(&TurnEvent::Stopped).unwrap(), r#"{"type":"stopped"}"#);
}

#[test]
fn what_is_not_known_or_not_whole_is_refused() {
    for text in [r#"{"type":"sung","text":"a"}"#, r#"{"type":"delta"}"#, r#"{"type":"block","from":1,"html":""}"#, "{}"]
    {
        assert!(serde_json::from_str::<TurnEvent>(text).is_err(), "{text}");
    }
    let with_more = r#"{"type":"delta","text":"a","loudness":3}"#;
    assert!(serde_json::from_str::<TurnEvent>(with_more).is_ok(), "a field that came later is passed over");
}

#[test]
fn a_turn_nobody_rated_may_leave_the_rating_out() {
    let plain = r#"{"turn":"00000000-0000-0000-0000-000000000001","state":"answered","question":"a","answer_html":""}"#;
    let past: PastTurn = serde_json::from_str(plain).unwrap();
    assert_eq!((past.state, past.rating), (TurnState::Answered, None));
    for rating in Rating::ALL {
        assert_eq!(serde_json::to_value(rating).unwrap(), rating.as_str());
    }
}
