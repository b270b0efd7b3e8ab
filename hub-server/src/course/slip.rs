//! What authors get wrong in YAML: the slip in their own line, and that line put right. A guess counts where the file
//! can be read further with it, so that the next slip shows too.

use super::why::Why;
use serde_saphyr::Error;

/// Most slips told of one file, and most guesses tried for them.
const MAX_SLIPS: usize = 20;
const MAX_TRIES: usize = 60;
/// How many lines above the place where reading stops a slip is looked for.
const REACH: usize = 12;
/// Longest line shown, in characters.
const MAX_SHOWN: usize = 200;

/// One slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// From 1; none where the whole is meant.
    pub line: Option<u64>,
    /// The field, where it is the slip.
    pub field: Option<String>,
    pub why: Why,
}

/// Lines put right: by number from 0, each with its new text.
type Mended = Vec<(usize, String)>;
/// What may be wrong, and the lines with it put right.
type Guess = (Vec<Slip>, Mended);

/// Every slip up to the first that cannot be put right. `read` reads the YAML; `error` is what it said of `yaml`.
pub fn slips<T>(yaml: &str, error: Error, read: impl Fn(&str) -> Result<T, Error>) -> Vec<Slip> {
    let mut lines: Vec<String> = yaml.lines().map(str::to_owned).collect();
    let (mut slips, mut tries, mut error) = (Vec::new(), 0, error);
    while slips.len() < MAX_SLIPS {
        let stopped = place(&error);
        let guesses = if is_about_signs(&error) { guesses(&lines, &error) } else { Vec::new() };
        let mended = guesses.into_iter().find_map(|(told, mended)| {
            tries += 1;
            let mut tried = lines.clone();
            for (line, text) in mended {
                tried[line] = text;
            }
            match (tries <= MAX_TRIES).then(|| read(&(tried.join("\n") + "\n")))? {
                Ok(_) => Some((told, tried, None)),
                Err(error) if place(&error) > stopped => Some((told, tried, Some(error))),
                Err(_) => None,
            }
        });
        let Some((told, tried, further)) = mended else {
            slips.push(unmended(&lines, &error));
            break;
        };
        slips.extend(told);
        lines = tried;
        match further {
            Some(next) => error = next,
            None => break,
        }
    }
    slips.sort_by_key(|slip| slip.line);
    slips
}

fn place(error: &Error) -> Option<(u64, u64)> {
    error.location().map(|location| (location.line(), location.column()))
}

/// Whether a sign out of place can be why. Limits are none of an author's slips.
fn is_about_signs(error: &Error) -> bool {
    matches!(
        error.without_snippet(),
        Error::ExternalMessage { .. }
            | Error::Message { .. }
            | Error::UnknownAnchor { .. }
            | Error::DuplicateMappingKey { .. }
    )
}

/// The likeliest first: the line where reading stopped, then those above it.
fn guesses(lines: &[String], error: &Error) -> Vec<Guess> {
    let Some((line, _)) = place(error).filter(|_| !lines.is_empty()) else { return Vec::new() };
    let last = lines.len().saturating_sub(1).min(usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1));
    if let Error::DuplicateMappingKey { key: Some(key), .. } = error.without_snippet() {
        return repeated(lines, last, key).into_iter().collect();
    }
    let mut guesses: Vec<Guess> = Vec::new();
    for index in (last.saturating_sub(REACH)..=last).rev() {
        guesses.extend(blanks(lines, index, '\t', |example| Why::TabIndents { example }));
        guesses.extend(blanks(lines, index, '\u{a0}', |example| Why::NoBreakSpace { example }));
        let line = Line::of(&lines[index]);
        guesses.extend(spaces(lines, index));
        let next = lines.get(index + 1).map(String::as_str).unwrap_or_default();
        guesses.extend(line.joined(next).map(|text| {
            let (told, mut mended) = one(index, &text, |example| Why::ColonNeedsQuotes { example });
            mended.push((index + 1, String::new()));
            (told, mended)
        }));
        guesses.extend(line.quoted().map(|(text, why)| one(index, &text, why)));
    }
    guesses
}

fn one(index: usize, text: &str, why: impl FnOnce(String) -> Why) -> Guess {
    (vec![at(index, why(shown(text)))], vec![(index, text.to_owned())])
}

