//! Promise 1: nothing leaves. Every way out is tried from inside, behind all locks and behind all but the one that
//! forbids it, in a network namespace of the test's own, where canaries listen and packets are counted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::{Canaries, Ran, Sandbox, in_namespaces, not_run, packets, packets_once_quiet, run, run_with};

/// SIGSYS: how the kernel ends a process for a call that must not be made.
const REFUSED_FOR_GOOD: i32 = 31;
const ROLES: [&str; 4] = ["program", "keyed", "worker", "alone"];
/// What must be refused, by whoever's locks: written down here, so that a lock that is left out is missed.
const BY_ALL: [&str; 15] = [
    "a TCP connection (IPv4)",
    "a UDP packet (IPv4)",
    "a TCP connection (IPv6)",
    "a UDP packet (IPv6)",
    "a raw internet socket",
    "an SMC socket",
    "a packet socket",
    "a netlink socket",
    "a vsock socket",
    "a crypto socket",
    "a Bluetooth socket",
    "an XDP socket",
    "a socket by int 0x80",
    "a socket by x32",
    "new privileges",
];
const BY_FIRST_STAGES: [&str; 15] = [
    "io_uring",
    "a connection that was left open",
    "tracing a process",
    "reading the memory of a process",
    "writing the memory of a process",
    "opening the memory of another process",
    "taking a descriptor of a process",
    "typing into the terminal",
    "becoming readable to others again",
    "a namespace of its own",
    "a namespace by clone3",
    "the kernel's key rings",
    "files that others could read",
    "a core file",
    "memory that others could read",
];
const BY_THE_KEYED: [&str; 4] = [
    "a UNIX socket with a path",
    "a UNIX socket without a path",
    "a connection that is handed over",
    "memory shared with other programs",
];
const BY_WORKERS: [&str; 9] = [
    "reading another file",
    "writing another file",
    "listing a folder",
    "making a file",
    "cutting a file by its path",
    "changing who may read a file",
    "starting a program",
    "starting a process",
    "a signal to another process",
];

const BY_THOSE_ALONE: [&str; 1] = ["more memory than its share"];

/// What this role's locks must refuse.
fn required(role: &str) -> Vec<&'static str> {
    match role {
        "program" => [BY_ALL.as_slice(), &BY_FIRST_STAGES].concat(),
        "keyed" => [BY_ALL.as_slice(), &BY_THE_KEYED].concat(),
        "alone" => [BY_ALL.as_slice(), &BY_FIRST_STAGES, &BY_THE_KEYED, &BY_WORKERS, &BY_THOSE_ALONE].concat(),
        _ => [BY_ALL.as_slice(), &BY_FIRST_STAGES, &BY_THE_KEYED, &BY_WORKERS].concat(),
    }
}

/// Attempts that need a parent who left something open, and how `left_open.py` does so.
const LEFT_OPEN: [(&str, &str); 3] = [
    ("a connection that was left open", "connection"),
    ("a connection that is handed over", "connection"),
    ("typing into the terminal", "terminal"),
];
/// What hears which attempt, where it is not refused.
const HEARD: [(&str, &str); 8] = [
    ("a TCP connection (IPv4)", "TCP IPv4"),
    ("a UDP packet (IPv4)", "UDP IPv4"),
    ("a TCP connection (IPv6)", "TCP IPv6"),
    ("a UDP packet (IPv6)", "UDP IPv6"),
    ("a UNIX socket with a path", "UNIX with a path"),
    ("a UNIX socket without a path", "UNIX without a path"),
    ("a connection that was left open", "TCP IPv4"),
    ("a connection that is handed over", "TCP IPv4"),
];

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// `probe`, which the test package builds beside the programs that ship.
fn probe(arguments: &[&str], left_open: Option<&str>) -> Output {
    let mut command = match left_open {
        Some(how) => {
            let mut python = Command::new("python3");
            python.arg(here("left_open.py")).arg(how).arg(env!("CARGO_BIN_EXE_probe"));
            python
        }
        None => Command::new(env!("CARGO_BIN_EXE_probe")),
    };
    command.args(arguments).stdin(std::process::Stdio::null()).output().unwrap()
}

fn text(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if said.is_empty() { String::from_utf8_lossy(&output.stderr).trim().to_owned() } else { said }
}

