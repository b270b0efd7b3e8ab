//! The gradebook: the table, a row at a time to edit, out to a spreadsheet and back.

use crate::harness::{
    Attached, Browser, Page, TestApp, statements,
    work::{checklist, reflection, upload},
};
use hub_server::web::csv;
use shared_types::ids::{MaterialId, StudentId};

fn path(hub: &TestApp) -> String {
    format!("{}/gradebook", hub.people.physics.path())
}

/// Opens a row to edit and sends it with these values.
async fn edits(
    hub: &TestApp,
    browser: &mut Browser<'_>,
    page: &Page,
    student: StudentId,
    values: &[(MaterialId, &str)],
) -> Page {
    let mut fields = Vec::new();
    for (material, value) in values {
        let version = format!("version-{material}");
        fields.push((version.clone(), page.hidden_of_form(&version)));
        fields.push((format!("value-{material}"), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.submit(&format!("{}/students/{student}", path(hub)), &fields).await
}

impl Page {
    /// The value of the hidden field of that name, whatever other attributes it has.
    fn hidden_of_form(&self, name: &str) -> String {
        let (before, after) = self.body.split_once(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name}"));
        let tag = before.rsplit_once('<').unwrap().1.to_owned() + after.split_once('>').unwrap().0;
        tag.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    }
}

async fn points(hub: &TestApp) -> Vec<(String, Option<i32>, bool)> {
    sqlx::query_as(
        "select s.display_name, g.points, g.excused from grades g join students s on s.id = g.student_id
         where g.version > 0 order by s.display_name, g.material_id",
    )
    .fetch_all(&hub.app.db)
    .await
    .unwrap()
}

#[tokio::test]
async fn the_table_shows_every_student_and_what_is_graded() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let empty = amira.get(&path(&hub)).await;
    empty.has_status(200).says("Graded work will be here");
    assert!(!empty.body.contains(".csv"), "{}", empty.body);
    let module = hub.module("Light").await;
    let lamp = hub.material(module, "The <lamp>", upload()).await;
    hub.material(module, "Look back", reflection()).await;
    hub.material(module, "Am I ready?", checklist()).await;
    hub.submission(lamp, hub.people.jonas).await;
    let page = amira.get(&path(&hub)).await;
    page.has_status(200).says("Jonas").says("Lena").says("The &lt;lamp&gt;").says("Look back").says("to grade");
    page.says(&format!("/teach/materials/{lamp}/grading?student={}", hub.people.jonas));
    // Ticked points are no grade, unless the teacher says so.
    assert!(!page.body.contains("Am I ready?"), "{}", page.body);
    let page = amira.get(&format!("{}?q=jon", path(&hub))).await;
    page.says("1 of 2 students");
    assert!(!page.body.contains(">Lena<"), "{}", page.body);
    // Only where something waits: neither rows nor columns without.
    let page = amira.get(&format!("{}?ungraded=on", path(&hub))).await;
    page.says("1 of 2 students").says("The &lt;lamp&gt;");
    assert!(!page.body.contains("Look back"), "{}", page.body);
    amira.get(&format!("{}?ungraded=on&q=lena", path(&hub))).await.says("Nothing waits for a grade.");
    amira.get(&format!("{}?q=nobody", path(&hub))).await.says("No student of this class is called so.");
    // The way to a row's form ends in its first field.
    let page = amira.get(&path(&hub)).await;
    page.says(&format!("?edit={}#field-value-{lamp}", hub.people.jonas));
    let row = amira.get(&format!("{}?edit={}", path(&hub), hub.people.jonas)).await;
    row.says(&format!("id=\"field-value-{lamp}\""));
    amira.get(&format!("{}?module={module}", path(&hub))).await.says("2 of 2 students");
}

#[tokio::test]
async fn a_row_is_edited_and_of_two_teachers_nobody_overwrites_the_other() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let mut ines = hub.signed_in(&hub.people.ines).await;
    let module = hub.module("Light").await;
    let lamp = hub.material(module, "The lamp", upload()).await;
    let back = hub.material(module, "Look back", reflection()).await;
    let jonas = hub.people.jonas;
    let row = format!("{}?edit={jonas}", path(&hub));
    let (hers, theirs) = (amira.get(&row).await, ines.get(&row).await);
    let saved = edits(&hub, &mut amira, &hers, jonas, &[(lamp, "7,5"), (back, "EX")]).await;
    saved.leads_to(&format!("{}#row-{jonas}", path(&hub)));
    amira.get(&path(&hub)).await.says("7.5").says("excused").says("draft");
    // The reflection was left alone, and what is the same already is no quarrel.
    let refused = edits(&hub, &mut ines, &theirs, jonas, &[(lamp, "9"), (back, "ex")]).await;
    refused.has_status(409).says("Somebody else changed").says("By now: 7.5").says("value=\"9\"");
    assert_eq!(points(&hub).await, [("Jonas".into(), Some(750), false), ("Jonas".into(), None, true)]);
    edits(&hub, &mut ines, &refused, jonas, &[(lamp, "9"), (back, "EX")]).await.has_status(303);
    assert_eq!(points(&hub).await, [("Jonas".into(), Some(900), false), ("Jonas".into(), None, true)]);
    // What is no grade is said, and nothing is saved.
    let page = ines.get(&row).await;
    let refused = edits(&hub, &mut ines, &page, jonas, &[(lamp, "good"), (back, "4")]).await;
    refused.has_status(422).says("No grade").says("value=\"good\"").says("value=\"4\"");
    refused.says(&format!("href=\"#field-value-{lamp}\""));
    assert_eq!(points(&hub).await.len(), 2);
    // Emptied again.
    edits(&hub, &mut ines, &page, jonas, &[(lamp, ""), (back, "")]).await.has_status(303);
    assert_eq!(points(&hub).await, [("Jonas".into(), None, false), ("Jonas".into(), None, false)]);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'gradebook_changed'").await, 3);
    // Students see none of it: nothing was returned.
    let mut student = hub.joined(jonas).await;
    assert!(!student.get("/student").await.body.contains("Returned"));
}

async fn sends(hub: &TestApp, browser: &mut Browser<'_>, content: &[u8]) -> Page {
    browser.get(&path(hub)).await.has_status(200);
    let file = Attached { name: "grades.csv", content };
    browser.attach(&format!("{}/imports", path(hub)), &[], file).await
}

#[tokio::test]
async fn what_goes_out_as_a_spreadsheet_comes_back_without_a_difference() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let module = hub.module("Light").await;
    let lamp = hub.material(module, "=HYPERLINK(\"http://evil.example\")", upload()).await;
    let jonas = hub.people.jonas;
    sqlx::query("update students set display_name = '=1+1' where id = $1")
        .bind(hub.people.lena.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let page = amira.get(&format!("{}?edit={jonas}", path(&hub))).await;
    edits(&hub, &mut amira, &page, jonas, &[(lamp, "7.5")]).await.has_status(303);
    let out = amira.get(&format!("{}.csv", path(&hub))).await;
    out.has_status(200);
    assert_eq!(out.headers["content-type"], "text/csv; charset=utf-8");
    let rows = csv::read(&out.bytes).unwrap();
    assert_eq!(rows[0][..5], ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]);
    assert_eq!(rows[0][5], format!("=HYPERLINK(\"http://evil.example\") ({lamp})"));
    assert_eq!((rows[1][0].as_str(), rows[1][5].as_str()), ("Points Possible", "100"));
    // Nothing in it is calculated by a spreadsheet.
    let cells = out.body.split(['"', ',', '\n', '\r', '\u{feff}']);
    assert!(cells.clone().any(|cell| cell == "'=1+1"), "{}", out.body);
    assert!(!cells.into_iter().any(|cell| cell.starts_with("=1") || cell.starts_with("=HYPER")), "{}", out.body);
    let same = sends(&hub, &mut amira, &out.bytes).await;
    let shown = amira.get(&same.location().unwrap()).await;
    shown.has_status(200).says("Nothing would change");
    assert!(!shown.body.contains("Change 0"));
}

