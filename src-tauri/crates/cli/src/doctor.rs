//! `tacit doctor`: each promise, tried here and now, with the evidence.

use std::fs::File;
use std::process::ExitCode;

use assistant::doctor::{self, Check, EngineUnderTest, Promise};
use assistant::{Assistant, AssistantError};
use confine::attempts::{self, Attempt, Outcome, Targets};
use confine::{Lock, Stage, status};
use serde_json::Value;

use crate::arguments::Setup;
use crate::output::Output;
use crate::person::Terminal;

/// Who speaks.
const SELF: &str = "tacit";

/// What was seen so far: told to a program as it comes, to a person by promise at the end.
struct Report<'a> {
    output: &'a Output,
    checks: Vec<Check>,
}

pub fn run(setup: &Setup, held: &[Lock], output: &Output) -> ExitCode {
    let mut report = Report { output, checks: Vec::new() };
    let (file, folder, socket) = doctor::aims(&setup.home);
    let targets = Targets { file, folder, socket };
    own_stage(Stage::Program, held, &targets, &mut report);
    engine(setup, &mut report);
    // The key is read before the last lock, and what is read with it is looked at behind that.
    let opened = open(setup);
    let later = Stage::ProgramKeyed.put_on();
    own_stage(Stage::ProgramKeyed, &later, &targets, &mut report);
    report.add(threads(SELF, std::process::id()));
    report.add(doctor::model_file(&setup.home, &setup.options));
    for check in doctor::trial(&setup.home) {
        report.add(check);
    }
    store(opened, &mut report);
    report.show();
    if report.count(Some(false)) == 0 { ExitCode::SUCCESS } else { ExitCode::from(crate::failure::PROMISE_BROKEN) }
}

/// The locks of a stage of this very process, and what they forbid.
fn own_stage(stage: Stage, held: &[Lock], targets: &Targets, report: &mut Report) {
    let names = |locks: &[Lock]| locks.iter().map(ToString::to_string).collect::<Vec<_>>();
    let who = if stage == Stage::Program { SELF } else { "tacit, with its key" };
    report.add(Check::of_locks(who, &names(held), &names(&stage.missing(held))));
    let earlier = if stage == Stage::Program { Vec::new() } else { attempts::against(&Stage::Program) };
    for attempt in attempts::against(&stage) {
        if !earlier.iter().any(|made| made.name == attempt.name) {
            let outcome = make(&attempt, targets);
            report.add(Check::of_attempt(who, attempt.name, outcome.holds(), &outcome.to_string()));
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

fn engine(setup: &Setup, report: &mut Report) {
    let output = report.output;
    let mut progress = |permille: u16| output.progress(&format!("Loading the model: {} %", permille / 10));
    let started = EngineUnderTest::start(&setup.home, &setup.options, &mut progress);
    output.end_progress();
    match started {
        Ok(engine) => {
            engine.examine(&mut |check| report.add(check));
            report.add(memory_from_outside(engine.process_id()));
            report.add(threads("engine", engine.process_id()));
        }
        Err(why) => report.add(*why),
    }
}

/// The engine's memory, opened by another process of the same person: this one.
fn memory_from_outside(engine: u32) -> Check {
    const NAME: &str = "engine: its memory, opened by another program";
    let promise = Promise::NothingReadableAtRest;
    if cfg!(not(target_os = "linux")) {
        return Check::of(promise, NAME, false, "NOT ENFORCED on this system");
    }
    match File::open(format!("/proc/{engine}/mem")) {
        Err(error) => Check::of(promise, NAME, true, format!("tried: the kernel refused it ({error})")),
        // It may look into any process: a known limit, and no evidence of anything.
        Ok(_) if is_root() => Check::does_not_apply(promise, NAME, "you are root, who may look into every process"),
        Ok(_) => Check::of(promise, NAME, false, "tried: IT WORKED"),
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
fn threads(who: &str, process: u32) -> Check {
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

/// The vault, if there is one: the doctor makes none.
fn open(setup: &Setup) -> Option<Result<Assistant, AssistantError>> {
    let exists = Assistant::has_vault(&setup.home);
    exists.then(|| Assistant::open(setup.home.clone(), setup.options.clone(), &mut Terminal))
}

fn store(opened: Option<Result<Assistant, AssistantError>>, report: &mut Report) {
    let examined = match opened {
        None => {
            let why = "there is no vault here yet";
            return report.add(Check::does_not_apply(Promise::TamperingIsSeen, "store: opens", why));
        }
        Some(Err(error)) => Err(error),
        Some(Ok(assistant)) => {
            let examined = assistant.examine(&mut |check| report.add(check));
            examined.and_then(|()| assistant.close())
        }
    };
    if let Err(error) = examined {
        report.add(doctor::not_looked_at(&error));
    }
}

impl Report<'_> {
    fn add(&mut self, check: Check) {
        self.output.progress(&format!("Trying: {}", check.name));
        if let Ok(Value::Object(mut object)) = serde_json::to_value(&check) {
            object.insert("type".into(), "check".into());
            self.output.object(&object);
        }
        self.checks.push(check);
    }

    fn count(&self, holds: Option<bool>) -> usize {
        self.checks.iter().filter(|check| check.holds == holds).count()
    }

    fn show(&mut self) {
        self.output.end_progress();
        // Stable: within a promise they stay in the order in which they were tried.
        self.checks.sort_by_key(|check| check.promise);
        for same in self.checks.chunk_by(|one, next| one.promise == next.promise) {
            self.output.line(same[0].promise.heading());
            for Check { name, holds, evidence, .. } in same {
                let mark = match holds {
                    Some(true) => "holds",
                    Some(false) => "BROKEN",
                    None => "-",
                };
                self.output.line(&format!("  {mark:<6}  {name}: {evidence}"));
            }
            self.output.line("");
        }
        let (holds, broken, not_here) = (self.count(Some(true)), self.count(Some(false)), self.count(None));
        self.output.line(&format!("{holds} hold, {broken} do not, {not_here} do not apply here."));
    }
}
