//! `GET` and `POST …/lessons/{lesson}/edit` and `…/lessons/new`: the form, its preview, its draft, and publishing.

use super::{
    compare,
    drafts::{self, Draft, Saved},
    form::{LessonForm, Typed, problem, problem_of_others},
    pages::{self, Editor, Following, Meanwhile, Preview, Publisher, Standing},
    store::{self, Source},
    unseen,
};
use crate::{
    app::App,
    asset::{self, store::Unseen},
    audit::{self, Detail, Entry, Subject},
    course::{
        self, PackFaults,
        asked::TeachingCourse,
        edit::{self, EditError, Editing},
        store::Course,
    },
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, Notice, PageResult, Protected, Respond, Staff, Undo, Words, see_other},
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode},
};
use chrono::Duration;
use helper_ui::ui::FieldProblem;
use serde::Deserialize;
use shared_types::ids::LessonId;
use sqlx::PgConnection;

/// A lesson's two halves in a form, in bytes; far above what the halves may be.
pub const FORM_KB: usize = 2048;

/// What every answer of the editor stands on.
pub struct Desk {
    pub app: App,
    pub staff: Staff,
    pub course: Course,
    pub lesson: Option<LessonId>,
    /// What students see now; none of a new lesson.
    pub source: Option<Source>,
}

impl Desk {
    pub async fn open(
        app: &App,
        TeachingCourse(staff, course): TeachingCourse,
        lesson: Option<LessonId>,
    ) -> Result<Self, Error> {
        let source = match lesson {
            Some(lesson) => {
                let found = store::source(&mut *app.db.acquire().await?, course.id, lesson, None).await?;
                Some(found.ok_or(Error::NotFound)?)
            }
            None => None,
        };
        Ok(Self { app: app.clone(), staff, course, lesson, source })
    }

    pub fn draft_of(&self) -> drafts::Of {
        drafts::Of { course: self.course.id, lesson: self.lesson, staff: self.staff.id }
    }

    pub fn path(&self) -> String {
        self.course.editor_path(self.lesson)
    }

    /// Where what happens to the draft as a whole is sent.
    fn draft_path(&self) -> String {
        format!("{}/draft", self.path().trim_end_matches("/edit"))
    }

    fn version(&self) -> i32 {
        self.source.as_ref().map_or(0, |source| source.version)
    }

    fn front_matter(&self, typed: &Typed, words: Words) -> Result<String, Vec<FieldProblem>> {
        let before = self.source.as_ref().map(|source| source.front_matter.as_str()).unwrap_or_default();
        typed.front_matter(before).map_err(|fault| vec![problem_of_others(&fault, words)])
    }

    /// Keeps what was typed.
    pub async fn keep(&self, form: &LessonForm) -> Result<Saved, Error> {
        let draft = Draft {
            typed: form.typed.clone(),
            base_version: form.base_version(),
            revision: form.revision(),
            saved_at: self.app.clock.now(),
        };
        let mut db = self.app.db.acquire().await?;
        Ok(drafts::save(&mut db, self.draft_of(), self.app.new_id(), &draft).await?)
    }

    /// The files it shows that students would not see.
    async fn unseen(&self, typed: &Typed) -> Result<Vec<Unseen>, Error> {
        let mut db = self.app.db.acquire().await?;
        Ok(asset::store::unseen(&mut db, self.course.organisation, &unseen::linked(typed)).await?)
    }

    /// What students would see of it.
    async fn preview(&self, typed: &Typed, words: Words) -> Result<Result<Preview, Vec<FieldProblem>>, Error> {
        let front_matter = match self.front_matter(typed, words) {
            Ok(front_matter) => front_matter,
            Err(problems) => return Ok(Err(problems)),
        };
        let mut db = self.app.db.acquire().await?;
        let edition = edit::preview(&mut db, self.course.id, self.lesson, &front_matter, &typed.body).await;
        Ok(match edition {
            Ok(edition) => Ok(Preview::of(edition, &self.course, self.lesson)),
            Err(error) => Err(problems_of(error, &front_matter, words)?),
        })
    }
}

/// What is wrong with the lesson, for its form; everything else is an error.
fn problems_of(error: EditError, front_matter: &str, words: Words) -> Result<Vec<FieldProblem>, Error> {
    let lines = front_matter.lines().count() as u64;
    Ok(faults_of(error)?.0.iter().map(|fault| problem(fault, lines, words)).collect())
}

