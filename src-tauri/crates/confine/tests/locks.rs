//! Each lock, tried from inside a child that put it on, and beside it a control that did not.
//!
//! The harness is this file: a lock holds for the whole process and for ever, so every attempt gets a process of its
//! own, this program started again with the name of a case.

#![allow(missing_docs, unsafe_code, reason = "attempts are raw system calls")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "an attempt that cannot be made must fail loudly")]

#[cfg(target_os = "linux")]
fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, child, case, locked] = arguments.as_slice()
        && child == "attempt"
    {
        std::process::exit(i32::from(attempts::one(case, locked == "locked")));
    }
    parent::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("test result: ok. 0 passed; 0 failed; 0 ignored; not run: these locks are of Linux");
}

#[cfg(target_os = "linux")]
mod parent {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, ExitStatus};

    /// Cases, and whether the kernel ends the process for them.
    const CASES: [(&str, bool); 13] = [
        ("program internet socket", false),
        ("program ipv6 socket", false),
        ("program netlink socket", false),
        ("program packet socket", false),
        ("program vsock socket", false),
        ("program alg socket", false),
        ("program io_uring", false),
        ("program process_vm_readv", false),
        ("program x32 call", true),
        ("worker unix socket", false),
        ("worker other file", false),
        ("worker program", false),
        ("later unix socket", false),
    ];

    /// What must go on working behind the locks.
    const WORKING: [&str; 3] = ["program still works", "worker still works", "later still works"];

    pub fn main() {
        let (mut failed, mut not_run) = (0, 0);
        for (case, ends) in CASES {
            let locked = attempt(case, "locked");
            let control = attempt(case, "open");
            let refused = if ends { locked.signal() == Some(libc::SIGSYS) } else { locked.code() == Some(1) };
            // Where the machine itself refuses it (no privilege, a container's own filter), nothing is proven.
            let verdict = match (refused, control.code() == Some(0)) {
                (true, true) => "ok",
                (true, false) => "not run: refused here without the lock too",
                (false, _) => "FAILED",
            };
            failed += usize::from(verdict == "FAILED");
            not_run += usize::from(verdict.starts_with("not run"));
            println!("test {case} is refused, and its control is not ... {verdict} ({locked}, control {control})");
        }
        for case in WORKING {
            let status = attempt(case, "locked");
            failed += usize::from(!status.success());
            println!("test {case} ... {}", if status.success() { "ok" } else { "FAILED" });
        }
        let passed = CASES.len() + WORKING.len() - failed - not_run;
        let verdict = if failed == 0 { "ok" } else { "FAILED" };
        println!(
            "\ntest result: {verdict}. {passed} passed; {failed} failed; {not_run} ignored; 0 measured; 0 filtered out"
        );
        std::process::exit(i32::from(failed > 0));
    }

    fn attempt(case: &str, locked: &str) -> ExitStatus {
        let program = std::env::current_exe().unwrap();
        Command::new(program).args(["attempt", case, locked]).status().unwrap()
    }
}

#[cfg(target_os = "linux")]
mod attempts {
    use std::fs::File;
    use std::os::unix::net::UnixDatagram;
    use std::path::Path;
    use std::process::Command;

    use confine::{Lock, Role};

    /// Whether the attempt was refused with EPERM or EACCES; an attempt that works, or fails otherwise, is not.
    pub fn one(case: &str, locked: bool) -> bool {
        let (role, what) = case.split_once(' ').unwrap();
        if locked {
            put_on(role);
        }
        match what {
            "internet socket" => socket(libc::AF_INET, libc::SOCK_STREAM),
            "ipv6 socket" => socket(libc::AF_INET6, libc::SOCK_DGRAM),
            "netlink socket" => socket(libc::AF_NETLINK, libc::SOCK_RAW),
            "packet socket" => socket(libc::AF_PACKET, libc::SOCK_RAW),
            "vsock socket" => socket(libc::AF_VSOCK, libc::SOCK_STREAM),
            "alg socket" => socket(libc::AF_ALG, libc::SOCK_SEQPACKET),
            "unix socket" => socket(libc::AF_UNIX, libc::SOCK_STREAM),
            "io_uring" => refused(call(libc::SYS_io_uring_setup, 1)),
            "process_vm_readv" => {
                let this = std::process::id();
                refused(call(libc::SYS_process_vm_readv, i64::from(this)))
            }
            "x32 call" => {
                // getpid, by its x32 number.
                call(0x4000_0000 + libc::SYS_getpid, 0);
                false
            }
            "other file" => File::open("/etc/hostname").is_err_and(|error| denied(error.raw_os_error())),
            "program" => Command::new("/bin/true").status().is_err_and(|error| denied(error.raw_os_error())),
            "still works" => !still_works(role),
            other => panic!("no such attempt: {other}"),
        }
    }

    fn put_on(role: &str) {
        let who = if role == "worker" { Role::Worker } else { Role::Program };
        let held = confine::first(who);
        assert!(held.contains(&Lock::NoNewPrivileges) && held.contains(&Lock::NoCore), "{held:?}");
        match role {
            "worker" => {
                let held = confine::only_this_file(Path::new("/proc/self/exe"));
                assert_eq!(held, [Lock::OneFile, Lock::NoPrograms]);
            }
            "later" => assert_eq!(confine::no_more_sockets(), [Lock::NoSockets]),
            _ => {}
        }
    }

    fn still_works(role: &str) -> bool {
        let thread = std::thread::spawn(|| 7).join().is_ok_and(|seven| seven == 7);
        if role == "later" {
            return thread && UnixDatagram::pair().is_ok() && Command::new("/bin/true").status().is_ok();
        }
        if role == "worker" {
            return thread && File::open("/proc/self/exe").is_ok();
        }
        thread
            && UnixDatagram::unbound().is_ok()
            && Command::new("/bin/true").status().is_ok_and(|status| status.success())
    }

    fn socket(family: i32, kind: i32) -> bool {
        // SAFETY: no pointers; the descriptor lives as long as this short process.
        refused(i64::from(unsafe { libc::socket(family, kind, 0) }))
    }

    fn call(number: i64, first: i64) -> i64 {
        // SAFETY: the calls made here take null pointers and zero lengths, and touch no memory of ours.
        unsafe { libc::syscall(number, first, 0, 0, 0, 0, 0) }
    }

    fn refused(result: i64) -> bool {
        result < 0 && denied(std::io::Error::last_os_error().raw_os_error())
    }

    fn denied(error: Option<i32>) -> bool {
        matches!(error, Some(libc::EPERM | libc::EACCES))
    }
}