/// The three places that attempts aim at.
struct Aims {
    file: String,
    folder: String,
    socket: String,
}

/// One attempt of one role: what came of it behind all locks, and without those that forbid it.
fn locked_and_less(role: &str, name: &str, aims: &Aims, canaries: &Canaries) -> Result<&'static str, String> {
    let left_open = LEFT_OPEN.iter().find(|(known, _)| *known == name).map(|(_, how)| *how);
    let attempt = |locked| probe(&[role, locked, name, &aims.file, &aims.folder, &aims.socket], left_open);
    let before = packets_once_quiet();
    let locked = attempt("locked");
    let refused = ["refused", "nothing there"].contains(&text(&locked).as_str())
        || locked.status.signal() == Some(REFUSED_FOR_GOOD);
    let heard = canaries.heard();
    if !refused || !heard.is_empty() {
        return Err(format!("{role}, {name}: {} ({:?}), heard {heard:?}", text(&locked), locked.status));
    }
    // What left_open.py sends to make a connection is not the attempt's.
    if left_open != Some("connection") && packets() != before {
        return Err(format!("{role}, {name}: refused, and yet {} packets", packets() - before));
    }
    let less = attempt("less");
    let canary = HEARD.iter().find(|(known, _)| *known == name).map(|(_, canary)| *canary);
    match (text(&less).as_str(), canary) {
        ("happened", Some(canary)) if canaries.hears(canary) => Ok("refused; its control is heard"),
        ("happened", None) => Ok("refused; its control works"),
        (failed, None) if failed.starts_with("failed: ") && less.status.success() => Ok("not run"),
        (said, _) => Err(format!("{role}, {name}: the control says {said:?} ({:?}) and is not heard", less.status)),
    }
}

#[test]
fn nothing_leaves() {
    if !in_namespaces(&["--net", "--ipc"], "nothing_leaves") {
        return;
    }
    let sandbox = Sandbox::new();
    let canaries = Canaries::listen(&sandbox.runtime());
    every_way_out_is_refused_and_its_control_is_not(&sandbox, &canaries);
    the_programs_that_ship_say_nothing_to_anybody(&sandbox, &canaries);
}

fn every_way_out_is_refused_and_its_control_is_not(sandbox: &Sandbox, canaries: &Canaries) {
    let file = sandbox.give("other", "not the worker's business");
    let aim = |path: &Path| path.to_str().unwrap().to_owned();
    let aims = Aims { file: aim(&file), folder: aim(&sandbox.temporary()), socket: aim(canaries.socket()) };
    let mut failures = Vec::new();
    let mut verdicts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for role in ROLES {
        let works = probe(&[role, "works"], None);
        assert_eq!(text(&works), "works", "{role}: {works:?}");
        let listed = text(&probe(&[role, "list"], None));
        let missing = required(role).into_iter().filter(|name| !listed.lines().any(|line| line == *name));
        failures.extend(missing.map(|name| format!("{role}: nothing refuses {name}")));
        for name in listed.lines() {
            match locked_and_less(role, name, &aims, canaries) {
                Ok(verdict) => verdicts.entry(verdict).or_default().push(format!("{role}: {name}")),
                Err(failure) => failures.push(failure),
            }
        }
    }
    for (verdict, names) in &verdicts {
        println!("{verdict} ({}): {}", names.len(), names.join("; "));
    }
    assert_eq!(failures, Vec::<String>::new());
    // What this machine has none of (a kind of socket) is not run.
    for name in verdicts.remove("not run").unwrap_or_default() {
        not_run(&name, "it fails without the lock too, for this machine has none of it");
    }
}

