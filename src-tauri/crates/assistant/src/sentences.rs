//! Every sentence about something that went wrong, in the person's language: for the window and the terminal alike.
//!
//! They stand in the catalogues of `ui/languages` (Project Fluent), beside what the window says, so that a language is one file. An
//! English sentence is also what the error itself displays; a test holds the two together.

use std::borrow::Cow;

use engine::EngineError;
use engine::wire::{Failure, LoadFailure};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use models::ModelsError;
use reader::ReaderError;
use reader::wire::Failure as Unread;
use unic_langid::LanguageIdentifier;
use vault::{SlotKind, VaultError};

use crate::error::AssistantError;
use crate::events::Notice;

// `CATALOGUES`: each language's code and its file's text, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// Something that a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(u64),
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What a sentence speaks of, by the names that the catalogues use.
pub(crate) type About = Vec<(&'static str, Value)>;

/// The languages that there is a catalogue for.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUES.iter().map(|(language, _)| *language)
}

/// What an error says, in a language; in English where the catalogue lacks the sentence.
#[must_use]
pub fn sentence(error: &AssistantError, language: &str) -> String {
    let (id, about) = spoken(error);
    say(language, id, &about).unwrap_or_else(|| error.to_string())
}

/// What is said where a document could not be read, by the name of why; nothing where the sentence holds more than that.
#[must_use]
pub fn sentence_of(code: &str, language: &str) -> Option<String> {
    let id = match code {
        "document_empty" => "error-unread-empty",
        "document_unknown" => "error-unread-unknown",
        "document_protected" => "error-unread-protected",
        "document_damaged" => "error-unread-damaged",
        "document_too_large" => "error-unread-too-large",
        "original_gone" => "error-original-gone",
        "original_changed" => "error-original-changed",
        _ => return None,
    };
    Some(said(language, id))
}

/// What a notice says, in a language; in English where the catalogue lacks the sentence.
#[must_use]
pub fn notice_in(notice: &Notice, language: &str) -> String {
    let id = format!("notice-{}", notice.code);
    let said = say(language, &id, &notice.about).or_else(|| say("en", &id, &notice.about));
    said.unwrap_or_else(|| notice.text.clone())
}

/// Other words of a program (a menu), in a language; in English where the catalogue lacks them, and the name where nobody has them.
#[must_use]
pub fn said(language: &str, id: &str) -> String {
    let said = say(language, id, &Vec::new()).or_else(|| say("en", id, &Vec::new()));
    said.unwrap_or_else(|| id.to_owned())
}

/// The same of a sentence that speaks of something.
pub(crate) fn sentence_with(language: &str, id: &str, about: &About) -> String {
    let said = say(language, id, about).or_else(|| say("en", id, about));
    said.unwrap_or_else(|| id.to_owned())
}

/// A sentence of a catalogue, if it has it.
fn say(language: &str, id: &str, about: &About) -> Option<String> {
    // A wish such as `fr-CA` is served by `fr`.
    let short = language.split('-').next().unwrap_or(language);
    let exact = CATALOGUES.iter().find(|(known, _)| *known == language);
    let (language, text) = exact.or_else(|| CATALOGUES.iter().find(|(known, _)| *known == short))?;
    let identifier: LanguageIdentifier = language.parse().ok()?;
    // What cannot be parsed is left out, and the rest holds: the catalogues' own check reports it.
    let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
    let mut bundle = FluentBundle::new(vec![identifier]);
    bundle.add_resource(resource).ok();
    // Marks of direction around what is inserted: right for a window, and not shown in a left-to-right language's terminal.
    bundle.set_use_isolating(["ar", "fa", "he", "ur"].contains(language));
    let pattern = bundle.get_message(id)?.value()?;
    let mut arguments = FluentArgs::new();
    for (name, value) in about {
        let value = match value {
            Value::Text(text) => FluentValue::String(Cow::from(text.as_str())),
            Value::Number(number) => FluentValue::String(Cow::from(number.to_string())),
        };
        arguments.set(*name, value);
    }
    let said = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned();
    Some(said)
}

fn text(text: &(impl ToString + ?Sized)) -> Value {
    Value::Text(text.to_string())
}

