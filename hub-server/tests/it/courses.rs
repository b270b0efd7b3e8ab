//! Courses: what comes in goes out again, what is wrong changes nothing, and nobody sees another organisation's.

use crate::{
    harness::{Attached, Browser, Page, TestApp},
    hostile_packs::hostile_packs,
    people::People,
};
use hub_server::{
    course::{
        self, Importing, Pack, PackFault, Why,
        edit::{self, Editing},
        export,
        source::{self, Contents},
    },
    material::Settings,
};
use shared_types::ids::{CourseId, LessonId};
use std::path::Path;

const COURSE: &str = "slug: codes\ntitle: Codes\nlessons:\n  - {slug: one, title: One, file: lessons/1.md}\n  - {slug: two, title: Two, file: lessons/2.md}\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";

pub fn contents(files: &[(&str, &[u8])]) -> Contents {
    let mut contents = Contents::default();
    for (path, content) in files {
        contents.add(path, content.to_vec()).unwrap();
    }
    contents
}

pub fn codes(first: &str, second: &str) -> Contents {
    contents(&[
        ("course.yaml", COURSE.as_bytes()),
        ("lessons/1.md", first.as_bytes()),
        ("lessons/2.md", second.as_bytes()),
    ])
}

fn zipped(contents: &Contents) -> Vec<u8> {
    source::zip::pack("codes", contents).unwrap()
}

impl TestApp {
    pub async fn imports(&self, contents: Contents) -> course::Imported {
        let pack = Pack::from_contents(contents).unwrap();
        let mut tx = self.app.db.begin().await.unwrap();
        let (zone, entropy, now) = (chrono_tz::Europe::Madrid, &self.app.entropy, self.app.clock.now());
        let importing = Importing { organisation: self.people.riverside, zone, entropy, now };
        let imported = course::import(&mut tx, &importing, &pack).await.unwrap();
        tx.commit().await.unwrap();
        imported
    }

    pub async fn exports(&self, course: CourseId) -> Contents {
        export::contents(&mut self.app.db.acquire().await.unwrap(), course).await.unwrap()
    }

    pub async fn lesson_of(&self, course: CourseId, slug: &str) -> LessonId {
        sqlx::query_scalar("select id from lessons where course_id = $1 and slug = $2")
            .bind(course.0)
            .bind(slug)
            .fetch_one(&self.app.db)
            .await
            .unwrap()
    }

    pub async fn rewrites(&self, lesson: LessonId, body: &str) -> Result<edit::Published, edit::EditError> {
        let mut tx = self.app.db.begin().await.unwrap();
        let editing = Editing { zone: chrono_tz::UTC, entropy: &self.app.entropy, now: self.app.clock.now() };
        let published = edit::publish(&mut tx, &editing, lesson, None, body).await?;
        tx.commit().await.unwrap();
        Ok(published)
    }
}

#[tokio::test]
async fn what_is_imported_is_exported_byte_for_byte() {
    let hub = TestApp::start().await;
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/signals-and-secrets");
    let ours = source::read(Path::new(ours)).unwrap();
    let windows = "\u{feff}---\r\ntitle: 'Quoted: \"so\"'\r\nmood: {colour: blue} # unknown\r\nneeds:\r\n- Optional: glue\r\n---\r\n# Hi\r\n![a](../assets/two%20words/a%20(1).png)\r\nno end of line";
    let odd = contents(&[
        ("course.yaml", b"\xef\xbb\xbf# ours\r\nslug:   codes\r\ntitle: \"Codes: odd\"\r\nflavour: !x 3\r\nlessons: [{slug: one, file: 'lessons/a b.md', title: One,}]\r\n"),
        ("lessons/a b.md", windows.as_bytes()),
        ("lessons/not listed.md", b"\xff\xfe not even text"),
        ("assets/two words/a (1).png", PNG),
        ("assets/deep/er/and/deeper/.gitkeep", b""),
        ("assets/page.html", b"<script>alert(1)</script>"),
        ("reference.md", b"for the helper\r\n"),
        ("notes/ñandú.odt", b"PK\x03\x04 whatever"),
    ]);
    for pack in [ours, odd] {
        let imported = hub.imports(pack.clone()).await;
        assert_eq!(hub.exports(imported.course).await, pack);
        let again = hub.imports(pack.clone()).await;
        assert_eq!((again.course, again.published), (imported.course, 0));
        assert_eq!(hub.exports(imported.course).await, pack);
        // Through a zip and back.
        let zip = export::to_zip("any", &pack).unwrap();
        assert_eq!(source::read_bytes("any.zip", &zip).unwrap(), pack);
        assert_eq!(zip, export::to_zip("any", &pack).unwrap());
    }
}

