//! What travels between a program and `tacit-engine`, both ways, over the worker's stdin and stdout.
//!
//! Each frame (see [`pipe::frame`]) holds one [`Request`] or one [`Event`]. One exchange:
//!
//! ```text
//! program                                   tacit-engine --model starter.gguf
//!    | <- Event::Hello { version: 4, .. }      first of all, before the model is touched
//!    | -> Request::Hello { version: 4 }        a mismatch ends it: "restart Tacit"
//!    | <- Event::Loading { permille: 480 }     while the model file is mapped
//!    | <- Event::Ready(ModelInfo { .. })       or Event::Refused(LoadFailure)
//!    | -> Request::Generate { id: 7, .. }
//!    | <- Event::Accepted { id: 7, .. }        the prompt's length, and how much of it was in the cache
//!    | <- Event::Piece { id: 7, text: "Hel", .. }
//!    | -> Request::Cancel { id: 7 }            at most one more piece follows
//!    | <- Event::Finished { id: 7, reason: Cancelled, .. }
//!    | -- stdin is closed                      the worker ends
//! ```
//!
//! Boundary types: stable, dull, documented. A change to any of them raises [`VERSION`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// The version of everything in this file. Both ends must have the same one.
pub const VERSION: u32 = 4;

/// From the program to the worker.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// The first frame a program sends.
    Hello {
        /// The sender's [`VERSION`].
        version: u32,
    },
    /// Answer a prompt. Replied to by `Accepted`, any number of `Piece`, then `Finished`, or by `Failed` at any point.
    Generate {
        /// Chosen by the program, unique among its unfinished requests.
        id: u64,
        /// What to continue.
        prompt: Prompt,
        /// How to continue it.
        options: Options,
    },
    /// Count the tokens of texts. Replied to by `Counted`.
    Count {
        /// As in `Generate`.
        id: u64,
        /// Texts that a person or a document wrote.
        texts: Vec<String>,
    },
    /// Turn texts into vectors, with a model that does so ([`ModelInfo::dimensions`]). Replied to by `Embedded`. Of a text that is longer
    /// than the window its beginning counts.
    Embed {
        /// As in `Generate`.
        id: u64,
        /// Texts that a person or a document wrote, with the prefix that the model wants.
        texts: Vec<String>,
    },
    /// Try what the worker's locks forbid, from inside it. Replied to by `Attempted`.
    Attempt {
        /// As in `Generate`.
        id: u64,
        /// Which one; without it all but those for which the kernel ends the process.
        name: Option<String>,
        /// What to aim at.
        targets: Targets,
    },
    /// Stop a request; within one token it ends with [`FinishReason::Cancelled`]. Unknown ids are ignored.
    Cancel {
        /// The request to stop.
        id: u64,
    },
}

/// What attempts aim at: things outside the worker that whoever has no lock could use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// A file.
    pub file: String,
    /// A folder.
    pub folder: String,
    /// A UNIX socket.
    pub socket: String,
}

/// What came of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempted {
    /// What was tried.
    pub name: String,
    /// Whether a lock refused it; nothing where it was not tried, for the kernel ends a process for it.
    pub holds: Option<bool>,
    /// What happened, in words.
    pub evidence: String,
}

/// What a model continues.
#[derive(Clone, Serialize, Deserialize)]
pub enum Prompt {
    /// A conversation, rendered with the model's own chat template. The last message is the person's, and is answered; or it is the
    /// model's own answer to the one before it, and is continued where it ended: only what is new of it is sent back.
    Messages(Vec<Message>),
    /// Token ids as they are, for benchmarks: nothing of them stays in the cache.
    Tokens(Vec<i32>),
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The program's own instruction.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One message of a conversation. Its text is never read as template or control tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub role: Role,
    /// What they wrote.
    pub text: String,
    /// The ids the model itself sampled for this text, or empty. They are used as they are, so that the
    /// prefix of a conversation is the same prefix in the next turn.
    pub token_ids: Vec<i32>,
}

/// Where a request's tokens live while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lane {
    /// The window of conversations; what was read stays for the next turn.
    Conversation,
    /// One of several independent parts read side by side (a summary); forgotten afterwards.
    Part,
}

/// How a prompt is continued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The most tokens to write; less when the context window ends before.
    pub max_tokens: u32,
    /// How the next token is chosen.
    pub sampling: Sampling,
    /// A JSON schema that the answer must satisfy.
    pub json_schema: Option<String>,
    /// Where it runs.
    pub lane: Lane,
    /// The conversation's date, seconds since 1970 in the person's own time zone, for templates that ask (`strftime_now`).
    pub date: i64,
    /// Write `max_tokens` even past the model's own end, for benchmarks.
    pub ignore_end: bool,
}

