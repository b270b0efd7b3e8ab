//! What a lesson's fields put into a class's module: the glance, the hand-in, and the list `materials`.

use super::{PackFault, fault::Found, sheet::Sheet, why::Why};
use crate::{
    hexadecimal::hexadecimal,
    lesson::markdown,
    material::{Criterion, Item, Level, Settings, kind::Handing},
    t,
    web::{Lang, Words},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// Largest file that may be handed in where the lesson does not say, and the most it may say, in MB.
const DEFAULT_MAX_MB: i32 = 50;
const MAX_MAX_MB: i32 = 200;
/// Most materials of one lesson, points of a checklist, rows and steps of a rubric.
const MAX_MATERIALS: usize = 30;
const MAX_POINTS: usize = 50;
/// The highest step of a rubric that says neither its levels nor its scale.
const DEFAULT_SCALE: i32 = 4;
/// Longest Markdown of one material, in characters.
const MAX_TEXT: usize = 10_000;

/// A material as a pack describes it, ready to be put into a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackMaterial {
    /// Which part of the lesson it is; an import finds it again by it.
    pub origin: String,
    pub title: String,
    pub settings: Settings,
}

/// All materials of a lesson in order, but the link to the lesson itself.
pub fn of_lesson(
    front: &Sheet,
    makes: &str,
    done_looks_like: &[String],
    language: &str,
    found: &mut Found,
) -> Vec<PackMaterial> {
    let reading = Reading { lang: Lang::from_tag(language).unwrap_or_default() };
    let submission = found.take(front.mapping("submission"));
    let naming = submission.as_ref().and_then(|submission| found.take(submission.text("naming")));
    let mut materials: Vec<PackMaterial> = reading.glance(makes, naming.as_deref()).into_iter().collect();
    if let Some(submission) = submission
        && found.take(submission.text("type")).is_some_and(|kind| kind.eq_ignore_ascii_case("file"))
    {
        let handing = reading.handing(&submission, &bullets(done_looks_like)).map(Some);
        let title = t!(reading.words(), "course-hand-in").to_owned();
        materials.extend(found.take(handing).map(|handing| PackMaterial {
            origin: "upload".to_owned(),
            title,
            settings: Settings::Upload(handing),
        }));
    }
    let (extras, bad) = front.mappings_and_faults("materials");
    found.add_all(bad);
    if extras.len() > MAX_MATERIALS {
        found.add(front.fault("materials", Why::TooManyMaterials { most: MAX_MATERIALS }));
    }
    let mut origins = HashSet::new();
    for (extra, number) in extras.iter().take(MAX_MATERIALS).zip(1..) {
        match reading.extra(extra, number) {
            Ok(material) if origins.insert(material.origin.clone()) => materials.push(material),
            Ok(material) => {
                let slug = material.origin.trim_start_matches("extra-");
                found.add(extra.fault("slug", Why::SlugOfAnotherMaterial { slug: slug.to_owned() }));
            }
            Err(fault) => found.add(fault),
        }
    }
    materials
}

/// In which language the words around a material are.
struct Reading {
    lang: Lang,
}

impl Reading {
    const fn words(&self) -> Words {
        Words(self.lang)
    }

    /// `makes` and `naming` as a text; nothing where there is neither.
    fn glance(&self, makes: &str, naming: Option<&str>) -> Option<PackMaterial> {
        let words = self.words();
        let mut lines = Vec::new();
        if !makes.is_empty() {
            lines.push(format!("**{}** {makes}", t!(words, "course-you-make")));
        }
        if let Some(naming) = naming {
            lines.push(format!("**{}** `{}`", t!(words, "course-name-it"), naming.replace('`', "'")));
        }
        let (source, html) = self.markdown(lines.join("\n\n"));
        let title = t!(words, "course-glance").to_owned();
        let settings = Settings::Text { source, html };
        (!lines.is_empty()).then(|| PackMaterial { origin: "glance".to_owned(), title, settings })
    }

