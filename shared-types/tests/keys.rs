//! Key rings: what is accepted, what is refused, and that a key never appears in a message.

use shared_types::keys::{EventKeys, KeyRingError, ScopeKeys};

const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[test]
fn bad_rings_are_refused_with_the_reason() {
    let table = [
        (String::new(), KeyRingError::Empty),
        (" , ".to_owned(), KeyRingError::Empty),
        (KEY.to_owned(), KeyRingError::NoColon(1)),
        (format!("a:{KEY},{KEY}"), KeyRingError::NoColon(2)),
        (format!("a b:{KEY}"), KeyRingError::BadKid(1)),
        (format!(":{KEY}"), KeyRingError::BadKid(1)),
        (format!("a:{KEY}="), KeyRingError::BadBase64("a".to_owned())),
        ("a:c2hvcnQ".to_owned(), KeyRingError::TooShort("a".to_owned())),
        (format!("a:{KEY},a:{KEY}"), KeyRingError::DuplicateKid("a".to_owned())),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse::<ScopeKeys>().unwrap_err(), expected, "{text:?}");
    }
}

#[test]
fn two_purposes_must_not_share_a_key() {
    let scope: ScopeKeys = format!("s:{KEY}").parse().unwrap();
    let same: EventKeys = format!("e:{KEY}").parse().unwrap();
    let other: EventKeys = "e:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA".parse().unwrap();
    assert!(scope.shares_a_key_with(&same));
    assert!(!scope.shares_a_key_with(&other));
}

#[test]
fn a_ring_is_shown_by_its_key_ids_only() {
    let ring: ScopeKeys = format!("current:{KEY}").parse().unwrap();
    let shown = format!("{ring:?}");
    assert_eq!(shown, "[\"current\"]");
}
