//! Keeps the engine's process running, and passes calls and texts between it and the turns.

use super::{
    super::BackendError,
    protocol::{EngineFailure, FromEngine, Said, ToEngine},
};
use anyhow::Context;
use std::{collections::HashMap, env, path::Path, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
    time::{Instant, sleep_until},
};

/// The engine loads in a fraction of a second: the first restart is soon.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// After a pause up to this long, calls are kept for the new engine; otherwise they are refused.
const WORTH_WAITING: Duration = Duration::from_secs(1);
/// An engine that ran this long was sound; the pauses start over.
const STEADY: Duration = Duration::from_mins(1);
/// The engine gets these of our environment, and so no keys and no database address.
const PASSED_ON: [&str; 4] = ["PATH", "LD_LIBRARY_PATH", "RUST_LOG", "TMPDIR"];

/// Where a turn's text goes.
pub type Texts = UnboundedSender<Result<String, BackendError>>;

/// What turns ask of the engine.
#[derive(Debug)]
pub enum Call {
    Generate {
        id: u64,
        messages: Vec<Said>,
        max_tokens: u32,
        texts: Texts,
    },
    Cancel {
        id: u64,
    },
    /// Somebody may ask soon: do not rest any longer.
    Wake,
}

/// How to start the engine.
#[derive(Debug)]
pub struct Supervisor {
    program: PathBuf,
    model: PathBuf,
    num_ctx: u32,
    slots: u16,
    /// Who waits for text.
    waiting: HashMap<u64, Texts>,
}

/// Why the engine does not run any more.
enum Ended {
    /// Nobody needs it.
    Unneeded,
    /// It died.
    Died(anyhow::Error),
    /// It cannot run here.
    Unfit(String),
}

struct Engine {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Supervisor {
    /// `program` is the one that has the command `engine`.
    pub fn new(program: PathBuf, model: &Path, num_ctx: u32, slots: u16) -> Self {
        Self { program, model: model.to_owned(), num_ctx, slots, waiting: HashMap::new() }
    }

