//! Where a student stands with a material, as one word with its drawing.

use super::Kind;
use chrono::{DateTime, Utc};

/// Where a student stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Behind a lesson that is not released; since when it will be open, where somebody said when.
    Locked(Option<DateTime<Utc>>),
    /// Something to look at.
    ToRead,
    ToDo,
    /// Some of it was answered.
    Started,
    /// Typed and kept, not handed in.
    DraftSaved,
    HandedIn,
    Done,
    /// Graded, and given back.
    Returned,
}

/// What is known of one student and one material.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own, and any may be set with any other")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// An answer is there.
    pub started: bool,
    /// It was handed in; of a checklist, everything is ticked.
    pub handed_in: bool,
    /// Something is typed that was not handed in; beside what was handed in it takes nothing back.
    pub draft: bool,
    /// A file is handed in and not withdrawn.
    pub submitted: bool,
    /// It was read, or the lesson it leads to is finished.
    pub finished: bool,
    /// A grade was returned, and nothing was handed in since.
    pub returned: bool,
}

/// What a state is worked out from.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub kind: Kind,
    /// A link into a lesson of the class.
    pub to_lesson: bool,
    pub open: bool,
    pub opens_at: Option<DateTime<Utc>>,
    pub marks: Marks,
}

impl State {
    /// Where the student stands.
    pub const fn of(standing: &Standing) -> Self {
        let Standing { kind, to_lesson, open, opens_at, marks } = *standing;
        if !open {
            return Self::Locked(opens_at);
        }
        match kind {
            Kind::Link | Kind::Text if marks.finished => Self::Done,
            Kind::Link if !to_lesson => Self::ToRead,
            Kind::Text => Self::ToRead,
            _ if marks.returned => Self::Returned,
            Kind::Upload | Kind::Gallery if marks.submitted => Self::HandedIn,
            Kind::Checklist if marks.handed_in => Self::Done,
            Kind::Reflection | Kind::Rubric if marks.handed_in => Self::HandedIn,
            Kind::Reflection | Kind::Rubric if marks.draft => Self::DraftSaved,
            _ if marks.started => Self::Started,
            _ => Self::ToDo,
        }
    }

    /// Something else is typed since, which nobody sees until it is handed in.
    pub const fn is_typed_over(self, marks: Marks) -> bool {
        marks.draft && self.is_done()
    }

    /// There is something left for the student to do, now.
    pub const fn asks(self) -> bool {
        matches!(self, Self::ToDo | Self::Started | Self::DraftSaved)
    }

    /// The student has done it.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::HandedIn | Self::Done | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Marks, Standing, State};

    const NONE: Marks =
        Marks { started: false, handed_in: false, draft: false, submitted: false, finished: false, returned: false };

    fn state(kind: Kind, marks: Marks) -> State {
        State::of(&Standing { kind, to_lesson: false, open: true, opens_at: None, marks })
    }

    #[test]
    fn each_kind_is_done_in_its_own_way() {
        let handed_in = Marks { started: true, handed_in: true, ..NONE };
        let started = Marks { started: true, ..NONE };
        let draft = Marks { draft: true, ..NONE };
        let submitted = Marks { submitted: true, ..NONE };
        for (kind, marks, expected) in [
            (Kind::Text, NONE, State::ToRead),
            (Kind::Link, NONE, State::ToRead),
            (Kind::Text, Marks { finished: true, ..NONE }, State::Done),
            (Kind::Link, Marks { finished: true, ..NONE }, State::Done),
            (Kind::Upload, NONE, State::ToDo),
            (Kind::Upload, submitted, State::HandedIn),
            (Kind::Gallery, submitted, State::HandedIn),
            (Kind::Checklist, NONE, State::ToDo),
            (Kind::Checklist, started, State::Started),
            (Kind::Checklist, handed_in, State::Done),
            (Kind::Reflection, draft, State::DraftSaved),
            (Kind::Reflection, handed_in, State::HandedIn),
            // Typed on after handing in: the teacher still sees what was handed in.
            (Kind::Reflection, Marks { draft: true, ..handed_in }, State::HandedIn),
            (Kind::Rubric, Marks { draft: true, ..handed_in }, State::HandedIn),
            (Kind::Rubric, handed_in, State::HandedIn),
            (Kind::Reflection, Marks { returned: true, ..handed_in }, State::Returned),
            (Kind::Reflection, Marks { returned: true, draft: true, ..handed_in }, State::Returned),
            (Kind::Upload, Marks { returned: true, ..NONE }, State::Returned),
        ] {
            assert_eq!(state(kind, marks), expected, "{kind:?} {marks:?}");
        }
    }

    #[test]
    fn what_is_typed_since_is_a_detail_of_what_is_done() {
        let handed_in = Marks { started: true, handed_in: true, ..NONE };
        let typed = |marks| Marks { draft: true, ..marks };
        for (marks, expected) in [
            (handed_in, false),
            (typed(handed_in), true),
            (typed(Marks { returned: true, ..handed_in }), true),
            // A first draft is a state of its own.
            (typed(NONE), false),
        ] {
            assert_eq!(state(Kind::Reflection, marks).is_typed_over(marks), expected, "{marks:?}");
        }
    }

    #[test]
    fn a_link_into_a_lesson_is_done_with_the_lesson() {
        let link = |finished| {
            let marks = Marks { finished, ..NONE };
            State::of(&Standing { kind: Kind::Link, to_lesson: true, open: true, opens_at: None, marks })
        };
        assert_eq!(link(false), State::ToDo);
        assert_eq!(link(true), State::Done);
    }

    #[test]
    fn nothing_is_said_of_what_is_not_open_but_when() {
        let opens_at = "2026-11-27T08:00:00Z".parse().ok();
        let marks = Marks { submitted: true, handed_in: true, ..NONE };
        let state = State::of(&Standing { kind: Kind::Upload, to_lesson: false, open: false, opens_at, marks });
        assert_eq!(state, State::Locked(opens_at));
    }
}
