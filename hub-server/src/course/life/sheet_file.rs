//! `course.yaml` as text, after a change of the course's title or of its list of lessons. What is not changed stays as its
//! author wrote it, comments included; where the file is written in a way that this cannot follow, it is written anew
//! with the same content.

use crate::course::{PackFault, pack::SHEET, sheet::Sheet, source::write::quoted};
use serde_json::Value as Json;
use std::fmt::Write;

/// A lesson in the list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Path in the pack.
    pub file: String,
    /// The number to give it; none leaves what the list says.
    pub session: Option<i32>,
    /// What the list shall say of it where it does not have it.
    pub entry: Option<Json>,
}

/// The sheet as text and as it reads.
pub type Written = (String, Json);

/// The sheet of a course without lessons.
pub fn new(slug: &str, title: &str, language: &str) -> Result<Written, PackFault> {
    let text = format!("slug: {}\ntitle: {}\nlanguage: {}\nlessons:\n", quoted(slug), quoted(title), quoted(language));
    let json = read(&text)?;
    Ok((text, json))
}

/// What the list says of a lesson.
pub fn entry(text: &str, file: &str) -> Result<Option<Json>, PackFault> {
    Ok(entries(&read(text)?).into_iter().find(|entry| is_of(entry, file)))
}

/// The sheet with another title.
pub fn retitled(text: &str, title: &str) -> Result<Written, PackFault> {
    let mut wanted = read(text)?;
    wanted["title"] = title.into();
    let end = line_end(text);
    let line =
        |line: &str| if line.starts_with("title:") { format!("title: {}", quoted(title)) } else { line.to_owned() };
    let changed = text.lines().map(line).collect::<Vec<_>>().join(end) + end;
    Ok(settled(changed, wanted))
}

/// The sheet with these lessons, in this order.
pub fn arranged(text: &str, lessons: &[Listed]) -> Result<Written, PackFault> {
    let mut wanted = read(text)?;
    let standing = entries(&wanted);
    let listed: Vec<Json> = lessons.iter().filter_map(|lesson| lesson.among(&standing)).collect();
    let changed = by_blocks(text, &standing, &listed);
    wanted["lessons"] = listed.into();
    Ok(match changed {
        Some(changed) => settled(changed, wanted),
        None => (anew(&wanted), wanted),
    })
}

impl Listed {
    fn among(&self, standing: &[Json]) -> Option<Json> {
        let mut entry =
            standing.iter().find(|entry| is_of(entry, &self.file)).cloned().or_else(|| self.entry.clone())?;
        if let Some(session) = self.session
            && entry.get("session").and_then(Json::as_i64) != Some(i64::from(session))
        {
            entry["session"] = session.into();
        }
        Some(entry)
    }
}

fn read(text: &str) -> Result<Json, PackFault> {
    // The mark that some editors put first is no part of the YAML.
    Ok(Sheet::parse(SHEET, text.trim_start_matches('\u{feff}'), 0)?.to_json())
}

fn entries(sheet: &Json) -> Vec<Json> {
    let all = sheet.get("lessons").and_then(Json::as_array).cloned().unwrap_or_default();
    all.into_iter().filter(Json::is_object).collect()
}

fn is_of(entry: &Json, file: &str) -> bool {
    entry.get("file").and_then(Json::as_str).is_some_and(|named| named.trim() == file)
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// `changed` where it says what is wanted, else everything written anew.
fn settled(changed: String, wanted: Json) -> Written {
    let same = read(&changed).is_ok_and(|mut read| {
        if entries(&read).is_empty() && entries(&wanted).is_empty() {
            read["lessons"] = wanted.get("lessons").cloned().unwrap_or_default();
        }
        read == wanted
    });
    let text = if same { changed } else { anew(&wanted) };
    (text, wanted)
}

/// The text with the entries of its list in another order, each with its own lines.
fn by_blocks(text: &str, standing: &[Json], listed: &[Json]) -> Option<String> {
    let end = line_end(text);
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| line.trim_end() == "lessons:")? + 1;
    let inside = |line: &&&str| line.trim().is_empty() || line.starts_with([' ', '-', '#', '\t']);
    let stop = start + lines[start..].iter().take_while(inside).count();
    let list = &lines[start..stop];
    let is_dash = |line: &&str| line.trim_start() == "-" || line.trim_start().starts_with("- ");
    let indent = list.iter().copied().find(|line| is_dash(line));
    let indent = indent.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
    let (before, mut blocks, after) = blocks(list, indent);
    if blocks.len() != standing.len() {
        return None;
    }
    let mut arranged: Vec<String> = before;
    for entry in listed {
        let at = standing.iter().position(|one| one.get("file").is_some() && one.get("file") == entry.get("file"));
        let lines = at.map(|at| std::mem::take(&mut blocks[at])).unwrap_or_default();
        arranged.extend(block_of(lines, entry, indent));
    }
    let around = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let all = [around(&lines[..start]), arranged, after, around(&lines[stop..])].concat();
    Some(all.join(end) + end)
}

