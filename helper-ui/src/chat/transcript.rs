//! The turns on the page. Answers grow in place: text is appended to the text node that is there, a
//! finished block replaces its stretch, and nothing else is touched.

use super::{
    answer::{Answer, Change, Phase, Shown},
    dom,
    island::Look,
    position::Seen,
    words::Words,
};
use leptos::prelude::{Set, window};
use shared_types::{
    ids::TurnId,
    turn::{PastTurn, Positioned, Ticket, TurnEvent, TurnState},
};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How far from the end, in pixels, still counts as at the end.
const AT_THE_END_PX: i32 = 48;

/// The conversation as it is shown.
pub struct Transcript {
    log: HtmlElement,
    words: &'static Words,
    look: Look,
    entries: RefCell<Vec<Entry>>,
}

/// One question and its answer.
struct Entry {
    /// None until the helper has accepted it.
    turn: Option<TurnId>,
    question: String,
    answer: Answer,
    seen: Seen,
    root: HtmlElement,
    body: HtmlElement,
    state: HtmlElement,
    foot: HtmlElement,
}

impl Transcript {
    pub fn new(log: HtmlElement, words: &'static Words, look: Look) -> Self {
        Self { log, words, look, entries: RefCell::default() }
    }

    /// Shows a question that is being sent. There is at most one at a time.
    pub fn add_sending(&self, question: &str) {
        let entry = Entry::new(self.words, None, question, Phase::Sending);
        self.log.append_child(&entry.root).expect("the log takes turns");
        entry.show_phase(self.words);
        self.entries.borrow_mut().push(entry);
        self.to_the_end();
        self.say_what_is_live();
    }

    /// The helper accepted the question being sent. False if its turn is shown already.
    pub fn accept(&self, ticket: &Ticket) -> bool {
        if self.has(ticket.turn) {
            self.withdraw();
            return false;
        }
        if let Some(entry) = self.entries.borrow_mut().iter_mut().find(|entry| entry.turn.is_none()) {
            entry.answer.accepted(ticket.place, ticket.eta_s);
            entry.become_turn(ticket.turn);
            entry.show_phase(self.words);
        }
        self.say_what_is_live();
        true
    }

    /// The question being sent was not accepted.
    pub fn withdraw(&self) {
        self.entries.borrow_mut().retain(|entry| {
            if entry.turn.is_none() {
                entry.root.remove();
            }
            entry.turn.is_some()
        });
        self.say_what_is_live();
    }

    /// Brings a turn to what the helper has stored of it. True if it is still to be listened to and was
    /// not shown before.
    pub fn show(&self, past: &PastTurn) -> bool {
        let shown = self.has(past.turn);
        let at_end = self.is_at_end();
        if !shown {
            let phase = Phase::Waiting { place: 0, eta_s: None };
            let entry = Entry::new(self.words, Some(past.turn), &past.question, phase);
            let sending = self.entries.borrow().iter().find(|entry| entry.turn.is_none()).map(|e| e.root.clone());
            self.log.insert_before(&entry.root, sending.as_deref().map(AsRef::as_ref)).expect("the log takes turns");
            self.entries.borrow_mut().push(entry);
        }
        self.with(past.turn, |entry| {
            if past.state.is_final() && !entry.answer.phase().is_final() {
                entry.close_with(past, self.words);
            } else {
                entry.show_phase(self.words);
            }
        });
        self.follow_the_end(at_end);
        self.say_what_is_live();
        !shown && !past.state.is_final()
    }

    /// Takes one event of a turn in. True if it was new.
    pub fn take(&self, turn: TurnId, event: Positioned) -> bool {
        let at_end = self.is_at_end();
        let before = self.phase(turn);
        let new = self.with(turn, |entry| {
            // The place in line is told without a position of its own: it comes with the last one's.
            let moves_up = matches!(event.event, TurnEvent::Queued { .. }) && entry.is_waiting();
            let new = entry.seen.take(&event.id);
            if new || moves_up {
                entry.apply(event.event, self.words);
                if let Some(backend) = entry.answer.backend() {
                    self.look.backend.set(Some(backend));
                }
            }
            new
        });
        self.follow_the_end(at_end);
        if before != self.phase(turn) {
            self.announce(turn);
            self.say_what_is_live();
        }
        new.unwrap_or(false)
    }

    /// The turn is not there any more.
    pub fn erase(&self, turn: TurnId) {
        let event = TurnEvent::Failed { code: shared_types::turn::FailureCode::Erased };
        self.take(turn, Positioned { id: String::new(), event });
    }

