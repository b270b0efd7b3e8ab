//! What was asked in the last week, in numbers.

use crate::{
    helper_rules::report::{Kinds, OfLesson, StuckPoint},
    t,
    web::Words,
};
use helper_ui::ui::{DefinitionList, Section, Table};
use leptos::prelude::*;

/// Counts by lesson, by kind of help and by rung.
#[component]
pub fn Counts(path: String, by_lesson: Vec<OfLesson>, kinds: Kinds, words: Words) -> impl IntoView {
    if by_lesson.is_empty() {
        return view! { <Section title=t!(words, "counts-title")><p>{t!(words, "counts-none")}</p></Section> }
            .into_any();
    }
    let headings = [
        t!(words, "rules-lesson"),
        t!(words, "counts-asked"),
        t!(words, "counts-students"),
        t!(words, "counts-stuck"),
        t!(words, "counts-refused"),
        t!(words, "counts-unanswered"),
        t!(words, "counts-helped"),
        t!(words, "counts-wait"),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = by_lesson
        .into_iter()
        .map(|of| {
            let title = of.title.unwrap_or_else(|| t!(words, "counts-no-lesson").to_owned());
            let title = match of.lesson {
                Some(lesson) => view! { <a href=format!("{path}/lessons/{lesson}")>{title}</a> }.into_any(),
                None => title.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    <td>{of.asked}</td>
                    <td>{of.students}</td>
                    <td>{of.stuck}</td>
                    <td>{of.refused}</td>
                    <td>{of.unanswered}</td>
                    <td>{t!(words, "counts-thumbs", helped = of.helped, not = of.not_helped)}</td>
                    <td>{t!(words, "counts-seconds", seconds = format!("{:.0}", of.median_wait_s))}</td>
                </tr>
            }
        })
        .collect_view();
    let intents = kinds.intents.into_iter().map(|(word, count)| (intent(&word, words).to_owned(), count.to_string()));
    let rungs = kinds.rungs.into_iter().map(|(word, count)| {
        let name = crate::helper_rules::from_word(&word).map_or("", |rung| super::rung_name(rung, words));
        (name.to_owned(), count.to_string())
    });
    let (intents, rungs): (Vec<_>, Vec<_>) = (intents.collect(), rungs.collect());
    view! {
        <Section title=t!(words, "counts-title")>
            <p>{t!(words, "counts-text")}</p>
            <Table caption=t!(words, "counts-title") headings>
                {rows}
            </Table>
            <h3>{t!(words, "counts-intents")}</h3>
            <DefinitionList items=intents counts=true />
            <h3>{t!(words, "counts-rungs")}</h3>
            <DefinitionList items=rungs counts=true />
        </Section>
    }
    .into_any()
}

/// Parts of lessons that several students asked about.
#[component]
pub fn StuckPoints(lesson_pages: String, points: Vec<StuckPoint>, words: Words) -> impl IntoView {
    if points.is_empty() {
        return view! { <Section title=t!(words, "stuck-title")><p>{t!(words, "stuck-none")}</p></Section> }.into_any();
    }
    let headings = [
        t!(words, "stuck-part"),
        t!(words, "rules-lesson"),
        t!(words, "counts-students"),
        t!(words, "counts-asked"),
        t!(words, "stuck-said-so"),
        t!(words, "stuck-far-up"),
    ]
    .map(str::to_owned)
    .to_vec();
    let rows = points
        .into_iter()
        .map(|point| {
            let href = format!("{lesson_pages}/{}#{}", point.lesson, point.anchor);
            let part = if point.heading.is_empty() { t!(words, "stuck-beginning").to_owned() } else { point.heading };
            view! {
                <tr>
                    <th scope="row">
                        <a href=href>{part}</a>
                    </th>
                    <td>{point.title}</td>
                    <td>{point.students}</td>
                    <td>{point.questions}</td>
                    <td>{point.stuck}</td>
                    <td>{point.far_up}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "stuck-title")>
            <p>{t!(words, "stuck-text")}</p>
            <Table caption=t!(words, "stuck-title") headings>
                {rows}
            </Table>
        </Section>
    }
    .into_any()
}

fn intent(word: &str, words: Words) -> &'static str {
    match word {
        "greeting" => t!(words, "intent-greeting"),
        "stuck" => t!(words, "intent-stuck"),
        "concept" => t!(words, "intent-concept"),
        "example" => t!(words, "intent-example"),
        "check_my_work" => t!(words, "intent-check"),
        "answer" => t!(words, "intent-answer"),
        "off_topic" => t!(words, "intent-off-topic"),
        _ => t!(words, "intent-other"),
    }
}
