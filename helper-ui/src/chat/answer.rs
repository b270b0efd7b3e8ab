//! One answer as its events arrive: what is shown, in pieces, and what has to change on the page for each
//! event. Knows nothing of the page.
//!
//! An answer is a row of pieces that follow each other in the attempt's text. A piece is either text still
//! being written or a finished block of HTML. `delta` lengthens the last piece or begins one; `block` takes
//! the pieces of its stretch out and puts itself in, cutting text that reaches over the stretch's ends.

use shared_types::{
    event::BackendKind,
    turn::{FailureCode, TurnEvent},
};

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not accepted by the helper yet.
    Sending,
    Waiting {
        place: u32,
        eta_s: Option<u32>,
    },
    Answering,
    Answered,
    Stopped,
    /// Why, where that is still known.
    Failed(Option<FailureCode>),
}

impl Phase {
    /// Whether nothing more will come.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Answered | Self::Stopped | Self::Failed(_))
    }
}

/// What a piece shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Text(String),
    /// Finished paragraphs of plain text, blank lines between them.
    Plain(String),
    /// Rendered and sanitised by the helper.
    Html(String),
}

/// What has to change on the page.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing but, perhaps, the phase.
    Nothing,
    /// The last piece is text and grows.
    Append(String),
    /// From piece `at`, `remove` pieces go and these come.
    Splice {
        at: usize,
        remove: usize,
        insert: Vec<Shown>,
    },
    /// Everything shown goes: another attempt begins.
    Clear,
    Citation {
        anchor: String,
        quote: String,
    },
    Suggestion(String),
}

/// One piece: its stretch of the attempt's text in bytes, and the text itself while it is text.
#[derive(Debug, Clone)]
struct Piece {
    from: usize,
    to: usize,
    text: Option<String>,
}

/// The answer to one question.
#[derive(Debug)]
pub struct Answer {
    phase: Phase,
    attempt: u16,
    backend: Option<BackendKind>,
    /// Bytes of the attempt's text so far.
    length: usize,
    pieces: Vec<Piece>,
}

impl Answer {
    pub const fn new(phase: Phase) -> Self {
        Self { phase, attempt: 0, backend: None, length: 0, pieces: Vec::new() }
    }

    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// What wrote it, once that is known.
    pub const fn backend(&self) -> Option<BackendKind> {
        self.backend
    }

    /// The helper accepted the question.
    pub const fn accepted(&mut self, place: u32, eta_s: Option<u32>) {
        if matches!(self.phase, Phase::Sending) {
            self.phase = Phase::Waiting { place, eta_s };
        }
    }

    /// Takes one event in. Nothing follows a final one.
    pub fn apply(&mut self, event: TurnEvent) -> Change {
        if self.phase.is_final() {
            return Change::Nothing;
        }
        match event {
            TurnEvent::Queued { place, eta_s } => self.end(Phase::Waiting { place, eta_s }),
            TurnEvent::Started { attempt, backend } => self.start(attempt, backend),
            TurnEvent::Delta { text } => self.append(text),
            TurnEvent::Block { from, to, html } => self.replace(from as usize, to as usize, html),
            TurnEvent::Citation { anchor, quote } => Change::Citation { anchor, quote },
            TurnEvent::Suggestion { text } => Change::Suggestion(text),
            TurnEvent::Done { attempt, backend } => {
                self.wrote(attempt, backend);
                self.finish(Phase::Answered)
            }
            TurnEvent::Failed { code } => self.finish(Phase::Failed(Some(code))),
            TurnEvent::Stopped => self.finish(Phase::Stopped),
        }
    }

    const fn end(&mut self, phase: Phase) -> Change {
        self.phase = phase;
        Change::Nothing
    }

    /// Text at the end of which no block came is plain.
    fn finish(&mut self, phase: Phase) -> Change {
        self.phase = phase;
        match self.pieces.last().and_then(|last| last.text.clone()) {
            Some(text) => Change::Splice { at: self.pieces.len() - 1, remove: 1, insert: vec![Shown::Plain(text)] },
            None => Change::Nothing,
        }
    }

    fn start(&mut self, attempt: u16, backend: BackendKind) -> Change {
        if attempt < self.attempt {
            return Change::Nothing;
        }
        self.attempt = attempt;
        self.wrote(attempt, backend);
        self.phase = Phase::Answering;
        self.length = 0;
        self.pieces.clear();
        Change::Clear
    }

    /// Without an attempt the words are the helper's own, and say nothing about which model answers.
    const fn wrote(&mut self, attempt: u16, backend: BackendKind) {
        if attempt > 0 {
            self.backend = Some(backend);
        }
    }

