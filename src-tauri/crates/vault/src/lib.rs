//! Tacit's encrypted store: keys, schema, migrations, and every SQL statement of the product.
//!
//! One vault is one folder: `store.db` (`SQLCipher` under a random 256-bit key), `slots` and `slots.copy` (that key, wrapped once for each way
//! of opening the vault), `originals` (documents as they came, sealed under keys derived from it), and `lock`, which one program holds at a
//! time. What a call acknowledged is on the disk when it returns. The library's calls are listed at the head of `documents.rs`.
//!
//! It knows no model and no window. It must never write what a person wrote anywhere but into the store, print it, log it or put it into an
//! error; never fall back to a weaker protection; never make a new vault where a part of an old one is.
//!
//! ```no_run
//! use vault::{KEYRING_TIME_LIMIT, Key, Vault};
//! # fn main() -> Result<(), vault::VaultError> {
//! let dir = Vault::folder(std::path::Path::new("home"), "main");
//! let key = Key::Keyring { time_limit: KEYRING_TIME_LIMIT };
//! let vault = if Vault::exists(&dir) { Vault::open(&dir, &key)? } else { Vault::create(&dir, &key)? };
//! let (chat, _question) = vault.start_chat("Knots", "How do I tie a bowline?")?;
//! assert_eq!(vault.thread(chat)?.len(), 1);
//! vault.close()
//! # }
//! ```

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")
)]

mod chats;
mod codes;
mod collections;
mod derived;
mod documents;
mod error;
mod evidence;
mod folder;
mod generations;
mod hidden;
mod keyring;
mod keys;
mod left;
mod mean;
mod messages;
mod migrations;
mod originals;
mod pages;
mod passage_search;
mod passages;
mod passphrase;
mod recovery;
mod removal;
mod scope;
mod seal;
mod search;
mod settings;
mod slots;
mod store;
mod trial;
mod vectors;
mod watched;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use secrecy::SecretString;

pub use chats::{Chat, ChatId};
pub use collections::{Collection, CollectionId};
pub use documents::{Added, Document, DocumentId, DocumentState, NewDocument};
pub use error::{Result, VaultError};
pub use generations::Provenance;
pub use keyring::KEYRING_TIME_LIMIT;
pub use left::LibraryLeft;
pub use messages::{Message, MessageId, Role, State};
pub use originals::{Original, Sealing};
pub use pages::{NewPage, NewPassage, Page, PageSummary};
pub use passage_search::{PassageHit, PassageQuery, phrases_in};
pub use passages::{Passage, PassageId};
pub use recovery::RecoveryCode;
pub use scope::Filter;
pub use search::Hit;
pub use slots::{SlotInfo, SlotKind};
pub use store::Protection;
pub use trial::{Trial, trial};
pub use vectors::{VectorModel, VectorModelState};
pub use watched::WatchedFolder;

use folder::{Lock, SLOTS, SLOTS_COPY, STORE};
use keys::SecretKey;
use slots::{Opening, Slots};
use store::Medium;

/// What was put away and not erased when the vault was last closed is erased for so long, and what is left in the background.
const ERASED_ON_OPENING: Duration = Duration::from_secs(1);

/// What a person opens a vault with.
pub enum Key {
    /// The system's keyring, which may ask the person to unlock it.
    Keyring {
        /// How long to wait for the keyring and the person; [`KEYRING_TIME_LIMIT`] is a good choice.
        time_limit: Duration,
    },
    /// A passphrase, in any Unicode form.
    Passphrase(SecretString),
    /// The printed recovery code, however it was typed.
    Recovery(SecretString),
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Key({:?})", self.opening().kind())
    }
}

impl Key {
    fn opening(&self) -> Opening<'_> {
        match self {
            Self::Keyring { time_limit } => Opening::Keyring(*time_limit),
            Self::Passphrase(passphrase) => Opening::Passphrase(passphrase),
            Self::Recovery(code) => Opening::Recovery(code),
        }
    }
}

