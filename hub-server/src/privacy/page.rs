//! What the pages about a student's data show.

use super::{
    PATH,
    answers::{self, Manner},
    register::Holding,
    store::{AnswerRow, DraftRow, FileRow, GradeRow, PersonRow},
    talks::{Conversations, Talks},
};
use crate::{
    classroom::{Classroom, Student},
    submission::{file_path, words::size},
    t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::{Now, Since},
    },
    web::Words,
};
use axum::response::Response;
use chrono::{DateTime, Utc};
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Card, DefinitionList, EmptyState, PageHeader, PostForm, Section, Weight,
};
use leptos::prelude::*;

/// Everything the page shows.
pub(super) struct MyData {
    pub now: Now,
    pub student: Student,
    pub classroom: Classroom,
    pub person: PersonRow,
    pub files: Vec<FileRow>,
    pub grades: Vec<GradeRow>,
    pub answers: Vec<AnswerRow>,
    pub drafts: Vec<DraftRow>,
    pub talks: Talks,
    pub counts: Vec<(&'static Holding, i64)>,
}

/// Renders the page.
pub(super) async fn my_data(frame: Frame, page: MyData) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let MyData { now, student, classroom, person, files, grades, answers, drafts, talks, counts } = page;
        let nothing = files.is_empty() && grades.is_empty() && answers.is_empty() && drafts.is_empty();
        let files = pieces(files.into_iter().map(|file| Piece::of_file(file, words)), now, words);
        let grades = grades.into_iter().map(|grade| view! { <GradeBack grade now words /> }.into_any()).collect();
        let answers = pieces(answers.into_iter().map(|answer| Piece::of_answer(answer, words)), now, words);
        let drafts = pieces(drafts.into_iter().map(|draft| Piece::of_draft(draft, words)), now, words);
        view! {
            <StudentPage frame title=t!(words, "data-title") student=student.display_name classroom>
                <BackLink href="/student">{t!(words, "student-home")}</BackLink>
                <PageHeader title=t!(words, "data-title") lead=t!(words, "data-lead") />
                <Person person now words />
                <TakeAway words />
                {nothing
                    .then(|| {
                        view! { <EmptyState title=t!(words, "data-nothing") text=t!(words, "data-nothing-text") /> }
                    })}
                <Pieces title=t!(words, "data-submissions") rows=files />
                <Pieces title=t!(words, "data-grades-back") rows=grades />
                <Pieces title=t!(words, "data-responses") rows=answers />
                <Pieces title=t!(words, "data-drafts") rows=drafts />
                <Conversations talks now words />
                <Everything counts words />
                <Leaving csrf words />
            </StudentPage>
        }
    })
    .await
}

#[component]
fn Person(person: PersonRow, now: Now, words: Words) -> impl IntoView {
    let items = vec![
        (t!(words, "data-name").to_owned(), person.display_name),
        (t!(words, "data-class").to_owned(), person.classroom),
        (t!(words, "data-joined").to_owned(), now.since(person.joined_at, words)),
        (t!(words, "data-seen").to_owned(), now.since(person.last_seen_at, words)),
    ];
    view! { <DefinitionList items /> }.into_any()
}

#[component]
fn TakeAway(words: Words) -> impl IntoView {
    view! {
        <Card>
            <h2>{t!(words, "data-take")}</h2>
            <p>{t!(words, "data-take-text")}</p>
            <Actions>
                <ButtonLink href=format!("{PATH}/portfolio.zip")>{t!(words, "data-download")}</ButtonLink>
            </Actions>
        </Card>
    }
    .into_any()
}

/// One thing that can be deleted by itself.
pub(super) struct Piece {
    /// `files/{id}` and the like, as the address of its deletion has it.
    pub record: String,
    pub title: String,
    pub href: Option<String>,
    pub detail: String,
    pub text: String,
    pub at: DateTime<Utc>,
}

impl Piece {
    pub fn of_file(file: FileRow, words: Words) -> Self {
        let bytes = size(u64::try_from(file.bytes).unwrap_or_default(), words);
        let version = t!(words, "upload-version", version = file.version, size = bytes);
        let withdrawn = if file.withdrawn_at.is_some() { t!(words, "upload-withdrawn") } else { "" };
        Self {
            record: format!("files/{}", file.id),
            href: Some(file_path(file.material, file.id)),
            detail: [file.module.as_str(), &file.title, &version, withdrawn]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            title: file.file_name,
            text: file.note,
            at: file.submitted_at,
        }
    }

    pub fn of_answer(answer: AnswerRow, words: Words) -> Self {
        Self {
            record: format!("answers/{}", answer.material),
            href: None,
            text: answers::plain(&answer.settings, &answer.answer, words).join("\n"),
            title: answer.title,
            detail: answer.module,
            at: answer.saved_at,
        }
    }

