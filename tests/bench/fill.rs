//! A home whose vault the keyring opens and which is past its first run, with so many chats: `fill HOME CHATS`.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::PathBuf;

use vault::{KEYRING_TIME_LIMIT, Key, Provenance, State, Vault};

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let home = PathBuf::from(arguments.next().expect("a home"));
    let chats: u32 = arguments.next().and_then(|chats| chats.to_str()?.parse().ok()).expect("a number of chats");
    let folder = Vault::folder(&home, "default");
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(home.join("preferences.json"), r#"{"language":"en","theme":"light","large":false}"#).unwrap();
    let vault = Vault::create(&folder, &Key::Keyring { time_limit: KEYRING_TIME_LIMIT }).unwrap();
    vault.set_setting("note first run ended", "yes").unwrap();
    let made_by = Provenance { model_name: "SmolLM2-135M-Instruct".into(), ..Provenance::default() };
    for number in 0..chats {
        let (chat, question) = vault.start_chat(&format!("Question {number}"), "How do I tie a bowline?").unwrap();
        let answer = vault.begin_answer(chat, question, &made_by).unwrap();
        vault.grow_answer(answer, "Make a loop, bring the end up through it, around and back.", &[]).unwrap();
        vault.finish_answer(answer, State::Complete, &made_by).unwrap();
    }
    vault.close().unwrap();
}
