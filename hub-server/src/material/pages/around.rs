//! The materials before and after one, within its module.

use crate::{
    material::{Material, store},
    t,
    web::Words,
};
use helper_ui::ui::{Actions, ButtonLink, Weight};
use leptos::prelude::*;
use sqlx::PgConnection;

/// What comes before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub previous: Option<store::Neighbour>,
    pub next: Option<store::Neighbour>,
}

impl Around {
    /// Those of `material`.
    pub async fn of(db: &mut PgConnection, material: &Material) -> sqlx::Result<Self> {
        let mut all = store::in_module(db, material.module).await?;
        let Some(at) = all.iter().position(|one| one.id == material.id) else { return Ok(Self::default()) };
        let next = (at + 1 < all.len()).then(|| all.swap_remove(at + 1));
        let previous = at.checked_sub(1).map(|before| all.swap_remove(before));
        Ok(Self { previous, next })
    }
}

/// To what comes before and after; `first` where going on is the page's next action.
#[component]
pub fn WaysOn(around: Around, #[prop(optional)] first: bool, words: Words) -> impl IntoView {
    let link = move |neighbour: Option<store::Neighbour>, label: &'static str, weight: Weight| {
        neighbour.map(|neighbour| {
            let href = neighbour.lesson.map_or_else(
                || format!("/student/materials/{}", neighbour.id),
                |lesson| format!("/student/lessons/{lesson}"),
            );
            view! { <ButtonLink href weight>{label} " " {neighbour.title}</ButtonLink> }
        })
    };
    let weight = if first { Weight::Primary } else { Weight::Secondary };
    let home = around.next.is_none().then(|| {
        view! { <ButtonLink href="/student" weight>{t!(words, "material-to-home")}</ButtonLink> }
    });
    let previous = link(around.previous, t!(words, "lesson-previous"), Weight::Secondary);
    let next = link(around.next, t!(words, "lesson-next"), weight);
    view! {
        <nav class="ways-on" aria-label=t!(words, "material-ways-on")>
            <Actions>{previous} {next} {home}</Actions>
        </nav>
    }
    .into_any()
}
