//! The page of an upload or a gallery: the task, the form, what was handed in, and what classmates show.

use super::{gallery::Gallery, versions::Versions};
use crate::{
    classroom::{Classroom, Student},
    grading::returned::{Feedback, ReturnedGrade},
    material::{
        Material,
        kind::Handing,
        pages::{Around, HandingTask, MaterialHead, WaysOn},
    },
    submission::{
        Refusal,
        check::{FileKind, known_endings},
        form::{HandInForm, MAX_NOTE_CHARS},
        path,
        store::{SharedWork, Version},
        words::{accept, endings, sentence, size},
    },
    t,
    ui::{
        fields::OnceOnly,
        frame::{Frame, StudentPage, render_with_island},
        time::Now,
        upload::upload_words,
    },
    web::{FormState, Words, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, Card, ErrorSummary, FieldProblem, FileField, IconName, PostForm, StatusWord, TextArea, Tone,
    UploadLimits, UploadProgress, Weight,
};
use leptos::prelude::*;

/// Everything the page shows.
pub struct HandInPage {
    pub key: IdempotencyKey,
    pub now: Now,
    pub student: Student,
    pub classroom: Classroom,
    pub material: Material,
    pub around: Around,
    pub feedback: Feedback,
    pub handing: Handing,
    pub is_gallery: bool,
    /// The student's own, the newest first.
    pub versions: Vec<Version>,
    /// What the class shows; galleries only.
    pub shared: Vec<SharedWork>,
    pub form: FormState<HandInForm>,
}

/// Renders the page.
pub async fn hand_in(frame: Frame, page: HandInPage) -> Response {
    let frame = frame.with_island();
    render_with_island(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let HandInPage {
            key,
            now,
            student,
            classroom,
            material,
            around,
            feedback,
            handing,
            is_gallery,
            versions,
            shared,
            form,
        } = page;
        let refused = form.typed.refused.as_ref().map(|refusal| sentence(refusal, words));
        let problems =
            refused.iter().map(|why| FieldProblem { field: "file".to_owned(), message: why.clone() }).collect();
        let current = versions.iter().find(|version| version.withdrawn_at.is_none());
        let state = current.map(|version| (version.version, version.submitted_at));
        let handed_in = state.is_some();
        let task = view! { <HandingTask html=handing.html.clone() words /> };
        let form = TheForm {
            action: format!("{}/submissions", path(material.id)),
            csrf: csrf.clone(),
            key,
            note: form.typed.note,
            refused,
            again: handed_in,
        };
        let id = material.id;
        let closed = feedback.closed.is_some();
        let has_grade = feedback.returned.is_some();
        let graded = feedback.returned.as_ref().is_some_and(|returned| !returned.outdated);
        let feedback = view! { <ReturnedGrade feedback now words /> };
        let card = (!closed).then(|| view! { <HandInCard form handing words /> });
        view! {
            <StudentPage frame title=material.title.clone() student=student.display_name classroom>
                <ErrorSummary title=t!(words, "form-problems") problems />
                <MaterialHead material now words />
                <State state has_grade now words />
                {feedback}
                {task}
                {card}
                <Versions material=id is_gallery graded versions now csrf words />
                {is_gallery.then(|| view! { <Gallery material=id shared now words /> })}
                <WaysOn around first=handed_in words />
            </StudentPage>
        }
    })
    .await
}

/// Where the student stands with it, in words.
#[component]
fn State(
    state: Option<(i32, chrono::DateTime<chrono::Utc>)>,
    has_grade: bool,
    now: Now,
    words: Words,
) -> impl IntoView {
    let (word, tone, icon) = match state {
        Some((version, at)) => (
            t!(words, "upload-handed-in", version = version, since = now.since(at, words)),
            Tone::Success,
            IconName::Done,
        ),
        // It was deleted, or graded without a file.
        None if has_grade => (t!(words, "upload-graded-without").to_owned(), Tone::Info, IconName::Returned),
        None => (t!(words, "upload-to-do").to_owned(), Tone::Info, IconName::ToDo),
    };
    view! {
        <p data-testid="submission-state">
            <StatusWord word tone icon />
        </p>
    }
    .into_any()
}

/// What the form is made of.
struct TheForm {
    action: String,
    csrf: String,
    key: IdempotencyKey,
    note: String,
    refused: Option<String>,
    /// Something was handed in before: the form is folded, another version is the exception.
    again: bool,
}

#[component]
fn HandInCard(form: TheForm, handing: Handing, words: Words) -> impl IntoView {
    let TheForm { action, csrf, key, note, refused, again } = form;
    let (title, button) = if again {
        (t!(words, "upload-again"), t!(words, "upload-again-button"))
    } else {
        (t!(words, "upload-first"), t!(words, "upload-button"))
    };
    let most = size(handing.max_bytes, words);
    let limits = limits(&handing, words);
    let hint = t!(words, "upload-hint", accepted = endings(&handing.accepted), most = most);
    let hint = match handing.naming {
        Some(naming) => format!("{hint} {}", t!(words, "upload-naming", naming = naming)),
        None => hint,
    };
    let weight = if again { Weight::Secondary } else { Weight::Primary };
    let opened = refused.is_some() || !note.is_empty();
    // The note before the file: what stands after a file is not read.
    let form = view! {
        <PostForm action csrf multipart=true>
            <OnceOnly key />
            <TextArea
                label=t!(words, "upload-note")
                name="note"
                value=note
                rows=2
                required=false
                maxlength=u32::try_from(MAX_NOTE_CHARS).unwrap_or(u32::MAX)
            />
            <FileField
                label=t!(words, "upload-file")
                name="file"
                accept=accept(&handing.accepted)
                hint
                error=refused
            />
            <UploadProgress words=upload_words(words, t!(words, "upload-cut-off")) limits />
            <Actions>
                <Button weight>{button}</Button>
            </Actions>
        </PostForm>
    };
    if again {
        return view! {
            <details class="card" open=opened>
                <summary>{title}</summary>
                {form}
            </details>
        }
        .into_any();
    }
    view! {
        <Card>
            <h2>{title}</h2>
            {form}
        </Card>
    }
    .into_any()
}

/// What the browser can tell before it sends, in the words of [`Refusal`].
fn limits(handing: &Handing, words: Words) -> UploadLimits {
    let (max_bytes, accepted) = (handing.max_bytes, handing.accepted.clone());
    let wanted = |ending: &&str| accepted.is_empty() || accepted.iter().any(|one| same_kind(one, ending));
    // With the endings that are not named to people.
    let known = || known_endings().chain(["jpeg", "htm"]);
    UploadLimits {
        takes: known().filter(wanted).collect::<Vec<_>>().join(" "),
        knows: known().collect::<Vec<_>>().join(" "),
        max_bytes,
        too_large: sentence(&Refusal::TooLarge { max_bytes }, words),
        not_accepted: sentence(&Refusal::NotAccepted { accepted: accepted.clone() }, words),
        unknown: sentence(&Refusal::Unknown { accepted }, words),
    }
}

fn same_kind(one: &str, other: &str) -> bool {
    FileKind::of_ending(one) == FileKind::of_ending(other)
}
