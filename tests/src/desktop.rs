//! A desktop of a test's own: an X server without a screen, a session with a keyring and the accessibility bus, and the window in it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::accessible::{Accessible, Tree};
use crate::sandbox::{Group, Sandbox};
use crate::{Keyring, program, run};

const START_LIMIT: Duration = Duration::from_secs(30);
/// Where at-spi-bus-launcher is, on Debian and on Ubuntu.
const LAUNCHERS: [&str; 2] = ["/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher"];

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A desktop. Everything on it ends when this is dropped.
pub struct Desktop<'a> {
    sandbox: &'a Sandbox,
    session: Keyring,
    display: String,
    _accessibility: Group,
    _server: Group,
}

/// A window of Tacit on a desktop.
pub struct Window<'a> {
    desktop: &'a Desktop<'a>,
    process: Group,
    /// Its accessibility tree.
    pub tree: Accessible,
}

impl<'a> Desktop<'a> {
    /// A desktop whose session has an unlocked keyring.
    #[must_use]
    pub fn start(sandbox: &'a Sandbox) -> Self {
        Self::with(sandbox, Keyring::start(sandbox))
    }

    /// A desktop in a session.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn with(sandbox: &'a Sandbox, session: Keyring) -> Self {
        let (server, display) = server(sandbox);
        let launcher = LAUNCHERS.into_iter().find(|path| Path::new(path).exists()).expect("at-spi-bus-launcher");
        let mut accessibility = session.command(launcher);
        accessibility.args(["--launch-immediately", "--a11y=1"]).env("DISPLAY", &display);
        accessibility.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let accessibility = Group::spawn(&mut accessibility);
        let begun = Instant::now();
        while !has_accessibility(&session) {
            assert!(begun.elapsed() < START_LIMIT, "the accessibility bus did not start");
            thread::sleep(Duration::from_millis(20));
        }
        Self { sandbox, session, display, _accessibility: accessibility, _server: server }
    }

    /// The session with its keyring.
    #[must_use]
    pub fn session(&self) -> &Keyring {
        &self.session
    }

    /// A command on this desktop.
    #[must_use]
    pub fn command(&self, name: impl AsRef<Path>) -> Command {
        let mut command = self.session.command(name);
        command.env("DISPLAY", &self.display);
        command
    }

    /// The window's program, as it ships.
    #[must_use]
    pub fn tacit(&self) -> Command {
        let mut command = self.command(program("tacit-desktop"));
        // There is no graphics card behind this server.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("GSETTINGS_BACKEND", "memory");
        // What the toolkit says on standard error would stand in the middle of the test runner's lines.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Keeps how the window will look, as a person would have chosen it: the first run asks for nothing of this.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn prefer(&self, language: &str, look: Look) {
        let theme = if look == Look::Dark { "dark" } else { "light" };
        let home = self.sandbox.tacit_home();
        fs::create_dir_all(&home).expect("the home");
        let kept = format!("{{\"language\":\"{language}\",\"theme\":\"{theme}\",\"large\":false}}");
        fs::write(home.join("preferences.json"), kept).expect("the preferences");
        // As Tacit makes them: for nobody else to read.
        for (path, mode) in [(home.join("preferences.json"), 0o600), (home, 0o700)] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
        }
    }

    /// Opens the window and waits for its page.
    #[must_use]
    pub fn open(&self) -> Window<'_> {
        self.open_with(self.tacit())
    }

    /// Opens the window through a command of the caller's and waits for its page.
    ///
    /// # Panics
    /// When it does not come.
    #[must_use]
    pub fn open_with(&self, mut command: Command) -> Window<'_> {
        let process = Group::spawn(&mut command);
        let tree = Tree::of_session(self.session.address());
        let begun = Instant::now();
        let tree = loop {
            if let Some(program) =
                tree.program("tacit-desktop").filter(|program| !program.all("document web").is_empty())
            {
                break program;
            }
            if begun.elapsed() >= START_LIMIT {
                self.picture("not-open");
            }
            assert!(begun.elapsed() < START_LIMIT, "the window did not open; there are: {}", tree.outline());
            thread::sleep(Duration::from_millis(50));
        };
        let window = Window { desktop: self, process, tree };
        window.raise();
        window
    }

    /// A picture of the whole screen, in `target/screenshots`.
    ///
    /// # Panics
    /// When it cannot be taken.
    pub fn picture(&self, name: &str) {
        let folder = program("tacit").ancestors().nth(2).expect("target").join("screenshots");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        let file = folder.join(format!("{name}.png"));
        let mut import = self.command("import");
        import.args(["-window", "root"]).arg(&file);
        assert_eq!(run(import).code, Some(0), "no picture");
    }
}

