//! Which two are one, and what becomes of what each of them did.

use super::MergeForm;
use crate::{
    classroom::{Classroom, pages::gone, roster::store::Listed, store::Belongings},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Choice, GetForm, HiddenField, Notice, PageHeader, PostForm, Section, Select,
    Tone, Weight,
};
use leptos::prelude::*;

/// A student, and whom else they may be.
pub struct Merging {
    pub staff: Staff,
    pub classroom: Classroom,
    pub keeper: Listed,
    pub others: Vec<Listed>,
    /// The one that was chosen, with what belongs to the keeper and to them.
    pub chosen: Option<(Listed, Belongings, Belongings)>,
    pub form: FormState<MergeForm>,
}

/// Renders the page.
pub async fn merge(frame: Frame, page: Merging) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Merging { staff, classroom, keeper, others, chosen, form } = page;
        let (problems, error) = (form.problems(words), form.error("other", words));
        let back = classroom.student_path(keeper.id);
        let action = format!("{back}/merge");
        let choices = others.into_iter().map(|one| Choice::new(one.id.to_string(), one.display_name)).collect();
        let name = keeper.display_name.clone();
        let preview = chosen
            .map(|chosen| view! { <WhatHappens keeper chosen action=action.clone() back=back.clone() words csrf /> });
        let title = t!(words, "merge-title", name = name.clone());
        view! {
            <StaffPage frame title=title.clone() staff classroom>
                <BackLink href=back>{name}</BackLink>
                <PageHeader title lead=t!(words, "merge-lead") />
                <Problems words problems />
                <GetForm action inline=true>
                    <Select label=t!(words, "merge-other") name="other" choices value=form.typed.other error />
                    <Button weight=Weight::Secondary>{t!(words, "merge-look")}</Button>
                </GetForm>
                {preview}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn WhatHappens(
    keeper: Listed,
    chosen: (Listed, Belongings, Belongings),
    action: String,
    back: String,
    words: Words,
    csrf: String,
) -> impl IntoView {
    let (other, of_keeper, of_other) = chosen;
    let lists = [(keeper.display_name.clone(), of_keeper), (other.display_name.clone(), of_other)]
        .map(|(name, belongings)| {
            let lines = gone(belongings, words).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <div>
                    <h3>{name}</h3>
                    <ul>{lines}</ul>
                </div>
            }
        })
        .collect_view();
    let (name, gone) = (keeper.display_name, other.display_name);
    view! {
        <Section title=t!(words, "merge-what")>
            <div class="side-by-side">{lists}</div>
            <p>{t!(words, "merge-keeps", name = name.clone(), other = gone)}</p>
            <Notice tone=Tone::Warning word=t!(words, "merge-careful")>
                {t!(words, "merge-careful-text")}
            </Notice>
            <PostForm action csrf>
                <HiddenField name="other" value=other.id.to_string() />
                <Actions>
                    <Button>{t!(words, "merge-button", name = name)}</Button>
                    <ButtonLink href=back weight=Weight::Secondary>{t!(words, "form-cancel")}</ButtonLink>
                </Actions>
            </PostForm>
        </Section>
    }
    .into_any()
}
