//! A Common Cartridge 1.x, as learning platforms export their courses: each module becomes a lesson, its pages and
//! assignments sections of it. What has no counterpart here is named in a section for teachers.

use super::{
    Contents, html,
    text::{escaped, name_as_title, shortened},
    write::{NewCourse, NewLesson, quoted},
    xml::Element,
};
use crate::course::{PackFault, Why, edit::slug_of, pack::path_in_pack};
use std::collections::{BTreeMap, BTreeSet, HashMap};

mod item;
mod manifest;

use item::Item;
use manifest::{Manifest, Resource};

/// Longest title taken, in characters.
const MAX_TITLE: usize = 150;
/// Where the files of a cartridge lie in the pack.
const ASSETS: &str = "assets/";

/// The folder with the manifest of a cartridge, if there is one.
pub fn root_of(files: &Contents) -> Option<String> {
    let roots = files.paths().filter_map(|path| path.strip_suffix("imsmanifest.xml"));
    roots.filter(|root| root.is_empty() || root.ends_with('/')).min_by_key(|root| root.len()).map(str::to_owned)
}

/// The pack of a cartridge.
pub fn to_pack(name: &str, files: &Contents) -> Result<Contents, PackFault> {
    let manifest = files.get("imsmanifest.xml").unwrap_or_default();
    let root =
        Element::parse(manifest).map_err(|xml| PackFault::of_file("imsmanifest.xml", Why::DamagedManifest { xml }))?;
    let manifest = Manifest::of(&root);
    let title = if manifest.title.is_empty() { name_as_title(name) } else { shortened(&manifest.title, MAX_TITLE) };
    let plans = plans(&manifest, files);
    if plans.is_empty() {
        return Err(PackFault::of_file("imsmanifest.xml", Why::NothingToLearn));
    }
    let mut writer = Writer { manifest: &manifest, files, lessons: HashMap::new(), used: BTreeSet::new() };
    for (plan, number) in plans.iter().zip(1..) {
        for href in plan.items.iter().filter_map(|item| manifest.href_of(item)) {
            writer.lessons.entry(href.to_owned()).or_insert_with(|| plan.shell().file(number));
        }
    }
    let lessons: Vec<NewLesson> = plans.iter().map(|plan| writer.lesson(plan)).collect();
    let mut assets = Contents::default();
    for path in &writer.used {
        assets.add(&format!("{ASSETS}{path}"), files.get(path).unwrap_or_default().to_vec())?;
    }
    let course = NewCourse {
        slug: slug_of(&title),
        title,
        imported_from: "Common Cartridge".to_owned(),
        lessons,
        ..NewCourse::default()
    };
    course.to_pack(assets)
}

/// What becomes one lesson.
#[derive(Clone, Debug)]
struct LessonPlan<'m> {
    slug: String,
    title: String,
    /// With the title of each, which is a heading unless the lesson has only this one.
    items: Vec<&'m Item>,
}

impl LessonPlan<'_> {
    fn shell(&self) -> NewLesson {
        NewLesson { slug: self.slug.clone(), title: self.title.clone(), ..NewLesson::default() }
    }
}

/// Modules and single pages in order, then the pages that no module lists.
fn plans<'m>(manifest: &'m Manifest, files: &Contents) -> Vec<LessonPlan<'m>> {
    let mut plans = Vec::new();
    for item in manifest.top() {
        let mut items = Vec::new();
        item.leaves(&mut items);
        items.retain(|leaf| manifest.resource(leaf).is_some());
        if !items.is_empty() {
            plans.push((item.title.clone(), items));
        }
    }
    let listed: BTreeSet<&str> =
        plans.iter().flat_map(|(_, items)| items.iter().filter_map(|item| manifest.href_of(item))).collect();
    let unlisted = manifest.unlisted.iter().filter(|item| {
        let href = manifest.href_of(item);
        href.is_some_and(|href| !listed.contains(href) && is_page(href) && files.get(href).is_some())
    });
    let titled = |item: &'m Item| {
        let page = manifest
            .href_of(item)
            .and_then(|href| files.get(href))
            .map(|page| String::from_utf8_lossy(page).into_owned());
        (page.as_deref().and_then(title_of_page).unwrap_or_else(|| item.title.clone()), vec![item])
    };
    plans.extend(unlisted.map(titled));
    let mut taken = BTreeSet::new();
    let named = plans.into_iter().map(|(title, items)| {
        let title = if title.is_empty() { "Lesson".to_owned() } else { shortened(&title, MAX_TITLE) };
        let base = slug_of(&title);
        let slugs = (1..).map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") });
        let slug = slugs.into_iter().find(|slug| !taken.contains(slug)).unwrap_or_default();
        taken.insert(slug.clone());
        LessonPlan { slug, title, items }
    });
    named.collect()
}

