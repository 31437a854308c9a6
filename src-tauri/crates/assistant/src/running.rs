//! Which answers are being written, so that each can be stopped and all be waited for.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use vault::ChatId;

use crate::error::AssistantError;
use crate::events::Stop;
use crate::hold;

/// The answers that are being written, one a chat.
#[derive(Default)]
pub struct Running {
    answers: Mutex<HashMap<ChatId, Stop>>,
    ended: Condvar,
}

/// An answer that is being written, until this is dropped.
pub struct Answering<'a> {
    running: &'a Running,
    chat: ChatId,
}

impl Running {
    /// Notes that an answer is being written in `chat`.
    ///
    /// # Errors
    /// When one is already.
    pub fn begin(&self, chat: ChatId, stop: &Stop) -> Result<Answering<'_>, AssistantError> {
        let mut answers = hold(&self.answers);
        if answers.contains_key(&chat) {
            return Err(AssistantError::AlreadyAnswering);
        }
        answers.insert(chat, stop.clone());
        Ok(Answering { running: self, chat })
    }

    /// Whether an answer is being written in `chat`.
    pub fn is_answering(&self, chat: ChatId) -> bool {
        hold(&self.answers).contains_key(&chat)
    }

    /// Whether any answer is being written.
    pub fn is_busy(&self) -> bool {
        !hold(&self.answers).is_empty()
    }

    /// Stops the answer in `chat`, if one is being written.
    pub fn stop(&self, chat: ChatId) {
        if let Some(stop) = hold(&self.answers).get(&chat) {
            stop.ask();
        }
    }

    /// Stops every answer.
    pub fn stop_all(&self) {
        hold(&self.answers).values().for_each(Stop::ask);
    }

    /// Waits until none is being written; `false` when that takes longer than `most`.
    pub fn wait(&self, most: Duration) -> bool {
        let answers = hold(&self.answers);
        let waited = self.ended.wait_timeout_while(answers, most, |answers| !answers.is_empty());
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        hold(&self.running.answers).remove(&self.chat);
        self.running.ended.notify_all();
    }
}
