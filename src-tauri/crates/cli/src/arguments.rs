//! The command line.

use std::io::Read;
use std::path::{Path, PathBuf};

use assistant::{FactKind, Home, Options, SecretString};
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::signals::Signals;
use crate::summarize::Wanted;

/// The most bytes taken from a file: more than `assistant` takes, so that it can say so.
const LARGEST_TEXT: u64 = 64 << 20;

/// A passphrase is no longer than this.
const LONGEST_PASSPHRASE: u64 = 64 << 10;

#[derive(Parser)]
#[command(name = "tacit", version, about = "A private assistant on your own computer. Nothing you write leaves it.", after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// One JSON object a line, for programs
    #[arg(long, global = true)]
    pub json: bool,

    /// Open the vault with the passphrase in this file (`-`: standard input); with no vault yet, make one
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,

    /// The model file to answer with
    #[arg(long, global = true, value_name = "FILE.gguf")]
    pub model: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Environment:
  TACIT_HOME    where your data lives (default: the system's data folder)
  TACIT_MODELS  folders or files to look for models in, first of all
  TACIT_LOG     how much goes into the log: error, warn, info or debug (default: info)

Exit codes:
  0 done   1 a mistake in the program   2 wrong usage   3 no usable model   4 no key or a wrong one
  5 input that cannot be used   6 disk full, read-only or faulty   7 the engine stopped
  8 the vault is open elsewhere   9 the vault is of a newer version   10 the vault is damaged
  11 no such chat, document or collection   12 a promise does not hold here   130 stopped by you";

#[derive(Subcommand)]
pub enum Command {
    /// Chat. Ctrl-C stops the answer and not the program
    Chat {
        /// The chat to go on with
        #[arg(long, value_name = "ID")]
        chat: Option<i64>,
    },
    /// Ask one question
    Ask {
        /// The chat to go on with
        #[arg(long, value_name = "ID")]
        chat: Option<i64>,
        /// Answer from your documents, with the evidence shown
        #[arg(long)]
        docs: bool,
        /// Only from this collection
        #[arg(long = "in", value_name = "COLLECTION", requires = "docs")]
        collection: Option<String>,
        /// The question, or `-` to read it from standard input
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
    },
    /// Summarise a whole document or text file, however long, and say what that covers
    Summarize {
        /// A document, as `tacit docs` numbers it, or a .txt or .md file
        #[arg(value_name = "FILE|DOC")]
        file: PathBuf,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// List your chats, the newest first
    Chats,
    /// Show a chat
    Show {
        /// The chat, as `tacit chats` numbers it
        #[arg(value_name = "ID")]
        chat: i64,
    },
    /// Write a chat to standard output: as Markdown, or with --json whole, with all its branches
    Export {
        /// The chat, as `tacit chats` numbers it
        #[arg(value_name = "ID")]
        chat: i64,
    },
    /// Find messages that hold all the words, or, with --docs, what your documents say
    Search {
        /// Search in documents: by their words and by their meaning
        #[arg(long)]
        docs: bool,
        #[command(flatten)]
        only: Only,
        /// The words, in any script; "in quotation marks", exactly as they are
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Add documents, and folders of them; then read what is not read yet
    Add {
        /// Files and folders; without any, look into the watched folders and go on where reading stopped
        paths: Vec<PathBuf>,
        /// Put them into this collection, made where it is not there
        #[arg(long = "in", value_name = "COLLECTION")]
        collection: Option<String>,
        /// Keep their text alone, and not the originals
        #[arg(long)]
        text_only: bool,
    },
    /// List your documents, the newest first
    Docs {
        #[command(flatten)]
        only: Only,
        /// Only those whose names hold all these words
        words: Vec<String>,
    },
    /// Watch a folder: what is put there is added, at each `tacit add` and while the window is open; without one, list them
    Watch {
        /// The folder
        folder: Option<PathBuf>,
        /// Put what comes into this collection, made where it is not there
        #[arg(long = "in", value_name = "COLLECTION", requires = "folder")]
        collection: Option<String>,
    },
    /// Watch a folder no longer; its documents stay
    Unwatch {
        /// The folder
        folder: PathBuf,
    },
    /// List the dates, sums, names and other facts of a document, as rules find them
    Facts {
        /// The document, as `tacit docs` numbers it
        #[arg(value_name = "DOC")]
        document: i64,
        /// Only of this kind; may be given more than once
        #[arg(long, value_parser = crate::facts::kind(), value_name = "KIND")]
        kind: Vec<FactKind>,
        /// Write them to this file too, as a table for spreadsheets
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Remove a document with everything that was made of it
    Remove {
        /// The document, as `tacit docs` numbers it
        #[arg(value_name = "DOC")]
        document: i64,
    },
    /// Delete a chat
    Delete {
        /// The chat, as `tacit chats` numbers it
        #[arg(value_name = "ID")]
        chat: i64,
    },
    /// List the models on this computer
    Models,
    /// Make a recovery code, or open the vault with one
    Recovery {
        #[command(subcommand)]
        action: Option<RecoveryAction>,
    },
    /// Try each promise on this computer, and show the evidence
    Doctor,
    /// Measure how fast this computer reads and writes
    Bench {
        /// Threads to compute with (default: one for each core)
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
        threads: Option<u32>,
    },
}

/// Which documents.
#[derive(Args, Clone, Default, PartialEq, Eq)]
pub struct Only {
    /// Only documents in this collection
    #[arg(long = "in", value_name = "COLLECTION")]
    pub collection: Option<String>,
    /// Only documents of this type (pdf, docx, mail, ...)
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Only documents of this day (2024-03-31) or later: the date of their files
    #[arg(long, value_name = "DAY")]
    pub after: Option<Date>,
    /// Only documents of this day or earlier
    #[arg(long, value_name = "DAY")]
    pub before: Option<Date>,
}

/// What to do with a recovery code.
#[derive(Clone, Subcommand)]
pub enum RecoveryAction {
    /// Make a code to write down; it replaces an older one
    Make,
    /// Open the vault with the code, and give it a new key: the keyring's, or the passphrase of --passphrase-file
    Use {
        /// A file with the words (`-`: standard input); asked for in a terminal without it
        #[arg(long, value_name = "FILE")]
        code_file: Option<PathBuf>,
    },
}

/// What every command needs.
pub struct Setup {
    pub home: Home,
    pub options: Options,
    pub signals: Signals,
    /// Locks of the first stage that this system lacks.
    pub lacking: Vec<String>,
}

impl Setup {
    pub fn new(passphrase_file: Option<&Path>, model: Option<PathBuf>, command: &Command) -> Result<Self, Failure> {
        if passphrase_file.is_some_and(is_stdin) && command.reads_stdin() {
            return Err(Failure::Usage(
                "Standard input can hold the passphrase or the text, not both: put one of them into a file.".into(),
            ));
        }
        let signals = Signals::new();
        let passphrase = signals.while_waiting(|| passphrase_file.map(read_secret).transpose())?;
        Ok(Self {
            home: Home::from_environment()?,
            options: Options { model, passphrase, ..Options::default() },
            signals,
            lacking: Vec::new(),
        })
    }
}

impl Setup {
    /// The text of a file or of standard input; `assistant` decides what of it can be used.
    pub fn read_text(&self, file: &Path) -> Result<String, Failure> {
        let bytes = self.signals.while_waiting(|| read(file, LARGEST_TEXT))?;
        Ok(assistant::decode(&bytes)?)
    }
}

impl Command {
    /// Whether it needs the vault's key, and so perhaps the keyring.
    pub fn opens_the_vault(&self) -> bool {
        match self {
            Self::Models | Self::Bench { .. } => false,
            Self::Chat { .. }
            | Self::Ask { .. }
            | Self::Summarize { .. }
            | Self::Chats
            | Self::Show { .. }
            | Self::Export { .. }
            | Self::Search { .. }
            | Self::Add { .. }
            | Self::Docs { .. }
            | Self::Watch { .. }
            | Self::Unwatch { .. }
            | Self::Facts { .. }
            | Self::Remove { .. }
            | Self::Delete { .. }
            | Self::Doctor
            | Self::Recovery { .. } => true,
        }
    }

    fn reads_stdin(&self) -> bool {
        match self {
            Self::Ask { text, .. } => text.as_slice() == ["-"],
            Self::Summarize { file, .. }
            | Self::Recovery { action: Some(RecoveryAction::Use { code_file: Some(file) }) } => is_stdin(file),
            Self::Chat { .. } => true,
            Self::Recovery { .. }
            | Self::Chats
            | Self::Show { .. }
            | Self::Export { .. }
            | Self::Search { .. }
            | Self::Add { .. }
            | Self::Docs { .. }
            | Self::Watch { .. }
            | Self::Unwatch { .. }
            | Self::Facts { .. }
            | Self::Remove { .. }
            | Self::Delete { .. }
            | Self::Models
            | Self::Doctor
            | Self::Bench { .. } => false,
        }
    }
}

pub fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}

/// Bytes of a file or of standard input, at most `most` of them and one more.
fn read(file: &Path, most: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = if is_stdin(file) {
        std::io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|opened| opened.take(most + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::unreadable(file, &error))?;
    Ok(bytes)
}

/// A secret from a file: its text without the line end.
pub fn read_secret(file: &Path) -> Result<SecretString, Failure> {
    let bytes = read(file, LONGEST_PASSPHRASE)?;
    let text = std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() as u64 <= LONGEST_PASSPHRASE);
    let text = text.ok_or_else(|| Failure::Usage("The passphrase file must hold one line of text.".into()))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    Ok(SecretString::from(line.strip_suffix('\r').unwrap_or(line)))
}
