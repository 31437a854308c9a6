//! One question and its answer.

use std::time::{Duration, Instant};

use engine::wire::{Figures, FinishReason, Lane, Options as Generating, Prompt};
use engine::{Generation, Step};
use vault::{ChatId, Message, MessageId, Provenance, Role, State, Vault};

use crate::choices::Choices;
use crate::error::AssistantError;
use crate::events::{Basis, Done, Event, Notice, Stop};
use crate::{Assistant, conversation, hold, language, text};

/// An answer is on the disk at most this long after it was shown.
const SAVED_EVERY: Duration = Duration::from_millis(500);
/// How often a stop is looked for while nothing else happens.
const STOP_LOOK: Duration = Duration::from_millis(25);

/// An engine that has not stopped by then is ended.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a question about documents that fit any window beside its passages.
const SHORT_QUESTION: usize = 1_024;

/// A question.
#[derive(Clone, Default)]
pub struct Question<'a> {
    /// The chat to go on with; a new one without.
    pub chat: Option<ChatId>,
    /// What is asked.
    pub text: &'a str,
    /// Whether a new chat is a private one: never stored, and gone when the vault is closed.
    pub private: bool,
    /// What the person chose for a new chat.
    pub choices: Choices,
}

/// Where an answer goes.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// Below this question, as a new message.
    Below(MessageId),
    /// On with this one, which was cut, stopped or interrupted.
    OnWith(MessageId),
}

impl Assistant {
    /// Answers a question. It is on the disk before [`Event::Accepted`], the answer as it grows.
    ///
    /// # Errors
    /// When the question cannot be used, the vault cannot be written, or the engine ends; what was written of the
    /// answer is kept and marked interrupted.
    pub fn ask(&self, question: &Question, stop: &Stop, events: &mut dyn FnMut(Event)) -> Result<Done, AssistantError> {
        text::check(question.text)?;
        let choices = match question.chat {
            Some(chat) if self.is_answering(chat) => return Err(AssistantError::AlreadyAnswering),
            Some(chat) => self.choices(chat)?,
            None => question.choices.clone(),
        };
        // About documents the passages come first, also where no model is there to write.
        if choices.scope.is_none() || question.text.len() > SHORT_QUESTION {
            self.check_length(question.text, &choices, events)?;
        }
        let (chat, message) = match question.chat {
            Some(chat) => {
                let leaf = self.chat(chat)?.leaf;
                (chat, self.vault(chat, |vault| vault.add_message(chat, leaf, Role::User, question.text))?)
            }
            None => self.start_chat(question)?,
        };
        self.answer(chat, Place::Below(message), stop, events)
    }

    fn start_chat(&self, question: &Question) -> Result<(ChatId, MessageId), AssistantError> {
        let title = conversation::title(question.text);
        let start = |vault: &Vault| {
            let (chat, message) = vault.start_chat(&title, question.text)?;
            if question.choices != Choices::default() {
                vault.set_choices(chat, &question.choices.written())?;
            }
            Ok((chat, message))
        };
        if !question.private {
            return self.stored(start);
        }
        if hold(&self.stored).is_none() {
            return Err(AssistantError::Locked);
        }
        let mut private = hold(&self.private);
        let vault = match private.take() {
            Some(vault) => vault,
            None => Vault::in_memory()?,
        };
        Ok(start(private.insert(vault))?)
    }

    /// Writes the newest answer of a chat again, as a branch beside it.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the chat has no question.
    pub fn ask_again(&self, chat: ChatId, stop: &Stop, events: &mut dyn FnMut(Event)) -> Result<Done, AssistantError> {
        let question = self.newest_question(chat)?.id;
        self.answer_below(chat, question, stop, events)
    }

    /// Writes an answer again, as a branch beside it. A question is answered, whether or not it was before.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the message is not on the branch that is shown.
    pub fn regenerate(
        &self,
        chat: ChatId,
        message: MessageId,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let shown = self.shown_message(chat, message)?.message;
        let question = if shown.role == Role::User { Some(shown.id) } else { shown.parent };
        self.answer_below(chat, question.ok_or(AssistantError::NothingToRepeat)?, stop, events)
    }

    fn answer_below(
        &self,
        chat: ChatId,
        question: MessageId,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        self.model(&mut loading(events))?;
        if self.is_answering(chat) {
            return Err(AssistantError::AlreadyAnswering);
        }
        self.vault(chat, |vault| vault.set_leaf(chat, question))?;
        self.answer(chat, Place::Below(question), stop, events)
    }

    /// Asks the newest question of a chat in other words, as a branch beside it.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the chat has no question.
    pub fn ask_differently(
        &self,
        chat: ChatId,
        question: &str,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let newest = self.newest_question(chat)?.id;
        self.edit(chat, newest, question, stop, events)
    }

