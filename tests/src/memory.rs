//! A limit on memory, as a computer with less of it has: a cgroup.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where cgroups of the first and of the second kind stand.
const FIRST: &str = "/sys/fs/cgroup/memory";
const SECOND: &str = "/sys/fs/cgroup";

/// A group of processes that together get so much memory and no swap. It ends when this is dropped.
pub struct MemoryGroup {
    kind: Kind,
}

enum Kind {
    /// A folder of our own, in which processes put themselves.
    Folder { folder: PathBuf, peak: &'static str },
    /// A scope that systemd makes for each command, as `systemd-run` is told.
    Scope(Vec<String>),
}

impl MemoryGroup {
    /// Makes a group, or says why this machine lets us make none.
    ///
    /// # Errors
    /// What was tried and how it ended.
    pub fn new(bytes: u64) -> Result<Self, String> {
        let name = format!("tacit-bench-{}", std::process::id());
        let made = if Path::new(FIRST).join("memory.limit_in_bytes").exists() {
            first_kind(&Path::new(FIRST).join(name), bytes)
        } else {
            second_kind(&Path::new(SECOND).join(name), bytes)
        };
        let kind = made.or_else(|error| scope(bytes).map_err(|other| format!("no cgroup ({error}), {other}")))?;
        Ok(Self { kind })
    }

    /// The command inside the group. Like a sandbox's, it gets no environment but its own.
    #[must_use]
    pub fn inside(&self, command: &Command) -> Command {
        let mut outer = match &self.kind {
            Kind::Folder { folder, .. } => {
                let mut shell = Command::new("sh");
                shell.env_clear();
                shell.args(["-c", "echo $$ >\"$0\" && exec \"$@\""]).arg(folder.join("cgroup.procs"));
                shell
            }
            Kind::Scope(arguments) => {
                let mut systemd = Command::new("systemd-run");
                systemd.args(arguments);
                systemd
            }
        };
        outer.arg(command.get_program()).args(command.get_args());
        let own_bus = matches!(self.kind, Kind::Scope(_)).then_some("XDG_RUNTIME_DIR");
        for (name, value) in command.get_envs().filter(|(name, _)| own_bus.is_none_or(|own| *name != own)) {
            if let Some(value) = value {
                outer.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            outer.current_dir(folder);
        }
        outer
    }

    /// The most bytes that its processes have had at once, where the system tells.
    #[must_use]
    pub fn peak(&self) -> Option<u64> {
        let Kind::Folder { folder, peak } = &self.kind else { return None };
        fs::read_to_string(folder.join(peak)).ok()?.trim().parse().ok()
    }
}

impl Drop for MemoryGroup {
    fn drop(&mut self) {
        if let Kind::Folder { folder, .. } = &self.kind {
            // Only an empty group can go; its processes have ended.
            fs::remove_dir(folder).ok();
        }
    }
}

fn first_kind(folder: &Path, bytes: u64) -> Result<Kind, String> {
    make(folder, "memory.limit_in_bytes", bytes)?;
    // Where swap is not counted, this file is missing.
    fs::write(folder.join("memory.memsw.limit_in_bytes"), bytes.to_string()).ok();
    Ok(Kind::Folder { folder: folder.to_owned(), peak: "memory.max_usage_in_bytes" })
}

fn second_kind(folder: &Path, bytes: u64) -> Result<Kind, String> {
    // Refused where a group above has processes of its own; then the file below is missing.
    fs::write(Path::new(SECOND).join("cgroup.subtree_control"), "+memory").ok();
    make(folder, "memory.max", bytes)?;
    fs::write(folder.join("memory.swap.max"), "0").ok();
    Ok(Kind::Folder { folder: folder.to_owned(), peak: "memory.peak" })
}

fn make(folder: &Path, limit: &str, bytes: u64) -> Result<(), String> {
    fs::create_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let limit = folder.join(limit);
    // Not made by us when it is missing: the kernel makes these files.
    let set = fs::OpenOptions::new().write(true).open(&limit);
    let set = set.and_then(|mut file| std::io::Write::write_all(&mut file, bytes.to_string().as_bytes()));
    set.map_err(|error| {
        fs::remove_dir(folder).ok();
        format!("{}: {error}", limit.display())
    })
}

/// systemd, the person's own or the system's, whichever makes a scope for `true`.
fn scope(bytes: u64) -> Result<Kind, String> {
    for whose in ["--user", "--system"] {
        let limit = format!("MemoryMax={bytes}");
        let arguments = [whose, "--scope", "--quiet", "--property", &limit, "--property", "MemorySwapMax=0", "--"];
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let mut systemd = Command::new("systemd-run");
        systemd.args(&arguments).arg("true");
        if systemd.output().is_ok_and(|output| output.status.success()) {
            return Ok(Kind::Scope(arguments));
        }
    }
    Err("and systemd-run makes no scope".into())
}
