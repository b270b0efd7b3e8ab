//! Health, small files, assets.

use crate::harness::TestApp;

#[tokio::test]
async fn a_hub_with_everything_is_ready() {
    let app = TestApp::start().await;
    app.browser().get("/healthz").await.has_status(200).says("ok");
    app.browser()
        .get("/readyz")
        .await
        .has_status(200)
        .says(r#"{"status":"ready","database":"ok","migrations":"ok","storage":"ok","redis":"ok"}"#);
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let app = TestApp::start().await;
    std::fs::remove_dir_all(&app.app.config.uploads_dir).unwrap();
    app.browser().get("/readyz").await.has_status(503).says(r#""storage":"not writable""#);
    sqlx::query("update _sqlx_migrations set success = false where version > 1").execute(&app.app.db).await.unwrap();
    app.browser().get("/readyz").await.has_status(503).says(r#""migrations":"missing""#);
    app.app.db.close().await;
    app.browser().get("/readyz").await.has_status(503).says(r#""database":"away""#);
    app.browser().get("/healthz").await.has_status(200);
}

#[tokio::test]
async fn assets_are_kept_for_a_year_and_robots_sent_away() {
    let app = TestApp::start().await;
    let css = app.browser().get("/pkg/a.css").await;
    assert!(css.has_status(200).headers["cache-control"].to_str().unwrap().contains("immutable"));
    app.browser().get("/pkg/none.css").await.has_status(404);
    app.browser().get("/robots.txt").await.says("Disallow: /");
    app.browser().get("/favicon.ico").await.leads_to("/pkg/a.svg");
}
