//! Drafts: what is typed is kept, and nothing newer is overwritten.

use crate::harness::{
    TestApp,
    work::{checklist, reflection, rubric},
};
use shared_types::ids::MaterialId;

async fn asked(settings: hub_server::material::Settings) -> (TestApp, MaterialId, String) {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let material = hub.material(module, "Look back", settings).await;
    (hub, material, format!("/student/materials/{material}"))
}

#[tokio::test]
async fn without_javascript_a_draft_is_saved_by_its_button_and_handed_in_later() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let base = jonas.get(&path).await.hidden("base").unwrap();
    let draft = format!("{path}/draft");
    jonas.submit(&draft, &[("base", &base), ("text", "half a thought")]).await.leads_to(&path);
    let page = jonas.get(&path).await;
    page.says("half a thought").says("Draft saved").says("Saved 23 November 2026, 09:00");
    jonas.get("/student").await.says("Draft saved").says("Go on");
    // Nobody else finds it.
    assert!(!hub.joined(hub.people.lena).await.get(&path).await.body.contains("half a thought"));
    let base = page.hidden("base").unwrap();
    jonas.submit(&format!("{path}/response"), &[("base", &base), ("text", "a whole one")]).await.has_status(303);
    assert_eq!(hub.count("select count(*) from drafts").await, 0);
    jonas.get(&path).await.says("a whole one");
}

#[tokio::test]
async fn the_page_saves_quietly_and_is_told_what_to_go_on_from() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await.says("data-draft").says("<script");
    let draft = format!("{path}/draft");
    let first = jonas.submit(&draft, &[("quiet", "1"), ("base", "0-0"), ("text", "a")]).await;
    first.has_status(200);
    assert_eq!(first.body, "0-1");
    let second = jonas.submit(&draft, &[("quiet", "1"), ("base", "0-1"), ("text", "a b")]).await;
    assert_eq!(second.body, "0-2");
    // A window that had not heard of it is told what is there.
    let stale = jonas.submit(&draft, &[("quiet", "1"), ("base", "0-1"), ("text", "other & more")]).await;
    stale.has_status(409);
    assert_eq!(stale.body, "0-2&text=a%20b");
    assert_eq!(hub.count("select count(*) from drafts where text = 'a b'").await, 1);
}

#[tokio::test]
async fn the_same_words_sent_twice_are_one_draft_and_none_beside_what_is_handed_in() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    let (draft, response) = (format!("{path}/draft"), format!("{path}/response"));
    for base in ["0-0", "0-0", "0-1"] {
        let saved = jonas.submit(&draft, &[("quiet", "1"), ("base", base), ("text", "leaving")]).await;
        assert_eq!((saved.status.as_u16(), saved.body.as_str()), (200, "0-1"), "{base}");
    }
    jonas.submit(&response, &[("base", "0-1"), ("text", "leaving")]).await.has_status(303);
    let late = jonas.submit(&draft, &[("quiet", "1"), ("base", "0-1"), ("text", "leaving")]).await;
    assert_eq!((late.status.as_u16(), late.body.as_str()), (200, "1-0"));
    assert_eq!(hub.count("select count(*) from drafts").await, 0);
}

#[tokio::test]
async fn two_windows_without_javascript_keep_both_drafts() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let base = jonas.get(&path).await.hidden("base").unwrap();
    let draft = format!("{path}/draft");
    jonas.submit(&draft, &[("base", &base), ("text", "from the tablet")]).await.has_status(303);
    let refused = jonas.submit(&draft, &[("base", &base), ("text", "from the phone")]).await;
    refused.has_status(409).says("from the tablet").says("from the phone").says("data-held");
    // Handing in from the old window does not throw the newer draft away either.
    let refused = jonas.submit(&format!("{path}/response"), &[("base", &base), ("text", "from the phone")]).await;
    refused.has_status(409).says("from the tablet");
    assert_eq!(hub.count("select count(*) from drafts where text = 'from the tablet'").await, 1);
    assert_eq!(hub.count("select count(*) from responses").await, 0);
}

