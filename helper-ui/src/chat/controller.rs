//! Holds the chat together: what the reader does becomes requests, what the helper says becomes text.

use super::{
    api::{Helper, Refusal},
    composer::{self, Composer},
    dom,
    island::{ChatSetup, Look, Trouble},
    patience::Patience,
    stream,
    transcript::{Transcript, turn_of},
    voice,
    words::Words,
};
use leptos::{
    prelude::{GetUntracked, Set, document, window},
    task::spawn_local,
};
use shared_types::ids::TurnId;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// The running chat.
pub struct Chat {
    pub helper: Helper,
    pub transcript: Transcript,
    composer: Composer,
    words: &'static Words,
    look: Look,
    /// The helper does not answer and is being asked from time to time.
    resting: Cell<bool>,
    /// A question did not get through and is sent again by itself.
    unsent: Cell<bool>,
    /// It is being looked what there is.
    looking: Cell<bool>,
    /// The other windows of the same person at the same lesson; undefined where the browser has no such thing.
    others: JsValue,
}

/// Brings the chat under `root` to life.
pub fn start(root: &HtmlElement, setup: ChatSetup, look: Look) {
    let words = Words::of(&setup.lang);
    let Some(composer) = composer::within(root, &setup) else { return };
    let Some(log) = dom::find(root, ".chat-log") else { return };
    let lesson = setup.lesson.as_ref().map(|lesson| format!("/student/lessons/{lesson}")).unwrap_or_default();
    let others = dom::construct("BroadcastChannel", &format!("class-hub.chat.{}.{lesson}", setup.actor));
    let helper = Helper::new(setup);
    let transcript = Transcript::new(log, words, lesson, look);
    let chat = Rc::new(Chat {
        helper,
        transcript,
        composer,
        words,
        look,
        resting: Cell::default(),
        unsent: Cell::default(),
        looking: Cell::default(),
        others: others.unwrap_or_default(),
    });
    chat.listen(root);
    // Whoever deletes the conversation comes back here by a new page.
    chat.tell_others();
    spawn_local(async move { chat.load().await });
    dom::set(root, "data-hydrated", "true");
}

