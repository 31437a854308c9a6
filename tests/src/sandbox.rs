//! A home of its own for each test, and programs run in it with a time limit.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Keyring, cached_model, program, starter_model};

/// How long a program may take before the test fails.
const TIME_LIMIT: Duration = Duration::from_mins(2);

/// Folders that only one test uses: a person's home, Tacit's home in it, a temporary folder, and a passphrase file.
pub struct Sandbox {
    root: TempDir,
}

/// The model that answers and the one that finds, as `TACIT_MODELS` names them.
fn models() -> OsString {
    let both = [starter_model(), cached_model("multilingual-e5-small.Q4_0.gguf")];
    std::env::join_paths(both).expect("paths without a colon")
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Sandbox {
    /// Empty folders; Tacit's home is not made.
    #[must_use]
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("tacit-test-").tempdir().expect("a temporary folder");
        for folder in ["home", "run", "tmp", "given"] {
            fs::create_dir(root.path().join(folder)).expect("a folder");
        }
        let sandbox = Self { root };
        fs::write(sandbox.passphrase_file(), "correct horse battery staple\n").expect("a passphrase file");
        sandbox
    }

    /// Everything that this test's programs may write lies below this.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The person's home folder.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.path().join("home")
    }

    /// `TACIT_HOME`, which the program makes.
    #[must_use]
    pub fn tacit_home(&self) -> PathBuf {
        self.home().join("tacit")
    }

    /// The folder of the vault, which the program makes.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.tacit_home().join("vaults/default")
    }

    /// `XDG_RUNTIME_DIR`: no bus is there unless the test starts one.
    #[must_use]
    pub fn runtime(&self) -> PathBuf {
        self.path().join("run")
    }

    /// `TMPDIR`.
    #[must_use]
    pub fn temporary(&self) -> PathBuf {
        self.path().join("tmp")
    }

    /// A file that the person hands to the program: the one place where the test itself writes secrets.
    #[must_use]
    pub fn give(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join("given").join(name);
        fs::write(&file, content).expect("a file for the program");
        file
    }

    /// The file with the passphrase.
    #[must_use]
    pub fn passphrase_file(&self) -> PathBuf {
        self.path().join("given/passphrase")
    }

    /// `tacit` with these arguments in an environment without a desktop session.
    #[must_use]
    pub fn tacit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("tacit"));
        self.settle(command.args(arguments));
        command
    }

    /// [`Self::tacit`] with `--passphrase-file`.
    #[must_use]
    pub fn tacit_with_passphrase(&self, arguments: &[&str]) -> Command {
        let mut command = self.tacit(&["--passphrase-file"]);
        command.arg(self.passphrase_file()).args(arguments);
        command
    }

    /// [`Self::tacit`] in a session that has a keyring.
    #[must_use]
    pub fn tacit_in(&self, keyring: &Keyring, arguments: &[&str]) -> Command {
        let mut command = self.tacit(arguments);
        command.env("DBUS_SESSION_BUS_ADDRESS", keyring.address());
        command
    }

    /// Gives any command the environment of this sandbox and nothing of the test's own.
    pub fn settle(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
        command
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home())
            .env("TACIT_HOME", self.tacit_home())
            .env("TACIT_MODELS", models())
            .env("TMPDIR", self.temporary())
            .env("XDG_RUNTIME_DIR", self.runtime())
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .current_dir(self.home());
    }

    /// A command that is run by another one, such as `strace -f`: with its own environment, in this sandbox.
    #[must_use]
    pub fn inside(&self, mut outer: Command, inner: &Command) -> Command {
        outer.arg(inner.get_program()).args(inner.get_args());
        self.settle(&mut outer);
        inherit(inner, &mut outer);
        outer
    }

    /// A command that a shell runs after some words of its own, such as `umask 077`.
    #[must_use]
    pub fn after(&self, words: &str, inner: &Command) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{words}; exec \"$0\" \"$@\"")]);
        self.inside(shell, inner)
    }

    /// A C file of `tests/` as a library for `LD_PRELOAD`.
    #[must_use]
    pub fn preload(&self, name: &str) -> PathBuf {
        self.compile(name, &["-shared", "-fPIC"])
    }

    /// A C file of `tests/` as a program.
    #[must_use]
    pub fn compiled(&self, name: &str) -> PathBuf {
        self.compile(name, &[])
    }

    fn compile(&self, name: &str, options: &[&str]) -> PathBuf {
        let output = self.path().join(name).with_extension("");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let mut compiler = Command::new("cc");
        compiler.args(options).args(["-Wall", "-Wextra", "-Werror", "-o"]).arg(&output).arg(source);
        assert!(compiler.status().expect("a C compiler").success(), "{name}");
        output
    }

    /// Asks a question with the passphrase and gives what `--json` said; the question must be answered.
    #[must_use]
    pub fn ask(&self, question: &str) -> Ran {
        let ran = run(self.tacit_with_passphrase(&["ask", "--json", question]));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran
    }
}

/// Gives a command what another one has in its environment.
pub(crate) fn inherit(from: &Command, to: &mut Command) {
    for (name, value) in from.get_envs() {
        match value {
            Some(value) => to.env(name, value),
            None => to.env_remove(name),
        };
    }
}

/// What a program said, and how it ended: a code, or `None` by a signal.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// Whether the system says that its memory was written down.
    pub dumped: bool,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// How long it took.
    pub took: Duration,
}

