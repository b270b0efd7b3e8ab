//! Tables that go to a spreadsheet and come back from one.
//!
//! A cell that a spreadsheet would take for a formula travels behind an apostrophe (OWASP, "CSV Injection") and loses
//! it on the way back, so that a round trip changes nothing.

use crate::{storage::SafeName, web::PageResult};
use anyhow::Context;
use axum::{
    http::{HeaderValue, header},
    response::IntoResponse,
};
use std::borrow::Cow;

/// Most rows that are read; a class is far smaller.
const MAX_ROWS: usize = 20_000;
/// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// `text` as it may stand in a cell: guarded where a spreadsheet would calculate it. Plain numbers stay numbers.
pub fn cell(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) && !is_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What was meant by a cell: without its guard, where it has one.
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) && !is_number(cell) => rest,
        _ => cell,
    }
}

/// With what spreadsheets begin a formula, in its usual and its wide form.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
}

/// The rows as text: commas, every cell in quotes and guarded.
pub fn written<R, C>(rows: impl IntoIterator<Item = R>) -> anyhow::Result<String>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for row in rows {
        let row: Vec<String> = row.into_iter().map(|text| cell(text.as_ref()).into_owned()).collect();
        writer.write_record(&row)?;
    }
    Ok(String::from_utf8(writer.into_inner().context("writing into memory")?)?)
}

/// The rows as a file to save.
pub fn download<R, C>(name: &SafeName, rows: impl IntoIterator<Item = R>) -> PageResult
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let disposition = HeaderValue::try_from(name.disposition("attachment")).map_err(anyhow::Error::new)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, written(rows)?).into_response())
}

/// Why a table could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("there is nothing in it")]
    Empty,
    #[error("it is no table of text")]
    NoText,
    #[error("it has too many rows")]
    TooLong,
}

/// The rows of a file as spreadsheets save it: UTF-8, UTF-16 or Windows-1252, between commas, semicolons or tabs.
/// Empty rows are left out; cells are trimmed and without their guard.
pub fn read(content: &[u8]) -> Result<Vec<Vec<String>>, Unreadable> {
    let text = decoded(content)?;
    let delimiter = delimiter(&text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::NoText)?;
        let row: Vec<String> = record.iter().map(|cell| plain(unmarked(cell.trim())).to_owned()).collect();
        if row.iter().any(|cell| !cell.is_empty()) {
            rows.push(row);
        }
        if rows.len() > MAX_ROWS {
            return Err(Unreadable::TooLong);
        }
    }
    if rows.is_empty() { Err(Unreadable::Empty) } else { Ok(rows) }
}

/// LibreOffice, asked to convert without a window, takes the byte order mark for a part of the first cell and keeps it
/// there, with the quotes that were around the rest.
fn unmarked(cell: &str) -> &str {
    cell.strip_prefix(BYTE_ORDER_MARK).map_or(cell, |rest| rest.trim_matches('"'))
}

fn decoded(content: &[u8]) -> Result<String, Unreadable> {
    let wide = |pairs: &[u8], read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = pairs.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Unreadable::NoText)
    };
    let text = match content {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        _ => match std::str::from_utf8(content) {
            Ok(text) => text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned(),
            Err(_) => content.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    };
    // A spreadsheet's own format, a picture: anything but text has these.
    if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        return Err(Unreadable::NoText);
    }
    Ok(text)
}

/// As browsers read it (WHATWG Encoding Standard, index windows-1252).
fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if (0x80..0xa0).contains(&byte) { UPPER[usize::from(byte - 0x80)] } else { char::from(byte) }
}

/// What stands between the cells: whatever the first line has most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
        }
    }
    // The first of equals, so that a table of one column is taken for one with commas.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::{Unreadable, cell, plain, read, written};
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_guarded() {
        for (text, expected) in [
            ("Jonas", "Jonas"),
            ("=1+1", "'=1+1"),
            ("+34", "+34"),
            ("-2.5", "-2.5"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1+1", "'＝1+1"),
            ("'=1", "''=1"),
            ("O'Neil", "O'Neil"),
            ("'tis", "'tis"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
            assert_eq!(plain(&cell(text)), text);
        }
    }

    #[test]
    fn a_mark_that_became_a_part_of_the_first_cell_is_taken_out() {
        let rows = read("\"\u{feff}\"\"Student\"\"\",ID\r\nJonas,7\r\n".as_bytes()).unwrap();
        assert_eq!(rows[0], ["Student", "ID"]);
    }

    #[test]
    fn files_are_read_as_spreadsheets_save_them() {
        let expected = vec![vec!["Name".to_owned(), "Grupo".to_owned()], vec!["Núria".to_owned(), "7b".to_owned()]];
        let utf16 = |read: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter().chain("Name;Grupo\r\nNúria;7b".encode_utf16().flat_map(read)).collect::<Vec<u8>>()
        };
        for content in [
            "Name,Grupo\nNúria,7b\n".as_bytes().to_vec(),
            "\u{feff}Name;Grupo\r\n\r\n Núria ;7b\r\n;\r\n".as_bytes().to_vec(),
            "Name\tGrupo\n\"Núria\"\t7b".as_bytes().to_vec(),
            b"Name,Grupo\nN\xfaria,7b\n".to_vec(),
            utf16(u16::to_le_bytes, [0xff, 0xfe]),
            utf16(u16::to_be_bytes, [0xfe, 0xff]),
        ] {
            assert_eq!(read(&content).unwrap(), expected, "{content:?}");
        }
        assert_eq!(read(b"Jonas\nLena").unwrap().len(), 2);
        assert_eq!(read(b" \n\n").unwrap_err(), Unreadable::Empty);
        assert_eq!(read(b"PK\x03\x04\x14\x00\x06\x00").unwrap_err(), Unreadable::NoText);
        assert_eq!(read("a\n".repeat(20_001).as_bytes()).unwrap_err(), Unreadable::TooLong);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "[ -~\u{a1}-\u{24f}]{0,40}") {
            let guarded = cell(&text);
            prop_assert_eq!(plain(&guarded), text.as_str());
            let text = text.trim();
            let rows = read(written([["x", text]]).unwrap().as_bytes()).unwrap();
            prop_assert_eq!(&rows, &vec![vec!["x".to_owned(), text.to_owned()]]);
        }

        #[test]
        fn no_cell_begins_like_a_formula(text: String) {
            let cell = cell(&text);
            prop_assert!(!super::is_formula(&cell) || super::is_number(&cell));
        }

        #[test]
        fn nothing_sent_breaks_it(content: Vec<u8>) {
            let _ = read(&content);
        }
    }
}
