//! Writing lessons in the browser: drafts, previews, versions; two who write at once; nothing lost.

use crate::harness::{Attached, Browser, Page, TestApp};
use shared_types::ids::LessonId;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";

/// A hub with our course, its first lesson, and the addresses of its editor and history.
async fn hub() -> (TestApp, LessonId, String, String) {
    let (hub, lessons) = TestApp::with_our_course().await;
    let course: uuid::Uuid = sqlx::query_scalar("select id from courses").fetch_one(&hub.app.db).await.unwrap();
    let base = format!("/teach/courses/{course}/lessons/{}", lessons[0]);
    (hub, lessons[0], format!("{base}/edit"), format!("{base}/history"))
}

/// The form of a page as a browser would send it back.
#[derive(Clone, Debug)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn of(page: &Page) -> Self {
        let mut fields = Vec::new();
        for name in ["base_version", "revision"] {
            fields.push((name.to_owned(), page.hidden(name).unwrap()));
        }
        for name in ["title", "makes", "minutes"] {
            fields.push((name.to_owned(), input(&page.body, name)));
        }
        for name in
            ["body", "needs", "done_looks_like", "quick_fixes", "extend", "allowed_topics", "helper_notes", "others"]
        {
            fields.push((name.to_owned(), textarea(&page.body, name)));
        }
        Self(fields)
    }

    fn get(&self, name: &str) -> &str {
        &self.0.iter().find(|(known, _)| known == name).unwrap().1
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.iter_mut().find(|(known, _)| known == name).unwrap().1 = value.into();
        self
    }

    async fn sent(&self, browser: &mut Browser<'_>, path: &str, go: &str) -> Page {
        let mut fields: Vec<_> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("go", go));
        browser.submit(path, &fields).await
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn textarea(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" rows=")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let (_, rest) = rest.split_once(">\n").unwrap();
    unescaped(rest.split_once("</textarea>").unwrap().0)
}

