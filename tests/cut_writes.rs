//! A write that is cut in half, and a disk that fails at one call or from then on: whichever call it is, the vault opens
//! again, what was acknowledged is there, and what was being done has happened wholly or not at all.
//!
//! `cut_write.c` counts the calls that change a file and lets the one fail that a test names. The long form takes every one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::Value;
use tests::{
    Chance, Files, Keyring, Line, Ran, Running, Sandbox, acknowledged, files, is_all_kept, is_soak, put_back, run,
    watch,
};

const FIRST: &str = "Quittenbrot and rivers. Answer in one word.";
/// A word of it.
const WORD: &str = "Quittenbrot";
const SECOND: &str = "Zwetschgenkuchen and boats. Answer in one word.";
const THIRD: &str = "Holunderwein: say hi.";
/// What is done while the disk fails.
const DEEDS: [Deed; 4] = [
    Deed { arguments: &["chats", "--json"], times: 12, on: On::Nothing, judge: Place::there_is_one_empty_vault },
    Deed {
        arguments: &["ask", "--json", "--chat", "1", THIRD],
        times: 4,
        on: On::Chats,
        judge: Place::keeps_the_question,
    },
    Deed { arguments: &["recovery", "make", "--json"], times: 3, on: On::Chats, judge: Place::keeps_the_keys },
    Deed { arguments: &["delete", "--json", "1"], times: 12, on: On::Chats, judge: Place::keeps_or_deletes },
];

struct Deed {
    arguments: &'static [&'static str],
    /// At how many of `SQLite`'s calls, about, it is cut in the short form of the test.
    times: usize,
    on: On,
    judge: fn(&Place, &Cut),
}

/// What is there before.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Nothing,
    Chats,
}

/// A run that was cut.
struct Cut {
    lines: Vec<Line>,
    ran: Ran,
    /// When it ended.
    at: Instant,
    /// The change that was cut: its number, the call and the file's name. Nothing where it ended before.
    change: String,
    /// All that it began.
    changes: Vec<String>,
}

impl Cut {
    fn says(&self, kind: &str) -> Option<&Value> {
        self.lines.iter().map(|line| &line.object).find(|object| object["type"] == kind)
    }
}

/// A vault with two chats and a recovery code, and what the person sees of it.
struct Place {
    sandbox: Sandbox,
    keyring: Keyring,
    library: PathBuf,
    whole: Files,
    chats: [String; 2],
    /// Messages of the first chat that hold its word: the question, and the answer where the model repeats it.
    hits: usize,
    code: PathBuf,
}

