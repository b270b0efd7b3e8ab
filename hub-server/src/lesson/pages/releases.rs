//! The class's Lessons tab: one row per lesson, its state in words, and the teacher's decision about it.

use super::OpeningWord;
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    course::life::choosing_path,
    lesson::release::{Opening, Release, handlers::ReleaseForm, store::ReleaseLine},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Column, EmptyState, FieldProblem, IconName, PostForm, Section, StatusWord, TextField,
    Tone, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// Every lesson of a class, and a form that was refused.
pub struct Releases {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    pub lines: Vec<ReleaseLine>,
    pub now: Now,
    pub refused: Option<(LessonId, FormState<ReleaseForm>)>,
}

/// What the rows of the page share.
#[derive(Clone)]
struct Shared {
    base: String,
    csrf: String,
    may_change: bool,
    now: Now,
    words: Words,
}

/// Renders the page.
pub async fn releases(frame: Frame, page: Releases) -> Response {
    let Releases { staff, classroom, may_change, lines, now, refused } = page;
    render(move || {
        let words = frame.words;
        let base = format!("{}/lessons", classroom.path());
        let shared = Shared { base, csrf: frame.csrf.clone(), may_change, now, words };
        let problems = refused.as_ref().map(|(lesson, form)| problems(*lesson, form, words)).unwrap_or_default();
        let empty = lines
            .is_empty()
            .then(|| view! { <NoLessons href=choosing_path(classroom.id) may_change words /> }.into_any());
        let hint = (may_change && !lines.is_empty()).then(|| {
            view! { <p class="field-hint">{t!(words, "release-hint", zone = now.zone.name())}</p> }
        });
        let courses = lines
            .chunk_by(|one, other| one.course == other.course)
            .map(|lines| course(lines, &shared, refused.as_ref()))
            .collect_view();
        view! {
            <StaffPage frame title=t!(words, "lesson-all") staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Lessons words />
                <Problems words problems />
                <Column>{hint} {courses}</Column>
                {empty}
            </StaffPage>
        }
    })
    .await
}

/// The summary's lines lead to the fields of the one form that was refused.
fn problems(lesson: LessonId, form: &FormState<ReleaseForm>, words: Words) -> Vec<FieldProblem> {
    let mut problems = form.problems(words);
    for problem in &mut problems {
        problem.field = format!("{}-{lesson}", problem.field);
    }
    problems
}

fn course(lines: &[ReleaseLine], shared: &Shared, refused: Option<&(LessonId, FormState<ReleaseForm>)>) -> AnyView {
    let rows = lines
        .iter()
        .map(|line| {
            let refused = refused.filter(|(lesson, _)| *lesson == line.lesson).map(|(_, form)| form.clone());
            view! { <Row line=line.clone() shared=shared.clone() refused /> }.into_any()
        })
        .collect_view();
    view! {
        <Section title=lines[0].course_title.clone()>
            <ul class="link-list">{rows}</ul>
        </Section>
    }
    .into_any()
}

#[component]
fn Row(line: ReleaseLine, shared: Shared, refused: Option<FormState<ReleaseForm>>) -> impl IntoView {
    let Shared { base, words, now, may_change, .. } = shared.clone();
    let lesson = line.lesson;
    let why = match line.release {
        Release::Course if line.course_opens_at.is_some() => t!(words, "release-by-course"),
        Release::Course => t!(words, "release-by-nobody"),
        _ => t!(words, "release-by-teacher"),
    };
    // Students would see work that is due, and could not begin it.
    let late = match line.opening {
        Opening::Open => None,
        Opening::At(at) => line.first_due.filter(|due| *due < at),
        Opening::Locked => line.first_due,
    };
    let late = late.map(|due| {
        let word = t!(words, "release-too-late", due = now.moment(due, words));
        view! { <StatusWord word tone=Tone::Warning icon=IconName::Warning /> }
    });
    let form = may_change.then(|| view! { <Decision line=line.clone() shared refused /> }.into_any());
    view! {
        <li class="link-row release-row" id=format!("lesson-{lesson}")>
            <div class="link-row-words">
                <a href=format!("{base}/{lesson}") lang=line.language>
                    {line.title}
                </a>
                <p class="link-row-detail">{why}</p>
            </div>
            <div class="link-row-end">
                <OpeningWord opening=line.opening now words />
                {late}
            </div>
            {form}
        </li>
    }
}

/// The form of one lesson. The first button is the one the Enter key presses.
#[component]
fn Decision(line: ReleaseLine, shared: Shared, refused: Option<FormState<ReleaseForm>>) -> impl IntoView {
    let Shared { base, csrf, now, words, .. } = shared;
    let lesson = line.lesson;
    let opened = refused.is_some();
    let (date_error, time_error) = (
        refused.as_ref().and_then(|form| form.error("date", words)),
        refused.as_ref().and_then(|form| form.error("time", words)),
    );
    let typed = refused.map_or_else(|| standing(&line, now), |form| form.typed);
    let by_course = line.release != Release::Course;
    view! {
        <details class="release" open=opened>
            <summary>
                {t!(words, "release-change")} <span class="visually-hidden">": " {line.title.clone()}</span>
            </summary>
            <PostForm action=format!("{base}/{lesson}/release") csrf>
                <div class="fields-inline">
                    <TextField
                        label=t!(words, "release-date")
                        name="date"
                        key=format!("date-{lesson}")
                        kind="date"
                        value=typed.date
                        error=date_error
                        required=false
                    />
                    <TextField
                        label=t!(words, "release-time")
                        name="time"
                        key=format!("time-{lesson}")
                        kind="time"
                        value=typed.time
                        error=time_error
                        required=false
                    />
                    <Button weight=Weight::Secondary name="state" value="scheduled">
                        {t!(words, "release-schedule")}
                    </Button>
                </div>
                <Actions>
                    <Button weight=Weight::Secondary name="state" value="open">
                        {t!(words, "release-open")}
                    </Button>
                    <Button weight=Weight::Secondary name="state" value="locked">
                        {t!(words, "release-lock")}
                    </Button>
                    {by_course
                        .then(|| {
                            view! {
                                <Button weight=Weight::Quiet name="state" value="course">
                                    {t!(words, "release-course")}
                                </Button>
                            }
                        })}
                </Actions>
            </PostForm>
        </details>
    }
}

/// The date that holds now, or tomorrow morning.
fn standing(line: &ReleaseLine, now: Now) -> ReleaseForm {
    let at = match line.release {
        Release::Scheduled(at) => Some(at),
        _ => line.course_opens_at,
    };
    let local = at.map(|at| at.with_timezone(&now.zone).naive_local());
    let local = local.unwrap_or_else(|| {
        let tomorrow = now.now.with_timezone(&now.zone).date_naive() + chrono::Days::new(1);
        tomorrow.and_time(chrono::NaiveTime::MIN) + chrono::Duration::hours(8)
    });
    let (date, time) = (local.format("%Y-%m-%d").to_string(), local.format("%H:%M").to_string());
    ReleaseForm { state: "scheduled".to_owned(), date, time }
}

#[component]
fn NoLessons(href: String, may_change: bool, words: Words) -> impl IntoView {
    view! {
        <EmptyState title=t!(words, "lesson-none") text=t!(words, "lesson-none-staff")>
            {may_change.then(|| view! { <ButtonLink href>{t!(words, "lesson-to-courses")}</ButtonLink> })}
        </EmptyState>
    }
}
