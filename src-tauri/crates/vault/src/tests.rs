//! What holds for a vault as a whole: its folder, its files, damage, and two programs at once.

use std::fs;
use std::path::Path;

use secrecy::SecretString;
use tempfile::TempDir;

use super::*;

pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

pub(crate) fn passphrase(text: &str) -> Key {
    Key::Passphrase(SecretString::from(text))
}

pub(crate) fn provenance() -> Provenance {
    Provenance {
        model_sha256: None,
        model_name: "canary-model".to_owned(),
        template: "chatml".to_owned(),
        sampling: "{}".to_owned(),
        seed: u32::MAX,
        engine_version: "1".to_owned(),
        app_version: "2".to_owned(),
        prompt_tokens: 3,
        completion_tokens: 0,
        cached_tokens: 1,
        dropped_messages: 2,
        window: 4096,
        first_token_ms: 0.5,
        prefill_ms: 1.25,
        decode_ms: 1e6,
    }
}

/// A folder for one vault, gone when the test ends.
pub(crate) struct Place {
    _home: TempDir,
    dir: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        let dir = Vault::folder(home.path(), "main");
        Self { _home: home, dir }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn create(&self) -> Vault {
        Vault::create(&self.dir, &passphrase(PASSPHRASE)).unwrap()
    }

    pub(crate) fn open(&self) -> Result<Vault> {
        Vault::open(&self.dir, &passphrase(PASSPHRASE))
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.dir.join(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.dir.join(name), bytes).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.dir.join(name)).unwrap();
    }

    pub(crate) fn size(&self, name: &str) -> u64 {
        fs::metadata(self.dir.join(name)).map_or(0, |found| found.len())
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(crate) fn copy_without_lock(&self) -> Self {
        let copy = Self::new();
        fs::create_dir_all(&copy.dir).unwrap();
        for name in self.names().iter().filter(|name| *name != "lock") {
            copy.write(name, &self.read(name));
        }
        copy
    }
}

#[test]
fn a_vault_is_made_closed_and_opened_again() {
    let place = Place::new();
    assert!(!Vault::exists(place.dir()));
    assert_eq!(place.open().unwrap_err().code(), "not_found");
    assert_eq!(slot_kinds(place.dir()).unwrap_err().code(), "not_found");
    let vault = place.create();
    assert_eq!(place.names(), ["lock", "slots", "slots.copy", "store.db", "store.db-wal"]);
    assert_eq!(slot_kinds(place.dir()).unwrap(), [SlotKind::Passphrase]);
    vault.close().unwrap();
    assert_eq!(place.names(), ["lock", "slots", "slots.copy", "store.db"]);
    assert!(place.open().unwrap().check_integrity().is_empty());
}

