//! What surrounds every handler of both servers: request ids, request logs, security headers,
//! compression, and an answer where a handler panics. The edge adds no headers of its own to these.

use crate::{
    assets::OwnFile,
    entropy::Entropy,
    page::{NONCE, RunsWasm, ShowsOwnFrames},
};
use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Version, header},
    middleware::{self, Next},
    response::IntoResponse,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::{any::Any, convert::Infallible, future::ready, time::Duration};
use tower::{Layer, ServiceBuilder, ServiceExt, service_fn};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use tracing::Span;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the frame has to know of the server it surrounds.
#[derive(Clone, Debug)]
pub struct FrameOptions {
    pub entropy: Entropy,
    /// Whether the public address is https: then browsers are told to stay with it.
    pub https: bool,
}

/// Surrounds `router` with the frame.
pub fn wrap(router: Router, options: FrameOptions) -> Router {
    let log = TraceLayer::new_for_http()
        .make_span_with(request_span)
        .on_request(())
        .on_response(|response: &Response<_>, latency: Duration, _: &Span| log_response(response, latency))
        .on_failure(());
    // Together: each `Router::layer` puts every route, and each of its requests, into one more box.
    let layers = ServiceBuilder::new()
        .map_request(drop_unreadable_request_id)
        .layer(SetRequestIdLayer::new(REQUEST_ID, MintRequestId(options.entropy.clone())))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(log)
        .layer(middleware::from_fn_with_state(options, sent))
        .layer(CatchPanicLayer::custom(panicked));
    router.layer(layers)
}

/// From the second level on, Brotli fills tables of half a megabyte for each answer, however short it is; that takes several
/// times as long as the first level for a seventh fewer bytes.
const BROTLI: CompressionLevel = CompressionLevel::Precise(1);

/// Compresses an answer for who accepts these encodings, if it is worth it and not done already. Everything else keeps the
/// body it has: one that might be compressed takes 6 kB more, and a stream would hold them for as long as it is open.
pub async fn compress(response: Response<Body>, accepted: Option<HeaderValue>) -> Response<Body> {
    if response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let worth_it = SizeAbove::new(512).and(NotForContentType::SSE).and(NotForContentType::IMAGES).and(not_a_file);
    let (Some(accepted), true) = (accepted, worth_it.should_compress(&response)) else { return response };
    let level =
        if accepted.as_bytes().windows(2).any(|word| word == b"br") { BROTLI } else { CompressionLevel::Default };
    let mut asked = Request::default();
    asked.headers_mut().insert(header::ACCEPT_ENCODING, accepted);
    let mut response = Some(response);
    let answered = service_fn(move |_: Request| ready(Ok::<_, Infallible>(response.take().unwrap_or_default())));
    let layer = CompressionLayer::new().quality(level).compress_when(worth_it);
    let Ok(compressed) = layer.layer(answered).oneshot(asked).await;
    compressed.map(Body::new)
}

/// Files are sent as they are: a range or a tag of something compressed would mean other bytes.
fn not_a_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

#[derive(Clone)]
struct MintRequestId(Entropy);

impl MakeRequestId for MintRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = URL_SAFE_NO_PAD.encode(self.0.bytes::<12>());
        HeaderValue::try_from(id).ok().map(RequestId::new)
    }
}

/// An id that came with the request is kept only if it is a short plain word, so that logs stay readable.
fn drop_unreadable_request_id(mut request: Request) -> Request {
    let plain = |id: &HeaderValue| {
        id.len() <= 64 && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
    };
    if request.headers().get(&REQUEST_ID).is_some_and(|id| !plain(id)) {
        request.headers_mut().remove(&REQUEST_ID);
    }
    request
}

/// The route's pattern, not the path: paths hold ids and codes.
fn request_span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let id = request.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), route)
}

fn log_response<B>(response: &Response<B>, latency: Duration) {
    let status = response.status().as_u16();
    let ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
    if response.status().is_server_error() {
        tracing::error!(status, ms, "answered {status} in {ms} ms");
    } else {
        tracing::info!(status, ms, "answered {status} in {ms} ms");
    }
}

/// Middleware: an answer as it goes out, compressed, and with the headers that keep it safe.
async fn sent(State(options): State<FrameOptions>, request: Request, next: Next) -> Response<Body> {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).cloned();
    let nonce = URL_SAFE_NO_PAD.encode(options.entropy.bytes::<16>());
    let mut response = compress(NONCE.scope(nonce, next.run(request)).await, accepted).await;
    let runs_wasm = response.extensions().get::<RunsWasm>().cloned();
    let own_frames = response.extensions().get::<ShowsOwnFrames>().is_some();
    let own_file = response.extensions().get::<OwnFile>().is_some();
    let headers = response.headers_mut();
    for (name, value) in FILE_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if own_file && response.status().is_success() {
        return response;
    }
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy(runs_wasm, own_frames));
    }
    for (name, value) in DOCUMENT_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if options.https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // What is made for one person is never kept by a cache; handlers that may be cached say so.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What every answer carries.
