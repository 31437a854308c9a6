//! `tacit-reader`: the parsers of documents, in a process of their own.
//!
//! Started by a program of Tacit, spoken to over stdin and stdout (`reader::wire`), and ended when stdin closes. It
//! holds the bytes of one document and nothing else: no vault, no file, no network. It may crash; whoever started it
//! goes on.

use std::io;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use confine::{Lock, Stage};
use reader::wire::{Event, VERSION};
use reader_worker::ocr::Ocr;
use reader_worker::serve::{keep_panics_quiet, serve};

/// What `Event::Hello` says of this worker.
const READER: &str = concat!("tacit-reader ", env!("CARGO_PKG_VERSION"), " (hayro 0.9.0)");

fn main() -> ExitCode {
    let mut held = Stage::Worker.put_on();
    ignore_interrupts();
    log_to_stderr();
    keep_panics_quiet();
    // Whatever must be loaded from a file is loaded here, before the second stage.
    let ocr = Ocr::load().map(Rc::new);
    held.extend(Stage::WorkerAlone.put_on());
    held.sort_unstable();
    held.dedup();
    serve(&hello(&held, ocr.as_deref()), ocr, io::stdin().lock(), io::stdout().lock())
}

fn hello(held: &[Lock], ocr: Option<&Ocr>) -> Event {
    let names = |locks: &[Lock]| locks.iter().map(ToString::to_string).collect();
    let missing = [Stage::Worker.missing(held), Stage::WorkerAlone.missing(held)].concat();
    Event::Hello {
        version: VERSION,
        reader: READER.into(),
        locks: names(held),
        missing_locks: names(&missing),
        ocr_languages: ocr.map(Ocr::languages).unwrap_or_default(),
    }
}

/// Ctrl-C and a closing terminal reach the whole process group; they are the program's to act on, not ours.
fn ignore_interrupts() {
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGHUP] {
        if let Err(error) = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))) {
            tracing::warn!(signal, %error, "a signal is not ignored");
        }
    }
}

/// To the program that started us, which files it away.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(false)
        .without_time()
        .with_max_level(tracing::Level::INFO)
        .init();
}