    /// One entry of the list `materials`.
    fn extra(&self, sheet: &Sheet, number: usize) -> Result<PackMaterial, PackFault> {
        let slug = if sheet.has("slug") { super::lesson::slug(sheet, "slug")? } else { number.to_string() };
        let title = super::lesson::title(sheet)?;
        let field = either(sheet, "text", "prompt");
        let text = sheet.text(field)?.unwrap_or_default();
        if text.chars().count() > MAX_TEXT {
            return Err(sheet.fault(field, Why::TooManyCharacters { most: MAX_TEXT }));
        }
        markdown::check(&text).map_err(|why| sheet.fault(field, why))?;
        let settings = match sheet.required_text("type")?.to_ascii_lowercase().as_str() {
            "link" => Settings::Link { url: Some(address(sheet)?) },
            "upload" => Settings::Upload(self.handing(sheet, &text)?),
            "gallery" => Settings::Gallery(self.handing(sheet, &text)?),
            kind => {
                let (source, html) = self.markdown(text);
                match kind {
                    "text" => Settings::Text { source, html },
                    "reflection" => Settings::Reflection { source, html },
                    "checklist" => Settings::Checklist { source, html, items: items(sheet)? },
                    "rubric" => Settings::Rubric { source, html, criteria: criteria(sheet)? },
                    _ => return Err(sheet.fault("type", Why::NotAKind)),
                }
            }
        };
        Ok(PackMaterial { origin: format!("extra-{slug}"), title, settings })
    }

    /// What may be handed in: `accepted`, else the ending in `naming`.
    fn handing(&self, sheet: &Sheet, text: &str) -> Result<Handing, PackFault> {
        let naming = sheet.text("naming")?.filter(|naming| !naming.is_empty());
        let mut accepted: Vec<String> = Vec::new();
        for text in
            sheet.texts("accepted")?.iter().flat_map(|text| text.split([',', ' '])).filter(|text| !text.is_empty())
        {
            let ending = text.trim_start_matches('*');
            let ending = ending.strip_prefix('.').unwrap_or(ending).to_ascii_lowercase();
            if !is_ending(&ending) {
                return Err(sheet.fault("accepted", Why::NotAnEnding { text: text.to_owned() }));
            }
            if !accepted.contains(&ending) {
                accepted.push(ending);
            }
        }
        if accepted.is_empty() {
            accepted.extend(naming.as_deref().and_then(ending_of));
        }
        let max_mb =
            sheet.number(either(sheet, "max_mb", "max_upload_mb"), MAX_MAX_MB)?.unwrap_or(DEFAULT_MAX_MB).max(1);
        let (source, html) = self.markdown(text.to_owned());
        let max_bytes = u64::from(max_mb.unsigned_abs()) * 1024 * 1024;
        Ok(Handing { source, html, accepted, max_bytes, naming })
    }

    fn markdown(&self, source: String) -> (String, String) {
        let html = if source.is_empty() { String::new() } else { markdown::short(&source, self.lang) };
        (source, html)
    }
}

/// The name a field goes by: ours, or that of the compiler of lesson plans.
fn either(sheet: &Sheet, ours: &'static str, theirs: &'static str) -> &'static str {
    if !sheet.has(ours) && sheet.has(theirs) { theirs } else { ours }
}

/// Where a link leads: http(s), or a path of this site.
fn address(sheet: &Sheet) -> Result<String, PackFault> {
    let url = sheet.required_text("url")?;
    let elsewhere = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = !url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    let good = match elsewhere {
        Some(rest) => !rest.is_empty() && !rest.starts_with('/'),
        None => url.starts_with('/') && !url.starts_with("//"),
    };
    if plain && good && url.len() <= 2000 { Ok(url) } else { Err(sheet.fault("url", Why::NotAnAddress)) }
}

fn items(sheet: &Sheet) -> Result<Vec<Item>, PackFault> {
    let texts = sheet.texts("items")?;
    if texts.is_empty() || texts.len() > MAX_POINTS {
        return Err(sheet.fault("items", Why::ItemsUnfit { most: MAX_POINTS }));
    }
    let ids = ids_of(texts.iter().map(String::as_str));
    Ok(ids.into_iter().zip(texts).map(|(id, text)| Item { id, text }).collect())
}

fn criteria(sheet: &Sheet) -> Result<Vec<Criterion>, PackFault> {
    let named = sheet.lists_texts("criteria");
    let rows = if named { Vec::new() } else { sheet.mappings("criteria")? };
    let titles: Vec<String> =
        if named { named_criteria(sheet)? } else { rows.iter().map(super::lesson::title).collect::<Result<_, _>>()? };
    if titles.is_empty() || titles.len() > MAX_POINTS {
        return Err(sheet.fault("criteria", Why::CriteriaUnfit { most: MAX_POINTS }));
    }
    let scale = scale(sheet)?;
    let ids = ids_of(titles.iter().map(String::as_str));
    let criterion = |((index, title), id): ((usize, String), String)| {
        let levels = match rows.get(index) {
            Some(row) if row.has("levels") || !sheet.has("scale_max") => levels(row)?,
            _ => steps(scale),
        };
        Ok(Criterion { id, title, levels })
    };
    titles.into_iter().enumerate().zip(ids).map(criterion).collect()
}

