//! What every proof program is told on its command line.

use crate::system::System;
use clap::Parser;
use std::path::PathBuf;

/// Proves one thing of a system that runs; `scripts/bench` starts one and says what it found.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// JSON file that describes the system.
    #[arg(long)]
    system: PathBuf,
    /// Smaller sizes, where the program has several.
    #[arg(long)]
    pub quick: bool,
}

impl Arguments {
    /// The system that was named.
    pub fn system(&self) -> anyhow::Result<System> {
        System::load(&self.system)
    }
}