#[tokio::test]
async fn a_window_from_before_handing_in_never_passes_for_a_newer_one() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    let (draft, response) = (format!("{path}/draft"), format!("{path}/response"));
    jonas.submit(&draft, &[("quiet", "1"), ("base", "0-0"), ("text", "first")]).await.has_status(200);
    jonas.submit(&response, &[("base", "0-1"), ("text", "handed in")]).await.has_status(303);
    jonas.submit(&draft, &[("quiet", "1"), ("base", "1-0"), ("text", "going on")]).await.has_status(200);
    // The draft's own count is 1 again, as it was before.
    jonas.submit(&draft, &[("quiet", "1"), ("base", "0-1"), ("text", "old")]).await.has_status(409);
    assert_eq!(hub.count("select count(*) from drafts where text = 'going on'").await, 1);
}

#[tokio::test]
async fn the_choices_of_a_rubric_are_a_draft_too() {
    let (hub, _, path) = asked(rubric()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let base = jonas.get(&path).await.hidden("base").unwrap();
    let fields = [("base", base.as_str()), ("level-c2", "1"), ("why-c1", "not sure\r\nyet")];
    jonas.submit(&format!("{path}/draft"), &fields).await.leads_to(&path);
    let page = jonas.get(&path).await;
    page.says("not sure\nyet");
    assert!(page.body.contains("name=\"level-c2\" value=\"1\" checked"), "{}", page.body);
    let stale = [("quiet", "1"), ("base", "0-0"), ("why-c1", "other")];
    let stale = jonas.submit(&format!("{path}/draft"), &stale).await;
    assert_eq!(
        (stale.status.as_u16(), stale.body.as_str()),
        (409, "0-1&why%2Dc1=not%20sure%0Ayet&level%2Dc2=1&why%2Dc2=")
    );
}

#[tokio::test]
async fn an_ended_session_loses_nothing_that_was_typed() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    sqlx::query("delete from sessions").execute(&hub.app.db).await.unwrap();
    let typed = [("base", "0-0"), ("text", "typed for an hour <b>")];
    for what in ["response", "draft"] {
        let page = jonas.submit(&format!("{path}/{what}"), &typed).await;
        page.has_status(401).says("Your session has ended").says("typed for an hour &lt;b&gt;").says("Come back in");
    }
    let quiet = [("quiet", "1"), ("base", "0-0"), ("text", "typed")];
    jonas.submit(&format!("{path}/draft"), &quiet).await.has_status(401);
    assert_eq!(hub.count("select count(*) from drafts").await, 0);
}

