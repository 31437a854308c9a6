//! Fills the vault of a home with chats, for measurements: `fill HOME CHATS`. Makes it first, with the system's keyring, where there is none.

use std::path::Path;
use std::process::ExitCode;

use vault::{KEYRING_TIME_LIMIT, Key, Provenance, Result, State, Vault};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [home, chats] = arguments.as_slice() else { return failed("say HOME and CHATS") };
    let Ok(chats) = chats.parse() else { return failed("CHATS is a number") };
    match fill(Path::new(home), chats) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

fn fill(home: &Path, chats: u32) -> Result<()> {
    let folder = Vault::folder(home, "default");
    let key = Key::Keyring { time_limit: KEYRING_TIME_LIMIT };
    let vault = if Vault::exists(&folder) { Vault::open(&folder, &key)? } else { Vault::create(&folder, &key)? };
    // The window opens on the chats and not on its first run, which keeps this note at its end (src-tauri/src/app.rs).
    vault.set_setting("note first run ended", "yes")?;
    let provenance = Provenance::default();
    for number in 0..chats {
        let question = format!("What should I know about the river at kilometre {number}?");
        let (chat, asked) = vault.start_chat(&question, &question)?;
        let answer = vault.begin_answer(chat, asked, &provenance)?;
        vault.grow_answer(answer, &"The river is long and slow, and its banks are green. ".repeat(8), &[])?;
        vault.finish_answer(answer, State::Complete, &provenance)?;
    }
    vault.close()
}

fn failed(sentence: &str) -> ExitCode {
    eprintln!("fill: {sentence}");
    ExitCode::FAILURE
}
