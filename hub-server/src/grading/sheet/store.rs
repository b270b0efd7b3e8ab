//! The table `grades`, one sheet at a time. No statement here costs more where there is more work to grade.

use super::{Around, Grade, Listed, OneStudent, Place, Sheet, Standing, Version, asked::Show};
use crate::{
    grading::{
        Points,
        desk::{BankComment, Desk},
        scheme::{Late, store::Row as SchemeRow},
    },
    material::{Answer, Criterion, Settings},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, MaterialId, StaffId, StudentId};
use sqlx::{PgConnection, types::Json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How far work that waits is counted: more is "many".
pub const COUNTED: i64 = 100;
/// How many students can be chosen from a list, and how many works are counted to say which of them this one is. Classes
/// are smaller; where one is not, it has no such list and no such number.
pub const LISTED: i64 = 300;

/// The sheet of a material of the class, for a teacher. Without a `student` it is the first who waits for a grade, else
/// the first who handed in. None where the class has no such material, or no such student.
pub async fn sheet(
    db: &mut PgConnection,
    classroom: ClassroomId,
    material: MaterialId,
    student: Option<StudentId>,
    staff: StaffId,
) -> sqlx::Result<Option<Sheet>> {
    let row = sqlx::query!(
        r#"select m.title, m.settings as "settings: Json<Settings>", m.due_at,
                  s.most as "most?: Points", s.rubric as "rubric?: Json<Vec<Criterion>>", s.counts as "counts?",
                  s.late as "late?: Late", s.late_percent as "late_percent?", s.resubmission as "resubmission?",
                  p.id as "student?: StudentId", p.display_name as "display_name?",
                  g.version as "version?", g.points as "points: Points", g.points_typed as "points_typed?",
                  g.levels as "levels?: Json<BTreeMap<String, usize>>", g.comment as "comment?",
                  g.private_note as "private_note?", g.excused as "excused?", g.late_waived as "late_waived?",
                  g.complete as "complete?", g.needs_grading as "needs_grading?", g.handed_in_at, g.graded_at,
                  g.returned_version, b.display_name as "graded_by?",
                  case when s.late = 'deduct' and not g.late_waived
                       then late_deduction(g.points, s.late_percent, g.handed_in_at, m.due_at) end as deducted,
                  r.answer as "answer?: Json<Answer>",
                  (select jsonb_agg(jsonb_build_object('id', v.id, 'version', v.version, 'file', v.file_id,
                              'file_name', v.file_name, 'bytes', f.bytes, 'note', v.note,
                              'has_thumbnail', v.thumbnail_id is not null, 'submitted_at', v.submitted_at)
                          order by v.version desc)
                   from submissions v join stored_files f on f.id = v.file_id
                   where v.student_id = p.id and v.material_id = m.id and v.withdrawn_at is null)
                      as "versions: Json<Vec<Version>>",
                  (select jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text) order by c.created_at, c.id)
                   from comment_bank c where c.staff_id = $4) as "comments: Json<Vec<BankComment>>",
                  coalesce(d.keys_off, false) as "keys_off!", coalesce(d.hide_names, false) as "hide_names!"
           from materials m
           join modules u on u.id = m.module_id and u.deleted_at is null
           left join grading_schemes s on s.material_id = m.id
           left join grading_preferences d on d.staff_id = $4
           left join students p on p.classroom_id = u.classroom_id and p.id = coalesce($3,
               (select student_id from grades where material_id = $2 and needs_grading
                order by handed_in_at, student_id limit 1),
               (select student_id from grades where material_id = $2 and handed_in_at is not null
                order by handed_in_at, student_id limit 1))
           left join grades g on g.material_id = m.id and g.student_id = p.id
           left join staff b on b.id = g.graded_by
           left join responses r on r.material_id = m.id and r.student_id = p.id and r.handed_in_at is not null
           where u.classroom_id = $1 and m.id = $2 and m.deleted_at is null"#,
        classroom.0,
        material.0,
        student.map(Uuid::from),
        staff.0,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let settings = row.settings.0;
    let scheme = SchemeRow {
        most: row.most,
        rubric: row.rubric,
        counts: row.counts,
        late: row.late,
        late_percent: row.late_percent,
        resubmission: row.resubmission,
    };
    let grade = Grade {
        points: row.points,
        points_typed: row.points_typed.unwrap_or_default(),
        levels: row.levels.map(|levels| levels.0).unwrap_or_default(),
        comment: row.comment.unwrap_or_default(),
        private_note: row.private_note.unwrap_or_default(),
        excused: row.excused.unwrap_or_default(),
        late_waived: row.late_waived.unwrap_or_default(),
    };
    let standing = Standing {
        grade,
        version: row.version.unwrap_or_default(),
        complete: row.complete.unwrap_or_default(),
        needs_grading: row.needs_grading.unwrap_or_default(),
        handed_in_at: row.handed_in_at,
        graded_at: row.graded_at,
        graded_by: row.graded_by,
        returned_version: row.returned_version,
        deducted: Points(row.deducted.unwrap_or_default()),
    };
    let one = row.student.zip(row.display_name).map(|(id, display_name)| OneStudent {
        id,
        display_name,
        standing,
        answer: row.answer.map(|answer| answer.0),
        versions: row.versions.map(|versions| versions.0).unwrap_or_default(),
    });
    if student.is_some() && one.is_none() {
        return Ok(None);
    }
    Ok(Some(Sheet {
        material,
        title: row.title,
        scheme: scheme.or_default(settings.kind()),
        settings,
        due_at: row.due_at,
        student: one,
        desk: Desk {
            keys_off: row.keys_off,
            hide_names: row.hide_names,
            comments: row.comments.map(|comments| comments.0).unwrap_or_default(),
        },
    }))
}

