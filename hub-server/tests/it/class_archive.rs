//! A whole class taken along and brought in elsewhere.

use crate::{
    harness::{Attached, Browser, Page, TestApp},
    uploads::picture,
};
use hub_server::material::{Answer, Kind, Settings};
use sha2::{Digest, Sha256};
use shared_types::ids::ClassroomId;
use sqlx::AssertSqlSafe;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};

const IMPORTS: &str = "/teach/classes/imports";
/// What an imported class is called.
const LOOK: &[(&str, &str)] = &[("name", "Physics 7b"), ("accent", "2")];

type Files = BTreeMap<String, Vec<u8>>;

fn unzipped(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        files.insert(entry.name().unwrap().into_owned(), content);
    }
    files
}

fn zipped(files: &Files) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn manifest(files: &Files) -> serde_json::Value {
    serde_json::from_slice(&files["manifest.json"]).unwrap()
}

/// The archive with one entry replaced, and a manifest that says so.
fn forged(bytes: &[u8], path: &str, content: Vec<u8>) -> Vec<u8> {
    let mut files = unzipped(bytes);
    let mut manifest = manifest(&files);
    let sha256: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["files"][path] = serde_json::json!({ "bytes": content.len(), "sha256": sha256 });
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
    files.insert(path.to_owned(), content);
    zipped(&files)
}

/// Amira's class with a course, work and grades in it.
async fn full() -> TestApp {
    let (hub, lessons) = TestApp::with_our_course().await;
    let physics = &hub.people.physics;
    let upload = hub.asks_for(physics, Kind::Upload, &[]).await;
    let settings = Settings::Reflection {
        source: "Why?".to_owned(),
        html: "<p>Why <em>so</em>? <a href=\"https://example.org/x\" rel=\"noopener noreferrer\">x</a></p>\n"
            .to_owned(),
    };
    let reflection = hub.has_material(physics, "What I learnt", &settings).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(upload, "cat.png", &picture()).await.has_status(303);
    jonas.hands_in_with_note(upload, "cat.png", &picture(), "better").await.has_status(303);
    hub.joined(hub.people.lena).await.hands_in(upload, "lena.txt", b"lena's own").await.has_status(303);
    let answer = Answer::Reflection { text: "Light bends".to_owned() };
    for (sql, json) in [
        (
            "insert into responses (material_id, student_id, answer, saved_at, handed_in_at) values ($1, $2, $3, now(), now())",
            serde_json::to_value(&answer).unwrap(),
        ),
        (
            "update grades set version = 2, points = 8000, levels = $3, comment = 'Good', private_note = 'tired',
                 complete = true, graded_work_at = handed_in_at, graded_at = now(), returned_version = 2
             where material_id = $1 and student_id = $2",
            serde_json::json!({"c": 1}),
        ),
        (
            "insert into returned_grades (material_id, student_id, version, points, most, rubric, levels, comment, excused,
                 late, work_at, returned_at)
             values ($1, $2, 2, 8000, 10000, '[]', $3, 'Good', false, false, now(), now())",
            serde_json::json!({"c": 1}),
        ),
        (
            "insert into grading_schemes (material_id, most, rubric, late, updated_at)
             select $1, 10000, '[{\"id\":\"c\",\"title\":\"Code\",\"levels\":[]}]', 'deduct', now() where $2::uuid is not null and $3::jsonb is not null",
            serde_json::json!({}),
        ),
        (
            "insert into drafts (material_id, student_id, text, saved_at) select $1, $2, 'half', now() where $3::jsonb is not null",
            serde_json::json!({}),
        ),
    ] {
        let query = sqlx::query(sql).bind(reflection.0).bind(hub.people.jonas.0).bind(json);
        query.execute(&hub.app.db).await.unwrap();
    }
    sqlx::query("insert into read_materials (material_id, student_id, read_at) values ($1, $2, now())")
        .bind(reflection.0)
        .bind(hub.people.jonas.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    for sql in [
        "insert into finished_lessons (student_id, lesson_id, finished_at) values ($2, $3, now())",
        "insert into lesson_releases (classroom_id, lesson_id, state, opens_at, changed_at)
         select $1, $3, 'scheduled', now(), now() where $2::uuid is not null",
        "insert into helper_lesson_rules (classroom_id, lesson_id, enabled, max_rung, answers, changed_at)
         select $1, $3, true, 'concept', '{42,\"a b\"}', now() where $2::uuid is not null",
        "insert into helper_class_rules (classroom_id, enabled, strictness, scope_mode, topic_filter, max_rung,
             allowed_topics, days, per_minute, per_day, class_per_day, changed_at)
         select $1, true, 'light', 'soft', true, 'concept', '{lamps}', '{1,2}', 6, 60, 900, now()
         where $2::uuid is not null and $3::uuid is not null",
        "insert into announcements (id, classroom_id, source, html, published_at)
         select gen_random_uuid(), $1, 'Bring a *lamp*', '<p>Bring a <em>lamp</em></p>', now()
         where $2::uuid is not null and $3::uuid is not null",
        "insert into outcomes (classroom_id, work_percent, title, statement, signatory, language, changed_at)
         select $1, 80, 'Light', '', 'Amira', 'es', now() where $2::uuid is not null and $3::uuid is not null",
    ] {
        let query = sqlx::query(sql).bind(physics.id.0).bind(hub.people.jonas.0).bind(lessons[0].0);
        query.execute(&hub.app.db).await.unwrap();
    }
    hub
}

