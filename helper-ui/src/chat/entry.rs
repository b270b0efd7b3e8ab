//! One question and its answer on the page. The answer grows in place: text is appended to the text node
//! that is there, a finished block replaces its stretch, and nothing else is touched.

use super::{
    answer::{Answer, Change, Phase, Shown},
    dom,
    position::Seen,
    voice,
    words::Words,
};
use leptos::prelude::window;
use shared_types::{
    ids::TurnId,
    turn::{self, PastTurn, Quoted, TurnEvent, TurnState},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// One question and its answer.
pub struct Entry {
    /// None until the helper has accepted it.
    pub turn: Option<TurnId>,
    pub question: String,
    pub answer: Answer,
    pub seen: Seen,
    pub root: HtmlElement,
    /// The helper's part.
    pub answered: HtmlElement,
    body: HtmlElement,
    state: HtmlElement,
    foot: HtmlElement,
}

impl Entry {
    /// A question with no answer yet, not on the page yet.
    pub fn new(words: &Words, turn: Option<TurnId>, question: &str, phase: Phase) -> Self {
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
        let mut entry = Self {
            turn: None,
            question: question.to_owned(),
            answer,
            seen: Seen::default(),
            root,
            answered,
            body,
            state,
            foot,
        };
        if let Some(turn) = turn {
            entry.become_turn(turn);
        }
        entry
    }

    /// The helper knows it by this id.
    pub fn become_turn(&mut self, turn: TurnId) {
        self.turn = Some(turn);
        dom::set(&self.root, "data-turn", &turn.to_string());
    }

    pub const fn is_waiting(&self) -> bool {
        matches!(self.answer.phase(), Phase::Waiting { .. })
    }

    /// Takes one event in; quotations are of the lesson whose page is at `lesson`.
    pub fn apply(&mut self, event: TurnEvent, words: &Words, lesson: &str) {
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
            Change::Citation { anchor, quote } => self.cite(&format!("{lesson}#{anchor}"), &quote),
            Change::Suggestion(text) => self.suggest(&text),
        }
        self.show_phase(words);
    }

    fn cite(&self, address: &str, quote: &str) {
        let link = dom::worded("a", "turn-quote", quote);
        dom::set(&link, "href", address);
        dom::append(&self.foot, &link);
    }

    fn suggest(&self, text: &str) {
        dom::append(&self.foot, &dom::act_button("suggest", "button button-secondary", text));
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
    pub fn close_with(&mut self, past: &PastTurn, words: &Words, lesson: &str) {
        self.body.set_text_content(None);
        self.foot.set_text_content(None);
        if !past.answer_html.is_empty() {
            dom::append(&self.body, &piece(&Shown::Html(past.answer_html.clone()), words));
        }
        for Quoted { anchor, quote } in &past.citations {
            self.cite(&format!("{lesson}#{anchor}"), quote);
        }
        for text in &past.suggestions {
            self.suggest(text);
        }
        self.answer = Answer::new(match past.state {
            TurnState::Stopped => Phase::Stopped,
            TurnState::Failed => Phase::Failed(None),
            _ => Phase::Answered,
        });
        self.show_phase(words);
        if let Some(rating) = past.rating {
            self.show_rating(rating.as_str());
        }
    }

    /// Shows which thumb is pressed.
    pub fn show_rating(&self, rating: &str) {
        for thumb in dom::all(&self.foot, "[aria-pressed]") {
            let pressed = thumb.get_attribute("data-act").as_deref() == Some(rating);
            dom::set(&thumb, "aria-pressed", if pressed { "true" } else { "false" });
        }
    }

    /// Says where the answer stands, and offers what can be done now.
    pub fn show_phase(&self, words: &Words) {
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
            }
            if phase == Phase::Answered {
                self.offer_more(words);
            } else if phase.is_final() {
                offer(&self.foot, "edit", words.edit);
            }
        }
        if self.state.text_content().as_deref() != Some(&said) {
            self.state.set_text_content(Some(&said));
        }
    }

    /// What can be done with an answer: to say whether it helped, the rest folded. Words of help are not rated, nor is
    /// what they answer asked again.
    fn offer_more(&self, words: &Words) {
        let is_help = turn::is_help(&self.body.inner_html());
        if !is_help {
            for (thumb, said) in [("helped", words.helped), ("not_helped", words.not_helped)] {
                dom::set(&offer(&self.foot, thumb, said), "aria-pressed", "false");
            }
        }
        let more = dom::element("details", "turn-more");
        dom::append(&more, &dom::worded("summary", "", words.more));
        if can_copy() {
            offer(&more, "copy-answer", words.copy_answer);
        }
        if voice::is_there() {
            offer(&more, "read", words.read);
        }
        if !is_help {
            offer(&more, "edit", words.edit);
        }
        if more.child_element_count() > 1 {
            dom::append(&self.foot, &more);
        }
    }
}

/// One more thing that can be done with an answer.
fn offer(place: &Element, act: &str, words: &str) -> HtmlElement {
    let button = dom::act_button(act, "button button-quiet", words);
    dom::append(place, &button);
    button
}

/// Whether this browser lets pages put text on the clipboard.
fn can_copy() -> bool {
    let clipboard: &wasm_bindgen::JsValue = &window().navigator().clipboard();
    !clipboard.is_undefined()
}

/// A new piece of an answer.
fn piece(shown: &Shown, words: &Words) -> HtmlElement {
    match shown {
        Shown::Text(text) => {
            let piece = dom::element("div", "piece piece-text");
            lengthen(&piece, text);
            piece
        }
        Shown::Plain(text) => {
            let piece = dom::element("div", "piece");
            for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
                dom::append(&piece, &dom::worded("p", "", paragraph));
            }
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
    for wide in dom::all(piece, "pre, table") {
        dom::set(&wide, "tabindex", "0");
    }
    if !can_copy() {
        return;
    }
    for block in dom::all(piece, "pre") {
        let frame = dom::element("div", "code-block");
        block.replace_with_with_node_1(&frame).expect("the block stands in the piece");
        dom::append(&frame, &block);
        dom::append(&frame, &dom::act_button("copy", "button button-secondary code-copy", words.copy));
    }
}
