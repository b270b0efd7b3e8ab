//! Rows on their way in: every id replaced, everything a browser will show made harmless, everything the hub will read
//! back proved readable.

use super::{
    fault::Fault,
    format::{Names, Table},
};
use crate::{
    enrolment::DisplayName,
    lesson::sanitise::sanitise,
    material::{Answer, Criterion, Settings, address::Address},
    storage::SafeName,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A row as it travels.
pub type Row = Map<String, Value>;

/// New ids by what is named and the old id; none where it could not come along.
#[derive(Debug, Default)]
pub struct Ids(HashMap<(Names, Uuid), Option<Uuid>>);

impl Ids {
    /// Notes a new id; false where the old one was there already.
    pub fn add(&mut self, names: Names, old: Uuid, new: Option<Uuid>) -> bool {
        self.0.insert((names, old), new).is_none()
    }

    /// Lessons by their new ids, as texts.
    pub fn lessons(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().filter_map(|((names, old), new)| {
            new.filter(|_| *names == Names::Lesson).map(|new| (old.to_string(), new.to_string()))
        })
    }
}

/// A row as it is written, or nothing where what it names could not come along.
pub fn brought(table: &Table, mut row: Row, ids: &mut Ids, mint: &dyn Fn() -> Uuid) -> Result<Option<Row>, Fault> {
    let wrong = || Fault::Row { table: table.name };
    let mut new: Row = Map::new();
    for column in table.columns {
        let value = row.remove(*column).unwrap_or(Value::Null);
        let Some((_, names)) = table.ids.iter().find(|(name, _)| name == column) else {
            new.insert((*column).to_owned(), value);
            continue;
        };
        // Only a lesson need not be named.
        if value.is_null() && *names == Names::Lesson && table.name != "lesson_releases" {
            new.insert((*column).to_owned(), Value::Null);
            continue;
        }
        let old: Uuid = value.as_str().and_then(|text| text.parse().ok()).ok_or_else(wrong)?;
        let id = match names {
            Names::Itself => {
                let id = mint();
                if let Some(is) = table.is
                    && !ids.add(is, old, Some(id))
                {
                    return Err(wrong());
                }
                Some(id)
            }
            names => *ids.0.get(&(*names, old)).ok_or_else(wrong)?,
        };
        match id {
            Some(id) => new.insert((*column).to_owned(), Value::String(id.to_string())),
            // A module without its lesson is still a module.
            None if table.name == "modules" => new.insert((*column).to_owned(), Value::Null),
            None => {
                forget(table, &new, ids);
                return Ok(None);
            }
        };
    }
    check(table.name, &mut new, ids).ok_or_else(wrong)?;
    Ok(Some(new))
}

/// A row that stays behind is not there for those that name it.
fn forget(table: &Table, new: &Row, ids: &mut Ids) {
    let Some(is) = table.is else { return };
    let gone = new.get("id").and_then(Value::as_str).and_then(|text| text.parse().ok());
    for id in ids.0.iter_mut().filter(|((names, _), _)| *names == is).map(|(_, id)| id) {
        if *id == gone {
            *id = None;
        }
    }
}

/// What is particular to a table; none where no hub would write such a row.
fn check(table: &str, row: &mut Row, ids: &Ids) -> Option<()> {
    match table {
        "materials" => {
            let settings = at_home(row.get("settings")?, ids);
            let settings = harmless(serde_json::from_value(settings).ok()?)?;
            let kind = serde_json::to_value(settings.kind()).ok()?;
            (row.get("kind")? == &kind).then_some(())?;
            row.insert("settings".to_owned(), serde_json::to_value(settings).ok()?);
        }
        "announcements" => {
            let html = sanitise(row.get("html")?.as_str()?);
            row.insert("html".to_owned(), Value::String(html));
        }
        "students" => {
            let name = DisplayName::parse(row.get("display_name")?.as_str()?).ok()?;
            row.insert("display_name".to_owned(), Value::String(name.as_str().to_owned()));
            row.insert("name_key".to_owned(), Value::String(name.key().to_owned()));
        }
        "submissions" => {
            let name = SafeName::of(row.get("file_name")?.as_str()?);
            row.insert("file_name".to_owned(), Value::String(name.as_str().to_owned()));
        }
        "grading_schemes" => reads::<Vec<Criterion>>(row, "rubric")?,
        "responses" => reads::<Answer>(row, "answer")?,
        "grades" => reads::<BTreeMap<String, usize>>(row, "levels")?,
        "returned_grades" => {
            reads::<Vec<Criterion>>(row, "rubric")?;
            reads::<BTreeMap<String, usize>>(row, "levels")?;
        }
        _ => {}
    }
    Some(())
}

fn reads<T: DeserializeOwned>(row: &Row, column: &str) -> Option<()> {
    serde_json::from_value::<T>(row.get(column)?.clone()).ok().map(drop)
}

/// Links of teachers into lessons of the class lead to the lessons as they are called here.
fn at_home(settings: &Value, ids: &Ids) -> Value {
    let mut text = settings.to_string();
    for (old, new) in ids.lessons() {
        text = text.replace(&old, &new);
    }
    serde_json::from_str(&text).unwrap_or_default()
}

/// Settings whose HTML cannot do anything, and whose link leads where links may lead.
fn harmless(settings: Settings) -> Option<Settings> {
    Some(match settings {
        Settings::Link { url } => {
            let good = url.as_deref().is_none_or(|url| Address::parse(url).is_some());
            good.then_some(Settings::Link { url })?
        }
        Settings::Text { source, html } => Settings::Text { source, html: sanitise(&html) },
        Settings::Upload(mut handing) => {
            handing.html = sanitise(&handing.html);
            Settings::Upload(handing)
        }
        Settings::Gallery(mut handing) => {
            handing.html = sanitise(&handing.html);
            Settings::Gallery(handing)
        }
        Settings::Checklist { source, html, items } => Settings::Checklist { source, html: sanitise(&html), items },
        Settings::Reflection { source, html } => Settings::Reflection { source, html: sanitise(&html) },
        Settings::Rubric { source, html, criteria } => Settings::Rubric { source, html: sanitise(&html), criteria },
    })
}

#[cfg(test)]
mod tests {
    use super::{Ids, Row, brought};
    use crate::classroom::archive::format::{Names, TABLES, Table};
    use serde_json::{Value, json};
    use uuid::Uuid;

    fn table(name: &str) -> &'static Table {
        TABLES.iter().find(|table| table.name == name).unwrap()
    }

    fn row(value: Value) -> Row {
        let Value::Object(row) = value else { panic!("{value}") };
        row
    }

    const OLD: &str = "00000000-0000-0000-0000-000000000001";

    #[test]
    fn mallory_names_nothing_that_is_not_in_her_archive() {
        let mint = || Uuid::from_u128(9);
        let foreign = row(json!({"material_id": OLD, "student_id": OLD, "text": "mine"}));
        assert!(brought(table("drafts"), foreign, &mut Ids::default(), &mint).is_err());
    }

    #[test]
    fn mallory_s_script_is_gone_and_her_columns_are_not_read() {
        let mut ids = Ids::default();
        ids.add(Names::Module, OLD.parse().unwrap(), Some(Uuid::from_u128(7)));
        let settings = json!({"kind": "text", "source": "x", "html": "<p>x</p><script>alert(1)</script>"});
        let attack = row(json!({"id": OLD, "module_id": OLD, "kind": "text", "settings": settings,
                                "deleted_at": "2026-01-01", "classroom_id": OLD}));
        let new = brought(table("materials"), attack, &mut ids, &|| Uuid::from_u128(9)).unwrap().unwrap();
        assert_eq!(new["settings"]["html"], "<p>x</p>");
        assert_eq!(new["module_id"], Uuid::from_u128(7).to_string());
        assert!(!new.contains_key("deleted_at") && !new.contains_key("classroom_id"));
        let link = json!({"kind": "link", "url": "javascript:alert(1)"});
        let attack = row(json!({"id": OLD, "module_id": OLD, "kind": "link", "settings": link}));
        assert!(brought(table("materials"), attack, &mut Ids::default(), &|| Uuid::from_u128(9)).is_err());
    }

    #[test]
    fn what_could_not_come_along_leaves_out_what_hangs_on_it() {
        let (mut ids, gone) = (Ids::default(), OLD.parse().unwrap());
        ids.add(Names::Lesson, gone, None);
        let mint = || Uuid::from_u128(9);
        let module = brought(table("modules"), row(json!({"id": OLD, "lesson_id": OLD})), &mut ids, &mint).unwrap();
        assert_eq!(module.unwrap()["lesson_id"], Value::Null);
        let link = json!({"kind": "link", "url": null});
        let link = row(json!({"id": OLD, "module_id": OLD, "lesson_id": OLD, "kind": "link", "settings": link}));
        assert_eq!(brought(table("materials"), link, &mut ids, &mint).unwrap(), None);
        let scheme = row(json!({"material_id": OLD, "rubric": []}));
        assert_eq!(brought(table("grading_schemes"), scheme, &mut ids, &mint).unwrap(), None);
    }
}
