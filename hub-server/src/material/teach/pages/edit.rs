//! The form of a material, new or standing.

use super::conflict::Conflict;
use crate::{
    classroom::Classroom,
    material::{
        Kind, Material,
        pages::kind_word,
        teach::{
            form::{ENDINGS, MAX_NAMING_CHARS, MAX_SOURCE_CHARS, MAX_TITLE_CHARS, MaterialForm},
            list_path, material_path, module_path,
            store::{LastChange, ListedLesson},
        },
    },
    t,
    ui::{
        fields::{ChangeForm, OnceOnly},
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Choice, HiddenField, Notice, PageHeader, Select, TextArea, TextField};
use leptos::prelude::*;
use shared_types::ids::ModuleId;

/// What is being edited.
#[derive(Clone, Debug)]
pub enum Editing {
    New {
        module: ModuleId,
        kind: Kind,
    },
    Standing(Box<Material>),
    /// Somebody else saved it while the form was being filled.
    Overtaken {
        material: Box<Material>,
        saved: Box<MaterialForm>,
        last: LastChange,
    },
}

/// The form and what it offers.
pub struct EditPage {
    pub staff: Staff,
    pub classroom: Classroom,
    pub editing: Editing,
    /// What a link may lead to.
    pub lessons: Vec<ListedLesson>,
    pub form: FormState<MaterialForm>,
    pub now: Now,
}

/// Renders the page.
pub async fn edit(frame: Frame, page: EditPage) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let EditPage { staff, classroom, editing, lessons, form, now } = page;
        let mut overtaken = None;
        let (title, kind, action, back, imported) = match editing {
            Editing::New { module, kind } => {
                let action = format!("{}/materials?kind={}", module_path(&classroom, module), kind.word());
                (t!(words, "material-new").to_owned(), kind, action, list_path(&classroom), false)
            }
            Editing::Overtaken { material, saved, last } => {
                let (path, kind) = (material_path(&classroom, material.id), material.settings.kind());
                let (mine, lessons, theirs) = (form.typed.clone(), lessons.clone(), format!("{path}/edit"));
                let conflict = view! { <Conflict mine saved=*saved last kind lessons theirs now words /> };
                overtaken = Some(conflict.into_any());
                (material.title, kind, format!("{path}/edit"), path, material.imported)
            }
            Editing::Standing(material) => {
                let path = material_path(&classroom, material.id);
                (material.title, material.settings.kind(), format!("{path}/edit"), path, material.imported)
            }
        };
        let problems = form.problems(words);
        let button = if overtaken.is_some() { t!(words, "material-save-anyway") } else { t!(words, "form-save") };
        let fields = view! { <Fields kind lessons form zone=now.zone.name() words /> };
        let notice = imported.then(|| {
            view! { <Notice word=t!(words, "notice-word-info")>{t!(words, "material-imported")}</Notice> }
        });
        view! {
            <StaffPage frame title=title.clone() staff classroom>
                <BackLink href=back.clone()>{t!(words, "form-back")}</BackLink>
                <PageHeader title lead=kind_word(kind, words) />
                {notice}
                {overtaken}
                <ChangeForm words problems action csrf back button>
                    {fields}
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Fields(
    kind: Kind,
    lessons: Vec<ListedLesson>,
    form: FormState<MaterialForm>,
    zone: &'static str,
    words: Words,
) -> impl IntoView {
    let error = |name: &str| form.error(name, words);
    let errors = ["title", "due", "source", "url", "items", "criteria"].map(error);
    let own = matches!(kind, Kind::Upload | Kind::Gallery).then(|| handing(&form, words));
    let [title_error, due_error, source_error, url_error, items_error, criteria_error] = errors;
    let typed = form.typed;
    let link = (kind == Kind::Link).then(|| link(lessons, typed.lesson, typed.url, url_error, words));
    let source = (kind != Kind::Link).then(|| {
        let needed = matches!(kind, Kind::Text | Kind::Reflection);
        let label = if kind == Kind::Text { t!(words, "material-text") } else { t!(words, "material-task") };
        view! {
            <TextArea
                label
                name="source"
                value=typed.source
                hint=t!(words, "material-markdown-hint")
                error=source_error
                rows=8
                required=needed
                maxlength=MAX_SOURCE_CHARS
            />
        }
    });
    let items = (kind == Kind::Checklist).then(|| {
        let (label, hint) = (t!(words, "material-items"), t!(words, "material-items-hint"));
        view! { <TextArea label name="items" value=typed.items hint error=items_error rows=8 /> }
    });
    let criteria = (kind == Kind::Rubric).then(|| {
        let (label, hint) = (t!(words, "material-criteria"), t!(words, "material-criteria-hint"));
        view! { <TextArea label name="criteria" value=typed.criteria hint error=criteria_error rows=12 /> }
    });
    let version = (!typed.version.is_empty()).then(|| view! { <HiddenField name="version" value=typed.version /> });
    let due_hint = t!(words, "material-due-hint", zone = zone);
    view! {
        {typed.idempotency_key.map(|key| view! { <OnceOnly key /> })}
        {version}
        <TextField
            label=t!(words, "material-title")
            name="title"
            value=typed.title
            error=title_error
            maxlength=MAX_TITLE_CHARS
        />
        {link}
        {source}
        {items}
        {criteria}
        {own}
        <TextField
            label=t!(words, "material-due-label")
            name="due"
            value=typed.due
            kind="datetime-local"
            hint=due_hint
            error=due_error
            required=false
        />
    }
    .into_any()
}

fn link(lessons: Vec<ListedLesson>, lesson: String, url: String, error: Option<String>, words: Words) -> AnyView {
    let choice = (!lessons.is_empty()).then(|| {
        let none = Choice::new("", t!(words, "material-no-lesson"));
        let choices =
            [none].into_iter().chain(lessons.into_iter().map(|one| Choice::new(one.id.to_string(), one.title)));
        let choices = choices.collect::<Vec<_>>();
        view! { <Select label=t!(words, "material-lesson") name="lesson" choices value=lesson /> }
    });
    view! {
        {choice}
        <TextField
            label=t!(words, "material-url")
            name="url"
            value=url
            hint=t!(words, "material-url-hint")
            error
            required=false
            maxlength=2000
        />
    }
    .into_any()
}

fn handing(form: &FormState<MaterialForm>, words: Words) -> AnyView {
    let [accepted_error, size_error, naming_error] =
        ["accepted", "max_mb", "naming"].map(|name| form.error(name, words));
    let MaterialForm { accepted, max_mb, naming, .. } = form.typed.clone();
    let hint = t!(words, "material-accepted-hint", endings = ENDINGS.join(", "));
    view! {
        <TextField
            label=t!(words, "material-accepted-label")
            name="accepted"
            value=accepted
            hint
            error=accepted_error
            required=false
        />
        <TextField label=t!(words, "material-size-label") name="max_mb" value=max_mb kind="number" error=size_error />
        <TextField
            label=t!(words, "material-naming-label")
            name="naming"
            value=naming
            hint=t!(words, "material-naming-hint")
            error=naming_error
            required=false
            maxlength=MAX_NAMING_CHARS
        />
    }
    .into_any()
}
