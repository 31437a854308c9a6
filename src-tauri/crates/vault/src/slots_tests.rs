use std::time::Duration;

use secrecy::SecretString;

use super::*;
use crate::keyring::tests as fake;
use crate::tests::{PASSPHRASE, Place, passphrase};
use crate::{Key, Vault, slot_kinds};

const KEYRING: Key = Key::Keyring { time_limit: Duration::from_secs(5) };

fn code(result: Result<Vault>) -> &'static str {
    result.err().map_or("opened", |error| error.code())
}

#[test]
fn a_wrong_passphrase_says_only_that() {
    let place = Place::new();
    drop(place.create());
    assert_eq!(code(Vault::open(place.dir(), &passphrase("wrong"))), "wrong_passphrase");
    assert_eq!(code(Vault::open(place.dir(), &passphrase(""))), "wrong_passphrase");
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "no_such_slot");
    assert_eq!(code(place.open()), "opened");
}

#[test]
fn a_flipped_bit_in_the_slots_is_reported() {
    let place = Place::new();
    drop(place.create());
    let bytes = place.read("slots");
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        place.write("slots", &flipped);
        place.write("slots.copy", &flipped);
        assert!(matches!(code(place.open()), "damaged" | "newer_version"), "byte {at}");
        assert_eq!(place.read("slots"), flipped, "byte {at}: damage is left for a person to look at");
    }
}

#[test]
fn a_damaged_slots_file_is_repaired_from_its_copy_and_a_lost_copy_is_made_again() {
    let place = Place::new();
    drop(place.create());
    let bytes = place.read("slots");
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 2;
        place.write("slots", &flipped);
        assert_eq!(code(place.open()), "opened", "byte {at}");
        assert_eq!(place.read("slots"), bytes, "byte {at}");
    }
    for lost in ["slots", "slots.copy"] {
        place.remove(lost);
        assert_eq!(code(place.open()), "opened");
        assert_eq!(place.read(lost), bytes);
    }
    place.write("slots.copy", b"rubbish");
    assert_eq!(code(place.open()), "opened");
    assert_eq!(place.read("slots.copy"), bytes);
}

/// What somebody without the key can do: change the JSON and make the hash fit.
fn forge(place: &Place, from: &str, to: &str) {
    let text = String::from_utf8(place.read("slots")).unwrap();
    let json = text.split_once('\n').unwrap().1.replace(from, to);
    assert_ne!(json, text.split_once('\n').unwrap().1);
    let forged = format!("{MAGIC} 1 {}\n{json}", keys::hex(&Sha256::digest(json.as_bytes())));
    place.write("slots", forged.as_bytes());
    place.write("slots.copy", forged.as_bytes());
}

#[test]
fn a_forged_slots_file_with_a_right_hash_is_reported() {
    let place = Place::new();
    let mut vault = place.create();
    vault.add_recovery_code().unwrap();
    drop(vault);
    let genuine = place.read("slots");
    forge(&place, "\"kind\":\"recovery\"", "\"kind\":\"passphrase_\"");
    assert_eq!(code(place.open()), "damaged");
    place.write("slots", &genuine);
    // Another slot's time is covered by the MAC alone.
    let created = Slots::read(place.dir()).unwrap().file.slots[1].created_at;
    forge(&place, &format!("\"created_at\":{created}"), "\"created_at\":1");
    assert_eq!(code(place.open()), "damaged");
    place.write("slots", &genuine);
    forge(&place, "\"memory_kib\":64", "\"memory_kib\":4294967295");
    assert_eq!(code(place.open()), "damaged");
    place.write("slots", &genuine);
    forge(&place, "\"passes\":1", "\"passes\":2");
    assert_eq!(code(place.open()), "wrong_passphrase");
}

#[test]
fn slots_of_a_newer_version_are_left_alone() {
    let place = Place::new();
    drop(place.create());
    let newer = format!("{MAGIC} 2 {}\nsomething else", keys::hex(&Sha256::digest(b"something else")));
    place.write("slots", newer.as_bytes());
    assert_eq!(code(place.open()), "newer_version");
    assert_eq!(slot_kinds(place.dir()).unwrap_err().code(), "newer_version");
    assert_eq!(place.read("slots"), newer.as_bytes());
}

