//! English and Spanish, by choice or by the browser's wish.

use crate::harness::TestApp;

#[tokio::test]
async fn the_browser_s_language_is_spoken_until_another_is_chosen() {
    let app = TestApp::start().await;
    let mut lena = app.browser();
    lena.headers.insert("accept-language", "es-MX,es;q=0.9,en;q=0.5".to_owned());
    lena.get("/teach/login").await.says(r#"lang="es""#).says("Iniciar sesión").says("English");
    lena.submit("/language", &[("lang", "en"), ("next", "/teach/login?next=%2Fteach")])
        .await
        .leads_to("/teach/login?next=%2Fteach");
    lena.get("/teach/login").await.says(r#"lang="en""#).says("Sign in to teach").says("Español");
    lena.get("/nowhere").await.says("There is nothing here");
}

#[tokio::test]
async fn the_switch_leads_to_this_site_only_and_knows_its_languages() {
    let app = TestApp::start().await;
    let mut lena = app.browser();
    lena.get("/teach/login").await;
    lena.submit("/language", &[("lang", "es"), ("next", "https://evil.example/")]).await.leads_to("/");
    lena.submit("/language", &[("lang", "tlh"), ("next", "/")]).await.has_status(422);
    lena.post("/language", &[("lang", "es"), ("next", "/")]).await.has_status(403);
}

#[tokio::test]
async fn where_a_form_was_refused_the_switch_leads_back_to_the_page_it_stood_on() {
    let app = TestApp::start().await;
    let mut lena = app.browser();
    lena.get("/return").await;
    lena.headers.insert("referer", "http://hub.school.example/join/abc?from=card".to_owned());
    let fields = [("class_code", "?"), ("display_name", "Lena"), ("return_code", "?")];
    let refused = lena.submit("/return", &fields).await;
    refused.has_status(422).says(r#"name="next" value="/join/abc?from=card""#);
    // A page that is only read knows its own address.
    lena.get("/return").await.says(r#"name="next" value="/return""#);
}
