//! The settings tab: who may join, the links to join by, and signing everyone out.

use super::{ClassHeader, JoinState, Tab, waiting::OfWhom};
use crate::{
    certificate,
    classroom::{Classroom, Enrolment},
    enrolment::invitation::{Invitation, InvitationForm, LASTS, MAX_LABEL_CHARS, Standing},
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use chrono::{DateTime, Utc};
use helper_ui::ui::{
    Actions, Button, ButtonLink, Checkbox, Choice, HiddenField, IconName, Measure, PostForm, Section, Select,
    StatusWord, Table, TextField, Tone, Weight, Width,
};
use leptos::prelude::*;

/// The settings of a class.
pub struct Settings {
    pub staff: Staff,
    pub classroom: Classroom,
    pub invitations: Vec<Link>,
    /// The reader calls it their own.
    pub own: bool,
    /// The form for another link; none for those who may only look.
    pub form: Option<FormState<InvitationForm>>,
}

/// One link.
pub struct Link {
    pub invitation: Invitation,
    /// None for those who may not give it away.
    pub address: Option<String>,
    pub standing: Standing,
    pub ends: Option<DateTime<Utc>>,
    pub now: Now,
}

/// Renders the page.
pub async fn settings(frame: Frame, settings: Settings) -> Response {
    let Settings { staff, classroom, invitations, own, form } = settings;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", t!(words, "class-tab-settings"), classroom.name);
        let (path, helper_path) = (classroom.path(), format!("{}/helper", classroom.path()));
        let certificates_path = certificate::list_path(&classroom);
        let problems = form.as_ref().map(|form| form.problems(words)).unwrap_or_default();
        let csrf_of_rows = form.is_some().then(|| csrf.clone());
        let joining = view! { <Joining classroom=classroom.clone() words csrf=csrf_of_rows.clone() /> };
        let links = view! { <Links path=path.clone() invitations words csrf=csrf_of_rows /> };
        let may_change = form.is_some();
        let new_link = form.map(|form| view! { <NewLink path=path.clone() form words csrf=csrf.clone() /> });
        let sign_out = may_change.then(|| view! { <SignEveryoneOut path words csrf=csrf.clone() /> });
        let whole = may_change.then(|| view! { <TheWholeClass classroom=classroom.clone() own words csrf /> });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Settings words />
                <Problems words problems />
                {joining}
                <Section title=t!(words, "rules-title")>
                    <p>
                        <a href=helper_path.clone()>{t!(words, "rules-look")}</a>
                    </p>
                </Section>
                <Section title=t!(words, "certificates-title")>
                    <p>
                        <a href=certificates_path>{t!(words, "certificates-look-settings")}</a>
                    </p>
                </Section>
                <Section title=t!(words, "invite-title")>
                    <p>{t!(words, "invite-text")}</p>
                    {links}
                    {new_link}
                </Section>
                {sign_out}
                {whole}
            </StaffPage>
        }
    })
    .await
}

/// What can be done with the class as a whole.
#[component]
fn TheWholeClass(classroom: Classroom, own: bool, words: Words, csrf: String) -> impl IntoView {
    let path = classroom.path();
    let is_away = classroom.archived_at.is_some();
    let own_label = if own { t!(words, "class-not-own") } else { t!(words, "class-own") };
    let archive_label = if is_away { t!(words, "class-unarchive") } else { t!(words, "class-archive") };
    view! {
        <Section title=t!(words, "class-whole")>
            <p>{t!(words, "class-whole-text")}</p>
            <Actions>
                <ButtonLink href=format!("{path}/name") weight=Weight::Secondary>
                    {t!(words, "class-look")}
                </ButtonLink>
                <ButtonLink href=format!("{path}/copy") weight=Weight::Secondary>
                    {t!(words, "class-copy")}
                </ButtonLink>
                <ButtonLink href=format!("{path}/archive") weight=Weight::Secondary>
                    {t!(words, "class-archive-file")}
                </ButtonLink>
                <PostForm action=format!("{path}/own") csrf=csrf.clone() inline=true>
                    <HiddenField name="own" value=(!own).to_string() />
                    <Button weight=Weight::Secondary>{own_label}</Button>
                </PostForm>
                <PostForm action=format!("{path}/archival") csrf inline=true>
                    <HiddenField name="archived" value=(!is_away).to_string() />
                    <Button weight=Weight::Secondary>{archive_label}</Button>
                </PostForm>
                <ButtonLink href=format!("{path}/deletion") weight=Weight::Danger>
                    {t!(words, "class-delete")}
                </ButtonLink>
            </Actions>
        </Section>
    }
    .into_any()
}

/// Who may join, and the lock.
#[component]
fn Joining(classroom: Classroom, words: Words, csrf: Option<String>) -> impl IntoView {
    let path = classroom.path();
    let choices = Enrolment::ALL.map(|mode| Choice::new(mode.slug(), mode.meaning(words))).to_vec();
    let chosen = classroom.enrolment.slug();
    let lock = if classroom.locked { t!(words, "today-unlock") } else { t!(words, "today-lock") };
    let forms = csrf.map(|csrf| {
        view! {
            <PostForm action=format!("{path}/enrolment") csrf=csrf.clone()>
                <Select label=t!(words, "enrolment-who") name="enrolment" choices value=chosen />
                <Actions>
                    <Button>{t!(words, "enrolment-save")}</Button>
                </Actions>
            </PostForm>
            <PostForm action=format!("{path}/lock") csrf inline=true>
                <HiddenField name="locked" value=(!classroom.locked).to_string() />
                <Button weight=Weight::Secondary>{lock}</Button>
            </PostForm>
        }
    });
    view! {
        <Section title=t!(words, "enrolment-title")>
            <p>
                <JoinState locked=classroom.locked enrolment=classroom.enrolment words />
            </p>
            <p>{t!(words, "enrolment-text")}</p>
            <Measure>{forms}</Measure>
        </Section>
    }
    .into_any()
}

