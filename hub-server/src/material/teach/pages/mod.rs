//! What staff see of materials: one struct per page, and its component.

mod arrange;
mod confirm;
mod conflict;
mod edit;
mod kinds;
mod list;
mod module;
mod preview;
mod progress;
mod transfer;

pub use arrange::{Arrange, arrange};
pub use confirm::confirm;
pub use edit::{EditPage, Editing, edit};
pub use kinds::kinds;
pub use list::{List, list};
pub use module::{ModulePage, module};
pub use preview::{Preview, preview};
pub use transfer::{ModuleCopy, Transfer, module_copy, transfer};

use super::store::Affected;
use crate::{t, web::Words};

/// What a deletion takes from students, in one sentence.
fn affected_sentence(affected: Affected, words: Words) -> String {
    let Affected { students, answers, files } = affected;
    if students == 0 {
        return t!(words, "deletion-nobody").to_owned();
    }
    let both = if answers > 0 && files > 0 { "yes" } else { "no" };
    t!(words, "deletion-affects", students = students, answers = answers, files = files, both = both)
}
