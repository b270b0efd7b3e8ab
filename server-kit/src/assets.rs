//! Static assets: files whose names carry a hash of their content, listed by a manifest that has to be
//! there at start. Each lies beside its Brotli and gzip form and is cached for a year.

use anyhow::Context;
use axum::{
    Router,
    http::{HeaderValue, Response, header},
};
use serde::Deserialize;
use std::{fs, path::Path, sync::Arc};
use tower::ServiceBuilder;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// Marks an answer as a file of our own build, which needs no header that only matters where a page could be
/// somebody else's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnFile;

/// The assets of one build, as URLs below one mount point.
#[derive(Clone, Debug)]
pub struct Assets(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    mount: &'static str,
    folder: std::path::PathBuf,
    manifest: Manifest,
    caching: HeaderValue,
}

/// What of a page runs in the browser: each loads the one WASM that holds it (docs/decisions/0023).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// The conversation with the helper.
    Chat,
    /// A student's drafts and files.
    Work,
    /// What teachers' pages have, drafts and files too.
    Teach,
}

/// File names, relative to the folder.
#[derive(Debug, Deserialize)]
struct Manifest {
    css: String,
    icon: String,
    /// Of the pictures; only the stylesheet speaks of it.
    font: String,
    chat: Islands,
    work: Islands,
    teach: Islands,
}

/// A WASM and the module that loads it.
#[derive(Clone, Debug, Deserialize)]
struct Islands {
    js: String,
    wasm: String,
}

impl Manifest {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("manifest.json");
        let manifest = fs::read(&path).with_context(|| {
            format!("no asset manifest at {}; build it with `cargo run -p xtask -- assets`", path.display())
        })?;
        serde_json::from_slice(&manifest).with_context(|| format!("{} is not an asset manifest", path.display()))
    }

    /// Where `cargo leptos watch` puts them (Cargo.toml, `workspace.metadata.leptos`): one WASM for everybody.
    fn of_cargo_leptos() -> Self {
        let file = |extension| format!("pkg/class-hub.{extension}");
        let islands = Islands { js: file("js"), wasm: file("wasm") };
        Self {
            css: file("css"),
            icon: "icon.svg".to_owned(),
            font: "fonts/pictures.ttf".to_owned(),
            chat: islands.clone(),
            work: islands.clone(),
            teach: islands,
        }
    }

    fn names(&self) -> [&str; 9] {
        let Self { css, icon, font, chat, work, teach } = self;
        [css, icon, font, &chat.js, &chat.wasm, &work.js, &work.wasm, &teach.js, &teach.wasm]
    }
}

impl Assets {
    /// Reads `folder/manifest.json`; its URLs start with `mount`, for instance `/pkg`.
    /// Fails if the manifest or a file it names is missing, so that a server never starts without its looks.
    /// A site folder of `cargo leptos` does as well: its names carry no hash, so browsers ask each time.
    pub fn load(folder: &Path, mount: &'static str) -> anyhow::Result<Self> {
        let developing = Manifest::of_cargo_leptos();
        let (manifest, caching) = if folder.join(&developing.chat.js).is_file() {
            (developing, HeaderValue::from_static("no-cache"))
        } else {
            (Manifest::read(folder)?, HeaderValue::from_static("public, max-age=31536000, immutable"))
        };
        for name in manifest.names() {
            anyhow::ensure!(folder.join(name).is_file(), "{} has no {name}; build the assets again", folder.display());
        }
        Ok(Self(Arc::new(Inner { mount, folder: folder.to_owned(), manifest, caching })))
    }

    /// URL of the stylesheet.
    pub fn css(&self) -> String {
        self.url(&self.0.manifest.css)
    }

    /// URL of the JavaScript that loads the WASM.
    pub fn js(&self, module: Module) -> String {
        self.url(&self.islands(module).js)
    }

    /// URL of the WASM.
    pub fn wasm(&self, module: Module) -> String {
        self.url(&self.islands(module).wasm)
    }

    /// URL of the icon (SVG).
    pub fn icon(&self) -> String {
        self.url(&self.0.manifest.icon)
    }

    /// A router that serves the files below the mount point.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let files = ServeDir::new(&self.0.folder).precompressed_br().precompressed_gzip();
        let caching = self.0.caching.clone();
        let service = ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, move |response: &Response<_>| {
                response.status().is_success().then(|| caching.clone())
            }))
            .map_response(|mut response: Response<_>| {
                response.extensions_mut().insert(OwnFile);
                response
            })
            .service(files);
        Router::new().nest_service(self.0.mount, service)
    }

    fn islands(&self, module: Module) -> &Islands {
        match module {
            Module::Chat => &self.0.manifest.chat,
            Module::Work => &self.0.manifest.work,
            Module::Teach => &self.0.manifest.teach,
        }
    }

    fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.0.mount)
    }
}

#[cfg(test)]
mod tests {
    use super::{Assets, Module};
    use axum::{Router, body::Body, http::Request};
    use std::{fs, path::PathBuf};
    use tower::ServiceExt;

    const MANIFEST: &str = r#"{"css":"a-1.css","icon":"i-4.svg","font":"f-5.ttf",
        "chat":{"js":"a-2.js","wasm":"a-3.wasm"},"work":{"js":"a-2.js","wasm":"a-3.wasm"},
        "teach":{"js":"t-2.js","wasm":"t-3.wasm"}}"#;

    fn folder_with(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("server-kit-assets-{name}-{}", std::process::id()));
        for (file, content) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    async fn caching_of(assets: &Assets) -> String {
        let router: Router = assets.router();
        let answer = router.oneshot(Request::get(assets.js(Module::Chat)).body(Body::empty()).unwrap()).await.unwrap();
        assert!(answer.status().is_success());
        answer.headers()["cache-control"].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn names_with_a_hash_are_kept_for_ever() {
        let names = ["a-1.css", "i-4.svg", "f-5.ttf", "a-2.js", "a-3.wasm", "t-2.js", "t-3.wasm"];
        let files = names.map(|name| (name, "x"));
        let files = [&files[..], &[("manifest.json", MANIFEST)]].concat();
        let assets = Assets::load(&folder_with("hashed", &files), "/pkg").unwrap();
        assert_eq!(assets.js(Module::Chat), "/pkg/a-2.js");
        assert_eq!(assets.wasm(Module::Teach), "/pkg/t-3.wasm");
        assert_eq!(caching_of(&assets).await, "public, max-age=31536000, immutable");
    }

    #[tokio::test]
    async fn what_cargo_leptos_rebuilds_is_asked_for_each_time() {
        let files = [
            ("pkg/class-hub.css", ""),
            ("pkg/class-hub.js", "x"),
            ("pkg/class-hub.wasm", ""),
            ("icon.svg", ""),
            ("fonts/pictures.ttf", ""),
        ];
        let assets = Assets::load(&folder_with("watched", &files), "/helper/pkg").unwrap();
        assert_eq!(assets.js(Module::Teach), "/helper/pkg/pkg/class-hub.js");
        assert_eq!(caching_of(&assets).await, "no-cache");
    }

    #[test]
    fn a_folder_that_lacks_a_named_file_is_refused() {
        let refused = Assets::load(&folder_with("lacking", &[("manifest.json", MANIFEST)]), "/pkg").unwrap_err();
        assert!(refused.to_string().contains("a-1.css"), "{refused}");
    }
}
