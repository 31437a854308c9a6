//! `tacit-desktop`: Tacit in a window. `--lock` locks the one that runs.

// On Windows no console opens beside the window.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

use confine::Stage;
use tacit_desktop::Purpose;

fn main() -> ExitCode {
    // Before anything else, and before there are threads.
    let held = Stage::Program.put_on();
    let purpose = if std::env::args().nth(1).as_deref() == Some("--lock") { Purpose::Lock } else { Purpose::Show };
    tacit_desktop::run(purpose, held)
}
