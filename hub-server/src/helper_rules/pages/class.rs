//! The helper in a class: who may need somebody, what was asked, the rules, and the lessons with rules of their own.

use super::{
    counts::{Counts, StuckPoints},
    path,
    rules::Rules,
};
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    helper_rules::{
        form::RulesForm,
        report::{Kinds, OfLesson, StuckPoint},
        store::ListedLesson,
    },
    safeguarding::{
        Concern,
        pages::{ConcernList, concern_text},
    },
    t, transcripts,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, IconName, Section, StatusWord, Table, Width};
use leptos::prelude::*;

/// Everything the page shows.
pub struct HelperPage {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    /// The organisation lets teachers read what students and the helper write.
    pub reads_along: bool,
    pub now: Now,
    pub rules: FormState<RulesForm>,
    pub lessons: Vec<ListedLesson>,
    pub by_lesson: Vec<OfLesson>,
    pub stuck_points: Vec<StuckPoint>,
    pub kinds: Kinds,
    pub concerns: Vec<Concern>,
}

/// Renders the page.
pub async fn helper(frame: Frame, page: HelperPage) -> Response {
    let HelperPage {
        staff,
        classroom,
        may_change,
        reads_along,
        now,
        rules,
        lessons,
        by_lesson,
        stuck_points,
        kinds,
        concerns,
    } = page;
    render(move || {
        let (words, csrf) = (frame.words, may_change.then(|| frame.csrf.clone()));
        let title = format!("{} · {}", t!(words, "rules-title"), classroom.name);
        let (path, problems) = (path(&classroom), rules.problems(words));
        let concerns = (!concerns.is_empty()).then(|| {
            let (title, path, csrf) = (t!(words, "concern-title"), format!("{path}/concerns"), csrf.clone());
            let text = concern_text(&concerns, words);
            view! {
                <Section title>
                    <p>{text}</p>
                    <ConcernList title path concerns now words csrf />
                </Section>
            }
        });
        let counts = view! { <Counts path=path.clone() by_lesson kinds words /> };
        let back = classroom.settings_path();
        let text = if reads_along { t!(words, "rules-text-read-along") } else { t!(words, "rules-text") };
        let read_along = (reads_along && may_change).then(|| {
            view! {
                <p>
                    <a href=transcripts::path(&classroom)>{t!(words, "transcripts-title")}</a>
                </p>
            }
        });
        let lesson_pages = format!("{}/lessons", classroom.path());
        let stuck = view! { <StuckPoints lesson_pages points=stuck_points words /> };
        let form = view! { <Rules path=path.clone() form=rules words csrf /> };
        let lessons = view! { <Lessons path lessons words /> };
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Settings words />
                <Problems words problems />
                <BackLink href=back>{t!(words, "class-tab-settings")}</BackLink>
                <h2>{t!(words, "rules-title")}</h2>
                <p>{text}</p>
                {read_along}
                {concerns}
                {stuck}
                {counts}
                {form}
                {lessons}
            </StaffPage>
        }
    })
    .await
}

/// The lessons, each with a page of its own rules.
#[component]
fn Lessons(path: String, lessons: Vec<ListedLesson>, words: Words) -> impl IntoView {
    if lessons.is_empty() {
        return view! { <Section title=t!(words, "rules-lessons")><p>{t!(words, "lesson-none-staff")}</p></Section> }
            .into_any();
    }
    let headings = [
        t!(words, "rules-lesson"),
        t!(words, "rules-state"),
        t!(words, "rules-highest"),
        t!(words, "rules-answers-kept"),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = lessons
        .into_iter()
        .map(|ListedLesson { lesson, title, rules }| {
            let state = if rules.enabled {
                view! { <StatusWord word=t!(words, "rules-on") icon=IconName::Done /> }.into_any()
            } else {
                view! { <StatusWord word=t!(words, "rules-off") icon=IconName::Lock /> }.into_any()
            };
            let highest = rules.max_rung.map_or(t!(words, "rules-as-class"), |rung| super::rung_name(rung, words));
            view! {
                <tr id=format!("lesson-{lesson}")>
                    <th scope="row">
                        <a href=format!("{path}/lessons/{lesson}")>{title}</a>
                    </th>
                    <td>{state}</td>
                    <td>{highest}</td>
                    <td>{rules.answers.len()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "rules-lessons")>
            <p>{t!(words, "rules-lessons-text")}</p>
            <Table caption=t!(words, "rules-lessons") headings>
                {rows}
            </Table>
        </Section>
    }
    .into_any()
}
