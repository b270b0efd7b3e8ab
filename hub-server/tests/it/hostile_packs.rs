//! Course packs made to do harm, each with what it is answered with. Also read by the benches' program `hostile`.

use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A file sent in as a course.
pub struct HostilePack {
    pub name: &'static str,
    pub file_name: &'static str,
    pub bytes: Vec<u8>,
    /// Part of the sentence it is refused with; none where it is harmless as it is and taken.
    pub refused: Option<&'static str>,
}

const COURSE: &[u8] = b"slug: trap\ntitle: Trap\nlessons:\n  - {slug: one, title: One, file: lessons/1.md}\n";
const LESSON: &[u8] = b"Hello\n";
const MB: usize = 1024 * 1024;

/// All of them.
pub fn hostile_packs() -> Vec<HostilePack> {
    let mut packs = Vec::new();
    let mut add = |name, file_name, bytes, refused| packs.push(HostilePack { name, file_name, bytes, refused });
    let bomb = packed(&[("course.yaml", COURSE), ("lessons/1.md", LESSON), ("zeros.bin", &vec![0; 64 * MB])]);
    add("zip bomb of 64 MB", "bomb.zip", bomb.clone(), Some("at most 30 MB"));
    add("zip bomb that claims to be small", "liar.zip", with_small_claims(bomb), Some(""));
    let inner = packed(&[("inner.zip", &packed(&[("zeros.bin", &vec![0; 8 * MB])]))]);
    add("zip in a zip in a zip", "nested.zip", pack_with(&[(b"inner.zip", &inner)]), None);
    for (name, path, refused) in [
        ("../ in a name", &b"../evil.md"[..], "leads out of the pack"),
        ("../ further in", b"lessons/../../evil.md", "leads out of the pack"),
        ("an absolute name", b"/etc/cron.d/evil", "absolute path"),
        ("a name with a drive", b"C:/evil.md", "absolute path"),
        ("backslashes in a name", b"..\\evil.md", "leads out of the pack"),
        ("backslashes further in", b"lessons\\..\\..\\evil.md", "leads out of the pack"),
        ("an absolute name with backslashes", b"\\\\host\\evil.md", "absolute path"),
        ("../ behind a ./", b"./../evil.md", "leads out of the pack"),
        ("a name with a NUL", b"evil.md\0.png", "invisible character"),
    ] {
        add(name, "names.zip", pack_with(&[(path, LESSON)]), Some(refused));
    }
    add("a name in the alphabet of DOS", "names.zip", pack_with(&[(b"lessons/ni\xa4o.md", LESSON)]), None);
    let mut link = Stored::default();
    link.add(b"course.yaml", COURSE, 0o100_644);
    link.add(b"lessons/1.md", b"/etc/passwd", 0o120_777);
    add("a symbolic link", "link.zip", link.finish(), Some("is a link or a device"));
    add("10,000 entries", "many.zip", many(10_000), Some("holds 10002 files"));
    add("501 files", "many.zip", many(499), Some("at most 500"));
    let whole = pack_with(&[]);
    add("half a zip", "half.zip", whole[..whole.len() / 2].to_vec(), Some("is damaged or not a zip"));
    add("a zip with broken content", "broken.zip", broken(), Some("is damaged"));
    add(
        "no zip at all",
        "course.zip",
        b"MZ\x90\0 not a zip".to_vec(),
        Some("is none of what a course can be read from"),
    );
    add("an empty zip", "empty.zip", Stored::default().finish(), Some("holds neither a course.yaml"));
    for (name, yaml, refused) in [
        ("a bomb of YAML anchors", yaml_bomb(), "is not valid YAML"),
        ("YAML nested 10,000 deep", format!("slug: trap\nx: {}", "[".repeat(10_000)), "is not valid YAML"),
        ("2 MB of fields", format!("slug: trap\nx: {}\n", "y".repeat(2 * MB)), "is longer than 512 kB"),
    ] {
        let mut zip = Stored::default();
        zip.add(b"course.yaml", yaml.as_bytes(), 0o100_644);
        zip.add(b"lessons/1.md", LESSON, 0o100_644);
        add(name, "yaml.zip", zip.finish(), Some(refused));
    }
    for (name, markdown, refused) in [
        ("5 MB of Markdown in one line", "word ".repeat(MB), Some("is longer than 512 kB")),
        ("quotes nested 5,000 deep", ">".repeat(5000), Some("nests lists or quotes")),
        (
            "lists nested 300 deep",
            (0..300).map(|depth| " ".repeat(depth * 2) + "- x\n").collect(),
            Some("nests lists or quotes"),
        ),
        ("500 kB of brackets", "[".repeat(500_000), None),
        ("scripts in a lesson", "<script>alert(1)</script><img src=x onerror=alert(1)>".to_owned(), None),
        ("a picture from outside the pack", "![x](../../../etc/passwd.png)".to_owned(), Some("leads out of the pack")),
    ] {
        let mut zip = Stored::default();
        zip.add(b"course.yaml", COURSE, 0o100_644);
        zip.add(b"lessons/1.md", markdown.as_bytes(), 0o100_644);
        add(name, "markdown.zip", zip.finish(), refused);
    }
    let polyglot = b"GIF89a/*<svg onload=alert(1)>*/=1;alert(1)";
    let shown = b"![x](../a.gif) [page](../page.html) ![drawing](../drawing.svg)";
    let scripts: [(&[u8], &[u8]); 3] = [
        (b"a.gif", polyglot),
        (b"page.html", b"<script>alert(1)</script>"),
        (b"drawing.svg", b"<svg onload=\"alert(1)\"/>"),
    ];
    add("a GIF that is a script, a page and a drawing with scripts", "scripts.zip", lesson_with(shown, &scripts), None);
    let page = lesson_with(b"![x](../a.png)", &[(b"a.png", b"<script>alert(1)</script>")]);
    add("a page called .png", "page.zip", page, Some("is not what the end of its name says"));
    let deep = "<a>".repeat(50_000);
    let manifest = packed(&[("imsmanifest.xml", deep.as_bytes())]);
    add("a cartridge nested 50,000 deep", "deep.imscc", manifest, Some("nested too deep"));
    let document = packed(&[("word/document.xml", deep.as_bytes())]);
    add("a Word document nested 50,000 deep", "deep.docx", document, Some("nested too deep"));
    let laughs = b"<!DOCTYPE m [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]><manifest><metadata><title>&b;</title></metadata></manifest>";
    add("a cartridge of entities", "laughs.imscc", packed(&[("imsmanifest.xml", laughs)]), Some("lists no page"));
    packs
}