#[tokio::test]
async fn names_as_a_mac_writes_them_are_found_and_kept() {
    let hub = TestApp::start().await;
    let pack = contents(&[
        (
            "course.yaml",
            "slug: codes\ntitle: Codes\nlessons:\n  - {slug: one, title: One, file: lessons/a\u{f1}o.md}\n  \
             - {slug: two, title: Two, file: lessons/2.md}\n"
                .as_bytes(),
        ),
        ("lessons/an\u{303}o.md", "![signal](../assets/se\u{f1}al.png)\n".as_bytes()),
        ("lessons/2.md", "[back](a\u{f1}o.md)\n".as_bytes()),
        ("assets/sen\u{303}al.png", PNG),
    ]);
    let course = hub.imports(pack.clone()).await.course;
    assert_eq!(hub.exports(course).await, pack);
    assert_eq!(hub.imports(pack.clone()).await.published, 0);
    let (one, two) = (hub.lesson_of(course, "one").await, hub.lesson_of(course, "two").await);
    let html = |version: i32| {
        sqlx::query_scalar::<_, String>("select html from lesson_versions where lesson_id = any($1) and version = $2")
            .bind([one.0, two.0])
            .bind(version)
    };
    let imported = html(1).fetch_all(&hub.app.db).await.unwrap().concat();
    assert!(
        imported.contains("/assets/sen%CC%83al.png\"") && imported.contains(&format!("<a href=\"{one}\"")),
        "{imported}"
    );
    // Written here, the same names lead to the same files.
    hub.rewrites(two, "[back](a\u{f1}o.md) ![signal](../assets/se\u{f1}al.png)\n").await.unwrap();
    let written = html(2).fetch_all(&hub.app.db).await.unwrap().concat();
    assert!(
        written.contains("/assets/sen%CC%83al.png\"") && written.contains(&format!("<a href=\"{one}\"")),
        "{written}"
    );
}

#[tokio::test]
async fn a_teacher_s_fields_behind_a_comment_are_no_text_for_students() {
    let hub = TestApp::start().await;
    let first = "<!-- our template -->\n\n---\ntitle: 1.10\nteacher_panel: {purpose: a secret}\n---\nHello\n\n\
        <details><summary>Teacher panel</summary>\n\na secret\n\n</details>\n";
    let pack = codes(first, "Two\n");
    let course = hub.imports(pack.clone()).await.course;
    let one = hub.lesson_of(course, "one").await;
    let (title, html): (String, String) =
        sqlx::query_as("select title, html from lesson_versions where lesson_id = $1 and version = 1")
            .bind(one.0)
            .fetch_one(&hub.app.db)
            .await
            .unwrap();
    assert!(title == "1.10" && html.contains("Hello") && !html.contains("secret"), "{title}: {html}");
    let passages = "select count(*) from lesson_passages where body like '%secret%'";
    assert_eq!(hub.count(passages).await, 0);
    // What was written here keeps what stands before the fields.
    hub.rewrites(one, "Better\n").await.unwrap();
    let exported = hub.exports(course).await;
    let exported = String::from_utf8_lossy(exported.get("lessons/1.md").unwrap()).into_owned();
    assert!(
        exported.starts_with("<!-- our template -->\n\n---\ntitle: 1.10\n") && exported.ends_with("---\nBetter\n"),
        "{exported}"
    );
}

