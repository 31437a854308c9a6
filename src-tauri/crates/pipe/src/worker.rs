//! A worker: where it is found, and how it is started and ends.

use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// A worker that was just started, and its two pipes.
pub struct Worker {
    /// The process. It ends when `stdin` is closed.
    pub child: Child,
    /// What it is told goes here.
    pub stdin: ChildStdin,
    /// What it says comes from here.
    pub stdout: ChildStdout,
}

impl Worker {
    /// Starts the program at this path with an empty environment, in which LD_* and OMP_* could change what it does. Its log goes to
    /// `log`, a line at a time.
    ///
    /// # Errors
    /// When the system cannot start it.
    pub fn start<A: AsRef<OsStr>>(
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
        log: fn(&str),
    ) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).env_clear();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("no pipes"));
        };
        thread::spawn(move || log_lines(stderr, log));
        Ok(Self { child, stdin, stdout })
    }
}

/// The last words of an abort and a library's log: one line each, never what a person wrote or a document says.
fn log_lines(stderr: ChildStderr, log: fn(&str)) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        log(&line);
    }
}

/// The worker of this name that belongs to an executable: beside it, or in `../lib/tacit`. Never through PATH or the environment.
#[must_use]
pub fn beside(executable: &Path, name: &str) -> Option<PathBuf> {
    let name = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    let folder = executable.parent()?;
    [folder.join(&name), folder.join("../lib/tacit").join(&name)].into_iter().find(|path| path.is_file())
}

/// Waits for a worker that closed its stdout, and says in a few words how it ended. One that lingers for a second is broken, has no state
/// to lose, and is killed.
pub fn ending(child: &mut Child) -> String {
    for _ in 0..100 {
        match child.try_wait() {
            Ok(Some(status)) => return describe(status),
            Ok(None) => thread::sleep(Duration::from_millis(10)),
            Err(error) => return error.to_string(),
        }
    }
    child.kill().ok();
    child.wait().map_or_else(|error| error.to_string(), describe)
}

#[cfg(unix)]
fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("signal {signal}"),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "unknown".into(),
    }
}

#[cfg(not(unix))]
fn describe(status: ExitStatus) -> String {
    status.to_string()
}
