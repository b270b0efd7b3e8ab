//! A teacher's session plan: one document, a lesson for each `Session 01: Title`. Every word of it stays in the lessons;
//! known sections also fill the lesson's fields.

use super::{
    Contents,
    text::{name_as_title, shortened},
    write::{NewCourse, NewLesson, list, quoted},
};
use crate::course::{PackFault, Why, edit::slug_of};
use std::collections::HashSet;

/// Longest title taken from a plan, in characters.
const MAX_TITLE: usize = 150;

/// Longest line taken for the name of a section, in characters.
const MAX_NAME: usize = 60;

/// Sections of a plan that are known by how they start, in lower case.
const SECTIONS: [(&str, Option<Section>); 9] = [
    ("mission", Some(Section::Mission)),
    ("materials", Some(Section::Materials)),
    ("checkpoints", Some(Section::Checkpoints)),
    ("common stuck points", Some(Section::StuckPoints)),
    ("extensions", Some(Section::Extensions)),
    ("teacher prep", Some(Section::TeacherPrep)),
    ("teacher", None),
    ("agenda", None),
    ("notes + options", None),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Mission,
    Materials,
    Checkpoints,
    StuckPoints,
    Extensions,
    TeacherPrep,
}

/// One session as it stands in the plan.
#[derive(Clone, Debug, Default)]
struct Session {
    number: u32,
    title: String,
    /// How deep its heading is; none where it is a bare line.
    level: Option<usize>,
    lines: Vec<String>,
}

/// The pack of a plan in Markdown. `pictures` lie in `assets/`, where the text names them.
pub fn to_pack(name: &str, markdown: &str, pictures: Contents) -> Result<Contents, PackFault> {
    // A plan comes alone: what it calls pictures is not with it.
    let markdown = if pictures.is_empty() { markdown.replace("![", "[") } else { markdown.to_owned() };
    let (preamble, sessions) = sessions(&markdown);
    if sessions.is_empty() {
        return Err(PackFault::of_file(name, Why::NoSession));
    }
    let heading = preamble.iter().find_map(|line| heading(line));
    let title = heading.map_or_else(|| name_as_title(name), |(_, title)| shortened(&title, MAX_TITLE));
    let about: Vec<String> = preamble.into_iter().filter(|line| heading_text(line).as_ref() != Some(&title)).collect();
    let mut course = NewCourse {
        slug: slug_of(&title),
        summary: shortened(&first_paragraph(&about), 600),
        title,
        imported_from: "session plan".to_owned(),
        lessons: Vec::new(),
    };
    let mut slugs = HashSet::new();
    for session in &sessions {
        let mut lesson = lesson(session);
        while !slugs.insert(lesson.slug.clone()) {
            lesson.slug = format!("{}-{}", lesson.slug, session.number);
        }
        course.lessons.push(lesson);
    }
    if about.iter().any(|line| !line.trim().is_empty())
        && let Some(first) = course.lessons.first_mut()
    {
        let about: Vec<String> = about.iter().map(|line| deeper(line, 3, 1)).collect();
        first.body += &format!("\n\n## Teacher notes on the whole course\n\n{}\n", about.join("\n").trim());
    }
    course.to_pack(pictures)
}

/// What stands before the first session, and the sessions. One that is only listed, and comes again with a text, counts
/// once.
fn sessions(markdown: &str) -> (Vec<String>, Vec<Session>) {
    let (mut preamble, mut sessions): (Vec<String>, Vec<Session>) = (Vec::new(), Vec::new());
    let mut in_code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            in_code = !in_code;
        }
        match (in_code, session_heading(line)) {
            (false, Some(session)) => sessions.push(session),
            _ => sessions.last_mut().map_or(&mut preamble, |session| &mut session.lines).push(line.to_owned()),
        }
    }
    let is_empty = |session: &Session| session.lines.iter().all(|line| line.trim().is_empty());
    let numbers: Vec<(u32, bool)> = sessions.iter().map(|session| (session.number, is_empty(session))).collect();
    let mut index = 0;
    sessions.retain(|session| {
        let again = numbers[index + 1..].iter().any(|(number, empty)| *number == session.number && !empty);
        let listed_only = numbers[index].1 && again;
        index += 1;
        !listed_only
    });
    (preamble, sessions)
}

