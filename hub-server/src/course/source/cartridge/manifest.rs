//! `imsmanifest.xml`: the title, the table of contents and the resources of a cartridge.

use super::{
    super::{text::name_as_title, xml::Element},
    Item, Resources,
};
use percent_encoding::percent_decode_str;

/// A cartridge's manifest.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    pub title: String,
    items: Vec<Item>,
    resources: Resources,
    /// One item for each resource, for those that no item shows.
    pub unlisted: Vec<Item>,
}

/// One resource: a page, a link, an assignment, or only files.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// The type, in lower case.
    pub kind: String,
    /// The main file.
    pub href: String,
    pub files: Vec<String>,
}

impl Manifest {
    pub fn of(root: &Element) -> Self {
        let title = root.child("metadata").and_then(|metadata| metadata.descendant("title"));
        let organisation = root.child("organizations").and_then(|all| all.child("organization"));
        let items = organisation.map(Item::of).map(|root| root.inside).unwrap_or_default();
        let elements = root.child("resources").map(|all| all.elements().collect::<Vec<_>>()).unwrap_or_default();
        let named = |element: &&Element| Some((element.attribute("identifier")?.to_owned(), Resource::of(element)));
        let resources: Vec<(String, Resource)> = elements.iter().filter_map(named).collect();
        let unlisted = resources.iter().map(|(id, resource)| Item {
            title: name_as_title(&resource.href),
            resource: Some(id.clone()),
            inside: Vec::new(),
        });
        Self {
            title: title.map(|title| title.text().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default(),
            unlisted: unlisted.collect(),
            resources: resources.iter().cloned().collect(),
            items,
        }
    }

    /// Modules; a root without a title around all of them is only that.
    pub fn top(&self) -> &[Item] {
        match self.items.as_slice() {
            [root]
                if root.resource.is_none()
                    && (root.title.is_empty() || root.inside.iter().any(|item| !item.inside.is_empty())) =>
            {
                &root.inside
            }
            items => items,
        }
    }

    /// The resource an item shows.
    pub fn resource(&self, item: &Item) -> Option<&Resource> {
        self.resources.get(item.resource.as_ref()?)
    }

    /// The main file of what an item shows.
    pub fn href_of(&self, item: &Item) -> Option<&str> {
        Some(self.resource(item)?.href.as_str()).filter(|href| !href.is_empty())
    }
}

impl Resource {
    fn of(element: &Element) -> Self {
        let plain = |path: &str| percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into);
        let files: Vec<String> = element
            .elements()
            .filter(|child| child.name == "file")
            .filter_map(|file| file.attribute("href"))
            .map(plain)
            .collect();
        let href = element.attribute("href").map(plain).or_else(|| files.first().cloned()).unwrap_or_default();
        Self { kind: element.attribute("type").unwrap_or_default().to_ascii_lowercase(), href, files }
    }

    /// Canvas keeps an assignment as a page with its settings beside it.
    pub fn is_assignment(&self) -> bool {
        self.files.iter().any(|file| file.ends_with("assignment_settings.xml"))
    }
}
