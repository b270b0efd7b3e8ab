//! Sending a file with its progress in view, and dropping one on the page. The form around it works without.
//!
//! `sending` lives in the browser; what is pure stands here.

#[cfg(feature = "work")]
pub(crate) mod sending;

/// What a form takes, as its page says it. The server decides by itself; this only spares sending in vain.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// Endings in lower case without their dots, with spaces between.
    pub takes: &'w str,
    /// Every ending that is taken anywhere.
    pub knows: &'w str,
    // Not a float, as browsers count: parsing one would bring ten kilobytes of tables into the WASM.
    pub max_bytes: u32,
}

/// Why a file would be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwanted {
    TooLarge,
    /// A kind that is not taken here.
    NotAccepted,
    /// A kind that is taken nowhere.
    Unknown,
}

impl Wanted<'_> {
    /// Looks at a file's name and size, in the server's order.
    pub fn refuses(self, name: &str, bytes: u32) -> Option<Unwanted> {
        let ending = name.trim().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let in_list = |list: &str| list.split(' ').any(|one| Some(one) == ending.as_deref());
        if bytes > self.max_bytes {
            Some(Unwanted::TooLarge)
        } else if in_list(self.takes) {
            None
        } else if in_list(self.knows) {
            Some(Unwanted::NotAccepted)
        } else {
            Some(Unwanted::Unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unwanted, Wanted};

    #[test]
    fn a_file_is_refused_before_it_is_sent_for_what_its_name_and_size_tell() {
        let wanted = Wanted { takes: "png jpg jpeg", knows: "png jpg jpeg pdf", max_bytes: 1000 };
        for (name, bytes, expected) in [
            ("cat.png", 1000, None),
            ("My Cat.JPEG", 1, None),
            ("two.dots.png", 1, None),
            ("cat.png", 1001, Some(Unwanted::TooLarge)),
            // The server stops reading before it looks what it is.
            ("cat.exe", 1001, Some(Unwanted::TooLarge)),
            ("cat.pdf", 1, Some(Unwanted::NotAccepted)),
            ("cat.exe", 1, Some(Unwanted::Unknown)),
            ("cat", 1, Some(Unwanted::Unknown)),
            ("cat.", 1, Some(Unwanted::Unknown)),
        ] {
            assert_eq!(wanted.refuses(name, bytes), expected, "{name} {bytes}");
        }
    }
}
