//! What happens while an answer is made, in the shape that every caller gets.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reader::wire::Why;
use serde::Serialize;
use vault::{ChatId, DocumentId, MessageId, State};

use crate::evidence::{Evidence, Said};
use crate::sentences::{self, Value};

/// One step of an answer. Serialised, this is a line of `tacit --json`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The question is on the disk.
    Accepted {
        /// The chat it belongs to.
        chat: ChatId,
        /// The question.
        message: MessageId,
    },
    /// The answer has its place in the vault.
    Begun {
        /// The answer.
        message: MessageId,
    },
    /// The model is being loaded.
    Loading {
        /// 0 to 1000.
        permille: u16,
    },
    /// The prompt fits and is being read.
    Reading {
        /// Tokens of the whole prompt.
        prompt_tokens: u32,
        /// Of these, the tokens whose state was already in memory.
        cached_tokens: u32,
    },
    /// The passages that the answer rests on, before the model writes.
    Evidence(Evidence),
    /// Something the person should know; the answer goes on.
    Notice(Notice),
    /// More of the answer.
    Token {
        /// The next characters.
        text: String,
    },
    /// A long job's progress.
    Progress {
        /// Parts that are done.
        done: u32,
        /// All parts.
        of: u32,
        /// Seconds that it will still take, once that can be said.
        remaining_s: Option<u64>,
    },
    /// The answer is complete and on the disk.
    Done(Done),
}

/// A line for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// A stable name.
    pub code: &'static str,
    /// The sentence, in English.
    pub text: String,
    /// What it speaks of, for the sentence in another language.
    #[serde(skip)]
    pub(crate) about: Vec<(&'static str, Value)>,
}

impl Notice {
    /// A notice whose sentences stand in the catalogues as `notice-CODE`.
    pub(crate) fn new(code: &'static str, about: Vec<(&'static str, Value)>) -> Self {
        let mut notice = Self { code, text: String::new(), about };
        notice.text = sentences::notice_in(&notice, "en");
        notice
    }

    /// A notice of a program's own, which has its sentence.
    #[must_use]
    pub fn of(code: &'static str, text: String) -> Self {
        Self { code, text, about: Vec::new() }
    }
}

/// What an answer cost. Times are milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Done {
    /// The chat.
    pub chat: ChatId,
    /// The answer.
    pub message: MessageId,
    /// How it ended: complete, stopped by the person, or cut at the most tokens or the window's end.
    pub state: State,
    /// Tokens of the whole prompt.
    pub prompt_tokens: u32,
    /// Of these, the tokens whose state was already in memory.
    pub cached_tokens: u32,
    /// Tokens written.
    pub completion_tokens: u32,
    /// From the program's start until vault and model were open; 0 for a later question in the same program.
    pub startup_ms: f64,
    /// From the accepted question to the first token.
    pub first_token_ms: f64,
    /// Reading the prompt, as the engine measured it.
    pub prefill_ms: f64,
    /// Writing the answer, as the engine measured it.
    pub decode_ms: f64,
    /// What the answer rests on.
    #[serde(flatten)]
    pub basis: Basis,
}

/// What an answer rests on. Serialised, these are fields of the line `done`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum Basis {
    /// What the model remembers, unchecked.
    Model,
    /// The person's documents.
    Documents {
        /// Whether they answer the question.
        answered: bool,
        /// The passages, by number.
        citations: Vec<Citation>,
        /// The sentences of the answer.
        sentences: Vec<Sentence>,
    },
}

/// A passage that an answer cites.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// The number it is cited by, from 1.
    pub n: u32,
    /// Its document.
    pub document: DocumentId,
    /// That document's name.
    pub name: String,
    /// Its page, counted from 1.
    pub page: u32,
    /// What that page is called in the document, or empty.
    pub label: String,
    /// Its words.
    pub text: String,
    /// Whether these words stand on that page, letter by letter.
    pub verbatim: bool,
    /// Whether the page was read from a picture.
    pub ocr: bool,
    /// Why parts of it are not what the page shows.
    pub marks: Vec<Why>,
}

/// A sentence of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// Whether the passages say so.
    pub support: Said,
    /// The numbers of those that do, the best first.
    pub citations: Vec<u32>,
}

/// Stops an answer from anywhere: a signal's thread, a button. What is written so far stays.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// A handle that shares a flag, as signal handlers want it.
    #[must_use]
    pub fn from_flag(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    /// Asks for the stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether a stop was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes the request back, before the next answer.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
