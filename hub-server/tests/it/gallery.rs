//! Galleries: what a student shows to the class, and no longer.

use crate::{harness::TestApp, people::People, uploads::picture};
use hub_server::material::Kind;
use image::{RgbImage, codecs::jpeg::JpegEncoder};

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
    let shown = format!("{path}/gallery/{submission}");
    lena.get(&path).await.says("Jonas").says(&small).says("Work by Jonas").says(&format!("href=\"{shown}\""));
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
async fn amira_sees_what_the_class_shows_and_takes_it_down() {
    let hub = TestApp::start().await;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &["png"]).await;
    let path = format!("/student/materials/{gallery}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(gallery, "cat.png", &picture()).await.has_status(303);
    let submission = hub.newest_submission().await;
    let class = hub.people.physics.path();
    let page = format!("{class}/materials/{gallery}");
    let takedown = format!("{class}/submissions/{submission}/takedown");
    let mut amira = hub.signed_in(&hub.people.amira).await;
    amira.get(&page).await.says("Nobody of the class shows anything here yet");
    // What is not shown cannot be taken down.
    amira.submit(&takedown, &[]).await.has_status(404);
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/submissions/{submission}/sharing"), &[("shared", "yes")]).await.has_status(303);
    amira.get(&page).await.says("Jonas").says(&takedown).says(&format!("{class}/submissions/{submission}/thumbnail"));
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    mallory.submit(&takedown, &[]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from submissions where shared_at is not null").await, 1);
    amira.get(&page).await;
    amira.submit(&takedown, &[]).await.leads_to(&page);
    amira.get(&page).await.says("The class no longer sees it");
    let mut lena = hub.joined(hub.people.lena).await;
    assert!(!lena.get(&path).await.body.contains("shared-work"));
    assert_eq!(hub.count("select count(*) from submissions where withdrawn_at is null").await, 1);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'shown_work_taken_down'").await, 1);
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

/// A photo that is larger than a page, and too large to be sent as it is.
fn photo() -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_be_bytes()[2];
    let picture = RgbImage::from_fn(2400, 900, |x, y| image::Rgb([noise(x, y), noise(y, x), 90]));
    let kept = (1..20).map(|fifth| {
        let mut content = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut content, fifth * 5)).unwrap();
        content
    });
    kept.into_iter().find(|content| content.len() > 300_000).unwrap()
}

#[tokio::test]
async fn a_classmate_s_picture_is_looked_at_and_not_saved() {
    let hub = TestApp::start().await;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &[]).await;
    let path = format!("/student/materials/{gallery}");
    let (mut jonas, mut lena) = (hub.joined(hub.people.jonas).await, hub.joined(hub.people.lena).await);
    let photo = photo();
    assert!((300_001..1_000_000).contains(&photo.len()), "{}", photo.len());
    jonas.hands_in(gallery, "photo.jpg", &photo).await.has_status(303);
    let large = hub.newest_submission().await;
    hub.later(chrono::Duration::minutes(1));
    lena.hands_in(gallery, "cat.png", &picture()).await.has_status(303);
    let small = hub.newest_submission().await;
    let shown = |submission| format!("{path}/gallery/{submission}");
    let of = |submission, what: &str| format!("{path}/submissions/{submission}/{what}");
    // Nothing is shared yet: not even one's own stands in the gallery.
    lena.get(&shown(large)).await.has_status(404);
    lena.get(&of(large, "picture")).await.has_status(404);
    jonas.get(&shown(large)).await.has_status(404);
    jonas.submit(&of(large, "sharing"), &[("shared", "yes")]).await.leads_to(&path);
    hub.later(chrono::Duration::minutes(1));
    lena.get(&path).await;
    lena.submit(&of(small, "sharing"), &[("shared", "yes")]).await.leads_to(&path);

    let page = lena.get(&shown(large)).await;
    page.has_status(200).says("Work by Jonas").says("2 of 2").says(&of(large, "picture")).says("Save this file");
    page.says(&format!("href=\"{}\"", shown(small))).says("Previous");
    assert!(!page.body.contains(">Next<"), "{}", page.body);
    jonas.get(&shown(small)).await.says("Work by Lena").says("1 of 2").says(">Next<");

    let painted = lena.get(&of(large, "picture")).await;
    assert_eq!(painted.has_status(200).headers["content-type"], "image/jpeg");
    assert_eq!(painted.headers["content-disposition"], "inline");
    assert_eq!(painted.headers["x-content-type-options"], "nosniff");
    assert_eq!(painted.headers["content-security-policy"], "sandbox; default-src 'none'");
    let size = image::load_from_memory(&painted.bytes).unwrap();
    assert_eq!((size.width(), size.height()), (1920, 720));
    lena.headers.insert("if-none-match", painted.headers["etag"].to_str().unwrap().to_owned());
    lena.get(&of(large, "picture")).await.has_status(304);
    lena.headers.clear();
    // A small one is sent as it is.
    let sent = jonas.get(&of(small, "picture")).await;
    assert_eq!(
        (sent.has_status(200).bytes.as_slice(), sent.headers["content-type"].to_str().unwrap()),
        (&picture()[..], "image/png")
    );
    assert_eq!(sent.headers["content-security-policy"], "sandbox; default-src 'none'");
    assert!(sent.headers["content-disposition"].to_str().unwrap().starts_with("inline"));

    // Another class sees none of it, in a school of its own or not.
    let theirs = hub.class_of_mallory().await;
    let stranger =
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
                    values ($1, $2, 'Otto', 'otto', '', now(), now())";
    let otto = shared_types::ids::StudentId(hub.app.new_id());
    sqlx::query(stranger).bind(otto.0).bind(theirs.0).execute(&hub.app.db).await.unwrap();
    let mut otto = hub.joined(otto).await;
    for address in [shown(large), of(large, "picture"), of(large, "thumbnail"), of(large, "file")] {
        otto.get(&address).await.has_status(404);
    }
    hub.browser().get(&shown(large)).await.has_status(303);

    jonas.get(&path).await;
    jonas.submit(&of(large, "sharing"), &[("shared", "no")]).await.leads_to(&path);
    for address in [shown(large), of(large, "picture")] {
        lena.get(&address).await.has_status(404);
    }
    jonas.get(&of(large, "picture")).await.has_status(200);
}

#[tokio::test]
async fn what_is_no_picture_is_never_sent_as_one() {
    let hub = TestApp::start().await;
    let gallery = hub.asks_for(&hub.people.physics, Kind::Gallery, &[]).await;
    let path = format!("/student/materials/{gallery}");
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(gallery, "page.html", b"<p>hello</p>").await.has_status(303);
    let submission = hub.newest_submission().await;
    jonas.get(&path).await;
    jonas.submit(&format!("{path}/submissions/{submission}/sharing"), &[("shared", "yes")]).await.leads_to(&path);
    let page = jonas.get(&format!("{path}/gallery/{submission}")).await;
    page.has_status(200).says("page.html").says("Save this file");
    assert!(!page.body.contains("/picture"));
    jonas.get(&format!("{path}/submissions/{submission}/picture")).await.has_status(404);
    // Not under the name of one either.
    sqlx::query("update submissions set file_name = 'page.png'").execute(&hub.app.db).await.unwrap();
    jonas.get(&format!("{path}/submissions/{submission}/picture")).await.has_status(404);
}
