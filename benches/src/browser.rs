//! A browser without JavaScript at an address of its own: it keeps cookies and sends the forms of the page it is on.
//!
//! Addresses are loopback's: the edge tells the hub which one a connection came from, and a connection may come from
//! every address of 127.0.0.0/8.

use anyhow::Context;
use reqwest::{Client, Response, StatusCode, Url, cookie::Jar, header, redirect};
use std::{net::Ipv4Addr, sync::Arc};

/// One person's browser.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    cookies: Arc<Jar>,
    base: String,
    csrf: String,
    key: String,
}

/// What came back of a form.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    /// Whether the browser was given a student's session.
    pub let_in: bool,
}

impl Browser {
    /// A browser at `address` that has not been here.
    pub fn new(base: &str, address: Ipv4Addr) -> anyhow::Result<Self> {
        Self::keeping(usize::MAX, base, address)
    }

    /// One that opens a new connection for each request.
    pub fn connecting_anew(base: &str, address: Ipv4Addr) -> anyhow::Result<Self> {
        Self::keeping(0, base, address)
    }

    fn keeping(idle_connections: usize, base: &str, address: Ipv4Addr) -> anyhow::Result<Self> {
        let cookies = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&cookies))
            .redirect(redirect::Policy::none())
            .local_address(Some(address.into()))
            .pool_max_idle_per_host(idle_connections)
            .build()?;
        Ok(Self { client, cookies, base: base.to_owned(), csrf: String::new(), key: String::new() })
    }

    /// Opens a page and keeps what its forms hide.
    pub async fn open(&mut self, path: &str) -> anyhow::Result<String> {
        let answer = self.client.get(format!("{}{path}", self.base)).send().await?;
        let page = answer.error_for_status().with_context(|| path.to_owned())?.text().await?;
        self.csrf = hidden(&page, "csrf").unwrap_or_default();
        self.key = hidden(&page, "idempotency_key").unwrap_or_default();
        Ok(page)
    }

    /// Puts a cookie into the browser that the hub did not give it.
    pub fn plant(&self, cookie: &str) -> anyhow::Result<()> {
        self.cookies.add_cookie_str(cookie, &self.base.parse::<Url>()?);
        Ok(())
    }

    /// Sends a form of the page that was opened last.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let mut form = vec![("csrf", self.csrf.as_str()), ("idempotency_key", self.key.as_str())];
        form.extend_from_slice(fields);
        Ok(Answer::of(&self.client.post(format!("{}{path}", self.base)).form(&form).send().await?))
    }
}

impl Answer {
    fn of(answer: &Response) -> Self {
        let headers = answer.headers();
        let cookies = headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let is_session = |cookie: &str| {
            ["student=", "__Host-student="].iter().any(|name| cookie.starts_with(name)) && !cookie.contains("Max-Age=0")
        };
        Self {
            status: answer.status(),
            location: headers.get(header::LOCATION).and_then(|path| path.to_str().ok()).map(str::to_owned),
            let_in: cookies.into_iter().any(is_session),
        }
    }
}

/// The value of the first hidden field of that name.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!(r#"type="hidden" name="{name}" value=""#))?;
    Some(rest.split('"').next()?.to_owned())
}

/// The text of the element with that `data-testid`.
pub fn by_test_id(page: &str, id: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!(r#"data-testid="{id}""#))?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split('<').next()?.trim().to_owned())
}
