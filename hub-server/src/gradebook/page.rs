//! The gradebook as a table: students down, materials across, both headings in view while it scrolls.

use super::{
    Cell, Column, Gradebook, Line, Value,
    handlers::Filter,
    path,
    row::{RowForm, value_field, version_field},
    sheet::Fault,
};
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    grading, t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage},
    },
    web::{FormState, Staff, Words},
};
use axum::{http::StatusCode, response::Response};
use helper_ui::ui::{
    Actions, Button, ButtonLink, Choice, EmptyState, FieldProblem, FileField, HiddenField, Notice, PostForm, Section,
    Select, Table, TextField, Tone, Weight, Width, field_id,
};
use leptos::prelude::*;
use maud::{Markup, html};
use server_kit::page;
use shared_types::ids::StudentId;
use std::collections::BTreeMap;

/// The table and the part of it that is shown.
pub struct Page {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    pub gradebook: Gradebook,
    pub filter: Filter,
    /// The row that is edited.
    pub form: Option<(StudentId, FormState<RowForm>)>,
    /// Why a spreadsheet was not taken.
    pub refused: Option<Vec<FieldProblem>>,
}

/// Renders the page.
pub async fn gradebook(frame: Frame, table: Page, status: StatusCode) -> Response {
    page::render_with_island(status, move || {
        let frame = frame.with_teaching_island();
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Page { staff, classroom, may_change, gradebook, filter, form, refused } = table;
        let title = format!("{} · {}", t!(words, "gradebook-title"), classroom.name);
        let mut problems = refused.unwrap_or_default();
        problems.extend(form.iter().flat_map(|(_, form)| row_problems(form, &gradebook, words)));
        let overtaken = form.as_ref().is_some_and(|(_, form)| form.typed.is_overtaken()).then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "answer-overtaken-word") announce=true>
                    {t!(words, "gradebook-overtaken-text")}
                </Notice>
            }
        });
        let parts = Parts { classroom: classroom.clone(), filter, form, may_change, csrf: csrf.clone() };
        let content = if gradebook.columns.is_empty() {
            view! { <EmptyState title=t!(words, "gradebook-none") text=t!(words, "gradebook-none-text") /> }.into_any()
        } else if gradebook.lines.is_empty() {
            view! { <EmptyState title=t!(words, "gradebook-nobody") text=t!(words, "gradebook-nobody-text") /> }
                .into_any()
        } else {
            parts.table(&gradebook, words)
        };
        let has_cells = !gradebook.columns.is_empty() && !gradebook.lines.is_empty();
        let spreadsheet = has_cells.then(|| spreadsheet(&classroom, may_change, csrf, words));
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Gradebook words />
                <Problems words problems />
                {overtaken}
                {content}
                {spreadsheet}
            </StaffPage>
        }
    })
    .await
}

/// The summary's line leads to the first field that is marked.
fn row_problems(form: &FormState<RowForm>, gradebook: &Gradebook, words: Words) -> Vec<FieldProblem> {
    let is_marked = |column: &&Column| {
        form.typed.cells.get(&column.material).is_some_and(|typed| typed.wrong || typed.overtaken.is_some())
    };
    let field = gradebook.columns.iter().find(is_marked).map(|column| value_field(column.material));
    let mut problems = form.problems(words);
    for problem in &mut problems {
        problem.field = field.clone().unwrap_or_default();
    }
    problems
}

struct Parts {
    classroom: Classroom,
    filter: Filter,
    form: Option<(StudentId, FormState<RowForm>)>,
    may_change: bool,
    csrf: String,
}