/// Spaces that are missing here and in the lines just above, which YAML reads as one long text.
fn spaces(lines: &[String], index: usize) -> Option<Guess> {
    let spaced = |number: usize| Some((number, Line::of(&lines[number]).spaced()?));
    let mended: Mended = (index.saturating_sub(REACH)..=index).rev().map_while(spaced).collect();
    let told = mended.iter().map(|(number, text)| at(*number, Why::SpaceMissing { example: shown(text) }));
    (!mended.is_empty()).then(|| (told.collect(), mended.clone()))
}

fn at(index: usize, why: Why) -> Slip {
    Slip { line: Some(index as u64 + 1), field: None, why }
}

fn shown(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= MAX_SHOWN {
        line.to_owned()
    } else {
        line.chars().take(MAX_SHOWN).chain(['…']).collect()
    }
}

/// A field that stands twice: told, and out of the way under another name.
fn repeated(lines: &[String], index: usize, key: &str) -> Option<Guess> {
    let text = lines[index].replacen(key, &format!("{key}__again"), 1);
    let slip = Slip { field: Some(key.to_owned()), ..at(index, Why::RepeatedField) };
    (text != lines[index]).then(|| (vec![slip], vec![(index, text)]))
}

/// A blank that YAML takes for something else, before a line or after its sign; put right in the whole file, since
/// whoever typed one typed many.
fn blanks(lines: &[String], index: usize, blank: char, why: impl FnOnce(String) -> Why) -> Option<Guess> {
    let plain = |line: &str| {
        let spaces = if blank == '\t' { "  " } else { " " };
        let indent = line.len() - line.trim_start().len();
        let sign = line[indent..].find([':', '-']).map_or(indent, |at| indent + at + 1);
        let value = line.len() - line[sign..].trim_start().len();
        let end = if blank == '\t' { indent } else { value };
        line[..end].replace(blank, spaces) + &line[end..]
    };
    let changed = |(number, line): (usize, &String)| Some((number, plain(line))).filter(|(_, text)| text != line);
    let first = plain(&lines[index]);
    (first != lines[index]).then(|| {
        let mended: Mended = lines.iter().enumerate().filter_map(changed).collect();
        let first = &mended[0];
        (vec![at(first.0, why(shown(&first.1)))], mended)
    })
}

/// What no guess explains, in our words where the parser speaks to programmers.
fn unmended(lines: &[String], error: &Error) -> Slip {
    let line = place(error).map(|(line, _)| line);
    let said = error.to_string();
    let said = said.lines().next().unwrap_or_default();
    let detail = said.split(" at line ").next().unwrap_or_default();
    let index = line.and_then(|line| usize::try_from(line).ok()).map(|line| line.saturating_sub(1));
    let text = index.and_then(|index| lines.get(index)).map(|text| shown(text)).filter(|text| !text.is_empty());
    let out_of_line = ["simple key expected", "did not find expected key", "are not allowed in this context"];
    let why = match (error.without_snippet(), text) {
        (Error::MultipleDocuments { .. }, _) => Why::SecondDocument,
        (Error::DuplicateMappingKey { key, .. }, _) => {
            return Slip { line, field: key.clone(), why: Why::RepeatedField };
        }
        (_, Some(text)) if out_of_line.iter().any(|start| detail.contains(start)) => Why::DoesNotLineUp { text },
        _ => Why::NotYaml { detail: detail.to_owned() },
    };
    Slip { line, field: None, why }
}

/// A line as its author thinks of it: `  - name: value # remark`.
struct Line<'l> {
    /// The indentation, and the dashes of list entries.
    start: &'l str,
    name: Option<&'l str>,
    value: &'l str,
    /// The remark, with the blanks before it.
    remark: &'l str,
}

impl<'l> Line<'l> {
    fn of(line: &'l str) -> Self {
        let mut at = line.len() - line.trim_start().len();
        while let Some(rest) = line[at..].strip_prefix("- ") {
            at = line.len() - rest.trim_start().len();
        }
        let (start, rest) = line.split_at(at);
        let (rest, remark) = rest.split_at(remark_of(rest));
        // `- If stuck: read: again` is a sentence; `- title: A: b` has a field.
        let field = |(name, _): &(&str, &str)| is_name(name) || !start.contains('-') && !name.contains(['"', '\'']);
        match rest.split_once(": ").filter(field) {
            Some((name, value)) => Self { start, name: Some(name), value: value.trim(), remark },
            None => Self { start, name: None, value: rest.trim(), remark },
        }
    }