    /// The id of the last event taken of a turn.
    pub fn last_seen(&self, turn: TurnId) -> String {
        self.with(turn, |entry| entry.seen.last().to_owned()).unwrap_or_default()
    }

    pub fn is_live(&self, turn: TurnId) -> bool {
        self.phase(turn).is_some_and(|phase| !phase.is_final())
    }

    /// The newest turn that waits or is being answered.
    pub fn live_turn(&self) -> Option<TurnId> {
        let entries = self.entries.borrow();
        entries.iter().rev().filter(|entry| !entry.answer.phase().is_final()).find_map(|entry| entry.turn)
    }

    /// Whether something is being sent, waits, or is being answered.
    pub fn is_busy(&self) -> bool {
        self.entries.borrow().iter().any(|entry| !entry.answer.phase().is_final())
    }

    /// The question of the turn that an element of the log belongs to.
    pub fn question_of(&self, element: &Element) -> Option<String> {
        let root = element.closest("[data-turn]").ok().flatten()?;
        let turn: TurnId = root.get_attribute("data-turn")?.parse().ok()?;
        self.with(turn, |entry| entry.question.clone())
    }

    pub fn to_the_end(&self) {
        self.log.set_scroll_top(self.log.scroll_height());
        self.look.behind.set(false);
    }

    /// The reader scrolled.
    pub fn scrolled(&self) {
        if self.is_at_end() {
            self.look.behind.set(false);
        }
    }

    fn has(&self, turn: TurnId) -> bool {
        self.entries.borrow().iter().any(|entry| entry.turn == Some(turn))
    }

    fn phase(&self, turn: TurnId) -> Option<Phase> {
        self.with(turn, |entry| entry.answer.phase())
    }

    fn with<T>(&self, turn: TurnId, use_it: impl FnOnce(&mut Entry) -> T) -> Option<T> {
        self.entries.borrow_mut().iter_mut().find(|entry| entry.turn == Some(turn)).map(use_it)
    }

    fn say_what_is_live(&self) {
        self.look.live.set(self.is_busy());
    }

    fn announce(&self, turn: TurnId) {
        let words = self.words;
        match self.phase(turn) {
            Some(Phase::Answering) => self.look.status.set(words.answering),
            Some(Phase::Answered) => self.look.status.set(words.ready),
            Some(Phase::Stopped) => self.look.status.set(words.stopped),
            Some(Phase::Failed(code)) => self.look.status.set(words.failure(code)),
            _ => {}
        }
    }

    fn is_at_end(&self) -> bool {
        self.log.scroll_height() - self.log.scroll_top() - self.log.client_height() <= AT_THE_END_PX
    }

    fn follow_the_end(&self, was_at_end: bool) {
        if was_at_end {
            self.log.set_scroll_top(self.log.scroll_height());
        } else if !self.is_at_end() {
            self.look.behind.set(true);
        }
    }
}

impl Entry {
    fn new(words: &Words, turn: Option<TurnId>, question: &str, phase: Phase) -> Self {
        let root = dom::element("article", "turn");
        let asked = dom::element("div", "turn-question");
        dom::append(&asked, &dom::worded("h3", "turn-who", words.you));
        dom::append(&asked, &dom::worded("p", "", question));
        let answered = dom::element("div", "turn-answer");
        let body = dom::element("div", "chat-answer prose");
        let state = dom::element("p", "turn-state");
        let foot = dom::element("div", "turn-foot");
        dom::append(&answered, &dom::worded("h3", "turn-who", words.helper));
        for part in [&body, &state, &foot] {
            dom::append(&answered, part);
        }
        dom::append(&root, &asked);
        dom::append(&root, &answered);
        let answer = Answer::new(phase);
        let mut entry =
            Self { turn: None, question: question.to_owned(), answer, seen: Seen::default(), root, body, state, foot };
        if let Some(turn) = turn {
            entry.become_turn(turn);
        }
        entry
    }

    fn become_turn(&mut self, turn: TurnId) {
        self.turn = Some(turn);
        dom::set(&self.root, "data-turn", &turn.to_string());
    }

    const fn is_waiting(&self) -> bool {
        matches!(self.answer.phase(), Phase::Waiting { .. })
    }

