//! What is said about files: why one was refused, and how large it is.

use super::Refusal;
use crate::{
    grading::returned::closed_sentence,
    t,
    web::{Lang, Words},
};

/// A stable word for logs.
pub const fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Missing => "missing",
        Refusal::Closed(_) => "closed",
        Refusal::Empty => "empty",
        Refusal::TooLarge { .. } => "too_large",
        Refusal::NotAccepted { .. } => "not_accepted",
        Refusal::Unknown { .. } => "unknown",
        Refusal::WrongEnding { .. } => "wrong_ending",
        Refusal::Damaged => "damaged",
        Refusal::TooManyPixels { .. } => "too_many_pixels",
        Refusal::TooManyEntries { .. } => "too_many_entries",
        Refusal::UnpacksTooLarge { .. } => "unpacks_too_large",
        Refusal::TooDeep => "too_deep",
        Refusal::UnsafeNames => "unsafe_names",
        Refusal::Encrypted => "encrypted",
        Refusal::Infected => "infected",
        Refusal::ScannerAway => "scanner_away",
    }
}

/// Why a file was refused and what to do about it, in a sentence or two.
pub fn sentence(refusal: &Refusal, words: Words) -> String {
    match refusal {
        Refusal::Missing => t!(words, "upload-missing").to_owned(),
        Refusal::Closed(closed) => closed_sentence(*closed, words).to_owned(),
        Refusal::Empty => t!(words, "upload-empty").to_owned(),
        Refusal::TooLarge { max_bytes } => t!(words, "upload-too-large", most = size(*max_bytes, words)),
        Refusal::NotAccepted { accepted } => {
            t!(words, "upload-not-accepted", accepted = endings(accepted))
        }
        Refusal::Unknown { accepted } => t!(words, "upload-unknown", accepted = endings(accepted)),
        Refusal::WrongEnding { called, is: Some(is) } => {
            t!(words, "upload-wrong-ending", called = called.clone(), is = (*is).to_owned())
        }
        Refusal::WrongEnding { called, is: None } => {
            t!(words, "upload-no-such-content", called = called.clone())
        }
        Refusal::Damaged => t!(words, "upload-damaged").to_owned(),
        Refusal::TooManyPixels { megapixels, most } => {
            t!(words, "upload-too-many-pixels", megapixels = *megapixels, most = *most)
        }
        Refusal::TooManyEntries { most } => t!(words, "upload-too-many-entries", most = *most),
        Refusal::UnpacksTooLarge { max_bytes } => {
            t!(words, "upload-unpacks-too-large", most = size(*max_bytes, words))
        }
        Refusal::TooDeep => t!(words, "upload-too-deep").to_owned(),
        Refusal::UnsafeNames => t!(words, "upload-unsafe-names").to_owned(),
        Refusal::Encrypted => t!(words, "upload-encrypted").to_owned(),
        Refusal::Infected => t!(words, "upload-infected").to_owned(),
        Refusal::ScannerAway => t!(words, "upload-scanner-away").to_owned(),
    }
}

/// `.png, .jpg`; every kind we take where the list is empty.
pub fn endings(accepted: &[String]) -> String {
    let listed: Vec<String> = if accepted.is_empty() {
        super::check::known_endings().map(|ending| format!(".{ending}")).collect()
    } else {
        accepted.iter().map(|ending| format!(".{}", ending.trim_start_matches('.'))).collect()
    };
    listed.join(", ")
}

/// `.png,.jpg` for the browser's own file dialogue.
pub fn accept(accepted: &[String]) -> String {
    endings(accepted).replace(' ', "")
}

/// A size as people say it, in powers of ten as their devices do.
pub fn size(bytes: u64, words: Words) -> String {
    let (unit, divisor) = match bytes {
        0..1000 => return t!(words, "size-bytes", bytes = bytes),
        1000..1_000_000 => ("kB", 1000),
        1_000_000..1_000_000_000 => ("MB", 1_000_000),
        _ => ("GB", 1_000_000_000),
    };
    let (whole, tenth) = (bytes / divisor, bytes % divisor * 10 / divisor);
    let point = if words.0 == Lang::Spanish { ',' } else { '.' };
    // From ten on nobody asks for tenths.
    if tenth == 0 || whole >= 10 { format!("{whole} {unit}") } else { format!("{whole}{point}{tenth} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::{accept, endings, size};
    use crate::web::{Lang, Words};

    #[test]
    fn sizes_are_said_as_devices_say_them() {
        let (english, spanish) = (Words(Lang::English), Words(Lang::Spanish));
        for (bytes, en, es) in [
            (1, "1 byte", "1 byte"),
            (999, "999 bytes", "999 bytes"),
            (1000, "1 kB", "1 kB"),
            (1_530_000, "1.5 MB", "1,5 MB"),
            (12_900_000, "12 MB", "12 MB"),
            (3_000_000_000, "3 GB", "3 GB"),
        ] {
            assert_eq!((size(bytes, english).as_str(), size(bytes, spanish).as_str()), (en, es), "{bytes}");
        }
    }

    #[test]
    fn what_is_taken_is_named_by_its_endings() {
        assert_eq!(endings(&["png".to_owned(), ".jpg".to_owned()]), ".png, .jpg");
        assert_eq!(accept(&["png".to_owned(), "jpg".to_owned()]), ".png,.jpg");
        assert!(endings(&[]).starts_with(".png, .jpg, .gif"));
    }
}