/// Everything of a class but ids, codes and names of staff: rows as texts, by table.
async fn rows(hub: &TestApp, class: ClassroomId) -> BTreeMap<&'static str, Vec<String>> {
    let labels: Vec<(uuid::Uuid, String)> = sqlx::query_as(
        "select $1::uuid, 'the class' union all select id, 'module ' || title from modules where classroom_id = $1
         union all select m.id, 'material ' || u.title || ' ' || m.title || ' ' || coalesce(m.origin, '')
                   from materials m join modules u on u.id = m.module_id where u.classroom_id = $1
         union all select id, 'student ' || display_name from students where classroom_id = $1
         union all select l.id, 'lesson ' || l.slug from lessons l join classroom_courses k on k.course_id = l.course_id
                   where k.classroom_id = $1
         union all select id, encode(sha256, 'hex') from stored_files",
    )
    .bind(class.0)
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    let labels: BTreeMap<String, String> = labels.into_iter().map(|(id, label)| (id.to_string(), label)).collect();
    let materials = "t.material_id in (select m.id from materials m join modules u on u.id = m.module_id where u.classroom_id = $1)";
    let students = "t.student_id in (select id from students where classroom_id = $1)";
    let of_class = "t.classroom_id = $1";
    let mut all = BTreeMap::new();
    for (table, which) in [
        ("modules", of_class),
        ("materials", "t.module_id in (select id from modules where classroom_id = $1)"),
        ("grading_schemes", materials),
        ("lesson_releases", of_class),
        ("announcements", of_class),
        ("outcomes", of_class),
        ("helper_class_rules", of_class),
        ("helper_lesson_rules", of_class),
        ("students", of_class),
        ("grades", students),
        ("submissions", students),
        ("responses", students),
        ("drafts", students),
        ("finished_lessons", students),
        ("read_materials", students),
        ("returned_grades", students),
    ] {
        // When somebody was last seen is not taken along: that was in another place.
        let without = "{staff_id,return_code_hash,invitation_id,graded_by,returned_by,last_seen_at}";
        let statement = format!("select to_jsonb(t) - $2::text[] from {table} t where {which}");
        let found: Vec<serde_json::Value> = sqlx::query_scalar(AssertSqlSafe(statement))
            .bind(class.0)
            .bind(without.trim_matches(['{', '}']).split(',').collect::<Vec<_>>())
            .fetch_all(&hub.app.db)
            .await
            .unwrap();
        let mut texts: Vec<String> = found
            .into_iter()
            .map(|mut row| {
                if table == "submissions" || table == "announcements" {
                    row.as_object_mut().unwrap().remove("id");
                }
                labels.iter().fold(row.to_string(), |text, (id, label)| text.replace(id, label))
            })
            .collect();
        texts.sort();
        all.insert(table, texts);
    }
    all
}

