//! Rendering a page: a component, already given its data, becomes an HTML response.

use axum::{
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode},
    response::IntoResponse,
};
use futures::{StreamExt, stream};
use leptos::{
    IntoView,
    nonce::Nonce,
    prelude::{RenderHtml, provide_context},
};
use std::{pin::Pin, sync::Once};

tokio::task_local! {
    /// The nonce of the request being answered; set by [`crate::frame`].
    pub(crate) static NONCE: String;
}

/// Marks a response whose page may run our WASM; [`crate::frame`] widens the CSP for the scripts with this nonce.
#[derive(Clone, Debug)]
pub(crate) struct RunsWasm {
    pub(crate) nonce: String,
}

/// Marks a response whose page shows files of this site in frames; put into its extensions.
#[derive(Clone, Copy, Debug)]
pub struct ShowsOwnFrames;

/// Renders a page that loads no script.
pub async fn render<IV>(status: StatusCode, view: impl FnOnce() -> IV + Send + 'static) -> Response<Body>
where
    IV: IntoView + 'static,
{
    rendered(status, view, without_scripts).await
}

/// Renders a page with an island on it: its scripts carry the request's nonce.
pub async fn render_with_island<IV>(status: StatusCode, view: impl FnOnce() -> IV + Send + 'static) -> Response<Body>
where
    IV: IntoView + 'static,
{
    let mut response = rendered(status, view, with_scripts).await;
    response.extensions_mut().insert(RunsWasm { nonce: nonce() });
    response
}

/// The request's; empty outside of [`crate::frame`].
fn nonce() -> String {
    NONCE.try_with(Clone::clone).unwrap_or_default()
}

type Chunks = Pin<Box<dyn futures::Stream<Item = String> + Send>>;
type Building = Pin<Box<dyn Future<Output = Chunks> + Send>>;
type StreamBuilder<IV> = fn(IV, Box<dyn FnOnce() -> Chunks + Send>, bool) -> Building;

async fn rendered<IV>(
    status: StatusCode,
    view: impl FnOnce() -> IV + Send + 'static,
    builder: StreamBuilder<IV>,
) -> Response<Body>
where
    IV: IntoView + 'static,
{
    start_executor();
    let nonce = Nonce::from_value(nonce());
    let context = move || provide_context(nonce.clone());
    let response = leptos_axum::handle_response_inner(context, view, Request::new(Body::empty()), builder).await;
    // Pages are rendered whole: with a length, an error can still become an error page.
    let (mut parts, body) = response.into_parts();
    parts.status = status;
    match to_bytes(body, usize::MAX).await {
        Ok(html) => Response::from_parts(parts, Body::from(html)),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn without_scripts<IV: IntoView + 'static>(view: IV, _: Box<dyn FnOnce() -> Chunks + Send>, _: bool) -> Building {
    // Leptos marks the places it would find again in the browser; a page without scripts looks for none.
    let html = without_marks(&view.into_view().to_html());
    Box::pin(async move { Box::pin(stream::once(async move { html })) as Chunks })
}

fn without_marks(html: &str) -> String {
    const MARK: &str = "<!>";
    let mut plain = String::with_capacity(html.len());
    let mut from = 0;
    for at in memchr::memmem::find_iter(html.as_bytes(), MARK) {
        plain.push_str(&html[from..at]);
        from = at + MARK.len();
    }
    plain.push_str(&html[from..]);
    plain
}

fn with_scripts<IV: IntoView + 'static>(view: IV, scripts: Box<dyn FnOnce() -> Chunks + Send>, _: bool) -> Building {
    let html = view.into_view().to_html();
    Box::pin(async move { Box::pin(stream::once(async move { html }).chain(scripts())) as Chunks })
}

/// Leptos wants to know which executor it runs on, once per process.
fn start_executor() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        if any_spawner::Executor::init_tokio().is_err() {
            tracing::debug!("Leptos' executor was started already");
        }
    });
}
