//! What the locks forbid, each really tried.
//!
//! An attempt is harmless where it succeeds: it connects to this machine alone (port [`PORT`]), asks for what it gives
//! back at once, and writes nothing that stays. One that [`Attempt::ends_process`] is made in a child
//! ([`Attempt::make_in_child`]): where the lock holds, the kernel ends whoever makes it.
//!
//! A refusal alone proves little, for a system may refuse by itself: `tests/nothing_leaves.rs` makes each attempt
//! once behind all locks and once behind all but those named in [`Attempt::locks`], and then it must succeed.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::{Lock, Stage};

#[cfg(target_os = "linux")]
mod files;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod foreign;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod sockets;

/// Where attempts connect to and send to, on this machine: the discard service, which nobody offers any more.
pub const PORT: u16 = 9;

/// What an attempt sends where it can.
pub const MESSAGE: &[u8] = b"tacit attempt";

/// What attempts aim at. What is absent is looked for where systems usually have it.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// A file that may be read by whoever has no lock.
    pub file: PathBuf,
    /// A folder that may be written by whoever has no lock.
    pub folder: PathBuf,
    /// A listening UNIX socket.
    pub socket: PathBuf,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The kernel refused it (`EPERM`, `EACCES`).
    Refused,
    /// The kernel says that it is closed.
    Closed,
    /// The kernel ended the process that made it, with this signal.
    Ended(i32),
    /// There was nothing to misuse.
    NothingThere,
    /// It worked.
    Happened,
    /// It failed for a reason of its own (an error number): nothing refused it.
    Failed(i32),
}

impl Outcome {
    /// Whether the lock holds.
    #[must_use]
    pub fn holds(self) -> bool {
        match self {
            Self::Refused | Self::Closed | Self::NothingThere => true,
            #[cfg(unix)]
            Self::Ended(signal) => signal == libc::SIGSYS,
            #[cfg(not(unix))]
            Self::Ended(_) => false,
            Self::Happened | Self::Failed(_) => false,
        }
    }

    /// From what a system call returned: below 0 is an error.
    #[cfg(target_os = "linux")]
    fn of(returned: i64) -> Self {
        if returned >= 0 { Self::Happened } else { Self::of_error(&io::Error::last_os_error()) }
    }

    #[cfg(target_os = "linux")]
    fn of_error(error: &io::Error) -> Self {
        match error.raw_os_error() {
            Some(libc::EPERM | libc::EACCES) => Self::Refused,
            other => Self::Failed(other.unwrap_or_default()),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => out.write_str("tried: the kernel refused it"),
            Self::Closed => out.write_str("looked: the kernel says that it is closed"),
            Self::Ended(signal) => write!(out, "tried in a process of its own: the kernel ended it (signal {signal})"),
            Self::NothingThere => out.write_str("looked: there is nothing to misuse"),
            Self::Happened => out.write_str("tried: IT WORKED"),
            Self::Failed(error) => {
                write!(out, "tried: nothing refused it; it failed by itself ({})", io::Error::from_raw_os_error(*error))
            }
        }
    }
}

/// Something that locks forbid.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// What it is, as reports show it.
    pub name: &'static str,
    /// Each of these refuses it by itself.
    pub locks: &'static [Lock],
    /// Whether the kernel ends a process for it.
    pub ends_process: bool,
    act: fn(&Targets) -> Outcome,
}

impl Attempt {
    /// Makes it, here and now.
    #[must_use]
    pub fn make(&self, targets: &Targets) -> Outcome {
        (self.act)(targets)
    }

    /// Makes it in a child, which ends with it.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn make_in_child(&self, targets: &Targets) -> Outcome {
        processes::in_child(|| self.make(targets))
    }
}

#[cfg(target_os = "linux")]
const fn attempt(name: &'static str, locks: &'static [Lock], act: fn(&Targets) -> Outcome) -> Attempt {
    Attempt { name, locks, ends_process: false, act }
}

/// Every attempt that this system knows.
#[must_use]
pub fn all() -> Vec<Attempt> {
    #[cfg(target_os = "linux")]
    {
        let mut all = [sockets::ATTEMPTS, processes::ATTEMPTS, files::ATTEMPTS].concat();
        #[cfg(target_arch = "x86_64")]
        all.extend_from_slice(foreign::ATTEMPTS);
        all
    }
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

/// The attempts that the locks of a stage refuse.
#[must_use]
pub fn against(stage: &Stage) -> Vec<Attempt> {
    let locks = stage.locks();
    all().into_iter().filter(|attempt| attempt.locks.iter().any(|lock| locks.contains(lock))).collect()
}

/// The attempt of this name.
#[must_use]
pub fn named(name: &str) -> Option<Attempt> {
    all().into_iter().find(|attempt| attempt.name == name)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_lock_is_tried() {
        let tried: BTreeSet<Lock> = all().iter().flat_map(|attempt| attempt.locks).copied().collect();
        let untried: Vec<Lock> = Lock::ALL.into_iter().filter(|lock| !tried.contains(lock)).collect();
        assert_eq!(untried, []);
    }

    #[test]
    fn no_two_attempts_have_the_same_name() {
        let names: BTreeSet<&str> = all().iter().map(|attempt| attempt.name).collect();
        assert_eq!(names.len(), all().len());
    }
}
