//! What crosses between the window and the program. Boundary types: stable, dull, documented; `ui/src/api/types.ts` is generated from them.
//!
//! Moments are Unix milliseconds, durations milliseconds unless a name says otherwise. Ids of private chats, which are never stored, look like
//! all others.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::document_types::{Evidence, Scope, Work};

/// What went wrong, for the person.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Problem {
    /// A stable name (`wrong_passphrase`, `disk_full`, ...).
    pub code: String,
    /// What can be done about it, in kinds.
    pub kind: ProblemKind,
    /// One plain sentence in the person's language: what happened and what they can do.
    pub message: String,
}

/// What can be done about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A mistake in the program.
    Internal,
    /// There is no usable model.
    Model,
    /// The key is missing or wrong.
    Key,
    /// The input cannot be used.
    Input,
    /// The disk is full, read-only or faulty.
    Storage,
    /// The engine ended in the middle of its work; ask again.
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
    /// The vault is locked.
    Locked,
}

/// How the window looks and speaks. Kept outside the vault, for the unlock screen needs it; holds nothing private.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preferences {
    /// BCP 47 (`en`, `fr`, `ar`); nothing until the person has chosen.
    pub language: Option<String>,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// The large-and-simple view.
    pub large: bool,
}

/// Light, dark, or as the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What the window shows first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Beginning {
    /// Which screen.
    pub screen: Screen,
    /// How the window looks and speaks.
    pub preferences: Preferences,
    /// The system's language (BCP 47), for a first proposal.
    pub system_language: String,
    /// Tacit's version.
    pub version: String,
    /// `linux`, `macos`, `windows`.
    pub system: String,
}

/// Which screen the window shows.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum Screen {
    /// There is no vault: the first run.
    FirstRun,
    /// The vault must be opened by the person.
    Locked(Locked),
    /// The vault is open.
    Open(Open),
    /// The vault cannot be opened, whatever the key (damaged, of a newer version, in use, no place for data).
    Stuck {
        /// Why.
        problem: Problem,
    },
}

/// A vault that must be opened by the person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Locked {
    /// The ways in which it opens.
    pub slots: Vec<Slot>,
    /// Why the keyring did not open it: locked, emptied, changed, not there. Nothing where the person locked it or no keyring is used.
    pub keyring: Option<Problem>,
}

/// A way to open the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The system's keyring.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// The recovery code.
    Recovery,
}

/// An open vault.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Open {
    /// The ways in which it opens.
    pub slots: Vec<Slot>,
    /// Whether the first run was ended with 'Start'.
    pub started: bool,
    /// Whether a recovery code was typed back.
    pub recovery_confirmed: bool,
}

/// A key that the person gives.
#[derive(Clone, Deserialize, TS)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Key {
    /// The system's keyring.
    Keyring,
    /// A passphrase.
    Passphrase {
        /// As it was typed.
        passphrase: String,
    },
    /// The recovery code, and the everyday key from then on: this passphrase, or without one the keyring.
    Recovery {
        /// As it was typed.
        code: String,
        /// The new passphrase.
        new_passphrase: Option<String>,
    },
}

/// How strong a passphrase is (zxcvbn, Wheeler 2016).
#[derive(Clone, Debug, Serialize, TS)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard to guess).
    pub score: u8,
    /// The tenth logarithm of the guesses needed.
    pub guesses_log10: f64,
}

/// A chat in the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChatRow {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// When it was begun.
    pub created_at: i64,
    /// When the last message was written.
    pub updated_at: i64,
    /// Kept at the top.
    pub pinned: bool,
    /// The folder it is in.
    pub folder: Option<String>,
    /// Never stored; gone when the window closes or locks.
    pub private: bool,
    /// Messages on all branches.
    pub messages: u32,
}

/// A chat as it is shown.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChatView {
    /// Its row in the list.
    pub row: ChatRow,
    /// The branch on show, the oldest message first.
    pub messages: Vec<MessageView>,
    /// What was typed and not sent.
    pub draft: String,
    /// How answers are made here.
    pub settings: ChatSettings,
    /// The documents that the chat is about; nothing where it is about none.
    pub scope: Option<Scope>,
    /// An answer is being written: its events go to the channel that was given when it was asked for.
    pub answering: bool,
}

/// A message as it is shown.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MessageView {
    /// Its number.
    pub id: i64,
    /// Who wrote it.
    pub role: Role,
    /// What they wrote, Markdown.
    pub text: String,
    /// When.
    pub created_at: i64,
    /// How far it got.
    pub state: State,
    /// The messages that stand at this place on different branches, itself among them, oldest first. One where there is no branch.
    pub branches: Vec<i64>,
    /// Of an answer: what made it.
    pub made_by: Option<MadeBy>,
    /// Of an answer about documents: what it rests on.
    pub evidence: Option<Evidence>,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// How far an answer got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is being written.
    Growing,
    /// Complete.
    Complete,
    /// The person stopped it.
    Stopped,
    /// The program or its engine ended in the middle.
    Interrupted,
    /// It reached the most tokens of one answer or the end of the context window; it can be continued.
    Cut,
}

