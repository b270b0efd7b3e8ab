//! A material as a line of a student's list.

use super::{kind_word, written_status};
use crate::{
    grading::returned::points_word,
    material::outline::{Item, Mark},
    t,
    ui::{time::Now, written::link_row},
    web::Words,
};
use maud::Markup;

/// A material in a student's list, with where the student stands.
pub fn row_of_student(item: &Item, now: Now, words: Words) -> Markup {
    let (detail, state) = (row_about(item, now, words), written_status(item.state, now, words));
    link_row(&item.path(), &item.title, Some(&detail), state)
}

/// What it is, when it is due, and whether something typed since waits to be handed in.
pub fn row_about(item: &Item, now: Now, words: Words) -> String {
    let kind = if item.lesson.is_some() { t!(words, "material-kind-lesson") } else { kind_word(item.kind, words) };
    let kind = match item.returned {
        Some(Mark { points, most, excused, .. }) => format!("{kind} · {}", points_word(points, most, excused, words)),
        None => kind.to_owned(),
    };
    let kind = if item.typed_over { format!("{kind} · {}", t!(words, "material-typed-over")) } else { kind };
    match item.due_at {
        Some(due_at) if due_at < now.now && item.is_open_work() => {
            format!("{kind} · {}", t!(words, "student-was-due", at = now.moment(due_at, words)))
        }
        Some(due_at) => format!("{kind} · {}", t!(words, "material-due", at = now.moment(due_at, words))),
        None => kind,
    }
}
