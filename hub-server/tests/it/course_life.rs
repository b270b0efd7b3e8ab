//! Courses and lessons that begin, change their title and their order, go and come back; and an export that follows.

use crate::{
    courses::{codes, contents},
    harness::{Attached, Browser, TestApp},
};
use chrono::Duration;
use hub_server::{
    course::{Pack, source::Contents},
    jobs,
};
use shared_types::ids::CourseId;

/// A browser that has just opened a page with a form.
async fn amira(hub: &TestApp) -> Browser<'_> {
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await;
    amira
}

async fn creates(browser: &mut Browser<'_>, title: &str, language: &str) -> String {
    let key = browser.get("/teach/courses/new").await.hidden("idempotency_key").unwrap();
    let fields = [("title", title), ("language", language), ("idempotency_key", key.as_str())];
    let course = browser.submit("/teach/courses/new", &fields).await.has_status(303).location().unwrap();
    browser.submit("/teach/courses/new", &fields).await.leads_to(&course);
    course
}

fn id_of(path: &str) -> CourseId {
    CourseId(path.rsplit('/').next().unwrap().parse().unwrap())
}

impl TestApp {
    async fn gives(&self, browser: &mut Browser<'_>, course: &str) {
        let class = self.people.physics.id.to_string();
        browser.submit(&format!("{course}/classes"), &[("classroom", &class)]).await.leads_to(course);
    }

    async fn sheet_of(&self, course: CourseId) -> String {
        String::from_utf8(self.exports(course).await.get("course.yaml").unwrap().to_vec()).unwrap()
    }

    async fn actions(&self) -> Vec<String> {
        sqlx::query_scalar("select action from audit_entries order by at, id").fetch_all(&self.app.db).await.unwrap()
    }
}

/// Slug and session of every lesson of a pack.
fn lessons(contents: Contents) -> Vec<(String, Option<i32>)> {
    let pack = Pack::from_contents(contents).unwrap();
    pack.lessons.into_iter().map(|lesson| (lesson.slug, lesson.session)).collect()
}

fn three() -> Contents {
    contents(&[
        (
            "course.yaml",
            b"# ours\nslug: codes\ntitle: Codes\nlessons:\n  - {slug: one, title: One, file: 1.md, session: 1}\n  - slug: two\n    title: Two\n    file: 2.md\n    session: 2\n    mood: blue # kept\n  - slug: three\n    title: Three\n    file: 3.md\n    session: 3\n",
        ),
        ("1.md", b"Uno\n"),
        ("2.md", b"Dos\n"),
        ("3.md", b"Tres\n"),
    ])
}

#[tokio::test]
async fn amira_writes_a_course_of_her_own_and_its_export_is_a_pack() {
    let hub = TestApp::start().await;
    let mut amira = amira(&hub).await;
    amira.get("/teach/courses").await.says("href=\"/teach/courses/new\"").says("href=\"#import\"");
    let key = amira.get("/teach/courses/new").await.hidden("idempotency_key").unwrap();
    let empty = [("title", " "), ("language", "tlh"), ("idempotency_key", key.as_str())];
    let refused = amira.submit("/teach/courses/new", &empty).await;
    refused.has_status(422).says("Give the course a title").says("Choose one of the languages");
    let course = creates(&mut amira, "  Señales  y luz", "es").await;
    assert_eq!(hub.count("select count(*) from courses").await, 1, "sent twice, made once");
    let page = amira.get(&course).await;
    page.has_status(200).says("Señales y luz").says("Write the first lesson").says("The course is there");
    assert!(!page.body.contains("/export"), "an empty course is no pack");
    assert!(!page.body.contains("/arrangement"), "there is nothing to arrange");
    assert_eq!(page.body.matches("button-primary").count(), 1, "{}", page.body);
    // Another one of the same title is another course.
    creates(&mut amira, "Señales y luz", "es").await;
    assert_eq!(hub.count("select count(*) from courses where slug in ('senales-y-luz', 'senales-y-luz-2')").await, 2);

    let new = format!("{course}/lessons/new");
    amira.get(&new).await.has_status(200);
    for (title, way_on) in [("Primera", "bring back lessons"), ("Segunda", "Arrange lessons")] {
        amira.get(&new).await;
        let fields =
            [("title", title), ("body", "Hola\n"), ("base_version", "0"), ("revision", "0"), ("go", "publish")];
        amira.submit(&new, &fields).await.leads_to(&course);
        amira.get(&course).await.says("No class has this course yet").says(way_on);
    }
    let pack = hub.exports(id_of(&course)).await;
    let read = Pack::from_contents(pack.clone()).unwrap();
    assert_eq!(
        (read.slug.as_str(), read.title.as_str(), read.language.as_str()),
        ("senales-y-luz", "Señales y luz", "es")
    );
    assert_eq!(lessons(pack.clone()), [("primera".to_owned(), None), ("segunda".to_owned(), None)]);
    // And it comes in again as what it is.
    let again = hub.imports(pack).await;
    assert_eq!((again.course, again.published), (id_of(&course), 0));
    amira.get(&course).await.says("/export");
    assert_eq!(hub.actions().await.iter().filter(|action| *action == "course_created").count(), 2);
}

