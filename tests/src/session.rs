//! A session bus with a real keyring (gnome-keyring-daemon) inside a sandbox.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::Sandbox;
use crate::sandbox::{Group, inherit};
use crate::{Ran, run};

/// A bus that starts nothing by itself: what answers on it is what the test put there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=@BUS@</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
/// The collection that the daemon makes for the password it is unlocked with.
const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const START_LIMIT: Duration = Duration::from_secs(20);

/// A session with an unlocked keyring. Both end when this is dropped; the keyring's files stay in the sandbox, and a new
/// session finds them again unless they are wiped.
pub struct Keyring {
    address: String,
    environment: Command,
    daemon: Option<Group>,
    _bus: Group,
}

impl Keyring {
    /// Starts a session whose keyring is unlocked.
    #[must_use]
    pub fn start(sandbox: &Sandbox) -> Self {
        let mut session = Self::without_daemon(sandbox);
        let mut daemon = session.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut daemon = Group::spawn(&mut daemon);
        let mut password = daemon.0.stdin.take().expect("the daemon's standard input");
        password.write_all(b"password of the session").expect("the daemon reads its password");
        drop(password);
        session.daemon = Some(daemon);
        let begun = Instant::now();
        while !session.is_ready() {
            assert!(begun.elapsed() < START_LIMIT, "the keyring did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        session
    }

    /// Starts a session that has a bus and no keyring on it.
    #[must_use]
    pub fn without_daemon(sandbox: &Sandbox) -> Self {
        // Not where every program looks by itself: only what is told the address is in this session.
        let socket = sandbox.runtime().join("session");
        fs::remove_file(&socket).ok();
        let configuration = sandbox.runtime().join("bus.conf");
        fs::write(&configuration, BUS.replace("@BUS@", &socket.to_string_lossy())).expect("the bus's configuration");
        let address = format!("unix:path={}", socket.display());
        let mut environment = Command::new("true");
        sandbox.settle(&mut environment);
        environment.env("DBUS_SESSION_BUS_ADDRESS", &address);
        let mut bus = Command::new("dbus-daemon");
        bus.arg("--nofork").arg("--config-file").arg(&configuration);
        let bus = Group::spawn(bus.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()));
        let begun = Instant::now();
        while !socket.exists() {
            assert!(begun.elapsed() < START_LIMIT, "the session bus did not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { address, environment, daemon: None, _bus: bus }
    }

    /// The bus, as `DBUS_SESSION_BUS_ADDRESS` names it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Locks the collection, as a session does that is left alone. Nobody is there to unlock it again.
    pub fn lock(&self) {
        self.call(ROOT, "org.freedesktop.Secret.Service.Lock", &[&format!("array:objpath:{COLLECTION}")]);
        assert_eq!(self.items(), (0, 1), "the keyring did not lock");
    }

    /// Stops the keyring in its tracks: it takes calls and answers none.
    pub fn freeze(&self) {
        self.daemon.as_ref().expect("a daemon").signal(Signal::STOP);
    }

    /// Removes Tacit's items.
    pub fn empty(&self) {
        let ran = run(self.tool(&["clear", "service", "tacit"]));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(self.items(), (0, 0), "the keyring still holds it");
    }

    /// Puts other bytes where this vault's key was.
    pub fn replace(&self, vault: &str, secret: &[u8]) {
        let attributes = self.attributes();
        let mut store = self.tool(&["store", "--label", "changed"]);
        for (name, value) in &attributes {
            store.args([name, value]);
        }
        assert!(attributes.iter().any(|(_, value)| value == vault), "{attributes:?}");
        let ran = crate::run_with(store, secret);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(self.items(), (1, 0), "the item was added to, not replaced");
    }

    /// The attributes of Tacit's one item.
    #[must_use]
    pub fn attributes(&self) -> Vec<(String, String)> {
        let ran = run(self.tool(&["search", "service", "tacit"]));
        // secret-tool writes the attributes to standard error.
        let lines = ran.stdout.lines().chain(ran.stderr.lines());
        let attributes = lines.filter_map(|line| line.strip_prefix("attribute.")?.split_once(" = "));
        let attributes = attributes.filter(|(name, _)| *name != "xdg:schema");
        attributes.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// How many items of Tacit's are unlocked, and how many are locked.
    #[must_use]
    pub fn items(&self) -> (usize, usize) {
        let search =
            self.call(ROOT, "org.freedesktop.Secret.Service.SearchItems", &["dict:string:string:service,tacit"]);
        let mut lists = search.split("array [").skip(1).map(|list| list.matches("object path").count());
        (lists.next().unwrap_or_default(), lists.next().unwrap_or_default())
    }

    /// Whether the keyring answers and has its default collection.
    fn is_ready(&self) -> bool {
        let alias = self.send(ROOT, "org.freedesktop.Secret.Service.ReadAlias", &["string:default"]);
        alias.stdout.contains(COLLECTION)
    }

    fn call(&self, path: &str, method: &str, arguments: &[&str]) -> String {
        let ran = self.send(path, method, arguments);
        assert_eq!(ran.code, Some(0), "{method}: {ran:?}");
        ran.stdout
    }

    fn send(&self, path: &str, method: &str, arguments: &[&str]) -> Ran {
        let mut send = self.command("dbus-send");
        send.args(["--session", "--print-reply", &format!("--dest={SERVICE}"), path, method]).args(arguments);
        run(send)
    }

    fn tool(&self, arguments: &[&str]) -> Command {
        let mut tool = self.command("secret-tool");
        tool.args(arguments);
        tool
    }

    /// A command in this session.
    #[must_use]
    pub fn command(&self, name: impl AsRef<Path>) -> Command {
        let mut command = Command::new(name.as_ref());
        command.env_clear();
        inherit(&self.environment, &mut command);
        command
    }
}
