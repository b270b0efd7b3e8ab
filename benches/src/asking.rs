//! What programs need who run a helper of their own and ask it in the name of many students.

use crate::{student::Class, system::System};
use anyhow::Context;
use server_kit::{clock::Clock, entropy::Entropy};
use shared_types::{ids::StudentId, keys::ScopeKeys};
use sqlx::{PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

/// A class of as many students as one likes.
pub struct Asking {
    pub db: PgPool,
    pub class: Class,
    keys: ScopeKeys,
    /// Keeps the students of one run apart from those of another.
    run: u128,
}

impl Asking {
    /// In the class of the system. What an earlier program left waiting is taken out of the line.
    pub async fn of(system: &System) -> anyhow::Result<Self> {
        let db = PgPoolOptions::new().max_connections(4).connect(&system.admin_database_url).await?;
        sqlx::query("delete from helper.turn where state in ('queued', 'running')").execute(&db).await?;
        let class = Class::by_code(&db, &system.class_code).await?;
        let keys = system.helper.environment.get("HUB_SCOPE_KEYS").context("HUB_SCOPE_KEYS")?.parse()?;
        Ok(Self { db, class, keys, run: u128::from(u64::from_le_bytes(Entropy::system().bytes())) << 32 })
    }

    /// A student of this run.
    pub fn student(&self, number: usize) -> StudentId {
        StudentId(Uuid::from_u128(self.run | number as u128))
    }

    /// Their token, for an hour.
    pub fn token(&self, number: usize) -> anyhow::Result<String> {
        self.class.token(self.student(number), &self.keys, Clock::system().unix())
    }
}

impl Asking {
    /// Takes the turns of this run's students away, so that nobody waits in the next program's line.
    pub async fn tidy_up(&self, students: usize) -> anyhow::Result<()> {
        let students: Vec<Uuid> = (0..students).map(|number| self.student(number).0).collect();
        sqlx::query("delete from helper.turn where actor = any($1)").bind(students).execute(&self.db).await?;
        Ok(())
    }
}

/// A key that nobody has used.
pub fn key() -> Uuid {
    Uuid::from_u128(u128::from_le_bytes(Entropy::system().bytes()))
}

/// Settings of a helper that asks the model at `origin`, so many at a time, and shares its line with no other.
pub fn settings(name: &str, origin: &str, slots: usize) -> Vec<(&'static str, String)> {
    vec![
        ("HELPER_BACKENDS", "ollama".to_owned()),
        ("HELPER_OLLAMA_URL", origin.to_owned()),
        ("HELPER_OLLAMA_MODEL", "scripted".to_owned()),
        ("HELPER_REDIS_PREFIX", format!("{name}-{}", std::process::id())),
        ("HELPER_SLOTS", slots.to_string()),
    ]
}
