//! Grading: the work beside its grade, saving and returning it, and what students see of it.

use crate::{
    harness::{
        Attached, Browser, Page, TestApp, statements,
        work::{checklist, reflection, rubric, upload},
    },
    uploads::picture,
};
use chrono::Duration;
use hub_server::{
    grading,
    material::{Answer, Kind, Settings},
};
use shared_types::ids::{MaterialId, StudentId};

const RUBRIC: &str = "It works\n- No\n- Nearly: with mistakes (1)\n- Yes (3)\n\nIt is tidy\n- No\n- Yes (2)";

fn path(material: MaterialId, student: StudentId) -> String {
    grading::student_path(material, student)
}

/// A page of an inch.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Sends the form of the sheet one is on.
async fn grades(browser: &mut Browser<'_>, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let (version, seen) = (page.hidden("version").unwrap(), page.hidden("seen").unwrap());
    let hidden = [("version", version.as_str()), ("seen", seen.as_str())];
    let fields: Vec<_> = hidden.into_iter().chain(fields.iter().copied()).collect();
    browser.submit(path, &fields).await
}

/// A material with a rubric of five points.
async fn with_rubric(hub: &TestApp, amira: &mut Browser<'_>, settings: Settings) -> MaterialId {
    let material = hub.material(hub.module("Light").await, "The lamp", settings).await;
    makes_rules(amira, material, &[]).await.leads_to(&grading::path(material));
    material
}

async fn makes_rules(amira: &mut Browser<'_>, material: MaterialId, fields: &[(&str, &str)]) -> Page {
    let rules = format!("{}/rules", grading::path(material));
    amira.get(&rules).await.has_status(200);
    let standing =
        [("criteria", RUBRIC), ("late", "mark"), ("late_percent", "10"), ("counts", "on"), ("resubmission", "on")];
    let named = |name: &str| fields.iter().any(|(known, _)| *known == name);
    let fields: Vec<_> = standing
        .into_iter()
        .filter(|(name, _)| !named(name))
        .chain(fields.iter().copied())
        .filter(|(_, value)| !value.is_empty())
        .collect();
    amira.submit(&rules, &fields).await
}

/// A student of Amira's class who handed in, some minutes after the one before.
async fn one_more(hub: &TestApp, material: MaterialId, name: &str) -> StudentId {
    hub.later(Duration::minutes(1));
    let id = StudentId(hub.app.new_id());
    sqlx::query(
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         values ($1, $2, $3, lower($3), '', $4, $4)",
    )
    .bind(id.0)
    .bind(hub.people.physics.id.0)
    .bind(name)
    .bind(hub.app.clock.now())
    .execute(&hub.app.db)
    .await
    .unwrap();
    hub.submission(material, id).await;
    id
}

