//! What is seen of a student's work.

use super::{Look, Project};
use crate::{
    classroom::Classroom,
    grading::sheet::Version,
    material::{Answer, Settings},
    privacy::answer_lines,
    submission::words::size,
    t,
    ui::time::{Now, Since},
    web::Words,
};
use helper_ui::ui::{Actions, ButtonLink, DefinitionList, Prose, Weight};
use leptos::prelude::*;

/// A file that was handed in, as far as it can be seen, and a way to save it.
#[component]
pub fn File(classroom: Classroom, version: Version, look: Look, now: Now, words: Words) -> impl IntoView {
    let base = format!("{}/submissions/{}", classroom.path(), version.id);
    let (file, view) = (format!("{base}/file"), format!("{base}/view"));
    let seen = seen(look, &version, &base, words);
    let note = (!version.note.is_empty()).then(|| {
        view! {
            <p class="work-note">
                <strong>{t!(words, "work-note")}</strong>
                " "
                {version.note}
            </p>
        }
    });
    let open = is_opened(&version.file_name).then(|| {
        view! { <ButtonLink href=view weight=Weight::Quiet>{t!(words, "work-open")}</ButtonLink> }
    });
    view! {
        <section class="work" aria-label=version.file_name.clone()>
            <p class="work-name">
                {version.file_name.clone()} " · " {size(version.bytes, words)} " · "
                <Since then=version.submitted_at now words />
            </p>
            {note}
            {seen}
            <Actions>
                {open} <ButtonLink href=file weight=Weight::Quiet>{t!(words, "work-save")}</ButtonLink>
            </Actions>
        </section>
    }
    .into_any()
}

fn is_opened(name: &str) -> bool {
    use crate::submission::FileKind::{Gif, Jpeg, Mp4, Pdf, Png, Webp};
    matches!(super::kind_of(name), Some(Gif | Jpeg | Mp4 | Pdf | Png | Webp))
}

fn seen(look: Look, version: &Version, base: &str, words: Words) -> AnyView {
    let src = format!("{base}/view");
    let called = version.file_name.clone();
    match look {
        Look::Picture => {
            let alt = t!(words, "work-picture", name = called);
            // Closed, all of the picture is in view; opened, it is as large as it is and scrolls.
            view! {
                <details class="zoom">
                    <summary>
                        <span class="zoom-word zoom-in">{t!(words, "work-zoom")}</span>
                        <span class="zoom-word zoom-out">{t!(words, "work-unzoom")}</span>
                        <img src=src alt=alt />
                    </summary>
                </details>
            }
            .into_any()
        }
        // No `sandbox`: Chromium shows no PDF within one. What keeps the frame to a PDF is how the file is sent (`view`).
        Look::Pdf => view! {
            <iframe class="work-frame" src=src title=called></iframe>
            <p class="field-hint">{t!(words, "work-no-page")}</p>
        }
        .into_any(),
        Look::Sound => view! { <audio class="work-sound" controls preload="metadata" src=src></audio> }.into_any(),
        Look::Film => view! { <video class="work-film" controls preload="metadata" src=src></video> }.into_any(),
        Look::Text { text, html, cut } => {
            let code = match html {
                Some(html) => view! { <code inner_html=html></code> }.into_any(),
                None => view! { <code>{text}</code> }.into_any(),
            };
            view! {
                <div class="prose work-text">
                    <pre tabindex="0" role="region" aria-label=called>{code}</pre>
                </div>
                {cut.then(|| cut_short(words))}
            }
            .into_any()
        }
        Look::Prose { html, cut } => {
            view! { <div class="work-prose"><Prose sanitised_html=html /></div> {cut.then(|| cut_short(words))} }
                .into_any()
        }
        Look::Scratch(project) => scratch(project, version, base, words),
        Look::Archive(names) => {
            let names = names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
            view! {
                <p>{t!(words, "work-archive")}</p>
                <ul class="work-entries">{names}</ul>
            }
            .into_any()
        }
        Look::Nothing => view! { <p>{t!(words, "work-nothing")}</p> }.into_any(),
        Look::Broken => view! { <p>{t!(words, "work-broken")}</p> }.into_any(),
    }
}

fn cut_short(words: Words) -> AnyView {
    view! { <p>{t!(words, "work-cut")}</p> }.into_any()
}

fn scratch(project: Project, version: &Version, base: &str, words: Words) -> AnyView {
    let stage = version.has_thumbnail.then(|| {
        let alt = t!(words, "work-stage", name = version.file_name.clone());
        view! { <img class="work-stage" src=format!("{base}/thumbnail") alt=alt /> }
    });
    let mut items = vec![
        (t!(words, "work-sprites").to_owned(), project.sprites.len().to_string()),
        (t!(words, "work-scripts").to_owned(), project.scripts().to_string()),
        (t!(words, "work-backdrops").to_owned(), project.stage.costumes.to_string()),
    ];
    let stage_too = (project.stage.scripts > 0)
        .then(|| super::Sprite { name: t!(words, "work-the-stage").to_owned(), ..project.stage.clone() });
    items.extend(stage_too.into_iter().chain(project.sprites).take(50).map(|sprite| {
        let about =
            t!(words, "work-sprite", scripts = sprite.scripts, blocks = sprite.blocks, costumes = sprite.costumes);
        (sprite.name, about)
    }));
    view! {
        {stage}
        <DefinitionList items />
    }
    .into_any()
}

/// What was answered in a form, for reading.
#[component]
pub fn Answered(settings: Settings, answer: Answer, words: Words) -> impl IntoView {
    match (&settings, &answer) {
        (Settings::Checklist { items, .. }, Answer::Checklist { ticked }) => {
            let rows = items
                .iter()
                .map(|item| {
                    let is_ticked = ticked.contains(&item.id);
                    let word = if is_ticked { t!(words, "work-ticked") } else { t!(words, "work-not-ticked") };
                    view! {
                        <li>
                            <span class="work-tick">{word}</span>
                            " "
                            {item.text.clone()}
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="work-ticks">{rows}</ul> }.into_any()
        }
        (Settings::Rubric { criteria, .. }, Answer::Rubric { choices }) => {
            let items = criteria
                .iter()
                .map(|criterion| {
                    let choice = choices.get(&criterion.id);
                    let level = choice.and_then(|choice| choice.level).and_then(|level| criterion.levels.get(level));
                    let level = level.map_or(t!(words, "work-no-level"), |level| level.title.as_str());
                    let why = choice.map(|choice| choice.why.trim()).filter(|why| !why.is_empty());
                    let said = why.map_or_else(|| level.to_owned(), |why| format!("{level} – {why}"));
                    (criterion.title.clone(), said)
                })
                .collect::<Vec<_>>();
            view! { <DefinitionList items /> }.into_any()
        }
        (Settings::Reflection { .. }, Answer::Reflection { text }) => {
            view! { <p class="work-words">{text.clone()}</p> }.into_any()
        }
        _ => {
            let lines = answer_lines(&settings, &answer, words);
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <ul class="work-lines">{lines}</ul> }.into_any()
        }
    }
}
