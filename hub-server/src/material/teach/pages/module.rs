//! A module: its title, and taking it away.

use super::affected_sentence;
use crate::{
    classroom::Classroom,
    material::teach::{list::ModuleForm, list_path, module_path, store::Affected},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, PageHeader, PostForm, Section, TextField, Weight};
use leptos::prelude::*;
use shared_types::ids::ModuleId;

/// The module and its form.
pub struct ModulePage {
    pub staff: Staff,
    pub classroom: Classroom,
    pub module: ModuleId,
    /// As it stands.
    pub title: String,
    pub affected: Affected,
    pub form: FormState<ModuleForm>,
}

/// Renders the page.
pub async fn module(frame: Frame, page: ModulePage) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let ModulePage { staff, classroom, module, title, affected, form } = page;
        let (list, path) = (list_path(&classroom), module_path(&classroom, module));
        let (problems, error) = (form.problems(words), form.error("title", words));
        let rename = view! {
            <PostForm action=path.clone() csrf=csrf.clone()>
                <TextField label=t!(words, "module-title") name="title" value=form.typed.title error maxlength=200 />
                <Actions>
                    <Button>{t!(words, "form-save")}</Button>
                </Actions>
            </PostForm>
        }
        .into_any();
        let delete = view! {
            <Section title=t!(words, "module-delete-title")>
                <p>{t!(words, "module-delete-text")}</p>
                <p>{affected_sentence(affected, words)}</p>
                <PostForm action=format!("{path}/deletion") csrf>
                    <Button weight=Weight::Danger>{t!(words, "module-delete")}</Button>
                </PostForm>
            </Section>
        }
        .into_any();
        view! {
            <StaffPage frame title=title.clone() staff classroom>
                <BackLink href=list>{t!(words, "class-tab-work")}</BackLink>
                <PageHeader title />
                <Problems words problems />
                {rename}
                {delete}
            </StaffPage>
        }
    })
    .await
}
