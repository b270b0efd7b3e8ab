//! `/teach/materials/{material}/grading`: one student's work beside its grade, and saving the grade.

use super::{
    OneStudent, Sheet,
    asked::Asked,
    form::GradeForm,
    pages::{self, SheetPage, left},
    store::{self, Here, Saving},
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    grading::{self, Scheme, policy, returning, scheme, work},
    material::answer::Fields,
    organisation::Role,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, Staff, TeachingMaterial, ViewingMaterial, see_other,
    },
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;
use serde::Serialize;
use shared_types::ids::{MaterialId, StudentId};

/// Who looks at a sheet.
pub(super) struct Looking {
    pub(super) staff: Staff,
    pub(super) classroom: Classroom,
    pub(super) role: Role,
    pub(super) material: MaterialId,
}

/// What stands in the form instead of what is saved.
pub(super) struct Typed {
    pub(super) form: FormState<GradeForm>,
    /// Somebody else saved another grade meanwhile.
    pub(super) overtaken: bool,
}

/// Shows a sheet; viewers see the work and the grade, and nothing to change.
pub async fn show(
    State(app): State<App>,
    ViewingMaterial { staff, classroom, role, material }: ViewingMaterial,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> PageResult {
    show_with(&app, frame, Looking { staff, classroom, role, material }, asked, None).await
}

/// Saves the grade that was made from the version the form names, then does what the button says.
pub async fn save(
    State(app): State<App>,
    TeachingMaterial(staff, classroom, material): TeachingMaterial,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    frame: Frame,
    Protected(fields): Protected<Fields>,
) -> PageResult {
    let student = asked.student()?.ok_or(Error::NotFound)?;
    let answer = Answer { by_script: accepts_json(&headers), asked };
    let looking = Looking { staff, classroom, role: Role::Teacher, material };
    let mut tx = app.db.begin().await?;
    let graded = scheme::store::of_material(&mut tx, looking.classroom.id, material).await?.ok_or(Error::NotFound)?;
    let form = GradeForm::read(&fields, &graded.scheme).ok_or(Error::BadRequest)?;
    if let Some(comment) = fields.get("insert") {
        drop(tx);
        return with_comment(&app, frame, looking, answer.asked, form, comment).await;
    }
    let action = Action::of(fields.get("action"));
    let (form, grade) = match read(form, &graded.scheme, action) {
        Ok(read) => read,
        Err(form) => {
            drop(tx);
            return answer.refused(&app, frame, looking, form).await;
        }
    };
    let place = Here { material, student, handed_in_at: form.seen, criterion: answer.asked.criterion.as_deref() };
    let complete = policy::is_complete(&grade, &graded.scheme);
    let saving = Saving {
        classroom: looking.classroom.id,
        place,
        version: form.version,
        grade: &grade,
        complete,
        staff: looking.staff.id,
    };
    let now = app.clock.now();
    let saved = store::save(&mut tx, saving, now).await?;
    let Some(version) = saved.version else {
        drop(tx);
        return answer.overtaken(&app, frame, looking, form, &grade).await;
    };
    let entry = Entry::new("grade_saved", Subject::Student(student))
        .within(looking.classroom.organisation)
        .with("material", Detail::Id(material.0))
        .with("version", Detail::Number(version.into()));
    audit::record(&mut tx, &app, &looking.staff, entry).await?;
    if action == Action::Return {
        returning::return_one(&mut tx, &app, &looking.staff, &looking.classroom, (material, student)).await?;
    }
    tx.commit().await?;
    let to_do = saved.others + i64::from(!complete);
    Ok(answer.saved((material, student), (version, saved.next), action, left(to_do, frame.words)))
}

/// What the button says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Save,
    /// On to the next one who waits for a grade.
    Next,
    Return,
}

impl Action {
    fn of(field: Option<&str>) -> Self {
        match field {
            Some("next") => Self::Next,
            Some("return") => Self::Return,
            _ => Self::Save,
        }
    }
}

fn read(form: GradeForm, scheme: &Scheme, action: Action) -> Result<(GradeForm, super::Grade), FormState<GradeForm>> {
    let (form, grade) = form.parse(scheme)?;
    if action == Action::Return && !policy::is_complete(&grade, scheme) {
        return Err(FormState::new(form).refuse("points", "grade-incomplete"));
    }
    Ok((form, grade))
}

/// The page with a comment of the bank put behind what stands in the form. Nothing is saved by it.
async fn with_comment(
    app: &App,
    frame: Frame,
    looking: Looking,
    asked: Asked,
    mut form: GradeForm,
    comment: &str,
) -> PageResult {
    let student = asked.student()?;
    let mut db = app.db.acquire().await?;
    let sheet = store::sheet(&mut db, looking.classroom.id, looking.material, student, looking.staff.id).await?;
    drop(db);
    let sheet = sheet.ok_or(Error::NotFound)?;
    let known = sheet.desk.comments.iter().find(|known| known.id.to_string() == comment).ok_or(Error::NotFound)?;
    if !form.comment.is_empty() {
        form.comment.push_str("\n\n");
    }
    form.comment.push_str(&known.text);
    let typed = Typed { form: FormState::new(form), overtaken: false };
    shown(app, frame, looking, asked, sheet, Some(typed)).await
}

