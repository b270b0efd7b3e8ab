//! A Word document as Markdown: headings, paragraphs, lists, tables, bold and slanted, links, pictures.

use super::{
    Contents,
    text::{escaped, plain_start},
    xml::{Element, Node},
};
use crate::course::{FileKind, PackFault, Why, XmlFault};
use std::collections::HashMap;

/// A document's words, and the pictures they name as `../assets/…`.
pub struct Plan {
    pub markdown: String,
    pub pictures: Contents,
}

/// Reads an unpacked document.
pub fn to_markdown(name: &str, files: &Contents) -> Result<Plan, PackFault> {
    let fault = |xml: XmlFault| PackFault::of_file(name, Why::DamagedDocument { xml });
    let xml = |path: &str| files.get(path).map(Element::parse).transpose();
    let document = xml("word/document.xml").map_err(&fault)?.unwrap_or_default();
    let styles = xml("word/styles.xml").map_err(&fault)?.unwrap_or_default();
    let links = xml("word/_rels/document.xml.rels").map_err(&fault)?.unwrap_or_default();
    let mut reader = Reader {
        headings: heading_styles(&styles),
        targets: targets(&links),
        files,
        pictures: Contents::default(),
        lines: Vec::new(),
    };
    let body = document.child("body").ok_or_else(|| fault(XmlFault::NoText))?;
    reader.blocks(body)?;
    Ok(Plan { markdown: reader.lines.join("\n"), pictures: reader.pictures })
}

struct Reader<'f> {
    /// Style id → how deep a heading it is.
    headings: HashMap<String, usize>,
    /// Id of a link or a picture → where it leads.
    targets: HashMap<String, String>,
    files: &'f Contents,
    pictures: Contents,
    lines: Vec<String>,
}

