//! What is stored about a student: seen, taken away, deleted.

use crate::{
    harness::{
        Browser, TestApp,
        work::{checklist, rubric},
    },
    uploads::picture,
};
use hub_server::{
    material::{Answer, Choice, Kind, Settings},
    privacy::register::REGISTER,
};
use shared_types::ids::MaterialId;
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

const PATH: &str = "/student/my-data";

/// A hub in which jonas has one of everything.
async fn with_work() -> (TestApp, MaterialId) {
    let hub = TestApp::start().await;
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let settings = Settings::Reflection { source: String::new(), html: String::new() };
    let reflection = hub.has_material(&hub.people.physics, "What I <learnt>", &settings).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(upload, "cat.png", &picture()).await.has_status(303);
    jonas.hands_in_with_note(upload, "CAT.png", &picture(), "better").await.has_status(303);
    hub.joined(hub.people.lena).await.hands_in(upload, "lena.txt", b"lena's own").await.has_status(303);
    let answer = Answer::Reflection { text: "Light <bends>\nin water".to_owned() };
    for student in [hub.people.jonas, hub.people.lena] {
        sqlx::query("insert into responses (material_id, student_id, answer, saved_at) values ($1, $2, $3, now())")
            .bind(reflection.0)
            .bind(student.0)
            .bind(sqlx::types::Json(&answer))
            .execute(&hub.app.db)
            .await
            .unwrap();
    }
    sqlx::query(
        "insert into drafts (material_id, student_id, text, saved_at) values ($1, $2, 'half a thought', now())",
    )
    .bind(reflection.0)
    .bind(hub.people.jonas.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    (hub, reflection)
}

async fn portfolio(jonas: &mut Browser<'_>) -> zip::ZipArchive<Cursor<Vec<u8>>> {
    let sent = jonas.get(&format!("{PATH}/portfolio.zip")).await;
    sent.has_status(200);
    assert_eq!(sent.headers["content-type"], "application/zip");
    assert_eq!(sent.headers["content-disposition"].to_str().unwrap().split(';').next(), Some("attachment"));
    zip::ZipArchive::new(Cursor::new(sent.bytes)).unwrap()
}

fn entry(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Vec<u8> {
    let mut content = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
    content
}

#[tokio::test]
async fn jonas_sees_everything_of_his_and_nothing_of_lena_s() {
    let (hub, _) = with_work().await;
    let page = hub.joined(hub.people.jonas).await.get(PATH).await;
    page.has_status(200).says("Jonas").says("Physics 7b").says("cat.png").says("CAT.png").says("better");
    page.says("What I &lt;learnt&gt;").says("Light &lt;bends&gt;").says("half a thought").says("Download my portfolio");
    assert!(!page.body.contains("lena.txt") && !page.body.contains("<learnt>"));
    hub.browser().get(PATH).await.leads_to("/?next=%2Fstudent%2Fmy-data");
}

#[tokio::test]
async fn the_portfolio_has_files_answers_rows_and_a_page_that_reads_offline() {
    let (hub, _) = with_work().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut archive = portfolio(&mut jonas).await;
    let names: BTreeSet<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in [
        "index.html",
        "files/First week/Cats/CAT.png",
        "files/First week/Cats/cat-2.png",
        "answers/First week/What I _learnt_.md",
        "drafts/First week/What I _learnt_.md",
    ] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
    assert!(names.iter().all(|name| !name.contains("..") && !name.starts_with('/')));
    assert_eq!(entry(&mut archive, "files/First week/Cats/CAT.png"), picture());
    let page = String::from_utf8(entry(&mut archive, "index.html")).unwrap();
    assert!(page.contains("files/First%20week/Cats/CAT.png") && page.contains("Light &lt;bends&gt;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"), "{page}");
    for holding in REGISTER {
        let rows: serde_json::Value =
            serde_json::from_slice(&entry(&mut archive, &format!("data/{}.json", holding.table))).unwrap();
        let text = rows.to_string();
        assert!(rows.is_array() && !text.contains("_hash") && !text.contains("sealed"), "{text}");
    }
    let submissions: serde_json::Value = serde_json::from_slice(&entry(&mut archive, "data/submissions.json")).unwrap();
    assert_eq!(submissions.as_array().unwrap().len(), 2);
    let all: String =
        names.iter().map(|name| String::from_utf8_lossy(&entry(&mut archive, name)).into_owned()).collect();
    assert!(!all.contains("lena"), "nothing of anybody else");
}

#[tokio::test]
async fn one_thing_can_be_deleted_and_only_an_own_one() {
    let (hub, reflection) = with_work().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get(PATH).await;
    jonas.get(PATH).await;
    let theirs: uuid::Uuid = sqlx::query_scalar("select id from submissions where file_name = 'lena.txt'")
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    let own: uuid::Uuid = sqlx::query_scalar("select id from submissions where file_name = 'cat.png'")
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    let files = hub.files_kept();
    jonas.submit(&format!("{PATH}/files/{theirs}/deletion"), &[]).await.has_status(404);
    jonas.submit(&format!("{PATH}/files/{own}/deletion"), &[]).await.leads_to(PATH);
    assert_eq!(hub.files_kept(), files - 2, "the file and its small picture");
    for record in ["answers", "drafts"] {
        jonas.submit(&format!("{PATH}/{record}/{reflection}/deletion"), &[]).await.leads_to(PATH);
        jonas.submit(&format!("{PATH}/{record}/{reflection}/deletion"), &[]).await.has_status(404);
    }
    jonas.submit(&format!("{PATH}/students/{}/deletion", hub.people.jonas), &[]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from responses").await, 1);
    assert_eq!(hub.count("select count(*) from submissions").await, 2);
}

#[tokio::test]
async fn deleting_everything_leaves_nothing_and_ends_the_session() {
    let (hub, _) = with_work().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas
        .get(&format!("{PATH}/deletion"))
        .await
        .has_status(200)
        .says("Delete everything about you?")
        .says("Files you handed in");
    assert_eq!(hub.count("select count(*) from students").await, 2);
    jonas.submit(&format!("{PATH}/deletion"), &[]).await.leads_to("/");
    jonas.get("/student").await.leads_to("/");
    assert_eq!(hub.files_kept(), 1, "lena's");
    for holding in REGISTER {
        let statement = format!("select count(*) from {} where {} = $1", holding.table, holding.column);
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .bind(hub.people.jonas.0)
            .fetch_one(&hub.app.db)
            .await
            .unwrap();
        assert_eq!(left, 0, "{}", holding.table);
    }
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
    hub.joined(hub.people.lena).await.get(PATH).await.says("lena.txt");
}

#[tokio::test]
async fn every_table_that_knows_a_student_is_in_the_register() {
    let hub = TestApp::start().await;
    let known: BTreeSet<(String, String)> =
        REGISTER.iter().map(|holding| (holding.table.to_owned(), holding.column.to_owned())).collect();
    let referring: Vec<(String, String, bool)> = sqlx::query_as(
        "select c.conrelid::regclass::text, a.attname::text, c.confdeltype = 'c'
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
         where c.contype = 'f' and c.confrelid = 'students'::regclass",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    assert!(referring.len() > 5, "{referring:?}");
    let by_name: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'hub' and column_name in ('student_id', 'actor_id')
           and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    let mut missing = BTreeSet::new();
    for (table, column, _) in &referring {
        if !known.contains(&(table.clone(), column.clone())) {
            missing.insert(format!("{table}.{column}"));
        }
    }
    for (table, column) in by_name {
        if !known.contains(&(table.clone(), column.clone())) {
            missing.insert(format!("{table}.{column}"));
        }
    }
    assert!(missing.is_empty(), "not in privacy::register: {missing:?}");
    for holding in REGISTER.iter().filter(|holding| holding.table != "students") {
        let cascades = referring.iter().any(|(table, column, cascades)| {
            (table.as_str(), column.as_str()) == (holding.table, holding.column) && *cascades
        });
        assert_eq!(cascades, holding.goes_along, "{}: how its rows are deleted", holding.table);
    }
}

#[tokio::test]
async fn answers_are_read_as_plain_lines_and_kept_as_markdown() {
    let hub = TestApp::start().await;
    let choice = Choice { level: Some(1), why: "mostly".to_owned() };
    for (title, settings, answer) in [
        ("Steps", checklist(), Answer::Checklist { ticked: ["i1".to_owned()].into() }),
        ("My work", rubric(), Answer::Rubric { choices: [("c1".to_owned(), choice)].into() }),
    ] {
        let material = hub.has_material(&hub.people.physics, title, &settings).await;
        sqlx::query("insert into responses (material_id, student_id, answer, saved_at) values ($1, $2, $3, now())")
            .bind(material.0)
            .bind(hub.people.jonas.0)
            .bind(sqlx::types::Json(&answer))
            .execute(&hub.app.db)
            .await
            .unwrap();
    }
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut archive = portfolio(&mut jonas).await;
    let index = String::from_utf8(entry(&mut archive, "index.html")).unwrap();
    for page in [jonas.get(PATH).await.body, index] {
        assert!(page.contains("✓ Plan it\n☐ Build it") && page.contains("The code works: Nearly – mostly"), "{page}");
        assert!(!page.contains("- [") && !page.contains("**"), "{page}");
    }
    let text = |archive: &mut _, name: &str| String::from_utf8(entry(archive, name)).unwrap();
    assert!(text(&mut archive, "answers/First week/Steps.md").contains("- [x] Plan it\n- [ ] Build it"));
    assert!(text(&mut archive, "answers/First week/My work.md").contains("- The code works: **Nearly** – mostly"));
}

#[tokio::test]
async fn grades_that_came_back_are_there_with_the_teacher_s_words() {
    let (hub, reflection) = with_work().await;
    hub.given_back(reflection, hub.people.jonas, Some(8750), "Look at the <edge> again").await;
    hub.given_back(reflection, hub.people.lena, Some(1000), "For Lena").await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(PATH).await;
    page.says("Grades you got back").says("87.5 of 100 points").says("Look at the &lt;edge&gt; again");
    assert!(!page.body.contains("For Lena"));
    let mut archive = portfolio(&mut jonas).await;
    let index = String::from_utf8(entry(&mut archive, "index.html")).unwrap();
    for said in ["Grades you got back", "87.5 of 100 points", "Look at the &lt;edge&gt; again"] {
        assert!(index.contains(said), "{index}");
    }
    let rows: serde_json::Value = serde_json::from_slice(&entry(&mut archive, "data/returned_grades.json")).unwrap();
    let numbers = ["points", "most", "deducted"].map(|name| rows[0][name].as_f64().unwrap());
    assert_eq!((rows.as_array().unwrap().len(), numbers), (1, [87.5, 100.0, 0.0]));
    jonas.headers.insert("accept-language", "es".to_owned());
    jonas.get(PATH).await.says("87,5 de 100 puntos");
}

#[tokio::test]
async fn what_goes_with_a_piece_is_said_before_it_goes_and_a_grade_stays() {
    let hub = TestApp::start().await;
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let task = format!("/student/materials/{upload}");
    let (mut jonas, mut lena) = (hub.joined(hub.people.jonas).await, hub.joined(hub.people.lena).await);
    jonas.hands_in(upload, "one.txt", b"one").await.has_status(303);
    let first = hub.newest_submission().await;
    hub.later(chrono::Duration::minutes(1));
    jonas.hands_in(upload, "two.txt", b"two").await.has_status(303);
    let second = hub.newest_submission().await;
    hub.given_back(upload, hub.people.jonas, Some(8750), "Well done").await;
    let ask = |submission| format!("{PATH}/files/{submission}/deletion");
    jonas.get(PATH).await.says(&format!("href=\"{}\"", ask(second)));
    jonas.get(&ask(first)).await.says("A newer version of yours is handed in; that one stays.");
    let page = jonas.get(&ask(second)).await;
    page.has_status(200).says("Delete “two.txt”?").says("Without it, version 1 counts as handed in.");
    page.says("The grade you got back for this task stays").says("Yes, delete it");
    assert_eq!(hub.count("select count(*) from submissions").await, 2, "asking deletes nothing");
    for address in [ask(second), format!("{PATH}/drafts/{upload}/deletion"), format!("{PATH}/grades/{upload}/deletion")]
    {
        lena.get(&address).await.has_status(404);
    }
    hub.browser().get(&ask(second)).await.has_status(303);

    jonas.submit(&ask(second), &[]).await.leads_to(PATH);
    jonas.get(&ask(first)).await.says("Without it, the task counts as not handed in.");
    jonas.submit(&ask(first), &[]).await.leads_to(PATH);
    let page = jonas.get(&task).await;
    page.says("Graded. No file of yours is handed in here.").says("87.5 of 100 points").says("Well done");
    assert!(!page.body.contains("Not handed in yet"));
    jonas.get("/student").await.says("Returned").says("1 of 1 done");
    jonas.get(PATH).await.says("87.5 of 100 points");
    assert_eq!(hub.count("select count(*) from grades where handed_in_at is not null").await, 0);
}
