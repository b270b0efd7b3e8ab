//! The form of a material: one for all kinds, of which each shows its own fields.

use super::{due, rubric_text};
use crate::{
    hexadecimal::hexadecimal,
    lesson::markdown,
    material::{
        Criterion, Item, Kind, Material, Settings,
        address::Address,
        kind::{Handing, revise_criteria, revise_items},
    },
    web::{FormState, Lang, idempotency::IdempotencyKey},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared_types::ids::LessonId;

pub const MAX_TITLE_CHARS: u32 = 200;
/// Longest text of a material, in characters of Markdown.
pub const MAX_SOURCE_CHARS: u32 = 20_000;
/// Most points of a checklist, and the longest of one.
const MAX_ITEMS: usize = 60;
const MAX_ITEM_CHARS: usize = 300;
pub const MAX_NAMING_CHARS: u32 = 120;
/// Largest file a material may ask for, in megabytes.
const MAX_MB: u64 = 200;
const DEFAULT_MB: u64 = 20;
const MB: u64 = 1_000_000;
/// Endings a material may ask for.
pub const ENDINGS: [&str; 16] =
    ["png", "jpg", "jpeg", "webp", "gif", "pdf", "zip", "sb3", "docx", "mp3", "mp4", "txt", "md", "py", "csv", "html"];

/// The form as it is sent; a kind leaves out the fields it does not have.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MaterialForm {
    pub title: String,
    pub due: String,
    /// Markdown.
    pub source: String,
    pub url: String,
    /// A lesson of the class, for a link.
    pub lesson: String,
    /// One point a line.
    pub items: String,
    pub criteria: String,
    pub accepted: String,
    pub max_mb: String,
    pub naming: String,
    /// Sent with a new one.
    pub idempotency_key: Option<IdempotencyKey>,
    /// Sent with one that stands: what it was when the form was made, as [`MaterialForm::of`] says it.
    pub version: String,
}

/// What a form that is right says.
#[derive(Clone, Debug)]
pub struct Edited {
    pub title: String,
    pub settings: Settings,
    pub lesson: Option<LessonId>,
    pub due_at: Option<DateTime<Utc>>,
}

impl Edited {
    /// Whether a material says just this already.
    pub fn is_as(&self, material: &Material) -> bool {
        (&self.title, &self.settings, self.lesson, self.due_at)
            == (&material.title, &material.settings, material.lesson, material.due_at)
    }
}

impl MaterialForm {
    /// An empty form of a kind.
    pub fn new(kind: Kind, key: IdempotencyKey) -> Self {
        let max_mb = if matches!(kind, Kind::Upload | Kind::Gallery) { DEFAULT_MB.to_string() } else { String::new() };
        let accepted = if kind == Kind::Gallery { "png, jpg, webp, gif".to_owned() } else { String::new() };
        Self { max_mb, accepted, idempotency_key: Some(key), ..Self::default() }
    }

    /// The form of a material that is there.
    pub fn of(material: &Material, zone: Tz) -> Self {
        let form = Self::shown(material, zone);
        Self { version: form.digest(), ..form }
    }

    /// Tells whether two forms show the same. A material that an import brings again unchanged is not another one.
    fn digest(&self) -> String {
        let Self { title, due, source, url, lesson, items, criteria, accepted, max_mb, naming, .. } = self;
        let fields = [title, due, source, url, lesson, items, criteria, accepted, max_mb, naming];
        let hash = fields.iter().fold(Sha256::new(), |hash, field| {
            hash.chain_update(field.len().to_be_bytes()).chain_update(field.as_bytes())
        });
        hexadecimal(&hash.finalize()[..16])
    }

    fn shown(material: &Material, zone: Tz) -> Self {
        let form = Self { title: material.title.clone(), due: due::shown(material.due_at, zone), ..Self::default() };
        match material.settings.clone() {
            Settings::Link { url } => Self {
                url: url.unwrap_or_default(),
                lesson: material.lesson.map(|lesson| lesson.to_string()).unwrap_or_default(),
                ..form
            },
            Settings::Text { source, .. } | Settings::Reflection { source, .. } => Self { source, ..form },
            Settings::Checklist { source, items, .. } => {
                let lines: Vec<String> = items.into_iter().map(|item| item.text).collect();
                Self { source, items: lines.join("\n"), ..form }
            }
            Settings::Rubric { source, criteria, .. } => {
                Self { source, criteria: rubric_text::shown(&criteria), ..form }
            }
            Settings::Upload(handing) | Settings::Gallery(handing) => Self {
                source: handing.source,
                accepted: handing.accepted.join(", "),
                max_mb: (handing.max_bytes / MB).to_string(),
                naming: handing.naming.unwrap_or_default(),
                ..form
            },
        }
    }

