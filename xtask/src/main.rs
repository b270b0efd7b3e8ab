//! Chores of the workspace that want a program: so far, turning `helper-ui` into what browsers load.

mod assets;
mod publish;
mod wasm;

use std::path::PathBuf;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Builds the files that browsers load")]
enum Chore {
    /// Compiles helper-ui to WASM and writes it, with the stylesheet, its font and the icon, ready to be served
    Assets {
        /// Folder to fill; its manifest.json names the files
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Assets { out } => assets::build(&out),
    }
}
