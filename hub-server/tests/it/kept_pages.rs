//! Pages that are sent again as they were made: never to another, never out of date. Beside these tests, the harness makes
//! every page anew that is sent again, in all the other tests too, and fails where it differs.

use crate::harness::{
    Page, TestApp, statements,
    work::{reflection, text, upload},
};
use chrono::Duration;
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// Every page carries a mask of its own: a page with the same one is the very page that was there before.
fn is_the_same(one: &Page, other: &Page) -> bool {
    one.hidden("csrf").unwrap() == other.hidden("csrf").unwrap()
}

/// The pages of a class that are kept, for teachers.
fn of_teachers(hub: &TestApp) -> [String; 3] {
    let class = &hub.people.physics;
    [class.path(), class.roster_path(), format!("{}/gradebook", class.path())]
}

#[tokio::test]
async fn a_page_is_sent_again_while_nothing_changes_and_within_the_minute() {
    let hub = TestApp::start().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let first = jonas.get("/student").await;
    assert!(is_the_same(&first, &jonas.get("/student").await));
    hub.later(Duration::seconds(59));
    assert!(is_the_same(&first, &jonas.get("/student").await));
    hub.later(Duration::seconds(1));
    assert!(!is_the_same(&first, &jonas.get("/student").await));
    let mut amira = hub.signed_in(&hub.people.amira).await;
    for path in of_teachers(&hub) {
        let first = amira.get(&path).await;
        assert!(is_the_same(&first, &amira.get(&path).await), "{path}");
        hub.module("Another").await;
        assert!(!is_the_same(&first, &amira.get(&path).await), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_sent_another_s_page() {
    let hub = TestApp::start().await;
    let (mut jonas, mut lena) = (hub.joined(hub.people.jonas).await, hub.joined(hub.people.lena).await);
    jonas.get("/student").await.says("Hello, Jonas");
    lena.get("/student").await.says("Hello, Lena");
    // The same person in another browser has forms of their own.
    let mut elsewhere = hub.joined(hub.people.jonas).await;
    assert!(!is_the_same(&jonas.get("/student").await, &elsewhere.get("/student").await));
    // In another language it is another page.
    jonas.cookies.insert("lang".to_owned(), "es".to_owned());
    assert!(!jonas.get("/student").await.body.contains("Hello, Jonas"));
    // Whoever is signed out is sent nothing of it.
    sqlx::query("delete from sessions where student_id = $1")
        .bind(hub.people.lena.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    assert_ne!(lena.get("/student").await.status, 200);
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    for path in of_teachers(&hub) {
        amira.get(&path).await.has_status(200);
        mallory.get(&path).await.has_status(404);
    }
}

#[tokio::test]
async fn a_right_that_was_taken_is_seen_at_once() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let path = hub.people.physics.path();
    let lock = format!("{path}/lock");
    amira.get(&path).await.says(&lock);
    sqlx::query("update memberships set role = 'viewer'").execute(&hub.app.db).await.unwrap();
    assert!(!amira.get(&path).await.body.contains(&lock));
    sqlx::query("delete from memberships").execute(&hub.app.db).await.unwrap();
    amira.get(&path).await.has_status(404);
}

#[tokio::test]
async fn what_is_told_once_is_told_once() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let path = hub.people.physics.path();
    amira.get(&path).await;
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.has_status(303);
    let told = |page: &Page| page.body.contains("<div class=\"notice");
    assert!(told(&amira.get(&path).await));
    assert!(!told(&amira.get(&path).await));
}

#[tokio::test]
async fn another_student_s_work_changes_the_teacher_s_pages_and_not_mine() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let file = hub.material(module, "Your lamp", upload()).await;
    hub.material(module, "Look back", reflection()).await;
    let (mut jonas, mut lena) = (hub.joined(hub.people.jonas).await, hub.joined(hub.people.lena).await);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (mine, hers) = (jonas.get("/student").await, lena.get("/student").await);
    let mut before = Vec::new();
    for path in of_teachers(&hub) {
        before.push(amira.get(&path).await);
    }
    hub.submission(file, hub.people.lena).await;
    assert!(is_the_same(&mine, &jonas.get("/student").await));
    assert!(!is_the_same(&hers, &lena.get("/student").await));
    for (path, before) in of_teachers(&hub).iter().zip(before) {
        assert!(!is_the_same(&before, &amira.get(path).await), "{path}");
    }
}

/// The tables that a statement reads, those behind views too.
fn tables<'t>(statement: &str, known: &'t BTreeMap<String, BTreeSet<String>>) -> impl Iterator<Item = &'t String> {
    let words: BTreeSet<String> =
        statement.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(str::to_owned).collect();
    known.iter().filter(move |(name, _)| words.contains(*name)).flat_map(|(_, tables)| tables)
}

