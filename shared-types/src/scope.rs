//! The scope token: all the helper knows about who asks, about what, and under which rules.
//!
//! On the wire: `v1.<base64url(json)>.<base64url(mac)>`, where the MAC is HMAC-SHA256 over
//! `"classhub.scope.v1." + base64url(json)`. It is made by the hub, shown to the browser in a page, and
//! sent to the helper as `Authorization: Bearer`.

use crate::ids::{ClassroomId, LessonId, OrganisationId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Longest token accepted, in bytes.
pub const MAX_TOKEN_BYTES: usize = 4096;
/// Longest life of a token, in seconds.
pub const MAX_LIFETIME_S: i64 = 2 * 60 * 60;
/// How far the two servers' clocks may differ, in seconds.
pub const CLOCK_SKEW_S: i64 = 60;

/// The claims of a scope token. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeToken {
    /// Id of the key that signed it; set by [`ScopeToken::sign`].
    #[serde(default)]
    pub kid: String,
    /// Issued at.
    pub iat: i64,
    /// Expires at; at most [`MAX_LIFETIME_S`] after `iat`.
    pub exp: i64,
    /// This token's own id.
    pub jti: Uuid,
    pub actor: Actor,
    /// The session of the hub it was made in: when that has ended, the token is worth nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Uuid>,
    pub organisation: OrganisationId,
    pub classroom: ClassroomId,
    /// The class's epoch when the token was made; raising it revokes every token of the class.
    pub epoch: i32,
    /// The lesson the conversation is about, at one published version; none for the class as a whole.
    pub lesson: Option<LessonRef>,
    /// One line that tells the model where the student is, for instance the course and lesson titles.
    pub context: String,
    /// What the lesson is about, in the teacher's words.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What may be asked beside the lesson itself.
    #[serde(default)]
    pub allowed_topics: Vec<String>,
    pub policy: Policy,
    /// Whether the helper answers at all; left out while nothing stands against it.
    #[serde(default, skip_serializing_if = "Availability::is_plain")]
    pub availability: Availability,
    pub limits: Limits,
    /// BCP 47 tag of the language the page is in.
    pub locale: String,
    /// The page tells the student that teachers may read the conversation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_be_read: bool,
}

/// Where the hub makes a fresh token for a page that says, or does not say, that teachers may read the conversation.
pub const fn renewal_path(says_teachers_may_read: bool) -> &'static str {
    if says_teachers_may_read { "/student/helper-token?announced=1" } else { "/student/helper-token" }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Actor {
    Student(StudentId),
    Staff(StaffId),
}

impl Actor {
    /// The id without its kind.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Student(id) => id.0,
            Self::Staff(id) => id.0,
        }
    }
}

/// A lesson at one published version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LessonRef {
    pub id: LessonId,
    pub version: i32,
}

/// The teaching rules the hub set for this class and lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub strictness: Strictness,
    pub scope_mode: ScopeMode,
    /// Whether questions outside the lesson and the allowed topics are turned away before a model sees them.
    pub topic_filter: bool,
    /// The highest rung the teacher has released.
    pub max_rung: Rung,
}

/// Whether and until when the helper answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Why it does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<OffBecause>,
    /// Unix second at which that changes: at which its hours end, or begin again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Its hours on the school's clock, where it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// Hours of a day, in minutes of the day. Written `08:00–17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub from: u16,
    pub to: u16,
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl Availability {
    /// Whether it answers for as long as the token lives.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Why it does not answer at Unix second `now`.
    pub fn off_at(self, now: i64) -> Option<OffBecause> {
        match self.until {
            // What was to change then has.
            Some(until) if until <= now => self.off.is_none().then_some(OffBecause::Hours),
            _ => self.off,
        }
    }
}

/// Why the helper does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffBecause {
    /// The teacher switched it off for the class.
    Class,
    /// … for this lesson.
    Lesson,
    /// It is outside the hours of the class.
    Hours,
}

/// How much the helper may give away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    Light,
    Strict,
}

/// How closely the conversation is held to the lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeMode {
    Soft,
    Strict,
}

/// The steps of the hint ladder, weakest help first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Rung {
    Nudge,
    Concept,
    SimilarExample,
    CheckMyStep,
    Answer,
}

/// How much may be asked; zero means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Turns of one student within a minute.
    pub per_minute: u16,
    /// Turns of one student within a day.
    pub per_day: u16,
    /// Turns of the whole class within a day.
    pub class_per_day: u32,
}

