//! Where a material or a module goes.

use crate::{
    classroom::Classroom,
    material::{
        Material,
        structure::{Target, TargetClass},
        teach::{
            arrange_path, material_path,
            transfer::{CopyForm, TransferForm},
        },
    },
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, Choice, PageHeader, PostForm, Select, Weight, Width};
use leptos::prelude::*;

/// A material, and every module it may go to.
pub struct Transfer {
    pub staff: Staff,
    pub classroom: Classroom,
    pub material: Material,
    pub targets: Vec<Target>,
    /// Students worked on it: it stays in their class.
    pub has_work: bool,
    pub form: FormState<TransferForm>,
}

/// Renders the page.
pub async fn transfer(frame: Frame, page: Transfer) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Transfer { staff, classroom, material, targets, has_work, form } = page;
        let (problems, error) = (form.problems(words), form.error("to", words));
        let chosen = form.typed.to.unwrap_or(material.module).to_string();
        let elsewhere = if has_work { t!(words, "transfer-elsewhere-copy") } else { t!(words, "transfer-elsewhere") };
        let choices = targets
            .into_iter()
            .map(|target| {
                let group = if target.classroom == classroom.id { t!(words, "transfer-here") } else { elsewhere };
                let label = format!("{} · {}", target.classroom_name, target.title);
                Choice::new(target.module.to_string(), label).within(group)
            })
            .collect::<Vec<_>>();
        let lead = if has_work { t!(words, "transfer-lead-work") } else { t!(words, "transfer-lead") };
        let title = t!(words, "transfer-title", title = material.title);
        let action = format!("{}/transfer", material_path(&classroom, material.id));
        view! {
            <StaffPage frame title=title.clone() staff classroom=classroom.clone() width=Width::Narrow>
                <BackLink href=arrange_path(&classroom)>{t!(words, "arrange-title")}</BackLink>
                <PageHeader title lead />
                <Problems words problems />
                <PostForm action csrf>
                    {form.typed.idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    <Select label=t!(words, "transfer-to") name="to" choices value=chosen error />
                    <Actions>
                        <Button name="act" value="copy">{t!(words, "transfer-copy")}</Button>
                        <Button weight=Weight::Secondary name="act" value="move">{t!(words, "transfer-move")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// A module, and every class it may be copied to.
pub struct ModuleCopy {
    pub staff: Staff,
    pub classroom: Classroom,
    pub title: String,
    pub classes: Vec<TargetClass>,
    pub action: String,
    pub back: String,
    pub form: FormState<CopyForm>,
}

/// Renders the page.
pub async fn module_copy(frame: Frame, page: ModuleCopy) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let ModuleCopy { staff, classroom, title, classes, action, back, form } = page;
        let (problems, error) = (form.problems(words), form.error("to", words));
        let chosen = form.typed.to.map(|to| to.to_string()).unwrap_or_default();
        let choices = classes.into_iter().map(|class| Choice::new(class.id.to_string(), class.name)).collect();
        let title = t!(words, "module-copy-title", title = title);
        view! {
            <StaffPage frame title=title.clone() staff classroom width=Width::Narrow>
                <BackLink href=back>{t!(words, "class-tab-work")}</BackLink>
                <PageHeader title lead=t!(words, "module-copy-lead") />
                <Problems words problems />
                <PostForm action csrf>
                    {form.typed.idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    <Select label=t!(words, "module-copy-to") name="to" choices value=chosen error />
                    <Actions>
                        <Button>{t!(words, "transfer-copy")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