struct Writer<'c> {
    manifest: &'c Manifest,
    files: &'c Contents,
    /// Path of a page → file of the lesson it is in.
    lessons: HashMap<String, String>,
    /// Files that are linked to.
    used: BTreeSet<String>,
}

/// A lesson under construction.
#[derive(Default)]
struct Parts {
    body: String,
    /// Entries of the list `materials`.
    materials: String,
    left_out: Vec<String>,
}

impl Writer<'_> {
    fn lesson(&mut self, plan: &LessonPlan<'_>) -> NewLesson {
        let mut parts = Parts::default();
        let alone = plan.items.len() == 1;
        for item in &plan.items {
            let title = if item.title.is_empty() { &plan.title } else { &item.title };
            if let Some(resource) = self.manifest.resource(item) {
                self.add(resource, title, alone, &mut parts);
            }
        }
        if !parts.left_out.is_empty() {
            parts.body += "## Teacher notes: not taken over\n\n";
            parts.body.extend(parts.left_out.iter().map(|line| format!("- {line}\n")));
        }
        let materials =
            if parts.materials.is_empty() { String::new() } else { format!("materials:\n{}", parts.materials) };
        NewLesson { fields: materials, body: parts.body, ..plan.shell() }
    }

    fn add(&mut self, resource: &Resource, title: &str, alone: bool, parts: &mut Parts) {
        let kind = resource.kind.as_str();
        let document = || self.files.get(&resource.href).and_then(|xml| Element::parse(xml).ok()).unwrap_or_default();
        if kind.starts_with("imswl") {
            let url = document().descendant("url").and_then(|url| url.attribute("href")).unwrap_or_default().to_owned();
            return parts.link(title, &url);
        }
        if kind.starts_with("imsdt") {
            let topic = document();
            let html = topic.child("text").map(Element::text).unwrap_or_default();
            let text = self.page(&html, &resource.href);
            return parts.material("reflection", title, &text);
        }
        if kind.starts_with("assignment") || resource.is_assignment() {
            return self.assignment(resource, title, parts);
        }
        if kind == "webcontent" || kind.starts_with("associatedcontent") {
            return self.content(resource, title, alone, parts);
        }
        parts.left_out.push(format!("{} ({})", escaped(title), escaped(kind)));
    }

    /// A page's words, or a link to a file.
    fn content(&mut self, resource: &Resource, title: &str, alone: bool, parts: &mut Parts) {
        let Some(content) = self.files.get(&resource.href) else {
            return parts.left_out.push(format!("{} (the file is missing)", escaped(title)));
        };
        if is_page(&resource.href) {
            let text = self.page(&String::from_utf8_lossy(content), &resource.href);
            parts.section(title, &text, alone);
        } else {
            self.used.insert(resource.href.clone());
            parts.section(
                title,
                &format!("[{}](../{ASSETS}{})", escaped(title), resource.href.replace(' ', "%20")),
                alone,
            );
        }
    }

    /// An assignment becomes an upload, with its words as the task.
    fn assignment(&mut self, resource: &Resource, title: &str, parts: &mut Parts) {
        let page = resource.files.iter().find(|file| is_page(file));
        let text = if let Some((page, content)) = page.and_then(|page| Some((page, self.files.get(page)?))) {
            self.page(&String::from_utf8_lossy(content), page)
        } else {
            let document = self.files.get(&resource.href).and_then(|xml| Element::parse(xml).ok()).unwrap_or_default();
            let text = document.descendant("text").map(Element::text).unwrap_or_default();
            self.page(&text, &resource.href)
        };
        parts.material("upload", title, &text);
    }

    fn page(&mut self, html: &str, path: &str) -> String {
        let used = std::cell::RefCell::new(BTreeSet::new());
        let markdown = html::to_markdown(html, 2, &|address| {
            let place = self.place(address, path)?;
            if let Place::File(file) = &place {
                used.borrow_mut().insert(file.clone());
            }
            Some(place.address())
        });
        self.used.extend(used.into_inner());
        markdown
    }

    /// Where an address in the page `path` leads.
    fn place(&self, address: &str, path: &str) -> Option<Place> {
        let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?.into_owned();
        let plain = decoded.split(['?', '#']).next().unwrap_or_default();
        if ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
            return Some(Place::Elsewhere(address.to_owned()));
        }
        let marked = |mark: &str| plain.strip_prefix(mark).map(|rest| rest.trim_start_matches('/').to_owned());
        let wiki = marked("$WIKI_REFERENCE$").or_else(|| marked("$CANVAS_OBJECT_REFERENCE$"));
        let candidates: Vec<String> = match (marked("$IMS-CC-FILEBASE$").or_else(|| marked("$IMS_CC_FILEBASE$")), wiki)
        {
            (Some(rest), _) => {
                let rest = rest.trim_start_matches("../").to_owned();
                vec![format!("web_resources/{rest}"), rest]
            }
            (_, Some(rest)) => {
                let page = rest.rsplit('/').next().unwrap_or_default();
                vec![format!("wiki_content/{page}.html")]
            }
            _ => path_in_pack(path, address).into_iter().collect(),
        };
        candidates.into_iter().find_map(|candidate| {
            if let Some(lesson) = self.lessons.get(&candidate) {
                return Some(Place::Lesson(lesson.clone()));
            }
            (self.files.get(&candidate).is_some() && !is_page(&candidate)).then_some(Place::File(candidate))
        })
    }
}