impl Reader<'_> {
    fn blocks(&mut self, parent: &Element) -> Result<(), PackFault> {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element)?,
                "tbl" => self.table(element)?,
                "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag" => self.blocks(element)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &Element) -> Result<(), PackFault> {
        let mut text = String::new();
        self.inline(paragraph, &mut text)?;
        let text = text.trim();
        let properties = paragraph.child("pPr");
        let value = |name: &str| properties.and_then(|p| p.child(name)).and_then(|e| e.attribute("val"));
        let level = value("pStyle").and_then(|style| self.headings.get(style)).copied();
        let outline = value("outlineLvl").and_then(|level| level.parse::<usize>().ok()).map(|level| level + 1);
        let list = properties.and_then(|p| p.child("numPr"));
        if text.is_empty() {
            return Ok(());
        }
        if let Some(level) = level.or(outline.filter(|level| *level <= 6)) {
            let heading = text.replace('\n', " ");
            self.block(format!("{} {}", "#".repeat(level), heading.replace("**", "")));
        } else if let Some(list) = list {
            let depth =
                list.child("ilvl").and_then(|level| level.attribute("val")).and_then(|level| level.parse().ok());
            let indent = "  ".repeat(depth.unwrap_or(0_usize).min(5));
            if !self.lines.last().is_some_and(|line| line.trim_start().starts_with("- ")) {
                self.lines.push(String::new());
            }
            self.lines.push(format!("{indent}- {}", text.replace('\n', " ")));
        } else {
            self.block(text.lines().map(plain_start).collect::<Vec<_>>().join("\\\n"));
        }
        Ok(())
    }

    fn block(&mut self, text: String) {
        self.lines.push(String::new());
        self.lines.push(text);
    }

    fn table(&mut self, table: &Element) -> Result<(), PackFault> {
        let mut rows = Vec::new();
        for row in table.elements().filter(|row| row.name == "tr") {
            let mut cells = Vec::new();
            for cell in row.elements().filter(|cell| cell.name == "tc") {
                let mut text = String::new();
                self.inline(cell, &mut text)?;
                cells.push(text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|"));
            }
            rows.push(cells);
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        if width == 0 {
            return Ok(());
        }
        self.lines.push(String::new());
        for (index, mut cells) in rows.into_iter().enumerate() {
            cells.resize(width, String::new());
            self.lines.push(format!("| {} |", cells.join(" | ")));
            if index == 0 {
                self.lines.push(format!("|{}", "---|".repeat(width)));
            }
        }
        self.lines.push(String::new());
        Ok(())
    }

    /// Everything inside that has words, in order.
    fn inline(&mut self, parent: &Element, out: &mut String) -> Result<(), PackFault> {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, out)?,
                "hyperlink" => self.link(element, out)?,
                "p" => {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    self.inline(element, out)?;
                }
                // What was crossed out, and the same once more for older programs.
                "del" | "moveFrom" | "Fallback" | "pPr" | "rPr" | "tcPr" => {}
                _ => self.inline(element, out)?,
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Element, out: &mut String) -> Result<(), PackFault> {
        let is = |name: &str| {
            let property = run.child("rPr").and_then(|properties| properties.child(name));
            property.is_some_and(|property| !matches!(property.attribute("val"), Some("0" | "false")))
        };
        let (bold, slanted) = (is("b"), is("i"));
        let mut text = String::new();
        for node in &run.children {
            let Node::Element(element) = node else { continue };
            match element.name.as_str() {
                "t" => text.push_str(&escaped(&element.text())),
                "tab" => text.push(' '),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "drawing" | "pict" | "AlternateContent" | "object" => self.drawing(element, &mut text)?,
                _ => {}
            }
        }
        let marks = match (bold, slanted) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        out.push_str(&marked(&text, marks));
        Ok(())
    }

    fn link(&mut self, link: &Element, out: &mut String) -> Result<(), PackFault> {
        let mut words = String::new();
        self.inline(link, &mut words)?;
        let target = link.attribute("id").and_then(|id| self.targets.get(id));
        match target.filter(|target| target.starts_with("http") || target.starts_with("mailto:")) {
            Some(target) if !words.trim().is_empty() => {
                let target = target.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
                out.push_str(&format!("[{}]({target})", words.trim()));
            }
            _ => out.push_str(&words),
        }
        Ok(())
    }

    /// A picture, and the words of a text box.
    fn drawing(&mut self, drawing: &Element, out: &mut String) -> Result<(), PackFault> {
        let id = drawing.descendant("blip").and_then(|blip| blip.attribute("embed"));
        let id = id.or_else(|| drawing.descendant("imagedata").and_then(|image| image.attribute("id")));
        let words = drawing.descendant("docPr").and_then(|p| p.attribute("descr")).unwrap_or_default();
        if let Some(target) = id.and_then(|id| self.targets.get(id)) {
            let path = format!("word/{}", target.trim_start_matches("/word/").trim_start_matches("./"));
            let name = target.rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(content) = self.files.get(&path).filter(|content| FileKind::of(&name, content).is_some()) {
                let asset = format!("assets/{name}");
                if self.pictures.get(&asset).is_none() {
                    self.pictures.add(&asset, content.to_vec())?;
                }
                out.push_str(&format!("![{}](../{})", escaped(words), asset.replace(' ', "%20")));
            } else {
                out.push_str(&escaped(words));
            }
        }
        if let Some(text_box) = drawing.descendant("txbxContent") {
            self.inline(text_box, out)?;
        }
        Ok(())
    }
}

