//! From helper-ui's sources to a WASM module and the JavaScript that starts it.
//!
//! Binaryen's `wasm-opt` is not run: on this module `-Oz` takes an eighth off the size in memory, but
//! nothing off what goes over the wire after Brotli (111.2 kB without it, 111.5 kB with it).

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// Where the sources are and where cargo puts what it builds.
pub struct Workspace {
    pub root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo instead of remembering a path at compile time, because checkouts may share a target folder.
    pub fn locate() -> anyhow::Result<Self> {
        let output =
            cargo().args(["metadata", "--no-deps", "--format-version", "1"]).stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "`cargo metadata` failed; run this inside the workspace");
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let path = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).with_context(|| format!("`cargo metadata` gave no {key}"))
        };
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")? })
    }
}

/// Compiles the islands with helper-ui's `feature`; cargo itself decides whether anything has to be done.
pub fn compile(workspace: &Workspace, feature: &str) -> anyhow::Result<Vec<u8>> {
    const TARGET: &str = "wasm32-unknown-unknown";
    const PROFILE: &str = "wasm-release";
    let status = cargo()
        .current_dir(&workspace.root)
        .args(["build", "--profile", PROFILE, "--target", TARGET, "-p", "helper-ui", "--lib"])
        .args(["--no-default-features", "--features", feature])
        .status()?;
    ensure!(status.success(), "helper-ui did not compile for {TARGET}");
    let module = workspace.target.join(TARGET).join(PROFILE).join("helper_ui.wasm");
    fs::read(&module).with_context(|| format!("cargo left no {}", module.display()))
}

/// A module with its imports and exports rewritten for browsers, and the ES module that loads it.
pub struct Bound {
    pub wasm: Vec<u8>,
    pub js: String,
}

/// Runs wasm-bindgen. The page passes the WASM's address to `init`, so no path is written into the JavaScript
/// and both files may be renamed.
pub fn bind(module: Vec<u8>) -> anyhow::Result<Bound> {
    let mut output = Bindgen::new()
        .input_bytes("class-hub", module)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "a dependency brings JavaScript files of its own, which would need hashed names too: {:?} {:?}",
        output.snippets().keys(),
        output.local_modules().keys(),
    );
    Ok(Bound { js: output.js().to_owned(), wasm: output.wasm_mut().emit_wasm() })
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
