//! The database role of the helper: its own schema, two views of the hub, and nothing else.

use crate::support::TestApp;
use sqlx::{AssertSqlSafe, Executor, PgPool};

async fn refused(db: &PgPool, sql: &str) {
    let code = match db.execute(AssertSqlSafe(sql.to_owned())).await {
        Ok(_) => panic!("the helper may not: {sql}"),
        Err(error) => {
            error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned()
        }
    };
    // Insufficient privilege; a view over several tables is refused to everybody before rights are looked at.
    assert!(code == "42501" || (code == "55000" && sql.starts_with("delete")), "{code}: {sql}");
}

#[tokio::test]
async fn the_helper_may_read_two_views_of_the_hub_and_touch_nothing() {
    let app = TestApp::start().await;
    app.system.database.add_hub().await;
    let helper = PgPool::connect(&app.system.database.url("helper")).await.unwrap();
    helper.execute("select * from hub.lesson_passage").await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'hub' and c.relkind in ('r', 'v', 'm', 'p')",
    )
    .fetch_all(&app.system.db)
    .await
    .unwrap();
    assert!(tables.len() > 10);
    for table in tables {
        if !["lesson_passage", "lesson_answer"].contains(&table.as_str()) {
            refused(&helper, &format!("select * from hub.{table}")).await;
        }
        refused(&helper, &format!("delete from hub.{table}")).await;
    }
    for sql in [
        "insert into hub.lesson_passage (body) values ('x')",
        "create table hub.mine (id int)",
        "create table public.mine (id int)",
        "create schema mine",
        "create role mine",
        "set role hub",
        "set role postgres",
    ] {
        refused(&helper, sql).await;
    }
}

#[tokio::test]
async fn the_hub_may_not_see_conversations() {
    let app = TestApp::start().await;
    let hub = PgPool::connect(&app.system.database.url("hub")).await.unwrap();
    for table in ["turn", "turn_text", "turn_pass", "outbox"] {
        refused(&hub, &format!("select * from helper.{table}")).await;
    }
}
