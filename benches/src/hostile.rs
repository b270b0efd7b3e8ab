//! Files that mean harm, made here: nothing dangerous lies in the repository.

use crate::files::{self, zipped};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use rand::{SeedableRng, rngs::StdRng};
use std::{fmt::Write, sync::Arc};
use zip::CompressionMethod::{Deflated, Stored};

/// One attempt.
pub struct Case {
    pub what: &'static str,
    pub name: String,
    pub content: Arc<Vec<u8>>,
    /// Whether taking it would be wrong; otherwise it may also be kept, as long as it is served harmlessly.
    pub must_refuse: bool,
}

fn case(what: &'static str, name: &str, content: Vec<u8>, must_refuse: bool) -> Case {
    Case { what, name: name.to_owned(), content: Arc::new(content), must_refuse }
}

/// What a student might send as work. `small` makes the large ones smaller.
pub fn uploads(small: bool) -> Vec<Case> {
    let mut rng = StdRng::seed_from_u64(7);
    let png = files::of_kind(3, 100_000, &mut rng).content.to_vec();
    let zip = zipped(&[("a.txt", &b"hello ".repeat(100))], Deflated);
    let film = files::of_kind(1, 50_000, &mut rng).content.to_vec();
    let script = b"<script>fetch('/student/my-data')</script>".to_vec();
    vec![
        case("zip bomb, 1 GB of zeros", "bomb.zip", bomb(if small { 450 } else { 1000 }), true),
        case("zip in zip in zip", "nested.zip", nested(6), true),
        case("zip that is called sb3", "game.sb3", zip.clone(), true),
        case("entry ../", "up.zip", raw_zip(&[(b"../../etc/cron.d/x", b"x", 0o100_644)]), true),
        case("absolute entry", "root.zip", raw_zip(&[(b"/etc/passwd", b"x", 0o100_644)]), true),
        case("entry with a drive", "drive.zip", raw_zip(&[(b"C:\\Windows\\x", b"x", 0o100_644)]), true),
        case("symlink", "link.zip", raw_zip(&[(b"link", b"/etc/passwd", 0o120_777)]), true),
        case("10,000 entries", "many.zip", many(10_000), true),
        case("name that is no UTF-8", "names.zip", raw_zip(&[(b"\xff\xfe\xc3\x28.txt", b"x", 0o100_644)]), false),
        case("locked with a password", "locked.zip", locked(), true),
        case(
            "GIF that is JavaScript",
            "poly.gif",
            b"GIF89a/*\x01\0\x80\0\0*/=1;alert(document.domain);//\0;".to_vec(),
            true,
        ),
        case("PNG with a page behind it", "poly.png", [png.clone(), script.clone()].concat(), false),
        case("PNG with an archive behind it", "poly2.png", [png.clone(), zip.clone()].concat(), false),
        case("page called png", "page.png", script.clone(), true),
        case("page as html", "page.html", [b"<!doctype html>".to_vec(), script.clone()].concat(), false),
        case(
            "SVG with a script",
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
            true,
        ),
        case(
            "SVG called png",
            "svg.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            true,
        ),
        case("PNG of 100 megapixels", "large.png", large_png(10_000), true),
        case("PNG that says it has 4 gigapixels", "lie.png", lying_png(), true),
        case("PNG cut in half", "half.png", png[..png.len() / 2].to_vec(), true),
        case("zip cut in half", "half.zip", zip[..zip.len() / 2].to_vec(), true),
        case("film cut in half", "half.mp4", film[..film.len() / 2].to_vec(), true),
        case("PDF without an end", "half.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), true),
        case(
            "PDF with a script",
            "js.pdf",
            b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF".to_vec(),
            false,
        ),
        case("program called pdf", "run.pdf", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec(), true),
        case("program called txt", "run.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec(), true),
        case("picture called txt", "cat.txt", png.clone(), true),
        case("text called jpg", "cat.jpg", b"just words".to_vec(), true),
        case("empty file", "empty.txt", Vec::new(), true),
        case("5 MB in one line of Markdown", "line.md", b"*_`[".repeat(1_250_000), false),
        case(
            "deep nesting in a project",
            "deep.sb3",
            zipped(&[("project.json", &b"[".repeat(200_000))], Deflated),
            true,
        ),
        case("name that leads out", "../../../../etc/passwd.txt", b"hello".to_vec(), false),
        case("name that turns round", "cat\u{202e}gnp.txt", b"hello".to_vec(), false),
        case("name of 5,000 letters", &format!("{}.txt", "a".repeat(5000)), b"hello".to_vec(), false),
    ]
}

/// What a teacher might be given as a course.
pub fn packs(small: bool) -> Vec<Case> {
    let pack =
        |course: &str, lesson: &[u8]| zipped(&[("course.yaml", course.as_bytes()), ("lessons/1.md", lesson)], Deflated);
    let entry = |name: &[u8], mode| {
        raw_zip(&[
            (b"course.yaml", COURSE.as_bytes(), 0o100_644),
            (b"lessons/1.md", b"Hi\n", 0o100_644),
            (name, b"x", mode),
        ])
    };
    let mut front = String::from("---\n");
    for depth in 0..20_000 {
        let _always = writeln!(front, "{}a:", " ".repeat(depth % 200));
    }
    vec![
        case("pack: zip bomb", "bomb.zip", bomb(if small { 450 } else { 1000 }), true),
        case("pack: zip in zip in zip", "nested.zip", nested(6), true),
        case("pack: entry ../", "up.zip", entry(b"../../etc/cron.d/x", 0o100_644), true),
        case("pack: absolute entry", "root.zip", entry(b"/etc/passwd", 0o100_644), true),
        case("pack: symlink", "link.zip", entry(b"lessons/2.md", 0o120_777), false),
        case("pack: name that is no UTF-8", "names.zip", entry(b"\xff\xfe\xc3\x28.md", 0o100_644), false),
        case("pack: 10,000 entries", "many.zip", many(10_000), true),
        case(
            "pack: lesson file outside",
            "out.zip",
            pack(&COURSE.replace("lessons/1.md", "../../../etc/passwd"), b"Hi\n"),
            true,
        ),
        case("pack: YAML anchors bomb", "anchors.zip", pack(&anchors(), b"Hi\n"), true),
        case("pack: YAML 20,000 lines deep", "deep.zip", pack(COURSE, format!("{front}---\nHi\n").as_bytes()), false),
        case(
            "pack: YAML nested 50,000 deep",
            "flow.zip",
            pack(&format!("{COURSE}x: {}\n", "[".repeat(50_000)), b"Hi\n"),
            true,
        ),
        case("pack: 5 MB in one line of Markdown", "line.zip", pack(COURSE, &b"*_`[".repeat(1_250_000)), false),
        case("pack: quotes 100,000 deep", "quotes.zip", pack(COURSE, &b">".repeat(100_000)), false),
        case("pack: lists 5,000 deep", "lists.zip", pack(COURSE, lists(5000).as_bytes()), false),
        case("pack: lesson that is no UTF-8", "bytes.zip", pack(COURSE, b"\xff\xfe\xc3\x28\n"), true),
        case(
            "pack: page with scripts",
            "html.zip",
            pack(COURSE, b"<script>alert(1)</script><img src=x onerror=alert(2)>\n"),
            false,
        ),
        case("pack: no course in it", "none.zip", zipped(&[("a.txt", b"hello")], Deflated), true),
        case(
            "pack: cut in half",
            "half.zip",
            {
                let whole = pack(COURSE, b"Hi\n");
                whole[..whole.len() / 2].to_vec()
            },
            true,
        ),
        case("pack: no archive at all", "text.zip", b"hello".to_vec(), true),
    ]
}

const COURSE: &str = "slug: hostile\ntitle: Hostile\nlessons:\n  - {slug: one, title: One, file: lessons/1.md}\n";

fn bomb(megabytes: usize) -> Vec<u8> {
    let zeros = vec![0; megabytes * 1_000_000 / 10];
    let names: Vec<String> = (0..10).map(|number| number.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    zipped(&entries, Deflated)
}

fn nested(depth: usize) -> Vec<u8> {
    (0..depth).fold(b"at last".to_vec(), |inner, number| zipped(&[(&format!("{number}.zip"), &inner)], Stored))
}

fn many(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|number| format!("{number}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    zipped(&entries, Stored)
}

fn lists(depth: usize) -> String {
    (0..depth).map(|level| format!("{}- x\n", "  ".repeat(level % 400))).collect()
}

fn anchors() -> String {
    let mut yaml = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..10 {
        let of = format!("*a{}, ", level - 1).repeat(9);
        let _always = writeln!(yaml, "a{level}: &a{level} [{}]", of.trim_end_matches(", "));
    }
    yaml + COURSE
}

fn large_png(side: u32) -> Vec<u8> {
    let mut content = Vec::new();
    // One bit a pixel would be smaller still; one byte is what programs write.
    let pixels = vec![0; side as usize * side as usize];
    PngEncoder::new(&mut content).write_image(&pixels, side, side, ExtendedColorType::L8).expect("the sizes fit");
    content
}

/// A header for 65,535 × 65,535 pixels and nothing behind it.
fn lying_png() -> Vec<u8> {
    let mut content = large_png(1);
    content[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let crc = crc32(&content[12..29]);
    content[29..33].copy_from_slice(&crc.to_be_bytes());
    content
}

fn locked() -> Vec<u8> {
    let mut zip = raw_zip(&[(b"secret.txt", b"0123456789abhello", 0o100_644)]);
    // The lowest bit of the flags says so, in both headers.
    zip[6] |= 1;
    let directory = zip.windows(4).position(|mark| mark == b"PK\x01\x02").expect("the directory was just written");
    zip[directory + 8] |= 1;
    zip
}

/// An archive written by hand, because no careful library writes such names: APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16.
fn raw_zip(entries: &[(&[u8], &[u8], u32)]) -> Vec<u8> {
    let (mut files, mut directory) = (Vec::new(), Vec::new());
    let short = |number: usize| u16::try_from(number).expect("short").to_le_bytes();
    let long = |number: usize| u32::try_from(number).expect("short").to_le_bytes();
    for (name, content, mode) in entries {
        // Version, flags (names in UTF-8), stored, no time, checksum, sizes.
        let common = [
            &[20, 0, 0, 8, 0, 0, 0, 0, 0, 0][..],
            &crc32(content).to_le_bytes(),
            &long(content.len()),
            &long(content.len()),
            &short(name.len()),
            &[0, 0],
        ]
        .concat();
        let at = files.len();
        files.extend([b"PK\x03\x04", &common[..], name, content].concat());
        let made_by_unix = [20, 3];
        directory.extend(
            [b"PK\x01\x02", &made_by_unix[..], &common, &[0; 6], &(mode << 16).to_le_bytes(), &long(at), name].concat(),
        );
    }
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &short(entries.len()),
        &short(entries.len()),
        &long(directory.len()),
        &long(files.len()),
        &[0, 0],
    ]
    .concat();
    [files, directory, end].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
