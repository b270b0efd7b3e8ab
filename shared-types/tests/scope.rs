//! Scope tokens: what the hub signs is what the helper reads, and nothing else passes.

use proptest::prelude::*;
use shared_types::{
    event::{EventRefusal, SignedEvent},
    ids::{ClassroomId, LessonId, OrganisationId, StaffId, StudentId},
    keys::{EventKeys, ScopeKeys},
    scope::{
        Actor, Availability, CLOCK_SKEW_S, LessonRef, Limits, MAX_LIFETIME_S, MAX_TOKEN_BYTES, Policy, Rung, ScopeMode,
        ScopeRefusal, ScopeToken, Strictness,
    },
};
use uuid::Uuid;

const NOW: i64 = 1_800_000_000;
const OLD: &str = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const NEW: &str = "new:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA";

fn keys(text: &str) -> ScopeKeys {
    text.parse().expect("a good ring")
}

prop_compose! {
    fn any_scope()(
        ids in any::<[u128; 5]>(),
        staff in any::<bool>(),
        lesson in proptest::option::of(any::<(u128, i32)>()),
        age in 0..MAX_LIFETIME_S,
        life in 1..=MAX_LIFETIME_S,
        context in "\\PC{0,60}",
        topics in prop::collection::vec("\\PC{0,20}", 0..4),
        epoch in any::<i32>(),
        policy in (any::<bool>(), any::<bool>(), any::<bool>(), 0..5usize),
        limits in any::<(u16, u16, u32)>(),
    ) -> ScopeToken {
        let rungs = [Rung::Nudge, Rung::Concept, Rung::SimilarExample, Rung::CheckMyStep, Rung::Answer];
        let iat = NOW - age.min(life - 1);
        ScopeToken {
            kid: String::new(),
            iat,
            exp: iat + life,
            jti: Uuid::from_u128(ids[0]),
            actor: if staff { Actor::Staff(StaffId(Uuid::from_u128(ids[1]))) } else { Actor::Student(StudentId(Uuid::from_u128(ids[1]))) },
            session: None,
            organisation: OrganisationId(Uuid::from_u128(ids[2])),
            classroom: ClassroomId(Uuid::from_u128(ids[3])),
            epoch,
            lesson: lesson.map(|(id, version)| LessonRef { id: LessonId(Uuid::from_u128(id)), version }),
            context,
            allowed_topics: topics.clone(),
            topics,
            policy: Policy {
                strictness: if policy.0 { Strictness::Strict } else { Strictness::Light },
                scope_mode: if policy.1 { ScopeMode::Strict } else { ScopeMode::Soft },
                topic_filter: policy.2,
                max_rung: rungs[policy.3],
            },
            availability: Availability::default(),
            limits: Limits { per_minute: limits.0, per_day: limits.1, class_per_day: limits.2 },
            locale: "en".to_owned(),
            may_be_read: false,
        }
    }
}

fn a_scope() -> ScopeToken {
    ScopeToken {
        kid: String::new(),
        iat: NOW,
        exp: NOW + 600,
        jti: Uuid::from_u128(1),
        actor: Actor::Student(StudentId(Uuid::from_u128(2))),
        session: None,
        organisation: OrganisationId(Uuid::from_u128(3)),
        classroom: ClassroomId(Uuid::from_u128(4)),
        epoch: 0,
        lesson: None,
        context: "Night sky".to_owned(),
        topics: vec![],
        allowed_topics: vec![],
        policy: Policy {
            strictness: Strictness::Strict,
            scope_mode: ScopeMode::Soft,
            topic_filter: true,
            max_rung: Rung::CheckMyStep,
        },
        availability: Availability::default(),
        limits: Limits { per_minute: 6, per_day: 100, class_per_day: 0 },
        locale: "en".to_owned(),
        may_be_read: false,
    }
}

proptest! {
    #[test]
    fn a_signed_token_reads_as_what_was_signed(scope in any_scope()) {
        let token = scope.clone().sign(&keys(NEW)).unwrap();
        let read = ScopeToken::verify(&token, &keys(NEW), NOW).unwrap();
        prop_assert_eq!(read, ScopeToken { kid: "new".to_owned(), ..scope });
    }

    #[test]
    fn any_flipped_bit_is_refused(scope in any_scope(), position in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut token = scope.sign(&keys(NEW)).unwrap().into_bytes();
        let at = position.index(token.len());
        token[at] ^= 1 << bit;
        if let Ok(token) = String::from_utf8(token) {
            prop_assert!(ScopeToken::verify(&token, &keys(NEW), NOW).is_err(), "{}", token);
        }
    }

    #[test]
    fn nothing_but_a_token_passes(text in "\\PC{0,200}|v1\\.[A-Za-z0-9_-]{0,100}\\.[A-Za-z0-9_-]{0,60}") {
        prop_assert!(ScopeToken::verify(&text, &keys(NEW), NOW).is_err());
    }
}

