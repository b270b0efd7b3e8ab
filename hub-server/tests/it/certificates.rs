//! What a class asks for, certificates for those who reached it, and looking one up.

use crate::harness::{Browser, TestApp, work};
use hub_server::{grading::Points, material::Kind};
use shared_types::ids::StudentId;

const RULES: [(&str, &str); 7] = [
    ("lessons", ""),
    ("work", "100"),
    ("grade", ""),
    ("title", "Physics 7b: Light"),
    ("statement", "Built a lamp"),
    ("signatory", "Amira"),
    ("language", "en"),
];

fn path(hub: &TestApp) -> String {
    format!("{}/certificates", hub.people.physics.path())
}

/// A class that asks for its one piece of work, which jonas has done and lena has not.
async fn ready(hub: &TestApp) -> Browser<'_> {
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    hub.joined(hub.people.jonas).await.hands_in(upload, "wheel.txt", b"round").await.has_status(303);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&path(hub)).await.says("Nothing is written down yet");
    amira.submit(&format!("{}/rules", path(hub)), &RULES).await.leads_to(&path(hub));
    amira
}

/// Gives certificates to `students` by the two pages.
async fn gives(amira: &mut Browser<'_>, hub: &TestApp, students: &[StudentId]) {
    let ids: Vec<String> = students.iter().map(ToString::to_string).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("student", id.as_str())).collect();
    let preview = amira.submit(&format!("{}/preview", path(hub)), &fields).await;
    preview.has_status(200);
    let key = preview.hidden("idempotency_key").unwrap();
    fields.push(("idempotency_key", &key));
    amira.submit(&path(hub), &fields).await.leads_to(&path(hub));
}

async fn code_of(hub: &TestApp, student: StudentId) -> String {
    let newest = "select code from certificates where student_id = $1 order by issued_at desc, id desc limit 1";
    sqlx::query_scalar(newest).bind(student.0).fetch_one(&hub.app.db).await.unwrap()
}

async fn id_of(hub: &TestApp, student: StudentId) -> uuid::Uuid {
    let newest = "select id from certificates where student_id = $1 order by issued_at desc, id desc limit 1";
    sqlx::query_scalar(newest).bind(student.0).fetch_one(&hub.app.db).await.unwrap()
}

