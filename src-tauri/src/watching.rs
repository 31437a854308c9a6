//! Looks into the watched folders while the window is open: when it gets the focus, and every minute.
//!
//! By the clock and not by notices of the kernel: a stick or a shared folder that comes back is seen too, and a look costs a few
//! milliseconds where nothing has changed.

use std::sync::Weak;
use std::thread::{self, Thread};
use std::time::Duration;

use crate::app::App;

/// How often they are looked at.
const EVERY: Duration = Duration::from_mins(1);
/// Between two looks there is at least this, however often the window gets the focus.
const REST: Duration = Duration::from_secs(3);

/// Looks as long as the program lives. Whoever unparks the thread has it look soon.
pub fn watch(app: Weak<App>) -> Thread {
    let looking = thread::spawn(move || {
        loop {
            // First of all, so that the window comes up alone.
            thread::sleep(REST);
            thread::park_timeout(EVERY);
            let Some(app) = app.upgrade() else { return };
            app.look_into_folders();
        }
    });
    looking.thread().clone()
}
