//! The vault's keys: a real keyring in all its moods, passphrases, and recovery codes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::time::Duration;

use tests::{Files, Keyring, Ran, Running, Sandbox, files, put_back, run, run_with, run_within};

const WORDS: &str = "The lighthouse of Bergen";

fn vault_files(sandbox: &Sandbox) -> Files {
    files(&sandbox.vault())
}

/// It ended with this exit code and this error, and the vault's files are as they were.
#[track_caller]
fn refused(sandbox: &Sandbox, before: &Files, ran: &Ran, exit: i32, code: &str) {
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(exit), code), "{ran:?}");
    assert!(ran.lines().iter().all(|line| line["type"] == "error"), "{ran:?}");
    assert!(*before == vault_files(sandbox), "{code}: a file of the vault changed");
}

/// A vault with the keyring slot and one chat.
fn with_keyring() -> (Sandbox, Keyring) {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    let ran = run(sandbox.tacit_in(&keyring, &["ask", "--json", WORDS, "? Answer in one word."]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    (sandbox, keyring)
}

/// A vault with the passphrase slot and no chat.
fn with_passphrase() -> Sandbox {
    let sandbox = Sandbox::new();
    let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
    sandbox
}

#[track_caller]
fn has_the_chat(ran: &Ran) {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.line("chat")["title"].as_str().unwrap().starts_with(WORDS), "{ran:?}");
}

fn recovery_code(made: &Ran) -> String {
    assert_eq!(made.code, Some(0), "{made:?}");
    made.line("recovery_code")["words"].as_str().unwrap().to_owned()
}

#[test]
fn the_first_run_puts_the_key_into_the_keyring_and_the_next_run_finds_it() {
    let (sandbox, keyring) = with_keyring();
    assert_eq!(keyring.items(), (1, 0));
    assert!(keyring.attributes().contains(&("service".into(), "tacit".into())), "{:?}", keyring.attributes());
    has_the_chat(&run(sandbox.tacit_in(&keyring, &["chats", "--json"])));
    // The keyring is what opened it.
    refused(&sandbox, &vault_files(&sandbox), &run(sandbox.tacit(&["chats", "--json"])), 4, "keyring_unavailable");
}

#[test]
fn a_keyring_is_found_again_in_the_next_session() {
    let (sandbox, keyring) = with_keyring();
    drop(keyring);
    let next = Keyring::start(&sandbox);
    has_the_chat(&run(sandbox.tacit_in(&next, &["chats", "--json"])));
}

#[test]
fn without_a_keyring_and_a_terminal_no_vault_is_made() {
    let sandbox = Sandbox::new();
    for arguments in [vec!["chats", "--json"], vec!["ask", "--json", "Hello?"], vec!["chat", "--json"]] {
        refused(&sandbox, &Files::new(), &run(sandbox.tacit(&arguments)), 4, "no_keyring");
    }
    let bus = Keyring::without_daemon(&sandbox);
    let ran = run(sandbox.tacit_in(&bus, &["chats", "--json"]));
    refused(&sandbox, &Files::new(), &ran, 4, "no_keyring");
    assert!(!ran.stdout.contains("org.freedesktop"), "a sentence, not the bus's own words: {ran:?}");
}

#[test]
fn a_locked_keyring_is_answered_with_no_new_vault_and_waits_for_nobody() {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    // The first vault, and a second home whose first run meets the locked keyring.
    let made = run(sandbox.tacit_in(&keyring, &["recovery", "make", "--json"]));
    let before = vault_files(&sandbox);
    keyring.lock();
    refused(&sandbox, &before, &run(sandbox.tacit_in(&keyring, &["chats", "--json"])), 4, "keyring_locked");
    let mut elsewhere = sandbox.tacit_in(&keyring, &["chats", "--json"]);
    elsewhere.env("TACIT_HOME", sandbox.home().join("second"));
    let ran = run(elsewhere);
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(4), "no_keyring"), "{ran:?}");
    assert!(files(&sandbox.home().join("second/vaults/default")).is_empty());
    // The recovery code gives it a passphrase; from then on the locked keyring stands in nobody's way.
    let code = sandbox.give("code", recovery_code(&made));
    let mut recover = sandbox.tacit_with_passphrase(&["recovery", "use", "--json", "--code-file"]);
    recover.arg(code).env("DBUS_SESSION_BUS_ADDRESS", keyring.address());
    let ran = run(recover);
    assert_eq!((ran.code, ran.line("recovered")["slot"].as_str()), (Some(0), Some("passphrase")), "{ran:?}");
    let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // Without the passphrase there is still nobody to ask.
    let before = vault_files(&sandbox);
    refused(&sandbox, &before, &run(sandbox.tacit_in(&keyring, &["chats", "--json"])), 4, "keyring_locked");
}

