//! `xtask assets`: from the sources of helper-ui to a folder that a server can mount.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};

use crate::publish::{self, Asset, Islands, Manifest};
use crate::wasm::{self, Workspace};

/// Where the stylesheet looks for the font of pictures: `cargo leptos` serves it there.
const FONT: &str = "../fonts/pictures.ttf";

/// Fills `out` with each WASM and its JavaScript, the stylesheet, its font and the icon, all
/// under names with a hash of their content and beside it as `.br` and `.gz`. The manifest comes last,
/// so a folder that has one is complete.
pub fn build(out: &Path) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    let chat = wasm::compile(&workspace, "chat")?;
    let work = wasm::compile(&workspace, "work")?;
    let teach = wasm::compile(&workspace, "teach")?;
    let style = read(&workspace.root.join("helper-ui/style/main.css"))?;
    let icon = read(&workspace.root.join("helper-ui/style/icon.svg"))?;
    let font = read(&workspace.root.join("helper-ui/style/fonts/pictures.ttf"))?;

    let inputs = publish::fingerprint(&[&chat, &work, &teach, &style, &icon, &font]);
    if publish::is_current(out, &inputs) {
        eprintln!("assets in {} are current", out.display());
        return Ok(());
    }

    let font = Asset::new("pictures", "ttf", font);
    let manifest = Manifest {
        css: Asset::new("class-hub", "css", stylesheet(&style, &font.name)?),
        icon: Asset::new("icon", "svg", icon),
        font,
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

/// The stylesheet without what only its readers need, and with its font under the name it is served by, beside it.
fn stylesheet(source: &[u8], font: &str) -> anyhow::Result<Vec<u8>> {
    let source = str::from_utf8(source).context("the stylesheet is not UTF-8")?;
    anyhow::ensure!(source.contains(FONT), "the stylesheet does not look for {FONT}");
    let style = source.replace(FONT, font);
    let minified = minifier::css::minify(&style).map_err(|problem| anyhow!("the stylesheet: {problem}"))?;
    Ok(minified.to_string().into_bytes())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::stylesheet;

    #[test]
    fn the_stylesheet_names_the_font_as_it_is_served() {
        let source = include_bytes!("../../helper-ui/style/main.css");
        let style = String::from_utf8(stylesheet(source, "pictures-1.ttf").unwrap()).unwrap();
        assert!(style.contains(r#"src:url("pictures-1.ttf");"#) && !style.contains("pictures.ttf"));
    }

    #[test]
    fn a_stylesheet_that_looks_for_another_font_is_refused() {
        assert!(stylesheet(b"p{}", "pictures-1.ttf").is_err());
    }
}
