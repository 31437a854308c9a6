//! The locks that macOS lets a process put on itself. Written, and not yet run on a Mac: what the system refuses is
//! missing from the list, and reported as not enforced.

#![allow(unsafe_code, reason = "the system's own calls")]

use std::ffi::{CStr, c_char, c_int};
use std::ptr::null_mut;

use rustix::process::{Resource, Rlimit};

use crate::{Lock, Stage, descriptors};

/// Seatbelt profiles, as Chromium and Firefox give them to `sandbox_init`. A process can put on one, once, and its
/// children have it too: so a program's is the weaker one that its keychain needs, and a worker started by it keeps that.
const NO_INTERNET: &CStr =
    c"(version 1)(allow default)(deny system-socket)(deny network-outbound (remote ip))(deny network-inbound (local ip))";
const NO_SOCKETS: &CStr = c"(version 1)(allow default)(deny system-socket)(deny network*)";

unsafe extern "C" {
    fn sandbox_init(profile: *const c_char, flags: u64, error: *mut *mut c_char) -> c_int;
}

/// Puts these locks on and gives those that hold.
pub fn put_on(stage: &Stage, wanted: &[Lock]) -> Vec<Lock> {
    wanted.iter().copied().filter(|lock| one(*lock, *stage)).collect()
}

/// See [`crate::compute_for`]. Not written for this system yet.
pub fn compute_for(_seconds: u64) -> bool {
    false
}

fn one(lock: Lock, stage: Stage) -> bool {
    match lock {
        Lock::PrivateFiles => {
            rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
            true
        }
        Lock::NothingInherited => descriptors::close_inherited(stage.is_worker()),
        Lock::NoCore => {
            rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_ok()
        }
        // SAFETY: PT_DENY_ATTACH takes no address.
        Lock::NotDumpable => unsafe { libc::ptrace(libc::PT_DENY_ATTACH, 0, null_mut(), 0) == 0 },
        Lock::NoInternet => sandbox(NO_INTERNET),
        Lock::NoSockets if stage == Stage::Worker => sandbox(NO_SOCKETS),
        Lock::NoSockets
        | Lock::NoNewPrivileges
        | Lock::Apart
        | Lock::NoForeignCalls
        | Lock::NoIoUring
        | Lock::NoReach
        | Lock::NoKernelDoors
        | Lock::NoHandover
        | Lock::OneFile
        | Lock::NoFiles
        | Lock::NoPrograms
        | Lock::LittleMemory => false,
    }
}

fn sandbox(profile: &CStr) -> bool {
    let mut error = null_mut();
    // SAFETY: a text that ends in NUL, and a place for a message, which is left to the system.
    unsafe { sandbox_init(profile.as_ptr(), 0, &raw mut error) == 0 }
}