async fn answers(hub: &TestApp, material: MaterialId, student: StudentId, answer: &Answer) {
    sqlx::query(
        "insert into responses (material_id, student_id, answer, saved_at, handed_in_at) values ($1, $2, $3, $4, $4)",
    )
    .bind(material.0)
    .bind(student.0)
    .bind(sqlx::types::Json(answer))
    .bind(hub.app.clock.now())
    .execute(&hub.app.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn amira_grades_by_rubric_and_goes_on_to_the_next_who_waits() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    amira.get(&grading::path(material)).await.has_status(200).says("Nobody has handed in yet");
    hub.submission(material, hub.people.jonas).await;
    let noah = one_more(&hub, material, "Noah").await;
    let jonas = path(material, hub.people.jonas);
    // The first who waits comes by itself.
    let page = amira.get(&grading::path(material)).await;
    page.has_status(200).says("Jonas").says("2 wait for a grade").says("It works").says("Points of 5");
    let fields = [("level-c1", "2"), ("level-c2", "0"), ("comment", "Bright!"), ("action", "next")];
    grades(&mut amira, &page, &jonas, &fields).await.leads_to(&path(material, noah));
    let page = amira.get(&path(material, noah)).await;
    page.says("Noah").says("1 waits for a grade");
    // Typed points go before what the levels come to.
    let fields = [("level-c1", "1"), ("level-c2", "1"), ("points", "4.5"), ("action", "next")];
    let done = grades(&mut amira, &page, &path(material, noah), &fields).await;
    done.leads_to(&path(material, noah));
    amira.get(&path(material, noah)).await.says("Nobody waits for a grade any more").says("Graded, not returned");
    assert_eq!(hub.count("select points::bigint from grades where comment = 'Bright!'").await, 300);
    assert_eq!(hub.count("select points::bigint from grades where comment = ''").await, 450);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'grade_saved'").await, 2);
    let page = amira.get(&jonas).await;
    assert!(page.body.contains("value=\"2\" checked"), "{}", page.body);
}

#[tokio::test]
async fn students_see_what_was_returned_and_never_a_draft_or_a_private_note() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    let (sheet, theirs) = (path(material, hub.people.jonas), format!("/student/materials/{material}"));
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "lamp.txt", b"my lamp").await.has_status(303);
    let unseen = |page: &Page, words: &[&str]| {
        for word in words {
            assert!(!page.body.contains(word), "{word}:\n{}", page.body);
        }
    };
    // A draft.
    let page = amira.get(&sheet).await;
    let fields = [("level-c1", "1"), ("level-c2", "1"), ("comment", "draft words"), ("note", "secret words")];
    grades(&mut amira, &page, &sheet, &fields).await.has_status(303);
    for address in [theirs.as_str(), "/student", "/student/my-data"] {
        unseen(&jonas.get(address).await, &["draft words", "secret words", "3 of 5", "Your level", "Returned"]);
    }
    // Returned.
    let page = amira.get(&sheet).await;
    let fields = [
        ("level-c1", "1"),
        ("level-c2", "1"),
        ("comment", "Well <done>"),
        ("note", "secret words"),
        ("action", "return"),
    ];
    grades(&mut amira, &page, &sheet, &fields).await.leads_to(&sheet);
    amira.get(&sheet).await.says("Returned");
    let page = jonas.get(&theirs).await;
    page.says("3 of 5 points").says("Well &lt;done&gt;").says("It is tidy").says("Your level").says("with mistakes");
    unseen(&page, &["secret words", "<done>"]);
    let home = jonas.get("/student").await;
    home.says("Returned").says("3 of 5 points");
    // What is changed afterwards is a draft again.
    let page = amira.get(&sheet).await;
    let fields = [("level-c1", "2"), ("level-c2", "1"), ("comment", "second draft"), ("note", "secret words")];
    grades(&mut amira, &page, &sheet, &fields).await.has_status(303);
    amira.get(&sheet).await.says("Changed since it was returned");
    jonas.get(&theirs).await.says("3 of 5 points").says("Well &lt;done&gt;");
    for address in [theirs.as_str(), "/student", "/student/my-data"] {
        unseen(&jonas.get(address).await, &["second draft", "secret words", "5 of 5"]);
    }
    let archive = jonas.get("/student/my-data/portfolio.zip").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive.bytes)).unwrap();
    for number in 0..archive.len() {
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(number).unwrap(), &mut content).unwrap();
        let content = String::from_utf8_lossy(&content);
        assert!(!content.contains("secret words") && !content.contains("second draft"), "{content}");
    }
    // Of Jonas' grade Lena sees nothing.
    let mut lena = hub.joined(hub.people.lena).await;
    for address in [theirs.as_str(), "/student"] {
        unseen(&lena.get(address).await, &["of 5 points", "Well &lt;done&gt;"]);
    }
}

#[tokio::test]
async fn of_two_teachers_who_save_at_once_nobody_loses_anything() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let sheet = path(material, hub.people.jonas);
    let (hers, theirs) = (amira.get(&sheet).await, ines.get(&sheet).await);
    grades(&mut ines, &theirs, &sheet, &[("level-c1", "0"), ("comment", "from Ines")]).await.has_status(303);
    let fields = [("level-c1", "2"), ("comment", "from Amira"), ("note", "a thought"), ("action", "next")];
    let both = grades(&mut amira, &hers, &sheet, &fields).await;
    both.has_status(409).says("Ines saved another grade").says("from Ines").says("from Amira").says("a thought");
    both.says("Nearly").says("differs");
    assert_eq!(hub.count("select count(*) from grades where comment = 'from Ines'").await, 1);
    // The script is told, and changes nothing.
    amira.headers.insert("accept", "application/json".to_owned());
    let told = grades(&mut amira, &hers, &sheet, &fields).await;
    told.has_status(409).says("overtaken");
    amira.headers.remove("accept");
    // Having seen both, Amira keeps hers.
    grades(&mut amira, &both, &sheet, &fields).await.has_status(303);
    assert_eq!(hub.count("select version::bigint from grades where comment = 'from Amira'").await, 2);
    // The same once more is no quarrel.
    grades(&mut amira, &both, &sheet, &fields).await.has_status(303);
    assert_eq!(hub.count("select version::bigint from grades").await, 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_comes_back() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let sheet = path(material, hub.people.jonas);
    let page = amira.get(&sheet).await;
    let typed = "</textarea><script>alert(1)</script>";
    let refused = grades(&mut amira, &page, &sheet, &[("points", "lots"), ("comment", typed)]).await;
    refused.has_status(422).says("Type points as a number").says("value=\"lots\"").says("&lt;/textarea&gt;&lt;script");
    let refused = grades(&mut amira, &page, &sheet, &[("level-c1", "1"), ("action", "return")]).await;
    refused.has_status(422).says("choose a level for each criterion");
    assert_eq!(hub.count("select count(*) from grades where version > 0").await, 0);
    assert_eq!(hub.count("select count(*) from returned_grades").await, 0);
    // A version and a time that our page did not make.
    for fields in [[("version", "x"), ("seen", "")], [("version", "0"), ("seen", "yesterday")]] {
        amira.submit(&sheet, &fields).await.has_status(400);
    }
    let rules = makes_rules(&mut amira, material, &[("criteria", "- x\nA")]).await;
    rules.has_status(422).says("Begin with a criterion").says("- x\nA");
}