/// What stands before the first entry, the lines of each, and what stands behind the last. A comment belongs to what
/// comes after it.
fn blocks(list: &[&str], indent: &str) -> (Vec<String>, Vec<Vec<String>>, Vec<String>) {
    let (mut before, mut blocks) = (Vec::new(), Vec::<Vec<String>>::new());
    for line in list {
        let own = line.strip_prefix(indent).is_some_and(|rest| rest == "-" || rest.starts_with("- "));
        if own {
            let mut block = take_comments(blocks.last_mut().unwrap_or(&mut before));
            block.push((*line).to_owned());
            blocks.push(block);
        } else {
            blocks.last_mut().unwrap_or(&mut before).push((*line).to_owned());
        }
    }
    let after = blocks.last_mut().map(take_comments).unwrap_or_default();
    (before, blocks, after)
}

fn take_comments(block: &mut Vec<String>) -> Vec<String> {
    let is_comment = |line: &&String| line.trim().is_empty() || line.trim_start().starts_with('#');
    let count = block.iter().rev().take_while(is_comment).count();
    block.split_off(block.len() - count)
}

/// The lines of an entry: as they are, with another session number, or written anew.
fn block_of(lines: Vec<String>, entry: &Json, indent: &str) -> Vec<String> {
    if says(&lines, entry) {
        return lines;
    }
    let session = entry.get("session").map(Json::to_string).unwrap_or_default();
    let numbered = |line: &String| {
        let (dash, field) = match line.trim_start().strip_prefix("- ") {
            Some(field) => ("- ", field),
            None => ("", line.trim_start()),
        };
        let before = &line[..line.len() - line.trim_start().len()];
        field.starts_with("session:").then(|| format!("{before}{dash}session: {session}"))
    };
    let mut changed: Vec<String> = lines.iter().map(|line| numbered(line).unwrap_or_else(|| line.clone())).collect();
    if says(&changed, entry) {
        return changed;
    }
    changed.push(format!("{indent}  session: {session}"));
    if says(&changed, entry) {
        return changed;
    }
    let fields = entry.as_object().into_iter().flatten();
    fields
        .zip(0..)
        .map(|(field, index)| format!("{indent}{}{}", if index == 0 { "- " } else { "  " }, line(field)))
        .collect()
}

fn says(block: &[String], entry: &Json) -> bool {
    !block.is_empty()
        && read(&format!("lessons:\n{}\n", block.join("\n"))).is_ok_and(|read| entries(&read) == [entry.clone()])
}

/// Everything, a line for each field. JSON is YAML.
fn anew(sheet: &Json) -> String {
    let mut text = String::new();
    for field in sheet.as_object().into_iter().flatten() {
        if field.0 != "lessons" {
            let _ = writeln!(text, "{}", line(field));
        }
    }
    text.push_str("lessons:\n");
    for entry in entries(sheet) {
        let _ = writeln!(text, "{}", block_of(Vec::new(), &entry, "  ").join("\n"));
    }
    text
}

