//! What the programs ask of the system, seen from outside by strace: files below their home, and no network.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

use tests::{Ran, Sandbox, run};

/// Calls that open, make, rename or shorten a file.
const FILES: [&str; 16] = [
    "open",
    "openat",
    "openat2",
    "creat",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "truncate",
];

/// Runs a program below strace; gives what it said and its calls, one a line.
fn traced(sandbox: &Sandbox, inner: &Command) -> (Ran, String) {
    let trace = sandbox.path().join("trace");
    let mut strace = Command::new("strace");
    // Not every machine has every call; those marked may be missing.
    let watched = format!("trace=%network,?io_uring_setup,?{}", FILES.join(",?"));
    strace.args(["-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", &watched, "-o"]).arg(&trace);
    let ran = run(sandbox.inside(strace, inner));
    (ran, fs::read_to_string(trace).unwrap())
}

#[test]
fn it_writes_nowhere_but_into_its_home_and_opens_no_internet_socket() {
    let sandbox = Sandbox::new();
    the_trace_shows_a_leak(&sandbox);
    let text = sandbox.give("a.txt", "The boat is blue. ".repeat(20));
    for arguments in [vec!["ask", "--json", "Say hello."], vec!["summarize", text.to_str().unwrap()], vec!["chats"]] {
        let (ran, trace) = traced(&sandbox, &sandbox.tacit_with_passphrase(&arguments));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(network_calls(&trace), Vec::<&str>::new());
        let written = written(&trace);
        let home = sandbox.tacit_home();
        let elsewhere: Vec<&PathBuf> = written.iter().filter(|path| !path.starts_with(&home)).collect();
        assert!(written.len() > 2 && elsewhere.is_empty(), "{elsewhere:?}");
    }
}

/// The control: a program that calls out and writes elsewhere is seen to do so.
fn the_trace_shows_a_leak(sandbox: &Sandbox) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut leak = Command::new("bash");
    leak.args(["-c", &format!("exec 3<>/dev/tcp/127.0.0.1/{port}; echo leak >$HOME/../leak")]);
    let (ran, trace) = traced(sandbox, &leak);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for call in [" socket(AF_INET", " connect("] {
        assert!(network_calls(&trace).iter().any(|seen| seen.contains(call)), "{call}: {trace}");
    }
    assert!(written(&trace).iter().any(|path| path.ends_with("leak")), "{trace}");
}

/// All that a network needs, and the way to have one unseen. With a passphrase file nobody is asked over a socket, so there
/// is no such call; a pair, which is connected to itself alone, does not count, nor does the question whether what was
/// inherited is a socket, where it is none.
fn network_calls(trace: &str) -> Vec<&str> {
    let harmless =
        |line: &str| call_of(line) == "socketpair" || line.ends_with("= -1 ENOTSOCK (Socket operation on non-socket)");
    trace.lines().filter(|line| !FILES.contains(&call_of(line)) && !harmless(line)).collect()
}

/// The name of the call on a line of the trace: `PID name(arguments) = result`, or `PID <... name resumed>`.
fn call_of(line: &str) -> &str {
    let call = line.split_once(' ').map_or(line, |(_, call)| call).trim_start();
    call.trim_start_matches("<... ").split(['(', ' ']).next().unwrap_or_default()
}

/// Paths that were opened for writing, made or renamed.
fn written(trace: &str) -> Vec<PathBuf> {
    let signs = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TMPFILE"];
    let writes = |line: &&str| {
        let reads = call_of(line).starts_with("open") && !signs.iter().any(|sign| line.contains(sign));
        FILES.contains(&call_of(line)) && !reads && !line.contains("= -1 ENOENT")
    };
    let lines = trace.lines().filter(writes);
    let paths = lines.flat_map(|call| call.split('"').skip(1).step_by(2).map(PathBuf::from).collect::<Vec<_>>());
    paths.filter(|path| !path.starts_with("/dev") && !path.starts_with("/proc")).collect()
}
