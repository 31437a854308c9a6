//! Ctrl-C and a polite end: the answer stops and is kept; a second one ends the program.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use assistant::Stop;

/// A stop that Ctrl-C, a closing terminal and `kill` ask for.
pub fn stop() -> Stop {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        // In this order: the first signal finds the flag down and raises it, the second ends the program.
        let ends = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&flag));
        let asks = signal_hook::flag::register(signal, Arc::clone(&flag));
        if ends.is_err() || asks.is_err() {
            tracing::warn!(signal, "a signal is not handled");
        }
    }
    Stop::from_flag(flag)
}
