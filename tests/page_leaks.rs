//! Promise 1, for the page: a page that tries every way out that a web view has (`src-tauri/examples/leak_page`), in a network namespace of the
//! test's own, where canaries stand for the whole internet and packets are counted. Each protection is seen beside its control.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use tests::{Desktop, Sandbox, WebCanaries, in_namespaces, not_run, packets_once_quiet, program};

/// The page tries for a few seconds, and each way that leaves it takes one more.
const ALL_TRIED: Duration = Duration::from_secs(90);
/// What must be heard where nothing holds the page back: the control of the canaries themselves.
const HEARD_WITHOUT: [&str; 24] = [
    "/img",
    "/img-ipv6",
    "img-by-name/",
    "/stylesheet",
    "/script",
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
    "/event-source",
    "/beacon",
    "/form-in-frame",
    "/own-worker-fetch",
    "/leave-assign",
    "/leave-form-post",
    "/leave-refresh",
];

/// What a page reached.
#[derive(Debug)]
struct Reached {
    heard: Vec<String>,
    packets: u64,
    /// What the window shows at the end.
    end: String,
}

/// The page, with these protections taken off.
fn page(canaries: &WebCanaries, off: &[&str]) -> Reached {
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
    window.wait_for_text("Nothing is left to try", ALL_TRIED);
    // What was asked for last is on its way.
    thread::sleep(Duration::from_secs(2));
    let heard = canaries.heard();
    let packets = packets_once_quiet() - before;
    let documents = window.tree.all("document web");
    let end = documents.iter().map(|document| document.text()).collect::<Vec<_>>().join(" | ");
    window.kill();
    Reached { heard, packets, end }
}

#[test]
fn a_page_that_tries_everything_reaches_nobody() {
    if !in_namespaces(&["--net", "--ipc"], "a_page_that_tries_everything_reaches_nobody") {
        return;
    }
    let canaries = WebCanaries::listen();

    let nothing_on = page(&canaries, &["unlocked", "no-policy", "anywhere"]);
    println!("without locks, policy and a window that stays: {nothing_on:?}");
    let deaf: Vec<_> = HEARD_WITHOUT.into_iter().filter(|way| !nothing_on.heard.iter().any(|it| it == way)).collect();
    assert_eq!(deaf, Vec::<&str>::new(), "the control does not hear these: {nothing_on:?}");

    let locks_alone = page(&canaries, &["no-policy", "anywhere"]);
    println!("the kernel's locks alone: {locks_alone:?}");
    assert_eq!((locks_alone.packets, locks_alone.heard), (0, Vec::new()));

    let as_shipped = page(&canaries, &[]);
    println!("as it ships: {as_shipped:?}");
    assert_eq!((as_shipped.packets, as_shipped.heard), (0, Vec::new()));

    let policy_alone = page(&canaries, &["unlocked"]);
    println!("the policy and the window alone, without the kernel's locks: {policy_alone:?}");
    let plain: Vec<_> = policy_alone.heard.iter().filter(|heard| heard.contains('/')).collect();
    assert_eq!(plain, Vec::<&String>::new(), "a request got past the policy");
}
