//! Modules and materials of a class.

use super::progress::WorkProgress;
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    course::life::choosing_path,
    grading::progress::Progress,
    material::{
        outline::{Item, Module},
        pages::{kind_word, status},
        state::State,
        teach::{TO_GRADE, arrange_path, list::ModuleForm, material_path, module_path},
    },
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, EmptyState, LinkList, LinkRow, PostForm, Section, TextField, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::MaterialId;
use std::collections::HashMap;

/// The list, and the form of a new module.
pub struct List {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    pub modules: Vec<Module>,
    pub progress: HashMap<MaterialId, Progress>,
    pub form: FormState<ModuleForm>,
    pub now: Now,
}

/// Renders the page.
pub async fn list(frame: Frame, list: List) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let List { staff, classroom, may_change, modules, progress, form, now } = list;
        let has_work = !modules.is_empty();
        let title = format!("{} · {}", t!(words, "class-tab-work"), classroom.name);
        let empty = modules.is_empty().then(|| {
            let course = may_change.then(|| {
                view! { <ButtonLink href=choosing_path(classroom.id) weight=Weight::Secondary>{t!(words, "work-none-course")}</ButtonLink> }
            });
            view! { <EmptyState title=t!(words, "work-none") text=t!(words, "work-none-text")>{course}</EmptyState> }
        });
        let problems = form.problems(words);
        let first = modules.iter().flat_map(|module| &module.items).map(|item| item.id).find(|id| is_waiting(&progress, *id));
        let shared = Shared { classroom: classroom.clone(), progress, first, now, words };
        let sections = modules
            .into_iter()
            .map(|module| view! { <ModuleSection module shared=shared.clone() may_change /> })
            .collect_view();
        let action = format!("{}/modules", classroom.path());
        let arrange = may_change.then(|| {
            let href = arrange_path(&classroom);
            view! { <ButtonLink href weight=Weight::Secondary>{t!(words, "arrange-title")}</ButtonLink> }
        });
        let download = format!("{}/work.zip", classroom.path());
        let tools = has_work.then(|| {
            view! {
                <Actions>
                    {arrange}
                    <ButtonLink href=download weight=Weight::Secondary>{t!(words, "export-download")}</ButtonLink>
                </Actions>
            }
        });
        let add = may_change.then(|| view! { <AddModule form action csrf words /> });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Work words />
                <Problems words problems />
                {tools}
                {empty}
                {sections}
                {add}
            </StaffPage>
        }
    })
    .await
}

/// What the rows of the page share.
#[derive(Clone)]
struct Shared {
    classroom: Classroom,
    progress: HashMap<MaterialId, Progress>,
    /// The first material for whose work somebody waits: the list of classes leads there.
    first: Option<MaterialId>,
    now: Now,
    words: Words,
}

fn is_waiting(progress: &HashMap<MaterialId, Progress>, material: MaterialId) -> bool {
    progress.get(&material).is_some_and(|progress| progress.to_grade > 0)
}

#[component]
fn ModuleSection(module: Module, shared: Shared, may_change: bool) -> impl IntoView {
    let rows = module.items.iter().map(|item| row(item, &shared)).collect_view();
    let Shared { classroom, now, words, .. } = shared;
    let path = module_path(&classroom, module.id);
    let list = if module.items.is_empty() {
        view! { <p>{t!(words, "module-empty")}</p> }.into_any()
    } else {
        view! { <LinkList>{rows}</LinkList> }.into_any()
    };
    let locked = (!module.open).then(|| view! { <p>{status(State::Locked(module.opens_at), now, words)}</p> });
    let [add_to, edit] = [(); 2].map(|()| module.title.clone());
    let actions = may_change.then(|| {
        view! {
            <Actions>
                <ButtonLink href=format!("{path}/materials/new") weight=Weight::Secondary>
                    {t!(words, "material-add")}
                    <span class="visually-hidden">" " {add_to}</span>
                </ButtonLink>
                <ButtonLink href=path weight=Weight::Quiet>
                    {t!(words, "module-edit")}
                    <span class="visually-hidden">" " {edit}</span>
                </ButtonLink>
            </Actions>
        }
    });
    view! {
        <div id=format!("module-{}", module.id)>
            <Section title=module.title>{locked} {list} {actions}</Section>
        </div>
    }
    .into_any()
}

fn row(item: &Item, shared: &Shared) -> AnyView {
    let Shared { classroom, progress, first, now, words } = shared;
    let words = *words;
    let kind_said = if item.lesson.is_some() { t!(words, "material-kind-lesson") } else { kind_word(item.kind, words) };
    let detail = match item.due_at {
        Some(due_at) => format!("{kind_said} · {}", t!(words, "material-due", at = now.moment(due_at, words))),
        None => kind_said.to_owned(),
    };
    let (href, title) = (material_path(classroom, item.id), item.title.clone());
    let Some(progress) = progress.get(&item.id).copied() else {
        return view! { <LinkRow href title detail=Some(detail) /> }.into_any();
    };
    let (material, kind, anchor) = (item.id, item.kind, (*first == Some(item.id)).then_some(TO_GRADE));
    view! {
        <LinkRow href title=title.clone() detail=Some(detail)>
            <span class="progress" id=anchor>
                <WorkProgress material title progress kind words />
            </span>
        </LinkRow>
    }
    .into_any()
}

#[component]
fn AddModule(form: FormState<ModuleForm>, action: String, csrf: String, words: Words) -> impl IntoView {
    let error = form.error("title", words);
    let ModuleForm { title, idempotency_key } = form.typed;
    view! {
        <Section title=t!(words, "module-new")>
            <PostForm action csrf>
                {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                <TextField
                    label=t!(words, "module-title")
                    name="title"
                    value=title
                    hint=t!(words, "module-title-hint")
                    error
                    maxlength=200
                />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "module-add")}</Button>
                </Actions>
            </PostForm>
        </Section>
    }
    .into_any()
}
