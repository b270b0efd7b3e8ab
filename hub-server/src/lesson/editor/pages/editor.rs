//! The editor: a form with everything that can be written, and the preview beside it.

use super::{
    comparison::Differences,
    preview::{DraftState, Preview, PreviewPane, UnseenFiles},
};
use crate::{
    asset::store::Unseen,
    course::store::Course,
    lesson::editor::{
        compare::Line,
        drafts::{OtherDraft, Saved},
        fields::Fields,
        form::Typed,
    },
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render_with_island},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use chrono::{DateTime, Utc};
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, FieldProblem, FileField, HiddenField, Notice, PageHeader, PostForm,
    TextArea, TextField, Tone, Weight, Width, WithAside,
};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// The form's id: a button of it may stand elsewhere on the page.
pub const FORM: &str = "lesson-form";

/// What the form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Published,
    /// A draft of this revision, saved then.
    Draft(i32, DateTime<Utc>),
    /// Another window saved this revision; what is typed here was not saved.
    Stale(i32),
}

impl Standing {
    pub const fn of(saved: Saved, now: DateTime<Utc>) -> Self {
        match saved {
            Saved::As(revision) => Self::Draft(revision, now),
            Saved::Stale(revision) => Self::Stale(revision),
        }
    }

    const fn revision(self) -> i32 {
        match self {
            Self::Published => 0,
            Self::Draft(revision, _) | Self::Stale(revision) => revision,
        }
    }
}

/// What was published since, from another window or by somebody else.
pub struct Meanwhile {
    pub version: i32,
    pub by: Publisher,
    pub places: Vec<Vec<Line>>,
}

/// Who published a version, for whoever writes on the lesson.
pub enum Publisher {
    /// The same person, in another window.
    Reader,
    /// Somebody of this name.
    Other(String),
    Import,
}

/// Everything on the page.
pub struct Editor {
    /// Where the form is sent.
    pub action: String,
    pub staff: Staff,
    pub course: Course,
    pub lesson: Option<LessonId>,
    /// What students see now; 0 for a new lesson.
    pub version: i32,
    pub typed: Typed,
    /// What describes a picture that was not taken.
    pub alt: String,
    pub unseen: Vec<Unseen>,
    pub standing: Standing,
    pub problems: Vec<FieldProblem>,
    pub preview: Option<Preview>,
    pub others: Vec<OtherDraft>,
    pub meanwhile: Option<Meanwhile>,
    pub now: Now,
}

/// Renders the page.
pub async fn editor(frame: Frame, page: Editor) -> Response {
    render_with_island(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Editor {
            action,
            staff,
            course,
            lesson,
            version,
            typed,
            alt,
            unseen,
            standing,
            problems,
            preview,
            others,
            meanwhile,
            now,
        } = page;
        let title = match lesson {
            Some(_) if !typed.fields.title.trim().is_empty() => typed.fields.title.clone(),
            Some(_) => t!(words, "editor-edit").to_owned(),
            None => t!(words, "editor-new").to_owned(),
        };
        let history = lesson.map(|lesson| {
            view! {
                <ButtonLink href=course.history_path(lesson) weight=Weight::Secondary>
                    {t!(words, "history-title")}
                </ButtonLink>
            }
        });
        let lead = if version == 0 {
            t!(words, "editor-lead-new").to_owned()
        } else {
            t!(words, "editor-lead", version = version)
        };
        let notices = notices(standing, others, meanwhile, now, words);
        let shared = Shared { action, csrf, version, standing, words };
        let form = view! { <LessonFields shared typed alt problems=problems.clone() /> }.into_any();
        let unseen = view! {
            <div data-unseen="">
                <UnseenFiles unseen words />
            </div>
        }
        .into_any();
        let pane = view! {
            <section class="preview" data-preview="" tabindex="0" aria-label=t!(words, "editor-preview")>
                <div class="preview-state">
                    <DraftState standing is_new=version == 0 now words />
                </div>
                <div class="preview-shown">
                    <PreviewPane preview words />
                </div>
            </section>
        }
        .into_any();
        view! {
            <StaffPage frame title=title.clone() staff width=Width::Wide>
                <BackLink href=course.path()>{course.title.clone()}</BackLink>
                <PageHeader title lead>{history}</PageHeader>
                <Problems words problems />
                {notices}
                {unseen}
                <WithAside aside=pane label=t!(words, "editor-preview") jump=t!(words, "editor-to-preview")>
                    {form}
                </WithAside>
            </StaffPage>
        }
    })
    .await
}