#[tokio::test]
async fn later_work_wants_to_be_graded_again() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "lamp.txt", b"first version").await.has_status(303);
    let sheet = path(material, hub.people.jonas);
    let page = amira.get(&sheet).await;
    page.says("first version");
    hub.later(Duration::minutes(5));
    // Handed in while Amira is still typing.
    jonas.hands_in(material, "lamp.txt", b"second version").await.has_status(303);
    grades(&mut amira, &page, &sheet, &[("points", "50"), ("action", "return")]).await.has_status(303);
    let page = amira.get(&sheet).await;
    page.says("Handed in again since it was graded").says("second version").says("Version 1");
    amira.get(&format!("{sheet}&version=1")).await.says("first version");
    jonas.get(&format!("/student/materials/{material}")).await.says("This is about the earlier version");
    jonas.get("/student").await.says("Handed in");
    grades(&mut amira, &page, &sheet, &[("points", "60"), ("action", "return")]).await.has_status(303);
    jonas.get("/student").await.says("60 of 100 points");
    // Withdrawing it is too late.
    let newest: uuid::Uuid =
        sqlx::query_scalar("select id from submissions where version = 2").fetch_one(&hub.app.db).await.unwrap();
    let withdrawal = format!("/student/materials/{material}/submissions/{newest}/withdrawal");
    jonas.submit(&withdrawal, &[]).await.has_status(404);
}

#[tokio::test]
async fn late_work_loses_what_the_rule_says_unless_the_teacher_waives_it() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = hub.material(hub.module("Light").await, "The lamp", upload()).await;
    makes_rules(&mut amira, material, &[("criteria", ""), ("most", "10"), ("late", "deduct")]).await.has_status(303);
    hub.due(material, hub.app.clock.now() - Duration::hours(30)).await;
    hub.submission(material, hub.people.jonas).await;
    let (sheet, theirs) = (path(material, hub.people.jonas), format!("/student/materials/{material}"));
    let page = amira.get(&sheet).await;
    page.says("Late");
    grades(&mut amira, &page, &sheet, &[("points", "9"), ("action", "return")]).await.has_status(303);
    amira.get(&sheet).await.says("1.8 are deducted for being late");
    let mut jonas = hub.joined(hub.people.jonas).await;
    // Two days have begun, ten percent each.
    jonas.get(&theirs).await.says("7.2 of 10 points").says("1.8 points were taken off").says("Handed in late");
    let page = amira.get(&sheet).await;
    let fields = [("points", "9"), ("late_waived", "on"), ("action", "return")];
    grades(&mut amira, &page, &sheet, &fields).await.has_status(303);
    let page = jonas.get(&theirs).await;
    page.says("9 of 10 points");
    assert!(!page.body.contains("taken off") && !page.body.contains("Handed in late"));
    let page = amira.get(&sheet).await;
    grades(&mut amira, &page, &sheet, &[("excused", "on"), ("action", "return")]).await.has_status(303);
    jonas.get("/student").await.says("Excused");
}

