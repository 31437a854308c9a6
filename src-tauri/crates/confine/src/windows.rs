//! The locks that Windows lets a process put on itself. Written, and not yet run on Windows: what the system refuses is
//! missing from the list, and reported as not enforced.

#![allow(unsafe_code, reason = "the system's own calls")]

use std::ffi::c_void;

use crate::{Lock, Stage};

/// `SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX`: a crash is not reported, and so not dumped.
const NO_REPORTS: u32 = 0x0001 | 0x0002;
/// `ProcessChildProcessPolicy`, and its flag `NoChildProcessCreation`.
const CHILD_PROCESS_POLICY: i32 = 13;
const NO_CHILDREN: u32 = 1;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn SetErrorMode(mode: u32) -> u32;
    fn SetProcessMitigationPolicy(policy: i32, value: *const c_void, length: usize) -> i32;
}

/// Puts these locks on and gives those that hold.
pub fn put_on(_stage: &Stage, wanted: &[Lock]) -> Vec<Lock> {
    wanted.iter().copied().filter(|lock| one(*lock)).collect()
}

/// See [`crate::compute_for`]. Not written for this system yet.
pub fn compute_for(_seconds: u64) -> bool {
    false
}

fn one(lock: Lock) -> bool {
    match lock {
        Lock::NoCore => {
            // SAFETY: no pointers.
            unsafe { SetErrorMode(NO_REPORTS) };
            true
        }
        // SAFETY: the flags live through the call, with their length.
        Lock::NoPrograms => unsafe {
            SetProcessMitigationPolicy(CHILD_PROCESS_POLICY, (&raw const NO_CHILDREN).cast(), size_of::<u32>()) != 0
        },
        Lock::PrivateFiles
        | Lock::NothingInherited
        | Lock::NotDumpable
        | Lock::NoNewPrivileges
        | Lock::Apart
        | Lock::NoForeignCalls
        | Lock::NoIoUring
        | Lock::NoInternet
        | Lock::NoReach
        | Lock::NoKernelDoors
        | Lock::NoSockets
        | Lock::NoHandover
        | Lock::OneFile
        | Lock::NoFiles
        | Lock::LittleMemory => false,
    }
}