impl Place {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let keyring = Keyring::start(&sandbox);
        let library = sandbox.preload("cut_write.c");
        let done = |arguments: &[&str]| {
            let ran = run(sandbox.tacit_in(&keyring, arguments));
            assert_eq!(ran.code, Some(0), "{ran:?}");
            ran
        };
        for question in [FIRST, SECOND] {
            let _ = done(&["ask", "--json", question]);
        }
        let code = done(&["recovery", "make", "--json"]).line("recovery_code")["words"].clone();
        let code = sandbox.give("code", code.as_str().unwrap());
        let whole = files(&sandbox.vault());
        let chats = ["1", "2"].map(|chat| done(&["show", "--json", chat]).stdout);
        let hits = done(&["search", "--json", WORD]).lines().len();
        assert!(whole == files(&sandbox.vault()), "looking changes nothing");
        Self { sandbox, keyring, library, whole, chats, hits, code }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(self.sandbox.tacit_in(&self.keyring, arguments))
    }

    /// Does a deed, with its change number `number` cut (0: none).
    fn cut(&self, deed: &Deed, number: usize, how: &str) -> Cut {
        fs::remove_dir_all(self.sandbox.vault()).unwrap();
        if deed.on == On::Chats {
            fs::create_dir(self.sandbox.vault()).unwrap();
            put_back(&self.sandbox.vault(), &self.whole);
        }
        let log = self.sandbox.temporary().join("changes");
        fs::remove_file(&log).ok();
        let mut command = self.sandbox.tacit_in(&self.keyring, deed.arguments);
        command.env("LD_PRELOAD", &self.library).env("CUT_BELOW", self.sandbox.tacit_home().join("vaults"));
        command.env("CUT_AT", number.to_string()).env("CUT_HOW", how).env("CUT_LOG", &log);
        let mut running = Running::start(command);
        running.close_stdin();
        let lines = watch(&mut running);
        let at = Instant::now();
        let ran = running.finish();
        let changes: Vec<String> = fs::read_to_string(log).unwrap().lines().map(str::to_owned).collect();
        let change = number.checked_sub(1).and_then(|before| changes.get(before)).cloned().unwrap_or_default();
        Cut { lines, ran, at, change, changes }
    }

    /// A new vault or the one that was being made; never a part that stands in the way of both.
    fn there_is_one_empty_vault(&self, cut: &Cut) {
        let made = files(&self.sandbox.vault());
        let ran = self.run(&["chats", "--json"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
        if cut.ran.code == Some(0) {
            assert!(made.get("slots") == files(&self.sandbox.vault()).get("slots"), "another vault was made");
        }
    }

    fn keeps_the_question(&self, cut: &Cut) {
        let seen = acknowledged(&cut.lines, &[THIRD.to_owned()]);
        let shown = self.run(&["show", "--json", "1"]);
        assert_eq!(shown.code, Some(0), "{shown:?}");
        assert!(shown.stdout.starts_with(&self.chats[0]), "{shown:?}");
        is_all_kept(&shown.lines(), &seen, cut.at, &["interrupted"]);
        let new = shown.lines().split_off(self.chats[0].lines().count());
        assert!(new.first().is_none_or(|question| question["text"] == THIRD), "{new:?}");
        self.keeps(2);
    }

    fn keeps_the_keys(&self, cut: &Cut) {
        self.keeps(1);
        self.keeps(2);
        let with = |code: &PathBuf| self.run(&["recovery", "use", "--json", "--code-file", code.to_str().unwrap()]);
        if let Some(told) = cut.says("recovery_code") {
            let code = self.sandbox.give("new code", told["words"].as_str().unwrap());
            assert_eq!(with(&code).code, Some(0), "the code that was shown does not open the vault");
            return;
        }
        // Not replaced yet; or, where it had no time to say so or the folder could not be synced, replaced already.
        let old = with(&self.code);
        let may_be_new = cut.ran.code.is_none() || cut.change.ends_with("fsync default");
        assert!(old.code == Some(0) || may_be_new && old.error_code() == "wrong_recovery_code", "{old:?}");
        assert_eq!(self.run(&["recovery", "make"]).code, Some(0), "it can be done again");
    }

    fn keeps_or_deletes(&self, cut: &Cut) {
        self.keeps(2);
        let shown = self.run(&["show", "--json", "1"]);
        let found = self.run(&["search", "--json", WORD]).lines().len();
        if shown.code == Some(11) {
            assert_eq!(found, 0, "deleted, and found all the same");
            return;
        }
        assert_eq!(
            (shown.code, shown.stdout.as_str(), found),
            (Some(0), self.chats[0].as_str(), self.hits),
            "half deleted"
        );
        assert!(cut.says("deleted").is_none(), "it said that it was deleted");
        assert_eq!(self.run(&["delete", "1"]).code, Some(0), "it can be done again");
    }

    /// A chat that has nothing to do with it is as it was.
    fn keeps(&self, chat: usize) {
        let shown = self.run(&["show", "--json", &chat.to_string()]);
        assert_eq!((shown.code, shown.stdout.as_str()), (Some(0), self.chats[chat - 1].as_str()), "{shown:?}");
    }

    /// Does every deed again and again, each time with another change cut: in each of these ways in the long form, else in
    /// one after the other.
    fn walk(&self, hows: &[&str]) {
        let mut chance = Chance::new();
        for deed in &DEEDS {
            let whole = self.cut(deed, 0, "");
            assert_eq!(whole.ran.code, Some(0), "{:?}", whole.ran);
            (deed.judge)(self, &whole);
            let numbers = numbers(&whole.changes, deed.times, &mut chance);
            println!("{:?}: {} changes, cut at {} of them", deed.arguments, whole.changes.len(), numbers.len());
            for (turn, number) in numbers.into_iter().enumerate() {
                let hows = if is_soak() { hows } else { std::slice::from_ref(&hows[turn % hows.len()]) };
                for how in hows {
                    let cut = self.cut(deed, number, how);
                    println!("{how} at {:?}: {:?}", cut.change, cut.ran.code);
                    ended_as_told(how, &cut);
                    (deed.judge)(self, &cut);
                }
            }
        }
    }
}

/// Which changes are cut: every one in the long form, else every one that is not `SQLite`'s, and some of `SQLite`'s.
fn numbers(changes: &[String], times: usize, chance: &mut Chance) -> Vec<usize> {
    let step = if is_soak() { 1 } else { changes.len().div_ceil(times) };
    let first = 1 + chance.below(step);
    let of_sqlite = |number: usize| changes[number - 1].contains(" store.db");
    (1..=changes.len()).filter(|number| !of_sqlite(*number) || number % step == first % step).collect()
}

/// Killed, done, or a sentence about the disk.
fn ended_as_told(how: &str, cut: &Cut) {
    let was_cut = !cut.change.is_empty();
    match cut.ran.code {
        None => assert!(how == "kill" && was_cut, "{:?}", cut.ran),
        Some(0) => assert!(how != "kill" || !was_cut, "{:?}", cut.ran),
        Some(6) => assert!(how != "kill" && was_cut && cut.says("error").is_some(), "{:?}", cut.ran),
        Some(_) => panic!("{:?}", cut.ran),
    }
}

#[test]
fn a_write_cut_short_anywhere_loses_nothing_acknowledged() {
    Place::new().walk(&["kill"]);
}

#[test]
fn a_disk_that_fails_anywhere_loses_nothing_acknowledged() {
    Place::new().walk(&["EIO", "ENOSPC", "EIO-for-good", "ENOSPC-for-good"]);
}
