//! Materials: what students see and answer, and what staff put there.

use crate::harness::{
    Browser, Page, TestApp,
    work::{checklist, link, reflection, rubric, text},
};
use hub_server::material::Settings;
use shared_types::ids::MaterialId;

fn path(material: MaterialId) -> String {
    format!("/student/materials/{material}")
}

/// Sends the form of the page one is on to `…/response`.
async fn sends(browser: &mut Browser<'_>, page: &Page, material: MaterialId, fields: &[(&str, &str)]) -> Page {
    let base = page.hidden("base").unwrap();
    let fields: Vec<_> = [("base", base.as_str())].into_iter().chain(fields.iter().copied()).collect();
    browser.submit(&format!("{}/response", path(material)), &fields).await
}

#[tokio::test]
async fn jonas_reads_a_text_and_follows_a_link_that_says_where_it_leads() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let reading = hub.material(module, "Before you start", text()).await;
    let away = hub.material(module, "More about codes", link("https://example.org/codes?a=1")).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(reading)).await;
    page.has_status(200).says("<strong>this</strong>").says("Light").says("More about codes").says("Reading");
    let page = jonas.get(&path(away)).await;
    page.says("leads to another site: example.org").says("href=\"https://example.org/codes?a=1\"").says("noopener");
    page.says("Before you start");
}

#[tokio::test]
async fn a_reading_with_a_date_is_next_until_jonas_says_that_it_is_read() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let reading = hub.material(module, "Before you start", text()).await;
    let away = hub.material(module, "More about codes", link("https://example.org/codes")).await;
    hub.due(reading, hub.app.clock.now() - chrono::Duration::days(1)).await;
    let mark = |material: MaterialId| format!("{}/reading", path(material));
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("<h2>Before you start</h2>").says("0 of 1 done");
    jonas.get(&path(reading)).await.says("I have read it");
    jonas.submit(&mark(reading), &[("read", "yes")]).await.leads_to(&path(reading));
    jonas.submit(&mark(reading), &[("read", "yes")]).await.leads_to(&path(reading));
    jonas.get(&path(reading)).await.says("Not done after all");
    let home = jonas.get("/student").await;
    home.says("1 of 1 done").says("All done!");
    jonas.submit(&mark(reading), &[("read", "no")]).await.leads_to(&path(reading));
    jonas.get("/student").await.says("<h2>Before you start</h2>");
    // What has no date may be marked as well.
    jonas.get(&path(away)).await.says("I have looked at it");
    jonas.submit(&mark(away), &[("read", "yes")]).await.leads_to(&path(away));
    jonas.get("/student/my-data").await.says("Readings you marked as read");
    // What is handed in has no such mark, and a reading of another class is not there.
    let question = hub.material(module, "Look back", reflection()).await;
    jonas.submit(&mark(question), &[("read", "yes")]).await.has_status(404);
    let theirs = hub.module_in(hub.class_of_mallory().await, "Theirs", None).await;
    let theirs = hub.material(theirs, "Theirs", text()).await;
    jonas.submit(&mark(theirs), &[("read", "yes")]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from read_materials").await, 1);
}

#[tokio::test]
async fn an_address_that_got_into_the_database_is_still_not_rendered() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "JAVASCRIPT:alert(1)"] {
        let material = hub.material(module, "A link", link(url)).await;
        let page = jonas.get(&path(material)).await;
        page.has_status(200).says("leads nowhere");
        assert!(!page.body.contains(url), "{url}");
    }
}

