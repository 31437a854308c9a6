//! What the worker's locks forbid, tried from inside it when `tacit doctor` asks.

use confine::Stage;
use confine::attempts::{self, Attempt, Targets};
use reader::Attempted;

/// Makes the attempt of this name, or all but those that would end the worker, at a file, a folder and a UNIX socket.
#[must_use]
pub fn make(name: Option<&str>, [file, folder, socket]: [String; 3]) -> Vec<Attempted> {
    let targets = Targets { file: file.into(), folder: folder.into(), socket: socket.into() };
    // The stages overlap in one lock.
    let mut all: Vec<Attempt> = [Stage::Worker, Stage::WorkerAlone].iter().flat_map(attempts::against).collect();
    all.sort_by_key(|attempt| attempt.name);
    all.dedup_by_key(|attempt| attempt.name);
    let wanted = all.into_iter().filter(|attempt| name.is_none_or(|name| attempt.name == name));
    wanted.map(|attempt| one(&attempt, &targets, name.is_some())).collect()
}

fn one(attempt: &Attempt, targets: &Targets, even_if_it_ends: bool) -> Attempted {
    let name = attempt.name.to_owned();
    if attempt.ends_process && !even_if_it_ends {
        return (name, None, String::new());
    }
    let outcome = attempt.make(targets);
    (name, Some(outcome.holds()), outcome.to_string())
}
