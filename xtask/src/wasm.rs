//! From helper-ui's sources to a WASM module and the JavaScript that starts it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

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

/// Compiles the islands; cargo itself decides whether anything has to be done.
pub fn compile(workspace: &Workspace) -> anyhow::Result<Vec<u8>> {
    const TARGET: &str = "wasm32-unknown-unknown";
    const PROFILE: &str = "wasm-release";
    let status = cargo()
        .current_dir(&workspace.root)
        .args(["build", "--profile", PROFILE, "--target", TARGET, "-p", "helper-ui", "--lib"])
        .args(["--no-default-features", "--features", "hydrate"])
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

/// Binaryen's `wasm-opt`, or nothing where it is not installed: only the size differs.
pub struct Optimiser {
    program: Option<PathBuf>,
    version: String,
}

impl Optimiser {
    pub fn find(program: &Path) -> anyhow::Result<Self> {
        match Command::new(program).arg("--version").output() {
            Ok(output) if output.status.success() => Ok(Self {
                program: Some(program.to_owned()),
                version: String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("note: no {} found, the WASM stays about a sixth larger", program.display());
                Ok(Self { program: None, version: "none".to_owned() })
            }
            Ok(output) => anyhow::bail!("{} --version failed: {}", program.display(), output.status),
            Err(error) => Err(error).with_context(|| format!("cannot run {}", program.display())),
        }
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    /// Shrinks a module, with the features that rustc and wasm-bindgen use and every current browser has.
    pub fn optimise(&self, module: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        let Some(program) = &self.program else { return Ok(module) };
        let folder = std::env::temp_dir();
        let input = folder.join(format!("class-hub-{}-in.wasm", process::id()));
        let output = folder.join(format!("class-hub-{}-out.wasm", process::id()));
        fs::write(&input, module)?;
        let status = Command::new(program)
            .args(["-Oz", "--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-call-indirect-overlong"])
            .args(["--enable-multivalue", "--enable-mutable-globals", "--enable-nontrapping-float-to-int"])
            .args(["--enable-reference-types", "--enable-sign-ext"])
            .arg(&input)
            .arg("-o")
            .arg(&output)
            .status();
        let optimised = fs::read(&output);
        fs::remove_file(&input)?;
        fs::remove_file(&output).ok();
        ensure!(status?.success(), "{} failed on the module", program.display());
        optimised.context("wasm-opt wrote nothing")
    }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