/// What is wrong with the lesson; everything else is an error.
pub fn faults_of(error: EditError) -> Result<PackFaults, Error> {
    match error {
        EditError::Faults(faults) => Ok(faults),
        EditError::NoSuchLesson => Err(Error::NotFound),
        EditError::Database(error) => Err(error.into()),
    }
}

/// `GET …/lessons/{lesson}/edit`.
pub async fn show(
    State(app): State<App>,
    teaching: TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
) -> PageResult {
    first_page(Desk::open(&app, teaching, Some(lesson)).await?, frame).await
}

/// `GET …/lessons/new`.
pub async fn show_new(State(app): State<App>, teaching: TeachingCourse, frame: Frame) -> PageResult {
    first_page(Desk::open(&app, teaching, None).await?, frame).await
}

/// `POST …/lessons/{lesson}/edit`.
pub async fn act(
    State(app): State<App>,
    teaching: TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
    Protected(form): Protected<LessonForm, FORM_KB>,
) -> PageResult {
    Box::pin(pressed(Desk::open(&app, teaching, Some(lesson)).await?, frame, form)).await
}

/// `POST …/lessons/new`.
pub async fn act_new(
    State(app): State<App>,
    teaching: TeachingCourse,
    frame: Frame,
    Protected(form): Protected<LessonForm, FORM_KB>,
) -> PageResult {
    Box::pin(pressed(Desk::open(&app, teaching, None).await?, frame, form)).await
}

/// The draft where there is one, else what is published.
async fn first_page(desk: Desk, frame: Frame) -> PageResult {
    let draft = drafts::load(&mut *desk.app.db.acquire().await?, desk.draft_of()).await?;
    let published = || {
        let source = desk.source.as_ref();
        source.map(|source| Typed::of(&source.front_matter, &source.body)).unwrap_or_default()
    };
    let version = desk.version();
    let (typed, base_version, standing) = match draft {
        Some(draft) => (draft.typed, draft.base_version, Standing::Draft(draft.revision, draft.saved_at)),
        None => (published(), version, Standing::Published),
    };
    let preview = desk.preview(&typed, frame.words).await?.ok();
    let alt = String::new();
    page(desk, frame, Shown { typed, alt, base_version, standing, problems: Vec::new(), preview }).await
}

/// A form that is only a button.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ButtonForm {}

/// `POST …/lessons/{lesson}/draft/restoration`: the draft that was thrown away is there again.
pub async fn restore(
    State(app): State<App>,
    teaching: TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    Protected(ButtonForm {}): Protected<ButtonForm>,
) -> PageResult {
    restored(Desk::open(&app, teaching, Some(lesson)).await?).await
}

/// `POST …/lessons/new/draft/restoration`.
pub async fn restore_new(
    State(app): State<App>,
    teaching: TeachingCourse,
    Protected(ButtonForm {}): Protected<ButtonForm>,
) -> PageResult {
    restored(Desk::open(&app, teaching, None).await?).await
}

/// Where something was written meanwhile, that stays.
async fn restored(desk: Desk) -> PageResult {
    let since = desk.app.clock.now() - Duration::days(drafts::UNDO_DAYS);
    let restored = drafts::restore(&mut *desk.app.db.acquire().await?, desk.draft_of(), since).await?;
    let page = see_other(desk.path());
    Ok(if restored { page.with_notice(Notice::DraftRestored) } else { page })
}

/// Keeps what was typed and lets students see the files it shows.
async fn publish_files(desk: Desk, form: &LessonForm) -> PageResult {
    desk.keep(form).await?;
    let mut tx = desk.app.db.begin().await?;
    let ids = unseen::linked(&form.typed);
    asset::change::publish_all(&mut tx, &desk.app, (&desk.staff, desk.course.organisation), &ids).await?;
    tx.commit().await?;
    Ok(see_other(desk.path()).with_notice(Notice::FilePublished))
}

