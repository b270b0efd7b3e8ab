//! Enrolling and using the second factor; recovery codes.

use crate::{
    harness::{Page, TestApp},
    people::PASSWORD,
};
use chrono::Duration;
use hub_server::account::TotpSecret;
use server_kit::entropy::Entropy;

#[tokio::test]
async fn noor_sets_up_her_second_factor_on_her_first_day() {
    let app = TestApp::start().await;
    let mut noor = app.browser();
    noor.types_password(app.people.noor.email, PASSWORD).await.leads_to("/teach/enrol-totp");
    noor.get("/teach").await.leads_to("/teach/enrol-totp");
    noor.get("/teach/login/code").await.leads_to("/teach/enrol-totp");
    let page = noor.get("/teach/enrol-totp").await;
    page.has_status(200).says(r#"class="qr""#);
    let (secret, sealed) = (page.by_test_id("totp-secret").unwrap(), page.hidden("sealed").unwrap());

    // A wrong code shows the same secret again.
    let again = noor.submit("/teach/enrol-totp", &[("code", "000000"), ("sealed", &sealed)]).await;
    again.has_status(422).says("This code is not valid now");
    assert_eq!(again.by_test_id("totp-secret").as_deref(), Some(secret.as_str()));

    let code = opened(&app, &sealed).code_at(app.app.clock.unix());
    let done = noor.submit("/teach/enrol-totp", &[("code", &code), ("sealed", &sealed)]).await;
    done.has_status(200).says("Your recovery codes");
    assert_eq!(recovery_codes(&done).len(), 10);
    assert!(!done.body.contains("/language"), "a page that is shown once has nothing that leads away by accident");
    noor.get("/teach").await.has_status(200);
    // Shown once: there is no way back to the secret or the codes.
    noor.get("/teach/enrol-totp").await.leads_to("/teach");
    let stored: Vec<u8> = sqlx::query_scalar("select totp_secret from staff where email = 'noor@riverside.example'")
        .fetch_one(&app.app.db)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&stored).contains(&secret.replace(' ', "")));
    assert_eq!(app.count("select count(*) from audit_entries where action = 'second_factor_enrolled'").await, 1);
}

#[tokio::test]
async fn the_forms_of_the_page_with_the_recovery_codes_work() {
    let app = TestApp::start().await;
    let mut noor = app.browser();
    noor.types_password(app.people.noor.email, PASSWORD).await;
    let sealed = noor.get("/teach/enrol-totp").await.hidden("sealed").unwrap();
    let code = opened(&app, &sealed).code_at(app.app.clock.unix());
    noor.submit("/teach/enrol-totp", &[("code", &code), ("sealed", &sealed)]).await.has_status(200);
    noor.submit("/teach/logout", &[]).await.leads_to("/teach/login");
}

#[tokio::test]
async fn mallory_cannot_slip_her_own_secret_to_noor() {
    let app = TestApp::start().await;
    let mut noor = app.browser();
    noor.types_password(app.people.noor.email, PASSWORD).await;
    noor.get("/teach/enrol-totp").await;
    let entropy = Entropy::seeded(99);
    let hers = TotpSecret::mint(&entropy);
    let for_mallory = hers.sealed(&app.app.secrets, app.people.mallory.id, &entropy);
    let code = hers.code_at(app.app.clock.unix());
    for sealed in [base64url(&for_mallory), base64url(&[0; 60]), "!".to_owned(), String::new()] {
        noor.submit("/teach/enrol-totp", &[("code", &code), ("sealed", &sealed)]).await.has_status(400);
    }
}

#[tokio::test]
async fn enrolling_twice_at_once_enrols_once() {
    let app = TestApp::start().await;
    let mut noor = app.browser();
    noor.types_password(app.people.noor.email, PASSWORD).await;
    let sealed = noor.get("/teach/enrol-totp").await.hidden("sealed").unwrap();
    let code = opened(&app, &sealed).code_at(app.app.clock.unix());
    let (mut first, mut second) = (noor.clone(), noor.clone());
    let fields = [("code", code.as_str()), ("sealed", sealed.as_str())];
    let (one, other) =
        tokio::join!(first.submit("/teach/enrol-totp", &fields), second.submit("/teach/enrol-totp", &fields));
    let shown = [one, other].iter().filter(|page| page.status == 200).count();
    assert_eq!(shown, 1);
    assert_eq!(app.count("select count(*) from recovery_codes").await, 10);
}

