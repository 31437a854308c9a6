//! Promise 1, for the page: a page that tries every way out that a web view has (`src-tauri/examples/leak_page`), in a network namespace of the
//! test's own, where canaries stand for the whole internet and packets are counted. Each protection is seen beside its control.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::Read as _;
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tests::{Accessible, Desktop, Sandbox, WebCanaries, in_namespaces, packets_once_quiet, program};

/// The page tries for a few seconds, and each way that leaves it takes one more.
const ALL_TRIED: Duration = Duration::from_secs(90);
/// What must be heard where nothing holds the page back: the control of the canaries themselves.
const HEARD_WITHOUT: [&str; 21] = [
    "/img",
    "/img-ipv6",
    "img-by-name/",
    "/stylesheet",
    "/script-element",
    "/import-in-own-style",
    "/font-face",
    "/url-in-attribute",
    "/svg-image",
    "/iframe",
    "/object",
    "/preload",
    "/fetch",
    "/fetch-no-cors",
    "fetch-by-name/",
    "/xhr",
    "/websocket",
    "/beacon",
    "/leave-assign",
    "/leave-form-post",
    "/leave-refresh",
];

/// A worker's file comes without a policy, so what a worker of the program's own would ask for is held by the kernel alone.
const PAST_THE_POLICY: [&str; 2] = ["/own-worker-fetch", "/own-worker-import"];

/// What a page reached.
struct Reached {
    heard: Vec<String>,
    packets: u64,
}

/// The page, with these protections taken off.
fn page(what: &str, canaries: &WebCanaries, off: &[&str]) -> Reached {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    // What the desktop said by itself does not count.
    let _ = canaries.heard();
    let before = packets_once_quiet();
    let mut command = desktop.command(program("examples/leak_page"));
    // The window is known to the accessibility bus by this name.
    command.arg0("tacit-desktop").args(off);
    command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("GSETTINGS_BACKEND", "memory");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let window = desktop.open_with(command);
    // It is still the page, or is again, after every way that leaves it.
    window.wait_for_text("Nothing is left to try", ALL_TRIED);
    // What was asked for last is on its way.
    thread::sleep(Duration::from_secs(2));
    let heard = canaries.heard();
    let packets = packets_once_quiet() - before;
    let document = window.tree.all("document web").first().map(Accessible::text).unwrap_or_default();
    println!("{what}: {packets} packets; heard: {}\n{document}\n", heard.join(", "));
    window.kill();
    Reached { heard, packets }
}

#[test]
fn a_page_that_tries_everything_reaches_nobody() {
    if !in_namespaces(&["--net", "--ipc"], "a_page_that_tries_everything_reaches_nobody") {
        return;
    }
    let canaries = WebCanaries::listen();

    let nothing_on = page("nothing on", &canaries, &["unlocked", "no-policy", "anywhere"]);
    let is_heard = |way: &&str| nothing_on.heard.iter().any(|heard| heard == way);
    let deaf: Vec<&str> = HEARD_WITHOUT.into_iter().filter(|way| !is_heard(way)).collect();
    assert_eq!(deaf, Vec::<&str>::new(), "the control does not hear these");
    // A frame from elsewhere asked the program for what is for its own page.
    assert!(!nothing_on.heard.iter().any(|heard| heard.contains("own%20page")), "{:?}", nothing_on.heard);

    let locks_alone = page("the kernel's locks alone", &canaries, &["no-policy", "anywhere"]);
    assert_eq!((locks_alone.packets, locks_alone.heard), (0, Vec::new()));

    let as_shipped = page("as it ships", &canaries, &[]);
    assert_eq!((as_shipped.packets, as_shipped.heard), (0, Vec::new()));

    let policy_alone = page("the policy and the window alone", &canaries, &["unlocked"]);
    // What the policy does not rule, such as a name that is looked up ahead, is only held by the kernel: it is printed above.
    let is_request = |heard: &&String| heard.contains('/') && !PAST_THE_POLICY.contains(&heard.as_str());
    let requests: Vec<&String> = policy_alone.heard.iter().filter(is_request).collect();
    assert_eq!(requests, Vec::<&String>::new(), "a request got past the policy");
}

#[test]
fn the_page_that_leaks_has_the_policy_that_ships() {
    let security = |path: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri").join(path);
        let settings: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        settings["app"]["security"].clone()
    };
    let ships = security("tauri.conf.json");
    assert!(ships["csp"].is_object(), "{ships}");
    assert_eq!(security("examples/leak_page/as_shipped/tauri.conf.json"), ships);
}

/// Names are also looked up through a service on the machine, by a UNIX socket, which the window's locks leave open: the session bus is one too.
#[test]
fn no_service_on_the_machine_is_asked_to_look_a_name_up() {
    if !in_namespaces(&["--net", "--ipc", "--mount"], "no_service_on_the_machine_is_asked_to_look_a_name_up") {
        return;
    }
    let canaries = WebCanaries::listen();
    let service = NameService::listen();
    let is_asked = || service.asked().into_iter().filter(|key| key.ends_with(".leak.example")).collect::<Vec<_>>();

    let _ = page("nothing on", &canaries, &["unlocked", "no-policy", "anywhere"]);
    let control = is_asked();
    assert!(control.iter().any(|name| name == "preconnect.leak.example"), "the control is not heard: {control:?}");

    // The kernel's locks cannot tell one UNIX socket from another, and the policy rules no connection that is made ahead: only that the
    // window's web view looks no name up at all keeps this.
    let _ = page("the kernel's locks alone", &canaries, &["no-policy", "anywhere"]);
    println!("the kernel's locks alone: the name service was asked for {:?}", is_asked());
    let _ = page("as it ships", &canaries, &[]);
    assert_eq!(is_asked(), Vec::<String>::new());
}

/// A canary in the place of `nscd`, which the C library asks before anything else.
struct NameService {
    asked: Receiver<String>,
}

impl NameService {
    /// Listens, in a `/run` of the test's own.
    fn listen() -> Self {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "none", "/run"]).status();
        assert!(mounted.is_ok_and(|status| status.success()), "no /run of the test's own");
        fs::create_dir("/run/nscd").unwrap();
        let socket = UnixListener::bind("/run/nscd/socket").unwrap();
        let (sender, asked) = channel();
        thread::spawn(move || {
            for mut stream in socket.incoming().flatten() {
                // Three numbers (version, kind, length) and a key: `hosts` to begin with, and then the name.
                let mut bytes = [0; 512];
                let length = stream.read(&mut bytes).unwrap_or_default();
                let key = bytes.get(12..length).unwrap_or_default();
                sender.send(String::from_utf8_lossy(key).trim_end_matches('\0').to_owned()).ok();
            }
        });
        Self { asked }
    }

    /// What it was asked since the last time.
    fn asked(&self) -> Vec<String> {
        let mut asked: Vec<String> = self.asked.try_iter().collect();
        asked.sort();
        asked.dedup();
        asked
    }
}
