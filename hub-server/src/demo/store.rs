//! What the demonstration has to know of a database before it writes to it.

use shared_types::ids::{ClassroomId, OrganisationId};
use sqlx::PgConnection;

/// Whether anyone else's organisation is here.
pub(super) async fn has_other_organisations(tx: &mut PgConnection, own: OrganisationId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations where id <> $1) as "found!""#, own.0)
        .fetch_one(tx)
        .await
}

/// Whether an organisation is here.
pub(super) async fn has_organisation(tx: &mut PgConnection, id: OrganisationId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from organisations where id = $1) as "found!""#, id.0)
        .fetch_one(tx)
        .await
}

/// The code of a class, if it is here.
pub(super) async fn class_code(tx: &mut PgConnection, id: ClassroomId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select code from classrooms where id = $1", id.0).fetch_optional(tx).await
}
