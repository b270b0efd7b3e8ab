//! What was put aside when a teacher merged two students: answers and drafts as text, the rest by its name.

use super::{
    answers::{self, Manner},
    store::DraftRow,
};
use crate::{
    material::{Answer, Settings},
    web::Words,
};
use chrono::{DateTime, Utc};
use shared_types::ids::{MaterialId, StudentId};
use sqlx::{PgConnection, types::Json};

/// One row that was put aside.
#[derive(Clone, Debug)]
pub struct Kept {
    pub table: String,
    pub merged_at: DateTime<Utc>,
    /// The material it belongs to, where it belongs to one.
    pub material: Option<String>,
    settings: Option<Json<Settings>>,
    answer: Option<Json<Answer>>,
    draft: Option<String>,
}

impl Kept {
    /// What was written, where something was.
    pub fn text(&self, words: Words) -> Option<String> {
        let settings = &self.settings.as_ref()?.0;
        if let Some(answer) = &self.answer {
            return Some(answers::plain(settings, &answer.0, words).join("\n"));
        }
        let text = self.draft.clone()?;
        let draft = DraftRow {
            material: MaterialId(uuid::Uuid::nil()),
            title: String::new(),
            module: String::new(),
            settings: Json(settings.clone()),
            text,
            saved_at: self.merged_at,
        };
        Some(answers::draft(&draft, Manner::Plain, words))
    }
}

/// What was put aside for a student, in the order of the class's work.
pub async fn of_student(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"select k.table_name as "table", k.merged_at, m.title as "material?",
                  m.settings as "settings?: Json<Settings>",
                  case when k.table_name = 'responses' then k.record -> 'answer' end as "answer?: Json<Answer>",
                  case when k.table_name = 'drafts' then k.record ->> 'text' end as draft
           from merged_records k
           left join materials m on m.id = (k.record ->> 'material_id')::uuid
           left join modules u on u.id = m.module_id
           where k.student_id = $1
           order by u.position, m.position, m.id, k.merged_at, k.id"#,
        student.0,
    )
    .fetch_all(db)
    .await
}