    /// Runs engine after engine until the other end of `calls` is dropped.
    pub async fn run(mut self, mut calls: UnboundedReceiver<Call>) {
        let mut pause = FIRST_PAUSE;
        loop {
            let started = Instant::now();
            let ended = self.run_engine(&mut calls).await;
            for (_, texts) in self.waiting.drain() {
                let _gone = texts.send(Err(BackendError::Died));
            }
            match ended {
                Ended::Unneeded => return,
                Ended::Unfit(reason) => {
                    tracing::error!("the embedded model cannot run on this machine: {reason}");
                    pause = LONGEST_PAUSE;
                }
                Ended::Died(error) => {
                    if started.elapsed() > STEADY {
                        pause = FIRST_PAUSE;
                    }
                    let (error, again_in) = (format!("{error:#}"), pause.as_millis());
                    tracing::error!(error, "the embedded model's process ended; starting it again in {again_in} ms");
                }
            }
            if !rest(pause, &mut calls).await {
                return;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn run_engine(&mut self, calls: &mut UnboundedReceiver<Call>) -> Ended {
        let mut engine = match self.start() {
            Ok(engine) => engine,
            Err(error) => return Ended::Died(error),
        };
        loop {
            let passed = tokio::select! {
                line = engine.output.next_line() => match line {
                    Ok(Some(line)) => match self.hear(&line) {
                        Some(reason) => return Ended::Unfit(reason),
                        None => Ok(()),
                    },
                    Ok(None) => Err(anyhow::anyhow!("{}", how_it_ended(&mut engine.child).await)),
                    Err(error) => Err(error.into()),
                },
                call = calls.recv() => match call {
                    Some(call) => self.pass_on(call, &mut engine.input).await,
                    None => return Ended::Unneeded,
                },
            };
            if let Err(error) = passed {
                return Ended::Died(error);
            }
        }
    }

    fn start(&self) -> anyhow::Result<Engine> {
        let mut command = Command::new(&self.program);
        command
            .args(["engine", "--num-ctx", &self.num_ctx.to_string(), "--slots", &self.slots.to_string(), "--model"])
            .arg(&self.model)
            .env_clear()
            .envs(PASSED_ON.iter().filter_map(|name| Some((name, env::var_os(name)?))))
            .env("GGML_NO_BACKTRACE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C in a terminal goes to the helper alone; the engine ends when its input does.
            .process_group(0)
            .kill_on_drop(true);
        let mut child = command.spawn().context("the engine could not be started")?;
        let input = child.stdin.take().context("the engine has no input")?;
        let output = child.stdout.take().context("the engine has no output")?;
        Ok(Engine { child, input, output: BufReader::new(output).lines() })
    }

    async fn pass_on(&mut self, call: Call, input: &mut ChildStdin) -> anyhow::Result<()> {
        let call = match call {
            Call::Generate { id, messages, max_tokens, texts } => {
                self.waiting.insert(id, texts);
                ToEngine::Generate { id, messages, max_tokens }
            }
            Call::Cancel { id } => {
                if self.waiting.remove(&id).is_none() {
                    return Ok(());
                }
                ToEngine::Cancel { id }
            }
            Call::Wake => return Ok(()),
        };
        let mut line = serde_json::to_vec(&call)?;
        line.push(b'\n');
        Ok(input.write_all(&line).await?)
    }

    /// Passes on what the engine says. Returns the reason if it cannot run here.
    fn hear(&mut self, line: &str) -> Option<String> {
        match serde_json::from_str(line) {
            Ok(FromEngine::Ready { context_tokens, slots }) => {
                tracing::info!(context_tokens, slots, "the embedded model is loaded");
            }
            Ok(FromEngine::Text { id, text }) => self.tell(id, Ok(text)),
            Ok(FromEngine::Done { id }) => drop(self.waiting.remove(&id)),
            Ok(FromEngine::Failed { id, why }) => {
                self.tell(id, Err(refusal(why)));
                self.waiting.remove(&id);
            }
            Ok(FromEngine::Unfit { reason }) => return Some(reason),
            Err(error) => tracing::warn!(%error, "the engine said something that cannot be read"),
        }
        None
    }

    fn tell(&self, id: u64, text: Result<String, BackendError>) {
        if let Some(texts) = self.waiting.get(&id) {
            // Whoever does not listen any more has sent, or will send, a cancellation.
            let _gone = texts.send(text);
        }
    }
}

/// Waits before the next start. False if nobody needs the engine any more.
async fn rest(pause: Duration, calls: &mut UnboundedReceiver<Call>) -> bool {
    let until = Instant::now() + pause;
    if pause <= WORTH_WAITING {
        sleep_until(until).await;
        return true;
    }
    loop {
        tokio::select! {
            () = sleep_until(until) => return true,
            call = calls.recv() => match call {
                Some(Call::Generate { texts, .. }) => {
                    let _gone = texts.send(Err(BackendError::Down));
                }
                Some(Call::Cancel { .. }) => {}
                Some(Call::Wake) => return true,
                None => return false,
            },
        }
    }
}

async fn how_it_ended(child: &mut Child) -> String {
    match child.wait().await {
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    }
}

const fn refusal(why: EngineFailure) -> BackendError {
    match why {
        EngineFailure::PromptTooLong => BackendError::PromptTooLong,
        EngineFailure::Decoding => BackendError::Cut,
        EngineFailure::Full => BackendError::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::BackendError, Call, Supervisor};
    use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};
    use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

    /// Says one word to every call, and dies in the middle of every call with an even id.
    const SCRIPTED_ENGINE: &str = r#"#!/bin/sh
echo '{"type":"ready","context_tokens":1,"slots":1}'
while read -r line; do
    id=$(printf %s "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
    case $line in *cancel*) echo "{\"type\":\"text\",\"id\":9,\"text\":\"cancelled $id\"}"; continue ;; esac
    echo "{\"type\":\"text\",\"id\":$id,\"text\":\"word\"}"
    [ $((id % 2)) = 1 ] || kill -ABRT $$
    [ "$id" = 9 ] || echo "{\"type\":\"done\",\"id\":$id}"
done
"#;

    fn scripted() -> PathBuf {
        // One of its own for each test, whether they run as threads or as processes: a program is not written while it runs.
        let (process, thread) = (std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(format!("helper-engine-{process}-{thread:?}"));
        fs::write(&path, SCRIPTED_ENGINE).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn start() -> UnboundedSender<Call> {
        let (calls, received) = unbounded_channel();
        tokio::spawn(Supervisor::new(scripted(), "model.gguf".as_ref(), 1, 1).run(received));
        calls
    }

    fn generate(calls: &UnboundedSender<Call>, id: u64) -> UnboundedReceiver<Result<String, BackendError>> {
        let (texts, received) = unbounded_channel();
        calls.send(Call::Generate { id, messages: Vec::new(), max_tokens: 1, texts }).unwrap();
        received
    }

    #[tokio::test]
    async fn an_engine_that_dies_costs_what_it_was_writing_and_nothing_else() {
        let calls = start();
        for (id, dies) in [(1, false), (2, true), (3, false)] {
            let mut texts = generate(&calls, id);
            assert_eq!(texts.recv().await.unwrap().unwrap(), "word");
            match texts.recv().await {
                Some(Err(BackendError::Died)) => assert!(dies),
                None => assert!(!dies),
                other => panic!("{other:?}"),
            }
        }
    }

    #[tokio::test]
    async fn the_engine_hears_of_a_cancelled_call_once() {
        let calls = start();
        let mut nine = generate(&calls, 9);
        assert_eq!(nine.recv().await.unwrap().unwrap(), "word");
        let _seven = generate(&calls, 7);
        calls.send(Call::Cancel { id: 123 }).unwrap();
        let mut eleven = generate(&calls, 11);
        assert!(eleven.recv().await.is_some());
        calls.send(Call::Cancel { id: 9 }).unwrap();
        assert!(nine.recv().await.is_none(), "whoever cancels hears nothing more");
    }
}
