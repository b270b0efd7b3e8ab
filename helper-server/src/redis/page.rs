//! What opened the chat's own page in a browser, kept as long as it holds.

use super::{Redis, RedisError};
use fred::{interfaces::KeysInterface, types::Expiration};

impl Redis {
    /// Keeps what opened the page `key` for so many seconds.
    pub async fn keep_page(&self, key: &str, opening: &str, seconds: i64) -> Result<(), RedisError> {
        let expires = Some(Expiration::EX(seconds.max(1)));
        Ok(self.client().await?.set(self.page_key(key), opening, expires, None, false).await?)
    }

    /// What opened the page `key`, if it is still kept.
    pub async fn kept_page(&self, key: &str) -> Result<Option<String>, RedisError> {
        Ok(self.client().await?.get(self.page_key(key)).await?)
    }

    fn page_key(&self, key: &str) -> String {
        self.key(&format!("page:{key}"))
    }
}