#[tokio::test]
async fn handing_in_ends_where_the_rules_end_it() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let once = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let closing = hub.material(hub.module("Light").await, "Look back", reflection()).await;
    makes_rules(&mut amira, once, &[("resubmission", "")]).await.has_status(303);
    makes_rules(&mut amira, closing, &[("late", "close")]).await.has_status(303);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(once, "lamp.txt", b"my lamp").await.has_status(303);
    let sheet = path(once, hub.people.jonas);
    let page = amira.get(&sheet).await;
    grades(&mut amira, &page, &sheet, &[("points", "5"), ("action", "return")]).await.has_status(303);
    let page = jonas.get(&format!("/student/materials/{once}")).await;
    page.says("Nothing more can be handed in here");
    assert!(!page.body.contains("type=\"file\""), "{}", page.body);
    // The form of a page that was open since before is refused.
    let key = uuid::Uuid::from_u128(7).to_string();
    let file = Attached { name: "again.txt", content: b"again" };
    let again = format!("/student/materials/{once}/submissions");
    jonas.attach(&again, &[("idempotency_key", &key)], file).await.has_status(422).says("Nothing more can be");
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    // After the due date.
    let theirs = format!("/student/materials/{closing}");
    let page = jonas.get(&theirs).await;
    hub.due(closing, hub.app.clock.now() - Duration::minutes(1)).await;
    let base = page.hidden("base").unwrap();
    let late = jonas.submit(&format!("{theirs}/response"), &[("base", &base), ("text", "late words")]).await;
    late.has_status(422).says("The time for this has passed").says("late words");
    assert_eq!(hub.count("select count(*) from responses").await, 0);
}

#[tokio::test]
async fn answers_of_every_kind_lie_beside_their_grade() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let module = hub.module("Light").await;
    let jonas = hub.people.jonas;
    let choice = hub_server::material::Choice { level: Some(1), why: "Two tests <fail>".into() };
    for (title, settings, answer, says) in [
        ("Look back", reflection(), Answer::Reflection { text: "Light\nbends".into() }, vec!["Light\nbends"]),
        (
            "Am I ready?",
            checklist(),
            Answer::Checklist { ticked: ["i1".to_owned()].into() },
            vec!["Plan it", "Not done:", "Build it"],
        ),
        (
            "How good?",
            rubric(),
            Answer::Rubric { choices: [("c1".to_owned(), choice)].into() },
            vec!["Nearly", "Two tests &lt;fail&gt;", "No level"],
        ),
    ] {
        let material = hub.material(module, title, settings).await;
        answers(&hub, material, jonas, &answer).await;
        let page = amira.get(&path(material, jonas)).await;
        page.has_status(200).says(title);
        for words in says {
            page.says(words);
        }
    }
}

#[tokio::test]
async fn files_are_seen_in_place_and_nothing_in_them_runs() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let sheet = path(material, hub.people.jonas);
    let project = packed(&[(
        "project.json",
        br#"{"targets":[{"isStage":true,"name":"Stage","costumes":[{"md5ext":"a.svg"}],"blocks":{}},
            {"isStage":false,"name":"Lamp <b>","costumes":[{"md5ext":"a.svg"}],
             "blocks":{"a":{"opcode":"event_whenflagclicked","topLevel":true}}}]}"#,
    )]);
    let archive = packed(&[("plan/lamp.txt", b"x")]);
    let script = b"<script>alert(1)</script>";
    for (name, content, says) in [
        ("lamp.png", picture().as_slice(), &["/view\"", "Picture handed in: lamp.png"][..]),
        ("lamp.py", b"def light():\n    return '<b>'\n", &["hl-keyword", "&lt;b&gt;"]),
        ("lamp.md", b"# Lamp\n\n<script>x</script>\n\n*bright*", &["<em>bright</em>"]),
        ("lamp.txt", script, &["&lt;script&gt;alert(1)"]),
        ("lamp.html", b"<!doctype html><script>alert(1)</script>", &["alert"]),
        ("lamp.csv", b"a,b\n1,2\n", &["a,b\n1,2"]),
        ("lamp.pdf", PDF, &["<iframe", "If you see no page here"]),
        ("lamp.sb3", project.as_slice(), &["Sprites", "Lamp &lt;b&gt;", "scripts: 1, blocks: 1"]),
        ("lamp.zip", archive.as_slice(), &["plan/lamp.txt"]),
    ] {
        hub.later(Duration::minutes(1));
        jonas.hands_in(material, name, content).await.has_status(303);
        let page = amira.get(&sheet).await;
        page.has_status(200);
        for words in says {
            page.says(words);
        }
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<script>x"), "{name}");
        // Where no script puts the next sheet into this page, only a PDF needs a frame.
        let page = victor.get(&sheet).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert_eq!(policy.contains("frame-src 'self'"), name == "lamp.pdf", "{name}: {policy}");
    }
    let ids: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("select id, file_name from submissions").fetch_all(&hub.app.db).await.unwrap();
    for (id, name) in ids {
        let view = format!("{}/submissions/{id}/view", hub.people.physics.path());
        let shown = amira.get(&view).await;
        // What a browser could run is never shown by itself.
        let expected = if ["lamp.png", "lamp.pdf"].contains(&name.as_str()) { 200 } else { 404 };
        shown.has_status(expected);
        if expected == 200 {
            assert_eq!(shown.headers["x-content-type-options"], "nosniff");
            let policy = shown.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'"), "{name}: {policy}");
            let is_pdf = name == "lamp.pdf";
            assert_eq!(shown.headers["content-type"], if is_pdf { "application/pdf" } else { "image/png" });
            // Readers of PDF do not open within a sandbox; nobody else's page may frame one.
            assert_eq!(policy.contains("sandbox"), !is_pdf, "{name}: {policy}");
            assert!(!is_pdf || policy.contains("frame-ancestors 'self'"), "{name}: {policy}");
        }
        hub.signed_in(&hub.people.mallory).await.get(&view).await.has_status(404);
    }
}

