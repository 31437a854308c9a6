//! A terminal to type into and to look at: a tmux pane.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::sandbox::inherit;
use crate::{Sandbox, run};

const LIMIT: Duration = Duration::from_mins(1);

/// A pane of 100 columns in which one program runs. All of it ends when this is dropped.
pub struct Screen<'a> {
    sandbox: &'a Sandbox,
    socket: PathBuf,
}

impl<'a> Screen<'a> {
    /// Runs a command of the sandbox; when it ends, `left with CODE` is written below it.
    #[must_use]
    pub fn open(sandbox: &'a Sandbox, command: &Command) -> Self {
        // A server of its own, for one that is just being ended still answers.
        static OPENED: AtomicU32 = AtomicU32::new(0);
        let socket = sandbox.runtime().join(format!("tmux-{}", OPENED.fetch_add(1, Ordering::Relaxed)));
        let screen = Self { sandbox, socket };
        let mut tmux = screen.tmux(&["-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "50"]);
        // The shell outlives a Ctrl-C that is meant for the program.
        tmux.args(["sh", "-c", "trap : INT; \"$@\"; echo \"left with $?\"; exec sleep 600", "sh"]);
        tmux.arg(command.get_program()).args(command.get_args());
        inherit(command, &mut tmux);
        screen.done(tmux);
        screen
    }

    /// Types a text and Enter.
    pub fn enter(&self, text: &str) {
        self.done(self.tmux(&["send-keys", "-l", text]));
        self.press("Enter");
    }

    /// Types a line at the chat's prompt and waits for its echo.
    pub fn say(&self, line: &str) {
        let asked = format!("> {line}");
        let before = self.text().matches(&asked).count();
        self.enter(line);
        self.wait(&asked, |text| text.matches(&asked).count() > before);
    }

    /// Presses a key, as tmux names it.
    pub fn press(&self, key: &str) {
        self.done(self.tmux(&["send-keys", key]));
    }

    /// All that stands on the screen and above it, with wrapped lines joined.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.done(self.tmux(&["capture-pane", "-p", "-J", "-S", "-"]));
        let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    /// The same with its colours and styles.
    #[must_use]
    pub fn styled(&self) -> String {
        self.done(self.tmux(&["capture-pane", "-p", "-J", "-e", "-S", "-"]))
    }

    /// Waits for these words.
    pub fn wait_for(&self, words: &str) {
        self.wait(words, |text| text.contains(words));
    }

    /// Waits for the chat's prompt.
    pub fn wait_for_prompt(&self) {
        self.wait("the prompt", |text| text.lines().last() == Some(">"));
    }

    /// Waits until the text is as wanted.
    pub fn wait(&self, what: &str, is_there: impl Fn(&str) -> bool) {
        let begun = Instant::now();
        loop {
            let text = self.text();
            if is_there(&text) {
                return;
            }
            assert!(begun.elapsed() < LIMIT, "{what:?} did not come:\n{text}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn tmux(&self, arguments: &[&str]) -> Command {
        let mut tmux = Command::new("tmux");
        tmux.arg("-S").arg(&self.socket).args(arguments);
        self.sandbox.settle(&mut tmux);
        tmux
    }

    #[track_caller]
    fn done(&self, tmux: Command) -> String {
        let ran = run(tmux);
        assert_eq!(ran.code, Some(0), "{}: {ran:?}", self.sandbox.path().display());
        ran.stdout
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]).output().ok();
    }
}
