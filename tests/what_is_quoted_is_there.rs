//! Promise 6. What is quoted is there: a citation is words of the document, on the page it names; what the documents do not say is left
//! unsaid.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{Ran, Sandbox, run};

const DOCUMENTS: [&str; 5] = ["lease-en", "letter-fr", "budget-fr", "invoice-table-en", "scan-en"];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents/pdf").join(name)
}

/// A home whose library holds some documents.
fn library() -> Sandbox {
    let sandbox = Sandbox::new();
    let files = DOCUMENTS.map(|name| fixture(&format!("{name}.pdf")).to_str().unwrap().to_owned());
    let arguments: Vec<&str> = ["add", "--json"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let added = run(sandbox.tacit_with_passphrase(&arguments));
    assert_eq!(added.code, Some(0), "{added:?}");
    sandbox
}

fn asked(sandbox: &Sandbox, question: &str) -> (Ran, Value) {
    let ran = run(sandbox.tacit_with_passphrase(&["ask", "--json", "--docs", question]));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let done = ran.line("done");
    assert_eq!(done["basis"], "documents");
    (ran, done)
}

/// Letters and digits alone: line breaks, hyphens at line ends and the shape of quotation marks are the page's, not the text's.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The number or letter of an item is drawn by the page and does not stand in the text that it was made from.
fn without_label(line: &str) -> &str {
    match line.split_once(['.', ')']) {
        Some((label, rest)) if label.len() <= 2 && label.chars().all(char::is_alphanumeric) => rest,
        _ => line,
    }
}

#[test]
fn what_is_quoted_is_there() {
    let sandbox = library();
    // What somebody else wrote down of each document, not what was read by the program.
    let known: HashMap<String, String> = DOCUMENTS
        .iter()
        .map(|name| (format!("{name}.pdf"), bare(&fs::read_to_string(fixture(&format!("{name}.txt"))).unwrap())))
        .collect();
    for (question, document, holds) in [
        ("How much is the monthly rent?", "lease-en.pdf", "1,240.00"),
        ("Quel est le montant de la caution ?", "lease-en.pdf", "3,720.00"),
        ("Quand le pouvoir doit-il parvenir ?", "letter-fr.pdf", "4 novembre"),
    ] {
        let (ran, done) = asked(&sandbox, question);
        assert_eq!(done["answered"], true, "{question}: {done}");
        let citations = done["citations"].as_array().unwrap();
        assert!(!citations.is_empty());
        for cited in citations {
            let (name, text) = (cited["name"].as_str().unwrap(), cited["text"].as_str().unwrap());
            assert_eq!(cited["verbatim"], true);
            assert!(cited["page"].as_u64().unwrap() >= 1);
            // What was read from a picture may have a letter wrong, and says that it was.
            if cited["ocr"] == false {
                for line in text.lines().map(without_label) {
                    assert!(known[name].contains(&bare(line)), "{name} does not say: {line}");
                }
            }
        }
        assert!(
            citations.iter().any(|cited| cited["name"] == document && cited["text"].as_str().unwrap().contains(holds)),
            "{done}"
        );
        // The passages came before the model wrote.
        let kinds: Vec<String> = ran.lines().iter().map(|line| line["type"].as_str().unwrap().to_owned()).collect();
        let first = |kind: &str| kinds.iter().position(|there| there == kind).unwrap();
        assert!(first("passages") < first("token"), "{kinds:?}");
        // What is called supported names a passage, and every number of it stands in one of those.
        for sentence in done["sentences"].as_array().unwrap() {
            let numbers = sentence["citations"].as_array().unwrap();
            assert_eq!(numbers.is_empty(), sentence["support"] == "none", "{sentence}");
            if sentence["support"] == "full" {
                let said = sentence["text"].as_str().unwrap();
                let cited: String = citations
                    .iter()
                    .filter(|cited| numbers.contains(&cited["n"]))
                    .map(|cited| bare(cited["text"].as_str().unwrap()))
                    .collect();
                for number in said.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() > 2) {
                    assert!(cited.contains(number), "{number} in {sentence}");
                }
            }
        }
        assert!(done["sentences"].as_array().unwrap().iter().any(|sentence| sentence["support"] == "full"), "{done}");
    }
}

#[test]
fn what_the_documents_do_not_say_is_left_unsaid_and_no_model_is_asked() {
    let sandbox = library();
    for (question, sentence) in [
        ("What is the name of the tenant's dog?", "Your documents do not answer this."),
        ("Quelle est la couleur de la porte du garage ?", "Vos documents ne répondent pas à cette question."),
    ] {
        let (ran, done) = asked(&sandbox, question);
        assert_eq!((&done["answered"], &done["completion_tokens"]), (&Value::from(false), &Value::from(0)), "{done}");
        assert!(ran.answer().starts_with(sentence), "{ran:?}");
        // The nearest passages are shown all the same, and are words of the documents.
        assert!(!done["citations"].as_array().unwrap().is_empty());
    }
}

#[test]
fn an_answer_without_documents_says_that_it_is_from_memory() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.ask("Why is the sky blue?").line("done")["basis"], "model");
}

#[test]
fn a_page_that_was_read_by_ocr_says_so() {
    let sandbox = library();
    let hits = run(sandbox.tacit_with_passphrase(&["search", "--json", "--docs", "letter"])).lines();
    let scanned: Vec<&Value> = hits.iter().filter(|hit| hit["name"] == "scan-en.pdf").collect();
    assert!(!scanned.is_empty() && scanned.iter().all(|hit| hit["ocr"] == true), "{hits:?}");
    assert!(hits.iter().filter(|hit| hit["name"] == "lease-en.pdf").all(|hit| hit["ocr"] == false));
}