    /// Reads the form for a material of `kind`; `standing` is what it changes, so that ticks stay with their lines.
    pub fn parse(
        self,
        kind: Kind,
        standing: Option<&Settings>,
        lang: Lang,
        zone: Tz,
    ) -> Result<Edited, FormState<Self>> {
        let mut form = FormState::new(self);
        let title = words(&form.typed.title);
        if title.is_empty() {
            form = form.refuse("title", "material-title-missing");
        } else if too_long(&title, MAX_TITLE_CHARS) {
            form = form.refuse("title", "material-title-too-long");
        }
        let due_at = due::parse(&form.typed.due, zone);
        if due_at.is_err() {
            form = form.refuse("due", "material-due-wrong");
        }
        let source = form.typed.source.replace("\r\n", "\n").trim().to_owned();
        if too_long(&source, MAX_SOURCE_CHARS) {
            form = form.refuse("source", "material-source-too-long");
        } else if markdown::check(&source).is_err() {
            form = form.refuse("source", "material-source-too-deep");
        } else if source.is_empty() && matches!(kind, Kind::Text | Kind::Reflection) {
            form = form.refuse("source", "material-source-missing");
        }
        let (form, settings, lesson) = form.settings(kind, standing, &source);
        match (settings, due_at) {
            (Some(settings), Ok(due_at)) if !form.is_refused() => {
                Ok(Edited { title, settings: rendered(settings, lang), lesson, due_at })
            }
            _ => Err(form),
        }
    }
}

impl FormState<MaterialForm> {
    fn settings(
        self,
        kind: Kind,
        standing: Option<&Settings>,
        source: &str,
    ) -> (Self, Option<Settings>, Option<LessonId>) {
        let (source, html) = (source.to_owned(), String::new());
        match kind {
            Kind::Link => self.link(),
            Kind::Text => (self, Some(Settings::Text { source, html }), None),
            Kind::Reflection => (self, Some(Settings::Reflection { source, html }), None),
            Kind::Upload | Kind::Gallery => {
                let (form, handing) = self.handing(source);
                let settings = if kind == Kind::Upload { Settings::Upload } else { Settings::Gallery };
                (form, handing.map(settings), None)
            }
            Kind::Checklist => {
                let (form, items) = self.items(standing);
                (form, items.map(|items| Settings::Checklist { source, html, items }), None)
            }
            Kind::Rubric => {
                let (form, criteria) = self.criteria(standing);
                (form, criteria.map(|criteria| Settings::Rubric { source, html, criteria }), None)
            }
        }
    }

    /// A lesson that was chosen goes before an address that was typed.
    fn link(self) -> (Self, Option<Settings>, Option<LessonId>) {
        if let Ok(lesson) = self.typed.lesson.parse() {
            return (self, Some(Settings::Link { url: None }), Some(lesson));
        }
        match Address::parse(&self.typed.url) {
            Some(address) => {
                let url = Some(address.as_str().to_owned());
                (self, Some(Settings::Link { url }), None)
            }
            None => (self.refuse("url", "material-url-wrong"), None, None),
        }
    }

    fn items(self, standing: Option<&Settings>) -> (Self, Option<Vec<Item>>) {
        let lines = self.typed.items.lines().map(words).filter(|line| !line.is_empty()).collect::<Vec<_>>();
        if lines.is_empty() {
            return (self.refuse("items", "material-items-missing"), None);
        }
        if lines.len() > MAX_ITEMS {
            return (self.refuse("items", "material-items-too-many"), None);
        }
        if lines.iter().any(|line| line.chars().count() > MAX_ITEM_CHARS) {
            return (self.refuse("items", "material-items-too-long"), None);
        }
        let standing = match standing {
            Some(Settings::Checklist { items, .. }) => items.as_slice(),
            _ => &[],
        };
        (self, Some(revise_items(standing, &lines)))
    }

