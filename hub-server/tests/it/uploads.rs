//! Handing in files.

use crate::harness::{Attached, Browser, Page, TestApp};
use hub_server::{
    classroom::Classroom,
    config::{Scanner, ScannerSettings, WhenAway},
    material::{Kind, Settings, kind::Handing},
};
use image::{DynamicImage, ImageFormat, RgbImage};
use shared_types::ids::{MaterialId, ModuleId, SubmissionId};
use std::{io::Cursor, os::unix::fs::PermissionsExt};
use uuid::Uuid;

/// A picture that is whole.
pub fn picture() -> Vec<u8> {
    let mut content = Vec::new();
    let picture = RgbImage::from_fn(64, 48, |x, y| image::Rgb([u8::try_from(x).unwrap(), u8::try_from(y).unwrap(), 9]));
    DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut content), ImageFormat::Png).unwrap();
    content
}

impl TestApp {
    /// A material of the class that takes files with these endings.
    pub async fn asks_for(&self, class: &Classroom, kind: Kind, accepted: &[&str]) -> MaterialId {
        let handing = Handing {
            source: "Hand in your cat.".to_owned(),
            html: "<p>Hand in your cat.</p>".to_owned(),
            accepted: accepted.iter().map(|one| (*one).to_owned()).collect(),
            max_bytes: 1_000_000,
            naming: Some("name-cat.png".to_owned()),
        };
        let settings = if kind == Kind::Gallery { Settings::Gallery(handing) } else { Settings::Upload(handing) };
        self.has_material(class, "Cats", &settings).await
    }

    /// A material of the class, in a module of its own.
    pub async fn has_material(&self, class: &Classroom, title: &str, settings: &Settings) -> MaterialId {
        let (module, material) = (ModuleId(self.app.new_id()), MaterialId(self.app.new_id()));
        let now = self.app.clock.now();
        sqlx::query(
            "insert into modules (id, classroom_id, title, position, created_at) values ($1, $2, 'First week', 1, $3)",
        )
        .bind(module.0)
        .bind(class.id.0)
        .bind(now)
        .execute(&self.app.db)
        .await
        .unwrap();
        sqlx::query(
            "insert into materials (id, module_id, kind, title, position, settings, created_at, updated_at)
             values ($1, $2, $3, $4, 1, $5, $6, $6)",
        )
        .bind(material.0)
        .bind(module.0)
        .bind(settings.kind())
        .bind(title)
        .bind(sqlx::types::Json(settings))
        .bind(now)
        .execute(&self.app.db)
        .await
        .unwrap();
        material
    }

    /// The newest submission of all.
    pub async fn newest_submission(&self) -> SubmissionId {
        let id: Uuid = sqlx::query_scalar("select id from submissions order by id desc limit 1")
            .fetch_one(&self.app.db)
            .await
            .unwrap();
        SubmissionId(id)
    }
}

impl Browser<'_> {
    /// Opens a material and hands a file in by its form.
    pub async fn hands_in(&mut self, material: MaterialId, name: &str, content: &[u8]) -> Page {
        self.hands_in_with_note(material, name, content, "").await
    }

    /// The same, with a note.
    pub async fn hands_in_with_note(&mut self, material: MaterialId, name: &str, content: &[u8], note: &str) -> Page {
        let page = self.get(&format!("/student/materials/{material}")).await;
        let key = page.has_status(200).hidden("idempotency_key").unwrap();
        let fields = [("idempotency_key", key.as_str()), ("note", note)];
        self.attach(&format!("/student/materials/{material}/submissions"), &fields, Attached { name, content }).await
    }
}

