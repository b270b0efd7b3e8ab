//! The last step of rendering: HTML in, harmless HTML out. What a pack's author wrote as HTML passes here too.

use ammonia::{Builder, UrlRelative};
use server_kit::math;
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

/// Classes our own renderer writes; the stylesheet knows them.
const CLASSES: [&str; 13] = [
    "block",
    "table-scroll",
    "footnotes",
    "footnote-reference",
    "footnote-definition",
    "footnote-definition-label",
    "task",
    "hl-comment",
    "hl-string",
    "hl-number",
    "hl-keyword",
    "hl-name",
    "hl-type",
];

static RULES: LazyLock<Builder<'static>> = LazyLock::new(rules);

/// Makes rendered lesson HTML harmless.
pub fn sanitise(html: &str) -> String {
    RULES.clean(html).to_string()
}

fn rules() -> Builder<'static> {
    let mut rules = Builder::default();
    rules
        .add_tags(math::ELEMENTS)
        .add_tags(["input", "section", "video", "audio"])
        .rm_tags(["map", "area", "article", "aside", "header", "footer", "nav", "hgroup", "center"])
        .add_generic_attributes(["id", "class"])
        .rm_generic_attributes(["title"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("video", ["src", "preload", "aria-label"])
        .add_tag_attributes("audio", ["src", "preload", "aria-label"])
        .add_tag_attributes("a", ["download"])
        .set_tag_attribute_value("video", "controls", "")
        .set_tag_attribute_value("audio", "controls", "")
        .add_tag_attributes("input", ["aria-label", "checked"])
        .add_tag_attributes("div", ["tabindex", "role", "aria-label"])
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .set_tag_attribute_value("pre", "tabindex", "0")
        .attribute_filter(filter);
    for element in math::ELEMENTS {
        rules.add_tag_attributes(element, math::ATTRIBUTES);
    }
    rules
}

fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let keep = match (element, attribute) {
        (_, "id") => ["h-", "p-", "fn-"].iter().any(|prefix| value.starts_with(prefix)),
        ("code", "class") => value.strip_prefix("language-").is_some_and(is_language),
        (_, "class") => CLASSES.contains(&value) || math::is_class(value),
        ("div", "role") => value == "region",
        ("div", "tabindex") => value == "0",
        ("img", "loading") => value == "lazy",
        ("video" | "audio", "preload") => ["metadata", "none"].contains(&value),
        // Pictures and films come from the pack or the organisation's files, never from elsewhere: a page of ours asks
        // nobody else for anything.
        ("img" | "video" | "audio", "src") => {
            !value.contains(':') && (!value.starts_with(['/', '\\']) || is_file_of_ours(value))
        }
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

/// A file of the organisation, and no step out of that folder.
fn is_file_of_ours(address: &str) -> bool {
    address.starts_with("/files/") && !address.to_ascii_lowercase().replace("%2e", ".").contains("/.")
}

fn is_language(name: &str) -> bool {
    name.len() <= 30 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::sanitise;

    #[test]
    fn hostile_html_comes_out_harmless() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" &#106;avascript:alert(1)\">x</a>",
            "<svg><script>alert(1)</script></svg>",
            "<math><mtext><script>alert(1)</script></mtext></math>",
            "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
            "<iframe src=\"//evil.example\"></iframe>",
            "<form action=\"/student/session\"><button>Press me</button></form>",
            "<p style=\"position:fixed\" onclick=\"alert(1)\">x</p>",
            "<style>body{display:none}</style>",
            "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
            "<base href=\"//evil.example\">",
            "<object data=x></object><embed src=x>",
        ] {
            let clean = sanitise(hostile);
            for bad in [
                "script", "onerror", "onclick", "style", "iframe", "<form", "<button", "<meta", "<base", "<object",
                "<embed",
            ] {
                assert!(!clean.contains(bad), "{hostile} became {clean}");
            }
        }
    }

    #[test]
    fn pictures_come_from_the_pack_only() {
        assert!(!sanitise("<img src=\"https://evil.example/a.png\" alt=\"a\">").contains("evil"));
        assert!(!sanitise("<img src=\"//evil.example/a.png\" alt=\"a\">").contains("evil"));
        for elsewhere in
            ["/student/session/end", "/files/../student", "/files/%2E%2e/student", "\\\\evil.example/a.png"]
        {
            assert!(!sanitise(&format!("<img src=\"{elsewhere}\" alt=\"a\">")).contains("src"), "{elsewhere}");
        }
        assert!(sanitise("<img src=\"/files/abc/a.png\" alt=\"a\">").contains("src=\"/files/abc/a.png\""));
        assert!(sanitise("<img src=\"id/files/abc/a.png\" alt=\"a\">").contains("src=\"id/files/abc/a.png\""));
    }

    #[test]
    fn films_are_played_from_the_same_places_and_never_by_themselves() {
        for player in ["video", "audio"] {
            let clean =
                sanitise(&format!("<{player} src=\"/files/a/b\" autoplay loop preload=\"auto\" poster=\"//e/x\">x"));
            assert_eq!(clean, format!("<{player} src=\"/files/a/b\" controls=\"\">x</{player}>"));
            for elsewhere in ["https://evil.example/a.mp4", "//evil.example/a.mp4", "/files/../student", "data:x"] {
                assert!(
                    !sanitise(&format!("<{player} src=\"{elsewhere}\"></{player}>")).contains("src"),
                    "{elsewhere}"
                );
            }
        }
    }

    #[test]
    fn every_input_is_a_box_that_nobody_can_tick() {
        let clean = sanitise("<input type=\"password\" name=\"p\">");
        assert!(clean.contains("type=\"checkbox\"") && clean.contains("disabled"), "{clean}");
        assert!(!clean.contains("password") && !clean.contains("name="), "{clean}");
    }

    #[test]
    fn formulas_stay() {
        let math = "<math display=\"block\"><mfrac><mn>1</mn><mi>w</mi></mfrac></math>";
        assert_eq!(sanitise(math), math);
    }
}
