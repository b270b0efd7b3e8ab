//! Settings, from the environment only. A bad one stops the start with a sentence that says what to do.

mod files;
mod public_url;
mod settings;

pub use files::{S3Settings, Scanner, ScannerSettings, StorageCommand, StorageSettings, WhenAway};
pub use public_url::PublicUrl;
pub use settings::{Command, course_to_check};

use chrono_tz::Tz;
use clap::error::ErrorKind;
use secrecy::{SecretSlice, SecretString};
use server_kit::logging::LogFormat;
use settings::Settings;
use shared_types::keys::{EventKeys, ScopeKeys};
use std::{net::SocketAddr, path::PathBuf};

/// Settings that were checked.
#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub database_url: SecretString,
    pub redis_url: SecretString,
    pub public_url: PublicUrl,
    pub scope_keys: ScopeKeys,
    pub event_keys: EventKeys,
    pub secret_key: SecretSlice<u8>,
    pub assets_dir: PathBuf,
    pub uploads_dir: PathBuf,
    pub storage: StorageSettings,
    pub scanner: ScannerSettings,
    /// The school's zone: what times are shown in.
    pub time_zone: Tz,
    pub log_format: LogFormat,
}

impl Config {
    /// Reads and checks everything; prints a sentence and exits where something is wrong.
    pub fn from_environment() -> (Self, Command) {
        let settings: Settings = server_kit::config::parse();
        settings.check().unwrap_or_else(|why| clap::Error::raw(ErrorKind::ValueValidation, why).exit())
    }
}