impl Enrolment {
    fn meaning(self, words: Words) -> &'static str {
        match self {
            Self::Open => t!(words, "enrolment-open"),
            Self::Invite => t!(words, "enrolment-invite"),
            Self::Closed => t!(words, "enrolment-closed"),
        }
    }
}

/// The links there are.
#[component]
fn Links(path: String, invitations: Vec<Link>, words: Words, csrf: Option<String>) -> impl IntoView {
    if invitations.is_empty() {
        return view! { <p>{t!(words, "invite-none")}</p> }.into_any();
    }
    let headings = [
        t!(words, "invite-label"),
        t!(words, "invite-link"),
        t!(words, "invite-seats"),
        t!(words, "invite-ends"),
        t!(words, "invite-state"),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = invitations
        .into_iter()
        .map(|link| view! { <LinkLine path=path.clone() link words csrf=csrf.clone() /> })
        .collect_view();
    view! {
        <Table caption=t!(words, "invite-title") headings stacked=true>
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn LinkLine(path: String, link: Link, words: Words, csrf: Option<String>) -> impl IntoView {
    let Link { invitation: Invitation { id, label, seats, taken, .. }, address, standing, ends, now } = link;
    let is_off = standing == Standing::Disabled;
    let seats = match seats {
        Some(seats) => t!(words, "invite-seats-of", taken = taken, seats = seats),
        None => taken.to_string(),
    };
    let ends = ends.map_or_else(|| t!(words, "invite-never").to_owned(), |end| now.day(end, words));
    let whom = label.clone();
    let button = csrf.filter(|_| !is_off).map(|csrf| {
        view! {
            <PostForm action=format!("{path}/invitations/{id}/end") csrf inline=true>
                <Button weight=Weight::Quiet>{t!(words, "invite-disable")}<OfWhom name=whom /></Button>
            </PostForm>
        }
    });
    let address = address.filter(|_| !is_off).map(|address| {
        let href = address.clone();
        view! {
            <a class="code" href=href>
                {address}
            </a>
        }
    });
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td>{address}</td>
            <td data-label=t!(words, "invite-seats")>{seats}</td>
            <td data-label=t!(words, "invite-ends")>{ends}</td>
            <td>
                <div class="row-actions">
                    <LinkState standing words />
                    " "
                    {button}
                </div>
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn LinkState(standing: Standing, words: Words) -> impl IntoView {
    let (word, tone, icon) = match standing {
        Standing::Open => (t!(words, "invite-open"), Tone::Success, IconName::Done),
        Standing::Disabled => (t!(words, "invite-off"), Tone::Info, IconName::Lock),
        Standing::Expired => (t!(words, "invite-over"), Tone::Info, IconName::Clock),
        Standing::Full => (t!(words, "invite-full"), Tone::Info, IconName::Person),
        Standing::ClassClosed => (t!(words, "invite-class-closed"), Tone::Warning, IconName::Lock),
    };
    view! { <StatusWord word tone icon /> }.into_any()
}

#[component]
fn NewLink(path: String, form: FormState<InvitationForm>, words: Words, csrf: String) -> impl IntoView {
    let (label_error, seats_error) = (form.error("label", words), form.error("seats", words));
    let lasts_error = form.error("lasts", words);
    let InvitationForm { label, seats, lasts, idempotency_key } = form.typed;
    let choices = LASTS.map(|(name, _)| Choice::new(name, lasting(name, words))).to_vec();
    view! {
        <h3>{t!(words, "invite-new")}</h3>
        <Measure>
            <PostForm action=format!("{path}/invitations") csrf>
                {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                <TextField
                    label=t!(words, "invite-label")
                    name="label"
                    value=label
                    hint=t!(words, "invite-label-hint")
                    error=label_error
                    maxlength=MAX_LABEL_CHARS
                />
                <TextField
                    label=t!(words, "invite-seats")
                    name="seats"
                    value=seats
                    hint=t!(words, "invite-seats-hint")
                    error=seats_error
                    required=false
                    maxlength=4_u32
                />
                <Select label=t!(words, "invite-lasts") name="lasts" choices value=lasts error=lasts_error />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "invite-button")}</Button>
                </Actions>
            </PostForm>
        </Measure>
    }
    .into_any()
}

fn lasting(name: &str, words: Words) -> &'static str {
    match name {
        "day" => t!(words, "invite-day"),
        "week" => t!(words, "invite-week"),
        "month" => t!(words, "invite-month"),
        "year" => t!(words, "invite-year"),
        _ => t!(words, "invite-ever"),
    }
}

#[component]
fn SignEveryoneOut(path: String, words: Words, csrf: String) -> impl IntoView {
    view! {
        <Section title=t!(words, "everyone-title")>
            <p>{t!(words, "everyone-text")}</p>
            <Measure>
                <PostForm action=format!("{path}/sign-out") csrf>
                    <Checkbox label=t!(words, "everyone-forget") name="forget_devices" />
                    <Actions>
                        <Button weight=Weight::Secondary>{t!(words, "everyone-button")}</Button>
                    </Actions>
                </PostForm>
            </Measure>
        </Section>
    }
    .into_any()
}