#[tokio::test]
async fn mallory_brings_no_page_into_the_frame_of_a_pdf() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    // A page that is only called a PDF is not taken.
    let page = b"<!doctype html><script>parent.location = '/'</script>";
    jonas.hands_in(material, "lamp.pdf", page).await.has_status(422);
    // One that begins as a PDF is sent as one: no browser reads it as a page.
    let both = [PDF, page].concat();
    let sent = jonas.hands_in(material, "both.pdf", &both).await;
    assert!([303, 422].contains(&sent.status.as_u16()), "{}", sent.status);
    jonas.hands_in(material, "real.pdf", PDF).await.has_status(303);
    let ids: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("select id, file_name from submissions").fetch_all(&hub.app.db).await.unwrap();
    assert!(!ids.is_empty());
    for (id, name) in ids {
        let view = format!("{}/submissions/{id}/view", hub.people.physics.path());
        let shown = amira.get(&view).await;
        shown.has_status(200);
        assert_eq!(shown.headers["content-type"], "application/pdf", "{name}");
        assert_eq!(shown.headers["x-content-type-options"], "nosniff", "{name}");
        // Were the content of another type after all, it would not be shown.
        sqlx::query("update stored_files set content_type = 'text/html' where id = (select file_id from submissions where id = $1)")
            .bind(id)
            .execute(&hub.app.db)
            .await
            .unwrap();
        amira.get(&view).await.has_status(404);
    }
    // Where a link of the PDF leads the frame on, no page of ours stands in a frame.
    for address in ["/teach", &grading::path(material), "/teach/nowhere"] {
        let page = amira.get(address).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("frame-ancestors 'none'"), "{address}: {policy}");
    }
}

#[tokio::test]
async fn the_list_and_the_material_say_how_many_handed_in_and_wait() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let list = format!("{}/materials", hub.people.physics.path());
    amira.get(&list).await.says("To the courses");
    let material = with_rubric(&hub, &mut amira, upload()).await;
    let module = hub.module("Ready").await;
    let ready = hub.material(module, "Am I ready?", checklist()).await;
    let page = amira.get(&list).await;
    page.says("0 of 2 handed in");
    assert!(!page.body.contains("to grade") && !page.body.contains("id=\"to-grade\""), "{}", page.body);
    hub.submission(material, hub.people.jonas).await;
    one_more(&hub, material, "Noah").await;
    answers(&hub, ready, hub.people.jonas, &Answer::Checklist { ticked: ["i1".to_owned()].into() }).await;
    amira.submit(&format!("{}/own", hub.people.physics.path()), &[("own", "true")]).await.has_status(303);
    amira.get("/teach").await.says("2 pieces of work to grade").says("/materials#to-grade\"");
    let page = amira.get(&list).await;
    page.says("2 of 3 handed in").says("2 to grade").says("id=\"to-grade\"");
    page.says(&format!("href=\"{}\"", grading::to_grade_path(material)));
    // What stands in no gradebook waits for nobody.
    page.says("1 of 3 done").says(&format!("href=\"{}\"", grading::path(ready)));
    assert_eq!(page.body.matches("to grade").count(), 1, "{}", page.body);
    amira.get(&format!("{list}/{material}")).await.says("2 of 3 handed in").says("2 to grade");
    // Of another class nothing is counted.
    let theirs = hub.class_of_mallory().await;
    let hers = hub.material(hub.module_in(theirs, "Theirs", None).await, "Theirs", upload()).await;
    hub.submission(hers, hub.people.jonas).await;
    let mut db = hub.app.db.acquire().await.unwrap();
    let counted = grading::progress::of_class(&mut db, hub.people.physics.id, Some(hers)).await.unwrap();
    assert!(counted.is_empty(), "{counted:?}");
}

