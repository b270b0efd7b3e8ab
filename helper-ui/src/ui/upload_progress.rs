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
}

/// Stands in a form with a file field, and has no other setting: it finds both by itself.
#[component]
pub fn UploadProgress(words: UploadWords) -> impl IntoView {
    view! {
        <div
            class="upload"
            data-testid="upload"
            data-chosen=words.chosen
            data-sending=words.sending
            data-checking=words.checking
            data-cut-off=words.cut_off
        >
            <p class="upload-drop">{words.drop_here}</p>
            <div class="upload-sending" hidden>
                <progress class="upload-bar" max="100" value="0" aria-label=words.sending></progress>
                <button type="button" class="button button-quiet">
                    {words.cancel}
                </button>
            </div>
            <p class="upload-state" role="status"></p>
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
        };
        let html = Owner::new().with(|| view! { <UploadProgress words /> }.to_html());
        assert!(html.contains(r#"<div hidden class="upload-sending">"#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
