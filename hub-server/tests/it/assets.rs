//! The organisation's own files: folders, who may see them and when, and their way into lessons.

use crate::harness::{Attached, Browser, Page, TestApp};

const FILM: &[u8] = b"\0\0\0\x18ftypmp42 and the film itself, played in parts";

impl TestApp {
    fn files(&self) -> String {
        format!("/teach/files/{}", self.people.riverside)
    }

    /// Uploads a film into a folder; returns its address for students and the start of its teacher's addresses.
    async fn with_a_film(&self, amira: &mut Browser<'_>) -> (String, String) {
        let files = self.files();
        amira.get(&files).await.has_status(200).says("Nothing here yet");
        let film = Attached { name: "Ships at night.mp4", content: FILM };
        let sent = amira.attach(&files, &[("folder", " films / unit 1 ")], film).await;
        sent.leads_to(&format!("{files}?folder=films%2Funit+1"));
        let page = amira.get(&sent.location().unwrap()).await;
        page.has_status(200).says("Ships at night.mp4").says("Hidden").says("unit 1");
        (address(&page), action(&page))
    }
}

fn address(page: &Page) -> String {
    let (_, rest) = page.body.split_once("href=\"/files/").unwrap();
    format!("/files/{}", rest.split('"').next().unwrap())
}

/// Where the buttons of the first file send their forms, up to the file's id.
fn action(page: &Page) -> String {
    let (before, _) = page.body.split_once("/visibility\"").unwrap();
    before.rsplit_once("action=\"").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_film_is_seen_by_students_once_it_is_published_and_played_in_parts() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, action) = hub.with_a_film(&mut amira).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&film).await.has_status(404);
    amira.get(&film).await.has_status(200);
    amira.submit(&format!("{action}/visibility"), &[("published", "true")]).await.has_status(303);
    let whole = jonas.get(&film).await;
    whole.has_status(200);
    assert_eq!(whole.bytes, FILM);
    assert_eq!(whole.headers["content-type"], "video/mp4");
    assert_eq!(whole.headers["x-content-type-options"], "nosniff");
    // Opened by itself the browser makes a page around it, which may load the film and nothing else.
    let policy = whole.headers["content-security-policy"].to_str().unwrap();
    assert_eq!(policy, "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'");
    jonas.headers.insert("range", "bytes=4-7".to_owned());
    let part = jonas.get(&film).await;
    part.has_status(206);
    assert_eq!((part.bytes.as_slice(), part.headers["content-length"].to_str().unwrap()), (&b"ftyp"[..], "4"));
    jonas.headers.insert("if-range", "\"another\"".to_owned());
    jonas.get(&film).await.has_status(200);
    jonas.headers.remove("if-range");
    jonas.headers.insert("range", "bytes=0-1,4-5".to_owned());
    jonas.get(&film).await.has_status(200);
    let head = jonas.send(axum::http::Method::HEAD, &film, None).await;
    assert_eq!((head.bytes.len(), head.headers["accept-ranges"].to_str().unwrap()), (0, "bytes"));
    jonas.headers.clear();
    amira.submit(&format!("{action}/visibility"), &[("published", "false")]).await.has_status(303);
    jonas.get(&film).await.has_status(404);
}

#[tokio::test]
async fn nobody_of_another_organisation_sees_or_changes_it() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, action) = hub.with_a_film(&mut amira).await;
    amira.submit(&format!("{action}/visibility"), &[("published", "true")]).await.has_status(303);
    hub.browser().get(&film).await.has_status(404);
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(&format!("/teach/files/{}", hub.people.hilltop)).await.has_status(200);
    mallory.get(&film).await.has_status(404);
    mallory.get(&hub.files()).await.has_status(404);
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("visibility", &[("published", "false")]),
        ("place", &[("name", "mine.mp4"), ("folder", "")]),
        ("deletion", &[]),
        ("restoration", &[]),
    ];
    for (what, fields) in forms {
        mallory.submit(&format!("{action}/{what}"), fields).await.has_status(404);
        // Not even under her own organisation's address.
        let hers = action.replace(&hub.people.riverside.to_string(), &hub.people.hilltop.to_string());
        mallory.submit(&format!("{hers}/{what}"), fields).await.has_status(404);
    }
    mallory.attach(&hub.files(), &[("folder", "")], Attached { name: "a.png", content: b"" }).await.has_status(404);
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let page = victor.get(&format!("{}?folder=films%2Funit+1", hub.files())).await;
    page.has_status(200).says("Ships at night.mp4");
    assert!(
        !page.body.contains("/deletion") && !page.body.contains("type=\"file\""),
        "no button that would be refused"
    );
    for (what, fields) in forms {
        victor.submit(&format!("{action}/{what}"), fields).await.has_status(403);
    }
    assert_eq!(hub.count("select count(*) from assets where published and deleted_at is null").await, 1);
}

