//! The roster as a whole: searching and sorting, names from a list, cards, merging two who are one, emptying it.

use crate::{
    harness::{Attached, Browser, TestApp, statements, work},
    people::Person,
};
use chrono::Duration;
use hub_server::{material::Answer, privacy::register::REGISTER};
use shared_types::ids::StudentId;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

const CODE: &str = "PHYS-7BCD";

async fn on_roster<'a>(hub: &'a TestApp, person: &Person) -> Browser<'a> {
    let mut browser = hub.signed_in(person).await;
    browser.get(&hub.people.physics.roster_path()).await.has_status(200);
    browser
}

#[tokio::test]
async fn the_roster_is_searched_and_sorted() {
    let hub = TestApp::start().await;
    let upload = hub.material(hub.module("Light").await, "Your lamp", work::upload()).await;
    hub.submission(upload, hub.people.lena).await;
    hub.later(Duration::minutes(3));
    hub.browser().joins(CODE, "Núria B").await.has_status(303);
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = hub.people.physics.roster_path();
    let found = amira.get(&format!("{path}?q=nur")).await;
    found.says("Núria B").says("1 of 3 students").says(r#"value="nur""#);
    assert!(!found.body.contains("Jonas"));
    amira.get(&format!("{path}?q=zzz")).await.has_status(200).says("Nobody here has a name like that");
    for (sort, first) in
        [("name", "Jonas"), ("seen", "Núria B"), ("joined", "Núria B"), ("work", "Lena"), ("x", "Jonas")]
    {
        let page = amira.get(&format!("{path}?sort={sort}")).await;
        let row = page.body.split("<tr").nth(2).unwrap();
        assert!(row.contains(first), "{sort}: {row}");
    }
    amira.get(&format!("{path}?sort=seen")).await.says(r#"aria-sort="descending""#);
    let attack = amira.get(&format!("{path}?q=%22%3E%3Cscript%3E")).await;
    assert!(!attack.body.contains("<script>"));
}

#[tokio::test]
async fn a_list_of_names_is_looked_at_before_anything_changes() {
    let hub = TestApp::start().await;
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = hub.people.physics.roster_path();
    amira.get(&format!("{path}/import")).await.says("Nothing changes before");
    let list = "Group;Name\n7b;Mia\n7b;jonas\n7b;Mia \n7b;mia@school.example\n7b;=cmd()\n7b;O'Neil\n";
    let preview = format!("{path}/import");
    let file = Attached { name: "class.csv", content: list.as_bytes() };
    let page = amira.attach(&preview, &[("names", "")], file).await;
    page.has_status(200).says("Will be added").says("Is in the class already").says("Stands further up already");
    page.says("looks like an address").says("column “Name”").says("3 students would be added");
    assert_eq!(hub.count("select count(*) from students").await, 2);
    let (names, key) = (page.hidden("names").unwrap(), page.hidden("idempotency_key").unwrap());
    assert_eq!(names, "Mia\n=cmd()\nO&#39;Neil".replace("&#39;", "'"));
    let fields = [("names", names.as_str()), ("idempotency_key", key.as_str())];
    let confirmation = format!("{preview}/confirmation");
    for _ in 0..2 {
        amira.submit(&confirmation, &fields).await.leads_to(&path);
    }
    let roster = amira.get(&path).await;
    roster.says("The names are on the roster").says("Mia").says("Not here yet");
    assert_eq!(hub.count("select count(*) from students").await, 5);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'students_added'").await, 1);
    // Whoever is on the list comes in by the card, and not by the name alone.
    hub.browser().joins(CODE, "Mia").await.has_status(422);
    let csv = amira.get(&format!("{path}.csv")).await;
    csv.has_status(200).says("\"'=cmd()\"").says("\"O'Neil\"").says("\"Jonas\"");
    assert!(!csv.body.contains("\"=cmd"), "{}", csv.body);
    assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_says_so_and_keeps_what_was_typed() {
    let hub = TestApp::start().await;
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let preview = format!("{}/import", hub.people.physics.roster_path());
    let nothing = Attached { name: "", content: b"" };
    amira.attach(&preview, &[("names", "  ")], nothing).await.has_status(422).says("Type some names");
    let many = (0..501).map(|number| format!("Student {number}\n")).collect::<String>();
    amira.attach(&preview, &[("names", &many)], nothing).await.has_status(422).says("500 at most").says("Student 300");
    let picture = Attached { name: "a.png", content: b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" };
    amira.attach(&preview, &[("names", "")], picture).await.has_status(422).says("Save it as CSV");
    assert_eq!(hub.count("select count(*) from students").await, 2);
}

#[tokio::test]
async fn return_cards_let_everybody_on_the_list_in_and_are_shown_once() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    let old = lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let class = hub.people.physics.path();
    let path = format!("{}/import/confirmation", hub.people.physics.roster_path());
    let key = uuid::Uuid::from_u128(5).to_string();
    amira.submit(&path, &[("names", "Mia\nTom"), ("idempotency_key", &key)]).await.has_status(303);
    let cards = format!("{class}/return-cards");
    amira.get(&cards).await.says("For 2 students who have not come in yet").says("For all 5 students");
    let sheet = amira.submit(&cards, &[("whom", "expected")]).await;
    sheet.has_status(200).says("Mia").says("Tom").says("shown only this once");
    assert!(!sheet.body.contains("Lena B"));
    let code_of = |name: &str| {
        let card = sheet.body.split("<article").find(|card| card.contains(name)).unwrap();
        let code = card.split(r#"class="return-card-code">"#).nth(1).unwrap();
        code.split('<').next().unwrap().trim().to_owned()
    };
    hub.browser().comes_back(CODE, "Mia", &code_of("Tom")).await.has_status(422);
    hub.browser().comes_back(CODE, "Mia", &code_of("Mia")).await.leads_to("/student");
    hub.browser().comes_back(CODE, "Lena B", &old).await.leads_to("/student");
    amira.submit(&cards, &[("whom", "everyone")]).await.has_status(200).says("Lena B");
    hub.browser().comes_back(CODE, "Lena B", &old).await.has_status(422);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'return_codes_renewed'").await, 2);
    let card = amira.get(&format!("{class}/join-card")).await;
    card.says(CODE).says("<svg").says("http://localhost:8080/");
}

#[tokio::test]
async fn a_student_gets_another_name_and_keeps_everything_else() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    let code = lena.joins_and_writes_down(CODE, "Lena B").await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from students where display_name = 'Lena B'")
        .fetch_one(&hub.app.db)
        .await
        .unwrap();
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = hub.people.physics.student_path(StudentId(id));
    let name = format!("{path}/name");
    amira.submit(&name, &[("display_name", "JONAS")]).await.has_status(422).says("has that name").says("JONAS");
    amira.submit(&name, &[("display_name", "lena@school.example")]).await.has_status(422);
    amira.submit(&name, &[("display_name", "Lena Bauer")]).await.leads_to(&path);
    assert!(lena.is_in_as("Lena Bauer").await);
    hub.browser().comes_back(CODE, "Lena Bauer", &code).await.leads_to("/student");
    hub.browser().comes_back(CODE, "Lena B", &code).await.has_status(422);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'student_renamed'").await, 1);
}

#[tokio::test]
async fn the_roster_is_emptied_only_by_who_means_it() {
    let hub = TestApp::start().await;
    let upload = hub.material(hub.module("Light").await, "Your lamp", work::upload()).await;
    hub.submission(upload, hub.people.jonas).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let reset = format!("{}/reset", hub.people.physics.roster_path());
    amira.get(&reset).await.says("2 students").says("1 file");
    amira.submit(&reset, &[]).await.has_status(422).says("Tick the box");
    assert_eq!(hub.count("select count(*) from students").await, 2);
    amira.submit(&reset, &[("sure", "on")]).await.leads_to(&hub.people.physics.roster_path());
    assert_eq!(hub.count("select count(*) from students").await, 0);
    assert_eq!(hub.count("select count(*) from submissions").await, 0);
    jonas.get("/student").await.leads_to("/");
    assert_eq!(hub.count("select count(*) from materials").await, 1);
}

/// One row about a student in every table of the register and in every other table that is tied to students: two of
/// them where both students can have one of their own.
async fn fill(hub: &TestApp, student: StudentId, materials: &[shared_types::ids::MaterialId]) {
    let now = hub.app.clock.now();
    let lesson: uuid::Uuid = sqlx::query_scalar("select id from lessons").fetch_one(&hub.app.db).await.unwrap();
    for material in materials {
        hub.submission(*material, student).await;
        hub.later(Duration::seconds(7));
        sqlx::query("insert into responses (material_id, student_id, answer, saved_at, handed_in_at) values ($1, $2, $3, $4, $4)")
            .bind(material.0)
            .bind(student.0)
            .bind(sqlx::types::Json(Answer::Reflection { text: format!("by {student}") }))
            .bind(now)
            .execute(&hub.app.db)
            .await
            .unwrap();
        sqlx::query(
            "insert into returned_grades (material_id, student_id, version, most, rubric, levels, comment, excused, late,
                 returned_at)
             values ($1, $2, 1, 10000, '[]', '{}', 'Well done', false, false, $3)",
        )
        .bind(material.0)
        .bind(student.0)
        .bind(now)
        .execute(&hub.app.db)
        .await
        .unwrap();
        for sql in [
            "insert into drafts (material_id, student_id, text, saved_at) values ($1, $2, 'half', $3)",
            "insert into read_materials (material_id, student_id, read_at) values ($1, $2, $3)",
        ] {
            sqlx::query(sql).bind(material.0).bind(student.0).bind(now).execute(&hub.app.db).await.unwrap();
        }
    }
    for sql in [
        "insert into finished_lessons (student_id, lesson_id, finished_at) values ($1, $2, $3)",
        "insert into return_cards (student_id, sealed_code, made_at) select $1, '', $3 where $2 is not null",
        "insert into student_devices (id, student_id, created_at, last_used_at)
         select gen_random_uuid(), $1, $3, $3 where $2 is not null",
        "insert into entry_requests (id, student_id, browser_hash, asked_at, expires_at)
         select gen_random_uuid(), $1, uuid_send(gen_random_uuid()), $3, $3 where $2 is not null",
        "insert into idempotency_keys (actor_id, key, location, created_at)
         select $1, gen_random_uuid(), '/', $3 where $2 is not null",
        "insert into merged_records (id, student_id, table_name, record, merged_at)
         select gen_random_uuid(), $1, 'drafts', '{}', $3 where $2 is not null",
        "insert into certificates (id, code, student_id, name, organisation, title, statement, signatory, language,
             accent, issued_at)
         select id, translate(upper(left(replace(gen_random_uuid()::text, '-', ''), 16)), '01', 'GH'), $1, 'Jonas', '',
                'Light', '', 'Amira', 'en', 1, $3
         from gen_random_uuid() id where $2 is not null",
        "insert into helper_concerns (id, at, classroom_id, student_id, tier, kind)
         select gen_random_uuid(), $3, id, $1, 'today', 'danger' from classrooms where $2 is not null",
        "insert into helper_events (id, at, received_at, organisation_id, classroom_id, actor_kind, actor_id, turn_id,
             outcome, attempts, waited_ms, duration_ms, question_chars, answer_chars, citations)
         select gen_random_uuid(), $3, $3, organisation_id, id, 'student', $1, $2, 'answered', 1, 0, 0, 0, 0, 0
         from classrooms",
    ] {
        sqlx::query(sql).bind(student.0).bind(lesson).bind(now).execute(&hub.app.db).await.unwrap();
    }
}

