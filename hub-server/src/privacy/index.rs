//! Answers as text, and the page of the archive: plain HTML that reads without a network and runs nothing.

use super::store::{AnswerRow, DraftRow, FileRow, PersonRow};
use crate::{
    material::{Answer, Settings},
    t,
    web::Words,
};
use std::fmt::Write;

/// An answer, line by line, in Markdown.
pub fn lines(settings: &Settings, answer: &Answer, words: Words) -> Vec<String> {
    match (settings, answer) {
        (Settings::Checklist { items, .. }, Answer::Checklist { ticked }) => items
            .iter()
            .map(|item| format!("- [{}] {}", if ticked.contains(&item.id) { 'x' } else { ' ' }, item.text))
            .collect(),
        (_, Answer::Reflection { text }) => text.lines().map(str::to_owned).collect(),
        (Settings::Rubric { criteria, .. }, Answer::Rubric { choices }) => criteria
            .iter()
            .filter_map(|criterion| {
                let choice = choices.get(&criterion.id)?;
                let level = choice.level.and_then(|level| criterion.levels.get(level));
                let level = level.map_or("", |level| level.title.as_str());
                let why = if choice.why.is_empty() { String::new() } else { format!(" – {}", choice.why) };
                Some(format!("- {}: **{level}**{why}", criterion.title))
            })
            .collect(),
        // The material was changed into another kind meanwhile.
        _ => vec![t!(words, "data-answer-other").to_owned()],
    }
}

/// What was being typed, as text.
pub(super) fn draft_text(draft: &DraftRow, words: Words) -> String {
    let answer = Answer::from_draft(draft.settings.kind(), &draft.text);
    answer.map_or_else(|| draft.text.clone(), |answer| lines(&draft.settings, &answer, words).join("\n"))
}

/// A file of the archive, and what it is called there.
pub(super) struct Packed<'a> {
    pub file: &'a FileRow,
    pub path: String,
}

/// The page that leads to everything in the archive.
pub(super) fn html(
    person: &PersonRow,
    files: &[Packed<'_>],
    answers: &[AnswerRow],
    drafts: &[DraftRow],
    words: Words,
) -> String {
    let mut page = String::new();
    let title = t!(words, "data-portfolio-title", name = person.display_name.clone());
    let _always = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src 'self' file:\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{class}</p>\n",
        words.tag(),
        title = escaped(&title),
        class = escaped(&person.classroom),
    );
    section(&mut page, t!(words, "data-submissions"), files, |page, packed| {
        let _always = writeln!(
            page,
            "<li><a href=\"{}\">{}</a> · {} · {}</li>",
            escaped(&address(&packed.path)),
            escaped(&packed.file.file_name),
            escaped(&packed.file.title),
            packed.file.submitted_at.format("%Y-%m-%d"),
        );
    });
    section(&mut page, t!(words, "data-responses"), answers, |page, answer| {
        let text = lines(&answer.settings, &answer.answer, words).join("\n");
        let _always = writeln!(page, "<li><h3>{}</h3><pre>{}</pre></li>", escaped(&answer.title), escaped(&text));
    });
    section(&mut page, t!(words, "data-drafts"), drafts, |page, draft| {
        let _always = writeln!(
            page,
            "<li><h3>{}</h3><pre>{}</pre></li>",
            escaped(&draft.title),
            escaped(&draft_text(draft, words))
        );
    });
    let _always = write!(page, "<p>{}</p>\n</main>\n</body>\n</html>\n", escaped(t!(words, "data-portfolio-raw")));
    page
}

const STYLE: &str = ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
                     main{max-width:44rem;margin:2rem auto;padding:0 1rem}\
                     pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}li{margin:.5rem 0}";

fn section<T>(page: &mut String, title: &str, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let _always = write!(page, "<h2>{}</h2>\n<ul>\n", escaped(title));
    for one in items {
        item(page, one);
    }
    page.push_str("</ul>\n");
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}

/// A path within the archive as an address.
fn address(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b':');
    utf8_percent_encode(path, PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::{address, escaped, lines};
    use crate::{
        material::{Answer, Choice, Criterion, Item, Level, Settings},
        web::{Lang, Words},
    };

    #[test]
    fn answers_read_as_text() {
        let words = Words(Lang::English);
        let item = |id: &str, text: &str| Item { id: id.to_owned(), text: text.to_owned() };
        let checklist = Settings::Checklist {
            source: String::new(),
            html: String::new(),
            items: vec![item("a", "Read it"), item("b", "Did it")],
        };
        let ticked = Answer::Checklist { ticked: ["b".to_owned()].into() };
        assert_eq!(lines(&checklist, &ticked, words), ["- [ ] Read it", "- [x] Did it"]);
        let level = |title: &str| Level { title: title.to_owned(), description: String::new(), points: 0 };
        let rubric = Settings::Rubric {
            source: String::new(),
            html: String::new(),
            criteria: vec![Criterion {
                id: "c".to_owned(),
                title: "Code".to_owned(),
                levels: vec![level("Begins"), level("Shines")],
            }],
        };
        let choice = Choice { level: Some(1), why: "It runs".to_owned() };
        let chosen = Answer::Rubric { choices: [("c".to_owned(), choice)].into() };
        assert_eq!(lines(&rubric, &chosen, words), ["- Code: **Shines** – It runs"]);
        let text = Answer::Reflection { text: "One\nTwo".to_owned() };
        assert_eq!(lines(&rubric, &text, words), ["One", "Two"]);
    }

    #[test]
    fn nothing_a_student_wrote_becomes_markup() {
        assert_eq!(escaped("<script>\"&"), "&lt;script&gt;&quot;&amp;");
        assert_eq!(address("files/a b#1?.png"), "files/a%20b%231%3F.png");
    }
}