#[test]
fn a_keyring_that_does_not_answer_is_given_up_after_its_time_limit() {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    assert_eq!(run(sandbox.tacit_in(&keyring, &["chats"])).code, Some(0));
    let before = vault_files(&sandbox);
    keyring.freeze();
    let ran = run_within(sandbox.tacit_in(&keyring, &["chats", "--json"]), b"", Duration::from_secs(45));
    refused(&sandbox, &before, &ran, 4, "keyring_locked");
    assert!(ran.took > Duration::from_secs(25), "a person gets half a minute for the prompt: {ran:?}");
}

#[test]
fn an_emptied_keyring_is_never_answered_with_a_new_vault() {
    let (sandbox, keyring) = with_keyring();
    let before = vault_files(&sandbox);
    keyring.empty();
    for arguments in [vec!["chats", "--json"], vec!["ask", "--json", "Hello?"], vec!["show", "1", "--json"]] {
        refused(&sandbox, &before, &run(sandbox.tacit_in(&keyring, &arguments)), 4, "keyring_item_missing");
    }
    assert_eq!(keyring.items(), (0, 0), "nothing was put into the keyring");
}

#[test]
fn a_changed_keyring_is_never_answered_with_a_new_vault() {
    let (sandbox, keyring) = with_keyring();
    let before = vault_files(&sandbox);
    let attributes = keyring.attributes();
    let (_, vault) = attributes.iter().find(|(_, value)| value.len() == 32).unwrap();
    // Another key, and what is no key at all.
    for secret in ["0123456789abcdef0123456789abcdef", "short", ""] {
        keyring.replace(vault, secret.as_bytes());
        refused(&sandbox, &before, &run(sandbox.tacit_in(&keyring, &["chats", "--json"])), 4, "keyring_changed");
    }
}

#[test]
fn a_recovery_code_opens_the_vault_again_when_the_keyring_is_wiped() {
    let (sandbox, keyring) = with_keyring();
    let code = recovery_code(&run(sandbox.tacit_in(&keyring, &["recovery", "make", "--json"])));
    assert_eq!(code.split(' ').count(), 12, "{code}");
    drop(keyring);
    fs::remove_dir_all(sandbox.home().join(".local/share/keyrings")).unwrap();
    let keyring = Keyring::start(&sandbox);
    let before = vault_files(&sandbox);
    refused(&sandbox, &before, &run(sandbox.tacit_in(&keyring, &["chats", "--json"])), 4, "keyring_item_missing");

    let file = sandbox.give("code", format!("{}\n", code.to_uppercase().replace(' ', "\n")));
    let ran = run(sandbox.tacit_in(&keyring, &["recovery", "use", "--json", "--code-file", file.to_str().unwrap()]));
    assert_eq!((ran.code, ran.line("recovered")["slot"].as_str()), (Some(0), Some("keyring")), "{ran:?}");
    has_the_chat(&run(sandbox.tacit_in(&keyring, &["chats", "--json"])));
    assert_eq!(keyring.items(), (1, 0));
}

