//! What the kernel says of a process's locks.

/// A process's own protection, as the kernel reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Whether a crash could leave a core file or feed a core handler.
    pub core_files: bool,
    /// Whether other processes of the person may look into it.
    pub dumpable: bool,
    /// Whether what it starts can gain no privilege.
    pub no_new_privileges: bool,
}

/// What `/proc/PID/status` says of all threads of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threads {
    /// How many there are.
    pub threads: usize,
    /// How many of them run behind a seccomp filter.
    pub filtered: usize,
    /// The fewest filters that one of them runs behind.
    pub filters: u32,
    /// Whether none of them can gain privileges.
    pub no_new_privileges: bool,
}

/// The newest Landlock that this kernel offers; nothing where it has none or it is off.
#[must_use]
pub fn landlock() -> Option<i32> {
    #[cfg(target_os = "linux")]
    #[allow(unsafe_code, reason = "the crate landlock keeps the number to itself")]
    {
        /// `LANDLOCK_CREATE_RULESET_VERSION`: no ruleset, only the number.
        const VERSION: u32 = 1;
        // SAFETY: a null pointer with no length, as that flag wants it.
        let version =
            unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0_usize, VERSION) };
        i32::try_from(version).ok().filter(|version| *version > 0)
    }
    #[cfg(not(target_os = "linux"))]
    None
}

/// Of the calling process.
#[must_use]
#[cfg(target_os = "linux")]
pub fn own() -> Own {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
    let most = getrlimit(Resource::Core).maximum;
    Own {
        // See `linux.rs`: 1 stops the handler too, 0 does not.
        core_files: most != Some(1),
        dumpable: !matches!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable)),
        no_new_privileges: rustix::thread::no_new_privs().unwrap_or(false),
    }
}

/// `SECCOMP_MODE_FILTER`
const FILTER: u32 = 2;

/// Of every thread of a process; nothing where the system does not tell.
#[must_use]
pub fn threads(process: u32) -> Option<Threads> {
    let entries = std::fs::read_dir(format!("/proc/{process}/task")).ok()?;
    let statuses: Vec<String> =
        entries.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok()).collect();
    let field = |status: &str, name: &str| -> Option<u32> {
        status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')?.trim().parse().ok())
    };
    Some(Threads {
        threads: statuses.len(),
        filtered: statuses.iter().filter(|status| field(status, "Seccomp") == Some(FILTER)).count(),
        filters: statuses.iter().filter_map(|status| field(status, "Seccomp_filters")).min().unwrap_or(0),
        no_new_privileges: statuses.iter().all(|status| field(status, "NoNewPrivs") == Some(1)),
    })
}
