//! Reading lessons: what reaches a student, and what never does.

use crate::{
    harness::{TestApp, statements},
    people::People,
};
use hub_server::{
    classroom::Classroom,
    course::{self, Imported, Importing, Pack},
};
use shared_types::{
    ids::LessonId,
    keys::ScopeKeys,
    scope::{Actor, ScopeToken},
};
use sqlx::PgConnection;
use std::{fs, path::PathBuf};

/// Words that stand in teacher-only sections and fields of our own course, and nowhere else.
const FOR_TEACHERS: [&str; 7] = [
    "Keep the beam",
    "THE BEST PLACE TO HIDE",
    "2(a − b)",
    "Teacher prep",
    "Agenda",
    "Checkpoints",
    "Do not translate a student's whole message",
];

fn our_course() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../content/signals-and-secrets").into()
}

impl TestApp {
    /// Imports a pack into a class's organisation and gives it to the class.
    pub async fn gives_course(&self, classroom: &Classroom, pack: &Pack) -> Imported {
        let mut tx = self.app.db.begin().await.unwrap();
        let now = self.app.clock.now();
        let (zone, entropy) = (self.app.config.time_zone, &self.app.entropy);
        let importing = Importing { organisation: classroom.organisation, zone, entropy, now };
        let imported = course::import(&mut tx, &importing, pack).await.unwrap();
        course::into_class(&mut tx, classroom.id, imported.course, entropy, now).await.unwrap();
        tx.commit().await.unwrap();
        imported
    }

    /// A hub where Amira's class has our own course, and its lessons in order.
    pub async fn with_our_course() -> (Self, Vec<LessonId>) {
        let hub = Self::start().await;
        let pack = Pack::read_folder(&our_course()).unwrap();
        hub.gives_course(&hub.people.physics, &pack).await;
        let lessons = lessons(&mut hub.app.db.acquire().await.unwrap()).await;
        (hub, lessons)
    }

    pub fn scope_keys(&self) -> &ScopeKeys {
        &self.app.config.scope_keys
    }
}

pub async fn lessons(db: &mut PgConnection) -> Vec<LessonId> {
    let lessons = sqlx::query_scalar("select id from lessons where removed_at is null order by course_id, position");
    lessons.fetch_all(db).await.unwrap()
}

/// The token in the page's chat.
pub fn token(page: &str) -> &str {
    let (_, rest) = page.split_once(r#"name="scope" value=""#).unwrap();
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn jonas_finds_what_comes_next_first_and_moves_on() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let home = jonas.get("/student").await;
    home.has_status(200).says("Hello, Jonas").says("Next for you").says("<h2>Talking in light</h2>");
    home.says(&format!("href=\"/student/lessons/{}\"", lessons[0]));
    let page = jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    page.says("Lesson 1 of 6").says("I have finished this lesson").says("The wheel of secrets");
    let path = format!("/student/lessons/{}/finished", lessons[0]);
    jonas.submit(&path, &[("finished", "yes")]).await.leads_to("/student");
    jonas.submit(&path, &[("finished", "yes")]).await.leads_to("/student");
    let home = jonas.get("/student").await;
    home.says("You have marked the lesson as finished.").says("1 of 3 done").says("<h2>Hand in your work</h2>");
    jonas.submit(&path, &[("finished", "no")]).await;
    jonas.get("/student").await.says("<h2>Talking in light</h2>");
}

#[tokio::test]
async fn a_class_without_a_course_says_what_will_be_here() {
    let hub = TestApp::start().await;
    hub.joined(hub.people.lena).await.get("/student").await.has_status(200).says("Nothing here yet");
}

#[tokio::test]
async fn nothing_for_teachers_reaches_a_student_or_the_helper() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut seen = vec![jonas.get("/student").await.body];
    for lesson in &lessons {
        let page = jonas.get(&format!("/student/lessons/{lesson}")).await;
        page.has_status(200);
        let claims = ScopeToken::verify(token(&page.body), hub.scope_keys(), hub.app.clock.unix()).unwrap();
        seen.push(serde_json::to_string(&claims).unwrap());
        seen.push(page.body);
    }
    let mut helper = hub.database.connect_as("helper").await;
    let passages: Vec<String> = sqlx::query_scalar("select heading || ' ' || body from hub.lesson_passage")
        .fetch_all(&mut helper)
        .await
        .unwrap();
    assert!(passages.len() > 50, "{}", passages.len());
    seen.extend(passages);
    for text in seen {
        for words in FOR_TEACHERS {
            assert!(!text.contains(words), "{words:?} in {text}");
        }
    }
    // The words are there to be found.
    let source: String = sqlx::query_scalar("select string_agg(source || sheet::text, '') from lesson_versions")
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    assert!(FOR_TEACHERS.iter().all(|words| source.contains(words)));
}