#[tokio::test]
async fn a_title_changes_on_the_page_and_in_the_pack() {
    let hub = TestApp::start().await;
    let course = hub.imports(three()).await.course;
    let path = format!("/teach/courses/{course}");
    let mut amira = amira(&hub).await;
    amira.get(&format!("{path}/title")).await.says("value=\"Codes\"");
    amira.submit(&format!("{path}/title"), &[("title", "")]).await.has_status(422).says("Give the course a title");
    amira.submit(&format!("{path}/title"), &[("title", "Keys: \"all\"")]).await.leads_to(&path);
    amira.get(&path).await.says("Keys: &quot;all&quot;");
    let sheet = hub.sheet_of(course).await;
    assert!(sheet.starts_with("# ours\nslug: codes\ntitle: \"Keys: \\\"all\\\"\"\n"), "{sheet}");
    assert_eq!(Pack::from_contents(hub.exports(course).await).unwrap().title, "Keys: \"all\"");
    assert_eq!(hub.actions().await, ["course_renamed"]);
}

#[tokio::test]
async fn a_course_goes_only_when_no_class_has_it_and_comes_back_within_thirty_days() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let course = format!("/teach/courses/{id}");
    let deletion = format!("{course}/deletion");
    let mut amira = amira(&hub).await;
    hub.gives(&mut amira, &course).await;
    amira.get(&deletion).await.says("Physics 7b").says("Take it away from them first");
    amira.submit(&deletion, &[]).await.has_status(422).says("Physics 7b");
    // A class that was put away has it all the same.
    let class = &hub.people.physics;
    amira.submit(&format!("{}/archival", class.path()), &[("archived", "true")]).await.has_status(303);
    amira.submit(&deletion, &[]).await.has_status(422).says("Physics 7b (put away)");
    assert_eq!(hub.count("select count(*) from courses where deleted_at is null").await, 1);
    amira.submit(&format!("{}/archival", class.path()), &[("archived", "false")]).await.has_status(303);
    // And so has one that was deleted, of which no other page says so.
    sqlx::query("update classrooms set deleted_at = now(), archived_at = now()").execute(&hub.app.db).await.unwrap();
    let removal = format!("{course}/classes/{}/removal", class.id);
    amira.get(&deletion).await.says("Physics 7b (deleted, can still be brought back)").says(&removal);
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    mallory.submit(&removal, &[]).await.has_status(404);
    amira.get(&deletion).await;
    amira.submit(&removal, &[]).await.has_status(303);
    sqlx::query("update classrooms set deleted_at = null, archived_at = null").execute(&hub.app.db).await.unwrap();
    amira.get(&deletion).await.says("No class has this course. 3 lessons go with it.").says("30 days");
    amira.submit(&deletion, &[]).await.leads_to("/teach/courses");

    let list = amira.get("/teach/courses").await;
    list.says("The course is deleted").says("Deleted in the last 30 days");
    list.says(&format!("action=\"{course}/restoration\""));
    for page in ["", "/title", "/deletion", "/arrangement", "/export", "/lessons/new"] {
        amira.get(&format!("{course}{page}")).await.has_status(404);
    }
    let given = [("classroom", class.id.to_string())];
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    amira.submit(&format!("{course}/classes"), &given).await.has_status(404);
    amira.submit(&format!("{course}/restoration"), &[]).await.leads_to(&course);
    amira.submit(&format!("{course}/restoration"), &[]).await.leads_to(&course);
    amira.get(&course).await.has_status(200).says("One");
    assert_eq!(lessons(hub.exports(id).await).len(), 3);

    amira.submit(&deletion, &[]).await.has_status(303);
    hub.later(Duration::days(29));
    jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from courses").await, 1);
    hub.later(Duration::days(2));
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await;
    amira.submit(&format!("{course}/restoration"), &[]).await.has_status(404);
    jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from courses").await, 0);
    assert_eq!(hub.count("select count(*) from lessons").await, 0);
    let actions = hub.actions().await;
    let of = |wanted: &str| actions.iter().filter(|action| *action == wanted).count();
    assert_eq!((of("course_deleted"), of("course_restored")), (2, 1), "{actions:?}");
}