#[tokio::test]
async fn the_page_saves_ticks_quietly_and_is_told_what_to_go_on_from() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let material = hub.material(module, "Checks", checklist()).await;
    let path = format!("/student/materials/{material}");
    let response = format!("{path}/response");
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path).await;
    page.says(&format!("data-draft=\"{response}\"")).says("data-count=\"# of 3 ticked\"").says("<script");
    let first = jonas.submit(&response, &[("quiet", "1"), ("base", "0-0"), ("item", "i1")]).await;
    assert_eq!((first.status.as_u16(), first.body.as_str()), (200, "1-0"));
    let second = jonas.submit(&response, &[("quiet", "1"), ("base", "1-0"), ("item", "i1"), ("item", "i3")]).await;
    assert_eq!(second.body, "2-0");
    // On another device they are there.
    hub.joined(hub.people.jonas).await.get(&path).await.says("2 of 3 ticked");
    // A window that had not heard of it is told what is there, and takes nothing away.
    let stale = jonas.submit(&response, &[("quiet", "1"), ("base", "1-0")]).await;
    assert_eq!((stale.status.as_u16(), stale.body.as_str()), (409, "2-0&item=i1&item=i3"));
    let elsewhere = hub.joined(hub.people.lena).await.get(&path).await;
    elsewhere.says("0 of 3 ticked");
    sqlx::query("delete from sessions").execute(&hub.app.db).await.unwrap();
    jonas.submit(&response, &[("quiet", "1"), ("base", "2-0")]).await.has_status(401);
    assert_eq!(hub.count("select count(*) from responses where revision = 2").await, 1);
}

#[tokio::test]
async fn ticks_are_saved_together_and_stay_with_their_words() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let list = hub.material(module, "Am I ready?", checklist()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(list)).await;
    page.says("0 of 3 ticked").says("Build it");
    sends(&mut jonas, &page, list, &[("item", "i1"), ("item", "i3"), ("item", "nonsense")]).await.leads_to(&path(list));
    let page = jonas.get(&path(list)).await;
    page.says("2 of 3 ticked").says("Your ticks are saved.");
    assert!(page.body.contains("value=\"i1\" checked") && !page.body.contains("value=\"i2\" checked"), "{}", page.body);
    // Amira puts a line in between and another word in place of one.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let edit = format!("{}/materials/{list}/edit", hub.people.physics.path());
    let version = amira.get(&edit).await.says("Plan it\nBuild it\nTest it").hidden("version").unwrap();
    let items = "Plan it\r\nDraw it\r\nBuild it\r\nTest it twice";
    let fields = [("title", "Am I ready?"), ("items", items), ("version", version.as_str())];
    amira.submit(&edit, &fields).await.has_status(303);
    let page = jonas.get(&path(list)).await;
    page.says("2 of 4 ticked").says("Test it twice");
    let everything = [("item", "i1"), ("item", "i2"), ("item", "i3"), ("item", "i4")];
    sends(&mut jonas, &page, list, &everything).await.has_status(303);
    jonas.get(&path(list)).await.says("4 of 4 ticked").says("Well done");
    assert!(!hub.joined(hub.people.lena).await.get(&path(list)).await.body.contains("checked"));
}

#[tokio::test]
async fn a_reflection_is_handed_in_and_changed_afterwards() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let question = hub.material(module, "Look back", reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(question)).await;
    page.says("<em>surprised</em>").says("Hand in").says("Save draft");
    let refused = sends(&mut jonas, &page, question, &[("text", " \r\n ")]).await;
    refused.has_status(422).says("Write something before you hand it in").says("href=\"#field-text\"");
    let typed = "</textarea><script>alert(1)</script>\r\nGaps matter.";
    sends(&mut jonas, &refused, question, &[("text", typed)]).await.leads_to(&path(question));
    let page = jonas.get(&path(question)).await;
    page.says("Handed in.").says("Hand in again").says("&lt;/textarea&gt;").says("\nGaps matter.");
    sends(&mut jonas, &page, question, &[("text", "Gaps matter a lot.")]).await.has_status(303);
    jonas.get(&path(question)).await.says("Gaps matter a lot.");
    assert_eq!(hub.count("select revision::bigint from responses").await, 2);
    assert_eq!(hub.count("select count(*) from responses where handed_in_at is not null").await, 1);
}

