//! What the pages about certificates show.

mod list;
mod one;
mod preview;
mod rules;
mod verify;

pub(super) use list::{List, list};
pub(super) use one::{One, one};
pub(super) use preview::{Candidate, Preview, preview};
pub(super) use rules::rules;
pub(super) use verify::{ask, found};

use super::policy::Missing;
use crate::{t, web::Words};

/// What is missing, in words.
fn missing_words(missing: &[Missing], words: Words) -> String {
    let part = |one: &Missing| match *one {
        Missing::Lessons(count) => t!(words, "certificate-missing-lessons", count = count),
        Missing::Work(count) => t!(words, "certificate-missing-work", count = count),
        Missing::Grade(percent) => t!(words, "certificate-missing-grade", percent = percent),
    };
    missing.iter().map(part).collect::<Vec<_>>().join(" · ")
}