/// Marks go around the words, not around the spaces beside them.
fn marked(text: &str, marks: &str) -> String {
    let words = text.trim();
    if marks.is_empty() || words.is_empty() || words.contains("![") {
        return text.to_owned();
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    format!("{start}{marks}{words}{marks}{end}")
}

/// Headings by their style's id, whatever language the program speaks: styles have names of their own.
fn heading_styles(styles: &Element) -> HashMap<String, usize> {
    let mut headings: HashMap<String, usize> = (1..=6).map(|level| (format!("Heading{level}"), level)).collect();
    headings.insert("Title".to_owned(), 1);
    for style in styles.elements().filter(|style| style.name == "style") {
        let name = style.child("name").and_then(|name| name.attribute("val")).unwrap_or_default().to_lowercase();
        let level = match name.as_str() {
            "title" => Some(1),
            name => name.strip_prefix("heading ").and_then(|level| level.parse().ok()),
        };
        if let (Some(id), Some(level)) = (style.attribute("styleId"), level) {
            headings.insert(id.to_owned(), level.clamp(1, 6));
        }
    }
    headings
}

fn targets(links: &Element) -> HashMap<String, String> {
    let pair = |link: &Element| Some((link.attribute("Id")?.to_owned(), link.attribute("Target")?.to_owned()));
    links.elements().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{read_bytes, zip};
    use crate::course::{Pack, source::Contents};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";

    fn document(body: &str) -> Vec<u8> {
        let document = format!("<w:document><w:body>{body}</w:body></w:document>");
        let styles = "<w:styles><w:style w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style></w:styles>";
        let links = "<Relationships><Relationship Id=\"r1\" Target=\"https://a.example/b\"/><Relationship Id=\"r2\" Target=\"media/image 1.png\"/></Relationships>";
        let mut files = Contents::default();
        for (path, content) in [
            ("document.xml", document.as_bytes()),
            ("styles.xml", styles.as_bytes()),
            ("_rels/document.xml.rels", links.as_bytes()),
            ("media/image 1.png", PNG),
        ] {
            files.add(path, content.to_vec()).unwrap();
        }
        zip::pack("word", &files).unwrap()
    }

    fn p(style: &str, text: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn a_plan_written_in_word_becomes_a_course() {
        let list = |text: &str| {
            format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
        };
        let body = [
            p("Title", "Kites"),
            p("Heading1", "Session 01: Wind &amp; weather"),
            p("berschrift2", "Mission"),
            "<w:p><w:r><w:t xml:space=\"preserve\">Build a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>kite</w:t></w:r><w:r><w:t> with 2 * 3 sticks.</w:t></w:r></w:p>".to_owned(),
            p("berschrift2", "Materials"),
            list("String"),
            list("Paper"),
            p("berschrift2", "Look"),
            "<w:p><w:hyperlink r:id=\"r1\"><w:r><w:t>here</w:t></w:r></w:hyperlink><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>".to_owned(),
            "<w:p><w:r><w:drawing><wp:docPr descr=\"A kite\"/><a:blip r:embed=\"r2\"/></w:drawing></w:r></w:p>".to_owned(),
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b|c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Session 02: Fly</w:t></w:r></w:p>".to_owned(),
            p("Normal", "Go out."),
        ];
        let pack = Pack::from_contents(read_bytes("kites.docx", &document(&body.concat())).unwrap()).unwrap();
        assert_eq!((pack.title.as_str(), pack.lessons.len()), ("Kites", 2));
        let first = &pack.lessons[0];
        assert_eq!((first.title.as_str(), first.makes.as_str()), ("Wind & weather", "Build a kite with 2 * 3 sticks."));
        assert_eq!(first.needs, ["String", "Paper"]);
        for kept in [
            "**kite** with 2 \\* 3",
            "[here](https://a.example/b)",
            "![A kite](../assets/image%201.png)",
            "| a | b\\|c |",
        ] {
            assert!(first.body.contains(kept), "{kept} in {}", first.body);
        }
        assert!(!first.body.contains("gone"));
        assert!(pack.files.contains_key("assets/image 1.png"));
        assert_eq!(pack.lessons[1].body.trim(), "Go out.");
    }

    #[test]
    fn a_damaged_document_ends_in_a_sentence() {
        let broken = document("<w:p><w:r>");
        let fault = read_bytes("kites.docx", &broken).unwrap_err().to_string();
        assert!(fault.starts_with("kites.docx: is a damaged Word document"), "{fault}");
    }
}
