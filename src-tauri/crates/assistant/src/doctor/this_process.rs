//! The process that asks: its own locks, tried; and what the kernel says of it and of its workers.

use std::fs::File;

use confine::attempts::{self, Attempt, Outcome, Targets};
use confine::{Lock, Stage, status};

use super::{Check, EngineUnderTest, Home, Options, Promise, ReaderUnderTest, aims};

/// The locks of a stage of this very process, and what they forbid. What an earlier stage forbids is not tried again.
pub fn own_locks(who: &str, stage: Stage, held: &[Lock], home: &Home, report: &mut dyn FnMut(Check)) {
    let (file, folder, socket) = aims(home);
    let targets = Targets { file, folder, socket };
    let names = |locks: &[Lock]| locks.iter().map(ToString::to_string).collect::<Vec<_>>();
    report(Check::of_locks(who, &names(held), &names(&stage.missing(held))));
    let earlier = if stage == Stage::Program { Vec::new() } else { attempts::against(&Stage::Program) };
    for attempt in attempts::against(&stage) {
        if !earlier.iter().any(|made| made.name == attempt.name) {
            let outcome = make(&attempt, &targets);
            report(Check::of_attempt(who, attempt.name, outcome.holds(), &outcome.to_string()));
        }
    }
}

#[cfg(target_os = "linux")]
fn make(attempt: &Attempt, targets: &Targets) -> Outcome {
    if attempt.ends_process { attempt.make_in_child(targets) } else { attempt.make(targets) }
}

/// Only Linux has attempts that end a process.
#[cfg(not(target_os = "linux"))]
fn make(attempt: &Attempt, targets: &Targets) -> Outcome {
    attempt.make(targets)
}

/// An engine, started to be examined from inside and from outside.
pub fn engine(home: &Home, options: &Options, progress: &mut dyn FnMut(u16), report: &mut dyn FnMut(Check)) {
    match EngineUnderTest::start(home, options, progress) {
        Ok(engine) => {
            engine.examine(report);
            report(memory_from_outside("engine", engine.process_id()));
            report(threads("engine", engine.process_id()));
        }
        Err(why) => report(*why),
    }
}

/// A reader, started to be examined from inside and from outside.
pub fn reader(home: &Home, report: &mut dyn FnMut(Check)) {
    match ReaderUnderTest::start(home) {
        Ok(mut reader) => {
            reader.examine(report);
            report(memory_from_outside("reader", reader.process_id()));
            report(threads("reader", reader.process_id()));
        }
        Err(why) => report(*why),
    }
}

/// A worker's memory, opened by another process of the same person: this one.
fn memory_from_outside(who: &str, process: u32) -> Check {
    let name = format!("{who}: its memory, opened by another program");
    let promise = Promise::NothingReadableAtRest;
    if cfg!(not(target_os = "linux")) {
        return Check::of(promise, &name, false, "NOT ENFORCED on this system");
    }
    match File::open(format!("/proc/{process}/mem")) {
        Err(error) => Check::of(promise, &name, true, format!("tried: the kernel refused it ({error})")),
        // It may look into any process: a known limit, and no evidence of anything.
        Ok(_) if is_root() => Check::does_not_apply(promise, &name, "you are root, who may look into every process"),
        Ok(_) => Check::of(promise, &name, false, "tried: IT WORKED"),
    }
}

fn is_root() -> bool {
    // The owner of what this process makes is whoever it runs as.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

/// What the kernel itself says of every thread.
#[must_use]
pub fn threads(who: &str, process: u32) -> Check {
    let name = format!("{who}: seccomp and Landlock, as the kernel reports them");
    let Some(threads) = status::threads(process) else {
        return Check::of(Promise::NothingLeaves, &name, false, "NOT ENFORCED on this system");
    };
    let landlock = status::landlock().map_or("this kernel has no Landlock".to_owned(), |abi| format!("Landlock {abi}"));
    let all = threads.threads > 0 && threads.filtered == threads.threads && threads.no_new_privileges;
    let evidence = format!(
        "{} of {} threads behind at least {} filters, no new privileges: {}; {landlock}",
        threads.filtered, threads.threads, threads.filters, threads.no_new_privileges
    );
    Check::of(Promise::NothingLeaves, &name, all && landlock.starts_with("Landlock"), evidence)
}