impl Parts {
    fn table(&self, gradebook: &Gradebook, words: Words) -> AnyView {
        let (columns, lines) = self.part(gradebook);
        if lines.is_empty() {
            let nothing = if self.filter.ungraded.is_some() {
                t!(words, "gradebook-nothing-waits")
            } else {
                t!(words, "gradebook-no-match")
            };
            return view! {
                {self.filters(gradebook, words)}
                <p>{nothing}</p>
            }
            .into_any();
        }
        let head = columns
            .iter()
            .map(|column| {
                let most = t!(words, "gradebook-most", most = column.most.to_string());
                view! {
                    <th scope="col">
                        <a href=grading::path(column.material)>{column.title.clone()}</a>
                        <span class="gradebook-most">{column.module_title.clone()}</span>
                        <span class="gradebook-most">{most}</span>
                    </th>
                }
            })
            .collect_view();
        let rows = html! { @for line in &lines { (self.row(gradebook, line, &columns, words)) } };
        let found = t!(words, "gradebook-found", students = lines.len(), of = gradebook.lines.len());
        let edit_form = self.form.as_ref().map(|(student, _)| self.edit_form(*student));
        let change =
            self.may_change.then(|| view! { <th scope="col" class="no-print">{t!(words, "gradebook-change")}</th> });
        view! {
            {self.filters(gradebook, words)}
            <p>{found}</p>
            {edit_form}
            <div class="table-scroll gradebook" role="region" tabindex="0" aria-label=t!(words, "gradebook-title")>
                <table class="table">
                    <caption class="visually-hidden">{t!(words, "gradebook-title")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(words, "gradebook-student")}</th>
                            {change}
                            {head}
                        </tr>
                    </thead>
                    <tbody inner_html=rows.into_string()></tbody>
                </table>
            </div>
            <p class="field-hint no-print">{t!(words, "gradebook-legend")}</p>
            <p class="field-hint gradebook-keys no-print" hidden>{t!(words, "gradebook-keys")}</p>
        }
        .into_any()
    }

    /// What the filter lets through. Where only what waits is shown, neither a row nor a column without it stays.
    fn part<'a>(&self, gradebook: &'a Gradebook) -> (Vec<&'a Column>, Vec<&'a Line>) {
        let (module, name) = (self.filter.module(), self.filter.q.trim().to_lowercase());
        let columns = gradebook.columns.iter().filter(|column| module.is_none_or(|module| column.module == module));
        let lines = gradebook.lines.iter().filter(|line| line.display_name.to_lowercase().contains(&name));
        let (mut columns, mut lines): (Vec<_>, Vec<_>) = (columns.collect(), lines.collect());
        if self.filter.ungraded.is_some() {
            let waits = |line: &Line, column: &Column| gradebook.cell(line.student, column.material).needs_grading;
            columns.retain(|column| lines.iter().any(|line| waits(line, column)));
            lines.retain(|line| columns.iter().any(|column| waits(line, column)));
        }
        (columns, lines)
    }

    fn row(&self, gradebook: &Gradebook, line: &Line, columns: &[&Column], words: Words) -> Markup {
        let edited = self.form.as_ref().filter(|(student, _)| *student == line.student).map(|(_, form)| &form.typed);
        html! {
            tr id={ "row-" (line.student) } {
                th scope="row" { (line.display_name) }
                @if self.may_change { td.no-print { (self.change(line, columns, edited.is_some(), words)) } }
                @for column in columns {
                    @match edited {
                        Some(form) => (field(form, line, column, words)),
                        None => (cell(gradebook.cell(line.student, column.material), line, column, words)),
                    }
                }
            }
        }
    }

    /// The way to change a row, or to keep what was changed.
    fn change(&self, line: &Line, columns: &[&Column], edited: bool, words: Words) -> Markup {
        let path = path(&self.classroom);
        // The field itself: an address that names a field brings the keyboard there, without a script.
        let first = columns.first().map(|column| field_id(&value_field(column.material))).unwrap_or_default();
        html! {
            @if edited {
                button type="submit" class=(Weight::Primary.class()) form="gradebook-row" { (t!(words, "form-save")) }
                " "
                a class=(Weight::Quiet.class()) href={ (path) (self.filter.query(None)) } {
                    (t!(words, "form-cancel"))
                }
            } @else {
                a href={ (path) (self.filter.query(Some(line.student))) "#" (first) } data-edit="true" {
                    (t!(words, "gradebook-edit")) span.visually-hidden { " " (line.display_name) }
                }
            }
        }
    }

    /// The form of the row that is edited; its fields lie in the table and name it.
    fn edit_form(&self, student: StudentId) -> AnyView {
        let action = format!("{}/students/{student}{}", path(&self.classroom), self.filter.query(None));
        view! {
            <form id="gradebook-row" method="post" action=action>
                <input type="hidden" name=helper_ui::ui::CSRF_FIELD value=self.csrf.clone() />
            </form>
        }
        .into_any()
    }

    fn filters(&self, gradebook: &Gradebook, words: Words) -> AnyView {
        let modules: BTreeMap<usize, (String, String)> = gradebook
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| (at, (column.module.to_string(), column.module_title.clone())))
            .collect();
        let mut choices = vec![Choice::new("", t!(words, "gradebook-all-modules"))];
        for (id, title) in modules.into_values() {
            if choices.last().is_none_or(|last| last.value != id) {
                choices.push(Choice::new(id, title));
            }
        }
        let chosen = self.filter.module().map(|module| module.to_string()).unwrap_or_default();
        let ungraded = self.filter.ungraded.is_some();
        view! {
            <form method="get" action=path(&self.classroom) class="form filters" role="search">
                <TextField
                    label=t!(words, "gradebook-name")
                    name="q"
                    value=self.filter.q.clone()
                    kind="search"
                    required=false
                    maxlength=60
                />
                <Select label=t!(words, "gradebook-module") name="module" choices value=chosen />
                <div class="field field-check">
                    <input type="checkbox" id="field-ungraded" name="ungraded" checked=ungraded />
                    <label for="field-ungraded">{t!(words, "gradebook-only-ungraded")}</label>
                </div>
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "gradebook-filter")}</Button>
                </Actions>
            </form>
        }
        .into_any()
    }
}

