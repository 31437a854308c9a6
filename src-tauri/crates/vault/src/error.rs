//! Everything that can go wrong with a vault, as one type.
//!
//! Each sentence says what happened and what the person can do. It must never carry what is in the vault: no titles, no words, no keys,
//! no `SQLite` message (`SQLite` quotes the statement and what stood in it).

use std::io;

use rusqlite::ErrorCode;

use crate::slots::SlotKind;

/// What every fallible call of this crate returns.
pub type Result<T> = std::result::Result<T, VaultError>;

/// What went wrong, in words for the person (`Display`) and as a stable word for programs ([`VaultError::code`]).
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The folder holds no vault.
    #[error("There is no vault here yet. Create one first.")]
    NotFound,
    /// A file of a vault is there already, so nothing was created.
    #[error("A vault, or a part of one, is here already, and nothing was changed. Open it, or choose another name.")]
    AlreadyExists,
    /// Somebody else holds the vault's lock.
    #[error("This vault is open in another window or program. Close it there first.")]
    InUse,
    /// The passphrase opens no slot.
    #[error("That passphrase does not open this vault. Check the keyboard layout and capital letters, and try again.")]
    WrongPassphrase,
    /// The code is well formed, and is not this vault's.
    #[error("That recovery code is a valid one, but it is not the code of this vault. Look for the code printed last.")]
    WrongRecoveryCode,
    /// A word is unknown, there are not twelve, or the checksum does not fit.
    #[error(
        "That recovery code has a mistake in it: it must be the twelve printed words, in their order. Check each word."
    )]
    BadRecoveryCode,
    /// A passphrase of no characters was offered.
    #[error("The passphrase is empty. Choose one with at least a few words.")]
    EmptyPassphrase,
    /// The vault has no slot of this kind.
    #[error("This vault cannot be opened with {0}, because that was never set up for it. Use another way to open it.")]
    NoSuchSlot(SlotKind),
    /// No slot has this id.
    #[error("That way of opening the vault no longer exists. Look at the list again.")]
    NoSuchSlotId,
    /// Removing the slot would lock everybody out for ever.
    #[error("This is the only way left to open the vault, so it stays. Add another one first.")]
    LastSlot,
    /// A vault is never created with this kind alone.
    #[error("A new vault cannot be made with {0} alone. Use the keyring or a passphrase.")]
    NotForCreation(SlotKind),
    /// No keyring answers, or it answers with a fault; the text names it.
    #[error(
        "The system's keyring cannot be used ({0}). Start or install one, such as GNOME Keyring or KWallet, or open the vault another way."
    )]
    KeyringUnavailable(String),
    /// The prompt was dismissed, or nobody answered within the time limit.
    #[error("The system's keyring is locked. Unlock it and try again, or open the vault another way.")]
    KeyringLocked,
    /// The keyring works and has no item for this vault.
    #[error(
        "The system's keyring no longer holds the key of this vault. Open it with your passphrase or recovery code, then set the keyring up again."
    )]
    KeyringItemMissing,
    /// The keyring has an item for this vault, and it is not the key.
    #[error(
        "What the system's keyring holds for this vault is not its key. Open it with your passphrase or recovery code, then set the keyring up again."
    )]
    KeyringChanged,
    /// Written by a newer Tacit.
    #[error(
        "This vault was last used by a newer Tacit (version {found} of its format, this one knows {known}). Nothing was changed: update Tacit."
    )]
    NewerVersion {
        /// The format's version that was found.
        found: u32,
        /// The newest version that this build knows.
        known: u32,
    },
    /// Something is not what was written; the text names the part, never its content.
    #[error("The vault is damaged: {0}. Do not write to it: make a copy of its folder, then put back a backup.")]
    Damaged(String),
    /// No room left.
    #[error("The disk is full, so nothing was saved. Free some space and try again.")]
    DiskFull,
    /// The place cannot be written.
    #[error("The vault's folder cannot be written. Check its permissions and whether the disk is read-only.")]
    ReadOnly,
    /// No chat has this id.
    #[error("That chat no longer exists. Look at the list again.")]
    NoSuchChat,
    /// No message has this id, or it belongs to another chat.
    #[error("That message no longer exists. Open the chat again.")]
    NoSuchMessage,
    /// The message is not an answer that is being written.
    #[error("That answer is already finished, so nothing was added to it. Ask again.")]
    NotGrowing,
    /// A vault in memory was asked for documents.
    #[error("A private chat keeps no documents. Leave the private chat first.")]
    NoLibrary,
    /// No collection has this id.
    #[error("That collection no longer exists. Look at the list again.")]
    NoSuchCollection,
    /// Another collection has this name.
    #[error("There is a collection of that name already. Choose another name.")]
    CollectionExists,
    /// No document has this id.
    #[error("That document is no longer in the library. Look at the list again.")]
    NoSuchDocument,
    /// The document has no page of this number, or not yet.
    #[error("That page is not in the library, or not yet. Wait until the document is read.")]
    NoSuchPage,
    /// No passage has this id.
    #[error("That passage is no longer in the library: its document was changed or removed. Search again.")]
    NoSuchPassage,
    /// Pages are added only while a document is being read.
    #[error("That document is read already, so nothing was added to it. Read it again from its beginning.")]
    NotReading,
    /// A passage is not a stretch of its page's text.
    #[error("A passage does not lie within the text of its page, so the page was not kept. Read the document again.")]
    BadPassage,
    /// No folder with this path is watched.
    #[error("That folder is not watched any more. Look at the list again.")]
    NoSuchFolder,
    /// The vault keeps no whole original of the document.
    #[error("The original of that document is not kept here. Open it where it came from, or add it again.")]
    NoOriginal,
    /// What was to be kept as the original has other bytes than the document was added with.
    #[error("The file changed while it was being kept, so it was not kept. Add it again.")]
    NotTheOriginal,
    /// The model is not one that this vault keeps vectors of.
    #[error("The library does not use that search model. Choose it in the settings first.")]
    NoSuchModel,
    /// A vector has another length than its model's, no length, or a number that is none.
    #[error("The search model gave a vector that cannot be used. Choose another search model, or download it again.")]
    BadVector,
    /// The system refused something else.
    #[error("The system reported a fault ({0}). Try again.")]
    Io(#[source] io::Error),
    /// `SQLite` refused something else; the text is a code, never its message.
    #[error("The store reported a fault ({0}). Try again; if it stays, check the vault.")]
    Database(String),
}

