//! Each promise, tried on this machine, with the evidence: what `tacit doctor` shows.
//!
//! What belongs to the calling process (its own locks) is tried by the program; here stand the workers, the store and
//! the model. A check says yes, no, or that it does not apply here; it never says the last where the answer is no.

use std::path::{Path, PathBuf};

use engine::wire::{Attempted, Lane, Options as Generating, Prompt, Sampling, Targets};
use engine::{Engine, EngineError, Step};
use serde::Serialize;

use crate::error::{AssistantError, Kind};
use crate::home::Home;
use crate::model;
use crate::{Assistant, Options};

mod engine_process;
mod reader_process;
mod store;
mod this_process;

pub use engine_process::EngineUnderTest;
pub use reader_process::ReaderUnderTest;
pub use store::trial;
pub use this_process::{engine, own_locks, reader, threads};

/// SIGSYS: how the kernel ends a process for a call that must not be made.
const REFUSED_FOR_GOOD: &str = "signal 31";

/// A promise of SECURITY.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Promise {
    /// No process that can reach the vault, and no worker, can open an internet socket.
    #[serde(rename = "nothing leaves")]
    NothingLeaves,
    /// What you write and what is answered stands in no file but the encrypted store.
    #[serde(rename = "nothing readable at rest")]
    NothingReadableAtRest,
    /// What was accepted survives.
    #[serde(rename = "nothing lost")]
    NothingLost,
    /// What was changed by somebody else is reported, never returned as text.
    #[serde(rename = "tampering is seen")]
    TamperingIsSeen,
    /// Nothing needs a network, and nothing expires.
    #[serde(rename = "works with the cable cut")]
    WorksWithTheCableCut,
}

impl Promise {
    /// As a heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::NothingLeaves => "Nothing leaves",
            Self::NothingReadableAtRest => "Nothing readable at rest",
            Self::NothingLost => "Nothing lost",
            Self::TamperingIsSeen => "Tampering is seen",
            Self::WorksWithTheCableCut => "Works with the cable cut",
        }
    }
}

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which promise it belongs to.
    pub promise: Promise,
    /// Who, and what.
    pub name: String,
    /// Whether it holds; nothing where it does not apply here.
    pub holds: Option<bool>,
    /// What was seen.
    pub evidence: String,
}

impl Check {
    /// A check that has an answer.
    #[must_use]
    pub fn of(promise: Promise, name: &str, holds: bool, evidence: impl Into<String>) -> Self {
        Self { promise, name: name.to_owned(), holds: Some(holds), evidence: evidence.into() }
    }

    /// A check for which there is nothing to look at here.
    #[must_use]
    pub fn does_not_apply(promise: Promise, name: &str, why: impl Into<String>) -> Self {
        Self { promise, name: name.to_owned(), holds: None, evidence: why.into() }
    }

    /// An attempt that a process made on its own locks.
    #[must_use]
    pub fn of_attempt(who: &str, what: &str, holds: bool, evidence: &str) -> Self {
        // These three keep what is in memory out of files and from neighbours; all others are ways out.
        let at_rest = ["a core file", "files that others could read", "memory that others could read"];
        let promise = if at_rest.contains(&what) { Promise::NothingReadableAtRest } else { Promise::NothingLeaves };
        Self::of(promise, &format!("{who}: {what}"), holds, evidence)
    }

    /// An attempt for which the kernel must end a worker: one was started for it and ended so.
    #[must_use]
    fn of_ending(who: &str, what: &str, how: &str) -> Self {
        let evidence = format!("tried in a process of its own: the kernel ended it ({how})");
        Self::of_attempt(who, what, how == REFUSED_FOR_GOOD, &evidence)
    }

    /// Which of a process's locks hold.
    #[must_use]
    pub fn of_locks(who: &str, held: &[String], missing: &[String]) -> Self {
        let evidence = if missing.is_empty() {
            format!("on: {}", held.join(", "))
        } else {
            format!("NOT ENFORCED on this system: {}; on: {}", missing.join(", "), held.join(", "))
        };
        Self::of(Promise::NothingLeaves, &format!("{who}: its locks"), missing.is_empty(), evidence)
    }
}

/// What attempts aim at: a file of the person's own vault, or a log where there is none yet, Tacit's folder, and the
/// session bus.
#[must_use]
pub fn aims(home: &Home) -> (PathBuf, PathBuf, PathBuf) {
    let slots = home.vault().join("slots");
    let log = || home.logs().and_then(std::fs::read_dir).ok()?.flatten().next().map(|entry| entry.path());
    let file = if slots.exists() { slots } else { log().unwrap_or(slots) };
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
    (file, home.path().to_owned(), runtime.join("bus"))
}

/// Whether the model file is the one that the catalogue knows. Reads all of it.
#[must_use]
pub fn model_file(home: &Home, options: &Options) -> Check {
    const NAME: &str = "model: its SHA-256";
    let promise = Promise::TamperingIsSeen;
    let verified = model::verified(home, options);
    match verified {
        Ok(model::Verified::Known { name, sha256 }) => {
            Check::of(promise, NAME, true, format!("{sha256}, the catalogue's {name}"))
        }
        Ok(model::Verified::Altered { name, sha256 }) => {
            Check::of(promise, NAME, false, format!("{sha256}, and the catalogue's {name} has another"))
        }
        Ok(model::Verified::Unknown { sha256 }) => {
            Check::does_not_apply(promise, NAME, format!("{sha256}; the catalogue does not know this file"))
        }
        Err(error) => Check::does_not_apply(promise, NAME, error.to_string()),
    }
}

/// A vault that could not be opened or looked at: damage is an answer, a missing key or a full disk is none.
#[must_use]
pub fn not_looked_at(error: &AssistantError) -> Check {
    not_tried(Promise::TamperingIsSeen, "store: opens", error)
}

/// What an error says of a promise: nothing where there is no model, no key or no room, else that it is broken.
fn not_tried(promise: Promise, name: &str, error: &AssistantError) -> Check {
    let says_nothing = match error.kind() {
        Kind::Model | Kind::Key | Kind::Busy | Kind::Newer | Kind::NotFound | Kind::Stopped | Kind::Locked => true,
        Kind::Storage => ["disk_full", "read_only"].contains(&error.code()),
        Kind::Internal | Kind::Input | Kind::Engine | Kind::Damaged => false,
    };
    if says_nothing {
        Check::does_not_apply(promise, name, format!("not tried: {error}"))
    } else {
        Check::of(promise, name, false, error.to_string())
    }
}

fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
