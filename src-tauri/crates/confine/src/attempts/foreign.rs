//! Calls by other numbers than this architecture's, which a filter of numbers would not know.

#![allow(unsafe_code, reason = "attempts are raw system calls")]

use std::ptr::null_mut;

use super::{Attempt, Outcome};
use crate::Lock::NoForeignCalls;

pub const ATTEMPTS: &[Attempt] = &[
    Attempt { name: "a socket by int 0x80", locks: &[NoForeignCalls], ends_process: true, act: |_| by_int80() },
    Attempt { name: "a socket by x32", locks: &[NoForeignCalls], ends_process: true, act: |_| by_x32() },
];

/// `socketcall(SYS_SOCKET, {AF_INET, SOCK_STREAM, 0})`, as a 32-bit program would ask for it.
fn by_int80() -> Outcome {
    /// i386's number of `socketcall`, and its first call.
    const SOCKETCALL: u32 = 102;
    const SYS_SOCKET: u32 = 1;
    const PAGE: usize = 4096;
    // SAFETY: a page below 4 GiB of our own, for 32-bit calls cut addresses; int 0x80 keeps all registers but rax, and
    // before old kernels r8 to r11, which are named as clobbered. rbx is LLVM's own and put back.
    let returned: i32 = unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_32BIT;
        let page = libc::mmap(null_mut(), PAGE, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0);
        if page == libc::MAP_FAILED {
            return Outcome::of(-1);
        }
        page.cast::<[i32; 3]>().write([libc::AF_INET, libc::SOCK_STREAM, 0]);
        let returned;
        std::arch::asm!(
            "xchg {saved:r}, rbx",
            "int 0x80",
            "xchg {saved:r}, rbx",
            saved = inout(reg) u64::from(SYS_SOCKET) => _,
            inlateout("eax") SOCKETCALL => returned,
            in("rcx") page,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
        );
        libc::munmap(page, PAGE);
        returned
    };
    finish(i64::from(returned))
}

/// `socket(AF_INET, SOCK_STREAM, 0)`; most kernels are built without x32 and know no such call.
fn by_x32() -> Outcome {
    const X32: i64 = 0x4000_0000;
    // SAFETY: no pointers.
    let made = unsafe { libc::syscall(X32 + libc::SYS_socket, libc::AF_INET, libc::SOCK_STREAM, 0) };
    if made < 0 { Outcome::of(made) } else { finish(made) }
}

/// A raw call returns an error's number below zero.
fn finish(returned: i64) -> Outcome {
    match i32::try_from(returned) {
        Ok(error) if error < 0 => Outcome::Failed(-error),
        Ok(made) => {
            // SAFETY: it was made by the attempt.
            unsafe { libc::close(made) };
            Outcome::Happened
        }
        Err(_) => Outcome::Happened,
    }
}