#[tokio::test]
async fn importing_a_deleted_course_says_so_and_brings_it_back() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let mut amira = amira(&hub).await;
    amira.submit(&format!("/teach/courses/{id}/deletion"), &[]).await.has_status(303);
    let zip = hub_server::course::source::zip::pack("codes", &three()).unwrap();
    let file = Attached { name: "codes.zip", content: &zip };
    let preview = amira.attach("/teach/courses/imports", &[], file).await.has_status(303).location().unwrap();
    amira.get(&preview).await.says("You deleted this course. Importing it brings it back");
    assert_eq!(hub.count("select count(*) from courses where deleted_at is not null").await, 1);
    amira.submit(&preview, &[]).await.leads_to(&format!("/teach/courses/{id}"));
    amira.get(&format!("/teach/courses/{id}")).await.has_status(200).says("Three");
    let entry = "select count(*) from audit_entries where action = 'course_imported' and details ? 'brought_back'";
    assert_eq!(hub.count(entry).await, 1);
}

#[tokio::test]
async fn lessons_change_places_for_the_class_and_in_the_pack() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let course = format!("/teach/courses/{id}");
    let mut amira = amira(&hub).await;
    hub.gives(&mut amira, &course).await;
    let three = hub.lesson_of(id, "three").await;
    let arrangement = format!("{course}/arrangement");
    let place = format!("{course}/lessons/{three}/place");
    amira.get(&arrangement).await.has_status(200).says(&format!("formaction=\"{place}\""));
    amira.submit(&place, &[("place", "1")]).await.leads_to(&format!("{arrangement}#lesson-{three}"));
    let page = amira.get(&arrangement).await;
    page.says("Undo").says(&format!("action=\"{place}\""));
    let order = |body: &str| ["One", "Two", "Three"].map(|title| body.find(&format!(">{title}<")).unwrap());
    let [one, two, last] = order(&page.body);
    assert!(last < one && one < two, "{}", page.body);
    let numbered = |slugs: [&str; 3]| slugs.map(str::to_owned).into_iter().zip((1..).map(Some)).collect::<Vec<_>>();
    assert_eq!(lessons(hub.exports(id).await), numbered(["three", "one", "two"]));
    let sheet = hub.sheet_of(id).await;
    assert!(sheet.contains("# ours") && sheet.contains("mood: blue # kept"), "{sheet}");
    let modules: Vec<String> =
        sqlx::query_scalar("select title from modules order by position").fetch_all(&hub.app.db).await.unwrap();
    assert_eq!(modules, ["Three", "One", "Two"]);
    // Back again, and a place behind the last is the last.
    amira.submit(&place, &[("place", "99")]).await.has_status(303);
    assert_eq!(lessons(hub.exports(id).await), numbered(["one", "two", "three"]));
    let again = hub.imports(hub.exports(id).await).await;
    assert_eq!((again.published, again.removed), (0, 0), "the export is the course");
    let elsewhere = format!("{course}/lessons/{}/place", uuid::Uuid::from_u128(9));
    amira.submit(&elsewhere, &[("place", "1")]).await.has_status(404);
    assert_eq!(hub.actions().await.iter().filter(|action| *action == "lesson_moved").count(), 2);
}