impl Chat {
    fn listen(self: &Rc<Self>, root: &HtmlElement) {
        let chat = self.clone();
        self.composer.on_submit(move || {
            if !chat.transcript.is_busy()
                && chat.look.off.get_untracked().is_none()
                && let Some(question) = chat.composer.take()
            {
                spawn_local(chat.clone().ask(question));
            }
        });
        let chat = self.clone();
        dom::listen(root, "click", move |event: Event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let button = pressed.and_then(|element| element.closest("[data-act]").ok().flatten());
            if let Some(button) = button {
                chat.clone().act(&button);
            }
        });
        if let Some(log) = dom::find::<Element>(root, ".chat-log") {
            let chat = self.clone();
            dom::listen(&log, "scroll", move |_: Event| chat.transcript.scrolled());
        }
        let chat = self.clone();
        if let Some(others) = self.others.dyn_ref::<EventTarget>() {
            dom::listen(others, "message", move |_: Event| spawn_local(chat.clone().load()));
        }
        let (page, window) = (document(), window());
        let returns: [(&EventTarget, &str); 3] = [(&page, "visibilitychange"), (&window, "focus"), (&window, "online")];
        for (target, event) in returns {
            let chat = self.clone();
            dom::listen(target, event, move |_: Event| {
                if !document().hidden() && !chat.looking.get() {
                    spawn_local(chat.clone().look_again());
                }
            });
        }
    }

    /// Somebody looks at the page again: shows what there is by now.
    async fn look_again(self: Rc<Self>) {
        self.looking.set(true);
        // Where the helper was switched off it may be back, and only the hub knows.
        let renewed = if self.look.off.get_untracked().is_some() { self.helper.renew().await } else { Ok(()) };
        match renewed {
            Ok(()) => self.clone().load().await,
            Err(refusal) => self.trouble(refusal),
        }
        self.looking.set(false);
    }

    fn tell_others(&self) {
        dom::call(&self.others, "postMessage", Some(&"look".into()));
    }

    fn act(self: Rc<Self>, button: &Element) {
        match button.get_attribute("data-act").as_deref() {
            Some("stop") => spawn_local(self.stop()),
            Some("down") => self.transcript.to_the_end(),
            Some("copy") => copy(button, ".code-block", "pre", self.words),
            Some("copy-answer") => copy(button, ".turn-answer", ".chat-answer", self.words),
            Some(thumb @ ("helped" | "not_helped")) => {
                let taken_back = button.get_attribute("aria-pressed").as_deref() == Some("true");
                if let Some(turn) = turn_of(button) {
                    spawn_local(self.rate(turn, if taken_back { "" } else { thumb }.to_owned()));
                }
            }
            Some("read") => voice::read_or_stop(button),
            Some("suggest") => self.composer.put_back(&button.text_content().unwrap_or_default()),
            Some("edit") => {
                if let Some(question) = self.transcript.question_of(button) {
                    self.composer.put_back(&question);
                }
            }
            Some("again") if !self.transcript.is_busy() && self.look.off.get_untracked().is_none() => {
                if let Some(question) = self.transcript.question_of(button) {
                    spawn_local(self.ask(question));
                }
            }
            _ => {}
        }
    }

    /// Shows what was asked before, and listens to what is not over.
    async fn load(self: Rc<Self>) {
        if let Err(refusal) = self.synchronise().await {
            self.trouble(refusal);
        }
    }

    /// Brings the page to what the helper has stored; gives the turns there are.
    pub async fn synchronise(self: &Rc<Self>) -> Result<Vec<TurnId>, Refusal> {
        let over = self.transcript.over();
        let conversation = self.helper.conversation().await?;
        self.look.off.set(self.helper.off());
        self.transcript.forget(&over, &conversation.turns);
        if self.look.backend.get_untracked().is_none() {
            self.look.backend.set(conversation.backend);
        }
        for past in &conversation.turns {
            if self.transcript.show(past) {
                self.composer.came_through(&past.question);
                spawn_local(stream::follow(self.clone(), past.turn));
            }
        }
        self.reached();
        Ok(conversation.turns.iter().map(|past| past.turn).collect())
    }

    async fn ask(self: Rc<Self>, question: String) {
        self.look.trouble.set(None);
        self.look.status.set(String::new());
        self.transcript.add_sending(&question);
        let key = self.composer.key_for(&question);
        match self.helper.ask(&question, &key).await {
            Ok(ticket) => {
                self.composer.accepted();
                self.reached();
                self.tell_others();
                if self.transcript.accept(&ticket) {
                    stream::follow(self, ticket.turn).await;
                }
            }
            Err(refusal) => {
                self.transcript.withdraw();
                self.composer.put_back(&question);
                self.unsent.set(matches!(refusal, Refusal::Down));
                self.trouble(refusal);
            }
        }
    }

    async fn stop(self: Rc<Self>) {
        if let Some(turn) = self.transcript.live_turn()
            && let Err(refusal) = self.helper.stop(turn).await
        {
            self.trouble(refusal);
        }
    }

    async fn rate(self: Rc<Self>, turn: TurnId, rating: String) {
        match self.helper.rate(turn, &rating).await {
            Ok(()) => self.transcript.show_rating(turn, &rating),
            Err(refusal) => self.trouble(refusal),
        }
    }

    /// Says what stands in the way.
    pub fn trouble(self: &Rc<Self>, refusal: Refusal) {
        let trouble = match refusal {
            Refusal::Down => return self.rest(),
            Refusal::SignedOut => {
                // On a shared computer somebody else may sit here by now.
                self.transcript.clear();
                Trouble::SignedOut
            }
            Refusal::Said(sentence) if !sentence.is_empty() => Trouble::Refused(sentence),
            Refusal::Said(_) | Refusal::Gone => Trouble::Refused(self.words.not_sent.to_owned()),
        };
        self.look.trouble.set(Some(trouble));
    }

    /// The helper answered: what did not get through is sent again, under the same key.
    pub fn reached(self: &Rc<Self>) {
        self.resting.set(false);
        if matches!(self.look.trouble.get_untracked(), Some(Trouble::Resting | Trouble::Offline)) {
            self.look.trouble.set(None);
        }
        if self.unsent.replace(false)
            && !self.transcript.is_busy()
            && let Some(question) = self.composer.take_pending()
        {
            spawn_local(self.clone().ask(question));
        }
    }

    /// The helper does not answer: says so, and asks quietly until it does.
    pub fn rest(self: &Rc<Self>) {
        let online = window().navigator().on_line();
        self.look.trouble.set(Some(if online { Trouble::Resting } else { Trouble::Offline }));
        if self.resting.replace(true) {
            return;
        }
        let chat = self.clone();
        spawn_local(async move {
            let mut patience = Patience::default();
            while chat.resting.get() {
                dom::sleep(patience.after_failure()).await;
                match chat.synchronise().await {
                    Ok(_) => return,
                    Err(Refusal::Down) => {}
                    Err(refusal) => {
                        chat.resting.set(false);
                        return chat.trouble(refusal);
                    }
                }
            }
        });
    }
}

/// Copies the text of `what` in the frame that a button stands in, as it is seen, and says so on the button for a moment.
fn copy(button: &Element, frame: &str, what: &str, words: &'static Words) {
    let Some(frame) = button.closest(frame).ok().flatten() else { return };
    let Some(what) = dom::find::<HtmlElement>(&frame, what) else { return };
    // The stylesheet hides the buttons in it from what is seen.
    dom::set(&what, "data-copying", "");
    let text = what.inner_text();
    let _gone = what.remove_attribute("data-copying");
    let written = window().navigator().clipboard().write_text(&text);
    let (button, label) = (button.clone(), button.text_content());
    spawn_local(async move {
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            button.set_text_content(Some(words.copied));
            dom::sleep(2_000).await;
            button.set_text_content(label.as_deref());
        }
    });
}
