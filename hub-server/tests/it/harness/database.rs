//! A database per test, copied from one that was migrated once.

use hub_server::migrations;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

const ROLES: &str = include_str!("../../../../migrations/roles.sql");
/// Held while databases are made: tests run in many processes.
const LOCK: i64 = 0x636c_6173_7368_7562;

/// A migrated, empty database; gone when the test ends.
pub struct TestDatabase {
    name: String,
    superuser: PgConnectOptions,
}

impl TestDatabase {
    /// Makes one.
    pub async fn create() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("hub_test_{}_{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let superuser = superuser();
        let mut connection = superuser.connect().await.expect("TEST_DATABASE_URL names a running PostgreSQL");
        sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await.unwrap();
        let template = template(&mut connection, &superuser).await;
        run(&mut connection, format!("drop database if exists {name} with (force)")).await;
        run(&mut connection, format!("create database {name} template {template}")).await;
        // What belongs to a database and not to its content is not copied: search paths and rights to connect.
        settle_roles(&superuser, &name).await;
        connection.close().await.unwrap();
        Self { name, superuser }
    }

    /// Its name; unique among tests that run now.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Connections as the role the hub has.
    pub async fn pool(&self) -> PgPool {
        PgPoolOptions::new().max_connections(4).connect_with(self.as_role("hub")).await.unwrap()
    }

    /// One connection as any role.
    pub async fn connect_as(&self, role: &str) -> PgConnection {
        self.as_role(role).connect().await.unwrap()
    }

    fn as_role(&self, role: &str) -> PgConnectOptions {
        self.superuser.clone().username(role).database(&self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (superuser, name) = (self.superuser.clone(), self.name.clone());
        // A runtime of its own: the test's is about to end.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = superuser.connect().await.unwrap();
                run(&mut connection, format!("drop database if exists {name} with (force)")).await;
            });
        });
        assert!(dropping.join().is_ok() || thread::panicking(), "the test's database could not be dropped");
    }
}

fn superuser() -> PgConnectOptions {
    let url = std::env::var("TEST_DATABASE_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:54329/postgres".to_owned());
    url.parse().expect("TEST_DATABASE_URL is a postgres:// address")
}

/// The migrated database the others are copied from; made where there is none for these migrations.
async fn template(connection: &mut PgConnection, superuser: &PgConnectOptions) -> String {
    let name = format!("hub_template_{:08x}", fingerprint());
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    if exists {
        return name;
    }
    let raw = format!("{name}_raw");
    run(connection, format!("drop database if exists {raw} with (force)")).await;
    run(connection, format!("create database {raw}")).await;
    settle_roles(superuser, &raw).await;
    let mut hub = superuser.clone().username("hub").database(&raw).connect().await.unwrap();
    migrations::apply(&mut hub).await.unwrap();
    hub.close().await.unwrap();
    // Only a whole one gets the name.
    run(connection, format!("alter database {raw} rename to {name}")).await;
    name
}

async fn settle_roles(superuser: &PgConnectOptions, database: &str) {
    let mut connection = superuser.clone().database(database).connect().await.unwrap();
    sqlx::raw_sql(ROLES).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap();
}

/// FNV-1a over everything the template is made from.
fn fingerprint() -> u32 {
    let checksums = migrations::MIGRATOR.iter().flat_map(|migration| migration.checksum.iter());
    ROLES
        .as_bytes()
        .iter()
        .chain(checksums)
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
