//! A summary of a whole text, however long.
//!
//! The text is cut into parts of at most 2,000 tokens at its own seams, the parts are summarised side by side,
//! and the summaries of parts are joined and summarised again until one is left. Every part is read: what was
//! covered is counted here, not claimed by the model.

use std::time::{Duration, Instant};

use engine::wire::{Figures, Lane, Message, Options as Generating, Prompt, Role, Sampling};
use engine::{Engine, Generation, Step};
use serde::Serialize;
use vault::{ChatId, MessageId, State};

use crate::Assistant;
use crate::answer::random_seed;
use crate::conversation;
use crate::error::AssistantError;
use crate::events::{Event, Stop};
use crate::parts::{PART_TOKENS, Part, cut};
use crate::text;

/// Tokens of instruction and template around a part.
const AROUND: u32 = 192;
/// The most tokens of one part's summary.
const SUMMARY_TOKENS: u32 = 256;
/// How often a stop is looked for.
const STOP_LOOK: Duration = Duration::from_millis(25);

const SYSTEM: &str = "You summarise texts faithfully. Use only what the text says.";
const PART: &str = "Summarise this part of a longer text in a few sentences. Keep names, numbers and dates.\n\n";
const WHOLE: &str = "Summarise this text in a few sentences. Keep names, numbers and dates.\n\n";
const JOIN: &str =
    "These are summaries of the parts of one text, in order. Write one summary of the whole text from them.\n\n";

/// A summary and what it covers.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Always `done`, as for an answer.
    pub r#type: &'static str,
    /// The chat that keeps it.
    pub chat: ChatId,
    /// The summary in it.
    pub message: MessageId,
    /// How it ended.
    pub state: State,
    /// The summary.
    pub summary: String,
    /// Bytes of the text.
    pub text_bytes: u64,
    /// Bytes of the text that were read by the model: all of them, or it is no summary.
    pub covered_bytes: u64,
    /// Tokens of the text.
    pub text_tokens: u64,
    /// Parts it was read in.
    pub parts: u32,
    /// The most parts read in one batch.
    pub parallel: u32,
    /// Tokens of all prompts.
    pub prompt_tokens: u64,
    /// Tokens written, the summaries of parts included.
    pub completion_tokens: u64,
    /// Milliseconds from the accepted text to the end.
    pub total_ms: f64,
}

