//! The first tab of a class: how to join it, and what happened today.

use super::{ClassHeader, JoinState, Tab};
use crate::{
    classroom::{Classroom, code, store::Activity},
    t,
    ui::{
        fields::OnceOnly,
        frame::{Frame, StaffPage, render},
    },
    web::{Staff, Words, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, Card, DefinitionList, HiddenField, Notice, PostForm, Section, Tone, Weight, Width,
};
use leptos::prelude::*;

/// A class today.
pub struct Today {
    pub staff: Staff,
    pub classroom: Classroom,
    pub activity: Activity,
    pub join_url: String,
    pub may_change: bool,
    pub rotation_key: IdempotencyKey,
}

/// Renders the page.
pub async fn today(frame: Frame, today: Today) -> Response {
    let Today { staff, classroom, activity, join_url, may_change, rotation_key } = today;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let join = view! { <JoinCard classroom=classroom.clone() join_url words /> };
        let settings =
            may_change.then(|| view! { <JoinSettings classroom=classroom.clone() csrf rotation_key words /> });
        view! {
            <StaffPage frame title=classroom.name.clone() staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Today words />
                <SomebodyWaits classroom waiting=activity.waiting words />
                {join}
                {settings}
                <Section title=t!(words, "today-activity")>
                    <DefinitionList items=counts(activity, words) />
                </Section>
            </StaffPage>
        }
    })
    .await
}

/// Leads to whoever is waiting to be let in.
#[component]
fn SomebodyWaits(classroom: Classroom, waiting: i64, words: Words) -> impl IntoView {
    (waiting > 0).then(|| {
        view! {
            <Notice tone=Tone::Warning word=t!(words, "entry-title")>
                {t!(words, "home-waiting", waiting = waiting)} " "
                <a href=classroom.roster_path()>{t!(words, "entry-look")}</a>
            </Notice>
        }
    })
}

#[component]
fn JoinCard(classroom: Classroom, join_url: String, words: Words) -> impl IntoView {
    let (link, shown) = (join_url.clone(), join_url);
    view! {
        <Card>
            <h2>{t!(words, "today-join")}</h2>
            <p>{t!(words, "today-join-text")}</p>
            <p class="return-card-code" data-testid="class-code">
                {code::shown(&classroom.code)}
            </p>
            <p>
                <a href=link>{shown}</a>
            </p>
            <p>
                <JoinState locked=classroom.locked enrolment=classroom.enrolment words />
            </p>
        </Card>
    }
}

#[component]
fn JoinSettings(classroom: Classroom, csrf: String, rotation_key: IdempotencyKey, words: Words) -> impl IntoView {
    let path = classroom.path();
    let lock_label = if classroom.locked { t!(words, "today-unlock") } else { t!(words, "today-lock") };
    view! {
        <Actions>
            <PostForm action=format!("{path}/lock") csrf=csrf.clone() inline=true>
                <HiddenField name="locked" value=(!classroom.locked).to_string() />
                <Button weight=Weight::Secondary>{lock_label}</Button>
            </PostForm>
            <PostForm action=format!("{path}/code-rotation") csrf inline=true>
                <OnceOnly key=rotation_key />
                <Button weight=Weight::Secondary>{t!(words, "today-rotate")}</Button>
            </PostForm>
        </Actions>
    }
}

fn counts(activity: Activity, words: Words) -> Vec<(String, String)> {
    [
        (t!(words, "today-students"), activity.students),
        (t!(words, "today-seen"), activity.seen),
        (t!(words, "today-asked"), activity.asked),
        (t!(words, "today-answered"), activity.answered),
    ]
    .into_iter()
    .map(|(name, count)| (name.to_owned(), count.to_string()))
    .collect()
}
