//! The engine's settings, and what can be said of a model file before llama.cpp sees it.

use clap::Parser;
use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

/// The first bytes of every GGUF file.
const MAGIC: &[u8; 4] = b"GGUF";

/// The embedded model's own process. Started by `serve`, which talks to it over standard input and output.
#[derive(Debug, Parser)]
#[command(name = "helper-server engine")]
pub struct EngineSettings {
    /// GGUF file of the model.
    #[arg(long)]
    pub model: PathBuf,
    /// Context length of one turn, in tokens.
    #[arg(long, default_value_t = 2048)]
    pub num_ctx: u32,
    /// Turns answered at the same time.
    #[arg(long, default_value_t = 1)]
    pub slots: u16,
}

impl EngineSettings {
    /// Runs the engine until its standard input ends.
    #[cfg(feature = "embedded")]
    pub fn run(self) -> anyhow::Result<()> {
        super::engine::run(&self)
    }

    /// Says that this build has no engine.
    #[cfg(not(feature = "embedded"))]
    pub fn run(self) -> anyhow::Result<()> {
        anyhow::bail!("this build carries no model engine; build helper-server with --features embedded")
    }
}

/// Checks that `path` is a GGUF file: llama.cpp gives no reason when it is not. The error is a sentence.
pub fn check_model(path: &Path) -> Result<(), String> {
    let shown = path.display();
    let mut magic = [0; 4];
    match File::open(path).and_then(|mut file| file.read_exact(&mut magic)) {
        Ok(()) if &magic == MAGIC => Ok(()),
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => {
            Err(format!("HELPER_EMBEDDED_MODEL names {shown}, which cannot be read: {error}."))
        }
        _ => Err(format!("HELPER_EMBEDDED_MODEL names {shown}, which is not a GGUF file; fetch the model again.")),
    }
}

#[cfg(test)]
mod tests {
    use super::check_model;
    use std::fs;

    #[test]
    fn a_missing_and_a_broken_file_are_told_apart() {
        assert!(check_model("/nowhere/model.gguf".as_ref()).unwrap_err().contains("cannot be read"));
        let path = std::env::temp_dir().join(format!("helper-model-{}", std::process::id()));
        for broken in ["", "GG", "<html>not found</html>"] {
            fs::write(&path, broken).unwrap();
            assert!(check_model(&path).unwrap_err().contains("not a GGUF file"), "{broken:?}");
        }
        fs::write(&path, "GGUF\x03").unwrap();
        assert_eq!(check_model(&path), Ok(()));
        fs::remove_file(path).unwrap();
    }
}
