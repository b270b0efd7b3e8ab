//! Announcements as staff write them and as everyone reads them.

use super::{
    Announcement,
    form::{AnnouncementForm, MAX_CHARS},
    list_path, path,
};
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    t,
    ui::{
        fields::{ChangeForm, OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
        time::{Now, Since},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Card, EmptyState, Measure, PageHeader, PostForm, Prose, TextArea, TextField,
    Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::AnnouncementId;

/// All of a class.
pub struct List {
    pub staff: Staff,
    pub classroom: Classroom,
    pub announcements: Vec<Announcement>,
    /// For those who may write one.
    pub form: Option<FormState<AnnouncementForm>>,
    pub now: Now,
}

/// Renders the page.
pub async fn list(frame: Frame, list: List) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let List { staff, classroom, announcements, form, now } = list;
        let title = format!("{} · {}", t!(words, "announcement-title"), classroom.name);
        let problems = form.as_ref().map(|form| form.problems(words)).unwrap_or_default();
        let csrf_of_rows = form.is_some().then(|| csrf.clone());
        let action = list_path(&classroom);
        let write = form.map(|form| {
            view! {
                <Measure>
                    <PostForm action csrf>
                        {form.typed.idempotency_key.map(|key| view! { <OnceOnly key /> })} <Fields form words />
                        <Actions>
                            <Button>{t!(words, "announcement-publish")}</Button>
                        </Actions>
                    </PostForm>
                </Measure>
            }
        });
        let empty = announcements.is_empty().then(|| {
            view! { <EmptyState title=t!(words, "announcement-none") text=t!(words, "announcement-none-text") /> }
        });
        let cards = announcements
            .into_iter()
            .map(|one| {
                let here = path(&classroom, one.id);
                let ends = one.ends_at.map(|at| t!(words, "announcement-until", at = now.moment(at, words)));
                let buttons = csrf_of_rows.clone().map(|csrf| view! { <Buttons here words csrf /> });
                view! {
                    <Card>
                        <Told announcement=one now words />
                        {ends.map(|ends| view! { <p class="field-hint">{ends}</p> })}
                        {buttons}
                    </Card>
                }
            })
            .collect_view();
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Today words />
                <BackLink href=classroom.path()>{t!(words, "class-tab-today")}</BackLink>
                <h2>{t!(words, "announcement-title")}</h2>
                <Problems words problems />
                {write}
                {empty}
                <div class="announcements">{cards}</div>
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Fields(form: FormState<AnnouncementForm>, words: Words) -> impl IntoView {
    let (text_error, ends_error) = (form.error("text", words), form.error("ends", words));
    let AnnouncementForm { text, ends, .. } = form.typed;
    view! {
        <TextArea
            label=t!(words, "announcement-text")
            name="text"
            value=text
            hint=t!(words, "announcement-hint")
            error=text_error
            rows=4
            maxlength=MAX_CHARS
        />
        <TextField
            label=t!(words, "announcement-ends")
            name="ends"
            value=ends
            hint=t!(words, "announcement-ends-hint")
            error=ends_error
            kind="datetime-local"
            required=false
        />
    }
    .into_any()
}

#[component]
fn Buttons(here: String, words: Words, csrf: String) -> impl IntoView {
    view! {
        <Actions>
            <ButtonLink href=here.clone() weight=Weight::Secondary>
                {t!(words, "announcement-change")}
            </ButtonLink>
            <PostForm action=format!("{here}/deletion") csrf inline=true>
                <Button weight=Weight::Danger>{t!(words, "announcement-delete")}</Button>
            </PostForm>
        </Actions>
    }
    .into_any()
}

/// What is said, and who said it when.
#[component]
pub fn Told(announcement: Announcement, now: Now, words: Words) -> impl IntoView {
    let Announcement { html, author, published_at, .. } = announcement;
    let author = author.map(|author| format!("{author} · "));
    view! {
        <Prose sanitised_html=html />
        <p class="field-hint">
            {author}
            <Since then=published_at now words />
        </p>
    }
    .into_any()
}

/// The form of one that stands.
pub async fn edit(
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    id: AnnouncementId,
    form: FormState<AnnouncementForm>,
) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let (action, back) = (path(&classroom, id), list_path(&classroom));
        let fields = view! { <Fields form words /> };
        view! {
            <StaffPage frame title=t!(words, "announcement-change-title") staff classroom>
                <BackLink href=back.clone()>{t!(words, "announcement-title")}</BackLink>
                <PageHeader title=t!(words, "announcement-change-title") />
                <ChangeForm words problems action csrf back>
                    {fields}
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}
