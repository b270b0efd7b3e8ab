//! Error pages say what happened, and lead on.

use crate::harness::TestApp;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request},
    middleware::from_fn_with_state,
    routing::get,
};
use tower::ServiceExt;

#[tokio::test]
async fn an_unknown_address_leads_back_to_the_start() {
    let app = TestApp::start().await;
    let page = app.browser().get("/no/such/page").await;
    page.has_status(404).says("There is nothing here").says(r#"href="/""#).says(r#"lang="en""#);
    assert!(!page.body.contains("<script"));
    let csp = page.headers["content-security-policy"].to_str().unwrap();
    assert!(csp.starts_with("default-src 'none'") && !csp.contains("script-src"), "{csp}");
    app.browser().get("/teach/no-such-page").await.has_status(404).says("Go to my classes");
}

#[tokio::test]
async fn a_wrong_method_says_so_and_names_the_right_one() {
    let app = TestApp::start().await;
    let page = app.browser().get("/teach/logout").await;
    page.has_status(405).says("only works from a button");
    assert_eq!(page.headers["allow"], "POST");
    app.browser().send(Method::DELETE, "/teach", None).await.has_status(405);
}

#[tokio::test]
async fn what_axum_itself_refuses_is_a_page_too() {
    let app = TestApp::start().await;
    app.browser().get("/teach/login?next=a&next=b").await.has_status(400).says("did not arrive as expected");
}

#[tokio::test]
async fn a_database_that_is_away_is_not_the_visitor_s_fault() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    app.app.db.close().await;
    let page = amira.get("/teach").await;
    page.has_status(503).says("We will be back in a moment");
    assert!(!page.body.contains("PoolClosed"));
}

#[tokio::test]
async fn a_fault_of_ours_shows_nothing_of_the_inside() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    sqlx::query("alter table classrooms rename to lost").execute(&app.app.db).await.unwrap();
    let page = amira.get("/teach").await;
    page.has_status(500).says("Something went wrong here");
    assert!(!page.body.contains("classrooms") && !page.body.contains("relation"), "{}", page.body);
}

#[tokio::test]
async fn pages_are_not_kept_by_caches_and_carry_the_headers() {
    let app = TestApp::start().await;
    let page = app.browser().get("/teach/login").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert!(page.headers.contains_key("x-request-id"));
    for inline in [" style=", "onclick", "<style", "javascript:"] {
        assert!(!page.body.contains(inline), "{inline}: {}", page.body);
    }
}

#[tokio::test]
async fn a_handler_that_panics_answers_with_a_page_and_a_way_on() {
    let app = TestApp::start().await;
    let router = Router::new()
        .route("/student/broken", get(|| async { panic!("on purpose") as &'static str }))
        .layer(from_fn_with_state(app.app.clone(), hub_server::web::error::show))
        .layer(from_fn_with_state(app.app.clone(), hub_server::web::browser::meet));
    let request = Request::get("/student/broken").header("accept-language", "es").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 500);
    let page = String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap();
    assert!(page.contains(r#"lang="es""#) && page.contains(r#"href="/student""#), "{page}");
    assert!(!page.contains("on purpose"), "{page}");
}