#[tokio::test]
async fn a_draft_is_protected_like_every_form() {
    let (hub, _, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    let fields = [("quiet", "1"), ("base", "0-0"), ("text", "forged")];
    jonas.post(&format!("{path}/draft"), &fields).await.has_status(403);
    let long = "x".repeat(20_001);
    let fields = [("quiet", "1"), ("base", "0-0"), ("text", long.as_str())];
    jonas.submit(&format!("{path}/draft"), &fields).await.has_status(422);
    jonas.submit(&format!("{path}/draft"), &[("base", "nonsense"), ("text", "x")]).await.has_status(400);
    assert_eq!(hub.count("select count(*) from drafts").await, 0);
}

#[tokio::test]
async fn a_checklist_has_no_drafts() {
    let (hub, _, path) = asked(checklist()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/draft"), &[("base", "0-0"), ("item", "i1")]).await.has_status(404);
}

#[tokio::test]
async fn leaving_a_shared_computer_takes_what_was_kept_on_it() {
    let hub = TestApp::start().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await;
    let left = jonas.submit("/student/session/end", &[("forget_device", "yes")]).await;
    assert_eq!(left.headers["clear-site-data"], "\"storage\"");
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get("/student").await;
    let left = lena.submit("/student/session/end", &[]).await;
    assert!(!left.headers.contains_key("clear-site-data"), "her own device keeps what is not sent yet");
}

#[tokio::test]
async fn typing_on_takes_nothing_back_that_was_handed_in_and_can_be_discarded() {
    let (hub, material, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    let (draft, response) = (format!("{path}/draft"), format!("{path}/response"));
    jonas.submit(&response, &[("base", "0-0"), ("text", "light bends")]).await.leads_to(&path);
    let done = jonas.get("/student").await;
    done.says("1 of 1 done").says("All done!");
    hub.later(chrono::Duration::minutes(1));
    // One keystroke, kept by the page itself.
    jonas.submit(&draft, &[("quiet", "1"), ("base", "1-0"), ("text", "light bends!")]).await.has_status(200);
    let home = jonas.get("/student").await;
    home.says("1 of 1 done").says("All done!").says("changed since, not handed in again");
    assert!(!home.body.contains("Draft saved") && !home.body.contains("Next for you"), "{}", home.body);
    let page = jonas.get(&path).await;
    page.says("light bends!").says("Saved as a draft 23 November 2026, 09:01").says("Discard my changes");
    page.says("Your teacher still sees what you handed in.");

    jonas.submit(&format!("{draft}/deletion"), &[]).await.leads_to(&path);
    let page = jonas.get(&path).await;
    page.says("Your changes are gone.").says("\nlight bends</textarea>").says("Handed in 23 November 2026, 09:00.");
    assert!(!jonas.get("/student").await.body.contains("changed since"));
    assert_eq!(hub.count("select count(*) from drafts").await, 0);
    // What a window sends that has not heard of it is shown beside, and not kept unseen.
    for base in ["1-0", "1-1"] {
        let late = [("quiet", "1"), ("base", base), ("text", "light bends!!")];
        jonas.submit(&draft, &late).await.has_status(409);
    }
    let handed_in = "select count(*) from grades where handed_in_at = '2026-11-23T09:00:00Z'";
    assert_eq!(hub.count(handed_in).await, 1, "the time it was handed in stays");

    // Lena has nothing there, and another class has no such material.
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get(&path).await;
    lena.submit(&draft, &[("quiet", "1"), ("base", "0-0"), ("text", "mine")]).await.has_status(200);
    jonas.submit(&format!("{draft}/deletion"), &[]).await.leads_to(&path);
    assert_eq!(hub.count("select count(*) from drafts where text = 'mine'").await, 1);
    jonas.post(&format!("{draft}/deletion"), &[]).await.has_status(403);
    let theirs = hub.module_in(hub.class_of_mallory().await, "Theirs", None).await;
    let theirs = hub.material(theirs, "Theirs", reflection()).await;
    assert_ne!(theirs, material);
    jonas.submit(&format!("/student/materials/{theirs}/draft/deletion"), &[]).await.has_status(404);
}

#[tokio::test]
async fn typing_on_hides_no_grade_that_came_back() {
    let (hub, material, path) = asked(reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/response"), &[("base", "0-0"), ("text", "light bends")]).await.leads_to(&path);
    hub.later(chrono::Duration::minutes(1));
    hub.given_back(material, hub.people.jonas, Some(8750), "Well seen").await;
    let fields = [("quiet", "1"), ("base", "1-0"), ("text", "light bends!")];
    jonas.submit(&format!("{path}/draft"), &fields).await.has_status(200);
    let home = jonas.get("/student").await;
    home.says("Back from your teacher").says("Returned").says("87.5 of 100 points").says("1 of 1 done");
    home.says("changed since, not handed in again");
    let page = jonas.get(&path).await;
    page.says("87.5 of 100 points").says("Discard my changes");
    // In Spanish with a comma.
    jonas.headers.insert("accept-language", "es".to_owned());
    jonas.get(&path).await.says("87,5 de 100 puntos");
    jonas.get("/student").await.says("87,5 de 100 puntos");
}