/// How the next token is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sampling {
    /// Above 0: the higher, the more varied. 0: always the likeliest token (greedy), the rest unused.
    pub temperature: f32,
    /// Keep the likeliest tokens whose probabilities sum to this (nucleus sampling, Holtzman et al. 2020); 1 keeps all.
    pub top_p: f32,
    /// Keep tokens at least this likely relative to the likeliest (Nguyen et al. 2024); 0 keeps all.
    pub min_p: f32,
    /// Divides the logits of tokens seen among the last `repeat_last` (Keskar et al. 2019); 1 is off.
    pub repeat_penalty: f32,
    /// How many of the last tokens the penalty looks at.
    pub repeat_last: u32,
    /// Makes the choices repeatable.
    pub seed: u32,
}

impl Default for Sampling {
    /// Calm and varied enough for small models: they loop when greedy and ramble when hot.
    fn default() -> Self {
        Self { temperature: 0.5, top_p: 0.95, min_p: 0.05, repeat_penalty: 1.1, repeat_last: 256, seed: 0 }
    }
}

impl Sampling {
    /// Always the likeliest token.
    #[must_use]
    pub fn greedy() -> Self {
        Self { temperature: 0.0, repeat_penalty: 1.0, ..Self::default() }
    }
}

/// From the worker to the program.
#[derive(Serialize, Deserialize)]
pub enum Event {
    /// The first frame a worker sends.
    Hello {
        /// The sender's [`VERSION`].
        version: u32,
        /// The worker's own version and that of its llama.cpp bindings.
        engine: String,
    },
    /// How much of the model file is mapped.
    Loading {
        /// 0 to 1000.
        permille: u16,
    },
    /// The model can be asked.
    Ready(ModelInfo),
    /// The model cannot be used. The worker ends.
    Refused(LoadFailure),
    /// A prompt fits and will be read.
    Accepted {
        /// The request.
        id: u64,
        /// Tokens of the whole prompt.
        prompt_tokens: u32,
        /// Of these, the tokens whose state was already in memory.
        cached_tokens: u32,
        /// The oldest messages that were left out, as whole turns, because the window is full.
        dropped_messages: u32,
    },
    /// The next characters of an answer.
    Piece {
        /// The request.
        id: u64,
        /// Whole characters; may be empty while a character is incomplete. One that is still incomplete when the answer is stopped or
        /// reaches its limit is not sent: should the answer be continued from its ids, it comes then.
        text: String,
        /// The ids sampled since the last piece.
        token_ids: Vec<i32>,
    },
    /// An answer is complete.
    Finished {
        /// The request.
        id: u64,
        /// Why it ended.
        reason: FinishReason,
        /// What it cost.
        figures: Figures,
    },
    /// The reply to `Count`.
    Counted {
        /// The request.
        id: u64,
        /// Tokens of each text, in order.
        counts: Vec<u32>,
    },
    /// The reply to `Embed`.
    Embedded {
        /// The request.
        id: u64,
        /// A vector of length 1 for each text, in order.
        vectors: Vec<Vec<f32>>,
    },
    /// The reply to `Attempt`.
    Attempted {
        /// The request.
        id: u64,
        /// Each attempt.
        attempts: Vec<Attempted>,
    },
    /// A request could not be served; the worker goes on.
    Failed {
        /// The request.
        id: u64,
        /// Why.
        failure: Failure,
    },
}

/// What is known of a loaded model. Its strings come from the model file: they are shown, never trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// The name in the file, at most 200 characters, or empty.
    pub name: String,
    /// The architecture in the file (`llama`, `qwen3`, ...).
    pub architecture: String,
    /// Number of parameters.
    pub parameters: u64,
    /// Bytes of weights.
    pub bytes: u64,
    /// Tokens of the vocabulary.
    pub vocabulary: u32,
    /// Tokens of context the model was trained on.
    pub context_train: u32,
    /// Tokens of context in use here: the context window.
    pub window: u32,
    /// How many parts are read side by side.
    pub parts: u32,
    /// Numbers in a vector of a model that embeds; 0 for one that answers.
    pub dimensions: u32,
    /// The most tokens of prompt and answer together that one part can hold.
    pub part_window: u32,
    /// `model` or `default`: whose chat template is in use.
    pub template: String,
    /// Languages that the file says it is for (ISO 639), often empty.
    pub languages: Vec<String>,
    /// Which of ggml's CPU variants was chosen at run time (`haswell`, `zen4`, ...).
    pub cpu_variant: String,
    /// Threads in use.
    pub threads: u32,
    /// Milliseconds from the worker's start until the model could be asked.
    pub load_ms: u64,
    /// The locks that the worker put on itself and that hold, by name.
    pub locks: Vec<String>,
    /// Those that this system does not have.
    pub missing_locks: Vec<String>,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FinishReason {
    /// The model ended it.
    End,
    /// `max_tokens` were written.
    MaxTokens,
    /// The context window is full.
    WindowFull,
    /// It was cancelled.
    Cancelled,
}