#[test]
fn a_recovery_code_opens_the_vault_with_a_passphrase_where_there_is_no_keyring_any_more() {
    let (sandbox, keyring) = with_keyring();
    let code = recovery_code(&run(sandbox.tacit_in(&keyring, &["recovery", "make", "--json"])));
    drop(keyring);
    // The code on standard input, the passphrase in its file.
    let recover = sandbox.tacit_with_passphrase(&["recovery", "use", "--code-file", "-", "--json"]);
    let ran = run_with(recover, code.as_bytes());
    assert_eq!((ran.code, ran.line("recovered")["slot"].as_str()), (Some(0), Some("passphrase")), "{ran:?}");
    has_the_chat(&run(sandbox.tacit_with_passphrase(&["chats", "--json"])));
    // Neither keyring nor passphrase: nothing is weakened.
    let before = vault_files(&sandbox);
    let recover = run_with(sandbox.tacit(&["recovery", "use", "--code-file", "-", "--json"]), code.as_bytes());
    refused(&sandbox, &before, &recover, 4, "keyring_unavailable");
}

#[test]
fn a_mistyped_recovery_code_and_a_foreign_one_are_told_apart_and_change_nothing() {
    let (sandbox, other) = (with_passphrase(), with_passphrase());
    let make = |sandbox: &Sandbox| recovery_code(&run(sandbox.tacit_with_passphrase(&["recovery", "make", "--json"])));
    let (replaced, code, foreign) = (make(&sandbox), make(&sandbox), make(&other));
    let before = vault_files(&sandbox);
    let try_code = |code: &str| {
        let recover = sandbox.tacit_with_passphrase(&["recovery", "use", "--code-file", "-", "--json"]);
        run_with(recover, code.as_bytes())
    };
    let misspelt = code.replacen(code.split(' ').next().unwrap(), "xyzzy", 1);
    for bad in [misspelt.as_str(), "abandon", ""] {
        refused(&sandbox, &before, &try_code(bad), 4, "bad_recovery_code");
    }
    for wrong in [&foreign, &replaced] {
        refused(&sandbox, &before, &try_code(wrong), 4, "wrong_recovery_code");
    }
    assert_eq!(try_code(&code).code, Some(0));
}

#[test]
fn a_wrong_passphrase_says_only_that_and_changes_nothing() {
    let sandbox = with_passphrase();
    let before = vault_files(&sandbox);
    let wrong = sandbox.give("wrong", "incorrect horse battery staple\n");
    let ran = run(sandbox.tacit(&["chats", "--json", "--passphrase-file", wrong.to_str().unwrap()]));
    refused(&sandbox, &before, &ran, 4, "wrong_passphrase");
    let empty = sandbox.give("empty", "\n");
    let ran = run(sandbox.tacit(&["chats", "--json", "--passphrase-file", empty.to_str().unwrap()]));
    assert_eq!(ran.code, Some(4), "{ran:?}");
    // And where nobody can be asked, nobody is.
    refused(&sandbox, &before, &run(sandbox.tacit(&["chats", "--json"])), 4, "needs_passphrase");
}

#[test]
fn an_empty_passphrase_makes_no_vault() {
    let sandbox = Sandbox::new();
    let empty = sandbox.give("empty", "\n");
    let ran = run(sandbox.tacit(&["chats", "--json", "--passphrase-file", empty.to_str().unwrap()]));
    refused(&sandbox, &Files::new(), &ran, 4, "empty_passphrase");
}

#[test]
fn a_passphrase_comes_from_standard_input_unless_the_question_does() {
    let sandbox = with_passphrase();
    let passphrase = b"correct horse battery staple";
    let chats = sandbox.tacit(&["--passphrase-file", "-", "chats", "--json"]);
    assert_eq!(run_with(chats, passphrase).code, Some(0));
    for arguments in
        [vec!["ask", "-"], vec!["chat"], vec!["summarize", "-"], vec!["recovery", "use", "--code-file", "-"]]
    {
        let mut command = sandbox.tacit(&arguments);
        let ran = run_with(
            {
                command.args(["--passphrase-file", "-"]);
                command
            },
            passphrase,
        );
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.stderr.contains("Standard input"), "{ran:?}");
    }
}