    fn criteria(self, standing: Option<&Settings>) -> (Self, Option<Vec<Criterion>>) {
        let standing = match standing {
            Some(Settings::Rubric { criteria, .. }) => criteria.as_slice(),
            _ => &[],
        };
        let fault = match rubric_text::parse(&self.typed.criteria) {
            Ok(criteria) => return (self, Some(revise_criteria(standing, criteria))),
            Err(fault) => fault,
        };
        let form = match fault {
            rubric_text::Fault::Empty => self.refuse("criteria", "material-rubric-empty"),
            rubric_text::Fault::TooManyCriteria => self.refuse("criteria", "material-rubric-too-many"),
            rubric_text::Fault::LevelFirst => self.refuse("criteria", "material-rubric-level-first"),
            rubric_text::Fault::WrongLevels => self.refuse("criteria", "material-rubric-levels"),
            rubric_text::Fault::WrongWords => self.refuse("criteria", "material-rubric-words"),
        };
        (form, None)
    }

    fn handing(mut self, source: String) -> (Self, Option<Handing>) {
        let separators = |c: char| c == ',' || c == ';' || c.is_whitespace();
        let endings = self.typed.accepted.split(separators).map(|ending| ending.trim_start_matches('.').to_lowercase());
        let accepted: Vec<String> = endings.filter(|ending| !ending.is_empty()).collect();
        if accepted.iter().any(|ending| !ENDINGS.contains(&ending.as_str())) {
            self = self.refuse("accepted", "material-accepted-unknown");
        }
        let max_mb = self.typed.max_mb.trim().parse::<u64>().ok().filter(|mb| (1..=MAX_MB).contains(mb));
        let Some(max_mb) = max_mb else { return (self.refuse("max_mb", "material-size-wrong"), None) };
        let naming = Some(words(&self.typed.naming)).filter(|naming| !naming.is_empty());
        if naming.as_ref().is_some_and(|naming| too_long(naming, MAX_NAMING_CHARS)) {
            self = self.refuse("naming", "material-naming-too-long");
        }
        (self, Some(Handing { source, html: String::new(), accepted, max_bytes: max_mb * MB, naming }))
    }
}

/// With its Markdown as sanitised HTML.
fn rendered(mut settings: Settings, lang: Lang) -> Settings {
    let (source, html) = match &mut settings {
        Settings::Link { .. } => return settings,
        Settings::Text { source, html }
        | Settings::Checklist { source, html, .. }
        | Settings::Reflection { source, html }
        | Settings::Rubric { source, html, .. } => (source, html),
        Settings::Upload(handing) | Settings::Gallery(handing) => (&mut handing.source, &mut handing.html),
    };
    *html = if source.is_empty() { String::new() } else { markdown::short(source, lang) };
    settings
}

/// One line, with single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn too_long(text: &str, chars: u32) -> bool {
    text.chars().count() > chars as usize
}

#[cfg(test)]
mod tests {
    use super::MaterialForm;
    use crate::{
        material::{Kind, Settings},
        web::{FormState, Lang},
    };

    fn parsed(kind: Kind, form: MaterialForm) -> Result<super::Edited, FormState<MaterialForm>> {
        form.parse(kind, None, Lang::English, chrono_tz::UTC)
    }

    #[test]
    fn each_kind_asks_for_what_it_needs() {
        let titled =
            || MaterialForm { title: "  A\ttitle ".to_owned(), max_mb: "5".to_owned(), ..MaterialForm::default() };
        for kind in [Kind::Upload, Kind::Gallery] {
            assert_eq!(parsed(kind, titled()).unwrap().title, "A title");
        }
        for (kind, field) in [
            (Kind::Link, "url"),
            (Kind::Text, "source"),
            (Kind::Reflection, "source"),
            (Kind::Checklist, "items"),
            (Kind::Rubric, "criteria"),
        ] {
            let refused = parsed(kind, titled()).unwrap_err();
            assert_eq!(refused.errors.iter().map(|error| error.field).collect::<Vec<_>>(), [field], "{kind:?}");
        }
    }

    #[test]
    fn a_link_never_runs_anything() {
        for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", " JAVASCRIPT:x"] {
            let form = MaterialForm { title: "x".to_owned(), url: url.to_owned(), ..MaterialForm::default() };
            assert!(parsed(Kind::Link, form).is_err(), "{url}");
        }
    }

    #[test]
    fn endings_are_written_as_people_write_them() {
        let form = |accepted: &str| MaterialForm {
            title: "x".to_owned(),
            max_mb: "1".to_owned(),
            accepted: accepted.to_owned(),
            ..MaterialForm::default()
        };
        let Settings::Upload(handing) = parsed(Kind::Upload, form(" .PNG, jpg;sb3 ")).unwrap().settings else {
            panic!("an upload")
        };
        assert_eq!(handing.accepted, ["png", "jpg", "sb3"]);
        assert!(parsed(Kind::Upload, form("exe")).is_err());
    }
}
