//! The locks that a process puts on itself. Knows nothing else of Tacit.
//!
//! They come in two stages. [`first`] is the first act of every program, before any thread: new files are
//! private, memory cannot be read by neighbours, nothing is dumped, no privilege can be gained. The second
//! stage, the kernel's filters on sockets, files and programs, does not exist yet: what is enforced is what
//! [`first`] returns, and SECURITY.md says so.

/// A lock of the first stage.
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
}

/// Puts on the first locks and says which hold on this system. Call it before there are threads.
#[allow(clippy::must_use_candidate, reason = "putting them on is the point; what holds is for whoever reports it")]
pub fn first() -> Vec<Lock> {
    let attempts = [
        (Lock::PrivateFiles, private_files()),
        (Lock::NoCore, no_core()),
        (Lock::NotDumpable, not_dumpable()),
        (Lock::NoNewPrivileges, no_new_privileges()),
    ];
    attempts.into_iter().filter_map(|(lock, holds)| holds.then_some(lock)).collect()
}

#[cfg(unix)]
fn private_files() -> bool {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    true
}

#[cfg(unix)]
fn no_core() -> bool {
    use rustix::process::{Resource, Rlimit};
    // On Linux a limit of 0 does not stop a core handler on a pipe, and a limit of 1 does (`man 5 core`).
    let most = Some(u64::from(cfg!(target_os = "linux")));
    rustix::process::setrlimit(Resource::Core, Rlimit { current: most, maximum: most }).is_ok()
}

#[cfg(target_os = "linux")]
fn not_dumpable() -> bool {
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).is_ok()
}

#[cfg(target_os = "linux")]
fn no_new_privileges() -> bool {
    rustix::thread::set_no_new_privs(true).is_ok()
}

#[cfg(not(unix))]
fn private_files() -> bool {
    false
}

#[cfg(not(unix))]
fn no_core() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn not_dumpable() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn no_new_privileges() -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn every_lock_of_the_first_stage_holds_on_linux() {
        // In this process only: other tests of this crate would inherit it, and there are none.
        assert_eq!(first(), [Lock::PrivateFiles, Lock::NoCore, Lock::NotDumpable, Lock::NoNewPrivileges]);
        let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
        assert!(status.contains("NoNewPrivs:\t1") && status.contains("Umask:\t0077"), "{status}");
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core: Vec<&str> =
            limits.lines().find(|line| line.starts_with("Max core")).unwrap().split_whitespace().collect();
        assert_eq!(core[4..6], ["1", "1"]);
    }
}
