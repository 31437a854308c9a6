//! Ends a worker that takes too long.

use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A worker's process, and a thread that ends it when a step takes longer than it may. Whoever waits for the worker
/// then finds its pipe closed.
pub(crate) struct Watch {
    shared: Arc<Shared>,
}

/// Ends a worker from another thread than the one that waits for it, which then finds its pipe closed.
#[derive(Clone)]
pub struct Ender(Arc<Shared>);

impl Ender {
    /// Ends the worker, whatever it does; one that has ended already stays so.
    pub fn end(&self) {
        self.0.lock().child.kill().ok();
    }
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    child: Child,
    deadline: Option<Instant>,
    too_slow: bool,
    over: bool,
}

impl Watch {
    pub(crate) fn over(child: Child) -> Self {
        let state = State { child, deadline: None, too_slow: false, over: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let watching = Arc::clone(&shared);
        thread::spawn(move || watching.watch());
        Self { shared }
    }

    /// A step begins, or makes progress: from now on it may take this long.
    pub(crate) fn allow(&self, time: Duration) {
        self.set(Instant::now().checked_add(time));
    }

    /// No step runs.
    pub(crate) fn rest(&self) {
        self.set(None);
    }

    fn set(&self, deadline: Option<Instant>) {
        self.shared.lock().deadline = deadline;
        self.shared.changed.notify_all();
    }

    /// Ends the worker from anywhere.
    pub(crate) fn ender(&self) -> Ender {
        Ender(Arc::clone(&self.shared))
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.shared.lock().child.id()
    }

    /// Whether the worker was ended for being too slow.
    pub(crate) fn was_too_slow(&self) -> bool {
        self.shared.lock().too_slow
    }

    /// Ends the worker, whatever it does: it has nothing to save.
    pub(crate) fn end(&self) {
        self.shared.lock().child.kill().ok();
    }

    /// Waits for a worker whose pipe closed, and says how it ended.
    pub(crate) fn ending(&self) -> String {
        pipe::ending(&mut self.shared.lock().child)
    }
}

impl Shared {
    /// A panic elsewhere must not keep a hanging worker alive: what the lock guards stays whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self) {
        let mut state = self.lock();
        while !state.over {
            let left = state.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            state = match left {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    state.too_slow = true;
                    state.deadline = None;
                    state.child.kill().ok();
                    state
                }
                Some(left) => self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.over = true;
        state.child.kill().ok();
        // Reaped, so that no dead process stays behind.
        state.child.wait().ok();
        drop(state);
        self.shared.changed.notify_all();
    }
}
