//! The locks that a process puts on itself. Knows nothing else of Tacit.
//!
//! They come in two stages. [`first`] is the first act of every program, before any thread: new files are
//! private, nothing is dumped, no privilege can be gained, and the kernel refuses internet sockets in every thread
//! and child that follows. The second stage comes when what must be opened is open: [`only_this_file`] for a
//! worker, [`no_more_sockets`] for a program that has read its key.
//!
//! Each returns the locks that hold. What a system lacks is missing from the list, never pretended.

#[cfg(target_os = "linux")]
mod filters;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(not(target_os = "linux"))]
mod other;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use other as system;

/// A lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// New files and folders are the person's alone (umask 077).
    PrivateFiles,
    /// A crash writes no core file and feeds no core handler.
    NoCore,
    /// Other processes of the same person cannot attach or read its memory.
    NotDumpable,
    /// No program that is started can gain privileges (setuid, file capabilities).
    NoNewPrivileges,
    /// The kernel refuses internet, packet, netlink, vsock and crypto sockets, `io_uring`, and looking into other
    /// processes; it ends the process for calls of another architecture.
    NoInternet,
    /// The kernel refuses every new socket (in a program, all but pairs that are connected to themselves).
    NoSockets,
    /// The kernel lets the process open one file for reading, and nothing else (Landlock).
    OneFile,
    /// The kernel refuses to start programs.
    NoPrograms,
}

/// Who locks itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A program that holds the vault: it speaks with the system's keyring over a UNIX socket and starts its workers.
    Program,
    /// A worker: pipes only.
    Worker,
}

/// The first stage. Call it before there are threads.
#[allow(clippy::must_use_candidate, reason = "putting them on is the point; what holds is for whoever reports it")]
pub fn first(role: Role) -> Vec<Lock> {
    let sockets = if role == Role::Worker { Lock::NoSockets } else { Lock::NoInternet };
    held(&[
        (Lock::PrivateFiles, system::private_files()),
        (Lock::NoCore, system::no_core()),
        (Lock::NotDumpable, system::not_dumpable()),
        (Lock::NoNewPrivileges, system::no_new_privileges()),
        (sockets, system::refuse_sockets(role)),
    ])
}

/// The second stage of a worker: it may read this file, and start nothing. Call it before there are threads.
#[allow(clippy::must_use_candidate, reason = "as `first`")]
pub fn only_this_file(file: &std::path::Path) -> Vec<Lock> {
    held(&[(Lock::OneFile, system::only_this_file(file)), (Lock::NoPrograms, system::no_programs())])
}

/// The second stage of a program in a terminal, once its key is read: no sockets from now on, in any thread.
#[allow(clippy::must_use_candidate, reason = "as `first`")]
pub fn no_more_sockets() -> Vec<Lock> {
    held(&[(Lock::NoSockets, system::no_more_sockets())])
}

fn held(attempts: &[(Lock, bool)]) -> Vec<Lock> {
    attempts.iter().filter_map(|(lock, holds)| holds.then_some(*lock)).collect()
}
