//! Promise 4. Tampering is seen: whatever is changed in the closed store or its slots is reported or does not matter, and is
//! never returned as text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use rustix::process::Signal;
use serde_json::Value;
use tests::{Chance, Files, Keyring, Ran, Running, Sandbox, files, is_soak, put_back, run};

/// The page size of `SQLite` and `SQLCipher`, unless told otherwise.
const PAGE: usize = 4096;
const WORDS: &str = "Zwetschgenhof by the river";
/// Every way of looking: all tables are read.
const LOOKS: [&[&str]; 3] = [&["chats", "--json"], &["show", "--json", "1"], &["search", "--json", "Zwetschgenhof"]];

fn places() -> usize {
    if is_soak() { 2_000 } else { 200 }
}

/// A closed vault, and what each way of looking shows of it.
struct Closed {
    sandbox: Sandbox,
    keyring: RefCell<Keyring>,
    whole: Files,
    right: Vec<String>,
}

impl Closed {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let keyring = Keyring::start(&sandbox);
        for question in [&format!("{WORDS}. Say yes."), "Say hi."] {
            let ran = run(sandbox.tacit_in(&keyring, &["ask", "--json", question]));
            assert_eq!(ran.code, Some(0), "{ran:?}");
        }
        // A text of several pages: SQLCipher would give it back with a tail of zeroes where one of them is damaged. No
        // answer is waited for.
        let long = format!("{WORDS}. {}", "responsibility ".repeat(800));
        let mut asking = Running::start(sandbox.tacit_in(&keyring, &["ask", "--json", "--chat", "1", "-"]));
        asking.write(&long);
        asking.close_stdin();
        let _ = asking.until("accepted");
        asking.signal(Signal::KILL);
        let _ = asking.finish();
        assert_eq!(run(sandbox.tacit_in(&keyring, &["chats"])).code, Some(0), "closes it");
        let mut closed = Self { sandbox, keyring: RefCell::new(keyring), whole: Files::new(), right: Vec::new() };
        closed.remember();
        assert_eq!(closed.whole.keys().collect::<Vec<_>>(), ["slots", "slots.copy", "store.db"], "closed");
        assert!(closed.right[1].contains(&long), "{:?}", closed.right);
        assert!(closed.right.iter().all(|right| right.contains(WORDS)), "{:?}", closed.right);
        closed
    }

    /// What is there now is right.
    fn remember(&mut self) {
        self.whole = files(&self.sandbox.vault());
        self.right = LOOKS.map(|look| self.look(look).stdout).to_vec();
        assert!(files(&self.sandbox.vault()) == self.whole, "looking changes nothing");
    }

    fn look(&self, look: &[&str]) -> Ran {
        self.run(&|keyring| self.sandbox.tacit_in(keyring, look))
    }

    /// gnome-keyring-daemon now and then ends by itself after some hundred programs; another finds the same keyring.
    fn run(&self, command: &dyn Fn(&Keyring) -> Command) -> Ran {
        let ran = run(command(&self.keyring.borrow()));
        if !ran.stdout.contains("keyring_unavailable") && !ran.stdout.contains("keyring cannot be used") {
            return ran;
        }
        println!("the keyring's daemon ended by itself; another is started");
        let next = Keyring::start(&self.sandbox);
        self.keyring.replace(next);
        run(command(&self.keyring.borrow()))
    }

    fn store(&self) -> &[u8] {
        &self.whole["store.db"]
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.sandbox.vault().join(name), bytes).unwrap();
    }

    fn put_back(&self) {
        put_back(&self.sandbox.vault(), &self.whole);
    }

    /// `tacit doctor` says that this store is not what was written.
    #[track_caller]
    fn is_found_by_the_doctor(&self, store: &[u8], what: &str) {
        self.write("store.db", store);
        let ran = self.run(&|keyring| {
            let mut doctor = self.sandbox.tacit_in(keyring, &["doctor", "--json"]);
            // No engine is started where there is no model.
            doctor.env("TACIT_MODELS", self.sandbox.temporary());
            doctor
        });
        let names = ["store: every page is what was written", "store: opens"];
        let broken = ran
            .lines()
            .into_iter()
            .any(|line| line["holds"] == false && names.iter().any(|name| line["name"] == *name));
        assert!(ran.code == Some(12) && broken, "{what}: {ran:?}");
        self.put_back();
    }

    /// Looks at another store in every way: each shows what is right to the byte or says that the vault is damaged and
    /// nothing else. Whether any said so.
    #[track_caller]
    fn is_reported(&self, store: &[u8], what: &str) -> bool {
        let mut reported = false;
        for (look, right) in LOOKS.into_iter().zip(&self.right) {
            self.write("store.db", store);
            let ran = self.look(look);
            if ran.code == Some(0) {
                assert!(ran.stdout == *right, "{what}: {look:?} shows what was never written: {ran:?}");
            } else {
                is_damaged(&ran, what);
                reported = true;
            }
            self.put_back();
        }
        reported
    }
}