/// How many rows every table has.
async fn sizes(hub: &TestApp) -> BTreeMap<String, i64> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'hub' and table_type = 'BASE TABLE'",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    let mut sizes = BTreeMap::new();
    for table in tables {
        let count = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")));
        sizes.insert(table, count.fetch_one(&hub.app.db).await.unwrap());
    }
    sizes
}

#[tokio::test]
async fn merging_keeps_every_row_of_both_students() {
    let hub = TestApp::start().await;
    let lesson = hub.lesson("ciphers").await;
    let module = hub.module_in(hub.people.physics.id, "Ciphers", Some(lesson)).await;
    let mut materials = Vec::new();
    for title in ["One", "Two", "Three"] {
        materials.push(hub.material(module, title, work::reflection()).await);
    }
    let (jonas, lena) = (hub.people.jonas, hub.people.lena);
    // Lena did two, Jonas did two, one of them both.
    fill(&hub, lena, &materials[1..]).await;
    fill(&hub, jonas, &materials[..2]).await;
    let mut on_her_device = hub.joined(lena).await;
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = format!("{}/merge", hub.people.physics.student_path(jonas));
    let other = lena.to_string();
    amira.get(&format!("{path}?other={other}")).await.says("Jonas keeps name and return code").says("2 files");
    // Everything about them, in every table the database ties to a student or the register knows.
    for holding in REGISTER {
        let statement = format!("select count(*) from {} where {} = $1", holding.table, holding.column);
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(statement)).bind(lena.0).fetch_one(&hub.app.db).await.unwrap();
        assert!(rows > 0, "{}: fill it in this test", holding.table);
    }
    let before = sizes(&hub).await;
    amira.submit(&path, &[("other", &other)]).await.leads_to(&hub.people.physics.student_path(jonas));
    let after = sizes(&hub).await;
    let kept: BTreeMap<String, i64> = sqlx::query_as::<_, (String, i64)>(
        "select table_name, count(*) from merged_records where record <> '{}' group by 1",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    for (table, rows) in &before {
        if table == "audit_entries" || table == "helper_erasures" {
            // What the helper keeps under the id that is gone is nobody's any more.
            assert_eq!(after[table], rows + 1);
        } else if table == "changes" {
            // Of whoever is gone nothing changes any more.
        } else if table == "merged_records" {
            assert_eq!(after[table], rows + kept.values().sum::<i64>());
        } else {
            let aside = kept.get(table).copied().unwrap_or_default();
            assert_eq!(after[table] + aside, *rows, "{table}: a row was lost, or one came from nowhere");
        }
    }
    assert_eq!(kept["students"], 1);
    assert_eq!(kept["responses"], 1, "both answered the second");
    let left: Vec<(String, String)> = sqlx::query_as(
        "select c.conrelid::regclass::text, a.attname::text from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
         where c.contype = 'f' and c.confrelid = 'students'::regclass",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    for (table, column) in left {
        let statement = format!("select count(*) from {table} where {column} = $1");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(statement)).bind(lena.0).fetch_one(&hub.app.db).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    // Versions of the material both handed in stand in the order of time.
    let versions: Vec<(i32, bool)> = sqlx::query_as(
        "select version, submitted_at = max(submitted_at) over () from submissions where material_id = $1 order by version",
    )
    .bind(materials[1].0)
    .fetch_all(&hub.app.db)
    .await
    .unwrap();
    assert_eq!(versions, [(1, false), (2, true)]);
    let page = amira.get(&hub.people.physics.student_path(jonas)).await;
    page.says("Kept from merging").says(&format!("by {lena}"));
    assert!(on_her_device.is_in_as("Jonas").await, "who was signed in stays so");
    on_her_device.get("/student/my-data").await.has_status(200).says("Kept from merging");
    let secrets =
        "select count(*) from merged_records where record ?| array['return_code_hash', 'token_hash', 'sealed_code']";
    assert_eq!(hub.count(secrets).await, 0);
}