#[tokio::test]
async fn a_file_keeps_its_address_when_it_is_renamed_moved_deleted_and_brought_back() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, action) = hub.with_a_film(&mut amira).await;
    amira.submit(&format!("{action}/visibility"), &[("published", "true")]).await.has_status(303);
    let mut jonas = hub.joined(hub.people.jonas).await;
    let moved = amira.submit(&format!("{action}/place"), &[("name", "Ships"), ("folder", "old")]).await;
    moved.leads_to(&format!("{}?folder=old", hub.files()));
    amira.get(&moved.location().unwrap()).await.says("Ships.mp4");
    jonas.get(&film).await.has_status(200);
    let refused = amira.submit(&format!("{action}/place"), &[("name", "Boats"), ("folder", "../up")]).await;
    refused.has_status(422).says("value=\"Boats\"").says("value=\"../up\"").says("at most six levels");
    refused.says("<details open").says("href=\"#field-folder-");
    assert_eq!(hub.count("select count(*) from assets where folder = 'old' and name = 'Ships.mp4'").await, 1);
    amira.submit(&format!("{action}/deletion"), &[]).await.has_status(303);
    jonas.get(&film).await.has_status(404);
    amira.get(&film).await.has_status(404);
    amira.get(&hub.files()).await.says("Deleted").says("old/Ships.mp4");
    hub.later(chrono::Duration::days(29));
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.files()).await.says("Bring back");
    amira.submit(&format!("{action}/restoration"), &[]).await.has_status(303);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&film).await.has_status(200);
    amira.submit(&format!("{action}/deletion"), &[]).await.has_status(303);
    hub.later(chrono::Duration::days(31));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from assets").await, 0);
}

#[tokio::test]
async fn what_is_no_file_for_lessons_is_refused_with_a_sentence() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.files()).await;
    for (name, content, sentence) in [
        ("page.html", &b"<script>alert(1)</script>"[..], "Files of this kind"),
        ("film.mp4", b"<html><script>alert(1)</script>", "Files of this kind"),
        ("drawing.svg", b"<svg onload=alert(1)>", "Files of this kind"),
        ("", b"", "Choose a file first"),
        ("empty.png", b"", "Choose a file first"),
    ] {
        let page = amira.attach(&hub.files(), &[("folder", "films")], Attached { name, content }).await;
        page.has_status(422).says(sentence).says("value=\"films\"");
    }
    let page = amira.attach(&hub.files(), &[("folder", "../up")], Attached { name: "a.mp4", content: FILM }).await;
    page.has_status(422).says("at most six levels").says("value=\"../up\"");
    assert_eq!(hub.count("select count(*) from assets").await, 0);
    assert_eq!(hub.count("select count(*) from stored_files").await, 0);
}

#[tokio::test]
async fn the_script_that_shows_the_progress_is_told_where_to_go_or_what_is_wrong() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.files()).await.says("data-max-bytes=\"524288000\"").says("data-takes=\"png jpg");
    amira.headers.insert("accept", "application/json".to_owned());
    let film = Attached { name: "a.mp4", content: FILM };
    let sent = amira.attach(&hub.files(), &[("folder", "films")], film).await;
    sent.has_status(200);
    assert_eq!(sent.body, format!("{{\"location\":\"{}?folder=films\"}}", hub.files()));
    for (folder, name, sentence) in
        [("films", "a.html", "Files of this kind"), ("../up", "a.mp4", "at most six levels")]
    {
        let refused = amira.attach(&hub.files(), &[("folder", folder)], Attached { name, content: FILM }).await;
        refused.has_status(422).says("\"message\":").says(sentence);
    }
}

