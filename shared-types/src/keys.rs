//! Key rings: the secrets one purpose signs and verifies with.
//!
//! A ring is written `kid:base64url[,kid:base64url…]`. The first key signs, every key verifies, so a key
//! is rotated without downtime: put the new one first, wait until what the old one signed has expired,
//! then drop the old one. What is signed is always prefixed with the purpose's own context, so that a
//! signature made for one purpose never verifies for another, even under the same key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{fmt, marker::PhantomData, str::FromStr};

/// Shortest key accepted, in bytes: the output length of SHA-256 (RFC 2104, section 3).
pub const MIN_KEY_BYTES: usize = 32;
const MAX_KID_CHARS: usize = 32;

/// What a ring's keys are for.
pub trait Purpose {
    /// Prefix of everything signed for this purpose.
    const CONTEXT: &'static str;
}

/// Scope tokens, signed by the hub (`HUB_SCOPE_KEYS`).
#[derive(Debug, Clone, Copy)]
pub enum ScopePurpose {}
impl Purpose for ScopePurpose {
    const CONTEXT: &'static str = "classhub.scope.v1.";
}

/// Helper events, signed by the helper (`HELPER_EVENT_KEYS`).
#[derive(Debug, Clone, Copy)]
pub enum EventPurpose {}
impl Purpose for EventPurpose {
    const CONTEXT: &'static str = "classhub.event.v1.";
}

/// Keys that sign [scope tokens](crate::scope::ScopeToken).
pub type ScopeKeys = KeyRing<ScopePurpose>;
/// Keys that sign [events](crate::event::HelperEvent).
pub type EventKeys = KeyRing<EventPurpose>;

/// One purpose's keys; never empty. `Debug` shows the key ids only.
pub struct KeyRing<P> {
    keys: Vec<Key>,
    purpose: PhantomData<P>,
}

#[derive(Clone)]
struct Key {
    kid: String,
    secret: Vec<u8>,
}

/// Why a key ring was refused. The text never contains a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    #[error("no key given; write kid:base64url, with at least {MIN_KEY_BYTES} bytes")]
    Empty,
    #[error("key number {0} has no colon between its id and its value")]
    NoColon(usize),
    #[error("key number {0}: an id has 1 to {MAX_KID_CHARS} characters of a-z A-Z 0-9 - _")]
    BadKid(usize),
    #[error("key {0} is not base64url without padding")]
    BadBase64(String),
    #[error("key {0} is shorter than {MIN_KEY_BYTES} bytes")]
    TooShort(String),
    #[error("two keys are called {0}")]
    DuplicateKid(String),
}

impl<P> Clone for KeyRing<P> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), purpose: PhantomData }
    }
}

impl<P> fmt::Debug for KeyRing<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.kid)).finish()
    }
}

impl<P> FromStr for KeyRing<P> {
    type Err = KeyRingError;

    fn from_str(text: &str) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, part) in text.split(',').map(str::trim).filter(|part| !part.is_empty()).enumerate() {
            let (kid, secret) = part.split_once(':').ok_or(KeyRingError::NoColon(index + 1))?;
            if !is_kid(kid) {
                return Err(KeyRingError::BadKid(index + 1));
            }
            let secret = URL_SAFE_NO_PAD.decode(secret).map_err(|_| KeyRingError::BadBase64(kid.to_owned()))?;
            if secret.len() < MIN_KEY_BYTES {
                return Err(KeyRingError::TooShort(kid.to_owned()));
            }
            if keys.iter().any(|key| key.kid == kid) {
                return Err(KeyRingError::DuplicateKid(kid.to_owned()));
            }
            keys.push(Key { kid: kid.to_owned(), secret });
        }
        if keys.is_empty() {
            return Err(KeyRingError::Empty);
        }
        Ok(Self { keys, purpose: PhantomData })
    }
}

impl<P> KeyRing<P> {
    /// True if a key of this ring has the same value as one of the other's, which start-up refuses.
    pub fn shares_a_key_with<Q>(&self, other: &KeyRing<Q>) -> bool {
        self.keys.iter().any(|mine| other.keys.iter().any(|theirs| mine.secret == theirs.secret))
    }
}

impl<P: Purpose> KeyRing<P> {
    /// The id of the key that signs.
    pub(crate) fn signing_kid(&self) -> &str {
        &self.keys[0].kid
    }

    /// HMAC-SHA256 over the purpose's context and `message`, by the first key.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.keys[0].mac::<P>(message).finalize().into_bytes().into()
    }

    /// Whether the ring has a key of this id.
    pub(crate) fn knows(&self, kid: &str) -> bool {
        self.keys.iter().any(|key| key.kid == kid)
    }

    /// Checks, in constant time, that the key called `kid` made `mac` over `message`.
    pub(crate) fn verify_by(&self, kid: &str, message: &[u8], mac: &[u8]) -> bool {
        self.keys.iter().any(|key| key.kid == kid && key.verifies::<P>(message, mac))
    }

    /// Checks, in constant time per key, that any key made `mac` over `message`.
    pub(crate) fn verify_by_any(&self, message: &[u8], mac: &[u8]) -> bool {
        self.keys.iter().any(|key| key.verifies::<P>(message, mac))
    }
}

impl Key {
    fn mac<P: Purpose>(&self, message: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes keys of any length");
        mac.update(P::CONTEXT.as_bytes());
        mac.update(message);
        mac
    }

    fn verifies<P: Purpose>(&self, message: &[u8], mac: &[u8]) -> bool {
        self.mac::<P>(message).verify_slice(mac).is_ok()
    }
}

fn is_kid(kid: &str) -> bool {
    (1..=MAX_KID_CHARS).contains(&kid.len())
        && kid.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
