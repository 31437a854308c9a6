//! The locks that a process puts on itself, and the attempts that show whether they hold. Knows nothing else of Tacit.
//!
//! They come in two stages. The first ([`Stage::Program`], [`Stage::Worker`]) is the first act of every program, before
//! any thread: new files are private, nothing is dumped, no privilege can be gained, what was inherited is closed, and
//! the kernel refuses internet sockets and ways around that in every thread and child that follows. The second comes
//! when what must be opened is open: [`Stage::WorkerLoaded`] or [`Stage::WorkerAlone`] for a worker,
//! [`Stage::ProgramKeyed`] for a program that has read its key.
//!
//! [`Stage::put_on`] returns the locks that hold. What a system lacks is missing from the list, never pretended.
//! [`attempts`] are the things that the locks forbid, each really tried.

pub mod attempts;
pub mod status;

#[cfg(unix)]
mod descriptors;
#[cfg(target_os = "linux")]
mod filters;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

use std::fmt;
use std::path::Path;

/// A lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// New files and folders are the person's alone (umask 077).
    PrivateFiles,
    /// Connections and other handles that whoever started the process left open for it are closed.
    NothingInherited,
    /// A crash writes no core file and feeds no core handler.
    NoCore,
    /// Other processes of the same person cannot attach to it or read its memory.
    NotDumpable,
    /// No program that is started can gain privileges (setuid, file capabilities).
    NoNewPrivileges,
    /// It cannot open another process's memory (a Landlock domain of its own).
    Apart,
    /// Calls of another architecture, and of x32, end the process: they would pass a filter of call numbers.
    NoForeignCalls,
    /// No `io_uring`, which makes sockets that no filter sees.
    NoIoUring,
    /// No socket but UNIX sockets: no internet, packet, netlink, vsock, crypto or Bluetooth sockets.
    NoInternet,
    /// No reaching into other processes (ptrace, reading and writing their memory, taking their descriptors) nor into
    /// the terminal that started it (typing commands there), and no becoming dumpable again.
    NoReach,
    /// No namespaces, mounts, kernel modules, tracing, keys: doors to more than a person's own rights.
    NoKernelDoors,
    /// No new socket at all (in a program, all but pairs that are connected to themselves).
    NoSockets,
    /// No descriptor can be handed to it over a socket it still has, and no memory is shared with others.
    NoHandover,
    /// It may open one file for reading, and nothing else; no other file can be changed in any way.
    OneFile,
    /// It can open no file at all, and change none.
    NoFiles,
    /// It can start no program and no process, and signal none.
    NoPrograms,
    /// It gets no more than [`MEMORY`].
    LittleMemory,
}

/// The most memory that a process behind [`Lock::LittleMemory`] gets, in bytes.
pub const MEMORY: u64 = 3 << 29;

/// When locks are put on, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage<'a> {
    /// The first stage of a program that holds the vault: it speaks with the system's keyring over a UNIX socket and
    /// starts its workers. Before there are threads.
    Program,
    /// The second stage of a program in a terminal, once its key is read. In any number of threads.
    ProgramKeyed,
    /// The first stage of a worker: pipes only. Before there are threads.
    Worker,
    /// The second stage of a worker, which from then on may read this file. Before there are threads.
    WorkerLoaded(&'a Path),
    /// The second stage of a worker that is handed all it needs on its pipes. Before there are threads.
    WorkerAlone,
}