#[tokio::test]
async fn who_writes_is_told_of_hidden_files_and_who_hides_of_the_lessons_that_use_them() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, action) = hub.with_a_film(&mut amira).await;
    let course: uuid::Uuid = sqlx::query_scalar("select id from courses").fetch_one(&hub.app.db).await.unwrap();
    let edit = format!("/teach/courses/{course}/lessons/{}/edit", lessons[0]);
    let hidden = "Ships at night.mp4 is hidden; students will not see it.";
    let body = format!("Intro.\n\n![Ships]({film})\n");
    let fields = |go: &'static str, revision: String| {
        [
            ("base_version", "1".to_owned()),
            ("revision", revision),
            ("title", "Ships".to_owned()),
            ("body", body.clone()),
            ("go", go.to_owned()),
        ]
    };
    let revision = |page: &Page| page.hidden("revision").unwrap();
    let send = |fields: &[(&'static str, String)]| {
        fields.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>()
    };
    let page = amira.get(&edit).await;
    for go in ["live", "preview"] {
        let sent = send(&fields(go, if go == "live" { revision(&page) } else { "1".to_owned() }));
        let sent: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        amira.submit(&edit, &sent).await.has_status(200).says(hidden).says("form=\"lesson-form\"");
    }
    // Published all the same, it leads back to where the button is.
    let sent = send(&fields("publish", "2".to_owned()));
    let sent: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    amira.submit(&edit, &sent).await.leads_to(&edit);
    let page = amira.get(&edit).await;
    page.says("The lesson is published").says(hidden).says("Publish it too");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&film).await.has_status(404);
    let sent = send(&fields("files", revision(&page)));
    let sent: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    amira.submit(&edit, &sent).await.leads_to(&edit);
    jonas.get(&film).await.has_status(200);
    assert!(!amira.get(&edit).await.body.contains(hidden));

    amira.get(&format!("{}?folder=films%2Funit+1", hub.files())).await.says("Used in: Ships.");
    amira.submit(&format!("{action}/deletion"), &[]).await.has_status(303);
    let page = amira.get(&edit).await;
    page.says("Ships at night.mp4 was deleted");
    assert!(!page.body.contains("Publish it too"), "{}", page.body);
}

#[tokio::test]
async fn a_file_of_another_organisation_is_neither_named_nor_published_by_writing_its_address() {
    let (hub, _) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, _) = hub.with_a_film(&mut amira).await;
    let course = hub.app.new_id();
    sqlx::query(
        "insert into courses (id, organisation_id, slug, title, sheet, updated_at, created_at)
         values ($1, $2, 'hers', 'Hers', '{}', now(), now())",
    )
    .bind(course)
    .bind(hub.people.hilltop.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let new = format!("/teach/courses/{course}/lessons/new");
    mallory.get(&new).await.has_status(200);
    let body = format!("![x]({film})\n");
    let fields =
        |go| [("base_version", "0"), ("revision", "0"), ("title", "Mine"), ("body", body.as_str()), ("go", go)];
    let page = mallory.submit(&new, &fields("preview")).await;
    page.has_status(200);
    assert!(!page.body.contains("is hidden"), "{}", page.body);
    mallory.submit(&new, &fields("files")).await.has_status(303);
    assert_eq!(hub.count("select count(*) from assets where published").await, 0);
}

#[tokio::test]
async fn a_lesson_shows_the_organisation_s_pictures_and_films() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (film, _) = hub.with_a_film(&mut amira).await;
    let course: uuid::Uuid = sqlx::query_scalar("select id from courses").fetch_one(&hub.app.db).await.unwrap();
    let edit = format!("/teach/courses/{course}/lessons/{}/edit", lessons[0]);
    let page = amira.get(&edit).await;
    let others = format!(
        "videos:\n  - title: Ships\n    url: {film}\n  - title: Afar\n    youtube_id: dQw4w9WgXcQ\n    outcome: You know it.\n"
    );
    let (version, revision) = (page.hidden("base_version").unwrap(), page.hidden("revision").unwrap());
    let files = amira.get(&format!("{}?folder=films%2Funit+1", hub.files())).await;
    let code = format!("![Ships at night]({film})");
    files.says(&code);
    let body = format!("Intro.\n\n{code} [save]({film})\n");
    let fields = [
        ("base_version", version.as_str()),
        ("revision", &revision),
        ("title", "Ships"),
        ("others", &others),
        ("body", &body),
        ("go", "publish"),
    ];
    amira.submit(&edit, &fields).await.has_status(303);
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    page.has_status(200).says(&format!("<video controls preload=\"metadata\" src=\"{film}\"")).says("You know it.");
    page.says(&format!("src=\"{film}\" aria-label=\"Ships at night\""))
        .says("Nothing is asked of YouTube before you go there");
    assert!(!page.body.contains("youtube-nocookie") && !page.body.contains("<iframe"), "{}", page.body);
    assert!(!page.headers["content-security-policy"].to_str().unwrap().contains("youtube"));

    let watch = format!("/student/lessons/{}/videos/2", lessons[0]);
    let page = jonas.get(&watch).await;
    page.has_status(200)
        .says("src=\"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
        .says("strict-origin-when-cross-origin");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("frame-src https://www.youtube-nocookie.com") && !policy.contains("script-src"),
        "{policy}"
    );
    for other in ["1", "3", "0", "x"] {
        jonas.get(&format!("/student/lessons/{}/videos/{other}", lessons[0])).await.has_status(404);
    }
    sqlx::query(
        "insert into lesson_releases (classroom_id, lesson_id, state, changed_at) values ($1, $2, 'locked', now())",
    )
    .bind(hub.people.physics.id.0)
    .bind(lessons[0].0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    jonas.get(&watch).await.has_status(404);
    hub.signed_in(&hub.people.mallory).await.get(&watch).await.has_status(303);
}
