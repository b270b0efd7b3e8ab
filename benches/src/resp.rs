//! The few words of Redis' protocol (RESP2) that a proof program needs: to publish, and to look at everything there is.

use anyhow::{Context, bail};
use std::{future::Future, pin::Pin};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A connection.
pub struct Redis(BufReader<TcpStream>);

/// What it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    Text(Vec<u8>),
    Number(i64),
    List(Vec<Reply>),
    Nothing,
}

impl Reply {
    /// All text in it, one after the other.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => String::from_utf8_lossy(text).into_owned(),
            Self::Number(number) => number.to_string(),
            Self::List(replies) => replies.iter().map(Self::text).collect::<Vec<_>>().join(" "),
            Self::Nothing => String::new(),
        }
    }
}

impl Redis {
    /// Connects to `redis://[[user]:password@]host:port[/database]`.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let rest = url.strip_prefix("redis://").context("a redis:// address")?;
        let (access, place) = rest.rsplit_once('@').map_or((None, rest), |(access, place)| (Some(access), place));
        let (authority, database) = place.split_once('/').unwrap_or((place, "0"));
        let mut redis = Self(BufReader::new(TcpStream::connect(authority).await?));
        if let Some((user, password)) = access.and_then(|access| access.split_once(':')) {
            let arguments = if user.is_empty() { vec!["auth", password] } else { vec!["auth", user, password] };
            redis.call(&arguments).await?;
        }
        redis.call(&["select", if database.is_empty() { "0" } else { database }]).await?;
        Ok(redis)
    }

    /// Sends one command and reads its answer.
    pub async fn call(&mut self, arguments: &[&str]) -> anyhow::Result<Reply> {
        let mut command = format!("*{}\r\n", arguments.len()).into_bytes();
        for argument in arguments {
            command.extend(format!("${}\r\n{argument}\r\n", argument.len()).into_bytes());
        }
        self.0.get_mut().write_all(&command).await?;
        self.reply().await
    }

    /// Everything under every key, as text.
    pub async fn everything(&mut self) -> anyhow::Result<String> {
        let keys = match self.call(&["keys", "*"]).await? {
            Reply::List(keys) => keys,
            other => bail!("keys answered {other:?}"),
        };
        let mut all = String::new();
        for key in keys.iter().map(Reply::text) {
            let kind = self.call(&["type", &key]).await?.text();
            let content = match kind.as_str() {
                "string" => self.call(&["get", &key]).await?,
                "hash" => self.call(&["hgetall", &key]).await?,
                "zset" => self.call(&["zrange", &key, "0", "-1"]).await?,
                "stream" => self.call(&["xrange", &key, "-", "+"]).await?,
                "set" => self.call(&["smembers", &key]).await?,
                "list" => self.call(&["lrange", &key, "0", "-1"]).await?,
                // Gone in the meantime.
                _ => Reply::Nothing,
            };
            all.push_str(&format!("{key} {}\n", content.text()));
        }
        Ok(all)
    }

    fn reply(&mut self) -> Pin<Box<dyn Future<Output = anyhow::Result<Reply>> + Send + '_>> {
        Box::pin(async move {
            let mut line = String::new();
            self.0.read_line(&mut line).await?;
            let line = line.trim_end();
            let (kind, rest) = line.split_at_checked(1).context("Redis closed the connection")?;
            match kind {
                "+" => Ok(Reply::Text(rest.as_bytes().to_vec())),
                ":" => Ok(Reply::Number(rest.parse()?)),
                "$" => {
                    let Ok(length) = rest.parse::<usize>() else { return Ok(Reply::Nothing) };
                    let mut text = vec![0; length + 2];
                    self.0.read_exact(&mut text).await?;
                    text.truncate(length);
                    Ok(Reply::Text(text))
                }
                "*" => {
                    let mut replies = Vec::new();
                    for _ in 0..rest.parse::<usize>().unwrap_or_default() {
                        replies.push(self.reply().await?);
                    }
                    Ok(Reply::List(replies))
                }
                _ => bail!("Redis answered {line}"),
            }
        })
    }
}
