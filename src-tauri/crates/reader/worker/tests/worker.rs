//! The real worker, started and spoken to as the programs do it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "what cannot be set up must fail loudly")]

mod common;

use std::io::{self, Read};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Sheet, lines, pdf, sheet};
use reader::wire::{Failure, Kind, Page};
use reader::{Reader, ReaderError};

fn reader() -> Reader {
    Reader::start_worker(Path::new(env!("CARGO_BIN_EXE_tacit-reader"))).unwrap()
}

fn read(reader: &mut Reader, first: u32, count: u32) -> Vec<Result<Page, Failure>> {
    let mut pages = Vec::new();
    reader
        .read(first, count, &mut |number, page| {
            assert_eq!(number as usize, first as usize + pages.len(), "in order");
            pages.push(page);
        })
        .unwrap();
    pages
}

fn signal(reader: &Reader, signal: &str) {
    assert!(Command::new("kill").args([signal, &reader.process_id().to_string()]).status().unwrap().success());
}

#[test]
fn a_document_is_opened_read_and_drawn() {
    let mut reader = reader();
    let bytes = pdf(&[lines(&["The tenant pays 1,250.00 a month."]), lines(&["Second page."])]);
    let opened = reader.open("lease.pdf", None, bytes.as_slice()).unwrap();
    assert_eq!((opened.kind, opened.pages, opened.drawable), (Kind::Pdf, 2, true));
    let pages = read(&mut reader, 0, 99);
    let texts: Vec<&str> = pages.iter().map(|page| page.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(texts, ["The tenant pays 1,250.00 a month.", "Second page."]);
    let picture = reader.draw(1, 2.0, None).unwrap();
    assert_eq!((picture.page, picture.width, picture.height), (1, 1224, 1584));
    assert!(picture.png.starts_with(b"\x89PNG"));
    assert_eq!(reader.draw(2, 2.0, None).err(), Some(ReaderError::Document(Failure::NoPage)));
    assert_eq!(read(&mut reader, 2, 5).len(), 0, "past the end");
    assert_eq!(read(&mut reader, 1, 1).len(), 1, "after a page that is not there");
}

#[test]
fn every_lock_holds_and_every_attempt_is_refused() {
    let mut reader = reader();
    assert_eq!(reader.about().missing_locks, Vec::<String>::new());
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").to_owned();
    let attempts = reader.attempt(None, [own, "/tmp".into(), "/run/none".into()]).unwrap();
    assert!(attempts.len() > 40, "{attempts:?}");
    for (name, holds, evidence) in &attempts {
        assert_ne!(*holds, Some(false), "{name}: {evidence}");
    }
    let tried = |wanted: &str| attempts.iter().find(|(name, ..)| name == wanted).and_then(|(_, holds, _)| *holds);
    for name in ["reading another file", "starting a program", "a TCP connection (IPv4)", "more memory than its share"]
    {
        assert_eq!(tried(name), Some(true), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_a_sentence() {
    let refused = |bytes: &[u8]| reader().open("x", None, bytes).unwrap_err();
    assert_eq!(refused(b""), ReaderError::Document(Failure::Empty));
    assert_eq!(refused(&[0, 159, 146, 150, 7, 7, 7]), ReaderError::Document(Failure::Unknown));
    assert_eq!(refused(b"%PDF-1.7 and no more"), ReaderError::Document(Failure::Damaged));
    assert_eq!(refused(b"").code(), "document_empty");
}

#[test]
fn a_file_that_is_cut_short_gives_what_is_left() {
    let whole = pdf(&[lines(&["Kept."]), lines(&["Lost."])]);
    let second = whole.windows(7).rposition(|it| it == b"(Lost.)").unwrap();
    let mut reader = reader();
    let opened = reader.open("cut.pdf", None, whole.get(..second).unwrap()).unwrap();
    let pages = read(&mut reader, 0, opened.pages);
    assert_eq!(pages.first().unwrap().as_ref().unwrap().text, "Kept.");
}

#[test]
fn a_worker_that_hangs_is_ended_and_named_so() {
    let mut reader = reader();
    reader.open("a.pdf", None, pdf(&[lines(&["a"])]).as_slice()).unwrap();
    reader.set_step_limit(Duration::from_secs(1));
    signal(&reader, "-STOP");
    let started = Instant::now();
    let error = reader.read(0, 1, &mut |_, _| {}).unwrap_err();
    assert_eq!(error, ReaderError::TooSlow { seconds: 1 });
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!(error.code(), "document_too_slow");
}

#[test]
fn a_worker_that_is_killed_is_named_so() {
    let mut reader = reader();
    reader.open("a.pdf", None, pdf(&[lines(&["a"])]).as_slice()).unwrap();
    signal(&reader, "-KILL");
    let error = reader.read(0, 1, &mut |_, _| {}).unwrap_err();
    assert_eq!(error, ReaderError::Crashed { how: "signal 9".into() });
}

#[test]
fn a_page_that_unpacks_to_more_than_memory_ends_only_its_worker() {
    // Each pair unpacks to 128 bytes: 2 GiB.
    let bomb = Sheet {
        extra: String::new(),
        filter: "/Filter /RunLengthDecode".into(),
        content: [0x81, b' '].repeat(16 << 20),
    };
    let mut reader = reader();
    reader.open("bomb.pdf", None, pdf(&[bomb]).as_slice()).unwrap();
    let mut pages = Vec::new();
    match reader.read(0, 1, &mut |_, page| pages.push(page.is_ok())) {
        Err(ReaderError::Crashed { how }) => assert_eq!(how, "signal 6"),
        other => assert_eq!((other, pages), (Ok(()), vec![false])),
    }
}

#[test]
fn a_thousand_pages_are_read_in_flat_memory() {
    let sheets: Vec<Sheet> = (0..1000).map(|at| lines(&[format!("This is page {at}.").as_str(); 40])).collect();
    let mut reader = reader();
    assert_eq!(reader.open("long.pdf", None, pdf(&sheets).as_slice()).unwrap().pages, 1000);
    assert_eq!(read(&mut reader, 0, 100).len(), 100);
    let early = peak_kib(&reader);
    let mut last = String::new();
    reader.read(100, 900, &mut |_, page| last = page.unwrap().text).unwrap();
    assert!(last.contains("page 999."));
    let late = peak_kib(&reader);
    assert!(late < early + 8 * 1024, "{early} KiB, then {late} KiB");
}

/// The most memory that a worker ever held.
fn peak_kib(reader: &Reader) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", reader.process_id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_source_that_fails_is_told_from_a_document_that_does() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("unplugged"))
        }
    }
    assert_eq!(reader().open("a.pdf", None, Broken).unwrap_err(), ReaderError::Source("unplugged".into()));
}

#[test]
fn an_interrupt_at_the_terminal_is_not_the_workers() {
    let mut reader = reader();
    signal(&reader, "-INT");
    reader.open("a.pdf", None, pdf(&[sheet("")]).as_slice()).unwrap();
    assert_eq!(read(&mut reader, 0, 1).len(), 1);
}
