//! Many lines of text. The only place that writes a `<textarea>` with content: Leptos 0.8 does not escape
//! the children of that element, so this does.

use super::field::Frame;
use leptos::prelude::*;

/// Many lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(default = 6)] rows: u16,
    #[prop(default = true)] required: bool,
    #[prop(optional)] maxlength: Option<u32>,
) -> impl IntoView {
    let frame = Frame::new(&name, label, hint, error);
    let control = view! {
        <textarea
            class="input"
            id=frame.id()
            name=name
            rows=rows.to_string()
            // Never seen: by it the stylesheet knows an empty field from a written one.
            placeholder=" "
            required=required
            maxlength=maxlength.map(|n| n.to_string())
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
            inner_html=escaped(&value)
        ></textarea>
    };
    frame.around(control.into_any())
}

/// The text as a textarea's content. The parser drops one leading newline, so one is put there.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 1);
    html.push('\n');
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mallory_types_cannot_leave_the_textarea() {
        let typed = "</textarea><script>alert(1)</script> & <b>";
        let html = view! { <TextArea label="Answer" name="answer" value=typed /> }.to_html();
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(
            html.contains("\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;</textarea>"),
            "{html}"
        );
    }

    #[test]
    fn a_leading_newline_survives_the_parser() {
        let html = view! { <TextArea label="Answer" name="answer" value="\nsecond line" /> }.to_html();
        assert!(html.contains(">\n\nsecond line</textarea>"), "{html}");
    }
}
