//! What teachers decide about the helper, and who may.

use crate::{
    harness::{Browser, TestApp},
    lessons::token,
};
use shared_types::{
    event::{ConcernKind, EventKind, Rating, Tier},
    ids::{LessonId, StudentId},
    scope::{Availability, OffBecause, Rung, ScopeMode, ScopeToken, Strictness},
};

const RULES: [(&str, &str); 11] = [
    ("enabled", "on"),
    ("strictness", "light"),
    ("scope_mode", "strict"),
    ("topic_filter", "on"),
    ("max_rung", "similar_example"),
    ("allowed_topics", "secret writing\nships"),
    ("per_minute", "3"),
    ("per_day", "40"),
    ("class_per_day", "500"),
    ("mon", "on"),
    ("tue", "on"),
];

impl TestApp {
    fn helper_path(&self) -> String {
        format!("/teach/classes/{}/helper", self.people.physics.id)
    }

    /// The helper answered a student who is stuck, with these passages of the lesson's first version.
    async fn asks_about(&self, student: StudentId, lesson: LessonId, about: &[u16]) {
        let mut event = self.report(student);
        event.lesson = Some(lesson);
        if let EventKind::TurnEnded { lesson_version, passages, .. } = &mut event.kind {
            (*lesson_version, *passages) = (Some(1), about.to_vec());
        }
        self.helper_sends(&event).await;
    }

    async fn scope_of(&self, student: &mut Browser<'_>, lesson: LessonId) -> ScopeToken {
        let page = student.get(&format!("/student/lessons/{lesson}")).await;
        page.has_status(200);
        ScopeToken::verify(token(&page.body), self.scope_keys(), self.app.clock.unix()).unwrap()
    }
}

#[tokio::test]
async fn what_the_teacher_decides_is_in_the_next_token_and_older_ones_are_revoked() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let (mut amira, mut jonas) = (hub.signed_in(&hub.people.amira).await, hub.joined(hub.people.jonas).await);
    let before = hub.scope_of(&mut jonas, lessons[0]).await;
    assert_eq!((before.policy.max_rung, before.availability), (Rung::CheckMyStep, Availability::default()));
    amira.get(&hub.helper_path()).await.has_status(200).says("Nobody has asked the helper yet");
    amira.submit(&hub.helper_path(), &RULES).await.leads_to(&hub.helper_path());
    let after = hub.scope_of(&mut jonas, lessons[0]).await;
    assert_eq!(after.epoch, before.epoch + 1);
    assert_eq!((after.policy.strictness, after.policy.scope_mode), (Strictness::Light, ScopeMode::Strict));
    assert!(after.policy.topic_filter && after.allowed_topics.contains(&"secret writing".to_owned()));
    assert_eq!((after.policy.max_rung, after.limits.per_day), (Rung::SimilarExample, 40));
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'helper_rules_set'").await, 1);
    amira.get(&hub.helper_path()).await.says("secret writing");
}

#[tokio::test]
async fn a_class_or_a_lesson_switched_off_is_in_the_token_and_answers_never_are() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let (mut amira, mut jonas) = (hub.signed_in(&hub.people.amira).await, hub.joined(hub.people.jonas).await);
    let own = format!("{}/lessons/{}", hub.helper_path(), lessons[0]);
    amira.get(&own).await.has_status(200);
    let fields = [("max_rung", "nudge"), ("answers", "1447\nattack at dawn")];
    amira.submit(&own, &fields).await.leads_to(&format!("{}#lesson-{}", hub.helper_path(), lessons[0]));
    let claims = hub.scope_of(&mut jonas, lessons[0]).await;
    assert_eq!((claims.availability.off, claims.policy.max_rung), (Some(OffBecause::Lesson), Rung::Nudge));
    assert!(!serde_json::to_string(&claims).unwrap().contains("1447"));
    let other = hub.scope_of(&mut jonas, lessons[1]).await;
    assert_eq!((other.availability.off, other.policy.max_rung), (None, Rung::CheckMyStep));
    amira.get(&own).await.says("attack at dawn");
    let mut helper = hub.database.connect_as("helper").await;
    let answers: Vec<String> =
        sqlx::query_scalar("select answer from hub.lesson_answer").fetch_all(&mut helper).await.unwrap();
    assert_eq!(answers, ["1447", "attack at dawn"]);
    let off: Vec<_> = RULES.into_iter().filter(|(name, _)| *name != "enabled").collect();
    amira.submit(&hub.helper_path(), &off).await;
    assert_eq!(hub.scope_of(&mut jonas, lessons[1]).await.availability.off, Some(OffBecause::Class));
}