#[cfg(feature = "keys")]
mod signing {
    use super::{CLOCK_SKEW_S, MAX_LIFETIME_S, MAX_TOKEN_BYTES, ScopeToken};
    use crate::keys::ScopeKeys;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    const VERSION: &str = "v1";

    /// Why a token was refused.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
    pub enum ScopeRefusal {
        #[error("the token is longer than {MAX_TOKEN_BYTES} bytes")]
        TooLong,
        #[error("the token is not of the form version.claims.mac")]
        Malformed,
        #[error("the token's version is not known here")]
        UnknownVersion,
        #[error("the token was signed with a key not known here")]
        UnknownKey,
        #[error("the token's signature does not match")]
        BadSignature,
        #[error("the token has expired")]
        Expired,
        #[error("the token was issued in the future")]
        NotYetValid,
        #[error("the token lives longer than {MAX_LIFETIME_S} seconds")]
        TooLongLived,
    }

    impl ScopeRefusal {
        /// A stable code for clients and logs.
        pub const fn code(self) -> &'static str {
            match self {
                Self::TooLong => "scope_too_long",
                Self::Malformed => "scope_malformed",
                Self::UnknownVersion => "scope_unknown_version",
                Self::UnknownKey => "scope_unknown_key",
                Self::BadSignature => "scope_bad_signature",
                Self::Expired => "scope_expired",
                Self::NotYetValid => "scope_not_yet_valid",
                Self::TooLongLived => "scope_too_long_lived",
            }
        }
    }

    impl ScopeToken {
        /// Signs the claims with the ring's first key.
        ///
        /// Fails with [`ScopeRefusal::TooLong`] or [`ScopeRefusal::TooLongLived`] where [`verify`](Self::verify) would.
        pub fn sign(mut self, keys: &ScopeKeys) -> Result<String, ScopeRefusal> {
            keys.signing_kid().clone_into(&mut self.kid);
            if self.exp - self.iat > MAX_LIFETIME_S {
                return Err(ScopeRefusal::TooLongLived);
            }
            let claims = serde_json::to_vec(&self).expect("claims have string keys only");
            let claims = URL_SAFE_NO_PAD.encode(claims);
            let mac = URL_SAFE_NO_PAD.encode(keys.sign(claims.as_bytes()));
            let token = format!("{VERSION}.{claims}.{mac}");
            if token.len() > MAX_TOKEN_BYTES {
                return Err(ScopeRefusal::TooLong);
            }
            Ok(token)
        }

        /// Checks a token at Unix second `now`. Nothing of the claims is used before the signature holds,
        /// save the key id that says which key to hold it against.
        pub fn verify(token: &str, keys: &ScopeKeys, now: i64) -> Result<Self, ScopeRefusal> {
            if token.len() > MAX_TOKEN_BYTES {
                return Err(ScopeRefusal::TooLong);
            }
            let (version, rest) = token.split_once('.').ok_or(ScopeRefusal::Malformed)?;
            if version != VERSION {
                return Err(ScopeRefusal::UnknownVersion);
            }
            let (claims, mac) = rest.split_once('.').ok_or(ScopeRefusal::Malformed)?;
            let mac = URL_SAFE_NO_PAD.decode(mac).map_err(|_| ScopeRefusal::Malformed)?;
            let json = URL_SAFE_NO_PAD.decode(claims).map_err(|_| ScopeRefusal::Malformed)?;
            let scope: Self = serde_json::from_slice(&json).map_err(|_| ScopeRefusal::Malformed)?;
            if !keys.knows(&scope.kid) {
                return Err(ScopeRefusal::UnknownKey);
            }
            if !keys.verify_by(&scope.kid, claims.as_bytes(), &mac) {
                return Err(ScopeRefusal::BadSignature);
            }
            scope.check_times(now)?;
            Ok(scope)
        }

        fn check_times(&self, now: i64) -> Result<(), ScopeRefusal> {
            if self.exp.saturating_sub(self.iat) > MAX_LIFETIME_S {
                return Err(ScopeRefusal::TooLongLived);
            }
            if now.saturating_sub(self.exp) >= CLOCK_SKEW_S {
                return Err(ScopeRefusal::Expired);
            }
            if self.iat.saturating_sub(now) > CLOCK_SKEW_S {
                return Err(ScopeRefusal::NotYetValid);
            }
            Ok(())
        }
    }
}

#[cfg(feature = "keys")]
pub use signing::ScopeRefusal;
