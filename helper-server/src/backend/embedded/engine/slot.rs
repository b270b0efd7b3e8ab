//! One turn in the engine: its prompt being read, then its text being written.

use super::text::Utf8;
use llama_cpp_2::{
    context::LlamaContext, llama_batch::LlamaBatch, model::LlamaModel, sampling::LlamaSampler, token::LlamaToken,
};

/// An answer with less room than this is not worth starting.
const LEAST_ROOM: usize = 64;
const TEMPERATURE: f32 = 0.3;

/// A turn's state between steps.
pub struct Slot {
    pub id: u64,
    prompt: Vec<LlamaToken>,
    /// How many tokens of prompt and text the context holds.
    position: usize,
    /// The token written last, to be read in the next step.
    next: Option<LlamaToken>,
    /// Where in this step's batch the token stands whose successor is to be chosen.
    chooses_at: Option<i32>,
    fed: bool,
    sampler: LlamaSampler,
    text: Utf8,
    /// How many more tokens may be written.
    left: usize,
}

/// What a step brought.
pub enum Step {
    /// Still reading the prompt.
    Reading,
    /// More text; empty while a character is not whole.
    Text(String),
    Done,
    /// It could go on, and may not.
    Full,
}

impl Slot {
    /// None if prompt and answer do not fit into the context.
    pub fn new(
        model: &LlamaModel,
        id: u64,
        prompt: Vec<LlamaToken>,
        max_tokens: u32,
        context_tokens: u32,
    ) -> Option<Self> {
        let room = (context_tokens as usize).checked_sub(prompt.len())?;
        if room < LEAST_ROOM || prompt.is_empty() {
            return None;
        }
        let sampler = LlamaSampler::chain_simple([
            LlamaSampler::penalties(model.n_vocab(), 128, 1.1, 0.0, 0.0),
            LlamaSampler::top_k(40),
            LlamaSampler::top_p(0.9, 1),
            LlamaSampler::temp(TEMPERATURE),
            LlamaSampler::dist(u32::try_from(id % u64::from(u32::MAX)).unwrap_or_default()),
        ]);
        Some(Self {
            id,
            prompt,
            position: 0,
            next: None,
            chooses_at: None,
            fed: false,
            sampler,
            text: Utf8::default(),
            left: room.min(max_tokens as usize),
        })
    }

    /// Whether the prompt has been read.
    pub const fn is_writing(&self) -> bool {
        self.next.is_some()
    }

    /// Whether it takes part in this step already.
    pub const fn is_fed(&self) -> bool {
        self.fed
    }

    /// Adds its tokens of this step to a batch that holds at most `most`.
    pub fn feed(&mut self, batch: &mut LlamaBatch<'_>, sequence: i32, most: usize) -> anyhow::Result<()> {
        let room = most.saturating_sub(usize::try_from(batch.n_tokens())?);
        let tokens: Vec<LlamaToken> = match self.next {
            Some(token) => vec![token],
            None => self.prompt[self.position..].iter().copied().take(room).collect(),
        };
        if tokens.len() > room {
            return Ok(());
        }
        for token in tokens {
            let last = self.position + 1 >= self.prompt.len();
            batch.add(token, i32::try_from(self.position)?, &[sequence], last)?;
            self.position += 1;
            self.chooses_at = last.then(|| batch.n_tokens() - 1);
            self.fed = true;
        }
        Ok(())
    }

    /// Chooses the next token, if this step read up to where one is due.
    pub fn take_step(&mut self, model: &LlamaModel, context: &LlamaContext<'_>) -> Step {
        self.fed = false;
        let Some(at) = self.chooses_at.take() else { return Step::Reading };
        let token = self.sampler.sample(context, at);
        if model.vocab().is_eog(token) {
            return Step::Done;
        }
        if self.left == 0 {
            return Step::Full;
        }
        self.left -= 1;
        self.next = Some(token);
        // Control tokens have no text of their own to show.
        Step::Text(self.text.push(&model.vocab().token_to_piece(token, false, None)))
    }
}
