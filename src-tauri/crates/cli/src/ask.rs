//! `tacit ask`, and what every command that answers shares.

use std::path::Path;
use std::process::ExitCode;

use assistant::{Assistant, ChatId, Question, State};

use crate::arguments::Setup;
use crate::failure::Failure;
use crate::output::Output;
use crate::person::Terminal;
use crate::signals::Signals;

pub fn run(setup: Setup, chat: Option<i64>, words: &[String], output: &Output) -> Result<ExitCode, Failure> {
    let text = question(&setup, words)?;
    let (assistant, signals) = open(setup, output)?;
    let question = Question { chat: chat.map(ChatId), text: &text, ..Question::default() };
    let answered = assistant.ask(&question, &signals.stop, &mut |event| output.event(&event));
    output.end_answer();
    let closed = assistant.close();
    let done = answered?;
    closed?;
    Ok(if done.state == State::Stopped { ExitCode::from(130) } else { ExitCode::SUCCESS })
}

/// What was asked on the command line, or on standard input.
pub fn question(setup: &Setup, words: &[String]) -> Result<String, Failure> {
    match words {
        [only] if only == "-" => setup.read_text(Path::new("-")),
        words => Ok(assistant::decode(words.join(" ").as_bytes())?),
    }
}

/// Opens the vault and the model, with progress when that takes a while.
pub fn open(setup: Setup, output: &Output) -> Result<(Assistant, Signals), Failure> {
    let mut progress = |permille: u16| output.progress(&format!("Loading the model: {} %", permille / 10));
    let assistant = Assistant::open_with_model(setup.home, setup.options, &mut Terminal, &mut progress)?;
    output.end_progress();
    crate::lock_up([setup.lacking, assistant.engine_lacks()].concat(), output);
    Ok((assistant, setup.signals))
}
