//! What can go wrong with a model file, in sentences for the person.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no model to use, or why a file is none.
///
/// `Display` is one plain sentence that says what happened and what the person can do; [`ModelsError::code`] is for programs.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// None of the places holds a model file.
    #[error(
        "There is no model on this computer yet: put a .gguf file into {}, or name one with --model FILE.gguf.",
        first_place(looked_in)
    )]
    NoModel {
        /// The folders and files that were looked at, in order.
        looked_in: Vec<PathBuf>,
    },
    /// The file that was named does not exist.
    #[error("There is no file {}: check the name, or leave --model out to use a model that is installed.", Shown(path))]
    NotFound {
        /// What was named.
        path: PathBuf,
    },
    /// A folder was named where a file is needed.
    #[error("{} is a folder: name one .gguf file inside it.", Shown(path))]
    IsAFolder {
        /// What was named.
        path: PathBuf,
    },
    /// A pipe, socket or device was named.
    #[error("{} is not a regular file: copy the model to a .gguf file on disk and name that.", Shown(path))]
    NotAFile {
        /// What was named.
        path: PathBuf,
    },
    /// The file is of another kind.
    #[error("{} is not a GGUF model file: choose a file that ends in .gguf, or fetch the model again.", Shown(path))]
    NotGguf {
        /// What was named.
        path: PathBuf,
    },
    /// The file holds nothing.
    #[error("{} is empty: fetch the model again.", Shown(path))]
    Empty {
        /// What was named.
        path: PathBuf,
    },
    /// The file ends before its header does.
    #[error("{} is cut short after {bytes} bytes: fetch the model again.", Shown(path))]
    Cut {
        /// What was named.
        path: PathBuf,
        /// How many bytes there are.
        bytes: u64,
    },
    /// The system refused to read the file.
    #[error("{} cannot be read ({source}): check its permissions, or choose another model.", Shown(path))]
    Unreadable {
        /// What was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The caller stopped the hashing.
    #[error("Checking {} was stopped before its end: start it again when you want to know.", Shown(path))]
    Stopped {
        /// The file that was being read.
        path: PathBuf,
    },
    /// The catalogue that came with the program is damaged: a mistake in the program.
    #[error("The list of models that came with Tacit is damaged ({reason}): install Tacit again.")]
    Catalogue {
        /// What is wrong with it.
        reason: String,
    },
}

impl ModelsError {
    /// A stable name for programs, as in `tacit --json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoModel { .. } => "no_model",
            Self::NotFound { .. } => "model_not_found",
            Self::IsAFolder { .. } => "model_is_a_folder",
            Self::NotAFile { .. } => "model_not_a_file",
            Self::NotGguf { .. } => "model_not_gguf",
            Self::Empty { .. } => "model_empty",
            Self::Cut { .. } => "model_cut",
            Self::Unreadable { .. } => "model_unreadable",
            Self::Stopped { .. } => "model_check_stopped",
            Self::Catalogue { .. } => "model_catalogue",
        }
    }

    /// Sorts what the system said about `path` into the right kind.
    pub(crate) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path },
            io::ErrorKind::IsADirectory => Self::IsAFolder { path },
            _ => Self::Unreadable { path, source },
        }
    }
}

/// A path as a person may see it: a name that holds control or bidi characters cannot move the cursor or rewrite the line.
struct Shown<'a>(&'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.to_string_lossy().chars() {
            let steers = character.is_control()
                || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            write!(f, "{}", if steers { '\u{fffd}' } else { character })?;
        }
        Ok(())
    }
}

/// A path as a person may see it, with nothing in it that steers a terminal.
#[must_use]
pub fn shown(path: &Path) -> String {
    Shown(path).to_string()
}

/// The folder to propose to someone who has no model: the first that was looked in.
fn first_place(looked_in: &[PathBuf]) -> String {
    looked_in.first().map_or_else(|| "a folder named in TACIT_MODELS".to_owned(), |place| Shown(place).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_file_name_cannot_steer_the_terminal() {
        let error = ModelsError::NotGguf { path: PathBuf::from("a\u{1b}[2J\u{202e}b.gguf") };
        assert!(error.to_string().starts_with("a\u{fffd}[2J\u{fffd}b.gguf is not"));
    }

    #[test]
    fn without_any_place_the_sentence_still_says_what_to_do() {
        let error = ModelsError::NoModel { looked_in: Vec::new() };
        assert!(error.to_string().contains("TACIT_MODELS"));
        assert_eq!(error.code(), "no_model");
    }

    #[test]
    fn a_file_under_a_file_is_a_file_that_is_not_there() {
        let error = ModelsError::from_io(Path::new("/etc/hosts/x"), io::Error::from(io::ErrorKind::NotADirectory));
        assert_eq!(error.code(), "model_not_found");
    }
}