#[test]
fn rotation_keeps_what_the_old_key_signed_until_it_is_dropped() {
    let signed_by_old = a_scope().sign(&keys(OLD)).unwrap();
    let rotated = keys(&format!("{NEW},{OLD}"));
    assert_eq!(ScopeToken::verify(&signed_by_old, &rotated, NOW).unwrap().kid, "old");
    assert_eq!(ScopeToken::verify(&a_scope().sign(&rotated).unwrap(), &rotated, NOW).unwrap().kid, "new");
    assert_eq!(ScopeToken::verify(&signed_by_old, &keys(NEW), NOW), Err(ScopeRefusal::UnknownKey));
}

#[test]
fn a_key_of_the_same_name_with_another_value_is_refused() {
    let token = a_scope().sign(&keys(OLD)).unwrap();
    let forged_ring = keys(&NEW.replace("new:", "old:"));
    assert_eq!(ScopeToken::verify(&token, &forged_ring, NOW), Err(ScopeRefusal::BadSignature));
}

#[test]
fn a_token_lives_from_its_issue_to_its_end_give_or_take_the_skew() {
    let token = a_scope().sign(&keys(NEW)).unwrap();
    let at = |now| ScopeToken::verify(&token, &keys(NEW), now).map(|_| ());
    for (now, expected) in [
        (NOW - CLOCK_SKEW_S - 1, Err(ScopeRefusal::NotYetValid)),
        (NOW - CLOCK_SKEW_S, Ok(())),
        (NOW, Ok(())),
        (NOW + 600, Ok(())),
        (NOW + 600 + CLOCK_SKEW_S - 1, Ok(())),
        (NOW + 600 + CLOCK_SKEW_S, Err(ScopeRefusal::Expired)),
        (i64::MAX, Err(ScopeRefusal::Expired)),
        (i64::MIN, Err(ScopeRefusal::NotYetValid)),
    ] {
        assert_eq!(at(now), expected, "at {now}");
    }
}

#[test]
fn a_token_of_more_than_two_hours_is_neither_signed_nor_believed() {
    let scope = ScopeToken { exp: NOW + MAX_LIFETIME_S + 1, ..a_scope() };
    assert_eq!(scope.sign(&keys(NEW)), Err(ScopeRefusal::TooLongLived));
}

#[test]
fn an_unknown_version_has_its_own_code() {
    let token = a_scope().sign(&keys(NEW)).unwrap().replacen("v1.", "v2.", 1);
    let refusal = ScopeToken::verify(&token, &keys(NEW), NOW).unwrap_err();
    assert_eq!(refusal, ScopeRefusal::UnknownVersion);
    assert_eq!(refusal.code(), "scope_unknown_version");
}

#[test]
fn a_token_longer_than_the_limit_is_not_even_read() {
    let scope = ScopeToken { context: "x".repeat(MAX_TOKEN_BYTES), ..a_scope() };
    assert_eq!(scope.sign(&keys(NEW)), Err(ScopeRefusal::TooLong));
    let long = format!("v1.{}.AAAA", "A".repeat(MAX_TOKEN_BYTES));
    assert_eq!(ScopeToken::verify(&long, &keys(NEW), NOW), Err(ScopeRefusal::TooLong));
}

#[test]
fn a_scope_signature_never_passes_for_an_event_even_under_the_same_key() {
    let token = a_scope().sign(&keys(NEW)).unwrap();
    let (claims, mac) = token.strip_prefix("v1.").unwrap().split_once('.').unwrap();
    let ring: EventKeys = NEW.parse().unwrap();
    let standard = mac.replace('-', "+").replace('_', "/") + "=";
    // The event's signed bytes are `id.timestamp.body`: choose them so that they equal the token's claims.
    let signed = SignedEvent {
        id: claims.to_owned(),
        timestamp: String::new(),
        signature: format!("v1,{standard}"),
        body: vec![],
    };
    assert_eq!(signed.open(&ring, NOW), Err(EventRefusal::BadSignature));
}