/// What made an answer, and what it cost.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MadeBy {
    /// The model's name.
    pub model: String,
    /// SHA-256 of its file.
    pub model_sha256: Option<String>,
    /// The sampler's temperature.
    pub temperature: f32,
    /// The sampler's seed.
    pub seed: u32,
    /// The engine's version.
    pub engine: String,
    /// Tokens of the whole prompt.
    pub prompt_tokens: u32,
    /// Of these, the tokens that were in memory already.
    pub cached_tokens: u32,
    /// Tokens written.
    pub completion_tokens: u32,
    /// From the accepted question to the first token.
    pub first_token_ms: f64,
    /// Reading the prompt.
    pub prefill_ms: f64,
    /// Writing the answer.
    pub decode_ms: f64,
    /// The oldest messages of this branch that were no longer read for it, for the context window was full.
    pub dropped_messages: u32,
    /// Tokens of the context window it was made in; 0 where it was not noted.
    pub window: u32,
}

/// How answers are made in a chat. Nothing means: as Tacit chooses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ChatSettings {
    /// The system prompt.
    pub system_prompt: Option<String>,
    /// 0 (always the likeliest word) to 2 (wild).
    pub temperature: Option<f32>,
    /// Nucleus sampling, above 0 to 1.
    pub top_p: Option<f32>,
    /// The most tokens of one answer.
    pub max_tokens: Option<u32>,
}

/// A question.
#[derive(Clone, Deserialize, TS)]
pub struct Question {
    /// The chat to go on with; a new one without.
    pub chat: Option<i64>,
    /// Whether a new chat is a private one.
    pub private: bool,
    /// What is asked.
    pub text: String,
    /// Settings of a new chat.
    pub settings: ChatSettings,
    /// The documents that a new chat is about; nothing where it is about none.
    pub scope: Option<Scope>,
}

/// One step of an answer.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AnswerEvent {
    /// The question is on the disk, and the answer has its place.
    Accepted {
        /// The chat.
        chat: i64,
        /// The question.
        question: i64,
    },
    /// The answer has its place.
    Begun {
        /// The answer.
        answer: i64,
    },
    /// Something the person should know; the answer goes on.
    Notice {
        /// A stable name.
        code: String,
        /// The sentence, in the person's language.
        text: String,
    },
    /// The model is being loaded.
    Loading {
        /// 0 to 1000.
        permille: u16,
    },
    /// The prompt is being read.
    Reading {
        /// Tokens of the prompt.
        prompt_tokens: u32,
        /// Of these, the tokens that were in memory already.
        cached_tokens: u32,
    },
    /// The passages that the answer will rest on, before the model writes.
    Evidence {
        /// Them, and whether they answer the question.
        evidence: Evidence,
    },
    /// More of the answer.
    Token {
        /// The next characters.
        text: String,
    },
    /// The answer has ended and is on the disk.
    Done {
        /// As it is stored.
        answer: MessageView,
    },
    /// It failed; what was written is kept.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// A hit of the search.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Hit {
    /// The chat.
    pub chat: i64,
    /// Its title.
    pub title: String,
    /// The message.
    pub message: i64,
    /// Who wrote it.
    pub role: Role,
    /// When.
    pub created_at: i64,
    /// The text around the first match.
    pub snippet: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matched.
    pub hit: bool,
}

/// What a chat is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// For reading: the branch on show.
    Markdown,
    /// For programs: all branches, and what made each answer.
    Json,
}

/// The state of the machine.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Machine {
    /// The model.
    pub model: ModelState,
    /// Bytes of memory that the window's program and the engine use, without the web view; nothing where it cannot be read.
    pub memory_bytes: Option<f64>,
}

/// The model, as far as it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ModelState {
    /// No engine runs; the next question starts one.
    Asleep,
    /// It is being loaded.
    Loading {
        /// 0 to 1000.
        permille: u16,
    },
    /// It can be asked.
    Ready(Model),
    /// It ended, or could not be started.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// A model that can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Languages it was made for (ISO 639), where known.
    pub languages: Vec<String>,
    /// Whether it is the starter model: small, English, for trying things.
    pub starter: bool,
    /// Tokens of the context window in use.
    pub window: u32,
    /// Number of parameters.
    pub parameters: f64,
    /// Threads in use.
    pub threads: u32,
    /// ggml's CPU variant in use.
    pub cpu_variant: String,
}

/// One check of `tacit doctor`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Check {
    /// The number of the promise.
    pub promise: u8,
    /// What was checked.
    pub name: String,
    /// Whether it holds; nothing where it does not apply on this system.
    pub holds: Option<bool>,
    /// What was seen.
    pub evidence: String,
}

/// What comes to the window unasked.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum News {
    /// The state of the machine changed.
    Machine(Machine),
    /// The vault was locked (by the menu, a shortcut, another start of Tacit); the page shows nothing of it from now on.
    Locked(Locked),
    /// The person chose something in the window's menu.
    Menu {
        /// What.
        choice: MenuChoice,
    },
    /// How far the work on the documents is.
    Work(Work),
    /// The documents changed.
    Library,
    /// Files are being dragged over the window, or no longer.
    Dragging {
        /// Whether they are.
        over: bool,
    },
    /// Files were dropped on the window, and wait to be added.
    Dropped {
        /// Files.
        files: u32,
        /// Folders.
        folders: u32,
    },
}

/// What can be chosen in the window's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MenuChoice {
    /// Begin a chat.
    NewChat,
    /// Begin a private chat.
    NewPrivateChat,
    /// Search the history.
    Search,
    /// Show the documents.
    Documents,
    /// Export the chat on show.
    Export,
    /// Open the preferences.
    Preferences,
    /// List the shortcuts.
    Shortcuts,
    /// Show what `tacit doctor` knows.
    Trust,
    /// Say what this is.
    About,
}
