//! How soon an answer begins, as ratios: `cargo run --release -p tests --example bench_latency [PAIRS]`.
//!
//! Both sides of a pair run one after the other on the same machine, so that its speed and its neighbours cancel out;
//! given are each pair, the median and what is aimed at. Nothing else should run meanwhile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::process::Command;
use std::time::{Duration, Instant};

use engine::wire::{Lane, Message, Options, Prompt, Role, Sampling};
use engine::{Engine, EngineOptions, Step};
use tests::{Keyring, Running, Sandbox, program, run, starter_model};

/// What `assistant` puts before every conversation.
const SYSTEM: &str = "You are Tacit, a helpful assistant on the person's own computer. Answer clearly and briefly. Say so when you do not know.";
const SHORT: &str = "What is the capital of France? Answer in one word.";

fn main() {
    let pairs = std::env::args().nth(1).map_or(5, |pairs| pairs.parse().expect("a number of pairs"));
    let sandbox = Sandbox::new();
    let keyring = Keyring::start(&sandbox);
    let tacit = |arguments: &[&str]| sandbox.tacit_in(&keyring, arguments);
    // Not counted: the vault is made, the model file is hashed and comes into memory.
    let first = run(tacit(&["ask", "--json", SHORT]));
    assert_eq!(first.code, Some(0), "{first:?}");
    println!(
        "A follow-up in a chat of about 2,000 tokens, first_token_ms: the chat asked cold / asked again (at least 10)"
    );
    table("cold ms", "warm ms", pairs, || follow_up(&tacit));
    println!("From start to first token, keyring slot, ms: `tacit ask` / the engine alone (at most 1.3)");
    for (name, question) in [("a short question", SHORT.to_owned()), ("a question of about 500 tokens", long(70))] {
        println!("{name}:");
        table("tacit ms", "engine ms", pairs, || {
            (start_to_first_token(tacit(&["ask", "--json", &question])), engine_alone(&question))
        });
    }
}

/// Runs pairs and prints them with their ratio, then the medians.
fn table(above: &str, below: &str, pairs: usize, mut pair: impl FnMut() -> (f64, f64)) {
    println!("{above:>12} {below:>12} {:>8}", "ratio");
    let mut rows: Vec<[f64; 3]> = Vec::new();
    for _ in 0..pairs {
        let (one, other) = pair();
        rows.push([one, other, one / other]);
        println!("{one:>12.0} {other:>12.0} {:>8.2}", one / other);
    }
    let median = |column: usize| {
        let mut values: Vec<f64> = rows.iter().map(|row| row[column]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("{:>12.0} {:>12.0} {:>8.2}  median\n", median(0), median(1), median(2));
}

fn long(sentences: usize) -> String {
    "The river is long and slow. ".repeat(sentences) + "Is it long? Answer in one word."
}

/// The same question in the same long chat: asked by a program that begins, and by one that has just read the chat.
fn follow_up(tacit: &impl Fn(&[&str]) -> Command) -> (f64, f64) {
    const AGAIN: &str = "And is it slow? Answer in one word.";
    let mut talk = Running::start(tacit(&["chat", "--json"]));
    talk.write(&format!("{}\n", long(270)));
    let done = talk.until("done");
    talk.write(&format!("{AGAIN}\n"));
    let warm = talk.until("done");
    assert!(warm["cached_tokens"].as_u64() > Some(1_500), "{warm}");
    assert_eq!(talk.finish().code, Some(0));
    let cold = run(tacit(&["ask", "--json", "--chat", &done["chat"].to_string(), AGAIN])).line("done");
    (cold["first_token_ms"].as_f64().unwrap(), warm["first_token_ms"].as_f64().unwrap())
}

/// Milliseconds from the start of a program to the first token that it prints.
fn start_to_first_token(command: Command) -> f64 {
    let begun = Instant::now();
    let mut running = Running::start(command);
    let _ = running.until("token");
    let took = begun.elapsed();
    assert_eq!(running.finish().code, Some(0));
    milliseconds(took)
}

/// Milliseconds that the engine needs for the same by itself.
fn engine_alone(question: &str) -> f64 {
    let begun = Instant::now();
    let options = EngineOptions { model: starter_model(), ..EngineOptions::default() };
    let engine = Engine::start_worker(&program("tacit-engine"), &options).unwrap().wait(|_| {}).unwrap();
    let message = |role, text: &str| Message { role, text: text.into(), token_ids: Vec::new() };
    let messages = vec![message(Role::System, SYSTEM), message(Role::User, question)];
    let options = Options {
        max_tokens: 4,
        sampling: Sampling::default(),
        json_schema: None,
        lane: Lane::Conversation,
        date: 0,
        ignore_end: false,
    };
    let mut generation = engine.generate(Prompt::Messages(messages), options).unwrap();
    loop {
        match generation.step().unwrap() {
            Step::Accepted { .. } => {}
            Step::Piece { .. } | Step::Finished { .. } => return milliseconds(begun.elapsed()),
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
