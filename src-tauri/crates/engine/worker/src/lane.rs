//! One llama.cpp context and the sequences in it: several requests decoded in one batch.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use engine::wire::{Event, Failure, FinishReason, LoadFailure};
use llama_cpp_2::DecodeError;
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;

use crate::job::{Job, Waiting};
use crate::model::Loaded;
use crate::requests::send;

/// Tokens of one batch: what is read between two looks at the requests, so also how long a cancel can wait
/// while a prompt is being read. Larger ones are not faster on a CPU.
const BATCH: u32 = 512;
/// The first batch, before it is known how fast this machine is with this model.
const FIRST_BATCH: usize = 128;
/// A long prompt is read in batches that take about this long, so that whoever waits for a stop or for their
/// next token is not kept waiting on a slow machine. Each batch fetches all weights from memory once, some 50 ms for
/// 1 B, so shorter ones read slower.
const BATCH_TIME: Duration = Duration::from_secs(2);
/// Batches are made of a multiple of this: ggml's kernels work on blocks of up to 32 tokens.
const BLOCK: usize = 32;

/// How a lane's cells are shared out.
#[derive(Clone, Copy, PartialEq)]
pub enum Cells {
    /// All sequences share the window; what a finished request read stays for the next turn.
    Shared,
    /// Each sequence has its own; nothing stays. Attention then never looks at another's cells.
    Apart,
}

/// A context and its sequences.
pub struct Lane<'m> {
    loaded: &'m Loaded,
    context: LlamaContext<'m>,
    batch: LlamaBatch<'static>,
    places: Vec<Place>,
    cells: Cells,
    /// Tokens that one sequence may hold.
    window: usize,
    /// The most tokens in the next batch.
    pace: usize,
    turns: u64,
}

/// One sequence: what its cache holds, and who uses it.
#[derive(Default)]
struct Place {
    held: Vec<LlamaToken>,
    job: Option<Job>,
    last_used: u64,
}

