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
    /// In the class of the system.
    pub async fn of(system: &System) -> anyhow::Result<Self> {
        let db = PgPoolOptions::new().max_connections(4).connect(&system.admin_database_url).await?;
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
