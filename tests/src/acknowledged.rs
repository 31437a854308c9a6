//! What one run was seen to do, held against what the store kept of it.
//!
//! The rule: a question that was accepted is in the store with its exact text; of its answer, what is stored is the
//! beginning of what was shown, at most a second behind it, and says that it is not whole.

#![allow(clippy::unwrap_used, reason = "a line that is not as documented must fail loudly")]

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Running, Sandbox, run};

/// An answer on the disk is at most this much behind what was shown.
pub const BEHIND: Duration = Duration::from_secs(1);
/// A question whose answer takes many seconds.
pub const LONG: &str = "Write a very long story about a river, its villages and its boats, in twenty chapters.";

/// A line of `--json` and when it came.
pub struct Line {
    /// When it came.
    pub at: Instant,
    /// What it said.
    pub object: Value,
}

/// A question that was acknowledged, and what was seen of its answer.
#[derive(Debug)]
pub struct Acknowledged {
    /// Its chat.
    pub chat: i64,
    /// Its id.
    pub message: i64,
    /// Its text.
    pub text: String,
    /// The pieces of its answer and when they came.
    pub shown: Vec<(Instant, String)>,
    /// Whether the answer was told to be complete.
    pub done: bool,
}

impl Acknowledged {
    /// What was shown before a moment.
    #[must_use]
    pub fn shown_before(&self, moment: Instant) -> String {
        self.shown.iter().filter(|(at, _)| *at < moment).map(|(_, text)| text.as_str()).collect()
    }

    /// All that was shown.
    #[must_use]
    pub fn shown(&self) -> String {
        self.shown.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Reads a program's output to its end.
pub fn watch(running: &mut Running) -> Vec<Line> {
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
#[must_use]
pub fn acknowledged(lines: &[Line], questions: &[String]) -> Vec<Acknowledged> {
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
#[must_use]
pub fn stored(sandbox: &Sandbox, chat: i64) -> Vec<Value> {
    let ran = run(sandbox.tacit_with_passphrase(&["show", "--json", &chat.to_string()]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran.lines()
}

/// Fails unless the store holds everything that was acknowledged before `cut`, and marks what is not whole.
pub fn nothing_is_lost(sandbox: &Sandbox, all: &[Acknowledged], cut: Instant, expected: &[&str]) {
    if let Some(first) = all.first() {
        is_all_kept(&stored(sandbox, first.chat), all, cut, expected);
    }
}

/// Fails unless these messages of a chat are everything that was acknowledged in it before `cut`.
pub fn is_all_kept(messages: &[Value], all: &[Acknowledged], cut: Instant, expected: &[&str]) {
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

/// How an answer ends by itself: where the model ended it, or at the most tokens of one answer.
const ENDED: [&str; 2] = ["complete", "cut"];

fn is_kept(answer: &Value, asked: &Acknowledged, cut: Instant, expected: &[&str]) {
    let (text, state) = (answer["text"].as_str().unwrap(), answer["state"].as_str().unwrap());
    let shown = asked.shown();
    if asked.done {
        assert_eq!(text, shown, "{asked:?}");
        assert!(ENDED.contains(&state), "{state}: {asked:?}");
        return;
    }
    let before = asked.shown_before(cut.checked_sub(BEHIND).unwrap());
    assert!(text.starts_with(&before), "more than {BEHIND:?} behind: {} of {} bytes", text.len(), before.len());
    assert!(shown.starts_with(text), "stored but never shown: {text:?}");
    // It may have been complete on the disk with only its last line not out yet.
    let whole = ENDED.contains(&state) && text == shown;
    assert!(whole || expected.contains(&state), "{state}, not {expected:?}");
}

/// Reads on until the answer has at least this many characters.
pub fn until_it_grows(running: &mut Running, lines: &mut Vec<Line>, characters: usize) {
    let mut length = 0;
    while length < characters {
        let line = running.next_line().unwrap_or_else(|| panic!("the answer ended after {length} characters"));
        let object: Value = serde_json::from_str(&line).unwrap();
        length += object["text"].as_str().map_or(0, str::len);
        lines.push(Line { at: Instant::now(), object });
    }
}