/// A pack in order, and these files with it.
fn pack_with(files: &[(&[u8], &[u8])]) -> Vec<u8> {
    lesson_with(LESSON, files)
}

fn lesson_with(lesson: &[u8], files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut zip = Stored::default();
    zip.add(b"course.yaml", COURSE, 0o100_644);
    zip.add(b"lessons/1.md", lesson, 0o100_644);
    for (path, content) in files {
        zip.add(path, content, 0o100_644);
    }
    zip.finish()
}

fn many(files: usize) -> Vec<u8> {
    let paths: Vec<String> = (0..files).map(|number| format!("assets/{number}.txt")).collect();
    let files: Vec<(&[u8], &[u8])> = paths.iter().map(|path| (path.as_bytes(), &b"x"[..])).collect();
    pack_with(&files)
}

fn yaml_bomb() -> String {
    let mut yaml = String::from("slug: trap\ntitle: Trap\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        yaml += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    yaml
}

/// Content that does not fit its checksum.
fn broken() -> Vec<u8> {
    let mut bytes = pack_with(&[]);
    let at = bytes.windows(LESSON.len()).position(|window| window == LESSON).unwrap_or_default();
    bytes[at] ^= 1;
    bytes
}

/// The same archive, with headers that say its largest file has ten bytes.
fn with_small_claims(mut bytes: Vec<u8>) -> Vec<u8> {
    let claim = u32::try_from(64 * MB).unwrap_or_default().to_le_bytes();
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, at)| *at == claim).map(|(at, _)| at).collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    bytes
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        writer.start_file(*path, options).expect("memory takes any file");
        writer.write_all(content).expect("memory takes any content");
    }
    writer.finish().expect("memory takes any end").into_inner()
}

/// A zip without compression, written by hand: names and kinds are whatever one likes.
#[derive(Default)]
struct Stored {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Stored {
    fn add(&mut self, name: &[u8], content: &[u8], mode: u32) {
        let offset = u32::try_from(self.bytes.len()).expect("small");
        let size = u32::try_from(content.len()).expect("small").to_le_bytes();
        let name_length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let mut common = vec![0_u8; 8];
        common.extend(crc32(content).to_le_bytes());
        common.extend(size);
        common.extend(size);
        common.extend(name_length);
        common.extend([0, 0]);
        // Version 20, no flags, stored, no time.
        self.bytes.extend(b"PK\x03\x04\x14\0");
        self.bytes.extend(&common);
        self.bytes.extend(name);
        self.bytes.extend(content);
        // Made by Unix, so that the mode counts.
        self.directory.extend(b"PK\x01\x02\x14\x03\x14\0");
        self.directory.extend(&common);
        self.directory.extend([0; 6]);
        self.directory.extend((mode << 16).to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name);
        self.entries += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let start = u32::try_from(self.bytes.len()).expect("small");
        let length = u32::try_from(self.directory.len()).expect("small");
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

fn crc32(content: &[u8]) -> u32 {
    !content.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
