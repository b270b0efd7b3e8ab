//! What `HUB_SECRET_KEY` is for: sealing what must be read back, and fingerprints of what must only be recognised.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use server_kit::entropy::Entropy;
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// Keys derived from the one secret, a different one per use.
#[derive(Clone)]
pub struct Secrets {
    master: Vec<u8>,
}

impl Secrets {
    /// From at least 32 bytes, which [`crate::config`] has checked.
    pub fn new(master: &[u8]) -> Self {
        Self { master: master.to_vec() }
    }

    /// HMAC-SHA256 of `parts` for one purpose; recognises a value without keeping it. Each part counts with its
    /// length, so that `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn fingerprint(&self, purpose: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key(purpose)).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Encrypts `plain` for one purpose, bound to `owner`: it opens for the same owner only.
    pub fn seal(&self, purpose: &'static str, owner: &[u8], plain: &[u8], entropy: &Entropy) -> Vec<u8> {
        let nonce = entropy.bytes::<NONCE_BYTES>();
        let payload = Payload { msg: plain, aad: owner };
        let sealed = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload).expect("short texts can be encrypted");
        [&nonce[..], &sealed].concat()
    }

    /// Decrypts what [`seal`](Self::seal) made for the same purpose and owner.
    pub fn open(&self, purpose: &'static str, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: owner };
        self.cipher(purpose).decrypt(&XNonce::from(*nonce), payload).ok()
    }

    fn cipher(&self, purpose: &'static str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key(purpose).into())
    }

    fn key(&self, purpose: &'static str) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.master).expect("HMAC takes keys of any length");
        mac.update(b"classhub.secret.v1.");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use server_kit::entropy::Entropy;

    #[test]
    fn what_is_sealed_opens_for_its_owner_and_purpose_only() {
        let (secrets, entropy) = (Secrets::new(&[7; 32]), Entropy::seeded(1));
        let mut sealed = secrets.seal("totp", b"amira", b"plain", &entropy);
        assert_eq!(secrets.open("totp", b"amira", &sealed).as_deref(), Some(&b"plain"[..]));
        assert_eq!(secrets.open("totp", b"mallory", &sealed), None);
        assert_eq!(secrets.open("other", b"amira", &sealed), None);
        assert_eq!(Secrets::new(&[8; 32]).open("totp", b"amira", &sealed), None);
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(secrets.open("totp", b"amira", &sealed), None);
        assert_eq!(secrets.open("totp", b"amira", b"short"), None);
    }

    #[test]
    fn fingerprints_differ_by_purpose_and_by_how_parts_are_cut() {
        let secrets = Secrets::new(&[7; 32]);
        let fingerprint = secrets.fingerprint("return-code", &[b"ab", b"c"]);
        assert_eq!(fingerprint, secrets.fingerprint("return-code", &[b"ab", b"c"]));
        assert_ne!(fingerprint, secrets.fingerprint("return-code", &[b"a", b"bc"]));
        assert_ne!(fingerprint, secrets.fingerprint("recovery-code", &[b"ab", b"c"]));
    }
}
