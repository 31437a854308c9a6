//! What can go wrong between a program and its reader.

use crate::wire::Failure;

/// An error of the reader, each with a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReaderError {
    /// The worker program is not where it belongs.
    #[error("the program tacit-reader is missing beside this one or in ../lib/tacit; install Tacit again")]
    WorkerMissing,
    /// The worker could not be started.
    #[error("the reader could not be started ({0}); install Tacit again")]
    NotStarted(String),
    /// The worker speaks another version of the wire.
    #[error("the reader is of another version than this program; restart Tacit")]
    Version,
    /// The bytes could not be had from where they come from.
    #[error("the document could not be read from where it lies ({0}); see that it is still there, and try again")]
    Source(String),
    /// The document, or the page asked for, cannot be read.
    #[error(transparent)]
    Document(#[from] Failure),
    /// A step took longer than it may, and the worker was ended.
    #[error(
        "the document takes too long to read (over {seconds} s for one step); split it or save it anew, and add that"
    )]
    TooSlow {
        /// The time that a step may take.
        seconds: u64,
    },
    /// The worker ended by itself: a parser crashed, or wanted more memory than it may have.
    #[error("the reader stopped over this document ({how}); open it with its own program, save it anew and add that")]
    Crashed {
        /// The signal or exit code.
        how: String,
    },
}

impl ReaderError {
    /// A stable name for programs that read our output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WorkerMissing | Self::NotStarted(_) => "reader_missing",
            Self::Version | Self::Document(Failure::Version) => "reader_version",
            Self::Source(_) => "document_unreadable",
            Self::Document(Failure::Empty) => "document_empty",
            Self::Document(Failure::Unknown) => "document_unknown",
            Self::Document(Failure::Protected) => "document_protected",
            Self::Document(Failure::Damaged) => "document_damaged",
            Self::Document(Failure::TooLarge) => "document_too_large",
            Self::Document(Failure::NoPage) => "document_no_page",
            Self::TooSlow { .. } | Self::Document(Failure::TooSlow) => "document_too_slow",
            Self::Crashed { .. } => "reader_crashed",
        }
    }
}
