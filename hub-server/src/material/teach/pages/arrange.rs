//! The order of a class's work, and what was deleted.

use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    material::{
        outline::{Item, Module},
        pages::kind_word,
        structure::{Deleted, UNDO_DAYS},
        teach::{list_path, material_path, module_path},
    },
    t,
    ui::{
        frame::{Frame, StaffPage, render_with_island},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Button, LinkList, PostForm, Section, Weight, Width};
use leptos::prelude::*;
use shared_types::ids::{MaterialId, ModuleId};

/// The class's modules, and what can be brought back.
pub struct Arrange {
    pub staff: Staff,
    pub classroom: Classroom,
    pub modules: Vec<Module>,
    pub deleted: Vec<Deleted>,
    pub now: Now,
}

/// Renders the page. All buttons stand in one form: each names its own address.
pub async fn arrange(frame: Frame, page: Arrange) -> Response {
    render_with_island(move || {
        let frame = frame.with_teaching_island();
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Arrange { staff, classroom, modules, deleted, now } = page;
        let list = list_path(&classroom);
        let title = format!("{} · {}", t!(words, "arrange-title"), classroom.name);
        let count = modules.len();
        let sections = modules
            .iter()
            .zip(1..)
            .map(|(module, place)| module_section(module, (place, count), &classroom, words))
            .collect_view();
        let gone = (!deleted.is_empty()).then(|| {
            let rows = deleted.into_iter().map(|one| deleted_row(one, &classroom, now, words)).collect_view();
            view! {
                <Section title=t!(words, "arrange-deleted")>
                    <p>{t!(words, "arrange-deleted-text", days = UNDO_DAYS)}</p>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Work words />
                <BackLink href=list.clone()>{t!(words, "class-tab-work")}</BackLink>
                <PostForm action=list csrf>
                    <h2>{t!(words, "arrange-title")}</h2>
                    {if count == 0 {
                        view! { <p>{t!(words, "arrange-nothing")}</p> }.into_any()
                    } else {
                        view! { <p class="arrange-keys">{t!(words, "arrange-keys")}</p> }.into_any()
                    }}
                    <div data-order="modules">{sections}</div>
                    {gone}
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// The place of something, and how many there are.
type PlaceOf = (usize, usize);

fn module_section(module: &Module, place: PlaceOf, classroom: &Classroom, words: Words) -> AnyView {
    let path = module_path(classroom, module.id);
    let count = module.items.len();
    let rows = module
        .items
        .iter()
        .zip(1..)
        .map(|(item, place)| item_row(item, (place, count), classroom, words))
        .collect_view();
    let title = module.title.clone();
    view! {
        <section class="module" id=format!("module-{}", module.id) data-place=format!("{path}/place")>
            <div class="module-head">
                <h3>{title.clone()}</h3>
                <div class="row-actions">
                    {up_and_down(&path, place, &title, words)}
                    <a href=format!("{path}/copy")>{t!(words, "arrange-copy")}{of(&title)}</a>
                    <a href=path.clone()>{t!(words, "module-edit")}{of(&title)}</a>
                </div>
            </div>
            <ul class="link-list" data-order="materials" data-module=module.id.to_string()>
                {rows}
            </ul>
        </section>
    }
    .into_any()
}

fn item_row(item: &Item, place: PlaceOf, classroom: &Classroom, words: Words) -> AnyView {
    let path = material_path(classroom, item.id);
    let kind = if item.lesson.is_some() { t!(words, "material-kind-lesson") } else { kind_word(item.kind, words) };
    let title = item.title.clone();
    view! {
        <li class="link-row" id=format!("material-{}", item.id) data-place=format!("{path}/place")>
            <div class="link-row-words">
                <a href=path.clone()>{title.clone()}</a>
                <p class="link-row-detail">{kind}</p>
            </div>
            <div class="row-actions">
                {up_and_down(&path, place, &title, words)}
                <a href=format!("{path}/transfer")>{t!(words, "arrange-transfer")}{of(&title)}</a>
                <a href=format!("{path}/deletion")>{t!(words, "arrange-delete")}{of(&title)}</a>
            </div>
        </li>
    }
    .into_any()
}

/// A button for each way that is open.
fn up_and_down(path: &str, (place, count): PlaceOf, title: &str, words: Words) -> AnyView {
    let button = |to: usize, label: &'static str| {
        let about = of(title);
        view! {
            <Button weight=Weight::Quiet formaction=format!("{path}/place") name="place" value=to.to_string()>
                {label}
                {about}
            </Button>
        }
        .into_any()
    };
    let up = (place > 1).then(|| button(place - 1, t!(words, "arrange-up")));
    let down = (place < count).then(|| button(place + 1, t!(words, "arrange-down")));
    view! {
        {up}
        {down}
    }
    .into_any()
}

/// What a button of a list is about, for those who hear the buttons alone.
fn of(title: &str) -> AnyView {
    view! { <span class="visually-hidden">": " {title.to_owned()}</span> }.into_any()
}

fn deleted_row(deleted: Deleted, classroom: &Classroom, now: Now, words: Words) -> AnyView {
    let Deleted { id, module_title, title, deleted_at } = deleted;
    let path = match module_title {
        Some(_) => material_path(classroom, MaterialId(id)),
        None => module_path(classroom, ModuleId(id)),
    };
    let kind = module_title.unwrap_or_else(|| t!(words, "arrange-module").to_owned());
    let detail = format!("{kind} · {}", now.since(deleted_at, words));
    view! {
        <li class="link-row">
            <div class="link-row-words">
                <span class="link-row-title">{title.clone()}</span>
                <p class="link-row-detail">{detail}</p>
            </div>
            <div class="link-row-end">
                <Button weight=Weight::Secondary formaction=format!("{path}/restoration")>
                    {t!(words, "class-bring-back")}
                    {of(&title)}
                </Button>
            </div>
        </li>
    }
    .into_any()
}
