//! Documents in the window, used as a person uses it: through what a screen reader sees, and the keyboard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")]

use std::time::Duration;

use tests::{Desktop, Look, Sandbox};

/// How long an answer of the starter model may take on a busy machine.
const ANSWER: Duration = Duration::from_mins(2);
/// How long something that takes no model may take.
const SOON: Duration = Duration::from_secs(30);

/// From the first run to a sentence that opens its line: the sample, its question, the place it stands on.
#[test]
fn the_first_minute_ends_with_a_sentence_that_opens_its_page() {
    for (look, suffix) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let sandbox = Sandbox::new();
        let desktop = Desktop::start(&sandbox);
        desktop.prefer("en", look);
        let window = desktop.open();
        window.first_run();
        window.press("Try it with a sample document");
        window.tree.wait("the question", SOON, || {
            window.entry("Message").text().contains("How much is the rent").then_some(())
        });
        window.press("Send");
        // The passages come before the model has finished. What it writes may have moved them above what is on show.
        let passage =
            window.tree.wait("a passage", SOON, || window.button_anywhere("Open passage 1 in Sample lease.pdf"));
        window.wait_for_text("Checked against your documents", ANSWER);
        assert!(!window.shows("From the model\u{2019}s memory"), "{}", window.tree.outline());
        desktop.picture(&format!("evidence-{suffix}"));
        passage.press();
        let _ = window.tree.wait("the viewer", SOON, || window.button("Close the document"));
        // Its words are there for a screen reader, and the place is told.
        window.wait_for_text("(cited place)", SOON);
        std::thread::sleep(Duration::from_secs(2));
        desktop.picture(&format!("viewer-{suffix}"));
        window.press("Close the document");
        window.close();
        // All of it is there again after a restart.
        let window = desktop.open();
        window.tree.wait("the chat", SOON, || window.button_that_begins("How much is the rent")).press();
        window.wait_for_text("Checked against your documents", SOON);
    }
}

#[test]
fn documents_are_listed_found_and_removed() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let window = desktop.open();
    window.first_run();
    window.press("Try it with a sample document");
    window
        .tree
        .wait("the question", SOON, || window.entry("Message").text().contains("How much is the rent").then_some(()));
    window.keys("ctrl+d");
    window.tree.wait("the sample", SOON, || window.button("Open \u{201C}Sample lease.pdf\u{201D}"));
    desktop.picture("documents");
    let _window = window;
}

/// How many scans are read: each takes the reader about a second.
const SCANS: usize = 12;

fn readers(window: &tests::Window<'_>) -> usize {
    let mut ps = std::process::Command::new("pgrep");
    ps.args(["--parent", &window.process_id().to_string(), "tacit-reader"]);
    tests::run(ps).stdout.lines().count()
}

#[test]
fn what_comes_into_a_watched_folder_is_read_while_the_window_is_open_and_a_lock_stops_it_in_the_middle_of_a_page() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path().join("given/scans");
    std::fs::create_dir_all(&folder).unwrap();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let window = desktop.open();
    window.first_run();
    window.close();
    let mut watch = desktop.command(tests::program("tacit"));
    watch.arg("watch").arg(&folder);
    assert_eq!(tests::run(watch).code, Some(0));

    let window = desktop.open();
    let scan = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/documents/pdf/scan-en.pdf")).unwrap();
    for number in 0..SCANS {
        // What stands behind a PDF's end is not read, and makes it another document.
        let other = [scan.as_slice(), format!("\n% {number}\n").as_bytes()].concat();
        std::fs::write(folder.join(format!("{number}.pdf")), other).unwrap();
    }
    // It looks every minute.
    window.tree.wait("a reader", Duration::from_mins(3), || (readers(&window) > 0).then_some(()));
    window.keys("ctrl+shift+l");
    window.wait_for_text("Tacit is locked", SOON);
    assert_eq!(readers(&window), 0, "a reader still holds a page");
    // Unlocked it goes on, and nothing is missing.
    window.press("Unlock with the keyring");
    window.tree.wait("a reader", SOON, || (readers(&window) > 0).then_some(()));
    window.close();
    let mut add = desktop.command(tests::program("tacit"));
    add.arg("add");
    assert_eq!(tests::run_within(add, b"", Duration::from_mins(5)).code, Some(0));
    let mut docs = desktop.command(tests::program("tacit"));
    docs.args(["docs", "--json"]);
    let documents = tests::run(docs).lines();
    let read = documents.iter().filter(|document| document["state"]["state"] == "read" && document["pages_read"] == 1);
    assert_eq!(read.count(), SCANS, "{documents:?}");
}
