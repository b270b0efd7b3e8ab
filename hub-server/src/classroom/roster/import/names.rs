//! From a table to the names in it, and what each would mean for a class. No database.

use crate::enrolment::{DisplayName, NameFault};
use std::collections::HashSet;

/// A name of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub typed: String,
    pub verdict: Verdict,
}

/// What would become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    New(DisplayName),
    /// Somebody of that name is in the class.
    Known,
    /// The list has it further up.
    Twice,
    Refused(NameFault),
}

/// What the columns are called that hold a whole name, its first and its last part.
const WHOLE: &[&str] = &[
    "name",
    "names",
    "student",
    "students",
    "student name",
    "full name",
    "display name",
    "nombre completo",
    "alumno",
    "alumna",
    "alumnos",
    "estudiante",
    "estudiantes",
];
const FIRST: &[&str] = &["first name", "firstname", "given name", "nombre", "nombres"];
const LAST: &[&str] = &["last name", "lastname", "surname", "family name", "apellido", "apellidos"];

/// The names of a table, and what their column is called where the table says so. Without a heading they stand in the
/// first column that is more than numbers.
pub fn of_rows(rows: &[Vec<String>]) -> (Option<String>, Vec<String>) {
    let Some(head) = rows.first() else { return (None, Vec::new()) };
    let column = |titles: &[&str]| head.iter().position(|cell| titles.contains(&cell.to_lowercase().as_str()));
    let names = |of: &dyn Fn(&[String]) -> String, skipped: usize| {
        rows.iter().skip(skipped).map(|row| of(row)).filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    if let Some(at) = column(WHOLE) {
        return (Some(head[at].clone()), names(&|row| cell(row, at), 1));
    }
    match (column(FIRST), column(LAST)) {
        (Some(first), Some(last)) => {
            let both = |row: &[String]| format!("{} {}", cell(row, first), cell(row, last)).trim().to_owned();
            (Some(format!("{} + {}", head[first], head[last])), names(&both, 1))
        }
        (Some(first), None) => (Some(head[first].clone()), names(&|row| cell(row, first), 1)),
        _ => {
            let is_number = |cell: &String| cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            let at = (0..width).find(|at| !rows.iter().all(|row| row.get(*at).is_none_or(is_number))).unwrap_or(0);
            (None, names(&|row| cell(row, at), 0))
        }
    }
}

/// What each name would mean for a class that has `known`, names as they are compared.
pub fn judged(typed: Vec<String>, known: &HashSet<String>) -> Vec<Line> {
    let mut seen = HashSet::new();
    typed
        .into_iter()
        .map(|typed| {
            let verdict = match DisplayName::parse(&typed) {
                Err(fault) => Verdict::Refused(fault),
                Ok(name) if known.contains(name.key()) => Verdict::Known,
                Ok(name) if !seen.insert(name.key().to_owned()) => Verdict::Twice,
                Ok(name) => Verdict::New(name),
            };
            Line { typed, verdict }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judged, of_rows};
    use crate::enrolment::NameFault;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn names_are_found_with_and_without_a_heading() {
        for (table, column, names) in [
            ("Jonas\nLena", None, vec!["Jonas", "Lena"]),
            ("1,Jonas\n2,Lena", None, vec!["Jonas", "Lena"]),
            ("Group,Name\n7b,Jonas\n7b,\n7b,Lena", Some("Name"), vec!["Jonas", "Lena"]),
            ("Apellidos,Nombre\nRuiz,Lena\n,Jonas", Some("Nombre + Apellidos"), vec!["Lena Ruiz", "Jonas"]),
            ("Nombre\nLena", Some("Nombre"), vec!["Lena"]),
            ("Student,ID\nJonas,4", Some("Student"), vec!["Jonas"]),
        ] {
            let (found, list) = of_rows(&rows(table));
            assert_eq!((found.as_deref(), list), (column, names.into_iter().map(str::to_owned).collect()), "{table}");
        }
    }

    #[test]
    fn every_name_is_judged_by_the_rules_of_joining() {
        let known = ["jonas".to_owned()].into();
        let typed = ["JONAS", "Lena", " lena ", "mia@school.example", "Mia"].map(str::to_owned).to_vec();
        let verdicts: Vec<_> = judged(typed, &known).into_iter().map(|line| line.verdict).collect();
        assert_eq!(verdicts[0], Verdict::Known);
        assert!(matches!(&verdicts[1], Verdict::New(name) if name.as_str() == "Lena"));
        assert_eq!(verdicts[2], Verdict::Twice);
        assert_eq!(verdicts[3], Verdict::Refused(NameFault::EmailAddress));
        assert!(matches!(&verdicts[4], Verdict::New(_)));
    }
}