impl<'m> Lane<'m> {
    /// Makes a context of `places` sequences with `window` tokens each (or, shared, together).
    pub fn new(loaded: &'m Loaded, places: u32, window: u32, cells: Cells) -> Result<Self, LoadFailure> {
        let context_tokens = if cells == Cells::Shared { window } else { window * places };
        let threads = i32::try_from(loaded.threads).unwrap_or(1);
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(context_tokens))
            .with_n_batch(BATCH)
            .with_n_ubatch(BATCH)
            .with_n_seq_max(places)
            .with_kv_unified(cells == Cells::Shared)
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
            .with_no_perf(true);
        let context = loaded
            .model
            .new_context(&loaded.backend, params)
            .map_err(|error| LoadFailure::Context(error.to_string()))?;
        Ok(Self {
            loaded,
            context,
            batch: LlamaBatch::new(BATCH as usize, 1),
            places: (0..places).map(|_| Place::default()).collect(),
            cells,
            window: window as usize,
            pace: FIRST_BATCH,
            turns: 0,
        })
    }

    /// Whether anything is being answered.
    pub fn is_busy(&self) -> bool {
        self.places.iter().any(|place| place.job.is_some())
    }

    /// How many of the leading tokens some free sequence already holds.
    pub fn cached(&self, tokens: &[LlamaToken]) -> usize {
        let free = self.places.iter().filter(|place| place.job.is_none());
        free.map(|place| common(&place.held, tokens)).max().unwrap_or(0)
    }

    /// Gives a request a place, or hands it back when there is none now.
    pub fn admit(&mut self, waiting: Waiting) -> Result<(), Box<Waiting>> {
        let needed = waiting.prompt.len() + waiting.options.max_tokens as usize;
        let Some(index) = self.choose_place(&waiting.prompt) else { return Err(Box::new(waiting)) };
        if !self.make_room(index, needed) {
            return Err(Box::new(waiting));
        }
        let cached = self.rewind(index, &waiting.prompt);
        let job = Job::begin(waiting, cached);
        self.places[index].job = Some(job);
        Ok(())
    }

    /// The free sequence that holds most of the prompt; an empty one before one whose other tokens would be lost.
    fn choose_place(&self, prompt: &[LlamaToken]) -> Option<usize> {
        let free = self.places.iter().enumerate().filter(|(_, place)| place.job.is_none());
        free.max_by_key(|(_, place)| {
            let common = common(&place.held, prompt);
            // Worth keeping when at least half of what it holds is of use.
            let of_use = common * 2 >= place.held.len().max(1);
            (if of_use { common } else { 0 }, place.held.is_empty(), u64::MAX - place.last_used)
        })
        .map(|(index, _)| index)
    }

    /// Shared cells: lets idle sequences go, the longest unused first, until `needed` tokens fit beside what the
    /// running requests may come to need.
    fn make_room(&mut self, chosen: usize, needed: usize) -> bool {
        if self.cells == Cells::Apart {
            return true;
        }
        loop {
            let others: usize = self
                .places
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != chosen)
                .map(|(_, place)| place.job.as_ref().map_or(place.held.len(), Job::reserved))
                .sum();
            if others + needed <= self.window {
                return true;
            }
            let Some(oldest) = self.longest_unused(Some(chosen)) else { return false };
            self.forget(oldest);
        }
    }

    /// The idle sequence that holds something and was used the longest ago, other than the one to spare.
    fn longest_unused(&self, spared: Option<usize>) -> Option<usize> {
        let places = self.places.iter().enumerate().filter(|(index, _)| Some(*index) != spared);
        let idle = places.filter(|(_, place)| place.job.is_none() && !place.held.is_empty());
        idle.min_by_key(|(_, place)| place.last_used).map(|(index, _)| index)
    }

    /// Keeps what a sequence shares with the prompt and removes the rest. The last token is always read anew: its logits are needed.
    fn rewind(&mut self, index: usize, prompt: &[LlamaToken]) -> usize {
        let keep = common(&self.places[index].held, prompt).min(prompt.len().saturating_sub(1));
        let removed = self.context.clear_kv_cache_seq(sequence(index), u32::try_from(keep).ok(), None);
        if keep == 0 || !matches!(removed, Ok(true)) {
            // Recurrent models cannot go back a part of the way.
            self.forget(index);
            return 0;
        }
        self.places[index].held.truncate(keep);
        keep
    }

    fn forget(&mut self, index: usize) {
        if let Err(error) = self.context.clear_kv_cache_seq(sequence(index), None, None) {
            tracing::warn!(%error, "a sequence was not removed");
        }
        self.places[index].held.clear();
    }

    /// Ends a request before its time.
    pub fn cancel(&mut self, id: u64) {
        for index in 0..self.places.len() {
            if self.places[index].job.as_ref().is_some_and(|job| job.id == id) {
                self.end(index, FinishReason::Cancelled);
            }
        }
    }

    fn end(&mut self, index: usize, reason: FinishReason) {
        let mut stays = self.cells == Cells::Shared;
        if let Some(mut job) = self.places[index].job.take() {
            job.finish(reason);
            stays &= job.stays;
        }
        self.turns += 1;
        self.places[index].last_used = self.turns;
        if !stays {
            self.forget(index);
        }
    }

    /// Decodes one batch: the next token of everybody who writes, and as much of the prompts as fits.
    pub fn step(&mut self) {
        let read = self.fill_batch();
        if self.batch.n_tokens() == 0 {
            return;
        }
        let begun = Instant::now();
        match self.context.decode(&mut self.batch) {
            Ok(()) => self.pace_after(read, begun.elapsed()),
            Err(error) => return self.recover(&error),
        }
        let taking_part = self.places.iter().filter(|place| place.job.is_some()).count();
        for index in 0..self.places.len() {
            self.sample(index, crate::job::count(taking_part));
        }
    }

    fn fill_batch(&mut self) -> usize {
        self.batch.clear();
        let mut room = self.pace;
        // Those who write first: one token each, so nobody's answer stalls while another's prompt is read.
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by_key(|index| self.places[*index].job.as_ref().is_some_and(|job| !job.is_writing()));
        for index in order {
            let place = &mut self.places[index];
            let Some(job) = place.job.as_mut() else { continue };
            job.output = None;
            let fitting = even_part(job.tokens.len() - job.read, room);
            let last = job.tokens.len() - 1;
            for position in job.read..job.read + fitting {
                let token = job.tokens[position];
                let Ok(at) = i32::try_from(position) else { break };
                let sequence = i32::try_from(index).unwrap_or(0);
                if self.batch.add(token, at, &[sequence], position == last).is_err() {
                    break;
                }
                place.held.push(token);
                if position == last {
                    job.output = Some(self.batch.n_tokens() - 1);
                }
            }
            job.read += fitting;
            room -= fitting;
        }
        self.pace - room
    }

    /// Reading in batches of about [`BATCH_TIME`]. Only a batch that is nearly full tells how fast that goes.
    fn pace_after(&mut self, read: usize, took: Duration) {
        if read > self.pace / 2 {
            self.pace = paced(read, took);
        }
    }

    fn sample(&mut self, index: usize, taking_part: u32) {
        let place = &mut self.places[index];
        let Some(job) = place.job.as_mut() else { return };
        let Some(output) = job.output.take() else { return };
        job.shared_batch_with(taking_part);
        let vocab = self.loaded.model.vocab();
        // A control token that is no end of generation opens another's turn: that is not the model's to write.
        let stops = |token| vocab.is_eog(token) || vocab.is_control(token);
        let context = &self.context;
        let ended = job.advance(|sampler| sampler.sample(context, output), &vocab, stops, self.window);
        if let Some(reason) = ended {
            self.end(index, reason);
        }
    }

    /// A batch that could not be decoded: room is made and it is tried again, else its requests fail.
    fn recover(&mut self, error: &DecodeError) {
        tracing::warn!(%error, "a batch was not decoded");
        if let (DecodeError::NoKvCacheSlot, Some(oldest)) = (error, self.longest_unused(None)) {
            self.forget(oldest);
            if self.context.decode(&mut self.batch).is_ok() {
                for index in 0..self.places.len() {
                    self.sample(index, 1);
                }
                return;
            }
        }
        for index in 0..self.places.len() {
            if let Some(job) = self.places[index].job.take() {
                send(&Event::Failed { id: job.id, failure: Failure::Decode(error.to_string()) });
                self.forget(index);
            }
        }
    }
}