/// The name of an error's sentence in the catalogues, and what it speaks of.
fn spoken(error: &AssistantError) -> (&'static str, About) {
    match error {
        AssistantError::Vault(error) => of_vault(error),
        AssistantError::Engine(error) => of_engine(error),
        AssistantError::Models(error) => of_models(error),
        AssistantError::NotLoaded(error) => spoken(error),
        AssistantError::NeedsPassphrase => ("error-needs-passphrase", vec![]),
        AssistantError::NeedsRecoveryCode => ("error-needs-recovery-code", vec![]),
        AssistantError::NoKeyring(detail) => ("error-no-keyring", vec![("detail", text(detail))]),
        AssistantError::EmptyMessage => ("error-message-empty", vec![]),
        AssistantError::NotText => ("error-not-text", vec![]),
        AssistantError::Reader(error) => of_reader(error),
        AssistantError::EmptyDocument => ("error-document-empty", vec![]),
        AssistantError::NotAFile => ("error-not-a-file", vec![]),
        AssistantError::DocumentNotRead(detail) => ("error-document-not-read", vec![("detail", text(detail))]),
        AssistantError::OriginalGone => ("error-original-gone", vec![]),
        AssistantError::OriginalChanged => ("error-original-changed", vec![]),
        AssistantError::TooLarge { bytes, most } => {
            ("error-too-large", vec![("size", (bytes >> 20).into()), ("most", (most >> 20).into())])
        }
        AssistantError::NothingToRepeat => ("error-nothing-to-repeat", vec![]),
        AssistantError::NothingToContinue => ("error-nothing-to-continue", vec![]),
        AssistantError::AlreadyAnswering => ("error-already-answering", vec![]),
        AssistantError::FileNotWritten(detail) => ("error-file-not-written", vec![("detail", text(detail))]),
        AssistantError::Locked => ("error-locked", vec![]),
        AssistantError::Stopped => ("error-stopped", vec![]),
        AssistantError::NoHome => ("error-no-home", vec![]),
        AssistantError::NoRandom => ("error-no-random", vec![]),
        AssistantError::Internal(detail) => ("error-internal", vec![("detail", text(detail))]),
    }
}

fn of_vault(error: &VaultError) -> (&'static str, About) {
    let slot = |kind: &SlotKind| {
        let name = match kind {
            SlotKind::Keyring => "keyring",
            SlotKind::Passphrase => "passphrase",
            SlotKind::Recovery => "recovery",
        };
        vec![("slot", text(name))]
    };
    match error {
        VaultError::NotFound => ("error-not-found", vec![]),
        VaultError::AlreadyExists => ("error-already-exists", vec![]),
        VaultError::InUse => ("error-in-use", vec![]),
        VaultError::WrongPassphrase => ("error-wrong-passphrase", vec![]),
        VaultError::WrongRecoveryCode => ("error-wrong-recovery-code", vec![]),
        VaultError::BadRecoveryCode => ("error-bad-recovery-code", vec![]),
        VaultError::EmptyPassphrase => ("error-empty-passphrase", vec![]),
        VaultError::NoSuchSlot(kind) => ("error-no-such-slot", slot(kind)),
        VaultError::NoSuchSlotId => ("error-no-such-slot-id", vec![]),
        VaultError::LastSlot => ("error-last-slot", vec![]),
        VaultError::NotForCreation(kind) => ("error-not-for-creation", slot(kind)),
        VaultError::KeyringUnavailable(detail) => ("error-keyring-unavailable", vec![("detail", text(detail))]),
        VaultError::KeyringLocked => ("error-keyring-locked", vec![]),
        VaultError::KeyringItemMissing => ("error-keyring-item-missing", vec![]),
        VaultError::KeyringChanged => ("error-keyring-changed", vec![]),
        VaultError::NewerVersion { found, known } => {
            ("error-newer-version", vec![("found", text(found)), ("known", text(known))])
        }
        VaultError::Damaged(detail) => ("error-damaged", vec![("detail", text(detail))]),
        VaultError::DiskFull => ("error-disk-full", vec![]),
        VaultError::ReadOnly => ("error-read-only", vec![]),
        VaultError::NoSuchChat => ("error-no-such-chat", vec![]),
        VaultError::NoSuchMessage => ("error-no-such-message", vec![]),
        VaultError::NotGrowing => ("error-not-growing", vec![]),
        VaultError::NoLibrary => ("error-no-library", vec![]),
        VaultError::NoSuchCollection => ("error-no-such-collection", vec![]),
        VaultError::CollectionExists => ("error-collection-exists", vec![]),
        VaultError::NoSuchDocument => ("error-no-such-document", vec![]),
        VaultError::NoSuchPage => ("error-no-such-page", vec![]),
        VaultError::NoSuchPassage => ("error-no-such-passage", vec![]),
        VaultError::NotReading => ("error-not-reading", vec![]),
        VaultError::BadPassage => ("error-bad-passage", vec![]),
        VaultError::NoSuchFolder => ("error-no-such-folder", vec![]),
        VaultError::NoOriginal => ("error-no-original", vec![]),
        VaultError::NotTheOriginal => ("error-not-the-original", vec![]),
        VaultError::NoSuchModel => ("error-no-such-model", vec![]),
        VaultError::BadVector => ("error-bad-vector", vec![]),
        VaultError::Io(detail) => ("error-io", vec![("detail", text(detail))]),
        VaultError::Database(detail) => ("error-database", vec![("detail", text(detail))]),
    }
}

