//! Concerns as a table, each with what can come of it.

use crate::{
    classroom,
    safeguarding::{Concern, Outcome},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, Button, HiddenField, IconName, PostForm, StatusWord, Table, Tone, Weight};
use leptos::prelude::*;

/// The table. `path` is where outcomes are sent, each to `path/id`; without `csrf` it can only be looked at.
#[component]
pub fn ConcernList(
    #[prop(into)] title: String,
    path: String,
    concerns: Vec<Concern>,
    /// Says which class each is from.
    #[prop(optional)]
    with_class: bool,
    now: Now,
    words: Words,
    csrf: Option<String>,
) -> impl IntoView {
    let headings: Vec<String> = [
        Some(t!(words, "concern-who")),
        with_class.then(|| t!(words, "concern-class")),
        Some(t!(words, "concern-when")),
        Some(t!(words, "concern-what")),
        Some(t!(words, "concern-outcome")),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect();
    let rows = concerns
        .into_iter()
        .map(|concern| {
            let class = with_class.then(|| {
                let href = classroom::path(concern.classroom);
                view! { <td><a href=href>{concern.class_name.clone()}</a></td> }
            });
            let who = concern.student.clone().unwrap_or_else(|| t!(words, "concern-staff").to_owned());
            let at = now.moment(concern.at, words);
            view! {
                <tr>
                    <th scope="row">{who.clone()}</th>
                    {class}
                    <td>{at}</td>
                    <td><What concern=concern.clone() words /></td>
                    <td><CameOfIt path=path.clone() concern who words csrf=csrf.clone() /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption=title headings>
            {rows}
        </Table>
    }
    .into_any()
}

/// What the words were about, and whether somebody should look now.
#[component]
fn What(concern: Concern, words: Words) -> impl IntoView {
    let what = match concern.kind.as_str() {
        "self_harm" => t!(words, "concern-self-harm"),
        "abuse" => t!(words, "concern-abuse"),
        "danger" => t!(words, "concern-danger"),
        _ => t!(words, "concern-bullying"),
    };
    let soon = concern.outcome.is_none().then(|| match concern.tier.as_str() {
        "now" => view! { <StatusWord word=t!(words, "concern-now") tone=Tone::Warning icon=IconName::Warning /> },
        _ => view! { <StatusWord word=t!(words, "concern-today") icon=IconName::Clock /> },
    });
    view! { {what} " " {soon} }.into_any()
}

/// What came of it, or the ways to say so.
#[component]
fn CameOfIt(path: String, concern: Concern, who: String, words: Words, csrf: Option<String>) -> impl IntoView {
    if let Some(outcome) = &concern.outcome {
        let outcome = Outcome::ALL.into_iter().find(|known| known.as_str() == outcome).map(|known| known.name(words));
        let by = concern.settled_by.map(|by| t!(words, "concern-by", name = by));
        return view! { {outcome} " " {by} }.into_any();
    }
    let Some(csrf) = csrf.filter(|_| concern.theirs) else { return t!(words, "concern-open").into_any() };
    let action = format!("{path}/{}", concern.id);
    let forms = Outcome::ALL.map(|outcome| {
        let whom = format!(" ({who})");
        view! {
            <PostForm action=action.clone() csrf=csrf.clone() inline=true>
                <HiddenField name="outcome" value=outcome.as_str() />
                <Button weight=Weight::Quiet>{outcome.name(words)}<span class="visually-hidden">{whom}</span></Button>
            </PostForm>
        }
    });
    view! { <Actions>{forms.into_iter().collect_view()}</Actions> }.into_any()
}

impl Outcome {
    fn name(self, words: Words) -> &'static str {
        match self {
            Self::Talked => t!(words, "concern-talked"),
            Self::PassedOn => t!(words, "concern-passed-on"),
            Self::NoConcern => t!(words, "concern-none"),
        }
    }
}