#[tokio::test]
async fn a_rubric_wants_a_level_for_every_criterion_and_keeps_what_was_chosen() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let rubric = hub.material(module, "How good is it?", rubric()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(rubric)).await;
    page.says("The code works").says("Nearly, it does.").says("2 points");
    let some = [("level-c1", "2"), ("why-c1", "All tests pass")];
    let refused = sends(&mut jonas, &page, rubric, &some).await;
    refused.has_status(422).says("href=\"#field-level-c2\"").says("All tests pass");
    refused.says("For “It is tidy”, choose the level");
    assert!(refused.body.contains("name=\"level-c1\" value=\"2\" checked"), "{}", refused.body);
    assert!(!refused.body.contains("href=\"#field-level-c1\""));
    // There is no fourth level.
    sends(&mut jonas, &refused, rubric, &[("level-c1", "2"), ("level-c2", "3")]).await.has_status(422);
    sends(&mut jonas, &refused, rubric, &[("level-c1", "2"), ("level-c2", "0")]).await.leads_to(&path(rubric));
    jonas.get(&path(rubric)).await.says("Handed in.");
}

#[tokio::test]
async fn an_older_window_shows_both_texts_and_overwrites_neither() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let question = hub.material(module, "Look back", reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let (first, second) = (jonas.get(&path(question)).await, jonas.get(&path(question)).await);
    sends(&mut jonas, &first, question, &[("text", "from the first window")]).await.has_status(303);
    let refused = sends(&mut jonas, &second, question, &[("text", "from the second window")]).await;
    refused.has_status(409).says("from the first window").says("from the second window").says("another window");
    assert_eq!(hub.count("select count(*) from responses where answer ->> 'text' like '%first%'").await, 1);
    // Having seen both, jonas decides.
    sends(&mut jonas, &refused, question, &[("text", "both")]).await.has_status(303);
    // The same form sent twice is no quarrel.
    sends(&mut jonas, &refused, question, &[("text", "both")]).await.has_status(303);
    assert_eq!(hub.count("select count(*) from responses where answer ->> 'text' = 'both'").await, 1);
}

#[tokio::test]
async fn what_a_locked_lesson_holds_stays_closed_but_for_its_title() {
    let hub = TestApp::start().await;
    let lesson = hub.lesson("ciphers").await;
    let module = hub.module_in(hub.people.physics.id, "Ciphers", Some(lesson)).await;
    let question = hub.material(module, "The wheel", reflection()).await;
    sqlx::query("insert into lesson_releases values ($1, $2, 'scheduled', '2026-11-27T08:00:00Z', now())")
        .bind(hub.people.physics.id.0)
        .bind(lesson.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(question)).await;
    page.has_status(200).says("The wheel").says("Locked until 27 November 2026, 08:00");
    assert!(!page.body.contains("surprised") && !page.body.contains("Hand in"), "{}", page.body);
    let fields = [("base", "0-0"), ("text", "early")];
    for what in ["response", "draft"] {
        jonas.submit(&format!("{}/{what}", path(question)), &fields).await.has_status(404);
    }
    jonas.get("/student").await.says("Locked until 27 November 2026, 08:00").says("The wheel");
    hub.later(chrono::Duration::days(4));
    hub.joined(hub.people.jonas).await.get(&path(question)).await.says("surprised");
}

