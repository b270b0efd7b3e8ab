//! A look behind the helper's back at its keys in Redis.

use fred::{clients::Client, interfaces::*, types::Builder, types::config::Config};
use std::env;

/// The keys of one test.
pub struct Keys {
    client: Client,
    pub prefix: String,
}

impl Keys {
    pub async fn new(prefix: String) -> Self {
        let client = Builder::from_config(Config::from_url(&url()).unwrap()).build().unwrap();
        client.init().await.expect("Redis runs for the tests");
        Self { client, prefix }
    }

    /// Forgets everything, as a Redis without persistence does when it restarts.
    pub async fn flush(&self) {
        let keys: Vec<String> =
            self.client.custom(fred::cmd!("KEYS"), vec![format!("{}:*", self.prefix)]).await.unwrap();
        if !keys.is_empty() {
            self.client.del::<(), _>(keys).await.unwrap();
        }
    }

    pub async fn delete(&self, key: &str) {
        self.client.del::<(), _>(format!("{}:{key}", self.prefix)).await.unwrap();
    }

    pub async fn exists(&self, key: &str) -> bool {
        self.client.exists(format!("{}:{key}", self.prefix)).await.unwrap()
    }

    pub async fn set(&self, key: &str, value: &str) {
        self.client.set::<(), _, _>(format!("{}:{key}", self.prefix), value, None, None, false).await.unwrap();
    }

    pub async fn get(&self, key: &str) -> Option<String> {
        self.client.get(format!("{}:{key}", self.prefix)).await.unwrap()
    }

    pub async fn stream_length(&self, key: &str) -> u64 {
        self.client.xlen(format!("{}:{key}", self.prefix)).await.unwrap()
    }

    /// Takes the last entry off a stream.
    pub async fn drop_last_entry(&self, key: &str) {
        let key = format!("{}:{key}", self.prefix);
        let last: Vec<(String, std::collections::HashMap<String, String>)> =
            self.client.xrevrange_values(&key, "+", "-", Some(1)).await.unwrap();
        self.client.xdel::<(), _, _>(&key, last[0].0.clone()).await.unwrap();
    }

    pub async fn add_entry(&self, key: &str, field: &str, value: &str) {
        let entry = vec![(field, value)];
        self.client.xadd::<(), _, _, _, _>(format!("{}:{key}", self.prefix), false, None, "*", entry).await.unwrap();
    }

    pub async fn publish(&self, channel: &str, message: &str) {
        self.client.publish::<(), _, _>(channel, message).await.unwrap();
    }
}

pub fn url() -> String {
    env::var("TEST_REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:63799/3".into())
}
