//! Ways into other processes, to other programs, and out of one's own limits.

#![allow(unsafe_code, reason = "attempts are raw system calls")]

use std::fs::File;
use std::process::{Command, Stdio};

use super::{Attempt, Outcome, attempt};
use crate::Lock::{
    Apart, LittleMemory, NoCore, NoFiles, NoForeignCalls, NoHandover, NoInternet, NoIoUring, NoKernelDoors,
    NoNewPrivileges, NoPrograms, NoReach, NoSockets, NotDumpable, OneFile, PrivateFiles,
};
use crate::{Lock, status};

/// The kernel takes filters and Landlock's rules only from a process that has given up new privileges, so whatever puts
/// one on gives them up first.
const GIVEN_UP: &[Lock] = &[
    NoNewPrivileges,
    Apart,
    NoForeignCalls,
    NoIoUring,
    NoInternet,
    NoReach,
    NoKernelDoors,
    NoSockets,
    NoHandover,
    OneFile,
    NoFiles,
    NoPrograms,
];

pub const ATTEMPTS: &[Attempt] = &[
    attempt("tracing a process", &[NoReach], |_| trace()),
    attempt("reading the memory of a process", &[NoReach], |_| memory_call(libc::SYS_process_vm_readv)),
    attempt("writing the memory of a process", &[NoReach], |_| memory_call(libc::SYS_process_vm_writev)),
    attempt("opening the memory of another process", &[Apart, OneFile, NoFiles], |_| memory_of_parent()),
    attempt("taking a descriptor of a process", &[NoReach], |_| take_descriptor()),
    attempt("typing into the terminal", &[NoReach], |_| type_into_terminal()),
    attempt("becoming readable to others again", &[NoReach], |_| become_dumpable()),
    attempt("a namespace of its own", &[NoKernelDoors], |_| namespace()),
    attempt("a namespace by clone3", &[NoKernelDoors, NoPrograms], |_| hidden_clone()),
    attempt("the kernel's key rings", &[NoKernelDoors], |_| key_ring()),
    attempt("files that others could read", &[PrivateFiles], |_| open_umask()),
    attempt("a core file", &[NoCore], |_| of_status(!status::own().core_files)),
    attempt("memory that others could read", &[NotDumpable], |_| of_status(!status::own().dumpable)),
    attempt("new privileges", GIVEN_UP, |_| of_status(status::own().no_new_privileges)),
    attempt("starting a program", &[NoPrograms, OneFile, NoFiles], |_| start_program()),
    attempt("starting a process", &[NoPrograms], |_| start_process()),
    attempt("a signal to another process", &[NoPrograms, OneFile, NoFiles], |_| signal_parent()),
    attempt("more memory than its share", &[LittleMemory], |_| much_memory()),
];

fn of_status(locked: bool) -> Outcome {
    if locked { Outcome::Closed } else { Outcome::Happened }
}

/// A question that only a tracer may ask, about itself: nothing comes of it but 'no such tracee', and that only where
/// tracing is not refused. (Being traced oneself would stay, and stop the process at its next signal.)
fn trace() -> Outcome {
    let nothing = std::ptr::null_mut::<libc::c_void>();
    // SAFETY: PTRACE_INTERRUPT ignores the rest.
    let asked = unsafe { libc::ptrace(libc::PTRACE_INTERRUPT, libc::getpid(), nothing, nothing) };
    match Outcome::of(asked) {
        Outcome::Failed(libc::ESRCH) => Outcome::Happened,
        other => other,
    }
}

/// Its own memory, one byte onto itself.
fn memory_call(number: i64) -> Outcome {
    let (mut here, mut there) = (0_u8, 0_u8);
    let local = libc::iovec { iov_base: (&raw mut here).cast(), iov_len: 1 };
    let remote = libc::iovec { iov_base: (&raw mut there).cast(), iov_len: 1 };
    // SAFETY: both bytes live through the call.
    Outcome::of(unsafe { libc::syscall(number, libc::getpid(), &raw const local, 1, &raw const remote, 1, 0) })
}

fn memory_of_parent() -> Outcome {
    // SAFETY: no pointers.
    let parent = unsafe { libc::getppid() };
    File::open(format!("/proc/{parent}/mem")).map_or_else(|error| Outcome::of_error(&error), |_| Outcome::Happened)
}