/// It says that the vault is damaged, and nothing of what is in it.
#[track_caller]
fn is_damaged(ran: &Ran, what: &str) {
    assert_eq!((ran.code, ran.error_code().as_str()), (Some(10), "damaged"), "{what}: {ran:?}");
    assert_eq!((ran.lines().len(), ran.stderr.as_str()), (1, ""), "{what}: {ran:?}");
}

/// One bit of it changed.
fn flipped(bytes: &[u8], at: usize, bit: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[at] ^= 1 << bit;
    flipped
}

#[test]
fn tampering_is_seen() {
    let (closed, mut chance) = (Closed::new(), Chance::new());
    assert!(!closed.is_reported(closed.store(), "the store as it is"));
    let mut reported = 0;
    for _ in 0..places() {
        let (at, bit) = (chance.below(closed.store().len()), chance.below(8));
        let what = format!("bit {bit} of byte {at} of {}", closed.store().len());
        let store = flipped(closed.store(), at, bit);
        if closed.is_reported(&store, &what) {
            reported += 1;
        } else {
            // In a page that nothing asked for: the doctor reads every one.
            closed.is_found_by_the_doctor(&store, &what);
        }
    }
    println!("{reported} of {} flipped bits were in pages that were read; the doctor reported the others", places());
    // A third of the store is in pages that these commands read; the rest holds tables of a library, which is empty here.
    assert!(reported > places() / 5, "only {reported} of {}", places());
    for place in 0..places() {
        let slots = &closed.whole["slots"];
        let (at, bit) = (chance.below(slots.len()), chance.below(8));
        match place % 3 {
            0 => one_copy_is_enough(&closed, "slots", at, bit),
            1 => one_copy_is_enough(&closed, "slots.copy", at, bit),
            _ => the_same_in_both_is_reported(&closed, at, bit),
        }
    }
}

/// The other copy opens the vault, and the damaged one is repaired.
fn one_copy_is_enough(closed: &Closed, name: &str, at: usize, bit: usize) {
    closed.write(name, &flipped(&closed.whole[name], at, bit));
    let ran = closed.look(LOOKS[1]);
    assert_eq!(ran.code, Some(0), "bit {bit} of byte {at} of {name}: {ran:?}");
    assert!(ran.stdout == closed.right[1], "bit {bit} of byte {at} of {name}: {ran:?}");
    assert!(files(&closed.sandbox.vault()) == closed.whole, "bit {bit} of byte {at} of {name} was not repaired");
}

/// Nothing is opened, and what is damaged is left for a person to look at.
fn the_same_in_both_is_reported(closed: &Closed, at: usize, bit: usize) {
    let changed = flipped(&closed.whole["slots"], at, bit);
    closed.write("slots", &changed);
    closed.write("slots.copy", &changed);
    let before = files(&closed.sandbox.vault());
    let ran = closed.look(LOOKS[1]);
    // A version that is one bit away may be one that is to come; that is refused too, with the advice to update.
    if at == "tacit-slots ".len() && ran.code == Some(9) {
        assert_eq!((ran.error_code().as_str(), ran.lines().len()), ("newer_version", 1), "{ran:?}");
    } else {
        is_damaged(&ran, &format!("bit {bit} of byte {at} of both slots"));
    }
    assert!(files(&closed.sandbox.vault()) == before, "bit {bit} of byte {at} of both slots");
    closed.put_back();
}

