//! The roster tab, and what is asked before it is emptied.

use crate::{
    classroom::{
        Classroom,
        life::store::Contents,
        pages::{ClassHeader, Request, Tab, WaitingList},
        roster::{
            reset::ResetForm,
            show::{RosterQuery, Sort},
            store::RosterLine,
        },
    },
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
        written::{since, status_word},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, CSRF_FIELD, Checkbox, Drawing, EmptyState, GetForm, Heading, HiddenField,
    IconName, Notice, PageHeader, PostForm, SortedTable, TextField, Tone, Weight, Width,
};
use leptos::prelude::*;
use maud::{Markup, html};

/// Everyone in a class, and who wants to be let in.
pub struct Roster {
    pub staff: Staff,
    pub classroom: Classroom,
    /// How many there are in all.
    pub students: usize,
    /// Those that were looked for.
    pub lines: Vec<RosterLine>,
    pub query: RosterQuery,
    pub waiting: Vec<Request>,
    pub now: Now,
    pub may_change: bool,
}

/// Renders the page.
pub async fn roster(frame: Frame, roster: Roster) -> Response {
    let Roster { staff, classroom, students, lines, query, waiting, now, may_change } = roster;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", t!(words, "class-tab-roster"), classroom.name);
        let csrf_of_rows = may_change.then(|| csrf.clone());
        let path = classroom.roster_path();
        let content = if students == 0 {
            view! { <NobodyYet href=classroom.path() may_change path words /> }.into_any()
        } else {
            let nobody = lines.is_empty().then(|| view! { <p>{t!(words, "roster-nobody-found")}</p> });
            let table = (!lines.is_empty()).then(|| {
                let csrf = csrf_of_rows.clone();
                view! { <RosterTable classroom=classroom.clone() students lines query=query.clone() now words csrf /> }
            });
            view! {
                <Tools classroom=classroom.clone() query may_change words />
                {nobody}
                {table}
            }
            .into_any()
        };
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Roster words />
                <WaitingList classroom requests=waiting may_change now words csrf />
                {content}
            </StaffPage>
        }
    })
    .await
}

/// Search, and what is done with all of them.
#[component]
fn Tools(classroom: Classroom, query: RosterQuery, may_change: bool, words: Words) -> impl IntoView {
    let (path, class) = (classroom.roster_path(), classroom.path());
    let sort = query.sort.slug();
    let link = |href: String, label: &'static str| {
        view! { <ButtonLink href weight=Weight::Secondary>{label}</ButtonLink> }
    };
    let tools = may_change.then(|| {
        [
            link(format!("{path}/import"), t!(words, "roster-import")),
            link(format!("{class}/return-cards"), t!(words, "roster-cards")),
        ]
        .collect_view()
    });
    let reset = may_change.then(|| {
        view! {
            <ButtonLink href=format!("{path}/reset") weight=Weight::Quiet>{t!(words, "roster-reset")}</ButtonLink>
        }
    });
    view! {
        <div class="toolbar">
            <GetForm action=path.clone() inline=true>
                <HiddenField name="sort" value=sort />
                <TextField label=t!(words, "roster-search") name="q" value=query.q kind="search" required=false />
                <Button weight=Weight::Secondary>{t!(words, "roster-search-button")}</Button>
            </GetForm>
            <Actions>
                {link(format!("{class}/certificates"), t!(words, "certificates-title"))} {tools}
                {link(format!("{class}/join-card"), t!(words, "roster-join-card"))}
                {link(format!("{class}/roster.csv"), t!(words, "roster-csv"))} {reset}
            </Actions>
        </div>
    }
    .into_any()
}

/// `csrf` is there for those who may sign students out.
#[component]
fn RosterTable(
    classroom: Classroom,
    students: usize,
    lines: Vec<RosterLine>,
    query: RosterQuery,
    now: Now,
    words: Words,
    csrf: Option<String>,
) -> impl IntoView {
    let headings = headings(&classroom.roster_path(), &query, words);
    let caption = if lines.len() == students {
        t!(words, "roster-caption", students = students)
    } else {
        t!(words, "roster-found", found = lines.len(), students = students)
    };
    let rows = html! { @for line in &lines { (row(&classroom, line, csrf.is_some(), now, words)) } };
    let table = view! { <SortedTable caption headings rows=rows.into_string() /> };
    match csrf {
        // One form for all rows: each button names its own address.
        Some(csrf) => view! {
            <form method="post" action=classroom.roster_path()>
                <input type="hidden" name=CSRF_FIELD value=csrf />
                {table}
            </form>
        }
        .into_any(),
        None => table.into_any(),
    }
}

