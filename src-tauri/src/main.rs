//! `tacit-desktop`: Tacit in a window. `--lock` locks the one that runs.

// On Windows no console opens beside the window.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

use confine::Stage;
use tacit_desktop::Purpose;

/// Among the arguments of a start that was started by itself.
const AGAIN: &str = "--again";

fn main() -> ExitCode {
    // Before anything else of ours.
    let held = Stage::Program.put_on();
    #[cfg(target_os = "linux")]
    begin_again_if_a_thread_was_first();
    let locks = std::env::args().skip(1).any(|argument| argument == "--lock");
    tacit_desktop::run(if locks { Purpose::Lock } else { Purpose::Show }, held)
}

/// The web view's allocator starts a thread before `main`, and no lock is on that one. Locks outlive exec, so the program starts
/// itself once more, in the same process: from then on every thread is born behind them.
#[cfg(target_os = "linux")]
fn begin_again_if_a_thread_was_first() {
    use std::os::unix::process::CommandExt as _;

    let threads = confine::status::threads(std::process::id());
    let all_locked = threads.is_some_and(|threads| threads.filtered == threads.threads);
    if all_locked || std::env::args().any(|argument| argument == AGAIN) {
        return;
    }
    let (Ok(program), mut arguments) = (std::env::current_exe(), std::env::args_os()) else { return };
    let mut again = std::process::Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // Where this fails the program goes on, and the doctor says which thread is not locked.
    let _failed = again.args(arguments).arg(AGAIN).exec();
}
