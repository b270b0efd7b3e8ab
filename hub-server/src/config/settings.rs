//! The settings as they are written, and the check that turns them into a [`Config`].
//!
//! Secrets are taken as they are and parsed afterwards: clap repeats a value it cannot parse, and a
//! secret must not appear on a screen.

use super::{
    Config, PublicUrl,
    files::{FileSettings, StorageCommand},
};
use crate::course::command::CourseCommand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use server_kit::logging::LogFormat;
use shared_types::keys::{EventKeys, MIN_KEY_BYTES, ScopeKeys};
use std::{net::SocketAddr, path::PathBuf};

/// Class Hub: joining, lessons, student work and teaching.
///
/// Every setting is an environment variable; NAME_FILE may name a file that holds the value of NAME.
#[derive(Parser)]
#[command(name = "hub-server", version)]
pub(super) struct Settings {
    /// Address and port to listen on.
    #[arg(long, env = "HUB_LISTEN", default_value = "127.0.0.1:8001")]
    listen: SocketAddr,
    /// PostgreSQL, as postgres://hub:password@host/database, signed in as the role hub.
    #[arg(long, env = "HUB_DATABASE_URL", hide_env_values = true, hide_default_value = true)]
    database_url: SecretString,
    /// Redis, as redis://host:6379/0.
    #[arg(long, env = "HUB_REDIS_URL", hide_env_values = true, hide_default_value = true)]
    redis_url: SecretString,
    /// The address people use, as https://host.
    #[arg(long, env = "HUB_PUBLIC_URL")]
    public_url: PublicUrl,
    /// Keys that sign what the helper may know of a page: kid:base64url[,kid:base64url], the first one signs.
    #[arg(long, env = "HUB_SCOPE_KEYS", hide_env_values = true, hide_default_value = true)]
    scope_keys: SecretString,
    /// Keys that the helper signs its reports with, written the same way.
    #[arg(long, env = "HELPER_EVENT_KEYS", hide_env_values = true, hide_default_value = true)]
    event_keys: SecretString,
    /// At least 32 random bytes as base64url: encrypts second factors and keys tokens. Changing it signs everyone
    /// out and asks staff to enrol again.
    #[arg(long, env = "HUB_SECRET_KEY", hide_env_values = true, hide_default_value = true)]
    secret_key: SecretString,
    /// Folder with the built stylesheet and scripts and their manifest.json.
    #[arg(long, env = "HUB_ASSETS_DIR")]
    assets_dir: PathBuf,
    #[command(flatten)]
    files: FileSettings,
    /// The school's time zone.
    #[arg(long, env = "HUB_TIME_ZONE", default_value = "UTC")]
    time_zone: Tz,
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value = "json")]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Answer requests (what happens without a command).
    #[default]
    Serve,
    /// Bring the database up to date, then end.
    Migrate,
    /// Check, import or export a course.
    Course {
        #[command(subcommand)]
        command: CourseCommand,
    },
    /// Load a course and a class to try, print how to sign in as JSON, then end.
    DemoData {
        /// Folder of the course.
        #[arg(long)]
        course: PathBuf,
    },
    /// Look after the files that were handed in.
    #[command(subcommand)]
    Storage(StorageCommand),
}

/// `course check` works without any setting, so it is read without them.
#[derive(Parser)]
#[command(name = "hub-server", version)]
struct WithoutSettings {
    #[command(subcommand)]
    command: Command,
}

/// The path of `hub-server course check PATH`; none where the program was asked for something else. A mistake in the
/// arguments ends with a sentence.
pub fn course_to_check() -> Option<PathBuf> {
    let args: Vec<_> = std::env::args_os().collect();
    let asked = args.get(1).is_some_and(|arg| arg == "course") && args.get(2).is_some_and(|arg| arg == "check");
    match asked.then(|| WithoutSettings::parse_from(args).command) {
        Some(Command::Course { command: CourseCommand::Check { path } }) => Some(path),
        _ => None,
    }
}