    fn append(&mut self, text: String) -> Change {
        self.phase = Phase::Answering;
        let from = self.length;
        self.length += text.len();
        if let Some(Piece { to, text: Some(last), .. }) = self.pieces.last_mut() {
            last.push_str(&text);
            *to = self.length;
            return Change::Append(text);
        }
        self.pieces.push(Piece { from, to: self.length, text: Some(text.clone()) });
        Change::Splice { at: self.pieces.len() - 1, remove: 0, insert: vec![Shown::Text(text)] }
    }

    fn replace(&mut self, from: usize, to: usize, html: String) -> Change {
        self.phase = Phase::Answering;
        if from > to {
            return Change::Nothing;
        }
        let at = self.pieces.iter().position(|piece| piece.to > from).unwrap_or(self.pieces.len());
        let end = at + self.pieces[at..].iter().take_while(|piece| piece.from < to).count();
        let Some((before, after)) = ends_cut_off(&self.pieces[at..end], from, to) else { return Change::Nothing };
        let block = Piece { from, to, text: None };
        let mut insert = Vec::with_capacity(3);
        // Blocks come in their order: what lies before this one is finished and needs no HTML.
        insert.extend(before.iter().filter_map(|piece| piece.text.clone().map(Shown::Plain)));
        insert.push(Shown::Html(html));
        insert.extend(after.iter().filter_map(text_of));
        self.pieces.splice(at..end, before.into_iter().chain([block]).chain(after));
        self.length = self.length.max(to);
        Change::Splice { at, remove: end - at, insert }
    }
}

fn text_of(piece: &Piece) -> Option<Shown> {
    piece.text.clone().map(Shown::Text)
}