#[tokio::test]
async fn a_table_nobody_thought_of_loses_nothing_either() {
    let hub = TestApp::start().await;
    for sql in [
        "create table stickers (id serial primary key, student_id uuid not null references students on delete cascade)",
        "create table glitter (sticker_id integer not null references stickers on delete cascade, colour text)",
    ] {
        sqlx::query(sql).execute(&hub.app.db).await.unwrap();
    }
    sqlx::query("insert into stickers (student_id) select id from students").execute(&hub.app.db).await.unwrap();
    sqlx::query("insert into glitter select id, 'gold' from stickers").execute(&hub.app.db).await.unwrap();
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = format!("{}/merge", hub.people.physics.student_path(hub.people.jonas));
    amira.submit(&path, &[("other", &hub.people.lena.to_string())]).await.has_status(303);
    for table in ["stickers", "glitter"] {
        let statement = format!("select count(*) from merged_records where table_name = '{table}'");
        let kept: i64 = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_one(&hub.app.db).await.unwrap();
        assert_eq!(kept, 1, "{table}");
    }
}

#[tokio::test]
async fn nobody_is_merged_with_themselves_or_with_somebody_of_another_class() {
    let hub = TestApp::start().await;
    let theirs = hub.class_of_mallory().await;
    let stranger = uuid::Uuid::from_u128(77);
    sqlx::query(
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         values ($1, $2, 'Stranger', 'stranger', '', now(), now())",
    )
    .bind(stranger)
    .bind(theirs.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    let mut amira = on_roster(&hub, &hub.people.amira).await;
    let path = format!("{}/merge", hub.people.physics.student_path(hub.people.jonas));
    for other in [hub.people.jonas.to_string(), stranger.to_string(), String::new(), "x".to_owned()] {
        amira.submit(&path, &[("other", &other)]).await.has_status(422).says("another student of this class");
    }
    assert!(!amira.get(&path).await.body.contains("Stranger"));
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    let through_hers = format!("/teach/classes/{theirs}/students/{}/merge", hub.people.jonas);
    mallory.submit(&through_hers, &[("other", &stranger.to_string())]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from students").await, 3);
}

#[tokio::test]
async fn a_full_roster_takes_as_few_statements_as_an_empty_one() {
    let hub = TestApp::start().await;
    let materials = crowd(&hub).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    for path in [hub.people.physics.roster_path(), hub.people.physics.path(), "/teach".to_owned()] {
        let (page, sent) = statements(amira.get(&path)).await;
        page.has_status(200);
        assert!((1..=10).contains(&sent.len()), "{path}: {} {sent:#?}", sent.len());
    }
    assert_eq!(materials, 25);
    let roster = amira.get(&hub.people.physics.roster_path()).await;
    roster.says("202 students in this class").says("Student 200");
}

/// Two hundred students who handed in five thousand files.
async fn crowd(hub: &TestApp) -> i64 {
    let module = hub.module("Light").await;
    for number in 0..25 {
        hub.material(module, &format!("Task {number}"), work::upload()).await;
    }
    for sql in [
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         select gen_random_uuid(), c.id, 'Student ' || n, 'student' || n, '', $1, $1
         from classrooms c, generate_series(1, 200) n",
        "insert into stored_files (id, bytes, sha256, content_type, stored_at)
         select gen_random_uuid(), 3, decode(repeat('00', 32), 'hex'), 'text/plain', $1 from generate_series(1, 5000)",
        "insert into submissions (id, material_id, student_id, version, file_id, file_name, submitted_at)
         select gen_random_uuid(), p.material_id, p.student_id, 1, f.id, 'a.txt', $1
         from (select m.id as material_id, s.id as student_id, row_number() over () as n
               from materials m, students s where s.name_key like 'student%') p
         join (select id, row_number() over () as n from stored_files) f on f.n = p.n",
    ] {
        sqlx::query(sql).bind(hub.app.clock.now()).execute(&hub.app.db).await.unwrap();
    }
    assert_eq!(hub.count("select count(*) from submissions").await, 5000);
    hub.count("select count(*) from materials").await
}
