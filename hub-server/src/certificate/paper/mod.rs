//! Certificates as they are printed: PDF, A4 landscape, one to a page.
//!
//! Text is shaped and broken into lines by parley, glyph by glyph put on the page by krilla, with fonts that travel
//! along, so that a name in any script looks the same on every machine. The document is tagged: it reads aloud, and
//! what is copied out of it is what was written.

mod colour;
mod design;
mod fonts;
mod text;

use crate::web::Words;
use anyhow::anyhow;
use chrono::{DateTime, Datelike, Timelike, Utc};
use fonts::Fonts;
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    geom::Point,
    metadata::{DateTime as PdfDate, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    tagging::{Tag, TagGroup, TagTree},
};
use text::Typesetter;

/// What stands on one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub organisation: String,
    /// What was completed.
    pub title: String,
    /// A line about it; may be empty.
    pub statement: String,
    pub signatory: String,
    /// The day, in words.
    pub day: String,
    /// As people read it.
    pub code: String,
    /// Where it can be looked up.
    pub address: String,
    /// Number of the class's hue, 1 to 8.
    pub accent: i16,
    pub words: Words,
}

impl Paper {
    fn texts(&self) -> [&str; 5] {
        [&self.name, &self.organisation, &self.title, &self.statement, &self.signatory]
    }
}

/// A PDF.
#[derive(Clone, Debug)]
pub struct Printed {
    pub pdf: Vec<u8>,
    /// Letters that no font of this machine can write; they stand as empty boxes.
    pub missing: usize,
}

/// Prints certificates, all in the language of the first. Takes tens of milliseconds each: never on the threads that
/// answer requests.
pub fn print(papers: &[Paper], at: DateTime<Utc>) -> anyhow::Result<Printed> {
    let fonts = Fonts::for_texts(papers.iter().flat_map(Paper::texts));
    // Held to PDF/UA, the rules for documents that everybody can read (ISO 14289-1). Where a script's font breaks one
    // of them, a paper that most can read is better than none.
    let rules = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let rules = rules.map_err(|error| anyhow!("{error:?}"))?;
    document(papers, fonts.clone(), rules, at).or_else(|error| {
        tracing::info!(%error, "a certificate is printed without being held to PDF/UA");
        document(papers, fonts, Configuration::default(), at)
    })
}

/// Letters of `text` that no font of this machine can write.
pub fn missing_letters(text: &str) -> usize {
    let fonts = Fonts::for_texts([text]);
    design::missing(&mut Typesetter::new(fonts, "en"), text)
}

fn document(papers: &[Paper], fonts: Fonts, rules: Configuration, at: DateTime<Utc>) -> anyhow::Result<Printed> {
    let words = papers.first().map(|paper| paper.words).unwrap_or_default();
    let mut document = Document::new_with(SerializeSettings { configuration: rules, ..SerializeSettings::default() });
    let mut typesetter = Typesetter::new(fonts, words.tag());
    let (mut tree, mut outline, mut missing) = (TagTree::new(), Outline::new(), 0);
    for (number, paper) in papers.iter().enumerate() {
        let settings =
            PageSettings::from_wh(design::WIDTH, design::HEIGHT).ok_or_else(|| anyhow!("a page has a size"))?;
        let mut page = document.start_page_with(settings);
        let mut parts = TagGroup::new(Tag::Section);
        missing += design::draw(&mut page, &mut typesetter, (number, paper), &mut parts)?;
        page.finish();
        tree.push(parts);
        outline.push_child(OutlineNode::new(paper.name.clone(), XyzDestination::new(number, Point::from_xy(0.0, 0.0))));
    }
    document.set_tag_tree(tree.with_lang(Some(words.tag().to_owned())));
    document.set_outline(outline);
    document.set_metadata(metadata(papers, words, at));
    let pdf = document.finish().map_err(|error| anyhow!("a certificate could not be printed: {error:?}"))?;
    Ok(Printed { pdf, missing })
}

