//! Who may see and change what. The routes are walked, so a new one is tried too.

use crate::{
    harness::{Browser, TestApp, work::upload},
    people::Person,
};
use axum::{
    Router,
    body::Body,
    http::{Method, Request},
    routing::get,
};
use hub_server::{
    routes,
    web::{Administering, route_list::Route},
};
use shared_types::ids::MaterialId;
use tower::ServiceExt;

/// Every route about a class, with `{classroom}` filled in.
fn class_routes(app: &TestApp) -> Vec<(Method, String)> {
    let id = app.people.physics.id.to_string();
    let routes = routes::routes();
    let about_a_class = |route: &&Route| route.path.contains("{classroom}");
    routes
        .listed()
        .iter()
        .filter(about_a_class)
        .map(|route| (route.method.clone(), filled(&route.path.replace("{classroom}", &id))))
        .collect()
}

/// Any other part of a path gets an id that nothing has.
fn filled(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { uuid::Uuid::from_u128(1).to_string() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every route of staff that names a material alone, with it filled in.
fn material_routes(material: MaterialId) -> Vec<(Method, String)> {
    let about_a_material = |route: &&Route| route.path.starts_with("/teach/materials/{material}");
    let routes = routes::routes();
    let listed = routes.listed().iter().filter(about_a_material);
    listed
        .map(|route| (route.method.clone(), filled(&route.path.replace("{material}", &material.to_string()))))
        .collect()
}

async fn asked(browser: &mut Browser<'_>, method: &Method, path: &str) -> u16 {
    let form = (*method == Method::POST).then(|| {
        let key = uuid::Uuid::from_u128(2).to_string();
        let fields = [("csrf", browser.csrf.as_str()), ("locked", "true"), ("idempotency_key", &key)];
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    });
    browser.send(method.clone(), path, form).await.status.as_u16()
}

async fn with_token<'a>(app: &'a TestApp, person: &Person) -> Browser<'a> {
    let mut browser = app.signed_in(person).await;
    browser.get("/teach").await.has_status(200);
    browser
}

#[tokio::test]
async fn for_mallory_amira_s_class_does_not_exist() {
    let app = TestApp::start().await;
    let mut mallory = with_token(&app, &app.people.mallory).await;
    let routes = class_routes(&app);
    assert!(routes.len() >= 4, "the walk found the routes of a class");
    for (method, path) in routes {
        assert_eq!(asked(&mut mallory, &method, &path).await, 404, "{method} {path}");
    }
    let home = mallory.get("/teach").await;
    assert!(!home.body.contains("Physics 7b"));
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
    assert_eq!(app.count("select count(*) from classrooms where locked or code <> 'PHYS7BCD'").await, 0);
}

#[tokio::test]
async fn for_mallory_the_materials_of_amira_s_class_do_not_exist_and_victor_only_looks() {
    let app = TestApp::start().await;
    let material = app.material(app.module("Light").await, "The lamp", upload()).await;
    let mut mallory = with_token(&app, &app.people.mallory).await;
    let mut victor = with_token(&app, &app.people.victor).await;
    let mut jonas = app.joined(app.people.jonas).await;
    let routes = material_routes(material);
    assert!(routes.len() >= 6, "the walk found the routes of a material");
    for (method, path) in routes {
        assert_eq!(asked(&mut mallory, &method, &path).await, 404, "{method} {path}");
        assert_eq!(asked(&mut jonas, &method, &path).await, 303, "{method} {path}");
        let looked = asked(&mut victor, &method, &path).await;
        assert!(looked == 403 || (looked == 200 && method == Method::GET), "{method} {path}: {looked}");
    }
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
}

