//! `tacit`: the same assistant as in the window, in a terminal.
//!
//! Thin: it reads the command line, calls `assistant`, and writes what happens for a person or, with `--json`,
//! for a program.

mod arguments;
mod ask;
mod chat;
mod doctor;
mod documents;
mod facts;
mod failure;
mod history;
mod markdown;
mod output;
mod person;
mod recovery;
mod signals;
mod summarize;
mod table;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use clap::error::ErrorKind;
use confine::Stage;

use crate::arguments::{Arguments, Command, Only};
use crate::failure::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let started = Instant::now();
    let held = Stage::Program.put_on();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let output = Output::new(arguments.json);
    match run(arguments, &output, &held, started) {
        Ok(code) => code,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(arguments: Arguments, output: &Output, held: &[confine::Lock], started: Instant) -> Result<ExitCode, Failure> {
    let Arguments { command, passphrase_file, model, .. } = arguments;
    let mut setup = arguments::Setup::new(passphrase_file.as_deref(), model, &command)?;
    setup.options.started = Some(started);
    setup.lacking = Stage::Program.missing(held).iter().map(ToString::to_string).collect();
    assistant::log_to_file(&setup.home);
    tracing::info!(?held, "first locks");
    if !command.opens_the_vault() {
        lock_up(setup.lacking.clone(), output);
    }
    match command {
        Command::Chat { chat } => chat::run(setup, chat, output),
        Command::Ask { chat, text, docs: false, .. } => ask::run(setup, chat, &text, output),
        Command::Ask { chat, text, collection, .. } => {
            documents::ask(setup, chat, &text, collection.as_deref(), output)
        }
        Command::Summarize { file, wanted } => summarize::run(setup, &file, &wanted, output),
        Command::Chats => history::chats(setup, output),
        Command::Show { chat } => history::show(setup, chat, output),
        Command::Export { chat } => history::export(setup, chat, output),
        Command::Search { words, docs: false, only } if only == Only::default() => {
            history::search(setup, &words.join(" "), output)
        }
        Command::Search { docs: false, .. } => {
            Err(Failure::Usage("--in, --type, --after and --before are about documents: add --docs.".into()))
        }
        Command::Search { words, only, .. } => documents::search(setup, &words.join(" "), &only, output),
        Command::Add { paths, collection, text_only } => {
            documents::add(setup, &paths, collection.as_deref(), text_only, output)
        }
        Command::Docs { only, words } => documents::list(setup, &only, &words.join(" "), output),
        Command::Watch { folder: Some(folder), collection } => {
            documents::watch(setup, &folder, collection.as_deref(), output)
        }
        Command::Watch { folder: None, .. } => documents::watched(setup, output),
        Command::Unwatch { folder } => documents::unwatch(setup, &folder, output),
        Command::Facts { document, kind, csv } => facts::run(setup, document, &kind, csv.as_deref(), output),
        Command::Remove { document } => documents::remove(setup, document, output),
        Command::Delete { chat } => history::delete(setup, chat, output),
        Command::Models => table::models(&setup, output),
        Command::Recovery { action } => recovery::run(setup, action, output),
        Command::Doctor => Ok(doctor::run(&setup, held, output)),
        Command::Bench { threads } => table::bench(setup, threads, output),
    }
}

/// The key is read, or none is needed: from here on nothing needs a socket. Says which locks this system lacks, if it lacks any:
/// `lacking` are those known so far.
fn lock_up(mut lacking: Vec<String>, output: &Output) {
    let held = Stage::ProgramKeyed.put_on();
    tracing::info!(?held, "second locks");
    lacking.extend(Stage::ProgramKeyed.missing(&held).iter().map(ToString::to_string));
    lacking.sort_unstable();
    lacking.dedup();
    if !lacking.is_empty() {
        let missing = lacking.join(", ");
        output.notice(
            "locks_missing",
            &format!("This system does not enforce: {missing}. `tacit doctor` shows what holds and what does not."),
        );
    }
}

/// clap's own words; help and version are no error.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe is nobody's mistake.
    error.print().ok();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(failure::USAGE),
    }
}