#[tokio::test]
async fn a_lesson_goes_with_what_nobody_began_and_comes_back_to_its_place() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let course = format!("/teach/courses/{id}");
    let mut amira = amira(&hub).await;
    hub.gives(&mut amira, &course).await;
    let two = hub.lesson_of(id, "two").await;
    let before = hub.exports(id).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{two}")).await.has_status(200);
    jonas.submit(&format!("/student/lessons/{two}/finished"), &[]).await.has_status(303);
    let lesson = format!("{course}/lessons/{two}");
    let page = amira.get(&format!("{lesson}/deletion")).await;
    page.has_status(200).says("Physics 7b: 1 student has worked on it").says("no longer see the lesson");
    amira.submit(&format!("{lesson}/deletion"), &[]).await.leads_to(&format!("{course}/arrangement"));
    let page = amira.get(&format!("{course}/arrangement")).await;
    page.says("The lesson is deleted").says("Recently deleted").says(&format!("action=\"{lesson}/restoration\""));
    jonas.get(&format!("/student/lessons/{two}")).await.has_status(404);
    assert_eq!(hub.count("select count(*) from finished_lessons").await, 1);
    assert_eq!(hub.count("select count(*) from modules where deleted_at is null").await, 2);
    let without = hub.exports(id).await;
    assert_eq!(lessons(without.clone()), [("one".to_owned(), Some(1)), ("three".to_owned(), Some(2))]);
    assert!(without.get("2.md").is_none(), "what is deleted is not given away");
    amira.get(&format!("{lesson}/deletion")).await.has_status(404);

    amira.submit(&format!("{lesson}/restoration"), &[]).await.has_status(303);
    amira.submit(&format!("{lesson}/restoration"), &[]).await.has_status(303);
    let after = hub.exports(id).await;
    assert_eq!(lessons(after.clone()), lessons(before.clone()));
    assert_eq!(after.get("2.md"), before.get("2.md"));
    assert!(hub.sheet_of(id).await.contains("mood: blue"));
    jonas.get(&format!("/student/lessons/{two}")).await.has_status(200);
    assert_eq!(hub.count("select count(*) from modules where deleted_at is null").await, 3);

    // After thirty days it stays gone, with its file; what students did stays.
    amira.submit(&format!("{lesson}/deletion"), &[]).await.has_status(303);
    hub.later(Duration::days(31));
    jobs::sweep(&hub.app).await.unwrap();
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await;
    amira.submit(&format!("{lesson}/restoration"), &[]).await.has_status(404);
    assert_eq!(hub.exports(id).await.get("2.md"), None);
    assert_eq!(hub.count("select count(*) from finished_lessons").await, 1);
    let actions = hub.actions().await;
    let of = |wanted: &str| actions.iter().filter(|action| *action == wanted).count();
    assert_eq!((of("lesson_deleted"), of("lesson_restored")), (2, 1), "{actions:?}");
}

#[tokio::test]
async fn an_import_brings_a_deleted_lesson_back_as_it_was_written_here() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let two = hub.lesson_of(id, "two").await;
    hub.rewrites(two, "Dos, mejor\n").await.unwrap();
    let written = hub.exports(id).await;
    let mut amira = amira(&hub).await;
    let lesson = format!("/teach/courses/{id}/lessons/{two}");
    amira.submit(&format!("{lesson}/deletion"), &[]).await.has_status(303);
    hub.imports(three()).await;
    assert_eq!(hub.exports(id).await.get("2.md"), written.get("2.md"), "the same pack undoes nothing that was written");
    amira.get(&format!("/teach/courses/{id}")).await.says("Two");
    assert_eq!(hub.count("select count(*) from lessons where removed_at is null").await, 3);

    // One that a pack no longer has comes back with its text, beside what took its file's name.
    amira.submit(&format!("{lesson}/deletion"), &[]).await.has_status(303);
    let other = contents(&[
        ("course.yaml", b"slug: codes\ntitle: Codes\nlessons:\n  - {slug: new, title: New, file: 2.md}\n"),
        ("2.md", b"Otra\n"),
    ]);
    hub.imports(other).await;
    amira.submit(&format!("{lesson}/restoration"), &[]).await.has_status(303);
    let after = hub.exports(id).await;
    let slugs: Vec<String> = lessons(after.clone()).into_iter().map(|(slug, _)| slug).collect();
    assert_eq!(slugs, ["new", "two"]);
    assert_eq!(after.get("2.md").unwrap(), b"Otra\n");
    assert_eq!(after.get("2-2.md").unwrap(), b"Dos, mejor\n");
}

