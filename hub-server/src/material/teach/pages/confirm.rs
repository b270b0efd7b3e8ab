//! Whether a material is really to be taken away.

use super::affected_sentence;
use crate::{
    classroom::Classroom,
    material::{
        Material,
        teach::{material_path, store::Affected},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, PageHeader, PostForm, Weight};
use leptos::prelude::*;

/// Renders the page.
pub async fn confirm(
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    material: Material,
    affected: Affected,
) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let path = material_path(&classroom, material.id);
        let title = t!(words, "material-delete-title", title = material.title.clone());
        view! {
            <StaffPage frame title=title.clone() staff classroom>
                <BackLink href=path.clone()>{material.title}</BackLink>
                <PageHeader title />
                <p>{affected_sentence(affected, words)}</p>
                <PostForm action=format!("{path}/deletion") csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "material-delete")}</Button>
                        <ButtonLink href=path weight=Weight::Secondary>{t!(words, "form-keep")}</ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