/// What somebody who writes has to know first.
fn notices(
    standing: Standing,
    others: Vec<OtherDraft>,
    meanwhile: Option<Meanwhile>,
    now: Now,
    words: Words,
) -> AnyView {
    let stale = matches!(standing, Standing::Stale(_)).then(|| {
        view! {
            <Notice tone=Tone::Warning word=t!(words, "notice-word-careful")>
                {t!(words, "editor-stale-text")}
            </Notice>
        }
    });
    let others = others.into_iter().map(|other| {
        let text = t!(words, "editor-other", name = other.by, since = now.since(other.saved_at, words));
        view! { <Notice word=t!(words, "notice-word-info")>{text}</Notice> }
    });
    let meanwhile = meanwhile.map(|meanwhile| {
        let text = match meanwhile.by {
            Publisher::Reader => t!(words, "editor-meanwhile-own", version = meanwhile.version),
            Publisher::Other(by) => t!(words, "editor-meanwhile-by", name = by, version = meanwhile.version),
            Publisher::Import => t!(words, "editor-meanwhile", version = meanwhile.version),
        };
        view! {
            <Notice tone=Tone::Warning word=t!(words, "notice-word-careful")>
                {text}
            </Notice>
            <details open=true>
                <summary>{t!(words, "editor-meanwhile-what")}</summary>
                <Differences caption=t!(words, "editor-meanwhile-what") places=meanwhile.places words />
            </details>
        }
    });
    view! {
        {stale}
        {others.collect_view()}
        {meanwhile}
    }
    .into_any()
}

/// What the form's parts share.
#[derive(Clone)]
struct Shared {
    action: String,
    csrf: String,
    version: i32,
    standing: Standing,
    words: Words,
}

#[component]
fn LessonFields(shared: Shared, typed: Typed, alt: String, problems: Vec<FieldProblem>) -> impl IntoView {
    let Shared { action, csrf, version, standing, words } = shared;
    let error =
        |field: &str| problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone());
    let head = head_fields(&typed.fields, &error, words);
    let body = view! {
        <TextArea
            label=t!(words, "editor-body")
            name="body"
            value=typed.body
            hint=t!(words, "editor-body-hint")
            error=error("body")
            rows=24
            required=false
        />
    }
    .into_any();
    let more = more_fields(&typed.fields, &error, words);
    let pictures = format!("{}/pictures", action.trim_end_matches("/edit"));
    let picture = picture_fields(pictures.clone(), alt, error("picture"), words);
    let buttons = buttons(standing, words);
    view! {
        <div
            class="editor"
            data-editor=pictures
            data-away=t!(words, "editor-away")
            data-sign-in=t!(words, "editor-sign-in")
            data-sending=t!(words, "editor-sending")
            data-not-sent=t!(words, "editor-not-sent")
        >
            <PostForm action csrf id=FORM>
                <HiddenField name="base_version" value=version.to_string() />
                <HiddenField name="revision" value=standing.revision().to_string() />
                {head}
                {body}
                {more}
                {buttons}
                {picture}
            </PostForm>
        </div>
    }
}