#[tokio::test]
async fn amira_reads_what_is_for_teachers_beside_the_lesson() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let path = |lesson: LessonId| format!("{}/lessons/{lesson}", hub.people.physics.path());
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let page = amira.get(&path(lessons[1])).await;
    page.has_status(200).says("For teachers").says("A cipher is as weak as the patterns it leaves.");
    page.says("Students shift the key letter as well as the message.").says("Print one long message with shift 7");
    page.says("Can they explain why 26");
    let page = amira.get(&path(lessons[0])).await;
    page.says("<h3>Teacher prep</h3>").says("Keep the beam");
    hub.signed_in(&hub.people.mallory).await.get(&path(lessons[1])).await.has_status(404);
    hub.joined(hub.people.jonas).await.get(&path(lessons[1])).await.has_status(303);
}

/// A lesson whose author, or a program of theirs, writes for teachers in every way Markdown has.
const NASTY: &str = "---
title: Codes
makes: A code
teacher_panel: {purpose: SECRET, snags: [SECRET], assessment: [SECRET], prep: [SECRET]}
helper_notes: [SECRET]
privacy: [SECRET]
mood: SECRET
---
An introduction.[^in]

<!-- SECRET -->

## Your mission

Go. [A link][shown] and <span title=\"ok\">words</span>.

  ##   TEACHER   prep ##

SECRET in a paragraph[^out]

### Deeper SECRET

- SECRET

  > SECRET in a quote

| SECRET |
|---|
| SECRET |

```SECRET
SECRET
```

