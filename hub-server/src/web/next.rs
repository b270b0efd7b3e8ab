//! Where to go after signing in: a path of this site and nothing else.

use axum::http::Uri;

/// A path with query on this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPath(String);

impl NextPath {
    /// Accepts `/path?query`; refuses whatever a browser might take for another site.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let local = text.starts_with('/') && !text.starts_with("//");
        let uri: Uri = text.parse().ok()?;
        (plain && local && text.len() <= 512 && uri.authority().is_none()).then(|| Self(text.to_owned()))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `path?next=…` for it.
    pub fn after(&self, path: &str) -> String {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", &self.0).finish();
        format!("{path}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::NextPath;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for good in ["/teach", "/teach/classes/1/roster?sort=name", "/"] {
            assert_eq!(NextPath::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "teach",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "javascript:x",
            "/a b",
            "/ä",
        ] {
            assert_eq!(NextPath::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn it_survives_a_query() {
        assert_eq!(NextPath::parse("/a?b=c&d").unwrap().after("/teach/login"), "/teach/login?next=%2Fa%3Fb%3Dc%26d");
    }
}