#[tokio::test]
async fn mallory_and_victor_change_no_course_of_riverside() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let gone = hub.imports(codes("One\n", "Two\n").with_slug("gone")).await.course;
    let lesson = hub.lesson_of(id, "one").await;
    let mut amira = amira(&hub).await;
    amira.submit(&format!("/teach/courses/{gone}/deletion"), &[]).await.has_status(303);
    let course = format!("/teach/courses/{id}");
    let pages = ["title", "deletion", "arrangement"].map(|page| format!("{course}/{page}"));
    let changes = [
        format!("{course}/title"),
        format!("{course}/deletion"),
        format!("{course}/restoration"),
        format!("/teach/courses/{gone}/restoration"),
        format!("{course}/lessons/{lesson}/place"),
        format!("{course}/lessons/{lesson}/deletion"),
        format!("{course}/lessons/{lesson}/restoration"),
    ];
    let fields = [("title", "Mine"), ("place", "2")];
    for (person, status) in [(&hub.people.mallory, 404), (&hub.people.victor, 403)] {
        let mut browser = hub.signed_in(person).await;
        browser.get("/teach/courses").await;
        for page in pages.iter().chain([&format!("{course}/lessons/{lesson}/deletion")]) {
            browser.get(page).await.has_status(status);
        }
        for change in &changes {
            browser.submit(change, &fields).await.has_status(status);
        }
    }
    // Victor makes none either, and sees no button for it; Mallory makes hers at Hilltop alone.
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let list = victor.get("/teach/courses").await;
    assert!(!list.body.contains("/teach/courses/new") && !list.body.contains("/restoration"), "{}", list.body);
    list.says("Deleted in the last 30 days");
    assert!(!victor.get(&course).await.body.contains("/deletion"));
    victor.get("/teach/courses/new").await.has_status(403);
    let key = uuid::Uuid::from_u128(9).to_string();
    let riverside = hub.people.riverside.to_string();
    let fields = [
        ("title", "Mine"),
        ("language", "en"),
        ("idempotency_key", key.as_str()),
        ("organisation", riverside.as_str()),
    ];
    victor.submit("/teach/courses/new", &fields).await.has_status(403);
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    assert!(!mallory.get("/teach/courses").await.body.contains("Codes"));
    mallory.submit("/teach/courses/new", &fields).await.has_status(404);
    // A lesson of her own course leads to none of Riverside's.
    let own = creates(&mut mallory, "Hers", "en").await;
    for change in ["place", "deletion", "restoration"] {
        mallory.submit(&format!("{own}/lessons/{lesson}/{change}"), &[("place", "1")]).await.has_status(404);
    }
    assert_eq!(hub.count("select count(*) from courses where deleted_at is null and title = 'Codes'").await, 1);
    assert_eq!(hub.count("select count(*) from lessons where removed_at is not null").await, 0);
    assert_eq!(hub.actions().await, ["course_deleted", "course_created"]);
}

