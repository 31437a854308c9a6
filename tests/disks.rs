//! Disks that are full, fill up or cannot be written: a sentence each, and nothing lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use tests::{LONG, Running, Sandbox, acknowledged, in_namespaces, nothing_is_lost, run, stored, until_it_grows, watch};

/// A small disk at `TACIT_HOME`.
fn small_disk(sandbox: &Sandbox, size: &str) {
    let home = sandbox.tacit_home();
    fs::create_dir_all(&home).unwrap();
    mount(&["-t", "tmpfs", "-o", &format!("size={size},mode=0700"), "tmpfs"], &home);
}

fn mount(arguments: &[&str], place: &Path) {
    let output = Command::new("mount").args(arguments).arg(place).output().expect("mount");
    assert!(output.status.success(), "mount {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Fills a disk to the last byte.
fn fill(sandbox: &Sandbox) -> PathBuf {
    let ballast = sandbox.tacit_home().join("ballast");
    let mut file = fs::File::options().create(true).append(true).open(&ballast).unwrap();
    for size in [64 << 10, 4 << 10, 1] {
        while file.write_all(&vec![7; size]).is_ok() {}
    }
    ballast
}

#[test]
fn a_disk_that_fills_up_in_mid_answer_loses_nothing() {
    if !in_namespaces(&["--mount"], "a_disk_that_fills_up_in_mid_answer_loses_nothing") {
        return;
    }
    let sandbox = Sandbox::new();
    small_disk(&sandbox, "4m");
    let earlier = sandbox.ask("Say hello.");
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", LONG]));
    let mut lines = Vec::new();
    until_it_grows(&mut running, &mut lines, 400);
    let cut = Instant::now();
    let ballast = fill(&sandbox);
    lines.extend(watch(&mut running));
    let ran = running.finish();
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert_eq!(lines.last().unwrap().object["code"], "disk_full");
    // Full from the start (closing freed what the log had): nothing is accepted, and the reason is said.
    let _ = fill(&sandbox);
    let refused = run(sandbox.tacit_with_passphrase(&["ask", "--json", "Say hello."]));
    assert_eq!((refused.code, refused.error_code().as_str()), (Some(6), "disk_full"));
    assert!(refused.lines().iter().all(|line| line["type"] != "accepted"), "{refused:?}");
    fs::remove_file(ballast).unwrap();
    let seen = acknowledged(&lines, &[LONG.to_owned()]);
    nothing_is_lost(&sandbox, &seen, cut, &["interrupted"]);
    let first = stored(&sandbox, earlier.line("done")["chat"].as_i64().unwrap());
    assert_eq!(first[1]["text"], earlier.answer().as_str());
    let chat = seen[0].chat.to_string();
    let next = run(sandbox.tacit_with_passphrase(&["ask", "--json", "--chat", &chat, "Say hello."]));
    assert_eq!(next.code, Some(0), "{next:?}");
}

#[test]
fn a_first_start_on_a_full_disk_says_so_and_can_be_repeated() {
    if !in_namespaces(&["--mount"], "a_first_start_on_a_full_disk_says_so_and_can_be_repeated") {
        return;
    }
    let sandbox = Sandbox::new();
    small_disk(&sandbox, "2m");
    let ballast = fill(&sandbox);
    let refused = run(sandbox.tacit_with_passphrase(&["ask", "--json", "Say hello."]));
    assert_eq!((refused.code, refused.error_code().as_str()), (Some(6), "disk_full"));
    fs::remove_file(ballast).unwrap();
    let answered = sandbox.ask("Say hello.");
    assert!(!answered.answer().is_empty());
}

#[test]
fn a_read_only_home_is_named_so_and_stays_as_it_is() {
    if !in_namespaces(&["--mount"], "a_read_only_home_is_named_so_and_stays_as_it_is") {
        return;
    }
    let sandbox = Sandbox::new();
    small_disk(&sandbox, "8m");
    // No vault yet.
    mount(&["-o", "remount,ro"], &sandbox.tacit_home());
    let refused = run(sandbox.tacit_with_passphrase(&["ask", "--json", "Say hello."]));
    assert_eq!((refused.code, refused.error_code().as_str()), (Some(6), "read_only"));
    // One with something in it.
    mount(&["-o", "remount,rw"], &sandbox.tacit_home());
    let asked = sandbox.ask("Say hello.");
    mount(&["-o", "remount,ro"], &sandbox.tacit_home());
    for arguments in [["ask", "--json", "Say hello."].as_slice(), &["chats", "--json"], &["show", "--json", "1"]] {
        let refused = run(sandbox.tacit_with_passphrase(arguments));
        assert_eq!((refused.code, refused.error_code().as_str()), (Some(6), "read_only"), "{arguments:?}");
    }
    mount(&["-o", "remount,rw"], &sandbox.tacit_home());
    let messages = stored(&sandbox, asked.line("done")["chat"].as_i64().unwrap());
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[1]["text"], asked.answer().as_str());
}
