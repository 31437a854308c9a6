//! The window with the real screen reader, Orca: what a person hears who sees nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")]

use std::thread;
use std::time::Duration;

use tests::{Desktop, Look, Orca, Sandbox, Window};
use vault::{Key, Provenance, State, Vault};

const PASSPHRASE: &str = "correct horse battery staple";
/// Asked until an answer has a number.
const QUESTIONS: [&str; 3] = [
    "How many days are in a week? Answer with a number.",
    "In which year did the Second World War end?",
    "Count from 1 to 5.",
];

const SOON: Duration = Duration::from_secs(15);
const ANSWER: Duration = Duration::from_secs(60);
/// How long it waits for more before it takes for granted that nothing more is said.
const PAUSE: Duration = Duration::from_millis(1500);

/// Tab until it says this: the control with this name has the focus.
fn tab_to(window: &Window<'_>, orca: &Orca, words: &str) {
    let from = orca.now();
    for _ in 0..15 {
        let before = orca.now();
        window.keys("Tab");
        thread::sleep(Duration::from_millis(700));
        if orca.since(before).iter().any(|line| line.contains(words)) {
            return;
        }
    }
    panic!("Tab leads to nothing that is spoken as {words:?}; it said: {:#?}", orca.since(from));
}

#[test]
fn the_screen_reader_speaks_the_first_run() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let orca = Orca::start(&sandbox, &desktop);
    let window = desktop.open();
    let mut from = 0;
    let headings = [
        "Welcome to Tacit",
        "An assistant that keeps things to itself",
        "What opens your chats",
        "A spare key, on paper",
    ];
    for (step, heading) in headings.into_iter().enumerate() {
        orca.wait_for(from, heading, SOON);
        let leads_on = if step == 3 { "Later" } else { "Continue" };
        tab_to(&window, &orca, leads_on);
        from = orca.now();
        window.keys("Return");
    }
    orca.wait_for(from, "All is ready", SOON);
    tab_to(&window, &orca, "Start");
    from = orca.now();
    window.keys("Return");
    orca.wait_for(from, "Message", SOON);
}

/// Through the first run with what is proposed.
fn first_run(window: &Window<'_>) {
    for _ in 0..3 {
        window.press("Continue");
    }
    window.press("Later");
    window.press("Start");
    let _ = window.entry("Message");
}

/// What a text says, without marks, spaces and the word that is spoken after what nothing confirms.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("(unconfirmed)", " ").to_lowercase();
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_screen_reader_speaks_an_answer_and_that_it_is_unconfirmed() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let orca = Orca::start(&sandbox, &desktop);
    let window = desktop.open();
    first_run(&window);
    // What the model writes is chance: one of these answers has a number.
    for question in QUESTIONS {
        window.fill("Message", question);
        let from = orca.now();
        window.keys("Return");
        orca.wait_for(from, "Answer complete", ANSWER);
        thread::sleep(PAUSE);
        let heard = orca.since(from);
        let article = window.tree.all("article").pop().expect("the answer");
        println!("{heard:#?}\n{}\n{}", article.text(), article.outline());
        if !article.text().contains(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        return;
    }
    panic!("no answer has a number");
}

#[test]
fn the_screen_reader_speaks_a_search_hit() {
    let sandbox = Sandbox::new();
    plant(&sandbox, "The ferry", "When does the ferry leave?", "The ferry leaves at noon from the old quay.");
    let desktop = Desktop::start(&sandbox);
    desktop.prefer("en", Look::Light);
    let orca = Orca::start(&sandbox, &desktop);
    let window = desktop.open();
    window.fill("Passphrase", PASSPHRASE);
    window.press("Unlock");
    orca.wait_for(0, "Message entry", SOON);
    let from = orca.now();
    window.keys("ctrl+f");
    orca.wait_for(from, "Search", SOON);
    window.type_text("quay");
    // Found is told by itself.
    orca.wait_for(from, "1 result", SOON);
    let from = orca.now();
    window.keys("Down");
    let heard = orca.wait_for(from, "The ferry leaves at noon from the old quay.", SOON);
    println!("{heard:#?}");
    let from = orca.now();
    window.keys("Return");
    thread::sleep(PAUSE);
    println!("{:#?}", orca.since(from));
}

/// A vault past its first run, with one chat.
fn plant(sandbox: &Sandbox, title: &str, question: &str, answer: &str) {
    let folder = sandbox.vault();
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    let vault = Vault::create(&folder, &Key::Passphrase(PASSPHRASE.into())).unwrap();
    vault.set_setting("note first run ended", "yes").unwrap();
    let made_by = Provenance { model_name: "SmolLM2-135M-Instruct".into(), ..Provenance::default() };
    let (chat, question) = vault.start_chat(title, question).unwrap();
    let message = vault.begin_answer(chat, question, &made_by).unwrap();
    vault.grow_answer(message, answer, &[]).unwrap();
    vault.finish_answer(message, State::Complete, &made_by).unwrap();
    vault.close().unwrap();
}
