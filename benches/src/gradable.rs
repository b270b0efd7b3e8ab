//! A class of its own with one material to grade, in which everybody handed in a program of two kilobytes.

use crate::system::System;
use anyhow::Context;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::{fs, path::Path};
use uuid::Uuid;

/// The class and its material.
#[derive(Clone, Copy, Debug)]
pub struct Gradable {
    pub classroom: Uuid,
    file: Uuid,
    pub material: Uuid,
    pub works: i32,
}

impl Gradable {
    /// Puts it beside the class of the demo, with a rubric of four criteria.
    pub async fn put(db: &PgPool, system: &System, works: i32) -> anyhow::Result<Self> {
        let (classroom, material): (Uuid, Uuid) = sqlx::query_as(
            "with class as (
                 insert into hub.classrooms (id, organisation_id, name, code, created_at)
                 select gen_random_uuid(), organisation_id, 'Proof of grading',
                        translate(upper(substr(md5(random()::text), 1, 8)), '01', 'XY'), now()
                 from hub.classrooms where code = replace($1, '-', '') returning id),
             module as (
                 insert into hub.modules (id, classroom_id, title, position, created_at)
                 select gen_random_uuid(), id, 'Proof run', 1, now() from class returning id, classroom_id),
             material as (
                 insert into hub.materials (id, module_id, kind, title, position, settings, created_at, updated_at)
                 select gen_random_uuid(), id, 'upload', 'Proof run', 1,
                        '{\"kind\": \"upload\", \"source\": \"\", \"html\": \"\", \"accepted\": [], \"max_bytes\": 1000000,
                          \"naming\": null}', now(), now() from module returning id)
             select module.classroom_id, material.id from module, material",
        )
        .bind(&system.class_code)
        .fetch_one(db)
        .await
        .context("a class to grade")?;
        sqlx::query("insert into hub.grading_schemes values ($1, 1200, $2, true, 'mark', 10, true, now())")
            .bind(material)
            .bind(rubric())
            .execute(db)
            .await?;
        let file = keep(db, system).await?;
        sqlx::query(
            "with people as (
                 insert into hub.students (id, classroom_id, display_name, name_key, return_code_hash, joined_at,
                                           last_seen_at)
                 select gen_random_uuid(), $1, 'Student ' || n, 'student ' || n, '', now(), now()
                 from generate_series(1, $4) n returning id)
             insert into hub.submissions (id, material_id, student_id, version, file_id, file_name, submitted_at)
             select gen_random_uuid(), $2, id, 1, $3, 'lamp.py', now() - random() * interval '3 days' from people",
        )
        .bind(classroom)
        .bind(material)
        .bind(file)
        .bind(works)
        .execute(db)
        .await
        .context("work to grade")?;
        sqlx::query("analyze hub.grades").execute(db).await?;
        Ok(Self { classroom, file, material, works })
    }

    /// As if nobody had graded anything yet; of every ten works `graded` stay graded.
    pub async fn forget_grades(self, db: &PgPool, graded: i32) -> anyhow::Result<()> {
        sqlx::query(
            "update hub.grades g
             set version = 0, points = null, levels = '{}', comment = '', complete = n.number % 10 < $2,
                 graded_work_at = case when n.number % 10 < $2 then handed_in_at end, graded_at = null
             from (select student_id, row_number() over (order by student_id) as number
                   from hub.grades where material_id = $1) n
             where g.material_id = $1 and g.student_id = n.student_id",
        )
        .bind(self.material)
        .bind(graded)
        .execute(db)
        .await?;
        Ok(())
    }

    /// Takes the class away again, with everything in it.
    pub async fn remove(self, db: &PgPool) -> anyhow::Result<()> {
        sqlx::query("delete from hub.classrooms where id = $1").bind(self.classroom).execute(db).await?;
        sqlx::query("delete from hub.stored_files where id = $1").bind(self.file).execute(db).await?;
        Ok(())
    }
}

fn rubric() -> serde_json::Value {
    let level = |points: u32| serde_json::json!({ "title": format!("Level {points}"), "points": points });
    let criterion = |number: u32| {
        let levels: Vec<_> = (0..4).map(level).collect();
        serde_json::json!({ "id": format!("c{number}"), "title": format!("Criterion {number}"), "levels": levels })
    };
    (1..=4).map(criterion).collect()
}

/// Puts the file where the storage has it: `HUB_UPLOADS_DIR/objects/<last two digits>/<id>`.
async fn keep(db: &PgPool, system: &System) -> anyhow::Result<Uuid> {
    let content =
        "def blink(lamp, times):\n    # on and off again\n    for _ in range(times):\n        lamp.toggle()\n"
            .repeat(20);
    let id: Uuid = sqlx::query_scalar(
        "insert into hub.stored_files
         values (gen_random_uuid(), $1, $2, 'text/plain; charset=utf-8', now()) returning id",
    )
    .bind(i64::try_from(content.len())?)
    .bind(Sha256::digest(content.as_bytes()).to_vec())
    .fetch_one(db)
    .await?;
    let uploads = system.hub.environment.get("HUB_UPLOADS_DIR").context("the demo keeps files on this machine")?;
    let name = id.to_string();
    let place = Path::new(uploads).join("objects").join(&name[name.len() - 2..]);
    fs::create_dir_all(&place)?;
    fs::write(place.join(&name), content)?;
    Ok(id)
}