    /// The line with this value.
    fn with(&self, value: &str) -> String {
        let name = self.name.map(|name| format!("{name}: ")).unwrap_or_default();
        format!("{}{name}{value}{}", self.start, self.remark)
    }

    /// With the space that is missing after a colon or a dash.
    fn spaced(&self) -> Option<String> {
        if self.name.is_some() {
            return None;
        }
        if let Some(entry) =
            self.value.strip_prefix('-').filter(|entry| entry.starts_with(|c: char| c.is_alphabetic() || c == '"'))
        {
            return Some(self.with(&format!("- {entry}")));
        }
        let (name, value) = self.value.split_once(':')?;
        let missing = is_name(name) && !value.is_empty() && !value.starts_with([' ', '/']);
        missing.then(|| self.with(&format!("{name}: {value}")))
    }

    /// An entry with a colon that goes on in the next line, as one.
    fn joined(&self, next: &str) -> Option<String> {
        let further = next.len() - next.trim_start().len() > self.start.len().saturating_sub(2);
        let goes_on =
            further && !next.trim().is_empty() && !next.contains(": ") && !next.trim_start().starts_with("- ");
        let sentence = self.start.contains('-') && self.name.is_none() && self.value.contains(": ");
        (sentence && goes_on && self.remark.is_empty())
            .then(|| self.with(&in_quotes(&format!("{} {}", self.value, next.trim()))))
    }

    /// With its value in quotes, and why it needs them.
    fn quoted(&self) -> Option<(String, impl FnOnce(String) -> Why)> {
        let value = self.value;
        let first = value.chars().next().filter(|_| self.name.is_some() || self.start.contains('-'))?;
        let (text, reason) = match first {
            '"' | '\'' => quote_slip(value, first)?,
            '[' | '{' => has_text_behind_bracket(value).then_some((value, Reason::Behind))?,
            '@' | '`' | '%' | '*' | '&' | '>' | '|' | ',' | ']' | '}' => (value, Reason::Starts(first)),
            '-' | '?' if value[1..].starts_with(' ') => (value, Reason::Starts(first)),
            _ => (value.contains(": ") || value.ends_with(':')).then_some((value, Reason::Colon))?,
        };
        let why = move |example: String| match reason {
            Reason::Starts(sign) => Why::StartNeedsQuotes { sign: sign.to_string(), example },
            Reason::Behind => Why::TextBehindQuotes { example },
            Reason::Open => Why::QuoteNeverEnds { example },
            Reason::Backslash => Why::BackslashInQuotes { example },
            Reason::Colon => Why::ColonNeedsQuotes { example },
        };
        Some((self.with(&in_quotes(text)), why))
    }
}

/// Why a value needs quotes, or other ones.
#[derive(Clone, Copy)]
enum Reason {
    Starts(char),
    Behind,
    Open,
    Backslash,
    Colon,
}

/// What is meant by a value that starts with a quote, and what is wrong with it.
fn quote_slip(value: &str, quote: char) -> Option<(&str, Reason)> {
    let inner = &value[1..];
    let Some(close) = inner.find(quote) else { return Some((inner, Reason::Open)) };
    if close + 1 == inner.len() {
        let backslash = quote == '"' && inner.contains('\\');
        return backslash.then_some((&inner[..close], Reason::Backslash));
    }
    // 'It's mine' is all in quotes to whoever wrote it.
    Some((inner.strip_suffix(quote).unwrap_or(value), Reason::Behind))
}

fn has_text_behind_bracket(value: &str) -> bool {
    let mut depth = 0_usize;
    for (at, sign) in value.char_indices() {
        match sign {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return !value[at + 1..].trim().is_empty();
        }
    }
    false
}

/// Where a remark starts, its blanks included.
fn remark_of(text: &str) -> usize {
    let quoted = text.contains(": \"") || text.contains(": '") || text.starts_with(['"', '\'']);
    let start = text.find(" #").filter(|_| !quoted).unwrap_or(text.len());
    text[..start].trim_end().len()
}

