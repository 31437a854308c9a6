//! What Tacit does, for the window and the terminal alike: chats, answers, search, summaries.
//!
//! An [`Assistant`] holds the open vault and, once asked, an engine with its model. The path of one message:
//! [`Assistant::ask`] writes the question to the vault, hands the conversation to the engine, writes the answer to
//! the vault as it grows, and tells the caller of each step through [`Event`]s. Everything takes `&self`, so a window can
//! read the history while answers are written; the vault is held for moments only.
//!
//! This crate knows no window, no SQL, no llama.cpp and no file formats.

mod about_documents;
mod access;
mod adding;
mod answer;
mod bench;
mod chats;
mod checked_sentences;
mod choices;
mod conversation;
pub mod doctor;
mod document_facts;
mod document_summary;
mod embedding;
mod error;
mod events;
mod evidence;
mod export;
mod home;
mod ingest;
mod language;
mod library;
mod log;
mod model;
mod model_files;
mod narrowing;
mod parts;
mod passages;
mod points;
mod receipt;
mod running;
mod sentences;
mod summary;
mod text;
mod watched;
mod whole;

pub use access::{Answer, Person};
pub use adding::{AddedDocuments, Adding};
pub use answer::Question;
pub use bench::{Benchmark, benchmark};
pub use chats::Shown;
pub use choices::{Choices, Scope};
pub use document_facts::{Confidence, FoundFact, Kind as FactKind};
pub use document_summary::{DocumentSummary, Length, Wish};
pub use error::{AssistantError, Kind};
pub use events::{Basis, Citation, Done, Event, Notice, Sentence, Stop};
pub use evidence::{CheckedSentence, Cited, Evidence, Said};
pub use home::Home;
pub use ingest::{Progress, Work};
pub use library::{Hit as PassageHit, ShownPage, no_such_collection};
pub use log::log_to_file;
pub use model::{LoadedModel, ModelState};
pub use model_files::{ModelOnDisk, models_on_disk};
pub use narrowing::{Narrowing, dated, is_named};
pub use receipt::{LeftOut, Receipt};
pub use secrecy::{ExposeSecret, SecretString};
pub use sentences::sentence_of;
pub use sentences::{languages, notice_in, said, sentence};
pub use summary::Summary;
pub use text::{decode, shown};
pub use vault::{
    Added, Chat, ChatId, Collection, CollectionId, Document, DocumentId, DocumentState, Filter, Hit,
    KEYRING_TIME_LIMIT, Key, Message, MessageId, Provenance, RecoveryCode, Role, SlotKind, State, WatchedFolder,
};

/// What the pages of documents are made of.
pub mod document {
    pub use reader::wire::{Block, BlockKind, Mark, Picture, Rect, Why, Word};
}

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use vault::{Vault, VaultError};

use crate::library::Library;
use crate::model::{Loader, Model};
use crate::running::Running;

/// How long answers that were told to stop may take before their engine is ended.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

/// How long closing waits for the fingerprint of a model file that is used for the first time.
const FINGERPRINT_PATIENCE: Duration = Duration::from_mins(1);

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
    /// Nothing once it is locked.
    stored: Mutex<Option<Vault>>,
    /// Where private chats live: in memory alone. Made with the first of them.
    private: Mutex<Option<Vault>>,
    home: Home,
    options: Options,
    loader: Loader,
    running: Running,
    library: Library,
    /// When the program began to open, until its first answer takes it.
    opened: Mutex<Option<Instant>>,
}

impl Assistant {
    /// Whether there is a vault, or a part of one.
    #[must_use]
    pub fn has_vault(home: &Home) -> bool {
        Vault::exists(&home.vault())
    }

    /// The ways in which the vault of a home can be opened, without opening it.
    ///
    /// # Errors
    /// When there is none, or its slots cannot be read.
    pub fn ways_to_open(home: &Home) -> Result<Vec<SlotKind>, AssistantError> {
        Ok(vault::slot_kinds(&home.vault())?)
    }

    /// Opens the vault, or makes it on the first run.
    ///
    /// # Errors
    /// When there is no key, the key is wrong, or the vault cannot be used.
    pub fn open(home: Home, options: Options, person: &mut dyn Person) -> Result<Self, AssistantError> {
        let opened = Some(options.started.unwrap_or_else(Instant::now));
        let vault = access::open(&home, options.passphrase.as_ref(), person)?;
        Ok(Self::new(vault, home, options, Loader::default(), opened))
    }

    /// Opens the vault with one key and tries no other.
    ///
    /// # Errors
    /// When there is no vault, the key is wrong, or the vault cannot be used.
    pub fn open_with(home: Home, options: Options, key: &Key) -> Result<Self, AssistantError> {
        let opened = Some(Instant::now());
        let vault = Vault::open(&home.vault(), key)?;
        Ok(Self::new(vault, home, options, Loader::default(), opened))
    }

    /// Makes the vault, to be opened with this key.
    ///
    /// # Errors
    /// When there is one already, the keyring refuses, or it cannot be written.
    pub fn create_with(home: Home, options: Options, key: &Key) -> Result<Self, AssistantError> {
        let vault = Vault::create(&home.vault(), key)?;
        Ok(Self::new(vault, home, options, Loader::default(), None))
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
        let loader = Loader::with(starting.finish(&vault, progress)?);
        Ok(Self::new(vault, home, options, loader, opened))
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
        Ok((Self::new(vault, home, options, Loader::default(), None), kind))
    }

    fn new(vault: Vault, home: Home, options: Options, loader: Loader, opened: Option<Instant>) -> Self {
        Self {
            stored: Mutex::new(Some(vault)),
            private: Mutex::new(None),
            home,
            options,
            loader,
            running: Running::default(),
            library: Library::default(),
            opened: Mutex::new(opened),
        }
    }

