//! What teachers may read along: what was asked on pages that said so, with a grant that the hub made, once.

use crate::support::{Person, TestApp, new_id};
use server_kit::clock::Clock;
use shared_types::{
    ids::{StaffId, StudentId},
    scope::Actor,
    transcript::TranscriptGrant,
};

async fn asks(app: &TestApp, person: Person, question: &str, told: bool) {
    let token = person.token(Clock::system().unix()).with(|claims| claims.may_be_read = told).sign();
    let asked = app.ask_under(&token, &new_id().to_string(), question).await;
    app.reader(&asked).read_to_end().await;
}

fn grant(app: &TestApp, person: Person) -> TranscriptGrant {
    let Actor::Student(student) = person.actor else { panic!("a student") };
    TranscriptGrant {
        id: new_id(),
        expires_at: app.system.clock.unix() + 60,
        staff: StaffId(new_id()),
        classroom: person.classroom,
        student,
        student_name: "Jonas".into(),
        class_name: "Physics 7B".into(),
        utc_offset_s: 2 * 3600,
        locale: "en".into(),
    }
}

async fn look(app: &TestApp, grant: &TranscriptGrant) -> (u16, String) {
    let path = format!("/helper/transcript?grant={}", grant.sign(&app.app.config.scope_keys));
    let page = app.get(&path).await;
    (page.status().as_u16(), page.text().await.unwrap())
}

#[tokio::test]
async fn a_grant_shows_once_what_was_asked_where_the_student_was_told() {
    let app = TestApp::start().await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    asks(&app, jonas, "Why a xylophone?", true).await;
    asks(&app, jonas, "A secret trumpet", false).await;
    asks(&app, lena, "Why a violin?", true).await;
    let leave = grant(&app, jonas);
    let (status, page) = look(&app, &leave).await;
    assert_eq!(status, 200);
    assert!(page.contains("Why a xylophone?") && page.contains("Look at the first line"), "{page}");
    assert!(page.contains("What Jonas and the helper wrote") && page.contains("Physics 7B"), "{page}");
    assert!(page.contains("/helper/transcripts") && !page.contains("UTC"), "{page}");
    assert!(!page.contains("trumpet") && !page.contains("violin"), "{page}");
    let (status, page) = look(&app, &leave).await;
    assert!(status == 404 && !page.contains("xylophone"), "a look is one look: {page}");
}

#[tokio::test]
async fn mallory_reads_nothing_without_a_grant_of_the_hub() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    asks(&app, jonas, "Why a xylophone?", true).await;
    let over = TranscriptGrant { expires_at: app.system.clock.unix() - 1, ..grant(&app, jonas) };
    let other_class = TranscriptGrant { classroom: new_id().into(), ..grant(&app, jonas) };
    let nobody = TranscriptGrant { student: StudentId(new_id()), ..grant(&app, jonas) };
    for leave in [over, other_class, nobody] {
        assert!(!look(&app, &leave).await.1.contains("xylophone"));
    }
    let mine = grant(&app, jonas).sign(&"s1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA".parse().unwrap());
    for forged in [mine, app.token(jonas), String::new()] {
        assert_eq!(app.get(&format!("/helper/transcript?grant={forged}")).await.status(), 404);
    }
}