#[tokio::test]
async fn amira_gives_certificates_to_those_who_reached_it() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    let list = amira.get(&path(&hub)).await;
    list.says("At least 100 % of the work done")
        .says("All reached")
        .says("1 piece of work")
        .says("1 of 1")
        .says("0 of 1");
    let ticked = format!(r#"value="{}" checked"#, hub.people.jonas);
    assert!(list.body.contains(&ticked) && list.body.matches(" checked").count() == 1, "{}", list.body);
    let both = [("student", hub.people.jonas.to_string()), ("student", hub.people.lena.to_string())];
    let both: Vec<(&str, &str)> = both.iter().map(|(name, id)| (*name, id.as_str())).collect();
    let preview = amira.submit(&format!("{}/preview", path(&hub)), &both).await;
    preview.says("2 students get a certificate").says("One student has not reached").says("Built a lamp");
    assert_eq!(hub.count("select count(*) from certificates").await, 0, "a preview changes nothing");
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    // The same form once more, and another one: nobody gets two.
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    assert_eq!(hub.count("select count(*) from certificates").await, 1);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'certificate_issued'").await, 1);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'outcomes_set'").await, 1);
    amira.get(&path(&hub)).await.says("Given");
    let all = amira.get(&format!("{}.pdf", path(&hub))).await;
    assert!(all.has_status(200).bytes.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn jonas_takes_his_certificate_and_nobody_else_s() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    gives(&mut amira, &hub, &[hub.people.jonas, hub.people.lena]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("Your certificates").says("Physics 7b: Light");
    let own = format!("/student/certificates/{}/certificate.pdf", id_of(&hub, hub.people.jonas).await);
    let sent = jonas.get(&own).await;
    assert_eq!(sent.has_status(200).headers["content-type"], "application/pdf");
    assert!(sent.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(sent.bytes.starts_with(b"%PDF-"));
    let hers = format!("/student/certificates/{}/certificate.pdf", id_of(&hub, hub.people.lena).await);
    jonas.get(&hers).await.has_status(404);
    hub.browser().get(&own).await.leads_to("/");
    jonas.get("/student/my-data").await.says("Certificates");
}

#[tokio::test]
async fn a_stranger_reads_what_the_paper_says_and_nothing_more() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    let code = code_of(&hub, hub.people.jonas).await;
    let mut stranger = hub.browser();
    stranger.get("/verify").await.has_status(200).says("Look up a certificate");
    let typed = format!("/verify?code={}", code.to_lowercase());
    let leads = stranger.get(&typed).await.location().unwrap();
    let page = stranger.get(&leads).await;
    page.has_status(200).says("Valid.").says("Jonas").says("Physics 7b: Light").says("Riverside School");
    assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow, noarchive");
    assert!(!page.body.contains(&hub.people.jonas.to_string()) && !page.body.contains("/teach/classes"));
    // A later name of the student, the class or the school changes no paper that is out.
    for sql in ["update students set display_name = 'Jo'", "update organisations set name = 'New'"] {
        sqlx::query(sql).execute(&hub.app.db).await.unwrap();
    }
    stranger.get(&leads).await.says("Jonas").says("Riverside School");
    amira.get(&path(&hub)).await.says("Printed as Jonas");
    stranger.get("/verify?code=nonsense").await.has_status(422).says("sixteen letters").says("nonsense");
    stranger.get("/verify/ABCD-EFGH-JKLM-NPQR").await.has_status(404).says("no certificate with this code");
}

#[tokio::test]
async fn a_certificate_is_withdrawn_for_a_reason_and_given_anew() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    let (first, code) = (id_of(&hub, hub.people.jonas).await, code_of(&hub, hub.people.jonas).await);
    let one = format!("{}/{first}", path(&hub));
    amira.get(&one).await.has_status(200).says("Take it back");
    amira.submit(&format!("{one}/revocation"), &[("reason", " ")]).await.has_status(422).says("Write the reason");
    sqlx::query("update students set display_name = 'Jonas K' where display_name = 'Jonas'")
        .execute(&hub.app.db)
        .await
        .unwrap();
    hub.later(chrono::Duration::seconds(1));
    let spelt = [("reason", "spelt wrong")];
    let new = amira.submit(&format!("{one}/replacement"), &spelt).await.location().unwrap();
    amira.get(&new).await.says("Jonas K");
    amira.get(&one).await.says("spelt wrong").says("Another one was given in its place");
    let mut stranger = hub.browser();
    let page = stranger.get(&format!("/verify/{code}")).await;
    page.says("No longer valid").says("Another one was given");
    assert!(!page.body.contains("spelt wrong"), "the reason is nobody's business");
    // Withdrawn twice is withdrawn once.
    amira.submit(&format!("{one}/revocation"), &spelt).await.leads_to(&one);
    amira.submit(&format!("{new}/revocation"), &[("reason", "left early")]).await.leads_to(&new);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("no longer holds").says("left early");
    let own = format!("/student/certificates/{}/certificate.pdf", id_of(&hub, hub.people.jonas).await);
    jonas.get(&own).await.has_status(404);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'certificate_revoked'").await, 2);
}

#[tokio::test]
async fn a_student_who_goes_takes_the_name_along_and_leaves_that_there_was_a_certificate() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    let code = code_of(&hub, hub.people.jonas).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student/my-data/deletion").await.says("Certificates");
    jonas.submit("/student/my-data/deletion", &[]).await.leads_to("/");
    assert_eq!(hub.count("select count(*) from certificates").await, 0);
    let page = hub.browser().get(&format!("/verify/{code}")).await;
    page.has_status(200).says("There was such a certificate").says("Riverside School");
    assert!(!page.body.contains("Jonas") && !page.body.contains("Physics"));
    let kept: String =
        sqlx::query_scalar("select to_jsonb(e)::text from erased_certificates e").fetch_one(&hub.app.db).await.unwrap();
    assert!(!kept.contains("Jonas") && !kept.contains(&hub.people.jonas.to_string()), "{kept}");
}

