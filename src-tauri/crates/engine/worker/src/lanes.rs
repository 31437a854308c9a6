//! Which request runs where, and when: the worker's main loop.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Instant;

use engine::wire::{Event, Failure, Figures, FinishReason, Lane as Kind, LoadFailure, Options, Prompt, Request};
use llama_cpp_2::token::LlamaToken;

use crate::attempts;
use crate::grammar::Grammars;
use crate::job::{Waiting, count};
use crate::lane::{Cells, Lane};
use crate::model::Loaded;
use crate::prompt::{self, Begun, Fitted};
use crate::requests::send;
use crate::sampling;

/// Conversations whose state is kept side by side.
const CONVERSATIONS: u32 = 4;

/// The contexts of a worker and who waits for them.
pub struct Lanes<'m> {
    loaded: &'m Loaded,
    conversation: Lane<'m>,
    /// Made when a part is first asked for: its memory is only needed by summaries.
    parts: Option<Lane<'m>>,
    /// Whether the context for parts could not be made: then they run as conversations do.
    no_parts: bool,
    waiting: VecDeque<(Kind, Waiting)>,
    grammars: Grammars,
}

impl<'m> Lanes<'m> {
    /// Makes the context of conversations.
    pub fn new(loaded: &'m Loaded) -> Result<Self, LoadFailure> {
        let conversation = Lane::new(loaded, CONVERSATIONS, loaded.window, Cells::Shared)?;
        Ok(Self {
            loaded,
            conversation,
            parts: None,
            no_parts: false,
            waiting: VecDeque::new(),
            grammars: Grammars::default(),
        })
    }

    /// Takes what was asked, decodes one batch of each lane, and says whether to go on.
    pub fn turn(&mut self, requests: &Receiver<Request>) -> bool {
        if !self.is_busy() {
            match requests.recv() {
                Ok(request) => self.take(request),
                Err(_) => return false,
            }
        }
        loop {
            match requests.try_recv() {
                Ok(request) => self.take(request),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
        self.admit();
        self.conversation.step();
        if let Some(parts) = &mut self.parts {
            parts.step();
        }
        true
    }

    fn is_busy(&self) -> bool {
        !self.waiting.is_empty() || self.conversation.is_busy() || self.parts.as_ref().is_some_and(Lane::is_busy)
    }

    fn take(&mut self, request: Request) {
        match request {
            // A program of another version has been told by our own first frame.
            Request::Hello { .. } => {}
            Request::Generate { id, prompt, options } => {
                if let Err(failure) = self.enqueue(id, &prompt, options) {
                    send(&Event::Failed { id, failure });
                }
            }
            Request::Count { id, texts } => {
                let counts = texts.iter().map(|text| count(prompt::message_tokens(self.loaded, text).len())).collect();
                send(&Event::Counted { id, counts });
            }
            Request::Embed { id, .. } => send(&Event::Failed { id, failure: Failure::OnlyAnswers }),
            Request::Attempt { id, name, targets } => {
                send(&Event::Attempted { id, attempts: attempts::make(name.as_deref(), targets) });
            }
            Request::Cancel { id } => self.cancel(id),
        }
    }

    fn enqueue(&mut self, id: u64, prompt: &Prompt, mut options: Options) -> Result<(), Failure> {
        let arrived = Instant::now();
        let mut kind = options.lane;
        let part_room = self.loaded.part_window.saturating_sub(options.max_tokens);
        let fitted = match prompt {
            Prompt::Tokens(ids) => self.as_they_are(ids)?,
            Prompt::Messages(messages) if kind == Kind::Part => {
                match prompt::fit(self.loaded, messages, options.date, part_room, |_| 0) {
                    Err(Failure::TooLong { .. }) => {
                        kind = Kind::Conversation;
                        self.fit_conversation(messages, &options)?
                    }
                    other => other?,
                }
            }
            Prompt::Messages(messages) => self.fit_conversation(messages, &options)?,
        };
        let window = if kind == Kind::Part { self.loaded.part_window } else { self.loaded.window };
        options.max_tokens = options.max_tokens.min(window.saturating_sub(count(fitted.tokens.len()))).max(1);
        let grammar = options
            .json_schema
            .as_deref()
            .map(|schema| self.grammars.sampler(&self.loaded.model, schema))
            .transpose()?;
        let mut sampler = sampling::chain(&self.loaded.model, &options.sampling, grammar);
        // Repetition and a schema concern the whole answer, so what there is of it counts.
        sampler.accept_many(&fitted.tokens[fitted.tokens.len() - fitted.begun.tokens..]);
        let stays = matches!(prompt, Prompt::Messages(_));
        let Fitted { tokens: prompt, dropped, begun } = fitted;
        let waiting = Waiting { id, prompt, dropped, unsent: begun.unsent, options, stays, sampler, arrived };
        self.waiting.push_back((kind, waiting));
        Ok(())
    }

    /// Leaves room for the answer: what was asked for, or a quarter of the window.
    fn fit_conversation(&self, messages: &[engine::wire::Message], options: &Options) -> Result<Fitted, Failure> {
        let answer = options.max_tokens.min(self.loaded.window / 4);
        let room = self.loaded.window - answer;
        prompt::fit(self.loaded, messages, options.date, room, |tokens| self.conversation.cached(tokens))
    }

    fn as_they_are(&self, ids: &[i32]) -> Result<Fitted, Failure> {
        let vocabulary = 0..self.loaded.model.n_vocab();
        if ids.is_empty() || !ids.iter().all(|id| vocabulary.contains(id)) {
            return Err(Failure::Empty);
        }
        let room = self.loaded.window - 1;
        if count(ids.len()) > room {
            return Err(Failure::TooLong { tokens: ids.len() as u64, at_least: false, room: u64::from(room) });
        }
        Ok(Fitted { tokens: ids.iter().map(|id| LlamaToken(*id)).collect(), dropped: 0, begun: Begun::default() })
    }

    /// Gives places to those who wait, in order within each lane.
    fn admit(&mut self) {
        let mut still_waiting = VecDeque::new();
        let mut full = Vec::new();
        while let Some((kind, waiting)) = self.waiting.pop_front() {
            if full.contains(&kind) {
                still_waiting.push_back((kind, waiting));
                continue;
            }
            if let Err(waiting) = self.lane(kind).admit(waiting) {
                full.push(kind);
                still_waiting.push_back((kind, *waiting));
            }
        }
        self.waiting = still_waiting;
    }

    /// The lane for a kind of request. When memory for parts is missing they run as conversations do, one after the other.
    fn lane(&mut self, kind: Kind) -> &mut Lane<'m> {
        if kind == Kind::Part && self.parts.is_none() && !self.no_parts {
            match Lane::new(self.loaded, self.loaded.parts, self.loaded.part_window, Cells::Apart) {
                Ok(lane) => self.parts = Some(lane),
                Err(error) => {
                    self.no_parts = true;
                    tracing::warn!(%error, "no context for parts");
                }
            }
        }
        match (kind, &mut self.parts) {
            (Kind::Part, Some(parts)) => parts,
            _ => &mut self.conversation,
        }
    }

    fn cancel(&mut self, id: u64) {
        if let Some(at) = self.waiting.iter().position(|(_, waiting)| waiting.id == id) {
            self.waiting.remove(at);
            let figures = Figures::default();
            send(&Event::Finished { id, reason: FinishReason::Cancelled, figures });
        }
        self.conversation.cancel(id);
        if let Some(parts) = &mut self.parts {
            parts.cancel(id);
        }
    }

    /// Tokens of context in use for conversations.
    pub fn conversation_window(&self) -> u32 {
        self.loaded.window
    }
}