#[tokio::test]
async fn nothing_of_another_class_can_be_seen_or_answered() {
    let hub = TestApp::start().await;
    let other = hub.class_of_mallory().await;
    let module = hub.module_in(other, "Theirs", None).await;
    let theirs = hub.material(module, "Their question", reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await;
    jonas.get(&path(theirs)).await.has_status(404);
    for what in ["response", "draft"] {
        let fields = [("base", "0-0"), ("text", "mine")];
        jonas.submit(&format!("{}/{what}", path(theirs)), &fields).await.has_status(404);
    }
    jonas.get("/student/materials/nonsense").await.has_status(404);
    assert_eq!(hub.count("select (select count(*) from responses) + (select count(*) from drafts)").await, 0);
    // Nor by a teacher through a class of her own.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let class = hub.people.physics.path();
    amira.get("/teach").await;
    for page in [format!("/materials/{theirs}"), format!("/materials/{theirs}/edit"), format!("/modules/{module}")] {
        amira.get(&format!("{class}{page}")).await.has_status(404);
    }
    let text = [("title", "Taken"), ("source", "over")];
    amira.submit(&format!("{class}/materials/{theirs}/edit"), &text).await.has_status(404);
    amira.submit(&format!("{class}/materials/{theirs}/deletion"), &[]).await.has_status(404);
    amira.submit(&format!("{class}/modules/{module}/deletion"), &[]).await.has_status(404);
    let key = uuid::Uuid::from_u128(9).to_string();
    let new = [("title", "Slipped in"), ("source", "x"), ("idempotency_key", key.as_str())];
    amira.submit(&format!("{class}/modules/{module}/materials?kind=text"), &new).await.has_status(404);
    assert_eq!(
        hub.count("select count(*) from materials where deleted_at is null and title = 'Their question'").await,
        1
    );
    assert_eq!(hub.count("select count(*) from materials").await, 1);
}

#[tokio::test]
async fn amira_adds_a_material_of_every_kind() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let class = hub.people.physics.path();
    let list = amira.get(&format!("{class}/materials")).await;
    list.says("What your class works on will be here").says("New module");
    let key = list.hidden("idempotency_key").unwrap();
    let module = [("title", "  Light   and dark "), ("idempotency_key", key.as_str())];
    amira.submit(&format!("{class}/modules"), &module).await.has_status(303);
    amira.submit(&format!("{class}/modules"), &module).await.has_status(303);
    assert_eq!(hub.count("select count(*) from modules where title = 'Light and dark'").await, 1);
    let id: uuid::Uuid = sqlx::query_scalar("select id from modules").fetch_one(&hub.app.db).await.unwrap();
    let base = format!("{class}/modules/{id}/materials");
    amira.get(&format!("{base}/new")).await.says("Self-assessment").says("Gallery");
    let rubric = "It works\n- No: not at all\n- Yes: it does (2)";
    type Fields<'a> = &'a [(&'a str, &'a str)];
    let kinds: [(&str, Fields<'_>, &str); 7] = [
        ("text", &[("source", "Read **this**.")], "<strong>this</strong>"),
        ("link", &[("url", "https://example.org/")], "example.org"),
        ("checklist", &[("items", "One\nTwo")], "0 of 2 ticked"),
        ("reflection", &[("source", "Why?")], "Why?"),
        ("rubric", &[("criteria", rubric)], "2 points"),
        ("upload", &[("max_mb", "5"), ("accepted", "sb3"), ("naming", "name_wheel.sb3")], "name_wheel.sb3"),
        ("gallery", &[("max_mb", "5"), ("accepted", "png")], "5 MB"),
    ];
    for (kind, fields, shows) in kinds {
        let form = amira.get(&format!("{base}/new?kind={kind}")).await;
        let key = form.has_status(200).hidden("idempotency_key").unwrap();
        let always = [("title", kind), ("due", "2026-11-27T23:59"), ("idempotency_key", key.as_str())];
        let fields: Vec<_> = always.into_iter().chain(fields.iter().copied()).collect();
        let added = amira.submit(&format!("{base}?kind={kind}"), &fields).await;
        let preview = amira.get(&added.has_status(303).location().unwrap()).await;
        preview.says(shows).says("due 27 November 2026, 23:59").says("This is what your students see now");
        // Sent twice, it is there once.
        amira.submit(&format!("{base}?kind={kind}"), &fields).await.leads_to(&added.location().unwrap());
        let edit = amira.get(&format!("{}/edit", added.location().unwrap())).await;
        edit.has_status(200).says("2026-11-27T23:59");
    }
    assert_eq!(hub.count("select count(*) from materials").await, 7);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'material_added'").await, 7);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("Light and dark").says("due 27 November 2026, 23:59");
}

#[tokio::test]
async fn a_form_that_is_not_right_keeps_what_was_typed() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let base = format!("{}/modules/{module}/materials", hub.people.physics.path());
    let key = amira.get(&format!("{base}/new?kind=rubric")).await.hidden("idempotency_key").unwrap();
    let fields = [("title", ""), ("criteria", "- a level first"), ("due", "soon"), ("idempotency_key", key.as_str())];
    let refused = amira.submit(&format!("{base}?kind=rubric"), &fields).await;
    refused.has_status(422).says("- a level first").says("Begin with a criterion").says("value=\"soon\"");
    refused.says("Give it a title").says("Type day and time");
    let key = refused.hidden("idempotency_key").unwrap();
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a@evil.example"] {
        let fields = [("title", "x"), ("url", url), ("idempotency_key", key.as_str())];
        amira.submit(&format!("{base}?kind=link"), &fields).await.has_status(422).says("begins with https://");
    }
    amira.get(&format!("{base}/new?kind=nonsense")).await.has_status(400);
    assert_eq!(hub.count("select count(*) from materials").await, 0);
}