/// How many of `left` tokens to read now when there is room for so many: no short batch shall be left for the end.
fn even_part(left: usize, room: usize) -> usize {
    if room == 0 { 0 } else { left.div_ceil(left.div_ceil(room).max(1)) }
}

/// Tokens that take about [`BATCH_TIME`], where `read` of them took this long.
fn paced(read: usize, took: Duration) -> usize {
    let affordable = read as u128 * BATCH_TIME.as_micros() / took.as_micros().max(1);
    let tokens = usize::try_from(affordable).unwrap_or(usize::MAX).clamp(BLOCK, BATCH as usize);
    tokens / BLOCK * BLOCK
}

fn sequence(index: usize) -> Option<u32> {
    u32::try_from(index).ok()
}

fn common(held: &[LlamaToken], tokens: &[LlamaToken]) -> usize {
    held.iter().zip(tokens).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_takes_as_long_as_someone_can_wait() {
        assert_eq!(paced(128, Duration::from_millis(100)), 512);
        assert_eq!(paced(128, Duration::from_millis(1300)), 192);
        assert_eq!(paced(128, Duration::from_mins(1)), 32);
        assert_eq!(paced(128, Duration::ZERO), 512);
    }

    #[test]
    fn a_prompt_is_read_in_even_parts() {
        assert_eq!(even_part(512, 480), 256);
        assert_eq!(even_part(1000, 300), 250);
        assert_eq!((even_part(1, 512), even_part(512, 512), even_part(0, 512), even_part(5, 0)), (1, 512, 0, 0));
    }
}
