//! QR codes, drawn as one path: no picture to load, sharp in print.

use leptos::prelude::*;
use qrcode::{Color, QrCode};
use std::fmt::Write;

/// Light modules around the code, as the standard asks for (ISO/IEC 18004).
const QUIET_MODULES: usize = 4;

/// A QR code to be drawn: its side in modules, and the path of its dark ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrDrawing {
    pub side: usize,
    pub path: String,
}

/// The QR code of `text`, with its quiet zone.
pub fn qr(text: &str) -> anyhow::Result<QrDrawing> {
    let code = QrCode::new(text)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run[0] == Color::Dark {
                write!(path, "M{} {}h{len}v1h-{len}z", x + QUIET_MODULES, y + QUIET_MODULES, len = run.len())?;
            }
            x += run.len();
        }
    }
    Ok(QrDrawing { side: width + 2 * QUIET_MODULES, path })
}

/// The drawing. Always dark on white: that is what cameras read.
#[component]
pub fn Qr(
    drawing: QrDrawing,
    /// What is read out in its place.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let side = drawing.side.to_string();
    let whole = format!("0 0 {side} {side}");
    view! {
        <div class="qr">
            <svg
                role="img"
                aria-label=label
                viewBox=whole
                width="240"
                height="240"
                shape-rendering="crispEdges"
            >
                <rect width=side.clone() height=side fill="#fff" />
                <path fill="#000" d=drawing.path />
            </svg>
        </div>
    }
    .into_any()
}
