//! What the two commands are told.

use crate::config::ModelSettings;
use clap::Parser;
use std::path::PathBuf;

/// Runs the project's cases against the helper's rules and a backend, and writes a report.
#[derive(Debug, Parser)]
#[command(name = "helper-server eval")]
pub struct EvalSettings {
    /// Cases to run instead of the project's own, one JSON object a line.
    #[arg(long)]
    pub cases: Option<PathBuf>,
    /// File for the report, beside the terminal.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Asks no backend.
    #[arg(long)]
    pub rules_only: bool,
    #[command(flatten)]
    pub model: ModelSettings,
}

/// Measures how many answers a backend writes side by side, and how fast.
#[derive(Debug, Parser)]
#[command(name = "helper-server qualify")]
pub struct QualifySettings {
    /// Most answers that are asked for at once. The embedded engine holds memory for all of them.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub at_most: u16,
    /// File for the report, beside the terminal.
    #[arg(long)]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub model: ModelSettings,
}
