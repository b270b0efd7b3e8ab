//! The gradebook's look at `grades`: the whole table in three statements, and changing many cells in one.

use super::{Cell, Change, Column, Gradebook, Line, Value};
use crate::grading::Points;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId, ModuleId, StaffId, StudentId};
use sqlx::{PgConnection, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

/// The table of a class.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Gradebook> {
    let lines = sqlx::query_as!(
        Line,
        r#"select id as "student: StudentId", display_name from students
           where classroom_id = $1 order by name_key, id"#,
        classroom.0,
    )
    .fetch_all(&mut *db)
    .await?;
    let columns = sqlx::query_as!(
        Column,
        r#"select t.material_id as "material!: MaterialId", t.module_id as "module!: ModuleId",
                  u.title as module_title, t.title as "title!", t.most as "most!: Points", t.due_at
           from graded_materials t join modules u on u.id = t.module_id
           where t.classroom_id = $1
           order by t.module_position, t.module_id, t.material_position, t.material_id"#,
        classroom.0,
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(Gradebook { columns, lines, cells: cells(db, classroom).await? })
}

async fn cells(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<HashMap<(StudentId, MaterialId), Cell>> {
    let rows = sqlx::query!(
        r#"select g.student_id as "student: StudentId", g.material_id as "material: MaterialId", g.version,
                  g.points as "points: Points", g.excused, g.handed_in_at is not null as "handed_in!",
                  g.needs_grading, coalesce(g.handed_in_at > t.due_at, false) and not g.late_waived as "late!",
                  g.complete and g.returned_version is distinct from g.version as "unreturned!",
                  case when t.late = 'deduct' and not g.late_waived
                       then late_deduction(g.points, t.late_percent, g.handed_in_at, t.due_at) else 0 end
                      as "deducted!: Points"
           from graded_materials t join grades g on g.material_id = t.material_id
           where t.classroom_id = $1"#,
        classroom.0,
    )
    .fetch_all(db)
    .await?;
    let cell = rows.into_iter().map(|row| {
        let cell = Cell {
            version: row.version,
            points: row.points,
            deducted: row.deducted,
            excused: row.excused,
            handed_in: row.handed_in,
            needs_grading: row.needs_grading,
            late: row.late,
            unreturned: row.unreturned,
        };
        ((row.student, row.material), cell)
    });
    Ok(cell.collect())
}

/// Makes changes; returns how many could be made. Fewer than were asked for means that a grade was changed meanwhile,
/// or that a student or a material is not of the class: then the caller goes back.
pub async fn change(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    changes: &[Change],
    staff: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<usize> {
    let students: Vec<Uuid> = changes.iter().map(|change| change.student.0).collect();
    let materials: Vec<Uuid> = changes.iter().map(|change| change.material.0).collect();
    let versions: Vec<i32> = changes.iter().map(|change| change.version).collect();
    // -1 stands for none: the points of a list cannot be missing.
    let points: Vec<i32> = changes
        .iter()
        .map(|change| match change.to {
            Value::Points(points) => points.0,
            Value::Empty | Value::Excused => -1,
        })
        .collect();
    let excused: Vec<bool> = changes.iter().map(|change| change.to == Value::Excused).collect();
    let changed = sqlx::query!(
        "insert into grades as g (material_id, student_id, version, points, points_typed, excused, complete, graded_at,
                                  graded_by)
         select w.material_id, w.student_id, w.version + 1, nullif(w.points, -1), w.points >= 0, w.excused,
                w.excused or w.points >= 0, $7, $8
         from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::integer[], $5::boolean[])
                  as w(student_id, material_id, version, points, excused)
         join students p on p.id = w.student_id and p.classroom_id = $6
         join graded_materials t on t.material_id = w.material_id and t.classroom_id = $6
         on conflict (material_id, student_id) do update
             -- Points stay under an excuse, so that it can be taken back.
             set points = case when excluded.excused then g.points else excluded.points end,
                 points_typed = case when excluded.excused then g.points_typed else excluded.points_typed end,
                 excused = excluded.excused, complete = excluded.complete, version = excluded.version,
                 graded_work_at = g.handed_in_at, graded_at = excluded.graded_at, graded_by = excluded.graded_by
             where g.version = excluded.version - 1",
        &students,
        &materials,
        &versions,
        &points,
        &excused,
        classroom.0,
        now,
        staff.0,
    )
    .execute(tx)
    .await?;
    Ok(usize::try_from(changed.rows_affected()).unwrap_or(usize::MAX))
}

/// Keeps what a gradebook that was sent in would change.
pub async fn keep_import(
    tx: &mut PgConnection,
    id: Uuid,
    classroom: ClassroomId,
    staff: StaffId,
    changes: &[Change],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gradebook_imports (id, classroom_id, staff_id, changes, created_at) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set changes = excluded.changes",
        id,
        classroom.0,
        staff.0,
        Json(changes) as _,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// What a gradebook that a teacher sent in would change.
pub async fn import(
    db: &mut PgConnection,
    classroom: ClassroomId,
    staff: StaffId,
    id: Uuid,
) -> sqlx::Result<Option<Vec<Change>>> {
    let changes = sqlx::query_scalar!(
        r#"select changes as "changes: Json<Vec<Change>>" from gradebook_imports
           where id = $1 and classroom_id = $2 and staff_id = $3"#,
        id,
        classroom.0,
        staff.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(changes.map(|changes| changes.0))
}

/// Forgets one that was applied; false where it is gone already.
pub async fn forget_import(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from gradebook_imports where id = $1", id).execute(tx).await?;
    Ok(gone.rows_affected() == 1)
}

/// Forgets what nobody applied within a day; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let oldest = now - chrono::Duration::days(1);
    let gone = sqlx::query!("delete from gradebook_imports where created_at < $1", oldest).execute(tx).await?;
    Ok(gone.rows_affected())
}
