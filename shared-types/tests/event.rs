//! Signed events: no free text by type, and nothing altered, stale or foreign is believed.

use proptest::{prelude::*, strategy::ValueTree};
use serde_json::Value;
use shared_types::{
    event::{BackendKind, EventKind, EventRefusal, HelperEvent, Intent, Outcome, SignedEvent, TIMESTAMP_TOLERANCE_S},
    ids::{ClassroomId, EventId, LessonId, OrganisationId, StudentId, TurnId},
    keys::EventKeys,
    scope::{Actor, Rung},
};
use uuid::Uuid;

const NOW: i64 = 1_800_000_000;

fn keys(text: &str) -> EventKeys {
    text.parse().expect("a good ring")
}

fn ring() -> EventKeys {
    keys("one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
}

prop_compose! {
    fn any_event()(
        ids in any::<[u128; 6]>(),
        at_ms in any::<i64>(),
        numbers in any::<(u16, u64, u64, u32, u32, u16)>(),
        first_text_ms in any::<Option<u64>>(),
        outcome in prop::sample::select(vec![Outcome::Answered, Outcome::Stopped, Outcome::Refused, Outcome::Failed]),
        backend in prop::sample::select(vec![None, Some(BackendKind::Embedded), Some(BackendKind::Ollama)]),
        intent in prop::sample::select(vec![None, Some(Intent::Stuck), Some(Intent::Concept)]),
        lesson in any::<bool>(),
    ) -> HelperEvent {
        HelperEvent {
            id: EventId(Uuid::from_u128(ids[0])),
            at_ms,
            organisation: OrganisationId(Uuid::from_u128(ids[1])),
            classroom: ClassroomId(Uuid::from_u128(ids[2])),
            lesson: lesson.then_some(LessonId(Uuid::from_u128(ids[3]))),
            actor: Actor::Student(StudentId(Uuid::from_u128(ids[4]))),
            turn: TurnId(Uuid::from_u128(ids[5])),
            kind: EventKind::TurnEnded {
                outcome,
                backend,
                intent,
                rung: Some(Rung::Concept),
                attempts: numbers.0,
                waited_ms: numbers.1,
                first_text_ms,
                duration_ms: numbers.2,
                question_chars: numbers.3,
                answer_chars: numbers.4,
                citations: numbers.5,
                lesson_version: Some(3),
                passages: vec![2, 5],
            },
        }
    }
}

proptest! {
    #[test]
    fn what_was_sealed_opens_as_it_was(event in any_event()) {
        prop_assert_eq!(SignedEvent::seal(&event, &ring(), NOW).open(&ring(), NOW), Ok(event));
    }

    #[test]
    fn any_flipped_bit_of_the_body_is_refused(event in any_event(), position in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut signed = SignedEvent::seal(&event, &ring(), NOW);
        let at = position.index(signed.body.len());
        signed.body[at] ^= 1 << bit;
        prop_assert_eq!(signed.open(&ring(), NOW), Err(EventRefusal::BadSignature));
    }

    #[test]
    fn any_other_id_or_time_is_refused(event in any_event(), other in any::<u128>(), later in 1..1000i64) {
        let signed = SignedEvent::seal(&event, &ring(), NOW);
        let moved = SignedEvent { timestamp: (NOW + later).to_string(), ..signed.clone() };
        prop_assert_eq!(moved.open(&ring(), NOW), Err(EventRefusal::BadSignature));
        let renamed = SignedEvent { id: Uuid::from_u128(other).to_string(), ..signed };
        prop_assert!(other == event.id.0.as_u128() || renamed.open(&ring(), NOW) == Err(EventRefusal::BadSignature));
    }
}

fn an_event() -> HelperEvent {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    any_event().new_tree(&mut runner).expect("any event will do").current()
}

#[test]
fn an_event_is_believed_within_five_minutes_either_way() {
    let signed = SignedEvent::seal(&an_event(), &ring(), NOW);
    for (now, fresh) in [
        (NOW - TIMESTAMP_TOLERANCE_S - 1, false),
        (NOW - TIMESTAMP_TOLERANCE_S, true),
        (NOW + TIMESTAMP_TOLERANCE_S, true),
        (NOW + TIMESTAMP_TOLERANCE_S + 1, false),
    ] {
        assert_eq!(signed.open(&ring(), now).is_ok(), fresh, "at {now}");
    }
}

#[test]
fn any_key_of_the_ring_verifies_and_a_foreign_one_does_not() {
    let signed = SignedEvent::seal(&an_event(), &ring(), NOW);
    let rotated =
        keys("two:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA,one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert!(signed.open(&rotated, NOW).is_ok());
    let foreign = keys("two:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA");
    assert_eq!(signed.open(&foreign, NOW), Err(EventRefusal::BadSignature));
}

#[test]
fn an_unknown_signature_version_has_its_own_code() {
    let signed = SignedEvent::seal(&an_event(), &ring(), NOW);
    let future = SignedEvent { signature: signed.signature.replacen("v1,", "v9,", 1), ..signed.clone() };
    assert_eq!(future.open(&ring(), NOW), Err(EventRefusal::UnknownVersion));
    let both = SignedEvent { signature: format!("v9,AAAA {}", signed.signature), ..signed };
    assert!(both.open(&ring(), NOW).is_ok(), "a receiver takes the version it knows");
}

#[test]
fn a_signed_sentence_is_still_no_event() {
    // Even a holder of the key cannot put a field in that the type does not have.
    let mut json = serde_json::to_value(an_event()).unwrap();
    json["kind"]["question"] = Value::from("What is the answer to number three?");
    let refused: Result<HelperEvent, _> = serde_json::from_value(json);
    assert!(refused.is_err());
}
