//! `/teach/materials/{material}/grading/rules`: looking at a material's grading rules, and making them.

use super::{form::SchemeForm, page, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    grading,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, Staff, TeachingMaterial, ViewingMaterial, see_other,
    },
};
use axum::extract::State;
use shared_types::ids::MaterialId;

/// Shows the rules.
pub async fn show(
    State(app): State<App>,
    ViewingMaterial { staff, classroom, role, material }: ViewingMaterial,
    frame: Frame,
) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let graded = found(&app, &classroom, material).await?;
    let form = FormState::new(SchemeForm::of(&graded.scheme));
    show_with(frame, staff, classroom, (material, graded), form).await
}

/// Makes them. Grades that were given keep their levels as far as the criteria are still there.
pub async fn change(
    State(app): State<App>,
    TeachingMaterial(staff, classroom, material): TeachingMaterial,
    frame: Frame,
    Protected(form): Protected<SchemeForm>,
) -> PageResult {
    let graded = found(&app, &classroom, material).await?;
    let scheme = match form.parse(&graded.scheme) {
        Ok(scheme) => scheme,
        Err(form) => return show_with(frame, staff, classroom, (material, graded), form).await.unprocessable(),
    };
    let mut tx = app.db.begin().await?;
    store::put(&mut tx, material, &scheme, app.clock.now()).await?;
    let criteria = i64::try_from(scheme.rubric.len()).unwrap_or_default();
    let entry = Entry::new("grading_rules_made", Subject::Material(material))
        .within(classroom.organisation)
        .with("most", Detail::Number(scheme.most.0.into()))
        .with("criteria", Detail::Number(criteria));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(grading::path(material)).with_notice(Notice::Saved))
}

async fn found(app: &App, classroom: &Classroom, material: MaterialId) -> Result<store::Graded, Error> {
    let mut db = app.db.acquire().await?;
    store::of_material(&mut db, classroom.id, material).await?.ok_or(Error::NotFound)
}

async fn show_with(
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    (material, graded): (MaterialId, store::Graded),
    form: FormState<SchemeForm>,
) -> PageResult {
    let store::Graded { title, .. } = graded;
    Ok(page::rules(frame, page::Rules { staff, classroom, material, title, form }).await)
}
