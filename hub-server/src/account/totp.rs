//! The second factor: time-based one-time passwords (RFC 6238; SHA-1, 6 digits, 30 s, the ones every app knows).

use crate::web::secrets::Secrets;
use server_kit::entropy::Entropy;
use shared_types::ids::StaffId;
use totp_rs::{Builder, Secret, Totp};

const SECRET_BYTES: usize = 20;
const ISSUER: &str = "Class Hub";
const SEALED_FOR: &str = "totp-secret";

/// What an authenticator app and the hub both know.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// A new one.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(entropy.bytes())
    }

    /// As people type it into an app that cannot scan.
    pub fn to_base32(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// The secret encrypted, for its owner only.
    pub fn sealed(&self, secrets: &Secrets, owner: StaffId, entropy: &Entropy) -> Vec<u8> {
        secrets.seal(SEALED_FOR, owner.0.as_bytes(), &self.0, entropy)
    }

    /// What [`sealed`](Self::sealed) made; none where it was made for another owner, or under another key.
    pub fn open(secrets: &Secrets, owner: StaffId, sealed: &[u8]) -> Option<Self> {
        let plain = secrets.open(SEALED_FOR, owner.0.as_bytes(), sealed)?;
        plain.try_into().ok().map(Self)
    }

    /// The code of Unix second `now`.
    pub fn code_at(&self, now: i64) -> String {
        self.totp("").generate(now.unsigned_abs()).to_string()
    }

    /// The time step `code` belongs to, if it is good now or was or will be within 30 seconds. Whoever accepts it must
    /// note the step and never accept it again.
    pub fn step_of(&self, code: &str, now: i64) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        self.totp("").check(&digits, now.unsigned_abs()).and_then(|step| i64::try_from(step).ok())
    }

    /// The address an authenticator app reads from the QR code.
    pub fn address(&self, account: &str) -> Option<String> {
        self.totp(account).to_url().ok()
    }

    fn totp(&self, account: &str) -> Totp {
        Builder::new()
            .with_secret(Secret::new_stack(self.0))
            .with_issuer(Some(ISSUER))
            .with_account_name(account)
            .build_noncompliant()
    }
}

#[cfg(test)]
mod tests {
    use super::TotpSecret;
    use crate::{ui::qr::qr, web::secrets::Secrets};
    use server_kit::entropy::Entropy;
    use shared_types::ids::StaffId;
    use uuid::Uuid;

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1, the last six of eight digits.
        let secret = TotpSecret(*b"12345678901234567890");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(secret.code_at(second), code);
            assert_eq!(secret.step_of(code, second), Some(second / 30));
        }
        assert_eq!(secret.step_of(" 287 082 ", 59), Some(1));
        assert_eq!(secret.step_of("287083", 59), None);
        assert_eq!(secret.step_of("287082", 59 + 90), None);
        assert_eq!(secret.step_of("", 59), None);
    }

    #[test]
    fn a_sealed_secret_opens_for_its_owner() {
        let (secrets, entropy) = (Secrets::new(&[1; 32]), Entropy::seeded(1));
        let (amira, mallory) = (StaffId(Uuid::from_u128(1)), StaffId(Uuid::from_u128(2)));
        let secret = TotpSecret::mint(&entropy);
        let sealed = secret.sealed(&secrets, amira, &entropy);
        assert!(TotpSecret::open(&secrets, amira, &sealed) == Some(secret));
        assert!(TotpSecret::open(&secrets, mallory, &sealed).is_none());
    }

    #[test]
    fn the_address_names_account_and_issuer() {
        let address = TotpSecret(*b"12345678901234567890").address("amira@school.example").unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("amira") && address.contains("Class%20Hub"), "{address}");
        assert!(qr(&address).unwrap().side > 40);
    }
}