#[tokio::test]
async fn what_was_written_here_is_exported_and_an_unchanged_pack_does_not_undo_it() {
    let hub = TestApp::start().await;
    let front = "---\r\ntitle: One\r\nfree: [kept]\r\n---\r\n";
    let pack = codes(&format!("{front}Hello\r\n"), "Two\n");
    let course = hub.imports(pack.clone()).await.course;
    let one = hub.lesson_of(course, "one").await;
    assert_eq!(hub.rewrites(one, "Better [two](2.md)\n").await.unwrap().version, 2);
    let mut expected = pack.clone();
    expected.take("lessons/1.md");
    expected.add("lessons/1.md", format!("{front}Better [two](2.md)\r\n").into_bytes()).unwrap();
    assert_eq!(hub.exports(course).await, expected);
    let html: String = sqlx::query_scalar("select html from lesson_versions where lesson_id = $1 and version = 2")
        .bind(one.0)
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    assert!(html.contains(&format!("<a href=\"{}\"", hub.lesson_of(course, "two").await)), "{html}");

    // The same pack again, then one that changed only the other lesson: what was written here stays.
    assert_eq!(hub.imports(pack.clone()).await.published, 0);
    assert_eq!(hub.exports(course).await, expected);
    let other = codes(&format!("{front}Hello\r\n"), "Two, new\n");
    assert_eq!(hub.imports(other).await.published, 1);
    assert!(String::from_utf8_lossy(hub.exports(course).await.get("lessons/1.md").unwrap()).contains("Better"));
    // A pack that changed the lesson too takes its place; the version of before stays in the history.
    let newer = codes("Newer\n", "Two, new\n");
    assert_eq!(hub.imports(newer.clone()).await.published, 1);
    assert_eq!(hub.exports(course).await, newer);
    assert_eq!(
        hub.count("select count(*) from lesson_versions v join lessons l on l.id = v.lesson_id where l.slug = 'one'")
            .await,
        3
    );
}

#[tokio::test]
async fn a_lesson_written_here_joins_the_pack_and_mistakes_change_nothing() {
    let hub = TestApp::start().await;
    let course = hub.imports(codes("One\n", "Two\n")).await.course;
    let one = hub.lesson_of(course, "one").await;
    let fault = hub.rewrites(one, "![gone](../assets/gone.png)\n").await.unwrap_err().to_string();
    assert!(fault.contains("lessons/1.md, line 1: links to assets/gone.png, which is not there"), "{fault}");
    assert_eq!(hub.exports(course).await, codes("One\n", "Two\n"));

    let mut tx = hub.app.db.begin().await.unwrap();
    let editing = Editing { zone: chrono_tz::UTC, entropy: &hub.app.entropy, now: hub.app.clock.now() };
    assert!(edit::add_file(&mut tx, course, "assets/star.png", PNG, editing.now).await.unwrap());
    assert!(!edit::add_file(&mut tx, course, "assets/star.svg", b"<svg/>", editing.now).await.unwrap());
    let front = "title: \"Three: a star\"\n";
    let (three, published) =
        edit::create(&mut tx, &editing, course, front, "![a star](../assets/star.png)\n").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(published.version, 1);
    let exported = hub.exports(course).await;
    let pack = Pack::from_contents(exported.clone()).unwrap();
    assert_eq!(
        pack.lessons.iter().map(|lesson| lesson.slug.as_str()).collect::<Vec<_>>(),
        ["one", "two", "three-a-star"]
    );
    assert!(pack.files.contains_key("assets/star.png"));
    assert_eq!(hub.imports(exported).await.published, 0, "what was exported is what is there");
    assert_eq!(hub.lesson_of(course, "three-a-star").await, three);
}

#[tokio::test]
async fn fields_reach_their_place_and_dates_are_the_school_s() {
    let hub = TestApp::start().await;
    let lesson = "---\navailable_on: 2026-12-01\nvideos:\n  - {title: Film, url: ../film.mp4, minutes: 2}\nsubmission: {type: file, naming: name_s1.sb3}\nmakes: A kite\nmaterials:\n  - {type: reflection, title: Why?, text: '**Why**?'}\n---\nHi\n";
    let mut pack = codes(lesson, "---\nrelease_date: 2026-12-01 08:30\n---\nTwo\n");
    pack.add("film.mp4", b"\0\0\0\x20ftypisom".to_vec()).unwrap();
    let course = hub.imports(pack).await.course;
    let opens: Vec<Option<chrono::DateTime<chrono::Utc>>> =
        sqlx::query_scalar("select opens_at from lessons where course_id = $1 order by position")
            .bind(course.0)
            .fetch_all(&hub.app.db)
            .await
            .unwrap();
    let expected = ["2026-11-30T23:00:00Z", "2026-12-01T07:30:00Z"].map(|at| Some(at.parse().unwrap()));
    assert_eq!(opens, expected);
    let videos: serde_json::Value = sqlx::query_scalar(
        "select videos from lesson_versions v join lessons l on l.id = v.lesson_id where l.slug = 'one'",
    )
    .fetch_one(&hub.app.db)
    .await
    .unwrap();
    let address = videos[0]["source"]["file"].as_str().unwrap();
    assert!(address.ends_with("/film.mp4") && address.contains("/files/"), "{videos}");

    let mut tx = hub.app.db.begin().await.unwrap();
    let (classroom, now) = (hub.people.physics.id, hub.app.clock.now());
    course::into_class(&mut tx, classroom, course, &hub.app.entropy, now).await.unwrap();
    tx.commit().await.unwrap();
    let materials: Vec<(String, String, sqlx::types::Json<Settings>)> = sqlx::query_as(
        "select m.origin, m.title, m.settings from materials m join modules u on u.id = m.module_id
         where u.classroom_id = $1 and u.title = 'One' order by m.position",
    )
    .bind(classroom.0)
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    let origins: Vec<_> = materials.iter().map(|(origin, ..)| origin.as_str()).collect();
    assert_eq!(origins, ["lesson", "glance", "upload", "extra-1"]);
    assert!(
        matches!(&materials[1].2.0, Settings::Text { html, .. } if html.contains("A kite") && html.contains("name_s1.sb3"))
    );
    assert!(matches!(&materials[2].2.0, Settings::Upload(handing) if handing.accepted == ["sb3"]));
    assert!(matches!(&materials[3].2.0, Settings::Reflection { html, .. } if html.contains("<strong>Why</strong>")));
}