fn input(page: &str, name: &str) -> String {
    let (before, _) = page.split_once(&format!("id=\"field-{name}\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let after = &page[before.rfind("<input").unwrap()..];
    let tag = after.split_once('>').unwrap().0;
    tag.split_once("value=\"").map(|(_, rest)| unescaped(rest.split('"').next().unwrap())).unwrap_or_default()
}

#[tokio::test]
async fn amira_changes_a_lesson_and_publishes_it_as_a_new_version() {
    let (hub, lesson, edit, history) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let page = amira.get(&edit).await;
    page.has_status(200).says("Students see version 1");
    let typed = Typed::of(&page);
    assert!(typed.get("body").contains("Imagine two ships at night"));
    assert!(typed.get("others").contains("teacher_panel:"), "{}", typed.get("others"));
    let changed = typed.get("body").replace("Imagine two ships at night", "Imagine two *boats* at dusk");
    let typed = typed.with("body", changed).with("title", "Talking in torchlight").with("minutes", "45");

    let preview = typed.sent(&mut amira, &edit, "preview").await;
    preview.has_status(200).says("Imagine two <em>boats</em> at dusk").says("Draft saved");
    let shown = preview.body.split_once("data-preview").unwrap().1;
    for words in ["Teacher prep", "Checkpoints", "Keep the beam"] {
        assert!(!shown.contains(words), "{words} in the preview");
    }
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{lesson}")).await.says("Imagine two ships at night");

    let again = amira.get(&edit).await;
    again.says("Imagine two *boats* at dusk").says("Draft saved");
    Typed::of(&again).sent(&mut amira, &edit, "publish").await.leads_to(&history);
    amira.get(&history).await.says("Amira").says("Students see this").says("Talking in torchlight");
    let page = jonas.get(&format!("/student/lessons/{lesson}")).await;
    page.says("Imagine two <em>boats</em> at dusk").says("Talking in torchlight").says("about 45 minutes");
    assert_eq!(hub.count("select count(*) from lesson_drafts").await, 0);
    assert_eq!(hub.count("select count(*) from lesson_versions v where html like '%two ships%'").await, 1);
    assert_eq!(hub.count("select count(*) from lesson_passages where version = 2 and body like '%boats%'").await, 1);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'lesson_version_published'").await, 1);
}

#[tokio::test]
async fn fields_nobody_changed_keep_every_byte() {
    let (hub, _, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let typed = Typed::of(&amira.get(&edit).await);
    let body = typed.get("body").to_owned() + "\nOne line more.\n";
    typed.with("body", body).sent(&mut amira, &edit, "publish").await.has_status(303);
    let fronts: Vec<String> = sqlx::query_scalar(
        "select v.front_matter from lesson_versions v join lessons l on l.id = v.lesson_id
         where l.version = 2 order by v.version",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    assert_eq!(fronts.len(), 2);
    assert_eq!(fronts[0], fronts[1]);
}

#[tokio::test]
async fn a_mistake_is_named_beside_its_field_and_what_was_typed_stays() {
    let (hub, _, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let typed = Typed::of(&amira.get(&edit).await);
    let attack = "first line\n\n![x](../assets/missing.png)\n</textarea><script>alert(1)</script>\n";
    for go in ["preview", "publish"] {
        let page = Typed::of(&amira.get(&edit).await).with("body", attack).sent(&mut amira, &edit, go).await;
        page.has_status(422).says("missing.png").says("Line 3").says("&lt;/textarea&gt;&lt;script&gt;alert(1)");
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    }
    let page = Typed::of(&amira.get(&edit).await)
        .with("body", typed.get("body"))
        .with("others", "course: x\nmood: a: b\n")
        .sent(&mut amira, &edit, "publish")
        .await;
    page.has_status(422).says("Line 2").says("mood: a: b");
    let page = Typed::of(&page).with("others", "").with("title", " ").sent(&mut amira, &edit, "publish").await;
    page.has_status(422).says("is missing");
    assert_eq!(hub.count("select count(*) from lesson_versions where version > 1").await, 0);
    amira.get(&edit).await;
    Typed::of(&amira.get(&edit).await).sent(&mut amira, &edit, "discard").await.leads_to(&edit);
    assert_eq!(Typed::of(&amira.get(&edit).await).get("body"), typed.get("body"));
}

#[tokio::test]
async fn two_who_write_at_once_are_told_and_neither_loses_a_word() {
    let (hub, lesson, edit, history) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let hers = Typed::of(&amira.get(&edit).await).with("body", "Amira's text.\n");
    hers.sent(&mut amira, &edit, "draft").await.has_status(303);
    let other = ines.get(&edit).await;
    other.says("Amira has a draft of this lesson too");
    Typed::of(&other).with("body", "Ines's text.\n").sent(&mut ines, &edit, "publish").await.has_status(303);

    let page = amira.get(&edit).await;
    page.says("Ines published version 2 while you were writing. Publishing now replaces it");
    page.says("<details open").says("Removed").says("Added");
    let stale = Typed::of(&page).with("base_version", "1");
    let refused = stale.sent(&mut amira, &edit, "publish").await;
    refused.has_status(409).says("Ines published version 2").says("Amira's text.");
    assert_eq!(hub.count("select count(*) from lesson_versions where version = 3").await, 0);
    Typed::of(&refused).sent(&mut amira, &edit, "publish").await.leads_to(&history);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{lesson}")).await.says("Amira");
    amira.get(&format!("{history}?from=2&to=3")).await.has_status(200).says("Ines's text.").says("Amira's text.");
}

#[tokio::test]
async fn two_windows_of_one_person_do_not_overwrite_one_another_unseen() {
    let (hub, _, edit, _) = hub().await;
    let mut one = hub.signed_in(&hub.people.amira).await;
    let mut other = one.clone();
    let first = Typed::of(&one.get(&edit).await).with("body", "from the first window\n");
    let second = Typed::of(&other.get(&edit).await).with("body", "from the second window\n");
    first.sent(&mut one, &edit, "draft").await.has_status(303);
    let refused = second.sent(&mut other, &edit, "draft").await;
    refused.has_status(409).says("from the second window").says("saved from another window");
    one.get(&edit).await.says("from the first window");
    Typed::of(&refused).sent(&mut other, &edit, "draft").await.has_status(303);
    let page = one.get(&edit).await;
    page.says("from the second window");
    let standing = Typed::of(&page);
    standing.sent(&mut one, &edit, "publish").await.has_status(303);
    let refused = standing.with("body", "from the other window\n").sent(&mut other, &edit, "publish").await;
    refused.has_status(409).says("You published version 2 in another window").says("from the other window");
}

#[tokio::test]
async fn while_somebody_types_the_preview_comes_alone_and_the_draft_is_kept() {
    let (hub, _, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let typed = Typed::of(&amira.get(&edit).await).with("body", "Typed **just now**.\n");
    let live = typed.sent(&mut amira, &edit, "live").await;
    live.has_status(200).says("Typed <strong>just now</strong>.");
    assert!(!live.body.contains("<html") && !live.body.contains("<form"), "{}", live.body);
    assert_eq!(live.headers["x-draft-revision"], "1");
    let again = typed.clone().with("revision", "1").with("body", "Typed later.\n");
    assert_eq!(again.sent(&mut amira, &edit, "live").await.headers["x-draft-revision"], "2");
    let stale = typed.with("body", "From an old window.\n").sent(&mut amira, &edit, "live").await;
    stale.has_status(409).says("saved from another window meanwhile, so what you type here is not saved by itself");
    // With a mistake in it there is a state and no preview, so that the page keeps the last one.
    let mistake = Typed::of(&amira.get(&edit).await).with("body", "![x](../assets/missing.png)\n");
    let live = mistake.sent(&mut amira, &edit, "live").await;
    live.has_status(200).says("Draft saved").says("missing.png");
    assert!(live.body.contains("preview-state") && !live.body.contains("preview-shown"), "{}", live.body);
    again.with("revision", "3").sent(&mut amira, &edit, "live").await.has_status(200);
    amira.get(&edit).await.says("Typed later.");
}

#[tokio::test]
async fn a_draft_that_was_thrown_away_can_be_taken_back() {
    let (hub, _, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let page = amira.get(&edit).await;
    assert!(page.body.contains("data-discard=\"\" hidden") || page.body.contains("hidden data-discard=\"\""));
    Typed::of(&page).with("body", "A whole evening's work.\n").sent(&mut amira, &edit, "draft").await.has_status(303);
    let page = amira.get(&edit).await;
    assert!(!page.body.contains("data-discard=\"\" hidden") && !page.body.contains("hidden data-discard=\"\""));
    Typed::of(&page).sent(&mut amira, &edit, "discard").await.leads_to(&edit);
    let restoration = edit.replace("/edit", "/draft/restoration");
    let page = amira.get(&edit).await;
    page.says("This is what is published").says(&format!("action=\"{restoration}\""));
    assert!(!page.body.contains("evening"), "{}", page.body);
    let mut ines = hub.signed_in(&hub.people.ines).await;
    assert!(!ines.get(&edit).await.body.contains("has a draft"));

    // Nobody else's hand reaches it, and nobody takes back what was never theirs.
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    mallory.submit(&restoration, &[]).await.has_status(404);
    ines.submit(&restoration, &[]).await.leads_to(&edit);
    assert_eq!(hub.count("select count(*) from lesson_drafts where discarded_at is null").await, 0);

    amira.submit(&restoration, &[]).await.leads_to(&edit);
    let page = amira.get(&edit).await;
    page.says("The draft is here again").says("evening");
    // What is written after it was thrown away takes its place.
    Typed::of(&page).sent(&mut amira, &edit, "discard").await.has_status(303);
    let page = amira.get(&edit).await;
    Typed::of(&page).with("body", "Begun again.\n").sent(&mut amira, &edit, "draft").await.has_status(303);
    amira.get(&edit).await;
    amira.submit(&restoration, &[]).await.leads_to(&edit);
    let page = amira.get(&edit).await;
    page.says("Begun again.");
    Typed::of(&page).sent(&mut amira, &edit, "discard").await.has_status(303);
    hub.later(chrono::Duration::days(31));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from lesson_drafts").await, 0);
}

#[tokio::test]
async fn an_old_version_can_be_compared_and_published_again() {
    let (hub, lesson, edit, history) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    Typed::of(&amira.get(&edit).await)
        .with("body", "Much shorter.\n")
        .sent(&mut amira, &edit, "publish")
        .await
        .has_status(303);
    let page = amira.get(&history).await;
    page.says("Publish this version again").says("Import");
    amira.get(&format!("{history}?from=1&to=2")).await.says("Much shorter.").says("Removed").says("Added");
    amira.get(&format!("{history}?from=1&to=9")).await.has_status(404);
    let restore = history.replace("/history", "/versions/1/restoration");
    amira.submit(&restore, &[("base_version", "2")]).await.leads_to(&history);
    // Pressed twice.
    amira.submit(&restore, &[("base_version", "2")]).await.leads_to(&history);
    assert_eq!(hub.count("select max(version)::bigint from lesson_versions").await, 3);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&format!("/student/lessons/{lesson}")).await.says("Imagine two ships at night");
    let texts: Vec<(String, String)> = sqlx::query_as(
        "select source, front_matter from lesson_versions where lesson_id = $1 and version in (1, 3) order by version",
    )
    .bind(lesson.0)
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn a_picture_is_put_in_and_reaches_the_class() {
    let (hub, lesson, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let pictures = edit.replace("/edit", "/pictures");
    let typed = Typed::of(&amira.get(&edit).await).with("body", "Look:\n");
    let fields: Vec<_> = typed.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let fields = [&fields[..], &[("alt", "Two [dots]")]].concat();
    for (name, content) in
        [("x.png", &b"<script>alert(1)</script>"[..]), ("x.svg", b"<svg onload=alert(1)>"), ("", b"")]
    {
        let refused = amira.attach(&pictures, &fields, Attached { name, content }).await;
        refused.has_status(422).says("href=\"#field-picture\"").says("Look:");
        // The fields with the error are not folded away, and the description is still there.
        assert_eq!(input(&refused.body, "alt"), "Two [dots]");
        let before = refused.body.split_once("id=\"field-alt\"").unwrap().0;
        let folded = before.rsplit_once("<details").unwrap().1;
        assert!(folded.split_once('>').unwrap().0.contains("open"), "{folded}");
    }
    amira.get(&edit).await;
    let fields: Vec<_> = Typed::of(&amira.get(&edit).await).0;
    let mut fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("alt", "Two [dots]"));
    amira.attach(&pictures, &fields, Attached { name: "My Dots.PNG", content: PNG }).await.leads_to(&edit);
    let page = amira.get(&edit).await;
    page.says("![Two dots](../assets/my-dots-");
    Typed::of(&page).sent(&mut amira, &edit, "publish").await.has_status(303);
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&format!("/student/lessons/{lesson}")).await;
    let (_, rest) = page.body.split_once("<img src=\"").unwrap();
    let source = rest.split('"').next().unwrap();
    assert!(source.contains("my-dots-"), "{source}");
    let picture = jonas.get(&format!("/student/lessons/{source}")).await;
    picture.has_status(200);
    assert_eq!(picture.headers["content-type"], "image/png");

    // As the script sends it: the Markdown alone comes back.
    let live = amira.attach(&pictures, &[("go", "live")], Attached { name: "b.png", content: PNG }).await;
    live.has_status(200);
    assert!(live.body.starts_with("![b](../assets/b-"), "{}", live.body);
    let refused = amira.attach(&pictures, &[("go", "live")], Attached { name: "c.png", content: b"<script>" }).await;
    refused.has_status(422);
    assert_eq!(refused.body, r#"{"message":"This is no PNG, JPEG, GIF or WebP picture."}"#);
}

#[tokio::test]
async fn a_new_lesson_stands_at_the_end_of_its_course() {
    let (hub, _, edit, _) = hub().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let new = format!("{}/new", edit.split_once("/lessons/").map(|(course, _)| format!("{course}/lessons")).unwrap());
    let page = amira.get(&new).await;
    page.has_status(200).says("Nobody but you sees it").says("Not saved yet");
    assert!(!page.body.contains("This is what is published"), "{}", page.body);
    let typed = Typed::of(&page).with("title", "Smoke signals").with("body", "## Begin\n\nPuff.\n");
    // Until it is published its row on the course's page is for her alone.
    let course = new.trim_end_matches("/lessons/new");
    typed.clone().sent(&mut amira, &new, "draft").await.has_status(303);
    amira.get(course).await.says("Smoke signals").says("Draft, only you see it");
    let page = hub.signed_in(&hub.people.ines).await.get(course).await;
    assert!(!page.body.contains("Smoke signals") && !page.body.contains("Draft, only"), "{}", page.body);
    let typed = Typed::of(&amira.get(&new).await);
    typed.clone().with("title", "").sent(&mut amira, &new, "publish").await.has_status(422);
    let page = amira.get(&new).await;
    let published = Typed::of(&page).with("title", "Smoke signals").sent(&mut amira, &new, "publish").await;
    published.has_status(303);
    amira.get(&published.location().unwrap()).await.says("Smoke signals");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("Smoke signals");
    let last: String = sqlx::query_scalar("select slug from lessons order by position desc limit 1")
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    assert_eq!(last, "smoke-signals");
}

#[tokio::test]
async fn only_teachers_of_the_organisation_write_its_lessons() {
    let (hub, lesson, edit, history) = hub().await;
    let restore = history.replace("/history", "/versions/1/restoration");
    let new = edit.replace(&format!("{lesson}/edit"), "new");
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    for (browser, status) in [(&mut mallory, 404), (&mut victor, 403), (&mut jonas, 303)] {
        browser.get("/teach").await;
        for path in [&edit, &new, &history] {
            browser.get(path).await.has_status(status);
        }
        for path in [&edit, &new, &restore] {
            browser.submit(path, &[("go", "publish"), ("title", "Mine"), ("body", "Mine")]).await.has_status(status);
        }
        let pictures = edit.replace("/edit", "/pictures");
        browser.attach(&pictures, &[], Attached { name: "a.png", content: PNG }).await.has_status(status);
    }
    assert_eq!(hub.count("select count(*) from lesson_drafts").await, 0);
    assert_eq!(hub.count("select count(*) from lesson_versions where version > 1").await, 0);
}
