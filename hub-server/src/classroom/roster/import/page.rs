//! The form for a list of names, and what putting it into the class would do.

use super::{
    ImportForm, MAX_NAMES,
    names::{Line, Verdict},
};
use crate::{
    classroom::Classroom,
    enrolment::NameFault,
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff, Words, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, FileField, HiddenField, IconName, PageHeader, PostForm, StatusWord, Table,
    TextArea, Tone, Weight,
};
use leptos::prelude::*;

/// Renders the form.
pub async fn form(frame: Frame, staff: Staff, classroom: Classroom, form: FormState<ImportForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let names_error = form.error("names", words);
        let back = classroom.roster_path();
        view! {
            <StaffPage frame title=t!(words, "import-title") staff classroom>
                <BackLink href=back.clone()>{t!(words, "class-tab-roster")}</BackLink>
                <PageHeader title=t!(words, "import-title") lead=t!(words, "import-lead") />
                <Problems words problems />
                <PostForm action=format!("{back}/import") csrf multipart=true>
                    <TextArea
                        label=t!(words, "import-names")
                        name="names"
                        value=form.typed.names
                        hint=t!(words, "import-names-hint")
                        error=names_error
                        rows=8
                        required=false
                    />
                    <FileField
                        label=t!(words, "import-file")
                        name="file"
                        accept=".csv,.txt,.tsv"
                        hint=t!(words, "import-file-hint", most = MAX_NAMES)
                        required=false
                    />
                    <Actions>
                        <Button>{t!(words, "import-look")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// A list that was read.
pub struct Preview {
    pub staff: Staff,
    pub classroom: Classroom,
    /// What the column of the names is called, where the list says so.
    pub column: Option<String>,
    pub lines: Vec<Line>,
    pub key: IdempotencyKey,
}

/// Renders what would happen.
pub async fn preview(frame: Frame, page: Preview) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let frame = frame.shown_once();
        let Preview { staff, classroom, column, lines, key } = page;
        let back = classroom.roster_path();
        let new: Vec<String> = lines
            .iter()
            .filter_map(
                |line| if let Verdict::New(name) = &line.verdict { Some(name.as_str().to_owned()) } else { None },
            )
            .collect();
        let count = new.len();
        let from = column.map(|column| view! { <p>{t!(words, "import-column", column = column)}</p> });
        let (form, confirmation) = (format!("{back}/import"), format!("{back}/import/confirmation"));
        let (once_more, again) = (form.clone(), form.clone());
        let confirm = (count > 0).then(|| {
            view! {
                <PostForm action=confirmation csrf>
                    <HiddenField name="names" value=new.join("\n") />
                    <OnceOnly key />
                    <Actions>
                        <Button>{t!(words, "import-button", count = count)}</Button>
                        <ButtonLink href=again weight=Weight::Secondary>
                            {t!(words, "import-again")}
                        </ButtonLink>
                    </Actions>
                </PostForm>
            }
        });
        let nothing_new = (count == 0).then(|| {
            view! {
                <Actions>
                    <ButtonLink href=once_more>{t!(words, "import-again")}</ButtonLink>
                </Actions>
            }
        });
        let others = lines.len() - count;
        let rows = lines.into_iter().map(|line| row(line, words)).collect_view();
        let headings = vec![t!(words, "roster-name").to_owned(), t!(words, "import-verdict").to_owned()];
        view! {
            <StaffPage frame title=t!(words, "import-preview") staff classroom>
                <BackLink href=form>{t!(words, "import-title")}</BackLink>
                <PageHeader
                    title=t!(words, "import-preview")
                    lead=t!(words, "import-preview-lead", count = count, others = others)
                />
                {from}
                {confirm}
                {nothing_new}
                <Table caption=t!(words, "import-preview") headings>
                    {rows}
                </Table>
            </StaffPage>
        }
    })
    .await
}

fn row(line: Line, words: Words) -> AnyView {
    let (word, tone, icon) = match &line.verdict {
        Verdict::New(_) => (t!(words, "import-new"), Tone::Success, IconName::Done),
        Verdict::Known => (t!(words, "import-known"), Tone::Info, IconName::Person),
        Verdict::Twice => (t!(words, "import-twice"), Tone::Info, IconName::Info),
        Verdict::Refused(fault) => (refusal(*fault, words), Tone::Warning, IconName::Warning),
    };
    view! {
        <tr>
            <th scope="row">{line.typed}</th>
            <td>
                <StatusWord word tone icon />
            </td>
        </tr>
    }
    .into_any()
}

fn refusal(fault: NameFault, words: Words) -> &'static str {
    match fault {
        NameFault::Missing | NameFault::Unreadable => t!(words, "import-unreadable"),
        NameFault::TooLong => t!(words, "import-name-too-long"),
        NameFault::EmailAddress | NameFault::PhoneNumber | NameFault::WebAddress => t!(words, "import-reach"),
        NameFault::Unkind => t!(words, "import-unkind"),
    }
}