/// Criteria that are only named: `criteria: [Clear, Complete]`.
fn named_criteria(sheet: &Sheet) -> Result<Vec<String>, PackFault> {
    let titles = sheet.texts("criteria")?;
    if titles.iter().any(|title| title.chars().count() > super::lesson::MAX_TITLE) {
        return Err(sheet.fault("criteria", Why::TooManyCharacters { most: super::lesson::MAX_TITLE }));
    }
    Ok(titles)
}

/// The highest step of criteria that do not describe theirs.
fn scale(sheet: &Sheet) -> Result<u32, PackFault> {
    let most = i32::try_from(MAX_POINTS).unwrap_or(i32::MAX);
    let scale = sheet.number("scale_max", most)?.unwrap_or(DEFAULT_SCALE);
    if scale < 2 { Err(sheet.fault("scale_max", Why::ScaleUnfit { most })) } else { Ok(scale.unsigned_abs()) }
}

/// Steps that are nothing but their number.
fn steps(highest: u32) -> Vec<Level> {
    let step = |points: u32| Level { title: points.to_string(), description: String::new(), points };
    (1..=highest).map(step).collect()
}

fn levels(row: &Sheet) -> Result<Vec<Level>, PackFault> {
    let levels = row.mappings("levels")?;
    if levels.len() < 2 || levels.len() > MAX_POINTS {
        return Err(row.fault("levels", Why::LevelsUnfit));
    }
    let level = |(level, number): (&Sheet, i32)| {
        Ok(Level {
            title: super::lesson::title(level)?,
            description: level.text("description")?.unwrap_or_default(),
            points: level.number("points", 1000)?.unwrap_or(number).unsigned_abs(),
        })
    };
    levels.iter().zip(0..).map(level).collect()
}

/// An id for each text that depends on its words alone: a point put between two others moves no tick.
fn ids_of<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut taken = HashSet::new();
    texts
        .map(|text| {
            let mut id = hexadecimal(&Sha256::digest(text)[..6]);
            while !taken.insert(id.clone()) {
                id.push('x');
            }
            id
        })
        .collect()
}

fn bullets(texts: &[String]) -> String {
    texts.iter().map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
}

fn ending_of(naming: &str) -> Option<String> {
    let (_, ending) = naming.trim().rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    is_ending(&ending).then_some(ending)
}