    /// Asks a question of a chat in other words, as a branch beside it.
    ///
    /// # Errors
    /// As [`Self::ask`], or when the message is no question on the branch that is shown.
    pub fn edit(
        &self,
        chat: ChatId,
        message: MessageId,
        question: &str,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        text::check(question)?;
        let shown = self.shown_message(chat, message)?.message;
        if shown.role != Role::User {
            return Err(AssistantError::NothingToRepeat);
        }
        self.check_length(question, &self.choices(chat)?, events)?;
        if self.is_answering(chat) {
            return Err(AssistantError::AlreadyAnswering);
        }
        let message = self.vault(chat, |vault| vault.add_message(chat, shown.parent, Role::User, question))?;
        self.answer(chat, Place::Below(message), stop, events)
    }

    /// Goes on with the newest answer of a chat, which was cut, stopped or interrupted.
    ///
    /// # Errors
    /// As [`Self::ask`], or when it is complete.
    pub fn go_on(&self, chat: ChatId, stop: &Stop, events: &mut dyn FnMut(Event)) -> Result<Done, AssistantError> {
        let thread = self.thread(chat)?;
        let cut = thread.last().filter(|last| {
            last.role == Role::Assistant && matches!(last.state, State::Cut | State::Stopped | State::Interrupted)
        });
        let answer = cut.ok_or(AssistantError::NothingToContinue)?.id;
        self.model(&mut loading(events))?;
        self.answer(chat, Place::OnWith(answer), stop, events)
    }

    fn newest_question(&self, chat: ChatId) -> Result<Message, AssistantError> {
        let question = self.thread(chat)?.into_iter().rfind(|message| message.role == Role::User);
        question.ok_or(AssistantError::NothingToRepeat)
    }

    /// Refuses a question that cannot fit before anything of it is written. The engine is asked only about long ones.
    fn check_length(
        &self,
        question: &str,
        choices: &Choices,
        events: &mut dyn FnMut(Event),
    ) -> Result<(), AssistantError> {
        let model = self.model(&mut loading(events))?;
        let engine = &model.engine;
        let window = engine.model().window;
        // As the engine leaves room for an answer, and some for the template.
        let room = u64::from(window - choices.most_tokens().min(window / 4)).saturating_sub(128);
        let system = choices.system_prompt.as_deref().unwrap_or_default();
        let bytes = (question.len() + system.len()) as u64;
        // No token is shorter than a byte; and none is so long that this many bytes could fit.
        if bytes <= room {
            return Ok(());
        }
        let at_least = bytes > u64::from(window) * 256;
        let tokens = if at_least {
            u64::from(window) + 1
        } else {
            let counts = engine.count(vec![question.to_owned(), system.to_owned()])?;
            counts.into_iter().map(u64::from).sum()
        };
        if tokens > room {
            let failure = engine::wire::Failure::TooLong { tokens, at_least, room };
            return Err(engine::EngineError::from(failure).into());
        }
        Ok(())
    }

    /// Answers what is a chat's leaf: a question, or an answer to go on with.
    fn answer(
        &self,
        chat: ChatId,
        place: Place,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let _answering = self.running.begin(chat, stop)?;
        let startup_ms = self.take_startup();
        let accepted = Instant::now();
        let thread = self.thread(chat)?;
        let asked = thread.iter().rfind(|message| message.role == Role::User).ok_or(AssistantError::NothingToRepeat)?;
        events(Event::Accepted { chat, message: asked.id });
        let times = Times { startup_ms, accepted };
        let choices = self.choices(chat)?;
        let gathered = self.gathered(&thread, asked, &choices, events)?;
        if let Some(gathered) = gathered.as_ref().filter(|gathered| !gathered.evidence.answered) {
            return self.decline(chat, place, &asked.content, gathered, &times, events);
        }
        let model = self.model(&mut loading(events))?;
        if let Some(notice) = language::notice(&asked.content, &model.languages()) {
            events(Event::Notice(notice));
        }
        let mut provenance = model.provenance(&choices.sampling(random_seed()?))?;
        let mut prompt = conversation::prompt(&thread, &choices, provenance.model_sha256.as_deref());
        if let Some(gathered) = &gathered {
            conversation::ask_instead(&mut prompt, gathered.prompt(&asked.content));
        }
        let generation =
            model.engine.generate(Prompt::Messages(prompt), self.generating(chat, &choices, &provenance)?)?;
        let message = self.begin(chat, place, &provenance)?;
        events(Event::Begun { message });
        let opening = match (&gathered, place) {
            (Some(gathered), Place::Below(_)) => gathered.opening(),
            _ => String::new(),
        };
        if !opening.is_empty() {
            events(Event::Token { text: opening.clone() });
        }
        let unsaved = Unsaved { text: opening, ..Unsaved::new() };
        let writing = Writing { assistant: self, chat, message, unsaved, seen: Seen::default() };
        let ended = writing.follow(generation, stop, events);
        if provenance.model_sha256.is_none() {
            provenance.model_sha256 = model.sha256();
        }
        let basis = self.basis(chat, message, gathered)?;
        self.finish(chat, message, provenance, ended, basis, &times, events)
    }

    fn generating(
        &self,
        chat: ChatId,
        choices: &Choices,
        provenance: &Provenance,
    ) -> Result<Generating, AssistantError> {
        Ok(Generating {
            max_tokens: choices.most_tokens(),
            sampling: choices.sampling(provenance.seed),
            json_schema: None,
            lane: Lane::Conversation,
            date: date_of(self.chat(chat)?.created_at),
            ignore_end: false,
        })
    }

