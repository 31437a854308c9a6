//! `tacit summarize`: the whole text is read, whatever its length and shape, and nothing is lost when it is stopped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use tests::{Ran, Running, Sandbox, run, run_with, run_within};

/// The longest text here takes minutes on one slow core, more when others use it too.
const LIMIT: Duration = Duration::from_mins(20);

fn summarize(sandbox: &Sandbox, file: &Path) -> Ran {
    let mut command = sandbox.tacit_with_passphrase(&["summarize", "--json"]);
    command.arg(file);
    run_within(command, b"", LIMIT)
}

/// A text in paragraphs about made-up people and years: the same for the same length.
fn report(paragraphs: u32) -> String {
    let people = ["Amina Diallo", "Jonas Berg", "Mei Tanaka", "Rosa Alvarez", "Tomasz Nowak", "Leila Haddad"];
    let places = ["the harbour", "the school", "the old mill", "the clinic", "the railway station", "the market"];
    let deeds = ["repaired", "painted", "surveyed", "reopened", "measured", "described"];
    let mut text = String::from("# The yearbook of a small town\n\n");
    let mut state = 7_u32;
    let mut next = |most: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % most
    };
    for paragraph in 0..paragraphs {
        for _ in 0..6 {
            let (person, place, deed) = (people[next(6)], places[next(6)], deeds[next(6)]);
            let (year, cost) = (1900 + next(120), 100 + next(9_000));
            write!(text, "In {year} {person} {deed} {place}, which cost {cost} crowns and took the whole summer. ")
                .unwrap();
        }
        write!(text, "That is paragraph {paragraph}.\n\n").unwrap();
    }
    text
}

/// The summary's figures; fails unless it says that it covers the file to the byte.
#[track_caller]
fn covers(ran: &Ran, file: &Path) -> Value {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let done = ran.line("done");
    let bytes = fs::metadata(file).unwrap().len();
    assert_eq!((done["covered_bytes"].as_u64(), done["text_bytes"].as_u64()), (Some(bytes), Some(bytes)), "{done}");
    assert_eq!(ran.lines().last(), Some(&done));
    assert_eq!(done["state"], "complete");
    assert!(!done["summary"].as_str().unwrap().trim().is_empty(), "{done}");
    assert_eq!(ran.answer(), done["summary"].as_str().unwrap());
    done
}

fn chats(sandbox: &Sandbox) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

fn messages(sandbox: &Sandbox, chat: &Value) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["show", "--json", &chat.to_string()]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

#[test]
fn a_long_text_is_read_in_parts_side_by_side_and_covered_to_the_byte() {
    let sandbox = Sandbox::new();
    let file = sandbox.give("yearbook.md", report(64));
    let ran = summarize(&sandbox, &file);
    let done = covers(&ran, &file);
    println!("{done}");
    assert!(done["text_tokens"].as_u64().unwrap() > 11_000, "{done}");
    assert!(done["parts"].as_u64().unwrap() >= 6 && done["parallel"].as_u64().unwrap() >= 2, "{done}");
    // Every token of it was read.
    assert!(done["prompt_tokens"].as_u64() > done["text_tokens"].as_u64(), "{done}");
    let progress: Vec<Value> = ran.lines().into_iter().filter(|line| line["type"] == "progress").collect();
    assert!(progress.len() as u64 > done["parts"].as_u64().unwrap(), "{progress:?}");
    assert!(progress.windows(2).all(|pair| pair[0]["done"].as_u64() < pair[1]["done"].as_u64()), "{progress:?}");
    let last = progress.last().unwrap();
    assert_eq!(last["done"], last["of"], "{last}");
    let chat = chats(&sandbox).into_iter().find(|chat| chat["chat"] == done["chat"]).expect("the chat of the summary");
    assert!(chat["title"].as_str().unwrap().contains("yearbook.md"), "{chat}");
    let kept = messages(&sandbox, &done["chat"]);
    assert_eq!((kept.len(), &kept[1]["text"]), (2, &done["summary"]));
}