#[tokio::test]
async fn a_spreadsheet_changes_nothing_before_somebody_has_looked_and_nothing_if_grades_changed_meanwhile() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let module = hub.module("Light").await;
    let lamp = hub.material(module, "The lamp", upload()).await;
    hub.submission(lamp, hub.people.jonas).await;
    let (jonas, lena) = (hub.people.jonas, hub.people.lena);
    let table = "Student;The lamp\nJonas;8,5\nLena;EX\n";
    let there = sends(&hub, &mut amira, table.as_bytes()).await.location().unwrap();
    let shown = amira.get(&there).await;
    shown.says("What would change").says("8.5").says("excused").says("Change 2 grades");
    assert_eq!(points(&hub).await, []);
    // Somebody grades Jonas in between.
    let page = amira.get(&format!("{}?edit={jonas}", path(&hub))).await;
    edits(&hub, &mut amira, &page, jonas, &[(lamp, "3")]).await.has_status(303);
    amira.get(&there).await;
    let refused = amira.submit(&there, &[("count", "2")]).await;
    refused.has_status(409).says("nothing was changed").says("8.5").says("Change 2 grades");
    assert_eq!(points(&hub).await, [("Jonas".into(), Some(300), false)]);
    // The new difference is applied, once.
    amira.submit(&there, &[("count", "2")]).await.leads_to(&path(&hub));
    let expected = vec![("Jonas".to_owned(), Some(850), false), ("Lena".to_owned(), None, true)];
    assert_eq!(points(&hub).await, expected);
    amira.submit(&there, &[("count", "2")]).await.has_status(404);
    assert_eq!(points(&hub).await, expected);
    // Empty cells change nothing.
    let empty = format!("Student,ID,The lamp ({lamp})\nJonas,{jonas},\nLena,{lena},\n");
    let same = sends(&hub, &mut amira, empty.as_bytes()).await.location().unwrap();
    amira.get(&same).await.says("Nothing would change");
    // A day later nobody remembers.
    hub.later(chrono::Duration::hours(25));
    hub_server::jobs::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from gradebook_imports").await, 0);
}

