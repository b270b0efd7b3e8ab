//! Passwords are kept as argon2id hashes. Hashing is slow on purpose, so it runs beside the requests and only a few at
//! a time.

use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use secrecy::{ExposeSecret, SecretString};
use server_kit::entropy::Entropy;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes computed at the same time in one process.
const AT_ONCE: usize = 2;

/// Makes and checks password hashes.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    at_once: Arc<Semaphore>,
    entropy: Entropy,
    /// Checked for accounts that do not exist, so that they take as long as those that do.
    nobodys: Arc<str>,
}

impl Passwords {
    /// With the parameters OWASP recommends (19 MiB, two passes).
    pub fn new(entropy: &Entropy) -> Self {
        Self::with(Params::default(), entropy)
    }

    /// With parameters so small that tests do not wait. Never outside tests.
    pub fn quick_for_tests(entropy: &Entropy) -> Self {
        Self::with(Params::new(Params::MIN_M_COST, 1, 1, None).expect("the smallest parameters are valid"), entropy)
    }

    fn with(params: Params, entropy: &Entropy) -> Self {
        let argon2 = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let nobodys = hashed(&argon2, entropy.token().as_bytes(), &entropy.bytes());
        Self {
            argon2,
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            entropy: entropy.clone(),
            nobodys: nobodys.expect("a random text can be hashed").into(),
        }
    }

    /// The hash to keep of a password.
    pub async fn hash(&self, password: &SecretString) -> anyhow::Result<String> {
        let (argon2, password, salt) = (self.argon2.clone(), password.clone(), self.entropy.bytes());
        self.beside_requests(move || hashed(&argon2, password.expose_secret().as_bytes(), &salt)).await?
    }

    /// Whether `password` is the one that was hashed; takes as long where there is no account and so no hash.
    pub async fn verify(&self, password: &SecretString, hash: Option<&str>) -> anyhow::Result<bool> {
        let known = hash.is_some();
        let hash: Arc<str> = hash.map_or_else(|| self.nobodys.clone(), Into::into);
        let (argon2, password) = (self.argon2.clone(), password.clone());
        let matches =
            self.beside_requests(move || matches(&argon2, password.expose_secret().as_bytes(), &hash)).await??;
        Ok(known && matches)
    }

    async fn beside_requests<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
        let _permit = self.at_once.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

fn hashed(argon2: &Argon2<'_>, password: &[u8], salt: &[u8; 16]) -> anyhow::Result<String> {
    let hash = argon2.hash_password_with_salt(password, salt).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

fn matches(argon2: &Argon2<'_>, password: &[u8], hash: &str) -> anyhow::Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| anyhow::anyhow!("a stored password hash is broken: {error}"))?;
    Ok(argon2.verify_password(password, &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::Passwords;
    use server_kit::entropy::Entropy;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_account_matches() {
        let passwords = Passwords::quick_for_tests(&Entropy::seeded(1));
        let hash = passwords.hash(&"correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify(&"correct horse".into(), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&"correct horsf".into(), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&"correct horse".into(), None).await.unwrap());
    }
}
