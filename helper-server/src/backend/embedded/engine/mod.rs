//! The engine: one model, one context, one thread that decodes; several turns take part in each step.
//!
//! A step is one call of llama.cpp with at most [`STEP_TOKENS`] tokens: one for every turn that is writing,
//! the rest for prompts being read. Between steps the engine hears cancellations, so a Stop waits for one
//! step at most.

mod slot;
mod template;
mod text;

use super::{
    EngineSettings, check_model,
    protocol::{EngineFailure, FromEngine, Said, ToEngine},
};
use anyhow::Context;
use llama_cpp_2::{
    LogOptions,
    context::{LlamaContext, params::LlamaContextParams},
    llama_backend::LlamaBackend,
    llama_batch::LlamaBatch,
    model::{LlamaModel, params::LlamaModelParams},
    send_logs_to_tracing,
};
use slot::{Slot, Step};
use std::{
    collections::VecDeque,
    io::{BufRead, Write, stdin, stdout},
    num::NonZeroU32,
    process,
    sync::mpsc::{Receiver, TryRecvError, channel},
    thread,
};

/// Small, so that Stop takes effect within a second also while a long prompt is read.
const STEP_TOKENS: usize = 128;

/// Runs until standard input ends.
pub fn run(settings: &EngineSettings) -> anyhow::Result<()> {
    if let Err(reason) = check_cpu().and_then(|()| check_model(&settings.model)) {
        return say(&FromEngine::Unfit { reason });
    }
    let calls = listen();
    send_logs_to_tracing(LogOptions::default().with_logs_enabled(false));
    let llama = LlamaBackend::init()?;
    let model = LlamaModel::load_from_file(&llama, &settings.model, &LlamaModelParams::default())
        .with_context(|| format!("{} could not be loaded", settings.model.display()))?;
    let slots = u32::from(settings.slots.max(1));
    let context_tokens = settings.num_ctx.min(model.n_ctx_train());
    let context = model.new_context(&llama, context_params(context_tokens, slots)?)?;
    say(&FromEngine::Ready { context_tokens, slots })?;
    let slots = (0..slots).map(|_| None).collect();
    Engine { model: &model, context, context_tokens, slots, waiting: VecDeque::new() }.run(&calls)
}

fn context_params(context_tokens: u32, slots: u32) -> anyhow::Result<LlamaContextParams> {
    // One core stays free: llama.cpp's threads wait for each other spinning, and where one of them has to
    // share its core with something else, all of them crawl.
    let threads = thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).clamp(1, 8);
    let threads = i32::try_from(threads)?;
    let step = u32::try_from(STEP_TOKENS)?;
    Ok(LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(context_tokens * slots))
        .with_n_batch(step)
        .with_n_ubatch(step)
        .with_n_seq_max(slots)
        .with_n_threads(threads)
        .with_n_threads_batch(threads))
}

/// llama.cpp as it is built here ends with SIGILL on a CPU without these.
fn check_cpu() -> Result<(), String> {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected;
        let has_all = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma")
            && is_x86_feature_detected!("f16c")
            && is_x86_feature_detected!("bmi2");
        if !has_all {
            return Err("this processor lacks AVX2, FMA, F16C or BMI2; use another backend".into());
        }
    }
    Ok(())
}

/// Reads calls on a thread of its own. When the helper is gone, so is the engine, whatever it is doing.
fn listen() -> Receiver<ToEngine> {
    let (sender, calls) = channel();
    thread::spawn(move || {
        for line in stdin().lock().lines().map_while(Result::ok) {
            let Ok(call) = serde_json::from_str(&line) else { break };
            if sender.send(call).is_err() {
                break;
            }
        }
        process::exit(0);
    });
    calls
}

fn say(what: &FromEngine) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    let mut out = stdout().lock();
    out.write_all(&line)?;
    Ok(out.flush()?)
}

