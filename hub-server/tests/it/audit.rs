//! The audit: in the transaction of the change, and never altered.

use crate::harness::TestApp;
use sqlx::{AssertSqlSafe, Row};

#[tokio::test]
async fn every_change_by_staff_is_written_down_without_what_people_wrote() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let path = app.people.physics.path();
    let key = amira.get(&format!("{path}/code-rotation")).await.hidden("idempotency_key").unwrap();
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.has_status(303);
    amira.submit(&format!("{path}/code-rotation"), &[("idempotency_key", &key)]).await.has_status(303);
    let rows = sqlx::query(
        "select action, staff_id, organisation_id, subject_id, details::text from audit_entries order by at, id",
    )
    .fetch_all(&app.app.db)
    .await
    .unwrap();
    let actions: Vec<String> = rows.iter().map(|row| row.get("action")).collect();
    assert_eq!(actions, ["classroom_lock_set", "classroom_code_rotated"]);
    for row in &rows {
        assert_eq!(row.get::<uuid::Uuid, _>("staff_id"), app.people.amira.id.0);
        assert_eq!(row.get::<uuid::Uuid, _>("organisation_id"), app.people.riverside.0);
        assert_eq!(row.get::<uuid::Uuid, _>("subject_id"), app.people.physics.id.0);
    }
    assert_eq!(rows[0].get::<String, _>("details"), r#"{"locked": true}"#);
}

#[tokio::test]
async fn where_the_audit_cannot_be_written_nothing_is_changed() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let path = app.people.physics.path();
    amira.get(&path).await;
    sqlx::query("alter table audit_entries add constraint full_up check (action = 'nothing') not valid")
        .execute(&app.app.db)
        .await
        .unwrap();
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.has_status(500);
    assert_eq!(app.count("select count(*) from classrooms where locked").await, 0);
}

#[tokio::test]
async fn the_database_itself_refuses_to_alter_or_remove_entries() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let path = app.people.physics.path();
    amira.get(&path).await;
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.has_status(303);
    for role in ["hub", "postgres"] {
        let mut connection = app.database.connect_as(role).await;
        for sql in [
            "update hub.audit_entries set action = 'nothing'",
            "delete from hub.audit_entries",
            "truncate hub.audit_entries",
        ] {
            let error = sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap_err();
            let code = error.as_database_error().unwrap().code().unwrap().into_owned();
            assert_eq!(code, "42501", "{role}: {sql}: {error}");
        }
    }
    assert_eq!(app.count("select count(*) from audit_entries").await, 1);
}
