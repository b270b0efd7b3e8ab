//! Around a form that keeps drafts: its state in words, and room for what was saved in another window. What is here
//! hidden, `crate::draft` shows.

use super::{Icon, IconName};
use leptos::prelude::*;

/// Everything that is said about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftWords {
    /// It is on the device, not yet at the server.
    pub device: &'static str,
    pub saved: &'static str,
    /// The session has ended; it stays on the device.
    pub signed_out: &'static str,
    /// The server will not take it.
    pub refused: &'static str,
    /// It was to be handed in, and there is no network.
    pub offline: &'static str,
    /// What was on the device stands in the form again.
    pub restored: &'static str,
    /// Leads the other text.
    pub both: &'static str,
    /// Button: keep what stands in the form.
    pub mine: &'static str,
    /// Button: take the other text instead.
    pub theirs: &'static str,
    /// Link to sign in again.
    pub come_back: &'static str,
}

/// What stands in the form is not kept at the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unsaved {
    #[default]
    No,
    /// It was refused for being unfinished: a draft of it may be kept.
    Refused,
    /// Something else was saved meanwhile: only a button of the form may overwrite that.
    Overtaken,
}

/// A form that keeps drafts. `children` is one [`PostForm`](super::PostForm) with a hidden field `base`.
#[component]
pub fn DraftForm(
    /// Where drafts are posted.
    #[prop(into)]
    address: String,
    /// What a device keeps it under; empty where nothing is to be kept.
    #[prop(into)]
    key: String,
    unsaved: Unsaved,
    /// How it stands as the page is made.
    #[prop(into)]
    kept: String,
    words: DraftWords,
    /// What a list's legend says, with `#` where the number of ticks stands.
    #[prop(optional, into)]
    count: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="draft"
            data-draft=address
            data-key=key
            data-unsaved=(unsaved == Unsaved::Refused).then_some("true")
            data-held=(unsaved == Unsaved::Overtaken).then_some("true")
            data-count=count
            data-device=words.device
            data-saved=words.saved
            data-signed-out=words.signed_out
            data-refused=words.refused
            data-offline=words.offline
            data-restored=words.restored
        >
            <div class="notice tone-warning draft-other" role="alert" hidden>
                <Icon name=IconName::Warning />
                <div class="notice-body">
                    <p>{words.both}</p>
                    <p class="other-text"></p>
                    <div class="actions">
                        <button type="button" class="button button-secondary" data-act="mine">
                            {words.mine}
                        </button>
                        <button type="button" class="button button-secondary" data-act="theirs">
                            {words.theirs}
                        </button>
                    </div>
                </div>
            </div>
            {children()}
            <p class="draft-line">
                <span class="draft-state" role="status">
                    {kept}
                </span>
                " "
                <a class="draft-back" href="/" hidden>
                    {words.come_back}
                </a>
            </p>
        </div>
    }
    .into_any()
}
