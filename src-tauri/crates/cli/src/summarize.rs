//! `tacit summarize`.

use std::path::Path;
use std::process::ExitCode;

use crate::arguments::{Setup, is_stdin};
use crate::ask::open;
use crate::failure::Failure;
use crate::output::{Output, duration};

pub fn run(setup: Setup, file: &Path, output: &Output) -> Result<ExitCode, Failure> {
    let known = ["txt", "md", "markdown", "text"];
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if !is_stdin(file) && !ending.is_some_and(|ending| known.contains(&ending.as_str())) {
        return Err(Failure::Usage(
            "Only .txt and .md files can be summarised. Save the document as text first.".into(),
        ));
    }
    let text = setup.read_text(file)?;
    let name =
        if is_stdin(file) { "standard input".into() } else { file.file_name().unwrap_or_default().to_string_lossy() };
    let (assistant, signals) = open(setup, output)?;
    let made = assistant.summarize(&name, &text, &signals.stop, &mut |event| {
        if matches!(event, assistant::Event::Token { .. }) {
            output.end_progress();
        }
        output.event(&event);
    });
    output.end_progress();
    if made.is_ok() {
        output.end_answer();
    }
    let closed = assistant.close();
    let summary = made?;
    closed?;
    output.object(&summary);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of seconds")]
    let seconds = (summary.total_ms / 1e3).ceil() as u64;
    output.aside(&format!(
        "Read {} of {} bytes ({} tokens) in {} parts, up to {} side by side, in {}. Kept as chat {}.",
        summary.covered_bytes,
        summary.text_bytes,
        summary.text_tokens,
        summary.parts,
        summary.parallel,
        duration(seconds),
        summary.chat
    ));
    Ok(ExitCode::SUCCESS)
}