fn buttons(standing: Standing, words: Words) -> AnyView {
    // Shown once there is a draft; the script does so after the first saving.
    let nothing_to_discard = standing == Standing::Published;
    view! {
        <div class="editor-buttons">
            <p class="editor-state" role="status"></p>
            <Actions>
                <Button weight=Weight::Secondary name="go" value="preview">
                    {t!(words, "editor-show-preview")}
                </Button>
                <Button name="go" value="publish">
                    {t!(words, "editor-publish")}
                </Button>
                <Button weight=Weight::Secondary name="go" value="draft">
                    {t!(words, "editor-save")}
                </Button>
                <span data-discard="" hidden=nothing_to_discard>
                    <Button weight=Weight::Quiet name="go" value="discard">
                        {t!(words, "editor-discard")}
                    </Button>
                </span>
            </Actions>
        </div>
    }
    .into_any()
}

/// Folded away, unless something is wrong in it.
fn picture_fields(action: String, alt: String, error: Option<String>, words: Words) -> AnyView {
    let opened = error.is_some();
    view! {
        <details class="editor-more" open=opened>
            <summary>{t!(words, "editor-pictures")}</summary>
            <TextField
                label=t!(words, "editor-picture-alt")
                name="alt"
                value=alt
                hint=t!(words, "editor-picture-alt-hint")
                required=false
            />
            <FileField
                label=t!(words, "editor-picture")
                name="picture"
                hint=t!(words, "editor-picture-hint")
                error=error
                accept="image/png,image/jpeg,image/gif,image/webp"
                required=false
            />
            <Actions>
                <Button weight=Weight::Secondary formaction=action multipart=true>
                    {t!(words, "editor-picture-add")}
                </Button>
            </Actions>
        </details>
    }
    .into_any()
}

fn head_fields(fields: &Fields, error: &impl Fn(&str) -> Option<String>, words: Words) -> AnyView {
    view! {
        <TextField label=t!(words, "editor-title") name="title" value=fields.title.clone() error=error("title") maxlength=200 />
        <TextField
            label=t!(words, "lesson-makes")
            name="makes"
            value=fields.makes.clone()
            hint=t!(words, "editor-makes-hint")
            error=error("makes")
            required=false
        />
    }
    .into_any()
}

/// What is changed less often, folded away.
fn more_fields(fields: &Fields, error: &impl Fn(&str) -> Option<String>, words: Words) -> AnyView {
    let names =
        ["minutes", "needs", "done_looks_like", "quick_fixes", "extend", "allowed_topics", "helper_notes", "others"];
    let opened = names.iter().any(|name| error(name).is_some());
    let lines = [
        ("needs", t!(words, "lesson-needs"), &fields.needs),
        ("done_looks_like", t!(words, "lesson-done-looks-like"), &fields.done_looks_like),
        ("quick_fixes", t!(words, "lesson-quick-fixes"), &fields.quick_fixes),
        ("extend", t!(words, "lesson-extend"), &fields.extend),
        ("allowed_topics", t!(words, "editor-topics"), &fields.allowed_topics),
    ]
    .into_iter()
    .map(|(name, label, value)| {
        view! {
            <TextArea label name value=value.clone() hint=t!(words, "editor-one-per-line") error=error(name) rows=3 required=false />
        }
    })
    .collect_view();
    view! {
        <details class="editor-more" open=opened>
            <summary>{t!(words, "editor-more")}</summary>
            <TextField
                label=t!(words, "editor-minutes")
                name="minutes"
                value=fields.minutes.clone()
                error=error("minutes")
                required=false
            />
            {lines}
            <TextArea
                label=t!(words, "editor-helper-notes")
                name="helper_notes"
                value=fields.helper_notes.clone()
                hint=t!(words, "editor-helper-notes-hint")
                error=error("helper_notes")
                rows=3
                required=false
            />
            <TextArea
                label=t!(words, "editor-others")
                name="others"
                value=fields.others.clone()
                hint=t!(words, "editor-others-hint")
                error=error("others")
                rows=8
                required=false
            />
        </details>
    }
    .into_any()
}
