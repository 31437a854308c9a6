//! What the worker's locks forbid, tried from inside it when `tacit doctor` asks.

use std::path::Path;

use confine::Stage;
use confine::attempts::{self, Attempt};
use engine::wire::{Attempted, Targets};

/// Makes the attempt of this name, or all but those that would end the worker.
pub fn make(name: Option<&str>, targets: Targets) -> Vec<Attempted> {
    let targets =
        attempts::Targets { file: targets.file.into(), folder: targets.folder.into(), socket: targets.socket.into() };
    // The stages overlap in one lock.
    let mut all: Vec<Attempt> =
        [Stage::Worker, Stage::WorkerLoaded(Path::new(""))].iter().flat_map(attempts::against).collect();
    all.sort_by_key(|attempt| attempt.name);
    all.dedup_by_key(|attempt| attempt.name);
    let wanted = all.into_iter().filter(|attempt| name.is_none_or(|name| attempt.name == name));
    wanted.map(|attempt| one(&attempt, &targets, name.is_some())).collect()
}

fn one(attempt: &Attempt, targets: &attempts::Targets, even_if_it_ends: bool) -> Attempted {
    let name = attempt.name.to_owned();
    if attempt.ends_process && !even_if_it_ends {
        return Attempted { name, holds: None, evidence: String::new() };
    }
    let outcome = attempt.make(targets);
    Attempted { name, holds: Some(outcome.holds()), evidence: outcome.to_string() }
}
