//! Why an archive was not taken. Each has a sentence.

use crate::{submission::Refusal, t, web::Words};

/// What is wrong with an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    TooLarge,
    /// No zip, or none of ours.
    NotAnArchive,
    /// Made by a hub that is newer than this one.
    Newer,
    /// An entry is missing, or another one than the manifest says; or there is one too many.
    Damaged {
        path: String,
    },
    /// A row that no hub would write.
    Row {
        table: &'static str,
    },
    /// The pack of a course cannot be read.
    Course {
        title: String,
    },
    /// A file that a student could not have handed in.
    File {
        name: String,
        why: Refusal,
    },
}

impl Fault {
    /// What is said.
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::Missing => t!(words, "archive-missing").to_owned(),
            Self::TooLarge => t!(words, "archive-too-large", mb = super::read::MAX_BYTES / 1024 / 1024),
            Self::NotAnArchive => t!(words, "archive-not-one").to_owned(),
            Self::Newer => t!(words, "archive-newer").to_owned(),
            Self::Damaged { path } => t!(words, "archive-damaged", path = path.clone()),
            Self::Row { table } => t!(words, "archive-row", table = *table),
            Self::Course { title } => t!(words, "archive-course", title = title.clone()),
            Self::File { name, why } => {
                t!(words, "archive-file", name = name.clone(), why = crate::submission::words::sentence(why, words))
            }
        }
    }
}

/// What is wrong with the archive, or with us.
#[derive(Debug)]
pub enum Failure {
    Fault(Fault),
    Ours(anyhow::Error),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Ours(error)
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Ours(error.into())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Ours(error.into())
    }
}
