//! The window with the real screen reader, Orca: what a person hears who sees nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must hold")]

use std::thread;
use std::time::Duration;

use tests::{Accessible, Desktop, Look, Orca, Sandbox, Window};
use vault::{Key, Provenance, State, Vault};

const PASSPHRASE: &str = "correct horse battery staple";
/// Asked until an answer has a number.
const QUESTIONS: [&str; 3] = [
    "How many days are in a week? Answer with a number.",
    "In which year did the Second World War end?",
    "How many minutes are in an hour? Answer with a number.",
];
/// How the end of an answer is spoken.
const ENDS: [&str; 3] = ["Answer complete.", "Stopped here", "Cut here"];

const SOON: Duration = Duration::from_secs(15);
const ANSWER: Duration = Duration::from_secs(45);
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

/// Waits until this text box has the focus.
fn until_focused(window: &Window<'_>, name: &str) {
    let entry = window.entry(name);
    window.tree.wait(&format!("the focus in {name:?}"), SOON, || entry.is_focused().then_some(()));
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
    window.keys("Return");
    // Not its speech: Orca passes a text box over if it hears of the cursor in it before it hears of the focus.
    until_focused(&window, "Message");
}

/// What was spoken by itself: not the keys that were pressed, which it names, and not where the focus went.
fn heard(said: &[String]) -> Vec<String> {
    let is_key = |line: &str| line.ends_with(' ') || line == ".";
    said.iter().filter(|line| !is_key(line)).cloned().collect()
}

/// The text of an answer, without what the window says about it.
fn body(answer: &Accessible) -> String {
    let all = answer.text();
    let begun = all.split_once(" AM ").or_else(|| all.split_once(" PM ")).map_or(all.as_str(), |(_, text)| text);
    begun.rsplit_once("From the model").map_or(begun, |(text, _)| text).to_owned()
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
    window.first_run();
    // What the model writes is chance, and Orca passes over what it is told of while much else happens: one of these answers has a
    // number and is spoken whole.
    let mut why = Vec::new();
    for question in QUESTIONS {
        match spoken_whole(&window, &orca, question) {
            Ok(()) => return,
            Err(fault) => why.push(fault),
        }
    }
    panic!("{why:#?}");
}

/// Asks, and says what was not as it should be, if anything was.
fn spoken_whole(window: &Window<'_>, orca: &Orca, question: &str) -> Result<(), String> {
    let before = window.tree.all("article").len();
    window.fill("Message", question);
    orca.catch_up();
    let from = orca.now();
    window.keys("Return");
    if !orca.says(from, &ENDS, ANSWER) {
        // The model found no end: what it wrote up to here is as good.
        window.keys("Escape");
        if !orca.says(from, &ENDS, SOON) {
            return Err(format!("no end is spoken: {:?}", orca.since(from)));
        }
    }
    thread::sleep(PAUSE);
    let heard = heard(&orca.since(from));
    let answer = window.tree.all("article").pop().expect("the answer");
    assert!(window.tree.all("article").len() > before, "{}", window.tree.outline());
    let (shown, spoken) = (words(&body(&answer)), words(&heard.join(" ")));
    // All of it, in order, each sentence once, and then how it ended.
    if !spoken.starts_with(&shown) {
        return Err(format!("{shown:?} was spoken as {heard:?}"));
    }
    let end = spoken[shown.len()..].join(" ");
    assert!(ENDS.iter().any(|each| end.starts_with(&words(each).join(" "))), "after it: {heard:#?}");
    let most = body(&answer).matches(['.', '!', '?', '\n', ':']).count() + 2;
    assert!(heard.len() <= most, "spoken in too small pieces: {heard:#?}");
    if !body(&answer).contains(|letter: char| letter.is_ascii_digit()) {
        return Err(format!("there is no number in {shown:?}"));
    }
    assert!(heard.iter().any(|line| line.contains("(unconfirmed)")), "{heard:#?}");
    Ok(())
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
    until_focused(&window, "Message");
    window.keys("ctrl+f");
    until_focused(&window, "Search");
    orca.catch_up();
    let from = orca.now();
    window.type_text("quay");
    // Found is told by itself.
    orca.wait_for(from, "1 result", SOON);
    let from = orca.now();
    window.keys("Down");
    let said = orca.wait_for(from, "The ferry leaves at noon from the old quay.", SOON);
    assert!(said.iter().any(|line| line.contains("The ferry Tacit")), "in which chat, and who says it: {said:#?}");
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
