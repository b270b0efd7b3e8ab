//! A YAML mapping with the line of every value, so that a mistake can be pointed at. Fields we do not know are kept.

use super::{PackFault, PackFaults, slip, typo, why::Why};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value as Json};
use serde_saphyr::Spanned;
use std::{fmt, ops::Range};

/// Longest YAML read, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// Most texts told that YAML took for remarks.
const MAX_LOST: usize = 20;

/// A value and the line it stands on, counted from the start of the file.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    line: u64,
    value: Value,
    /// Where the YAML has it, in bytes.
    at: Range<usize>,
    /// How it is written, where YAML makes something else of it: `1.10` is a title to whoever wrote it.
    written: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Mapping(Vec<(String, Node)>),
}

/// One mapping of a file: all of `course.yaml`, a lesson's front matter, or a mapping within.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    file: String,
    line: u64,
    /// Where it lies within the file, for messages: `teacher_panel.`, or nothing.
    path: String,
    fields: Vec<(String, Node)>,
    /// What YAML left out of the file as remarks, and was probably none.
    lost: Vec<(u64, String)>,
}

impl Sheet {
    /// Reads YAML that starts after `lines_before` lines of `file`; says the first thing that is wrong.
    pub fn parse(file: &str, yaml: &str, lines_before: u64) -> Result<Self, PackFault> {
        Self::read(file, yaml, lines_before).map_err(|mut faults| faults.0.remove(0))
    }

    /// The same; says all that is wrong.
    pub fn read(file: &str, yaml: &str, lines_before: u64) -> Result<Self, PackFaults> {
        if yaml.len() > MAX_BYTES {
            return Err(PackFault::of_file(file, Why::FieldsTooLong { kb: MAX_BYTES / 1024 }).into());
        }
        let read = |yaml: &str| {
            let options = serde_saphyr::options! {
                budget: serde_saphyr::budget! { max_depth: 16, max_aliases: 50, max_nodes: 20_000, max_events: 50_000 },
                strict_booleans: true,
                with_snippet: false,
            };
            serde_saphyr::from_str_with_options::<Node>(yaml, options)
        };
        let mut node = read(yaml).map_err(|error| {
            let slips = slip::slips(yaml, error, read).into_iter().map(|slip| PackFault {
                line: slip.line.map(|line| line + lines_before),
                field: slip.field,
                ..PackFault::of_file(file, slip.why)
            });
            PackFaults(slips.collect())
        })?;
        keep_written(&mut node, yaml);
        let mut lost = Vec::new();
        note_lost(&node, yaml, &yaml.lines().collect::<Vec<_>>(), &mut lost);
        for (line, _) in &mut lost {
            *line += lines_before;
        }
        let line = lines_before + 1;
        let mut sheet = Self { file: file.into(), line, path: String::new(), fields: Vec::new(), lost };
        match node.value {
            Value::Null => {}
            Value::Mapping(fields) => sheet.fields = fields,
            _ => return Err(PackFault::at(file, node.line + lines_before, Why::NotFields).into()),
        }
        shift(&mut sheet.fields, lines_before);
        sheet.refuse_nul(&sheet.path, &sheet.fields)?;
        Ok(sheet)
    }

    /// The text of `field`; numbers count as text, as they are written.
    pub fn text(&self, field: &str) -> Result<Option<String>, PackFault> {
        self.find(field).map(|node| self.text_of(field, node)).transpose().map(Option::flatten)
    }

