//! What the student's home shows.

use super::plan::{Entry, Plan};
use crate::{
    announcement::{Announcement, pages::Told},
    certificate::{Certificate, student_path},
    classroom::{Classroom, Student},
    enrolment::CARD_PATH,
    material::{
        outline::{Item, Module},
        pages::{row_about, row_of_student, status, written_status},
        state::State,
    },
    t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::Now,
        written::{WrittenList, link_row},
    },
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Card, EmptyState, LinkList, LinkRow, NextCard, Notice, PageHeader, PostForm, Section,
    Tone, Weight,
};
use leptos::prelude::*;
use maud::html;

/// A student's class and all its work.
pub struct Home {
    pub student: Student,
    pub classroom: Classroom,
    pub modules: Vec<Module>,
    /// What the teacher tells the class.
    pub told: Vec<Announcement>,
    pub certificates: Vec<Certificate>,
    pub now: Now,
}

/// Renders the page.
pub async fn home(frame: Frame, home: Home) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Home { student, classroom, modules, told, certificates, now } = home;
        let name = student.display_name;
        let content = if modules.iter().all(|module| module.items.is_empty()) {
            view! {
                <EmptyState title=t!(words, "student-nothing") text=t!(words, "student-nothing-text") />
                {certified(certificates, now, words)}
            }
            .into_any()
        } else {
            let plan = Plan::of(&modules, now);
            [
                next(plan.next, now, words),
                given_back(&plan, now, words),
                week(&plan, now, words),
                certified(certificates, now, words),
                everything(&modules, now, words),
            ]
            .collect_view()
            .into_any()
        };
        view! {
            <StudentPage frame title=t!(words, "student-home") student=name.clone() classroom>
                <PageHeader title=t!(words, "student-hello", name = name) />
                {student.card_waits.then(|| view! { <CardWaits words /> })}
                {announcements(told, now, words)}
                {content}
                <EndSession csrf words />
            </StudentPage>
        }
    })
    .await
}

/// The return card was passed over, and is still there.
#[component]
fn CardWaits(words: Words) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning word=t!(words, "student-card-word")>
            {t!(words, "student-card-waits")} " " <a href=CARD_PATH>{t!(words, "student-card-show")}</a>
        </Notice>
    }
}

/// What the teacher tells the class; nothing where nothing is told.
fn announcements(told: Vec<Announcement>, now: Now, words: Words) -> AnyView {
    if told.is_empty() {
        return ().into_any();
    }
    let cards = told.into_iter().map(|one| view! { <Card><Told announcement=one now words /></Card> }).collect_view();
    view! { <Section title=t!(words, "student-announcements")>{cards}</Section> }.into_any()
}

/// Certificates they were given; nothing where there is none.
fn certified(certificates: Vec<Certificate>, now: Now, words: Words) -> AnyView {
    if certificates.is_empty() {
        return ().into_any();
    }
    let rows = certificates
        .into_iter()
        .map(|certificate| {
            let given = t!(words, "student-certificate-given", day = now.day(certificate.issued_at, words));
            let (title, reason) = (certificate.title.clone(), certificate.reason.clone().unwrap_or_default());
            if certificate.holds() {
                let href = student_path(certificate.id);
                return view! { <LinkRow href title=t!(words, "student-certificate", title = title) detail=Some(given) /> }
                    .into_any();
            }
            let ended = t!(words, "student-certificate-ended", title = title, reason = reason);
            view! {
                <li class="link-row">
                    <p>{ended}</p>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <Section title=t!(words, "student-certificates")>
            <LinkList>{rows}</LinkList>
        </Section>
    }
    .into_any()
}

/// What to do now.
fn next(next: Option<Entry<'_>>, now: Now, words: Words) -> AnyView {
    let Some(Entry { module, item }) = next else {
        return view! {
            <NextCard label=t!(words, "student-all-done") title=t!(words, "student-all-done-title")>
                <p>{t!(words, "student-all-done-text")}</p>
            </NextCard>
        }
        .into_any();
    };
    let label = format!("{} · {}", t!(words, "student-next"), module.title);
    let (about, state) = (row_about(item, now, words), status(item.state, now, words));
    let (href, start) = (item.path(), start(item, words));
    view! {
        <NextCard label title=item.title.clone()>
            <p class="next-about">{about} " " {state}</p>
            <Actions>
                <ButtonLink href>{start}</ButtonLink>
            </Actions>
        </NextCard>
    }
    .into_any()
}

fn start(item: &Item, words: Words) -> &'static str {
    match item.state {
        State::Started | State::DraftSaved => t!(words, "student-go-on"),
        _ if item.lesson.is_some() => t!(words, "student-open"),
        _ => t!(words, "student-start"),
    }
}

/// Grades that are new; nothing where there is none.
fn given_back(plan: &Plan<'_>, now: Now, words: Words) -> AnyView {
    if plan.returned.is_empty() {
        return ().into_any();
    }
    let rows = html! { @for item in &plan.returned { (row_of_student(item, now, words)) } };
    view! {
        <Section title=t!(words, "student-given-back")>
            <WrittenList rows />
        </Section>
    }
    .into_any()
}

/// What is due and what opens this week; nothing in a class without dates.
fn week(plan: &Plan<'_>, now: Now, words: Words) -> AnyView {
    if plan.week.is_empty() && plan.opening.is_empty() {
        return ().into_any();
    }
    let opening = |module: &Module| {
        let state = written_status(State::Locked(module.opens_at), now, words);
        link_row(&format!("#module-{}", module.id), &module.title, None, state)
    };
    let rows = html! {
        @for entry in &plan.week { (row_of_student(entry.item, now, words)) }
        @for module in &plan.opening { (opening(module)) }
    };
    view! {
        <Section title=t!(words, "student-week")>
            <WrittenList rows />
        </Section>
    }
    .into_any()
}

/// Every module with every material, each with its state in words.
fn everything(modules: &[Module], now: Now, words: Words) -> AnyView {
    let sections = modules
        .iter()
        .map(|module| {
            let rows = html! { @for item in &module.items { (row_of_student(item, now, words)) } };
            let about = if module.open {
                let asked = || module.items.iter().filter(|item| item.is_work());
                let done = asked().filter(|item| item.state.is_done()).count();
                let count = || t!(words, "student-done-of", done = done, of = asked().count());
                (asked().count() > 0).then(count).into_any()
            } else {
                status(State::Locked(module.opens_at), now, words)
            };
            view! {
                <section class="module" id=format!("module-{}", module.id)>
                    <div class="module-head">
                        <h3>{module.title.clone()}</h3>
                        <p class="module-about">{about}</p>
                    </div>
                    <WrittenList rows />
                </section>
            }
        })
        .collect_view();
    view! { <Section title=t!(words, "student-everything")>{sections}</Section> }.into_any()
}

/// Two ways to leave: on one's own device and on a shared one.
#[component]
fn EndSession(csrf: String, words: Words) -> impl IntoView {
    view! {
        <Section id="leave" title=t!(words, "student-leave")>
            <PostForm action="/student/session/end" csrf>
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "student-end-session")}</Button>
                    <Button weight=Weight::Quiet name="forget_device" value="yes">
                        {t!(words, "student-end-and-forget")}
                    </Button>
                </Actions>
            </PostForm>
            <p>{t!(words, "student-leave-hint")}</p>
            <p>
                <a href="/student/my-data">{t!(words, "student-my-data")}</a>
            </p>
        </Section>
    }
}
