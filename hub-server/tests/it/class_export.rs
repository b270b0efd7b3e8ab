//! The work of a class to take away.

use crate::harness::{TestApp, work};
use hub_server::material::{Answer, Kind};
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};

fn opened(bytes: Vec<u8>) -> zip::ZipArchive<Cursor<Vec<u8>>> {
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap()
}

fn text(archive: &mut zip::ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut content = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut content).unwrap();
    content
}

#[tokio::test]
async fn all_work_is_in_the_archive_and_no_name_twice() {
    let hub = TestApp::start().await;
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    for (student, content) in [(hub.people.jonas, "jonas one"), (hub.people.lena, "lena")] {
        hub.joined(student).await.hands_in(upload, "cat.txt", content.as_bytes()).await.has_status(303);
    }
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in_with_note(upload, "CAT.txt", b"jonas two", "=better").await.has_status(303);
    let reflection = hub.material(hub.module("Look <back>").await, "What I learnt", work::reflection()).await;
    sqlx::query(
        "insert into responses (material_id, student_id, answer, saved_at, handed_in_at) values ($1, $2, $3, $4, $4)",
    )
    .bind(reflection.0)
    .bind(hub.people.lena.0)
    .bind(sqlx::types::Json(Answer::Reflection { text: "Light bends".to_owned() }))
    .bind(hub.app.clock.now())
    .execute(&hub.app.db)
    .await
    .unwrap();
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let class = hub.people.physics.path();
    let sent = victor.get(&format!("{class}/work.zip")).await;
    sent.has_status(200);
    assert!(sent.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let mut archive = opened(sent.bytes);
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "{names:?}");
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(names.iter().all(|name| !name.contains("..") && !name.starts_with('/')));
    assert_eq!(text(&mut archive, "First week/Cats/Jonas/CAT.txt"), "jonas two");
    assert_eq!(text(&mut archive, "First week/Cats/Jonas/cat-2.txt"), "jonas one");
    assert_eq!(text(&mut archive, "First week/Cats/Lena/cat.txt"), "lena");
    assert!(text(&mut archive, "Look _back_/What I learnt/Lena.md").contains("Light bends"));
    let index = text(&mut archive, "index.csv");
    assert!(index.contains("\"'=better\"") && index.contains("Jonas"), "{index}");
    let mut one = opened(victor.get(&format!("{class}/materials/{reflection}/work.zip")).await.bytes);
    assert_eq!(one.len(), 2);
    assert!(text(&mut one, "Look _back_/What I learnt/Lena.md").contains("Light bends"));
}

#[tokio::test]
async fn mallory_takes_no_work_of_another_class_through_hers() {
    let hub = TestApp::start().await;
    let upload = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    hub.joined(hub.people.jonas).await.hands_in(upload, "cat.txt", b"mine").await.has_status(303);
    let theirs = hub.class_of_mallory().await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(&format!("{}/work.zip", hub.people.physics.path())).await.has_status(404);
    mallory.get(&format!("/teach/classes/{theirs}/materials/{upload}/work.zip")).await.has_status(404);
    let own = mallory.get(&format!("/teach/classes/{theirs}/work.zip")).await;
    assert_eq!(opened(own.bytes).len(), 1, "only the table of contents");
}