#[tokio::test]
async fn a_student_s_page_shows_where_each_work_stands() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let page = hub.people.physics.student_path(hub.people.jonas);
    amira.get(&page).await.says("There is nothing to hand in yet");
    let material = with_rubric(&hub, &mut amira, upload()).await;
    let module = hub.module("Look back").await;
    let late = hub.material(module, "Was it hard?", reflection()).await;
    hub.due(late, hub.app.clock.now() - Duration::days(1)).await;
    amira.get(&page).await.says("Not handed in yet").says("Nothing handed in");
    hub.submission(material, hub.people.jonas).await;
    amira.get(&page).await.says("To grade").says(&format!("href=\"{}\"", path(material, hub.people.jonas)));
    let sheet = path(material, hub.people.jonas);
    let form = amira.get(&sheet).await;
    grades(&mut amira, &form, &sheet, &[("points", "4.5")]).await.has_status(303);
    amira.get(&page).await.says("4.5 of 5 points").says("Graded, not returned");
    let form = amira.get(&sheet).await;
    grades(&mut amira, &form, &sheet, &[("points", "4"), ("action", "return")]).await.has_status(303);
    let (shown, sent) = statements(amira.get(&page)).await;
    shown.says("4 of 5 points").says("Returned");
    assert!(sent.len() <= 10, "{sent:#?}");
    // Lena's is hers, and of another class there is none.
    let lena = amira.get(&hub.people.physics.student_path(hub.people.lena)).await;
    assert!(!lena.body.contains("4 of 5 points"), "{}", lena.body);
    let theirs = hub.class_of_mallory().await;
    let mut db = hub.app.db.acquire().await.unwrap();
    let work = grading::progress::of_student(&mut db, theirs, hub.people.jonas, hub.app.clock.now()).await.unwrap();
    assert!(work.is_empty(), "{work:?}");
}

#[tokio::test]
async fn a_sheet_says_which_of_how_many_it_is_and_leads_to_anybody() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let noah = one_more(&hub, material, "Noah").await;
    let page = amira.get(&path(material, noah)).await;
    page.says("2 of 2<").says("Jonas – to grade").says("Lena – nothing handed in");
    page.says(&format!("action=\"{}\"", grading::path(material)));
    // Whoever handed nothing in is none of those, and can be gone to.
    let page = amira.get(&format!("{}&show=ungraded", path(material, hub.people.lena))).await;
    page.has_status(200).says("No work to see").says("name=\"show\" value=\"ungraded\"");
    assert!(!page.body.contains("grading-place"), "{}", page.body);
    // Of those that wait it is the first of one.
    let form = amira.get(&path(material, hub.people.jonas)).await;
    grades(&mut amira, &form, &path(material, hub.people.jonas), &[("points", "3")]).await.has_status(303);
    amira.get(&format!("{}&show=ungraded", path(material, noah))).await.says("1 of 1<");
    // Hidden names are hidden there too, and their order tells nothing.
    let here = path(material, noah);
    amira.submit("/teach/grading-preferences", &[("names", "off"), ("next", &here)]).await.leads_to(&here);
    let page = amira.get(&here).await;
    assert!(!page.body.contains("Jonas") && !page.body.contains("Lena"), "{}", page.body);
    let labels: Vec<&str> = page.body.split("<option").skip(1).filter_map(|option| option.split('>').nth(1)).collect();
    assert_eq!(labels.len(), 3);
    assert!(labels.is_sorted(), "{labels:?}");
}

#[tokio::test]
async fn a_step_costs_eight_statements_with_thirty_works_and_with_a_thousand() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    for count in [30, 1_000] {
        many(&hub, material, count).await;
        let page = amira.open(&grading::path(material)).await;
        let student: StudentId = next_student(&page);
        let sheet = path(material, student);
        let page = amira.get(&sheet).await;
        let fields = [("level-c1", "1"), ("level-c2", "1"), ("action", "next")];
        let (next, sent) = statements(async {
            let saved = grades(&mut amira, &page, &sheet, &fields).await;
            let next = saved.location().unwrap();
            assert_ne!(next, sheet);
            amira.get(&next).await
        })
        .await;
        next.has_status(200).says("Save and next ungraded");
        assert!(sent.len() <= 8, "{count} works: {} statements: {sent:#?}", sent.len());
    }
}

