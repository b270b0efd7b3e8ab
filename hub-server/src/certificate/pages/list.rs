//! Where everybody in a class stands, and who has a certificate.

use super::missing_words;
use crate::{
    certificate::{
        list_path, path,
        policy::{Missing, Thresholds, missing},
        store::{Line, Outcomes},
    },
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Drawing, EmptyState, IconName, PostForm, Section, StatusWord, Table, Tone,
    Weight, Width,
};
use leptos::prelude::*;

/// A class, what it asks for, and where everybody stands.
pub struct List {
    pub staff: Staff,
    pub classroom: Classroom,
    pub outcomes: Option<Outcomes>,
    pub lines: Vec<Line>,
    pub may_change: bool,
}

/// Renders the page.
pub async fn list(frame: Frame, page: List) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let List { staff, classroom, outcomes, lines, may_change } = page;
        let title = format!("{} · {}", t!(words, "certificates-title"), classroom.name);
        let (here, back) = (list_path(&classroom), classroom.roster_path());
        let content = match outcomes {
            None => nothing_asked(&here, may_change, words),
            Some(outcomes) => {
                let csrf = may_change.then_some(csrf);
                [
                    asked(&classroom, &outcomes, &lines, may_change, words),
                    everybody(&classroom, outcomes.asked, lines, csrf, words),
                ]
                .collect_view()
                .into_any()
            }
        };
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Roster words />
                <BackLink href=back>{t!(words, "class-tab-roster")}</BackLink>
                <Section title=t!(words, "certificates-title")>
                    <p>{t!(words, "certificates-lead")}</p>
                </Section>
                {content}
            </StaffPage>
        }
    })
    .await
}

fn nothing_asked(here: &str, may_change: bool, words: Words) -> AnyView {
    let begin = may_change.then(|| {
        view! { <ButtonLink href=format!("{here}/rules")>{t!(words, "certificates-begin")}</ButtonLink> }
    });
    view! {
        <EmptyState drawing=Drawing::Desks title=t!(words, "certificates-none") text=t!(words, "certificates-none-text")>
            {begin}
        </EmptyState>
    }
    .into_any()
}

/// What is asked for, in a sentence each, and what can be done.
fn asked(classroom: &Classroom, outcomes: &Outcomes, lines: &[Line], may_change: bool, words: Words) -> AnyView {
    let Thresholds { lessons, work, grade } = outcomes.asked;
    let sentences = [
        lessons.map(|percent| t!(words, "outcomes-lessons-asked", percent = percent)),
        work.map(|percent| t!(words, "outcomes-work-asked", percent = percent)),
        grade.map(|percent| t!(words, "outcomes-grade-asked", percent = percent)),
    ];
    let sentences = if outcomes.asked.is_empty() {
        view! { <p>{t!(words, "outcomes-nothing-asked")}</p> }.into_any()
    } else {
        let lines = sentences.into_iter().flatten().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
        view! { <ul>{lines}</ul> }.into_any()
    };
    let here = list_path(classroom);
    let all = lines.iter().any(|line| line.certificate.is_some()).then(|| {
        view! {
            <ButtonLink href=format!("{here}.pdf") weight=Weight::Secondary>
                {t!(words, "certificates-all-pdf")}
            </ButtonLink>
        }
    });
    let change = may_change.then(|| {
        view! {
            <ButtonLink href=format!("{here}/rules") weight=Weight::Secondary>
                {t!(words, "certificates-change")}
            </ButtonLink>
        }
    });
    view! {
        <Section title=t!(words, "outcomes-asked")>
            {sentences}
            <Actions>{change} {all}</Actions>
        </Section>
    }
    .into_any()
}

/// The table; `csrf` is there for those who may give certificates out.
fn everybody(
    classroom: &Classroom,
    asked: Thresholds,
    lines: Vec<Line>,
    csrf: Option<String>,
    words: Words,
) -> AnyView {
    if lines.is_empty() {
        return view! { <EmptyState title=t!(words, "roster-empty") text=t!(words, "roster-empty-text") /> }.into_any();
    }
    let mut headings = vec![
        t!(words, "roster-name").to_owned(),
        t!(words, "certificate-lessons").to_owned(),
        t!(words, "certificate-work").to_owned(),
        t!(words, "certificate-average").to_owned(),
        t!(words, "certificate-reached").to_owned(),
        t!(words, "certificate-word").to_owned(),
    ];
    // Where everybody has one there is nobody to choose.
    let csrf = csrf.filter(|_| lines.iter().any(|line| line.certificate.is_none()));
    if csrf.is_some() {
        headings.insert(0, t!(words, "certificate-choose").to_owned());
    }
    let rows = lines.into_iter().map(|line| row(classroom, asked, line, csrf.is_some(), words)).collect_view();
    let table = view! {
        <Table caption=t!(words, "certificates-table") headings>
            {rows}
        </Table>
    };
    let content = match csrf {
        Some(csrf) => view! {
            <PostForm action=format!("{}/preview", list_path(classroom)) csrf>
                {table}
                <Actions>
                    <Button>{t!(words, "certificates-look")}</Button>
                </Actions>
            </PostForm>
        }
        .into_any(),
        None => table.into_any(),
    };
    view! { <Section title=t!(words, "certificates-table")>{content}</Section> }.into_any()
}

fn row(classroom: &Classroom, asked: Thresholds, line: Line, choosing: bool, words: Words) -> AnyView {
    let Line { student, display_name, progress, certificate, revoked } = line;
    let missing = missing(asked, &progress);
    let of = |done: i64, all: i64| t!(words, "certificate-of", done = done, all = all);
    let average = progress.average.map_or_else(|| "–".to_owned(), |average| format!("{average:.0} %"));
    let choice = choosing.then(|| {
        let tick = certificate.is_none().then(|| {
            let reached = missing.is_empty() && !asked.is_empty();
            let label = t!(words, "certificate-choose-one", name = display_name.clone());
            view! {
                <input
                    class="tick"
                    type="checkbox"
                    name="student"
                    value=student.to_string()
                    checked=reached
                    aria-label=label
                />
            }
        });
        view! { <td>{tick}</td> }
    });
    let given = match (certificate, revoked) {
        (Some((id, name)), _) => {
            let renamed = (name != display_name).then(|| t!(words, "certificate-printed-as", name = name));
            view! {
                <a href=path(classroom, id)>{t!(words, "certificate-given")}</a>
                {renamed.map(|text| view! { <p class="link-row-detail">{text}</p> })}
            }
            .into_any()
        }
        (None, Some(id)) => view! { <a href=path(classroom, id)>{t!(words, "certificate-revoked")}</a> }.into_any(),
        (None, None) => "–".into_any(),
    };
    view! {
        <tr>
            {choice}
            <th scope="row">
                <a href=classroom.student_path(student)>{display_name}</a>
            </th>
            <td>{of(progress.lessons_done, progress.lessons)}</td>
            <td>{of(progress.work_done, progress.work)}</td>
            <td>{average}</td>
            <td>{reached(asked, &missing, words)}</td>
            <td>{given}</td>
        </tr>
    }
    .into_any()
}

fn reached(asked: Thresholds, missing: &[Missing], words: Words) -> AnyView {
    if asked.is_empty() {
        "–".into_any()
    } else if missing.is_empty() {
        view! { <StatusWord word=t!(words, "certificate-all-reached") tone=Tone::Success icon=IconName::Done /> }
            .into_any()
    } else {
        view! { <StatusWord word=missing_words(missing, words) icon=IconName::ToDo /> }.into_any()
    }
}
