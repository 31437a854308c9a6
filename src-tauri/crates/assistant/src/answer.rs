//! One question and its answer.

use std::time::{Duration, Instant};

use engine::wire::{Figures, FinishReason, Lane, Options as Generating, Prompt, Sampling};
use engine::{Generation, Step};
use vault::{ChatId, Message, MessageId, Provenance, Role, State, Vault};

use crate::Assistant;
use crate::conversation;
use crate::error::AssistantError;
use crate::events::{Done, Event, Notice, Stop};
use crate::language;
use crate::text;

/// The most tokens of one answer.
const MOST_TOKENS: u32 = 1_024;
/// An answer is on the disk at most this long after it was shown.
const SAVED_EVERY: Duration = Duration::from_millis(500);
/// How often a stop is looked for while nothing else happens.
const STOP_LOOK: Duration = Duration::from_millis(25);

/// An engine that has not stopped by then is ended.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// A question.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The chat to go on with; a new one without.
    pub chat: Option<ChatId>,
    /// What is asked.
    pub text: &'a str,
}

impl Assistant {
    /// Answers a question. It is on the disk before [`Event::Accepted`], the answer as it grows.
    ///
    /// # Errors
    /// When the question cannot be used, the vault cannot be written, or the engine ends; what was written of the
    /// answer is kept and marked interrupted.
    pub fn ask(
        &mut self,
        question: Question,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        text::check(question.text)?;
        self.check_length(question.text)?;
        let (chat, message) = match question.chat {
            Some(chat) => {
                let leaf = self.vault.chat(chat)?.leaf;
                (chat, self.vault.add_message(chat, leaf, Role::User, question.text)?)
            }
            None => self.vault.start_chat(&conversation::title(question.text), question.text)?,
        };
        self.answer(chat, message, stop, events)
    }

    /// Writes the newest answer of a chat again, as a branch beside it.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the chat has no question.
    pub fn ask_again(
        &mut self,
        chat: ChatId,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let question = self.newest_question(chat)?.id;
        self.model()?;
        self.vault.set_leaf(chat, question)?;
        self.answer(chat, question, stop, events)
    }

    /// Asks the newest question of a chat in other words, as a branch beside it.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the chat has no question.
    pub fn ask_differently(
        &mut self,
        chat: ChatId,
        question: &str,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        text::check(question)?;
        self.check_length(question)?;
        let parent = self.newest_question(chat)?.parent;
        let message = self.vault.add_message(chat, parent, Role::User, question)?;
        self.answer(chat, message, stop, events)
    }

    fn newest_question(&self, chat: ChatId) -> Result<Message, AssistantError> {
        let thread = self.vault.thread(chat)?;
        let question = thread.into_iter().rfind(|message| message.role == Role::User);
        question.ok_or(AssistantError::NothingToRepeat)
    }

    /// Refuses a question that cannot fit before anything of it is written. The engine is asked only about long ones.
    fn check_length(&mut self, question: &str) -> Result<(), AssistantError> {
        let engine = &self.model()?.engine;
        let window = engine.model().window;
        // As the engine leaves room for an answer, and some for the instruction and the template.
        let room = u64::from(window - MOST_TOKENS.min(window / 4)).saturating_sub(128);
        // No token is shorter than a byte; and none is so long that this many bytes could fit.
        if question.len() as u64 <= room {
            return Ok(());
        }
        let at_least = question.len() as u64 > u64::from(window) * 256;
        let tokens = if at_least {
            u64::from(window) + 1
        } else {
            u64::from(engine.count(vec![question.to_owned()])?.first().copied().unwrap_or(u32::MAX))
        };
        if tokens > room {
            let failure = engine::wire::Failure::TooLong { tokens, at_least, room };
            return Err(engine::EngineError::from(failure).into());
        }
        Ok(())
    }

    /// Answers the question that is a chat's leaf.
    fn answer(
        &mut self,
        chat: ChatId,
        question: MessageId,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let startup_ms = self.take_startup();
        let accepted = Instant::now();
        events(Event::Accepted { chat, message: question });
        let thread = self.vault.thread(chat)?;
        if let Some(asked) = thread.last()
            && let Some(notice) = language::notice(&asked.content, &self.model()?.languages())
        {
            events(Event::Notice(notice));
        }
        let model = self.model()?;
        let sampling = Sampling { seed: random_seed()?, ..Sampling::default() };
        let provenance = model.provenance(&sampling)?;
        let messages = conversation::prompt(&thread, provenance.model_sha256.as_deref());
        let generating = Generating {
            max_tokens: MOST_TOKENS,
            sampling,
            json_schema: None,
            lane: Lane::Conversation,
            date: date_of(&self.vault, chat)?,
            ignore_end: false,
        };
        let generation = self.model()?.engine.generate(Prompt::Messages(messages), generating)?;
        let message = self.vault.begin_answer(chat, question, &provenance)?;
        let writing = Writing { vault: &self.vault, message, unsaved: Unsaved::new(), first_token: None };
        let ended = writing.follow(generation, stop, events);
        self.finish(chat, message, provenance, ended, &Times { startup_ms, accepted }, events)
    }

