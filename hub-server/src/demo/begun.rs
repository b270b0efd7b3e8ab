//! What Jonas and Lena have done already, so that the pages of the class have something to show.

use super::{CLASSROOM, Tools, store};
use crate::{
    lesson,
    material::{self, Answer, work},
};
use chrono::{Duration, NaiveTime};
use shared_types::ids::StudentId;
use sqlx::PgConnection;

/// What Lena wrote.
const WORDS: &str = "P and W went wrong most often. They are long and they only differ at the end, so I would swap one \
                     of them with a letter that nobody uses.";

/// Both have read the first lesson; Lena has also looked back on it.
pub(super) async fn begin(
    tx: &mut PgConnection,
    student: StudentId,
    looks_back: bool,
    tools: &Tools,
) -> sqlx::Result<()> {
    let now = tools.clock.now();
    for first in store::first_materials(tx, CLASSROOM).await? {
        if let Some(lesson) = first.lesson {
            lesson::store::finish(tx, CLASSROOM, student, lesson, now).await?;
        }
        match first.origin.as_str() {
            "extra-which-letters-went-wrong" if looks_back => {
                let answer = Answer::Reflection { text: WORDS.to_owned() };
                work::keep_response(tx, student, first.id, &answer, true, now).await?;
            }
            "upload" => {
                let day = (now + Duration::days(8)).with_timezone(&tools.zone).date_naive();
                let afternoon = NaiveTime::from_hms_opt(15, 0, 0).unwrap_or_default();
                let due = lesson::release::at_school(day.and_time(afternoon), tools.zone);
                material::store::set_due(tx, first.id, due).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