#[tokio::test]
async fn criteria_that_a_course_brings_have_a_heading() {
    let hub = TestApp::start().await;
    let handing = Handing {
        source: "- The wheel turns".to_owned(),
        html: "<ul>\n<li>The wheel turns</li>\n</ul>\n".to_owned(),
        accepted: Vec::new(),
        max_bytes: 1_000_000,
        naming: None,
    };
    let wheel = hub.has_material(&hub.people.physics, "Wheel", &Settings::Upload(handing)).await;
    let cats = hub.asks_for(&hub.people.physics, Kind::Upload, &["png"]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/materials/{wheel}")).await.says("You are done when").says("The wheel turns");
    let page = jonas.get(&format!("/student/materials/{cats}")).await;
    assert!(!page.says("Hand in your cat.").body.contains("You are done when"), "{}", page.body);
}

#[tokio::test]
async fn jonas_hands_in_a_picture_and_amira_can_open_it() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &["png"]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/materials/{material}")).await;
    page.says("Not handed in yet").says(".png").says("at most 1 MB").says("name-cat.png").says("Hand in your cat.");
    let picture = picture();
    jonas.hands_in_with_note(material, "Mein Kätzchen.png", &picture, "With <b>ears</b>").await.has_status(303);
    let page = jonas.get(&format!("/student/materials/{material}")).await;
    page.says("Your file was handed in").says("Handed in just now (version 1)").says("Mein Kätzchen.png");
    page.says("With &lt;b&gt;ears&lt;/b&gt;").says("/thumbnail");

    let submission = hub.newest_submission().await;
    let own = format!("/student/materials/{material}/submissions/{submission}");
    let class = format!("{}/submissions/{submission}", hub.people.physics.path());
    let mut amira = hub.signed_in(&hub.people.amira).await;
    for file in [jonas.get(&format!("{own}/file")).await, amira.get(&format!("{class}/file")).await] {
        assert_eq!(file.has_status(200).bytes, picture);
        assert_eq!(file.headers["content-type"], "image/png");
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
        assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");
        assert_eq!(
            file.headers["content-disposition"],
            "attachment; filename=\"Mein_K_tzchen.png\"; filename*=UTF-8''Mein%20K%C3%A4tzchen.png"
        );
    }
    for small in [jonas.get(&format!("{own}/thumbnail")).await, amira.get(&format!("{class}/thumbnail")).await] {
        assert_eq!(small.has_status(200).headers["content-type"], "image/jpeg");
        assert!(small.headers["content-disposition"].to_str().unwrap().starts_with("inline"));
    }
}

#[tokio::test]
async fn nobody_else_can_open_it() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    hub.joined(hub.people.jonas).await.hands_in(material, "a.txt", b"hello").await.has_status(303);
    let submission = hub.newest_submission().await;
    let own = format!("/student/materials/{material}/submissions/{submission}/file");
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get(&own).await.has_status(404);
    hub.browser().get(&own).await.leads_to("/");
    let class = format!("{}/submissions/{submission}/file", hub.people.physics.path());
    hub.signed_in(&hub.people.mallory).await.get(&class).await.has_status(404);
    // A teacher of that class only, not of another one of the same school.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Other"), ("accent", "1"), ("idempotency_key", &*key)];
    let other = amira.submit("/teach/classes/new", &fields).await.location().unwrap();
    amira.get(&format!("{other}/submissions/{submission}/file")).await.has_status(404);
    amira.get(&class).await.has_status(200);
    // Neither by somebody who could only take back or share it.
    lena.get("/student/my-data").await;
    for verb in ["withdrawal", "sharing"] {
        let path = format!("/student/materials/{material}/submissions/{submission}/{verb}");
        lena.submit(&path, &[("shared", "yes")]).await.has_status(404);
    }
    assert_eq!(hub.count("select count(*) from submissions where withdrawn_at is null and shared_at is null").await, 1);
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let text = b"0123456789".repeat(200);
    jonas.hands_in(material, "digits.txt", &text).await.has_status(303);
    let path = format!("/student/materials/{material}/submissions/{}/file", hub.newest_submission().await);
    jonas.headers.insert("accept-encoding", "br, gzip".to_owned());
    let whole = jonas.get(&path).await;
    assert_eq!((whole.bytes.len(), whole.headers.get("content-encoding")), (2000, None), "files are sent as they are");
    let etag = whole.headers["etag"].to_str().unwrap().to_owned();
    for (range, if_range, status, content_range, length) in [
        ("bytes=10-19", None, 206, Some("bytes 10-19/2000"), 10),
        ("bytes=-5", None, 206, Some("bytes 1995-1999/2000"), 5),
        ("bytes=1990-", Some(etag.as_str()), 206, Some("bytes 1990-1999/2000"), 10),
        ("bytes=10-19", Some("\"other\""), 200, None, 2000),
        ("bytes=0-1,4-5", None, 200, None, 2000),
        ("bytes=2000-", None, 416, Some("bytes */2000"), 0),
    ] {
        jonas.headers.insert("range", range.to_owned());
        jonas.headers.remove("if-range");
        if let Some(tag) = if_range {
            jonas.headers.insert("if-range", tag.to_owned());
        }
        let part = jonas.get(&path).await;
        part.has_status(status);
        assert_eq!(part.headers.get("content-range").map(|range| range.to_str().unwrap()), content_range, "{range}");
        assert_eq!(part.bytes.len(), length, "{range}");
    }
    jonas.headers.remove("range");
    let head = jonas.send(axum::http::Method::HEAD, &path, None).await;
    assert_eq!((head.bytes.len(), head.headers["content-length"].to_str().unwrap()), (0, "2000"));
    jonas.headers.insert("if-none-match", etag);
    jonas.get(&path).await.has_status(304);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_submission() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let key = jonas.get(&format!("/student/materials/{material}")).await.hidden("idempotency_key").unwrap();
    let path = format!("/student/materials/{material}/submissions");
    let file = Attached { name: "a.txt", content: b"hello" };
    let (mut first, mut second) = (jonas.clone(), jonas.clone());
    let fields = [("idempotency_key", key.as_str())];
    let (one, two) = tokio::join!(first.attach(&path, &fields, file), second.attach(&path, &fields, file));
    one.has_status(303);
    two.has_status(303);
    jonas.attach(&path, &fields, file).await.leads_to(&format!("/student/materials/{material}"));
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    assert_eq!(hub.count("select count(*) from stored_files").await, 1);
    assert_eq!(hub.files_kept(), 1);
    assert_eq!(hub.files_spooled(), 0);
}

