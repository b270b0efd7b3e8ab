//! The hub's leave to look once at what a student and the helper wrote. The hub notes the look in its audit, makes the
//! grant and sends the browser to the helper with it; the helper takes each grant once and soon.
//!
//! On the wire: `v1.<base64url(json)>.<base64url(mac)>`, where the MAC is made with the keys of scope tokens over
//! `"transcript." + base64url(json)`. Base64url has no dot, so neither passes for the other.

use crate::{
    ids::{ClassroomId, StaffId, StudentId},
    keys::ScopeKeys,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long a grant is good for, in seconds: the way from one server to the other.
pub const LIFETIME_S: i64 = 60;
const VERSION: &str = "v1";
const MAX_BYTES: usize = 1024;

/// Leave for one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptGrant {
    /// Taken once.
    pub id: Uuid,
    /// Unix second.
    pub expires_at: i64,
    pub staff: StaffId,
    pub classroom: ClassroomId,
    pub student: StudentId,
    /// What the student and the class are called: the helper knows no names.
    pub student_name: String,
    pub class_name: String,
    /// How far the school's clock is ahead of UTC, in seconds.
    pub utc_offset_s: i32,
    /// BCP 47 tag of the language the page is to be in.
    pub locale: String,
}

impl TranscriptGrant {
    /// Signs it.
    pub fn sign(&self, keys: &ScopeKeys) -> String {
        let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("claims have string keys only"));
        let mac = URL_SAFE_NO_PAD.encode(keys.sign(&signed(&claims)));
        format!("{VERSION}.{claims}.{mac}")
    }

    /// Checks it at Unix second `now`; none where it is not the hub's, or over.
    pub fn verify(token: &str, keys: &ScopeKeys, now: i64) -> Option<Self> {
        let mut parts = token.split('.');
        let (version, claims, mac, end) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
        if token.len() > MAX_BYTES || version != VERSION || end.is_some() {
            return None;
        }
        if !keys.verify_by_any(&signed(claims), &URL_SAFE_NO_PAD.decode(mac).ok()?) {
            return None;
        }
        let grant: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        let left = grant.expires_at - now;
        (0..=2 * LIFETIME_S).contains(&left).then_some(grant)
    }
}

fn signed(claims: &str) -> Vec<u8> {
    format!("transcript.{claims}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::TranscriptGrant;
    use uuid::Uuid;

    const KEYS: &str = "s1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn grant() -> TranscriptGrant {
        TranscriptGrant {
            id: Uuid::from_u128(1),
            expires_at: 1_060,
            staff: Uuid::from_u128(2).into(),
            classroom: Uuid::from_u128(3).into(),
            student: Uuid::from_u128(4).into(),
            student_name: "Jonas".into(),
            class_name: "Physics 7B".into(),
            utc_offset_s: 3600,
            locale: "en".into(),
        }
    }

    #[test]
    fn a_grant_is_good_for_a_minute_and_only_as_it_was_made() {
        let keys = KEYS.parse().unwrap();
        let token = grant().sign(&keys);
        assert_eq!(TranscriptGrant::verify(&token, &keys, 1_000), Some(grant()));
        assert_eq!(TranscriptGrant::verify(&token, &keys, 1_061), None, "it is over");
        assert_eq!(TranscriptGrant::verify(&token, &keys, 900), None, "made in the future");
        let others = KEYS.replace("AAA", "BBA").parse().unwrap();
        assert_eq!(TranscriptGrant::verify(&token, &others, 1_000), None);
        let (head, mac) = token.rsplit_once('.').unwrap();
        let other = TranscriptGrant { student: Uuid::from_u128(9).into(), ..grant() }.sign(&keys);
        let claims = other.rsplit_once('.').unwrap().0;
        assert_eq!(TranscriptGrant::verify(&format!("{claims}.{mac}"), &keys, 1_000), None, "{head}");
        assert_eq!(TranscriptGrant::verify("v1..", &keys, 1_000), None);
    }
}
