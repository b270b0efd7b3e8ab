//! `xtask assets`: from the sources of helper-ui to a folder that a server can mount.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::publish::{self, Asset, Manifest};
use crate::wasm::{self, Workspace};

/// Fills `out` with the WASM, its JavaScript, the stylesheet and the icon, each
/// under a name with a hash of its content and beside it as `.br` and `.gz`. The manifest comes last,
/// so a folder that has one is complete.
pub fn build(out: &Path) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    let compiled = wasm::compile(&workspace)?;
    let style = read(&workspace.root.join("helper-ui/style/main.css"))?;
    let icon = read(&workspace.root.join("helper-ui/style/icon.svg"))?;

    let inputs = publish::fingerprint(&[&compiled, &style, &icon]);
    if publish::is_current(out, &inputs) {
        eprintln!("assets in {} are current", out.display());
        return Ok(());
    }

    let bound = wasm::bind(compiled)?;
    let manifest = Manifest {
        css: Asset::new("class-hub", "css", style),
        js: Asset::new("class-hub", "js", bound.js.into_bytes()),
        wasm: Asset::new("class-hub", "wasm", bound.wasm),
        icon: Asset::new("icon", "svg", icon),
    };
    publish::write(out, &manifest, &inputs)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
