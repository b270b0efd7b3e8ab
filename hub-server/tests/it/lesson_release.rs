//! When a class may read a lesson: nothing behind a closed one can be reached, whatever address is tried.

use crate::{
    harness::{Browser, Page, TestApp},
    lessons::token,
};
use axum::http::Method;
use hub_server::lesson::release::{Release, store};
use shared_types::{ids::LessonId, scope::ScopeToken};

/// Words of the first lesson that come after its introduction, and its front matter's.
const BEHIND: [&str; 5] = [
    "built from a short sign",
    "ok-in-light.png",
    "A message of one word that a partner",
    "Your partner wrote down your word",
    "name=\"scope\"",
];

impl TestApp {
    async fn releases(&self, lesson: LessonId, release: Release) {
        let mut db = self.app.db.acquire().await.unwrap();
        let class = self.people.physics.id;
        assert!(store::set(&mut db, class, lesson, release, self.app.clock.now()).await.unwrap());
    }
}

/// Everything of a lesson that a student's browser can ask for: the page, its first picture, the token, the mark.
struct Tried {
    page: Page,
    picture: Page,
    token: Page,
    mark: Page,
}

impl Tried {
    async fn by(student: &mut Browser<'_>, lesson: LessonId, picture: &str) -> Self {
        let home = student.get("/student").await;
        home.has_status(200);
        let page = student.get(&format!("/student/lessons/{lesson}")).await;
        let picture = student.get(&format!("/student/lessons/{picture}")).await;
        student.headers.insert("x-csrf-token", student.csrf.clone());
        let body = Some(format!(r#"{{"lesson":"{lesson}"}}"#));
        let token = student.send(Method::POST, "/student/helper-token", body).await;
        student.headers.remove("x-csrf-token");
        let mark = student.submit(&format!("/student/lessons/{lesson}/finished"), &[("finished", "yes")]).await;
        if picture.status == 404 {
            for words in BEHIND {
                assert!(!home.body.contains(words), "{words} at home");
            }
        }
        Self { page, picture, token, mark }
    }

    #[track_caller]
    fn is_closed(&self) {
        self.page.has_status(200).says("Talking in light").says("Imagine two ships at night");
        for words in BEHIND {
            assert!(!self.page.body.contains(words), "{words} in {}", self.page.body);
        }
        assert!(!self.page.body.contains("<script"), "no chat");
        self.picture.has_status(404);
        self.token.has_status(404).says("no_such_lesson");
        self.mark.has_status(404);
    }

    #[track_caller]
    fn is_open(&self, hub: &TestApp, lesson: LessonId) {
        self.page.has_status(200);
        for words in BEHIND {
            self.page.says(words);
        }
        self.picture.has_status(200);
        self.token.has_status(200);
        self.mark.leads_to("/student");
        let scope = ScopeToken::verify(token(&self.page.body), hub.scope_keys(), hub.app.clock.unix()).unwrap();
        assert_eq!(scope.lesson.unwrap().id, lesson);
    }
}

/// A hub with our course, its first lesson, and the address of a picture in it.
async fn hub_with_a_picture() -> (TestApp, LessonId, String) {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut lena = hub.joined(hub.people.lena).await;
    let page = lena.get(&format!("/student/lessons/{}", lessons[0])).await;
    let (_, rest) = page.body.split_once("<img src=\"").unwrap();
    let picture = rest.split('"').next().unwrap().to_owned();
    drop(lena);
    (hub, lessons[0], picture)
}

#[tokio::test]
async fn before_its_time_a_lesson_is_its_title_and_introduction_and_nothing_else() {
    let (hub, lesson, picture) = hub_with_a_picture().await;
    let at = hub.app.clock.now() + chrono::Duration::hours(2);
    hub.releases(lesson, Release::Scheduled(at)).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let before = Tried::by(&mut jonas, lesson, &picture).await;
    before.is_closed();
    before.page.says("Opens 23 November 2026, 11:00");
    hub.later(chrono::Duration::minutes(119));
    Tried::by(&mut jonas, lesson, &picture).await.is_closed();
    hub.later(chrono::Duration::minutes(1));
    Tried::by(&mut jonas, lesson, &picture).await.is_open(&hub, lesson);
}

#[tokio::test]
async fn a_locked_lesson_stays_closed_until_amira_opens_it() {
    let (hub, lesson, picture) = hub_with_a_picture().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let tab = format!("{}/lessons", hub.people.physics.path());
    let release = format!("{tab}/{lesson}/release");
    amira.get(&tab).await.has_status(200).says("Open from the start");
    amira.submit(&release, &[("state", "locked"), ("date", ""), ("time", "")]).await.has_status(303);
    amira.get(&tab).await.says("Saved.").says("Locked").says("Set for this class");
    // Tokens given out before are revoked, once; opening it again takes none away.
    let epoch = "select epoch::bigint from classrooms where code = 'PHYS7BCD'";
    assert_eq!(hub.count(epoch).await, 2);
    amira.submit(&release, &[("state", "locked"), ("date", ""), ("time", "")]).await.has_status(303);
    assert_eq!(hub.count(epoch).await, 2);
    Tried::by(&mut jonas, lesson, &picture).await.is_closed();
    hub.later(chrono::Duration::days(4));
    let mut jonas = hub.joined(hub.people.jonas).await;
    Tried::by(&mut jonas, lesson, &picture).await.is_closed();
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&tab).await;
    amira.submit(&release, &[("state", "open")]).await.has_status(303);
    Tried::by(&mut jonas, lesson, &picture).await.is_open(&hub, lesson);
    amira.submit(&release, &[("state", "course")]).await.has_status(303);
    assert_eq!(hub.count("select count(*) from lesson_releases").await, 0);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'lesson_release_set'").await, 4);
}

#[tokio::test]
async fn the_course_s_own_date_holds_until_the_class_s_teacher_says_otherwise() {
    let (hub, lesson, picture) = hub_with_a_picture().await;
    let at = hub.app.clock.now() + chrono::Duration::days(1);
    sqlx::query("update lessons set opens_at = $2 where id = $1")
        .bind(lesson.0)
        .bind(at)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let mut jonas = hub.joined(hub.people.jonas).await;
    let closed = Tried::by(&mut jonas, lesson, &picture).await;
    closed.is_closed();
    closed.page.says("Opens 24 November 2026, 09:00");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let tab = format!("{}/lessons", hub.people.physics.path());
    amira.get(&tab).await.says("By the date of the course").says("value=\"2026-11-24\"");
    hub.releases(lesson, Release::Open).await;
    Tried::by(&mut jonas, lesson, &picture).await.is_open(&hub, lesson);
}

#[tokio::test]
async fn amira_previews_what_is_not_open_yet_and_is_told_so() {
    let (hub, lesson, picture) = hub_with_a_picture().await;
    hub.releases(lesson, Release::Locked).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let tab = format!("{}/lessons", hub.people.physics.path());
    let page = amira.get(&format!("{tab}/{lesson}")).await;
    page.has_status(200).says("Not open yet.").says("Locked").says("built from a short sign");
    amira.get(&format!("{tab}/{picture}")).await.has_status(200);
}

#[tokio::test]
async fn amira_is_told_where_work_is_due_before_its_lesson_opens() {
    let (hub, lessons, _) = hub_with_a_picture().await;
    let module = hub.module_of(lessons).await;
    let work = hub.material(module, "Your wheel", crate::harness::work::upload()).await;
    let now = hub.app.clock.now();
    hub.due(work, now + chrono::Duration::days(2)).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let path = format!("{}/lessons", hub.people.physics.path());
    for (opens_in, is_late) in [(1, false), (3, true)] {
        hub.releases(lessons, Release::Scheduled(now + chrono::Duration::days(opens_in))).await;
        assert_eq!(amira.get(&path).await.body.contains("Work in it is due before"), is_late, "in {opens_in} days");
    }
    hub.releases(lessons, Release::Open).await;
    assert!(!amira.get(&path).await.body.contains("Work in it is due before"));
}

#[tokio::test]
async fn a_date_that_cannot_be_stays_as_it_was_typed() {
    let (hub, lesson, _) = hub_with_a_picture().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let tab = format!("{}/lessons", hub.people.physics.path());
    amira.get(&tab).await;
    let fields = [("state", "scheduled"), ("date", "soon\"><script>"), ("time", "08:15")];
    let page = amira.submit(&format!("{tab}/{lesson}/release"), &fields).await;
    page.has_status(422).says("Choose a day").says("value=\"08:15\"").says(&format!("href=\"#field-date-{lesson}\""));
    page.says("soon&quot;&gt;");
    assert!(!page.body.contains("<script"));
    let fields = [("state", "scheduled"), ("date", "2026-11-30"), ("time", "08:15")];
    amira.submit(&format!("{tab}/{lesson}/release"), &fields).await.has_status(303);
    amira.get(&tab).await.says("Opens 30 November 2026, 08:15");
    let unknown = "00000000-0000-7000-8000-000000000000";
    amira.submit(&format!("{tab}/{unknown}/release"), &fields).await.has_status(404);
    let refused = [("state", "scheduled"), ("date", ""), ("time", "")];
    amira.submit(&format!("{tab}/{unknown}/release"), &refused).await.has_status(404);
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let page = victor.get(&tab).await;
    assert!(!page.body.contains("/release"), "no form that would be refused");
    victor.submit(&format!("{tab}/{lesson}/release"), &fields).await.has_status(403);
}

#[tokio::test]
async fn another_class_decides_for_itself() {
    let (hub, lesson, picture) = hub_with_a_picture().await;
    hub.releases(lesson, Release::Locked).await;
    let other = shared_types::ids::ClassroomId(uuid::Uuid::from_u128(1));
    let mut db = hub.app.db.acquire().await.unwrap();
    let open = store::is_open(&mut db, other, lesson, hub.app.clock.now()).await.unwrap();
    assert!(!open, "a class without the course has no lesson of it");
    drop(db);
    let mut jonas = hub.joined(hub.people.jonas).await;
    Tried::by(&mut jonas, lesson, &picture).await.is_closed();
}