    /// The text of `field`, which must be there.
    pub fn required_text(&self, field: &str) -> Result<String, PackFault> {
        let text = self.text(field)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| self.fault(field, Why::FieldMissing))
    }

    /// The whole number of `field`, which must lie between 0 and `max`.
    pub fn number(&self, field: &str, max: i32) -> Result<Option<i32>, PackFault> {
        let number = match self.find(field).map(|node| &node.value) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Integer(number)) => Some(*number),
            Some(Value::Text(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        let number =
            number.and_then(|number: i64| i32::try_from(number).ok()).filter(|number| (0..=max).contains(number));
        number.map(Some).ok_or_else(|| self.fault(field, Why::NotANumber { most: max }))
    }

    /// The texts of `field`: a list, or a single text as a list of one. `- Optional: a printer` is a mapping to YAML
    /// and a text to whoever wrote it.
    pub fn texts(&self, field: &str) -> Result<Vec<String>, PackFault> {
        match self.find(field) {
            Some(Node { value: Value::List(items), .. }) => {
                let texts = items.iter().map(|item| match &item.value {
                    Value::Mapping(fields) => self.colon_text(field, fields).map(Some),
                    _ => self.text_of(field, item),
                });
                texts
                    .filter_map(Result::transpose)
                    .filter(|text| !matches!(text, Ok(text) if text.is_empty()))
                    .collect()
            }
            Some(node) => Ok(self.text_of(field, node)?.into_iter().filter(|text| !text.is_empty()).collect()),
            None => Ok(Vec::new()),
        }
    }

    /// Whether `field` is there and says something.
    pub fn has(&self, field: &str) -> bool {
        self.find(field).is_some_and(|node| node.value != Value::Null)
    }

    /// Whether `field` is a list that starts with a text.
    pub fn lists_texts(&self, field: &str) -> bool {
        match self.find(field).map(|node| &node.value) {
            Some(Value::List(items)) => {
                let first = items.iter().find(|item| item.value != Value::Null);
                first.is_some_and(|item| !matches!(item.value, Value::List(_) | Value::Mapping(_)))
            }
            _ => false,
        }
    }

    /// Where this mapping starts.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// The mapping in `field`.
    pub fn mapping(&self, field: &str) -> Result<Option<Self>, PackFault> {
        self.find(field).map(|node| self.mapping_of(field, node)).transpose().map(Option::flatten)
    }

    /// The list of mappings in `field`.
    pub fn mappings(&self, field: &str) -> Result<Vec<Self>, PackFault> {
        let (mappings, mut faults) = self.mappings_and_faults(field);
        if faults.is_empty() { Ok(mappings) } else { Err(faults.swap_remove(0)) }
    }

    /// The mappings in `field`, and what is wrong with the entries that are none.
    pub fn mappings_and_faults(&self, field: &str) -> (Vec<Self>, Vec<PackFault>) {
        let items = match self.find(field).map(|node| &node.value) {
            None | Some(Value::Null) => return (Vec::new(), Vec::new()),
            Some(Value::List(items)) => items,
            Some(_) => return (Vec::new(), vec![self.fault(field, Why::NotAList)]),
        };
        let (mut mappings, mut faults) = (Vec::new(), Vec::new());
        for (item, number) in items.iter().zip(1..) {
            match self.mapping_of(&format!("{field}[{number}]"), item) {
                Ok(mapping) => mappings.extend(mapping),
                Err(fault) => faults.push(fault),
            }
        }
        (mappings, faults)
    }

    /// A mistake in `field`, at its line if it is there.
    pub fn fault(&self, field: &str, why: impl Into<Why>) -> PackFault {
        let line = self.find(field).map_or(self.line, |node| node.line);
        PackFault::at(&self.file, line, why).in_field(format!("{}{field}", self.path))
    }

    /// What its author may not know: fields that nearly have a name we know, and text that YAML takes for a remark.
    pub fn remarks(&self, known: &[&str]) -> Vec<PackFault> {
        let nearly = self.fields.iter().filter_map(|(name, _)| {
            let meant = typo::meant(name, known)?.to_owned();
            Some(self.fault(name, Why::FieldNearly { meant }))
        });
        let lost = self
            .lost
            .iter()
            .map(|(line, text)| PackFault::at(&self.file, *line, Why::TakenForRemark { text: text.clone() }));
        nearly.chain(lost).collect()
    }

    /// Everything, for keeping.
    pub fn to_json(&self) -> Json {
        to_json(&Value::Mapping(self.fields.clone()))
    }

    fn find(&self, field: &str) -> Option<&Node> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, node)| node)
    }

    fn text_of(&self, field: &str, node: &Node) -> Result<Option<String>, PackFault> {
        if let Some(written) = &node.written {
            return Ok(Some(written.clone()));
        }
        Ok(Some(match &node.value {
            Value::Null => return Ok(None),
            Value::Text(text) => text.trim().to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::List(_) | Value::Mapping(_) => {
                let fault = PackFault::at(&self.file, node.line, Why::NotAText);
                return Err(fault.in_field(format!("{}{field}", self.path)));
            }
        }))
    }

    fn colon_text(&self, field: &str, fields: &[(String, Node)]) -> Result<String, PackFault> {
        let pairs = fields.iter().map(|(name, node)| {
            Ok(format!("{name}: {}", self.text_of(field, node)?.unwrap_or_default()).trim_end().to_owned())
        });
        Ok(pairs.collect::<Result<Vec<_>, _>>()?.join(", "))
    }

    /// A character that no table of texts takes, wherever it hides: in names, in values, in fields that are only kept.
    fn refuse_nul(&self, path: &str, fields: &[(String, Node)]) -> Result<(), PackFault> {
        for (name, node) in fields {
            let path = format!("{path}{name}");
            if name.contains('\0') {
                let shown = path.replace('\0', "\\0");
                return Err(PackFault::at(&self.file, node.line, Why::HoldsNul).in_field(shown));
            }
            self.refuse_nul_in(&path, node)?;
        }
        Ok(())
    }

    fn refuse_nul_in(&self, path: &str, node: &Node) -> Result<(), PackFault> {
        match &node.value {
            Value::Text(text) if text.contains('\0') => {
                Err(PackFault::at(&self.file, node.line, Why::HoldsNul).in_field(path))
            }
            Value::Mapping(fields) => self.refuse_nul(&format!("{path}."), fields),
            Value::List(items) => {
                let mut numbered = items.iter().zip(1..);
                numbered.try_for_each(|(item, number)| self.refuse_nul_in(&format!("{path}[{number}]"), item))
            }
            _ => Ok(()),
        }
    }

    fn mapping_of(&self, field: &str, node: &Node) -> Result<Option<Self>, PackFault> {
        let path = format!("{}{field}.", self.path);
        match &node.value {
            Value::Null => Ok(None),
            Value::Mapping(fields) => {
                let (file, fields) = (self.file.clone(), fields.clone());
                Ok(Some(Self { file, line: node.line, path, fields, lost: Vec::new() }))
            }
            _ => Err(PackFault::at(&self.file, node.line, Why::NotAMapping).in_field(path.trim_end_matches('.'))),
        }
    }
}

