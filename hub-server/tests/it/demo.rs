//! The demonstration: loaded into an empty database, again into its own, and into nobody else's.

use crate::harness::{TestApp, TestDatabase};
use hub_server::{
    account::Passwords,
    course::Pack,
    demo::{self, SignIns, Tools},
    web::secrets::Secrets,
};
use server_kit::{clock::Clock, entropy::Entropy};
use sqlx::{Connection, PgConnection};

fn tools(seed: u64) -> Tools {
    let entropy = Entropy::seeded(seed);
    Tools {
        secrets: Secrets::new(&[3; 32]),
        passwords: Passwords::quick_for_tests(&entropy),
        clock: Clock::fixed_at(crate::harness::monday_morning()),
        entropy,
        zone: chrono_tz::UTC,
    }
}

fn pack() -> Pack {
    Pack::read_folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../content/signals-and-secrets").as_ref()).unwrap()
}

async fn load(connection: &mut PgConnection, seed: u64) -> anyhow::Result<SignIns> {
    let mut tx = connection.begin().await?;
    let sign_ins = demo::settle(&mut tx, &tools(seed), &pack()).await?;
    tx.commit().await?;
    Ok(sign_ins)
}

async fn count(connection: &mut PgConnection, table: &'static str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn loading_twice_leaves_the_same_school_and_the_same_way_in() {
    let database = TestDatabase::create().await;
    let mut connection = database.connect_as("hub").await;
    let first = load(&mut connection, 1).await.unwrap();
    assert_eq!(first.class_code.len(), 9, "{first:?}");
    assert!(first.staff_password.len() >= 16 && first.totp_secret.len() >= 32, "{first:?}");
    let second = load(&mut connection, 2).await.unwrap();
    assert_eq!(first, second);
    for (table, rows) in [
        ("organisations", 1),
        ("staff", 2),
        ("classrooms", 1),
        ("students", 2),
        ("courses", 1),
        ("lesson_versions", 6),
        ("modules", 6),
    ] {
        assert_eq!(count(&mut connection, table).await, rows, "{table}");
    }
}

#[tokio::test]
async fn a_school_s_own_database_is_left_alone() {
    let hub = TestApp::start().await;
    let mut connection = hub.database.connect_as("hub").await;
    let refusal = load(&mut connection, 1).await.unwrap_err().to_string();
    assert!(refusal.contains("belongs to a school"), "{refusal}");
    assert_eq!(count(&mut connection, "courses").await, 0);
}