/// A sheet, as its neighbours are found from it.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    pub material: MaterialId,
    pub student: StudentId,
    /// When this student's work came in.
    pub handed_in_at: Option<DateTime<Utc>>,
    /// Only works without a level for this criterion count as ungraded.
    pub criterion: Option<&'a str>,
}

/// Neighbours within what is shown; `$shown` is the condition on `n`.
macro_rules! around {
    ($db:expr, $classroom:expr, $place:expr, $due_at:expr, $shown:tt) => {
        sqlx::query!(
            r#"select
                   (select n.student_id from grades n
                    where n.material_id = $1 and (n.handed_in_at, n.student_id) < ($2, $3) and "# + $shown + r#"
                    order by n.handed_in_at desc, n.student_id desc limit 1) as "previous: StudentId",
                   (select n.student_id from grades n
                    where n.material_id = $1 and (n.handed_in_at, n.student_id) > ($2, $3) and "# + $shown + r#"
                    order by n.handed_in_at, n.student_id limit 1) as "next: StudentId",
                   array(select n.student_id from grades n
                         where n.material_id = $1 and n.needs_grading and (n.handed_in_at, n.student_id) > ($2, $3)
                           and ($4::text is null or not n.levels ? $4)
                         order by n.handed_in_at, n.student_id limit 2) as "after!: Vec<StudentId>",
                   array(select n.student_id from grades n
                         where n.material_id = $1 and n.needs_grading and (n.handed_in_at, n.student_id) < ($2, $3)
                           and ($4::text is null or not n.levels ? $4)
                         order by n.handed_in_at, n.student_id limit 2) as "before!: Vec<StudentId>",
                   (select count(*) from (select from grades where material_id = $1 and needs_grading limit $5) c)
                       as "to_do!",
                   (select count(*) from (select from grades where material_id = $1 and complete
                                          and returned_version is distinct from version limit $5) c) as "to_return!",
                   (select count(*) from (select from grades n
                                          where n.material_id = $1 and (n.handed_in_at, n.student_id) <= ($2, $3)
                                            and "# + $shown + r#" limit $7) c) as "number!",
                   (select count(*) from (select from grades n
                                          where n.material_id = $1 and "# + $shown + r#" limit $7) c) as "of!",
                   exists (select from grades n
                           where n.material_id = $1 and n.student_id = $3 and "# + $shown + r#") as "is_shown!",
                   (select jsonb_agg(l) from (
                        select p.id, p.display_name, g.handed_in_at is not null as handed_in,
                               coalesce(g.needs_grading, false) as needs_grading
                        from students p left join grades g on g.student_id = p.id and g.material_id = $1
                        where p.classroom_id = $8 order by p.name_key, p.id limit $9) l)
                       as "students: Json<Vec<Listed>>",
                   $6::timestamptz as due_at"#,
            $place.material.0,
            $place.handed_in_at.unwrap_or(EARLIEST),
            $place.student.0,
            $place.criterion,
            COUNTED,
            $due_at,
            LISTED,
            $classroom.0,
            LISTED + 1,
        )
        .fetch_one($db)
        .await
        .map(|row| Around {
            previous: row.previous,
            next: row.next,
            ungraded: row.after.into_iter().chain(row.before).take(2).collect(),
            to_do: row.to_do,
            to_return: row.to_return,
            place: (row.is_shown && row.of < LISTED).then_some(Place { number: row.number, of: row.of }),
            students: row
                .students
                .map(|students| students.0)
                .filter(|students| i64::try_from(students.len()).is_ok_and(|count| count <= LISTED))
                .unwrap_or_default(),
        })
    };
}