    /// The model in use; loaded if there is none, and again if its engine ended. `progress` gets 0 to 1000.
    fn model(&self, progress: &mut dyn FnMut(u16)) -> Result<Arc<Model>, AssistantError> {
        self.loader.model(progress, |progress| {
            let starting = model::start(&self.home, &self.options, None)?;
            let engine = starting.wait(progress)?;
            self.stored(|vault| Ok(engine.remembered(vault)))
        })
    }

    /// Loads the model, if it is not loaded. A failure is also what [`Self::model_state`] says from then on.
    ///
    /// # Errors
    /// When there is no usable model.
    pub fn wake(&self) -> Result<(), AssistantError> {
        self.model(&mut |_| {}).map(drop)
    }

    /// The model, as far as it is. Never waits.
    #[must_use]
    pub fn model_state(&self) -> ModelState {
        self.loader.state()
    }

    /// The process of the engine, while one runs.
    #[must_use]
    pub fn engine_process(&self) -> Option<u32> {
        self.loader.loaded().map(|model| model.engine.process_id())
    }

    /// The locks that the engine could not put on itself, for this system lacks them.
    #[must_use]
    pub fn engine_lacks(&self) -> Vec<String> {
        self.loader.loaded().map_or_else(Vec::new, |model| model.engine.model().missing_locks.clone())
    }

    /// Works with the stored vault.
    fn stored<T>(&self, work: impl FnOnce(&Vault) -> vault::Result<T>) -> Result<T, AssistantError> {
        let vault = hold(&self.stored);
        Ok(work(vault.as_ref().ok_or(AssistantError::Locked)?)?)
    }

    /// Works with the vault that a chat is in.
    fn vault<T>(&self, chat: ChatId, work: impl FnOnce(&Vault) -> vault::Result<T>) -> Result<T, AssistantError> {
        if !chat.is_private() {
            return self.stored(work);
        }
        let private = hold(&self.private);
        Ok(work(private.as_ref().ok_or(VaultError::NoSuchChat)?)?)
    }

    /// The ways in which this vault can be opened.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotKind> {
        let slots = self.stored(|vault| Ok(vault.slots()));
        slots.unwrap_or_default().into_iter().map(|slot| slot.kind).collect()
    }

    /// Makes a recovery code, which replaces an older one. It is shown once and stored nowhere.
    ///
    /// # Errors
    /// When the slots cannot be written.
    pub fn make_recovery_code(&self) -> Result<RecoveryCode, AssistantError> {
        let mut vault = hold(&self.stored);
        let vault = vault.as_mut().ok_or(AssistantError::Locked)?;
        let code = vault.add_recovery_code()?;
        vault.set_setting(RECOVERY_CONFIRMED, "no")?;
        Ok(code)
    }

    /// Whether this is the recovery code of this vault; that it was typed back once is noted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn confirm_recovery_code(&self, code: &SecretString) -> Result<bool, AssistantError> {
        let vault = hold(&self.stored);
        let vault = vault.as_ref().ok_or(AssistantError::Locked)?;
        match vault.opens_with(&Key::Recovery(code.clone())) {
            Ok(()) => vault.set_setting(RECOVERY_CONFIRMED, "yes")?,
            Err(VaultError::WrongRecoveryCode | VaultError::BadRecoveryCode | VaultError::NoSuchSlot(_)) => {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }

    /// Whether a recovery code was made and typed back.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn recovery_confirmed(&self) -> Result<bool, AssistantError> {
        let noted = self.stored(|vault| vault.setting(RECOVERY_CONFIRMED))?;
        Ok(noted.as_deref() == Some("yes") && self.slots().contains(&SlotKind::Recovery))
    }

    /// Something small that a program wants to find again in the vault, by name.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn note(&self, name: &str) -> Result<Option<String>, AssistantError> {
        self.stored(|vault| vault.setting(&format!("note {name}")))
    }

    /// Keeps something small in the vault, by name; in place of what was there.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn set_note(&self, name: &str, value: &str) -> Result<(), AssistantError> {
        self.stored(|vault| vault.set_setting(&format!("note {name}"), value))
    }

    /// Locks: answers are stopped and kept, the engine is ended, the vault closed, its key wiped, and private chats are
    /// gone. Every later call says [`AssistantError::Locked`].
    ///
    /// # Errors
    /// When the last write fails; it is locked all the same.
    pub fn lock(&self) -> Result<(), AssistantError> {
        self.running.stop_all();
        if !self.running.wait(STOP_PATIENCE) {
            // An answer that does not stop ends with its engine.
            self.loader.end();
            self.running.wait(STOP_PATIENCE);
        }
        let vault = hold(&self.stored).take();
        let private = hold(&self.private).take();
        // Whoever reads a document now finds its reader gone, and no vault to keep anything in.
        self.library.let_go();
        if let (Some(vault), Some(model)) = (&vault, self.loader.loaded()) {
            model.remember(vault);
        }
        self.loader.let_go();
        let private = private.map_or(Ok(()), Vault::close);
        vault.map_or(Ok(()), Vault::close)?;
        Ok(private?)
    }

    /// Lets the vault go, everything written. A fingerprint that is being taken is waited for, so that it is taken once.
    ///
    /// # Errors
    /// When the last write fails.
    pub fn close(self) -> Result<(), AssistantError> {
        if let Some(model) = self.loader.loaded() {
            model.settle(FINGERPRINT_PATIENCE);
        }
        self.lock()
    }
}

/// The setting that notes whether the newest recovery code was typed back.
const RECOVERY_CONFIRMED: &str = "recovery code typed back";

/// A panic elsewhere must not lock the person out: what these guard is whole between two calls.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
