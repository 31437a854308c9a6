//! What can go wrong between a program and its engine.

use crate::wire::{Failure, LoadFailure};

/// An error of the engine, each with a sentence for the person.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// The worker program is not where it belongs.
    #[error("the program tacit-engine is missing beside this one or in ../lib/tacit; install Tacit again")]
    WorkerMissing,
    /// The worker could not be started.
    #[error("the engine could not be started ({0}); install Tacit again")]
    NotStarted(String),
    /// The worker speaks another version of the wire.
    #[error("the engine is of another version than this program; restart Tacit")]
    Version,
    /// The model cannot be used.
    #[error(transparent)]
    Load(#[from] LoadFailure),
    /// The worker ended while it was loading the model.
    #[error(
        "the engine stopped while it was loading the model ({how}); the file may be damaged: fetch it again or choose another"
    )]
    DiedLoading {
        /// The signal or exit code.
        how: String,
    },
    /// The worker ended while it was answering.
    #[error(
        "the engine stopped in the middle of its work ({how}); what was written so far is kept, ask again to go on"
    )]
    Died {
        /// The signal or exit code.
        how: String,
    },
    /// The request cannot be served.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl EngineError {
    /// A stable name for programs that read our output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WorkerMissing | Self::NotStarted(_) => "engine_missing",
            Self::Version | Self::Load(LoadFailure::Version) => "engine_version",
            Self::Load(LoadFailure::Unreadable(_)) => "model_unreadable",
            Self::Load(LoadFailure::Memory { .. }) => "model_too_large",
            Self::Load(LoadFailure::Damaged(_) | LoadFailure::Context(_)) | Self::DiedLoading { .. } => "model_damaged",
            Self::Died { .. } => "engine_died",
            Self::Failed(Failure::Empty) => "message_empty",
            Self::Failed(Failure::TooLong { .. }) => "message_too_long",
            Self::Failed(Failure::Schema(_)) => "schema_invalid",
            Self::Failed(Failure::OnlyEmbeds) => "model_only_embeds",
            Self::Failed(Failure::OnlyAnswers) => "model_only_answers",
            Self::Failed(Failure::Decode(_)) => "engine_failed",
        }
    }
}