impl Settings {
    /// The checked settings, or a sentence that says which one is wrong and what to do.
    pub(super) fn check(self) -> Result<(Config, Command), String> {
        let scope_keys: ScopeKeys = key_ring(&self.scope_keys, "HUB_SCOPE_KEYS")?;
        let event_keys: EventKeys = key_ring(&self.event_keys, "HELPER_EVENT_KEYS")?;
        if scope_keys.shares_a_key_with(&event_keys) {
            return Err("HUB_SCOPE_KEYS and HELPER_EVENT_KEYS share a key; make one for each purpose\n".into());
        }
        let config = Config {
            listen: self.listen,
            database_url: self.database_url,
            redis_url: self.redis_url,
            public_url: self.public_url,
            scope_keys,
            event_keys,
            secret_key: secret_key(&self.secret_key)?,
            assets_dir: self.assets_dir,
            storage: self.files.storage()?,
            scanner: self.files.scanner(),
            uploads_dir: self.files.uploads_dir,
            time_zone: self.time_zone,
            log_format: self.log_format,
        };
        Ok((config, self.command.unwrap_or_default()))
    }
}

fn key_ring<R: std::str::FromStr>(text: &SecretString, name: &str) -> Result<R, String>
where
    R::Err: std::fmt::Display,
{
    text.expose_secret().parse().map_err(|why: R::Err| format!("{name}: {why}\n"))
}

fn secret_key(text: &SecretString) -> Result<SecretSlice<u8>, String> {
    let key = URL_SAFE_NO_PAD.decode(text.expose_secret()).map_err(|_| {
        "HUB_SECRET_KEY is not base64url without padding; make one with `openssl rand 32 | basenc --base64url | tr -d =`\n"
            .to_owned()
    })?;
    if key.len() < MIN_KEY_BYTES {
        return Err(format!("HUB_SECRET_KEY has {} bytes and needs {MIN_KEY_BYTES} or more\n", key.len()));
    }
    Ok(key.into())
}

#[cfg(test)]
mod tests {
    use super::{Command, Settings};
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use clap::Parser;

    fn key(fill: u8, bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![fill; bytes])
    }

    fn settings(scope: &str, event: &str, secret: &str) -> Settings {
        Settings::try_parse_from([
            "hub-server",
            "--database-url=postgres://hub@localhost/class_hub",
            "--redis-url=redis://localhost/0",
            "--public-url=https://hub.example",
            &format!("--scope-keys={scope}"),
            &format!("--event-keys={event}"),
            &format!("--secret-key={secret}"),
            "--assets-dir=/assets",
            "--uploads-dir=/uploads",
        ])
        .unwrap()
    }

    #[test]
    fn good_settings_serve() {
        let scope = format!("a:{}", key(1, 32));
        let event = format!("a:{}", key(2, 32));
        let (config, command) = settings(&scope, &event, &key(3, 32)).check().unwrap();
        assert_eq!(command, Command::Serve);
        assert_eq!(config.public_url.join("/teach"), "https://hub.example/teach");
    }

    #[test]
    fn short_equal_or_broken_keys_are_refused_in_words_that_show_no_key() {
        let long = format!("a:{}", key(1, 32));
        let other = format!("a:{}", key(2, 32));
        let short = format!("a:{}", key(1, 31));
        let secret = key(3, 32);
        for (scope, event, secret, says) in [
            (&short, &other, &secret, "HUB_SCOPE_KEYS: key a is shorter than 32 bytes"),
            (&long, &short, &secret, "HELPER_EVENT_KEYS: key a is shorter"),
            (&long, &long, &secret, "make one for each purpose"),
            (&long, &other, &key(3, 16), "HUB_SECRET_KEY has 16 bytes"),
            (&long, &other, &"not base64!".to_owned(), "HUB_SECRET_KEY is not base64url"),
        ] {
            let why = settings(scope, event, secret).check().err().unwrap();
            assert!(why.contains(says), "{why}");
            for hidden in [scope, event, secret] {
                assert!(!why.contains(hidden.trim_start_matches("a:")), "{why}");
            }
        }
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let secret = key(3, 32);
        let (config, _) =
            settings(&format!("a:{}", key(1, 32)), &format!("a:{}", key(2, 32)), &secret).check().unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains(&secret) && !shown.contains(&key(1, 32)) && !shown.contains("postgres://"), "{shown}");
    }
}
