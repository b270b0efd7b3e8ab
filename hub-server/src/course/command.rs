//! `hub-server course check`, `import` and `export`: what the pages for courses do, from the command line.

use super::{Importing, Pack, assign, export, import, import::Imported, store};
use crate::{audit, classroom::ClassCode, config::Config};
use anyhow::{Context, bail};
use clap::Subcommand;
use secrecy::ExposeSecret;
use server_kit::entropy::Entropy;
use shared_types::ids::OrganisationId;
use sqlx::{Connection, PgConnection};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to do with a course.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum CourseCommand {
    /// Say everything that is wrong with a course. Needs no settings and no database.
    Check {
        /// A folder, a zip, a session plan (.md, .docx) or a Common Cartridge (.imscc).
        path: PathBuf,
    },
    /// Import a course, or bring it up to date; where anything is wrong, nothing is changed.
    Import {
        /// A folder, a zip, a session plan (.md, .docx) or a Common Cartridge (.imscc).
        path: PathBuf,
        /// Name or id of the organisation it is for.
        #[arg(long)]
        organisation: String,
        /// Code of a class that is to have it.
        #[arg(long)]
        class: Option<String>,
    },
    /// Write a course out as a folder or a zip.
    Export {
        /// The course's slug.
        slug: String,
        /// Name or id of the organisation it is in.
        #[arg(long)]
        organisation: String,
        /// A new or empty folder, or a file that ends with .zip.
        #[arg(long)]
        to: PathBuf,
    },
}

/// Checks the course at `path` and prints what came of it.
pub fn check(path: &Path) -> ExitCode {
    match Pack::read(path) {
        Ok(pack) => {
            tell(&pack);
            println!("{}", said(&pack, "in order"));
            ExitCode::SUCCESS
        }
        Err(faults) => {
            eprintln!("{faults}");
            eprintln!("{} to mend.", counted(faults.0.len(), "fault", "faults"));
            ExitCode::FAILURE
        }
    }
}

/// Does what the command says, with a connection of its own; what went wrong is said in one sentence.
pub async fn run(config: &Config, command: CourseCommand) -> ExitCode {
    obey(config, command).await.unwrap_or_else(|error| {
        eprintln!("{error:#}.");
        ExitCode::FAILURE
    })
}

async fn obey(config: &Config, command: CourseCommand) -> anyhow::Result<ExitCode> {
    match command {
        CourseCommand::Check { path } => Ok(check(&path)),
        CourseCommand::Import { path, organisation, class } => {
            let pack = match Pack::read(&path) {
                Ok(pack) => pack,
                Err(faults) => {
                    eprintln!("{faults}");
                    eprintln!("{} to mend; nothing was imported.", counted(faults.0.len(), "fault", "faults"));
                    return Ok(ExitCode::FAILURE);
                }
            };
            tell(&pack);
            let mut connection = PgConnection::connect(config.database_url.expose_secret()).await?;
            let said = import_into(&mut connection, config, &pack, &organisation, class.as_deref()).await?;
            println!("{said}");
            Ok(ExitCode::SUCCESS)
        }
        CourseCommand::Export { slug, organisation, to } => {
            let mut connection = PgConnection::connect(config.database_url.expose_secret()).await?;
            println!("{}", export_to(&mut connection, &slug, &organisation, &to).await?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Imports a pack for an organisation, and for a class where its code is given; returns what it did.
pub async fn import_into(
    connection: &mut PgConnection,
    config: &Config,
    pack: &Pack,
    organisation: &str,
    class: Option<&str>,
) -> anyhow::Result<String> {
    let entropy = Entropy::system();
    let now = server_kit::clock::Clock::system().now();
    let mut tx = connection.begin().await?;
    let organisation = organisation_called(&mut tx, organisation).await?;
    let class = match class {
        Some(code) => Some(class_with_code(&mut tx, organisation, code).await?),
        None => None,
    };
    let importing = Importing { organisation, zone: config.time_zone, entropy: &entropy, now };
    let imported = import(&mut tx, &importing, pack).await?;
    let mut text = said(pack, &done(&imported));
    if let Some((id, name)) = class {
        assign::into_class(&mut tx, id, imported.course, &entropy, now).await?;
        text += &format!(" {name} has it.");
    }
    audit::record_command(&mut tx, &entropy, imported.entry(organisation), now).await?;
    tx.commit().await?;
    Ok(text)
}

/// Writes a course to `to`; returns what it did.
pub async fn export_to(
    connection: &mut PgConnection,
    slug: &str,
    organisation: &str,
    to: &Path,
) -> anyhow::Result<String> {
    let organisation = organisation_called(connection, organisation).await?;
    let course = store::by_slug(connection, organisation, slug).await?;
    let course = course.with_context(|| format!("there is no course {slug} in that organisation"))?;
    let contents = export::contents(connection, course).await?;
    if to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        let zip = export::to_zip(slug, &contents)?;
        std::fs::write(to, zip).with_context(|| format!("{} cannot be written", to.display()))?;
    } else {
        export::to_folder(to, &contents)?;
    }
    Ok(format!("{slug}: {} written to {}.", counted(contents.len(), "file", "files"), to.display()))
}

async fn organisation_called(db: &mut PgConnection, name: &str) -> anyhow::Result<OrganisationId> {
    match store::organisations_called(db, name).await?.as_slice() {
        [one] => Ok(*one),
        [] => bail!("there is no organisation called {name}"),
        _ => bail!("several organisations are called {name}; name one by its id"),
    }
}

async fn class_with_code(
    db: &mut PgConnection,
    organisation: OrganisationId,
    code: &str,
) -> anyhow::Result<(shared_types::ids::ClassroomId, String)> {
    let code = ClassCode::parse(code).context("a class code has eight letters and digits, as ABCD-EFGH")?;
    let found = store::class_with_code(db, organisation, code.as_str()).await?;
    found.context("no class of that organisation has this code")
}

fn tell(pack: &Pack) {
    for remark in &pack.remarks {
        println!("Note: {remark}");
    }
}

fn said(pack: &Pack, what: &str) -> String {
    let lessons = counted(pack.lessons.len(), "lesson", "lessons");
    format!("{} ({}), {lessons}, {}: {what}.", pack.title, pack.slug, counted(pack.contents.len(), "file", "files"))
}

fn done(imported: &Imported) -> String {
    let Imported { published, unchanged, removed, .. } = imported;
    format!("{published} published, {unchanged} unchanged, {removed} taken out")
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
