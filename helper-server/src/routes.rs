//! Every address of the helper.

use crate::{app::App, health, web};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use server_kit::frame::{self, FrameOptions};
use tower::ServiceBuilder;

/// A question of 4,000 characters with its token, form-encoded, is below 60 kB.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// The routes, with the frame around them.
pub fn router(app: &App) -> Router {
    let routes = Router::new()
        // The chat.
        .route("/helper/turns", post(web::create::create_turn))
        .route("/helper/turns/{turn}/events", get(web::events::events))
        .route("/helper/turns/{turn}/stop", post(web::stop::stop_turn))
        .route("/helper/turns/{turn}/rating", post(web::rating::rate_turn))
        .route("/helper/conversation", get(web::conversation::conversation))
        .route("/helper", get(web::page::without_slash))
        .route("/helper/", get(web::page::show).post(web::page::open))
        // The same without JavaScript.
        .route("/helper/conversation/clear", post(web::clear::clear))
        .route("/helper/ask", post(web::ask::ask))
        .route("/helper/turns/{turn}", get(web::turn_page::turn_page))
        // For teachers whom the hub lets look.
        .route("/helper/transcript", get(web::transcript::transcript))
        // Operating it.
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(web::error::no_such_page)
        .method_not_allowed_fallback(web::error::no_such_method)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn_with_state(app.clone(), web::error::panics))
                .layer(DefaultBodyLimit::max(MAX_BODY_BYTES)),
        )
        .with_state(app.clone())
        .merge(app.assets.router());
    frame::wrap(routes, FrameOptions { entropy: app.entropy.clone(), https: app.config.https })
}
