//! Pages that are sent again as they were made while nothing that they show has changed.
//!
//! A page is kept under a digest of all it depends on: what the browser asked with, who looks and by which right, the last
//! change that it shows, and the minute, for pages tell times and what opens at a time. Whatever becomes another makes
//! another digest; nothing has to be dropped in time. The right to look is looked up before, as for every page.

use crate::{
    app::App,
    ui::frame::Frame,
    web::{PageResult, browser::Browser},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request, response},
    response::Response,
};
use server_kit::frame::compress;
use sha2::{Digest, Sha256};
use shared_types::ids::{ClassroomId, StudentId};
use sqlx::PgPool;
use std::{
    collections::HashMap,
    convert::Infallible,
    fmt::Debug,
    sync::{Mutex, PoisonError},
};

/// Most bytes of pages that are kept in one minute.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// SHA-256 of all that a page depends on.
type Key = [u8; 32];

/// The pages of this process that were made in this minute.
#[derive(Debug, Default)]
pub struct KeptPages {
    of_minute: Mutex<OfMinute>,
    watch: Option<Watch>,
}

/// Told of each page that is sent again, and of the same page made anew.
pub type Watch = fn(kept: &[u8], anew: &[u8]);

#[derive(Debug, Default)]
struct OfMinute {
    minute: i64,
    pages: HashMap<Key, Page>,
    bytes: usize,
}

/// A page as it goes out, compressed for who asked.
#[derive(Clone, Debug)]
struct Page {
    head: response::Parts,
    body: Bytes,
}

impl KeptPages {
    /// Pages that are made anew each time all the same, for tests to see that none would have been out of date.
    pub fn watched(watch: Watch) -> Self {
        Self { watch: Some(watch), ..Self::default() }
    }

    fn get(&self, key: &Key) -> Option<Page> {
        self.of_minute.lock().unwrap_or_else(PoisonError::into_inner).pages.get(key).cloned()
    }

    /// Keeps a page, and drops those of another minute. What is too much is not kept.
    fn keep(&self, minute: i64, key: Key, page: &Page) {
        let mut kept = self.of_minute.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.minute != minute {
            *kept = OfMinute { minute, ..OfMinute::default() };
        }
        let bytes = kept.bytes.saturating_add(page.body.len());
        if bytes <= MOST_BYTES {
            kept.bytes = bytes;
            kept.pages.insert(key, page.clone());
        }
    }
}

impl Page {
    async fn of(response: Response) -> Result<Self, axum::Error> {
        let (head, body) = response.into_parts();
        Ok(Self { head, body: to_bytes(body, usize::MAX).await? })
    }
}

impl From<Page> for Response {
    fn from(page: Page) -> Self {
        Self::from_parts(page.head, Body::from(page.body))
    }
}

/// Whose changes a page shows.
#[derive(Clone, Copy, Debug)]
pub enum Shows {
    /// A class, and everybody's work in it.
    Class(ClassroomId),
    /// A class, and one student's work in it.
    Student(ClassroomId, StudentId),
}

impl Shows {
    /// Stands for the last changes: other ones, another number. None where nothing was ever changed.
    async fn last_changes(self, db: &PgPool) -> sqlx::Result<Option<i64>> {
        match self {
            Self::Class(classroom) => {
                sqlx::query_scalar!(
                    "select bit_xor(hashint8extended(transaction, id)) from changes where classroom_id = $1",
                    classroom.0,
                )
                .fetch_one(db)
                .await
            }
            Self::Student(classroom, student) => {
                sqlx::query_scalar!(
                    "select bit_xor(hashint8extended(transaction, id)) from changes where subject in ($1, $2)",
                    classroom.0,
                    student.0,
                )
                .fetch_one(db)
                .await
            }
        }
    }
}

/// Asked for by the handlers of pages that may be sent again.
pub struct Keeping {
    browser: Browser,
    accepted: Option<HeaderValue>,
    /// Of what the page depends on.
    digest: Sha256,
}

impl Keeping {
    /// Says what the page depends on beside what was asked and what the class's changes tell: who looks, by which right.
    #[must_use]
    pub fn seen_by(mut self, who: impl Debug) -> Self {
        add(&mut self.digest, format!("{who:?}").as_bytes());
        self
    }

    /// The page that `make` makes, or has made where nothing has changed since.
    pub async fn page(self, app: &App, shows: Shows, make: impl AsyncFnOnce(Frame) -> PageResult) -> PageResult {
        let Self { browser, accepted, mut digest } = self;
        // In a box, because most requests need none of the room that a page takes while it is made.
        let make = async || Box::pin(make(Frame::of(&browser, app))).await;
        if browser.has_notice() {
            return make().await;
        }
        let minute = app.clock.now().timestamp().div_euclid(60);
        add(&mut digest, &minute.to_le_bytes());
        // Before anything of the page is read: what changes while it is made, makes another page.
        add(&mut digest, &shows.last_changes(&app.db).await?.unwrap_or_default().to_le_bytes());
        let key = digest.finalize().into();
        if let Some(page) = app.pages.get(&key) {
            if let Some(watch) = app.pages.watch {
                let anew = Page::of(compress(make().await?, accepted).await).await.map_err(anyhow::Error::from)?;
                watch(&page.body, &anew.body);
            }
            return Ok(page.into());
        }
        let response = make().await?;
        if response.status() != StatusCode::OK {
            return Ok(response);
        }
        let page = Page::of(compress(response, accepted).await).await.map_err(anyhow::Error::from)?;
        app.pages.keep(minute, key, &page);
        Ok(page.into())
    }
}

impl FromRequestParts<App> for Keeping {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, app: &App) -> Result<Self, Infallible> {
        let browser = Browser::from_request_parts(parts, app).await?;
        let mut digest = Sha256::new();
        add(&mut digest, parts.uri.path_and_query().map_or("", |path| path.as_str()).as_bytes());
        for name in [header::COOKIE, header::ACCEPT_LANGUAGE, header::ACCEPT_ENCODING] {
            add(&mut digest, name.as_str().as_bytes());
            parts.headers.get_all(name).iter().for_each(|value| add(&mut digest, value.as_bytes()));
        }
        let accepted = parts.headers.get(header::ACCEPT_ENCODING).cloned();
        Ok(Self { browser, accepted, digest })
    }
}

/// Adds a part with its length, so that other parts never make the same digest.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update(part.len().to_le_bytes());
    digest.update(part);
}
