//! `GET /student/my-data/{record}/{id}/deletion`: whether one file, answer or draft is really meant to go, and what goes with
//! it. A grade that came back stays whatever is deleted: it is the teacher's word, and the class's record.

use super::{PATH, page::Piece, store};
use crate::{
    app::App,
    classroom::{Classroom, Student},
    grading::{policy::Closed, returned},
    material, t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::Now,
    },
    web::{Error, JoinedStudent, PageResult, Words},
};
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, Card, PageHeader, PostForm, Weight};
use leptos::prelude::*;
use shared_types::ids::{MaterialId, SubmissionId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Asks.
pub async fn one(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Path((record, id)): Path<(String, Uuid)>,
    frame: Frame,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let found = found(&mut db, &student, (&record, id), frame.words).await?.ok_or(Error::NotFound)?;
    let after = after(&mut db, &student, &classroom, &found, now.now).await?;
    drop(db);
    let Found { piece, part, .. } = found;
    Ok(show(frame, Asking { student, classroom, piece, part, after, now }).await)
}

/// What is asked about.
struct Found {
    piece: Piece,
    material: MaterialId,
    part: Part,
}

/// What part the piece plays in what its teacher sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nobody but the student sees it.
    Own,
    /// It is an older version.
    Older,
    /// It is what is handed in; the version before it counts again, where there is one.
    HandedIn { before: Option<i32>, shared: bool },
}

/// What is to be known beside it.
struct After {
    /// A grade came back for the material.
    graded: bool,
    /// Why nothing can be handed in in its place.
    closed: Option<Closed>,
}

async fn found(
    db: &mut PgConnection,
    student: &Student,
    (record, id): (&str, Uuid),
    words: Words,
) -> sqlx::Result<Option<Found>> {
    Ok(match record {
        "files" => {
            let mut files = store::files(db, student.id).await?;
            let Some(at) = files.iter().position(|file| file.id == SubmissionId(id)) else { return Ok(None) };
            let file = files.swap_remove(at);
            let others = files.iter().filter(|other| other.material == file.material && other.withdrawn_at.is_none());
            let newest = others.map(|other| other.version).max();
            let part = match file.withdrawn_at {
                Some(_) => Part::Own,
                None if newest > Some(file.version) => Part::Older,
                None => Part::HandedIn { before: newest, shared: file.shared_at.is_some() },
            };
            Some(Found { material: file.material, part, piece: Piece::of_file(file, words) })
        }
        "answers" => {
            let answers = store::answers(db, student.id).await?;
            let answer = answers.into_iter().find(|answer| answer.material == MaterialId(id));
            answer.map(|answer| {
                let handed_in = Part::HandedIn { before: None, shared: false };
                let part = answer.handed_in_at.map_or(Part::Own, |_| handed_in);
                Found { material: answer.material, part, piece: Piece::of_answer(answer, words) }
            })
        }
        "drafts" => {
            let drafts = store::drafts(db, student.id).await?;
            let draft = drafts.into_iter().find(|draft| draft.material == MaterialId(id));
            draft.map(|draft| Found { material: draft.material, part: Part::Own, piece: Piece::of_draft(draft, words) })
        }
        _ => None,
    })
}

async fn after(
    db: &mut PgConnection,
    student: &Student,
    classroom: &Classroom,
    found: &Found,
    now: DateTime<Utc>,
) -> sqlx::Result<After> {
    let material = material::store::of_class(db, classroom.id, found.material, now).await?;
    let Some(material) = material else { return Ok(After { graded: false, closed: None }) };
    let feedback = returned::feedback(db, student.id, &material, now).await?;
    Ok(After { graded: feedback.returned.is_some(), closed: feedback.closed })
}

/// Everything the page shows.
struct Asking {
    student: Student,
    classroom: Classroom,
    piece: Piece,
    part: Part,
    after: After,
    now: Now,
}

async fn show(frame: Frame, asking: Asking) -> axum::response::Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Asking { student, classroom, piece, part, after, now } = asking;
        let Piece { record, title, detail, text, at, .. } = piece;
        let what = sentences(part, &after, words).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        let text = (!text.is_empty()).then(|| view! { <p class="file-note">{text}</p> });
        let detail = [detail, now.moment(at, words)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        view! {
            <StudentPage frame title=t!(words, "data-ask-one", title = title.clone()) student=student.display_name classroom>
                <BackLink href=PATH>{t!(words, "data-title")}</BackLink>
                <PageHeader title=t!(words, "data-ask-one", title = title) lead=t!(words, "data-ask-one-text") />
                <Card>
                    <p class="file-row-detail">{detail.join(" · ")}</p>
                    {text}
                </Card>
                {what}
                <PostForm action=format!("{PATH}/{record}/deletion") csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "data-delete-one-yes")}</Button>
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

/// What becomes of the task and its grade.
fn sentences(part: Part, after: &After, words: Words) -> Vec<String> {
    let mut said = Vec::new();
    match part {
        Part::Own => return vec![t!(words, "data-ask-own").to_owned()],
        Part::Older => said.push(t!(words, "data-ask-older").to_owned()),
        Part::HandedIn { before, shared } => {
            said.push(match before {
                Some(version) => t!(words, "data-ask-before", version = version),
                None => t!(words, "data-ask-handed-in").to_owned(),
            });
            said.extend(shared.then(|| t!(words, "data-ask-shared").to_owned()));
            if before.is_none() {
                said.extend(after.closed.map(|closed| {
                    let why = returned::closed_sentence(closed, words);
                    format!("{why} {}", t!(words, "data-ask-closed"))
                }));
            }
        }
    }
    said.extend(after.graded.then(|| t!(words, "data-ask-graded").to_owned()));
    said
}

#[cfg(test)]
mod tests {
    use super::{After, Part, sentences};
    use crate::{
        grading::policy::Closed,
        web::{Lang, Words},
    };

    #[test]
    fn what_goes_is_said_before_it_goes() {
        let words = Words(Lang::English);
        let handed_in = |before| Part::HandedIn { before, shared: false };
        let (open, graded) = (After { graded: false, closed: None }, After { graded: true, closed: None });
        let closed = After { graded: true, closed: Some(Closed::Returned) };
        for (part, after, said) in [
            (Part::Own, &graded, vec!["Nobody but you"]),
            (Part::Older, &open, vec!["newer version"]),
            (handed_in(None), &open, vec!["as not handed in"]),
            (handed_in(Some(2)), &open, vec!["version 2"]),
            (handed_in(None), &graded, vec!["as not handed in", "grade"]),
            (handed_in(None), &closed, vec!["as not handed in", "nothing in its place", "grade"]),
            (handed_in(Some(1)), &closed, vec!["version 1", "grade"]),
            (Part::HandedIn { before: None, shared: true }, &open, vec!["as not handed in", "class"]),
        ] {
            let lines = sentences(part, after, words);
            assert_eq!(lines.len(), said.len(), "{lines:?}");
            for (line, word) in lines.iter().zip(said) {
                assert!(line.contains(word), "{word} in {line}");
            }
        }
    }
}