impl Window<'_> {
    /// Gives the window the keyboard.
    ///
    /// # Panics
    /// When it is not on the screen.
    pub fn raise(&self) {
        let begun = Instant::now();
        loop {
            let ran = self.xdotool(&["search", "--onlyvisible", "--name", "^Tacit$", "windowfocus"]);
            if ran.code == Some(0) {
                return;
            }
            assert!(begun.elapsed() < START_LIMIT, "no window on the screen: {ran:?}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses keys, as xdotool names them (`ctrl+k`, `Return`).
    ///
    /// # Panics
    /// When they cannot be pressed.
    pub fn keys(&self, keys: &str) {
        let ran = self.xdotool(&["key", "--clearmodifiers", "--delay", "20", keys]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }

    /// Types text into what has the focus.
    ///
    /// # Panics
    /// When it cannot be typed.
    pub fn type_text(&self, text: &str) {
        let ran = self.xdotool(&["type", "--clearmodifiers", "--delay", "8", text]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }

    /// Types text into the text box of this name.
    pub fn fill(&self, name: &str, text: &str) {
        let entry = self.entry(name);
        entry.focus();
        self.tree.wait("the focus", Duration::from_secs(5), || entry.is_focused().then_some(()));
        self.keys("ctrl+a");
        self.type_text(text);
        // What was typed is there some moments after it was typed. A passphrase shows as many dots.
        let letters = text.chars().count();
        self.tree.wait("what was typed", Duration::from_secs(20), || {
            let shown = entry.text();
            (shown == text || entry.role() == "password text" && shown.chars().count() == letters).then_some(())
        });
    }

    /// Whatever has this name, if it is there now.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Accessible> {
        self.tree.find_by(|found| found.name() == name)
    }

    /// The text box of this name, once it is there.
    #[must_use]
    pub fn entry(&self, name: &str) -> Accessible {
        self.tree.wait(&format!("the text box {name:?}"), Duration::from_secs(20), || {
            self.one_of(&["entry", "text", "password text"], name)
        })
    }

    /// Goes through the first run with what is proposed.
    pub fn first_run(&self) {
        for _ in 0..3 {
            self.press("Continue");
        }
        self.press("Later");
        self.press("Start");
        let _ = self.entry("Message");
    }

    /// Presses the button of this name, once it is there and can be pressed.
    pub fn press(&self, name: &str) {
        let button = self.tree.wait(&format!("the button {name:?}"), Duration::from_secs(20), || {
            self.button(name).filter(Accessible::is_enabled)
        });
        button.press();
    }

    /// The button of this name, if it is there now.
    #[must_use]
    pub fn button(&self, name: &str) -> Option<Accessible> {
        // A button that opens a menu or a dialog is a combo box to WebKit.
        self.one_of(&["push button", "toggle button", "combo box"], name)
    }

    /// The button whose name begins so, if it is there now.
    #[must_use]
    pub fn button_that_begins(&self, name: &str) -> Option<Accessible> {
        self.tree.find_by(|found| found.name().starts_with(name) && found.role() == "push button" && found.is_showing())
    }

    /// The button whose name begins so, if it is there now, on show or scrolled out of sight.
    #[must_use]
    pub fn button_anywhere(&self, name: &str) -> Option<Accessible> {
        self.tree.find_by(|found| found.name().starts_with(name) && found.role() == "push button")
    }

    /// The radio button whose name begins so, if it is there now.
    #[must_use]
    pub fn radio(&self, name: &str) -> Option<Accessible> {
        self.tree
            .find_by(|found| found.name().starts_with(name) && found.role() == "radio button" && found.is_showing())
    }

    fn one_of(&self, roles: &[&str], name: &str) -> Option<Accessible> {
        // Also what is scrolled out of sight: a screen reader reaches it all the same.
        self.tree.find_by(|found| found.name() == name && roles.contains(&found.role().as_str()))
    }

    /// Whether a message on show holds this.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.tree.all("article").iter().any(|message| message.text().contains(text))
    }

    /// The engines that the window's program runs.
    #[must_use]
    pub fn engines(&self) -> Vec<u32> {
        let mut ps = Command::new("pgrep");
        ps.args(["--parent", &self.process_id().to_string(), "tacit-engine"]);
        run(ps).stdout.lines().filter_map(|line| line.parse().ok()).collect()
    }

    /// Ends its engines at once.
    ///
    /// # Panics
    /// When there is none.
    pub fn kill_engines(&self) {
        let engines = self.engines();
        assert!(!engines.is_empty(), "no engine runs");
        for engine in engines {
            let engine = i32::try_from(engine).ok().and_then(rustix::process::Pid::from_raw).expect("a process");
            rustix::process::kill_process(engine, Signal::KILL).expect("a signal");
        }
    }

    /// Waits until this stands somewhere in the window.
    pub fn wait_for_text(&self, text: &str, patience: Duration) {
        self.tree.wait(&format!("the text {text:?}"), patience, || self.shows(text).then_some(()));
    }

    /// Whether this stands somewhere in the window now.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        let document = self.tree.all("document web");
        document.iter().any(|document| document.text().contains(text))
    }

    /// The process of the window's program.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.0.id()
    }

    /// Closes it by its keys, and waits for its end.
    ///
    /// # Panics
    /// When it does not end.
    pub fn close(mut self) {
        self.raise();
        self.keys("ctrl+q");
        self.wait_for_end();
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.process.signal(Signal::KILL);
        self.wait_for_end();
    }

    fn wait_for_end(&mut self) {
        let begun = Instant::now();
        while self.process.0.try_wait().expect("its status").is_none() {
            assert!(begun.elapsed() < START_LIMIT, "the window did not close");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn xdotool(&self, arguments: &[&str]) -> crate::Ran {
        let mut xdotool = self.desktop.command("xdotool");
        xdotool.args(arguments);
        run(xdotool)
    }
}

/// An X server that chooses a display by itself.
fn server(sandbox: &Sandbox) -> (Group, String) {
    let mut server = Command::new("Xvfb");
    sandbox.settle(&mut server);
    server.args(["-displayfd", "1", "-screen", "0", "1280x860x24", "-nolisten", "tcp", "-noreset"]);
    server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = Group::spawn(&mut server);
    let stdout = server.0.stdout.take().expect("the server's standard output");
    let mut number = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut number).expect("a display");
    (server, format!(":{}", number.trim()))
}

fn has_accessibility(session: &Keyring) -> bool {
    let mut send = session.command("dbus-send");
    send.args(["--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"]);
    run(send).code == Some(0)
}