fn of_engine(error: &EngineError) -> (&'static str, About) {
    match error {
        EngineError::WorkerMissing => ("error-engine-missing", vec![]),
        EngineError::NotStarted(detail) => ("error-engine-not-started", vec![("detail", text(detail))]),
        EngineError::Version | EngineError::Load(LoadFailure::Version) => ("error-engine-version", vec![]),
        EngineError::Load(LoadFailure::Unreadable(detail)) => {
            ("error-model-file-unreadable", vec![("detail", text(detail))])
        }
        EngineError::Load(LoadFailure::Damaged(detail)) => ("error-model-damaged", vec![("detail", text(detail))]),
        EngineError::Load(LoadFailure::Memory { needs, free }) => {
            ("error-model-memory", vec![("needs", (needs >> 20).into()), ("free", (free >> 20).into())])
        }
        EngineError::Load(LoadFailure::Context(detail)) => ("error-model-context", vec![("detail", text(detail))]),
        EngineError::DiedLoading { how } => ("error-engine-died-loading", vec![("detail", text(how))]),
        EngineError::Died { how } => ("error-engine-died", vec![("detail", text(how))]),
        EngineError::Failed(Failure::Empty) => ("error-message-empty", vec![]),
        EngineError::Failed(Failure::TooLong { tokens, at_least, room }) => {
            let bound = if *at_least { "least" } else { "exact" };
            let about = vec![("bound", text(bound)), ("tokens", (*tokens).into()), ("room", (*room).into())];
            ("error-message-too-long", about)
        }
        EngineError::Failed(Failure::Schema(detail)) => ("error-schema-invalid", vec![("detail", text(detail))]),
        EngineError::Failed(Failure::OnlyEmbeds) => ("error-model-only-embeds", vec![]),
        EngineError::Failed(Failure::OnlyAnswers) => ("error-model-only-answers", vec![]),
        EngineError::Failed(Failure::Decode(detail)) => ("error-engine-failed", vec![("detail", text(detail))]),
    }
}

fn of_reader(error: &ReaderError) -> (&'static str, About) {
    match error {
        ReaderError::WorkerMissing => ("error-reader-missing", vec![]),
        ReaderError::NotStarted(detail) => ("error-reader-not-started", vec![("detail", text(detail))]),
        ReaderError::Version | ReaderError::Document(Unread::Version) => ("error-reader-version", vec![]),
        ReaderError::Source(detail) => ("error-reader-source", vec![("detail", text(detail))]),
        ReaderError::Document(Unread::Empty) => ("error-unread-empty", vec![]),
        ReaderError::Document(Unread::Unknown) => ("error-unread-unknown", vec![]),
        ReaderError::Document(Unread::Protected) => ("error-unread-protected", vec![]),
        ReaderError::Document(Unread::Damaged) => ("error-unread-damaged", vec![]),
        ReaderError::Document(Unread::TooLarge) => ("error-unread-too-large", vec![]),
        ReaderError::Document(Unread::TooSlow) => ("error-unread-too-slow", vec![]),
        ReaderError::Document(Unread::NoPage) => ("error-unread-no-page", vec![]),
        ReaderError::TooSlow { seconds } => ("error-reader-too-slow", vec![("seconds", (*seconds).into())]),
        ReaderError::Crashed { how } => ("error-reader-crashed", vec![("detail", text(how))]),
    }
}

