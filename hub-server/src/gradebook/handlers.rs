//! `/teach/classes/{classroom}/gradebook`: the table, one of its rows at a time to edit, and the table as a spreadsheet.

use super::{Change, Gradebook, page, row::RowForm, sheet, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    material::answer::Fields,
    storage::SafeName,
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, Keeping, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing, csv,
        see_other,
    },
};
use axum::{extract::State, http::StatusCode};
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::{ModuleId, StudentId};

/// Which part of the table is shown, and which row is edited.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Part of a name.
    pub q: String,
    /// Only this module's materials.
    module: String,
    /// Only students of whom something waits for a grade.
    pub ungraded: Option<String>,
    edit: String,
}

impl Filter {
    /// The module, where one was chosen.
    pub fn module(&self) -> Option<ModuleId> {
        self.module.parse().ok()
    }

    /// The student whose row is edited.
    pub fn edited(&self) -> Option<StudentId> {
        self.edit.parse().ok()
    }

    /// The same part of the table, with this row to edit.
    pub fn query(&self, edit: Option<StudentId>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", &self.q), ("module", &self.module)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.ungraded.is_some() {
            query.append_pair("ungraded", "on");
        }
        if let Some(student) = edit {
            query.append_pair("edit", &student.to_string());
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// Shows the table.
pub async fn show(
    State(app): State<App>,
    Keeping(Viewing { staff, classroom, role }, keeper): Keeping<Viewing>,
    Query(filter): Query<Filter>,
) -> PageResult {
    keeper
        .page(&app, async |frame, mut db| {
            let gradebook = store::of_class(&mut db, classroom.id).await?;
            drop(db);
            let may_change = role.may_teach();
            let edited = filter.edited().filter(|_| may_change);
            let form = edited.map(|student| (student, FormState::new(RowForm::of(&gradebook, student))));
            let page = page::Page { staff, classroom, may_change, gradebook, filter, form, refused: None };
            Ok(page::gradebook(frame, page, StatusCode::OK).await)
        })
        .await
}

/// `POST …/gradebook/students/{student}`: saves one row.
pub async fn save_row(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    Query(filter): Query<Filter>,
    frame: Frame,
    Protected(fields): Protected<Fields>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let gradebook = store::of_class(&mut tx, classroom.id).await?;
    if !gradebook.lines.iter().any(|line| line.student == student) {
        return Err(Error::NotFound);
    }
    let changes = match RowForm::read(&fields, &gradebook, student).changes(&gradebook, student) {
        Ok(changes) => changes,
        Err(form) => return refused(frame, (staff, classroom), gradebook, filter, (student, form)).await,
    };
    if !changes.is_empty() && !made(&mut tx, &app, &staff, &classroom, &changes).await? {
        // Somebody was quicker, between the two statements.
        drop(tx);
        let gradebook = store::of_class(&mut *app.db.acquire().await?, classroom.id).await?;
        let form = RowForm::read(&fields, &gradebook, student).changes(&gradebook, student);
        let form = form.map_or_else(|form| form, |_| FormState::new(RowForm::read(&fields, &gradebook, student)));
        return refused(frame, (staff, classroom), gradebook, filter, (student, form)).await;
    }
    tx.commit().await?;
    Ok(see_other(format!("{}{}#row-{student}", super::path(&classroom), filter.query(None))).with_notice(Notice::Saved))
}

/// Makes changes and writes them down; false where not all of them can be made.
pub(super) async fn made(
    tx: &mut sqlx::PgConnection,
    app: &App,
    staff: &Staff,
    classroom: &Classroom,
    changes: &[Change],
) -> Result<bool, Error> {
    let count = store::change(tx, classroom.id, changes, staff.id, app.clock.now()).await?;
    if count != changes.len() {
        return Ok(false);
    }
    let entry = Entry::new("gradebook_changed", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("cells", Detail::Number(i64::try_from(count).unwrap_or(i64::MAX)));
    audit::record(tx, app, staff, entry).await?;
    Ok(true)
}

async fn refused(
    frame: Frame,
    (staff, classroom): (Staff, Classroom),
    gradebook: Gradebook,
    filter: Filter,
    form: (StudentId, FormState<RowForm>),
) -> PageResult {
    let status = if form.1.typed.is_overtaken() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = page::Page { staff, classroom, may_change: true, gradebook, filter, form: Some(form), refused: None };
    Ok(page::gradebook(frame, page, status).await)
}

/// `GET …/gradebook.csv`: the whole table as a spreadsheet.
pub async fn download(State(app): State<App>, Viewing { classroom, .. }: Viewing) -> PageResult {
    let gradebook = store::of_class(&mut *app.db.acquire().await?, classroom.id).await?;
    let name = SafeName::of(&format!("{}.csv", classroom.name));
    csv::download(&name, sheet::rows(&gradebook, &classroom.name))
}
