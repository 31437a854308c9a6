//! `tacit add`, `docs`, `search --docs` and `remove`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use assistant::{
    Added, Adding, Assistant, ChatId, Choices, CollectionId, DocumentId, DocumentState, Filter, Narrowing, PassageHit,
    Question, Scope, State, Work,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::arguments::{Only, Setup};
use crate::failure::Failure;
use crate::history::moment;
use crate::output::{Output, duration};
use crate::person::Terminal;
use crate::signals::Signals;

/// Passages shown at most.
const MOST_HITS: usize = 20;

/// Opens the vault. Workers are started later, behind the same locks.
pub fn open(setup: Setup, output: &Output) -> Result<(Assistant, Signals), Failure> {
    let assistant = Assistant::open(setup.home, setup.options, &mut Terminal)?;
    crate::lock_up(setup.lacking, output);
    Ok((assistant, setup.signals))
}

/// Asks about documents. The passages come at once, also where no chat model is there to write.
pub fn ask(
    setup: Setup,
    chat: Option<i64>,
    words: &[String],
    collection: Option<&str>,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let text = crate::ask::question(&setup, words)?;
    let (assistant, signals) = open(setup, output)?;
    let asked = about(&assistant, collection).and_then(|scope| {
        let choices = Choices { scope: Some(scope), ..Choices::default() };
        if let Some(chat) = chat.map(ChatId) {
            let kept = Choices { scope: choices.scope.clone(), ..assistant.choices(chat)? };
            assistant.set_choices(chat, &kept)?;
        }
        let question = Question { chat: chat.map(ChatId), text: &text, choices, ..Question::default() };
        Ok(assistant.ask(&question, &signals.stop, &mut |event| output.event(&event))?)
    });
    output.end_answer();
    let closed = assistant.close();
    let done = asked?;
    closed?;
    output.basis(&done.basis);
    Ok(if done.state == State::Stopped { ExitCode::from(130) } else { ExitCode::SUCCESS })
}

fn about(assistant: &Assistant, collection: Option<&str>) -> Result<Scope, Failure> {
    let Some(name) = collection else { return Ok(Scope::everything()) };
    let found = assistant.collection_named(name)?.ok_or_else(assistant::no_such_collection)?;
    Ok(Scope { collections: vec![found], ..Scope::default() })
}

/// The documents that are named by `--in`, `--type`, `--after` and `--before`; all without them.
fn within(assistant: &Assistant, only: &Only) -> Result<Filter, Failure> {
    if let Some(kind) = &only.kind {
        is_there(assistant, kind)?;
    }
    let after_it = only.before.map(Date::tomorrow).transpose().map_err(no_such_day)?;
    Ok(assistant.filter_within(&Narrowing {
        scope: about(assistant, only.collection.as_deref())?,
        kinds: only.kind.clone().into_iter().collect(),
        from: only.after.map(beginning).transpose()?,
        until: after_it.map(beginning).transpose()?,
    })?)
}