#[tokio::test]
async fn a_form_that_cannot_be_meant_comes_back_with_what_was_typed() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.helper_path()).await.has_status(200);
    let mut wrong = RULES.to_vec();
    wrong.extend([("opens", "18:00"), ("closes", "07:30")]);
    amira.submit(&hub.helper_path(), &wrong).await.has_status(422).says("07:30").says("the later one second");
    let own = format!("{}/lessons/{}", hub.helper_path(), lessons[0]);
    let long = "x".repeat(401);
    amira.submit(&own, &[("answers", &long)]).await.has_status(422).says(&long);
    assert_eq!(hub.count("select count(*) from helper_class_rules").await, 0);
    assert_eq!(hub.count("select count(*) from helper_lesson_rules").await, 0);
}

#[tokio::test]
async fn mallory_neither_sees_nor_sets_the_rules_of_another_school() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let own = format!("{}/lessons/{}", hub.helper_path(), lessons[0]);
    mallory.get(&hub.helper_path()).await.has_status(404);
    mallory.get(&own).await.has_status(404);
    mallory.submit(&hub.helper_path(), &RULES).await.has_status(404);
    mallory.submit(&own, &[("answers", "mine")]).await.has_status(404);
    let theirs = hub.class_of_mallory().await;
    let crossed = format!("/teach/classes/{theirs}/helper/lessons/{}", lessons[0]);
    mallory.get(&crossed).await.has_status(404);
    mallory.submit(&crossed, &[("enabled", "on"), ("answers", "mine")]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from helper_class_rules").await, 0);
    assert_eq!(hub.count("select count(*) from helper_lesson_rules").await, 0);
}

#[tokio::test]
async fn who_may_only_look_sees_counts_and_changes_nothing() {
    let (hub, lessons) = TestApp::with_our_course().await;
    hub.helper_reports(hub.people.jonas, 3).await;
    let rated = hub.report(hub.people.jonas);
    hub.helper_sends(&rated).await;
    hub.helper_sends(&hub.rated(&rated, Some(Rating::Helped), 1)).await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    victor
        .get(&hub.helper_path())
        .await
        .has_status(200)
        .says("The last seven days")
        .says("I am stuck")
        .says("1 yes, 0 no");
    victor.submit(&hub.helper_path(), &RULES).await.has_status(403);
    victor.submit(&format!("{}/lessons/{}", hub.helper_path(), lessons[0]), &[]).await.has_status(403);
    assert_eq!(hub.count("select count(*) from helper_class_rules").await, 0);
}

#[tokio::test]
async fn a_concern_is_shown_until_somebody_notes_what_came_of_it() {
    let (hub, _) = TestApp::with_our_course().await;
    let kind = EventKind::Concern { tier: Tier::Now, kind: ConcernKind::SelfHarm };
    hub.helper_tells(hub.people.jonas, kind).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&hub.helper_path()).await.has_status(200).says("Look now").says("Hurting oneself");
    let id: uuid::Uuid = sqlx::query_scalar("select id from helper_concerns").fetch_one(&hub.app.db).await.unwrap();
    let path = format!("{}/concerns/{id}", hub.helper_path());
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.submit(&path, &[("outcome", "talked")]).await.has_status(404);
    amira.submit(&path, &[("outcome", "talked")]).await.leads_to(&hub.helper_path());
    amira.submit(&path, &[("outcome", "no_concern")]).await.has_status(404);
    let outcome: String =
        sqlx::query_scalar("select outcome from helper_concerns").fetch_one(&hub.app.db).await.unwrap();
    assert_eq!(outcome, "talked");
    assert!(!amira.get(&hub.helper_path()).await.body.contains("Look now"));
}

#[tokio::test]
async fn a_part_that_several_students_asked_about_is_shown_and_a_single_student_never_is() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    const NOTHING: &str = "No part of a lesson stands out";
    amira.get(&hub.helper_path()).await.says(NOTHING);
    hub.asks_about(hub.people.jonas, lessons[0], &[3]).await;
    hub.asks_about(hub.people.jonas, lessons[0], &[3]).await;
    amira.get(&hub.helper_path()).await.says(NOTHING);
    hub.asks_about(hub.people.lena, lessons[0], &[3]).await;
    let (heading, anchor): (String, String) =
        sqlx::query_as("select heading, anchor from lesson_passages where lesson_id = $1 and position = 3")
            .bind(lessons[0].0)
            .fetch_one(&hub.app.db)
            .await
            .unwrap();
    let page = amira.get(&hub.helper_path()).await;
    assert!(!page.body.contains(NOTHING));
    page.says("Where the class is stuck").says(&heading).says(&format!("{}#{anchor}", lessons[0]));
    // Numbers that are no passages of the lesson are stored and lead nowhere.
    hub.asks_about(hub.people.lena, lessons[0], &[9_999]).await;
    amira.get(&hub.helper_path()).await.has_status(200);
}
