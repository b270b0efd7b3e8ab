//! Whom an organisation tells, and whether it does.

use crate::{
    organisation::Organisation,
    safeguarding::{REVIEW_PATH, contacts::Candidate, contacts_path, handlers::ContactsForm},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, Checkbox, PageHeader, PostForm, Tick, TickList};
use leptos::prelude::*;

/// Everything the page shows.
pub struct ContactsPage {
    pub staff: Staff,
    pub organisation: Organisation,
    pub candidates: Vec<Candidate>,
    pub form: FormState<ContactsForm>,
}

/// Renders the page.
pub async fn contacts(frame: Frame, page: ContactsPage) -> Response {
    let ContactsPage { staff, organisation, candidates, form } = page;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let [now_error, today_error] = ["now", "today"].map(|field| form.error(field, words));
        let ContactsForm { enabled, now, today } = form.typed;
        let ticks = |chosen: &[String]| -> Vec<Tick> {
            let tick = |candidate: &Candidate| Tick {
                value: candidate.staff.to_string(),
                label: format!("{} ({})", candidate.display_name, candidate.email),
                checked: chosen.contains(&candidate.staff.to_string()),
            };
            candidates.iter().map(tick).collect()
        };
        let (now, today) = (ticks(&now), ticks(&today));
        view! {
            <StaffPage frame title=t!(words, "safeguarding-contacts") staff>
                <BackLink href=REVIEW_PATH>{t!(words, "safeguarding-title")}</BackLink>
                <PageHeader title=t!(words, "safeguarding-contacts") lead=organisation.name />
                <Problems words problems />
                <p>{t!(words, "safeguarding-text")}</p>
                <PostForm action=contacts_path(organisation.id) csrf>
                    <TickList legend=t!(words, "safeguarding-now") name="now" ticks=now error=now_error />
                    <TickList legend=t!(words, "safeguarding-today") name="today" ticks=today error=today_error />
                    <Checkbox label=t!(words, "safeguarding-enable") name="enabled" checked=enabled.is_some() />
                    <p class="field-hint">{t!(words, "safeguarding-enable-hint")}</p>
                    <Actions>
                        <Button>{t!(words, "safeguarding-save")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