/// The very programs, with their own attempts made in them, started by a parent that left connections open.
fn the_programs_that_ship_say_nothing_to_anybody(sandbox: &Sandbox, canaries: &Canaries) {
    assert_eq!(run(sandbox.tacit_with_passphrase(&["ask", "--json", "Say hello."])).code, Some(0));
    let before = packets_once_quiet();
    for arguments in [["ask", "--json", "Say yes."].as_slice(), &["doctor", "--json"], &["models", "--json"]] {
        let ran = run(sandbox.tacit_with_passphrase(arguments));
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    assert_eq!((packets() - before, canaries.heard()), (0, Vec::new()));
    let doctor = run(sandbox.tacit_with_passphrase(&["doctor", "--json"]));
    for (role, who) in [("program", "tacit"), ("worker", "engine"), ("alone", "reader")] {
        for name in required(role) {
            let check = doctor.lines().into_iter().find(|line| line["name"] == format!("{who}: {name}"));
            assert!(check.is_some_and(|check| check["holds"] == true), "{who}: {name}: {doctor:?}");
        }
    }
    for name in BY_THE_KEYED {
        let check = doctor.lines().into_iter().find(|line| line["name"] == format!("tacit, with its key: {name}"));
        assert!(check.is_some_and(|check| check["holds"] == true), "{name}: {doctor:?}");
    }
    for how in ["connection", "network"] {
        let inner = sandbox.tacit_with_passphrase(&["doctor", "--json"]);
        let mut parent = Command::new("python3");
        parent.arg(here("left_open.py")).arg(how).arg(inner.get_program()).args(inner.get_args());
        sandbox.settle(&mut parent);
        let ran = run(parent);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let kept = ran.lines().into_iter().filter(|line| line["name"].as_str().unwrap().contains("left open"));
        assert!(kept.clone().count() >= 2 && kept.clone().all(|line| line["holds"] == true), "{ran:?}");
        assert_eq!(canaries.heard(), Vec::<&str>::new(), "{how}");
    }
    let lines = "Say one.\nSay two.\n";
    assert_eq!(run_with(sandbox.tacit_with_passphrase(&["chat", "--json"]), lines.as_bytes()).code, Some(0));
    assert_eq!(canaries.heard(), Vec::<&str>::new());
}

/// `tacit` as on a kernel that lacks these locks.
fn lacking(sandbox: &Sandbox, locks: &str, arguments: &[&str]) -> Ran {
    let inner = sandbox.tacit_with_passphrase(arguments);
    let mut kernel = Command::new(env!("CARGO_BIN_EXE_probe"));
    kernel.args(["lacking", locks]).arg(inner.get_program()).args(inner.get_args());
    sandbox.settle(&mut kernel);
    run(kernel)
}

fn broken(ran: &Ran) -> Vec<String> {
    let checks = ran.lines().into_iter().filter(|line| line["type"] == "check" && line["holds"] == false);
    checks.map(|line| line["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_kernel_without_a_lock_is_said_so_and_the_doctor_sees_what_it_lets_through() {
    let sandbox = Sandbox::new();
    // With everything on, nothing is said and nothing is broken.
    let asked = sandbox.ask("Say hello.");
    assert!(asked.lines().iter().all(|line| line["type"] != "notice"), "{asked:?}");
    let whole = run(sandbox.tacit_with_passphrase(&["doctor", "--json"]));
    assert_eq!((whole.code, broken(&whole)), (Some(0), Vec::new()), "{whole:?}");

    let asked = lacking(&sandbox, "landlock", &["ask", "--json", "Say hello."]);
    let notice = asked.line("notice");
    assert_eq!((asked.code, notice["code"].as_str()), (Some(0), Some("locks_missing")), "{asked:?}");
    let text = notice["text"].as_str().unwrap();
    assert!(text.contains("apart from other processes") && text.contains("one file only"), "{text}");
    let ran = lacking(&sandbox, "landlock", &["doctor", "--json"]);
    let seen = broken(&ran);
    assert_eq!(ran.code, Some(12), "{ran:?}");
    let without = ["its locks", "reading another file", "making a file"];
    let workers = ["engine", "reader"].into_iter().flat_map(|who| without.map(|name| format!("{who}: {name}")));
    for name in workers.chain(["tacit: its locks".to_owned()]) {
        assert!(seen.contains(&name), "{name}: {seen:?}");
    }
    assert!(!seen.iter().any(|broken| broken.contains("TCP")), "{seen:?}");

    // Without seccomp too, everything is let through, and the doctor is not fooled.
    let ran = lacking(&sandbox, "all", &["doctor", "--json"]);
    let seen = broken(&ran);
    assert_eq!(ran.code, Some(12), "{ran:?}");
    let ways = ["a TCP connection (IPv4)", "a UDP packet (IPv4)", "io_uring", "tracing a process", "a socket by x32"];
    for name in ways.iter().flat_map(|way| ["tacit", "engine", "reader"].map(|who| format!("{who}: {way}"))) {
        assert!(seen.contains(&name), "{name}: {seen:?}");
    }
}
