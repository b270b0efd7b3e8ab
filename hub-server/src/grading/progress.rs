//! How far the work of a class is: each material in two numbers, and one student's whole work. One statement each,
//! whatever their number.

use super::Points;
use crate::material::Kind;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId, StudentId};
use sqlx::PgConnection;
use std::collections::HashMap;

/// How far one material is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Students of the class.
    pub students: i64,
    /// Those whose work is there.
    pub handed_in: i64,
    /// Those of them who wait for a grade. What does not stand in the gradebook waits for none, so that these add up
    /// to what the list of classes says.
    pub to_grade: i64,
}

/// How far every material of a class is that takes work; or that one of them.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    only: Option<MaterialId>,
) -> sqlx::Result<HashMap<MaterialId, Progress>> {
    let rows = sqlx::query!(
        r#"select m.id as "material: MaterialId", count(g.handed_in_at) as "handed_in!",
                  count(*) filter (where g.needs_grading and t.material_id is not null) as "to_grade!",
                  (select count(*) from students where classroom_id = $1) as "students!"
           from materials m
           join modules u on u.id = m.module_id and u.deleted_at is null
           left join graded_materials t on t.material_id = m.id
           left join grades g on g.material_id = m.id
           where u.classroom_id = $1 and m.deleted_at is null and m.kind <> all ($2)
             and ($3::uuid is null or m.id = $3)
           group by m.id"#,
        classroom.0,
        &takes_no_work(),
        only.map(|material| material.0),
    )
    .fetch_all(db)
    .await?;
    let progress = rows.into_iter().map(|row| {
        let progress = Progress { students: row.students, handed_in: row.handed_in, to_grade: row.to_grade };
        (row.material, progress)
    });
    Ok(progress.collect())
}

/// One student's work on one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    pub material: MaterialId,
    pub module_title: String,
    pub title: String,
    pub due_at: Option<DateTime<Utc>>,
    pub handed_in_at: Option<DateTime<Utc>>,
    pub state: WorkState,
    /// What the teacher gave, after any deduction, whether or not it was returned.
    pub points: Option<Points>,
    /// Most points there are.
    pub most: Points,
}

/// Where one work stands for its teacher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkState {
    /// Nothing is handed in; `overdue` where it should be by now.
    Missing {
        overdue: bool,
    },
    /// It is there, and does not stand in the gradebook.
    HandedIn,
    ToGrade,
    /// Newer work came since it was graded.
    Again,
    /// Graded, and the student has not seen it.
    Draft,
    /// Changed since the student saw it.
    Changed,
    Returned,
    Excused,
}

/// The row of `grades` and what is around it, as far as the state depends on it.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    handed_in: bool,
    overdue: bool,
    /// Stands in the gradebook.
    counts: bool,
    complete: bool,
    needs_grading: bool,
    excused: bool,
    /// The version that is saved, and the one that was returned.
    version: i32,
    returned: Option<i32>,
}

impl WorkState {
    const fn of(marks: &Marks) -> Self {
        match marks.returned {
            _ if marks.needs_grading && marks.complete => Self::Again,
            _ if marks.needs_grading && marks.counts => Self::ToGrade,
            _ if marks.needs_grading => Self::HandedIn,
            _ if marks.excused => Self::Excused,
            Some(returned) if returned == marks.version => Self::Returned,
            Some(_) => Self::Changed,
            None if marks.complete => Self::Draft,
            None if marks.handed_in => Self::HandedIn,
            None => Self::Missing { overdue: marks.overdue },
        }
    }
}

/// Everything a student of the class can hand in, in the order of the class, and where it stands.
pub async fn of_student(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Work>> {
    let rows = sqlx::query!(
        r#"select m.id as "material: MaterialId", u.title as module_title, m.title, m.due_at,
                  g.handed_in_at as "handed_in_at?", g.version as "version?", g.points as "points: Points",
                  g.excused as "excused?", g.complete as "complete?", g.needs_grading as "needs_grading?",
                  g.returned_version as "returned_version?", t.material_id is not null as "counts!",
                  coalesce(s.most, 10000) as "most!: Points",
                  case when s.late = 'deduct' and not g.late_waived
                       then late_deduction(g.points, s.late_percent, g.handed_in_at, m.due_at) end as deducted
           from students p
           join modules u on u.classroom_id = p.classroom_id and u.deleted_at is null
           join materials m on m.module_id = u.id and m.deleted_at is null and m.kind <> all ($3)
           left join grading_schemes s on s.material_id = m.id
           left join graded_materials t on t.material_id = m.id
           left join grades g on g.material_id = m.id and g.student_id = p.id
           where p.classroom_id = $1 and p.id = $2
           order by u.position, u.id, m.position, m.id"#,
        classroom.0,
        student.0,
        &takes_no_work(),
    )
    .fetch_all(db)
    .await?;
    let work = rows.into_iter().map(|row| {
        let marks = Marks {
            handed_in: row.handed_in_at.is_some(),
            overdue: row.due_at.is_some_and(|due| due < now),
            counts: row.counts,
            complete: row.complete.unwrap_or_default(),
            needs_grading: row.needs_grading.unwrap_or_default(),
            excused: row.excused.unwrap_or_default(),
            version: row.version.unwrap_or_default(),
            returned: row.returned_version,
        };
        let points = row.points.filter(|_| !marks.excused);
        let points = points.map(|points| Points(points.0 - row.deducted.unwrap_or_default()));
        Work {
            material: row.material,
            module_title: row.module_title,
            title: row.title,
            due_at: row.due_at,
            handed_in_at: row.handed_in_at,
            state: WorkState::of(&marks),
            points,
            most: row.most,
        }
    });
    Ok(work.collect())
}

/// Kinds that are only there to be read.
fn takes_no_work() -> Vec<String> {
    Kind::ALL.into_iter().filter(|kind| !kind.is_answered()).map(|kind| kind.word().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Marks, WorkState};

    #[test]
    fn a_work_has_one_state() {
        let here = Marks { handed_in: true, counts: true, version: 1, ..Marks::default() };
        for (marks, state) in [
            (Marks::default(), WorkState::Missing { overdue: false }),
            (Marks { overdue: true, ..Marks::default() }, WorkState::Missing { overdue: true }),
            (Marks { needs_grading: true, ..here }, WorkState::ToGrade),
            (Marks { needs_grading: true, counts: false, ..here }, WorkState::HandedIn),
            (Marks { needs_grading: true, complete: true, returned: Some(1), ..here }, WorkState::Again),
            (Marks { complete: true, ..here }, WorkState::Draft),
            (Marks { complete: true, excused: true, returned: Some(1), ..here }, WorkState::Excused),
            (Marks { complete: true, excused: true, version: 0, ..Marks::default() }, WorkState::Excused),
            (Marks { complete: true, returned: Some(1), version: 2, ..here }, WorkState::Changed),
            (Marks { complete: true, returned: Some(1), ..here }, WorkState::Returned),
            // Graded though nothing was handed in.
            (Marks { complete: true, handed_in: false, ..here }, WorkState::Draft),
        ] {
            assert_eq!(WorkState::of(&marks), state, "{marks:?}");
        }
    }
}
