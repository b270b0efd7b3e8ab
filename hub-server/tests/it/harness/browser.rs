//! A browser without JavaScript: it keeps cookies, and sends forms with the hidden fields of the page it is on.

use super::TestApp;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures::StreamExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// One person's browser.
#[derive(Clone)]
pub struct Browser<'a> {
    app: &'a TestApp,
    pub cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub headers: BTreeMap<&'static str, String>,
    /// The CSRF token of the last page that had one.
    pub csrf: String,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same, where it is no text.
    pub bytes: Vec<u8>,
}

/// A file that is sent with a form.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'f> {
    pub name: &'f str,
    pub content: &'f [u8],
}

impl<'a> Browser<'a> {
    pub(super) fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: BTreeMap::new(), headers: BTreeMap::new(), csrf: String::new() }
    }

    /// Opens a page; does not follow redirects.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Opens a page and follows redirects to where they end.
    pub async fn open(&mut self, path: &str) -> Page {
        let mut page = self.get(path).await;
        for _ in 0..5 {
            let Some(next) = page.location() else { break };
            page = self.get(&next).await;
        }
        page
    }

    /// Sends a form of the page one is on: `fields` and its CSRF token.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post(path, &fields).await
    }

    /// Sends exactly these fields.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, Some(form)).await
    }

    /// Sends a form with a file of the page one is on: its CSRF token first, then `fields`, then `file`.
    pub async fn attach(&mut self, path: &str, fields: &[(&str, &str)], file: Attached<'_>) -> Page {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = [("csrf", csrf.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_multipart(path, &fields, Some(file)).await
    }

    /// Sends exactly these fields, in this order, then the file.
    pub async fn post_multipart(&mut self, path: &str, fields: &[(&str, &str)], file: Option<Attached<'_>>) -> Page {
        const BOUNDARY: &str = "----harness";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        if let Some(Attached { name, content }) = file {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send_bytes(Method::POST, path, Some((content_type, body))).await
    }

    /// Any method, with a form as its body where there is one.
    pub async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Page {
        let form = form.map(|form| ("application/x-www-form-urlencoded".to_owned(), form.into_bytes()));
        self.send_bytes(method, path, form).await
    }

    async fn send_bytes(&mut self, method: Method, path: &str, body: Option<(String, Vec<u8>)>) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::COOKIE, cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let body = match body {
            Some((content_type, body)) => {
                request = request.header(header::CONTENT_TYPE, content_type);
                Body::from(body)
            }
            None => Body::empty(),
        };
        let request = request.body(body).unwrap();
        let response = self.app.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let endless = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless {
            // What it says first; it would go on for as long as somebody listens.
            body.into_data_stream().next().await.unwrap().unwrap().to_vec()
        } else {
            to_bytes(body, usize::MAX).await.unwrap().to_vec()
        };
        let body = String::from_utf8_lossy(&bytes);
        if let Some((title, _)) = body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")) {
            assert!(!title.contains('<'), "{path} has a mark in its title: {title}");
        }
        // Without the marks by which Leptos finds its places.
        let body = body.replace("<!>", "");
        let page = Page { status: parts.status, headers: parts.headers, body, bytes };
        self.keep_cookies(&page);
        if let Some(csrf) = page.hidden("csrf") {
            self.csrf = csrf;
        }
        page
    }

    fn keep_cookies(&mut self, page: &Page) {
        for line in page.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        self.headers.get(header::LOCATION).map(|location| location.to_str().unwrap().to_owned())
    }

    /// The value of the first hidden field of that name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!(r#"type="hidden" name="{name}" value=""#))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }

    /// The text of the first element with that `data-testid`, tags left out.
    pub fn by_test_id(&self, id: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!(r#"data-testid="{id}""#))?;
        let (_, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</")?;
        Some(text.trim().to_owned())
    }

    /// Fails the test, with the page, unless it says `text`.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{} without {text:?}:\n{}", self.status, self.body);
        self
    }

    /// Fails the test, with the page, unless it has this status.
    #[track_caller]
    pub fn has_status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.location().unwrap_or_default(), self.body);
        self
    }

    /// Fails the test, with the page, unless it leads to `path`.
    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Self {
        assert_eq!(self.location().as_deref(), Some(path), "{}\n{}", self.status, self.body);
        self
    }
}