fn metadata(papers: &[Paper], words: Words, at: DateTime<Utc>) -> Metadata {
    let heading = design::heading(words);
    let title = match papers {
        [one] => format!("{heading} · {} · {}", one.name, one.title),
        [first, ..] => format!("{heading} · {}", first.title),
        [] => heading.to_owned(),
    };
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = PdfDate::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let authors = papers.first().map(|paper| paper.organisation.clone()).into_iter().collect();
    Metadata::new()
        .title(title)
        .authors(authors)
        .language(words.tag().to_owned())
        .creator("Class Hub".to_owned())
        .creation_date(date)
}

#[cfg(test)]
mod tests {
    use super::{Paper, missing_letters, print};
    use crate::web::{Lang, Words};

    fn paper(name: &str) -> Paper {
        Paper {
            name: name.to_owned(),
            organisation: "Riverside School".to_owned(),
            title: "Physics 7b".to_owned(),
            statement: "Twelve lessons on light, with a lamp of their own at the end.".to_owned(),
            signatory: "Amira".to_owned(),
            day: "23 November 2026".to_owned(),
            code: "ABCD-EFGH-JKLM-NPQR".to_owned(),
            address: "https://hub.school.example/verify/ABCD-EFGH-JKLM-NPQR".to_owned(),
            accent: 1,
            words: Words(Lang::English),
        }
    }

    const NAMES: [&str; 12] = [
        "Jonas Nuñez",
        "Łukasz Žďárský Ångström",
        "Nguyễn Thị Ánh",
        "Ελένη Παπαδοπούλου",
        "Дарья Щербакова",
        "أميرة الحسيني",
        "נועה לוי",
        "प्रियंका श्रेष्ठ",
        "สมชาย ใจดี",
        "Անի Սարգսյան",
        "ნინო ბერიძე",
        "Lena לנה لينا",
    ];

    #[test]
    fn names_in_many_scripts_print_without_an_empty_box() {
        let at = "2026-11-23T09:00:00Z".parse().unwrap();
        for name in NAMES {
            assert_eq!(missing_letters(name), 0, "{name}");
            let printed = print(&[paper(name)], at).unwrap();
            assert_eq!(printed.missing, 0, "{name}");
            assert!(printed.pdf.starts_with(b"%PDF-1.7") && printed.pdf.len() < 400_000, "{}", printed.pdf.len());
        }
        let all: Vec<Paper> = NAMES.iter().map(|name| paper(name)).collect();
        print(&all, at).unwrap();
    }

    #[test]
    fn what_no_font_can_write_is_counted_and_printed_all_the_same() {
        // Linear A: no font of any package writes it unasked.
        let name = "\u{10600}\u{10601}";
        let printed = print(&[paper(name)], "2026-11-23T09:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(missing_letters(name), printed.missing);
        assert!(printed.pdf.starts_with(b"%PDF"));
    }

    #[test]
    fn a_name_as_long_as_names_can_be_fits() {
        let at = "2026-11-23T09:00:00Z".parse().unwrap();
        for name in ["W".repeat(60), "Maria da Conceição ".repeat(3), "ﷺ".repeat(20)] {
            print(&[paper(&name)], at).unwrap();
        }
    }

    /// `CERTIFICATE_PDF=folder cargo test …` leaves them there to be looked at.
    #[test]
    fn they_can_be_looked_at() {
        let Ok(folder) = std::env::var("CERTIFICATE_PDF") else { return };
        let at = "2026-11-23T09:00:00Z".parse().unwrap();
        let mut papers: Vec<Paper> = NAMES.iter().map(|name| paper(name)).collect();
        papers.push(paper(&"W".repeat(60)));
        papers.push(Paper {
            words: Words(Lang::Spanish),
            accent: 3,
            title: "Introducción a la programación con Scratch para quienes empiezan desde cero y sin prisa".to_owned(),
            ..paper("María da Conceição Fernández-Villanueva")
        });
        for (number, paper) in (1..).zip(&mut papers) {
            paper.accent = (number - 1) % 8 + 1;
        }
        std::fs::write(format!("{folder}/certificates.pdf"), print(&papers, at).unwrap().pdf).unwrap();
    }
}
