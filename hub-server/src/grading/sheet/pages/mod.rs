//! The sheet as teachers see it: the ways around it, the work, and the form of the grade.

mod conflict;
mod grade;
mod head;
mod ways;

use super::{Around, OneStudent, Sheet, Version, asked::Asked, form::GradeForm, handlers::Typed};
use crate::{
    classroom::Classroom,
    grading::work::{
        Look,
        pages::{Answered, File},
    },
    material::teach::material_path,
    t,
    ui::{
        frame::{Frame, StaffPage, render, render_with_island},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use conflict::Conflict;
use grade::GradeCard;
use head::{Head, NobodyYet};
use helper_ui::ui::{EmptyState, NavLink, Tabs, Width, WithAside};
use leptos::prelude::*;
use server_kit::page::ShowsOwnFrames;
pub use ways::left;

/// Everything the page shows.
pub struct SheetPage {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    pub asked: Asked,
    pub sheet: Sheet,
    pub around: Around,
    /// The version that is looked at.
    pub file: Option<(Version, Look)>,
    pub(super) typed: Option<Typed>,
    pub now: Now,
}

/// Renders the page; with its script for who may grade.
pub async fn sheet(frame: Frame, page: SheetPage) -> Response {
    // With the script the next sheet comes into this page, whose policy stays: that one may have a PDF.
    let framed = page.may_change || matches!(page.file, Some((_, Look::Pdf)));
    let mut response = if page.may_change {
        render_with_island(move || view(frame.with_teaching_island(), page)).await
    } else {
        render(move || view(frame, page)).await
    };
    if framed {
        response.extensions_mut().insert(ShowsOwnFrames);
    }
    response
}

fn view(frame: Frame, page: SheetPage) -> impl IntoView {
    let words = frame.words;
    let SheetPage { staff, classroom, may_change, asked, sheet, around, file, typed, now } = page;
    let parts = head::Parts { back: material_path(&classroom, sheet.material), asked: asked.clone(), may_change };
    let csrf = frame.csrf.clone();
    let Some(one) = sheet.student.clone() else {
        return view! {
            <StaffPage frame title=sheet.title.clone() staff classroom width=Width::Wide>
                <NobodyYet sheet around parts csrf words />
                <EmptyState title=t!(words, "grading-nobody") text=t!(words, "grading-nobody-text") />
            </StaffPage>
        }
        .into_any();
    };
    let title =
        format!("{} · {}", head::shown_name(one.id, &one.display_name, sheet.desk.hide_names, words), sheet.title);
    let card = Card { asked: asked.clone(), typed, may_change, csrf: csrf.clone() };
    let (aside, conflict) = card.parts(&sheet, &one, now, words);
    let work = work(&sheet, &one, &classroom, file, &asked, now, words);
    view! {
        <StaffPage frame title staff classroom width=Width::Wide>
            <Head sheet one around parts csrf now words />
            {conflict}
            <WithAside aside label=t!(words, "grading-aside") jump=t!(words, "grading-jump")>
                {work}
            </WithAside>
        </StaffPage>
    }
    .into_any()
}

/// The form beside the work, and what is said above both.
struct Card {
    asked: Asked,
    typed: Option<Typed>,
    may_change: bool,
    csrf: String,
}

impl Card {
    fn parts(self, sheet: &Sheet, one: &OneStudent, now: Now, words: Words) -> (AnyView, Option<AnyView>) {
        let Self { asked, typed, may_change, csrf } = self;
        let overtaken = typed.as_ref().is_some_and(|typed| typed.overtaken);
        let form = typed.map_or_else(|| FormState::new(GradeForm::of(&one.standing)), |typed| typed.form);
        let conflict = overtaken.then(|| {
            let (mine, one, scheme) = (form.typed.clone(), one.clone(), sheet.scheme.clone());
            let theirs = asked.path(sheet.material, one.id);
            view! { <Conflict mine one scheme theirs now words /> }.into_any()
        });
        let (sheet, one) = (sheet.clone(), one.clone());
        (view! { <GradeCard sheet one form asked may_change csrf now words /> }.into_any(), conflict)
    }
}

/// What the student did.
fn work(
    sheet: &Sheet,
    one: &OneStudent,
    classroom: &Classroom,
    file: Option<(Version, Look)>,
    asked: &Asked,
    now: Now,
    words: Words,
) -> AnyView {
    let answered = one.answer.clone().map(|answer| {
        view! { <Answered settings=sheet.settings.clone() answer words /> }
    });
    let nothing = (answered.is_none() && file.is_none()).then(|| {
        view! { <EmptyState title=t!(words, "grading-no-work") text=t!(words, "grading-no-work-text") /> }
    });
    let shown = file.as_ref().map(|(version, _)| version.version);
    let versions = (one.versions.len() > 1).then(|| {
        let path = asked.path(sheet.material, one.id);
        let links = one
            .versions
            .iter()
            .map(|version| {
                let number = version.version;
                let label = t!(words, "work-version", version = number);
                NavLink::new(format!("{path}&version={number}"), label, shown == Some(number))
            })
            .collect::<Vec<_>>();
        view! { <Tabs label=t!(words, "work-versions") links /> }
    });
    let file = file.map(|(version, look)| {
        view! { <File classroom=classroom.clone() version look now words /> }
    });
    view! {
        <div class="grading-work">{versions} {file} {answered} {nothing}</div>
    }
    .into_any()
}
