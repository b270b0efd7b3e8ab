//! Reading along: only where it was switched on, told to students, and every look noted.

use crate::{harness::TestApp, lessons::token};
use chrono::TimeDelta;
use shared_types::{scope::ScopeToken, transcript::TranscriptGrant};

const TOLD: &str = "Your teachers can read what you and the helper write here.";

impl TestApp {
    async fn switches_reading_along(&self, on: bool) {
        let path = format!("/teach/organisations/{}/transcripts", self.people.riverside);
        let mut ines = self.signed_in(&self.people.ines).await;
        ines.get(&path).await.has_status(200);
        let fields: &[(&str, &str)] = if on { &[("enabled", "on")] } else { &[] };
        ines.submit(&path, fields).await.leads_to(&path);
    }

    fn transcripts_path(&self) -> String {
        format!("/teach/classes/{}/helper/transcripts", self.people.physics.id)
    }
}

#[tokio::test]
async fn nobody_reads_along_until_it_is_switched_on_and_students_are_told() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let (mut amira, mut jonas) = (hub.signed_in(&hub.people.amira).await, hub.joined(hub.people.jonas).await);
    amira.get(&hub.transcripts_path()).await.has_status(404);
    let lesson = format!("/student/lessons/{}", lessons[0]);
    let before = jonas.get(&lesson).await;
    assert!(!before.body.contains(TOLD));
    let claims = |page: &str| ScopeToken::verify(token(page), hub.scope_keys(), hub.app.clock.unix()).unwrap();
    assert!(!claims(&before.body).may_be_read);
    hub.switches_reading_along(true).await;
    let after = jonas.get(&lesson).await;
    after.says(TOLD).says("helper-token?announced=1");
    assert!(claims(&after.body).may_be_read);
    amira.get(&hub.transcripts_path()).await.has_status(200).says("Nobody has asked lately");
    hub.switches_reading_along(false).await;
    assert!(!claims(&jonas.get(&lesson).await.body).may_be_read);
    amira.get(&hub.transcripts_path()).await.has_status(404);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'transcripts_set'").await, 2);
}

#[tokio::test]
async fn each_look_is_noted_and_is_good_for_one_student() {
    let hub = TestApp::start().await;
    hub.switches_reading_along(true).await;
    hub.helper_reports(hub.people.jonas, 2).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.transcripts_path()).await.has_status(200).says("Jonas");
    let student = hub.people.jonas.to_string();
    let look = amira.submit(&hub.transcripts_path(), &[("student", &student)]).await;
    let leads_to = look.location().unwrap();
    let grant = leads_to.strip_prefix("/helper/transcript?grant=").unwrap();
    let grant = TranscriptGrant::verify(grant, hub.scope_keys(), hub.app.clock.unix()).unwrap();
    assert_eq!((grant.student, grant.classroom), (hub.people.jonas, hub.people.physics.id));
    assert_eq!(grant.student_name, "Jonas");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'transcript_read'").await, 1);
}

#[tokio::test]
async fn mallory_reads_nothing_along() {
    let hub = TestApp::start().await;
    hub.switches_reading_along(true).await;
    let (mut mallory, mut victor) = (hub.signed_in(&hub.people.mallory).await, hub.signed_in(&hub.people.victor).await);
    let student = hub.people.jonas.to_string();
    mallory.get("/teach").await;
    mallory.get(&hub.transcripts_path()).await.has_status(404);
    mallory.submit(&hub.transcripts_path(), &[("student", &student)]).await.has_status(404);
    let settings = format!("/teach/organisations/{}/transcripts", hub.people.riverside);
    mallory.get(&settings).await.has_status(404);
    mallory.submit(&settings, &[("enabled", "on")]).await.has_status(404);
    // Who may only look at a class reads nothing along, and nobody reads a student of another class.
    victor.get("/teach").await;
    victor.get(&hub.transcripts_path()).await.has_status(403);
    victor.submit(&hub.transcripts_path(), &[("student", &student)]).await.has_status(403);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.transcripts_path()).await;
    let nobody_s = uuid::Uuid::from_u128(7).to_string();
    amira.submit(&hub.transcripts_path(), &[("student", &nobody_s)]).await.has_status(404);
    amira.submit(&settings, &[("enabled", "on")]).await.has_status(403);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'transcript_read'").await, 0);
}

#[tokio::test]
async fn who_asked_before_it_was_switched_on_was_not_told_and_is_not_listed() {
    let hub = TestApp::start().await;
    hub.helper_reports(hub.people.jonas, 1).await;
    hub.later(TimeDelta::minutes(5));
    hub.switches_reading_along(true).await;
    hub.helper_reports(hub.people.lena, 1).await;
    let listed = hub.signed_in(&hub.people.amira).await.get(&hub.transcripts_path()).await;
    assert!(listed.body.contains("Lena") && !listed.body.contains("Jonas"), "{}", listed.body);
    // Saved again as it was, it counts from when it was switched on.
    hub.later(TimeDelta::minutes(5));
    hub.switches_reading_along(true).await;
    hub.signed_in(&hub.people.amira).await.get(&hub.transcripts_path()).await.says("Lena");
}

#[tokio::test]
async fn students_find_what_is_kept_of_their_conversations_and_who_looked() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let my_data = "/student/my-data";
    jonas.get(my_data).await.says("Your teachers cannot read them.");
    hub.switches_reading_along(true).await;
    sqlx::query(
        "insert into helper_events (id, at, received_at, organisation_id, classroom_id, lesson_id, actor_kind, actor_id,
             turn_id, outcome, attempts, waited_ms, duration_ms, question_chars, answer_chars, citations)
         select gen_random_uuid(), $1, $1, organisation_id, id, $3, 'student', $2, gen_random_uuid(), 'answered',
                1, 0, 0, 0, 0, 0 from classrooms where id = $4",
    )
    .bind(hub.app.clock.now())
    .bind(hub.people.jonas.0)
    .bind(lessons[0].0)
    .bind(hub.people.physics.id.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    let conversation = format!("/student/lessons/{}/conversation", lessons[0]);
    let page = jonas.get(my_data).await;
    page.says("Talking in light").says("kept until 24 November 2026, 09:00 at the latest").says(&conversation);
    page.says("Your teachers may read along").says("since 23 November 2026, 09:00").says("Nobody has looked so far.");
    jonas.get(&conversation).await.has_status(200);

    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.transcripts_path()).await;
    hub.later(TimeDelta::minutes(5));
    let student = hub.people.jonas.to_string();
    amira.submit(&hub.transcripts_path(), &[("student", &student)]).await.has_status(303);
    let page = jonas.get(my_data).await;
    page.says("Who read your conversations").says("Amira · 23 November 2026, 09:06");
    // It is about him alone, and stays when the conversation is gone.
    let lena = hub.joined(hub.people.lena).await.get(my_data).await;
    assert!(!lena.body.contains("Amira") && !lena.body.contains(&conversation), "{}", lena.body);
    hub.later(TimeDelta::days(1));
    let page = hub.joined(hub.people.jonas).await.get(my_data).await;
    page.says("Amira");
    assert!(!page.body.contains(&conversation));
}
