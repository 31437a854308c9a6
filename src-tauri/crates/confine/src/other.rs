//! What other systems than Linux let a process lock itself against, as far as it is written.

use std::path::Path;

use crate::Role;

#[cfg(unix)]
pub fn private_files() -> bool {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    true
}

#[cfg(unix)]
pub fn no_core() -> bool {
    use rustix::process::{Resource, Rlimit};
    rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_ok()
}

#[cfg(not(unix))]
pub fn private_files() -> bool {
    false
}

#[cfg(not(unix))]
pub fn no_core() -> bool {
    false
}

pub fn not_dumpable() -> bool {
    false
}

pub fn no_new_privileges() -> bool {
    false
}

pub fn refuse_sockets(_role: Role) -> bool {
    false
}

pub fn only_this_file(_file: &Path) -> bool {
    false
}

pub fn no_programs() -> bool {
    false
}

pub fn no_more_sockets() -> bool {
    false
}
