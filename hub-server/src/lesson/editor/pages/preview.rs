//! A lesson as students would see it, beside the form it is written in.

use super::editor::{FORM, Standing};
use crate::{
    asset::store::Unseen,
    course::{edit, store::Course},
    lesson::{
        pages::LessonText,
        release::Opening,
        store::{Lesson, LessonScope, Place},
    },
    t,
    ui::time::Now,
    web::Words,
};
use axum::{http::StatusCode, response::Response};
use helper_ui::ui::{FieldProblem, Icon, IconName, Notice, Tone, Weight};
use leptos::prelude::*;
use server_kit::page;
use shared_types::ids::LessonId;

/// A lesson that is not published.
#[derive(Clone, Debug)]
pub struct Preview {
    lesson: Lesson,
    files: String,
}

impl Preview {
    /// What was rendered for a lesson of `course`; without an id it is new.
    pub fn of(edit::Preview { lesson, edition }: edit::Preview, course: &Course, id: Option<LessonId>) -> Self {
        let files = format!("{}/lessons", course.path());
        let id = id.unwrap_or(LessonId(uuid::Uuid::nil()));
        let lesson = Lesson {
            scope: LessonScope {
                id,
                version: 0,
                course_title: course.title.clone(),
                title: lesson.title,
                makes: lesson.makes,
                contents: edition.rendered.contents,
                allowed_topics: lesson.allowed_topics,
            },
            course: course.id,
            opening: Opening::Open,
            language: course.language.clone(),
            introduction: edition.rendered.introduction,
            html: rebased(&edition.rendered.html, &files),
            needs: lesson.needs,
            done_looks_like: lesson.done_looks_like,
            quick_fixes: lesson.quick_fixes,
            extend: lesson.extend,
            videos: edition.videos,
            duration_minutes: lesson.duration_minutes,
            place: Place::default(),
        };
        Self { lesson, files }
    }
}

/// Addresses that are relative to a lesson's, made to lead from elsewhere: they all begin with a lesson's id.
fn rebased(html: &str, base: &str) -> String {
    let mut rebased = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) =
        ["src=\"", "href=\""].iter().filter_map(|start| rest.find(start).map(|at| at + start.len())).min()
    {
        let (before, after) = rest.split_at(at);
        rebased.push_str(before);
        if after.get(..36).is_some_and(|id| id.parse::<LessonId>().is_ok()) {
            rebased.extend([base, "/"]);
        }
        rest = after;
    }
    rebased.push_str(rest);
    rebased
}

/// The preview, or why there is none.
#[component]
pub fn PreviewPane(preview: Option<Preview>, words: Words) -> impl IntoView {
    match preview {
        Some(Preview { lesson, files }) => {
            let title = lesson.scope.title.clone();
            let lang = lesson.language.clone();
            let text = view! { <LessonText lesson files words /> }.into_any();
            view! {
                <p class="preview-title" lang=lang>
                    {title}
                </p>
                {text}
            }
            .into_any()
        }
        None => view! { <p class="field-hint">{t!(words, "editor-preview-empty")}</p> }.into_any(),
    }
}

/// What is said of a lesson while it is written.
#[derive(Clone, Debug)]
pub struct Following {
    pub standing: Standing,
    /// Nothing of it was ever published.
    pub is_new: bool,
    pub unseen: Vec<Unseen>,
    pub problems: Vec<FieldProblem>,
    pub changed_meanwhile: bool,
    pub now: Now,
}

/// What was saved, and when.
#[component]
pub fn DraftState(standing: Standing, is_new: bool, now: Now, words: Words) -> impl IntoView {
    let (icon, text) = match standing {
        Standing::Published if is_new => (IconName::Info, t!(words, "editor-not-saved-yet").to_owned()),
        Standing::Published => (IconName::Done, t!(words, "editor-published").to_owned()),
        Standing::Draft(_, at) => (IconName::Clock, t!(words, "editor-saved", moment = now.moment(at, words))),
        Standing::Stale(_) => (IconName::Warning, t!(words, "editor-stale").to_owned()),
    };
    view! {
        <p class="draft-state" id="draft-state">
            <Icon name=icon />
            " "
            {text}
        </p>
    }
}

/// Files the lesson shows that students would not see; one button lets them see all that are only hidden. It belongs to
/// the editor's form, wherever on the page it stands.
#[component]
pub fn UnseenFiles(unseen: Vec<Unseen>, words: Words) -> impl IntoView {
    if unseen.is_empty() {
        return ().into_any();
    }
    let hidden = unseen.iter().any(|file| !file.deleted);
    let lines = unseen
        .into_iter()
        .map(|Unseen { name, deleted, .. }| {
            let line = if deleted {
                t!(words, "editor-file-deleted", name = name)
            } else {
                t!(words, "editor-file-hidden", name = name)
            };
            view! { <li>{line}</li> }
        })
        .collect_view();
    let publish = hidden.then(|| {
        view! {
            <button type="submit" form=FORM class=Weight::Secondary.class() name="go" value="files">
                {t!(words, "editor-file-publish")}
            </button>
        }
    });
    view! {
        <Notice tone=Tone::Warning word=t!(words, "notice-word-careful")>
            <ul>{lines}</ul>
            {publish}
        </Notice>
    }
    .into_any()
}

/// The part of the page that follows the typing, alone. Without a preview the page keeps the one it has.
pub async fn fragment(words: Words, preview: Option<Preview>, following: Following) -> Response {
    page::render(StatusCode::OK, move || {
        let Following { standing, is_new, unseen, problems, changed_meanwhile, now } = following;
        let problems = problems.into_iter().map(|problem| view! { <li>{problem.message}</li> }).collect_view();
        let changed =
            changed_meanwhile.then(|| view! { <p class="field-error">{t!(words, "editor-changed-meanwhile")}</p> });
        let stale = matches!(standing, Standing::Stale(_)).then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "notice-word-careful")>
                    {t!(words, "editor-stale-live")}
                </Notice>
            }
        });
        let shown = preview.map(|preview| {
            view! {
                <div class="preview-shown">
                    <PreviewPane preview=Some(preview) words />
                </div>
            }
        });
        view! {
            <div class="preview-state">
                <DraftState standing is_new now words />
                {stale}
                {changed}
                <UnseenFiles unseen words />
                <ul class="preview-problems">{problems}</ul>
            </div>
            {shown}
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::rebased;

    #[test]
    fn a_lesson_s_own_addresses_lead_from_the_editor_too() {
        let id = "0190a000-0000-7000-8000-000000000001";
        let html = format!(
            "<img src=\"{id}/files/ab/a.png\"> <a href=\"{id}\">x</a> <a href=\"#h-a\">y</a> <a href=\"https://e\">"
        );
        assert_eq!(
            rebased(&html, "/c/lessons"),
            format!(
                "<img src=\"/c/lessons/{id}/files/ab/a.png\"> <a href=\"/c/lessons/{id}\">x</a> <a href=\"#h-a\">y</a> <a href=\"https://e\">"
            )
        );
    }
}
