//! The gradebook as a spreadsheet, in the shape Canvas exports and imports: five columns about the student, then one for
//! each assignment, `Title (id)`; a second row with the points possible; "EX" for excused. An empty cell changes nothing.
//! Source: Canvas Instructor Guide, "How do I import grades in the Gradebook?".

use super::{Cell, Change, Gradebook, Value};
use crate::grading::Points;
use shared_types::ids::{MaterialId, StudentId};
use std::collections::HashSet;

const ABOUT: [&str; 5] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
/// Stands in the first cell of the row that says how many points there are.
const POSSIBLE: &str = "Points Possible";

/// The rows of a gradebook.
pub fn rows(gradebook: &Gradebook, section: &str) -> Vec<Vec<String>> {
    let about = ABOUT.iter().map(|name| (*name).to_owned());
    let titles = gradebook.columns.iter().map(|column| format!("{} ({})", column.title, column.material));
    let mut possible: Vec<String> = vec![POSSIBLE.to_owned()];
    possible.resize(ABOUT.len(), String::new());
    possible.extend(gradebook.columns.iter().map(|column| column.most.to_string()));
    let mut rows = vec![about.chain(titles).collect(), possible];
    rows.extend(gradebook.lines.iter().map(|line| {
        let about = [line.display_name.clone(), line.student.to_string(), String::new(), String::new(), section.into()];
        let cells =
            gradebook.columns.iter().map(|column| Value::of(&gradebook.cell(line.student, column.material)).text());
        about.into_iter().chain(cells).collect::<Vec<_>>()
    }));
    rows
}

/// Why a spreadsheet is not taken, or one of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no column "Student" or "ID" in its first row.
    NoStudents,
    /// None of its columns is a material of this class.
    NoMaterials,
    /// A column that is no material of this class; it is left out.
    UnknownColumn(String),
    /// A row that is no student of this class; it is left out.
    UnknownStudent(String),
    /// Two rows are the same student.
    TwiceStudent(String),
    /// Two columns are the same material.
    TwiceColumn(String),
    /// A cell that is no grade.
    WrongValue { student: String, material: String, text: String },
}

impl Fault {
    /// Nothing of the spreadsheet is taken.
    pub const fn is_fatal(&self) -> bool {
        !matches!(self, Self::UnknownColumn(_) | Self::UnknownStudent(_))
    }
}

/// What a spreadsheet says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub changes: Vec<Change>,
    pub faults: Vec<Fault>,
}

/// Compares a spreadsheet with the gradebook.
pub fn read(rows: &[Vec<String>], gradebook: &Gradebook) -> Read {
    let mut read = Read::default();
    let head = rows.first().map(Vec::as_slice).unwrap_or_default();
    let named = |name: &str| head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let (name_at, id_at) = (named(ABOUT[0]), named(ABOUT[1]));
    if name_at.is_none() && id_at.is_none() {
        read.faults.push(Fault::NoStudents);
        return read;
    }
    let materials = materials(head, gradebook, &mut read.faults);
    if materials.is_empty() {
        read.faults.push(Fault::NoMaterials);
        return read;
    }
    let mut seen = HashSet::new();
    for row in rows.iter().skip(1) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(|cell| cell.trim()).unwrap_or_default();
        let (name, id) = (cell(name_at), cell(id_at));
        if name.eq_ignore_ascii_case(POSSIBLE) || (name.is_empty() && id.is_empty()) {
            continue;
        }
        let Some(student) = student(name, id, gradebook) else {
            read.faults.push(Fault::UnknownStudent(if name.is_empty() { id } else { name }.to_owned()));
            continue;
        };
        if !seen.insert(student) {
            read.faults.push(Fault::TwiceStudent(name.to_owned()));
            continue;
        }
        for (at, material) in &materials {
            let text = cell(Some(*at));
            match (text.is_empty(), Value::parse(text)) {
                (true, _) => {}
                (false, Some(to)) => read.changes.extend(change(gradebook, student, *material, to)),
                (false, None) => read.faults.push(Fault::WrongValue {
                    student: name.to_owned(),
                    material: head[*at].clone(),
                    text: text.to_owned(),
                }),
            }
        }
    }
    read
}

/// The change that makes a cell this value; none where it is already.
pub fn change(gradebook: &Gradebook, student: StudentId, material: MaterialId, to: Value) -> Option<Change> {
    let cell: Cell = gradebook.cell(student, material);
    let from = Value::of(&cell);
    (from != to).then_some(Change { student, material, version: cell.version, from, to })
}

/// Columns that are materials, by the id in brackets, else by a title that only one has.
fn materials(head: &[String], gradebook: &Gradebook, faults: &mut Vec<Fault>) -> Vec<(usize, MaterialId)> {
    let mut found: Vec<(usize, MaterialId)> = Vec::new();
    for (at, cell) in head.iter().enumerate() {
        let cell = cell.trim();
        if cell.is_empty() || ABOUT.iter().any(|about| about.eq_ignore_ascii_case(cell)) {
            continue;
        }
        let id = cell.strip_suffix(')').and_then(|cell| cell.rsplit_once('(')).and_then(|(_, id)| id.parse().ok());
        let by_id = id.filter(|id| gradebook.columns.iter().any(|column| column.material == *id));
        let mut titled = gradebook.columns.iter().filter(|column| column.title == cell);
        let by_title = titled.next().filter(|_| titled.next().is_none()).map(|column| column.material);
        match by_id.or(by_title) {
            Some(material) if found.iter().any(|(_, known)| *known == material) => {
                faults.push(Fault::TwiceColumn(cell.to_owned()));
            }
            Some(material) => found.push((at, material)),
            None => faults.push(Fault::UnknownColumn(cell.to_owned())),
        }
    }
    found
}

