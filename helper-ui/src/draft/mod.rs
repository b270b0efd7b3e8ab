//! Drafts: what is typed in a form is kept on the device at once and at the server after a pause, so that a crash, a
//! lost network and an ended session lose nothing. The form works without any of this.
//!
//! `keeper` lives in the browser; what is pure stands here. On the device a text is kept together with the *base*, the
//! revision its form was made from.

#[cfg(feature = "work")]
pub(crate) mod keeper;

/// What a device has kept of a form, beside what the server put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The server has it.
    Same,
    /// Typed after what the server has.
    Newer(String),
    /// Typed before the server was given something else: both are shown.
    Both(String),
}

impl Found {
    /// Compares what a device kept with the form that was loaded, which is made from `base` and has `shown` in it.
    pub fn of(kept: Option<&str>, base: &str, shown: &str) -> Self {
        match kept.and_then(|kept| kept.split_once('\n')) {
            None => Self::Nothing,
            Some((_, text)) if text == shown => Self::Same,
            Some((from, text)) if from == base => Self::Newer(text.to_owned()),
            Some((_, text)) => Self::Both(text.to_owned()),
        }
    }
}

/// What a device keeps for a form made from `base`.
pub fn kept(base: &str, text: &str) -> String {
    format!("{base}\n{text}")
}

/// The base once a saving that is under way has arrived: it raises the draft's revision, or the answer's.
pub fn following(base: &str, is_draft: bool) -> Option<String> {
    let (response, draft) = base.split_once('-')?;
    let (response, draft): (u32, u32) = (response.parse().ok()?, draft.parse().ok()?);
    Some(if is_draft { format!("{response}-{}", draft + 1) } else { format!("{}-0", response + 1) })
}

#[cfg(test)]
mod tests {
    use super::{Found, following, kept};

    #[test]
    fn nothing_typed_is_lost_and_nothing_newer_overwritten() {
        for (stored, base, shown, expected) in [
            (None, "0-0", "text=", Found::Nothing),
            (Some("nonsense".to_owned()), "0-0", "text=", Found::Nothing),
            // The crash came after the server had it.
            (Some(kept("0-0", "text=a")), "0-1", "text=a", Found::Same),
            // The crash came before.
            (Some(kept("0-1", "text=a%0Ab")), "0-1", "text=a", Found::Newer("text=a%0Ab".to_owned())),
            // Another window, or another device, was faster.
            (Some(kept("0-1", "text=mine")), "0-2", "text=theirs", Found::Both("text=mine".to_owned())),
            // Nobody has chosen yet.
            (Some(kept("", "text=mine")), "0-2", "text=theirs", Found::Both("text=mine".to_owned())),
            (Some(kept("0-1", "text=mine")), "1-0", "text=theirs", Found::Both("text=mine".to_owned())),
        ] {
            assert_eq!(Found::of(stored.as_deref(), base, shown), expected, "{stored:?}");
        }
    }

    #[test]
    fn what_is_typed_while_a_saving_is_under_way_goes_on_from_it() {
        for (base, is_draft, expected) in [
            ("0-0", true, Some("0-1")),
            ("2-7", true, Some("2-8")),
            ("0-0", false, Some("1-0")),
            // An answer takes the draft's place.
            ("2-7", false, Some("3-0")),
            ("nonsense", true, None),
        ] {
            assert_eq!(following(base, is_draft).as_deref(), expected, "{base}");
        }
    }
}
