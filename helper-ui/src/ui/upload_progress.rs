//! Room beside a file field for how far its sending is, and where a file may be dropped. What is here hidden,
//! `crate::upload` shows.

use leptos::prelude::*;

/// What is said while a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadWords {
    pub drop_here: &'static str,
    /// Stands before the name of the file that was chosen.
    pub chosen: &'static str,
    pub sending: &'static str,
    pub checking: &'static str,
    /// It did not arrive.
    pub cut_off: &'static str,
    pub cancel: &'static str,
    /// Several were dropped.
    pub one_only: &'static str,
    /// Link to begin a session again, in another tab.
    pub come_back: &'static str,
}

/// What can be told of a file before it is sent, and the server's sentences for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadLimits {
    /// Endings without their dots, with spaces between.
    pub takes: String,
    /// Every ending that is taken anywhere.
    pub knows: String,
    pub max_bytes: u64,
    pub too_large: String,
    pub not_accepted: String,
    pub unknown: String,
}

/// Stands in a form with a file field: it finds both by itself.
#[component]
pub fn UploadProgress(words: UploadWords, limits: UploadLimits) -> impl IntoView {
    view! {
        <div
            class="upload"
            data-testid="upload"
            data-chosen=words.chosen
            data-sending=words.sending
            data-checking=words.checking
            data-cut-off=words.cut_off
            data-one-only=words.one_only
            data-takes=limits.takes
            data-knows=limits.knows
            data-max-bytes=limits.max_bytes.to_string()
            data-too-large=limits.too_large
            data-not-accepted=limits.not_accepted
            data-unknown=limits.unknown
        >
            <p class="upload-drop">{words.drop_here}</p>
            <div class="upload-sending" hidden>
                <progress class="upload-bar" max="100" value="0" aria-label=words.sending></progress>
                <span class="upload-share" aria-hidden="true"></span>
                <button type="button" class="button button-quiet">
                    {words.cancel}
                </button>
            </div>
            <p class="upload-state" role="status"></p>
            <p class="upload-back" hidden>
                <a href="/" target="_blank" rel="noopener">
                    {words.come_back}
                </a>
            </p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_it_is_alive_it_shows_no_bar() {
        let words = UploadWords {
            drop_here: "Drop",
            chosen: "Chosen:",
            sending: "Sending",
            checking: "Checking",
            cut_off: "Cut off",
            cancel: "Stop",
            one_only: "One",
            come_back: "Come back",
        };
        let limits = UploadLimits {
            takes: "png".to_owned(),
            knows: "png pdf".to_owned(),
            max_bytes: 1000,
            too_large: "Too large".to_owned(),
            not_accepted: "Not wanted".to_owned(),
            unknown: "Not known".to_owned(),
        };
        let html = Owner::new().with(|| view! { <UploadProgress words limits /> }.to_html());
        assert!(html.contains(r#"<div hidden class="upload-sending">"#), "{html}");
        assert!(html.contains(r#"data-max-bytes="1000""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
