//! The last line of every proof program: `NAME ok key=value …` where the target holds, else `NAME short …`.

use std::{fmt::Display, process::ExitCode};

/// Key and value of one printed figure.
pub type Figure<'a> = (&'a str, &'a dyn Display);

/// Prints the closing line and turns it into the program's exit status.
pub fn close(name: &str, holds: bool, figures: &[Figure<'_>]) -> ExitCode {
    let figures: Vec<String> = figures.iter().map(|(key, value)| format!("{key}={value}")).collect();
    println!("{name} {} {}", if holds { "ok" } else { "short" }, figures.join(" "));
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