fn session_heading(line: &str) -> Option<Session> {
    let (level, text) = match heading(line) {
        Some((level, text)) => (Some(level), text),
        None => (None, bare(line)?.to_owned()),
    };
    let rest = ["session ", "sesión ", "sesion "].iter().find_map(|word| strip_word(&text, word))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|number| *number < 1000)?;
    let after = rest[digits..].trim_start();
    let separators: &[char] = if level.is_some() { &[':', '-', '–', '—', '.'] } else { &[':'] };
    let title = match after.strip_prefix(separators) {
        Some(title) => title.trim().trim_matches(['*', '_']).trim(),
        None if after.is_empty() && level.is_some() => "",
        None => return None,
    };
    let title = if title.is_empty() { format!("Session {number}") } else { shortened(title, MAX_TITLE) };
    Some(Session { number, title, level, lines: Vec::new() })
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let start = text.get(..word.len())?;
    (start.to_lowercase() == word).then(|| text[word.len()..].trim_start())
}

fn lesson(session: &Session) -> NewLesson {
    let highest = highest_heading(&session.lines).unwrap_or(2);
    let base = session.level.unwrap_or_else(|| highest.saturating_sub(1)).min(highest);
    let (mut body, mut texts): (Vec<String>, Vec<(Section, Vec<String>)>) = (Vec::new(), Vec::new());
    let (mut section, mut in_code) = (None, false);
    for line in &session.lines {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            in_code = !in_code;
        }
        if !in_code && let Some((known, title, rest)) = section_line(line) {
            section = Some(known);
            // What follows without a blank line is another line of the plan, and no part of this one.
            texts.push((known, vec![rest.clone(), String::new()]));
            body.extend([String::new(), format!("## {title}"), String::new(), rest, String::new()]);
            continue;
        }
        if !in_code && let Some((known, title)) = section_heading(line) {
            section = known;
            texts.extend(known.map(|known| (known, Vec::new())));
            body.extend([String::new(), format!("## {title}"), String::new()]);
            continue;
        }
        let deeper = if in_code { line.clone() } else { deeper(line, 2, base) };
        if !in_code && heading(&deeper).is_some_and(|(level, _)| level <= 2) {
            section = None;
        } else if section.is_some()
            && let Some((_, lines)) = texts.last_mut()
        {
            lines.push(line.clone());
        }
        body.push(deeper);
    }
    NewLesson {
        slug: slug_of(&session.title),
        title: session.title.clone(),
        session: Some(session.number),
        fields: fields(&texts),
        body: body.join("\n").trim().to_owned(),
    }
}

/// How deep the highest heading is, listings left out.
fn highest_heading(lines: &[String]) -> Option<usize> {
    let mut in_code = false;
    let levels = lines.iter().filter_map(|line| {
        in_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        heading(line).filter(|_| !in_code).map(|(level, _)| level)
    });
    levels.min()
}

fn fields(texts: &[(Section, Vec<String>)]) -> String {
    let of = |wanted: Section| {
        let lines = texts.iter().filter(|(section, _)| *section == wanted).flat_map(|(_, lines)| lines.clone());
        lines.collect::<Vec<_>>()
    };
    let mut fields = String::new();
    let mission = shortened(&first_paragraph(&of(Section::Mission)), 500);
    if !mission.is_empty() {
        fields += &format!("makes: {}\n", quoted(&mission));
    }
    fields += &list("needs", &points(&of(Section::Materials)));
    fields += &list("done_looks_like", &points(&of(Section::Checkpoints)));
    fields += &nested("help", &list("quick_fixes", &points(&of(Section::StuckPoints))));
    fields += &list("extend", &points(&of(Section::Extensions)));
    fields += &nested("teacher_panel", &list("prep", &points(&of(Section::TeacherPrep))));
    fields
}

fn nested(field: &str, inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("{field}:\n{}", super::write::indented(inner)) }
}

/// The section a heading, a bold line or a line with a colon at its end opens.
fn section_heading(line: &str) -> Option<(Option<Section>, String)> {
    let text = if let Some((_, text)) = heading(line) {
        text
    } else {
        let text = bare(line)?;
        let marked = text.ends_with(':') || line.trim().starts_with("**");
        let text = text.trim_end_matches(':').trim_end_matches(['*', '_']);
        (marked || names_section(text)).then(|| text.to_owned())?
    };
    let text = text.trim_end_matches(':').trim().to_owned();
    let plain = text.to_lowercase();
    let plain = plain.trim_start_matches(|c: char| !c.is_alphabetic());
    let (_, section) = SECTIONS.iter().find(|(start, _)| plain.starts_with(start))?;
    (text.chars().count() <= 80).then_some((*section, text))
}

