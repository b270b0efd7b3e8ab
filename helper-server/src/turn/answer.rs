//! Fifth stage: a started turn becomes an answer, piece by piece.

use super::{
    cut,
    hold::Hold,
    lease::Running,
    log,
    writer::{Fenced, Writer},
};
use crate::{
    app::App,
    backend::{Answering, BackendError, TextStream},
    guard::{
        gate::{Gate, Leak, Rules},
        key::Key,
    },
    passages::{
        self, Matching, Passage,
        cite::{Cited, cite},
    },
    policy::safeguard::Concern,
    prompt::{self, Prompt},
    web::words::words,
};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use shared_types::{
    event::BackendKind,
    scope::Rung,
    turn::{FailureCode, TurnState},
};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often it is looked whether text has gathered.
const BATCH: Duration = Duration::from_millis(40);
/// How often the rest of a text is sent again before the turn is ended without it.
const FLUSHES: u32 = 5;
const FLUSH_AGAIN_AFTER: Duration = Duration::from_millis(300);

/// How a turn ends: its state, its text, and where that came from.
#[derive(Debug)]
pub struct Answer {
    state: TurnState,
    failure: Option<FailureCode>,
    backend: Option<BackendKind>,
    text: String,
    citations: Vec<Cited>,
    /// The passage of the lesson that fits the question best, by its number.
    about: Option<i32>,
    /// Drafts that could not be shown.
    held_back: i32,
    /// What a draft gave cause for.
    concern: Option<Concern>,
    /// It could have gone on.
    cut_short: bool,
    first_text_at: Option<DateTime<Utc>>,
}

impl Answer {
    /// Nobody worked on the turn any more when Stop was pressed.
    pub(super) fn stopped_at(text: String) -> Self {
        Self::without_model(TurnState::Stopped, None, text)
    }

    /// The turn ends without an answer; `text` is what its readers have before them.
    pub(super) fn failed(code: FailureCode, text: String) -> Self {
        Self::without_model(TurnState::Failed, Some(code), text)
    }

    /// The helper answers by itself.
    pub(super) fn in_own_words(text: String) -> Self {
        Self::without_model(TurnState::Answered, None, text)
    }

    fn without_model(state: TurnState, failure: Option<FailureCode>, text: String) -> Self {
        let (citations, about, held_back, first_text_at) = (Vec::new(), None, 0, None);
        let (concern, cut_short) = (None, false);
        Self { state, failure, backend: None, text, citations, about, held_back, concern, cut_short, first_text_at }
    }

    pub const fn state(&self) -> TurnState {
        self.state
    }

    pub const fn failure(&self) -> Option<FailureCode> {
        self.failure
    }

    pub const fn backend(&self) -> Option<BackendKind> {
        self.backend
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn citations(&self) -> &[Cited] {
        &self.citations
    }

    /// The numbers of the lesson's passages that it is about: those it cites, or the one that fits the question best.
    pub fn passages(&self) -> impl Iterator<Item = i32> {
        let best = self.about.filter(|_| self.citations.is_empty());
        self.citations.iter().map(|cited| cited.position).chain(best)
    }

    pub const fn held_back(&self) -> i32 {
        self.held_back
    }

    pub const fn concern(&self) -> Option<Concern> {
        self.concern
    }

    /// Whether it ended because its room was used up, or its model had lost itself.
    pub const fn cut_short(&self) -> bool {
        self.cut_short
    }

    pub const fn first_text_at(&self) -> Option<DateTime<Utc>> {
        self.first_text_at
    }
}

/// What came of one attempt.
#[derive(Debug)]
pub enum Attempt<'a> {
    /// The turn has its answer; to be committed. The writer is there if the log holds all of the text.
    Ended(Box<Answer>, Option<Writer<'a>>),
    /// Another worker has the turn.
    Fenced,
    /// This process stops.
    Stopping,
    /// The backend broke off in the middle.
    BrokenOff,
}

/// How a text ends that ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Whole,
    CutShort,
}

/// Why writing ends before the text does.
enum Interrupt {
    Stop,
    /// The outgoing check stopped the draft.
    HeldBack(Leak),
    Lost,
    Stopping,
    BrokenOff,
    NoBackend,
}

impl From<Fenced> for Interrupt {
    fn from(_: Fenced) -> Self {
        Self::Lost
    }
}

/// How often a draft that could not be shown is written anew before the rung's own question takes its place.
const REWRITES: i32 = 1;

