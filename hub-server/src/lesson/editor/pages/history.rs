//! The versions of a lesson, and what changed between two of them.

use super::comparison::Differences;
use crate::{
    course::store::Course,
    lesson::editor::{compare::Line, store::VersionLine},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    BackLink, Button, ButtonLink, HiddenField, PageHeader, PostForm, Section, StatusWord, Table, Tone, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// Two versions beside one another.
pub struct Comparison {
    pub from: i32,
    pub to: i32,
    pub places: Vec<Vec<Line>>,
}

/// Everything on the page.
pub struct History {
    pub staff: Staff,
    pub course: Course,
    pub lesson: LessonId,
    /// Newest first; at least one.
    pub lines: Vec<VersionLine>,
    pub comparison: Option<Comparison>,
    pub now: Now,
}

/// Renders the page.
pub async fn history(frame: Frame, page: History) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let History { staff, course, lesson, lines, comparison, now } = page;
        let title = lines.iter().find(|line| line.current).map_or_else(String::new, |line| line.title.clone());
        let current = lines.iter().find(|line| line.current).map_or(0, |line| line.version);
        let (course_path, edit_path) = (course.path(), course.editor_path(Some(lesson)));
        let row = Row { path: course.history_path(lesson), csrf, current, now, words };
        let rows = lines.into_iter().map(|line| row.view(line)).collect_view();
        let headings = [
            t!(words, "history-version"),
            t!(words, "history-published"),
            t!(words, "history-by"),
            t!(words, "history-lesson-title"),
            t!(words, "history-actions"),
        ];
        let comparison = comparison.map(|comparison| {
            let caption = t!(words, "history-compared", from = comparison.from, to = comparison.to);
            view! {
                <Section title=t!(words, "history-differences")>
                    <Differences caption places=comparison.places words />
                </Section>
            }
        });
        view! {
            <StaffPage frame title=t!(words, "history-title") staff width=Width::Wide>
                <BackLink href=course_path>{course.title}</BackLink>
                <PageHeader title=t!(words, "history-title") lead=title>
                    <ButtonLink href=edit_path>{t!(words, "history-edit")}</ButtonLink>
                </PageHeader>
                {comparison}
                <Table caption=t!(words, "history-caption") headings=headings.map(str::to_owned).to_vec() stacked=true>
                    {rows}
                </Table>
            </StaffPage>
        }
    })
    .await
}

/// What the rows share.
struct Row {
    path: String,
    csrf: String,
    current: i32,
    now: Now,
    words: Words,
}

impl Row {
    fn view(&self, line: VersionLine) -> AnyView {
        let Self { path, csrf, current, now, words } = self;
        let (current, now, words, version) = (*current, *now, *words, line.version);
        let compare = (version > 1).then(|| {
            let href = format!("{path}?from={}&to={version}", version - 1);
            view! { <a href=href>{t!(words, "history-compare", from = version - 1)}</a> }
        });
        let with_current = (!line.current && version + 1 < current).then(|| {
            let href = format!("{path}?from={version}&to={current}");
            view! { <a href=href>{t!(words, "history-compare-current")}</a> }
        });
        let last = if line.current {
            view! { <StatusWord word=t!(words, "history-current") tone=Tone::Success /> }.into_any()
        } else {
            let action = format!("{}/versions/{version}/restoration", path.trim_end_matches("/history"));
            view! {
                <PostForm action csrf=csrf.clone() inline=true>
                    <HiddenField name="base_version" value=current.to_string() />
                    <Button weight=Weight::Quiet>
                        {t!(words, "history-restore")} <span class="visually-hidden">" " {version}</span>
                    </Button>
                </PostForm>
            }
            .into_any()
        };
        view! {
            <tr>
                <th scope="row" data-label=t!(words, "history-version")>
                    {version}
                </th>
                <td data-label=t!(words, "history-published")>{now.moment(line.published_at, words)}</td>
                <td data-label=t!(words, "history-by")>
                    {line.by.unwrap_or_else(|| t!(words, "history-import").to_owned())}
                </td>
                <td data-label=t!(words, "history-lesson-title")>{line.title}</td>
                <td>
                    <div class="row-actions">{compare} {with_current} {last}</div>
                </td>
            </tr>
        }
        .into_any()
    }
}
