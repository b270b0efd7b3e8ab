//! The student's home: what is next, this week, everything; and what it costs.

use crate::harness::{
    TestApp, statements,
    work::{checklist, link, reflection, rubric, text, upload},
};
use chrono::Duration;

/// Twelve modules of six materials.
async fn a_full_class(hub: &TestApp) {
    for number in 1..=12 {
        let module = hub.module(&format!("Module {number}")).await;
        let kinds = [text(), link("https://example.org/"), upload(), checklist(), reflection(), rubric()];
        for (place, settings) in kinds.into_iter().enumerate() {
            hub.material(module, &format!("Material {number}.{place}"), settings).await;
        }
    }
}

#[tokio::test]
async fn jonas_is_told_what_is_next_and_every_state_in_words() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    hub.material(module, "Before you start", text()).await;
    let list = hub.material(module, "Am I ready?", checklist()).await;
    let file = hub.material(module, "Your lamp", upload()).await;
    let question = hub.material(module, "Look back", reflection()).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let home = jonas.get("/student").await;
    home.says("Hello, Jonas")
        .says("Next for you · Light")
        .says("<h2>Am I ready?</h2>")
        .says("0 of 3 done")
        .says("To read");
    assert!(!home.body.contains("This week"), "a class without dates has no week");
    hub.submission(file, hub.people.jonas).await;
    let path = format!("/student/materials/{list}");
    let all = [("base", "0-0"), ("item", "i1"), ("item", "i2"), ("item", "i3")];
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/response"), &all).await.has_status(303);
    let home = jonas.get("/student").await;
    home.says("<h2>Look back</h2>").says("2 of 3 done").says("Handed in").says("Done");
    // A date moves something to the front; the school's week is Monday's.
    hub.due(question, hub.app.clock.now() + Duration::days(2)).await;
    let due = hub.material(module, "Quick check", rubric()).await;
    hub.due(due, hub.app.clock.now() - Duration::days(3)).await;
    let home = jonas.get("/student").await;
    home.says("<h2>Quick check</h2>").says("was due 20 November 2026, 09:00").says("This week");
    home.says("due 25 November 2026, 09:00");
}

#[tokio::test]
async fn what_was_graded_is_news_until_a_week_has_passed() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    let file = hub.material(module, "Your poster", upload()).await;
    hub.submission(file, hub.people.jonas).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    assert!(!jonas.get("/student").await.body.contains("Back from your teacher"));
    sqlx::query(
        "insert into returned_grades (material_id, student_id, version, points, most, rubric, levels, comment, excused,
             late, work_at, returned_at)
         select material_id, student_id, 1, 300, 400, '[]', '{}', 'Well done', false, false, submitted_at, $1
         from submissions",
    )
    .bind(hub.app.clock.now())
    .execute(&hub.app.db)
    .await
    .unwrap();
    let home = jonas.get("/student").await;
    home.says("Back from your teacher").says("Returned");
    // Lena has nothing of it.
    let mut lena = hub.joined(hub.people.lena).await;
    assert!(!lena.get("/student").await.body.contains("Back from your teacher"));
    hub.later(Duration::days(7));
    let mut jonas = hub.joined(hub.people.jonas).await;
    assert!(!jonas.get("/student").await.body.contains("Back from your teacher"));
}

#[tokio::test]
async fn a_lesson_leads_to_its_work_then_to_its_end_then_to_the_next_one() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let module = hub.module_of(lessons[0]).await;
    let list = hub.material(module, "Am I ready?", checklist()).await;
    let elsewhere = hub.module("Another module").await;
    hub.material(elsewhere, "Nothing to do with it", upload()).await;
    let (lesson, work) = (format!("/student/lessons/{}", lessons[0]), format!("/student/materials/{list}"));
    let mut jonas = hub.joined(hub.people.jonas).await;
    let page = jonas.get(&lesson).await;
    page.has_status(200).says("To do with this lesson").says("Go on: Am I ready?");
    assert!(!page.body.contains("Nothing to do with it"));
    jonas.get(&work).await;
    let all = [("base", "0-0"), ("item", "i1"), ("item", "i2"), ("item", "i3")];
    jonas.submit(&format!("{work}/response"), &all).await.has_status(303);
    let page = jonas.get(&lesson).await;
    page.says("To do with this lesson").says("I have finished this lesson");
    assert!(!page.body.contains("Go on: "));
}

#[tokio::test]
async fn an_empty_class_and_a_finished_one_say_so() {
    let hub = TestApp::start().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.has_status(200).says("Nothing here yet").says("End session");
    let module = hub.module("Light").await;
    jonas.get("/student").await.says("Nothing here yet");
    hub.material(module, "Before you start", text()).await;
    jonas.get("/student").await.says("All done!");
}

#[tokio::test]
async fn a_lesson_is_done_when_it_was_finished() {
    let hub = TestApp::start().await;
    let lesson = hub.lesson("ciphers").await;
    let module = hub.module_in(hub.people.physics.id, "Ciphers", Some(lesson)).await;
    sqlx::query(
        "insert into materials (id, module_id, kind, title, position, settings, lesson_id, created_at, updated_at)
         values (gen_random_uuid(), $1, 'link', 'The wheel', 1, '{\"kind\":\"link\",\"url\":null}', $2, now(), now())",
    )
    .bind(module.0)
    .bind(lesson.0)
    .execute(&hub.app.db)
    .await
    .unwrap();
    let mut jonas = hub.joined(hub.people.jonas).await;
    let path = format!("/student/lessons/{lesson}");
    jonas.get("/student").await.says(&format!("href=\"{path}\"")).says("Open the lesson").says("0 of 1 done");
    jonas.submit(&format!("{path}/finished"), &[("finished", "yes")]).await.leads_to("/student");
    jonas.get("/student").await.says("1 of 1 done").says("All done!");
}

#[tokio::test]
async fn twelve_modules_of_six_materials_take_a_handful_of_statements() {
    let hub = TestApp::start().await;
    a_full_class(&hub).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await;
    let (home, sent) = statements(jonas.get("/student")).await;
    home.has_status(200);
    assert_eq!(home.body.matches("class=\"link-row\"").count(), 72);
    assert!((1..=6).contains(&sent.len()), "{sent:#?}");
    // Being seen is noted once a minute, and counts too.
    hub.later(Duration::seconds(61));
    let (_, sent) = statements(jonas.get("/student")).await;
    assert!((1..=6).contains(&sent.len()), "{sent:#?}");
}