    pub fn of_draft(draft: DraftRow, words: Words) -> Self {
        Self {
            record: format!("drafts/{}", draft.material),
            href: None,
            text: answers::draft(&draft, Manner::Plain, words),
            title: draft.title,
            detail: draft.module,
            at: draft.saved_at,
        }
    }
}

fn pieces(pieces: impl Iterator<Item = Piece>, now: Now, words: Words) -> Vec<AnyView> {
    pieces.map(|piece| view! { <PieceRow piece now words /> }.into_any()).collect()
}

/// A grade with the levels and the teacher's words. It is the teacher's, so it is not deleted by itself.
#[component]
fn GradeBack(grade: GradeRow, now: Now, words: Words) -> impl IntoView {
    let (points, feedback) = (answers::points(&grade, words), answers::feedback(&grade));
    let feedback = (!feedback.is_empty()).then(|| view! { <p class="file-note">{feedback}</p> });
    let href = format!("/student/materials/{}", grade.material);
    view! {
        <li class="file-row" data-testid="grade-back">
            <div class="file-row-words">
                <p>
                    <a href=href>{grade.title}</a>
                </p>
                <p>{points}</p>
                <p class="file-row-detail">{grade.module} " · " <Since then=grade.returned_at now words /></p>
                {feedback}
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Pieces(title: &'static str, rows: Vec<AnyView>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <Section title=title>
            <ul class="file-list">{rows}</ul>
        </Section>
    }
    .into_any()
}

#[component]
fn PieceRow(piece: Piece, now: Now, words: Words) -> impl IntoView {
    let Piece { record, title, href, detail, text, at } = piece;
    let what = title.clone();
    let title = match href {
        Some(href) => view! { <a href=href>{title}</a> }.into_any(),
        None => view! { <strong>{title}</strong> }.into_any(),
    };
    let text = (!text.is_empty()).then(|| view! { <p class="file-note">{text}</p> });
    view! {
        <li class="file-row">
            <div class="file-row-words">
                <p>{title}</p>
                <p class="file-row-detail">{detail} " · " <Since then=at now words /></p>
                {text}
            </div>
            <div class="file-row-end">
                <ButtonLink href=format!("{PATH}/{record}/deletion") weight=Weight::Quiet>
                    {t!(words, "data-delete")} <span class="visually-hidden">" " {what}</span>
                </ButtonLink>
            </div>
        </li>
    }
    .into_any()
}

/// The whole register with how much of each there is.
#[component]
fn Everything(counts: Vec<(&'static Holding, i64)>, words: Words) -> impl IntoView {
    view! {
        <Section title=t!(words, "data-everything")>
            <p>{t!(words, "data-everything-text")}</p>
            <Counts counts words />
        </Section>
    }
    .into_any()
}

#[component]
fn Counts(counts: Vec<(&'static Holding, i64)>, words: Words) -> impl IntoView {
    let there = counts.into_iter().filter(|(_, count)| *count > 0);
    let items = there.map(|(holding, count)| ((holding.title)(words).to_owned(), count.to_string())).collect();
    view! { <DefinitionList items counts=true /> }.into_any()
}

#[component]
fn Leaving(csrf: String, words: Words) -> impl IntoView {
    view! {
        <Section title=t!(words, "data-leaving")>
            <Actions>
                <PostForm action="/student/session/end" csrf inline=true>
                    <Button weight=Weight::Secondary>{t!(words, "student-end-session")}</Button>
                </PostForm>
                <ButtonLink href=format!("{PATH}/deletion") weight=Weight::Danger>
                    {t!(words, "data-delete-everything")}
                </ButtonLink>
            </Actions>
        </Section>
    }
    .into_any()
}

/// The page that asks whether everything is to be deleted.
pub(super) async fn ask(
    frame: Frame,
    student: Student,
    classroom: Classroom,
    counts: Vec<(&'static Holding, i64)>,
) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        view! {
            <StudentPage frame title=t!(words, "data-delete-everything") student=student.display_name classroom>
                <BackLink href=PATH>{t!(words, "data-title")}</BackLink>
                <PageHeader title=t!(words, "data-ask") lead=t!(words, "data-ask-text") />
                <Counts counts words />
                <PostForm action=format!("{PATH}/deletion") csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "data-delete-everything-yes")}</Button>
                        <ButtonLink href=PATH weight=Weight::Secondary>
                            {t!(words, "data-keep")}
                        </ButtonLink>
                    </Actions>
                </PostForm>
            </StudentPage>
        }
    })
    .await
}