#[test]
fn a_short_text_is_read_in_one_part_and_a_person_gets_the_summary_alone_on_standard_output() {
    let sandbox = Sandbox::new();
    let file = sandbox.give("short.txt", report(1));
    assert_eq!(covers(&summarize(&sandbox, &file), &file)["parts"], 1);
    let mut command = sandbox.tacit_with_passphrase(&["summarize"]);
    command.arg(&file);
    let ran = run(command);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.trim().len() > 20, "{ran:?}");
    let bytes = fs::metadata(&file).unwrap().len();
    assert!(!ran.stdout.contains("Read ") && ran.stderr.contains(&format!("Read {bytes} of {bytes} bytes")), "{ran:?}");
}

#[test]
fn a_text_without_any_line_break_or_space_is_covered() {
    let sandbox = Sandbox::new();
    // As many bytes as a book's chapter has, where there is time for it.
    let times = if std::env::var_os("TACIT_SOAK").is_some() { 10 } else { 1 };
    for (name, text) in [
        ("word.txt", "abcdefghij".repeat(510 * times)),
        ("river.txt", "\u{6CB3}\u{6C34}\u{5F88}\u{957F}\u{5F88}\u{6162}\u{5C71}\u{5F88}\u{9AD8}".repeat(90 * times)),
    ] {
        let file = sandbox.give(name, text);
        let done = covers(&summarize(&sandbox, &file), &file);
        println!("{done}");
        assert!(done["parts"].as_u64().unwrap() >= 2, "{done}");
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_own_code_and_keeps_no_chat() {
    let sandbox = Sandbox::new();
    let _ = sandbox.ask("Say hello.");
    let refused = |file: &Path, exit: i32, code: &str| {
        let ran = summarize(&sandbox, file);
        assert_eq!((ran.code, ran.error_code().as_str()), (Some(exit), code), "{}: {ran:?}", file.display());
    };
    refused(&sandbox.give("empty.txt", ""), 5, "message_empty");
    refused(&sandbox.give("blank.md", " \n\t\n"), 5, "message_empty");
    refused(&sandbox.give("binary.txt", b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0"), 5, "not_text");
    refused(&sandbox.give("latin1.txt", b"caf\xE9"), 5, "not_text");
    refused(&sandbox.give("paper.pdf", "%PDF-1.7"), 2, "usage");
    refused(&sandbox.give("noending", "text"), 2, "usage");
    refused(&sandbox.path().join("absent.txt"), 5, "file_unreadable");
    let folder = sandbox.path().join("folder.txt");
    fs::create_dir(&folder).unwrap();
    refused(&folder, 5, "file_unreadable");
    let huge = sandbox.path().join("huge.txt");
    fs::File::create(&huge).unwrap().set_len(80 << 20).unwrap();
    refused(&huge, 5, "too_large");
    assert_eq!(chats(&sandbox).len(), 1);
}

#[test]
fn a_text_from_standard_input_is_summarised() {
    let sandbox = Sandbox::new();
    let text = report(1);
    let ran = run_with(sandbox.tacit_with_passphrase(&["summarize", "--json", "-"]), text.as_bytes());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.line("done")["covered_bytes"], text.len());
}

#[test]
fn stopped_in_the_middle_it_ends_within_three_seconds_and_nothing_is_lost() {
    let sandbox = Sandbox::new();
    let before = sandbox.ask("Say hello.");
    let file = sandbox.give("yearbook.md", report(64));
    // While the text is cut into parts, and while the first of them are read.
    for seconds in [0.0, 2.0] {
        let mut command = sandbox.tacit_with_passphrase(&["summarize", "--json"]);
        command.arg(&file);
        let mut running = Running::start(command);
        let accepted = running.until("accepted");
        std::thread::sleep(Duration::from_secs_f64(seconds));
        let asked = Instant::now();
        running.signal(Signal::INT);
        let ran = running.finish();
        let took = asked.elapsed();
        assert_eq!(ran.code, Some(130), "{ran:?}");
        assert!(took < Duration::from_secs(3), "it took {took:?} to stop after {seconds} s");
        let kept = messages(&sandbox, &accepted["chat"]);
        assert_eq!(kept[0]["message"], accepted["message"]);
        assert_eq!(kept.get(1).map(|message| message["state"].as_str().unwrap()), Some("stopped"), "{kept:?}");
    }
    let first = messages(&sandbox, &before.line("done")["chat"]);
    assert_eq!(first[1]["text"], before.answer().as_str());
    assert!(!sandbox.ask("Say hello.").answer().is_empty());
}
