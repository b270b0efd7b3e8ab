//! The settings about files: where they are kept, and who looks at them first.

use clap::{Args, Subcommand, ValueEnum};
use secrecy::SecretString;
use std::{path::PathBuf, str::FromStr};

/// Where files are kept.
#[derive(Clone, Debug)]
pub enum StorageSettings {
    /// In HUB_UPLOADS_DIR.
    Local,
    S3(S3Settings),
}

/// A bucket of S3 or of something that speaks like it.
#[derive(Clone, Debug)]
pub struct S3Settings {
    pub bucket: String,
    pub region: String,
    pub endpoint: Option<String>,
    pub access_key_id: String,
    pub secret_access_key: SecretString,
    pub path_style: bool,
}

/// Who looks at files beside us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScannerSettings {
    pub scanner: Scanner,
    /// What happens to a file that could not be scanned.
    pub when_away: WhenAway,
    pub timeout_s: u64,
}

/// A virus scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scanner {
    #[default]
    None,
    /// clamd at host:port.
    ClamdTcp(String),
    /// clamd at a socket in the file system.
    ClamdUnix(PathBuf),
    /// A program; it is given the file's path, and ends with 0 if the file is clean and with 1 if it is not.
    Command(PathBuf),
}

/// What happens to files while the scanner does not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WhenAway {
    /// They are refused, with a sentence.
    #[default]
    Refuse,
    /// They are taken unscanned.
    Accept,
}

impl FromStr for Scanner {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "none" => Ok(Self::None),
            Some(("clamd", address)) if address.starts_with('/') => Ok(Self::ClamdUnix(address.into())),
            Some(("clamd", address)) if address.contains(':') => Ok(Self::ClamdTcp(address.to_owned())),
            Some(("command", path)) if path.starts_with('/') => Ok(Self::Command(path.into())),
            _ => Err("write none, clamd:host:port, clamd:/path/to/socket or command:/path/to/program"),
        }
    }
}

/// Which kind of storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StorageKind {
    Local,
    S3,
}

/// The settings as they are written.
#[derive(Args)]
pub(super) struct FileSettings {
    /// Folder for what students hand in; temporary files lie there even if the files themselves are in a bucket.
    #[arg(long, env = "HUB_UPLOADS_DIR")]
    pub(super) uploads_dir: PathBuf,
    /// Where files are kept: local (in HUB_UPLOADS_DIR) or s3.
    #[arg(long, env = "HUB_STORAGE", value_enum, default_value = "local")]
    storage: StorageKind,
    /// Name of the bucket.
    #[arg(long, env = "HUB_S3_BUCKET", default_value = "")]
    s3_bucket: String,
    /// Region of the bucket.
    #[arg(long, env = "HUB_S3_REGION", default_value = "us-east-1")]
    s3_region: String,
    /// Address of a service other than Amazon's, as https://host:port.
    #[arg(long, env = "HUB_S3_ENDPOINT")]
    s3_endpoint: Option<String>,
    /// Key that may read, write, list and delete in the bucket.
    #[arg(long, env = "HUB_S3_ACCESS_KEY_ID", default_value = "")]
    s3_access_key_id: String,
    /// The secret that belongs to it.
    #[arg(
        long,
        env = "HUB_S3_SECRET_ACCESS_KEY",
        default_value = "",
        hide_env_values = true,
        hide_default_value = true
    )]
    s3_secret_access_key: SecretString,
    /// Whether the bucket is part of the path and not of the host's name, as MinIO wants it.
    #[arg(long, env = "HUB_S3_PATH_STYLE", default_value_t = true, action = clap::ArgAction::Set)]
    s3_path_style: bool,
    /// A virus scanner that sees every file before it is kept: none, clamd:host:port, clamd:/path/to/socket or
    /// command:/path/to/program (given the file's path; 0 means clean, 1 means infected).
    #[arg(long, env = "HUB_SCANNER", default_value = "none")]
    scanner: Scanner,
    /// What happens to files while the scanner does not answer.
    #[arg(long, env = "HUB_SCANNER_WHEN_AWAY", value_enum, default_value = "refuse")]
    scanner_when_away: WhenAway,
    /// Seconds after which the scanner counts as away.
    #[arg(long, env = "HUB_SCANNER_TIMEOUT_S", default_value_t = 60)]
    scanner_timeout_s: u64,
}

impl FileSettings {
    /// Where files are kept, or what is missing.
    pub(super) fn storage(&self) -> Result<StorageSettings, String> {
        if self.storage == StorageKind::Local {
            return Ok(StorageSettings::Local);
        }
        for (name, value) in [("HUB_S3_BUCKET", &self.s3_bucket), ("HUB_S3_ACCESS_KEY_ID", &self.s3_access_key_id)] {
            if value.is_empty() {
                return Err(format!("HUB_STORAGE is s3, so {name} is needed; set it, or set HUB_STORAGE=local\n"));
            }
        }
        Ok(StorageSettings::S3(S3Settings {
            bucket: self.s3_bucket.clone(),
            region: self.s3_region.clone(),
            endpoint: self.s3_endpoint.clone(),
            access_key_id: self.s3_access_key_id.clone(),
            secret_access_key: self.s3_secret_access_key.clone(),
            path_style: self.s3_path_style,
        }))
    }

    /// Who looks at files first.
    pub(super) fn scanner(&self) -> ScannerSettings {
        ScannerSettings {
            scanner: self.scanner.clone(),
            when_away: self.scanner_when_away,
            timeout_s: self.scanner_timeout_s,
        }
    }
}

/// What can be done with the storage.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum StorageCommand {
    /// Prove that every row has its file and every file its row; prints counts, fails where something is missing.
    Check,
    /// Remove what nobody speaks of any more, as the server does by itself every hour.
    Sweep {
        /// Leave younger files alone.
        #[arg(long, default_value_t = 60)]
        older_than_minutes: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::Scanner;

    #[test]
    fn a_scanner_is_named_by_what_it_speaks_and_where_it_is() {
        for (text, scanner) in [
            ("none", Ok(Scanner::None)),
            ("clamd:127.0.0.1:3310", Ok(Scanner::ClamdTcp("127.0.0.1:3310".to_owned()))),
            ("clamd:/run/clamd.sock", Ok(Scanner::ClamdUnix("/run/clamd.sock".into()))),
            ("command:/usr/bin/scan", Ok(Scanner::Command("/usr/bin/scan".into()))),
            ("clamd:host", Err(())),
            ("command:scan", Err(())),
            ("", Err(())),
        ] {
            assert_eq!(text.parse::<Scanner>().map_err(drop), scanner, "{text}");
        }
    }
}
