//! A gradebook saved as CSV, opened and saved again by LibreOffice, and brought back: the comparison has to find nothing,
//! and no name may have been calculated. Then one cell is changed, which the comparison has to find.

use anyhow::{Context, ensure};
use benches::{
    arguments::Arguments,
    gradable::Gradable,
    report, staff,
    system::System,
    visitor::{Attached, Visitor, form, hidden_fields},
};
use clap::Parser;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{path::Path, process::ExitCode, sync::Arc};
use tokio::{fs, process::Command};

const NAME: &str = "spreadsheet";
const STUDENTS: i32 = 30;
/// What a spreadsheet might calculate, take for a number or a date, or cut in two.
const NAMES: [&str; 14] = [
    "=1+1",
    "=HYPERLINK(\"http://127.0.0.1\",\"here\")",
    "+1+1",
    "-2-3",
    "@SUM(1,2)",
    "Ann, the second",
    "The \"Quick\"",
    "'Quoted",
    "小雨",
    "مها",
    "007",
    "1/2",
    "TRUE",
    "1e5",
];

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let system = Arguments::parse().system()?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let class = Gradable::put(&db, &system, STUDENTS).await?;
    let folder = std::env::temp_dir().join(format!("class-hub-spreadsheet-{}", class.material));
    let compared = compare(&system, &db, class, &folder).await;
    class.remove(&db).await?;
    fs::remove_dir_all(&folder).await?;
    let Compared { calculated, differences, found } = compared?;
    let holds = calculated == 0 && differences == 0 && found == 1;
    let figures: [report::Figure<'_>; 3] =
        [("calculated", &calculated), ("differences", &differences), ("changed_and_found", &found)];
    Ok(report::close(NAME, holds, &figures))
}

struct Compared {
    /// Names that came back as something else.
    calculated: usize,
    /// Changes found after the round trip.
    differences: usize,
    /// Changes found after one was made.
    found: usize,
}

async fn compare(system: &System, db: &PgPool, class: Gradable, folder: &Path) -> anyhow::Result<Compared> {
    fs::create_dir_all(folder).await?;
    name_and_grade(db, class).await?;
    let visitor = Visitor::new(&system.hub_url)?;
    staff::sign_in(&visitor, &system.staff_email, &system.staff_password, &system.totp_secret).await?;
    let gradebook = format!("/teach/classes/{}/gradebook", class.classroom);
    let saved = folder.join("gradebook.csv");
    fs::write(&saved, visitor.page(&format!("{gradebook}.csv")).await?).await?;
    let opened = folder.join("opened");
    open_and_save(&saved, &opened).await?;
    let text = fs::read_to_string(opened.join("gradebook.csv")).await?;
    let formulas = NAMES.iter().filter(|name| name.starts_with(['=', '+', '-', '@']));
    let calculated = formulas.filter(|name| !text.contains(&name.replace('"', "\"\""))).count();
    let differences = changes(&visitor, &gradebook, &text).await?;
    // The first grade of a number with a comma on either side, made one point more.
    let changed = text.replacen(",1.11", ",2.11", 1);
    ensure!(changed != text, "LibreOffice left no grade of 1.11 points");
    Ok(Compared { calculated, differences, found: changes(&visitor, &gradebook, &changed).await? })
}

/// Gives the students names a spreadsheet stumbles over, and grades of all kinds: none, excused, whole and in hundredths.
async fn name_and_grade(db: &PgPool, class: Gradable) -> anyhow::Result<()> {
    let names = NAMES.map(str::to_owned).to_vec();
    sqlx::query(
        "update hub.students s set display_name = ($2::text[])[n.number]
         from (select id, row_number() over (order by id) as number from hub.students where classroom_id = $1) n
         where s.id = n.id and n.number <= cardinality($2::text[])",
    )
    .bind(class.classroom)
    .bind(names)
    .execute(db)
    .await?;
    sqlx::query("update hub.materials set title = '=2+2' where id = $1").bind(class.material).execute(db).await?;
    sqlx::query(
        "update hub.grades g
         set version = 1, complete = true, graded_work_at = handed_in_at, graded_at = now(), excused = n.number % 9 = 0,
             points = case when n.number % 9 = 0 or n.number % 5 = 0 then null else n.number * 111 % 1200 end
         from (select student_id, row_number() over (order by student_id) as number
               from hub.grades where material_id = $1) n
         where g.material_id = $1 and g.student_id = n.student_id",
    )
    .bind(class.material)
    .execute(db)
    .await?;
    Ok(())
}

/// What LibreOffice does with the file when it is opened and saved without changes.
async fn open_and_save(file: &Path, into: &Path) -> anyhow::Result<()> {
    let profile = format!("-env:UserInstallation=file://{}", into.with_file_name("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "csv", "--outdir"])
        .args([into, file])
        .output()
        .await
        .context("LibreOffice is not here: install libreoffice-calc-nogui, or whatever brings `soffice`")?;
    ensure!(run.status.success(), "LibreOffice: {}", String::from_utf8_lossy(&run.stderr));
    Ok(())
}

/// How many changes the page finds in this spreadsheet.
async fn changes(visitor: &Visitor, gradebook: &str, text: &str) -> anyhow::Result<usize> {
    let imports = format!("{gradebook}/imports");
    let page = visitor.page(gradebook).await?;
    let fields = hidden_fields(form(&page, &imports).context("the gradebook takes no file")?);
    let file = Attached { name: "gradebook.csv".to_owned(), content: Arc::new(text.as_bytes().to_vec()) };
    let answer = visitor.attach(&imports, &fields, "file", &file).await?;
    let address = answer.url().path().to_owned();
    let page = answer.error_for_status().context("the spreadsheet was refused")?.text().await?;
    ensure!(address.starts_with(&format!("{imports}/")), "there is no comparison at {address}");
    let count = form(&page, &address).map(hidden_fields).unwrap_or_default();
    let count = count.into_iter().find(|(name, _)| name == "count").map_or(Ok(0), |(_, count)| count.parse());
    Ok(count?)
}