#[tokio::test]
async fn importing_again_brings_classes_up_to_date_and_leaves_what_students_did() {
    let hub = TestApp::start().await;
    let with = |titles: [&str; 2]| {
        let list = titles.map(|title| format!("  - {{type: reflection, title: {title}, slug: {title}}}\n")).concat();
        codes(&format!("---\nmaterials:\n{list}---\nOne\n"), "Two\n")
    };
    let course = hub.imports(with(["why", "how"])).await.course;
    let (classroom, now) = (hub.people.physics.id, hub.app.clock.now());
    let mut tx = hub.app.db.begin().await.unwrap();
    course::into_class(&mut tx, classroom, course, &hub.app.entropy, now).await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query(
        "insert into responses (material_id, student_id, answer, saved_at)
         select id, $1, '{\"kind\": \"reflection\", \"text\": \"because\"}', now() from materials where origin in ('extra-why')",
    )
    .bind(hub.people.jonas.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    hub.imports(with(["what", "where"])).await;
    let standing = "select count(*) from materials where deleted_at is null and origin = ";
    assert_eq!(hub.count("select count(*) from responses").await, 1);
    for (origin, count) in [("'extra-what'", 1), ("'extra-where'", 1), ("'extra-why'", 1), ("'extra-how'", 0)] {
        let sql = sqlx::AssertSqlSafe(format!("{standing}{origin}"));
        let found: i64 = sqlx::query_scalar(sql).fetch_one(&hub.app.db).await.unwrap();
        assert_eq!(found, count, "{origin}");
    }
    // A title and an order that Amira gave stay; what she left alone follows the course.
    sqlx::query("update modules set title = 'My own words', position = 7 where title = 'One'")
        .execute(&hub.app.db)
        .await
        .unwrap();
    let renamed = |lesson: &str| format!("---\ntitle: {lesson} again\n---\n{lesson}\n");
    hub.imports(codes(&renamed("One"), &renamed("Two"))).await;
    let modules: Vec<(String, bool)> = sqlx::query_as("select title, position = 7 from modules order by position")
        .fetch_all(&hub.app.db)
        .await
        .unwrap();
    assert_eq!(modules, [("My own words".to_owned(), true), ("Two again".to_owned(), false)]);
    // Taken away, its empty modules go; given back, they are there again.
    let modules = "select count(*) from modules where deleted_at is null";
    let mut tx = hub.app.db.begin().await.unwrap();
    assert!(course::out_of_class(&mut tx, classroom, course, now).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(hub.count(modules).await, 1, "the one in which Jonas wrote");
    assert_eq!(hub.count("select count(*) from responses").await, 1);
    let mut tx = hub.app.db.begin().await.unwrap();
    course::into_class(&mut tx, classroom, course, &hub.app.entropy, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hub.count(modules).await, 2);
}

#[test]
fn hostile_packs_end_in_a_sentence() {
    for hostile in hostile_packs() {
        let read = Pack::read_bytes(hostile.file_name, &hostile.bytes);
        match (hostile.refused, read) {
            (Some(sentence), Err(faults)) => {
                let said = faults.to_string();
                assert!(said.contains(sentence), "{}: {said}", hostile.name);
                assert!(said.len() < 4000, "{}: {} bytes", hostile.name, said.len());
            }
            (None, Ok(_)) => {}
            (refused, read) => panic!("{}: {refused:?}, but {:?}", hostile.name, read.map(|pack| pack.slug)),
        }
    }
}

async fn sends_in(browser: &mut Browser<'_>, name: &str, content: &[u8]) -> Page {
    browser.attach("/teach/courses/imports", &[], Attached { name, content }).await
}

#[tokio::test]
async fn amira_brings_a_course_in_looks_at_it_and_gives_it_to_her_class() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await.has_status(200).says("Your courses will be here").says("Bring in a course");
    let pack = codes("# Hi\n[gone](gone.pdf)\n", "Two\n");
    let sent = sends_in(&mut amira, "codes.zip", &zipped(&pack)).await;
    let preview = sent.has_status(303).location().unwrap();
    let page = amira.get(&preview).await;
    page.has_status(200).says("A new course").says("New").says("links to lessons/gone.pdf");
    page.says("None of this stands in the way of the import");
    assert_eq!(hub.count("select count(*) from courses").await, 0, "looking changes nothing");
    let course = amira.submit(&preview, &[]).await.has_status(303).location().unwrap();
    amira.get(&course).await.has_status(200).says("The course is imported").says("One").says("No class works through");
    amira.submit(&preview, &[]).await.has_status(404);

    let class = hub.people.physics.id.to_string();
    amira.submit(&format!("{course}/classes"), &[("classroom", &class)]).await.leads_to(&course);
    amira.get(&course).await.says("Physics 7b").says("Take it away");
    amira.get("/teach/courses").await.says("2 lessons").says("in 1 class");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.has_status(200).says("One");

    let again = sends_in(&mut amira, "codes.zip", &zipped(&codes("# Hi\nNew\n", "Two\n"))).await;
    let preview = again.has_status(303).location().unwrap();
    amira.get(&preview).await.says("New version").says("Stays as it is").says("One class works through this course");
    amira.submit(&format!("{preview}/removal"), &[]).await.leads_to("/teach/courses");
    amira.get(&preview).await.has_status(404);

    let removal = format!("{course}/classes/{class}/removal");
    amira.get(&course).await;
    amira.submit(&removal, &[]).await.leads_to(&course);
    amira.submit(&removal, &[]).await.has_status(404);
    let actions: Vec<String> =
        sqlx::query_scalar("select action from audit_entries order by action").fetch_all(&hub.app.db).await.unwrap();
    assert_eq!(actions, ["course_given", "course_imported", "course_taken_away"]);
}

#[tokio::test]
async fn the_zip_from_the_browser_is_the_pack() {
    let hub = TestApp::start().await;
    let pack = codes("One\r\n", "Two\n");
    let course = hub.imports(pack.clone()).await.course;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let page = victor.get(&format!("/teach/courses/{course}/export")).await;
    assert_eq!(page.headers["content-type"], "application/zip");
    assert_eq!(page.headers["content-disposition"], "attachment; filename=\"codes.zip\"");
    assert_eq!(source::read_bytes("codes.zip", &page.bytes).unwrap(), pack);
}

#[tokio::test]
async fn a_faulty_course_is_answered_with_every_fault_and_changes_nothing() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await;
    let faulty = codes("---\nduration_minutes: long\n---\n![x](../x.png)\n", "---\ntitle: a: b\n---\n");
    let page = sends_in(&mut amira, "codes.zip", &zipped(&faulty)).await;
    page.has_status(422).says("codes.zip was read").says("duration_minutes").says("lessons/2.md");
    page.says("write title:").says("Nothing was changed");
    sends_in(&mut amira, "virus.exe", b"MZ").await.has_status(422).says("is none of what a course can be read from");
    sends_in(&mut amira, "", b"").await.has_status(422).says("Choose a file first");
    amira.csrf = "AAAA".to_owned();
    sends_in(&mut amira, "codes.zip", &zipped(&codes("One\n", "Two\n"))).await.has_status(403);
    for table in ["courses", "course_imports", "audit_entries"] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&hub.app.db).await.unwrap(), 0, "{table}");
    }
}

