//! The locks of Linux.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError,
    RulesetStatus, Scope,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit};

use crate::{Lock, Stage, descriptors, filters};

/// Puts these locks on and gives those that hold. Filters come last: they refuse what the others need.
pub fn put_on(stage: &Stage, wanted: &[Lock]) -> Vec<Lock> {
    let (mut held, mut filtered) = (Vec::new(), Vec::new());
    for lock in wanted {
        match without_filter(*lock, *stage) {
            Some(true) => held.push(*lock),
            Some(false) => {}
            None => filtered.push(*lock),
        }
    }
    let of_files = |lock: &Lock| matches!(lock, Lock::OneFile | Lock::NoFiles);
    let landlocked = !filtered.iter().any(of_files) || only_own_files(*stage);
    if filters::install(&filtered, stage) {
        held.extend(filtered.into_iter().filter(|lock| !of_files(lock) || landlocked));
    }
    held
}

/// See [`crate::compute_for`]. The kernel counts from the process's start.
pub fn compute_for(seconds: u64) -> bool {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let until = u64::try_from(used).unwrap_or(0).saturating_add(1).saturating_add(seconds);
    let most = rustix::process::getrlimit(Resource::Cpu).maximum;
    rustix::process::setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum: most }).is_ok()
}

/// Puts a lock on that is no filter, and says whether it holds; nothing for one that filters serve.
fn without_filter(lock: Lock, stage: Stage) -> Option<bool> {
    Some(match lock {
        Lock::PrivateFiles => {
            rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
            true
        }
        Lock::NothingInherited => descriptors::close_inherited(stage.is_worker()),
        // A limit of 0 does not stop a core handler on a pipe, and a limit of 1 does (`man 5 core`).
        Lock::NoCore => {
            rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(1), maximum: Some(1) }).is_ok()
        }
        Lock::NotDumpable => rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok(),
        Lock::NoNewPrivileges => rustix::thread::set_no_new_privs(true).is_ok(),
        Lock::Apart => apart().is_ok_and(in_force),
        Lock::LittleMemory => {
            let limit = Some(crate::MEMORY);
            rustix::process::setrlimit(Resource::As, Rlimit { current: limit, maximum: limit }).is_ok()
        }
        Lock::NoForeignCalls
        | Lock::NoIoUring
        | Lock::NoInternet
        | Lock::NoReach
        | Lock::NoKernelDoors
        | Lock::NoSockets
        | Lock::NoHandover
        | Lock::OneFile
        | Lock::NoFiles
        | Lock::NoPrograms => return None,
    })
}

/// A Landlock domain that takes away nothing but what nobody needs. Being in one is what counts: the kernel lets a
/// process of a domain look into no process outside it (`landlock(7)`, ptrace restrictions).
fn apart() -> Result<RulesetStatus, RulesetError> {
    let devices = AccessFs::MakeBlock | AccessFs::MakeChar;
    let ruleset = Ruleset::default().handle_access(devices | AccessFs::Refer)?.create()?;
    // Any domain forbids moving files between folders, unless that is granted.
    let root = PathFd::new("/").map(|root| PathBeneath::new(root, AccessFs::Refer));
    let ruleset = match root {
        Ok(root) => ruleset.add_rule(root)?,
        Err(_) => ruleset,
    };
    Ok(ruleset.restrict_self()?.ruleset)
}

fn only_own_files(stage: Stage) -> bool {
    match stage {
        Stage::WorkerLoaded(file) => open_only(Some(file)).is_ok_and(in_force),
        Stage::WorkerAlone => open_only(None).is_ok_and(in_force),
        Stage::Program | Stage::ProgramKeyed | Stage::Worker => false,
    }
}

/// Handles every right that this kernel's Landlock knows, and grants one or none: reading this file.
fn open_only(file: Option<&Path>) -> Result<RulesetStatus, RulesetError> {
    // The newest that the crate names; a kernel that knows fewer enforces those it knows.
    let newest = ABI::V10;
    let every: BitFlags<AccessFs> = AccessFs::from_all(newest);
    let ruleset = Ruleset::default().handle_access(every)?.scope(Scope::from_all(newest))?.create()?;
    let ruleset = match file.map(PathFd::new) {
        Some(Ok(opened)) => ruleset.add_rule(PathBeneath::new(opened, AccessFs::ReadFile))?,
        // A file that is not there needs no right; opening it will tell.
        Some(Err(_)) | None => ruleset,
    };
    Ok(ruleset.restrict_self()?.ruleset)
}

#[allow(clippy::needless_pass_by_value, reason = "it is the end of a chain")]
fn in_force(status: RulesetStatus) -> bool {
    matches!(status, RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced)
}
