//! An entry of a cartridge's table of contents.

use super::super::xml::Element;

/// A module, or something in one.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub title: String,
    /// The resource it shows; none for a module.
    pub resource: Option<String>,
    pub inside: Vec<Self>,
}

impl Item {
    pub fn of(element: &Element) -> Self {
        Self {
            title: element.child("title").map(Element::text).unwrap_or_default().trim().to_owned(),
            resource: element.attribute("identifierref").map(str::to_owned),
            inside: element.elements().filter(|child| child.name == "item").map(Self::of).collect(),
        }
    }

    /// Everything that shows a resource, in order.
    pub fn leaves<'i>(&'i self, leaves: &mut Vec<&'i Self>) {
        if self.resource.is_some() {
            leaves.push(self);
        }
        self.inside.iter().for_each(|item| item.leaves(leaves));
    }
}