#[test]
fn the_keyring_opens_until_it_is_emptied_changed_locked_or_gone() {
    let place = Place::new();
    let vault = Vault::create(place.dir(), &KEYRING).unwrap();
    let id = vault.id().to_owned();
    assert_eq!(slot_kinds(place.dir()).unwrap(), [SlotKind::Keyring]);
    drop(vault);
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "opened");
    let files = (place.read("slots"), place.read("store.db"));
    let no_access = keyring_core::Error::NoStorageAccess("dismissed".into());
    fake::fail_next(&id, no_access);
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "keyring_locked");
    fake::fail_next(&id, keyring_core::Error::PlatformFailure("no bus".into()));
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "keyring_unavailable");
    fake::overwrite(&id, &[7; 32]);
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "keyring_changed");
    fake::forget(&id);
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "keyring_item_missing");
    assert_eq!(code(Vault::create(place.dir(), &KEYRING)), "already_exists");
    assert_eq!((place.read("slots"), place.read("store.db")), files);
}

#[test]
fn the_recovery_code_opens_when_the_keyring_lost_its_item_and_sets_it_up_again() {
    let place = Place::new();
    let mut vault = Vault::create(place.dir(), &KEYRING).unwrap();
    let (chat, _) = vault.start_chat("t", "kept").unwrap();
    let old = vault.add_recovery_code().unwrap();
    let code_words = vault.add_recovery_code().unwrap();
    let id = vault.id().to_owned();
    drop(vault);
    fake::forget(&id);
    assert_eq!(code(Vault::open(place.dir(), &Key::Recovery(old.secret()))), "wrong_recovery_code");
    let typed = SecretString::from(code_words.to_string().to_uppercase().replace(' ', "-"));
    let mut vault = Vault::open(place.dir(), &Key::Recovery(typed)).unwrap();
    vault.add_keyring(Duration::from_secs(5)).unwrap();
    vault.add_passphrase(SecretString::from("first")).unwrap();
    vault.add_passphrase(SecretString::from(PASSPHRASE)).unwrap();
    assert_eq!(vault.slots().len(), 3);
    drop(vault);
    assert_eq!(code(Vault::open(place.dir(), &passphrase("first"))), "wrong_passphrase");
    for key in [KEYRING, passphrase(PASSPHRASE), Key::Recovery(code_words.secret())] {
        assert_eq!(Vault::open(place.dir(), &key).unwrap().thread(chat).unwrap()[0].content, "kept");
    }
}

#[test]
fn setting_the_keyring_up_again_does_not_change_an_item_that_works() {
    let place = Place::new();
    let mut vault = Vault::create(place.dir(), &KEYRING).unwrap();
    let before = place.read("slots");
    vault.add_keyring(Duration::from_secs(5)).unwrap();
    assert_eq!(place.read("slots"), before);
}

#[test]
fn the_last_slot_stays_and_a_removed_one_opens_nothing() {
    let place = Place::new();
    let mut vault = Vault::create(place.dir(), &KEYRING).unwrap();
    let keyring = vault.slots()[0].id.clone();
    assert_eq!(vault.remove_slot(&keyring).unwrap_err().code(), "last_slot");
    assert_eq!(vault.remove_slot("none").unwrap_err().code(), "no_such_slot_id");
    vault.add_passphrase(SecretString::from(PASSPHRASE)).unwrap();
    vault.remove_slot(&keyring).unwrap();
    assert_eq!(vault.slots().iter().map(|slot| slot.kind).collect::<Vec<_>>(), [SlotKind::Passphrase]);
    drop(vault);
    assert_eq!(code(Vault::open(place.dir(), &KEYRING)), "no_such_slot");
    assert_eq!(code(place.open()), "opened");
}

#[test]
fn a_slot_of_one_vault_opens_no_other() {
    let (one, two) = (Place::new(), Place::new());
    drop(one.create());
    drop(two.create());
    one.write("slots", &two.read("slots"));
    one.write("slots.copy", &two.read("slots"));
    assert_eq!(code(one.open()), "damaged");
}

#[test]
fn a_recovery_code_or_an_empty_passphrase_makes_no_vault() {
    let place = Place::new();
    let words = SecretString::from("legal winner thank year wave sausage worth useful legal winner thank yellow");
    assert_eq!(code(Vault::create(place.dir(), &Key::Recovery(words))), "not_for_creation");
    assert_eq!(code(Vault::create(place.dir(), &passphrase(""))), "empty_passphrase");
    assert!(!Vault::exists(place.dir()));
}