impl Assistant {
    /// Summarises a whole text and keeps the summary as a chat called after `name`.
    ///
    /// # Errors
    /// When the text cannot be used, the vault cannot be written, the engine ends, or the person stops it: a
    /// summary of some parts is none.
    pub fn summarize(
        &self,
        name: &str,
        text: &str,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Summary, AssistantError> {
        text::check(text)?;
        let name = text::shown(name);
        let model = self.model(&mut |permille| events(Event::Loading { permille }))?;
        let request = format!("Summarise {name} ({} bytes).", text.len());
        let title = conversation::title(&format!("Summary of {name}"));
        let (chat, question) = self.stored(|vault| vault.start_chat(&title, &request))?;
        let _answering = self.running.begin(chat, stop)?;
        events(Event::Accepted { chat, message: question });
        let begun = Instant::now();
        let sampling = Sampling { temperature: 0.2, seed: random_seed()?, ..Sampling::default() };
        let mut provenance = model.provenance(&sampling)?;
        let message = self.stored(|vault| vault.begin_answer(chat, question, &provenance))?;
        let engine = &model.engine;
        let parts = cut(text, part_tokens(engine), &mut |pieces| Ok(engine.count(pieces)?))?;
        let mut work = Work::new(engine, sampling, stop, events, rounds(parts.len()));
        let made = work.reduce(&parts);
        let (cost, parallel) = (work.cost, work.parallel);
        provenance.prompt_tokens = u32::try_from(cost.0).unwrap_or(u32::MAX);
        provenance.completion_tokens = u32::try_from(cost.1).unwrap_or(u32::MAX);
        let summary = match made {
            Ok(summary) => summary,
            Err(error) => {
                let state = if matches!(error, AssistantError::Stopped) { State::Stopped } else { State::Interrupted };
                self.stored(|vault| vault.finish_answer(message, state, &provenance)).ok();
                return Err(error);
            }
        };
        provenance.model_sha256 = model.sha256();
        self.stored(|vault| {
            vault.grow_answer(message, &summary, &[])?;
            vault.finish_answer(message, State::Complete, &provenance)
        })?;
        Ok(Summary {
            r#type: "done",
            chat,
            message,
            state: State::Complete,
            summary,
            text_bytes: text.len() as u64,
            covered_bytes: parts.iter().map(|part| part.text.len() as u64).sum(),
            text_tokens: parts.iter().map(|part| u64::from(part.tokens)).sum(),
            parts: u32::try_from(parts.len()).unwrap_or(u32::MAX),
            parallel,
            prompt_tokens: cost.0,
            completion_tokens: cost.1,
            total_ms: crate::answer::milliseconds(begun.elapsed()),
        })
    }
}

/// The most tokens of text in one part of a prompt that an engine takes beside others.
pub(crate) fn part_tokens(engine: &Engine) -> u32 {
    engine.model().part_window.saturating_sub(SUMMARY_TOKENS + AROUND).clamp(64, PART_TOKENS)
}

/// How many summaries are to be written in all, for the progress: each round joins about six.
fn rounds(parts: usize) -> u32 {
    let mut jobs = parts;
    let mut left = parts;
    while left > 1 {
        left = left.div_ceil(6);
        jobs += left;
    }
    u32::try_from(jobs).unwrap_or(u32::MAX)
}

/// The summaries of a run, on an engine.
pub(crate) struct Work<'a> {
    engine: &'a Engine,
    sampling: Sampling,
    stop: &'a Stop,
    events: &'a mut dyn FnMut(Event),
    done: u32,
    of: u32,
    begun: Instant,
    /// The most that were in one batch.
    pub parallel: u32,
    /// Tokens read and written.
    pub cost: (u64, u64),
}

impl<'a> Work<'a> {
    pub fn new(
        engine: &'a Engine,
        sampling: Sampling,
        stop: &'a Stop,
        events: &'a mut dyn FnMut(Event),
        of: u32,
    ) -> Self {
        Self { engine, sampling, stop, events, done: 0, of, begun: Instant::now(), parallel: 0, cost: (0, 0) }
    }

    /// Summarises parts, then their summaries, until one is left. The last one is streamed.
    fn reduce(&mut self, parts: &[Part]) -> Result<String, AssistantError> {
        if let [only] = parts {
            return self.last(format!("{WHOLE}{}", only.text));
        }
        let prompts = parts.iter().map(|part| format!("{PART}{}", part.text)).collect();
        let mut summaries = self.all_of(prompts)?;
        loop {
            let groups = self.groups(&summaries)?;
            if let [all] = groups.as_slice() {
                return self.last(format!("{JOIN}{all}"));
            }
            summaries = self.all_of(groups.into_iter().map(|group| format!("{JOIN}{group}")).collect())?;
        }
    }

    /// Joins summaries into texts that fit a part, at least two in each.
    fn groups(&self, summaries: &[String]) -> Result<Vec<String>, AssistantError> {
        let counts = self.engine.count(summaries.to_vec())?;
        let mut groups: Vec<String> = Vec::new();
        let (mut members, mut tokens) = (0, 0);
        for (summary, count) in summaries.iter().zip(counts) {
            if members == 0 || (members >= 2 && tokens + count > PART_TOKENS) {
                groups.push(String::new());
                (members, tokens) = (0, 0);
            }
            if let Some(group) = groups.last_mut() {
                *group += summary.trim();
                *group += "\n\n";
            }
            members += 1;
            tokens += count;
        }
        Ok(groups)
    }

