//! Concerns: those that wait as cards with what can come of them, the others as a table.

use crate::{
    classroom,
    safeguarding::{Concern, Outcome},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, Button, Card, HiddenField, IconName, PostForm, StatusWord, Table, Tone, Weight};
use leptos::prelude::*;

/// What waits, as cards; then what was settled, as a table. `path` is where outcomes are sent, each to `path/id`; without
/// `csrf` it can only be looked at.
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
    let (settled, open): (Vec<_>, Vec<_>) = concerns.into_iter().partition(|concern| concern.outcome.is_some());
    let cards = open
        .into_iter()
        .map(|concern| view! { <Open path=path.clone() concern with_class now words csrf=csrf.clone() /> })
        .collect_view();
    let settled =
        (!settled.is_empty()).then(|| view! { <SettledTable title path settled with_class now words csrf /> });
    view! {
        {cards}
        {settled}
    }
    .into_any()
}

/// One that waits for somebody.
#[component]
fn Open(
    path: String,
    concern: Concern,
    with_class: bool,
    now: Now,
    words: Words,
    csrf: Option<String>,
) -> impl IntoView {
    let who = name_of(&concern, words);
    let class = with_class.then(|| {
        let href = classroom::path(concern.classroom);
        view! { <a href=href>{concern.class_name.clone()}</a> " · " }
    });
    let at = now.moment(concern.at, words);
    let tone = if concern.tier == "now" { Tone::Problem } else { Tone::Warning };
    view! {
        <Card tone>
            <h3>{linked_name(&concern, words)}</h3>
            <p>{class} {at}</p>
            <p><What concern=concern.clone() words /></p>
            <Outcomes path concern who words csrf />
        </Card>
    }
    .into_any()
}

fn name_of(concern: &Concern, words: Words) -> String {
    concern.student.clone().unwrap_or_else(|| t!(words, "concern-staff").to_owned())
}

/// The name, as the way to the student's page.
fn linked_name(concern: &Concern, words: Words) -> AnyView {
    let name = name_of(concern, words);
    match concern.student_id {
        Some(student) => {
            let href = format!("{}/students/{student}", classroom::path(concern.classroom));
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    }
}

#[component]
fn SettledTable(
    title: String,
    path: String,
    settled: Vec<Concern>,
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
        csrf.is_some().then(|| t!(words, "concern-again")),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect();
    let rows = settled
        .into_iter()
        .map(|concern| {
            let class = with_class.then(|| view! { <td>{concern.class_name.clone()}</td> });
            let at = now.moment(concern.at, words);
            let outcome = concern.outcome.as_deref().unwrap_or_default();
            let outcome =
                Outcome::ALL.into_iter().find(|known| known.as_str() == outcome).map(|known| known.name(words));
            let by = concern.settled_by.clone().map(|by| t!(words, "concern-by", name = by));
            let again = csrf.clone().map(|csrf| {
                let (action, whom) =
                    (format!("{path}/{}/restoration", concern.id), format!(" ({})", name_of(&concern, words)));
                view! {
                    <td>
                        <PostForm action csrf inline=true>
                            <Button weight=Weight::Quiet>
                                {t!(words, "concern-reopen")} <span class="visually-hidden">{whom}</span>
                            </Button>
                        </PostForm>
                    </td>
                }
            });
            view! {
                <tr>
                    <th scope="row">{linked_name(&concern, words)}</th>
                    {class}
                    <td>{at}</td>
                    <td><What concern words /></td>
                    <td>{outcome} " " {by}</td>
                    {again}
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
        "now" => view! { <StatusWord word=t!(words, "concern-now") tone=Tone::Problem icon=IconName::Warning /> },
        _ => view! { <StatusWord word=t!(words, "concern-today") tone=Tone::Warning icon=IconName::Clock /> },
    });
    view! { {what} " " {soon} }.into_any()
}

/// What is known and what is not: the words themselves are the helper's, and read there at most.
pub fn concern_text(concerns: &[Concern], words: Words) -> &'static str {
    if concerns.iter().any(|concern| concern.read_along) {
        t!(words, "concern-text-read-along")
    } else {
        t!(words, "concern-text")
    }
}

/// The ways to say what came of it.
#[component]
fn Outcomes(path: String, concern: Concern, who: String, words: Words, csrf: Option<String>) -> impl IntoView {
    let Some(csrf) = csrf.filter(|_| concern.theirs) else { return t!(words, "concern-open").into_any() };
    let action = format!("{path}/{}", concern.id);
    let forms = Outcome::ALL.map(|outcome| {
        let whom = format!(" ({who})");
        view! {
            <PostForm action=action.clone() csrf=csrf.clone() inline=true>
                <HiddenField name="outcome" value=outcome.as_str() />
                <Button weight=Weight::Secondary>{outcome.name(words)}<span class="visually-hidden">{whom}</span></Button>
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