#[tokio::test]
async fn faults_are_said_in_the_reader_s_language() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.headers.insert("accept-language", "es".to_owned());
    amira.get("/teach/courses").await;
    let faulty = codes("---\nduration_minutes: long\n---\n![x](../x.png)\n", "---\ntitle: a: b\n---\n");
    let page = sends_in(&mut amira, "codes.zip", &zipped(&faulty)).await;
    page.has_status(422).says("debe ser un número entero de hasta").says("un valor con dos puntos necesita comillas");
}

#[tokio::test]
async fn what_an_operator_imports_by_command_is_in_the_audit_too() {
    let hub = TestApp::start().await;
    let pack = Pack::from_contents(codes("One\n", "Two\n")).unwrap();
    let riverside = hub.people.riverside.to_string();
    let mut db = hub.app.db.acquire().await.unwrap();
    course::command::import_into(&mut db, &hub.app.config, &pack, &riverside, None).await.unwrap();
    let entries = "select count(*) from audit_entries where action = 'course_imported' and staff_id is null";
    assert_eq!(hub.count(entries).await, 1);
    // Where nothing is imported, nothing is written down.
    course::command::import_into(&mut db, &hub.app.config, &pack, "Nowhere", None).await.unwrap_err();
    assert_eq!(hub.count("select count(*) from audit_entries").await, 1);
}

