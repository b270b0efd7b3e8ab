//! Galleries: what a student shows to the class, and no longer.

use crate::{harness::TestApp, people::People, uploads::picture};
use hub_server::material::Kind;

#[tokio::test]
async fn lena_sees_what_jonas_shares_until_he_stops() {
    let hub = TestApp::start().await;
    let People { jonas, lena, .. } = hub.people;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &["png"]).await;
    let path = format!("/student/materials/{gallery}");
    let (mut jonas, mut lena) = (hub.joined(jonas).await, hub.joined(lena).await);
    jonas.get(&path).await.says("Nobody shows anything yet");
    jonas.hands_in(gallery, "cat.png", &picture()).await.has_status(303);
    let submission = hub.newest_submission().await;
    let file = format!("{path}/submissions/{submission}/file");
    let small = format!("{path}/submissions/{submission}/thumbnail");
    for hidden in [&file, &small] {
        lena.get(hidden).await.has_status(404);
    }
    assert!(!lena.get(&path).await.body.contains("shared-work"));

    let sharing = format!("{path}/submissions/{submission}/sharing");
    jonas.get(&path).await;
    jonas.submit(&sharing, &[("shared", "yes")]).await.leads_to(&path);
    jonas.get(&path).await.says("The class can see it now").says("Jonas (you)").says("Stop showing it");
    lena.get(&path).await.says("Jonas").says(&small).says("Work by Jonas");
    lena.get(&small).await.has_status(200);
    let sent = lena.get(&file).await;
    assert!(sent.has_status(200).headers["content-disposition"].to_str().unwrap().starts_with("attachment"));

    jonas.submit(&sharing, &[("shared", "no")]).await.leads_to(&path);
    for hidden in [&file, &small] {
        lena.get(hidden).await.has_status(404);
    }
    assert!(!lena.get(&path).await.body.contains("shared-work"));
}

#[tokio::test]
async fn withdrawing_a_version_ends_its_sharing_and_a_newer_one_can_be_shared_instead() {
    let hub = TestApp::start().await;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &[]).await;
    let path = format!("/student/materials/{gallery}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(gallery, "cat.png", &picture()).await.has_status(303);
    let first = hub.newest_submission().await;
    hub.later(chrono::Duration::minutes(1));
    jonas.hands_in(gallery, "dog.png", &picture()).await.has_status(303);
    let second = hub.newest_submission().await;
    jonas.get(&path).await;
    for submission in [first, second] {
        jonas.submit(&format!("{path}/submissions/{submission}/sharing"), &[("shared", "yes")]).await.leads_to(&path);
    }
    assert_eq!(hub.count("select count(*) from submissions where shared_at is not null").await, 1);
    jonas.submit(&format!("{path}/submissions/{second}/withdrawal"), &[]).await.leads_to(&path);
    assert_eq!(hub.count("select count(*) from submissions where shared_at is not null").await, 0);
    jonas.submit(&format!("{path}/submissions/{second}/sharing"), &[("shared", "yes")]).await.has_status(404);
    hub.joined(hub.people.lena).await.get(&format!("{path}/submissions/{second}/file")).await.has_status(404);
}

#[tokio::test]
async fn an_upload_that_is_no_gallery_cannot_be_shared() {
    let hub = TestApp::start().await;
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(upload, "cat.png", &picture()).await.has_status(303);
    let submission = hub.newest_submission().await;
    let page = jonas.get(&format!("/student/materials/{upload}")).await;
    assert!(!page.body.contains("Show it to the class"));
    let path = format!("/student/materials/{upload}/submissions/{submission}/sharing");
    jonas.submit(&path, &[("shared", "yes")]).await.has_status(404);
}

#[tokio::test]
async fn another_class_sees_nothing_of_it() {
    let hub = TestApp::start().await;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &[]).await;
    let path = format!("/student/materials/{gallery}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(gallery, "cat.png", &picture()).await.has_status(303);
    let submission = hub.newest_submission().await;
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/submissions/{submission}/sharing"), &[("shared", "yes")]).await.leads_to(&path);
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get(&format!("{path}/submissions/{submission}/file")).await.has_status(200);
    // Lena moves to another class.
    sqlx::query(
        "with other as (insert into classrooms (id, organisation_id, name, code, created_at)
                        select gen_random_uuid(), organisation_id, 'Other', 'ABCDEFGH', now() from classrooms returning id)
         update students set classroom_id = other.id from other where display_name = 'Lena'",
    )
    .execute(&hub.app.db)
    .await
    .unwrap();
    lena.get(&path).await.has_status(404);
    lena.get(&format!("{path}/submissions/{submission}/file")).await.has_status(404);
    lena.get(&format!("{path}/submissions/{submission}/thumbnail")).await.has_status(404);
}