impl Stage<'_> {
    /// The locks of this stage, in the order in which they are put on.
    #[must_use]
    pub fn locks(&self) -> &'static [Lock] {
        use Lock::{
            Apart, LittleMemory, NoCore, NoFiles, NoForeignCalls, NoHandover, NoInternet, NoIoUring, NoKernelDoors,
            NoNewPrivileges, NoPrograms, NoReach, NoSockets, NotDumpable, NothingInherited, OneFile, PrivateFiles,
        };
        match self {
            Self::Program => &[
                PrivateFiles,
                NothingInherited,
                NoCore,
                NotDumpable,
                NoNewPrivileges,
                Apart,
                NoForeignCalls,
                NoIoUring,
                NoInternet,
                NoReach,
                NoKernelDoors,
            ],
            Self::ProgramKeyed => &[NoForeignCalls, NoSockets, NoHandover],
            Self::Worker => &[
                PrivateFiles,
                NothingInherited,
                NoCore,
                NotDumpable,
                NoNewPrivileges,
                NoForeignCalls,
                NoIoUring,
                NoReach,
                NoKernelDoors,
                NoSockets,
                NoHandover,
            ],
            Self::WorkerLoaded(_) => &[NoForeignCalls, OneFile, NoPrograms],
            Self::WorkerAlone => &[NoForeignCalls, NoFiles, NoPrograms, LittleMemory],
        }
    }

    /// Puts them on, for good, and says which hold.
    #[allow(clippy::must_use_candidate, reason = "putting them on is the point; what holds is for whoever reports it")]
    pub fn put_on(&self) -> Vec<Lock> {
        self.put_on_less(&[])
    }

    /// Puts them on but for some: for the control of a test, which must see what the missing lock would have refused.
    #[allow(clippy::must_use_candidate, reason = "as `put_on`")]
    pub fn put_on_less(&self, less: &[Lock]) -> Vec<Lock> {
        let wanted: Vec<Lock> = self.locks().iter().copied().filter(|lock| !less.contains(lock)).collect();
        let mut held = system::put_on(self, &wanted);
        held.sort_unstable();
        held
    }

    /// The locks of this stage that are not among those that hold.
    #[must_use]
    pub fn missing(&self, held: &[Lock]) -> Vec<Lock> {
        self.locks().iter().copied().filter(|lock| !held.contains(lock)).collect()
    }

    /// Whether a worker is locked so.
    #[cfg(unix)]
    fn is_worker(self) -> bool {
        matches!(self, Self::Worker | Self::WorkerLoaded(_) | Self::WorkerAlone)
    }
}

/// Lets this process compute for so many seconds more, after which the kernel ends it (`SIGXCPU`). To be said again
/// before each piece of work. Says whether the system keeps count.
#[must_use]
pub fn compute_for(seconds: u64) -> bool {
    system::compute_for(seconds)
}

impl Lock {
    /// Every lock.
    pub const ALL: [Self; 17] = [
        Self::PrivateFiles,
        Self::NothingInherited,
        Self::NoCore,
        Self::NotDumpable,
        Self::NoNewPrivileges,
        Self::Apart,
        Self::NoForeignCalls,
        Self::NoIoUring,
        Self::NoInternet,
        Self::NoReach,
        Self::NoKernelDoors,
        Self::NoSockets,
        Self::NoHandover,
        Self::OneFile,
        Self::NoFiles,
        Self::NoPrograms,
        Self::LittleMemory,
    ];

    /// Its name, as reports show it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivateFiles => "private files",
            Self::NothingInherited => "nothing inherited",
            Self::NoCore => "no core files",
            Self::NotDumpable => "memory closed to others",
            Self::NoNewPrivileges => "no new privileges",
            Self::Apart => "apart from other processes",
            Self::NoForeignCalls => "no foreign calls",
            Self::NoIoUring => "no io_uring",
            Self::NoInternet => "no internet sockets",
            Self::NoReach => "no reach into others",
            Self::NoKernelDoors => "no kernel doors",
            Self::NoSockets => "no sockets",
            Self::NoHandover => "no handover",
            Self::OneFile => "one file only",
            Self::NoFiles => "no files",
            Self::NoPrograms => "no programs",
            Self::LittleMemory => "little memory",
        }
    }

    /// The lock of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lock| lock.name() == name)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_lock_has_a_name_of_its_own_and_a_stage() {
        let one = Stage::WorkerLoaded(Path::new("x"));
        let stages = [Stage::Program, Stage::ProgramKeyed, Stage::Worker, one, Stage::WorkerAlone];
        for lock in Lock::ALL {
            assert_eq!(Lock::named(lock.name()), Some(lock));
            assert!(stages.iter().any(|stage| stage.locks().contains(&lock)), "{lock}");
        }
    }

    #[test]
    fn what_does_not_hold_is_missing() {
        let held = [Lock::NoSockets, Lock::NoForeignCalls];
        assert_eq!(Stage::ProgramKeyed.missing(&held), [Lock::NoHandover]);
    }
}