#[tokio::test]
async fn a_class_that_nobody_has_looks_the_same() {
    let app = TestApp::start().await;
    let mut amira = with_token(&app, &app.people.amira).await;
    for id in [uuid::Uuid::from_u128(1).to_string(), "nonsense".to_owned(), "..".to_owned()] {
        assert_eq!(asked(&mut amira, &Method::GET, &format!("/teach/classes/{id}/roster")).await, 404, "{id}");
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_sign_in() {
    let app = TestApp::start().await;
    let mut visitor = app.browser();
    visitor.get("/teach/login").await;
    let mut jonas = app.joined(app.people.jonas).await;
    for (method, path) in class_routes(&app) {
        for browser in [&mut visitor, &mut jonas] {
            assert_eq!(asked(browser, &method, &path).await, 303, "{method} {path}");
        }
    }
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
}

#[tokio::test]
async fn the_password_alone_opens_nothing() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    amira.types_password(app.people.amira.email, crate::people::PASSWORD).await.has_status(303);
    amira.get("/teach/login/code").await;
    for (method, path) in class_routes(&app) {
        assert_eq!(asked(&mut amira, &method, &path).await, 303, "{method} {path}");
    }
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
}

#[tokio::test]
async fn victor_sees_everything_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut victor = with_token(&app, &app.people.victor).await;
    for (method, path) in class_routes(&app) {
        let expected = if method == Method::GET { 200 } else { 403 };
        let status = asked(&mut victor, &method, &path).await;
        // A route about something inside the class may also not find it.
        assert!(status == expected || (status == 404 && method == Method::GET), "{method} {path}: {status}");
    }
    let today = victor.get(&app.people.physics.path()).await;
    assert!(!today.body.contains("code-rotation"), "no button that would be refused");
    victor.get("/teach/classes/new").await.has_status(403).says("not change it");
    let key = uuid::Uuid::from_u128(3).to_string();
    let fields = [("name", "Mine"), ("accent", "1"), ("idempotency_key", key.as_str())];
    victor.get("/teach").await;
    victor.submit("/teach/classes/new", &fields).await.has_status(403);
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
    assert_eq!(app.count("select count(*) from classrooms").await, 1);
}

#[tokio::test]
async fn ines_may_do_what_a_teacher_may() {
    let app = TestApp::start().await;
    let mut ines = with_token(&app, &app.people.ines).await;
    let lock = format!("{}/lock", app.people.physics.path());
    ines.submit(&lock, &[("locked", "true")]).await.leads_to(&app.people.physics.path());
}

#[tokio::test]
async fn only_ines_administers_riverside() {
    let app = TestApp::start().await;
    let show = |Administering(staff, organisation): Administering| async move {
        format!("{} administers {}", staff.display_name, organisation.name)
    };
    let router = Router::new()
        .route("/admin/{organisation}", get(show))
        .layer(axum::middleware::from_fn_with_state(app.app.clone(), hub_server::web::browser::meet))
        .with_state(app.app.clone());
    let path = format!("/admin/{}", app.people.riverside);
    for (person, status) in
        [(&app.people.ines, 200), (&app.people.amira, 403), (&app.people.victor, 403), (&app.people.mallory, 404)]
    {
        let cookie = app.signed_in(person).await.cookies["staff"].clone();
        let request = Request::get(&path).header("cookie", format!("staff={cookie}")).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{}", person.email);
    }
}

#[tokio::test]
async fn amira_cannot_make_a_class_in_mallory_s_organisation() {
    let app = TestApp::start().await;
    let mut amira = with_token(&app, &app.people.amira).await;
    let (key, hilltop) = (uuid::Uuid::from_u128(4).to_string(), app.people.hilltop.to_string());
    let fields = [("name", "Mine"), ("accent", "1"), ("organisation", &*hilltop), ("idempotency_key", &*key)];
    amira.submit("/teach/classes/new", &fields).await.has_status(404);
    assert_eq!(app.count("select count(*) from classrooms").await, 1);
}

#[tokio::test]
async fn who_has_left_the_organisation_sees_nothing_of_it_any_more() {
    let app = TestApp::start().await;
    let mut amira = with_token(&app, &app.people.amira).await;
    sqlx::query("delete from memberships where staff_id = $1")
        .bind(app.people.amira.id.0)
        .execute(&app.app.db)
        .await
        .unwrap();
    amira.get(&app.people.physics.path()).await.has_status(404);
    assert!(!amira.get("/teach").await.body.contains("Physics 7b"));
}
