//! The page of a teacher's own comments.

use super::{
    BankComment, MAX_TEXT_CHARS,
    handlers::{CommentForm, PATH},
};
use crate::{
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, EmptyState, PageHeader, PostForm, Section, TextArea, Weight};
use leptos::prelude::*;

/// Renders the page.
pub async fn comments(
    frame: Frame,
    staff: Staff,
    comments: Vec<BankComment>,
    form: FormState<CommentForm>,
) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (problems, error) = (form.problems(words), form.error("text", words));
        let list = if comments.is_empty() {
            view! { <EmptyState title=t!(words, "comments-none") text=t!(words, "comments-none-text") /> }.into_any()
        } else {
            let rows = comments
                .into_iter()
                .map(|comment| {
                    let action = format!("{PATH}/{}/deletion", comment.id);
                    view! {
                        <li class="bank-row">
                            <p class="bank-text">{comment.text.clone()}</p>
                            <PostForm action csrf=csrf.clone() inline=true>
                                <Button weight=Weight::Quiet>
                                    {t!(words, "comments-remove")}
                                    <span class="visually-hidden">" " {comment.text}</span>
                                </Button>
                            </PostForm>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="bank">{rows}</ul> }.into_any()
        };
        view! {
            <StaffPage frame title=t!(words, "comments-title") staff>
                <PageHeader title=t!(words, "comments-title") lead=t!(words, "comments-lead") />
                <Problems words problems />
                {list}
                <Section title=t!(words, "comments-new")>
                    <PostForm action=PATH csrf=csrf.clone()>
                        <TextArea
                            label=t!(words, "comments-text")
                            name="text"
                            value=form.typed.text
                            error
                            rows=4
                            maxlength=MAX_TEXT_CHARS
                        />
                        <Actions>
                            <Button>{t!(words, "comments-add")}</Button>
                        </Actions>
                    </PostForm>
                </Section>
            </StaffPage>
        }
    })
    .await
}
