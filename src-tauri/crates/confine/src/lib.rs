//! The locks that a process puts on itself. Knows nothing else of Tacit.
//!
//! They come in two stages. [`first`] is the first act of every program, before any thread: new files are
//! private, memory cannot be read by neighbours, nothing is dumped, no privilege can be gained. The second
//! stage, the kernel's filters on sockets, files and programs, is put on by each program when what it must
//! open is open; until it exists, [`first`] is all that is enforced and SECURITY.md says so.

/// What [`first`] could enforce on this system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First {
    /// New files and folders are the person's alone (umask 077).
    pub private_files: bool,
    /// A crash writes no core file and feeds no core handler.
    pub no_core: bool,
    /// Other processes of the same person cannot attach or read its memory.
    pub not_dumpable: bool,
    /// No program that is started can gain privileges (setuid, file capabilities).
    pub no_new_privileges: bool,
}

/// Puts on the first locks. Call it before there are threads.
#[cfg(target_os = "linux")]
#[must_use]
pub fn first() -> First {
    use rustix::process::{DumpableBehavior, Resource, Rlimit};
    private_files();
    // A limit of 0 does not stop a core handler on a pipe, a limit of 1 does (see `man 5 core`, and the kernel's coredump code).
    let limit = Rlimit { current: Some(1), maximum: Some(1) };
    First {
        private_files: true,
        no_core: rustix::process::setrlimit(Resource::Core, limit).is_ok(),
        not_dumpable: rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok(),
        no_new_privileges: rustix::thread::set_no_new_privs(true).is_ok(),
    }
}

/// Puts on the first locks. Call it before there are threads.
#[cfg(all(unix, not(target_os = "linux")))]
#[must_use]
pub fn first() -> First {
    use rustix::process::{Resource, Rlimit};
    private_files();
    let limit = Rlimit { current: Some(0), maximum: Some(0) };
    let no_core = rustix::process::setrlimit(Resource::Core, limit).is_ok();
    First { private_files: true, no_core, not_dumpable: false, no_new_privileges: false }
}

/// Nothing of the first stage is enforced on this system.
#[cfg(not(unix))]
#[must_use]
pub fn first() -> First {
    First { private_files: false, no_core: false, not_dumpable: false, no_new_privileges: false }
}

#[cfg(unix)]
fn private_files() {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}
