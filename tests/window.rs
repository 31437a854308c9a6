//! The window, used as a person uses it: through what a screen reader sees, and the keyboard. Each flow runs light and dark, and leaves a
//! picture of its end in `target/screenshots`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")]

use std::time::Duration;

use tests::{Accessible, Desktop, Look, Sandbox, Window};

/// How long an answer of the starter model may take on a busy machine.
const ANSWER: Duration = Duration::from_secs(90);
/// How long something that takes no model may take.
const SOON: Duration = Duration::from_secs(20);
/// Nobody writes this short.
const LONG_STORY: &str = "Write a very long story about a ship in ten chapters.";

/// Runs a flow in a window of its own, light and dark.
fn light_and_dark(name: &str, flow: impl for<'a> Fn(&'a Desktop, Window<'a>) -> Window<'a>) {
    for (look, suffix) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let sandbox = Sandbox::new();
        let desktop = Desktop::start(&sandbox);
        desktop.prefer("en", look);
        let window = desktop.open();
        window.first_run();
        let _window = flow(&desktop, window);
        desktop.picture(&format!("{name}-{suffix}"));
    }
}

fn ask(window: &Window, question: &str) {
    window.fill("Message", question);
    window.press("Send");
}

/// Waits until the newest answer has ended: 'Stop' has become 'Send' again.
fn answered(window: &Window) {
    window.wait_for_text("From the model\u{2019}s memory, unchecked", ANSWER);
    window.tree.wait("the end of the answer", ANSWER, || {
        (window.button("Stop").is_none() && window.button("Send").is_some()).then_some(())
    });
}

#[test]
fn a_person_who_only_presses_continue_chats_and_finds_it_again_after_a_restart() {
    light_and_dark("first-chat", |desktop, window| {
        ask(&window, "Name one colour of the rainbow.");
        answered(&window);
        window.close();
        let window = desktop.open();
        window.press("Name one colour of the rainbow.");
        window.wait_for_text("From the model\u{2019}s memory, unchecked", SOON);
        window
    });
}

#[test]
fn an_answer_is_stopped_continued_and_asked_in_other_words() {
    light_and_dark("branches", |_, window| {
        ask(&window, LONG_STORY);
        window.wait_for_text("Writing", ANSWER);
        window.press("Stop");
        window.wait_for_text("Stopped here", SOON);
        window.press("Continue the answer");
        window.tree.wait("the answer to go on", SOON, || (!window.shows("Stopped here")).then_some(()));
        window.press("Stop");
        window.wait_for_text("Stopped here", SOON);
        window.press("Edit");
        window.fill("Your message in other words", "Name one fruit.");
        window.press("Send");
        answered(&window);
        let _ = window.tree.wait("the second branch", SOON, || window.named("2 of 2"));
        assert!(!window.says(LONG_STORY), "{}", window.tree.outline());
        window.press("Version before");
        window.tree.wait("the first question", SOON, || window.says(LONG_STORY).then_some(()));
        let _ = window.tree.wait("the first branch", SOON, || window.named("1 of 2"));
        window
    });
}

#[test]
fn a_chat_is_found_by_its_words_deleted_and_brought_back() {
    light_and_dark("search", |_, window| {
        ask(&window, "Is a marmot a mammal? Answer yes or no.");
        answered(&window);
        window.press("New chat");
        window.fill("Search", "marmot");
        window.tree.wait("a hit", SOON, || window.button_that_begins("Is a marmot a mammal? Answer yes or no. You"));
        window.keys("Down");
        window.keys("Return");
        window.wait_for_text("Is a marmot a mammal?", SOON);
        window.press("Clear the search");
        window.press("More for \u{201C}Is a marmot a mammal? Answer yes or no.\u{201D}");
        window.tree.wait_for("menu item", "Delete").press();
        window.wait_for_text("deleted.", SOON);
        assert!(window.button("Is a marmot a mammal? Answer yes or no.").is_none(), "{}", window.tree.outline());
        window.press("Undo");
        window.tree.wait("the chat", SOON, || window.button("Is a marmot a mammal? Answer yes or no."));
        window
    });
}

#[test]
fn a_locked_window_shows_nothing_and_opens_again_with_the_keyring() {
    light_and_dark("locked", |desktop, window| {
        ask(&window, "What is a quokka? Answer in one sentence.");
        answered(&window);
        window.keys("ctrl+shift+l");
        window.wait_for_text("Tacit is locked", SOON);
        assert!(!window.tree.outline().contains("quokka"), "{}", window.tree.outline());
        assert!(window.engines().is_empty(), "an engine still runs");
        window.press("Unlock with the keyring");
        window.tree.wait("the chat", SOON, || window.button("What is a quokka? Answer in one sentence."));
        // From another start too.
        let mut lock = desktop.tacit();
        lock.arg("--lock");
        assert_eq!(tests::run(lock).code, Some(0));
        window.wait_for_text("Tacit is locked", SOON);
        window
    });
}

