//! How fast this machine reads and writes with a model. No vault is opened.

use engine::wire::{Figures, Lane, Options as Generating, Prompt, Sampling};
use engine::{Engine, Step};
use serde::Serialize;

use crate::Options;
use crate::error::AssistantError;
use crate::home::Home;
use crate::model;

/// Tokens of prompt read, and of depth before the second decode.
const PROMPT: u32 = 512;
/// Tokens written.
const WRITTEN: u32 = 128;
/// Runs of each; the median is given.
const RUNS: usize = 3;

/// Rates of a model on this machine, in the terms of llama.cpp's own `llama-bench` (`pp512`, `tg128`, `tg128 @ d512`).
#[derive(Clone, Debug, Serialize)]
pub struct Benchmark {
    /// The model's name.
    pub model: String,
    /// Tokens a second, reading 512.
    pub prefill_tokens_per_second: f64,
    /// Tokens a second, writing 128 into an empty cache.
    pub decode_tokens_per_second: f64,
    /// Tokens a second, writing 128 after 512.
    pub decode_at_512_tokens_per_second: f64,
    /// Threads used.
    pub threads: u32,
    /// The CPU variant chosen.
    pub cpu_variant: String,
    /// Until the model could be asked.
    pub load_ms: u64,
}

/// Measures a model, greedily.
///
/// # Errors
/// When there is no usable model or the engine ends.
pub fn benchmark(home: &Home, options: &Options, progress: &mut dyn FnMut(u16)) -> Result<Benchmark, AssistantError> {
    let (engine, name) = model::start(home, options, None)?.engine_alone(progress)?;
    let mut runs = Runs { engine: &engine, salt: 0 };
    // Not counted: the pages of the model file come into memory.
    runs.run(PROMPT, 8)?;
    let prefill = runs.median(PROMPT, 1, |cost| f64::from(PROMPT) / cost.prefill_ms)?;
    let decode = runs.median(1, WRITTEN + 1, |cost| f64::from(WRITTEN) / cost.decode_ms)?;
    let deep = runs.median(PROMPT, WRITTEN + 1, |cost| f64::from(WRITTEN) / cost.decode_ms)?;
    let info = engine.model();
    Ok(Benchmark {
        model: name,
        prefill_tokens_per_second: prefill,
        decode_tokens_per_second: decode,
        decode_at_512_tokens_per_second: deep,
        threads: info.threads,
        cpu_variant: info.cpu_variant.clone(),
        load_ms: info.load_ms,
    })
}

struct Runs<'a> {
    engine: &'a Engine,
    salt: u32,
}

impl Runs<'_> {
    fn median(&mut self, prompt: u32, written: u32, per_ms: impl Fn(&Figures) -> f64) -> Result<f64, AssistantError> {
        let mut rates = Vec::new();
        for _ in 0..RUNS {
            rates.push(per_ms(&self.run(prompt, written)?) * 1e3);
        }
        rates.sort_by(f64::total_cmp);
        Ok((rates[RUNS / 2] * 100.0).round() / 100.0)
    }

    fn run(&mut self, prompt: u32, written: u32) -> Result<Figures, AssistantError> {
        // Another first token each time: nothing of an earlier run may be in the cache.
        self.salt += 1;
        let vocabulary = self.engine.model().vocabulary.max(1);
        let token = |n: u32| (n.wrapping_mul(2_654_435_761).wrapping_add(self.salt * 97) >> 7) % vocabulary;
        let ids = (0..prompt).map(|n| i32::try_from(token(n)).unwrap_or(0)).collect();
        let generating = Generating {
            max_tokens: written,
            sampling: Sampling::greedy(),
            json_schema: None,
            lane: Lane::Conversation,
            date: 0,
            ignore_end: true,
        };
        let mut generation = self.engine.generate(Prompt::Tokens(ids), generating)?;
        loop {
            if let Step::Finished { figures, .. } = generation.step()? {
                return Ok(figures);
            }
        }
    }
}
