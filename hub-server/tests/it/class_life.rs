//! A class as a whole, and the order of its work: copies, the archive, deletion and undo.

use crate::{
    harness::{Browser, Page, TestApp, work},
    people::Person,
};
use chrono::Duration;

async fn pressing<'a>(hub: &'a TestApp, person: &Person) -> Browser<'a> {
    let mut browser = hub.signed_in(person).await;
    browser.get("/teach").await.has_status(200);
    browser
}

/// The form of the notice's button: where it leads and its hidden fields.
fn undo(page: &Page) -> (String, Vec<(String, String)>) {
    let form = page.body.split("<form").find(|form| form.contains("Undo")).expect("a button that undoes");
    let (form, _) = form.split_once("</form>").expect("a form");
    assert!(form.contains("Undo"), "{form}");
    let action = form.split(r#"action=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = form.split(r#"type="hidden" name=""#).skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once('"')?;
        let value = rest.split_once(r#"value=""#)?.1.split_once('"')?.0;
        (name != "csrf").then(|| (name.to_owned(), value.to_owned()))
    });
    (action, fields.collect())
}

async fn undoes(browser: &mut Browser<'_>, page: &Page) -> Page {
    let (action, fields) = undo(page);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(&action, &fields).await
}

#[tokio::test]
async fn a_class_gets_another_name_and_colour_and_bad_ones_come_back() {
    let hub = TestApp::start().await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let path = format!("{}/name", hub.people.physics.path());
    amira.get(&path).await.says("Physics 7b");
    amira.submit(&path, &[("name", "  "), ("accent", "9")]).await.has_status(422).says("Give the class a name");
    amira.submit(&path, &[("name", " Physics  8b "), ("accent", "5")]).await.has_status(303);
    amira.get(&hub.people.physics.path()).await.says("Physics 8b").says("accent-5");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'classroom_renamed'").await, 1);
}

#[tokio::test]
async fn what_i_call_mine_stands_first_and_needs_me_first() {
    let hub = TestApp::start().await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let home = amira.get("/teach").await;
    home.says("Other classes");
    assert!(!home.body.contains("Needs you now"));
    amira.submit(&format!("{}/own", hub.people.physics.path()), &[("own", "true")]).await.has_status(303);
    sqlx::query(
        "insert into helper_events (id, at, received_at, organisation_id, classroom_id, actor_kind, actor_id, turn_id,
             outcome, intent, attempts, waited_ms, duration_ms, question_chars, answer_chars, citations)
         select gen_random_uuid(), $1, $1, organisation_id, id, 'student', $2, gen_random_uuid(), 'answered', 'stuck',
                1, 0, 0, 0, 0, 0 from classrooms, generate_series(1, 3)",
    )
    .bind(hub.app.clock.now())
    .bind(hub.people.jonas.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    sqlx::query(
        "insert into entry_requests (id, student_id, browser_hash, asked_at, expires_at)
         values (gen_random_uuid(), $1, '', $2, $2 + interval '10 minutes')",
    )
    .bind(hub.people.lena.0)
    .bind(hub.app.clock.now())
    .execute(&hub.app.db)
    .await
    .unwrap();
    let home = amira.get("/teach").await;
    home.says("Needs you now").says("1 student told the helper: I am stuck").says("1 waiting to be let in");
    assert!(!home.body.contains("Other classes"));
    let today = amira.get(&hub.people.physics.path()).await;
    today.says("Stuck today").says("Jonas").says("One student asks to come in");
    // Somebody else's home does not change by it.
    let mut ines = pressing(&hub, &hub.people.ines).await;
    ines.get("/teach").await.says("Other classes");
}