fn of_models(error: &ModelsError) -> (&'static str, About) {
    let file = |path: &std::path::Path| vec![("file", text(&models::shown(path)))];
    match error {
        ModelsError::NoModel { looked_in } => match looked_in.first() {
            Some(place) => ("error-no-model", vec![("place", text(&models::shown(place)))]),
            None => ("error-no-model-nowhere", vec![]),
        },
        ModelsError::NotFound { path } => ("error-model-not-found", file(path)),
        ModelsError::IsAFolder { path } => ("error-model-is-a-folder", file(path)),
        ModelsError::NotAFile { path } => ("error-model-not-a-file", file(path)),
        ModelsError::NotGguf { path } => ("error-model-not-gguf", file(path)),
        ModelsError::Empty { path } => ("error-model-empty", file(path)),
        ModelsError::Cut { path, bytes } => {
            ("error-model-cut", [file(path), vec![("bytes", (*bytes).into())]].concat())
        }
        ModelsError::Unreadable { path, source } => {
            ("error-model-unreadable", [file(path), vec![("detail", text(source))]].concat())
        }
        ModelsError::Stopped { path } => ("error-model-check-stopped", file(path)),
        ModelsError::Catalogue { reason } => ("error-model-catalogue", vec![("detail", text(reason))]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io;
    use std::path::PathBuf;

    use super::*;

    /// One of every kind.
    fn of_reading() -> [ReaderError; 14] {
        let detail = || "why".to_owned();
        [
            ReaderError::WorkerMissing,
            ReaderError::NotStarted(detail()),
            ReaderError::Version,
            ReaderError::Document(Unread::Version),
            ReaderError::Source(detail()),
            ReaderError::Document(Unread::Empty),
            ReaderError::Document(Unread::Unknown),
            ReaderError::Document(Unread::Protected),
            ReaderError::Document(Unread::Damaged),
            ReaderError::Document(Unread::TooLarge),
            ReaderError::Document(Unread::TooSlow),
            ReaderError::Document(Unread::NoPage),
            ReaderError::TooSlow { seconds: 120 },
            ReaderError::Crashed { how: detail() },
        ]
    }

    fn of_answering() -> [EngineError; 17] {
        let detail = || "why".to_owned();
        [
            EngineError::WorkerMissing,
            EngineError::NotStarted(detail()),
            EngineError::Version,
            EngineError::Load(LoadFailure::Version),
            EngineError::Load(LoadFailure::Unreadable(detail())),
            EngineError::Load(LoadFailure::Damaged(detail())),
            EngineError::Load(LoadFailure::Memory { needs: 5 << 30, free: 1 << 30 }),
            EngineError::Load(LoadFailure::Context(detail())),
            EngineError::DiedLoading { how: detail() },
            EngineError::Died { how: detail() },
            EngineError::Failed(Failure::Empty),
            EngineError::Failed(Failure::TooLong { tokens: 9000, at_least: true, room: 4000 }),
            EngineError::Failed(Failure::TooLong { tokens: 9000, at_least: false, room: 4000 }),
            EngineError::Failed(Failure::Schema(detail())),
            EngineError::Failed(Failure::OnlyEmbeds),
            EngineError::Failed(Failure::OnlyAnswers),
            EngineError::Failed(Failure::Decode(detail())),
        ]
    }

    fn all() -> Vec<AssistantError> {
        let path = || PathBuf::from("/models/a b.gguf");
        let io = || io::Error::from(io::ErrorKind::TimedOut);
        let detail = || "why".to_owned();
        let vault = [
            VaultError::NotFound,
            VaultError::AlreadyExists,
            VaultError::InUse,
            VaultError::WrongPassphrase,
            VaultError::WrongRecoveryCode,
            VaultError::BadRecoveryCode,
            VaultError::EmptyPassphrase,
            VaultError::NoSuchSlot(SlotKind::Keyring),
            VaultError::NoSuchSlot(SlotKind::Recovery),
            VaultError::NoSuchSlotId,
            VaultError::LastSlot,
            VaultError::NotForCreation(SlotKind::Recovery),
            VaultError::KeyringUnavailable(detail()),
            VaultError::KeyringLocked,
            VaultError::KeyringItemMissing,
            VaultError::KeyringChanged,
            VaultError::NewerVersion { found: 9, known: 2 },
            VaultError::Damaged(detail()),
            VaultError::DiskFull,
            VaultError::ReadOnly,
            VaultError::NoSuchChat,
            VaultError::NoSuchMessage,
            VaultError::NotGrowing,
            VaultError::NoLibrary,
            VaultError::NoSuchCollection,
            VaultError::CollectionExists,
            VaultError::NoSuchDocument,
            VaultError::NoSuchPage,
            VaultError::NoSuchPassage,
            VaultError::NotReading,
            VaultError::BadPassage,
            VaultError::NoSuchFolder,
            VaultError::NoOriginal,
            VaultError::NotTheOriginal,
            VaultError::NoSuchModel,
            VaultError::BadVector,
            VaultError::Io(io()),
            VaultError::Database(detail()),
        ];
        let models = [
            ModelsError::NoModel { looked_in: vec![path()] },
            ModelsError::NoModel { looked_in: vec![] },
            ModelsError::NotFound { path: path() },
            ModelsError::IsAFolder { path: path() },
            ModelsError::NotAFile { path: path() },
            ModelsError::NotGguf { path: path() },
            ModelsError::Empty { path: path() },
            ModelsError::Cut { path: path(), bytes: 70_000 },
            ModelsError::Unreadable { path: path(), source: io() },
            ModelsError::Stopped { path: path() },
            ModelsError::Catalogue { reason: detail() },
        ];
        let own = [
            AssistantError::NeedsPassphrase,
            AssistantError::NeedsRecoveryCode,
            AssistantError::NoKeyring(detail()),
            AssistantError::EmptyMessage,
            AssistantError::NotText,
            AssistantError::EmptyDocument,
            AssistantError::NotAFile,
            AssistantError::DocumentNotRead(detail()),
            AssistantError::OriginalGone,
            AssistantError::OriginalChanged,
            AssistantError::TooLarge { bytes: 70 << 20, most: 64 << 20 },
            AssistantError::NothingToRepeat,
            AssistantError::NothingToContinue,
            AssistantError::AlreadyAnswering,
            AssistantError::FileNotWritten(detail()),
            AssistantError::Locked,
            AssistantError::Stopped,
            AssistantError::NoHome,
            AssistantError::NoRandom,
            AssistantError::Internal("why"),
        ];
        let vault = vault.into_iter().map(AssistantError::Vault);
        let engine = of_answering().into_iter().map(AssistantError::Engine);
        let models = models.into_iter().map(AssistantError::Models);
        let reading = of_reading().into_iter().map(AssistantError::Reader);
        vault.chain(engine).chain(models).chain(reading).chain(own).collect()
    }

    #[test]
    fn the_english_catalogue_says_what_the_error_says() {
        for error in all() {
            let (id, about) = spoken(&error);
            assert_eq!(say("en", id, &about).unwrap(), error.to_string());
        }
    }

    #[test]
    fn every_error_has_a_french_sentence_that_speaks_of_the_same() {
        for error in all() {
            let (id, about) = spoken(&error);
            let said = say("fr", id, &about).unwrap_or_else(|| panic!("{id} is missing"));
            assert_ne!(said, error.to_string());
            assert!(!said.contains('{'), "{id}: {said}");
            for (_, value) in about {
                if let Value::Number(number) = value {
                    assert!(said.contains(&number.to_string()), "{id}: {said}");
                }
            }
        }
    }

    #[test]
    fn a_notice_is_said_in_both_languages() {
        let notice = Notice::new("context_full", vec![("messages", 12.into())]);
        assert!(notice.text.contains("its 12 oldest messages"), "{}", notice.text);
        assert!(notice_in(&notice, "fr").contains("ses 12 messages"), "{}", notice_in(&notice, "fr"));
        assert_eq!(notice_in(&notice, "xx"), notice.text);
    }
}
