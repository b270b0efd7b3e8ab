//! What every form with a file says while the file is sent.

use crate::{t, web::Words};
use helper_ui::ui::UploadWords;

/// The words of an upload; `cut_off` says what became of a file that did not arrive.
pub fn upload_words(words: Words, cut_off: &'static str) -> UploadWords {
    UploadWords {
        drop_here: t!(words, "upload-drop"),
        chosen: t!(words, "upload-chosen"),
        sending: t!(words, "upload-sending"),
        checking: t!(words, "upload-checking"),
        cut_off,
        cancel: t!(words, "upload-cancel"),
        one_only: t!(words, "upload-one-only"),
        come_back: t!(words, "upload-come-back"),
    }
}