#[test]
fn with_a_passphrase_file_the_keyring_is_not_touched() {
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    let in_session = |arguments: &[&str]| {
        let mut command = sandbox.tacit_with_passphrase(arguments);
        command.env("DBUS_SESSION_BUS_ADDRESS", keyring.address());
        run(command)
    };
    assert_eq!(in_session(&["chats"]).code, Some(0));
    assert_eq!(keyring.items(), (0, 0));
    // Not even asked: this one would not answer.
    keyring.freeze();
    let ran = in_session(&["chats"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.took < Duration::from_secs(20), "{ran:?}");
}

#[test]
fn a_second_program_is_told_that_the_vault_is_open() {
    let sandbox = with_passphrase();
    let mut chat = Running::start(sandbox.tacit_with_passphrase(&["chat", "--json"]));
    chat.write("Answer with one word: hello\n");
    let _ = chat.until("done");
    for arguments in [vec!["chats", "--json"], vec!["ask", "--json", "Hello?"], vec!["recovery", "make", "--json"]] {
        let ran = run(sandbox.tacit_with_passphrase(&arguments));
        assert_eq!((ran.code, ran.error_code().as_str()), (Some(8), "in_use"), "{ran:?}");
    }
    chat.close_stdin();
    assert_eq!(chat.finish().code, Some(0));
    assert_eq!(run(sandbox.tacit_with_passphrase(&["chats"])).code, Some(0), "it lets go");
}

#[test]
fn a_vault_of_a_newer_version_is_left_as_it_is() {
    let sandbox = with_passphrase();
    for name in ["slots", "slots.copy"] {
        let slots = fs::read_to_string(sandbox.vault().join(name)).unwrap();
        let newer = slots.replacen("tacit-slots 1 ", "tacit-slots 2 ", 1);
        assert_ne!(slots, newer);
        fs::write(sandbox.vault().join(name), newer).unwrap();
    }
    let before = vault_files(&sandbox);
    for arguments in [vec!["chats", "--json"], vec!["ask", "--json", "Hello?"]] {
        let ran = run(sandbox.tacit_with_passphrase(&arguments));
        refused(&sandbox, &before, &ran, 9, "newer_version");
        assert!(ran.stdout.contains("update Tacit"), "{ran:?}");
    }
    refused(&sandbox, &before, &run(sandbox.tacit(&["chats", "--json"])), 9, "newer_version");
}

#[test]
fn damaged_slots_are_repaired_from_their_copy_and_reported_when_both_are() {
    let sandbox = with_passphrase();
    let whole = vault_files(&sandbox);
    let flip = |name: &str| {
        let mut bytes = whole[name].clone();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(sandbox.vault().join(name), bytes).unwrap();
    };
    for one in ["slots", "slots.copy"] {
        flip(one);
        assert_eq!(run(sandbox.tacit_with_passphrase(&["chats"])).code, Some(0));
        assert!(vault_files(&sandbox)[one] == whole[one], "{one} was not repaired");
    }
    flip("slots");
    flip("slots.copy");
    let before = vault_files(&sandbox);
    refused(&sandbox, &before, &run(sandbox.tacit_with_passphrase(&["chats", "--json"])), 10, "damaged");
    refused(&sandbox, &before, &run(sandbox.tacit(&["chats", "--json"])), 10, "damaged");
}

#[test]
fn a_vault_with_a_part_missing_is_never_answered_with_a_new_one() {
    let sandbox = with_passphrase();
    let whole = vault_files(&sandbox);
    for missing in [vec!["store.db"], vec!["slots", "slots.copy"]] {
        put_back(&sandbox.vault(), &whole);
        for name in missing {
            fs::remove_file(sandbox.vault().join(name)).unwrap();
        }
        let before = vault_files(&sandbox);
        refused(&sandbox, &before, &run(sandbox.tacit_with_passphrase(&["chats", "--json"])), 10, "damaged");
        let ran = run(sandbox.tacit(&["chats", "--json"]));
        assert_ne!(ran.code, Some(0), "{ran:?}");
        assert!(before == vault_files(&sandbox));
    }
}
