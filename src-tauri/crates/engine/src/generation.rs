//! One answer as it is written.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crate::client::{Process, unexpected};
use crate::error::EngineError;
use crate::wire::{Event, Figures, FinishReason, Request};

/// The next thing that happened to an answer.
#[derive(Clone, PartialEq)]
pub enum Step {
    /// The prompt fits and is being read.
    Accepted {
        /// Tokens of the whole prompt.
        prompt_tokens: u32,
        /// Of these, the tokens whose state was already in memory.
        cached_tokens: u32,
        /// The oldest messages that were left out.
        dropped_messages: u32,
    },
    /// More of the answer.
    Piece {
        /// Whole characters.
        text: String,
        /// The ids they were sampled as.
        token_ids: Vec<i32>,
    },
    /// The answer is complete.
    Finished {
        /// Why it ended.
        reason: FinishReason,
        /// What it cost.
        figures: Figures,
    },
}

/// An answer as it is written. Dropping it before its end cancels it.
pub struct Generation {
    id: u64,
    events: Receiver<Event>,
    process: Arc<Process>,
    finished: bool,
}

/// Stops a generation from anywhere (a signal handler's thread, a button).
#[derive(Clone)]
pub struct Canceller {
    id: u64,
    process: Arc<Process>,
}

impl Canceller {
    /// Asks the worker to stop; within one token the generation ends with [`FinishReason::Cancelled`].
    pub fn cancel(&self) {
        self.process.send(&Request::Cancel { id: self.id }).ok();
    }
}

impl Generation {
    pub(crate) fn new(id: u64, events: Receiver<Event>, process: Arc<Process>) -> Self {
        Self { id, events, process, finished: false }
    }

    /// A handle that stops this generation.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        Canceller { id: self.id, process: Arc::clone(&self.process) }
    }

    /// Waits for the next step.
    ///
    /// # Errors
    /// When the request failed or the worker ended.
    pub fn step(&mut self) -> Result<Step, EngineError> {
        let event = self.events.recv().map_err(|_| self.process.death())?;
        self.take(event)
    }

    /// Waits for the next step, at most `time`; `None` when nothing happened.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn step_within(&mut self, time: Duration) -> Result<Option<Step>, EngineError> {
        match self.events.recv_timeout(time) {
            Ok(event) => self.take(event).map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(self.process.death()),
        }
    }

    /// Ends the worker that this generation runs in, for one that hangs.
    pub fn end_engine(&self) {
        self.process.close();
    }

    fn take(&mut self, event: Event) -> Result<Step, EngineError> {
        match event {
            Event::Accepted { prompt_tokens, cached_tokens, dropped_messages, .. } => {
                Ok(Step::Accepted { prompt_tokens, cached_tokens, dropped_messages })
            }
            Event::Piece { text, token_ids, .. } => Ok(Step::Piece { text, token_ids }),
            Event::Finished { reason, figures, .. } => {
                self.finished = true;
                Ok(Step::Finished { reason, figures })
            }
            Event::Failed { failure, .. } => {
                self.finished = true;
                Err(failure.into())
            }
            other => Err(unexpected(&other)),
        }
    }
}

impl Drop for Generation {
    fn drop(&mut self) {
        if !self.finished {
            self.canceller().cancel();
        }
        self.process.forget(self.id);
    }
}