/// What a draft is made from and held against.
struct Task {
    prompt: Prompt,
    rules: Rules,
    lesson: Vec<Passage>,
    /// The passage that fits the question best.
    about: Option<i32>,
    /// The answer before this one in the conversation.
    earlier: String,
}

impl From<Leak> for Interrupt {
    fn from(leak: Leak) -> Self {
        Self::HeldBack(leak)
    }
}

/// Writes the answer to a started turn.
pub async fn write<'a>(app: &'a App, running: &Running, hold: &Hold) -> anyhow::Result<Attempt<'a>> {
    let so_far = || log::text_so_far(app, running.id, running.attempt);
    if running.stop_requested {
        return Ok(Attempt::Ended(Box::new(Answer::stopped_at(so_far().await)), None));
    }
    let Some(mut task) = compose(app, running).await? else {
        return Ok(Attempt::Ended(Box::new(Answer::failed(FailureCode::Erased, so_far().await)), None));
    };
    let mut writer = Writer::new(app, running.id, running.attempt);
    let (mut first_text_at, mut held_back, mut concern, mut cut_short) = (None, 0, None, false);
    let ended = loop {
        match stream(app, &task, hold, &mut writer, &mut first_text_at).await {
            Ok(end) => {
                cut_short = end == End::CutShort;
                break TurnState::Answered;
            }
            Err(Interrupt::Stop) => break TurnState::Stopped,
            Err(Interrupt::NoBackend) => break TurnState::Failed,
            Err(Interrupt::HeldBack(leak)) => {
                held_back += 1;
                tracing::info!(turn = %running.id, ?leak, held_back, "a draft was held back");
                let words = words(&running.locale);
                let own_words = match leak {
                    Leak::Distress(found) => {
                        concern = Some(found);
                        words.help_now(running.may_be_read)
                    }
                    _ if held_back > REWRITES => words.rung_question(running.rung).to_owned(),
                    _ => {
                        task.prompt.after(leak);
                        continue;
                    }
                };
                if in_its_place(&mut writer, &own_words).await.is_err() {
                    return Ok(Attempt::Fenced);
                }
                break TurnState::Answered;
            }
            Err(Interrupt::Lost) => return Ok(Attempt::Fenced),
            Err(Interrupt::Stopping) => return Ok(Attempt::Stopping),
            Err(Interrupt::BrokenOff) => return Ok(Attempt::BrokenOff),
        }
    };
    writer.cite(cite(writer.text(), &task.lesson));
    let Ok(whole) = flush_all(&mut writer).await else { return Ok(Attempt::Fenced) };
    let answer = Answer {
        state: ended,
        failure: (ended == TurnState::Failed).then_some(FailureCode::BackendUnavailable),
        backend: writer.backend(),
        text: writer.text().to_owned(),
        citations: writer.cited().to_vec(),
        about: task.about,
        held_back,
        concern,
        cut_short,
        first_text_at,
    };
    Ok(Attempt::Ended(Box::new(answer), whole.then_some(writer)))
}

/// Puts words of the helper's own in the place of a draft.
async fn in_its_place(writer: &mut Writer<'_>, text: &str) -> Result<(), Fenced> {
    let backend = writer.backend().unwrap_or(BackendKind::LessonOnly);
    writer.started(backend).await?;
    writer.push(text);
    Ok(())
}

/// What the answer is to be made from; none if the question was erased while it waited.
async fn compose(app: &App, running: &Running) -> anyhow::Result<Option<Task>> {
    let Some(talk) = prompt::talk(&app.db, running).await? else { return Ok(None) };
    let mut rules = Rules { rung: running.rung, ..Rules::default() };
    let (mut matching, mut lesson, mut kept) = (Matching::default(), Vec::new(), Vec::new());
    if let Some(of) = running.lesson {
        let read = async {
            matching = passages::matching(&app.db, of, &talk.question).await?;
            lesson = passages::whole(&app.db, of).await?;
            passages::answers(&app.db, running.classroom, of).await
        };
        match read.await {
            Ok(answers) => kept = answers,
            Err(error) => {
                // The hub's views may be away. An answer without the lesson's words is better than none, but without
                // knowing what must not be said it is a nudge.
                tracing::error!(turn = %running.id, %error, "the lesson's passages or answers could not be read");
                rules.rung = rules.rung.map(|rung| rung.min(Rung::Nudge));
            }
        }
    }
    rules.lesson = lesson.iter().map(|passage| passage.body.as_str()).collect::<Vec<_>>().join("\n");
    rules.keys = kept.iter().flat_map(|answer| Key::all_of(answer, &rules.lesson)).collect();
    let earlier = talk.history.last().map(|(_, answer)| answer.clone()).unwrap_or_default();
    let Matching { passages, best: about } = matching;
    Ok(Some(Task { prompt: Prompt::compose(running, talk, passages), rules, lesson, about, earlier }))
}