/// The student whose sheet a page is, by its form.
fn next_student(page: &Page) -> StudentId {
    let (_, rest) = page.body.split_once("grading?student=").unwrap();
    rest[..36].parse().unwrap()
}

/// So many more students who handed in.
async fn many(hub: &TestApp, material: MaterialId, count: i32) {
    sqlx::query(
        "with people as (
             insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
             select gen_random_uuid(), $1, 'Student ' || $3 || '-' || n, 'student ' || $3 || '-' || n, '', now(), now()
             from generate_series(1, $3) n returning id),
         files as (
             insert into stored_files
             select gen_random_uuid(), 3, decode(repeat('00', 32), 'hex'), 'text/plain', now()
             from generate_series(1, 1) returning id)
         insert into submissions (id, material_id, student_id, version, file_id, file_name, submitted_at)
         select gen_random_uuid(), $2, people.id, 1, files.id, 'a.bin',
                '2026-11-20T08:00:00Z'::timestamptz + random() * interval '1 day'
         from people cross join files",
    )
    .bind(hub.people.physics.id.0)
    .bind(material.0)
    .bind(count)
    .execute(&hub.app.db)
    .await
    .unwrap();
}

#[tokio::test]
async fn one_can_go_through_a_part_of_the_works_and_criterion_by_criterion() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let noah = one_more(&hub, material, "Noah").await;
    let zoe = one_more(&hub, material, "Zoe").await;
    let way = |page: &Page, name: &str| {
        let (before, _) = page.body.split_once(&format!("data-way=\"{name}\""))?;
        let href = before.rsplit_once("href=\"").map(|(_, href)| href.split('"').next().unwrap().to_owned());
        href.map(|href| href.replace("&amp;", "&"))
    };
    let page = amira.get(&path(material, noah)).await;
    assert_eq!(way(&page, "previous"), Some(path(material, hub.people.jonas)));
    assert_eq!(way(&page, "next"), Some(path(material, zoe)));
    // By criterion: the levels of the others stay.
    let first = format!("{}&criterion=c1", path(material, hub.people.jonas));
    let page = amira.get(&first).await;
    assert!(page.body.contains("name=\"level-c1\"") && !page.body.contains("name=\"level-c2\""), "{}", page.body);
    let next = grades(&mut amira, &page, &first, &[("level-c1", "2"), ("action", "next")]).await;
    next.leads_to(&format!("{}&criterion=c1", path(material, noah)));
    let second = format!("{}&criterion=c2", path(material, hub.people.jonas));
    let page = amira.get(&second).await;
    assert_eq!(page.hidden("level-c1").as_deref(), Some("2"));
    let fields = [("level-c1", "2"), ("level-c2", "1"), ("action", "next")];
    grades(&mut amira, &page, &second, &fields).await.leads_to(&format!("{}&criterion=c2", path(material, noah)));
    assert_eq!(hub.count("select points::bigint from grades where complete").await, 500);
    // Only those that wait.
    let page = amira.get(&format!("{}&show=ungraded", path(material, noah))).await;
    assert_eq!(way(&page, "previous"), None);
    let page = amira.get(&format!("{}&show=unreturned", path(material, noah))).await;
    assert_eq!(way(&page, "previous"), Some(format!("{}&show=unreturned", path(material, hub.people.jonas))));
    // Names are hidden where the teacher says so.
    let here = path(material, noah);
    amira.submit("/teach/grading-preferences", &[("names", "off"), ("next", &here)]).await.leads_to(&here);
    let page = amira.get(&here).await;
    assert!(!page.body.contains("Noah"), "{}", page.body);
    amira.submit("/teach/grading-preferences", &[("keys", "off"), ("next", &here)]).await.leads_to(&here);
    amira.get(&here).await.says("data-keys=\"off\"").says("Show names");
    amira.submit("/teach/grading-preferences", &[("names", "on"), ("next", "//evil.example")]).await.has_status(400);
}