#[tokio::test]
async fn mallory_finds_no_course_of_riverside() {
    let hub = TestApp::start().await;
    let course = hub.imports(codes("One\n", "Two\n")).await.course;
    let People { mallory, victor, physics, amira, .. } = &hub.people;
    let mut amira = hub.signed_in(amira).await;
    amira.get("/teach/courses").await;
    let preview = sends_in(&mut amira, "codes.zip", &zipped(&codes("1\n", "2\n"))).await.location().unwrap();
    let path = format!("/teach/courses/{course}");
    let class = physics.id.to_string();
    let mut mallory = hub.signed_in(mallory).await;
    assert!(!mallory.get("/teach/courses").await.body.contains("Codes"));
    for address in [path.clone(), format!("{path}/export"), preview.clone(), "/teach/courses/nonsense".to_owned()] {
        mallory.get(&address).await.has_status(404);
    }
    mallory.get("/teach/courses").await;
    for address in [
        format!("{path}/classes"),
        preview.clone(),
        format!("{preview}/removal"),
        format!("{path}/classes/{class}/removal"),
    ] {
        mallory.submit(&address, &[("classroom", &class)]).await.has_status(404);
    }
    // Victor may look, and change nothing.
    let mut victor = hub.signed_in(victor).await;
    let page = victor.get(&path).await;
    page.has_status(200).says("One");
    assert!(!page.body.contains("/classes\"") && !victor.get("/teach/courses").await.body.contains("Bring in"));
    victor.submit(&format!("{path}/classes"), &[("classroom", &class)]).await.has_status(403);
    sends_in(&mut victor, "codes.zip", &zipped(&codes("1\n", "2\n"))).await.has_status(403);
    victor.get(&preview).await.has_status(404);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await.has_status(303);
    assert_eq!(hub.count("select count(*) from classroom_courses").await, 0);
    // A class of another organisation cannot be given to: it is not there.
    let hilltop = uuid::Uuid::from_u128(9).to_string();
    amira.submit(&format!("{path}/classes"), &[("classroom", &hilltop)]).await.has_status(404);
}

#[tokio::test]
async fn teachers_notes_and_other_files_of_a_pack_are_never_served() {
    let hub = TestApp::start().await;
    let mut pack = codes("---\nteacher_panel: {prep: [the secret plan]}\n---\n[notes](../reference.md)\n", "Two\n");
    pack.add("reference.md", b"the secret answer".to_vec()).unwrap();
    let course = hub.imports(pack).await.course;
    let mut tx = hub.app.db.begin().await.unwrap();
    course::into_class(&mut tx, hub.people.physics.id, course, &hub.app.entropy, hub.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hub.count("select count(*) from course_files").await, 0);
    let one = hub.lesson_of(course, "one").await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/lessons/{one}")).await;
    assert!(!page.body.contains("secret"));
    use sha2::{Digest, Sha256};
    let digest: String = Sha256::digest(b"the secret answer").iter().map(|byte| format!("{byte:02x}")).collect();
    jonas.get(&format!("/student/lessons/{one}/files/{digest}/reference.md")).await.has_status(404);
}

#[tokio::test]
async fn a_course_that_nobody_imports_is_forgotten_after_a_day() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get("/teach/courses").await;
    sends_in(&mut amira, "codes.zip", &zipped(&codes("1\n", "2\n"))).await.has_status(303);
    hub.later(chrono::Duration::hours(25));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from course_imports").await, 0);
}

#[test]
fn a_fault_reads_as_one_line() {
    let fault = PackFault::at("lessons/1.md", 3, Why::NotAText).in_field("makes");
    assert_eq!(fault.to_string(), "lessons/1.md, line 3, makes: must be a text, in one piece");
}
