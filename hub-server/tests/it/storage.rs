//! Files and their rows: what the sweeper removes, and what it must leave alone.

use crate::harness::TestApp;
use hub_server::{
    material::Kind,
    storage::{Stored, sweeper},
};
use server_kit::clock::Clock;
use shared_types::ids::FileId;
use std::{fs, path::Path};

impl TestApp {
    /// How many files lie in the storage.
    pub fn files_kept(&self) -> usize {
        files_under(&self.app.config.uploads_dir.join("objects"))
    }

    /// How many temporary files there are.
    pub fn files_spooled(&self) -> usize {
        files_under(&self.app.config.uploads_dir.join("spool"))
    }

    /// A file that was kept and has no row.
    async fn keeps(&self, content: &[u8]) -> Stored {
        let mut spool = self.app.storage.spool(1000).await.unwrap();
        spool.write(content).await.unwrap();
        let spooled = spool.finish().await.unwrap();
        self.app.storage.keep(spooled, FileId(self.app.new_id())).await.unwrap()
    }
}

fn files_under(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { files_under(&entry.path()) } else { 1 }).sum()
}

#[tokio::test]
async fn files_without_a_row_go_when_they_are_an_hour_old() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    hub.joined(hub.people.jonas).await.hands_in(material, "a.txt", b"hello").await.has_status(303);
    hub.keeps(b"left by a crash").await;
    fs::write(hub.app.config.uploads_dir.join("spool/1-1"), "half a file").unwrap();
    assert_eq!((hub.files_kept(), hub.files_spooled()), (2, 1));
    // What the disk says of files is the machine's time: let the test's clock say the same.
    hub.later(Clock::system().now() - hub.app.clock.now());
    sweeper::sweep(&hub.app).await.unwrap();
    assert_eq!((hub.files_kept(), hub.files_spooled()), (2, 1));
    hub.later(chrono::Duration::hours(2));
    let count = sweeper::count(&hub.app.db, &hub.app.storage, hub.app.clock.now()).await.unwrap();
    assert_eq!((count.rows, count.files, count.orphans, count.missing), (1, 2, 1, 0));
    assert!(!count.is_consistent());
    sweeper::sweep(&hub.app).await.unwrap();
    assert_eq!((hub.files_kept(), hub.files_spooled()), (1, 0));
    let count = sweeper::count(&hub.app.db, &hub.app.storage, hub.app.clock.now()).await.unwrap();
    assert!(count.is_consistent(), "{count:?}");
}

#[tokio::test]
async fn rows_that_nothing_speaks_of_go_with_their_files() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "a.txt", b"hello").await.has_status(303);
    hub.joined(hub.people.lena).await.hands_in(material, "b.txt", b"there").await.has_status(303);
    sqlx::query("delete from students where display_name = 'Jonas'").execute(&hub.app.db).await.unwrap();
    assert_eq!((hub.count("select count(*) from stored_files").await, hub.files_kept()), (2, 2));
    hub.later(chrono::Duration::hours(2));
    sweeper::sweep(&hub.app).await.unwrap();
    assert_eq!((hub.count("select count(*) from stored_files").await, hub.files_kept()), (1, 1));
    assert_eq!(hub.count("select count(*) from submissions").await, 1);
}

#[tokio::test]
async fn a_row_without_its_file_is_counted_and_not_hidden() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &[]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.hands_in(material, "a.txt", b"hello").await.has_status(303);
    let submission = hub.newest_submission().await;
    let objects = hub.app.config.uploads_dir.join("objects");
    fs::remove_dir_all(&objects).unwrap();
    fs::create_dir(&objects).unwrap();
    let count = sweeper::count(&hub.app.db, &hub.app.storage, hub.app.clock.now()).await.unwrap();
    assert_eq!((count.rows, count.missing), (1, 1));
    assert!(!count.is_consistent());
    sweeper::sweep(&hub.app).await.unwrap();
    assert_eq!(hub.count("select count(*) from stored_files").await, 1, "its row stays, so that it is not forgotten");
    jonas.get(&format!("/student/materials/{material}/submissions/{submission}/file")).await.has_status(500);
}