#[tokio::test]
async fn markdown_of_a_material_runs_no_script() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let base = format!("{}/modules/{module}/materials", hub.people.physics.path());
    let key = amira.get(&format!("{base}/new?kind=text")).await.hidden("idempotency_key").unwrap();
    let source = "<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) **bold**";
    let fields = [("title", "x"), ("source", source), ("idempotency_key", key.as_str())];
    let added = amira.submit(&format!("{base}?kind=text"), &fields).await;
    let page = amira.get(&added.location().unwrap()).await;
    page.says("<strong>bold</strong>");
    for bad in ["<script>alert", "onerror", "href=\"javascript"] {
        assert!(!page.body.contains(bad), "{bad}: {}", page.body);
    }
}

#[tokio::test]
async fn deleting_says_what_goes_and_keeps_it() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let question = hub.material(module, "Look back", reflection()).await;
    let list = hub.material(module, "Am I ready?", checklist()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(question)).await;
    sends(&mut jonas, &page, question, &[("text", "Gaps matter.")]).await.has_status(303);
    hub.submission(question, hub.people.lena).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let class = hub.people.physics.path();
    let confirm = format!("{class}/materials/{question}/deletion");
    amira.get(&confirm).await.says("Look back").says("2 students have worked on it: 1 answer and 1 file");
    hub.submission(list, hub.people.lena).await;
    amira.get(&format!("{class}/materials/{list}/deletion")).await.says("1 student has worked on it: 1 file. Nobody");
    sqlx::query("delete from submissions where material_id = $1").bind(list.0).execute(&hub.app.db).await.unwrap();
    amira.submit(&confirm, &[]).await.leads_to(&format!("{class}/materials"));
    jonas.get(&path(question)).await.has_status(404);
    assert!(!jonas.get("/student").await.body.contains("Look back"));
    assert_eq!(hub.count("select count(*) from responses").await, 1);
    amira.get(&format!("{class}/materials/{list}/deletion")).await.says("No student has worked on it yet");
    let whole = format!("{class}/modules/{module}");
    amira.get(&whole).await.says("No student has worked on it yet");
    amira.submit(&whole, &[("title", "Dark")]).await.has_status(303);
    jonas.get("/student").await.says("Dark");
    amira.submit(&format!("{whole}/deletion"), &[]).await.has_status(303);
    jonas.get(&path(list)).await.has_status(404);
    jonas.get("/student").await.says("Nothing here yet");
    assert_eq!(hub.count("select count(*) from audit_entries where action like 'm%_deleted'").await, 2);
}