/// Which button was pressed.
async fn pressed(desk: Desk, frame: Frame, form: LessonForm) -> PageResult {
    let form = LessonForm { typed: form.typed.tidied(), ..form };
    match form.go.as_str() {
        "discard" => {
            drafts::discard(&mut *desk.app.db.acquire().await?, desk.draft_of(), desk.app.clock.now()).await?;
            Ok(see_other(desk.path()).with_undo(Notice::DraftDiscarded, &Undo::restore(&desk.draft_path())))
        }
        "files" => publish_files(desk, &form).await,
        "live" => live(desk, frame, form).await,
        "publish" => publish(desk, frame, form).await,
        "draft" => match desk.keep(&form).await? {
            Saved::As(_) => Ok(see_other(desk.path()).with_notice(Notice::DraftSaved)),
            stale @ Saved::Stale(_) => typed_page(desk, frame, form, stale, Vec::new()).await.conflicting(),
        },
        _ => {
            let saved = desk.keep(&form).await?;
            match desk.preview(&form.typed, frame.words).await? {
                Ok(preview) => {
                    let (typed, base_version) = (form.typed.clone(), form.base_version());
                    let standing = Standing::of(saved, desk.app.clock.now());
                    let (problems, preview, alt) = (Vec::new(), Some(preview), String::new());
                    let shown = Shown { typed, alt, base_version, standing, problems, preview };
                    page(desk, frame, shown).await
                }
                Err(problems) => typed_page(desk, frame, form, saved, problems).await.unprocessable(),
            }
        }
    }
}

/// For the script that saves while somebody types: the preview alone, and the draft's new revision in a header.
async fn live(desk: Desk, frame: Frame, form: LessonForm) -> PageResult {
    let saved = desk.keep(&form).await?;
    let now = desk.app.clock.now();
    let preview = desk.preview(&form.typed, frame.words).await?;
    let standing = Standing::of(saved, now);
    let (preview, problems) = match preview {
        Ok(preview) => (Some(preview), Vec::new()),
        Err(problems) => (None, problems),
    };
    let following = Following {
        standing,
        is_new: desk.version() == 0,
        unseen: desk.unseen(&form.typed).await?,
        problems,
        changed_meanwhile: meanwhile(&desk, form.base_version()).await?.is_some(),
        now: Now { now, zone: desk.app.config.time_zone },
    };
    let mut response = pages::fragment(frame.words, preview, following).await;
    let revision = match saved {
        Saved::As(revision) => revision,
        Saved::Stale(_) => {
            *response.status_mut() = StatusCode::CONFLICT;
            form.revision()
        }
    };
    response.headers_mut().insert("x-draft-revision", HeaderValue::from(revision));
    Ok(response)
}

/// Publishes what was typed; first it is kept, so that nothing is lost whatever comes.
async fn publish(desk: Desk, frame: Frame, form: LessonForm) -> PageResult {
    let saved = desk.keep(&form).await?;
    if matches!(saved, Saved::Stale(_)) {
        return typed_page(desk, frame, form, saved, Vec::new()).await.conflicting();
    }
    let front_matter = match desk.front_matter(&form.typed, frame.words) {
        Ok(front_matter) => front_matter,
        Err(problems) => return typed_page(desk, frame, form, saved, problems).await.unprocessable(),
    };
    let mut tx = desk.app.db.begin().await?;
    if let Some(lesson) = desk.lesson {
        let version = store::lock(&mut tx, desk.course.id, lesson).await?.ok_or(Error::NotFound)?;
        if version != form.base_version() {
            drop(tx);
            return typed_page(desk, frame, form, saved, Vec::new()).await.conflicting();
        }
    }
    let published = match written(&mut tx, &desk, &front_matter, &form.typed.body).await {
        Ok(published) => published,
        Err(error) => {
            drop(tx);
            let problems = problems_of(error, &front_matter, frame.words)?;
            return typed_page(desk, frame, form, saved, problems).await.unprocessable();
        }
    };
    let (lesson, version) = published;
    drafts::forget(&mut tx, desk.draft_of()).await?;
    note(&mut tx, &desk.app, (&desk.staff, &desk.course), lesson, version).await?;
    let nobody_has_it = course::store::classes_with(&mut tx, desk.course.id).await?.is_empty();
    tx.commit().await?;
    let notice = if nobody_has_it { Notice::LessonPublishedForNoClass } else { Notice::LessonPublished };
    let next = if !desk.unseen(&form.typed).await?.is_empty() {
        // A file of it is hidden: the editor says so, with a button.
        desk.course.editor_path(Some(lesson))
    } else if nobody_has_it {
        // There it is given to one.
        desk.course.path()
    } else {
        desk.course.history_path(lesson)
    };
    Ok(see_other(next).with_notice(notice))
}

/// What [`edit`] works with.
pub fn editing(app: &App) -> Editing<'_> {
    Editing { zone: app.config.time_zone, entropy: &app.entropy, now: app.clock.now() }
}

