//! Everything that can go wrong, in sentences for the person.

use std::sync::Arc;

use engine::EngineError;
use engine::wire::Failure;
use models::ModelsError;
use reader::ReaderError;
use vault::VaultError;

/// An error of the product.
#[derive(Debug, thiserror::Error)]
pub enum AssistantError {
    /// Of the encrypted store.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Of the engine.
    #[error("{}", capitalised(&.0.to_string()))]
    Engine(#[from] EngineError),
    /// Of the reader of documents.
    #[error("{}", capitalised(&.0.to_string()))]
    Reader(#[from] ReaderError),
    /// Of the model files.
    #[error(transparent)]
    Models(#[from] ModelsError),
    /// The vault needs a passphrase and nobody can be asked.
    #[error(
        "This vault opens with a passphrase and there is nobody to ask: run it in a terminal, or give --passphrase-file FILE."
    )]
    NeedsPassphrase,
    /// The recovery code is asked for and nobody can be asked.
    #[error("There is nobody to ask for the recovery code: run it in a terminal, or give --code-file FILE.")]
    NeedsRecoveryCode,
    /// There is no keyring for the first vault, and nobody can be asked for a passphrase.
    #[error(
        "There is no vault yet and no system keyring to keep its key ({0}): run `tacit chat` in a terminal and choose a passphrase, or give --passphrase-file FILE."
    )]
    NoKeyring(String),
    /// The message holds nothing.
    #[error("There is nothing to answer: the message is empty.")]
    EmptyMessage,
    /// The bytes are not text.
    #[error("That is not text but binary data: give plain text (UTF-8, or UTF-16 with its mark).")]
    NotText,
    /// The text is larger than any use of it.
    #[error("That is {} MB of text and at most {} MB are taken: give it in parts.", bytes >> 20, most >> 20)]
    TooLarge {
        /// What it has.
        bytes: u64,
        /// What is taken.
        most: u64,
    },
    /// A document without content.
    #[error("The document is empty: there is nothing in it to find.")]
    EmptyDocument,
    /// A folder, a pipe, a device.
    #[error("That is not a file: name a document, or a folder with documents.")]
    NotAFile,
    /// A file that the person chose could not be read; the text is the system's.
    #[error("The file could not be read ({0}). See that it is still there and that you may read it.")]
    DocumentNotRead(String),
    /// Only the text of a document is kept, and its file is gone.
    #[error("The original is not where it was, and only its text is kept here. Put it back, or add it again.")]
    OriginalGone,
    /// Only the text of a document is kept, and its file has changed.
    #[error("The original has changed since it was added. Add it again to have its newest version.")]
    OriginalChanged,
    /// There is nothing to do again.
    #[error("There is no answer in this chat to write again: ask something first.")]
    NothingToRepeat,
    /// There is nothing to go on with.
    #[error("The newest answer of this chat is complete: ask something to go on.")]
    NothingToContinue,
    /// One answer a chat at a time.
    #[error("An answer is being written in this chat: wait for its end, or stop it.")]
    AlreadyAnswering,
    /// A file that the person chose could not be written; the text is the system's.
    #[error("The file could not be written ({0}). Choose another place.")]
    FileNotWritten(String),
    /// The vault was locked meanwhile.
    #[error("Tacit is locked: unlock it and try again.")]
    Locked,
    /// The model could not be loaded; whoever asks later is told the same.
    #[error(transparent)]
    NotLoaded(Arc<AssistantError>),
    /// The person stopped it before its end.
    #[error("Stopped, as you asked.")]
    Stopped,
    /// Neither `TACIT_HOME` nor a home folder.
    #[error("There is no place for your data: set TACIT_HOME to a folder of yours.")]
    NoHome,
    /// The system gave no random numbers.
    #[error("The system gives no random numbers: restart the computer and try again.")]
    NoRandom,
    /// A mistake in the program.
    #[error("Tacit made a mistake ({0}): please report it.")]
    Internal(&'static str),
}

/// What a program can do about an error; the terminal turns it into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A mistake in the program or something nobody foresaw.
    Internal,
    /// There is no usable model.
    Model,
    /// The key is missing or wrong.
    Key,
    /// The input cannot be used.
    Input,
    /// The disk is full, read-only or faulty.
    Storage,
    /// The engine ended in the middle of its work.
    Engine,
    /// Another program has the vault open.
    Busy,
    /// The vault is of a newer version.
    Newer,
    /// The vault is damaged.
    Damaged,
    /// No such chat or message.
    NotFound,
    /// The person stopped it.
    Stopped,
    /// The vault was locked.
    Locked,
}

