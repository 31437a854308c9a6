//! `tacit-desktop`: Tacit in a window. `--lock` locks the one that runs.

// On Windows no console opens beside the window.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

use tacit_desktop::Purpose;

fn main() -> ExitCode {
    let locks = std::env::args().skip(1).any(|argument| argument == "--lock");
    tacit_desktop::run(if locks { Purpose::Lock } else { Purpose::Show }, first::held())
}

/// The web view's allocator starts a thread when its library is loaded, before `main`, and a lock holds only for threads that are
/// born behind it. So the locks are put on earlier still: what stands in `.preinit_array` runs before any library's own start.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "the section is the linker's, and what stands in it is called by the C library")]
mod first {
    use std::sync::OnceLock;

    use confine::{Lock, Stage};

    static HELD: OnceLock<Vec<Lock>> = OnceLock::new();

    #[used]
    #[unsafe(link_section = ".preinit_array")]
    static BEFORE_ANY_LIBRARY: extern "C" fn() = put_on;

    // The standard library is not set up yet: no arguments, no environment, and a panic would end the program.
    extern "C" fn put_on() {
        HELD.get_or_init(|| Stage::Program.put_on());
    }

    /// The locks that hold.
    pub fn held() -> Vec<Lock> {
        HELD.get().cloned().unwrap_or_default()
    }
}

#[cfg(not(target_os = "linux"))]
mod first {
    /// Puts the locks on, and says which hold.
    pub fn held() -> Vec<confine::Lock> {
        confine::Stage::Program.put_on()
    }
}
