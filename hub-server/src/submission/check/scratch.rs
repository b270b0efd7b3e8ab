//! Scratch projects: a small picture of each. Costumes of pixels are painted; those made of lines (SVG) are not drawn by
//! us, because that would take a whole renderer. A project of lines alone gets a card with the names of its figures.

use super::{FileKind, Refusal, Thumbnail, archive, picture};
use serde::Deserialize;
use std::{fmt::Write, path::Path};

/// A project's description of itself.
const MAX_PROJECT_BYTES: u64 = 16 * 1024 * 1024;
/// A picture that a small one is made of.
const MAX_COSTUME_BYTES: u64 = 8 * 1024 * 1024;
/// How many figures the card names, and how long a name may be on it, in characters.
const MAX_NAMED: usize = 5;
const MAX_NAME: usize = 26;

/// A project, as far as its pictures go.
#[derive(Deserialize)]
struct Project {
    targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    #[serde(default)]
    is_stage: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    current_costume: usize,
    #[serde(default)]
    costumes: Vec<Costume>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Costume {
    md5ext: Option<String>,
}

/// The stage as it stands, else the first figure that has pixels, else the card.
pub(super) fn thumbnail(path: &Path) -> Result<Thumbnail, Refusal> {
    let mut archive = archive::open(path)?;
    let description = archive::read_entry(&mut archive, "project.json", MAX_PROJECT_BYTES).ok_or(Refusal::Damaged)?;
    let project: Project = serde_json::from_slice(&description).map_err(|_| Refusal::Damaged)?;
    let (stages, figures): (Vec<_>, Vec<_>) = project.targets.iter().partition(|target| target.is_stage);
    for target in stages.into_iter().chain(figures.iter().copied()) {
        let costume = target.costumes.get(target.current_costume).and_then(|costume| costume.md5ext.as_deref());
        let Some(name) = costume.filter(|name| has_pixels(name)) else { continue };
        let Some(content) = archive::read_entry(&mut archive, name, MAX_COSTUME_BYTES) else { continue };
        if let Ok(thumbnail) = picture::small_of(content) {
            return Ok(thumbnail);
        }
    }
    let names: Vec<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
    Ok(Thumbnail { content_type: "image/svg+xml", content: card(&names).into_bytes() })
}

fn has_pixels(name: &str) -> bool {
    matches!(
        FileKind::of_ending(name.rsplit('.').next().unwrap_or_default()),
        Some(FileKind::Png | FileKind::Jpeg | FileKind::Gif)
    )
}

/// A drawing of our own, of the size of a stage: a figure, and the names. Nothing of the project but these is in it, and
/// a page shows it as a picture, in which nothing runs.
fn card(names: &[&str]) -> String {
    let mut svg = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360" viewBox="0 0 480 360"><rect width="480" height="360" fill="#f6f2ea"/><rect x="24" y="24" width="432" height="312" rx="12" fill="#fffdf9" stroke="#8a8378" stroke-width="2"/><g fill="none" stroke="#4f5b66" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"><path d="M64 150 72 92l30 24h36l30-24 8 58c0 34-24 56-56 56s-56-22-56-56Z"/><path d="M98 148v8m44-8v8m-34 22q12 10 24 0"/></g><g font-family="system-ui, sans-serif" font-size="24" fill="#2b3138">"##,
    );
    for (row, name) in names.iter().take(MAX_NAMED).enumerate() {
        let _always = write!(svg, r#"<text x="208" y="{}">{}</text>"#, 92 + 44 * row, written(name));
    }
    if let Some(more) = names.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        let _always = write!(svg, r#"<text x="208" y="{}">+ {more}</text>"#, 92 + 44 * MAX_NAMED);
    }
    svg + "</g></svg>"
}

/// A name as XML takes it, shortened.
fn written(name: &str) -> String {
    let mut written = String::new();
    for (number, c) in name.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).enumerate() {
        if number == MAX_NAME {
            written.push('…');
            break;
        }
        match c {
            '&' => written += "&amp;",
            '<' => written += "&lt;",
            '>' => written += "&gt;",
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::thumbnail;
    use crate::submission::check::{Refusal, samples::Sample};
    use std::io::{Cursor, Write};
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn project(json: &str, files: &[(&str, &[u8])]) -> Sample {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [("project.json", json.as_bytes())].iter().chain(files) {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        Sample::of(&writer.finish().unwrap().into_inner())
    }

    #[test]
    fn the_stage_is_painted_where_it_is_made_of_pixels() {
        let mut stage = Vec::new();
        let picture = image::DynamicImage::ImageRgb8(image::RgbImage::new(48, 36));
        picture.write_to(&mut Cursor::new(&mut stage), image::ImageFormat::Png).unwrap();
        let json = r#"{"targets":[{"isStage":false,"costumes":[{"md5ext":"cat.svg"}]},
            {"isStage":true,"currentCostume":1,"costumes":[{"md5ext":"a.svg"},{"md5ext":"b.png"}],"blocks":{"x":[1,{}]}}]}"#;
        let painted = thumbnail(&project(json, &[("b.png", &stage), ("a.svg", b"<svg/>")]).0).unwrap();
        assert_eq!(painted.content_type, "image/jpeg");
    }

    #[test]
    fn a_project_of_lines_gets_a_card_with_the_names_of_its_figures() {
        let json = r#"{"targets":[{"isStage":true,"name":"Stage","costumes":[{"md5ext":"a.svg"}]},
            {"name":"Cat & dog","costumes":[{"md5ext":"cat.svg"}]},{"name":"</text><script>alert(1)</script>"},
            {"name":"A name that goes on for much longer than the card is wide"},{},{},{},{}]}"#;
        let hostile = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        let card = thumbnail(&project(json, &[("a.svg", hostile), ("cat.svg", hostile)]).0).unwrap();
        assert_eq!(card.content_type, "image/svg+xml");
        let card = String::from_utf8(card.content).unwrap();
        for said in [">Cat &amp; dog<", ">&lt;/text&gt;&lt;script&gt;", ">A name that goes on for mu…<", ">+ 2<"] {
            assert!(card.contains(said), "{said} in {card}");
        }
        assert!(!card.contains("<script") && !card.contains("onload") && !card.contains("Stage"), "{card}");
        assert!(card.len() < 4_000, "{}", card.len());
    }

    #[test]
    fn what_is_no_project_is_damaged() {
        assert_eq!(thumbnail(&project("[[[[", &[]).0).map(drop).unwrap_err(), Refusal::Damaged);
    }
}