fn line((name, value): (&String, &Json)) -> String {
    match value {
        Json::String(text) => format!("{}: {}", quoted(name), quoted(text)),
        other => format!("{}: {other}", quoted(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Listed, arranged, entry, new, read, retitled};

    const SHEET: &str = "# ours\nslug: codes\ntitle: Codes  # short\nlessons:\n  # the first\n  - slug: one\n    session: 1\n    file: 1.md\n\n  # the second\n  - slug: two\n    session: 2   # after the holidays\n    file: 2.md\n    mood: {colour: blue}\n\n# the end\nneeds: [paper]\n";

    fn listed(file: &str, session: Option<i32>) -> Listed {
        Listed { file: file.to_owned(), session, entry: None }
    }

    #[test]
    fn the_lessons_change_places_and_the_rest_stays_as_it_was() {
        let (text, _) = arranged(SHEET, &[listed("2.md", Some(1)), listed("1.md", Some(2))]).unwrap();
        assert_eq!(
            text,
            "# ours\nslug: codes\ntitle: Codes  # short\nlessons:\n\n  # the second\n  - slug: two\n    session: 1\n    file: 2.md\n    mood: {colour: blue}\n  # the first\n  - slug: one\n    session: 2\n    file: 1.md\n\n# the end\nneeds: [paper]\n"
        );
    }

    #[test]
    fn a_lesson_goes_and_comes_back() {
        let gone = entry(SHEET, "2.md").unwrap().unwrap();
        let (without, json) = arranged(SHEET, &[listed("1.md", None)]).unwrap();
        assert!(!without.contains("two") && without.contains("# the end\nneeds: [paper]"), "{without}");
        assert_eq!(json["lessons"].as_array().unwrap().len(), 1);
        let back = [listed("1.md", None), Listed { entry: Some(gone), ..listed("2.md", None) }];
        let (again, json) = arranged(&without, &back).unwrap();
        assert_eq!(json, read(SHEET).unwrap(), "{again}");
        let (none, json) = arranged(SHEET, &[]).unwrap();
        assert!(none.contains("lessons:\n") && json["lessons"].as_array().unwrap().is_empty(), "{none}");
    }

    #[test]
    fn however_the_list_is_written_it_says_the_same_afterwards() {
        for text in [
            "slug: a\ntitle: A\nlessons: [{slug: x, file: 1.md}, {slug: y, file: 2.md, session: 7}]\nneeds: []\n",
            "slug: a\r\ntitle: A\r\nlessons:\r\n- {slug: x, file: 1.md}\r\n- slug: y\r\n  file: '2.md'\r\n",
            "\u{feff}slug: a\ntitle: >\n  A and\n  B\nlessons:\n  -\n    slug: x\n    file: 1.md\n  - slug: y\n    file: 2.md\n    about: |\n      # not a comment\n      - not an entry\n",
            "{\"slug\": \"a\", \"title\": \"A\", \"lessons\": [{\"file\": \"1.md\"}, {\"file\": \"2.md\"}]}\n",
            "lessons:\n  - file: 1.md\n  - file: 2.md\n    opens_on: 2026-09-01\ntitle: A\n",
        ] {
            let before = read(text).unwrap();
            let (changed, json) = arranged(text, &[listed("2.md", Some(1)), listed("1.md", Some(2))]).unwrap();
            assert_eq!(read(&changed).unwrap(), json, "{changed}");
            let mut expected = before.clone();
            let [mut one, mut two] = [0, 1].map(|at| before["lessons"][at].clone());
            (one["session"], two["session"]) = (2.into(), 1.into());
            expected["lessons"] = vec![two, one].into();
            assert_eq!(json, expected, "{changed}");
            let (changed, json) = retitled(text, "A: \"new\" title").unwrap();
            assert_eq!((read(&changed).unwrap(), json["title"].as_str()), (json.clone(), Some("A: \"new\" title")));
            assert_eq!(json["lessons"], before["lessons"]);
        }
    }

    #[test]
    fn a_title_changes_its_line_alone() {
        let (text, _) = retitled(SHEET, "Keys").unwrap();
        assert_eq!(text, SHEET.replace("title: Codes  # short", "title: Keys"));
        let (text, json) = new("codes", "Codes: \"all\"", "es").unwrap();
        assert_eq!((json["title"].as_str(), json["language"].as_str()), (Some("Codes: \"all\""), Some("es")), "{text}");
    }
}
