//! Where to go after signing in: a path of this site and nothing else.

use axum::http::{HeaderMap, Uri, header};

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

    /// The page on which a form stood that was sent with these headers: its own address may only take what is sent.
    pub fn of_form(headers: &HeaderMap) -> Option<Self> {
        let page: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
        Self::parse(page.path_and_query()?.as_str())
    }

    /// The same for a student who has to come back first: one of the student's own pages, beside the one that is shown
    /// anyway.
    pub fn of_student(text: &str) -> Option<Self> {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        // No dots, however they are written: they lead elsewhere.
        let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-'));
        // A file is no page to be on.
        (plain && path.starts_with("/student/") && !path.ends_with("/file")).then(|| Self::parse(text)).flatten()
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
    use super::{HeaderMap, NextPath, header};

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
    fn a_form_comes_from_the_page_it_stood_on() {
        let mut headers = HeaderMap::new();
        assert_eq!(NextPath::of_form(&headers), None);
        for (page, path) in [
            ("http://127.0.0.1:8080/student/materials/1?a=b", Some("/student/materials/1?a=b")),
            ("https://hub.school.example", Some("/")),
            ("https://hub.school.example//evil.example", None),
            ("about:blank", None),
        ] {
            headers.insert(header::REFERER, page.parse().unwrap());
            assert_eq!(NextPath::of_form(&headers).as_ref().map(NextPath::as_str), path, "{page}");
        }
    }

    #[test]
    fn a_student_comes_back_to_a_page_of_a_student() {
        for good in ["/student/materials/0192-a", "/student/lessons/1?from=2", "/student/my-data"] {
            assert_eq!(NextPath::of_student(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "/student",
            "/students/1",
            "/teach",
            "/student/../teach",
            "/student/materials/1/submissions/2/file",
            "/student/%2e%2E/teach",
            "//student/x",
            "https://evil.example/student/x",
            "/student/\\evil.example",
            "/student/x\r\nSet-Cookie: a",
        ] {
            assert_eq!(NextPath::of_student(bad), None, "{bad}");
        }
    }

    #[test]
    fn it_survives_a_query() {
        assert_eq!(NextPath::parse("/a?b=c&d").unwrap().after("/teach/login"), "/teach/login?next=%2Fa%3Fb%3Dc%26d");
    }
}
