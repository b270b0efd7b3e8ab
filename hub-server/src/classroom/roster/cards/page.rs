//! The cards, as they are printed.

use crate::{
    classroom::{Classroom, Enrolment},
    code,
    enrolment::{ReturnCode, pages::card_words},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        qr::{Qr, QrDrawing},
    },
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, EmptyState, Notice, PageHeader, PostForm, SmallReturnCard, Tone, Weight,
    Width,
};
use leptos::prelude::*;

/// How to join a class.
pub struct JoinCard {
    pub staff: Staff,
    pub classroom: Classroom,
    pub qr: QrDrawing,
    /// The start page.
    pub home: String,
}

/// Renders the card for the wall.
pub async fn join_card(frame: Frame, card: JoinCard) -> Response {
    render(move || {
        let words = frame.words;
        let JoinCard { staff, classroom, qr, home } = card;
        let back = classroom.roster_path();
        let code = code::shown(&classroom.code);
        let title = t!(words, "join-card-title", name = classroom.name.clone());
        let caution = match classroom.takes() {
            Enrolment::Open => None,
            Enrolment::Invite => Some((t!(words, "join-card-by-link"), t!(words, "invite-title"))),
            Enrolment::Closed => Some((t!(words, "join-card-closed"), t!(words, "enrolment-title"))),
        };
        // Not printed, as no notice is.
        let caution = caution.map(|(text, settings)| {
            let href = classroom.settings_path();
            view! {
                <Notice tone=Tone::Warning word=t!(words, "cards-careful")>
                    {text} " " <a href=href>{settings}</a>
                </Notice>
            }
        });
        view! {
            <StaffPage frame title=title.clone() staff classroom=classroom>
                <BackLink href=back>{t!(words, "class-tab-roster")}</BackLink>
                {caution}
                <section class="join-card" aria-labelledby="join-card-title">
                    <h1 id="join-card-title">{title}</h1>
                    <Qr drawing=qr label=t!(words, "join-card-qr") />
                    <ol class="join-card-steps">
                        <li>{t!(words, "join-card-open")} " " <strong>{home}</strong></li>
                        <li>
                            {t!(words, "join-card-code")} " " <span class="return-card-code">{code}</span>
                        </li>
                        <li>{t!(words, "join-card-name")}</li>
                    </ol>
                </section>
                <p class="no-print">{t!(words, "join-card-print")}</p>
            </StaffPage>
        }
    })
    .await
}

/// For whom cards can be made.
pub struct Ask {
    pub staff: Staff,
    pub classroom: Classroom,
    pub students: i64,
    pub expected: i64,
}

/// Renders the question.
pub async fn ask(frame: Frame, ask: Ask) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Ask { staff, classroom, students, expected } = ask;
        let back = classroom.roster_path();
        let action = format!("{}/return-cards", classroom.path());
        let content = if students == 0 {
            view! { <EmptyState title=t!(words, "roster-empty") text=t!(words, "roster-empty-text") /> }.into_any()
        } else {
            let weight = if expected > 0 { Weight::Secondary } else { Weight::Primary };
            let first = (expected > 0).then(|| {
                view! { <Button name="whom" value="expected">{t!(words, "cards-expected", count = expected)}</Button> }
            });
            view! {
                <Notice tone=Tone::Warning word=t!(words, "cards-careful")>
                    {t!(words, "cards-careful-text")}
                </Notice>
                <PostForm action csrf>
                    <Actions>
                        {first}
                        <Button weight name="whom" value="everyone">
                            {t!(words, "cards-everyone", count = students)}
                        </Button>
                    </Actions>
                </PostForm>
            }
            .into_any()
        };
        view! {
            <StaffPage frame title=t!(words, "cards-title") staff classroom>
                <BackLink href=back>{t!(words, "class-tab-roster")}</BackLink>
                <PageHeader title=t!(words, "cards-title") lead=t!(words, "cards-lead") />
                {content}
            </StaffPage>
        }
    })
    .await
}

/// Cards that can never be shown again.
pub struct Cards {
    pub staff: Staff,
    pub classroom: Classroom,
    /// Of each student the name and the new code.
    pub codes: Vec<(String, ReturnCode)>,
    /// Where one comes back.
    pub address: String,
}

/// Renders them, six to a page.
pub async fn cards(frame: Frame, cards: Cards) -> Response {
    render(move || {
        let words = frame.words;
        let frame = frame.shown_once();
        let Cards { staff, classroom, codes, address } = cards;
        let back = classroom.roster_path();
        let cards = codes
            .into_iter()
            .map(|(name, code)| {
                let words = card_words(words, name.clone(), &classroom, code, address.clone());
                view! { <SmallReturnCard name words /> }
            })
            .collect_view();
        view! {
            <StaffPage frame title=t!(words, "cards-title") staff classroom width=Width::Wide>
                <div class="no-print">
                    <PageHeader title=t!(words, "cards-title") lead=t!(words, "cards-once") />
                    <Actions>
                        <ButtonLink href=back weight=Weight::Secondary>{t!(words, "cards-printed")}</ButtonLink>
                    </Actions>
                </div>
                <div class="card-sheet">{cards}</div>
            </StaffPage>
        }
    })
    .await
}