/// What of `pieces` lies before `from` and what after `to`. None where a cut would go through HTML or a
/// character: such a block is not of this text.
fn ends_cut_off(pieces: &[Piece], from: usize, to: usize) -> Option<(Option<Piece>, Option<Piece>)> {
    let before = match pieces.first() {
        Some(first) if first.from < from => {
            let text = first.text.as_deref()?.get(..from - first.from)?;
            Some(Piece { from: first.from, to: from, text: Some(text.to_owned()) })
        }
        _ => None,
    };
    let after = match pieces.last() {
        Some(last) if last.to > to => {
            let text = last.text.as_deref()?.get(to - last.from..)?;
            Some(Piece { from: to, to: last.to, text: Some(text.to_owned()) })
        }
        _ => None,
    };
    Some((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKEND: BackendKind = BackendKind::Embedded;

    /// A page that does what it is told, so that what is shown can be looked at.
    struct Page {
        answer: Answer,
        shown: Vec<Shown>,
    }

    impl Page {
        fn waiting() -> Self {
            Self { answer: Answer::new(Phase::Waiting { place: 0, eta_s: None }), shown: Vec::new() }
        }

        fn started() -> Self {
            let mut page = Self::waiting();
            page.gets(TurnEvent::Started { attempt: 1, backend: BACKEND });
            page
        }

        fn gets(&mut self, event: TurnEvent) -> &mut Self {
            match self.answer.apply(event) {
                Change::Append(more) => match self.shown.last_mut() {
                    Some(Shown::Text(text)) => text.push_str(&more),
                    other => panic!("nothing to append to: {other:?}"),
                },
                Change::Splice { at, remove, insert } => {
                    self.shown.splice(at..at + remove, insert);
                }
                Change::Clear => self.shown.clear(),
                Change::Nothing | Change::Citation { .. } | Change::Suggestion(_) => {}
            }
            self
        }

        fn delta(&mut self, text: &str) -> &mut Self {
            self.gets(TurnEvent::Delta { text: text.into() })
        }

        fn block(&mut self, from: u32, to: u32, html: &str) -> &mut Self {
            self.gets(TurnEvent::Block { from, to, html: html.into() })
        }
    }

    fn text(text: &str) -> Shown {
        Shown::Text(text.into())
    }

    fn html(html: &str) -> Shown {
        Shown::Html(html.into())
    }

    #[test]
    fn deltas_run_together() {
        let mut page = Page::started();
        page.delta("Look at ").delta("the carrier.");
        assert_eq!(page.shown, [text("Look at the carrier.")]);
        assert_eq!(page.answer.phase(), Phase::Answering);
    }

    #[test]
    fn a_block_takes_the_place_of_its_stretch_and_leaves_the_rest() {
        let mut page = Page::started();
        page.delta("One.\n\nTwo and").block(0, 6, "<p>One.</p>");
        assert_eq!(page.shown, [html("<p>One.</p>"), text("Two and")]);
        page.delta(" more.").block(6, 19, "<p>Two and more.</p>");
        assert_eq!(page.shown, [html("<p>One.</p>"), html("<p>Two and more.</p>")]);
        page.delta("\n\nThree");
        assert_eq!(page.shown.last(), Some(&text("\n\nThree")));
    }

    #[test]
    fn a_block_may_lie_in_the_middle_of_text() {
        let mut page = Page::started();
        page.delta("abcdef").block(2, 4, "<b>cd</b>");
        assert_eq!(page.shown, [Shown::Plain("ab".into()), html("<b>cd</b>"), text("ef")]);
        page.block(0, 6, "<p>abcdef</p>");
        assert_eq!(page.shown, [html("<p>abcdef</p>")]);
    }

    #[test]
    fn text_without_a_block_is_plain_once_it_is_finished() {
        let mut page = Page::started();
        page.delta("One.\n\nTwo.\n\n- a\n").block(12, 16, "<ul><li>a</li></ul>").delta("\nThree");
        let (begin, list) = (Shown::Plain("One.\n\nTwo.\n\n".into()), html("<ul><li>a</li></ul>"));
        assert_eq!(page.shown, [begin.clone(), list.clone(), text("\nThree")]);
        page.gets(TurnEvent::Done { attempt: 1, backend: BACKEND });
        assert_eq!(page.shown, [begin, list, Shown::Plain("\nThree".into())]);
    }

    #[test]
    fn an_answer_kept_in_the_database_comes_as_one_block() {
        let mut page = Page::waiting();
        page.gets(TurnEvent::Started { attempt: 2, backend: BACKEND })
            .block(0, 40, "<p>All of it.</p>")
            .gets(TurnEvent::Done { attempt: 2, backend: BACKEND });
        assert_eq!(page.shown, [html("<p>All of it.</p>")]);
        assert_eq!(page.answer.phase(), Phase::Answered);
    }

    #[test]
    fn the_helpers_own_words_are_no_models() {
        let mut page = Page::waiting();
        let backend = BackendKind::LessonOnly;
        page.gets(TurnEvent::Started { attempt: 0, backend })
            .delta("Hello.")
            .gets(TurnEvent::Done { attempt: 0, backend });
        assert_eq!(page.answer.backend(), None);
        assert_eq!(page.answer.phase(), Phase::Answered);
    }

    #[test]
    fn a_block_that_would_cut_a_character_is_left_out() {
        let mut page = Page::started();
        page.delta("año").block(0, 2, "<p>a?</p>");
        assert_eq!(page.shown, [text("año")]);
        page.block(3, 1, "<p>backwards</p>");
        assert_eq!(page.shown, [text("año")]);
    }

    #[test]
    fn a_later_attempt_drops_what_an_earlier_one_had_sent() {
        let mut page = Page::started();
        page.delta("half an ans").gets(TurnEvent::Started { attempt: 2, backend: BACKEND });
        assert_eq!(page.shown, []);
        page.delta("A whole answer.").block(0, 15, "<p>A whole answer.</p>");
        assert_eq!(page.shown, [html("<p>A whole answer.</p>")]);
    }

    #[test]
    fn an_attempt_that_was_given_up_does_not_start_again() {
        let mut page = Page::started();
        page.gets(TurnEvent::Started { attempt: 2, backend: BACKEND }).delta("kept");
        page.gets(TurnEvent::Started { attempt: 1, backend: BACKEND });
        assert_eq!(page.shown, [text("kept")]);
    }

    #[test]
    fn nothing_follows_the_end() {
        for end in [
            TurnEvent::Stopped,
            TurnEvent::Failed { code: FailureCode::GaveUp },
            TurnEvent::Done { attempt: 1, backend: BACKEND },
        ] {
            let mut page = Page::started();
            page.delta("so far").gets(end).delta("too late").gets(TurnEvent::Started { attempt: 9, backend: BACKEND });
            assert_eq!(page.shown, [Shown::Plain("so far".into())]);
            assert!(page.answer.phase().is_final());
        }
    }

    #[test]
    fn the_place_in_line_moves_up() {
        let mut page = Page::waiting();
        page.gets(TurnEvent::Queued { place: 3, eta_s: Some(30) });
        assert_eq!(page.answer.phase(), Phase::Waiting { place: 3, eta_s: Some(30) });
        page.gets(TurnEvent::Queued { place: 1, eta_s: None });
        assert_eq!(page.answer.phase(), Phase::Waiting { place: 1, eta_s: None });
    }

    #[test]
    fn the_shown_text_is_the_sent_text_wherever_it_was_cut() {
        let whole = "Señales: 0 y 1 — nada más.\n\n- uno\n- dos 🙂";
        let cuts: Vec<usize> = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).collect();
        for step in 1..9 {
            let mut page = Page::started();
            for pair in cuts.iter().step_by(step).chain([&whole.len()]).collect::<Vec<_>>().windows(2) {
                page.delta(&whole[*pair[0]..*pair[1]]);
            }
            assert_eq!(page.shown, [text(whole)], "cut every {step} characters");
        }
    }
}
