//! A crash writes nobody's memory down: `tacit` and its engine, ended in mid-answer by the signals of crashes, leave no core
//! file, hand nothing to a core handler and nothing to the journal. The same programs without those two locks do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tests::{Keyring, Running, Sandbox, everything_below, hunt, not_run, run, until_it_grows};

const CANARY: &str = "Eisvogelbrut am Gletscherbach";
const PATTERN: &str = "/proc/sys/kernel/core_pattern";
/// Those of real crashes first.
const SIGNALS: [Signal; 4] = [Signal::SEGV, Signal::ABORT, Signal::QUIT, Signal::ILL];
const PATIENCE: Duration = Duration::from_secs(10);

/// What the system does with a crash, as this test sets it. It is put back when this is dropped.
struct Pattern(String);

impl Pattern {
    /// Nothing where it cannot be set.
    fn set(pattern: &str) -> Option<Self> {
        let before = fs::read_to_string(PATTERN).ok()?;
        fs::write(PATTERN, pattern).ok()?;
        Some(Self(before))
    }
}

impl Drop for Pattern {
    fn drop(&mut self) {
        fs::write(PATTERN, &self.0).expect("the core pattern that was there before");
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Victim {
    Program,
    Engine,
}

struct Place {
    sandbox: Sandbox,
    keyring: Keyring,
}

impl Place {
    /// A question in a shell that lets cores grow without limit, as it ships or without what keeps memory from being dumped.
    fn ask(&self, is_locked: bool) -> Running {
        let question = format!("{CANARY}: write a very long story about it, in twenty chapters.");
        let mut inner = self.sandbox.tacit_in(&self.keyring, &["ask", "--json", &question]);
        if !is_locked {
            let mut probe = Command::new(env!("CARGO_BIN_EXE_probe"));
            probe.args(["lacking", "memory"]);
            inner = self.sandbox.inside(probe, &inner);
        }
        // Whoever runs the tests in the background has them ignore SIGQUIT, and what they start would too.
        let mut heeding = Command::new("env");
        heeding.arg("--default-signal=QUIT");
        let inner = self.sandbox.inside(heeding, &inner);
        Running::start(self.sandbox.after("ulimit -c unlimited", &inner))
    }

    /// Ends it, or its engine, in mid-answer by a signal. Gives the id of who was ended, and whether the system says that
    /// its memory was written down.
    fn crash(&self, is_locked: bool, victim: Victim, signal: Signal) -> (u32, bool) {
        // Now and then an answer is shorter than the way of a signal.
        let crashed = (0..5).find_map(|_| self.try_to_crash(is_locked, victim, signal));
        crashed.expect("every answer ended before it could be cut off")
    }

    fn try_to_crash(&self, is_locked: bool, victim: Victim, signal: Signal) -> Option<(u32, bool)> {
        let mut running = self.ask(is_locked);
        until_it_grows(&mut running, &mut Vec::new(), 1);
        let id = if victim == Victim::Program { running.id() } else { running.children()[0] };
        let begun = Instant::now();
        while !is_over(id) {
            assert!(begun.elapsed() < PATIENCE, "{victim:?} outlives {signal:?}");
            // Rust's own handler lets the first SIGSEGV pass, if no memory was touched.
            kill_process(Pid::from_raw(i32::try_from(id).unwrap()).unwrap(), signal).ok();
            std::thread::sleep(Duration::from_millis(20));
        }
        let ran = running.finish();
        if ran.code == Some(0) {
            return None;
        }
        assert_eq!(ran.code, if victim == Victim::Program { None } else { Some(7) }, "{victim:?} {signal:?}: {ran:?}");
        Some((id, ran.dumped))
    }

    /// Ends both by each of these signals.
    fn crash_all(&self, signals: &[Signal]) -> Vec<u32> {
        let ways = signals.iter().flat_map(|signal| [Victim::Program, Victim::Engine].map(|victim| (victim, *signal)));
        let crashed = ways.map(|(victim, signal)| {
            let (id, dumped) = self.crash(true, victim, signal);
            assert!(!dumped, "{victim:?} {signal:?}");
            id
        });
        crashed.collect()
    }

    /// Files with what was asked in them, wherever the programs of this test may write.
    fn found(&self) -> Vec<PathBuf> {
        let places = [self.sandbox.home(), self.sandbox.temporary(), self.sandbox.runtime()];
        let places: Vec<&Path> = places.iter().map(PathBuf::as_path).collect();
        hunt(&places, &[CANARY]).into_iter().map(|found| found.path).collect()
    }
}

/// It is gone, or waits only to be told so.
fn is_over(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_none_or(|rest| matches!(rest.split_whitespace().next(), None | Some("Z" | "X")))
}

#[test]
fn a_crash_leaves_no_core_file_and_feeds_no_core_handler() {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    let place = Place { sandbox, keyring };
    no_core_file(&place);
    no_core_handler(&place);
    nothing_in_the_journal();
}

fn no_core_file(place: &Place) {
    let _pattern = Pattern::set("core");
    // The control: without the two locks, its memory lies in the folder that it ran in.
    let (_, dumped) = place.crash(false, Victim::Program, Signal::ABORT);
    let found = place.found();
    if found.is_empty() {
        let pattern = fs::read_to_string(PATTERN).unwrap_or_default();
        not_run("no core file", &format!("this system writes none into the current folder ({})", pattern.trim()));
        return;
    }
    assert!(dumped, "written, and not said");
    for core in &found {
        fs::remove_file(core).unwrap();
    }
    place.crash_all(&SIGNALS[..2]);
    assert_eq!(place.found(), Vec::<PathBuf>::new());
    let is_core = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("core"));
    let cores: Vec<PathBuf> = everything_below(place.sandbox.path()).into_iter().filter(is_core).collect();
    assert_eq!(cores, Vec::<PathBuf>::new());
}

fn no_core_handler(place: &Place) {
    let folder = place.sandbox.temporary().join("handed over");
    fs::create_dir(&folder).unwrap();
    let handler = place.sandbox.path().join("handler");
    fs::write(&handler, format!("#!/bin/sh\nexec /bin/cat >'{}'/$1\n", folder.display())).unwrap();
    assert!(Command::new("chmod").arg("700").arg(&handler).status().unwrap().success());
    let Some(_pattern) = Pattern::set(&format!("|{} %p", handler.display())) else {
        return not_run("no core handler is fed", "only root can set one");
    };
    let handed_over = |id: u32| fs::metadata(folder.join(id.to_string())).is_ok_and(|file| file.len() > 0);
    // The controls, before and after: without the two locks its memory is handed over, and the question is in it.
    let control = || {
        let (id, dumped) = place.crash(false, Victim::Program, Signal::ABORT);
        let begun = Instant::now();
        while dumped && !handed_over(id) && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(20));
        }
        let core = folder.join(id.to_string());
        let seen = place.found().contains(&core);
        fs::remove_file(core).ok();
        seen
    };
    if !control() {
        return not_run(
            "no core handler is fed",
            "the kernel does not reach one that this test makes (a root of its own?)",
        );
    }
    let crashed = place.crash_all(&SIGNALS);
    assert!(control(), "the handler was there all the time");
    assert!(!crashed.into_iter().any(handed_over), "memory was handed over: {:?}", everything_below(&folder));
    assert_eq!(place.found(), Vec::<PathBuf>::new());
}

/// Whatever the system noted about these crashes, what was asked is not in it.
fn nothing_in_the_journal() {
    const NOTED: &str = "tacit-test-Neuntoeterhecke";
    let what = "nothing in the system's journal";
    let journal = |words: &str| {
        let mut read = Command::new("journalctl");
        read.args(["--since", "-10min", "--no-pager", "--quiet", "--output", "export"]);
        run(read).stdout.contains(words)
    };
    let there = |program: &str| Command::new("which").arg(program).output().is_ok_and(|which| which.status.success());
    if !there("journalctl") || !there("logger") {
        return not_run(what, "there is none here");
    }
    let noted = Command::new("logger").arg(NOTED).status().is_ok_and(|logger| logger.success());
    let begun = Instant::now();
    while noted && !journal(NOTED) && begun.elapsed() < Duration::from_secs(2) {
        std::thread::sleep(Duration::from_millis(100));
    }
    if !journal(NOTED) {
        return not_run(what, "a line that was given to it cannot be read back");
    }
    assert!(!journal(CANARY));
}