#[tokio::test]
async fn versions_are_kept_and_the_newest_can_be_withdrawn() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "one.txt", b"one").await.has_status(303);
    let first = hub.newest_submission().await;
    hub.later(chrono::Duration::minutes(5));
    jonas.hands_in(material, "two.txt", b"two").await.has_status(303);
    let second = hub.newest_submission().await;
    let page = jonas.get(&format!("/student/materials/{material}")).await;
    page.says("(version 2)").says("one.txt").says("two.txt");
    let withdrawal =
        |submission: SubmissionId| format!("/student/materials/{material}/submissions/{submission}/withdrawal");
    jonas.submit(&withdrawal(first), &[]).await.has_status(404);
    jonas.submit(&withdrawal(second), &[]).await.has_status(303);
    jonas.submit(&withdrawal(second), &[]).await.has_status(404);
    jonas.get(&format!("/student/materials/{material}")).await.says("(version 1)").says("Withdrawn");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let class = hub.people.physics.path();
    amira.get(&format!("{class}/submissions/{second}/file")).await.has_status(404);
    amira.get(&format!("{class}/submissions/{first}/file")).await.has_status(200);
    // The next one does not take the number again.
    jonas.hands_in(material, "three.txt", b"three").await.has_status(303);
    jonas.get(&format!("/student/materials/{material}")).await.says("(version 3)");
}

#[tokio::test]
async fn what_was_withdrawn_by_mistake_is_handed_in_again_with_its_own_time() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let path = format!("/student/materials/{material}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "one.txt", b"one").await.has_status(303);
    let first = hub.newest_submission().await;
    let of = |what: &str| format!("{path}/submissions/{first}/{what}");
    // It was due before he finds out.
    hub.due(material, hub.app.clock.now() + chrono::Duration::minutes(5)).await;
    hub.later(chrono::Duration::minutes(10));
    jonas.submit(&of("withdrawal"), &[]).await.leads_to(&path);
    let page = jonas.get(&path).await;
    page.says("This version is withdrawn.").says("Undo").says(&format!("action=\"{}\"", of("restoration")));
    // Nobody else brings it back, and it is no button of another site.
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get(&path).await;
    lena.submit(&of("restoration"), &[]).await.has_status(404);
    jonas.post(&of("restoration"), &[]).await.has_status(403);
    assert_eq!(hub.count("select count(*) from submissions where withdrawn_at is null").await, 0);

    jonas.submit(&of("restoration"), &[]).await.leads_to(&path);
    jonas.get(&path).await.says("It is handed in again, with the time it had.").says("(version 1)");
    let on_time = "select count(*) from grades where handed_in_at = '2026-11-23T09:00:00Z'";
    assert_eq!(hub.count(on_time).await, 1);
    // Pressed twice is pressed once.
    jonas.submit(&of("restoration"), &[]).await.leads_to(&path);
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
}