/// What stands in a cell: the points, and in words whatever is not plain about them.
fn cell(cell: Cell, line: &Line, column: &Column, words: Words) -> Markup {
    let (text, note) = said(&cell, words);
    html! {
        td {
            a href=(grading::student_path(column.material, line.student)) { (text) }
            @if let Some(note) = note { span.cell-note { (note) } }
        }
    }
}

fn said(cell: &Cell, words: Words) -> (String, Option<&'static str>) {
    let text = match cell.points {
        _ if cell.excused => t!(words, "gradebook-excused").to_owned(),
        Some(points) => grading::Points(points.0 - cell.deducted.0).to_string(),
        None if cell.needs_grading => t!(words, "gradebook-to-grade").to_owned(),
        None if cell.handed_in => t!(words, "gradebook-commented").to_owned(),
        None => "–".to_owned(),
    };
    let note = if cell.needs_grading && cell.points.is_some() {
        Some(t!(words, "gradebook-again"))
    } else if cell.unreturned {
        Some(t!(words, "gradebook-draft"))
    } else if cell.late {
        Some(t!(words, "gradebook-late"))
    } else {
        None
    };
    (text, note)
}

fn field(form: &RowForm, line: &Line, column: &Column, words: Words) -> Markup {
    let Some(typed) = form.cells.get(&column.material) else { return html! { td {} } };
    let label = t!(words, "gradebook-cell", student = line.display_name.clone(), material = column.title.clone());
    let note = match typed.overtaken {
        Some(Value::Empty) => Some(t!(words, "gradebook-now-empty").to_owned()),
        Some(value) => Some(t!(words, "gradebook-now", value = value.text())),
        None if typed.wrong => Some(t!(words, "gradebook-wrong").to_owned()),
        None => None,
    };
    html! {
        td {
            input.input.gradebook-input id=(field_id(&value_field(column.material))) form="gradebook-row"
                name=(value_field(column.material)) value=(typed.text)
                aria-label=(label) aria-invalid=[note.is_some().then_some("true")] inputmode="decimal"
                autocomplete="off" maxlength="12";
            input type="hidden" form="gradebook-row" name=(version_field(column.material)) value=(typed.version);
            @if let Some(note) = note { span.cell-note { (note) } }
        }
    }
}

/// Out to a spreadsheet, and back.
fn spreadsheet(classroom: &Classroom, may_change: bool, csrf: String, words: Words) -> AnyView {
    let (out, into) = (format!("{}.csv", path(classroom)), format!("{}/imports", path(classroom)));
    let send = may_change.then(|| {
        view! {
            <PostForm action=into csrf multipart=true>
                <FileField
                    label=t!(words, "gradebook-file")
                    name="file"
                    accept=".csv,text/csv"
                    hint=t!(words, "gradebook-file-hint")
                />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "gradebook-compare")}</Button>
                </Actions>
            </PostForm>
        }
    });
    view! {
        <div class="no-print">
            <Section title=t!(words, "gradebook-spreadsheet")>
                <Actions>
                    <ButtonLink href=out weight=Weight::Secondary>{t!(words, "gradebook-download")}</ButtonLink>
                </Actions>
                {send}
            </Section>
        </div>
    }
    .into_any()
}

