//! The real screen reader, Orca, on a test's desktop: what it says is read from its own log, and no sound is made.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::desktop::Desktop;
use crate::sandbox::{Group, Sandbox};

const START_LIMIT: Duration = Duration::from_secs(40);
const LOOK: Duration = Duration::from_millis(60);
/// How long it writes nothing when it has dealt with all that it was told of.
const QUIET: Duration = Duration::from_millis(500);
/// How long it may take to deal with it.
const CATCH_UP_LIMIT: Duration = Duration::from_secs(30);
/// How a line of its log begins that holds what is said.
const SAID: &str = "SPEECH OUTPUT: '";
/// How a line of its log begins that goes on with the one before.
const ON: &str = "                  ";
/// Settings without a speech server and without sounds: a test must not be heard.
const SETTINGS: &str = r#"{
  "general": { "speechServerFactory": null, "enableBraille": false, "enableSound": false,
               "profile": ["Default", "default"], "startingProfile": ["Default", "default"] },
  "profiles": { "default": { "profile": ["Default", "default"], "pronunciations": {}, "keybindings": {} } },
  "pronunciations": {}, "keybindings": {}
}"#;
/// Without it the log is written four thousand bytes at a time, long after what it tells.
const CUSTOMISATIONS: &str = "from orca import debug\ndebug.debugFile.reconfigure(line_buffering=True)\n";

/// Orca, speaking into a file. It ends when this is dropped.
pub struct Orca {
    log: PathBuf,
    _process: Group,
}

impl Orca {
    /// Starts it and waits until it listens.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(sandbox: &Sandbox, desktop: &Desktop<'_>) -> Self {
        let folder = sandbox.path().join("orca");
        fs::create_dir_all(&folder).expect("a folder for Orca");
        fs::write(folder.join("user-settings.conf"), SETTINGS).expect("Orca's settings");
        fs::write(folder.join("orca-customizations.py"), CUSTOMISATIONS).expect("Orca's customisations");
        let log = folder.join("log");
        let mut orca = desktop.command("orca");
        orca.arg("--user-prefs").arg(&folder).arg("--debug-file").arg(&log);
        orca.env("GSETTINGS_BACKEND", "memory");
        orca.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let orca = Self { _process: Group::spawn(&mut orca), log };
        orca.wait_for(0, "Screen reader on", START_LIMIT);
        orca
    }

    /// All that it said so far, a line for each time it began to speak.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let log = fs::read(&self.log).unwrap_or_default();
        spoken(&String::from_utf8_lossy(&log))
    }

    /// How often it has spoken so far: from here on, what it says is new.
    #[must_use]
    pub fn now(&self) -> usize {
        self.said().len()
    }

    /// What it said since.
    #[must_use]
    pub fn since(&self, now: usize) -> Vec<String> {
        self.said().split_off(now)
    }

    /// Waits until it has dealt with all that it was told of. A test types faster than anybody: with more than a hundred events before
    /// it, Orca passes over what a program tells it (`_inDeluge` in its `event_manager.py`), which it does not at a person's speed.
    pub fn catch_up(&self) {
        let length = || fs::metadata(&self.log).map_or(0, |log| log.len());
        let begun = Instant::now();
        let mut last = (length(), Instant::now());
        while last.1.elapsed() < QUIET && begun.elapsed() < CATCH_UP_LIMIT {
            thread::sleep(LOOK);
            let now = length();
            if now != last.0 {
                last = (now, Instant::now());
            }
        }
    }

    /// Whether it says one of these since, within a while.
    #[must_use]
    pub fn says(&self, now: usize, words: &[&str], patience: Duration) -> bool {
        let begun = Instant::now();
        loop {
            let said = self.since(now);
            if said.iter().any(|line| words.iter().any(|words| line.contains(words))) {
                return true;
            }
            if begun.elapsed() >= patience {
                return false;
            }
            thread::sleep(LOOK);
        }
    }

    /// Waits until it has said this since; what it said up to then.
    ///
    /// # Panics
    /// When it does not say it.
    #[allow(clippy::must_use_candidate, reason = "the waiting is the point")]
    pub fn wait_for(&self, now: usize, words: &str, patience: Duration) -> Vec<String> {
        let does = self.says(now, &[words], patience);
        let said = self.since(now);
        assert!(does, "the screen reader did not say {words:?}; it said: {said:#?}");
        said
    }
}

/// What was said, of a log.
fn spoken(log: &str) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut open = false;
    for line in log.lines() {
        if let Some((_, words)) = line.split_once(SAID) {
            said.push(words.to_owned());
            open = true;
        } else if open && let Some(more) = line.strip_prefix(ON) {
            let last = said.last_mut().expect("a line that goes on with one");
            last.push('\n');
            last.push_str(more);
        } else {
            open = false;
        }
    }
    // After the words stands how they are spoken: the name of a voice and its settings, or 'None'.
    let ends = ["'{", "' {", "' voice=", "'None"];
    said.iter()
        .map(|line| {
            let end = ends.iter().filter_map(|end| line.rfind(end)).max();
            line[..end.unwrap_or_else(|| line.trim_end_matches('\'').len())].to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_orca_says_is_read_from_its_log() {
        let log = "10:00:00.1 - SPEECH OUTPUT: 'Screen reader on.'{'established': False}\n\
                   10:00:00.2 - SPEECH OUTPUT: 'it's 7' voice=system{'family': {'name': 'x'}}\n\
                   noise\n\
                   10:00:00.3 - SPEECH OUTPUT: 'one\n                  two'{}\n\
                   10:00:00.4 - SPEECH OUTPUT: 'k ' {'established': False}\n\
                   10:00:00.5 - SPEECH OUTPUT: 'plain'None\n";
        assert_eq!(spoken(log), ["Screen reader on.", "it's 7", "one\ntwo", "k ", "plain"]);
    }
}