async fn show_with(app: &App, frame: Frame, looking: Looking, asked: Asked, typed: Option<Typed>) -> PageResult {
    let student = asked.student()?;
    let mut db = app.db.acquire().await?;
    let sheet = store::sheet(&mut db, looking.classroom.id, looking.material, student, looking.staff.id).await?;
    drop(db);
    shown(app, frame, looking, asked, sheet.ok_or(Error::NotFound)?, typed).await
}

async fn shown(
    app: &App,
    frame: Frame,
    looking: Looking,
    asked: Asked,
    sheet: Sheet,
    typed: Option<Typed>,
) -> PageResult {
    let Looking { staff, classroom, role, material } = looking;
    let around = match &sheet.student {
        Some(one) => {
            let criterion = asked.criterion.as_deref();
            let place = Here { material, student: one.id, handed_in_at: one.standing.handed_in_at, criterion };
            store::around(&mut *app.db.acquire().await?, classroom.id, place, asked.show(), sheet.due_at).await?
        }
        None => super::Around::default(),
    };
    let file = match &sheet.student {
        Some(one) => match chosen(one, &asked) {
            Some(version) => Some((version.clone(), work::look(&app.storage, version, frame.words.0).await)),
            None => None,
        },
        None => None,
    };
    let page = SheetPage {
        staff,
        classroom,
        may_change: role.may_teach(),
        asked,
        sheet,
        around,
        file,
        typed,
        now: app.now_at_school(),
    };
    Ok(pages::sheet(frame, page).await)
}

/// The version that is looked at: the one that was asked for, else the newest.
fn chosen<'a>(one: &'a OneStudent, asked: &Asked) -> Option<&'a super::Version> {
    let wanted = asked.version.and_then(|wanted| one.versions.iter().find(|version| version.version == wanted));
    wanted.or_else(|| one.versions.first())
}

/// How the answer is given: as a page, or to the script that saves in the background.
struct Answer {
    by_script: bool,
    asked: Asked,
}

/// What the script is told.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    /// It is saved as this version; one goes on there.
    Saved {
        version: i32,
        next: String,
        /// How many wait for a grade by now, in words.
        left: String,
    },
    /// It is not, because of this.
    Refused(Vec<String>),
    /// Somebody else saved meanwhile; the page shows both.
    Overtaken,
}

impl Answer {
    fn saved(
        self,
        (material, student): (MaterialId, StudentId),
        (version, next): (i32, Option<StudentId>),
        action: Action,
        left: String,
    ) -> Response {
        let path = match (action, next) {
            (Action::Next, Some(next)) => self.asked.path(material, next),
            // Nobody waits any more: back to the sheet, which says so.
            _ => self.asked.path(material, student),
        };
        if self.by_script {
            let told = Json(Told::Saved { version, next: path, left }).into_response();
            let is_last = action == Action::Next && next.is_none();
            return if is_last { told.with_notice(Notice::AllGraded) } else { told };
        }
        let response = see_other(path);
        match action {
            Action::Next if next.is_none() => response.with_notice(Notice::AllGraded),
            Action::Next => response,
            Action::Save => response.with_notice(Notice::Saved),
            Action::Return => response.with_notice(Notice::GradeReturned),
        }
    }

    async fn refused(self, app: &App, frame: Frame, looking: Looking, form: FormState<GradeForm>) -> PageResult {
        if self.by_script {
            let why = form.problems(frame.words).into_iter().map(|problem| problem.message).collect();
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(Told::Refused(why))).into_response());
        }
        let typed = Typed { form, overtaken: false };
        show_with(app, frame, looking, self.asked, Some(typed)).await.unprocessable()
    }

    /// Another grade was saved since the form was made. The same grade once more is no quarrel.
    async fn overtaken(
        self,
        app: &App,
        frame: Frame,
        looking: Looking,
        form: GradeForm,
        grade: &super::Grade,
    ) -> PageResult {
        let student = self.asked.student()?;
        let mut db = app.db.acquire().await?;
        let sheet = store::sheet(&mut db, looking.classroom.id, looking.material, student, looking.staff.id).await?;
        drop(db);
        let sheet = sheet.ok_or(Error::NotFound)?;
        let one = sheet.student.as_ref().ok_or(Error::NotFound)?;
        if one.standing.grade == *grade {
            let saved = (one.standing.version, None);
            return Ok(self.saved((looking.material, one.id), saved, Action::Save, String::new()));
        }
        if self.by_script {
            return Ok((StatusCode::CONFLICT, Json(Told::Overtaken)).into_response());
        }
        // Sent again, it goes over what it was shown beside.
        let form = GradeForm { version: one.standing.version, ..form };
        let typed = Typed { form: FormState::new(form), overtaken: true };
        let mut response = shown(app, frame, looking, self.asked, sheet, Some(typed)).await?;
        *response.status_mut() = StatusCode::CONFLICT;
        Ok(response)
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"application/json"))
}

/// The rules' page of a material.
pub(super) fn rules_path(material: MaterialId) -> String {
    format!("{}/rules", grading::path(material))
}
