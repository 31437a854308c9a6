//! Ctrl-C and a polite end: the answer stops and is kept; a second one ends the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use assistant::Stop;

/// What signals ask for.
pub struct Signals {
    /// Raised by the first signal.
    pub stop: Stop,
    /// Up while the program only waits for a line: then a signal ends it at once, for nothing is being written.
    waiting: Arc<AtomicBool>,
}

impl Signals {
    /// Listens for Ctrl-C, a closing terminal and `kill`.
    pub fn new() -> Self {
        let (stop, waiting) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            if let Err(error) = listen(signal, &stop, &waiting) {
                tracing::warn!(signal, %error, "a signal is not handled");
            }
        }
        Self { stop: Stop::from_flag(stop), waiting }
    }

    /// Waits for a line, or whatever else may be broken off without a loss.
    pub fn while_waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.waiting.store(true, Ordering::SeqCst);
        let result = wait();
        self.waiting.store(false, Ordering::SeqCst);
        result
    }
}

/// In this order: while waiting, a signal ends the program; else the first one raises the flag and the second ends it.
#[cfg(unix)]
fn listen(signal: i32, stop: &Arc<AtomicBool>, waiting: &Arc<AtomicBool>) -> std::io::Result<()> {
    use signal_hook::flag::{register, register_conditional_shutdown};
    register_conditional_shutdown(signal, 130, Arc::clone(waiting))?;
    register_conditional_shutdown(signal, 130, Arc::clone(stop))?;
    register(signal, Arc::clone(stop))?;
    Ok(())
}
