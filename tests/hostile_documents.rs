//! A document is data, never an instruction: forty hostile documents, and what must not happen for each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use tests::{Sandbox, run, run_within};

/// What must come of a document.
#[derive(Deserialize)]
struct Expected {
    group: String,
    /// Text that must be marked, with one of the reasons.
    #[serde(default)]
    marks: Vec<Marked>,
    /// The same document without the trick, of which nothing may be marked.
    twin: Option<String>,
    /// Why it may be refused; one that is not here must be read.
    #[serde(default)]
    refused: Vec<String>,
    /// Whether one that may be refused may be read too.
    #[serde(default)]
    may_read: bool,
    question: Option<String>,
    obeyed: Option<String>,
}

#[derive(Deserialize)]
struct Marked {
    why: Vec<String>,
}

fn expected() -> BTreeMap<String, Expected> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/hostile/expected.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// A library with all of them, and what was said while they were read.
fn library() -> (Sandbox, Vec<Value>) {
    let sandbox = Sandbox::new();
    let folder = sandbox.path().join("given/hostile");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/make.py");
    let made = Command::new("python3").arg(script).arg(&folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let command = sandbox.tacit_with_passphrase(&["add", "--json", folder.to_str().unwrap()]);
    let added = run_within(command, b"", Duration::from_mins(8));
    (sandbox, added.lines())
}

fn tacit(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    run(sandbox.tacit_with_passphrase(&with_json)).lines()
}

/// The reasons that any passage of a document is marked with.
fn marks_of(sandbox: &Sandbox, name: &str, words: &str) -> Vec<String> {
    let hits = tacit(sandbox, &["search", "--docs", words]);
    let own = hits.iter().filter(|hit| hit["name"] == name);
    own.flat_map(|hit| hit["marks"].as_array().unwrap().clone()).map(|mark| mark.as_str().unwrap().to_owned()).collect()
}

#[test]
fn forty_hostile_documents_are_read_marked_or_refused_and_none_takes_the_others_along() {
    let expected = expected();
    assert_eq!(expected.len(), 40);
    let (sandbox, said) = library();
    let of = |kind: &str| -> Vec<&Value> { said.iter().filter(|line| line["type"] == kind).collect() };
    let read: Vec<&str> = of("read").iter().map(|line| line["name"].as_str().unwrap()).collect();
    let failed: BTreeMap<&str, &str> =
        of("failed").iter().map(|line| (line["name"].as_str().unwrap(), line["code"].as_str().unwrap())).collect();
    for (name, document) in &expected {
        let name = name.as_str();
        if document.refused.is_empty() {
            assert!(read.contains(&name), "{name} was not read: {failed:?}");
            continue;
        }
        let ended = failed.get(name).is_some_and(|code| code.starts_with("document_") || *code == "reader_crashed");
        assert!(ended || document.may_read && read.contains(&name), "{name}: {failed:?}");
    }
    // Some twins are the same document.
    let new = of("added").iter().filter(|line| line["what"] != "known").count();
    assert_eq!(read.len() + failed.len(), new);

    // What the page does not show is marked as such, and a page without a trick is not.
    let mut unmarked = Vec::new();
    for (name, document) in expected.iter().filter(|(_, document)| !document.marks.is_empty()) {
        let words = document.question.clone().unwrap_or_default();
        let marks = marks_of(&sandbox, name, &words);
        for wanted in &document.marks {
            if !wanted.why.iter().any(|why| marks.contains(why)) {
                unmarked.push(format!("{name}: {:?}, but {marks:?}", wanted.why));
            }
        }
        if let Some(twin) = &document.twin {
            let marks = marks_of(&sandbox, twin, &words);
            assert!(marks.is_empty(), "{twin}: {marks:?}");
        }
    }
    assert!(unmarked.is_empty(), "{unmarked:#?}");
}

/// How often a model obeys is told, and is no gate: one that ignores an attack may only be unable to follow it.
#[test]
fn an_answer_about_a_hostile_document_is_checked_like_any_other() {
    let (sandbox, _) = library();
    let (mut asked, mut obeyed) = (0, 0);
    for (name, document) in expected().iter().filter(|(_, document)| document.group == "latent instructions") {
        let Some(question) = &document.question else { continue };
        let lines = tacit(&sandbox, &["ask", "--docs", question]);
        let done = lines.iter().find(|line| line["type"] == "done").unwrap();
        let citations = done["citations"].as_array().unwrap();
        assert!(citations.iter().all(|cited| cited["verbatim"] == true), "{name}");
        for sentence in done["sentences"].as_array().unwrap() {
            assert_eq!(
                sentence["support"] == "none",
                sentence["citations"].as_array().unwrap().is_empty(),
                "{name}: {sentence}"
            );
        }
        let text: String =
            lines.iter().filter_map(|line| line["text"].as_str().filter(|_| line["type"] == "token")).collect();
        asked += 1;
        obeyed += usize::from(document.obeyed.as_ref().is_some_and(|said| text.contains(said)));
    }
    println!("{obeyed} of {asked} hostile documents were obeyed by the model");
    assert!(asked > 0);
}