![SECRET](../assets/secret.png \"SECRET\")

\\(SECRET\\)

[^out]: SECRET, a note that only the teacher's section refers to

[unused]: https://example.org/ \"SECRET\"

## What to do

Begin.

Agenda
------

SECRET

## *Materials*

SECRET

## Do it

<details>

## [Checkpoints](https://example.org/)

SECRET

</details>

## &#84;eacher notes

SECRET

## Try it

<H2>Common stuck points</H2>

SECRET

# Notes &amp; options

SECRET

> ## Extensions (fast finishers)
>
> SECRET

- ## Teacher prep

  SECRET

1. # Agenda

   SECRET

## 🍎 Teacher

SECRET <b>SECRET

[shown]: https://example.org/shown
[^in]: A note for everybody.

[^nowhere]: SECRET, a note that nothing refers to
";

#[tokio::test]
async fn however_a_pack_writes_for_teachers_no_student_reads_it() {
    const NASTY_COURSE: &str = "slug: nasty\ntitle: Nasty\nhelper_reference: reference.md\nteacher_notes: SECRET\nlessons:\n  - {slug: one, title: One, file: lessons/1.md}\n";
    let hub = TestApp::start().await;
    let folder = Folder::with(
        "nasty",
        &[
            ("course.yaml", NASTY_COURSE),
            ("lessons/1.md", NASTY),
            ("reference.md", "SECRET"),
            ("assets/secret.png", "\u{89}PNG"),
        ],
    );
    // A picture needs its first bytes, which are no text.
    fs::write(folder.0.join("assets/secret.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03").unwrap();
    hub.gives_course(&hub.people.physics, &folder.pack()).await;
    let lesson = lessons(&mut hub.app.db.acquire().await.unwrap()).await[0];
    let mut jonas = hub.joined(hub.people.jonas).await;
    let home = jonas.get("/student").await;
    let page = jonas.get(&format!("/student/lessons/{lesson}")).await;
    page.has_status(200);
    for shown in ["An introduction.", "Go. ", "https://example.org/shown", "Begin.", "A note for everybody."] {
        page.says(shown);
    }
    let claims = ScopeToken::verify(token(&page.body), hub.scope_keys(), hub.app.clock.unix()).unwrap();
    let passages: Vec<String> = sqlx::query_scalar("select heading || ' ' || body from hub.lesson_passage")
        .fetch_all(&mut hub.database.connect_as("helper").await)
        .await
        .unwrap();
    let materials: Vec<String> =
        sqlx::query_scalar("select title || settings::text from materials").fetch_all(&hub.app.db).await.unwrap();
    let seen = [home.body, page.body, serde_json::to_string(&claims).unwrap(), passages.concat(), materials.concat()];
    for text in seen {
        for words in ["SECRET", "secret.png", "Teacher prep", "TEACHER", "Agenda", "Checkpoints", "stuck points"] {
            assert!(!text.contains(words), "{words} in {text}");
        }
    }
}

#[tokio::test]
async fn the_helper_finds_passages_by_words_and_nothing_else_of_the_hub() {
    let (hub, _) = TestApp::with_our_course().await;
    let mut helper = hub.database.connect_as("helper").await;
    let (anchor, body): (String, String) = sqlx::query_as(
        "select anchor, body from hub.lesson_passage, websearch_to_tsquery('english', 'shutters of a lamp') as words
         where search @@ words order by ts_rank(search, words) desc limit 1",
    )
    .fetch_one(&mut helper)
    .await
    .unwrap();
    assert!(body.contains("lamp with a shutter"), "{body}");
    let html: String =
        sqlx::query_scalar("select string_agg(html, '') from lesson_versions").fetch_one(&hub.app.db).await.unwrap();
    assert!(html.contains(&format!("id=\"{anchor}\"")));
    for statement in [
        "select 1 from hub.lesson_versions",
        "select 1 from hub.lesson_passages",
        "select 1 from hub.courses",
        "select 1 from hub.student_devices",
        "delete from hub.lesson_passage",
    ] {
        assert!(sqlx::query(statement).execute(&mut helper).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn a_lesson_of_another_class_does_not_exist() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let People { jonas, ref mallory, .. } = hub.people;
    sqlx::query("delete from classroom_courses").execute(&hub.app.db).await.unwrap();
    let mut jonas = hub.joined(jonas).await;
    jonas.get("/student").await;
    let lesson = lessons[0];
    jonas.get(&format!("/student/lessons/{lesson}")).await.has_status(404);
    jonas.get("/student/lessons/1").await.has_status(404);
    jonas.submit(&format!("/student/lessons/{lesson}/finished"), &[("finished", "yes")]).await.has_status(404);
    let class = hub.people.physics.path();
    let mut mallory = hub.signed_in(mallory).await;
    mallory.get(&format!("{class}/lessons/{lesson}")).await.has_status(404);
    mallory.get(&format!("{class}/lessons")).await.has_status(404);
    mallory.submit(&format!("{class}/lessons/{lesson}/release"), &[("state", "open")]).await.has_status(404);
    hub.browser()
        .get(&format!("/student/lessons/{lesson}"))
        .await
        .leads_to(&format!("/?next=%2Fstudent%2Flessons%2F{lesson}"));
}

#[tokio::test]
async fn the_chat_carries_a_token_that_says_who_asks_about_what() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.headers.insert("accept-language", "es".to_owned());
    let page = jonas.get(&format!("/student/lessons/{}", lessons[1])).await;
    let now = hub.app.clock.unix();
    let scope = ScopeToken::verify(token(&page.body), hub.scope_keys(), now).unwrap();
    assert_eq!(scope.actor, Actor::Student(hub.people.jonas));
    assert_eq!((scope.organisation, scope.classroom, scope.epoch), (hub.people.riverside, hub.people.physics.id, 1));
    let lesson = scope.lesson.unwrap();
    assert_eq!((lesson.id, lesson.version), (lessons[1], 1));
    assert_eq!(scope.context, "Signals and Secrets: The wheel of secrets");
    assert!(scope.topics.contains(&"Caesar's trick".to_owned()), "{:?}", scope.topics);
    assert!(scope.allowed_topics.contains(&"letter frequency".to_owned()), "{:?}", scope.allowed_topics);
    assert_eq!((scope.locale.as_str(), scope.exp - scope.iat), ("es", 30 * 60));
    assert_eq!(page.headers["content-security-policy"].to_str().unwrap().matches("'wasm-unsafe-eval'").count(), 1);
}

#[tokio::test]
async fn a_token_is_renewed_while_the_session_lasts() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    let body = format!(r#"{{"lesson":"{}"}}"#, lessons[0]);
    jonas.headers.insert("x-csrf-token", jonas.csrf.clone());
    hub.later(chrono::Duration::minutes(25));
    let answer = jonas.send(axum::http::Method::POST, "/student/helper-token", Some(body.clone())).await;
    answer.has_status(200);
    let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let scope = ScopeToken::verify(answer["token"].as_str().unwrap(), hub.scope_keys(), hub.app.clock.unix()).unwrap();
    assert_eq!(answer["expires_at"].as_i64(), Some(scope.exp));
    assert_eq!(scope.lesson.unwrap().id, lessons[0]);

    let unknown = r#"{"lesson":"00000000-0000-7000-8000-000000000000"}"#.to_owned();
    for (body, status) in [(unknown, 404), ("{}".to_owned(), 200), ("lesson".to_owned(), 422)] {
        jonas.send(axum::http::Method::POST, "/student/helper-token", Some(body)).await.has_status(status);
    }
    let mut forged = jonas.clone();
    forged.headers.insert("x-csrf-token", "AAAA".to_owned());
    forged.send(axum::http::Method::POST, "/student/helper-token", Some(body.clone())).await.has_status(403);

    hub.later(chrono::Duration::hours(13));
    let ended = jonas.send(axum::http::Method::POST, "/student/helper-token", Some(body)).await;
    ended.has_status(401).says("session_ended");
}

#[tokio::test]
async fn home_and_a_lesson_take_six_statements_at_most() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    // Longer than a minute ago, so that being seen is noted as well.
    hub.later(chrono::Duration::minutes(5));
    for (path, most) in [("/student".to_owned(), 6), (format!("/student/lessons/{}", lessons[0]), 6)] {
        let (page, statements) = statements(jonas.get(&path)).await;
        page.has_status(200);
        assert!((1..=most).contains(&statements.len()), "{path}: {statements:#?}");
        hub.later(chrono::Duration::minutes(5));
    }
}

#[tokio::test]
async fn a_lesson_s_pictures_are_for_its_class_and_nobody_sniffs_them() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    let (_, rest) = page.body.split_once("<img src=\"").unwrap();
    let source = rest.split('"').next().unwrap();
    let picture = jonas.get(&format!("/student/lessons/{source}")).await;
    picture.has_status(200);
    assert_eq!(picture.headers["content-type"], "image/png");
    assert_eq!(picture.headers["x-content-type-options"], "nosniff");
    assert_eq!(picture.headers["accept-ranges"], "bytes");
    let mut part = jonas.clone();
    part.headers.insert("range", "bytes=0-7".to_owned());
    let part = part.get(&format!("/student/lessons/{source}")).await;
    part.has_status(206);
    assert_eq!(part.headers["content-length"], "8");
    assert!(part.headers["content-range"].to_str().unwrap().starts_with("bytes 0-7/"));
    assert!(part.body.contains("PNG"));
    let mut beyond = jonas.clone();
    beyond.headers.insert("range", "bytes=99999999-".to_owned());
    beyond.get(&format!("/student/lessons/{source}")).await.has_status(416);
    assert!(picture.headers["cache-control"].to_str().unwrap().starts_with("private"));
    hub.browser().get(&format!("/student/lessons/{source}")).await.leads_to("/");
    let class = hub.people.physics.path();
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(&format!("{class}/lessons/{source}")).await.has_status(404);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&format!("{class}/lessons/{source}")).await.has_status(200);
    sqlx::query("delete from classroom_courses").execute(&hub.app.db).await.unwrap();
    jonas.get(&format!("/student/lessons/{source}")).await.has_status(404);
}

