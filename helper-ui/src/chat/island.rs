//! The island: as HTML a plain form, in the browser the frame that the controller brings to life.

use super::words::Words;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared_types::{
    event::BackendKind,
    scope::{Availability, Hours, OffBecause},
    turn::MAX_QUESTION_CHARS,
};

/// What the page's server gives the chat. It stands in the page as JSON, so nothing in it is secret from
/// the person who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatSetup {
    /// The signed scope token.
    pub token: String,
    /// Unix second at which the token ends.
    pub token_expires_at: i64,
    /// Who asks; what is being typed is kept apart by it on shared devices.
    pub actor: String,
    /// The lesson's id; none for the class as a whole.
    pub lesson: Option<String>,
    /// Language of the page.
    pub lang: String,
    /// CSRF token of the session that renews the scope token.
    pub csrf: String,
    /// Whether the helper answers; left out while nothing stands against it.
    #[serde(default, skip_serializing_if = "Availability::is_plain")]
    pub availability: Availability,
    /// Where the scope token is renewed, `POST` with JSON `{"lesson": …}`.
    pub renew_url: String,
    /// Where to go when the session has ended.
    pub sign_in_url: String,
    /// A new UUID with every rendering, so that the plain form counts once.
    pub idempotency_key: String,
}

/// What stands in the way of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The helper cannot be reached.
    Resting,
    /// Nothing can be reached from this device.
    Offline,
    /// The helper said no, in a sentence.
    Refused(String),
    SignedOut,
}

/// What the frame shows around the conversation.
#[derive(Clone, Copy)]
pub struct Look {
    /// Read out: that an answer began or ended, never its text.
    pub status: RwSignal<String>,
    pub trouble: RwSignal<Option<Trouble>>,
    /// A turn is waiting or being answered.
    pub live: RwSignal<bool>,
    /// There is text below what is in view.
    pub behind: RwSignal<bool>,
    pub backend: RwSignal<Option<BackendKind>>,
    /// Why the helper does not answer now.
    pub off: RwSignal<Option<OffBecause>>,
}

impl Look {
    fn new(off: Option<OffBecause>) -> Self {
        Self {
            status: RwSignal::default(),
            trouble: RwSignal::new(None),
            live: RwSignal::new(false),
            behind: RwSignal::new(false),
            backend: RwSignal::new(None),
            off: RwSignal::new(off),
        }
    }
}

/// The conversation with the helper about one lesson.
#[island]
pub fn LessonChat(setup: ChatSetup) -> impl IntoView {
    let words = Words::of(&setup.lang);
    let Availability { off, hours, .. } = setup.availability;
    let look = Look::new(off);
    let root = NodeRef::new();
    let (scope, key) = (setup.token.clone(), setup.idempotency_key.clone());
    let sign_in_url = setup.sign_in_url.clone();
    #[cfg(feature = "chat")]
    Effect::new(move || {
        if let Some(root) = root.get_untracked() {
            super::controller::start(&root, setup.clone(), look);
        }
    });
    view! {
            <section class="chat" aria-labelledby="chat-title" data-testid="lesson-chat" node_ref=root>
                <div class="chat-head">
                    <h2 id="chat-title">{words.heading}</h2>
    <p class="chat-model">{move || model_note(words, look)}</p>
                </div>
                <div class="chat-middle">
                    <div class="chat-log" role="log" aria-live="off" aria-label=words.log tabindex="0">
                        <p class="chat-intro">{move || introduction(words, look, hours)}</p>
                    </div>
                    <button
                        type="button"
                        class="button button-secondary chat-new"
                        data-act="down"
                        hidden=move || !look.behind.get()
                    >
                        {move || if look.live.get() { words.new_text } else { words.more_below }}
                    </button>
                </div>
                <p class="visually-hidden" role="status">
                    {move || look.status.get()}
                </p>
                <div class="chat-trouble" role="alert">
                    {move || look.trouble.get().map(|trouble| trouble_notice(words, trouble, &sign_in_url))}
                </div>
                <form class="chat-form" method="post" action="/helper/ask" autocomplete="off">
                    <input type="hidden" name="scope" value=scope />
                    <input type="hidden" name="idempotency_key" value=key />
                    <label for="chat-question">{words.question}</label>
                    <textarea
                        class="input"
                        id="chat-question"
                        name="question"
                        rows="1"
                        required
                        maxlength=MAX_QUESTION_CHARS.to_string()
                        aria-describedby="chat-keys"
                    ></textarea>
                    <p class="chat-count"></p>
                    <p class="chat-off">
                        {move || look.off.get().map(|because| words.off(because, hours))}
                    </p>
                    <div class="actions">
                        <p class="chat-keys" id="chat-keys">
                            {words.keys}
                        </p>
                        <button
                            type="submit"
                            class="button button-primary"
                            disabled=move || look.off.get().is_some()
                            hidden=move || look.live.get()
                        >
                            {words.ask}
                        </button>
                        <button
                            type="button"
                            class="button button-secondary"
                            data-act="stop"
                            hidden=move || !look.live.get()
                        >
                            {words.stop}
                        </button>
                    </div>
                </form>
            </section>
        }
}

