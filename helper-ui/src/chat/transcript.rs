//! The conversation as it is shown: which turns there are, what is live, and whether the reader is at the end.

use super::{answer::Phase, dom, entry::Entry, island::Look, words::Words};
use leptos::prelude::{GetUntracked, Set, document};
use shared_types::{
    ids::TurnId,
    turn::{FailureCode, PastTurn, Positioned, Ticket, TurnEvent},
};
use std::cell::{Cell, RefCell};
use web_sys::{Element, HtmlElement};

/// Most turns that the helper tells of at once; older ones stay as they are shown.
const TOLD: usize = 50;

/// How far from the end, in pixels, still counts as at the end.
const AT_THE_END_PX: i32 = 48;

/// What is seen above the first line of an answer, in pixels.
const ABOVE_PX: i32 = 8;

/// The conversation as it is shown.
pub struct Transcript {
    log: HtmlElement,
    words: &'static Words,
    /// Where the lesson is read that is asked about.
    lesson: String,
    look: Look,
    entries: RefCell<Vec<Entry>>,
    /// Where the reader was left to read the newest answer.
    reads_from: Cell<i32>,
}

impl Transcript {
    pub fn new(log: HtmlElement, words: &'static Words, lesson: String, look: Look) -> Self {
        Self { log, words, lesson, look, entries: RefCell::default(), reads_from: Cell::new(-1) }
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
            self.look.status.set(self.words.place(ticket.place, ticket.eta_s));
            entry.become_turn(ticket.turn);
            entry.show_phase(self.words);
        }
        self.say_what_is_live();
        true
    }

    /// The question being sent was not accepted.
    pub fn withdraw(&self) {
        self.keep(|entry| entry.turn.is_some());
    }

    /// Brings a turn to what the helper has stored of it. True if it is still to be listened to and was
    /// not shown before.
    pub fn show(&self, past: &PastTurn) -> bool {
        let shown = self.has(past.turn);
        let at_end = self.is_at_end();
        if !shown {
            let phase = Phase::Waiting { place: 0, eta_s: None };
            let entry = Entry::new(self.words, Some(past.turn), &past.question, phase);
            // Ids tell which came first. What is being sent comes last.
            let mut entries = self.entries.borrow_mut();
            let at = entries.iter().position(|other| other.turn.is_none_or(|turn| turn.0 > past.turn.0));
            let next = at.map(|at| entries[at].root.clone());
            self.log.insert_before(&entry.root, next.as_deref().map(AsRef::as_ref)).expect("the log takes turns");
            let at = at.unwrap_or(entries.len());
            entries.insert(at, entry);
            drop(entries);
        }
        self.with(past.turn, |entry| {
            if past.state.is_final() && !entry.answer.phase().is_final() {
                entry.close_with(past, self.words, &self.lesson);
            } else {
                entry.show_phase(self.words);
            }
        });
        if !shown && at_end {
            // What was asked before is passed over, down to the newest.
            self.log.set_scroll_top(self.log.scroll_height());
        }
        self.follow_the_end(at_end);
        self.say_what_is_live();
        !shown && !past.state.is_final()
    }

    /// The turns that are over, as they are shown.
    pub fn over(&self) -> Vec<TurnId> {
        let entries = self.entries.borrow();
        entries.iter().filter(|entry| entry.answer.phase().is_final()).filter_map(|entry| entry.turn).collect()
    }

    /// Takes out those of the turns `over` that the helper does not tell of any more: they were erased elsewhere.
    pub fn forget(&self, over: &[TurnId], told: &[PastTurn]) {
        let oldest = told.first().filter(|_| told.len() >= TOLD).map(|past| past.turn.0);
        self.keep(|entry| {
            entry.turn.is_none_or(|turn| {
                !over.contains(&turn)
                    || oldest.is_some_and(|oldest| turn.0 < oldest)
                    || told.iter().any(|past| past.turn == turn)
            })
        });
    }

    /// Takes out everything: whoever is before the screen now may be somebody else.
    pub fn clear(&self) {
        self.keep(|_| false);
    }

    fn keep(&self, stays: impl Fn(&Entry) -> bool) {
        self.entries.borrow_mut().retain(|entry| {
            let stays = stays(entry);
            if !stays {
                entry.root.remove();
            }
            stays
        });
        self.say_what_is_live();
        self.scrolled();
    }

    /// Takes one event of a turn in. True if it was new.
    pub fn take(&self, turn: TurnId, event: Positioned) -> bool {
        let at_end = self.is_at_end();
        let before = self.phase(turn);
        let taken = self.with(turn, |entry| {
            // The place in line is told without a position of its own: it comes with the last one's.
            let moves_up = matches!(event.event, TurnEvent::Queued { .. }) && entry.is_waiting();
            let new = entry.seen.take(&event.id);
            if new || moves_up {
                entry.apply(event.event, self.words, &self.lesson);
            }
            (new, entry.answer.backend())
        });
        let (new, backend) = taken.unwrap_or_default();
        if backend.is_some() {
            self.look.backend.set(backend);
        }
        self.follow_the_end(at_end);
        if before != self.phase(turn) {
            self.announce(turn);
            self.say_what_is_live();
            if !self.is_live(turn) {
                // What an answer ends with may be what matters most.
                self.look.behind.set(!self.is_at_end());
            }
        }
        new
    }

    /// The turn is not there any more.
    pub fn erase(&self, turn: TurnId) {
        let event = TurnEvent::Failed { code: FailureCode::Erased };
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
        self.with(turn_of(element)?, |entry| entry.question.clone())
    }

    /// Shows what was said of an answer.
    pub fn show_rating(&self, turn: TurnId, rating: &str) {
        self.with(turn, |entry| entry.show_rating(rating));
    }

    /// All the way down, as the reader asked for.
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

    /// The buttons of the form take turns. Who has one before them that goes is brought to the question.
    fn say_what_is_live(&self) {
        let busy = self.is_busy();
        if self.look.live.get_untracked() == busy {
            return;
        }
        let pressed = document().active_element().filter(|element| element.matches(".chat-form button") == Ok(true));
        let question = pressed.and_then(|button| dom::find::<HtmlElement>(&button.closest("form").ok()??, "textarea"));
        self.look.live.set(busy);
        if let Some(question) = question {
            let _focused = question.focus();
        }
    }

    fn announce(&self, turn: TurnId) {
        let words = self.words;
        let said = match self.phase(turn) {
            Some(Phase::Answering) => words.answering,
            Some(Phase::Answered) => words.ready,
            Some(Phase::Stopped) => words.stopped,
            Some(Phase::Failed(code)) => words.failure(code),
            _ => return,
        };
        self.look.status.set(said.to_owned());
    }

    fn is_at_end(&self) -> bool {
        self.log.scroll_height() - self.log.scroll_top() - self.log.client_height() <= AT_THE_END_PX
    }

    /// A reader at the end stays there, until the first line of the newest answer has come to the top: an answer is read
    /// from its beginning. Who has scrolled past that goes on with the end.
    fn follow_the_end(&self, was_at_end: bool) {
        if was_at_end {
            let first_line = self.entries.borrow().last().map_or(0, |entry| entry.answered.offset_top() - ABOVE_PX);
            let end = self.log.scroll_height();
            let to = if self.log.scroll_top() > first_line { end } else { end.min(first_line) };
            self.log.set_scroll_top(to);
            self.reads_from.set(self.log.scroll_top());
        } else if self.log.scroll_top() != self.reads_from.get() {
            // Who reads an answer from its beginning knows that it goes on.
            self.look.behind.set(!self.is_at_end());
        }
    }
}

/// The turn that an element of the log belongs to.
pub fn turn_of(element: &Element) -> Option<TurnId> {
    let root = element.closest("[data-turn]").ok().flatten()?;
    root.get_attribute("data-turn")?.parse().ok()
}
