//! A lesson's front matter as the fields of a form, and back. Fields the form does not know stay as they were written,
//! comments and order included.

use crate::course::{PackFault, Why, sheet::Sheet};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What the form asks for one by one. Lists have one item on each line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub title: String,
    pub minutes: String,
    pub makes: String,
    pub needs: String,
    pub done_looks_like: String,
    pub quick_fixes: String,
    pub extend: String,
    pub allowed_topics: String,
    pub helper_notes: String,
    /// Everything else, as YAML.
    pub others: String,
}

/// The names of the fields above in a file.
const KNOWN: [&str; 9] = [
    "title",
    "duration_minutes",
    "makes",
    "needs",
    "done_looks_like",
    "help",
    "extend",
    "helper_allowed_topics",
    "helper_notes",
];

/// What faults are said to be about; the file itself has no name in the browser.
const FILE: &str = "lesson";

impl Fields {
    /// Takes front matter apart.
    pub fn of(front_matter: &str) -> Result<Self, PackFault> {
        let sheet = Sheet::parse(FILE, front_matter, 0)?;
        let lines = |field: &str| Ok::<_, PackFault>(one_per_line(&sheet.texts(field)?));
        let help = sheet.mapping("help")?;
        Ok(Self {
            title: sheet.text("title")?.unwrap_or_default(),
            minutes: sheet.text("duration_minutes")?.unwrap_or_default(),
            makes: sheet.text("makes")?.unwrap_or_default(),
            needs: lines("needs")?,
            done_looks_like: lines("done_looks_like")?,
            quick_fixes: one_per_line(&help.map(|help| help.texts("quick_fixes")).transpose()?.unwrap_or_default()),
            extend: lines("extend")?,
            allowed_topics: lines("helper_allowed_topics")?,
            helper_notes: sheet.texts("helper_notes")?.join("\n"),
            others: others(front_matter, &sheet.to_json()),
        })
    }

    /// Puts front matter together. A fault names the line within `others`.
    pub fn front_matter(&self) -> Result<String, PackFault> {
        let others = Sheet::parse(FILE, &self.others, 0)?;
        let kept = others.to_json();
        if let Some(known) = KNOWN.iter().find(|known| **known != "help" && kept.get(**known).is_some()) {
            return Err(others.fault(known, Why::HasItsOwnField));
        }
        if one_line(&self.title).is_empty() {
            return Err(PackFault::at(FILE, 1, Why::FieldMissing).in_field("title"));
        }
        let mut yaml = String::new();
        let mut put = |name: &str, value: &Json| {
            let empty = value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
            if !empty {
                yaml.push_str(&block(name, value));
            }
        };
        put("title", &one_line(&self.title).into());
        let minutes = self.minutes.trim();
        put("duration_minutes", &minutes.parse::<u32>().map_or_else(|_| minutes.into(), Json::from));
        put("makes", &one_line(&self.makes).into());
        put("needs", &list(&self.needs));
        put("done_looks_like", &list(&self.done_looks_like));
        put("help", &help(kept.get("help"), &self.quick_fixes));
        put("extend", &list(&self.extend));
        put("helper_allowed_topics", &list(&self.allowed_topics));
        put("helper_notes", &self.helper_notes.trim().replace("\r\n", "\n").into());
        yaml.push_str(&without(&self.others, &["help"]));
        Ok(yaml)
    }
}

/// The fields the form does not know, and of `help` what it does not.
fn others(front_matter: &str, all: &Json) -> String {
    let mut others = without(front_matter, &KNOWN);
    // Written in one piece (`{title: …}`) there are no lines to take out.
    if Sheet::parse(FILE, &others, 0)
        .map_or(true, |sheet| KNOWN.iter().any(|known| sheet.to_json().get(known).is_some()))
    {
        let fields = all.as_object().into_iter().flatten().filter(|(name, _)| !KNOWN.contains(&name.as_str()));
        others = fields.map(|(name, value)| block(name, value)).collect();
    }
    if let Some(mut more) = all.get("help").and_then(Json::as_object).cloned() {
        more.remove("quick_fixes");
        if !more.is_empty() {
            others.push_str(&block("help", &Json::Object(more)));
        }
    }
    others
}

/// `help` with these fixes; what else it had stays.
fn help(kept: Option<&Json>, quick_fixes: &str) -> Json {
    let mut help = kept.and_then(Json::as_object).cloned().unwrap_or_default();
    if let Json::Array(fixes) = list(quick_fixes)
        && !fixes.is_empty()
    {
        help.insert("quick_fixes".to_owned(), Json::Array(fixes));
    }
    if help.is_empty() { Json::String(String::new()) } else { Json::Object(help) }
}

