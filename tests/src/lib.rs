//! What the whole-program tests share: the built programs, the starter model, and places to run them in.
//!
//! [`Sandbox`] is a home that nothing else uses, [`Keyring`] a real Secret Service and [`Screen`] a terminal inside one, [`run`] and [`Running`]
//! run a program so that one which waits for ever fails the test, [`hunt`] looks for text that nobody may read.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up must fail loudly"
)]

mod accessible;
mod acknowledged;
mod canaries;
mod chance;
mod desktop;
mod files;
mod hunt;
mod memory;
mod namespaces;
mod orca;
mod sandbox;
mod screen;
mod session;
mod web;

use std::io::Write as _;
use std::path::PathBuf;

pub use accessible::{Accessible, Tree};
pub use acknowledged::{
    Acknowledged, BEHIND, LONG, Line, acknowledged, is_all_kept, nothing_is_lost, stored, until_it_grows, watch,
};
pub use canaries::{Canaries, packets, packets_once_quiet};
pub use chance::Chance;
pub use desktop::{Desktop, Look, Window};
pub use files::{Files, files, put_back};
pub use hunt::{Found, everything_below, hunt, planted};
pub use memory::MemoryGroup;
pub use namespaces::in_namespaces;
pub use orca::Orca;
pub use sandbox::{Ran, Running, Sandbox, run, run_with, run_within};
pub use screen::Screen;
pub use session::Keyring;
pub use web::WebCanaries;

/// Whether the longer forms of the tests run: `make soak`.
#[must_use]
pub fn is_soak() -> bool {
    std::env::var_os("TACIT_SOAK").is_some()
}

/// Says that something cannot be shown on this machine: never in silence. The test runner hides what a test prints that
/// passes, so it also goes to the file that `TACIT_NOT_RUN` names, which `make test` prints at its end.
pub fn not_run(what: &str, why: &str) {
    let line = format!("not run: {what}: {why}");
    println!("{line}");
    if let Some(file) = std::env::var_os("TACIT_NOT_RUN") {
        let mut file = std::fs::File::options().create(true).append(true).open(file).expect("TACIT_NOT_RUN");
        writeln!(file, "{line}").expect("TACIT_NOT_RUN");
    }
}

/// A program of the release build.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    // A test is target/release/deps/NAME-HASH.
    let folder = test.ancestors().nth(2).expect("the build's folder");
    let program = folder.join(name);
    assert!(program.is_file(), "{} is not built: run `make build`", program.display());
    program
}

/// The starter model, fetched by `make run` and `make test`.
#[must_use]
pub fn starter_model() -> PathBuf {
    cached_model("SmolLM2-135M-Instruct.Q4_1.gguf")
}

/// A model file of this name in the cache, where `make run` and `make test` put them.
#[must_use]
pub fn cached_model(name: &str) -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = cache.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").expect("HOME")).join(".cache"));
    let model = cache.join("tacit/models").join(name);
    assert!(model.is_file(), "{} is missing: run `make test`", model.display());
    model
}

/// The CONTROL (3) and `USER_DEFINED` (4) strings of the starter model, read by Python and not by the code under test.
#[must_use]
pub fn special_strings() -> Vec<String> {
    let mut python = std::process::Command::new("python3");
    python.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/special_strings.py")).arg(starter_model());
    let output = python.output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let strings = String::from_utf8(output.stdout).expect("text");
    strings.lines().map(str::to_owned).collect()
}
