//! Before a class is deleted: what goes, and for how long it can be brought back.

use crate::{
    classroom::{
        Classroom,
        life::{UNDO_DAYS, store::Contents},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, Notice, PageHeader, PostForm, Tone, Weight, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn deletion(frame: Frame, staff: Staff, classroom: Classroom, contents: Contents) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = t!(words, "class-delete-title", name = classroom.name.clone());
        let (action, back) = (format!("{}/deletion", classroom.path()), classroom.settings_path());
        let lines = gone(contents, words).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <StaffPage frame title=title.clone() staff classroom=classroom.clone() width=Width::Narrow>
                <BackLink href=back.clone()>{classroom.name}</BackLink>
                <PageHeader title lead=t!(words, "class-delete-lead") />
                <ul>{lines}</ul>
                <Notice tone=Tone::Info word=t!(words, "class-delete-back")>
                    {t!(words, "class-delete-back-text", days = UNDO_DAYS)}
                </Notice>
                <PostForm action csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "class-delete-button")}</Button>
                        <ButtonLink href=back weight=Weight::Secondary>
                            {t!(words, "class-delete-keep")}
                        </ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// What goes, a line each.
fn gone(contents: Contents, words: Words) -> Vec<String> {
    let Contents { students, files, answers, modules, materials, certificates } = contents;
    let mut lines = vec![
        t!(words, "class-delete-students", count = students),
        t!(words, "removal-submissions", count = files),
        t!(words, "removal-responses", count = answers),
        t!(words, "class-delete-modules", modules = modules, materials = materials),
    ];
    if certificates > 0 {
        lines.push(t!(words, "removal-certificates", count = certificates));
    }
    lines
}
