//! `GET …/work.zip` and `GET …/materials/{material}/work.zip`: what students handed in, as an archive that is streamed
//! while it is made. Every student has a folder, every version a name of its own.

pub mod store;

use crate::{
    app::App,
    classroom::Classroom,
    material::store as materials,
    privacy::answer_markdown,
    storage::{
        SafeName,
        archive::{self, Entry, Names},
        streamed,
    },
    t,
    web::{Asked, Error, PageResult, Viewing, Words, browser::Browser, csv},
};
use axum::extract::State;
use shared_types::ids::MaterialId;
use store::{Answered, File};

/// Everything of a class.
pub async fn of_class(State(app): State<App>, Viewing { classroom, .. }: Viewing, browser: Browser) -> PageResult {
    let name = SafeName::of(&format!("{}.zip", classroom.name));
    send(&app, &classroom, None, &name, Words(browser.lang())).await
}

/// What was handed in for one material.
pub async fn of_material(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    Asked(id): Asked<MaterialId>,
    browser: Browser,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let material = materials::of_class(&mut db, classroom.id, id, app.clock.now()).await?.ok_or(Error::NotFound)?;
    drop(db);
    let name = SafeName::of(&format!("{} - {}.zip", classroom.name, material.title));
    send(&app, &classroom, Some(id), &name, Words(browser.lang())).await
}

async fn send(
    app: &App,
    classroom: &Classroom,
    material: Option<MaterialId>,
    name: &SafeName,
    words: Words,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let files = store::files(&mut db, classroom.id, material).await?;
    let answers = store::answers(&mut db, classroom.id, material).await?;
    drop(db);
    let entries = entries(app, files, answers, words)?;
    streamed("application/zip", name, archive::packed(entries, app.storage.clone()))
}

/// A table of contents first; the files last, because they are what may fail.
fn entries(app: &App, files: Vec<File>, answers: Vec<Answered>, words: Words) -> anyhow::Result<Vec<Entry>> {
    let mut names = Names::default();
    let index = names.take(&[], "index.csv");
    let moment = |at: chrono::DateTime<chrono::Utc>| {
        at.with_timezone(&app.config.time_zone).format("%Y-%m-%d %H:%M").to_string()
    };
    let mut table = vec![
        [
            t!(words, "export-path"),
            t!(words, "roster-name"),
            t!(words, "export-module"),
            t!(words, "export-material"),
            t!(words, "export-version"),
            t!(words, "export-at"),
            t!(words, "export-note"),
        ]
        .map(str::to_owned),
    ];
    let (mut texts, mut contents) = (Vec::new(), Vec::new());
    for one in answers {
        let text = answer_markdown(&one.settings.0, &one.answer.0, words).join("\n");
        let path = names.take(&[&one.module, &one.title], &format!("{}.md", one.student));
        let at = one.handed_in_at.map(moment).unwrap_or_default();
        table.push([path.clone(), one.student, one.module, one.title.clone(), String::new(), at, String::new()]);
        texts.push(Entry::Text { path, content: format!("# {}\n\n{text}\n", one.title).into_bytes() });
    }
    for one in files {
        let path = names.take(&[&one.module, &one.title, &one.student], &one.file_name);
        let (version, at) = (one.version.to_string(), moment(one.submitted_at));
        table.push([path.clone(), one.student, one.module, one.title, version, at, one.note]);
        contents.push(Entry::File { path, id: one.file });
    }
    let index = Entry::Text { path: index, content: csv::written(table)?.into_bytes() };
    Ok(std::iter::once(index).chain(texts).chain(contents).collect())
}