#[tokio::test]
async fn a_copy_has_the_structure_and_nobody_in_it() {
    let hub = TestApp::start().await;
    let lesson = hub.lesson("ciphers").await;
    let module = hub.module_in(hub.people.physics.id, "Ciphers", Some(lesson)).await;
    let upload = hub.material(module, "Your wheel", work::upload()).await;
    hub.material(module, "Look back", work::reflection()).await;
    let gone = hub.material(module, "Never mind", work::text()).await;
    sqlx::query("update materials set deleted_at = now() where id = $1")
        .bind(gone.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    hub.due(upload, hub.app.clock.now()).await;
    hub.submission(upload, hub.people.jonas).await;
    for sql in [
        "insert into helper_class_rules (classroom_id, enabled, strictness, scope_mode, topic_filter, max_rung,
             allowed_topics, days, per_minute, per_day, class_per_day, changed_at)
         select $1, false, 'light', 'soft', true, 'concept', '{lamps}', '{1}', 6, 60, 900, now() where $2 is not null",
        "insert into helper_lesson_rules (classroom_id, lesson_id, enabled, answers, changed_at)
         values ($1, $2, false, '{42}', now())",
        "insert into outcomes (classroom_id, work_percent, title, statement, signatory, language, changed_at)
         select $1, 80, 'Light', '', 'Amira', 'es', now() where $2 is not null",
    ] {
        sqlx::query(sql).bind(hub.people.physics.id.0).bind(lesson.0).execute(&hub.app.db).await.unwrap();
    }
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let path = format!("{}/copy", hub.people.physics.path());
    for (dates, due) in [("", 0), ("on", 1)] {
        let key = amira.get(&path).await.hidden("idempotency_key").unwrap();
        let fields = [("name", "Physics 8b"), ("accent", "3"), ("dates", dates), ("idempotency_key", key.as_str())];
        let copy = amira.submit(&path, &fields).await.location().unwrap();
        amira.submit(&path, &fields).await.leads_to(&copy);
        let work = amira.get(&format!("{copy}/materials")).await;
        work.says("Ciphers").says("Your wheel").says("Look back");
        assert!(!work.body.contains("Never mind"));
        amira.get(&format!("{copy}/lessons")).await.says("ciphers");
        amira.get(&format!("{copy}/roster")).await.says("Nobody has joined yet");
        let id: uuid::Uuid = copy.rsplit('/').next().unwrap().parse().unwrap();
        let dated: i64 = sqlx::query_scalar(
            "select count(*) from materials m join modules u on u.id = m.module_id
             where u.classroom_id = $1 and m.due_at is not null",
        )
        .bind(id)
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
        assert_eq!(dated, due);
    }
    assert_eq!(hub.count("select count(*) from classrooms").await, 3);
    assert_eq!(hub.count("select count(*) from students").await, 2);
    for rules in [
        "select count(*) from helper_class_rules where not enabled and allowed_topics = '{lamps}'",
        "select count(*) from helper_lesson_rules where not enabled and answers = '{42}'",
        "select count(*) from outcomes where work_percent = 80 and title = 'Light'",
    ] {
        assert_eq!(hub.count(rules).await, 3, "{rules}");
    }
    assert_eq!(hub.count("select count(distinct code) from classrooms").await, 3);
    assert_eq!(hub.count("select count(*) from modules where lesson_id is not null").await, 3, "imports find them");
}

#[tokio::test]
async fn an_archived_class_is_put_away_with_everything_in_it() {
    let hub = TestApp::start().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.has_status(200);
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let archival = format!("{}/archival", hub.people.physics.path());
    amira.submit(&archival, &[("archived", "true")]).await.leads_to("/teach/classes/past");
    amira.get("/teach/classes/past").await.says("Archived").says("Physics 7b").says("Take out of the archive");
    assert!(!amira.get("/teach").await.body.contains("Physics 7b"));
    jonas.get("/student").await.leads_to("/");
    hub.browser().joins("PHYS-7BCD", "Mia").await.has_status(422);
    amira.get(&hub.people.physics.roster_path()).await.has_status(200).says("Jonas");
    amira.submit(&archival, &[("archived", "false")]).await.leads_to(&hub.people.physics.path());
    amira.get("/teach").await.says("Physics 7b");
    hub.browser().joins("PHYS-7BCD", "Mia").await.has_status(303);
}