#[tokio::test]
async fn what_was_withdrawn_does_not_come_back_past_a_grade_that_is_the_last_word() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let path = format!("/student/materials/{material}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "one.txt", b"one").await.has_status(303);
    let first = hub.newest_submission().await;
    jonas.submit(&format!("{path}/submissions/{first}/withdrawal"), &[]).await.leads_to(&path);
    sqlx::query(
        "insert into grading_schemes (material_id, most, resubmission, updated_at) values ($1, 10000, false, now())",
    )
    .bind(material.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    hub.given_back(material, hub.people.jonas, Some(0), "Nothing came").await;
    jonas.submit(&format!("{path}/submissions/{first}/restoration"), &[]).await.leads_to(&path);
    assert_eq!(hub.count("select count(*) from submissions where withdrawn_at is null").await, 0);
    jonas.get(&path).await.says("0 of 100 points").says("Graded. No file of yours is handed in here.");
}

#[tokio::test]
async fn what_is_not_wanted_is_refused_with_a_sentence_and_leaves_nothing() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &["png", "txt", "zip"]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let picture = picture();
    let large = vec![b'a'; 1_000_001];
    for (name, content, says) in [
        ("a.txt", &b""[..], "This file is empty"),
        ("a.txt", &large, "too large: at most 1 MB"),
        ("a.pdf", b"%PDF-1.4 %%EOF", "not wanted here. Wanted: .png, .txt, .zip"),
        ("a.exe", b"MZ", "We cannot take this kind of file"),
        ("noending", b"hello", "We cannot take this kind of file"),
        ("a.png", b"hello", "called .png, but inside it is a .txt"),
        ("a.txt", &picture, "called .txt, but inside it is a .png"),
        ("a.png", &picture[..picture.len() / 2], "damaged or not complete"),
        ("a.zip", b"PK\x03\x04hello", "damaged or not complete"),
    ] {
        let page = jonas.hands_in_with_note(material, name, content, "My <note>").await;
        page.has_status(422).says(says).says("My &lt;note&gt;").says("aria-invalid");
        jonas.headers.insert("accept", "application/json".to_owned());
        let key = uuid::Uuid::from_u128(9).to_string();
        let path = format!("/student/materials/{material}/submissions");
        let told = jonas.attach(&path, &[("idempotency_key", &key)], Attached { name, content }).await;
        told.has_status(422).says(r#"{"message":""#).says(says);
        jonas.headers.remove("accept");
    }
    let page = jonas.get(&format!("/student/materials/{material}")).await;
    let key = page.hidden("idempotency_key").unwrap();
    let path = format!("/student/materials/{material}/submissions");
    jonas
        .attach(&path, &[("idempotency_key", &key)], Attached { name: "", content: b"" })
        .await
        .says("Choose a file first");
    assert_eq!(hub.count("select count(*) from submissions").await, 0);
    assert_eq!(hub.count("select count(*) from stored_files").await, 0);
    assert_eq!((hub.files_kept(), hub.files_spooled()), (0, 0));
}

#[tokio::test]
async fn the_token_is_checked_before_any_byte_of_the_file_is_read() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let key = jonas.get(&format!("/student/materials/{material}")).await.hidden("idempotency_key").unwrap();
    let path = format!("/student/materials/{material}/submissions");
    let file = Some(Attached { name: "a.txt", content: b"hello" });
    let good = jonas.csrf.clone();
    for fields in [
        vec![("idempotency_key", key.as_str())],
        vec![("csrf", "AAAA"), ("idempotency_key", key.as_str())],
        // After something else it does not count: that could have been the file.
        vec![("idempotency_key", key.as_str()), ("csrf", good.as_str())],
    ] {
        jonas.post_multipart(&path, &fields, file).await.has_status(403);
    }
    jonas.headers.insert("sec-fetch-site", "cross-site".to_owned());
    jonas.post_multipart(&path, &[("csrf", &good), ("idempotency_key", &key)], file).await.has_status(403);
    jonas.headers.remove("sec-fetch-site");
    jonas.submit(&path, &[("idempotency_key", &key)]).await.has_status(400);
    assert_eq!(hub.count("select count(*) from submissions").await, 0);
    jonas.post_multipart(&path, &[("csrf", &good), ("idempotency_key", &key)], file).await.has_status(303);
}

