//! `…/students/{student}/merge`: two rows on the roster that are one person become one, and nothing either of them did
//! is lost.

mod page;
pub mod rows;

use super::store::{self, Listed};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::{Classroom, store as students},
    ui::frame::Frame,
    web::{Asked, Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing, see_other},
};
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::StudentId;

/// With whom. In the address it shows what would happen; in the form it does it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct MergeForm {
    #[serde(default)]
    pub other: String,
}

impl MergeForm {
    fn other(&self) -> Option<StudentId> {
        self.other.parse().ok()
    }
}

/// Shows with whom the student can be merged, and for one of them what would happen.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(student): Asked<StudentId>,
    Query(form): Query<MergeForm>,
    frame: Frame,
) -> PageResult {
    let page = page_of(&app, staff, classroom, student, FormState::new(form)).await?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    Ok(page::merge(frame, page).await)
}

/// Merges the other one into this one, who keeps name and return code.
pub async fn merge(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    frame: Frame,
    Protected(form): Protected<MergeForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let there = store::listed(&mut tx, classroom.id, false).await?;
    let keeper = there.iter().find(|one| one.id == student).ok_or(Error::NotFound)?.id;
    let Some(other) = there.iter().find(|one| Some(one.id) == form.other() && one.id != keeper).map(|one| one.id)
    else {
        drop(tx);
        let form = FormState::new(form).refuse("other", "merge-whom");
        let page = page_of(&app, teacher, classroom, student, form).await?;
        return Ok(page::merge(frame, page).await.unprocessable());
    };
    let kept = rows::merge(&mut tx, classroom.id, keeper, other, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let entry = Entry::new("students_merged", Subject::Student(keeper))
        .within(classroom.organisation)
        .with("other", Detail::Id(other.0))
        .with("kept_aside", Detail::Number(kept.try_into().unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(classroom.student_path(keeper)).with_notice(Notice::StudentsMerged))
}

async fn page_of(
    app: &App,
    staff: Staff,
    classroom: Classroom,
    student: StudentId,
    form: FormState<MergeForm>,
) -> Result<page::Merging, Error> {
    let mut db = app.db.acquire().await?;
    let mut others = store::listed(&mut db, classroom.id, false).await?;
    let at = others.iter().position(|one| one.id == student).ok_or(Error::NotFound)?;
    let keeper = others.remove(at);
    let chosen: Option<Listed> = others.iter().find(|one| Some(one.id) == form.typed.other()).cloned();
    let belongings = match &chosen {
        Some(other) => {
            let of_keeper = students::belongings(&mut db, keeper.id).await?;
            Some((other.clone(), of_keeper, students::belongings(&mut db, other.id).await?))
        }
        None => None,
    };
    Ok(page::Merging { staff, classroom, keeper, others, chosen: belongings, form })
}
