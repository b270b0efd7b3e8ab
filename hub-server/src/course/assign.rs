//! Gives a course to a class and takes it away: one module for each lesson, brought up to date by every import. What
//! students did stays in either case.

use super::store;
use crate::material::{
    Settings,
    store::{self as modules, Wanted},
};
use chrono::{DateTime, Utc};
use server_kit::entropy::Entropy;
use shared_types::ids::{ClassroomId, CourseId, MaterialId, ModuleId};
use sqlx::PgConnection;

/// Gives a course to a class, or brings the class's modules up to date; the caller commits and has checked that both
/// are of one organisation.
pub async fn into_class(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
    entropy: &Entropy,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    store::assign(tx, classroom, course, now).await?;
    for lesson in store::lessons_for_class(tx, classroom, course).await? {
        let id = ModuleId(entropy.id(now));
        let module = modules::put_module(tx, id, classroom, lesson.id, &lesson.title, lesson.position, now).await?;
        let link = Wanted {
            origin: "lesson".to_owned(),
            title: lesson.title,
            settings: Settings::Link { url: None },
            lesson: Some(lesson.id),
            position: 1,
        };
        let others = lesson.materials.0.into_iter().zip(2..).map(|(material, position)| Wanted {
            origin: material.origin,
            title: material.title,
            settings: material.settings,
            lesson: None,
            position,
        });
        let wanted: Vec<Wanted> = std::iter::once(link).chain(others).collect();
        for wanted in &wanted {
            modules::put_material(tx, MaterialId(entropy.id(now)), module, wanted, now).await?;
        }
        let kept: Vec<String> = wanted.into_iter().map(|wanted| wanted.origin).collect();
        modules::retire_materials(tx, module, &kept, now).await?;
    }
    clear_up(tx, classroom, course, now).await
}

/// Brings every class that has the course up to date.
pub async fn refresh_classes(
    tx: &mut PgConnection,
    course: CourseId,
    entropy: &Entropy,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for classroom in store::classes_with(tx, course).await? {
        into_class(tx, classroom, course, entropy, now).await?;
    }
    Ok(())
}

/// Takes a course away from a class; false where it did not have it. What students worked on stays in the class.
pub async fn out_of_class(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let taken = store::take_away(tx, classroom, course).await?;
    clear_up(tx, classroom, course, now).await?;
    Ok(taken)
}

/// Retires the modules of lessons that the class no longer has, as far as nobody worked in them.
async fn clear_up(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for module in store::modules_left_over(tx, classroom, course).await? {
        modules::retire_materials(tx, module, &[], now).await?;
        modules::retire_module(tx, module, now).await?;
    }
    Ok(())
}
