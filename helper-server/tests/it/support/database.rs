//! A database of its own for each test, set up as an operator would.

use super::new_id;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool};
use std::{env, fs, path::Path};

const ROLES: &str = include_str!("../../../../migrations/roles.sql");
/// Held while roles are made: they belong to all databases of a cluster. The hub's tests hold the same.
const LOCK: i64 = 0x636c_6173_7368_7562;

/// A fresh database with both roles and the helper's schema; dropped with the value.
pub struct Database {
    name: String,
}

impl Database {
    pub async fn create() -> Self {
        let name = format!("helper_it_{}", new_id().simple());
        let mut server = PgConnection::connect(&superuser_url("postgres")).await.expect("Postgres runs for the tests");
        server.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut server).await.unwrap();
        let mut database = PgConnection::connect(&superuser_url(&name)).await.unwrap();
        database.execute(ROLES).await.unwrap();
        server.close().await.unwrap();
        let this = Self { name };
        helper_server::migrations::run(&this.url("helper")).await.unwrap();
        this
    }

    /// Adds the hub's schema by the hub's own migrations.
    pub async fn add_hub(&self) {
        let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/hub"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let mut hub = PgConnection::connect(&self.url("hub")).await.unwrap();
        for file in files {
            let sql = fs::read_to_string(&file).unwrap();
            hub.execute(AssertSqlSafe(sql)).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }

    /// The address for one role.
    pub fn url(&self, role: &str) -> String {
        with_user(&superuser_url(&self.name), role)
    }

    /// A connection that may see and change everything.
    pub async fn superuser(&self) -> PgPool {
        PgPool::connect(&superuser_url(&self.name)).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut server = PgConnection::connect(&superuser_url("postgres")).await.unwrap();
                server.execute(AssertSqlSafe(sql)).await.unwrap();
            });
        });
        drop(dropped.join());
    }
}

fn superuser_url(database: &str) -> String {
    let url = env::var("TEST_DATABASE_URL").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:54329/postgres".into());
    let (server, _) = url.rsplit_once('/').expect("TEST_DATABASE_URL names a database");
    format!("{server}/{database}")
}

fn with_user(url: &str, user: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let host = rest.split_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{user}@{host}")
}