#[test]
fn a_second_opener_is_told() {
    let place = Place::new();
    let vault = place.create();
    assert_eq!(place.open().unwrap_err().code(), "in_use");
    vault.close().unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn of_two_creators_one_succeeds_and_the_other_harms_nothing() {
    let place = Place::new();
    let results: Vec<_> = std::thread::scope(|scope| {
        let make = || Vault::create(place.dir(), &passphrase(PASSPHRASE)).map(|vault| vault.id().to_owned());
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(make)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made: Vec<&String> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
    assert_eq!(made.len(), 1);
    assert!(
        results
            .iter()
            .filter_map(|result| result.as_ref().err())
            .all(|e| matches!(e.code(), "in_use" | "already_exists"))
    );
    assert_eq!(place.open().unwrap().id(), made[0]);
}

#[cfg(unix)]
#[test]
fn files_are_private_from_the_first_byte() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::create_dir_all(place.dir()).unwrap();
    fs::set_permissions(place.dir(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut vault = place.create();
    vault.add_recovery_code().unwrap();
    vault.start_chat("t", "x").unwrap();
    assert_eq!(mode(place.dir()), 0o700);
    for name in place.names() {
        assert_eq!(mode(&place.dir().join(&name)), 0o600, "{name}");
    }
    let fresh = Place::new();
    drop(fresh.create());
    assert_eq!(mode(fresh.dir().parent().unwrap()), 0o700);
}

#[test]
fn nothing_that_was_written_is_readable_in_any_file() {
    let place = Place::new();
    let vault = place.create();
    let (chat, question) = vault.start_chat("canarytitle", "canaryquestion").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    vault.grow_answer(answer, "canaryanswer", &[1]).unwrap();
    vault.set_setting("canarykey", "canaryvalue").unwrap();
    for name in place.names() {
        let bytes = place.read(&name);
        assert!(!bytes.windows(6).any(|window| window == b"canary"), "{name}");
    }
}

#[test]
fn a_part_of_a_vault_is_never_replaced_by_a_new_one() {
    let place = Place::new();
    drop(place.create());
    for part in ["store.db", "slots", "slots.copy"] {
        let lone = Place::new();
        fs::create_dir_all(lone.dir()).unwrap();
        lone.write(part, &place.read(part));
        assert!(Vault::exists(lone.dir()));
        assert_eq!(Vault::create(lone.dir(), &passphrase(PASSPHRASE)).unwrap_err().code(), "already_exists");
        assert_eq!(lone.open().unwrap_err().code(), "damaged", "{part}");
        assert_eq!(lone.read(part), place.read(part));
    }
}

#[test]
fn a_creation_that_was_cut_off_is_finished_or_begun_again() {
    let whole = Place::new();
    drop(whole.create());
    // Before the store had its name: nothing counts as a vault.
    let early = Place::new();
    fs::create_dir_all(early.dir()).unwrap();
    early.write("slots.new", &whole.read("slots"));
    early.write("store.db.new", b"half");
    assert!(!Vault::exists(early.dir()));
    early.create().close().unwrap();
    assert_eq!(early.names(), ["lock", "slots", "slots.copy", "store.db"]);
    // After it, and before the slots had theirs.
    let late = Place::new();
    fs::create_dir_all(late.dir()).unwrap();
    late.write("slots.new", &whole.read("slots"));
    late.write("store.db", &whole.read("store.db"));
    assert_eq!(slot_kinds(late.dir()).unwrap(), [SlotKind::Passphrase], "before it is opened, too");
    late.open().unwrap().close().unwrap();
    assert_eq!(late.names(), ["lock", "slots", "slots.copy", "store.db"]);
}

#[test]
fn a_store_from_a_newer_version_is_left_alone() {
    let place = Place::new();
    let vault = place.create();
    vault.store.pragma_update(None, "user_version", migrations::KNOWN + 1).unwrap();
    // As after a crash of the newer program: its log is still there.
    let place = place.copy_without_lock();
    let before = (place.read("store.db"), place.read("store.db-wal"), place.read("slots"));
    assert!(!before.1.is_empty());
    let error = place.open().unwrap_err();
    assert!(matches!(error, VaultError::NewerVersion { found, known } if found == known + 1), "{error:?}");
    assert_eq!((place.read("store.db"), place.read("store.db-wal"), place.read("slots")), before);
}

fn filled() -> (Place, ChatId, String) {
    let place = Place::new();
    let vault = place.create();
    let text = "words and more words ".repeat(400);
    let (chat, _) = vault.start_chat("title", &text).unwrap();
    vault.set_setting("long", &text).unwrap();
    vault.close().unwrap();
    (place, chat, text)
}

/// Every read gives what was written or says that it is damaged, and looking at the whole store finds the flipped bit.
fn check_reads(vault: &Vault, chat: ChatId, text: &str, at: usize) {
    let whole_or_damaged = |found: Result<String>| match found {
        Ok(found) => assert_eq!(found, text, "byte {at}"),
        Err(error) => assert_eq!(error.code(), "damaged", "byte {at}: {error}"),
    };
    whole_or_damaged(vault.setting("long").map(Option::unwrap_or_default));
    whole_or_damaged(vault.thread(chat).map(|thread| thread[0].content.clone()));
    let hits = vault.search("words", 5).map(|hits| hits.len());
    assert!(matches!(hits, Ok(1) | Err(VaultError::Damaged(_))), "byte {at}: {hits:?}");
    assert!(!vault.check_integrity().is_empty(), "byte {at}");
}

#[test]
fn a_flipped_bit_in_the_store_is_reported_and_never_returned_as_text() {
    let (place, chat, text) = filled();
    let bytes = place.read("store.db");
    // Every offset within a page is tried, on one page or another: header, cells, free space, IV and MAC.
    let step = (bytes.len() / 300) | 1;
    let mut reported_on_opening = 0;
    for at in (0..bytes.len()).step_by(step) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        place.write("store.db", &flipped);
        match place.open() {
            Err(error) => {
                assert_eq!(error.code(), "damaged", "byte {at}: {error}");
                reported_on_opening += 1;
            }
            Ok(vault) => check_reads(&vault, chat, &text, at),
        }
    }
    assert!(reported_on_opening > 0);
}

#[test]
fn a_store_that_was_cut_or_emptied_is_damaged_and_not_new() {
    let (place, chat, _) = filled();
    let bytes = place.read("store.db");
    for kept in [0, 1, 100, 4096, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        place.write("store.db", &bytes[..kept]);
        let told = place.open().and_then(|vault| {
            let faults = vault.check_integrity();
            vault.thread(chat)?;
            if faults.is_empty() { Ok(()) } else { Err(VaultError::damaged("reported")) }
        });
        assert_eq!(told.unwrap_err().code(), "damaged", "{kept} bytes");
    }
    place.write("store.db", &vec![0; bytes.len()]);
    assert_eq!(place.open().unwrap_err().code(), "damaged");
}

#[test]
fn a_place_that_cannot_be_made_is_an_error_and_not_a_panic() {
    let place = Place::new();
    fs::create_dir_all(place.dir().parent().unwrap()).unwrap();
    fs::write(place.dir(), b"a file").unwrap();
    assert!(!Vault::exists(place.dir()));
    assert_eq!(Vault::create(place.dir(), &passphrase(PASSPHRASE)).unwrap_err().code(), "io");
}

#[test]
fn an_open_vault_can_move_to_another_thread() {
    fn moves<T: Send>() {}
    moves::<Vault>();
}

#[test]
fn a_vault_in_memory_does_what_one_on_a_disk_does_and_has_no_file() {
    let mut vault = Vault::in_memory().unwrap();
    let (chat, question) = vault.start_chat("t", "question").unwrap();
    let answer = vault.begin_answer(chat, question, &provenance()).unwrap();
    vault.grow_answer(answer, "zanzibar", &[1]).unwrap();
    vault.finish_answer(answer, State::Stopped, &provenance()).unwrap();
    vault.set_setting("key", "value").unwrap();
    assert!(chat.is_private() && question.is_private() && vault.chat(chat).unwrap().private);
    assert!(chat.0 > 1 << 50 && answer.0 < 1 << 53);
    assert_eq!(vault.search("zanzi", 5).unwrap()[0].message, answer);
    assert_eq!(vault.thread(chat).unwrap()[1].provenance, Some(provenance()));
    assert!(vault.check_integrity().is_empty());
    assert!(vault.protections().unwrap().iter().all(Protection::holds));
    vault.checkpoint().unwrap();
    // What needs a folder says that there is none.
    assert_eq!((vault.id(), vault.slots()), ("memory", Vec::new()));
    let codes = [
        vault.first_bytes().unwrap_err().code(),
        vault.opens_with(&passphrase("x")).unwrap_err().code(),
        vault.add_passphrase(SecretString::from("x")).unwrap_err().code(),
        vault.add_keyring(Duration::ZERO).unwrap_err().code(),
        vault.add_recovery_code().unwrap_err().code(),
        vault.remove_slot("x").unwrap_err().code(),
    ];
    assert_eq!(codes, ["not_found"; 6]);
    vault.put_away_chat(chat).unwrap();
    vault.empty_bin().unwrap();
    assert!(vault.new_chat("next").unwrap() > chat && vault.chats().unwrap().len() == 1);
    let file: String = vault.store.query_row("SELECT file FROM pragma_database_list", [], |row| row.get(0)).unwrap();
    assert_eq!(file, "");
    vault.close().unwrap();
}

#[test]
fn an_open_vault_says_whether_a_key_opens_it() {
    let place = Place::new();
    let mut vault = place.create();
    let code = vault.add_recovery_code().unwrap().secret();
    assert!(vault.opens_with(&passphrase(PASSPHRASE)).is_ok());
    assert!(vault.opens_with(&Key::Recovery(code)).is_ok());
    assert_eq!(vault.opens_with(&passphrase("another")).unwrap_err().code(), "wrong_passphrase");
}
