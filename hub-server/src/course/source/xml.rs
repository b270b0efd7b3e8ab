//! XML as a small tree, for what office programs and learning platforms write. Prefixes are left out; entities other
//! than the five of XML mean nothing, so that no document can grow.

use crate::course::XmlFault;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// Deepest nesting read.
const MAX_DEPTH: usize = 200;
/// Most elements and texts read.
const MAX_NODES: usize = 400_000;

/// An element, or the words between elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Without its prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    /// The root element of a document, or why there is none.
    pub fn parse(xml: &[u8]) -> Result<Self, XmlFault> {
        let text = std::str::from_utf8(xml).map_err(|_| XmlFault::NotUtf8)?;
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let mut open = vec![Self::default()];
        for nodes in 0.. {
            if nodes > MAX_NODES || open.len() > MAX_DEPTH {
                return Err(XmlFault::TooDeep);
            }
            let event = reader.read_event().map_err(|error| XmlFault::Invalid { detail: error.to_string() })?;
            match event {
                Event::Start(start) => open.push(Self::of(&start)),
                Event::Empty(start) => add(&mut open, Node::Element(Self::of(&start))),
                Event::End(_) => {
                    let element = open.pop().unwrap_or_default();
                    add(&mut open, Node::Element(element));
                }
                Event::Text(text) => add_text(&mut open, unescaped(&String::from_utf8_lossy(&text))),
                Event::CData(text) => add_text(&mut open, String::from_utf8_lossy(&text).into_owned()),
                Event::GeneralRef(name) => add_text(&mut open, entity(&String::from_utf8_lossy(&name))),
                Event::Eof => break,
                _ => {}
            }
        }
        if open.len() != 1 {
            return Err(XmlFault::EndsInTheMiddle);
        }
        let root = open.into_iter().next().unwrap_or_default();
        root.elements().next().cloned().ok_or(XmlFault::Empty)
    }

    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().flatten().map(|attribute| {
            let value = String::from_utf8_lossy(&attribute.value).into_owned();
            (local(&String::from_utf8_lossy(attribute.key.as_ref())), unescaped(&value))
        });
        Self {
            name: local(&String::from_utf8_lossy(start.name().as_ref())),
            attributes: attributes.collect(),
            children: Vec::new(),
        }
    }

    /// The value of an attribute, by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements right inside.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name right inside.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element of that name anywhere inside.
    pub fn descendant(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.descendant(name) })
    }

    /// All words inside.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.children {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => text.push_str(&element.text()),
            }
        }
        text
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(inside) = open.last_mut() {
        inside.children.push(node);
    }
}

fn add_text(open: &mut [Element], text: String) {
    let Some(inside) = open.last_mut() else { return };
    match inside.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ => inside.children.push(Node::Text(text)),
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// What an entity stands for; one that is not of XML itself stays as it was written.
fn entity(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse)).and_then(Result::ok);
    match (name, number.and_then(char::from_u32)) {
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (_, Some(c)) => c.to_string(),
        _ => format!("&{name};"),
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        if let Some((name, after)) =
            after.split_once(';').filter(|(name, _)| name.len() <= 10 && !name.contains([' ', '&']))
        {
            out.push_str(&entity(name));
            rest = after;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn a_document_becomes_a_tree() {
        let xml = "<?xml version=\"1.0\"?><w:a x:id=\"1 &amp; 2\"><b>t &lt; u</b><c/><![CDATA[<raw>]]></w:a>";
        let root = Element::parse(xml.as_bytes()).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("id")), ("a", Some("1 & 2")));
        assert_eq!(root.child("b").unwrap().text(), "t < u");
        assert_eq!(root.text(), "t < u<raw>");
    }

    #[test]
    fn bombs_and_broken_documents_end_in_a_sentence() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"yyyyyyyy\"><!ENTITY z \"&x;&x;&x;&x;\">]><a>&z;&z;</a>";
        assert!(Element::parse(bomb.as_bytes()).is_ok_and(|root| root.text().len() < 20));
        let deep = "<a>".repeat(100_000);
        assert_eq!(Element::parse(deep.as_bytes()), Err(super::XmlFault::TooDeep));
        assert!(Element::parse(b"<a><b></a>").is_err());
        assert!(Element::parse(b"").is_err());
    }
}