/// Whether a word is what fields are called.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A text in the quotes that need fewer signs inside.
fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use crate::course::sheet::Sheet;

    fn faults(yaml: &str) -> Vec<String> {
        let faults = Sheet::read("a.md", yaml, 1).unwrap_err();
        faults.0.iter().map(|fault| fault.to_string().trim_start_matches("a.md, ").to_owned()).collect()
    }

    #[test]
    fn every_slip_is_shown_in_its_line_put_right() {
        for (yaml, line, words, written) in [
            ("title: Codes: an introduction", 2, "a colon", "title: \"Codes: an introduction\""),
            ("title: Remember this:", 2, "a colon", "title: \"Remember this:\""),
            ("title: Codes: intro # draft", 2, "a colon", "title: \"Codes: intro\" # draft"),
            ("title: Say \"hi\": go", 2, "a colon", "title: 'Say \"hi\": go'"),
            ("title: It's a \"b\": go", 2, "a colon", "title: \"It's a \\\"b\\\": go\""),
            ("needs:\n  - If stuck: read: again", 3, "a colon", "- \"If stuck: read: again\""),
            ("videos:\n  - title: A: b", 3, "a colon", "- title: \"A: b\""),
            ("needs:\n  - Optional: glue\n    and tape", 3, "a colon", "- \"Optional: glue and tape\""),
            ("makes: @home", 2, "starts with @", "makes: \"@home\""),
            ("needs:\n  - %d format", 3, "starts with %", "- \"%d format\""),
            ("makes: `code` runs", 2, "starts with `", "makes: \"`code` runs\""),
            ("makes: *bold* thing", 2, "starts with *", "makes: \"*bold* thing\""),
            ("makes: & more", 2, "starts with &", "makes: \"& more\""),
            ("makes: > a sign", 2, "starts with >", "makes: \"> a sign\""),
            ("makes: - a", 2, "starts with -", "makes: \"- a\""),
            ("makes: [a] poster", 2, "behind a closing", "makes: \"[a] poster\""),
            ("makes: \"Hi\" says it", 2, "behind a closing", "makes: '\"Hi\" says it'"),
            ("makes: 'It's mine'", 2, "behind a closing", "makes: \"It's mine\""),
            ("makes: \"open", 2, "never ends", "makes: \"open\""),
            ("makes: \"C:\\dir\"", 2, "a backslash", "makes: 'C:\\dir'"),
            ("makes:A thing\nneeds: [b]", 2, "a space is missing", "makes: A thing"),
            ("help:\n\tquick_fixes: [a]", 3, "with a tab", "quick_fixes: [a]"),
            ("title:\u{a0}One\nneeds: [b]", 2, "no-break", "title: One"),
        ] {
            let said = faults(&format!("{yaml}\n"));
            assert_eq!(said.len(), 1, "{yaml}: {said:?}");
            let shown = said[0].starts_with(&format!("line {line}: ")) && said[0].contains(words);
            assert!(shown && said[0].ends_with(&format!("write {written}")), "{yaml}: {said:?}");
            assert!(Sheet::parse("a.md", written, 1).is_ok() || written.starts_with('-'), "{written}");
        }
    }

    #[test]
    fn all_slips_of_a_file_are_told_at_once() {
        let said =
            faults("title: A: b\nneeds:\n  -paper\n  -pens\nmakes:A thing\nextend: @c\ntitle: again\nhelp: D: e\n");
        let places: Vec<_> = said.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
        assert_eq!(places, ["line 2", "line 4", "line 5", "line 6", "line 7", "line 8, title", "line 9"], "{said:?}");
    }

    #[test]
    fn the_parser_s_advice_to_programmers_is_not_told() {
        for (yaml, fault) in [
            ("title: a\ntitle: b", "line 3, title: is there twice"),
            ("title: a\n---\ntitle: b", "line 4: a second set of fields begins here"),
            ("help:\n    a: b\n  - x", "line 4: does not fit the lines above it: - x"),
            ("title: a\nplain", "line 3: does not fit the lines above it: plain"),
        ] {
            let said = faults(&format!("{yaml}\n"));
            assert!(said.len() == 1 && said[0].starts_with(fault), "{yaml}: {said:?}");
            assert!(!["at line", "Policy", "from_str"].iter().any(|word| said[0].contains(word)), "{said:?}");
        }
    }

    #[test]
    fn a_bomb_is_no_slip_and_long_lines_are_shown_in_part() {
        let said = faults(&format!("x: {}", "[".repeat(10_000)));
        assert!(said.len() == 1 && said[0].contains("is not valid YAML"), "{said:?}");
        let said = faults(&format!("title: A: {}\n", "b".repeat(10_000)));
        assert!(said[0].len() < 400, "{said:?}");
        assert!(faults(&"a: b: c\n".repeat(200)).len() <= 60);
    }
}