/// What is wrong with a spreadsheet, in words.
pub fn sentence(fault: &Fault, words: Words) -> String {
    match fault.clone() {
        Fault::NoStudents => t!(words, "gradebook-fault-no-students").to_owned(),
        Fault::NoMaterials => t!(words, "gradebook-fault-no-materials").to_owned(),
        Fault::UnknownColumn(name) => t!(words, "gradebook-fault-column", name = name),
        Fault::UnknownStudent(name) => t!(words, "gradebook-fault-student", name = name),
        Fault::TwiceStudent(name) => t!(words, "gradebook-fault-student-twice", name = name),
        Fault::TwiceColumn(name) => t!(words, "gradebook-fault-column-twice", name = name),
        Fault::WrongValue { student, material, text } => {
            t!(words, "gradebook-fault-value", student = student, material = material, text = text)
        }
    }
}

/// The page of what a spreadsheet would change.
pub struct Comparison {
    pub staff: Staff,
    pub classroom: Classroom,
    pub gradebook: Gradebook,
    pub import: uuid::Uuid,
    pub changes: Vec<super::Change>,
    /// Columns and rows that are left out.
    pub left_out: Vec<String>,
    /// Grades were changed since the comparison was made; this is a new one.
    pub overtaken: bool,
}

/// Renders it.
pub async fn comparison(frame: Frame, shown: Comparison) -> Response {
    let status = if shown.overtaken { StatusCode::CONFLICT } else { StatusCode::OK };
    page::render(status, move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Comparison { staff, classroom, gradebook, import, changes, left_out, overtaken } = shown;
        let back = path(&classroom);
        let action = format!("{back}/imports/{import}");
        let notice = overtaken.then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "answer-overtaken-word") announce=true>
                    {t!(words, "gradebook-import-overtaken")}
                </Notice>
            }
        });
        let left_out = (!left_out.is_empty()).then(|| {
            let lines = left_out.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <Section title=t!(words, "gradebook-left-out")>
                    <ul>{lines}</ul>
                </Section>
            }
        });
        let count = changes.len();
        let table = (count > 0).then(|| differences(&gradebook, &changes, words));
        let apply = (count > 0).then(|| {
            view! {
                <PostForm action csrf>
                    <HiddenField name="count" value=count.to_string() />
                    <Actions>
                        <Button>{t!(words, "gradebook-apply", count = count)}</Button>
                        <ButtonLink href=back.clone() weight=Weight::Quiet>{t!(words, "form-cancel")}</ButtonLink>
                    </Actions>
                </PostForm>
            }
        });
        let none = (count == 0).then(|| {
            view! {
                <EmptyState title=t!(words, "gradebook-no-difference") text=t!(words, "gradebook-no-difference-text") />
            }
        });
        view! {
            <StaffPage frame title=t!(words, "gradebook-comparison") staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Gradebook words />
                <h2>{t!(words, "gradebook-comparison")}</h2>
                {notice}
                {none}
                {table}
                {apply}
                {left_out}
                <Actions>
                    <ButtonLink href=path(&classroom) weight=Weight::Secondary>{t!(words, "gradebook-back")}</ButtonLink>
                </Actions>
            </StaffPage>
        }
    })
    .await
}

fn differences(gradebook: &Gradebook, changes: &[super::Change], words: Words) -> AnyView {
    let shown = |value: Value| match value {
        Value::Empty => "–".to_owned(),
        Value::Excused => t!(words, "gradebook-excused").to_owned(),
        Value::Points(points) => points.to_string(),
    };
    let rows = changes
        .iter()
        .map(|change| {
            let name = gradebook.lines.iter().find(|line| line.student == change.student);
            let title = gradebook.columns.iter().find(|column| column.material == change.material);
            let above = super::sheet::is_above(gradebook, change).then(|| t!(words, "gradebook-above"));
            view! {
                <tr>
                    <th scope="row">{name.map(|line| line.display_name.clone())}</th>
                    <td>{title.map(|column| column.title.clone())}</td>
                    <td>{shown(change.from)}</td>
                    <td>{shown(change.to)} " " {above}</td>
                </tr>
            }
        })
        .collect_view();
    let headings = [
        t!(words, "gradebook-student"),
        t!(words, "gradebook-material"),
        t!(words, "gradebook-from"),
        t!(words, "gradebook-to"),
    ]
    .map(str::to_owned)
    .to_vec();
    view! {
        <Table caption=t!(words, "gradebook-comparison") headings>
            {rows}
        </Table>
    }
    .into_any()
}