impl Ran {
    /// The objects of `--json`; every line must be one.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        let object =
            |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line:?} in {self:?}"));
        self.stdout.lines().map(object).collect()
    }

    /// The one object of this type.
    #[must_use]
    pub fn line(&self, kind: &str) -> Value {
        let mut found: Vec<Value> = self.lines().into_iter().filter(|line| line["type"] == kind).collect();
        assert_eq!(found.len(), 1, "{kind}: {self:?}");
        found.remove(0)
    }

    /// The error's stable name, from `--json`.
    #[must_use]
    pub fn error_code(&self) -> String {
        let error = self.line("error");
        assert_eq!(error["exit"].as_i64(), self.code.map(i64::from), "{self:?}");
        error["code"].as_str().expect("a code").to_owned()
    }

    /// The answer's text, put together from its tokens.
    #[must_use]
    pub fn answer(&self) -> String {
        let lines = self.lines();
        lines.iter().filter(|line| line["type"] == "token").filter_map(|line| line["text"].as_str()).collect()
    }
}

/// Runs a program with nothing on its standard input.
#[must_use]
pub fn run(command: Command) -> Ran {
    run_within(command, b"", TIME_LIMIT)
}

/// Runs a program with these bytes on its standard input.
#[must_use]
pub fn run_with(command: Command, input: &[u8]) -> Ran {
    run_within(command, input, TIME_LIMIT)
}

/// Runs a program; one that takes longer than `limit` is killed and fails the test.
#[must_use]
pub fn run_within(mut command: Command, input: &[u8], limit: Duration) -> Ran {
    let begun = Instant::now();
    let said = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Group::spawn(&mut command);
    let mut stdin = child.0.stdin.take().expect("its standard input");
    let input = input.to_vec();
    // A program that reads nothing closes its end, which is no fault.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let stdout = read_all(child.0.stdout.take().expect("its standard output"));
    let stderr = read_all(child.0.stderr.take().expect("its standard error"));
    let status = child.wait(limit);
    if status.is_none() {
        child.kill();
    }
    writer.join().expect("the writer");
    let text = |reader: JoinHandle<Vec<u8>>| String::from_utf8_lossy(&reader.join().expect("a reader")).into_owned();
    let ran = Ran {
        code: status.and_then(|status| status.code()),
        dumped: status.is_some_and(|status| status.core_dumped()),
        stdout: text(stdout),
        stderr: text(stderr),
        took: begun.elapsed(),
    };
    assert!(status.is_some(), "{said} did not end within {limit:?}: {ran:?}");
    ran
}

fn read_all(mut from: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).ok();
        bytes
    })
}

/// A program that runs beside the test. It and its workers are killed when this is dropped.
pub struct Running {
    child: Group,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    stderr: Option<JoinHandle<Vec<u8>>>,
    seen: Vec<String>,
}

impl Running {
    /// Starts a program whose standard input stays open.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Group::spawn(&mut command);
        let stdout = BufReader::new(child.0.stdout.take().expect("its standard output"));
        let (sender, lines) = channel();
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let stderr = Some(read_all(child.0.stderr.take().expect("its standard error")));
        let stdin = child.0.stdin.take();
        Self { child, stdin, lines, stderr, seen: Vec::new() }
    }

    /// The process id of the main program.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.0.id()
    }

    /// The process ids of its children: the engine.
    #[must_use]
    pub fn children(&self) -> Vec<u32> {
        let id = self.id();
        let list = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        list.split_whitespace().filter_map(|child| child.parse().ok()).collect()
    }

    /// Writes to its standard input.
    pub fn write(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().expect("standard input was closed");
        stdin.write_all(text.as_bytes()).and_then(|()| stdin.flush()).expect("the program reads");
    }

    /// Ends its standard input.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// The next line of its standard output; `None` at its end.
    #[must_use]
    pub fn next_line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(TIME_LIMIT) {
            Ok(line) => {
                self.seen.push(line.clone());
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("no line within {TIME_LIMIT:?} after {:?}", self.seen),
        }
    }

    /// Reads on to the next object of this type; the output must not end before.
    #[must_use]
    pub fn until(&mut self, kind: &str) -> Value {
        loop {
            let line = self.next_line().unwrap_or_else(|| panic!("it ended before {kind:?}: {:?}", self.seen));
            let object: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line:?}"));
            if object["type"] == kind {
                return object;
            }
        }
    }

    /// Sends a signal to the main program alone.
    pub fn signal(&self, signal: Signal) {
        self.child.signal(signal);
    }

    /// Waits for its end and gives all that it said.
    #[must_use]
    pub fn finish(mut self) -> Ran {
        self.stdin = None;
        let begun = Instant::now();
        let Some(status) = self.child.wait(TIME_LIMIT) else {
            panic!("it did not end within {TIME_LIMIT:?} after {:?}", self.seen)
        };
        while self.next_line().is_some() {}
        let stderr = self.stderr.take().map(|reader| reader.join().expect("a reader")).unwrap_or_default();
        Ran {
            code: status.code(),
            dumped: status.core_dumped(),
            stdout: self.seen.join("\n"),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
            took: begun.elapsed(),
        }
    }
}

/// A child in a process group of its own, so that its workers end with it. All are killed on drop.
pub(crate) struct Group(pub(crate) Child);

impl Group {
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let spawned = command.process_group(0).spawn();
        Self(spawned.unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }

    fn wait(&mut self, limit: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + limit;
        loop {
            if let Some(status) = self.0.try_wait().expect("a child to wait for") {
                return Some(status);
            }
            if Instant::now() >= until {
                return None;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(pid(self.0.id()), signal).expect("a process to signal");
    }

    fn kill(&mut self) {
        // Gone already is as good.
        kill_process_group(pid(self.0.id()), Signal::KILL).ok();
        self.0.wait().ok();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

fn pid(id: u32) -> Pid {
    i32::try_from(id).ok().and_then(Pid::from_raw).expect("a process id")
}