#[tokio::test]
async fn every_table_that_a_kept_page_reads_tells_of_its_changes() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let lesson = lessons[0];
    let module = hub.module_of(lesson).await;
    hub.material(module, "Before you start", text()).await;
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // What a view reads, and what the views it reads do.
    let pairs: Vec<(String, String)> = sqlx::query_as(
        "with recursive reads (name, behind) as (
             select table_name::text, table_name::text from information_schema.tables where table_schema = 'hub'
             union
             select r.name, u.table_name::text from reads r
             join information_schema.view_table_usage u on u.view_schema = 'hub' and u.view_name = r.behind)
         select r.name, r.behind from reads r
         join information_schema.tables t on t.table_schema = 'hub' and t.table_name = r.behind
         where t.table_type = 'BASE TABLE'",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    for (name, behind) in pairs {
        known.entry(name).or_default().insert(behind);
    }
    assert!(known["ungraded_work"].contains("grading_schemes"), "{known:?}");
    let telling: BTreeSet<String> = sqlx::query_scalar(
        "select tgrelid::regclass::text from pg_trigger where tgname = tgrelid::regclass || '_change'",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let (mut amira, mut jonas) = (hub.signed_in(&hub.people.amira).await, hub.joined(hub.people.jonas).await);
    let mut pages = Vec::new();
    for path in ["/student".to_owned(), format!("/student/lessons/{lesson}")] {
        pages.push(statements(jonas.get(&path)).await);
    }
    for path in of_teachers(&hub) {
        pages.push(statements(amira.get(&path)).await);
    }
    for (page, sent) in pages {
        page.has_status(200);
        // What the right says is a part of what the page is kept under.
        let read: Vec<_> =
            sent.iter().filter(|sql| !sql.contains("token_hash") && !sql.contains("from changes")).collect();
        assert!(!read.is_empty(), "{sent:?}");
        for table in read.iter().flat_map(|sql| tables(sql, &known)) {
            assert!(
                telling.contains(table),
                "{table} is read by a page that is kept, and has no trigger {table}_change"
            );
        }
    }
}

#[tokio::test]
async fn a_lesson_is_sent_again_until_it_changes_or_what_is_said_about_it() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let path = format!("/student/lessons/{}", lessons[0]);
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut before = jonas.get(&path).await;
    for change in [
        "update courses set title = 'Signals'",
        "update lessons set version = version where position = 2",
        "insert into transcripts select id, true, now() from organisations",
        "delete from transcripts",
        "insert into helper_class_rules
             (classroom_id, enabled, strictness, scope_mode, topic_filter, max_rung, allowed_topics, days, per_minute,
              per_day, class_per_day, changed_at)
         select id, false, 'light', 'soft', false, 'nudge', '{}', '{1}', 1, 1, 1, now() from classrooms",
        "insert into helper_lesson_rules (classroom_id, lesson_id, enabled, answers, changed_at)
         select classroom_id, lesson_id, false, '{}', now() from lesson_openings",
        "insert into finished_lessons (student_id, lesson_id, finished_at)
         select s.id, l.id, now() from students s, lessons l where s.display_name = 'Jonas' and l.position = 1",
    ] {
        assert!(is_the_same(&before, &jonas.get(&path).await), "before {change}");
        assert!(sqlx::query(change).execute(&hub.app.db).await.unwrap().rows_affected() > 0, "{change}");
        let after = jonas.get(&path).await;
        assert!(!is_the_same(&before, &after), "{change}");
        before = after;
    }
}

#[tokio::test]
async fn two_who_change_at_the_same_moment_do_not_wait_for_each_other() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let materials = [hub.material(module, "One", reflection()).await, hub.material(module, "Two", reflection()).await];
    let jonas = hub.people.jonas;
    let of_jonas = format!("select count(*) from changes where subject = '{jonas}'");
    let rows =
        async || sqlx::query_scalar::<_, i64>(AssertSqlSafe(of_jonas.clone())).fetch_one(&hub.app.db).await.unwrap();
    let mut open = Vec::new();
    for material in materials {
        let mut tx = hub.app.db.begin().await.unwrap();
        sqlx::query("set local lock_timeout = '2s'").execute(&mut *tx).await.unwrap();
        sqlx::query("insert into drafts (student_id, material_id, text, saved_at) values ($1, $2, '', $3)")
            .bind(jonas.0)
            .bind(material.0)
            .bind(hub.app.clock.now())
            .execute(&mut *tx)
            .await
            .unwrap();
        open.push(tx);
    }
    for tx in open {
        tx.commit().await.unwrap();
    }
    let there = rows().await;
    assert!(there >= 2, "each wrote into a row of its own");
    // One after the other they share a row.
    sqlx::query("update drafts set text = 'more'").execute(&hub.app.db).await.unwrap();
    sqlx::query("update drafts set text = 'and more'").execute(&hub.app.db).await.unwrap();
    assert_eq!(rows().await, there);
    sqlx::query("delete from students where id = $1").bind(jonas.0).execute(&hub.app.db).await.unwrap();
    assert_eq!(rows().await, 0, "who is gone leaves nothing behind");
}
