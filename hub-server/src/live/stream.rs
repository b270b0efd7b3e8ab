//! `GET /teach/classes/{classroom}/live`: one Server-Sent Event whenever the class looks different. The event `now`
//! carries the piece of HTML that stands in the page; `gone` says that the right to look has ended.

use super::{News, store, view};
use crate::{
    app::App,
    classroom::{Classroom, today::midnight},
    web::{PageResult, Staff, Viewing, Words, browser::Browser},
};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream};
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{sleep, timeout},
};

/// What happens at once is shown at once, together.
const TOGETHER: Duration = Duration::from_millis(400);
/// Who has left is noticed by nobody's doing anything.
const LOOK_ANYWAY: Duration = Duration::from_mins(1);
/// Shorter than what proxies let a silent connection live.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One page that looks at a class.
struct Watching {
    app: App,
    staff: Staff,
    classroom: Classroom,
    words: Words,
    news: Receiver<News>,
    /// What the page shows.
    shown: Option<String>,
    over: bool,
}

/// Opens the stream.
pub async fn stream(State(app): State<App>, Viewing { staff, classroom, .. }: Viewing, browser: Browser) -> PageResult {
    let news = app.live.news.subscribe();
    let words = Words(browser.lang());
    let watching = Watching { app, staff, classroom, words, news, shown: None, over: false };
    let events = Sse::new(events(watching)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut response = events.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform"));
    // For proxies of nginx's kind, which would hold it back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn events(watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watching, async |mut watching| {
        let event = watching.next().await?;
        Some((Ok(event), watching))
    })
}

impl Watching {
    /// The next thing to say; nothing when the stream is to end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.over || (self.shown.is_some() && !self.something_happens().await) {
                return None;
            }
            match self.look().await {
                Ok(Some(html)) if self.shown.as_ref() == Some(&html) => {}
                Ok(Some(html)) => {
                    self.shown = Some(html.clone());
                    return Some(Event::default().event("now").data(html));
                }
                Ok(None) => {
                    self.over = true;
                    return Some(Event::default().event("gone").data("-"));
                }
                Err(error) => {
                    // The browser comes again by itself.
                    tracing::warn!(%error, "a live view could not be looked at");
                    return None;
                }
            }
        }
    }

    /// Waits until the class may look different; false where the process stops.
    async fn something_happens(&mut self) -> bool {
        let (stopping, id) = (self.app.live.stopping.clone(), self.classroom.id);
        let news = &mut self.news;
        let about_us = async {
            loop {
                match news.recv().await {
                    Ok(News::Class(other)) if other != id => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                }
            }
        };
        let heard = tokio::select! {
            () = stopping.cancelled() => return false,
            heard = timeout(LOOK_ANYWAY, about_us) => heard.unwrap_or(true),
        };
        sleep(TOGETHER).await;
        heard
    }

    /// The class as it looks now; nothing where it is not to be seen any more.
    async fn look(&self) -> sqlx::Result<Option<String>> {
        let now = self.app.now_at_school();
        let mut db = self.app.db.acquire().await?;
        let Self { staff, classroom, .. } = self;
        if !store::may_still_look(&mut db, staff.session, staff.id, classroom.id, now.now).await? {
            return Ok(None);
        }
        let since = midnight(now.now, now.zone);
        let snapshot = store::snapshot(&mut db, classroom.id, since, now.now).await?;
        drop(db);
        // Line ends would cut the event into several lines of data.
        Ok(Some(
            view::html(classroom, snapshot, self.app.live.waiting(classroom.id), now, self.words)
                .replace(['\r', '\n'], " "),
        ))
    }
}
