//! What a student answered and what came back for it, line by line: plain for pages, Markdown for `.md` files.

use super::store::{DraftRow, GradeRow};
use crate::{
    grading::returned::points_word,
    material::{Answer, Settings},
    t,
    web::Words,
};

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As people read it.
    Plain,
    Markdown,
}

/// An answer as people read it.
pub fn plain(settings: &Settings, answer: &Answer, words: Words) -> Vec<String> {
    lines(settings, answer, Manner::Plain, words)
}

/// An answer in Markdown.
pub fn markdown(settings: &Settings, answer: &Answer, words: Words) -> Vec<String> {
    lines(settings, answer, Manner::Markdown, words)
}

fn lines(settings: &Settings, answer: &Answer, manner: Manner, words: Words) -> Vec<String> {
    match (settings, answer) {
        (Settings::Checklist { items, .. }, Answer::Checklist { ticked }) => items
            .iter()
            .map(|item| {
                let mark = match (manner, ticked.contains(&item.id)) {
                    (Manner::Plain, true) => "✓",
                    (Manner::Plain, false) => "☐",
                    (Manner::Markdown, true) => "- [x]",
                    (Manner::Markdown, false) => "- [ ]",
                };
                format!("{mark} {}", item.text)
            })
            .collect(),
        (_, Answer::Reflection { text }) => text.lines().map(str::to_owned).collect(),
        (Settings::Rubric { criteria, .. }, Answer::Rubric { choices }) => criteria
            .iter()
            .filter_map(|criterion| {
                let choice = choices.get(&criterion.id)?;
                let level = choice.level.and_then(|level| criterion.levels.get(level));
                let level = level.map_or("", |level| level.title.as_str());
                let (lead, level) = match manner {
                    Manner::Markdown if !level.is_empty() => ("- ", format!("**{level}**")),
                    Manner::Markdown => ("- ", String::new()),
                    Manner::Plain => ("", level.to_owned()),
                };
                let said = [level, choice.why.clone()].into_iter().filter(|part| !part.is_empty());
                Some(format!("{lead}{}: {}", criterion.title, said.collect::<Vec<_>>().join(" – ")))
            })
            .collect(),
        // The material was changed into another kind meanwhile.
        _ => vec![t!(words, "data-answer-other").to_owned()],
    }
}

/// What was being typed, as text.
pub fn draft(draft: &DraftRow, manner: Manner, words: Words) -> String {
    let answer = Answer::from_draft(draft.settings.kind(), &draft.text);
    answer.map_or_else(|| draft.text.clone(), |answer| lines(&draft.settings, &answer, manner, words).join("\n"))
}

/// A grade: its points, and what was taken off them.
pub fn points(grade: &GradeRow, words: Words) -> String {
    let said = points_word(grade.points, grade.most, grade.excused, words);
    if grade.deducted.0 == 0 {
        return said;
    }
    format!("{said} · {}", t!(words, "returned-deducted", points = grade.deducted.said(words)))
}

/// The levels that were given and the teacher's words, line by line.
pub fn feedback(grade: &GradeRow) -> String {
    let levels = grade.rubric.iter().filter(|_| !grade.excused).filter_map(|criterion| {
        let level = criterion.levels.get(*grade.levels.get(&criterion.id)?)?;
        Some(format!("{}: {}", criterion.title, level.title))
    });
    let comment = Some(grade.comment.clone()).filter(|comment| !comment.is_empty());
    levels.chain(comment).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{markdown, plain};
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
        assert_eq!(plain(&checklist, &ticked, words), ["☐ Read it", "✓ Did it"]);
        assert_eq!(markdown(&checklist, &ticked, words), ["- [ ] Read it", "- [x] Did it"]);
        let level = |title: &str| Level { title: title.to_owned(), description: String::new(), points: 0 };
        let criterion = |id: &str, title: &str| Criterion {
            id: id.to_owned(),
            title: title.to_owned(),
            levels: vec![level("Begins"), level("Shines")],
        };
        let rubric = Settings::Rubric {
            source: String::new(),
            html: String::new(),
            criteria: vec![criterion("c", "Code"), criterion("d", "Tidy"), criterion("e", "Bold")],
        };
        let choice = |level, why: &str| Choice { level, why: why.to_owned() };
        let choices = [
            ("c".to_owned(), choice(Some(1), "It runs")),
            ("d".to_owned(), choice(Some(0), "")),
            ("e".to_owned(), choice(None, "Not sure")),
        ];
        let chosen = Answer::Rubric { choices: choices.into() };
        assert_eq!(plain(&rubric, &chosen, words), ["Code: Shines – It runs", "Tidy: Begins", "Bold: Not sure"]);
        let marked = markdown(&rubric, &chosen, words);
        assert_eq!(marked, ["- Code: **Shines** – It runs", "- Tidy: **Begins**", "- Bold: Not sure"]);
        let text = Answer::Reflection { text: "One\nTwo".to_owned() };
        assert_eq!(plain(&rubric, &text, words), ["One", "Two"]);
    }
}
