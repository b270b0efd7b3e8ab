//! `GET /student/my-data/portfolio.zip`: everything to take away.

use super::{
    answers::{self, Manner},
    index::{self, Packed, Portfolio},
    register::{self, REGISTER},
    store, talks,
};
use crate::{
    app::App,
    storage::{
        SafeName,
        archive::{self, Entry, Names},
        streamed,
    },
    web::{JoinedStudent, PageResult, Words, browser::Browser},
};
use axum::extract::State;
use shared_types::ids::StudentId;

/// Files under safe names of their own, answers as Markdown, every row as JSON, and a page that leads through it.
pub async fn download(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    browser: Browser,
) -> PageResult {
    let entries = entries(&app, student.id, Words(browser.lang())).await?;
    let name = SafeName::of(&format!("{}.zip", student.display_name));
    streamed("application/zip", &name, archive::packed(entries, app.storage.clone()))
}

async fn entries(app: &App, student: StudentId, words: Words) -> anyhow::Result<Vec<Entry>> {
    let mut db = app.db.acquire().await?;
    let person = store::person(&mut db, student).await?;
    let files = store::files(&mut db, student).await?;
    let answers = store::answers(&mut db, student).await?;
    let drafts = store::drafts(&mut db, student).await?;
    let mut names = Names::default();
    let packed: Vec<Packed<'_>> = files
        .iter()
        .map(|file| Packed { file, path: names.take(&["files", &file.module, &file.title], &file.file_name) })
        .collect();
    let grades = store::grades(&mut db, student).await?;
    let looks = talks::looks(&mut db, student).await?;
    let portfolio = Portfolio {
        person: &person,
        files: &packed,
        grades: &grades,
        answers: &answers,
        drafts: &drafts,
        looks: &looks,
    };
    let page = index::html(&portfolio, words);
    let mut entries = vec![Entry::Text { path: "index.html".to_owned(), content: page.into_bytes() }];
    for answer in &answers {
        let text = answers::markdown(&answer.settings, &answer.answer, words).join("\n");
        let path = names.take(&["answers", &answer.module], &format!("{}.md", answer.title));
        entries.push(Entry::Text { path, content: format!("# {}\n\n{text}\n", answer.title).into_bytes() });
    }
    for draft in &drafts {
        let path = names.take(&["drafts", &draft.module], &format!("{}.md", draft.title));
        entries.push(Entry::Text { path, content: answers::draft(draft, Manner::Markdown, words).into_bytes() });
    }
    for holding in REGISTER {
        let rows = register::rows(&mut db, holding, student).await?;
        let content = serde_json::to_vec_pretty(&rows)?;
        entries.push(Entry::Text { path: format!("data/{}.json", holding.table), content });
    }
    // Last, because they are what may fail.
    entries.extend(packed.into_iter().map(|packed| Entry::File { path: packed.path, id: packed.file.file }));
    Ok(entries)
}