/// The student of a row, by id, else by a name that only one has.
fn student(name: &str, id: &str, gradebook: &Gradebook) -> Option<StudentId> {
    let lines = &gradebook.lines;
    if !id.is_empty() {
        let id: StudentId = id.parse().ok()?;
        return lines.iter().any(|line| line.student == id).then_some(id);
    }
    let mut called = lines.iter().filter(|line| line.display_name == name);
    called.next().filter(|_| called.next().is_none()).map(|line| line.student)
}

/// Whether more points are given than there are: it is done, and worth a second look.
pub fn is_above(gradebook: &Gradebook, change: &Change) -> bool {
    let most = gradebook.columns.iter().find(|column| column.material == change.material).map(|column| column.most);
    matches!((change.to, most), (Value::Points(points), Some(most)) if points > most && most > Points(0))
}

#[cfg(test)]
mod tests {
    use super::{Fault, read, rows};
    use crate::{
        gradebook::{Cell, Column, Gradebook, Line, Value},
        grading::Points,
        web::csv,
    };
    use shared_types::ids::{MaterialId, ModuleId, StudentId};
    use uuid::Uuid;

    fn gradebook() -> Gradebook {
        let column = |number: u128, title: &str| Column {
            material: MaterialId(Uuid::from_u128(number)),
            module: ModuleId(Uuid::nil()),
            module_title: "Light".into(),
            title: title.into(),
            most: Points(1_000),
            due_at: None,
        };
        let line =
            |number: u128, name: &str| Line { student: StudentId(Uuid::from_u128(number)), display_name: name.into() };
        let mut gradebook = Gradebook {
            columns: vec![column(1, "Lamp"), column(2, "=cmd|' /C calc'!A0")],
            lines: vec![line(11, "Jonas"), line(12, "@Lena, \"the one\"")],
            ..Gradebook::default()
        };
        let graded = Cell { version: 3, points: Some(Points(750)), ..Cell::default() };
        gradebook.cells.insert((gradebook.lines[0].student, gradebook.columns[0].material), graded);
        let excused = Cell { version: 1, excused: true, ..Cell::default() };
        gradebook.cells.insert((gradebook.lines[1].student, gradebook.columns[0].material), excused);
        gradebook
    }

    #[test]
    fn what_goes_out_comes_back_without_a_difference_and_without_a_formula() {
        let gradebook = gradebook();
        let text = csv::written(rows(&gradebook, "+Physics")).unwrap();
        assert!(text.contains("\"'@Lena, \"\"the one\"\"\"") && text.contains("\"'=cmd"), "{text}");
        let back = read(&csv::read(text.as_bytes()).unwrap(), &gradebook);
        assert_eq!((back.changes, back.faults), (vec![], vec![]));
    }

    #[test]
    fn what_differs_is_a_change_and_what_is_empty_is_none() {
        let gradebook = gradebook();
        let table = "Student,Lamp\nPoints Possible,10\nJonas,8\n\"@Lena, \"\"the one\"\"\",\n";
        let read = read(&csv::read(table.as_bytes()).unwrap(), &gradebook);
        assert_eq!(read.faults, []);
        assert_eq!(read.changes.len(), 1);
        let change = read.changes[0];
        assert_eq!(
            (change.version, change.from, change.to),
            (3, Value::Points(Points(750)), Value::Points(Points(800)))
        );
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let gradebook = gradebook();
        let faults = |table: &str| read(&csv::read(table.as_bytes()).unwrap(), &gradebook).faults;
        assert_eq!(faults("Name,Lamp\nJonas,8"), [Fault::NoStudents]);
        assert_eq!(faults("Student,Other\nJonas,8"), [Fault::UnknownColumn("Other".into()), Fault::NoMaterials]);
        assert_eq!(faults("Student,Lamp\nMallory,8"), [Fault::UnknownStudent("Mallory".into())]);
        assert_eq!(faults("Student,Lamp\nJonas,8\nJonas,9"), [Fault::TwiceStudent("Jonas".into())]);
        assert_eq!(faults("Student,Lamp,Lamp\nJonas,8,9"), [Fault::TwiceColumn("Lamp".into())]);
        let wrong = Fault::WrongValue { student: "Jonas".into(), material: "Lamp".into(), text: "good".into() };
        assert_eq!(faults("Student,Lamp\nJonas,good"), [wrong]);
        // An id that is somebody else's, or nobody's, is not made up for by a name.
        assert_eq!(
            faults("Student,ID,Lamp\nJonas,00000000-0000-0000-0000-000000000099,8"),
            [Fault::UnknownStudent("Jonas".into())]
        );
    }
}
