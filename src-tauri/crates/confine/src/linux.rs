//! The locks of Linux.

use std::path::Path;

use landlock::{ABI, Access, AccessFs, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus};
use rustix::process::{DumpableBehavior, Resource, Rlimit};

use crate::{Role, filters};

pub fn private_files() -> bool {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    true
}

pub fn no_core() -> bool {
    // A limit of 0 does not stop a core handler on a pipe, and a limit of 1 does (`man 5 core`).
    rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(1), maximum: Some(1) }).is_ok()
}

pub fn not_dumpable() -> bool {
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
}

pub fn no_new_privileges() -> bool {
    rustix::thread::set_no_new_privs(true).is_ok()
}

pub fn refuse_sockets(role: Role) -> bool {
    let sockets = match role {
        Role::Program => filters::Sockets::OnlyUnix,
        Role::Worker => filters::Sockets::None,
    };
    filters::refuse(&filters::forbidden(sockets), filters::Threads::This)
}

pub fn no_more_sockets() -> bool {
    filters::refuse(&filters::forbidden(filters::Sockets::OnlyPairs), filters::Threads::All)
}

pub fn no_programs() -> bool {
    filters::refuse(&filters::programs(), filters::Threads::This) && filters::hide_clone3()
}

/// Handles every right this kernel's Landlock knows, and grants one: reading this file.
pub fn only_this_file(file: &Path) -> bool {
    let lock = || -> Result<RulesetStatus, landlock::RulesetError> {
        // The newest rights that the crate names; a kernel that knows fewer enforces those it knows.
        let ruleset = Ruleset::default().handle_access(AccessFs::from_all(ABI::V5))?.create()?;
        let ruleset = match PathFd::new(file) {
            Ok(opened) => ruleset.add_rule(PathBeneath::new(opened, AccessFs::ReadFile))?,
            // A file that is not there needs no right; opening it will tell.
            Err(_) => ruleset,
        };
        Ok(ruleset.restrict_self()?.ruleset)
    };
    matches!(lock(), Ok(RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced))
}