impl VaultError {
    /// A word for this kind of error that stays the same in every version and language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::AlreadyExists => "already_exists",
            Self::InUse => "in_use",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::WrongRecoveryCode => "wrong_recovery_code",
            Self::BadRecoveryCode => "bad_recovery_code",
            Self::EmptyPassphrase => "empty_passphrase",
            Self::NoSuchSlot(_) => "no_such_slot",
            Self::NoSuchSlotId => "no_such_slot_id",
            Self::LastSlot => "last_slot",
            Self::NotForCreation(_) => "not_for_creation",
            Self::KeyringUnavailable(_) => "keyring_unavailable",
            Self::KeyringLocked => "keyring_locked",
            Self::KeyringItemMissing => "keyring_item_missing",
            Self::KeyringChanged => "keyring_changed",
            Self::NewerVersion { .. } => "newer_version",
            Self::Damaged(_) => "damaged",
            Self::DiskFull => "disk_full",
            Self::ReadOnly => "read_only",
            Self::NoSuchChat => "no_such_chat",
            Self::NoSuchMessage => "no_such_message",
            Self::NotGrowing => "not_growing",
            Self::NoLibrary => "no_library",
            Self::NoSuchCollection => "no_such_collection",
            Self::CollectionExists => "collection_exists",
            Self::NoSuchDocument => "no_such_document",
            Self::NoSuchPage => "no_such_page",
            Self::NoSuchPassage => "no_such_passage",
            Self::NotReading => "not_reading",
            Self::BadPassage => "bad_passage",
            Self::NoSuchFolder => "no_such_folder",
            Self::NoOriginal => "no_original",
            Self::NotTheOriginal => "not_the_original",
            Self::NoSuchModel => "no_such_model",
            Self::BadVector => "bad_vector",
            Self::Io(_) => "io",
            Self::Database(_) => "database",
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            // A sealed file that does not open: what it says has no content.
            io::ErrorKind::InvalidData => Self::damaged("a sealed file is not what was written"),
            _ => Self::Io(error),
        }
    }
}

/// What `SQLite` gives when a WAL's shared memory or file cannot be made larger: a full disk by another name.
const NO_ROOM: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_TRUNCATE];

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return Self::Database(kind_of(&error).to_owned());
        };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::SystemIoFailure if NO_ROOM.contains(&failure.extended_code) => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::ReadOnly,
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::damaged("store.db is not what was written"),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
            _ => Self::Database(format!("SQLite code {}", failure.extended_code)),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for VaultError {
    fn from(_: rusqlite::types::FromSqlError) -> Self {
        Self::Database("a value has the wrong type".to_owned())
    }
}

fn kind_of(error: &rusqlite::Error) -> &'static str {
    match error {
        rusqlite::Error::QueryReturnedNoRows => "a row is missing",
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..)
        | rusqlite::Error::InvalidColumnType(..) => "a value has the wrong type",
        rusqlite::Error::SqlInputError { .. } => "a statement was refused",
        _ => "a call was refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_read_only_place_are_named_so() {
        let io = |kind| VaultError::from(io::Error::from(kind)).code();
        assert_eq!(io(io::ErrorKind::StorageFull), "disk_full");
        assert_eq!(io(io::ErrorKind::ReadOnlyFilesystem), "read_only");
        assert_eq!(io(io::ErrorKind::PermissionDenied), "read_only");
        let sqlite =
            |code| VaultError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)).code();
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_FULL), "disk_full");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_READONLY), "read_only");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_CORRUPT), "damaged");
        assert_eq!(sqlite(rusqlite::ffi::SQLITE_NOTADB), "damaged");
    }

    #[test]
    fn what_sqlite_quotes_is_not_passed_on() {
        let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR);
        let error = VaultError::from(rusqlite::Error::SqliteFailure(failure, Some("near canary-words".to_owned())));
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