fn is_ending(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Found, PackMaterial, Settings, Sheet, of_lesson};

    fn materials(yaml: &str) -> Result<Vec<PackMaterial>, String> {
        let sheet = Sheet::parse("lessons/1.md", yaml, 1).unwrap();
        let mut found = Found::default();
        let materials = of_lesson(&sheet, "A wheel", &["It turns".to_owned()], "en", &mut found);
        found.settle().map_err(|faults| faults.to_string())?;
        Ok(materials)
    }

    #[test]
    fn a_hand_in_takes_what_is_accepted_else_what_the_name_ends_with() {
        for (yaml, endings) in [
            ("submission: {type: file, accepted: [.PNG, sb3], naming: a.txt}", vec!["png", "sb3"]),
            ("submission: {type: file, accepted: '.png, .jpg'}", vec!["png", "jpg"]),
            ("submission: {type: file, naming: name_s1.sb3}", vec!["sb3"]),
            ("submission: {type: file, naming: callsign-log}", vec![]),
        ] {
            let materials = materials(yaml).unwrap();
            let origins: Vec<_> = materials.iter().map(|material| material.origin.as_str()).collect();
            assert_eq!(origins, ["glance", "upload"], "{yaml}");
            assert!(
                matches!(&materials[1].settings, Settings::Upload(handing) if handing.accepted == endings),
                "{yaml}"
            );
        }
        assert_eq!(materials("submission: {type: none}").unwrap().len(), 1);
    }

    #[test]
    fn every_kind_can_be_listed() {
        let yaml = "materials:\n  - {type: link, title: A, url: 'https://a.example/b'}\n  - {type: text, title: B, text: '**hi**'}\n  \
                    - {type: checklist, title: C, items: [one, two, one]}\n  - {type: reflection, title: D, text: Why?, slug: why}\n  \
                    - type: rubric\n    title: E\n    criteria:\n      - title: Clear\n        levels: [{title: no}, {title: yes!, points: 3}]\n  \
                    - {type: gallery, title: F, accepted: [png], max_mb: 5}\n  - {type: upload, title: G}\n";
        let materials = materials(yaml).unwrap();
        let origins: Vec<_> = materials.iter().map(|material| material.origin.as_str()).collect();
        assert_eq!(origins, ["glance", "extra-1", "extra-2", "extra-3", "extra-why", "extra-5", "extra-6", "extra-7"]);
        let Settings::Checklist { items, .. } = &materials[3].settings else { panic!("{materials:?}") };
        assert!(items[0].id != items[1].id && items[0].id != items[2].id, "{items:?}");
        let Settings::Rubric { criteria, .. } = &materials[5].settings else { panic!("{materials:?}") };
        assert_eq!(criteria[0].levels.iter().map(|level| level.points).collect::<Vec<_>>(), [0, 3]);
        let Settings::Gallery(handing) = &materials[6].settings else { panic!("{materials:?}") };
        assert_eq!(handing.max_bytes, 5 * 1024 * 1024);
    }

    #[test]
    fn fields_as_the_compiler_of_plans_names_them_are_understood() {
        let yaml = "materials:\n  - {type: reflection, title: A, prompt: 'Why **so**?'}\n  - {type: gallery, title: B, max_upload_mb: 7}\n  \
            - {type: rubric, title: C, criteria: [Clear, 'On: time'], scale_max: 3}\n  \
            - {type: rubric, title: D, criteria: [Clear]}\n  \
            - {type: rubric, title: E, criteria: [{title: F, levels: [{title: no}, {title: yes}]}, {title: G}], scale_max: 2}\n";
        let materials = materials(yaml).unwrap();
        let rubric = |index: usize| match &materials[index].settings {
            Settings::Rubric { criteria, .. } => criteria
                .iter()
                .map(|criterion| {
                    let levels: Vec<_> =
                        criterion.levels.iter().map(|level| (level.title.as_str(), level.points)).collect();
                    (criterion.title.as_str(), levels)
                })
                .collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let first = materials.len() - 5;
        assert!(matches!(&materials[first].settings, Settings::Reflection { source, .. } if source == "Why **so**?"));
        assert!(matches!(&materials[first + 1].settings, Settings::Gallery(handing) if handing.max_bytes == 7 << 20));
        let three = vec![("1", 1), ("2", 2), ("3", 3)];
        assert_eq!(rubric(first + 2), [("Clear", three.clone()), ("On: time", three)]);
        assert_eq!(rubric(first + 3)[0].1.len(), 4);
        assert_eq!(rubric(first + 4), [("F", vec![("no", 0), ("yes", 1)]), ("G", vec![("1", 1), ("2", 2)])]);
    }

    #[test]
    fn a_slip_is_named_by_line_and_field() {
        for (yaml, expected) in [
            ("materials:\n  - {type: link, title: A, url: 'javascript:alert(1)'}", "line 3, materials[1].url: must be"),
            ("materials:\n  - {type: link, title: A, url: //evil.example}", "materials[1].url: must be an address"),
            ("materials:\n  - {type: quiz, title: A}", "materials[1].type: must be text, link"),
            ("materials:\n  - {type: text}", "materials[1].title: is missing"),
            ("materials:\n  - {type: checklist, title: A}", "materials[1].items: must list one point"),
            (
                "materials:\n  - {type: rubric, title: A, criteria: [{title: B}]}",
                "materials[1].criteria[1].levels: must",
            ),
            (
                "materials:\n  - {type: text, title: A, slug: b}\n  - {type: text, title: C, slug: b}",
                "is the slug of another",
            ),
            ("submission: {type: file, accepted: ['../x']}", "submission.accepted: ../x is no ending"),
            ("submission: file", "submission: must be fields of its own"),
            (
                "submission: {type: file, max_upload_mb: 201}",
                "submission.max_upload_mb: must be a whole number up to 200",
            ),
            (
                "materials:\n  - {type: rubric, title: A, criteria: [B], scale_max: 1}",
                "materials[1].scale_max: must be a whole number from 2 to 50",
            ),
            (
                "materials:\n  - {type: rubric, title: A, criteria: [B], scale_max: 51}",
                "scale_max: must be a whole number",
            ),
            ("materials:\n  - {type: rubric, title: A, criteria: []}", "criteria: must list one criterion"),
        ] {
            let fault = materials(yaml).unwrap_err();
            assert!(fault.contains(expected), "{yaml}: {fault}");
        }
    }
}
