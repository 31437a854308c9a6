//! `tacit summarize`.

use std::path::Path;
use std::process::ExitCode;

use assistant::{Assistant, AssistantError, DocumentId, DocumentSummary, Event, Length, Summary, Wish};
use clap::{Args, ValueEnum};

use crate::arguments::{Setup, is_stdin};
use crate::ask::open;
use crate::failure::Failure;
use crate::output::{Output, duration};

/// What the person wants of a summary.
#[derive(Args)]
pub struct Wanted {
    /// How long it is (default: medium)
    #[arg(long, value_enum, value_name = "LENGTH")]
    length: Option<LengthName>,
    /// Its language (default: the document's); sentences taken from the document stay as they are
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// Take sentences of the document alone, and ask no model
    #[arg(long)]
    rules: bool,
}

/// A length, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum LengthName {
    Short,
    Medium,
    Long,
    Sections,
}

/// A language, as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    En,
    Fr,
}

impl Wanted {
    fn is_plain(&self) -> bool {
        self.length.is_none() && self.language.is_none() && !self.rules
    }

    fn wish(&self) -> Wish {
        let length = match self.length {
            Some(LengthName::Short) => Length::Short,
            Some(LengthName::Medium) | None => Length::Medium,
            Some(LengthName::Long) => Length::Long,
            Some(LengthName::Sections) => Length::BySection,
        };
        let code = |language| match language {
            Language::En => "en",
            Language::Fr => "fr",
        };
        let language = self.language.map(|language| code(language).to_owned());
        Wish { length, language, rules_only: self.rules }
    }
}

/// Summarises a document of the library, by its number, or a text file. A file whose name is a number is a file.
pub fn run(setup: Setup, named: &Path, wanted: &Wanted, output: &Output) -> Result<ExitCode, Failure> {
    let number = named.to_str().and_then(|name| name.parse::<i64>().ok());
    match number.filter(|_| !named.exists()) {
        Some(document) => of_document(setup, DocumentId(document), &wanted.wish(), output),
        None if wanted.is_plain() => of_file(setup, named, output),
        None => Err(Failure::Usage(
            "--length, --language and --rules are for documents. Add the file first (tacit add FILE), then name its number."
                .into(),
        )),
    }
}

fn of_document(setup: Setup, document: DocumentId, wish: &Wish, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, signals) = crate::documents::open(setup, output)?;
    let made = shown(assistant, output, |assistant, events| {
        assistant.summarize_document(document, wish, &signals.stop, events)
    })?;
    output.object(&made);
    output.aside(&cost(&made));
    Ok(ExitCode::SUCCESS)
}

/// Has a summary made, shows it as it comes, and closes the vault.
fn shown<T>(
    assistant: Assistant,
    output: &Output,
    summarize: impl FnOnce(&Assistant, &mut dyn FnMut(Event)) -> Result<T, AssistantError>,
) -> Result<T, Failure> {
    let made = summarize(&assistant, &mut |event| {
        if matches!(event, Event::Token { .. }) {
            output.end_progress();
        }
        output.event(&event);
    });
    output.end_progress();
    if made.is_ok() {
        output.end_answer();
    }
    let closed = assistant.close();
    let made = made?;
    closed?;
    Ok(made)
}

fn cost(made: &DocumentSummary) -> String {
    let time = duration(seconds(&made.summary));
    let chat = made.summary.chat;
    let kept = match made.parts_kept {
        0 => String::new(),
        kept => format!(", {kept} of them by an earlier run"),
    };
    match made.summary.parts {
        0 => format!("By rules alone, in {time}. Kept as chat {chat}."),
        parts => format!("Read in {parts} parts{kept}, in {time}. Kept as chat {chat}."),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of seconds")]
fn seconds(summary: &Summary) -> u64 {
    (summary.total_ms / 1e3).ceil() as u64
}

fn of_file(setup: Setup, file: &Path, output: &Output) -> Result<ExitCode, Failure> {
    let known = ["txt", "md", "markdown", "text"];
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if !is_stdin(file) && !ending.is_some_and(|ending| known.contains(&ending.as_str())) {
        return Err(Failure::Usage(
            "Only .txt and .md files can be summarised as they are. Add the document first (tacit add FILE), then summarise it by its number."
                .into(),
        ));
    }
    let text = setup.read_text(file)?;
    let name =
        if is_stdin(file) { "standard input".into() } else { file.file_name().unwrap_or_default().to_string_lossy() };
    let (assistant, signals) = open(setup, output)?;
    let summary =
        shown(assistant, output, |assistant, events| assistant.summarize(&name, &text, &signals.stop, events))?;
    output.object(&summary);
    output.aside(&format!(
        "Read {} of {} bytes ({} tokens) in {} parts, up to {} side by side, in {}. Kept as chat {}.",
        summary.covered_bytes,
        summary.text_bytes,
        summary.text_tokens,
        summary.parts,
        summary.parallel,
        duration(seconds(&summary)),
        summary.chat
    ));
    Ok(ExitCode::SUCCESS)
}
