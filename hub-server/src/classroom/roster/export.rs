//! `GET …/roster.csv`: the roster as a table for a spreadsheet.

use super::store;
use crate::{
    app::App,
    storage::SafeName,
    t,
    web::{PageResult, Viewing, Words, browser::Browser, csv},
};
use axum::extract::State;

/// Sends it. No code and nothing by which somebody could come in is in it.
pub async fn download(State(app): State<App>, Viewing { classroom, .. }: Viewing, browser: Browser) -> PageResult {
    let words = Words(browser.lang());
    let zone = app.config.time_zone;
    let lines = store::roster(&mut *app.db.acquire().await?, classroom.id, app.clock.now()).await?;
    let moment = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let headings = [
        t!(words, "roster-name"),
        t!(words, "roster-joined"),
        t!(words, "roster-last-seen"),
        t!(words, "roster-handed-in"),
        t!(words, "roster-asked"),
    ];
    let rows = lines.into_iter().map(|line| {
        vec![
            line.display_name,
            moment(line.joined_at),
            line.last_seen_at.map(moment).unwrap_or_default(),
            line.handed_in.to_string(),
            line.asked.to_string(),
        ]
    });
    let rows = std::iter::once(headings.map(str::to_owned).to_vec()).chain(rows);
    let name = SafeName::of(&format!("{} - {}.csv", classroom.name, t!(words, "class-tab-roster")));
    csv::download(&name, rows)
}