    fn finish(
        &mut self,
        chat: ChatId,
        message: MessageId,
        mut provenance: Provenance,
        ended: Ended,
        times: &Times,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let figures = ended.figures;
        provenance.prompt_tokens = figures.prompt_tokens;
        provenance.completion_tokens = figures.completion_tokens;
        if provenance.model_sha256.is_none() {
            provenance.model_sha256 = self.model.as_mut().and_then(crate::model::Model::sha256);
        }
        let finished = self.vault.finish_answer(message, ended.state, &provenance);
        if let Some(error) = ended.error {
            // The first fault is the one to tell; that the mark could not be set shows when the vault is next opened.
            return Err(error);
        }
        finished?;
        let first = ended.first_token.unwrap_or_else(Instant::now);
        let done = Done {
            chat,
            message,
            state: ended.state,
            prompt_tokens: figures.prompt_tokens,
            cached_tokens: figures.cached_tokens,
            completion_tokens: figures.completion_tokens,
            startup_ms: times.startup_ms,
            first_token_ms: milliseconds(first - times.accepted),
            prefill_ms: figures.prefill_ms,
            decode_ms: figures.decode_ms,
        };
        events(Event::Done(done.clone()));
        Ok(done)
    }

    /// The time since the program opened, the first time it is asked.
    fn take_startup(&mut self) -> f64 {
        self.opened.take().map_or(0.0, |opened| milliseconds(opened.elapsed()))
    }
}

struct Times {
    startup_ms: f64,
    accepted: Instant,
}

/// An answer while it is being written down.
struct Writing<'a> {
    vault: &'a Vault,
    message: MessageId,
    unsaved: Unsaved,
    first_token: Option<Instant>,
}

/// How the writing ended.
struct Ended {
    state: State,
    figures: Figures,
    first_token: Option<Instant>,
    error: Option<AssistantError>,
}

/// What was shown and is not on the disk yet.
struct Unsaved {
    text: String,
    token_ids: Vec<i32>,
    since: Instant,
}

impl Unsaved {
    fn new() -> Self {
        Self { text: String::new(), token_ids: Vec::new(), since: Instant::now() }
    }
}

impl Writing<'_> {
    /// Follows a generation to its end. Never fails: how it ended is what it returns.
    fn follow(mut self, mut generation: Generation, stop: &Stop, events: &mut dyn FnMut(Event)) -> Ended {
        let mut figures = Figures::default();
        let outcome = self.steps(&mut generation, stop, &mut figures, events);
        // Also after a fault: what was shown is kept if it can be.
        let saved = self.save();
        let (state, error) = match (outcome, saved) {
            (Ok(FinishReason::Cancelled), Ok(())) => (State::Stopped, None),
            (Ok(_), Ok(())) => (State::Complete, None),
            (Ok(_), Err(error)) | (Err(error), _) => (State::Interrupted, Some(error)),
        };
        Ended { state, figures, first_token: self.first_token, error }
    }

    fn steps(
        &mut self,
        generation: &mut Generation,
        stop: &Stop,
        figures: &mut Figures,
        events: &mut dyn FnMut(Event),
    ) -> Result<FinishReason, AssistantError> {
        let mut stopping: Option<Instant> = None;
        loop {
            if stop.is_asked() && stopping.is_none() {
                stopping = Some(Instant::now());
                generation.canceller().cancel();
            }
            if stopping.is_some_and(|since| since.elapsed() > STOP_PATIENCE) {
                // It hangs. The next question starts another.
                generation.end_engine();
                return Ok(FinishReason::Cancelled);
            }
            match generation.step_within(STOP_LOOK)? {
                None => {}
                Some(Step::Accepted { dropped_messages, .. }) => left_out(dropped_messages, events),
                Some(Step::Piece { text, token_ids }) => {
                    self.first_token.get_or_insert_with(Instant::now);
                    self.unsaved.text += &text;
                    self.unsaved.token_ids.extend(token_ids);
                    if !text.is_empty() {
                        events(Event::Token { text });
                    }
                }
                Some(Step::Finished { reason, figures: cost }) => {
                    *figures = cost;
                    return Ok(reason);
                }
            }
            if self.unsaved.since.elapsed() >= SAVED_EVERY {
                self.save()?;
            }
        }
    }

    fn save(&mut self) -> Result<(), AssistantError> {
        let Unsaved { text, token_ids, .. } = &self.unsaved;
        if !text.is_empty() || !token_ids.is_empty() {
            self.vault.grow_answer(self.message, text, token_ids)?;
        }
        self.unsaved = Unsaved::new();
        Ok(())
    }
}

fn left_out(messages: u32, events: &mut dyn FnMut(Event)) {
    if messages > 0 {
        let text = format!(
            "This chat has outgrown what the model can hold: its {messages} oldest messages are no longer read. They stay in the history."
        );
        events(Event::Notice(Notice { code: "context_full", text }));
    }
}

/// The chat's date in the person's time zone, the same in every turn: a template that shows it keeps its prefix.
fn date_of(vault: &Vault, chat: ChatId) -> Result<i64, AssistantError> {
    let created = vault.chat(chat)?.created_at;
    let moment = jiff::Timestamp::from_millisecond(created).unwrap_or_default();
    let offset = jiff::tz::TimeZone::system().to_offset(moment);
    Ok(moment.as_second() + i64::from(offset.seconds()))
}

pub(crate) fn random_seed() -> Result<u32, AssistantError> {
    getrandom::u32().map_err(|_| AssistantError::NoRandom)
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