#[tokio::test]
async fn what_is_not_open_or_not_of_the_class_takes_nothing() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let text = hub
        .has_material(&hub.people.physics, "Read", &Settings::Text { source: String::new(), html: String::new() })
        .await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let key = jonas.get(&format!("/student/materials/{material}")).await.hidden("idempotency_key").unwrap();
    let file = Attached { name: "a.txt", content: b"hello" };
    for other in [text, MaterialId(Uuid::from_u128(5))] {
        let path = format!("/student/materials/{other}/submissions");
        jonas.attach(&path, &[("idempotency_key", &key)], file).await.has_status(404);
    }
    sqlx::query("update materials set deleted_at = now()").execute(&hub.app.db).await.unwrap();
    let path = format!("/student/materials/{material}/submissions");
    jonas.attach(&path, &[("idempotency_key", &key)], file).await.has_status(404);
    assert_eq!(hub.count("select count(*) from submissions").await, 0);
}

/// A scanner that is a program with these lines.
async fn with_scanner(name: &str, lines: &str, when_away: WhenAway) -> TestApp {
    let program = std::env::temp_dir().join(format!("hub-scanner-{}-{name}", std::process::id()));
    std::fs::write(&program, format!("#!/bin/sh\n{lines}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    TestApp::start_with_scanner(ScannerSettings { scanner: Scanner::Command(program), when_away, timeout_s: 10 }).await
}

#[tokio::test]
async fn a_scanner_has_the_last_word() {
    let hub = with_scanner("last", "if grep -q virus \"$1\"; then exit 1; else exit 0; fi", WhenAway::Refuse).await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "a.txt", b"a virus").await.has_status(422).says("virus scanner found something");
    jonas.hands_in(material, "a.txt", b"a poem").await.has_status(303);
    assert_eq!(hub.files_kept(), 1);
}

#[tokio::test]
async fn while_the_scanner_is_away_the_school_decides() {
    for (name, when_away, status) in [("refuse", WhenAway::Refuse, 422), ("accept", WhenAway::Accept, 303)] {
        let hub = with_scanner(name, "exit 7", when_away).await;
        let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
        let mut jonas = hub.joined(hub.people.jonas).await;
        let page = jonas.hands_in(material, "a.txt", b"a poem").await;
        page.has_status(status);
        if status == 422 {
            page.says("cannot be checked for viruses");
        }
    }
}

#[tokio::test]
async fn clamd_is_sent_the_file_in_pieces_and_believed() {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    // What clamd does, as far as its manual says.
    let clamd = tokio::spawn(async move {
        for answer in ["stream: OK\0", "stream: Eicar-Test-Signature FOUND\0"] {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut command = [0; 10];
            socket.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let length = socket.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length as usize];
                socket.read_exact(&mut piece).await.unwrap();
                content.extend(piece);
            }
            assert_eq!(content, b"a poem");
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let scanner = Scanner::ClamdTcp(address);
    let hub =
        TestApp::start_with_scanner(ScannerSettings { scanner, when_away: WhenAway::Refuse, timeout_s: 10 }).await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "a.txt", b"a poem").await.has_status(303);
    jonas.hands_in(material, "a.txt", b"a poem").await.has_status(422).says("virus scanner");
    clamd.await.unwrap();
}
