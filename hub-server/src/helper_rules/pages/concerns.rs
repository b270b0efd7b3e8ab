//! Students whose words say that they may need an adult, and what came of it.

use crate::{helper_rules::report::Concern, t, ui::time::Now, web::Words};
use helper_ui::ui::{Actions, Button, HiddenField, IconName, PostForm, Section, StatusWord, Table, Tone, Weight};
use leptos::prelude::*;

/// The list; nothing while there is nobody on it.
#[component]
pub fn Concerns(path: String, concerns: Vec<Concern>, now: Now, words: Words, csrf: Option<String>) -> impl IntoView {
    if concerns.is_empty() {
        return ().into_any();
    }
    let headings =
        [t!(words, "concern-who"), t!(words, "concern-when"), t!(words, "concern-what"), t!(words, "concern-outcome")]
            .map(str::to_owned)
            .to_vec();
    let rows = concerns
        .into_iter()
        .map(|concern| view! { <ConcernLine path=path.clone() concern now words csrf=csrf.clone() /> })
        .collect_view();
    view! {
        <Section title=t!(words, "concern-title")>
            <p>{t!(words, "concern-text")}</p>
            <Table caption=t!(words, "concern-title") headings>
                {rows}
            </Table>
        </Section>
    }
    .into_any()
}

#[component]
fn ConcernLine(path: String, concern: Concern, now: Now, words: Words, csrf: Option<String>) -> impl IntoView {
    let Concern { id, at, student, tier, kind, outcome } = concern;
    let who: String = student.unwrap_or_else(|| t!(words, "concern-staff").to_owned());
    let what = match kind.as_str() {
        "self_harm" => t!(words, "concern-self-harm"),
        "abuse" => t!(words, "concern-abuse"),
        "danger" => t!(words, "concern-danger"),
        _ => t!(words, "concern-bullying"),
    };
    let urgent = (tier == "now" && outcome.is_none()).then(|| {
        view! { <StatusWord word=t!(words, "concern-now") tone=Tone::Warning icon=IconName::Clock /> }
    });
    let settled = match outcome.as_deref() {
        Some("talked") => Some(t!(words, "concern-talked")),
        Some("passed_on") => Some(t!(words, "concern-passed-on")),
        Some(_) => Some(t!(words, "concern-none")),
        None => None,
    };
    let whom = format!(" ({who})");
    let buttons = csrf.filter(|_| settled.is_none()).map(|csrf| {
        let outcomes = [
            ("talked", t!(words, "concern-talked")),
            ("passed_on", t!(words, "concern-passed-on")),
            ("no_concern", t!(words, "concern-none")),
        ];
        let forms = outcomes.map(|(outcome, label)| {
            let whom = whom.clone();
            view! {
                <PostForm action=format!("{path}/concerns/{id}") csrf=csrf.clone() inline=true>
                    <HiddenField name="outcome" value=outcome />
                    <Button weight=Weight::Quiet>{label}<span class="visually-hidden">{whom}</span></Button>
                </PostForm>
            }
        });
        view! { <Actions>{forms.into_iter().collect_view()}</Actions> }
    });
    let open = (settled.is_none() && buttons.is_none()).then(|| t!(words, "concern-open"));
    view! {
        <tr>
            <th scope="row">{who}</th>
            <td>{now.moment(at, words)}</td>
            <td>{what} " " {urgent}</td>
            <td>{settled} {open} {buttons}</td>
        </tr>
    }
    .into_any()
}