    fn apply(&mut self, event: TurnEvent, words: &Words) {
        match self.answer.apply(event) {
            Change::Nothing => {}
            Change::Append(text) => {
                if let Some(piece) = self.body.last_element_child() {
                    lengthen(&piece, &text);
                }
            }
            Change::Splice { at, remove, insert } => self.splice(at, remove, &insert, words),
            Change::Clear => {
                self.body.set_text_content(None);
                self.foot.set_text_content(None);
            }
            Change::Citation { anchor, quote } => {
                let link = dom::worded("a", "turn-quote", &quote);
                dom::set(&link, "href", &format!("#{anchor}"));
                dom::append(&self.foot, &link);
            }
            Change::Suggestion(text) => {
                dom::append(&self.foot, &dom::act_button("suggest", "button button-secondary", &text));
            }
        }
        self.show_phase(words);
    }

    fn splice(&self, at: usize, remove: usize, insert: &[Shown], words: &Words) {
        let pieces = self.body.children();
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        for _ in 0..remove {
            if let Some(piece) = pieces.item(at) {
                piece.remove();
            }
        }
        let next = pieces.item(at);
        for shown in insert {
            let piece = piece(shown, words);
            self.body.insert_before(&piece, next.as_deref()).expect("the body takes pieces");
        }
    }

    /// The answer is over elsewhere; shows what is stored.
    fn close_with(&mut self, past: &PastTurn, words: &Words) {
        self.body.set_text_content(None);
        self.foot.set_text_content(None);
        if !past.answer_html.is_empty() {
            dom::append(&self.body, &piece(&Shown::Html(past.answer_html.clone()), words));
        }
        self.answer = Answer::new(match past.state {
            TurnState::Stopped => Phase::Stopped,
            TurnState::Failed => Phase::Failed(shared_types::turn::FailureCode::BackendUnavailable),
            _ => Phase::Answered,
        });
        self.show_phase(words);
    }

    /// Says where the answer stands, and offers what can be done now.
    fn show_phase(&self, words: &Words) {
        let phase = self.answer.phase();
        let (state, said) = match phase {
            Phase::Sending => ("sending", words.sending.to_owned()),
            Phase::Waiting { place, eta_s } => ("waiting", words.place(place, eta_s)),
            Phase::Answering => ("answering", words.answering.to_owned()),
            Phase::Answered => ("answered", String::new()),
            Phase::Stopped => ("stopped", words.stopped.to_owned()),
            Phase::Failed(code) => ("failed", words.failure(code).to_owned()),
        };
        if self.root.get_attribute("data-state").as_deref() != Some(state) {
            dom::set(&self.root, "data-state", state);
            if matches!(phase, Phase::Stopped | Phase::Failed(_)) {
                dom::append(&self.foot, &dom::act_button("again", "button button-secondary", words.again));
                dom::append(&self.foot, &dom::act_button("edit", "button button-quiet", words.edit));
            }
        }
        if self.state.text_content().as_deref() != Some(&said) {
            self.state.set_text_content(Some(&said));
        }
    }
}

/// A new piece of an answer.
fn piece(shown: &Shown, words: &Words) -> HtmlElement {
    match shown {
        Shown::Text(text) => {
            let piece = dom::element("div", "piece piece-text");
            lengthen(&piece, text);
            piece
        }
        Shown::Html(html) => {
            let piece = dom::element("div", "piece");
            piece.set_inner_html(html);
            ready_blocks(&piece, words);
            piece
        }
    }
}

/// Adds to a text piece. Until something but space is in it, it takes no room.
fn lengthen(piece: &Element, more: &str) {
    let text: Option<web_sys::Text> = piece.last_child().map(JsCast::unchecked_into);
    match text {
        Some(text) => text.append_data(more).expect("a text node takes text"),
        None => piece.set_text_content(Some(more.trim_start())),
    }
    let blank = piece.text_content().is_none_or(|text| text.trim().is_empty());
    piece.toggle_attribute_with_force("hidden", blank).expect("`hidden` is a name");
}

/// Lets the keyboard scroll what is wider than the chat, and offers code to be copied where the browser can.
fn ready_blocks(piece: &Element, words: &Words) {
    for wide in all(piece, "pre, table") {
        dom::set(&wide, "tabindex", "0");
    }
    let clipboard: &wasm_bindgen::JsValue = &window().navigator().clipboard();
    if clipboard.is_undefined() {
        return;
    }
    for block in all(piece, "pre") {
        let frame = dom::element("div", "code-block");
        block.replace_with_with_node_1(&frame).expect("the block stands in the piece");
        dom::append(&frame, &block);
        dom::append(&frame, &dom::act_button("copy", "button button-secondary code-copy", words.copy));
    }
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|number| found.item(number)).map(JsCast::unchecked_into).collect()
}
