//! The page of the archive: plain HTML that reads without a network and runs nothing.

use super::{
    answers::{self, Manner},
    store::{AnswerRow, DraftRow, FileRow, GradeRow, PersonRow},
    talks::Look,
};
use crate::{t, web::Words};
use std::fmt::Write;

/// A file of the archive, and what it is called there.
pub(super) struct Packed<'a> {
    pub file: &'a FileRow,
    pub path: String,
}

/// What the page tells of.
pub(super) struct Portfolio<'a> {
    pub person: &'a PersonRow,
    pub files: &'a [Packed<'a>],
    pub grades: &'a [GradeRow],
    pub answers: &'a [AnswerRow],
    pub drafts: &'a [DraftRow],
    pub looks: &'a [Look],
}

/// The page that leads to everything in the archive.
pub(super) fn html(portfolio: &Portfolio<'_>, words: Words) -> String {
    let Portfolio { person, files, grades, answers, drafts, looks } = *portfolio;
    let mut page = String::new();
    let title = t!(words, "data-portfolio-title", name = person.display_name.clone());
    let _always = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src 'self' file:\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{class}</p>\n",
        words.tag(),
        title = escaped(&title),
        class = escaped(&person.classroom),
    );
    section(&mut page, t!(words, "data-submissions"), files, |page, packed| {
        let _always = writeln!(
            page,
            "<li><a href=\"{}\">{}</a> · {} · {}</li>",
            escaped(&address(&packed.path)),
            escaped(&packed.file.file_name),
            escaped(&packed.file.title),
            packed.file.submitted_at.format("%Y-%m-%d"),
        );
    });
    section(&mut page, t!(words, "data-grades-back"), grades, |page, grade| {
        let points = format!("{} · {}", answers::points(grade, words), grade.returned_at.format("%Y-%m-%d"));
        let _always = writeln!(
            page,
            "<li><h3>{}</h3><p>{}</p><pre>{}</pre></li>",
            escaped(&grade.title),
            escaped(&points),
            escaped(&answers::feedback(grade)),
        );
    });
    section(&mut page, t!(words, "data-responses"), answers, |page, answer| {
        let text = answers::plain(&answer.settings, &answer.answer, words).join("\n");
        let _always = writeln!(page, "<li><h3>{}</h3><pre>{}</pre></li>", escaped(&answer.title), escaped(&text));
    });
    section(&mut page, t!(words, "data-drafts"), drafts, |page, draft| {
        let text = answers::draft(draft, Manner::Plain, words);
        let _always = writeln!(page, "<li><h3>{}</h3><pre>{}</pre></li>", escaped(&draft.title), escaped(&text));
    });
    section(&mut page, t!(words, "data-looks"), looks, |page, look| {
        let by = look.by.as_deref().unwrap_or(t!(words, "data-look-somebody"));
        let _always = writeln!(page, "<li>{} · {}</li>", escaped(by), look.at.format("%Y-%m-%d %H:%M UTC"));
    });
    let _always = write!(page, "<p>{}</p>\n</main>\n</body>\n</html>\n", escaped(t!(words, "data-portfolio-raw")));
    page
}

const STYLE: &str = ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
                     main{max-width:44rem;margin:2rem auto;padding:0 1rem}\
                     pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}li{margin:.5rem 0}";

fn section<T>(page: &mut String, title: &str, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let _always = write!(page, "<h2>{}</h2>\n<ul>\n", escaped(title));
    for one in items {
        item(page, one);
    }
    page.push_str("</ul>\n");
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
    html
}

/// A path within the archive as an address.
fn address(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b':');
    utf8_percent_encode(path, PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::{address, escaped};

    #[test]
    fn nothing_a_student_wrote_becomes_markup() {
        assert_eq!(escaped("<script>\"&"), "&lt;script&gt;&quot;&amp;");
        assert_eq!(address("files/a b#1?.png"), "files/a%20b%231%3F.png");
    }
}