    /// Summaries of several texts, in their order.
    fn all_of(&mut self, prompts: Vec<String>) -> Result<Vec<String>, AssistantError> {
        let mut summaries = vec![String::new(); prompts.len()];
        self.side_by_side(prompts, &mut |index, summary| {
            if let Some(place) = summaries.get_mut(index) {
                *place = summary;
            }
            Ok(())
        })?;
        Ok(summaries)
    }

    /// Summaries of several texts, decoded in one batch; each is handed over with its place among them when it is written.
    pub fn side_by_side(
        &mut self,
        prompts: Vec<String>,
        written: &mut dyn FnMut(usize, String) -> Result<(), AssistantError>,
    ) -> Result<(), AssistantError> {
        let most = self.engine.model().parts.max(1) as usize;
        let mut waiting = prompts.into_iter().enumerate();
        let mut running: Vec<(usize, Generation, String)> = Vec::new();
        loop {
            while running.len() < most
                && let Some((index, prompt)) = waiting.next()
            {
                running.push((index, self.begin(prompt)?, String::new()));
            }
            if running.is_empty() {
                return Ok(());
            }
            let mut finished = Vec::new();
            for (index, generation, summary) in &mut running {
                // Short waits on each in turn: all of them grow together.
                while let Some(step) = generation.step_within(STOP_LOOK / 8)? {
                    match step {
                        Step::Piece { text, .. } => *summary += &text,
                        Step::Finished { figures, .. } => {
                            finished.push((*index, figures, std::mem::take(summary)));
                            break;
                        }
                        Step::Accepted { .. } => {}
                    }
                }
                self.check_stop()?;
            }
            running.retain(|(index, ..)| !finished.iter().any(|(done, ..)| done == index));
            for (index, figures, summary) in finished {
                written(index, summary)?;
                self.count(&figures);
            }
        }
    }

    /// The final summary, shown as it grows.
    fn last(&mut self, prompt: String) -> Result<String, AssistantError> {
        let mut generation = self.begin(prompt)?;
        let mut summary = String::new();
        loop {
            self.check_stop()?;
            match generation.step_within(STOP_LOOK)? {
                Some(Step::Piece { text, .. }) => {
                    summary += &text;
                    (self.events)(Event::Token { text });
                }
                Some(Step::Finished { figures, .. }) => {
                    self.of = self.done + 1;
                    self.count(&figures);
                    return Ok(summary);
                }
                Some(Step::Accepted { .. }) | None => {}
            }
        }
    }

    fn begin(&self, prompt: String) -> Result<Generation, AssistantError> {
        let message = |role, text| Message { role, text, token_ids: Vec::new() };
        let messages = vec![message(Role::System, SYSTEM.to_owned()), message(Role::User, prompt)];
        let generating = Generating {
            max_tokens: SUMMARY_TOKENS,
            sampling: self.sampling.clone(),
            json_schema: None,
            lane: Lane::Part,
            date: 0,
            ignore_end: false,
        };
        Ok(self.engine.generate(Prompt::Messages(messages), generating)?)
    }

    fn check_stop(&self) -> Result<(), AssistantError> {
        if self.stop.is_asked() { Err(AssistantError::Stopped) } else { Ok(()) }
    }

    fn count(&mut self, figures: &Figures) {
        self.done += 1;
        self.of = self.of.max(self.done);
        self.parallel = self.parallel.max(figures.shared_batch);
        self.cost.0 += u64::from(figures.prompt_tokens);
        self.cost.1 += u64::from(figures.completion_tokens);
        let each = self.begun.elapsed().as_secs_f64() / f64::from(self.done);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small positive number of seconds"
        )]
        let remaining = (each * f64::from(self.of - self.done)).ceil() as u64;
        let remaining_s = (self.done > 1).then_some(remaining);
        (self.events)(Event::Progress { done: self.done, of: self.of, remaining_s });
    }
}
