//! The form of the grade, beside the work.

use crate::{
    grading::{
        policy,
        sheet::{
            OneStudent, Sheet,
            asked::Asked,
            form::{GradeForm, MAX_COMMENT_CHARS, MAX_NOTE_CHARS},
        },
    },
    material::{Criterion, answer::level_field},
    t,
    ui::{fields::Problems, time::Now},
    web::{FormState, Words},
};
use helper_ui::ui::{
    Actions, Button, Checkbox, HiddenField, LevelCard, LevelChoice, PostForm, TextArea, TextField, Weight,
};
use leptos::prelude::*;

/// The form. Who may not change anything gets the same without a button.
#[component]
pub(super) fn GradeCard(
    sheet: Sheet,
    one: OneStudent,
    form: FormState<GradeForm>,
    asked: Asked,
    may_change: bool,
    csrf: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let problems = form.problems(words);
    let [points_error, comment_error, note_error] = ["points", "comment", "note"].map(|name| form.error(name, words));
    let action = asked.path(sheet.material, one.id);
    let seen = form.typed.seen_field();
    let GradeForm { version, points, levels, comment, note, excused, late_waived, .. } = form.typed;
    let only = asked.criterion.clone();
    let rubric = sheet
        .scheme
        .rubric
        .iter()
        .cloned()
        .map(|criterion| {
            let chosen = levels.get(&criterion.id).copied();
            if only.as_ref().is_none_or(|only| *only == criterion.id) {
                level_choice(criterion, chosen, words)
            } else {
                // Graded another time: it stays as it is.
                let name = level_field(&criterion.id);
                chosen.map(|level| view! { <HiddenField name value=level.to_string() /> }).into_any()
            }
        })
        .collect_view();
    let hint = points_hint(&sheet, &one, words);
    let label = t!(words, "grade-points", most = sheet.scheme.most.to_string());
    let late = sheet.due_at.zip(one.standing.handed_in_at).is_some_and(|(due, handed_in)| handed_in > due);
    let waived = late.then(|| {
        view! { <Checkbox label=t!(words, "grade-late-waived") name="late_waived" checked=late_waived /> }
    });
    let kept_waived = (!late && late_waived).then(|| view! { <HiddenField name="late_waived" value="on" /> });
    let bank = bank(&sheet, may_change, words);
    let buttons = may_change.then(|| buttons(words));
    let saved = saved(&one, now, words);
    view! {
        <div
            class="grading"
            data-grading=""
            data-keys=if sheet.desk.keys_off { "off" } else { "on" }
            data-saving=t!(words, "grade-saving")
            data-saved=t!(words, "grade-saved")
            data-unsaved=t!(words, "grade-unsaved")
            data-offline=t!(words, "grade-offline")
            data-overtaken=t!(words, "grade-overtaken-short")
            data-signed-out=t!(words, "grade-signed-out")
        >
            <Problems words problems />
            <PostForm action csrf>
                <HiddenField name="version" value=version.to_string() />
                <HiddenField name="seen" value=seen />
                {kept_waived}
                {rubric}
                <TextField label name="points" value=points hint error=points_error required=false />
                <TextArea
                    label=t!(words, "grade-comment")
                    name="comment"
                    value=comment
                    hint=t!(words, "grade-comment-hint")
                    error=comment_error
                    rows=5
                    required=false
                    maxlength=MAX_COMMENT_CHARS
                />
                {bank}
                <TextArea
                    label=t!(words, "grade-note")
                    name="note"
                    value=note
                    hint=t!(words, "grade-note-hint")
                    error=note_error
                    rows=2
                    required=false
                    maxlength=MAX_NOTE_CHARS
                />
                <Checkbox label=t!(words, "grade-excused") name="excused" checked=excused />
                {waived}
                {buttons}
            </PostForm>
            <p class="grading-state" role="status" data-testid="grading-state">{saved}</p>
            {may_change.then(|| keys(words))}
        </div>
    }
    .into_any()
}

fn level_choice(criterion: Criterion, chosen: Option<usize>, words: Words) -> AnyView {
    let levels = criterion
        .levels
        .into_iter()
        .enumerate()
        .map(|(number, level)| LevelCard {
            value: number.to_string(),
            title: format!("{} {}", number + 1, level.title),
            detail: level.description,
            note: (level.points > 0).then(|| t!(words, "rubric-points", points = level.points)),
        })
        .collect::<Vec<_>>();
    let name = level_field(&criterion.id);
    let chosen = chosen.map(|level| level.to_string());
    view! {
        <LevelChoice legend=criterion.title name levels chosen error=None>
            ""
        </LevelChoice>
    }
    .into_any()
}

/// What the points come to, and what is lost for being late.
fn points_hint(sheet: &Sheet, one: &OneStudent, words: Words) -> String {
    let standing = &one.standing;
    let hint = match policy::total(&standing.grade, &sheet.scheme) {
        _ if !sheet.scheme.adds_up() => t!(words, "grade-points-plain").to_owned(),
        Some(total) => t!(words, "grade-points-by-levels", total = total.to_string()),
        None => t!(words, "grade-points-hint").to_owned(),
    };
    if standing.deducted.0 == 0 {
        return hint;
    }
    format!("{hint} {}", t!(words, "grade-deducted", points = standing.deducted.to_string()))
}

/// The teacher's own comments: each button puts one behind what is typed.
fn bank(sheet: &Sheet, may_change: bool, words: Words) -> AnyView {
    if !may_change || sheet.desk.comments.is_empty() {
        return ().into_any();
    }
    let buttons = sheet
        .desk
        .comments
        .iter()
        .map(|comment| {
            view! {
                <li>
                    <button
                        type="submit"
                        class="button button-quiet bank-button"
                        name="insert"
                        value=comment.id.to_string()
                        formnovalidate=true
                    >
                        {comment.text.clone()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="grading-bank">
            <summary>{t!(words, "grade-bank")}</summary>
            <ul>{buttons}</ul>
        </details>
    }
    .into_any()
}

fn buttons(words: Words) -> AnyView {
    view! {
        <Actions>
            <Button name="action" value="next">{t!(words, "grade-save-next")}</Button>
            <Button weight=Weight::Secondary name="action" value="save">{t!(words, "grade-save")}</Button>
            <Button weight=Weight::Secondary name="action" value="return">{t!(words, "grade-return")}</Button>
        </Actions>
    }
    .into_any()
}

fn saved(one: &OneStudent, now: Now, words: Words) -> String {
    match (one.standing.graded_at, one.standing.graded_by.clone()) {
        (Some(at), Some(by)) => t!(words, "grade-saved-by", at = now.moment(at, words), by = by),
        (Some(at), None) => t!(words, "grade-saved-at", at = now.moment(at, words)),
        (None, _) => String::new(),
    }
}

/// What the keys do. Without JavaScript they do nothing, and the stylesheet hides this.
fn keys(words: Words) -> AnyView {
    let rows = [
        ("J · N", t!(words, "keys-next")),
        ("K · P", t!(words, "keys-previous")),
        ("Shift + J", t!(words, "keys-ungraded")),
        ("1 – 9", t!(words, "keys-levels")),
        ("C", t!(words, "keys-comment")),
        ("Ctrl + Enter", t!(words, "keys-save-next")),
        ("?", t!(words, "keys-sheet")),
    ]
    .into_iter()
    .map(|(key, does)| {
        view! {
            <div>
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <details class="grading-keys">
            <summary>{t!(words, "keys-title")}</summary>
            <p>{t!(words, "keys-text")}</p>
            <dl class="definitions">{rows}</dl>
        </details>
    }
    .into_any()
}