#[tokio::test]
async fn an_import_brings_back_what_it_took_out_and_nothing_that_amira_deleted() {
    use hub_server::material::store::{Wanted, put_material, put_module, retire_materials};
    use shared_types::ids::ModuleId;
    let hub = TestApp::start().await;
    let lesson = hub.lesson("ciphers").await;
    let (mut db, now, class) = (hub.app.db.acquire().await.unwrap(), hub.app.clock.now(), hub.people.physics.id);
    let module = put_module(&mut db, ModuleId(hub.app.new_id()), class, lesson, "Ciphers", 1, now).await.unwrap();
    let again = put_module(&mut db, ModuleId(hub.app.new_id()), class, lesson, "Codes", 2, now).await.unwrap();
    assert_eq!(module, again);
    let wanted = |origin: &str, settings: Settings| Wanted {
        origin: origin.to_owned(),
        title: origin.to_owned(),
        settings,
        lesson: None,
        position: 1,
    };
    let put = async |origin: &str, settings: Settings| {
        let id = MaterialId(hub.app.new_id());
        let mut db = hub.app.db.acquire().await.unwrap();
        put_material(&mut db, id, module, &wanted(origin, settings), now).await.unwrap();
    };
    put("glance", text()).await;
    put("extra-1", checklist()).await;
    put("extra-2", reflection()).await;
    let live = "select count(*) from materials where deleted_at is null";
    let deleted = "update materials set deleted_at = now() where origin = 'extra-1'";
    sqlx::query(deleted).execute(&mut *db).await.unwrap();
    // Jonas has begun with one of those the next import leaves out.
    let question: uuid::Uuid =
        sqlx::query_scalar("select id from materials where origin = 'extra-2'").fetch_one(&mut *db).await.unwrap();
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&path(MaterialId(question))).await;
    sends(&mut jonas, &page, MaterialId(question), &[("text", "begun")]).await.has_status(303);
    assert_eq!(retire_materials(&mut db, module, &[], now).await.unwrap(), 1);
    assert_eq!(hub.count(live).await, 1);
    for origin in ["glance", "extra-1"] {
        put(origin, text()).await;
    }
    assert_eq!(hub.count(live).await, 2);
    assert_eq!(hub.count("select count(*) from materials where origin = 'extra-1' and deleted_at is null").await, 0);
}

#[tokio::test]
async fn of_two_who_change_a_material_the_second_sees_both_before_one_goes() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let reading = hub.material(module, "Before you start", text()).await;
    let edit = format!("{}/materials/{reading}/edit", hub.people.physics.path());
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let first = amira.get(&edit).await.hidden("version").unwrap();
    let second = ines.get(&edit).await.hidden("version").unwrap();
    assert_eq!(first, second);
    let hers = [("title", "Before you start"), ("source", "Bring a torch."), ("version", first.as_str())];
    ines.submit(&edit, &hers).await.has_status(303);
    let mine = [("title", "Before you begin"), ("source", "Bring </textarea> a lamp."), ("version", first.as_str())];
    let page = amira.submit(&edit, &mine).await;
    page.has_status(409).says("Not saved.").says("Ines saved this").says("Bring a torch.").says("What you typed");
    page.says("value=\"Before you begin\"").says("Bring &lt;/textarea&gt; a lamp.").says("Save mine anyway");
    let saved = "select count(*) from materials where settings ->> 'source' = 'Bring a torch.'";
    assert_eq!(hub.count(saved).await, 1, "nothing was overwritten");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'material_changed'").await, 1);
    // A page from before there was a version is asked too.
    amira.submit(&edit, &mine[..2]).await.has_status(409);
    // Knowing both, she saves hers.
    let version = page.hidden("version").unwrap();
    let anyway = [mine[0], mine[1], ("version", version.as_str())];
    amira.submit(&edit, &anyway).await.has_status(303);
    amira.get(&edit).await.says("Before you begin");
    assert_eq!(hub.count(saved).await, 0);
    // The same once more, from the same page: it is saved, and nobody is asked.
    amira.submit(&edit, &anyway).await.has_status(303);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'material_changed'").await, 2);
    // What is wrong with the form is said first, and what was typed stays.
    ines.get(&edit).await;
    let wrong = [("title", ""), ("source", "x"), ("version", second.as_str())];
    ines.submit(&edit, &wrong).await.has_status(422);
    // Mallory learns nothing of it, and Victor changes nothing.
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    mallory.submit(&edit, &hers).await.has_status(404);
    let mut victor = hub.signed_in(&hub.people.victor).await;
    victor.get("/teach").await;
    victor.submit(&edit, &hers).await.has_status(403);
}
