//! What stands in a student's form, and what is said about it.

use crate::{
    grading::policy::Closed,
    material::{
        Answer, Criterion, Material,
        answer::Fault,
        work::{Base, Work},
    },
    t,
    ui::time::Now,
    web::Words,
};
use chrono::{DateTime, Utc};
use helper_ui::ui::{FieldProblem, Notice, Tone};
use leptos::prelude::*;
use shared_types::ids::StudentId;

/// A form and its state.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// What stands in it.
    pub answer: Option<Answer>,
    pub base: Base,
    /// When it was saved and not handed in.
    pub saved_at: Option<DateTime<Utc>>,
    pub handed_in_at: Option<DateTime<Utc>>,
    /// What stands in it is a draft, handed in or not.
    pub draft: bool,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// What was saved in another window meanwhile.
    pub other: Option<Answer>,
    /// What stands in it is kept nowhere.
    pub unsaved: bool,
    /// What a device keeps it under; none in a preview, where nothing can be sent.
    pub key: Option<String>,
}

/// Why a form was not taken.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Something else was saved since it was made.
    Overtaken,
    /// Nothing more may be handed in.
    Closed,
    Faults(Vec<Fault>),
}

impl Form {
    /// What a student finds.
    pub fn of(material: &Material, work: Work, student: StudentId) -> Self {
        let saved = work.draft.as_ref().map(|draft| draft.saved_at);
        let saved = saved.or_else(|| work.response.as_ref().map(|response| response.saved_at));
        Self {
            answer: work.newest().cloned(),
            base: work.base(),
            draft: work.draft.is_some(),
            saved_at: saved,
            handed_in_at: work.response.and_then(|response| response.handed_in_at),
            key: Some(format!("{student}.{}", material.id)),
            ..Self::default()
        }
    }

    /// What was sent, with why it was not taken.
    pub fn refused(material: &Material, work: Work, student: StudentId, typed: Answer, trouble: Trouble) -> Self {
        let other = work.newest().cloned();
        let standing = Self { answer: Some(typed), unsaved: true, ..Self::of(material, work, student) };
        match trouble {
            Trouble::Overtaken => Self { other, ..standing },
            Trouble::Closed => standing,
            Trouble::Faults(faults) => Self { faults, ..standing },
        }
    }

    /// Without a button to send it, where nothing more may be handed in.
    #[must_use]
    pub fn closed(mut self, closed: Option<Closed>) -> Self {
        self.key = self.key.filter(|_| closed.is_none());
        self
    }

    /// Nothing is left to do.
    pub fn is_handed_in(&self) -> bool {
        self.handed_in_at.is_some() && !self.draft && !self.unsaved
    }

    /// There is something to come back to from what is typed: what was handed in.
    pub const fn is_discardable(&self) -> bool {
        self.handed_in_at.is_some() && (self.draft || self.key.is_some())
    }

    /// What is wrong, for the summary on top. `criteria` are those of the rubric, if it is one.
    pub fn problems(&self, criteria: &[Criterion], words: Words) -> Vec<FieldProblem> {
        self.faults
            .iter()
            .map(|fault| FieldProblem { field: field(fault), message: sentence(fault, criteria, words) })
            .collect()
    }

    /// What is wrong with one field.
    pub fn error(&self, name: &str, criteria: &[Criterion], words: Words) -> Option<String> {
        let fault = self.faults.iter().find(|fault| field(fault) == name)?;
        Some(sentence(fault, criteria, words))
    }
}

fn field(fault: &Fault) -> String {
    match fault {
        Fault::Empty | Fault::TooLong => "text".to_owned(),
        Fault::NoLevel(id) => crate::material::answer::level_field(id),
        Fault::WhyTooLong(id) => crate::material::answer::why_field(id),
    }
}

/// What is wrong with one of several criteria names it: the sentences stand below each other in the summary.
fn sentence(fault: &Fault, criteria: &[Criterion], words: Words) -> String {
    let title = |id: &str| {
        let criterion = criteria.iter().find(|criterion| criterion.id == id);
        criterion.map(|criterion| criterion.title.clone()).unwrap_or_default()
    };
    match fault {
        Fault::Empty => t!(words, "answer-empty").to_owned(),
        Fault::TooLong => t!(words, "answer-too-long").to_owned(),
        Fault::NoLevel(id) => t!(words, "answer-no-level", criterion = title(id)),
        Fault::WhyTooLong(id) => t!(words, "answer-why-too-long", criterion = title(id)),
    }
}

/// Says that something else was saved meanwhile, and shows it.
#[component]
pub fn Overtaken(other: Option<AnyView>, words: Words) -> impl IntoView {
    other
        .map(|other| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "answer-overtaken-word") announce=true>
                    {t!(words, "answer-overtaken")}
                    <div class="other-text">{other}</div>
                </Notice>
            }
        })
        .into_any()
}

/// When it was saved or handed in; the page itself goes on from here while somebody types.
pub fn kept_line(form: &Form, now: Now, words: Words) -> String {
    match (form.saved_at, form.handed_in_at) {
        _ if form.unsaved => t!(words, "answer-not-saved").to_owned(),
        (Some(saved), Some(_)) if form.draft => t!(words, "answer-changed", at = now.moment(saved, words)),
        (Some(_), Some(handed_in)) => t!(words, "answer-handed-in", at = now.moment(handed_in, words)),
        (Some(saved), None) => t!(words, "answer-saved", at = now.moment(saved, words)),
        (None, _) => String::new(),
    }
}
