//! The table `grading_schemes`.

use super::{Late, Scheme};
use crate::{
    grading::Points,
    material::{Criterion, Kind},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId};
use sqlx::{PgConnection, types::Json};

/// The columns of a left join to `grading_schemes`; all there or none.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub most: Option<Points>,
    pub rubric: Option<Json<Vec<Criterion>>>,
    pub counts: Option<bool>,
    pub late: Option<Late>,
    pub late_percent: Option<i16>,
    pub resubmission: Option<bool>,
}

impl Row {
    /// The rules, or the defaults of this kind.
    pub fn or_default(self, kind: Kind) -> Scheme {
        let default = Scheme::default_of(kind);
        Scheme {
            most: self.most.unwrap_or(default.most),
            rubric: self.rubric.map(|rubric| rubric.0).unwrap_or_default(),
            counts: self.counts.unwrap_or(default.counts),
            late: self.late.unwrap_or(default.late),
            late_percent: self.late_percent.unwrap_or(default.late_percent),
            resubmission: self.resubmission.unwrap_or(default.resubmission),
        }
    }
}

/// A material of the class with its rules.
#[derive(Clone, Debug)]
pub struct Graded {
    pub title: String,
    pub kind: Kind,
    pub due_at: Option<DateTime<Utc>>,
    pub scheme: Scheme,
}

/// How a material of the class is graded.
pub async fn of_material(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: MaterialId,
) -> sqlx::Result<Option<Graded>> {
    let row = sqlx::query!(
        r#"select m.title, m.kind as "kind: Kind", m.due_at, s.most as "most?: Points",
                  s.rubric as "rubric?: Json<Vec<Criterion>>", s.counts as "counts?", s.late as "late?: Late",
                  s.late_percent as "late_percent?", s.resubmission as "resubmission?"
           from materials m
           join modules u on u.id = m.module_id and u.deleted_at is null
           left join grading_schemes s on s.material_id = m.id
           where u.classroom_id = $1 and m.id = $2 and m.deleted_at is null"#,
        classroom.0,
        material.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let scheme = Row {
            most: row.most,
            rubric: row.rubric,
            counts: row.counts,
            late: row.late,
            late_percent: row.late_percent,
            resubmission: row.resubmission,
        };
        Graded { title: row.title, kind: row.kind, due_at: row.due_at, scheme: scheme.or_default(row.kind) }
    }))
}

/// Makes the rules of a material that was found in the class.
pub async fn put(tx: &mut PgConnection, material: MaterialId, scheme: &Scheme, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into grading_schemes (material_id, most, rubric, counts, late, late_percent, resubmission, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (material_id) do update
             set most = excluded.most, rubric = excluded.rubric, counts = excluded.counts, late = excluded.late,
                 late_percent = excluded.late_percent, resubmission = excluded.resubmission,
                 updated_at = excluded.updated_at",
        material.0,
        scheme.most.0,
        Json(&scheme.rubric) as _,
        scheme.counts,
        scheme.late.slug(),
        scheme.late_percent,
        scheme.resubmission,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Grades copies of materials as their originals are graded; pairs of the original's id and the copy's.
pub async fn copy_all(tx: &mut PgConnection, copies: &[(uuid::Uuid, uuid::Uuid)]) -> sqlx::Result<()> {
    let (originals, copies): (Vec<_>, Vec<_>) = copies.iter().copied().unzip();
    sqlx::query!(
        "insert into grading_schemes
             (material_id, most, rubric, counts, late, late_percent, resubmission, updated_at)
         select p.copy, most, rubric, counts, late, late_percent, resubmission, updated_at
         from grading_schemes s join unnest($1::uuid[], $2::uuid[]) as p (original, copy) on p.original = s.material_id
         on conflict (material_id) do nothing",
        &originals,
        &copies,
    )
    .execute(tx)
    .await
    .map(drop)
}