/// A section that is said in one line, `Mission: Build a car.`: what it is, its words before the colon and those after.
fn section_line(line: &str) -> Option<(Section, String, String)> {
    let text = bare(line).filter(|_| !line.starts_with("* "))?;
    let (name, rest) = text.split_once(':')?;
    // A line in bold as a whole is a heading.
    let bold_ends = name.ends_with('*') || rest.starts_with('*') || !line.starts_with("**");
    let (name, rest) = (name.trim_matches(['*', '_']).trim(), rest.trim_start_matches(['*', '_']).trim());
    let start = name.to_lowercase();
    let (_, section) = SECTIONS.iter().find(|(known, _)| start.starts_with(known))?;
    let known = names_section(name) && bold_ends && !rest.is_empty();
    section.filter(|_| known).map(|section| (section, name.to_owned(), rest.to_owned()))
}

/// Whether a line is nothing but the name of a section, and what belongs to it: `Common stuck points + fixes`,
/// `Extensions (fast finishers)`. `Materials are on the table` is a sentence.
fn names_section(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = SECTIONS.iter().find_map(|(start, _)| lower.strip_prefix(start)).map(str::trim_start);
    let more = |rest: &str| rest.is_empty() || rest.starts_with(['+', '&', '(', '/']) || rest.starts_with("and fixes");
    text.chars().count() <= MAX_NAME && rest.is_some_and(more)
}

/// A Markdown heading: how deep, and its words.
fn heading(line: &str) -> Option<(usize, String)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = line.get(level..)?;
    let text = rest.trim().trim_end_matches('#').trim().trim_matches(['*', '_']).trim();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !text.is_empty()).then(|| (level, text.to_owned()))
}

fn heading_text(line: &str) -> Option<String> {
    heading(line).map(|(_, text)| text)
}

/// A line that is nothing but words, bold or not.
fn bare(line: &str) -> Option<&str> {
    let text = line.trim().trim_matches(['*', '_']).trim();
    (!text.is_empty() && !line.starts_with([' ', '\t', '|', '>', '-', '+'])).then_some(text)
}

/// A heading of the plan as deep as it is in the lesson, where the session's own was `base` deep.
fn deeper(line: &str, least: usize, base: usize) -> String {
    match heading(line) {
        Some((level, text)) => {
            let level = (level + 1).saturating_sub(base).clamp(least, 6);
            format!("{} {text}", "#".repeat(level))
        }
        None => line.to_owned(),
    }
}

/// The points of a list; where there is none, each line that says something.
fn points(lines: &[String]) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    let is_list = lines.iter().any(|line| point(line).is_some());
    for line in lines {
        let text = line.trim();
        match point(line) {
            Some(text) => points.push(text.to_owned()),
            _ if text.is_empty() || text.starts_with('|') => {}
            None if is_list && line.starts_with([' ', '\t']) => {
                if let Some(last) = points.last_mut() {
                    *last += " ";
                    *last += text;
                }
            }
            None => points.push(text.to_owned()),
        }
    }
    points.iter().map(|text| shortened(&without_marks(text), 400)).filter(|text| !text.is_empty()).take(50).collect()
}