/// Its own standard error, through a handle of itself.
fn take_descriptor() -> Outcome {
    // SAFETY: no pointers; what is opened is closed.
    unsafe {
        let handle = libc::syscall(libc::SYS_pidfd_open, libc::getpid(), 0);
        let taken = libc::syscall(libc::SYS_pidfd_getfd, handle, 2, 0);
        let outcome = Outcome::of(taken);
        for opened in [handle, taken].into_iter().filter_map(|it| i32::try_from(it).ok()).filter(|it| *it >= 0) {
            libc::close(opened);
        }
        outcome
    }
}

/// A space into whatever terminal standard input is; where it is none, the kernel says so unless it refused before.
fn type_into_terminal() -> Outcome {
    let space = b' ';
    // SAFETY: the byte lives through the call.
    Outcome::of(i64::from(unsafe { libc::ioctl(0, libc::TIOCSTI, &raw const space) }))
}

fn become_dumpable() -> Outcome {
    // SAFETY: no pointers.
    let outcome = Outcome::of(i64::from(unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 1, 0, 0, 0) }));
    if outcome == Outcome::Happened {
        // SAFETY: no pointers.
        unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0, 0, 0, 0) };
    }
    outcome
}

fn namespace() -> Outcome {
    // SAFETY: no pointers. Only this thread's view of host names, which nobody asks for.
    Outcome::of(i64::from(unsafe { libc::unshare(libc::CLONE_NEWUTS) }))
}

/// clone3, whose flags no filter sees, must not exist. An empty request is an invalid one where it does.
fn hidden_clone() -> Outcome {
    // SAFETY: a null pointer with no length: the kernel looks at the length first.
    let made = unsafe { libc::syscall(libc::SYS_clone3, std::ptr::null::<u8>(), 0) };
    match Outcome::of(made) {
        Outcome::Failed(libc::ENOSYS) => Outcome::Refused,
        Outcome::Failed(libc::EINVAL) => Outcome::Happened,
        other => other,
    }
}

fn key_ring() -> Outcome {
    /// `KEYCTL_GET_KEYRING_ID`, of the session (`KEY_SPEC_SESSION_KEYRING`).
    const GET_ID: i32 = 0;
    const SESSION: i32 = -3;
    // SAFETY: no pointers.
    Outcome::of(unsafe { libc::syscall(libc::SYS_keyctl, GET_ID, SESSION, 0) })
}

fn open_umask() -> Outcome {
    // SAFETY: no pointers; what was there is put back. No file is made in between by this thread.
    let mask = unsafe {
        let mask = libc::umask(0o077);
        libc::umask(mask);
        mask
    };
    of_status(mask & 0o077 == 0o077)
}

fn start_program() -> Outcome {
    let mut program = Command::new("/bin/true");
    program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    program.status().map_or_else(|error| Outcome::of_error(&error), |_| Outcome::Happened)
}

fn start_process() -> Outcome {
    // SAFETY: the child does nothing but end.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            libc::_exit(0);
        }
        let outcome = Outcome::of(i64::from(child));
        if child > 0 {
            libc::waitpid(child, std::ptr::null_mut(), 0);
        }
        outcome
    }
}

/// Signal 0: only whether it could be sent.
fn signal_parent() -> Outcome {
    // SAFETY: no pointers.
    Outcome::of(i64::from(unsafe { libc::kill(libc::getppid(), 0) }))
}

/// One byte more than its share, promised and given back; a limit answers that there is none (`ENOMEM`).
fn much_memory() -> Outcome {
    let Ok(length) = usize::try_from(crate::MEMORY + 1) else { return Outcome::NothingThere };
    // SAFETY: a mapping of our own that nothing is read from or written to.
    unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        let mapped = libc::mmap(std::ptr::null_mut(), length, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0);
        if mapped != libc::MAP_FAILED {
            libc::munmap(mapped, length);
            return Outcome::Happened;
        }
    }
    match Outcome::of(-1) {
        Outcome::Failed(libc::ENOMEM) => Outcome::Refused,
        other => other,
    }
}

/// Makes an attempt in a child and waits for its end.
pub fn in_child(act: impl FnOnce() -> Outcome) -> Outcome {
    // SAFETY: the child makes system calls and ends; it takes no lock and allocates nothing that another thread could
    // have held at the fork.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            let survived = match act() {
                Outcome::Failed(error) => error,
                _ => 0,
            };
            libc::_exit(survived);
        }
        if child < 0 {
            return Outcome::of(-1);
        }
        let mut status = 0;
        libc::waitpid(child, &raw mut status, 0);
        match libc::WIFSIGNALED(status) {
            true => Outcome::Ended(libc::WTERMSIG(status)),
            false if libc::WEXITSTATUS(status) == 0 => Outcome::Happened,
            false => Outcome::Failed(libc::WEXITSTATUS(status)),
        }
    }
}
