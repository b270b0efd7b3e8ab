//! `xtask assets`: from the sources of helper-ui to a folder that a server can mount.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};

use crate::publish::{self, Asset, Islands, Manifest};
use crate::wasm::{self, Workspace};

/// Fills `out` with each WASM and its JavaScript, the stylesheet and the icon, all
/// under names with a hash of their content and beside it as `.br` and `.gz`. The manifest comes last,
/// so a folder that has one is complete.
pub fn build(out: &Path) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    let chat = wasm::compile(&workspace, "chat")?;
    let work = wasm::compile(&workspace, "work")?;
    let teach = wasm::compile(&workspace, "teach")?;
    let style = read(&workspace.root.join("helper-ui/style/main.css"))?;
    let icon = read(&workspace.root.join("helper-ui/style/icon.svg"))?;

    let inputs = publish::fingerprint(&[&chat, &work, &teach, &style, &icon]);
    if publish::is_current(out, &inputs) {
        eprintln!("assets in {} are current", out.display());
        return Ok(());
    }

    let manifest = Manifest {
        css: Asset::new("class-hub", "css", minified(&style)?),
        icon: Asset::new("icon", "svg", icon),
        chat: islands("class-hub-chat", chat)?,
        work: islands("class-hub-work", work)?,
        teach: islands("class-hub-teach", teach)?,
    };
    publish::write(out, &manifest, &inputs)
}

fn islands(stem: &str, module: Vec<u8>) -> anyhow::Result<Islands> {
    let bound = wasm::bind(module)?;
    Ok(Islands { js: Asset::new(stem, "js", bound.js.into_bytes()), wasm: Asset::new(stem, "wasm", bound.wasm) })
}

fn minified(style: &[u8]) -> anyhow::Result<Vec<u8>> {
    let style = str::from_utf8(style).context("the stylesheet is not UTF-8")?;
    let minified = minifier::css::minify(style).map_err(|problem| anyhow!("the stylesheet: {problem}"))?;
    Ok(minified.to_string().into_bytes())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