#[tokio::test]
async fn where_everybody_stands_counts_lessons_work_and_grades() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let [first, second] =
        [hub.material(module, "One", work::upload()).await, hub.material(module, "Two", work::upload()).await];
    for (material, student, points, excused) in [
        (first, hub.people.jonas, Some(Points::whole(80)), false),
        (second, hub.people.jonas, Some(Points::whole(60)), false),
        (first, hub.people.lena, None, true),
    ] {
        sqlx::query(
            "insert into returned_grades (material_id, student_id, version, points, most, rubric, levels, comment,
                                          excused, late, returned_at)
             values ($1, $2, 1, $3, 10000, '[]', '{}', '', $4, false, now())",
        )
        .bind(material.0)
        .bind(student.0)
        .bind(points)
        .bind(excused)
        .execute(&hub.app.db)
        .await
        .unwrap();
    }
    let mut db = hub.app.db.acquire().await.unwrap();
    let lines = hub_server::certificate::store::lines(&mut db, hub.people.physics.id).await.unwrap();
    let jonas = lines.iter().find(|line| line.student == hub.people.jonas).unwrap().progress;
    assert_eq!((jonas.work_done, jonas.work, jonas.average), (2, 2, Some(70.0)));
    let lena = lines.iter().find(|line| line.student == hub.people.lena).unwrap().progress;
    assert_eq!((lena.work_done, lena.average), (1, None), "what is excused is done and counts for no average");
}

#[tokio::test]
async fn what_a_class_asks_for_is_typed_once() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let rules = format!("{}/rules", path(&hub));
    amira.get(&rules).await.says("Physics 7b").says("80");
    let wrong = [("lessons", "lots"), ("title", ""), ("signatory", "Amira"), ("language", "en")];
    let page = amira.submit(&rules, &wrong).await;
    page.has_status(422).says("whole number from 1 to 100").says("Write what was completed").says("lots");
    amira.submit(&rules, &RULES).await.leads_to(&path(&hub));
    amira.submit(&rules, &RULES).await.leads_to(&path(&hub));
    assert_eq!(hub.count("select count(*) from outcomes").await, 1);
}

#[tokio::test]
async fn mallory_gives_no_certificate_to_a_student_of_another_class() {
    let hub = TestApp::start().await;
    let mut amira = ready(&hub).await;
    // Jonas is not in Mallory's class: her form may name him as often as it likes.
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let key = mallory.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Mine"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let own = mallory.submit("/teach/classes/new", &fields).await.location().unwrap();
    mallory.submit(&format!("{own}/certificates/rules"), &RULES).await.has_status(303);
    let (jonas, key) = (hub.people.jonas.to_string(), uuid::Uuid::from_u128(7).to_string());
    let fields = [("student", jonas.as_str()), ("idempotency_key", key.as_str())];
    mallory.submit(&format!("{own}/certificates"), &fields).await.has_status(303);
    assert_eq!(hub.count("select count(*) from certificates").await, 0);
    // And one of Amira's class is not found through her own.
    gives(&mut amira, &hub, &[hub.people.jonas]).await;
    let id = id_of(&hub, hub.people.jonas).await;
    mallory.get(&format!("{own}/certificates/{id}")).await.has_status(404);
    mallory.get(&format!("{own}/certificates/{id}/certificate.pdf")).await.has_status(404);
    mallory.submit(&format!("{own}/certificates/{id}/revocation"), &[("reason", "mine")]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from certificates where revoked_at is not null").await, 0);
}

#[tokio::test]
async fn mallory_is_stopped_when_she_tries_codes() {
    let hub = TestApp::start().await;
    let mut mallory = hub.browser();
    mallory.headers.insert("x-forwarded-for", "203.0.113.77".to_owned());
    for _ in 0..60 {
        mallory.get("/verify/ABCD-EFGH-JKLM-NPQR").await.has_status(404);
    }
    let stopped = mallory.get("/verify/ABCD-EFGH-JKLM-NPQR").await;
    assert!(stopped.has_status(429).headers.contains_key("retry-after"));
    hub.browser().get("/verify/ABCD-EFGH-JKLM-NPQR").await.has_status(404);
}