/// Lines within front matter count from the start of the file.
fn shift(fields: &mut [(String, Node)], by: u64) {
    for (_, node) in fields {
        shift_node(node, by);
    }
}

fn shift_node(node: &mut Node, by: u64) {
    node.line += by;
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| shift_node(item, by)),
        Value::Mapping(fields) => shift(fields, by),
        _ => {}
    }
}

/// Notes how each value is written where YAML makes something else of it: a number, a truth, or a text behind what it
/// takes for a tag (`!important`).
fn keep_written(node: &mut Node, yaml: &str) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| keep_written(item, yaml)),
        Value::Mapping(fields) => fields.iter_mut().for_each(|(_, node)| keep_written(node, yaml)),
        Value::Null => {}
        Value::Text(_) => node.written = with_tag(yaml, node.at.clone()),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {
            let plain = with_tag(yaml, node.at.clone()).or_else(|| yaml.get(node.at.clone()).map(str::to_owned));
            node.written =
                plain.filter(|written| !written.is_empty() && !written.starts_with(['"', '\'', '|', '>', '&']));
        }
    }
}

/// Notes text behind a ` #` that no author of a remark would write like that: `Challenge #1 and more`, `- #1 pencil`.
fn note_lost(node: &Node, yaml: &str, lines: &[&str], lost: &mut Vec<(u64, String)>) {
    let behind = match &node.value {
        Value::List(items) => return items.iter().for_each(|item| note_lost(item, yaml, lines, lost)),
        Value::Mapping(fields) => return fields.iter().for_each(|(_, node)| note_lost(node, yaml, lines, lost)),
        // Of nothing there is no place: it is what its line says.
        Value::Null => {
            let line = usize::try_from(node.line).ok().and_then(|line| lines.get(line.checked_sub(1)?));
            line.and_then(|line| line.split_once(" #")).filter(|(before, _)| ends_open(before)).map(|(_, text)| text)
        }
        _ => yaml.get(node.at.end..).and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('#')),
    };
    let text = behind.and_then(|text| text.lines().next()).unwrap_or_default().trim_end();
    if text.starts_with(char::is_alphanumeric) && lost.len() < MAX_LOST {
        lost.push((node.line, format!("#{text}")));
    }
}

