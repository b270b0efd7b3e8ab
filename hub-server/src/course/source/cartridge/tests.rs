//! Cartridges as Canvas and Moodle write them, made by hand.

use super::super::{Contents, read_bytes, zip};
use crate::course::Pack;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";

fn cartridge(files: &[(&str, &[u8])]) -> Result<Pack, String> {
    let mut contents = Contents::default();
    for (path, content) in files {
        contents.add(path, content.to_vec()).unwrap();
    }
    let zipped = zip::pack("export", &contents).unwrap();
    let files = read_bytes("course.imscc", &zipped).map_err(|fault| fault.to_string())?;
    Pack::from_contents(files).map_err(|faults| faults.to_string())
}

const CANVAS: &str = r#"<manifest><metadata><lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string>Plants &amp; light</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom></metadata>
<organizations><organization><item identifier="LearningModules">
<item identifier="m1"><title>Week 1</title><item identifierref="r1"><title>Leaves</title></item><item identifierref="r2"><title>A film</title></item><item identifierref="r3"><title>Draw a leaf</title></item><item identifierref="r4"><title>Quiz</title></item></item>
<item identifier="m2"><title>Week 2</title><item identifierref="r5"><title>What do you think?</title></item><item identifierref="r6"><title>Sheet</title></item></item>
</item></organization></organizations>
<resources>
<resource identifier="r1" type="webcontent" href="wiki_content/leaves.html"><file href="wiki_content/leaves.html"/></resource>
<resource identifier="r2" type="imswl_xmlv1p1"><file href="r2.xml"/></resource>
<resource identifier="r3" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="r3/draw.html"><file href="r3/draw.html"/><file href="r3/assignment_settings.xml"/></resource>
<resource identifier="r4" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="r4/assessment.xml"/></resource>
<resource identifier="r5" type="imsdt_xmlv1p1"><file href="r5.xml"/></resource>
<resource identifier="r6" type="webcontent" href="web_resources/work sheet.pdf"><file href="web_resources/work%20sheet.pdf"/></resource>
<resource identifier="r7" type="webcontent" href="wiki_content/extra.html"><file href="wiki_content/extra.html"/></resource>
<resource identifier="r8" type="webcontent" href="web_resources/pics/leaf one.png"/>
</resources></manifest>"#;

#[test]
fn a_canvas_export_becomes_lessons_with_their_pictures_and_assignments() {
    let leaves = "<html><head><title>Leaves</title></head><body><h2>Green</h2><p>A <strong>leaf</strong> breathes.</p>\
        <img src=\"%24IMS-CC-FILEBASE%24/pics/leaf%20one.png?canvas_download=1\" alt=\"A leaf\">\
        <p><a href=\"$WIKI_REFERENCE$/pages/extra\">more</a> <a href=\"gone.html\">lost</a></p></body></html>";
    let pack = cartridge(&[
        ("imsmanifest.xml", CANVAS.as_bytes()),
        ("wiki_content/leaves.html", leaves.as_bytes()),
        ("r2.xml", b"<webLink><title>A film</title><url href=\"https://film.example/1\"/></webLink>"),
        ("r3/draw.html", b"<p>Draw <em>one</em> leaf.</p>"),
        ("r3/assignment_settings.xml", b"<assignment/>"),
        ("r4/assessment.xml", b"<questestinterop/>"),
        ("r5.xml", b"<topic><title>T</title><text texttype=\"text/html\">&lt;p&gt;Why green?&lt;/p&gt;</text></topic>"),
        ("web_resources/work sheet.pdf", b"%PDF-1.4"),
        ("wiki_content/extra.html", b"<title>Extra reading</title><p>More words.</p>"),
        ("web_resources/pics/leaf one.png", PNG),
    ])
    .unwrap();
    assert_eq!(pack.title, "Plants & light");
    let titles: Vec<_> = pack.lessons.iter().map(|lesson| lesson.title.as_str()).collect();
    assert_eq!(titles, ["Week 1", "Week 2", "Extra reading"]);
    let first = &pack.lessons[0];
    for kept in [
        "## Leaves\n\n#### Green\n\nA **leaf** breathes.",
        "![A leaf](../assets/web_resources/pics/leaf%20one.png)",
        "[more](03-extra-reading.md) lost",
        "[A film](https://film.example/1)",
        "## Draw a leaf\n\nDraw *one* leaf.",
        "## Teacher notes: not taken over\n\n- Quiz",
    ] {
        assert!(first.body.contains(kept), "{kept} in {}", first.body);
    }
    let origins: Vec<_> =
        first.materials.iter().map(|material| (material.origin.as_str(), material.title.as_str())).collect();
    assert_eq!(origins, [("extra-1", "A film"), ("extra-2", "Draw a leaf")]);
    assert!(pack.lessons[1].body.contains("Why green?"));
    assert!(pack.lessons[1].body.contains("[Sheet](../assets/web_resources/work%20sheet.pdf)"));
    assert_eq!(pack.remarks, []);
    assert_eq!(pack.files.len(), 2);
}

const MOODLE: &str = r#"<manifest><organizations><organization><item><item><title>Topic 1</title><item identifierref="a"><title>Read me</title></item></item></item></organization></organizations>
<resources><resource identifier="a" type="webcontent"><file href="i_1/page.html"/><file href="i_1/x.png"/></resource></resources></manifest>"#;

#[test]
fn a_moodle_export_names_its_files_by_where_they_lie() {
    let page = b"<p>See <img src=\"x.png\" alt=\"x\"></p>";
    let pack =
        cartridge(&[("imsmanifest.xml", MOODLE.as_bytes()), ("i_1/page.html", page), ("i_1/x.png", PNG)]).unwrap();
    assert_eq!((pack.title.as_str(), pack.lessons[0].title.as_str()), ("course", "Topic 1"));
    assert_eq!(pack.lessons[0].body.trim(), "See ![x](../assets/i_1/x.png)");
}

#[test]
fn a_cartridge_with_nothing_in_it_says_so() {
    let fault = cartridge(&[("imsmanifest.xml", b"<manifest/>")]).unwrap_err();
    assert!(fault.contains("lists no page, link or assignment"), "{fault}");
    let fault = cartridge(&[("imsmanifest.xml", b"<manifest")]).unwrap_err();
    assert!(fault.starts_with("imsmanifest.xml: "), "{fault}");
}
