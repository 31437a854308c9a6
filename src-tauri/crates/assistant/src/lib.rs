//! What Tacit does, for the window and the terminal alike: chats, answers, search, summaries.
//!
//! An [`Assistant`] holds the open vault and, once asked, an engine with its model. The path of one message:
//! [`Assistant::ask`] writes the question to the vault, hands the conversation to the engine, writes the answer to
//! the vault as it grows, and tells the caller of each step through [`Event`]s.
//!
//! This crate knows no window, no SQL, no llama.cpp and no file formats.

mod access;
mod answer;
mod bench;
mod conversation;
pub mod doctor;
mod error;
mod events;
mod home;
mod language;
mod library;
mod model;
mod summary;
mod text;

pub use access::{Answer, Person};
pub use answer::Question;
pub use bench::{Benchmark, benchmark};
pub use error::{AssistantError, Kind};
pub use events::{Done, Event, Notice, Stop};
pub use home::Home;
pub use library::{ModelOnDisk, models_on_disk};
pub use secrecy::{ExposeSecret, SecretString};
pub use summary::Summary;
pub use text::{decode, shown};
pub use vault::{Chat, ChatId, Hit, Message, MessageId, Provenance, RecoveryCode, Role, SlotKind, State};

use std::path::PathBuf;
use std::time::Instant;

use vault::Vault;

use crate::model::Model;

/// What a program was started with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The model file, when the person named one.
    pub model: Option<PathBuf>,
    /// A passphrase that the person handed over (a file, a form). With it no other slot is tried.
    pub passphrase: Option<SecretString>,
    /// Threads to compute with, when the person wants a number.
    pub threads: Option<u32>,
    /// When the program started, for the first answer's `startup_ms`; the opening of the vault without it.
    pub started: Option<Instant>,
}

/// An open vault, and the model that answers.
pub struct Assistant {
    vault: Vault,
    home: Home,
    options: Options,
    model: Option<Model>,
    /// When the program began to open, until its first answer takes it.
    opened: Option<Instant>,
}

impl Assistant {
    /// Whether there is a vault, or a part of one.
    #[must_use]
    pub fn has_vault(home: &Home) -> bool {
        Vault::exists(&home.vault())
    }

    /// Opens the vault, or makes it on the first run.
    ///
    /// # Errors
    /// When there is no key, the key is wrong, or the vault cannot be used.
    pub fn open(home: Home, options: Options, person: &mut dyn Person) -> Result<Self, AssistantError> {
        let opened = Some(options.started.unwrap_or_else(Instant::now));
        let vault = access::open(&home, options.passphrase.as_ref(), person)?;
        Ok(Self { vault, home, options, model: None, opened })
    }

    /// Opens the vault and the model side by side: the model is mapped while the keyring is asked.
    ///
    /// # Errors
    /// As [`Self::open`], or when there is no usable model.
    pub fn open_with_model(
        home: Home,
        options: Options,
        person: &mut dyn Person,
        progress: &mut dyn FnMut(u16),
    ) -> Result<Self, AssistantError> {
        let opened = Some(options.started.unwrap_or_else(Instant::now));
        let starting = model::start(&home, &options, None)?;
        let vault = access::open(&home, options.passphrase.as_ref(), person)?;
        let model = starting.finish(&vault, progress)?;
        Ok(Self { vault, home, options, model: Some(model), opened })
    }

    /// Opens the vault with its recovery code and gives it a new everyday key; says which kind.
    ///
    /// # Errors
    /// When the code is wrong, or no new key could be set.
    pub fn recover(
        home: Home,
        options: Options,
        code: &SecretString,
        person: &mut dyn Person,
    ) -> Result<(Self, SlotKind), AssistantError> {
        let (vault, kind) = access::recover(&home, options.passphrase.as_ref(), code, person)?;
        Ok((Self { vault, home, options, model: None, opened: None }, kind))
    }

    /// The model in use, started again if its engine ended.
    fn model(&mut self) -> Result<&mut Model, AssistantError> {
        if !self.model.as_ref().is_some_and(Model::is_alive) {
            self.model = None;
            let model = model::start(&self.home, &self.options, None)?.finish(&self.vault, &mut |_| {})?;
            return Ok(self.model.insert(model));
        }
        self.model.as_mut().ok_or(AssistantError::Internal("no model"))
    }

    /// The locks that the engine could not put on itself, for this system lacks them.
    #[must_use]
    pub fn engine_lacks(&self) -> &[String] {
        self.model.as_ref().map_or(&[], |model| &model.engine.model().missing_locks)
    }

    /// All chats, the newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn chats(&self) -> Result<Vec<Chat>, AssistantError> {
        Ok(self.vault.chats()?)
    }

    /// One chat.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn chat(&self, chat: ChatId) -> Result<Chat, AssistantError> {
        Ok(self.vault.chat(chat)?)
    }

    /// The messages of a chat's current branch, the oldest first.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn thread(&self, chat: ChatId) -> Result<Vec<Message>, AssistantError> {
        self.vault.chat(chat)?;
        Ok(self.vault.thread(chat)?)
    }

    /// Messages that hold all the words, in any script, the best first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, AssistantError> {
        Ok(self.vault.search(words, limit)?)
    }

    /// Deletes a chat with all its branches.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn delete(&self, chat: ChatId) -> Result<(), AssistantError> {
        self.vault.delete_chat(chat)?;
        Ok(self.vault.checkpoint()?)
    }

    /// The ways in which this vault can be opened.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotKind> {
        self.vault.slots().into_iter().map(|slot| slot.kind).collect()
    }

    /// Makes a recovery code, which replaces an older one. It is shown once and stored nowhere.
    ///
    /// # Errors
    /// When the slots cannot be written.
    pub fn make_recovery_code(&mut self) -> Result<RecoveryCode, AssistantError> {
        Ok(self.vault.add_recovery_code()?)
    }

    /// Lets the vault go, everything written.
    ///
    /// # Errors
    /// When the last write fails.
    pub fn close(mut self) -> Result<(), AssistantError> {
        if let Some(model) = self.model.take() {
            model.remember(&self.vault);
        }
        Ok(self.vault.close()?)
    }
}