/// An open vault. Nobody else can open it while this lives; dropping it closes it.
///
/// It can move between threads, and be used by one at a time.
pub struct Vault {
    store: Connection,
    /// Sign codes of the library's vectors, loaded with the first search by vectors.
    codes: codes::Cache,
    /// What a vault on a disk has beside its store; none for one in memory. Let go last, after the store is closed.
    kept: Option<Kept>,
}

/// The key and the folder of a vault on a disk.
struct Kept {
    master: SecretKey,
    slots: Slots,
    dir: PathBuf,
    _lock: Lock,
}

impl fmt::Debug for Vault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Vault").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// The ways in which a vault can be opened, without opening it.
///
/// # Errors
/// [`VaultError::NotFound`], [`VaultError::Damaged`], [`VaultError::NewerVersion`], and the system's faults.
pub fn slot_kinds(dir: &Path) -> Result<Vec<SlotKind>> {
    if !Vault::exists(dir) {
        return Err(VaultError::NotFound);
    }
    Ok(Slots::read(dir)?.kinds())
}

impl Vault {
    /// The folder of the vault `name` below the program's home.
    #[must_use]
    pub fn folder(home: &Path, name: &str) -> PathBuf {
        folder::of_vault(home, name)
    }

    /// Whether there is a vault, or any part of one. Where the system does not say, the answer is yes.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        [STORE, SLOTS, SLOTS_COPY].iter().any(|name| folder::present(dir, name))
    }

    /// Makes a new vault that opens with `key`, and opens it.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`] where any file of a vault is there, [`VaultError::InUse`] where another program is making it,
    /// [`VaultError::NotForCreation`] for a recovery code, [`VaultError::EmptyPassphrase`], the keyring's, the disk's and the store's faults.
    pub fn create(dir: &Path, key: &Key) -> Result<Self> {
        match key {
            Key::Recovery(_) => return Err(VaultError::NotForCreation(SlotKind::Recovery)),
            Key::Passphrase(passphrase) if passphrase::is_empty(passphrase) => {
                return Err(VaultError::EmptyPassphrase);
            }
            Key::Passphrase(_) | Key::Keyring { .. } => {}
        }
        if Self::exists(dir) {
            return Err(VaultError::AlreadyExists);
        }
        folder::make_private(dir)?;
        let lock = folder::lock(dir)?;
        if Self::exists(dir) {
            return Err(VaultError::AlreadyExists);
        }
        folder::clear_unfinished(dir)?;
        let master = SecretKey::random()?;
        let slots = Slots::new()?.with(&master, &key.opening(), now())?;
        let bytes = slots.bytes()?;
        // The slots are on the disk before the store has its name, so a creation that is cut off in between is finished by the next opening.
        let slots_new = folder::write_new(dir, SLOTS, &bytes)?;
        store::create(dir, &master)?;
        folder::rename(dir, &slots_new, SLOTS)?;
        folder::write_whole(dir, SLOTS_COPY, &bytes)?;
        tracing::info!(vault = slots.vault(), "vault created");
        let store = store::open(dir, &master)?;
        Ok(Self::new(store, Some(Kept { master, slots, dir: dir.to_owned(), _lock: lock })))
    }

    /// Makes a vault for private chats: the same tables in this process's memory, with no key, no folder and no lock, gone when it is let
    /// go. The numbers of its chats and messages are never those of a stored vault ([`ChatId::is_private`]).
    ///
    /// # Errors
    /// The store's faults.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::new(store::in_memory()?, None))
    }

    /// Opens a vault. Answers that were being written when it was last closed become [`State::Interrupted`], and chats that were put away
    /// are erased.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::InUse`], [`VaultError::NoSuchSlot`], what `key` can be wrong in
    /// ([`VaultError::WrongPassphrase`], [`VaultError::WrongRecoveryCode`], [`VaultError::BadRecoveryCode`], the keyring's faults),
    /// [`VaultError::Damaged`], [`VaultError::NewerVersion`], and the disk's and the store's faults.
    pub fn open(dir: &Path, key: &Key) -> Result<Self> {
        let begun = Instant::now();
        if !Self::exists(dir) {
            return Err(VaultError::NotFound);
        }
        let lock = folder::lock(dir)?;
        folder::finish_creation(dir)?;
        if !folder::present(dir, STORE) {
            return Err(VaultError::damaged("store.db is missing"));
        }
        let mut slots = Slots::read(dir)?;
        let master = slots.unlock(&key.opening())?;
        let unlocked = begun.elapsed();
        let store = store::open(dir, &master)?;
        slots.repair(dir)?;
        let vault = Self::new(store, Some(Kept { master, slots, dir: dir.to_owned(), _lock: lock }));
        vault.empty_bin()?;
        vault.finish_originals()?;
        vault.erase_put_away_for(ERASED_ON_OPENING)?;
        let interrupted = vault.change(messages::interrupt_growing)?;
        let milliseconds = begun.elapsed().as_millis();
        tracing::info!(vault = vault.id(), milliseconds, unlocked = unlocked.as_millis(), interrupted, "vault opened");
        Ok(vault)
    }

    fn new(store: Connection, kept: Option<Kept>) -> Self {
        Self { store, codes: codes::Cache::default(), kept }
    }

    /// The vault's random id: 32 hexadecimal digits, no secret; `memory` for one in memory.
    #[must_use]
    pub fn id(&self) -> &str {
        self.kept.as_ref().map_or("memory", |kept| kept.slots.vault())
    }

    /// The ways in which this vault can be opened; none for one in memory.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotInfo> {
        self.kept.as_ref().map(|kept| kept.slots.infos()).unwrap_or_default()
    }

    /// Whether `key` opens this vault, which is open already.
    ///
    /// # Errors
    /// What `key` can be wrong in, as for [`Vault::open`]; [`VaultError::NotFound`] for a vault in memory.
    pub fn opens_with(&self, key: &Key) -> Result<()> {
        self.kept()?.slots.unlock(&key.opening()).map(|_| ())
    }

    /// Lets `passphrase` open the vault, in place of an older passphrase. Takes about a second.
    ///
    /// # Errors
    /// [`VaultError::EmptyPassphrase`], [`VaultError::NotFound`] for a vault in memory, and the disk's faults; the older passphrase then
    /// still holds.
    #[expect(clippy::needless_pass_by_value, reason = "the secret is handed over, so that it is wiped here")]
    pub fn add_passphrase(&mut self, passphrase: SecretString) -> Result<()> {
        if passphrase::is_empty(&passphrase) {
            return Err(VaultError::EmptyPassphrase);
        }
        self.put_slot(&Opening::Passphrase(&passphrase))
    }

    /// Lets the system's keyring open the vault. Where it does so already, nothing changes.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] for a vault in memory, the keyring's faults, and the disk's.
    pub fn add_keyring(&mut self, time_limit: Duration) -> Result<()> {
        let opening = Opening::Keyring(time_limit);
        match self.kept()?.slots.unlock(&opening) {
            // The item that opens the vault is never overwritten: a crash between keyring and slots would leave neither.
            Ok(_) => Ok(()),
            Err(VaultError::NoSuchSlot(_) | VaultError::KeyringItemMissing | VaultError::KeyringChanged) => {
                self.put_slot(&opening)
            }
            Err(error) => Err(error),
        }
    }

    /// Lets a new recovery code open the vault, in place of an older one. It is given once and kept nowhere.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] for a vault in memory, and the disk's faults; the older code then still holds.
    pub fn add_recovery_code(&mut self) -> Result<RecoveryCode> {
        let code = RecoveryCode::new()?;
        self.put_slot(&Opening::Recovery(&code.secret()))?;
        Ok(code)
    }

    /// Takes a way of opening the vault away; with the keyring's, its item too, if the keyring lets us.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlotId`], [`VaultError::LastSlot`] where nothing would be left, [`VaultError::NotFound`] for a vault in memory,
    /// and the disk's faults.
    pub fn remove_slot(&mut self, id: &str) -> Result<()> {
        let kept = self.kept_mut()?;
        let (mut next, kind) = kept.slots.without(&kept.master, id)?;
        next.write(&kept.dir)?;
        kept.slots = next;
        tracing::info!(vault = self.id(), ?kind, "slot removed");
        if kind == SlotKind::Keyring
            && let Err(error) = keyring::remove(self.id(), KEYRING_TIME_LIMIT)
        {
            tracing::warn!(code = error.code(), "the keyring's item stays, and opens nothing");
        }
        Ok(())
    }

    fn put_slot(&mut self, opening: &Opening<'_>) -> Result<()> {
        let kept = self.kept_mut()?;
        let mut next = kept.slots.with(&kept.master, opening, now())?;
        next.write(&kept.dir)?;
        kept.slots = next;
        tracing::info!(vault = self.id(), kind = ?opening.kind(), "slot written");
        Ok(())
    }

    fn kept(&self) -> Result<&Kept> {
        self.kept.as_ref().ok_or(VaultError::NotFound)
    }

    fn kept_mut(&mut self) -> Result<&mut Kept> {
        self.kept.as_mut().ok_or(VaultError::NotFound)
    }

    /// What a vault with a library has; one in memory has none, so that nothing private meets a document.
    fn library(&self) -> Result<&Kept> {
        self.kept.as_ref().ok_or(VaultError::NoLibrary)
    }

    fn look_library<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.library()?;
        self.look(look)
    }

    fn change_library<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.library()?;
        self.change(work)
    }

    fn medium(&self) -> Medium {
        if self.kept.is_some() { Medium::Disk } else { Medium::Memory }
    }

    /// Reads every page and every reference: what is wrong, in words without content; nothing where all is well.
    /// It reads as many bytes as the store has.
    #[must_use]
    pub fn check_integrity(&self) -> Vec<String> {
        store::faults(&self.store, self.medium())
    }

    /// The settings that the promises rest on, as the open store says they are.
    ///
    /// # Errors
    /// The store's faults.
    pub fn protections(&self) -> Result<Vec<Protection>> {
        store::protections(&self.store, self.medium())
    }

    /// The first bytes of the store's file, as anybody could read them.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] for a vault in memory, and the disk's faults.
    pub fn first_bytes(&self) -> Result<[u8; 16]> {
        folder::first_bytes(&self.kept()?.dir, STORE)
    }

    /// Moves everything from the log into the store, durably, and empties the log.
    ///
    /// # Errors
    /// The disk's and the store's faults; nothing is lost then, the log stays.
    pub fn checkpoint(&self) -> Result<()> {
        store::checkpoint(&self.store, self.medium())
    }

    /// Erases the chats that were put away, moves the log into the store, removes it, wipes the key and lets go of the lock.
    ///
    /// # Errors
    /// The disk's and the store's faults; nothing is lost then, the log stays.
    pub fn close(self) -> Result<()> {
        let emptied = self.empty_bin();
        let medium = self.medium();
        self.store.flush_prepared_statement_cache();
        store::close(self.store, medium)?;
        emptied
    }

    /// Runs `look`, and gives what it saw only if every page it read is what was written.
    fn look<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let seen = look(&self.store);
        store::sound(&self.store, self.medium())?;
        seen
    }

    /// Runs `work` in one transaction: all of it is durable on return, or none of it happened.
    fn change<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        store::sound(&self.store, self.medium())?;
        let change = Transaction::new_unchecked(&self.store, TransactionBehavior::Immediate)?;
        let done = work(&change);
        store::sound(&change, self.medium())?;
        let done = done?;
        change.commit()?;
        Ok(done)
    }

    /// Empties the log after something that is durable already, so a failure is no failure of that.
    fn settle_log(&self) {
        if let Err(error) = self.checkpoint() {
            tracing::warn!(code = error.code(), "the log could not be emptied");
        }
    }
}

/// Unix milliseconds by the system's clock.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod documents_tests;
#[cfg(test)]
mod passage_search_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors_tests;
