//! What was acknowledged is never lost: kill -9, a dead engine, a full disk, a read-only home, a polite end.
//!
//! The rule in all of them: a question that was accepted is in the store with its exact text; of its answer, what is
//! stored is the beginning of what was shown, at most a second behind it, and says that it is not whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tests::{Ran, Running, Sandbox, run, run_with};

/// An answer on the disk is at most this much behind what was shown.
const BEHIND: Duration = Duration::from_secs(1);
/// A question whose answer takes many seconds.
const LONG: &str = "Write a very long story about a river, its villages and its boats, in twenty chapters.";

// What one run was seen to do.

/// A line of `--json` and when it came.
struct Line {
    at: Instant,
    object: Value,
}

/// A question that was acknowledged, and what was seen of its answer.
#[derive(Debug)]
struct Acknowledged {
    chat: i64,
    message: i64,
    text: String,
    shown: Vec<(Instant, String)>,
    done: bool,
}

impl Acknowledged {
    fn shown_before(&self, moment: Instant) -> String {
        self.shown.iter().filter(|(at, _)| *at < moment).map(|(_, text)| text.as_str()).collect()
    }

    fn shown(&self) -> String {
        self.shown.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Reads a program's output to its end.
fn watch(running: &mut Running) -> Vec<Line> {
    let mut lines = Vec::new();
    while let Some(line) = running.next_line() {
        let at = Instant::now();
        // A line that the kill cut in two was not printed.
        if let Ok(object) = serde_json::from_str(&line) {
            lines.push(Line { at, object });
        }
    }
    lines
}

/// Puts the lines of a run together with the questions it was given, in their order.
fn acknowledged(lines: &[Line], questions: &[String]) -> Vec<Acknowledged> {
    let mut all: Vec<Acknowledged> = Vec::new();
    for line in lines {
        let object = &line.object;
        match object["type"].as_str().unwrap() {
            "accepted" => all.push(Acknowledged {
                chat: object["chat"].as_i64().unwrap(),
                message: object["message"].as_i64().unwrap(),
                text: questions[all.len()].clone(),
                shown: Vec::new(),
                done: false,
            }),
            "token" => all.last_mut().unwrap().shown.push((line.at, object["text"].as_str().unwrap().to_owned())),
            "done" => all.last_mut().unwrap().done = true,
            _ => {}
        }
    }
    all
}

/// What the store holds of a chat.
fn stored(sandbox: &Sandbox, chat: i64) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["show", "--json", &chat.to_string()]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

/// Fails unless the store holds everything that was acknowledged before `cut`, and marks what is not whole.
fn nothing_is_lost(sandbox: &Sandbox, all: &[Acknowledged], cut: Instant, expected: &[&str]) {
    let Some(first) = all.first() else { return };
    let messages = stored(sandbox, first.chat);
    for asked in all {
        let question = messages.iter().find(|message| message["message"] == asked.message);
        let question = question.unwrap_or_else(|| panic!("{asked:?} is lost: {messages:?}"));
        assert_eq!(question["text"], asked.text.as_str());
        assert_eq!(question["role"], "user");
        let Some(answer) = messages.iter().find(|message| message["parent"] == asked.message) else {
            let before = asked.shown_before(cut.checked_sub(BEHIND).unwrap());
            assert!(before.is_empty() && !asked.done, "the answer to {asked:?} is lost");
            continue;
        };
        is_kept(answer, asked, cut, expected);
    }
}

fn is_kept(answer: &Value, asked: &Acknowledged, cut: Instant, expected: &[&str]) {
    let (text, state) = (answer["text"].as_str().unwrap(), answer["state"].as_str().unwrap());
    let shown = asked.shown();
    if asked.done {
        assert_eq!((text, state), (shown.as_str(), "complete"), "{asked:?}");
        return;
    }
    let before = asked.shown_before(cut.checked_sub(BEHIND).unwrap());
    assert!(text.starts_with(&before), "more than {BEHIND:?} behind: {} of {} bytes", text.len(), before.len());
    assert!(shown.starts_with(text), "stored but never shown: {text:?}");
    // It may have been complete on the disk with only its last line not out yet.
    let whole = state == "complete" && text == shown;
    assert!(whole || expected.contains(&state), "{state}, not {expected:?}");
}

// Chance, and kills.

/// xorshift64*: the same moments for the same seed.
struct Chance(u64);

impl Chance {
    /// From `TACIT_SEED`, else from the clock. Printed, so that a failure can be repeated.
    fn new() -> Self {
        let clock = || std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let seed = std::env::var("TACIT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(clock);
        println!("TACIT_SEED={seed}");
        Self(seed | 1 << 63)
    }

    fn up_to(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let share = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 48;
        most * u32::try_from(share).unwrap() / 65_536
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Victim {
    Program,
    Engine,
}

/// Kills after a while; gives the moment just before, or nothing if there was no engine to kill.
fn kill_after(running: &Running, victim: Victim, after: Duration) -> JoinHandle<Option<Instant>> {
    let program = running.id();
    thread::spawn(move || {
        thread::sleep(after);
        let id = if victim == Victim::Program { Some(program) } else { children(program).first().copied() };
        let moment = Instant::now();
        // Ended already is as good: then everything must be there.
        id.map(|id| kill_process(pid(id), Signal::KILL).ok()).map(|_| moment)
    })
}

fn children(id: u32) -> Vec<u32> {
    let list = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let found: Vec<u32> = list.split_whitespace().filter_map(|child| child.parse().ok()).collect();
    // Between fork and exec it is the program itself still.
    found.into_iter().filter(|child| command_name(*child).starts_with("tacit-engine")).collect()
}

fn command_name(id: u32) -> String {
    fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default()
}

fn pid(id: u32) -> Pid {
    Pid::from_raw(i32::try_from(id).unwrap()).unwrap()
}

fn cycles() -> u32 {
    if std::env::var_os("TACIT_SOAK").is_some() { 200 } else { 40 }
}

/// `tacit chat` with a message a line.
fn chat(sandbox: &Sandbox, questions: &[String]) -> Running {
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["chat", "--json"]));
    for question in questions {
        running.write(&format!("{question}\n"));
    }
    running.close_stdin();
    running
}

/// Reads on until the answer has at least this many characters.
fn until_it_grows(running: &mut Running, lines: &mut Vec<Line>, characters: usize) {
    let mut length = 0;
    while length < characters {
        let line = running.next_line().unwrap_or_else(|| panic!("the answer ended after {length} characters"));
        let object: Value = serde_json::from_str(&line).unwrap();
        length += object["text"].as_str().map_or(0, str::len);
        lines.push(Line { at: Instant::now(), object });
    }
}

#[test]
fn a_message_survives_kill_nine() {
    let sandbox = Sandbox::new();
    let mut chance = Chance::new();
    // How long two short answers take here says when there is something to cut.
    let whole = Instant::now();
    let questions = ["Say hi.".to_owned(), "Say bye.".to_owned()];
    assert_eq!(chat(&sandbox, &questions).finish().code, Some(0));
    let whole = whole.elapsed().min(Duration::from_secs(4));
    let mut kept: BTreeMap<i64, usize> = BTreeMap::new();
    let (mut accepted, mut cut_answers, mut engine_deaths) = (0, 0, 0);
    for cycle in 0..cycles() {
        let victim = if cycle % 2 == 0 { Victim::Program } else { Victim::Engine };
        let long = cycle % 4 >= 2;
        let second = if long { LONG } else { "Say bye." };
        let questions =
            [format!("Say hi to guest {cycle}. \u{413}\u{4E2D} \"\\\u{1F600}"), format!("{second} {cycle}")];
        let mut running = chat(&sandbox, &questions);
        let after = chance.up_to(if long { whole * 2 } else { whole * 5 / 4 });
        let killer = kill_after(&running, victim, after);
        let lines = watch(&mut running);
        let ended = Instant::now();
        let cut = killer.join().unwrap().unwrap_or(ended).min(ended);
        let ran = running.finish();
        let seen = acknowledged(&lines, &questions);
        println!("cycle {cycle}: {victim:?} after {after:?}, {} accepted, ended {:?}", seen.len(), ran.code);
        if victim == Victim::Program {
            // Killed, or over before: no fault of its own, so the store had opened.
            assert!(matches!(ran.code, None | Some(0)), "{ran:?}");
        } else {
            says_what_happened(&lines, &ran, &seen);
            engine_deaths += usize::from(ran.code == Some(7));
        }
        nothing_is_lost(&sandbox, &seen, cut, &["interrupted"]);
        accepted += seen.len();
        cut_answers += seen.iter().filter(|asked| !asked.done && !asked.shown.is_empty()).count();
        if let Some(first) = seen.first() {
            kept.insert(first.chat, seen.len());
        }
    }
    println!("{accepted} accepted, {cut_answers} answers cut, {engine_deaths} engines killed in mid-answer");
    assert!(accepted > 0 && cut_answers > 0 && engine_deaths > 0, "the moments were not where something happens");
    let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for (chat, questions) in kept {
        let found = ran.lines().into_iter().find(|line| line["chat"] == chat);
        let messages = found.unwrap_or_else(|| panic!("chat {chat} is lost"))["messages"].as_u64().unwrap();
        assert!(messages >= questions as u64, "chat {chat} has {messages} messages");
    }
}

/// The main program outlives its engine and says what happened, where something happened.
fn says_what_happened(lines: &[Line], ran: &Ran, seen: &[Acknowledged]) {
    let error = lines.iter().find(|line| line.object["type"] == "error");
    let code = error.map_or("", |line| line.object["code"].as_str().unwrap());
    match ran.code {
        // Killed before it was asked, between two questions or after the last: a new one was started, or none was needed.
        Some(0) => assert!(seen.len() == 2 && seen.iter().all(|asked| asked.done), "{ran:?}"),
        // While it was loading.
        Some(3) => assert!(code == "model_damaged" && seen.iter().all(|asked| asked.done), "{ran:?}"),
        Some(7) => assert_eq!(code, "engine_died", "{ran:?}"),
        _ => panic!("{ran:?}"),
    }
}

#[test]
fn a_first_start_cut_off_by_kill_nine_leaves_a_vault_or_none() {
    let mut chance = Chance::new();
    for cycle in 0..cycles() / 4 {
        let sandbox = Sandbox::new();
        let mut running = Running::start(sandbox.tacit_with_passphrase(&["chats", "--json"]));
        let after = chance.up_to(Duration::from_millis(1200));
        let killer = kill_after(&running, Victim::Program, after);
        watch(&mut running);
        killer.join().unwrap();
        println!("cycle {cycle}: after {after:?}, ended {:?}", running.finish().code);
        let ran = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
        assert_eq!(ran.code, Some(0), "killed after {after:?}: {ran:?}");
    }
}

#[test]
fn an_answer_is_on_the_disk_at_most_a_second_behind() {
    let sandbox = Sandbox::new();
    for seconds in [1.3, 2.2, 3.1] {
        let questions = [LONG.to_owned()];
        let mut running = chat(&sandbox, &questions);
        let mut lines = Vec::new();
        until_it_grows(&mut running, &mut lines, 1);
        let killer = kill_after(&running, Victim::Program, Duration::from_secs_f64(seconds));
        lines.extend(watch(&mut running));
        let cut = killer.join().unwrap().unwrap();
        let seen = acknowledged(&lines, &questions);
        assert!(!seen[0].done, "the answer was over before the kill");
        assert!(!seen[0].shown_before(cut.checked_sub(BEHIND).unwrap()).is_empty());
        nothing_is_lost(&sandbox, &seen, cut, &["interrupted"]);
    }
}

#[test]
fn the_engine_killed_in_mid_answer_leaves_the_partial_answer_and_the_next_question_works() {
    let sandbox = Sandbox::new();
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", LONG]));
    let mut lines = Vec::new();
    until_it_grows(&mut running, &mut lines, 300);
    let cut = Instant::now();
    kill_process(pid(running.children()[0]), Signal::KILL).unwrap();
    lines.extend(watch(&mut running));
    let ran = running.finish();
    assert_eq!(ran.code, Some(7), "{ran:?}");
    let error = &lines.last().unwrap().object;
    assert_eq!((error["type"].as_str(), error["code"].as_str()), (Some("error"), Some("engine_died")));
    let seen = acknowledged(&lines, &[LONG.to_owned()]);
    nothing_is_lost(&sandbox, &seen, cut, &["interrupted"]);
    // The main program lived, so nothing that was shown is missing.
    let answer = stored(&sandbox, seen[0].chat).pop().unwrap();
    assert_eq!(answer["text"], seen[0].shown().as_str());
    assert_eq!(answer["state"], "interrupted");
    let next =
        run(sandbox.tacit_with_passphrase(&["ask", "--json", "--chat", &seen[0].chat.to_string(), "Say hello."]));
    assert_eq!(next.code, Some(0), "{next:?}");
    assert_eq!(stored(&sandbox, seen[0].chat).len(), 4);
}

#[test]
fn the_engine_ends_when_its_program_is_killed() {
    let sandbox = Sandbox::new();
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", LONG]));
    until_it_grows(&mut running, &mut Vec::new(), 20);
    let engine = running.children()[0];
    running.signal(Signal::KILL);
    let until = Instant::now() + Duration::from_secs(5);
    while command_name(engine).starts_with("tacit-engine") {
        assert!(Instant::now() < until, "the engine outlives its program");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_polite_end_in_mid_answer_keeps_what_was_written_and_marks_it_stopped() {
    let sandbox = Sandbox::new();
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut running = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", LONG]));
        let mut lines = Vec::new();
        until_it_grows(&mut running, &mut lines, 100);
        let cut = Instant::now();
        running.signal(signal);
        lines.extend(watch(&mut running));
        let took = cut.elapsed();
        assert_eq!(running.finish().code, Some(130), "{signal:?}");
        assert!(took < Duration::from_secs(3), "{signal:?}: {took:?}");
        let seen = acknowledged(&lines, &[LONG.to_owned()]);
        let answer = stored(&sandbox, seen[0].chat).pop().unwrap();
        assert_eq!(
            (answer["text"].as_str(), answer["state"].as_str()),
            (Some(seen[0].shown().as_str()), Some("stopped"))
        );
    }
}

#[test]
fn the_main_program_holds_less_than_sixty_megabytes() {
    let sandbox = Sandbox::new();
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["ask", "--json", LONG]));
    until_it_grows(&mut running, &mut Vec::new(), 1);
    thread::sleep(Duration::from_secs(1));
    let status = fs::read_to_string(format!("/proc/{}/status", running.id())).unwrap();
    let resident =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it ended before a second was over");
    let kilobytes: u64 = resident.trim().trim_end_matches("kB").trim().parse().unwrap();
    println!("{kilobytes} kB resident");
    assert!(kilobytes < 60 << 10, "{kilobytes} kB");
}

// Disks.

/// Runs a test again in a mount namespace of its own, where it may mount and no mount outlives it. In there, and only
/// there, it says `true`.
fn in_a_mount_namespace(test: &str) -> bool {
    const INSIDE: &str = "TACIT_TEST_MOUNTS";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    // Whoever is not root is root in there.
    let how = if rustix::process::geteuid().is_root() { "-m" } else { "-rm" };
    let mut again = Command::new("unshare");
    again.arg(how).arg(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]).env(INSIDE, "1");
    let output = again.output().expect("unshare, of the package util-linux");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "`unshare {how}` or the test in it failed:\n{said}");
    assert!(said.contains("1 passed"), "{said}");
    false
}

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
    if !in_a_mount_namespace("a_disk_that_fills_up_in_mid_answer_loses_nothing") {
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
    if !in_a_mount_namespace("a_first_start_on_a_full_disk_says_so_and_can_be_repeated") {
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
    if !in_a_mount_namespace("a_read_only_home_is_named_so_and_stays_as_it_is") {
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

#[test]
fn a_text_of_ten_megabytes_is_refused_and_nothing_is_lost() {
    let sandbox = Sandbox::new();
    let text = "word ".repeat(2 << 20);
    let ran = run_with(sandbox.tacit_with_passphrase(&["ask", "--json", "-"]), text.as_bytes());
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(5), "message_too_long"));
    let chats = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!((chats.code, chats.stdout.as_str()), (Some(0), ""));
}
