//! Static assets: files whose names carry a hash of their content, listed by a manifest that has to be
//! there at start. Each lies beside its Brotli and gzip form and is cached for a year.

use anyhow::Context;
use axum::{
    Router,
    http::{HeaderValue, header},
};
use serde::Deserialize;
use std::{fs, path::Path, sync::Arc};
use tower::ServiceBuilder;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// The assets of one build, as URLs below one mount point.
#[derive(Clone, Debug)]
pub struct Assets(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    mount: &'static str,
    folder: std::path::PathBuf,
    manifest: Manifest,
}

/// File names, relative to the folder.
#[derive(Debug, Deserialize)]
struct Manifest {
    css: String,
    js: String,
    wasm: String,
    icon: String,
}

impl Assets {
    /// Reads `folder/manifest.json`; its URLs start with `mount`, for instance `/pkg`.
    /// Fails if the manifest or a file it names is missing, so that a server never starts without its looks.
    pub fn load(folder: &Path, mount: &'static str) -> anyhow::Result<Self> {
        let path = folder.join("manifest.json");
        let manifest = fs::read(&path).with_context(|| {
            format!("no asset manifest at {}; build it with `cargo run -p xtask -- assets`", path.display())
        })?;
        let manifest: Manifest = serde_json::from_slice(&manifest)
            .with_context(|| format!("{} is not an asset manifest", path.display()))?;
        for name in [&manifest.css, &manifest.js, &manifest.wasm, &manifest.icon] {
            let file = folder.join(name);
            anyhow::ensure!(file.is_file(), "{} names {name}, which is not in that folder", path.display());
        }
        Ok(Self(Arc::new(Inner { mount, folder: folder.to_owned(), manifest })))
    }

    /// URL of the stylesheet.
    pub fn css(&self) -> String {
        self.url(&self.0.manifest.css)
    }

    /// URL of the JavaScript that loads the WASM.
    pub fn js(&self) -> String {
        self.url(&self.0.manifest.js)
    }

    /// URL of the WASM.
    pub fn wasm(&self) -> String {
        self.url(&self.0.manifest.wasm)
    }

    /// URL of the icon (SVG).
    pub fn icon(&self) -> String {
        self.url(&self.0.manifest.icon)
    }

    /// A router that serves the files below the mount point.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let files = ServeDir::new(&self.0.folder).precompressed_br().precompressed_gzip();
        let service = ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CACHE_CONTROL,
                |response: &axum::http::Response<_>| {
                    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
                    response.status().is_success().then_some(forever)
                },
            ))
            .service(files);
        Router::new().nest_service(self.0.mount, service)
    }

    fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.0.mount)
    }
}