struct Generate {
    id: u64,
    messages: Vec<Said>,
    max_tokens: u32,
}

struct Engine<'model> {
    model: &'model LlamaModel,
    context: LlamaContext<'model>,
    context_tokens: u32,
    /// The index is llama.cpp's sequence id.
    slots: Vec<Option<Slot>>,
    waiting: VecDeque<Generate>,
}

impl Engine<'_> {
    fn run(mut self, calls: &Receiver<ToEngine>) -> anyhow::Result<()> {
        let mut batch = LlamaBatch::new(STEP_TOKENS, 1);
        loop {
            if self.slots.iter().all(Option::is_none) && self.waiting.is_empty() {
                let Ok(call) = calls.recv() else { return Ok(()) };
                self.hear(call)?;
            }
            loop {
                match calls.try_recv() {
                    Ok(call) => self.hear(call)?,
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return Ok(()),
                }
            }
            self.fill_slots()?;
            self.step(&mut batch)?;
        }
    }

    fn hear(&mut self, call: ToEngine) -> anyhow::Result<()> {
        match call {
            ToEngine::Generate { id, messages, max_tokens } => {
                self.waiting.push_back(Generate { id, messages, max_tokens });
            }
            ToEngine::Cancel { id } => {
                self.waiting.retain(|call| call.id != id);
                for index in 0..self.slots.len() {
                    if self.slots[index].as_ref().is_some_and(|slot| slot.id == id) {
                        self.free(index)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn fill_slots(&mut self) -> anyhow::Result<()> {
        while let Some(index) = self.slots.iter().position(Option::is_none) {
            let Some(call) = self.waiting.pop_front() else { return Ok(()) };
            let prompt = template::tokens(self.model, &call.messages)?;
            match Slot::new(self.model, call.id, prompt, call.max_tokens, self.context_tokens) {
                Some(slot) => self.slots[index] = Some(slot),
                None => say(&FromEngine::Failed { id: call.id, why: EngineFailure::PromptTooLong })?,
            }
        }
        Ok(())
    }

    fn step(&mut self, batch: &mut LlamaBatch<'_>) -> anyhow::Result<()> {
        batch.clear();
        // Writers first: one token each, so that a long prompt does not hold up the others' text.
        for writing in [true, false] {
            for (sequence, slot) in self.slots.iter_mut().enumerate() {
                if let Some(slot) = slot.as_mut().filter(|slot| slot.is_writing() == writing && !slot.is_fed()) {
                    slot.feed(batch, i32::try_from(sequence)?, STEP_TOKENS)?;
                }
            }
        }
        if batch.n_tokens() == 0 {
            return Ok(());
        }
        if let Err(error) = self.context.decode(batch) {
            eprintln!("engine: decoding failed: {error}");
            return self.fail_all();
        }
        for index in 0..self.slots.len() {
            let Some(slot) = &mut self.slots[index] else { continue };
            let id = slot.id;
            match slot.take_step(self.model, &self.context) {
                Step::Reading => {}
                Step::Text(text) if text.is_empty() => {}
                Step::Text(text) => say(&FromEngine::Text { id, text })?,
                Step::Done => {
                    say(&FromEngine::Done { id })?;
                    self.free(index)?;
                }
                Step::Full => {
                    say(&FromEngine::Failed { id, why: EngineFailure::Full })?;
                    self.free(index)?;
                }
            }
        }
        Ok(())
    }

    fn fail_all(&mut self) -> anyhow::Result<()> {
        for index in 0..self.slots.len() {
            if let Some(slot) = &self.slots[index] {
                say(&FromEngine::Failed { id: slot.id, why: EngineFailure::Decoding })?;
                self.free(index)?;
            }
        }
        Ok(())
    }

    fn free(&mut self, index: usize) -> anyhow::Result<()> {
        self.slots[index] = None;
        self.context.clear_kv_cache_seq(Some(u32::try_from(index)?), None, None)?;
        Ok(())
    }
}