impl AssistantError {
    /// A stable name for programs that read our output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Vault(error) => error.code(),
            Self::Engine(error) => error.code(),
            Self::Models(error) => error.code(),
            Self::Reader(error) => error.code(),
            Self::EmptyDocument => "document_empty",
            Self::NotAFile => "not_a_file",
            Self::DocumentNotRead(_) => "document_unreadable",
            Self::OriginalGone => "original_gone",
            Self::OriginalChanged => "original_changed",
            Self::NeedsPassphrase => "needs_passphrase",
            Self::NeedsRecoveryCode => "needs_recovery_code",
            Self::NoKeyring(_) => "no_keyring",
            Self::EmptyMessage => "message_empty",
            Self::NotText => "not_text",
            Self::TooLarge { .. } => "too_large",
            Self::NothingToRepeat => "nothing_to_repeat",
            Self::NothingToContinue => "nothing_to_continue",
            Self::AlreadyAnswering => "already_answering",
            Self::FileNotWritten(_) => "file_not_written",
            Self::Locked => "locked",
            Self::NotLoaded(error) => error.code(),
            Self::Stopped => "stopped",
            Self::NoHome => "no_home",
            Self::NoRandom => "no_random",
            Self::Internal(_) => "internal",
        }
    }

    /// What can be done about it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Vault(error) => kind_of_vault(error),
            Self::Engine(EngineError::Died { .. } | EngineError::Failed(Failure::Decode(_))) => Kind::Engine,
            Self::Engine(EngineError::Failed(Failure::OnlyEmbeds | Failure::OnlyAnswers)) => Kind::Model,
            Self::Engine(EngineError::Failed(_))
            | Self::Reader(ReaderError::Document(_) | ReaderError::TooSlow { .. } | ReaderError::Crashed { .. })
            | Self::EmptyDocument
            | Self::NotAFile
            | Self::EmptyMessage
            | Self::NotText
            | Self::TooLarge { .. }
            | Self::NothingToRepeat
            | Self::NothingToContinue
            | Self::AlreadyAnswering => Kind::Input,
            Self::NotLoaded(error) => error.kind(),
            Self::Locked => Kind::Locked,
            Self::Engine(_) | Self::Models(_) => Kind::Model,
            Self::NeedsPassphrase | Self::NeedsRecoveryCode | Self::NoKeyring(_) => Kind::Key,
            Self::Stopped => Kind::Stopped,
            Self::OriginalGone | Self::OriginalChanged => Kind::NotFound,
            Self::NoHome
            | Self::FileNotWritten(_)
            | Self::DocumentNotRead(_)
            | Self::Reader(ReaderError::Source(_)) => Kind::Storage,
            Self::Reader(ReaderError::WorkerMissing | ReaderError::NotStarted(_) | ReaderError::Version) => {
                Kind::Internal
            }
            Self::NoRandom | Self::Internal(_) => Kind::Internal,
        }
    }
}

fn kind_of_vault(error: &VaultError) -> Kind {
    match error {
        VaultError::WrongPassphrase
        | VaultError::WrongRecoveryCode
        | VaultError::BadRecoveryCode
        | VaultError::EmptyPassphrase
        | VaultError::NoSuchSlot(_)
        | VaultError::NoSuchSlotId
        | VaultError::LastSlot
        | VaultError::NotForCreation(_)
        | VaultError::KeyringUnavailable(_)
        | VaultError::KeyringLocked
        | VaultError::KeyringItemMissing
        | VaultError::KeyringChanged => Kind::Key,
        VaultError::InUse => Kind::Busy,
        VaultError::NewerVersion { .. } => Kind::Newer,
        VaultError::Damaged(_) => Kind::Damaged,
        VaultError::NotFound
        | VaultError::NoSuchChat
        | VaultError::NoSuchMessage
        | VaultError::NoSuchCollection
        | VaultError::NoSuchDocument
        | VaultError::NoSuchPage
        | VaultError::NoSuchPassage
        | VaultError::NoSuchFolder
        | VaultError::NoOriginal => Kind::NotFound,
        VaultError::NoLibrary | VaultError::CollectionExists | VaultError::NotTheOriginal => Kind::Input,
        VaultError::NoSuchModel | VaultError::BadVector => Kind::Model,
        VaultError::DiskFull | VaultError::ReadOnly | VaultError::Io(_) | VaultError::Database(_) => Kind::Storage,
        VaultError::AlreadyExists | VaultError::NotGrowing | VaultError::NotReading | VaultError::BadPassage => {
            Kind::Internal
        }
    }
}

/// The workers' sentences stand inside others there, and alone here.
fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + characters.as_str() + "."
}
