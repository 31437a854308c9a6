//! Promise 3. Nothing lost: what was acknowledged survives kill -9 at any moment, a dead engine, a polite end. Disks that
//! are full: see `disks.rs`; writes that are cut short or fail: see `cut_writes.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tests::{
    Acknowledged, BEHIND, Chance, LONG, Line, Ran, Running, Sandbox, acknowledged, is_soak, nothing_is_lost, run,
    run_with, stored, until_it_grows, watch,
};

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
    if is_soak() { 200 } else { 40 }
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

/// Each message survives kill -9 of the program or its engine, at moments that chance chooses.
#[test]
fn nothing_lost() {
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
    for seconds in [1.2, 1.5, 1.9] {
        // A fast machine writes all that an answer may have in a few seconds, and now and then the model ends before.
        assert!((0..8).any(|_| is_cut_and_kept(&sandbox, seconds)), "the answer was always over before the kill");
    }
}

/// Kills the program so long after the first token; whether the answer was cut by that. What is stored of it must be right.
fn is_cut_and_kept(sandbox: &Sandbox, seconds: f64) -> bool {
    let questions = [LONG.to_owned()];
    let mut running = chat(sandbox, &questions);
    let mut lines = Vec::new();
    until_it_grows(&mut running, &mut lines, 1);
    let killer = kill_after(&running, Victim::Program, Duration::from_secs_f64(seconds));
    lines.extend(watch(&mut running));
    let Some(cut) = killer.join().unwrap() else { return false };
    let seen = acknowledged(&lines, &questions);
    nothing_is_lost(sandbox, &seen, cut, &["interrupted"]);
    !seen[0].done && !seen[0].shown_before(cut.checked_sub(BEHIND).unwrap()).is_empty()
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

#[test]
fn a_text_of_ten_megabytes_is_refused_and_nothing_is_lost() {
    let sandbox = Sandbox::new();
    let text = "word ".repeat(2 << 20);
    let ran = run_with(sandbox.tacit_with_passphrase(&["ask", "--json", "-"]), text.as_bytes());
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(5), "message_too_long"));
    let chats = run(sandbox.tacit_with_passphrase(&["chats", "--json"]));
    assert_eq!((chats.code, chats.stdout.as_str()), (Some(0), ""));
}
