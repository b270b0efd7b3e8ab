//! Addresses a link may have: http, https, or a path of this site. Everything else, `javascript:` first of all, is
//! refused when it is saved and again when it is shown.

use crate::web::next::NextPath;
use axum::http::Uri;

/// Longest address kept, in characters.
const MAX_CHARS: usize = 2_000;

/// An address a student may be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    host: Option<String>,
}

impl Address {
    /// Accepts what a browser can take for nothing else than http(s) or a path of this site.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(path) = NextPath::parse(text) {
            return Some(Self { text: path.as_str().to_owned(), host: None });
        }
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))?;
        // Browsers drop tabs and line ends inside an address and read a backslash as a slash.
        let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '\\') && text.len() <= MAX_CHARS;
        let authority =
            text[scheme.len()..].split(['/', '?', '#']).next().filter(|authority| plain && !authority.is_empty())?;
        // A name and password before the host are there to deceive.
        let host = (!authority.contains('@')).then(|| authority.to_lowercase())?;
        let ascii: String = text.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect();
        ascii.parse::<Uri>().ok()?;
        Some(Self { text: text.to_owned(), host: Some(host) })
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The site it leads to; none for this one.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn http_and_paths_of_this_site_are_followed() {
        for (text, host) in [
            ("https://example.org/a?b=c#d", Some("example.org")),
            ("HTTP://Example.org", Some("example.org")),
            ("  https://example.org/naïve/señal ", Some("example.org")),
            ("https://example.org:8443/x", Some("example.org:8443")),
            ("/student/lessons/1", None),
            ("/check?x=1", None),
        ] {
            assert_eq!(
                Address::parse(text).map(|address| address.host().map(str::to_owned)),
                Some(host.map(str::to_owned)),
                "{text}"
            );
        }
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://example.org/1",
            "//evil.example/x",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "https:///evil.example",
            "https://",
            "https://?x",
            "http://school.example@evil.example/",
            "https://evil.example\\@school.example",
            "https://exa\tmple.org",
            "https://exa mple.org",
            "mailto:amira@school.example",
            "example.org",
        ] {
            assert_eq!(Address::parse(text), None, "{text:?}");
        }
    }
}