#[test]
fn an_engine_killed_in_mid_answer_is_one_sentence_and_a_button() {
    light_and_dark("engine-killed", |_, window| {
        ask(&window, LONG_STORY);
        window.wait_for_text("Writing", ANSWER);
        window.kill_engines();
        window.wait_for_text("The engine stopped in the middle of its work", SOON);
        window.wait_for_text("Interrupted here", SOON);
        window.wait_for_text(LONG_STORY, SOON);
        window.press("Ask again");
        window.wait_for_text("Writing", ANSWER);
        window.press("Stop");
        window.wait_for_text("Stopped here", SOON);
        window
    });
}

#[test]
fn it_speaks_french_from_the_first_screen() {
    for (look, suffix) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let sandbox = Sandbox::new();
        let desktop = Desktop::start(&sandbox);
        desktop.prefer("en", look);
        let window = desktop.open();
        window.tree.wait_for("radio button", "Fran\u{E7}ais").press();
        for _ in 0..3 {
            window.press("Continuer");
        }
        window.press("Plus tard");
        window.press("Commencer");
        window.fill("Message", "Say hello.");
        window.press("Envoyer");
        window.wait_for_text("m\u{E9}moire du mod\u{E8}le", ANSWER);
        desktop.picture(&format!("french-{suffix}"));
    }
}

#[test]
fn a_vault_with_a_passphrase_opens_with_it_alone() {
    light_and_dark_from_nothing("passphrase", |desktop, window| {
        window.press("Continue");
        window.press("Continue");
        window.tree.wait("the choice", SOON, || window.radio("A passphrase")).press();
        window.fill("Passphrase", "seven otters juggle marmalade");
        window.fill("The same passphrase again", "seven otters juggle marmalade");
        window.press("Continue");
        window.press("Later");
        window.press("Start");
        let _ = window.entry("Message");
        window.close();
        let window = desktop.open();
        window.fill("Passphrase", "seven otters juggle jam");
        window.press("Unlock");
        window.wait_for_text("That passphrase does not open this vault", SOON);
        window.fill("Passphrase", "seven otters juggle marmalade");
        window.press("Unlock");
        let _ = window.entry("Message");
        window
    });
}

#[test]
fn an_emptied_keyring_is_explained_and_the_recovery_code_opens_the_vault() {
    light_and_dark_from_nothing("emptied", |desktop, window| {
        for _ in 0..4 {
            window.press("Continue");
        }
        let words = recovery_words(&window);
        window.press("Continue");
        window.fill("Type the twelve words", &words);
        window.press("Continue");
        window.press("Start");
        ask(&window, "Name one tree.");
        answered(&window);
        window.close();
        desktop.session().empty();
        let window = desktop.open();
        window.wait_for_text("no longer holds the key of this vault", SOON);
        window.press("Use the recovery code");
        window.fill("Type the twelve words", &words);
        window.press("Unlock");
        window.tree.wait("the chat", SOON, || window.button("Name one tree."));
        assert_eq!(desktop.session().items(), (1, 0), "the keyring was not set up again");
        window
    });
}

/// As [`light_and_dark`], from the first screen.
fn light_and_dark_from_nothing(name: &str, flow: impl for<'a> Fn(&'a Desktop, Window<'a>) -> Window<'a>) {
    for (look, suffix) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let sandbox = Sandbox::new();
        let desktop = Desktop::start(&sandbox);
        desktop.prefer("en", look);
        let window = desktop.open();
        let _window = flow(&desktop, window);
        desktop.picture(&format!("{name}-{suffix}"));
    }
}

fn recovery_words(window: &Window) -> String {
    window.tree.wait("twelve words", SOON, || {
        let items = window.tree.all("list item");
        let words: Vec<String> = items.iter().map(Accessible::text).collect();
        let words: Vec<String> =
            words.iter().filter_map(|text| text.split_whitespace().last().map(str::to_owned)).collect();
        (words.len() == 12).then(|| words.join(" "))
    })
}

#[test]
fn a_second_start_shows_the_window_that_is_there() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let window = desktop.open();
    let second = tests::run(desktop.tacit());
    assert_eq!(second.code, Some(0), "{second:?}");
    assert_eq!(window.tree.all("document web").len(), 1);
}

#[test]
fn the_lock_at_the_foot_opens_what_the_doctor_knows() {
    light_and_dark("trust", |_, window| {
        window.press("Trust");
        window.wait_for_text("things were tried on this computer, and all hold", ANSWER);
        window
    });
}

#[test]
fn a_private_chat_says_so_and_is_nowhere_afterwards() {
    light_and_dark("private", |desktop, window| {
        window.press("New private chat");
        window.wait_for_text("Nothing of it is stored", SOON);
        ask(&window, "Is a tapir a bird? Answer yes or no.");
        answered(&window);
        window.wait_for_text("Private: never stored", SOON);
        window.fill("Search", "tapir");
        window.wait_for_text("Nothing was found", SOON);
        window.close();
        let window = desktop.open();
        let _ = window.entry("Message");
        assert!(!window.shows("tapir"), "{}", window.tree.outline());
        window
    });
}