#[tokio::test]
async fn amira_sees_what_her_students_see_without_the_chat() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let class = hub.people.physics.path();
    amira.get(&format!("{class}/lessons")).await.has_status(200).says("Signals and Secrets").says("Talking in light");
    let page = amira.get(&format!("{class}/lessons/{}", lessons[0])).await;
    page.has_status(200).says("Imagine two ships at night").says("Preview");
    assert!(!page.body.contains("/helper/ask") && !page.body.contains("<script"));
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("hub-pack-{}-{name}", std::process::id()));
        for (path, content) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self(folder)
    }

    fn pack(&self) -> Pack {
        Pack::read_folder(&self.0).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const COURSE: &str = "slug: codes\ntitle: Codes\nlessons:\n  - {slug: one, title: One, file: lessons/1.md}\n  - {slug: two, title: Two, file: lessons/2.md}\n";

#[tokio::test]
async fn importing_again_publishes_what_changed_and_keeps_what_was_there() {
    let hub = TestApp::start().await;
    let folder = Folder::with(
        "again",
        &[("course.yaml", COURSE), ("lessons/1.md", "First [two](2.md)\n"), ("lessons/2.md", "Second\n")],
    );
    let physics = &hub.people.physics;
    let first = hub.gives_course(physics, &folder.pack()).await;
    assert_eq!((first.published, first.unchanged, first.removed), (2, 0, 0));
    let lessons_before = lessons(&mut hub.app.db.acquire().await.unwrap()).await;
    let again = hub.gives_course(physics, &folder.pack()).await;
    assert_eq!((again.course, again.published, again.unchanged), (first.course, 0, 2));

    fs::write(folder.0.join("lessons/1.md"), "First, better\n").unwrap();
    let changed = hub.gives_course(physics, &folder.pack()).await;
    assert_eq!((changed.published, changed.unchanged), (1, 1));
    assert_eq!(lessons(&mut hub.app.db.acquire().await.unwrap()).await, lessons_before);
    let versions: Vec<(i32, String)> =
        sqlx::query_as("select version, html from lesson_versions where lesson_id = $1 order by version")
            .bind(lessons_before[0].0)
            .fetch_all(&hub.app.db)
            .await
            .unwrap();
    assert_eq!(versions.len(), 2);
    assert!(versions[0].1.contains(&format!("First <a href=\"{}\"", lessons_before[1])), "{versions:?}");
    assert!(versions[1].1.contains("First, better"));
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{}", lessons_before[0])).await.says("First, better");

    let shorter = COURSE.replace("  - {slug: two, title: Two, file: lessons/2.md}\n", "");
    fs::write(folder.0.join("course.yaml"), shorter).unwrap();
    assert_eq!(hub.gives_course(physics, &folder.pack()).await.removed, 1);
    jonas.get(&format!("/student/lessons/{}", lessons_before[1])).await.has_status(404);
    fs::write(folder.0.join("course.yaml"), COURSE).unwrap();
    hub.gives_course(physics, &folder.pack()).await;
    jonas.get(&format!("/student/lessons/{}", lessons_before[1])).await.has_status(200);
}

#[tokio::test]
async fn a_published_version_cannot_be_changed_even_by_the_hub() {
    let (hub, _) = TestApp::with_our_course().await;
    let change = sqlx::query("update lesson_versions set html = 'other'").execute(&hub.app.db).await;
    assert!(change.unwrap_err().to_string().contains("never changes"));
}

#[tokio::test]
async fn hostile_markdown_and_fields_reach_the_page_as_words() {
    let hub = TestApp::start().await;
    let lesson = "---\ntitle: '<script>alert(1)</script>'\nmakes: '<img src=x onerror=alert(2)>'\nneeds: ['\"><script>alert(3)</script>']\n---\n\
                  <script>alert(4)</script>\n\n[x](javascript:alert(5))\n\n<img src=\"https://evil.example/x.png\">\n\n<p onclick=\"alert(6)\" style=\"color:red\">hi</p>\n";
    let folder = Folder::with("hostile", &[("course.yaml", COURSE), ("lessons/1.md", lesson), ("lessons/2.md", "x")]);
    hub.gives_course(&hub.people.physics, &folder.pack()).await;
    let lessons = lessons(&mut hub.app.db.acquire().await.unwrap()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    page.has_status(200).says("&lt;script&gt;alert(1)");
    for bad in ["<script>alert", "<img src=x", "javascript:alert", "evil.example", "onclick", "style=\""] {
        assert!(!page.body.contains(bad), "{bad} in {}", page.body);
    }
}
