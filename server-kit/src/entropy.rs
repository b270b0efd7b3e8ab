//! Randomness, injected: tests seed it and get the same codes and ids every time.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::{Builder, Uuid};

/// A cryptographically secure generator, seeded by the operating system or by a test.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<StdRng>>);

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy")
    }
}

impl Entropy {
    /// Seeded by the operating system.
    pub fn system() -> Self {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).expect("the operating system gives random bytes");
        Self(Arc::new(Mutex::new(StdRng::from_seed(seed))))
    }

    /// The same sequence for the same seed; for tests.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng().fill_bytes(&mut bytes);
        bytes
    }

    /// 32 random bytes as base64url: a session token, a nonce, a key.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A UUID of version 7 for `now`.
    pub fn id(&self, now: DateTime<Utc>) -> Uuid {
        Builder::from_unix_timestamp_millis(now.timestamp_millis().unsigned_abs(), &self.bytes()).into_uuid()
    }

    /// A number below `bound`, each equally likely.
    ///
    /// # Panics
    /// If `bound` is zero.
    pub fn below(&self, bound: u32) -> u32 {
        self.rng().random_range(0..bound)
    }

    /// `length` characters of `alphabet` (ASCII), each equally likely.
    pub fn code(&self, alphabet: &[u8], length: usize) -> String {
        let mut rng = self.rng();
        (0..length).map(|_| char::from(alphabet[rng.random_range(0..alphabet.len())])).collect()
    }

    fn rng(&self) -> MutexGuard<'_, StdRng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Entropy;
    use chrono::DateTime;

    #[test]
    fn ids_of_a_later_time_sort_after_those_of_an_earlier_one() {
        let entropy = Entropy::seeded(1);
        let earlier = entropy.id(DateTime::from_timestamp_millis(1_000).unwrap());
        let later = entropy.id(DateTime::from_timestamp_millis(1_001).unwrap());
        assert!(earlier < later);
        assert_eq!(later.get_version_num(), 7);
    }

    #[test]
    fn codes_use_their_alphabet_only() {
        let code = Entropy::seeded(2).code(b"ABC", 200);
        assert_eq!(code.len(), 200);
        assert!(code.bytes().all(|byte| b"ABC".contains(&byte)));
    }
}
