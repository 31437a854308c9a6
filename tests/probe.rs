//! Puts on the locks of one of Tacit's programs, or all but those that forbid one attempt, and makes that attempt.
//!
//! ```text
//! probe ROLE locked|less ATTEMPT FILE FOLDER SOCKET    makes one attempt and prints what came of it
//! probe ROLE list                                      prints the attempts that the locks of this role refuse
//! probe ROLE works                                     does what must go on working behind all locks
//! probe lacking WHAT PROGRAM ARGUMENT...               runs a program as on a kernel without these locks
//! ```
//!
//! ROLE is `program` (before its key is read), `keyed` (after), `worker` (with a file of its own) or `alone` (a worker
//! with none). WHAT is `landlock`, `all` (with seccomp), or `memory`: what closes a process's memory to others and to
//! core files. This program is the control of other tests: nothing that ships can leave a lock out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up must fail loudly")]

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use confine::attempts::{self, Outcome, Targets};
use confine::{Lock, Stage};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["lacking", what, program, arguments @ ..] = arguments.as_slice() {
        lack(what);
        panic!("{program}: {}", Command::new(program).args(arguments).exec());
    }
    let own = std::env::current_exe().unwrap();
    let stages = match arguments[0] {
        "program" => vec![Stage::Program],
        "keyed" => vec![Stage::Program, Stage::ProgramKeyed],
        "worker" => vec![Stage::Worker, Stage::WorkerLoaded(&own)],
        "alone" => vec![Stage::Worker, Stage::WorkerAlone],
        other => panic!("no such role: {other}"),
    };
    match arguments[1..] {
        ["list"] => list(&stages),
        ["works"] => works(arguments[0], &stages),
        [locked, name, file, folder, socket] => {
            let attempt = attempts::named(name).unwrap_or_else(|| panic!("no such attempt: {name}"));
            put_on(&stages, if locked == "locked" { &[] } else { attempt.locks });
            let targets = Targets { file: file.into(), folder: folder.into(), socket: socket.into() };
            println!("{}", word(attempt.make(&targets)));
        }
        _ => panic!("see the head of tests/probe.rs"),
    }
}

/// Makes the calls that put locks on unknown, to this process and what it becomes.
fn lack(what: &str) {
    let landlock = [libc::SYS_landlock_create_ruleset, libc::SYS_landlock_add_rule, libc::SYS_landlock_restrict_self];
    let always = |calls: &[i64]| calls.iter().map(|call| (*call, Vec::new())).collect();
    let rules: BTreeMap<i64, Vec<SeccompRule>> = match what {
        "landlock" => always(&landlock),
        "all" => always(&[landlock.as_slice(), &[libc::SYS_seccomp]].concat()),
        "memory" => BTreeMap::from([
            (libc::SYS_prctl, with(0, libc::PR_SET_DUMPABLE.unsigned_abs())),
            (libc::SYS_prlimit64, with(1, libc::RLIMIT_CORE)),
        ]),
        other => panic!("no such locks: {other}"),
    };
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let here = TargetArch::try_from(std::env::consts::ARCH).unwrap();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, unknown, here).unwrap();
    seccompiler::apply_filter(&BpfProgram::try_from(filter).unwrap()).unwrap();
}

/// Only with this value as this argument.
fn with(argument: u8, value: u32) -> Vec<SeccompRule> {
    let equal = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value.into()).unwrap();
    vec![SeccompRule::new(vec![equal]).unwrap()]
}

/// Every lock must be there: what this system lacks is not proven by leaving it out.
fn put_on(stages: &[Stage], less: &[Lock]) {
    for stage in stages {
        let held = stage.put_on_less(less);
        let missing: Vec<Lock> = stage.missing(&held).into_iter().filter(|lock| !less.contains(lock)).collect();
        assert!(missing.is_empty(), "this system lacks {missing:?}");
    }
}

fn list(stages: &[Stage]) {
    // What an earlier stage refuses is tried in the role that ends with it.
    let tried = if stages.contains(&Stage::ProgramKeyed) { &stages[1..] } else { stages };
    let mut names: Vec<&str> = tried.iter().flat_map(attempts::against).map(|attempt| attempt.name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        println!("{name}");
    }
}

fn works(role: &str, stages: &[Stage]) {
    put_on(stages, &[]);
    assert_eq!(std::thread::spawn(|| 7).join().unwrap(), 7);
    if ["worker", "alone"].contains(&role) {
        let own = File::open(PathBuf::from("/proc/self/exe"));
        assert_eq!(own.is_ok(), role == "worker", "its own file, where it has one");
    } else {
        assert!(UnixDatagram::pair().is_ok(), "a pair");
        assert!(Command::new("/bin/true").status().unwrap().success(), "a worker of its own");
        assert_eq!(UnixDatagram::unbound().is_ok(), role == "program", "the keyring, until the key is read");
    }
    println!("works");
}

fn word(outcome: Outcome) -> String {
    match outcome {
        Outcome::Refused | Outcome::Closed => "refused".into(),
        Outcome::NothingThere => "nothing there".into(),
        Outcome::Happened => "happened".into(),
        Outcome::Ended(signal) => format!("ended by {signal}"),
        Outcome::Failed(error) => format!("failed: {}", std::io::Error::from_raw_os_error(error)),
    }
}