/// What an answer cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Tokens of the whole prompt.
    pub prompt_tokens: u32,
    /// Of these, the tokens whose state was already in memory.
    pub cached_tokens: u32,
    /// Tokens written.
    pub completion_tokens: u32,
    /// Milliseconds from the request's arrival until the prompt was read.
    pub prefill_ms: f64,
    /// Milliseconds from then until the last token.
    pub decode_ms: f64,
    /// The most requests that shared one batch with this one.
    pub shared_batch: u32,
}

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum LoadFailure {
    /// The two programs are of different versions.
    #[error("the engine is of another version than this program; restart Tacit")]
    Version,
    /// The file cannot be opened.
    #[error("the model file cannot be opened ({0}); check that it is there and can be read")]
    Unreadable(String),
    /// Not a GGUF file, or cut short, or damaged.
    #[error(
        "the model file is damaged, cut short, or of a kind that this version does not know; fetch it again or choose another ({0})"
    )]
    Damaged(String),
    /// The file and the least context do not fit into the memory that is free.
    #[error("the model needs {} MB of memory and {} MB are free; close other programs or choose a smaller model", needs >> 20, free >> 20)]
    Memory {
        /// Bytes needed.
        needs: u64,
        /// Bytes free.
        free: u64,
    },
    /// No context could be made.
    #[error("the model cannot be set up for answering; choose another model ({0})")]
    Context(String),
}

/// Why a request could not be served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// Nothing to answer.
    #[error("there is nothing to answer: the message is empty")]
    Empty,
    /// The newest message alone is larger than the window.
    #[error("the message is too long for this model: it has {}{tokens} tokens and {room} fit; shorten it, or use `tacit summarize` for a long text", if *at_least { "at least " } else { "" })]
    TooLong {
        /// Tokens of the message with what must stand around it.
        tokens: u64,
        /// Whether `tokens` is a lower bound.
        at_least: bool,
        /// Tokens that fit.
        room: u64,
    },
    /// The schema cannot be used.
    #[error("the JSON schema cannot be used ({0})")]
    Schema(String),
    /// It was asked to answer.
    #[error("this model only finds texts and cannot answer; choose another one")]
    OnlyEmbeds,
    /// It was asked for vectors.
    #[error("this model answers and cannot be used to find texts; choose another one")]
    OnlyAnswers,
    /// llama.cpp could not decode.
    #[error("the model could not go on ({0}); ask again")]
    Decode(String),
}

// What a person or a document wrote never reaches a log: these print sizes only.

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({:?}, {} bytes)", self.role, self.text.len())
    }
}

impl fmt::Debug for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Messages(messages) => f.debug_list().entries(messages).finish(),
            Self::Tokens(tokens) => write!(f, "Tokens({})", tokens.len()),
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello { version } => write!(f, "Hello({version})"),
            Self::Generate { id, prompt, .. } => write!(f, "Generate({id}, {prompt:?})"),
            Self::Count { id, texts } => write!(f, "Count({id}, {} texts)", texts.len()),
            Self::Embed { id, texts } => write!(f, "Embed({id}, {} texts)", texts.len()),
            Self::Attempt { id, name, .. } => write!(f, "Attempt({id}, {name:?})"),
            Self::Cancel { id } => write!(f, "Cancel({id})"),
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello { version, engine } => write!(f, "Hello({version}, {engine})"),
            Self::Loading { permille } => write!(f, "Loading({permille})"),
            Self::Ready(info) => write!(f, "Ready({info:?})"),
            Self::Refused(failure) => write!(f, "Refused({failure:?})"),
            Self::Accepted { id, prompt_tokens, cached_tokens, .. } => {
                write!(f, "Accepted({id}, {cached_tokens} of {prompt_tokens} cached)")
            }
            Self::Piece { id, text, .. } => write!(f, "Piece({id}, {} bytes)", text.len()),
            Self::Finished { id, reason, figures } => write!(f, "Finished({id}, {reason:?}, {figures:?})"),
            Self::Embedded { id, vectors } => write!(f, "Embedded({id}, {} vectors)", vectors.len()),
            Self::Counted { id, counts } => write!(f, "Counted({id}, {} counts)", counts.len()),
            Self::Attempted { id, attempts } => write!(f, "Attempted({id}, {} attempts)", attempts.len()),
            Self::Failed { id, failure } => write!(f, "Failed({id}, {failure:?})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_is_not_in_the_debug_text() {
        let message = Message { role: Role::User, text: "canary".into(), token_ids: vec![] };
        let options = Options {
            max_tokens: 1,
            sampling: Sampling::default(),
            json_schema: None,
            lane: Lane::Part,
            date: 0,
            ignore_end: false,
        };
        let request = Request::Generate { id: 1, prompt: Prompt::Messages(vec![message]), options };
        assert!(!format!("{request:?}").contains("canary"));
    }
}