#[tokio::test]
async fn all_complete_grades_are_returned_at_once() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let noah = one_more(&hub, material, "Noah").await;
    let zoe = one_more(&hub, material, "Zoe").await;
    for (student, fields) in [
        (hub.people.jonas, &[("level-c1", "2"), ("level-c2", "1")][..]),
        (noah, &[("points", "1")]),
        (zoe, &[("level-c1", "0"), ("comment", "not finished")]),
    ] {
        let page = amira.get(&path(material, student)).await;
        grades(&mut amira, &page, &path(material, student), fields).await.has_status(303);
    }
    let all = format!("{}/return", grading::path(material));
    amira.get(&all).await.says("2 grades are complete and not returned.");
    amira.submit(&all, &[]).await.has_status(303);
    amira.get(&all).await.says("No grade waits to be returned.");
    assert_eq!(hub.count("select count(*) from returned_grades").await, 2);
    assert_eq!(hub.count("select count(*) from returned_grades where comment = 'not finished'").await, 0);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'grades_returned'").await, 1);
}

#[tokio::test]
async fn the_comment_bank_is_its_teacher_s_own() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let sheet = path(material, hub.people.jonas);
    amira.get("/teach/comments").await.says("Your comments will be here");
    amira.submit("/teach/comments", &[("text", " ")]).await.has_status(422);
    amira.submit("/teach/comments", &[("text", "Show your <steps>.")]).await.leads_to("/teach/comments");
    amira.get("/teach/comments").await.says("Show your &lt;steps&gt;.");
    let page = amira.get(&sheet).await;
    page.says("Show your &lt;steps&gt;.");
    let id: uuid::Uuid = sqlx::query_scalar("select id from comment_bank").fetch_one(&hub.app.db).await.unwrap();
    let id = id.to_string();
    // Put behind what is typed; nothing is saved by it.
    let fields = [("comment", "Good."), ("level-c1", "2"), ("insert", id.as_str())];
    let put = grades(&mut amira, &page, &sheet, &fields).await;
    put.has_status(200).says("Good.\n\nShow your &lt;steps&gt;.").says("value=\"2\" checked");
    assert_eq!(hub.count("select count(*) from grades where version > 0").await, 0);
    // Ines has neither seen nor can she use or remove it.
    let theirs = ines.get(&sheet).await;
    assert!(!theirs.body.contains("Show your"));
    grades(&mut ines, &theirs, &sheet, &[("insert", id.as_str())]).await.has_status(404);
    ines.submit(&format!("/teach/comments/{id}/deletion"), &[]).await.has_status(404);
    amira.get("/teach/comments").await.has_status(200);
    amira.submit(&format!("/teach/comments/{id}/deletion"), &[]).await.leads_to("/teach/comments");
    assert_eq!(hub.count("select count(*) from comment_bank").await, 0);
}

#[tokio::test]
async fn mallory_finds_no_page_of_grading_and_victor_only_looks() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let material = with_rubric(&hub, &mut amira, upload()).await;
    hub.submission(material, hub.people.jonas).await;
    let sheet = path(material, hub.people.jonas);
    let page = amira.get(&sheet).await;
    let (version, seen) = (page.hidden("version").unwrap(), page.hidden("seen").unwrap());
    let fields = [("version", version.as_str()), ("seen", seen.as_str()), ("points", "1"), ("action", "return")];
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    for browser in [&mut mallory, &mut victor] {
        browser.get("/teach").await.has_status(200);
    }
    for part in ["", "/rules", "/return"] {
        let address = format!("{}{part}", grading::path(material));
        mallory.get(&address).await.has_status(404);
        mallory.submit(&address, &fields).await.has_status(404);
        victor.submit(&address, &fields).await.has_status(403);
    }
    mallory.get(&sheet).await.has_status(404);
    mallory.submit(&sheet, &fields).await.has_status(404);
    victor.submit(&sheet, &fields).await.has_status(403);
    let seen = victor.get(&sheet).await;
    seen.has_status(200).says("Jonas");
    assert!(!seen.body.contains("Save and next") && !seen.body.contains("grading/rules"), "{}", seen.body);
    // Mallory's own class does not make Jonas hers.
    let theirs = hub.class_of_mallory().await;
    let module = hub.module_in(theirs, "Theirs", None).await;
    let hers = hub.material(module, "Theirs", upload()).await;
    mallory.get(&path(hers, hub.people.jonas)).await.has_status(404);
    mallory
        .submit(&path(hers, hub.people.jonas), &[("version", "0"), ("seen", ""), ("points", "1")])
        .await
        .has_status(404);
    assert_eq!(hub.count("select count(*) from grades where version > 0").await, 0);
    assert_eq!(hub.count("select count(*) from returned_grades").await, 0);
}
