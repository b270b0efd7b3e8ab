//! Who may see and change what. The routes are walked, so a new one is tried too.

use crate::{
    harness::{Browser, TestApp, work},
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
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// What the parts of a path name that lead to something of a class, each with the id of one in Amira's.
type Things = BTreeMap<&'static str, String>;

/// Where addresses name something that is not of a class, or not for staff.
const ELSEWHERE: [&str; 10] = [
    "/teach/courses/",
    "/teach/classes/imports/",
    "/teach/files/",
    "/teach/comments/",
    "/teach/safeguarding/",
    "/teach/organisations/",
    "/student/",
    "/join/",
    "/files/",
    "/verify/",
];

/// A class with one of everything.
async fn one_of_everything(hub: &TestApp) -> Things {
    let lesson = hub.lesson("ciphers").await;
    let module = hub.module_in(hub.people.physics.id, "Ciphers", Some(lesson)).await;
    let material = hub.material(module, "Your wheel", work::upload()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "wheel.txt", b"round").await.has_status(303);
    let [invitation, request, announcement, certificate] = [10, 11, 12, 13].map(uuid::Uuid::from_u128);
    for (sql, id) in [
        (
            "insert into invitations (id, classroom_id, label, token_hash, sealed_token, created_at)
             select $1, id, 'Exchange', '', '', $2 from classrooms",
            invitation,
        ),
        (
            "insert into entry_requests (id, student_id, browser_hash, asked_at, expires_at)
             select $1, id, '', $2, $2 + interval '1 hour' from students where display_name = 'Lena'",
            request,
        ),
        (
            "insert into announcements (id, classroom_id, source, html, published_at)
             select $1, id, 'Hello', '<p>Hello</p>', $2 from classrooms",
            announcement,
        ),
        (
            "insert into certificates (id, code, student_id, name, organisation, title, statement, signatory, language,
                                       accent, issued_at)
             select $1, 'ABCDEFGHJKLMNPQR', id, 'Jonas', 'Riverside', 'Physics', '', 'Amira', 'en', 1, $2
             from students where display_name = 'Jonas'",
            certificate,
        ),
    ] {
        sqlx::query(sql).bind(id).bind(hub.app.clock.now()).execute(&hub.app.db).await.unwrap();
    }
    let submission: uuid::Uuid = sqlx::query_scalar("select id from submissions").fetch_one(&hub.app.db).await.unwrap();
    let course: uuid::Uuid =
        sqlx::query_scalar("select course_id from classroom_courses").fetch_one(&hub.app.db).await.unwrap();
    let nobody_s = uuid::Uuid::from_u128(1).to_string();
    [
        ("{classroom}", hub.people.physics.id.to_string()),
        ("{lesson}", lesson.to_string()),
        ("{module}", module.to_string()),
        ("{material}", material.to_string()),
        ("{submission}", submission.to_string()),
        ("{student}", hub.people.jonas.to_string()),
        ("{invitation}", invitation.to_string()),
        ("{request}", request.to_string()),
        ("{announcement}", announcement.to_string()),
        ("{certificate}", certificate.to_string()),
        ("{concern}", nobody_s.clone()),
        ("{course}", course.to_string()),
        ("{import}", nobody_s),
        ("{digest}", "0".repeat(64)),
        ("{*path}", "a.png".to_owned()),
        ("{number}", "1".to_owned()),
    ]
    .into()
}

/// Every route that leads to something of a class, with the ids of `things` filled in.
fn class_routes(things: &Things) -> Vec<(Method, String)> {
    let routes = routes::routes();
    let about_a_class = |route: &&Route| {
        let leads_to_one = route.path.contains("{classroom}") || route.path.starts_with("/teach/materials/{material}");
        let elsewhere = !route.path.contains('{') || ELSEWHERE.iter().any(|place| route.path.starts_with(place));
        assert!(leads_to_one || elsewhere, "{}: say in this test whether it leads to something of a class", route.path);
        leads_to_one
    };
    let filled = |path: &str| {
        let part = |part: &str| match part.strip_prefix('{') {
            Some(_) => things.get(part).unwrap_or_else(|| panic!("{path}: say what {part} names in this test")).clone(),
            None => part.to_owned(),
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    routes.listed().iter().filter(about_a_class).map(|route| (route.method.clone(), filled(route.path))).collect()
}

/// The content of every table.
async fn everything_stored(hub: &TestApp) -> BTreeMap<String, Option<String>> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'hub' and table_type = 'BASE TABLE'",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    let mut stored = BTreeMap::new();
    for table in tables {
        let statement = format!("select md5(string_agg(t::text, '|' order by t::text)) from {table} t");
        let content = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_one(&hub.app.db).await.unwrap();
        stored.insert(table, content);
    }
    stored
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
async fn mallory_gets_404_for_every_address_of_amira_s_class() {
    let app = TestApp::start().await;
    let mut mallory = with_token(&app, &app.people.mallory).await;
    let routes = class_routes(&one_of_everything(&app).await);
    assert!(routes.len() > 60, "the walk found the routes of a class: {}", routes.len());
    let before = everything_stored(&app).await;
    for (method, path) in routes {
        assert_eq!(asked(&mut mallory, &method, &path).await, 404, "{method} {path}");
    }
    assert_eq!(everything_stored(&app).await, before);
    let home = mallory.get("/teach").await;
    assert!(!home.body.contains("Physics 7b"));
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
    assert_eq!(app.count("select count(*) from classrooms where locked or code <> 'PHYS7BCD'").await, 0);
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
    for (method, path) in class_routes(&one_of_everything(&app).await) {
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
    for (method, path) in class_routes(&one_of_everything(&app).await) {
        assert_eq!(asked(&mut amira, &method, &path).await, 303, "{method} {path}");
    }
    assert_eq!(app.count("select count(*) from audit_entries").await, 0);
}

#[tokio::test]
async fn victor_sees_everything_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut victor = with_token(&app, &app.people.victor).await;
    let routes = class_routes(&one_of_everything(&app).await);
    let before = everything_stored(&app).await;
    for (method, path) in routes {
        let status = asked(&mut victor, &method, &path).await;
        // What only leads to a change is not shown; small pictures and files of lessons are not there.
        let expected: &[u16] = if method == Method::GET { &[200, 403, 404] } else { &[403] };
        assert!(expected.contains(&status), "{method} {path}: {status}");
    }
    assert_eq!(everything_stored(&app).await, before, "he changed nothing at all");
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
