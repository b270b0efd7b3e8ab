//! What brings teachers' pages to life. Everything here enhances HTML that works without it, and is in a WASM of its own
//! (feature `teach`), which students never load.

mod arrange;
mod editor;
mod gradebook;
mod grading;
mod live;
mod send;

/// Enhances what the page has of it.
pub(crate) fn start() {
    arrange::start();
    editor::start();
    gradebook::start();
    grading::start();
    live::start();
}