#[tokio::test]
async fn a_spreadsheet_that_cannot_be_meant_is_refused_with_its_reasons() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let module = hub.module("Light").await;
    hub.material(module, "The lamp", upload()).await;
    for (table, says) in [
        (&b"Student,The lamp\nJonas,<b>\n"[..], "&lt;b&gt;"),
        (b"Student,The moon\nJonas,1\n", "None of the columns"),
        (b"Name,The lamp\nJonas,1\n", "no column"),
        (b"", "Choose a CSV file"),
        (b"PK\x03\x04\x00\x00", "This is no CSV file"),
        (b"Student,The lamp\nJonas,1\nJonas,2\n", "stands in two rows"),
    ] {
        sends(&hub, &mut amira, table).await.has_status(422).says(says);
    }
    let partly = sends(&hub, &mut amira, b"Student,The lamp,Total\nJonas,1,1\nMallory,9,9\n").await;
    partly.has_status(200).says("Left out").says("Mallory").says("Total").says("Change 1 grade");
    assert_eq!(hub.count("select count(*) from grades").await, 0);
}

#[tokio::test]
async fn mallory_changes_no_cell_of_another_class_by_naming_it() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let lamp = hub.material(module, "The lamp", upload()).await;
    let theirs = hub.class_of_mallory().await;
    let module = hub.module_in(theirs, "Theirs", None).await;
    let hers = hub.material(module, "Hers", upload()).await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let book = format!("/teach/classes/{theirs}/gradebook");
    mallory.get(&book).await.has_status(200);
    let jonas = hub.people.jonas;
    for (material, student) in [(lamp, jonas), (hers, jonas)] {
        let (value, version) = (format!("value-{material}"), format!("version-{material}"));
        let fields = [(value.as_str(), "1"), (version.as_str(), "0")];
        mallory.submit(&format!("{book}/students/{student}"), &fields).await.has_status(404);
    }
    // An import of somebody else's, and one of another class.
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let there = sends(&hub, &mut amira, b"Student,The lamp\nJonas,5\n").await.location().unwrap();
    let id = there.rsplit('/').next().unwrap().to_owned();
    mallory.get(&there).await.has_status(404);
    mallory.get(&format!("{book}/imports/{id}")).await.has_status(404);
    mallory.submit(&format!("{book}/imports/{id}"), &[("count", "1")]).await.has_status(404);
    let mut ines = hub.signed_in(&hub.people.ines).await;
    ines.get(&path(&hub)).await.has_status(200);
    ines.submit(&there, &[("count", "1")]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from grades").await, 0);
}

#[tokio::test]
async fn two_hundred_students_and_five_thousand_submissions_take_ten_statements_and_120_kb() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let module = hub.module("Light").await;
    for number in 0..25 {
        hub.material(module, &format!("Lamp {number}"), upload()).await;
    }
    sqlx::query(
        "with people as (
             insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
             select gen_random_uuid(), $1, 'Student ' || n, 'student ' || n, '', now(), now()
             from generate_series(1, 198) n returning id),
         files as (
             insert into stored_files
             values (gen_random_uuid(), 3, decode(repeat('00', 32), 'hex'), 'text/plain', now()) returning id),
         everyone as (select id from people union all select id from students where classroom_id = $1)
         insert into submissions (id, material_id, student_id, version, file_id, file_name, submitted_at)
         select gen_random_uuid(), m.id, s.id, 1, f.id, 'a.txt', now()
         from everyone s cross join files f cross join materials m",
    )
    .bind(hub.people.physics.id.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    assert_eq!(hub.count("select count(*) from grades where needs_grading").await, 5_000);
    sqlx::query("update grades set points = (random() * 1000)::integer * 10, complete = true, version = 1, graded_work_at = handed_in_at where student_id <> $1")
        .bind(hub.people.jonas.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    let (page, sent) = statements(amira.get(&path(&hub))).await;
    page.has_status(200).says("200 of 200 students");
    assert!(sent.len() <= 10, "{} statements: {sent:#?}", sent.len());
    amira.headers.insert("accept-encoding", "gzip".to_owned());
    let packed = amira.get(&path(&hub)).await;
    assert_eq!(packed.headers["content-encoding"], "gzip");
    let packed = packed.bytes.len();
    assert!(packed <= 120_000, "{packed} bytes");
}