fn point(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let rest = ["- ", "* ", "+ ", "• "].iter().find_map(|sign| text.strip_prefix(sign)).or_else(|| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let rest = (digits > 0).then(|| &text[digits..])?;
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))
    })?;
    let rest = rest.trim();
    Some(["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest))
}

fn first_paragraph(lines: &[String]) -> String {
    let text = lines.iter().map(|line| line.trim()).skip_while(|line| line.is_empty() || line.starts_with('#'));
    let paragraph: Vec<&str> =
        text.take_while(|line| !line.is_empty()).map(|line| point(line).unwrap_or(line)).collect();
    without_marks(&paragraph.join(" "))
}

/// Bold and slanted are for the text, not for a field.
fn without_marks(text: &str) -> String {
    text.replace("**", "")
        .replace("__", "")
        .replace("\\*", "*")
        .replace("\\[", "[")
        .replace("\\]", "]")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::to_pack;
    use crate::course::{Pack, source::Contents};

    const PLAN: &str = "# Robot makers\n\nTen weeks with motors.\n\nSession 01: Make it move\nSession 02: Make it turn\n\n\
        ## Session 01: Make it move\n\nA first word.\n\n### Mission\nBuild a *car* that rolls.\n\n### Materials\n- A motor\n- Optional: tape\n\n\
        ### Checkpoints\n1. It rolls.\n2. It stops.\n\n### Common stuck points + fixes\n- **No power?** Turn it on.\n  Then wait.\n\n\
        ### Extensions (fast finishers)\n- Two motors\n\n### Teacher prep\nCharge the batteries.\n\n### Sketch\n#### Detail\n\n```\n# no heading\nSession 03: none\n```\n\n\
        ## Session 02 – Make it turn\n\nTurn: left, right.\n";

    fn pack(name: &str, plan: &str) -> Pack {
        Pack::from_contents(to_pack(name, plan, Contents::default()).unwrap()).unwrap()
    }

    #[test]
    fn a_plan_becomes_a_course_and_its_sections_fill_the_fields() {
        let pack = pack("plan.md", PLAN);
        assert_eq!((pack.slug.as_str(), pack.title.as_str()), ("robot-makers", "Robot makers"));
        assert_eq!(pack.summary, "Ten weeks with motors.");
        let titles: Vec<_> = pack.lessons.iter().map(|lesson| (lesson.session, lesson.title.as_str())).collect();
        assert_eq!(titles, [(Some(1), "Make it move"), (Some(2), "Make it turn")]);
        let first = &pack.lessons[0];
        assert_eq!(first.makes, "Build a *car* that rolls.");
        assert_eq!(first.needs, ["A motor", "Optional: tape"]);
        assert_eq!(first.done_looks_like, ["It rolls.", "It stops."]);
        assert_eq!(first.quick_fixes, ["No power? Turn it on. Then wait."]);
        assert_eq!(first.extend, ["Two motors"]);
        assert_eq!(first.sheet["teacher_panel"]["prep"][0], "Charge the batteries.");
        for kept in
            ["A first word.", "## Mission", "## Materials", "## Sketch\n### Detail", "# no heading\nSession 03: none"]
        {
            assert!(first.body.contains(kept), "{kept} in {}", first.body);
        }
        assert!(first.body.contains("## Teacher notes on the whole course\n\nTen weeks"), "{}", first.body);
        assert!(pack.lessons[1].body.contains("Turn: left, right."));
    }

    #[test]
    fn bare_and_bold_lines_will_do() {
        let pack =
            pack("my_plan.md", "Session 1: One\n\nMission:\nGo.\n\n**Materials**\n- Rope\n\nSession 2: Two\nHi\n");
        assert_eq!(pack.title, "my plan");
        assert_eq!((pack.lessons[0].makes.as_str(), pack.lessons[0].needs.len()), ("Go.", 1));
        assert!(pack.lessons[0].body.contains("## Materials"));
        assert_eq!(pack.lessons[1].slug, "two");
    }

    #[test]
    fn sections_in_one_line_and_names_with_more_behind_them_will_do() {
        let plan = "# Session 01: Go\n\nMission: Build a car: one that rolls.\nSlug: s01\n\n**Materials:** A motor\n\n\
            Common stuck points + fixes\n- No power -> turn it on\n\nExtensions (fast finishers)\n- Two motors\n\n\
            **Teacher prep: before the hour**\nCharge.\n\n## Story\n\nMaterials are on the table.\nTeacher: Good morning!\n* Mission: no\n";
        let pack = pack("plan.md", plan);
        let lesson = &pack.lessons[0];
        assert_eq!(lesson.makes, "Build a car: one that rolls.");
        assert_eq!(
            (&lesson.needs[..], &lesson.extend[..]),
            (&["A motor".to_owned()][..], &["Two motors".to_owned()][..])
        );
        assert_eq!(lesson.quick_fixes, ["No power -> turn it on"]);
        for kept in [
            "## Mission\n\nBuild a car: one that rolls.\n\nSlug: s01",
            "## Common stuck points + fixes\n",
            "## Extensions (fast finishers)\n",
            "## Teacher prep: before the hour\n",
            "## Story\n\nMaterials are on the table.\nTeacher: Good morning!\n* Mission: no",
        ] {
            assert!(lesson.body.contains(kept), "{kept} in {}", lesson.body);
        }
    }

    #[test]
    fn a_plan_without_sessions_says_what_is_missing() {
        let fault = to_pack("plan.md", "# Robots\n\nHello\n", Contents::default()).unwrap_err().to_string();
        assert!(fault.starts_with("plan.md: has no session; start each one with"), "{fault}");
    }
}