async fn written(
    tx: &mut PgConnection,
    desk: &Desk,
    front_matter: &str,
    body: &str,
) -> Result<(LessonId, i32), EditError> {
    let editing = editing(&desk.app);
    if let Some(lesson) = desk.lesson {
        let published = edit::publish(tx, &editing, lesson, Some(front_matter), body).await?;
        Ok((lesson, published.version))
    } else {
        let (lesson, published) = edit::create(tx, &editing, desk.course.id, front_matter, body).await?;
        Ok((lesson, published.version))
    }
}

/// Writes down who published a version.
pub async fn note(
    tx: &mut PgConnection,
    app: &App,
    (staff, course): (&Staff, &Course),
    lesson: LessonId,
    version: i32,
) -> sqlx::Result<()> {
    let entry = Entry::new("lesson_version_published", Subject::Lesson(lesson))
        .within(course.organisation)
        .with("version", Detail::Number(version.into()));
    audit::record(tx, app, staff, entry).await
}

/// What a page shows of what was typed.
struct Shown {
    typed: Typed,
    /// What was typed to describe a picture that was not taken.
    alt: String,
    base_version: i32,
    standing: Standing,
    problems: Vec<FieldProblem>,
    preview: Option<Preview>,
}

/// The page again, with what was typed and what stands in its way.
async fn typed_page(
    desk: Desk,
    frame: Frame,
    form: LessonForm,
    saved: Saved,
    problems: Vec<FieldProblem>,
) -> PageResult {
    let standing = Standing::of(saved, desk.app.clock.now());
    let (base_version, alt) = (form.base_version(), String::new());
    page(desk, frame, Shown { typed: form.typed, alt, base_version, standing, problems, preview: None }).await
}

/// The same for a form whose picture was not taken; `alt` is what describes it.
pub async fn page_without_picture(
    desk: Desk,
    frame: Frame,
    (form, alt): (LessonForm, String),
    problem: FieldProblem,
) -> PageResult {
    let saved = desk.keep(&form).await?;
    let standing = Standing::of(saved, desk.app.clock.now());
    let (base_version, problems) = (form.base_version(), vec![problem]);
    page(desk, frame, Shown { typed: form.typed, alt, base_version, standing, problems, preview: None }).await
}

/// What was published since the version somebody began with.
async fn meanwhile(desk: &Desk, base_version: i32) -> Result<Option<Meanwhile>, Error> {
    let (Some(lesson), Some(now)) = (desk.lesson, &desk.source) else { return Ok(None) };
    if now.version == base_version {
        return Ok(None);
    }
    let mut db = desk.app.db.acquire().await?;
    let before = store::source(&mut db, desk.course.id, lesson, Some(base_version)).await?;
    let lines = store::history(&mut db, desk.course.id, lesson).await?;
    let name = lines.into_iter().find(|line| line.version == now.version).and_then(|line| line.by);
    let is_reader = store::published_by(&mut db, lesson, now.version, desk.staff.id).await?;
    let by = match name {
        _ if is_reader => Publisher::Reader,
        Some(name) => Publisher::Other(name),
        None => Publisher::Import,
    };
    let places = before.map(|before| compare::compare(&before.text(), &now.text())).unwrap_or_default();
    Ok(Some(Meanwhile { version: now.version, by, places }))
}

async fn page(desk: Desk, frame: Frame, shown: Shown) -> PageResult {
    let meanwhile = meanwhile(&desk, shown.base_version).await?;
    let unseen = desk.unseen(&shown.typed).await?;
    let others = drafts::of_others(&mut *desk.app.db.acquire().await?, desk.draft_of()).await?;
    let now = Now { now: desk.app.clock.now(), zone: desk.app.config.time_zone };
    let version = desk.version();
    let action = desk.path();
    let editor = Editor {
        action,
        staff: desk.staff,
        course: desk.course,
        lesson: desk.lesson,
        version,
        typed: shown.typed,
        alt: shown.alt,
        unseen,
        standing: shown.standing,
        problems: shown.problems,
        preview: shown.preview,
        others,
        meanwhile,
        now,
    };
    Ok(pages::editor(frame.with_teaching_island(), editor).await)
}

/// An answer to a form that something else was in the way of.
trait Conflicting {
    fn conflicting(self) -> Self;
}

impl Conflicting for PageResult {
    fn conflicting(self) -> Self {
        self.map(|mut response| {
            *response.status_mut() = StatusCode::CONFLICT;
            response
        })
    }
}