#[tokio::test]
async fn from_an_empty_class_the_class_is_chosen_already_and_otherwise_none_is() {
    let hub = TestApp::start().await;
    let id = hub.imports(three()).await.course;
    let mut amira = amira(&hub).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Art"), ("accent", "1"), ("idempotency_key", key.as_str())];
    amira.submit("/teach/classes/new", &fields).await.has_status(303);
    let class = hub.people.physics.id;
    let wanted = format!("/teach/courses?class={class}");
    for page in ["lessons", "materials"] {
        amira.get(&format!("{}/{page}", hub.people.physics.path())).await.says(&format!("href=\"{wanted}\""));
    }
    let course = format!("/teach/courses/{id}");
    amira
        .get(&wanted)
        .await
        .says("Choose the course for Physics 7b.")
        .says(&format!("href=\"{course}?class={class}\""));
    amira.get(&format!("{course}?class={class}")).await.says(&format!("<option value=\"{class}\" selected>Physics 7b"));
    for address in
        [course.clone(), format!("{course}?class=nonsense"), format!("{course}?class={}", uuid::Uuid::from_u128(9))]
    {
        let page = amira.get(&address).await;
        page.has_status(200).says("<option value=\"\"").says("Choose a class");
        assert!(!page.body.contains(&format!("<option value=\"{class}\" selected")), "{}", page.body);
    }
    let refused = amira.submit(&format!("{course}/classes"), &[("classroom", "")]).await;
    refused.has_status(422).says("Choose the class that shall have this course.");
    assert_eq!(hub.count("select count(*) from classroom_courses").await, 0);
    // The name of another organisation's class is told to nobody.
    let theirs = hub.class_of_mallory().await;
    let page = amira.get(&format!("/teach/courses?class={theirs}")).await;
    page.has_status(200);
    assert!(!page.body.contains("Theirs"));
    let mut victor = hub.signed_in(&hub.people.victor).await;
    assert!(!victor.get(&wanted).await.body.contains("Choose the course for"));
}

#[tokio::test]
async fn an_empty_file_is_called_empty() {
    let hub = TestApp::start().await;
    let mut amira = amira(&hub).await;
    let file = |name| Attached { name, content: b"" };
    amira.attach("/teach/courses/imports", &[], file("codes.zip")).await.has_status(422).says("This file is empty");
    amira.attach("/teach/courses/imports", &[], file("")).await.has_status(422).says("Choose a file first");
}

#[tokio::test]
async fn the_script_that_shows_the_progress_is_told_where_it_goes_on() {
    let hub = TestApp::start().await;
    let mut amira = amira(&hub).await;
    amira.get("/teach/courses").await.says("data-testid=\"upload\"").says("data-max-bytes=\"41943040\"");
    amira.headers.insert("accept", "application/json".to_owned());
    let zip = hub_server::course::source::zip::pack("codes", &three()).unwrap();
    let told = amira.attach("/teach/courses/imports", &[], Attached { name: "codes.zip", content: &zip }).await;
    let there = serde_json::from_str::<serde_json::Value>(&told.has_status(200).body).unwrap();
    let there = there["location"].as_str().unwrap().to_owned();
    let empty = amira.attach("/teach/courses/imports", &[], Attached { name: "codes.zip", content: b"" }).await;
    empty.has_status(422).says("{\"message\":\"This file is empty");
    let faulty = hub_server::course::source::zip::pack("codes", &codes("---\nduration_minutes: long\n---\n", "x\n"));
    let file = Attached { name: "codes.zip", content: &faulty.unwrap() };
    let told = amira.attach("/teach/courses/imports", &[], file).await;
    let faults = serde_json::from_str::<serde_json::Value>(&told.has_status(200).body).unwrap();
    let faults = faults["location"].as_str().unwrap().to_owned();
    amira.headers.remove("accept");
    amira.get(&there).await.has_status(404);
    amira.get(&faults).await.has_status(422).says("codes.zip was read").says("duration_minutes");
    amira.submit(&faults, &[]).await.has_status(422);
    assert_eq!(hub.count("select count(*) from courses").await, 0);
}

trait WithSlug {
    fn with_slug(self, slug: &str) -> Self;
}

impl WithSlug for Contents {
    fn with_slug(mut self, slug: &str) -> Self {
        let sheet = String::from_utf8(self.get("course.yaml").unwrap().to_vec()).unwrap();
        self.take("course.yaml");
        self.add("course.yaml", sheet.replace("slug: codes", &format!("slug: {slug}")).into_bytes()).unwrap();
        self
    }
}