#[tokio::test]
async fn a_code_that_was_seen_over_amira_s_shoulder_is_worth_nothing() {
    let app = TestApp::start().await;
    let code = app.code_of(&app.people.amira);
    let mut amira = app.browser();
    amira.types_password(app.people.amira.email, PASSWORD).await;
    amira.types_code(&code).await.leads_to("/teach");
    let mut mallory = app.browser();
    mallory.types_password(app.people.amira.email, PASSWORD).await;
    mallory.types_code(&code).await.has_status(422).says("each works once");
    // Nor is the one before it, which the clock would still allow.
    let earlier = app.people.amira.totp.as_ref().unwrap().code_at(app.app.clock.unix() - 30);
    mallory.types_code(&earlier).await.has_status(422);
    app.later(Duration::seconds(30));
    mallory.types_code(&app.code_of(&app.people.amira)).await.leads_to("/teach");
}

#[tokio::test]
async fn two_sign_ins_with_one_code_at_the_same_instant_are_one() {
    let app = TestApp::start().await;
    let code = app.code_of(&app.people.amira);
    let (mut one, mut other) = (app.browser(), app.browser());
    one.types_password(app.people.amira.email, PASSWORD).await;
    other.types_password(app.people.amira.email, PASSWORD).await;
    let (first, second) = tokio::join!(one.types_code(&code), other.types_code(&code));
    assert_eq!([first, second].iter().filter(|page| page.status == 303).count(), 1);
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let app = TestApp::start().await;
    let mut mallory = app.browser();
    mallory.types_password(app.people.amira.email, PASSWORD).await;
    for guess in ["000000", "111111", "222222", "333333", "444444"] {
        mallory.types_code(guess).await.has_status(422);
    }
    mallory.types_code(&app.code_of(&app.people.amira)).await.has_status(429);
    // A new session of the same account does not help.
    let mut again = app.browser();
    again.types_password(app.people.amira.email, PASSWORD).await;
    again.types_code(&app.code_of(&app.people.amira)).await.has_status(429);
}

#[tokio::test]
async fn without_her_phone_noor_gets_in_with_a_recovery_code_once() {
    let app = TestApp::start().await;
    let mut noor = app.browser();
    noor.types_password(app.people.noor.email, PASSWORD).await;
    let sealed = noor.get("/teach/enrol-totp").await.hidden("sealed").unwrap();
    let code = opened(&app, &sealed).code_at(app.app.clock.unix());
    let page = noor.submit("/teach/enrol-totp", &[("code", &code), ("sealed", &sealed)]).await;
    let codes = recovery_codes(&page);

    let mut elsewhere = app.browser();
    elsewhere.types_password(app.people.noor.email, PASSWORD).await;
    elsewhere.types_code(&codes[3].to_uppercase()).await.leads_to("/teach");
    let mut again = app.browser();
    again.types_password(app.people.noor.email, PASSWORD).await;
    again.types_code(&codes[3]).await.has_status(422);
    again.types_code(&codes[4]).await.leads_to("/teach");
    // Nobody else's.
    let mut mallory = app.browser();
    mallory.types_password(app.people.mallory.email, PASSWORD).await;
    mallory.types_code(&codes[5]).await.has_status(422);
    assert_eq!(app.count("select count(*) from audit_entries where action = 'recovery_code_used'").await, 2);
    assert_eq!(app.count("select count(*) from recovery_codes where used_at is not null").await, 2);
}

/// The secret of Noor's form, as only the hub can open it.
fn opened(app: &TestApp, sealed: &str) -> TotpSecret {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let sealed = URL_SAFE_NO_PAD.decode(sealed).unwrap();
    TotpSecret::open(&app.app.secrets, app.people.noor.id, &sealed).unwrap()
}

fn recovery_codes(page: &Page) -> Vec<String> {
    let items = page.body.split(r#"<li class="code">"#).skip(1);
    items.map(|rest| rest.split_once("</li>").unwrap().0.to_owned()).collect()
}

fn base64url(bytes: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(bytes)
}
