//! Returning grades: what a teacher made becomes what the student sees.

use super::scheme;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    grading, t,
    ui::frame::{Frame, StaffPage, render},
    web::{
        Error, Nothing, Notice, PageResult, Protected, Respond, Staff, TeachingMaterial, ViewingMaterial, see_other,
    },
};
use axum::extract::State;
use chrono::{DateTime, Utc};
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, PageHeader, PostForm, Weight};
use leptos::prelude::*;
use shared_types::ids::{ClassroomId, MaterialId, StaffId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// `GET …/grading/return`: how many would be returned.
pub async fn ask(
    State(app): State<App>,
    ViewingMaterial { staff, classroom, role, material }: ViewingMaterial,
    frame: Frame,
) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let mut db = app.db.acquire().await?;
    let graded = scheme::store::of_material(&mut db, classroom.id, material).await?.ok_or(Error::NotFound)?;
    let waiting = to_return(&mut db, material).await?;
    drop(db);
    Ok(render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let back = grading::path(material);
        let action = format!("{back}/return");
        let send = (waiting > 0).then(|| {
            view! {
                <PostForm action csrf>
                    <Actions>
                        <Button>{t!(words, "returning-all")}</Button>
                        <ButtonLink href=back.clone() weight=Weight::Quiet>{t!(words, "form-cancel")}</ButtonLink>
                    </Actions>
                </PostForm>
            }
        });
        view! {
            <StaffPage frame title=t!(words, "returning-title") staff classroom>
                <BackLink href=grading::path(material)>{t!(words, "scheme-back")}</BackLink>
                <PageHeader title=t!(words, "returning-title") lead=graded.title />
                <p>{t!(words, "returning-count", count = waiting)}</p>
                <p>{t!(words, "returning-text")}</p>
                {send}
            </StaffPage>
        }
    })
    .await)
}

/// `POST …/grading/return`: returns every grade of the material that is complete.
pub async fn return_all(
    State(app): State<App>,
    TeachingMaterial(staff, classroom, material): TeachingMaterial,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let returned = give_back(&mut tx, classroom.id, (material, None), staff.id, app.clock.now()).await?;
    let entry = Entry::new("grades_returned", Subject::Material(material))
        .within(classroom.organisation)
        .with("count", Detail::Number(i64::try_from(returned).unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(grading::path(material)).with_notice(Notice::GradesReturned))
}

/// Returns one grade that was just saved.
pub async fn return_one(
    tx: &mut PgConnection,
    app: &App,
    staff: &Staff,
    classroom: &Classroom,
    (material, student): (MaterialId, StudentId),
) -> sqlx::Result<()> {
    give_back(tx, classroom.id, (material, Some(student)), staff.id, app.clock.now()).await?;
    let entry = Entry::new("grade_returned", Subject::Student(student))
        .within(classroom.organisation)
        .with("material", Detail::Id(material.0));
    audit::record(tx, app, staff, entry).await
}

/// How many grades of a material are complete and not returned.
async fn to_return(db: &mut PgConnection, material: MaterialId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from grades
           where material_id = $1 and complete and returned_version is distinct from version"#,
        material.0,
    )
    .fetch_one(db)
    .await
}

/// Copies complete grades to where students see them, with the rubric as it is now and what is lost for being late;
/// returns how many.
async fn give_back(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    (material, student): (MaterialId, Option<StudentId>),
    staff: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let returned = sqlx::query!(
        "with given as (
             update grades g set returned_version = g.version
             from materials m
             join modules u on u.id = m.module_id and u.classroom_id = $1
             left join grading_schemes s on s.material_id = m.id
             where g.material_id = m.id and m.id = $2 and ($3::uuid is null or g.student_id = $3)
               and g.complete and g.returned_version is distinct from g.version
             returning g.*, coalesce(s.most, 10000) as most, coalesce(s.rubric, '[]') as rubric,
                       case when s.late = 'deduct' and not g.late_waived
                            then late_deduction(g.points, s.late_percent, g.handed_in_at, m.due_at)
                            else 0 end as deducted,
                       coalesce(g.handed_in_at > m.due_at, false) and not g.late_waived as late)
         insert into returned_grades (material_id, student_id, version, points, most, deducted, rubric, levels, comment,
                                      excused, late, work_at, returned_at, returned_by)
         select material_id, student_id, version, points - deducted, most, deducted, rubric, levels, comment,
                excused, late, graded_work_at, $4, $5
         from given
         on conflict (material_id, student_id) do update
             set version = excluded.version, points = excluded.points, most = excluded.most,
                 deducted = excluded.deducted, rubric = excluded.rubric, levels = excluded.levels,
                 comment = excluded.comment, excused = excluded.excused, late = excluded.late,
                 work_at = excluded.work_at, returned_at = excluded.returned_at, returned_by = excluded.returned_by",
        classroom.0,
        material.0,
        student.map(Uuid::from),
        now,
        staff.0,
    )
    .execute(tx)
    .await?;
    Ok(returned.rows_affected())
}