/// What can be asked here, or why nothing can now.
fn introduction(words: &'static Words, look: Look, hours: Option<Hours>) -> String {
    look.off.get().map_or_else(|| words.intro.to_owned(), |because| words.off(because, hours))
}

/// What has to be known about who answers. Always one line, so that nothing moves when it changes.
fn model_note(words: &'static Words, look: Look) -> &'static str {
    match look.backend.get() {
        Some(BackendKind::Embedded) => words.demonstration,
        Some(BackendKind::LessonOnly) => words.lesson_only,
        _ => words.manner,
    }
}

fn trouble_notice(words: &'static Words, trouble: Trouble, sign_in_url: &str) -> impl IntoView + use<> {
    let (word, sentence) = match trouble {
        Trouble::Resting => (words.resting_word, words.resting.to_owned()),
        Trouble::Offline => (words.offline_word, words.offline.to_owned()),
        Trouble::Refused(sentence) => (words.refused_word, sentence),
        Trouble::SignedOut => {
            let link = view! { <a href=sign_in_url.to_owned()>{words.sign_in}</a> };
            return notice(words.signed_out_word, words.signed_out.to_owned(), Some(link).into_any());
        }
    };
    notice(word, sentence, ().into_any())
}

fn notice(word: &'static str, sentence: String, link: AnyView) -> impl IntoView {
    view! {
        <div class="notice tone-warning">
            <p class="notice-body">
                <strong class="notice-word">{word}</strong>
                " "
                {sentence}
                " "
                {link}
            </p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn setup(lang: &str) -> ChatSetup {
        ChatSetup {
            token: "v1.claims.mac".into(),
            token_expires_at: 1_800_000_000,
            actor: "lena".into(),
            lesson: Some("0190".into()),
            lang: lang.into(),
            csrf: "csrf".into(),
            availability: Availability::default(),
            renew_url: "/student/helper-token".into(),
            sign_in_url: "/".into(),
            idempotency_key: "a-key".into(),
        }
    }

    fn html(lang: &str) -> String {
        html_of(setup(lang))
    }

    fn html_of(setup: ChatSetup) -> String {
        Owner::new().with(|| view! { <LessonChat setup /> }.to_html())
    }

    #[test]
    fn without_javascript_it_is_a_form_that_asks() {
        let html = html("en");
        assert!(html.contains(r#"method="post" action="/helper/ask""#), "{html}");
        assert!(html.contains(r#"name="scope" value="v1.claims.mac""#), "{html}");
        assert!(html.contains(r#"name="idempotency_key" value="a-key""#), "{html}");
        assert!(html.contains(r#"name="question""#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn where_the_helper_is_off_it_says_so_and_invites_no_question() {
        let hours = Some(Hours { from: 8 * 60, to: 17 * 60 });
        let availability = Availability { off: Some(OffBecause::Hours), until: None, hours };
        let html = html_of(ChatSetup { availability, ..setup("en") });
        assert!(html.contains("it answers at other hours. Its hours: 08:00–17:00."), "{html}");
        assert!(!html.contains("Say what you tried") && html.contains(" disabled"), "{html}");
        assert!(!self::html("en").contains(" disabled"));
    }

    #[test]
    fn it_speaks_the_language_of_the_page() {
        assert!(html("en").contains("Ask the helper"));
        assert!(html("es").contains("Pregunta al ayudante"));
    }
}