/// YAML without the top-level fields of these names: from a field's line to the next field's.
fn without(yaml: &str, names: &[&str]) -> String {
    let mut kept = String::new();
    let mut leaving_out = false;
    for line in yaml.lines() {
        if let Some(name) = top_level_name(line) {
            leaving_out = names.contains(&name);
        }
        if !leaving_out {
            kept.push_str(line.trim_end_matches('\r'));
            kept.push('\n');
        }
    }
    kept
}

/// The field that begins on this line.
fn top_level_name(line: &str) -> Option<&str> {
    if line.starts_with([' ', '\t', '#', '-', '"', '\'', '{', '[', '?']) {
        return None;
    }
    line.split_once(':').map(|(name, _)| name.trim_end())
}

/// One field as YAML. Texts are written as JSON, which is YAML in quotes.
fn block(name: &str, value: &Json) -> String {
    match value {
        Json::Array(items) if !items.is_empty() && items.iter().all(Json::is_string) => {
            let items: String = items.iter().map(|item| format!("  - {item}\n")).collect();
            format!("{name}:\n{items}")
        }
        Json::Object(fields) if fields.len() == 1 && fields.contains_key("quick_fixes") => {
            let inner = block("quick_fixes", &fields["quick_fixes"]);
            let inner: String = inner.lines().map(|line| format!("  {line}\n")).collect();
            format!("{name}:\n{inner}")
        }
        value => format!("{name}: {value}\n"),
    }
}

fn list(lines: &str) -> Json {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn one_per_line(items: &[String]) -> String {
    items.iter().map(|item| one_line(item)).collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{FILE, Fields};
    use crate::course::sheet::Sheet;

    const FRONT: &str = "course: codes\nsession: 1\n# a note\ntitle: \"Talking: in light\"\nduration_minutes: 50\nneeds:\n- paper\n- a torch\n\
                         teacher_panel:\n  purpose: They see it.\n  snags:\n    - Hurry.\nhelp:\n  quick_fixes:\n    - \"Lost? Begin again.\"\n  more: kept\n\
                         helper_notes: |\n  First.\n\n  Second.\nmood: {colour: blue}\n";

    #[test]
    fn front_matter_comes_apart_and_together_without_loss() {
        let fields = Fields::of(FRONT).unwrap();
        assert_eq!((fields.title.as_str(), fields.minutes.as_str()), ("Talking: in light", "50"));
        assert_eq!((fields.needs.as_str(), fields.quick_fixes.as_str()), ("paper\na torch", "Lost? Begin again."));
        assert!(fields.others.contains("# a note") && fields.others.contains("  snags:\n    - Hurry.\n"), "{fields:?}");
        assert!(!fields.others.contains("needs") && fields.others.contains("\"more\""), "{fields:?}");
        let again = fields.front_matter().unwrap();
        let json = |yaml: &str| Sheet::parse(FILE, yaml, 0).unwrap().to_json();
        let (mut before, mut after) = (json(FRONT), json(&again));
        // A text of several lines ends with a line end in the file and without one in the form.
        for one in [&mut before, &mut after] {
            one["helper_notes"] = one["helper_notes"].as_str().unwrap().trim().into();
        }
        assert_eq!(after, before, "{again}");
        assert_eq!(Fields::of(&again).unwrap(), fields);
    }

    #[test]
    fn what_is_typed_cannot_become_another_field() {
        let fields = Fields {
            title: "A \"title\": with\nteacher_panel: {purpose: x} # and a mark".to_owned(),
            needs: "- one\n\n  two: three \n".to_owned(),
            minutes: "soon".to_owned(),
            ..Fields::default()
        };
        let sheet = Sheet::parse(FILE, &fields.front_matter().unwrap(), 0).unwrap();
        assert_eq!(sheet.text("title").unwrap().unwrap(), "A \"title\": with teacher_panel: {purpose: x} # and a mark");
        assert_eq!(sheet.texts("needs").unwrap(), ["- one", "two: three"]);
        assert_eq!(sheet.text("duration_minutes").unwrap().unwrap(), "soon");
        assert!(sheet.mapping("teacher_panel").unwrap().is_none());
    }

    #[test]
    fn fields_in_one_piece_come_apart_too() {
        let fields = Fields::of("{title: A, needs: [paper], mood: {colour: blue}}").unwrap();
        assert_eq!((fields.title.as_str(), fields.needs.as_str()), ("A", "paper"));
        assert_eq!(fields.others, "mood: {\"colour\":\"blue\"}\n");
    }

    #[test]
    fn a_mistake_among_the_others_names_its_line() {
        let others = |yaml: &str| Fields { others: yaml.to_owned(), ..Fields::default() }.front_matter().unwrap_err();
        assert_eq!(others("a: 1\nb: c: d\n").line, Some(2));
        let twice = others("a: 1\ntitle: again\n");
        assert_eq!((twice.line, twice.field.as_deref()), (Some(2), Some("title")));
    }
}