/// Whether a line has nothing but a name or a dash.
fn ends_open(before: &str) -> bool {
    let before = before.trim();
    before.ends_with(':') || before.chars().all(|sign| sign == '-' || sign == ' ')
}

/// A plain value with the tag of no known type before it, as its author read it.
fn with_tag(yaml: &str, at: Range<usize>) -> Option<String> {
    let value = yaml.get(at.clone()).filter(|value| !value.is_empty() && !value.starts_with(['"', '\'', '|', '>']))?;
    let before = yaml[..at.start].trim_end_matches([' ', '\t']);
    let start = before.rfind([' ', '\t', '\n', '[', '{', ',']).map_or(0, |before| before + 1);
    let tag = before[start..].strip_prefix('!').filter(|tag| !tag.is_empty() && !tag.starts_with(['!', '<']))?;
    let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("!{tag} {words}"))
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(|item| to_json(&item.value)).collect(),
        Value::Mapping(fields) => {
            Json::Object(fields.iter().map(|(name, node)| (name.clone(), to_json(&node.value))).collect::<Map<_, _>>())
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        let (start, length) = (spanned.defined.span().byte_offset(), spanned.defined.span().byte_len());
        let [start, length] =
            [start, length].map(|bytes| usize::try_from(bytes.unwrap_or_default()).unwrap_or_default());
        let at = start..start.saturating_add(length);
        Ok(Self { line: spanned.referenced.line(), value: spanned.value, at, written: None })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or fields")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or_else(|_| Value::Text(number.to_string()), Value::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = entries.next_entry()? {
            fields.push(field);
        }
        Ok(Value::Mapping(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    fn sheet(yaml: &str) -> Sheet {
        Sheet::parse("lessons/01.md", yaml, 1).unwrap()
    }

    #[test]
    fn fields_are_read_and_unknown_ones_kept() {
        let sheet = sheet("title: Codes\nsession: 3\nneeds: [a torch, paper]\nmood: {colour: blue}\nempty:\n");
        assert_eq!(sheet.required_text("title").unwrap(), "Codes");
        assert_eq!(sheet.number("session", 99).unwrap(), Some(3));
        assert_eq!(sheet.texts("needs").unwrap(), ["a torch", "paper"]);
        assert_eq!(self::sheet("n: [a]\nm:\n  - Optional: a printer\n").texts("m").unwrap(), ["Optional: a printer"]);
        assert_eq!(sheet.text("empty").unwrap(), None);
        assert_eq!(sheet.mapping("mood").unwrap().unwrap().text("colour").unwrap().as_deref(), Some("blue"));
        assert_eq!(sheet.to_json()["mood"]["colour"], "blue");
    }

    #[test]
    fn a_mistake_is_named_by_file_line_and_field() {
        let sheet = sheet("title: Codes\nduration_minutes: soon\nteacher_panel:\n  prep:\n    deep: [1]\nvideos: 3\n");
        for (fault, expected) in [
            (sheet.number("duration_minutes", 999).unwrap_err(), "line 3, duration_minutes: must be a whole number"),
            (sheet.required_text("slug").unwrap_err(), "line 2, slug: is missing"),
            (sheet.mappings("videos").unwrap_err(), "line 7, videos: must be a list"),
            (
                sheet.mapping("teacher_panel").unwrap().unwrap().text("prep").unwrap_err(),
                "teacher_panel.prep: must be a text",
            ),
        ] {
            let fault = fault.to_string();
            assert!(fault.starts_with("lessons/01.md, ") && fault.contains(expected), "{fault}");
        }
    }

    #[test]
    fn numbers_keep_within_their_bounds_in_quotes_too() {
        for (yaml, number) in [
            ("n: 5", Some(5)),
            ("n: \"5\"", Some(5)),
            ("n: ' 9 '", Some(9)),
            ("n: -5", None),
            ("n: \"-5\"", None),
            ("n: 10", None),
            ("n: '10'", None),
            ("n: \"99999999999\"", None),
            ("n: true", None),
        ] {
            assert_eq!(sheet(yaml).number("n", 9).ok().flatten(), number, "{yaml}");
        }
    }

    #[test]
    fn a_text_is_what_was_written() {
        for (yaml, text) in [
            ("t: 1.10", "1.10"),
            ("t: 007", "007"),
            ("t: 012", "012"),
            ("t: 0x1F", "0x1F"),
            ("t: 1e3 # so", "1e3"),
            ("t: +5", "+5"),
            ("t: True", "True"),
            ("t: {a: 1, b: 2.50}", ""),
            ("t: \"1.10\"", "1.10"),
            ("t: !!str 1.10", "1.10"),
            ("t: !!int \"5\"", "5"),
            ("t: !important read", "!important read"),
            ("t: !important \"read\"", "read"),
            ("t: ñ !x 3", "ñ !x 3"),
            ("é: ñandú\nt: 1.50", "1.50"),
            ("a: &n 1.50\nt: *n", "1.50"),
            ("t: two\n  lines", "two lines"),
            ("t: |\n  12\n", "12"),
        ] {
            assert_eq!(sheet(yaml).text("t").ok().flatten().unwrap_or_default(), text, "{yaml}");
        }
        let texts = sheet("t: [1.50, 012, 1e3, !x 3]").texts("t").unwrap();
        assert_eq!(texts, ["1.50", "012", "1e3", "!x 3"]);
        assert_eq!(sheet("t:\n  - Pages: 1.10\n").texts("t").unwrap(), ["Pages: 1.10"]);
    }

    #[test]
    fn what_its_author_may_not_know_is_told() {
        for (yaml, told) in [
            ("titel: A", Some("line 2, titel: is no field we know")),
            ("duration: 45", Some("line 2, duration: is no field we know")),
            ("makes: Challenge #1 and more # note", Some("line 2: #1 and more # note is left out")),
            ("needs:\n  - #1 pencil\n  - paper", Some("line 3: #1 pencil is left out")),
            ("needs: [a, b] #two", None),
            ("makes: C# code # a remark", None),
            ("makes: # a remark", None),
            ("makes: \"a #1\"", None),
            ("makes: |\n  a #1\n", None),
            ("title: A\nmood: blue", None),
        ] {
            let remarks = sheet(yaml).remarks(&["title", "makes", "needs", "duration_minutes"]);
            let remarks: Vec<_> = remarks.iter().map(ToString::to_string).collect();
            let expected = told.map(|told| format!("lessons/01.md, {told}"));
            let fits = remarks.iter().zip(&expected).all(|(remark, told)| remark.starts_with(told));
            assert!(fits && remarks.len() == usize::from(told.is_some()), "{yaml}: {remarks:?}");
        }
    }

    #[test]
    fn a_nul_is_refused_wherever_it_hides() {
        for (yaml, place) in [
            ("a: b\ntitle: \"O\\0ne\"", "line 3, title: holds"),
            ("kept:\n  - {deep: [a, \"\\0\"]}", "line 3, kept[1].deep[2]: holds"),
            ("\"a\\0\": b", "line 2, a\\0: holds"),
        ] {
            let fault = Sheet::parse("lessons/01.md", yaml, 1).unwrap_err().to_string();
            assert!(fault.contains(place), "{fault}");
        }
    }

    #[test]
    fn an_unquoted_colon_is_explained() {
        let fault = Sheet::parse("course.yaml", "slug: a\ntitle: Codes: an introduction\n", 0).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "course.yaml, line 2: a value with a colon in it needs quotes: write title: \"Codes: an introduction\""
        );
    }

    #[test]
    fn a_bomb_of_anchors_is_refused() {
        let mut yaml = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let before = level - 1;
            let aliases = vec![format!("*a{before}"); 9].join(", ");
            yaml.extend(["a", &level.to_string(), ": &a", &level.to_string(), " [", &aliases, "]\n"]);
        }
        assert!(Sheet::parse("course.yaml", &yaml, 0).is_err());
    }
}