fn row(classroom: &Classroom, line: &RosterLine, may_change: bool, now: Now, words: Words) -> Markup {
    let path = classroom.student_path(line.student);
    html! {
        tr {
            th scope="row" { a href=(path) { (line.display_name) } }
            td { (since(line.joined_at, now, words)) }
            td {
                @match line.last_seen_at {
                    Some(at) => (since(at, now, words)),
                    None => (status_word(t!(words, "roster-expected"), Tone::Info, IconName::Clock)),
                }
            }
            td {
                @if line.signed_in {
                    (status_word(t!(words, "roster-signed-in"), Tone::Success, IconName::Person)) " "
                    @if may_change {
                        button type="submit" class=(Weight::Quiet.class()) formaction={ (path) "/sign-out" } {
                            (t!(words, "student-sign-out")) span.visually-hidden { " (" (line.display_name) ")" }
                        }
                    }
                } @else {
                    span { (t!(words, "roster-signed-out")) }
                }
            }
            td.number { (line.handed_in) }
            td.number { (line.asked) }
        }
    }
}

fn headings(path: &str, query: &RosterQuery, words: Words) -> Vec<Heading> {
    let sorted = |label: &str, sort: Sort| {
        let mut parameters = form_urlencoded::Serializer::new(String::new());
        parameters.append_pair("sort", sort.slug());
        if !query.q.is_empty() {
            parameters.append_pair("q", &query.q);
        }
        let href = format!("{path}?{}", parameters.finish());
        Heading { label: label.to_owned(), href: Some(href), sorted: query.sort == sort, falling: sort != Sort::Name }
    };
    vec![
        sorted(t!(words, "roster-name"), Sort::Name),
        sorted(t!(words, "roster-joined"), Sort::Joined),
        sorted(t!(words, "roster-last-seen"), Sort::Seen),
        Heading::plain(t!(words, "roster-session")),
        sorted(t!(words, "roster-handed-in"), Sort::Work),
        sorted(t!(words, "roster-asked"), Sort::Asked),
    ]
}

#[component]
fn NobodyYet(href: String, may_change: bool, path: String, words: Words) -> impl IntoView {
    let import = may_change.then(|| {
        view! {
            <ButtonLink href=format!("{path}/import") weight=Weight::Secondary>
                {t!(words, "roster-import")}
            </ButtonLink>
        }
    });
    view! {
        <EmptyState drawing=Drawing::Desks title=t!(words, "roster-empty") text=t!(words, "roster-empty-text")>
            <ButtonLink href>{t!(words, "roster-empty-action")}</ButtonLink>
            {import}
        </EmptyState>
    }
}

/// What goes when the roster is emptied.
pub async fn reset(
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    contents: Contents,
    form: FormState<ResetForm>,
) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (problems, error) = (form.problems(words), form.error("sure", words));
        let back = classroom.roster_path();
        let lines = [
            t!(words, "class-delete-students", count = contents.students),
            t!(words, "removal-submissions", count = contents.files),
            t!(words, "removal-responses", count = contents.answers),
            t!(words, "removal-certificates", count = contents.certificates),
        ]
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
        view! {
            <StaffPage frame title=t!(words, "reset-title") staff classroom width=Width::Narrow>
                <BackLink href=back.clone()>{t!(words, "class-tab-roster")}</BackLink>
                <PageHeader title=t!(words, "reset-title") lead=t!(words, "removal-lead-all") />
                <Problems words problems />
                <ul>{lines}</ul>
                <Notice tone=Tone::Info word=t!(words, "removal-careful")>
                    {t!(words, "reset-stays")}
                </Notice>
                <PostForm action=format!("{back}/reset") csrf>
                    <Checkbox label=t!(words, "reset-sure") name="sure" error />
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "reset-button")}</Button>
                        <ButtonLink href=back weight=Weight::Secondary>{t!(words, "form-cancel")}</ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