async fn exported(amira: &mut Browser<'_>, hub: &TestApp, people: &str) -> Vec<u8> {
    let path = format!("{}/archive", hub.people.physics.path());
    amira.get(&path).await.has_status(200).says("Take this class along");
    let sent = amira.submit(&path, &[("people", people)]).await;
    assert_eq!(sent.has_status(200).headers["content-type"], "application/zip");
    sent.bytes
}

async fn sent(browser: &mut Browser<'_>, content: &[u8]) -> Page {
    browser.get(IMPORTS).await.has_status(200);
    browser.attach(IMPORTS, &[], Attached { name: "physics.class.zip", content }).await
}

/// The class that mallory brings in.
async fn brought_in(mallory: &mut Browser<'_>, content: &[u8]) -> ClassroomId {
    let preview = sent(mallory, content).await.location().unwrap();
    mallory.get(&preview).await.has_status(200).says("Physics 7b");
    let class = mallory.submit(&preview, LOOK).await.location().unwrap();
    mallory.get(&class).await.has_status(200).says("The class is here");
    mallory.submit(&preview, LOOK).await.has_status(404);
    class.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_class_comes_out_of_its_archive_as_it_went_in() {
    let hub = full().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let archive = exported(&mut amira, &hub, "on").await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let class = brought_in(&mut mallory, &archive).await;
    let (before, after) = (rows(&hub, hub.people.physics.id).await, rows(&hub, class).await);
    for (table, rows) in &before {
        assert!(!rows.is_empty(), "{table}: fill it in this test");
        assert_eq!(rows, &after[table], "{table}");
    }
    // What is there can be read: the student's file, byte for byte, with a small picture of its own.
    let file: uuid::Uuid = sqlx::query_scalar(
        "select w.id from submissions w join students s on s.id = w.student_id where s.classroom_id = $1 and version = 2",
    )
    .bind(class.0)
    .fetch_one(&hub.app.db)
    .await
    .unwrap();
    let got = mallory.get(&format!("/teach/classes/{class}/submissions/{file}/file")).await;
    assert_eq!(got.has_status(200).bytes, picture());
    mallory.get(&format!("/teach/classes/{class}/gradebook")).await.has_status(200).says("80");
    mallory.get(&format!("/teach/classes/{class}/lessons")).await.has_status(200);
    assert_eq!(hub.count("select count(*) from class_imports").await, 0);
    assert_eq!(
        hub.count("select count(*) from audit_entries where action in ('classroom_exported', 'classroom_imported')")
            .await,
        2
    );
    // The same course a second time: it is here already and stays.
    let courses = hub.count("select count(*) from courses").await;
    brought_in(&mut mallory, &archive).await;
    assert_eq!(hub.count("select count(*) from courses").await, courses);
}

#[tokio::test]
async fn beside_its_original_a_class_has_a_name_of_its_own_and_nobody_is_there_yet() {
    let hub = full().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let archive = exported(&mut amira, &hub, "on").await;
    let preview = sent(&mut amira, &archive).await.location().unwrap();
    amira.get(&preview).await.has_status(200).says("Physics 7b (copy)");
    let refused = amira.submit(&preview, &[("name", " "), ("accent", "3")]).await;
    refused.has_status(422).says("Give the class a name");
    let class = amira.submit(&preview, &[("name", "Physics, again"), ("accent", "3")]).await.location().unwrap();
    amira.get(&class).await.has_status(200).says("Physics, again").says("Nobody is here at the moment");
    // They were here a moment ago, in the class that was exported.
    let seen = "select count(*) from students where last_seen_at <> joined_at and classroom_id =
                (select id from classrooms where name = 'Physics, again')";
    assert_eq!(hub.count(seen).await, 0);
}

#[tokio::test]
async fn without_people_nobody_is_in_it() {
    let hub = full().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let archive = exported(&mut amira, &hub, "").await;
    let files = unzipped(&archive);
    let all: Vec<u8> = files.values().flatten().copied().collect();
    let all = String::from_utf8_lossy(&all).into_owned();
    assert!(!all.contains("Jonas") && !all.contains("lena") && !all.contains("tired"), "no name, no note");
    assert!(!files.keys().any(|path| path.starts_with("files/") || path.contains("students")));
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let class = brought_in(&mut mallory, &archive).await;
    let after = rows(&hub, class).await;
    assert!(after["students"].is_empty() && !after["materials"].is_empty());
    assert_eq!(rows(&hub, hub.people.physics.id).await["materials"], after["materials"]);
}

#[tokio::test]
async fn a_bad_archive_is_refused_in_a_sentence_and_leaves_nothing() {
    let hub = full().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let good = exported(&mut amira, &hub, "on").await;
    let (classes, files) = (hub.count("select count(*) from classrooms").await, hub.files_kept());
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let mut damaged = unzipped(&good);
    damaged.insert("tables/modules.json".to_owned(), b"[]".to_vec());
    let mut missing = unzipped(&good);
    missing.remove("tables/materials.json");
    let mut extra = unzipped(&good);
    extra.insert("../../evil".to_owned(), b"x".to_vec());
    let mut newer = unzipped(&good);
    let mut sheet = manifest(&newer);
    sheet["version"] = serde_json::json!(2);
    newer.insert("manifest.json".to_owned(), serde_json::to_vec(&sheet).unwrap());
    let picture_path = unzipped(&good).iter().find(|(_, content)| **content == picture()).unwrap().0.clone();
    for (content, sentence) in [
        (b"not a zip".to_vec(), "no file of a class"),
        (zipped(&Files::from([("a.txt".to_owned(), b"x".to_vec())])), "no file of a class"),
        (zipped(&damaged), "tables/modules.json"),
        (zipped(&missing), "tables/materials.json"),
        (zipped(&extra), "damaged"),
        (zipped(&newer), "newer Class Hub"),
        (forged(&good, "tables/drafts.json", b"{}".to_vec()), "drafts"),
        (forged(&good, "tables/students.json", b"[]".to_vec()), "cannot be read"),
        (good[..good.len() / 2].to_vec(), "no file of a class"),
    ] {
        sent(&mut mallory, &content).await.has_status(422).says(sentence);
    }
    // What only shows when the files are looked at is refused whole too.
    let preview = sent(&mut mallory, &forged(&good, &picture_path, b"no picture".to_vec())).await.location().unwrap();
    mallory.get(&preview).await;
    mallory.submit(&preview, LOOK).await.has_status(422).says("cat.png");
    mallory.get(&preview).await;
    mallory.submit(&format!("{preview}/removal"), &[]).await.leads_to(IMPORTS);
    assert_eq!(hub.count("select count(*) from classrooms").await, classes);
    assert_eq!(hub.files_kept(), files, "no file stays behind");
    assert_eq!(hub.count("select count(*) from students").await, 2);
}

#[tokio::test]
async fn mallory_brings_in_nothing_of_amira_s_and_no_script() {
    let hub = full().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let good = exported(&mut amira, &hub, "on").await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    // A row that names a student who is not in the archive, but in the database.
    let table: serde_json::Value = serde_json::from_slice(&unzipped(&good)["tables/drafts.json"]).unwrap();
    let mut theirs = table.clone();
    theirs[0]["student_id"] = serde_json::json!(hub.people.lena.to_string());
    theirs[0]["material_id"] = serde_json::json!(uuid::Uuid::from_u128(5));
    let forgery = forged(&good, "tables/drafts.json", serde_json::to_vec(&theirs).unwrap());
    sent(&mut mallory, &forgery).await.has_status(422).says("drafts");
    let mut scripts: serde_json::Value = serde_json::from_slice(&unzipped(&good)["tables/announcements.json"]).unwrap();
    scripts[0]["html"] = serde_json::json!("<p>Hi</p><script>alert(1)</script><img src=x onerror=alert(2)>");
    let forgery = forged(&good, "tables/announcements.json", serde_json::to_vec(&scripts).unwrap());
    let class = brought_in(&mut mallory, &forgery).await;
    let page = mallory.get(&format!("/teach/classes/{class}/announcements")).await;
    assert!(!page.body.contains("alert("), "{}", page.body);
    // Another's import is not there, and a viewer brings in nothing.
    let preview = sent(&mut mallory, &good).await.location().unwrap();
    amira.get(&preview).await.has_status(404);
    amira.submit(&preview, LOOK).await.has_status(404);
    let mut victor = hub.signed_in(&hub.people.victor).await;
    victor.get(IMPORTS).await.has_status(403);
}
