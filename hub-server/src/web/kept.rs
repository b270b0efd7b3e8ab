//! Pages that are sent again as they were made while nothing that they show has changed.
//!
//! A page is kept under a digest of all it depends on: what the browser asked with, who looks and by which right, the last
//! change that it shows, and the minute, for pages tell times and what opens at a time. Whatever becomes another makes
//! another digest; nothing has to be dropped in time. The right to look is looked up before, as for every page.

use crate::{
    app::App,
    ui::frame::Frame,
    web::{Error, PageResult, browser::Browser},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request, response},
    response::Response,
};
use quick_cache::{Weighter, sync::Cache};
use server_kit::{database::WarmConnections, frame::compress};
use sha2::{Digest, Sha256};
use shared_types::ids::{ClassroomId, StudentId};
use sqlx::{PgConnection, Postgres, pool::PoolConnection};
use std::{
    fmt::Debug,
    sync::atomic::{AtomicI64, Ordering},
};

/// Most bytes of pages that are kept.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// Most connections that wait for the next look: half of the pool's.
const MOST_WARM: usize = 8;
/// About as many pages as are looked at in a minute of a school's busiest lesson.
const ABOUT_PAGES: usize = 2000;

/// SHA-256 of all that a page depends on.
type Key = [u8; 32];

/// The pages of this process that were made in this minute; where they come to too much, those that are asked for most.
#[derive(Debug)]
pub struct KeptPages {
    pages: Cache<Key, Page, BodyBytes>,
    /// The minute they were made in, since 1970.
    minute: AtomicI64,
    /// What rights and changes are looked up over.
    connections: WarmConnections,
    watch: Option<Watch>,
}

/// Told of each page that is sent again, and of the same page made anew.
pub type Watch = fn(kept: &[u8], anew: &[u8]);

/// A page as it goes out, compressed for who asked.
#[derive(Clone, Debug)]
struct Page {
    head: response::Parts,
    body: Bytes,
}

/// Weighs pages by the bytes of their bodies.
#[derive(Clone, Debug)]
struct BodyBytes;

impl Weighter<Key, Page> for BodyBytes {
    fn weight(&self, _: &Key, page: &Page) -> u64 {
        u64::try_from(page.body.len()).unwrap_or(u64::MAX)
    }
}

impl Default for KeptPages {
    fn default() -> Self {
        let pages = Cache::with_weighter(ABOUT_PAGES, MOST_BYTES, BodyBytes);
        Self { pages, minute: AtomicI64::default(), connections: WarmConnections::at_most(MOST_WARM), watch: None }
    }
}

impl KeptPages {
    /// Pages that are made anew each time all the same, for tests to see that none would have been out of date.
    pub fn watched(watch: Watch) -> Self {
        Self { watch: Some(watch), ..Self::default() }
    }

    /// Keeps a page, and drops those of minutes before.
    fn keep(&self, minute: i64, key: Key, page: &Page) {
        if self.minute.fetch_max(minute, Ordering::Relaxed) < minute {
            self.pages.clear();
        }
        self.pages.insert(key, page.clone());
    }
}