const FILE_HEADERS: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What every answer carries that could be shown as a page of its own, beside the policy. The files of our own build are
/// spared: on a slow line these are hundreds of bytes for each.
const DOCUMENT_HEADERS: [(HeaderName, &str); 4] = [
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

const BASE: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                    img-src 'self' data:; media-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'";

/// The policy of a page that shows something of `origin` in a frame; for that page only, and no script of ours.
pub fn policy_with_frames(origin: &'static str) -> HeaderValue {
    HeaderValue::try_from(format!("{BASE}; frame-src {origin}")).expect("origins are plain ASCII")
}

/// Nothing from anywhere but here, nothing inline; scripts only where a page has an island, frames only where it says so.
fn policy(runs_wasm: Option<RunsWasm>, own_frames: bool) -> HeaderValue {
    let mut policy = match runs_wasm {
        Some(RunsWasm { nonce }) => format!("{BASE}; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'"),
        None => BASE.to_owned(),
    };
    if own_frames {
        policy.push_str("; frame-src 'self'");
    }
    HeaderValue::try_from(policy).expect("the policy and base64url are plain ASCII")
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let what = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    what.unwrap_or("of unknown kind")
}

/// Where the server's own answer to a panic panicked too.
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!(panic = panic_message(&*panic), "a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here. Please try again.").into_response()
}

#[cfg(test)]
mod tests {
    use super::{FrameOptions, wrap};
    use crate::{assets::OwnFile, entropy::Entropy, page};
    use axum::{
        Router,
        body::{Body, to_bytes},
        http::{Request, Response, StatusCode, header},
        response::IntoResponse,
        routing::get,
    };
    use leptos::prelude::*;
    use tower::ServiceExt;

    async fn answer(path: &str) -> Response<Body> {
        answer_in(path, "identity").await
    }

    async fn answer_in(path: &str, encodings: &str) -> Response<Body> {
        let plain = || page::render(StatusCode::OK, || view! { <p>"Plain"</p> });
        let lively = || page::render_with_island(StatusCode::OK, || view! { <p>{use_nonce_text}</p> });
        let router = Router::new()
            .route("/plain", get(plain))
            .route("/lively", get(lively))
            .route("/long", get(|| page::render(StatusCode::OK, || view! { <p>{"Long. ".repeat(200)}</p> })))
            .route("/panics", get(|| async { panic!("on purpose") as &'static str }));
        let framed = wrap(router, FrameOptions { entropy: Entropy::seeded(1), https: true });
        let request = Request::get(path).header(header::ACCEPT_ENCODING, encodings).body(Body::empty());
        framed.oneshot(request.unwrap()).await.unwrap()
    }

    fn use_nonce_text() -> String {
        leptos::nonce::use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default()
    }

    async fn text(response: Response<Body>) -> String {
        String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_page_without_an_island_may_run_no_script_and_has_none() {
        let response = answer("/plain").await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        assert!(!policy.contains("script-src"), "{policy}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert!(response.headers().contains_key("x-request-id"));
        let html = text(response).await;
        assert!(html.contains("<p>Plain</p>") && !html.contains("<script"), "{html}");
    }

    #[tokio::test]
    async fn a_page_with_an_island_carries_the_nonce_its_policy_names() {
        let response = answer("/lively").await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(policy.contains("'wasm-unsafe-eval'"));
        let html = text(response).await;
        assert!(html.contains(&format!("<p>{nonce}")), "{html}");
        assert!(html.contains(&format!("<script nonce=\"{nonce}\">")), "{html}");
    }

    #[tokio::test]
    async fn a_page_comes_in_the_shortest_encoding_that_the_browser_knows() {
        for (known, chosen) in [("gzip, deflate, br, zstd", Some("br")), ("gzip", Some("gzip")), ("identity", None)] {
            let response = answer_in("/long", known).await;
            let encoding = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(encoding, chosen, "of {known}");
        }
    }

    #[tokio::test]
    async fn a_file_of_the_build_carries_only_what_a_file_needs() {
        let own = || async { (axum::Extension(OwnFile), "x").into_response() };
        let framed =
            wrap(Router::new().route("/own", get(own)), FrameOptions { entropy: Entropy::seeded(1), https: true });
        let response = framed.oneshot(Request::get("/own").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    }

    #[tokio::test]
    async fn a_request_id_that_is_no_plain_word_is_replaced() {
        let router = wrap(Router::new(), FrameOptions { entropy: Entropy::seeded(1), https: false });
        let request = Request::get("/").header("x-request-id", "<script>").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_ne!(response.headers()["x-request-id"], "<script>");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_with_the_same_headers() {
        let response = answer("/panics").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    }
}
