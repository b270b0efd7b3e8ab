//! Every row about one student becomes the other's, table by table of `privacy::register`. Where a table can hold one
//! row only of both, the other's is kept as it was in `merged_records`. What the register does not know but the
//! database ties to a student is kept there too: nothing goes with the student who goes.

use crate::privacy::register::{Holding, Merge, REGISTER};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use shared_types::ids::{ClassroomId, StudentId};
use sqlx::{AssertSqlSafe, PgConnection};

/// Rows of the keeper that say nothing yet and give way to one of the other's for the same material.
const GIVE_WAY: &[(&str, &str)] = &[("grades", "t.version = 0")];

/// Merging in progress.
struct Merging<'a> {
    tx: &'a mut PgConnection,
    keeper: StudentId,
    other: StudentId,
    now: DateTime<Utc>,
    kept: u64,
}

/// Merges two students of a class; how many rows were put aside, or none where one of them is not there.
pub async fn merge(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    keeper: StudentId,
    other: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<u64>> {
    // Both, always in the same order: two merges at once wait for one another.
    let locked = sqlx::query_scalar!(
        "select id from students where classroom_id = $1 and id in ($2, $3) order by id for update",
        classroom.0,
        keeper.0,
        other.0,
    )
    .fetch_all(&mut *tx)
    .await?;
    if locked.len() != 2 {
        return Ok(None);
    }
    let mut merging = Merging { tx, keeper, other, now, kept: 0 };
    for holding in REGISTER {
        match holding.merge {
            Merge::Moves => merging.take_over(holding).await?,
            Merge::Renumbered => merging.renumber().await?,
            Merge::PutAside => {
                merging.put_aside(holding.table, format!("t.{} = $2", holding.column)).await?;
            }
            Merge::Itself => {}
        }
    }
    merging.forget_what_moving_left().await?;
    merging.one_student().await?;
    Ok(Some(merging.kept))
}

impl Merging<'_> {
    /// The other's rows become the keeper's; those that have no place beside the keeper's own are put aside.
    async fn take_over(&mut self, holding: &Holding) -> sqlx::Result<()> {
        let Holding { table, column, .. } = holding;
        for (empty_in, which) in GIVE_WAY {
            if empty_in == table {
                let of_both = format!(
                    "t.{column} = $1 and {which}
                     and exists (select from {table} o where o.{column} = $2 and o.material_id = t.material_id)"
                );
                self.put_aside(table, of_both).await?;
            }
        }
        for others in unique_with(self.tx, table, column).await? {
            let same: Vec<String> =
                others.iter().map(|name| format!("k.{name} is not distinct from t.{name}")).collect();
            let clash = format!(
                "t.{column} = $2 and exists (select from {table} k where k.{column} = $1{}{})",
                if same.is_empty() { "" } else { " and " },
                same.join(" and "),
            );
            self.put_aside(table, clash).await?;
        }
        let statement = format!("update {table} set {column} = $1 where {column} = $2");
        sqlx::query(AssertSqlSafe(statement)).bind(self.keeper.0).bind(self.other.0).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Files keep the order in which they were handed in. Numbers go up out of the way first: two versions never have
    /// the same.
    async fn renumber(&mut self) -> sqlx::Result<()> {
        sqlx::query!(
            "update submissions set student_id = $1, version = version + 1000000 where student_id = $2",
            self.keeper.0,
            self.other.0,
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query!(
            "update submissions set version = version + 2000000
             where student_id = $1
               and material_id in (select material_id from submissions where student_id = $1 and version > 1000000)",
            self.keeper.0,
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query!(
            "update submissions set version = n.version
             from (select id, row_number() over (partition by material_id order by submitted_at, id) as version
                   from submissions where student_id = $1 and version > 2000000) n
             where submissions.id = n.id",
            self.keeper.0,
        )
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// While work moves, triggers note for the other that there is none of it any more. Such rows were nobody's.
    async fn forget_what_moving_left(&mut self) -> sqlx::Result<()> {
        sqlx::query!("delete from grades where student_id = $1 and version = 0 and handed_in_at is null", self.other.0,)
            .execute(&mut *self.tx)
            .await
            .map(drop)
    }

    /// What is left of the other is a row of `students`, which is put aside too.
    async fn one_student(&mut self) -> sqlx::Result<()> {
        sqlx::query!(
            "update students k
             set joined_at = least(k.joined_at, o.joined_at), last_seen_at = greatest(k.last_seen_at, o.last_seen_at)
             from students o where k.id = $1 and o.id = $2",
            self.keeper.0,
            self.other.0,
        )
        .execute(&mut *self.tx)
        .await?;
        self.put_aside("students", "t.id = $2".to_owned()).await
    }

    /// Takes the rows `t` of a table away and keeps them as JSON; first what hangs at them and would go along.
    /// `which` may speak of `$1`, the keeper, and `$2`, the other.
    fn put_aside<'s>(&'s mut self, table: &'s str, which: String) -> BoxFuture<'s, sqlx::Result<()>> {
        Box::pin(async move {
            for Child { table: child, columns, parents } in children(self.tx, table).await? {
                let of_t =
                    |names: &[String]| names.iter().map(|name| format!("t.{name}")).collect::<Vec<_>>().join(", ");
                // In the inner statement `t` is the table, outside it is the child.
                let hanging =
                    format!("({}) in (select {} from {table} t where {which})", of_t(&columns), of_t(&parents));
                self.put_aside(&child, hanging).await?;
            }
            let hidden: Vec<&str> = REGISTER
                .iter()
                .filter(|holding| holding.table == table)
                .flat_map(|holding| holding.hidden.iter().copied())
                .collect();
            let statement = format!(
                "with gone as (delete from {table} t where {which} returning t.*)
                 insert into merged_records (id, student_id, table_name, record, withheld, merged_at)
                 select gen_random_uuid(), $1, $3, to_jsonb(gone) - $4::text[],
                        to_jsonb(gone) - array(select key from jsonb_object_keys(to_jsonb(gone)) key
                                               where key <> all($4::text[])), $5
                 from gone where $2::uuid is not null",
            );
            let kept = sqlx::query(AssertSqlSafe(statement))
                .bind(self.keeper.0)
                .bind(self.other.0)
                .bind(table)
                .bind(hidden)
                .bind(self.now)
                .execute(&mut *self.tx)
                .await?;
            self.kept += kept.rows_affected();
            Ok(())
        })
    }
}

/// The other columns of every unique index that the column is part of.
async fn unique_with(tx: &mut PgConnection, table: &str, column: &str) -> sqlx::Result<Vec<Vec<String>>> {
    let rows = sqlx::query_scalar!(
        r#"select array_agg(a.attname::text) as "columns!: Vec<String>"
           from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
           where i.indrelid = $1::text::regclass and i.indisunique
           group by i.indexrelid having bool_or(a.attname = $2)"#,
        table,
        column,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|names| names.into_iter().filter(|name| name != column).collect()).collect())
}

/// A table whose rows go with those they belong to.
struct Child {
    table: String,
    /// The columns of the foreign key, and those they name, in the same order.
    columns: Vec<String>,
    parents: Vec<String>,
}

/// The tables whose rows go along when a row of this one is deleted.
async fn children(tx: &mut PgConnection, table: &str) -> sqlx::Result<Vec<Child>> {
    sqlx::query_as!(
        Child,
        r#"select c.conrelid::regclass::text as "table!",
                  array(select a.attname::text from unnest(c.conkey) with ordinality k (number, place)
                        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place)
                      as "columns!: Vec<String>",
                  array(select a.attname::text from unnest(c.confkey) with ordinality k (number, place)
                        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number order by k.place)
                      as "parents!: Vec<String>"
           from pg_constraint c
           where c.contype = 'f' and c.confdeltype = 'c' and c.confrelid = $1::text::regclass
             and c.conrelid <> c.confrelid and c.conrelid <> 'merged_records'::regclass
           order by 1"#,
        table,
    )
    .fetch_all(tx)
    .await
}
