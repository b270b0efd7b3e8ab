//! `GET /helper/turns/{id}/events`: a turn's stream, from where its reader left off.

use super::reading::Reading;
use crate::{
    app::App,
    turn::follow::{self, Message, Seen},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use axum_extra::extract::Query;
use futures::StreamExt;
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};

const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// What the browser waits before it connects again.
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// From where, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EventsQuery {
    after: Option<String>,
    poll: Option<String>,
}

/// Streams, or with `?poll=1` answers at once with what is new. 204 once all has been seen: it keeps the
/// browser from connecting again.
pub async fn events(
    State(app): State<App>,
    Reading(standing): Reading,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Response {
    let last_event_id = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let seen = Seen::parse(last_event_id.or(query.after.as_deref()));
    if follow::fully_seen(&app, &standing, seen).await {
        return StatusCode::NO_CONTENT.into_response();
    }
    if query.poll.is_some() {
        return Json(follow::now(&app, standing.id, seen).await).into_response();
    }
    let events = follow::follow(app, standing.id, seen).map(|message| Ok::<_, Infallible>(event(message)));
    let opening = futures::stream::once(async { Ok(Event::default().retry(RECONNECT_AFTER)) });
    let mut response =
        Sse::new(opening.chain(events)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

fn event(message: Message) -> Event {
    let event = Event::default().data(message.json);
    match message.id {
        Some(id) => event.id(id),
        None => event,
    }
}
