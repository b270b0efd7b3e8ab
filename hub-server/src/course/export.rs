//! A course as the files of its pack: byte for byte what was imported, but for the lessons that were edited since.

use super::{
    life,
    source::{self, Contents},
    store,
};
use anyhow::{Context, ensure};
use shared_types::ids::CourseId;
use sqlx::PgConnection;
use std::{fs, path::Path};

/// Every file of a course but those of deleted lessons.
pub async fn contents(db: &mut PgConnection, course: CourseId) -> anyhow::Result<Contents> {
    let mut contents = Contents::default();
    let hidden = life::lesson_store::hidden_files(db, course).await?;
    for (path, content) in store::pack_files(db, course).await? {
        if !hidden.contains(&path) {
            contents.add(&path, content)?;
        }
    }
    ensure!(!contents.is_empty(), "this course was imported before packs were kept; import it once more");
    Ok(contents)
}

/// The zip of a course: a folder named by its slug. The same files give the same bytes. Blocks.
pub fn to_zip(slug: &str, contents: &Contents) -> anyhow::Result<Vec<u8>> {
    source::zip::pack(slug, contents).context("the zip could not be written")
}

/// Writes the files into a folder that is new or empty. Blocks.
pub fn to_folder(folder: &Path, contents: &Contents) -> anyhow::Result<()> {
    let shown = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("{shown} cannot be made"))?;
    let taken = fs::read_dir(folder).with_context(|| format!("{shown} cannot be read"))?.next().is_some();
    ensure!(!taken, "{shown} is not empty; choose a new folder");
    for (path, content) in contents.all() {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
        }
        fs::write(&file, content).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}