/// Before any work; students who handed nothing in stand there.
const EARLIEST: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Where one can go from here.
pub async fn around(
    db: &mut PgConnection,
    classroom: ClassroomId,
    place: Here<'_>,
    show: Show,
    due_at: Option<DateTime<Utc>>,
) -> sqlx::Result<Around> {
    match show {
        Show::All => around!(db, classroom, place, due_at, "n.handed_in_at is not null"),
        Show::Ungraded => around!(db, classroom, place, due_at, "n.needs_grading"),
        Show::Late => around!(db, classroom, place, due_at, "n.handed_in_at > $6"),
        Show::Unreturned => {
            around!(db, classroom, place, due_at, "n.complete and n.returned_version is distinct from n.version")
        }
    }
}

/// A grade to be saved.
#[derive(Clone, Copy, Debug)]
pub struct Saving<'a> {
    pub classroom: ClassroomId,
    pub place: Here<'a>,
    /// The version the form was made from.
    pub version: i32,
    pub grade: &'a Grade,
    pub complete: bool,
    pub staff: StaffId,
}

/// What came of saving.
#[derive(Clone, Copy, Debug)]
pub struct Saved {
    /// None where nothing was saved: the grade was changed meanwhile, or there is no such student in the class.
    pub version: Option<i32>,
    /// Who waits for a grade next; after the last comes the first.
    pub next: Option<StudentId>,
    /// How many others wait for a grade, counted up to [`COUNTED`].
    pub others: i64,
}

/// Saves a grade made from `version`, and finds who waits next, in one statement.
pub async fn save(tx: &mut PgConnection, saving: Saving<'_>, now: DateTime<Utc>) -> sqlx::Result<Saved> {
    let Saving { classroom, place, version, grade, complete, staff } = saving;
    sqlx::query!(
        r#"with saved as (
               insert into grades as g (material_id, student_id, version, points, points_typed, levels, comment,
                                        private_note, excused, late_waived, complete, graded_work_at, graded_at,
                                        graded_by)
               select $1, p.id, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
               from students p where p.id = $2 and p.classroom_id = $3
               on conflict (material_id, student_id) do update
                   set version = g.version + 1, points = excluded.points, points_typed = excluded.points_typed,
                       levels = excluded.levels, comment = excluded.comment, private_note = excluded.private_note,
                       excused = excluded.excused, late_waived = excluded.late_waived, complete = excluded.complete,
                       graded_work_at = excluded.graded_work_at, graded_at = excluded.graded_at,
                       graded_by = excluded.graded_by
                   where g.version = $15
               returning g.version)
           select (select version from saved) as version,
                  coalesce(
                      (select n.student_id from grades n
                       where n.material_id = $1 and n.needs_grading and (n.handed_in_at, n.student_id) > ($16, $2)
                         and ($17::text is null or not n.levels ? $17)
                       order by n.handed_in_at, n.student_id limit 1),
                      (select n.student_id from grades n
                       where n.material_id = $1 and n.needs_grading and (n.handed_in_at, n.student_id) < ($16, $2)
                         and ($17::text is null or not n.levels ? $17)
                       order by n.handed_in_at, n.student_id limit 1)) as "next: StudentId",
                  (select count(*) from (select from grades where material_id = $1 and needs_grading
                                         and student_id <> $2 limit $18) c) as "others!""#,
        place.material.0,
        place.student.0,
        classroom.0,
        grade.points.map(|points| points.0),
        grade.points_typed,
        Json(&grade.levels) as _,
        grade.comment,
        grade.private_note,
        grade.excused,
        grade.late_waived,
        complete,
        place.handed_in_at,
        now,
        staff.0,
        version,
        place.handed_in_at.unwrap_or(EARLIEST),
        place.criterion,
        COUNTED,
    )
    .fetch_one(tx)
    .await
    .map(|row| Saved { version: row.version, next: row.next, others: row.others })
}