async fn stream(
    app: &App,
    task: &Task,
    hold: &Hold,
    writer: &mut Writer<'_>,
    first_text_at: &mut Option<DateTime<Utc>>,
) -> Result<End, Interrupt> {
    let Answering { first, rest } = open(app, &task.prompt, hold, writer).await?;
    first_text_at.get_or_insert_with(|| app.clock.now());
    let mut gate = Gate::new(&task.rules, &task.earlier);
    writer.push(&gate.push(&first)?);
    writer.flush().await?;
    let copied = copy(app, rest, hold, &mut gate, writer).await;
    // What was begun is shown where it may be, whether the model ended or Stop was pressed.
    if matches!(copied, Ok(_) | Err(Interrupt::Stop)) {
        match gate.finish() {
            // Half a sentence is worse than none, unless there is nothing else.
            Ok(rest) if matches!(copied, Ok(End::CutShort)) && !writer.text().trim().is_empty() => {
                writer.push(cut::full_sentences(&rest));
            }
            Ok(rest) => writer.push(&rest),
            Err(leak) if copied.is_ok() => return Err(Interrupt::HeldBack(leak)),
            Err(_) => {}
        }
    }
    copied
}

/// Asks the backends in order until one starts to answer.
async fn open(app: &App, prompt: &Prompt, hold: &Hold, writer: &mut Writer<'_>) -> Result<Answering, Interrupt> {
    for backend in app.backends.to_try() {
        writer.started(backend.kind()).await?;
        let opened = tokio::select! {
            biased;
            why = interrupted(app, hold) => return Err(why),
            opened = app.backends.open(backend, prompt) => opened,
        };
        match opened {
            Ok(answering) => return Ok(answering),
            // Another start finds a new process; another backend would be a worse answer for no reason.
            Err(error @ BackendError::Died) => return Err(broken_off(writer, &error)),
            Err(error) => tracing::warn!(backend = ?backend.kind(), %error, "a backend did not answer"),
        }
    }
    Err(Interrupt::NoBackend)
}

async fn copy(
    app: &App,
    mut text: TextStream,
    hold: &Hold,
    gate: &mut Gate<'_>,
    writer: &mut Writer<'_>,
) -> Result<End, Interrupt> {
    let mut batch = interval(BATCH);
    batch.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            why = interrupted(app, hold) => return Err(why),
            _ = batch.tick() => writer.flush().await?,
            piece = text.next() => match piece {
                Some(Ok(piece)) => {
                    let shown = gate.push(&piece)?;
                    writer.push(&shown);
                    if !shown.is_empty() && cut::goes_round(writer.text()) {
                        tracing::warn!(backend = ?writer.backend(), "a model said the same over and over");
                        return Ok(End::CutShort);
                    }
                }
                Some(Err(BackendError::Full)) => return Ok(End::CutShort),
                Some(Err(error)) => return Err(broken_off(writer, &error)),
                None => return Ok(End::Whole),
            },
        }
    }
}

fn broken_off(writer: &Writer<'_>, error: &BackendError) -> Interrupt {
    tracing::warn!(backend = ?writer.backend(), %error, "a backend broke off");
    Interrupt::BrokenOff
}

async fn interrupted(app: &App, hold: &Hold) -> Interrupt {
    tokio::select! {
        biased;
        () = hold.lost.cancelled() => Interrupt::Lost,
        () = hold.stop.cancelled() => Interrupt::Stop,
        () = app.shutdown.cancelled() => Interrupt::Stopping,
    }
}

/// All text has to be in the log before the turn ends. Where Redis stays away, readers get the text from
/// Postgres; false says so.
async fn flush_all(writer: &mut Writer<'_>) -> Result<bool, Fenced> {
    for _ in 0..FLUSHES {
        if writer.flush_all().await? {
            return Ok(true);
        }
        tokio::time::sleep(FLUSH_AGAIN_AFTER).await;
    }
    Ok(false)
}