/// The page at this place, counted from 0.
fn page(store: &[u8], place: usize) -> &[u8] {
    &store[place * PAGE..(place + 1) * PAGE]
}

/// The store with another page at this place.
fn with_page(store: &[u8], place: usize, page: &[u8]) -> Vec<u8> {
    [&store[..place * PAGE], page, &store[(place + 1) * PAGE..]].concat()
}

#[test]
fn pages_that_were_emptied_replaced_exchanged_or_cut_off_are_seen() {
    let (closed, mut chance) = (Closed::new(), Chance::new());
    let (store, pages) = (closed.store(), closed.store().len() / PAGE);
    assert_eq!(store.len() % PAGE, 0);
    let mut reported = 0;
    for _ in 0..places() / 10 {
        let (one, other) = (chance.below(pages), chance.below(pages));
        let emptied = with_page(store, one, &[0; PAGE]);
        reported += usize::from(closed.is_reported(&emptied, &format!("page {one} emptied")));
        let replaced = with_page(store, one, page(store, other));
        reported += usize::from(closed.is_reported(&replaced, &format!("page {one} replaced by page {other}")));
        let exchanged = with_page(&replaced, other, page(store, one));
        reported += usize::from(closed.is_reported(&exchanged, &format!("pages {one} and {other} exchanged")));
        // A cut through the last page matters to whoever reads that page, any other to everybody.
        let kept = chance.below(store.len());
        let seen = closed.is_reported(&store[..kept], &format!("cut to {kept} bytes"));
        assert!(seen || kept > store.len() - PAGE, "cut to {kept} of {} bytes", store.len());
    }
    println!("{reported} of {} changed pages were read, and reported", places() / 10 * 3);
    assert!(reported > places() / 10, "only {reported}");
    // More at its end than it has is no part of it.
    assert!(!closed.is_reported(&[store, &[7; PAGE]].concat(), "a page too many"));
}

/// A page carries no date: one of the same store and place from an earlier moment is authentic. It is seen where it does
/// not fit what refers to it; else it shows an older state, or a
/// text that mixes two. That is a known limit, and this test says how far it goes: when
/// nothing passes any more, the limit is gone and SECURITY.md should say so.
#[test]
fn an_older_page_put_back_is_reported_or_shows_what_was_once_there() {
    let mut closed = Closed::new();
    let (old_store, old_right) = (closed.store().to_vec(), closed.right.clone());
    assert_eq!(closed.look(&["ask", "--json", "--chat", "1", "Zwetschgenhof again. Say yes."]).code, Some(0));
    assert_eq!(closed.look(&["delete", "2"]).code, Some(0));
    closed.remember();
    let once_there: BTreeSet<String> = old_right.iter().chain(&closed.right).flat_map(|shown| words(shown)).collect();
    let (mut reported, mut older) = (0, 0);
    let changed = |place: &usize| page(&old_store, *place) != page(closed.store(), *place);
    let places: Vec<usize> = (0..old_store.len().min(closed.store().len()) / PAGE).filter(changed).collect();
    for place in &places {
        let mixed = with_page(closed.store(), *place, page(&old_store, *place));
        for (look, right) in LOOKS.into_iter().zip(&closed.right) {
            closed.write("store.db", &mixed);
            let ran = closed.look(look);
            if ran.code == Some(0) {
                assert!(words(&ran.stdout).is_subset(&once_there), "page {place}: {look:?} {ran:?}");
                older += usize::from(ran.stdout != *right);
            } else {
                is_damaged(&ran, &format!("page {place} from before"));
                reported += 1;
            }
            closed.put_back();
        }
    }
    println!(
        "{} older pages in {} looks: {reported} reported, {older} shown",
        places.len(),
        places.len() * LOOKS.len()
    );
    assert!(older > 0, "no older page passes any more");
}

/// The texts that a person sees: messages, titles and snippets.
fn words(shown: &str) -> BTreeSet<String> {
    let lines = shown.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let texts =
        lines.flat_map(|line| ["text", "title", "snippet"].map(|field| line[field].as_str().map(str::to_owned)));
    texts.flatten().collect()
}
