//! `tacit doctor`: each promise, tried here and now, with the evidence.

use std::process::ExitCode;

use assistant::doctor::{self, Check, Promise};
use assistant::{Assistant, AssistantError};
use confine::{Lock, Stage};
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
    doctor::own_locks(SELF, Stage::Program, held, &setup.home, &mut |check| report.add(check));
    let mut progress = |permille: u16| output.progress(&format!("Loading the model: {} %", permille / 10));
    doctor::engine(&setup.home, &setup.options, &mut progress, &mut |check| report.add(check));
    doctor::reader(&setup.home, &mut |check| report.add(check));
    // The key is read before the last lock, and what is read with it is looked at behind that.
    let opened = open(setup);
    let later = Stage::ProgramKeyed.put_on();
    let keyed = "tacit, with its key";
    doctor::own_locks(keyed, Stage::ProgramKeyed, &later, &setup.home, &mut |check| report.add(check));
    report.add(doctor::threads(SELF, std::process::id()));
    report.add(doctor::model_file(&setup.home, &setup.options));
    for check in doctor::trial(&setup.home) {
        report.add(check);
    }
    store(opened, &mut report);
    report.show();
    if report.count(Some(false)) == 0 { ExitCode::SUCCESS } else { ExitCode::from(crate::failure::PROMISE_BROKEN) }
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