#[tokio::test]
async fn a_deleted_class_is_gone_at_once_and_comes_back_for_thirty_days() {
    let hub = TestApp::start().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let (path, deletion) = (hub.people.physics.path(), format!("{}/deletion", hub.people.physics.path()));
    amira.get(&deletion).await.says("Delete Physics 7b?").says("2 students").says("For 30 days");
    amira.submit(&deletion, &[]).await.leads_to("/teach");
    let home = amira.get("/teach").await;
    home.says("The class is deleted");
    assert!(!home.body.contains("Physics 7b"));
    jonas.get("/student").await.leads_to("/");
    amira.get(&path).await.has_status(404);
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.has_status(404);
    hub.browser().joins("PHYS-7BCD", "Mia").await.has_status(422);
    undoes(&mut amira, &home).await.leads_to(&path);
    amira.get(&path).await.has_status(200);
    assert_eq!(hub.count("select count(*) from classrooms where archived_at is null and deleted_at is null").await, 1);
    // Once more, and nobody thinks better of it.
    amira.submit(&deletion, &[]).await.leads_to("/teach");
    amira.get("/teach/classes/past").await.says("Recently deleted").says("Physics 7b");
    hub.later(Duration::days(31));
    let mut amira = pressing(&hub, &hub.people.amira).await;
    assert!(!amira.get("/teach/classes/past").await.body.contains("Physics 7b"));
    amira.submit(&format!("{path}/restoration"), &[]).await.has_status(404);
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from classrooms").await, 0);
    assert_eq!(hub.count("select count(*) from students").await, 0);
}

#[tokio::test]
async fn a_class_that_was_archived_comes_back_archived() {
    let hub = TestApp::start().await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let path = hub.people.physics.path();
    amira.submit(&format!("{path}/archival"), &[("archived", "true")]).await.has_status(303);
    hub.later(Duration::minutes(5));
    amira.submit(&format!("{path}/deletion"), &[]).await.has_status(303);
    amira.submit(&format!("{path}/restoration"), &[]).await.has_status(303);
    assert_eq!(hub.count("select count(*) from classrooms where archived_at is not null").await, 1);
}

#[tokio::test]
async fn mallory_brings_no_class_back_that_is_not_hers() {
    let hub = TestApp::start().await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let path = hub.people.physics.path();
    amira.submit(&format!("{path}/deletion"), &[]).await.has_status(303);
    let mut mallory = pressing(&hub, &hub.people.mallory).await;
    mallory.submit(&format!("{path}/restoration"), &[]).await.has_status(404);
    assert!(!mallory.get("/teach/classes/past").await.body.contains("Physics"));
    let mut victor = pressing(&hub, &hub.people.victor).await;
    victor.submit(&format!("{path}/restoration"), &[]).await.has_status(403);
    let past = victor.get("/teach/classes/past").await;
    past.says("Physics 7b");
    assert!(!past.body.contains("restoration"), "no button that would be refused");
    assert_eq!(hub.count("select count(*) from classrooms where deleted_at is not null").await, 1);
}

