//! What this machine offers: cores, memory, and the CPU variant that suits it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

/// Ctrl-C and a closing terminal reach the whole process group; they are the program's to act on, not ours.
pub fn ignore_interrupts() {
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGHUP] {
        if let Err(error) = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))) {
            tracing::warn!(signal, %error, "a signal is not ignored");
        }
    }
}

/// One thread for each physical core that this process may use (affinity and cgroup quota count):
/// the second thread of a core only waits for the first one's vector units.
pub fn threads() -> u32 {
    let allowed = std::thread::available_parallelism().map_or(1, usize::from);
    let physical = System::physical_core_count().unwrap_or(allowed);
    u32::try_from(physical.min(allowed).max(1)).unwrap_or(1)
}

/// Bytes of memory that are free for this process: of the machine, or of its cgroup when that is less.
pub fn free_memory() -> u64 {
    let memory = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    // What cannot be read is not held against the model: loading it will tell.
    let Ok(system) = System::new_with_specifics(memory) else { return u64::MAX };
    let machine = system.available_memory();
    system.cgroup_limits().map_or(machine, |limits| limits.free_memory.min(machine))
}

/// Loads the best of ggml's CPU variants from the folder of this program, and says which it was.
///
/// ggml opens each variant, asks it for a score on this CPU and keeps the best; this reads `/proc/cpuinfo`
/// and `/sys`, so it comes before any lock on files.
pub fn load_cpu_variant() -> String {
    if let Some(folder) = std::env::current_exe().ok().as_deref().and_then(Path::parent)
        && folder.to_str().is_some()
    {
        llama_cpp_2::llama_backend::load_backends_from_path(folder);
    }
    loaded_variant().unwrap_or_else(|| "unknown".into())
}

/// The variant whose library is mapped into this process.
fn loaded_variant() -> Option<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    variant_in(&maps)
}

fn variant_in(maps: &str) -> Option<String> {
    let start = maps.find("libggml-cpu-")? + "libggml-cpu-".len();
    let name = &maps[start..];
    Some(name[..name.find(".so")?].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variant_is_read_from_the_mapped_libraries() {
        let maps = "7f00-7f01 r-xp 0 fe:00 1 /opt/tacit/libggml-base.so.0\n7f02-7f03 r-xp 0 fe:00 2 /opt/tacit/libggml-cpu-zen4.so\n";
        assert_eq!(variant_in(maps).as_deref(), Some("zen4"));
        assert_eq!(variant_in("7f00-7f01 r-xp 0 fe:00 1 /lib/libc.so.6\n"), None);
    }

    #[test]
    fn there_is_a_core_and_some_memory() {
        assert!(threads() >= 1);
        assert!(free_memory() > 0);
    }
}
