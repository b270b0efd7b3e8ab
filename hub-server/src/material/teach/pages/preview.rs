//! A material as students see it, for staff, with what they may do about it.

use super::progress::WorkProgress;
use crate::{
    classroom::Classroom,
    grading::{self, progress::Progress},
    material::{
        Material,
        pages::{Body, Form, kind_word, status},
        state::State,
        teach::{list_path, material_path},
    },
    submission::{pages::ShownToClass, store::SharedWork},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{BackLink, ButtonLink, Notice, PageHeader, Weight};
use leptos::prelude::*;

/// The material, for staff.
pub struct Preview {
    pub staff: Staff,
    pub classroom: Classroom,
    pub material: Material,
    pub may_change: bool,
    /// Where students hand something in.
    pub progress: Option<Progress>,
    /// What the class sees of a gallery; none of another kind.
    pub shown: Option<Vec<SharedWork>>,
    pub now: Now,
}

/// Renders the page.
pub async fn preview(frame: Frame, page: Preview) -> Response {
    render(move || {
        let words = frame.words;
        let Preview { staff, classroom, material, may_change, progress, shown, now } = page;
        let shown = shown.map(|shared| {
            let (class_path, csrf) = (classroom.path(), frame.csrf.clone());
            view! { <ShownToClass class_path shared may_change csrf now words /> }
        });
        let (list, path) = (list_path(&classroom), material_path(&classroom, material.id));
        let title = material.title.clone();
        let kind = kind_word(material.settings.kind(), words);
        let lead = match material.due_at {
            Some(due_at) => format!("{kind} · {}", t!(words, "material-due", at = now.moment(due_at, words))),
            None => kind.to_owned(),
        };
        let locked = (!material.open).then(|| view! { <p>{status(State::Locked(material.opens_at), now, words)}</p> });
        let grade = material.settings.kind().is_answered().then(|| {
            view! { <ButtonLink href=grading::path(material.id)>{t!(words, "material-grade")}</ButtonLink> }
        });
        let actions = may_change.then(|| {
            view! {
                <ButtonLink href=format!("{path}/edit") weight=Weight::Secondary>{t!(words, "material-edit")}</ButtonLink>
                <ButtonLink href=format!("{path}/deletion") weight=Weight::Danger>{t!(words, "material-delete")}</ButtonLink>
            }
        });
        let progress = progress.map(|progress| {
            let (kind, material, title) = (material.settings.kind(), material.id, title.clone());
            view! { <p><WorkProgress material title progress kind words /></p> }
        });
        let body = view! { <Body material form=Form::default() csrf="" now words /> };
        view! {
            <StaffPage frame title=title.clone() staff classroom>
                <BackLink href=list>{t!(words, "class-tab-work")}</BackLink>
                <PageHeader title lead>{grade} {actions}</PageHeader>
                {progress}
                {locked}
                <Notice word=t!(words, "lesson-preview")>{t!(words, "material-preview-text")}</Notice>
                {body}
                {shown}
            </StaffPage>
        }
    })
    .await
}
