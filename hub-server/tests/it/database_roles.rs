//! Each server's role may touch its own schema and nothing else.

use crate::harness::TestApp;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn the_hub_s_role_is_refused_in_the_helper_s_schema_and_elsewhere() {
    let app = TestApp::start().await;
    let mut helper = app.database.connect_as("helper").await;
    sqlx::query("create table helper.turns (id int)").execute(&mut helper).await.unwrap();
    let mut hub = app.database.connect_as("hub").await;
    for sql in [
        "select * from helper.turns",
        "insert into helper.turns values (1)",
        "create table helper.mine (id int)",
        "create table public.mine (id int)",
        "create schema mine",
        "create role mine",
        "set role helper",
        "copy hub.staff to '/tmp/staff'",
    ] {
        let error = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut hub).await.expect_err(sql);
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "42501", "{sql}: {error}");
    }
}

#[tokio::test]
async fn the_helper_s_role_is_refused_at_every_table_of_the_hub() {
    let app = TestApp::start().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name from information_schema.tables
        where table_schema = 'hub' and table_type = 'BASE TABLE'",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    assert!(tables.len() > 8, "{tables:?}");
    let mut helper = app.database.connect_as("helper").await;
    for table in tables {
        let error =
            sqlx::query(AssertSqlSafe(format!("select from hub.{table}"))).execute(&mut helper).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "42501", "{table}: {error}");
    }
}
