//! What a search over documents finds, question by question, for `tests/quality/retrieval.py`: `retrieve PASSPHRASE_FILE
//! [--shown]`.
//!
//! Standard input has a question a line, as a JSON string. Standard output has an object a line: how long the search took as the programs ask
//! it, in milliseconds and with the question's embedding, and all that either of its parts found, each passage with its place by words and by
//! meaning; with `--shown` only what the programs show. The vault is that of `TACIT_HOME`; the programs stand beside this one.

use std::error::Error;
use std::fmt::Display;
use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use assistant::{Answer, Assistant, Filter, Home, Options, Person, SecretString};
use serde_json::json;

/// What the programs ask for.
const SHOWN: usize = 20;
/// More than both parts find together.
const EVERYTHING: usize = 1_000;

/// The passphrase is in a file.
struct Nobody;

impl Person for Nobody {
    fn passphrase(&mut self, _: Option<&dyn Display>) -> Answer {
        Answer::NobodyThere
    }

    fn new_passphrase(&mut self, _: &dyn Display) -> Answer {
        Answer::NobodyThere
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: retrieve PASSPHRASE_FILE [--shown]")?;
    let only_shown = arguments.next().is_some_and(|argument| argument == "--shown");
    let passphrase = std::fs::read_to_string(file)?;
    let options = Options { passphrase: Some(SecretString::from(passphrase.trim_end())), ..Options::default() };
    let assistant = Assistant::open(Home::from_environment()?, options, &mut Nobody)?;
    let filter = Filter::default();
    // Not counted: the embedding model starts, and the codes are loaded.
    assistant.search_documents("warm", &filter, SHOWN)?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: String = serde_json::from_str(&line?)?;
        let begun = Instant::now();
        let shown = assistant.search_documents(&question, &filter, SHOWN)?;
        let took = begun.elapsed();
        let hits = if only_shown { shown } else { assistant.search_documents(&question, &filter, EVERYTHING)? };
        writeln!(out, "{}", json!({"ms": took.as_secs_f64() * 1e3, "hits": hits}))?;
    }
    Ok(assistant.close()?)
}