#[tokio::test]
async fn modules_and_materials_move_by_buttons_and_move_back() {
    let hub = TestApp::start().await;
    let (one, two) = (hub.module("One").await, hub.module("Two").await);
    for title in ["Alpha", "Beta", "Gamma"] {
        hub.material(one, title, work::text()).await;
    }
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let class = hub.people.physics.path();
    let arrange = format!("{class}/materials/arrangement");
    let order = |page: &Page, names: &[&str]| {
        let at: Vec<_> = names.iter().map(|name| page.body.find(&format!(">{name}<")).expect(name)).collect();
        assert!(at.is_sorted(), "{names:?} {at:?}");
    };
    let page = amira.get(&arrange).await;
    order(&page, &["One", "Alpha", "Beta", "Gamma", "Two"]);
    assert_eq!(page.body.matches(">Up<").count(), 3, "nothing that is first goes up");
    amira.submit(&format!("{class}/modules/{two}/place"), &[("place", "1")]).await.has_status(303);
    let page = amira.get(&arrange).await;
    order(&page, &["Two", "One"]);
    undoes(&mut amira, &page).await.has_status(303);
    order(&amira.get(&arrange).await, &["One", "Two"]);
    let gamma: uuid::Uuid =
        sqlx::query_scalar("select id from materials where title = 'Gamma'").fetch_one(&hub.app.db).await.unwrap();
    amira.submit(&format!("{class}/materials/{gamma}/place"), &[("place", "1")]).await.has_status(303);
    order(&amira.get(&arrange).await, &["Gamma", "Alpha", "Beta"]);
    let transfer = format!("{class}/materials/{gamma}/transfer");
    let key = amira.get(&transfer).await.hidden("idempotency_key").unwrap();
    let fields = [("to", two.to_string()), ("act", "move".to_owned()), ("idempotency_key", key)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    amira.submit(&transfer, &fields).await.has_status(303);
    let page = amira.get(&format!("{class}/materials")).await;
    order(&page, &["Alpha", "Beta", "Two", "Gamma"]);
    undoes(&mut amira, &page).await.has_status(303);
    order(&amira.get(&arrange).await, &["One", "Gamma", "Alpha", "Beta", "Two"]);
    assert_eq!(hub.count("select count(*) from audit_entries where action like '%_moved'").await, 5);
}

#[tokio::test]
async fn what_has_student_work_is_copied_to_another_class_without_it() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let upload = hub.material(module, "Your lamp", work::upload()).await;
    hub.submission(upload, hub.people.jonas).await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Chemistry"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let chemistry = amira.submit("/teach/classes/new", &fields).await.location().unwrap();
    let id: uuid::Uuid = chemistry.rsplit('/').next().unwrap().parse().unwrap();
    let class = hub.people.physics.path();
    let copy = format!("{class}/modules/{module}/copy");
    let key = amira.get(&copy).await.hidden("idempotency_key").unwrap();
    let fields = [("to", id.to_string()), ("idempotency_key", key)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    amira.submit(&copy, &fields).await.has_status(303);
    amira.submit(&copy, &fields).await.has_status(303);
    amira.get(&format!("{chemistry}/materials")).await.says("Light").says("Your lamp");
    assert_eq!(hub.count("select count(*) from modules").await, 2, "sent twice, copied once");
    let target: uuid::Uuid = sqlx::query_scalar("select id from modules where classroom_id = $1")
        .bind(id)
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    let transfer = format!("{class}/materials/{upload}/transfer");
    let page = amira.get(&transfer).await;
    page.says("<optgroup label=\"Other classes (copy only)\">").says("Students have worked on it.");
    let key = page.hidden("idempotency_key").unwrap();
    for (act, status) in [("move", 422), ("copy", 303)] {
        let fields = [("to", target.to_string()), ("act", act.to_owned()), ("idempotency_key", key.clone())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        amira.submit(&transfer, &fields).await.has_status(status);
    }
    assert_eq!(hub.count("select count(*) from materials").await, 3);
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    let entry = "select count(*) from audit_entries where details ? 'copy_of'";
    assert_eq!(hub.count(entry).await, 2);
}

#[tokio::test]
async fn what_nobody_worked_on_moves_to_another_class() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let lesson = hub.lesson("ciphers").await;
    let upload = hub.material(module, "Your lamp", work::upload()).await;
    let link = hub.material(module, "Ciphers", work::link("https://example.org/")).await;
    sqlx::query("update materials set lesson_id = $2 where id = $1")
        .bind(link.0)
        .bind(lesson.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Chemistry"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let chemistry = amira.submit("/teach/classes/new", &fields).await.location().unwrap();
    let id = shared_types::ids::ClassroomId(chemistry.rsplit('/').next().unwrap().parse().unwrap());
    let there = hub.module_in(id, "Sparks", None).await.to_string();
    let class = hub.people.physics.path();
    let moves = [("to", there.as_str()), ("act", "move"), ("idempotency_key", key.as_str())];
    let transfer = format!("{class}/materials/{upload}/transfer");
    let page = amira.get(&transfer).await;
    page.says("<optgroup label=\"Other classes\">").says("Nobody has worked on it yet");
    amira.submit(&transfer, &moves).await.leads_to(&format!("{chemistry}/materials#module-{there}"));
    amira.get(&format!("{chemistry}/materials")).await.says("Your lamp").says("Moved");
    amira.get(&transfer).await.has_status(404);
    // A lesson that the other class does not have keeps it here, as does the least that a student did.
    let transfer = format!("{class}/materials/{link}/transfer");
    amira.get(&transfer).await;
    amira.submit(&transfer, &moves).await.has_status(422).says("Give that class the course first");
    let begun = hub.material(module, "Look back", work::reflection()).await;
    sqlx::query("insert into drafts (student_id, material_id, text, saved_at) values ($1, $2, 'It was', now())")
        .bind(hub.people.jonas.0)
        .bind(begun.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let transfer = format!("{class}/materials/{begun}/transfer");
    amira.submit(&transfer, &moves).await.has_status(422).says("what they did stays in their class");
    // Not into Mallory's class, whoever asks.
    let theirs = hub.module_in(hub.class_of_mallory().await, "Hers", None).await.to_string();
    let away = [("to", theirs.as_str()), moves[1], moves[2]];
    amira.submit(&transfer, &away).await.has_status(422).says("from the list");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'material_moved'").await, 1);
}

#[tokio::test]
async fn mallory_is_no_place_to_copy_to_and_copies_nothing_herself() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let text = hub.material(module, "Read", work::text()).await;
    let theirs = hub.class_of_mallory().await;
    let there = hub.module_in(theirs, "Hers", None).await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let class = hub.people.physics.path();
    let key = uuid::Uuid::from_u128(9).to_string();
    for (path, to) in [
        (format!("{class}/materials/{text}/transfer"), there.to_string()),
        (format!("{class}/modules/{module}/copy"), theirs.to_string()),
    ] {
        let page = amira.get(&path).await;
        assert!(!page.body.contains("Hers") && !page.body.contains("Theirs"));
        let fields = [("to", to.as_str()), ("act", "copy"), ("idempotency_key", key.as_str())];
        amira.submit(&path, &fields).await.has_status(422).says("from the list");
    }
    let mut mallory = pressing(&hub, &hub.people.mallory).await;
    let own = format!("/teach/classes/{theirs}");
    for path in [format!("{own}/materials/{text}/place"), format!("{own}/modules/{module}/place")] {
        mallory.submit(&path, &[("place", "1")]).await.has_status(404);
    }
    mallory.submit(&format!("{own}/materials/{text}/restoration"), &[]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from materials").await, 1);
    assert_eq!(hub.count("select count(*) from modules").await, 2);
}

#[tokio::test]
async fn what_was_deleted_comes_back_with_what_students_did_until_it_is_swept() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let upload = hub.material(module, "Your lamp", work::upload()).await;
    hub.submission(upload, hub.people.jonas).await;
    let mut amira = pressing(&hub, &hub.people.amira).await;
    let class = hub.people.physics.path();
    let (material, list) = (format!("{class}/materials/{upload}"), format!("{class}/materials"));
    amira.get(&format!("{material}/deletion")).await.says("1 student");
    amira.submit(&format!("{material}/deletion"), &[]).await.leads_to(&list);
    let page = amira.get(&list).await;
    assert!(!page.body.contains("Your lamp"));
    undoes(&mut amira, &page).await.has_status(303);
    amira.get(&list).await.says("Your lamp");
    amira.submit(&format!("{class}/modules/{module}/deletion"), &[]).await.leads_to(&list);
    amira.get(&format!("{list}/arrangement")).await.says("Recently deleted").says("Light");
    amira.submit(&format!("{class}/modules/{module}/restoration"), &[]).await.has_status(303);
    amira.get(&list).await.says("Your lamp");
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    amira.submit(&format!("{material}/deletion"), &[]).await.has_status(303);
    hub.later(Duration::days(29));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    hub.later(Duration::days(2));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from submissions").await, 0);
    // It came with a course: an import finds that the teacher did not want it.
    assert_eq!(hub.count("select count(*) from materials where deleted_at is not null").await, 1);
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    let mut amira = pressing(&hub, &hub.people.amira).await;
    amira.submit(&format!("{material}/restoration"), &[]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from modules where deleted_at is null").await, 1);
}
