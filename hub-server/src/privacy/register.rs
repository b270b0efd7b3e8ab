//! Every table that holds something about a student. A test walks the database's catalogue and fails where one is
//! missing here; from here it comes into the archive, the page and the deletion.

use crate::{grading::Points, t, web::Words};
use serde_json::Value;
use shared_types::ids::StudentId;
use sqlx::{AssertSqlSafe, PgConnection};

/// A table, and what is to be known about it.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    pub table: &'static str,
    /// The column with the student's id.
    pub column: &'static str,
    /// Columns that are keys to something and would only be dangerous in an archive.
    pub hidden: &'static [&'static str],
    /// Whether its rows go with the student's by foreign key; the others are deleted by name.
    pub goes_along: bool,
    /// What becomes of the rows when a teacher merges two students who are one person.
    pub merge: Merge,
    /// What it is called on the page.
    pub title: fn(Words) -> &'static str,
}

/// What becomes of a student's rows where the student is merged into another. None of them is ever lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// They become the other's; a row that has no place beside one of the other's own is kept in `merged_records`.
    Moves,
    /// They become the other's and are numbered anew in order of time.
    Renumbered,
    /// They mean nothing for the other and are kept in `merged_records`.
    PutAside,
    /// The student's own row.
    Itself,
}

/// All of them.
pub const REGISTER: &[Holding] = &[
    Holding {
        table: "students",
        column: "id",
        hidden: &["return_code_hash", "name_key"],
        goes_along: true,
        merge: Merge::Itself,
        title: |words| t!(words, "data-students"),
    },
    // Before the work they are about: see the triggers on submissions and responses.
    Holding {
        table: "returned_grades",
        column: "student_id",
        hidden: &["returned_by"],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-returned-grades"),
    },
    Holding {
        table: "grades",
        column: "student_id",
        // A teacher's draft and private note: what of it is said to a student is in returned_grades.
        hidden: &[
            "version",
            "points",
            "points_typed",
            "levels",
            "comment",
            "private_note",
            "excused",
            "late_waived",
            "complete",
            "needs_grading",
            "graded_work_at",
            "graded_at",
            "graded_by",
            "returned_version",
        ],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-grades"),
    },
    Holding {
        table: "submissions",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Renumbered,
        title: |words| t!(words, "data-submissions"),
    },
    Holding {
        table: "responses",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-responses"),
    },
    Holding {
        table: "drafts",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-drafts"),
    },
    Holding {
        table: "finished_lessons",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-finished"),
    },
    Holding {
        table: "read_materials",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-read"),
    },
    Holding {
        table: "certificates",
        column: "student_id",
        hidden: &["issued_by", "revoked_by"],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-certificates"),
    },
    Holding {
        table: "sessions",
        column: "student_id",
        hidden: &["token_hash"],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-sessions"),
    },
    Holding {
        table: "student_devices",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-devices"),
    },
    Holding {
        table: "entry_requests",
        column: "student_id",
        hidden: &["browser_hash"],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-entry-requests"),
    },
    Holding {
        table: "return_cards",
        column: "student_id",
        hidden: &["sealed_code"],
        goes_along: true,
        merge: Merge::PutAside,
        title: |words| t!(words, "data-return-cards"),
    },
    Holding {
        table: "helper_events",
        column: "actor_id",
        hidden: &[],
        goes_along: false,
        merge: Merge::Moves,
        title: |words| t!(words, "data-helper-events"),
    },
    Holding {
        table: "helper_concerns",
        column: "student_id",
        hidden: &[],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-helper-concerns"),
    },
    Holding {
        table: "idempotency_keys",
        column: "actor_id",
        hidden: &["key"],
        goes_along: false,
        merge: Merge::Moves,
        title: |words| t!(words, "data-form-keys"),
    },
    Holding {
        table: "merged_records",
        column: "student_id",
        hidden: &["withheld"],
        goes_along: true,
        merge: Merge::Moves,
        title: |words| t!(words, "data-merged"),
    },
];

/// How many rows of each table are about a student, in the register's order.
pub async fn counts(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Vec<(&'static Holding, i64)>> {
    let counts: Vec<String> = REGISTER
        .iter()
        .map(|Holding { table, column, .. }| format!("(select count(*) from {table} where {column} = $1)"))
        .collect();
    let statement = format!("select array[{}]", counts.join(", "));
    let counts: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(statement)).bind(student.0).fetch_one(db).await?;
    Ok(REGISTER.iter().zip(counts).collect())
}

/// The rows of one table that are about a student, as JSON.
pub async fn rows(db: &mut PgConnection, holding: &Holding, student: StudentId) -> sqlx::Result<Value> {
    let Holding { table, column, .. } = holding;
    let statement =
        format!("select coalesce(jsonb_agg(to_jsonb(t) - $2::text[]), '[]') from {table} t where t.{column} = $1");
    let hidden: Vec<&str> = holding.hidden.to_vec();
    let mut rows: Value =
        sqlx::query_scalar(AssertSqlSafe(statement)).bind(student.0).bind(hidden).fetch_one(db).await?;
    for row in rows.as_array_mut().into_iter().flatten() {
        in_points(table, row);
    }
    Ok(rows)
}

/// Says points as they are, `87.5`: the tables have hundredths.
fn in_points(table: &str, row: &mut Value) {
    if table == "merged_records" {
        let of_table = row["table_name"].as_str().unwrap_or_default().to_owned();
        in_points(&of_table, &mut row["record"]);
    }
    if table != "returned_grades" {
        return;
    }
    for column in ["points", "most", "deducted"] {
        let hundredths = row.get(column).and_then(Value::as_i64).and_then(|points| i32::try_from(points).ok());
        if let Some(hundredths) = hundredths {
            row[column] = Points(hundredths).decimal().into();
        }
    }
}

/// Deletes the student and every row about them.
pub async fn delete_all(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<()> {
    for Holding { table, column, .. } in REGISTER.iter().filter(|holding| !holding.goes_along) {
        let statement = format!("delete from {table} where {column} = $1");
        sqlx::query(AssertSqlSafe(statement)).bind(student.0).execute(&mut *tx).await?;
    }
    sqlx::query!("delete from students where id = $1", student.0).execute(tx).await.map(drop)
}
