//! A material to hand files in for, put into the class of the demo for as long as a proof runs.

use sqlx::PgPool;
use uuid::Uuid;

/// The module and its one material.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    module: Uuid,
    pub material: Uuid,
}

impl Assignment {
    /// Puts it there; it takes every kind of file up to `max_bytes`.
    pub async fn put(db: &PgPool, class_code: &str, max_bytes: u64) -> anyhow::Result<Self> {
        let settings = serde_json::json!({
            "kind": "upload", "source": "", "html": "", "accepted": [], "max_bytes": max_bytes, "naming": null,
        });
        let (module, material): (Uuid, Uuid) = sqlx::query_as(
            "with module as (
                 insert into hub.modules (id, classroom_id, title, position, created_at)
                 select gen_random_uuid(), id, 'Proof run', 1000, now() from hub.classrooms
                 where code = replace($1, '-', '') returning id)
             insert into hub.materials (id, module_id, kind, title, position, settings, created_at, updated_at)
             select gen_random_uuid(), id, 'upload', 'Proof run', 1, $2, now(), now() from module
             returning module_id, id",
        )
        .bind(class_code)
        .bind(settings)
        .fetch_one(db)
        .await?;
        Ok(Self { module, material })
    }

    /// Where it is handed in.
    pub fn path(&self) -> String {
        format!("/student/materials/{}", self.material)
    }

    /// Takes it away again, with what was handed in for it.
    pub async fn remove(self, db: &PgPool) -> anyhow::Result<()> {
        sqlx::query("delete from hub.modules where id = $1").bind(self.module).execute(db).await?;
        Ok(())
    }
}
