//! The language of a page whose reader brought no token: what the browser prefers.

use super::words::{Words, words};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use std::convert::Infallible;

/// The words in the browser's language.
#[derive(Clone, Copy, Debug)]
pub struct BrowserWords(pub &'static Words);

impl<S: Sync> FromRequestParts<S> for BrowserWords {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(words(preferred(accepted.unwrap_or_default()))))
    }
}

/// The first language of the list that is spoken here.
fn preferred(accepted: &str) -> &str {
    let languages = accepted.split(',').map(|entry| entry.split(';').next().unwrap_or_default().trim());
    let spoken = |language: &&str| {
        ["en", "es"]
            .iter()
            .any(|known| words(language).lang == *known && language.to_ascii_lowercase().starts_with(known))
    };
    languages.into_iter().find(spoken).unwrap_or("en")
}

#[cfg(test)]
mod tests {
    use super::preferred;

    #[test]
    fn the_first_spoken_language_wins() {
        assert_eq!(preferred("es-ES,es;q=0.9,en;q=0.8"), "es-ES");
        assert_eq!(preferred("de-DE, es;q=0.7"), "es");
        assert_eq!(preferred("fr"), "en");
        assert_eq!(preferred(""), "en");
    }
}
