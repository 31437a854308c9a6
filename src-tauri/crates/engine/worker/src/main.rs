//! `tacit-engine`: llama.cpp in a process of its own.
//!
//! Started by a program of Tacit with `--model FILE`, spoken to over stdin and stdout (`engine::wire`), and
//! ended when stdin closes. It holds its model file and what it is asked, and nothing else: no vault, no
//! network, no other file. It may crash; whoever started it goes on.

mod arguments;
mod attempts;
mod embed;
mod grammar;
mod hardware;
mod job;
mod lane;
mod lanes;
mod model;
mod prompt;
mod requests;
mod sampling;
mod template;
mod untrusted;

use std::process::ExitCode;
use std::time::Instant;

use engine::wire::{Event, LoadFailure, VERSION};

use confine::{Lock, Stage};

use crate::arguments::Arguments;
use crate::requests::send;

/// What `Event::Hello` says of this worker.
const ENGINE: &str = concat!("tacit-engine ", env!("CARGO_PKG_VERSION"), " (llama-cpp-2 0.1.160, ggml 0.26.0)");

fn main() -> ExitCode {
    let started = Instant::now();
    let held = Stage::Worker.put_on();
    hardware::ignore_interrupts();
    log_to_stderr();
    tracing::info!(?held, "first locks");
    let arguments = match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    send(&Event::Hello { version: VERSION, engine: ENGINE.into() });
    match serve(&arguments, held, started) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            send(&Event::Refused(failure));
            ExitCode::from(3)
        }
    }
}

fn serve(arguments: &Arguments, held: Vec<Lock>, started: Instant) -> Result<(), LoadFailure> {
    let loaded = model::load(arguments, held)?;
    // Threads begin here: everything that must be opened is open.
    if loaded.dimensions > 0 {
        let embedder = embed::Embedder::new(&loaded)?;
        send(&Event::Ready(loaded.describe(loaded.window, started)));
        embedder.serve(&requests::listen());
        return Ok(());
    }
    let mut lanes = lanes::Lanes::new(&loaded)?;
    send(&Event::Ready(loaded.describe(lanes.conversation_window(), started)));
    let requests = requests::listen();
    while lanes.turn(&requests) {}
    Ok(())
}

/// llama.cpp's log (never prompt text) and ours go to stderr, which the program that started us files away.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .with_max_level(tracing::Level::INFO)
        .init();
    llama_cpp_2::send_logs_to_tracing(llama_cpp_2::LogOptions::default());
}