    /// Makes the answer's place in the vault.
    pub(crate) fn begin(
        &self,
        chat: ChatId,
        place: Place,
        provenance: &Provenance,
    ) -> Result<MessageId, AssistantError> {
        self.vault(chat, |vault| match place {
            Place::Below(question) => vault.begin_answer(chat, question, provenance),
            Place::OnWith(answer) => vault.reopen_answer(answer).map(|()| answer),
        })
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is what an answer ends with")]
    pub(crate) fn finish(
        &self,
        chat: ChatId,
        message: MessageId,
        mut provenance: Provenance,
        ended: Ended,
        basis: Basis,
        times: &Times,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let figures = ended.figures;
        let first = ended.seen.first_token.unwrap_or_else(Instant::now);
        provenance.prompt_tokens = figures.prompt_tokens;
        provenance.cached_tokens = figures.cached_tokens;
        provenance.completion_tokens = figures.completion_tokens;
        provenance.first_token_ms = milliseconds(first - times.accepted);
        provenance.prefill_ms = figures.prefill_ms;
        provenance.decode_ms = figures.decode_ms;
        provenance.dropped_messages = ended.seen.dropped_messages;
        let finished = self.vault(chat, |vault| vault.finish_answer(message, ended.state, &provenance));
        if let Some(error) = ended.error {
            // The first fault is the one to tell; that the mark could not be set shows when the vault is next opened.
            return Err(error);
        }
        finished?;
        let done = Done {
            chat,
            message,
            state: ended.state,
            prompt_tokens: figures.prompt_tokens,
            cached_tokens: figures.cached_tokens,
            completion_tokens: figures.completion_tokens,
            startup_ms: times.startup_ms,
            first_token_ms: provenance.first_token_ms,
            prefill_ms: figures.prefill_ms,
            decode_ms: figures.decode_ms,
            basis,
        };
        events(Event::Done(done.clone()));
        Ok(done)
    }

    /// The time since the program opened, the first time it is asked.
    fn take_startup(&self) -> f64 {
        hold(&self.opened).take().map_or(0.0, |opened| milliseconds(opened.elapsed()))
    }
}

/// Tells of a model that is being loaded.
fn loading(events: &mut dyn FnMut(Event)) -> impl FnMut(u16) {
    |permille| events(Event::Loading { permille })
}

/// When an answer was asked for.
pub(crate) struct Times {
    startup_ms: f64,
    accepted: Instant,
}

/// An answer while it is being written down.
struct Writing<'a> {
    assistant: &'a Assistant,
    chat: ChatId,
    message: MessageId,
    unsaved: Unsaved,
    seen: Seen,
}

/// What was noticed on the way.
#[derive(Default)]
struct Seen {
    first_token: Option<Instant>,
    dropped_messages: u32,
}

/// How the writing ended.
pub(crate) struct Ended {
    state: State,
    figures: Figures,
    seen: Seen,
    error: Option<AssistantError>,
}

/// What was shown and is not on the disk yet.
struct Unsaved {
    text: String,
    token_ids: Vec<i32>,
    since: Instant,
}

impl Ended {
    /// Written by rule, at once.
    pub(crate) fn by_rule() -> Self {
        Self { state: State::Complete, figures: Figures::default(), seen: Seen::default(), error: None }
    }
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
            (Ok(FinishReason::MaxTokens | FinishReason::WindowFull), Ok(())) => (State::Cut, None),
            (Ok(FinishReason::End), Ok(())) => (State::Complete, None),
            (Ok(_), Err(error)) | (Err(error), _) => (State::Interrupted, Some(error)),
        };
        Ended { state, figures, seen: self.seen, error }
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
                Some(Step::Accepted { prompt_tokens, cached_tokens, dropped_messages }) => {
                    self.seen.dropped_messages = dropped_messages;
                    left_out(dropped_messages, events);
                    events(Event::Reading { prompt_tokens, cached_tokens });
                }
                Some(Step::Piece { text, token_ids }) => {
                    self.seen.first_token.get_or_insert_with(Instant::now);
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
            self.assistant.vault(self.chat, |vault| vault.grow_answer(self.message, text, token_ids))?;
        }
        self.unsaved = Unsaved::new();
        Ok(())
    }
}

fn left_out(messages: u32, events: &mut dyn FnMut(Event)) {
    if messages > 0 {
        events(Event::Notice(Notice::new("context_full", vec![("messages", u64::from(messages).into())])));
    }
}

/// The chat's date in the person's time zone, the same in every turn: a template that shows it keeps its prefix.
fn date_of(created_at: i64) -> i64 {
    let moment = jiff::Timestamp::from_millisecond(created_at).unwrap_or_default();
    let offset = jiff::tz::TimeZone::system().to_offset(moment);
    moment.as_second() + i64::from(offset.seconds())
}

pub(crate) fn random_seed() -> Result<u32, AssistantError> {
    getrandom::u32().map_err(|_| AssistantError::NoRandom)
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