/// Whether there are documents of a type; a slip of the pen would else look as if nothing was found.
fn is_there(assistant: &Assistant, kind: &str) -> Result<(), Failure> {
    let documents = assistant.documents(&Filter::default())?;
    let kinds: BTreeSet<&str> =
        documents.iter().map(|document| document.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
    if kinds.contains(kind) {
        return Ok(());
    }
    let yours = if kinds.is_empty() { "none yet".to_owned() } else { kinds.into_iter().collect::<Vec<_>>().join(", ") };
    Err(Failure::Usage(format!("No document is of the type {}. Yours are: {yours}.", assistant::shown(kind))))
}

/// When a day begins in the person's own time zone, Unix milliseconds.
fn beginning(day: Date) -> Result<i64, Failure> {
    Ok(day.to_zoned(TimeZone::system()).map_err(no_such_day)?.timestamp().as_millisecond())
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn no_such_day(error: jiff::Error) -> Failure {
    Failure::Usage(format!("That day cannot be reckoned with ({error})."))
}

/// Adds documents and reads them, until all can be found.
pub fn add(
    setup: Setup,
    paths: &[PathBuf],
    collection: Option<&str>,
    text_only: bool,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (assistant, signals) = open(setup, output)?;
    let collections = collection.map(|name| made(&assistant, name)).transpose()?.into_iter().collect();
    let adding = Adding { collections, seal: !text_only };
    let worked = add_and_read(&assistant, paths, &adding, &signals, output);
    output.end_progress();
    let closed = assistant.close();
    let code = worked?;
    closed?;
    Ok(code)
}

fn made(assistant: &Assistant, name: &str) -> Result<CollectionId, Failure> {
    Ok(match assistant.collection_named(name)? {
        Some(there) => there,
        None => assistant.create_collection(name)?,
    })
}

fn add_and_read(
    assistant: &Assistant,
    paths: &[PathBuf],
    adding: &Adding,
    signals: &Signals,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let mut adding_now = |name: &str| output.progress(&format!("Adding {name}"));
    let added = assistant.add_paths(paths, adding, &signals.stop, &mut adding_now)?;
    output.end_progress();
    for (name, outcome) in &added.added {
        let (what, document) = match outcome {
            Added::Known(document) => ("known", document),
            Added::New(document) => ("new", document),
            Added::NewVersion { document, .. } => ("new_version", document),
        };
        if what == "known" {
            output.line(&format!("{document:>5}  {name} (was here already)"));
        }
        output.object(&json!({"type": "added", "document": document, "name": name, "what": what}));
    }
    for (name, error) in &added.refused {
        output.aside(&format!("{name}: {error}"));
        output.object(&json!({"type": "refused", "name": name, "code": error.code(), "message": error.to_string()}));
    }
    if paths.is_empty() {
        assistant.look_into_watched_folders(&signals.stop)?;
    }
    let mut failed = 0;
    assistant.work_on_library(&signals.stop, &mut |work| {
        failed += usize::from(matches!(work, Work::Failed { .. }));
        step(&work, output);
    })?;
    output.end_progress();
    if signals.stop.is_asked() {
        output.aside("Stopped. What was read stays; `tacit add` without a path goes on.");
        return Ok(ExitCode::from(130));
    }
    output.object(&json!({
        "type": "done", "documents": added.added.len(), "refused": added.refused.len(), "failed": failed,
    }));
    // As with other programs that take many files: what was refused shows in the exit code.
    Ok(if failed == 0 && added.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(5) })
}

fn step(work: &Work, output: &Output) {
    output.object(work);
    match work {
        Work::Working(progress) => {
            let left = progress.remaining_s.map(|seconds| format!(", about {} left", duration(seconds)));
            let left = left.unwrap_or_default();
            output.progress(&match progress.document {
                Some(_) => format!("Reading {}: page {} of {}{left}", progress.name, progress.page, progress.pages),
                None => format!("{} passages to go{left}", progress.passages_left),
            });
        }
        Work::Read { document, name, pages, .. } => {
            output.end_progress();
            output.line(&format!("{document:>5}  {name}: {pages} {}", if *pages == 1 { "page" } else { "pages" }));
        }
        Work::Failed { document, name, message, .. } => {
            output.end_progress();
            output.aside(&format!("{document:>5}  {name}: {message}"));
        }
    }
}

/// Lists the documents.
pub fn list(setup: Setup, only: &Only, words: &str, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let mut documents = assistant.documents(&within(&assistant, only)?)?;
    documents.retain(|document| assistant::is_named(document, words));
    if documents.is_empty() && *only == Only::default() && words.is_empty() {
        output.aside("There are no documents yet. Add some: tacit add FOLDER");
    } else if documents.is_empty() {
        output.aside("There is no such document.");
    }
    for document in documents {
        let state = match &document.state {
            DocumentState::Waiting => "waits to be read".to_owned(),
            DocumentState::Reading => format!("page {} of {}", document.pages_read, document.pages_total),
            DocumentState::Read if document.passages_waiting > 0 => {
                format!("{} pages, found by words", document.pages_total)
            }
            DocumentState::Read => format!("{} pages", document.pages_total),
            DocumentState::Failed { sentence, .. } => sentence.clone(),
        };
        output.line(&format!("{:>5}  {}  {}  ({state})", document.id, moment(document.added_at), document.name));
        output.object(&json!({
            "type": "document", "document": document.id, "name": document.name, "title": document.title,
            "kind": document.kind, "bytes": document.bytes, "added_at": document.added_at,
            "modified_at": document.modified_at, "state": document.state,
            "pages": document.pages_total, "pages_read": document.pages_read, "passages": document.passages,
            "passages_waiting": document.passages_waiting, "sealed": document.has_original, "origin": document.origin,
        }));
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

/// Finds passages.
pub fn search(setup: Setup, words: &str, only: &Only, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let hits = assistant.search_documents(words, &within(&assistant, only)?, MOST_HITS)?;
    if hits.is_empty() {
        output.aside("No document says anything like that.");
    }
    for hit in hits {
        output.line(&format!("{:>5}  {}, {}  ({})", hit.document, hit.name, hit.place(), found_by(&hit)));
        output.line(&format!("       {}", hit.text.split_whitespace().collect::<Vec<_>>().join(" ")));
        output.object(&json!({
            "type": "hit", "document": hit.document, "name": hit.name, "page": hit.page + 1, "label": hit.label,
            "span": [hit.span.start, hit.span.end], "text": hit.text, "heading": hit.heading, "ocr": hit.ocr,
            "marks": hit.marks, "score": hit.score, "by_words": hit.by_words, "by_meaning": hit.by_meaning,
        }));
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

/// How a passage was found, in words.
fn found_by(hit: &PassageHit) -> &'static str {
    match (hit.by_words, hit.by_meaning) {
        (Some(_), Some(_)) => "found by its words and its meaning",
        (Some(_), None) => "found by its words",
        (None, _) => "found by its meaning",
    }
}

/// Watches a folder from now on.
pub fn watch(setup: Setup, folder: &Path, collection: Option<&str>, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let collection = collection.map(|name| made(&assistant, name)).transpose()?;
    let path = assistant.watch_folder(folder, collection)?;
    assistant.close()?;
    output.line(&format!("Watched from now on: {path}"));
    output.aside("What is there already is read with `tacit add`.");
    output.object(&json!({"type": "watched", "path": path, "collection": collection}));
    Ok(ExitCode::SUCCESS)
}

/// Lists the watched folders.
pub fn watched(setup: Setup, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let folders = assistant.watched_folders()?;
    assistant.close()?;
    if folders.is_empty() {
        output.aside("No folder is watched. Watch one: tacit watch FOLDER");
    }
    for folder in folders {
        let looked = folder.looked_at.map_or("not looked at yet".to_owned(), |at| format!("looked at {}", moment(at)));
        output.line(&format!("{}  ({looked})", folder.path));
        output.object(&json!({
            "type": "watched", "path": folder.path, "collection": folder.collection, "looked_at": folder.looked_at,
        }));
    }
    Ok(ExitCode::SUCCESS)
}

/// Watches a folder no longer.
pub fn unwatch(setup: Setup, folder: &Path, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let path = assistant.unwatch_folder(folder)?;
    assistant.close()?;
    output.line(&format!("No longer watched: {path}"));
    output.object(&json!({"type": "unwatched", "path": path}));
    Ok(ExitCode::SUCCESS)
}

/// Removes a document with everything that was made of it.
pub fn remove(setup: Setup, document: i64, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, _) = open(setup, output)?;
    let name = assistant.document(DocumentId(document))?.name;
    assistant.remove_document(DocumentId(document))?;
    assistant.close()?;
    output.line(&format!("Removed document {document}: {name}"));
    output.object(&json!({"type": "removed", "document": document}));
    Ok(ExitCode::SUCCESS)
}
