//! The state of the machine, and who watches it.

use std::sync::Weak;
use std::thread;
use std::time::Duration;

use assistant::{Assistant, ModelState as State};

use crate::api::types::{Machine, Model, ModelState, News, Problem};
use crate::app::App;

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Memory is told in steps of this many bytes, so that its flicker is no news.
const STEP: u64 = 4 << 20;

/// The state now.
pub fn now(assistant: Option<&Assistant>, language: &str) -> Machine {
    let state = assistant.map_or(State::Asleep, Assistant::model_state);
    let model = match state {
        State::Asleep => ModelState::Asleep,
        State::Loading(permille) => ModelState::Loading { permille },
        State::Ready(model) => ModelState::Ready(Model::from(&*model)),
        State::Failed(error) => ModelState::Failed { problem: Problem::of(&error, language) },
    };
    Machine { model, memory_bytes: memory(assistant.and_then(Assistant::engine_process)) }
}

/// Tells the page whenever the state changed, as long as the program lives.
pub fn watch(app: Weak<App>) {
    thread::spawn(move || {
        let mut told = None;
        while let Some(app) = app.upgrade() {
            if let Ok(machine) = app.machine()
                && told.as_ref() != Some(&machine)
            {
                app.tell(News::Machine(machine.clone()));
                told = Some(machine);
            }
            drop(app);
            thread::sleep(LOOK);
        }
    });
}

/// Bytes of memory of this program and its engine that are theirs alone or shared with files.
fn memory(engine: Option<u32>) -> Option<f64> {
    let own = resident("self")?;
    let engine = engine.and_then(|process| resident(&process.to_string())).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "shown rounded")]
    let bytes = ((own + engine) / STEP * STEP) as f64;
    Some(bytes)
}

#[cfg(target_os = "linux")]
fn resident(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/statm")).ok()?;
    let pages: u64 = status.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

#[cfg(not(target_os = "linux"))]
fn resident(_process: &str) -> Option<u64> {
    None
}
