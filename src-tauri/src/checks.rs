//! What `tacit doctor` knows, tried from the window's own program.

use assistant::doctor;
use assistant::{Assistant, Home, Options};
use confine::{Lock, Stage};

use crate::api::types::Check;

/// Who speaks.
const SELF: &str = "tacit-desktop";

/// Every check that applies to the window.
pub fn all(home: &Home, options: &Options, held: &[Lock], open: Option<&Assistant>) -> Vec<Check> {
    let mut checks: Vec<Check> = Vec::new();
    let mut report = |check: doctor::Check| {
        if check.holds == Some(false) {
            tracing::warn!(check = check.name, evidence = check.evidence, "a promise does not hold");
        }
        checks.push(check.into());
    };
    doctor::own_locks(SELF, Stage::Program, held, home, &mut report);
    doctor::engine(home, options, &mut |_| {}, &mut report);
    doctor::reader(home, &mut report);
    report(doctor::threads(SELF, std::process::id()));
    report(doctor::model_file(home, options));
    doctor::trial(home).into_iter().for_each(&mut report);
    if let Some(Err(error)) = open.map(|assistant| assistant.examine(&mut report)) {
        report(doctor::not_looked_at(&error));
    }
    checks
}
