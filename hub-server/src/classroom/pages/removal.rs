//! Before a student is deleted: what goes, and the way back.

use crate::{
    classroom::{
        Classroom,
        store::{Belongings, KnownStudent},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, Notice, PageHeader, PostForm, Tone, Weight, Width};
use leptos::prelude::*;

/// A student who may be deleted.
pub struct Removal {
    pub staff: Staff,
    pub classroom: Classroom,
    pub student: KnownStudent,
    pub belongings: Belongings,
}

/// Renders the page.
pub async fn removal(frame: Frame, removal: Removal) -> Response {
    let Removal { staff, classroom, student, belongings } = removal;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let name = student.display_name;
        let path = classroom.student_path(student.id);
        let title = t!(words, "removal-title", name = name.clone());
        let certified = (belongings.certificates > 0)
            .then(|| view! { <p>{t!(words, "removal-certificates", count = belongings.certificates)}</p> });
        let lines = gone(belongings, words).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <StaffPage frame title=title.clone() staff classroom width=Width::Narrow>
                <BackLink href=path.clone()>{name}</BackLink>
                <PageHeader title lead=t!(words, "removal-lead") />
                <ul>
                    <li>{t!(words, "removal-identity")}</li>
                    {lines}
                </ul>
                {certified}
                <Notice tone=Tone::Warning word=t!(words, "removal-careful")>
                    {t!(words, "removal-stays")}
                </Notice>
                <PostForm action=format!("{path}/removal") csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "removal-button")}</Button>
                        <ButtonLink href=path weight=Weight::Secondary>
                            {t!(words, "removal-keep")}
                        </ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// What a student did, a line each.
pub fn gone(belongings: Belongings, words: Words) -> Vec<String> {
    let Belongings { submissions, responses, drafts, finished, certificates } = belongings;
    let mut lines = vec![
        t!(words, "removal-submissions", count = submissions),
        t!(words, "removal-responses", count = responses),
        t!(words, "removal-drafts", count = drafts),
        t!(words, "removal-finished", count = finished),
    ];
    if certificates > 0 {
        lines.push(t!(words, "removal-certificates-count", count = certificates));
    }
    lines
}
