//! The window, used as a person uses it: through what a screen reader sees, and the keyboard.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")]

use std::time::Duration;

use tests::{Desktop, Look, Sandbox, Window};

const ANSWER: Duration = Duration::from_secs(60);

/// Through the first run with what is proposed.
fn first_run(window: &Window) {
    for _ in 0..3 {
        window.press("Continue");
    }
    window.press("Later");
    window.press("Start");
    let _ = window.entry("Message");
}

#[test]
fn a_person_who_only_presses_continue_chats_and_finds_it_again_after_a_restart() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let window = desktop.open();
    first_run(&window);
    window.fill("Message", "Name one colour of the rainbow.");
    window.press("Send");
    window.wait_for_text("unchecked", ANSWER);
    desktop.picture("chat-light");
    window.close();
    let window = desktop.open();
    window.wait_for_text("Name one colour of the rainbow.", ANSWER);
}