impl Page {
    async fn of(response: Response, accepted: Option<HeaderValue>) -> Result<Self, Error> {
        let (head, body) = compress(response, accepted).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(anyhow::Error::from)?;
        Ok(Self { head, body })
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
    async fn last_changes(self, db: &mut PgConnection) -> sqlx::Result<Option<i64>> {
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

/// A right whose holders may be sent a page again.
pub trait Right: Debug + Sized {
    /// What it is looked up by; a browser that brought nothing is refused without the database.
    fn token(parts: &mut request::Parts, app: &App) -> impl Future<Output = Result<String, Error>> + Send;

    /// Looks it up, over a connection on which more will be asked.
    fn find(
        parts: &mut request::Parts,
        app: &App,
        db: &mut PgConnection,
        token: &str,
    ) -> impl Future<Output = Result<Self, Error>> + Send;

    /// What a page shows that one sees by it.
    fn shows(&self) -> Shows;
}

/// Asked for by the handlers of pages that may be sent again: the right, and what keeps the page.
pub struct Keeping<R>(pub R, pub Keeper);

/// Knows what a page depends on, and has the connection on which that was looked up.
pub struct Keeper {
    db: PoolConnection<Postgres>,
    browser: Browser,
    accepted: Option<HeaderValue>,
    minute: i64,
    /// Of what was asked, who asks, and what was changed last.
    digest: Sha256,
}

impl Keeper {
    /// Says what the page depends on beside what was asked, who asks by which right, and the class's changes.
    #[must_use]
    pub fn and(mut self, what: impl Debug) -> Self {
        add(&mut self.digest, format!("{what:?}").as_bytes());
        self
    }

    /// The page that `make` makes, or has made where nothing has changed since.
    pub async fn page(
        self,
        app: &App,
        make: impl AsyncFnOnce(Frame, PoolConnection<Postgres>) -> PageResult,
    ) -> PageResult {
        let Self { db, browser, accepted, minute, digest } = self;
        // In a box, because most requests need none of the room that a page takes while it is made.
        let make = async |db| Box::pin(make(Frame::of(&browser, app), db)).await;
        if browser.has_notice() {
            return make(db).await;
        }
        let key = digest.finalize().into();
        if let Some(page) = app.pages.pages.get(&key) {
            app.pages.connections.give_back(db);
            if let Some(watch) = app.pages.watch {
                watch(&page.body, &Page::of(make(app.db.acquire().await?).await?, accepted).await?.body);
            }
            return Ok(page.into());
        }
        let response = make(db).await?;
        if response.status() != StatusCode::OK {
            return Ok(response);
        }
        let page = Page::of(response, accepted).await?;
        app.pages.keep(minute, key, &page);
        Ok(page.into())
    }
}

impl<R: Right + Send> FromRequestParts<App> for Keeping<R> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut request::Parts, app: &App) -> Result<Self, Error> {
        let token = R::token(parts, app).await?;
        let Ok(browser) = Browser::from_request_parts(parts, app).await;
        let mut digest = Sha256::new();
        add(&mut digest, parts.uri.path_and_query().map_or("", |path| path.as_str()).as_bytes());
        for name in [header::COOKIE, header::ACCEPT_LANGUAGE, header::ACCEPT_ENCODING] {
            add(&mut digest, name.as_str().as_bytes());
            parts.headers.get_all(name).iter().for_each(|value| add(&mut digest, value.as_bytes()));
        }
        let minute = app.clock.now().timestamp().div_euclid(60);
        add(&mut digest, &minute.to_le_bytes());
        // Before anything of the page is read: what changes while it is made, makes another page.
        let mut db = app.pages.connections.acquire(&app.db).await?;
        let right = R::find(parts, app, &mut db, &token).await?;
        add(&mut digest, format!("{right:?}").as_bytes());
        let changes = right.shows().last_changes(&mut db).await?;
        add(&mut digest, &changes.unwrap_or_default().to_le_bytes());
        let accepted = parts.headers.get(header::ACCEPT_ENCODING).cloned();
        Ok(Self(right, Keeper { db, browser, accepted, minute, digest }))
    }
}

/// Adds a part with its length, so that other parts never make the same digest.
fn add(digest: &mut Sha256, part: &[u8]) {
    digest.update(part.len().to_le_bytes());
    digest.update(part);
}

#[cfg(test)]
mod tests {
    use super::{KeptPages, MOST_BYTES, Page};
    use axum::{body::Bytes, response::Response};

    fn page(bytes: usize) -> Page {
        let (head, ()) = Response::new(()).into_parts();
        Page { head, body: Bytes::from(vec![0; bytes]) }
    }

    #[test]
    fn what_is_too_much_goes_and_so_does_what_is_of_an_earlier_minute() {
        let kept = KeptPages::default();
        for number in 0..500_u16 {
            let mut key = [0; 32];
            key[..2].copy_from_slice(&number.to_le_bytes());
            kept.keep(1, key, &page(100_000));
        }
        assert!(kept.pages.weight() <= MOST_BYTES, "{}", kept.pages.weight());
        assert!(kept.pages.weight() > MOST_BYTES / 2, "{}", kept.pages.weight());
        kept.keep(2, [9; 32], &page(10));
        assert_eq!(kept.pages.len(), 1);
        assert!(kept.pages.get(&[9; 32]).is_some());
    }
}
