//! How a command fails: a sentence, a code for programs, an exit code.

use std::io;
use std::path::Path;

use assistant::{AssistantError, Kind};

/// The exit code for wrong usage, also clap's.
pub const USAGE: u8 = 2;

/// The exit code of `tacit doctor` where a promise does not hold.
pub const PROMISE_BROKEN: u8 = 12;

/// Why a command ended.
#[derive(Debug)]
pub enum Failure {
    /// The command line or a file named on it.
    Usage(String),
    /// A file named on the command line cannot be read.
    Unreadable(String),
    /// Everything else.
    Assistant(AssistantError),
}

impl From<AssistantError> for Failure {
    fn from(error: AssistantError) -> Self {
        Self::Assistant(error)
    }
}

impl Failure {
    /// A file that cannot be read.
    pub fn unreadable(file: &Path, error: &io::Error) -> Self {
        let name = assistant::shown(&file.to_string_lossy());
        let what = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file",
            io::ErrorKind::PermissionDenied => "you may not read it",
            io::ErrorKind::IsADirectory => "it is a folder",
            _ => "it cannot be read",
        };
        Self::Unreadable(format!("{name}: {what}. Check the name and try again."))
    }

    /// The sentence for the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Usage(sentence) | Self::Unreadable(sentence) => sentence.clone(),
            Self::Assistant(error) => error.to_string(),
        }
    }

    /// The stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Unreadable(_) => "file_unreadable",
            Self::Assistant(error) => error.code(),
        }
    }

    /// The exit code, as `tacit --help` lists them.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => USAGE,
            Self::Unreadable(_) => 5,
            Self::Assistant(error) => match error.kind() {
                Kind::Internal => 1,
                Kind::Model => 3,
                Kind::Key | Kind::Locked => 4,
                Kind::Input => 5,
                Kind::Storage => 6,
                Kind::Engine => 7,
                Kind::Busy => 8,
                Kind::Newer => 9,
                Kind::Damaged => 10,
                Kind::NotFound => 11,
                Kind::Stopped => 130,
            },
        }
    }
}