enum Place {
    Elsewhere(String),
    Lesson(String),
    File(String),
}

impl Place {
    /// As a lesson writes it.
    fn address(&self) -> String {
        match self {
            Self::Elsewhere(address) => address.clone(),
            Self::Lesson(file) => file.trim_start_matches("lessons/").to_owned(),
            Self::File(file) => format!(
                "../{ASSETS}{}",
                file.replace('%', "%25").replace(' ', "%20").replace('#', "%23").replace('?', "%3F")
            ),
        }
    }
}

impl Parts {
    fn section(&mut self, title: &str, text: &str, alone: bool) {
        if !alone {
            self.body += &format!("## {}\n\n", escaped(title));
        }
        self.body += &format!("{text}\n\n");
    }

    fn link(&mut self, title: &str, url: &str) {
        if url.starts_with("https://") || url.starts_with("http://") {
            self.body += &format!("## {0}\n\n[{0}]({1})\n\n", escaped(title), url.replace(' ', "%20"));
            self.materials += &format!("  - type: link\n    title: {}\n    url: {}\n", quoted(title), quoted(url));
        } else {
            self.left_out.push(format!("{} (a link without an address)", escaped(title)));
        }
    }

    fn material(&mut self, kind: &str, title: &str, text: &str) {
        let short: String = text.chars().take(9000).collect();
        self.materials += &format!("  - type: {kind}\n    title: {}\n    text: {}\n", quoted(title), quoted(&short));
        self.section(title, text, false);
    }
}

fn is_page(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("html" | "htm" | "xhtml"))
}

fn title_of_page(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower[start..].find("</title>")?;
    let title = html::to_markdown(&html[start..end], 0, &|_| None).replace('\\', "");
    (!title.is_empty()).then_some(title)
}

/// The resources of a manifest, by identifier.
type Resources = BTreeMap<String, Resource>;

#[cfg(test)]
mod tests;
