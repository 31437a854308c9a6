//! Whole documents: `tacit facts` and `tacit summarize DOC` read all of it, say so, and name what they leave out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;
use tests::{Ran, Running, Sandbox, run_within};

/// A model that reads a few pages takes minutes on one slow core.
const LIMIT: Duration = Duration::from_mins(20);

fn tacit(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    run_within(sandbox.tacit_with_passphrase(&with_json), b"", LIMIT)
}

fn of_type(ran: &Ran, kind: &str) -> Vec<Value> {
    ran.lines().into_iter().filter(|line| line["type"] == kind).collect()
}

/// Adds a document; its number as `tacit` takes it.
#[track_caller]
fn added(sandbox: &Sandbox, file: &Path) -> String {
    let ran = tacit(sandbox, &["add", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    of_type(&ran, "added")[0]["document"].to_string()
}

fn lease(sandbox: &Sandbox) -> String {
    added(sandbox, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/sample/lease.pdf"))
}

/// Paragraphs about made-up repairs: the same for the same length.
fn report(paragraphs: u32) -> String {
    let mut text = String::from("The repairs of a small town\n\n");
    for number in 0..paragraphs {
        for (place, person) in [("harbour", "Amina Diallo"), ("school", "Jonas Berg"), ("clinic", "Mei Tanaka")] {
            let (year, cost) = (1900 + number * 7 % 120, 1_000 + number * 37);
            write!(
                text,
                "In {year} {person} repaired the {place}, which cost {cost} euros and took the whole summer. "
            )
            .unwrap();
            write!(text, "The council of the {place} agreed to it after a long talk about the roof and the walls. ")
                .unwrap();
        }
        text += "\n\n";
    }
    text
}

fn digits(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// The figures of a summary; fails unless every sentence is supported and every number of it stands in what it cites.
#[track_caller]
fn holds(ran: &Ran) -> Value {
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let done = ran.line("done");
    assert_eq!((&done["state"], &done["basis"]), (&Value::from("complete"), &Value::from("documents")), "{done}");
    assert_eq!(ran.answer(), done["summary"].as_str().unwrap());
    let sentences = done["sentences"].as_array().unwrap();
    assert!(!sentences.is_empty(), "{done}");
    for sentence in sentences {
        assert_eq!(sentence["support"], "full", "{sentence}");
        let cited = sentence["citations"].as_array().unwrap();
        let texts: Vec<&str> = done["citations"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|citation| cited.contains(&citation["n"]))
            .map(|citation| {
                assert!(citation["verbatim"] == true && citation["page"].as_u64().unwrap() >= 1, "{citation}");
                citation["text"].as_str().unwrap()
            })
            .collect();
        let words = texts.join(" ");
        let said = digits(sentence["text"].as_str().unwrap());
        assert!(said.is_subset(&digits(&words)), "{sentence} is not in {words}");
    }
    done
}

/// Fails unless the receipt speaks of exactly the facts that `tacit facts` lists.
#[track_caller]
fn adds_up(sandbox: &Sandbox, document: &str, receipt: &Value) {
    let counted = ["date", "deadline", "sum", "percent", "quantity", "person", "organisation"];
    let ran = tacit(sandbox, &["facts", document]);
    let different: HashSet<(String, String)> = of_type(&ran, "fact")
        .iter()
        .filter(|fact| counted.contains(&fact["kind"].as_str().unwrap()))
        .map(|fact| {
            let text = fact["text"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            (fact["kind"].to_string(), fact["value"].as_str().map_or(text, str::to_owned))
        })
        .collect();
    let mentioned = receipt["facts_mentioned"].as_u64().unwrap();
    let left_out = receipt["facts_left_out"].as_array().unwrap().len() as u64;
    assert_eq!(mentioned + left_out, different.len() as u64, "{receipt}");
    assert!(mentioned > 0, "{receipt}");
}

#[test]
fn the_facts_of_a_lease_are_listed_with_their_pages_and_filtered_and_exported() {
    let sandbox = Sandbox::new();
    let document = lease(&sandbox);
    let facts = of_type(&tacit(&sandbox, &["facts", &document]), "fact");
    let has = |kind: &str, text: &str| facts.iter().any(|fact| fact["kind"] == kind && fact["text"] == text);
    assert!(has("date", "3 March 2025") && has("sum", "£1,240.00") && has("percent", "3.5 %"), "{facts:?}");
    assert!(facts.iter().all(|fact| fact["page"].as_u64().unwrap() >= 1 && fact["ocr"] == false), "{facts:?}");
    let table = sandbox.path().join("given/facts.csv");
    let sums = tacit(&sandbox, &["facts", &document, "--kind", "sum", "--csv", table.to_str().unwrap()]);
    let sums = of_type(&sums, "fact");
    assert!(!sums.is_empty() && sums.iter().all(|fact| fact["kind"] == "sum"), "{sums:?}");
    let table = fs::read_to_string(table).unwrap();
    assert_eq!(table.lines().count(), sums.len() + 1, "{table}");
    assert!(table.contains("\"£1,240.00\""), "{table}");
    assert_eq!(tacit(&sandbox, &["facts", "99"]).error_code(), "no_such_document");
}

#[test]
fn a_summary_by_rules_says_what_it_covers_and_asks_no_model() {
    let sandbox = Sandbox::new();
    let document = lease(&sandbox);
    let mut points = Vec::new();
    for length in ["short", "medium", "long"] {
        let done = holds(&tacit(&sandbox, &["summarize", &document, "--rules", "--length", length]));
        assert_eq!((&done["prompt_tokens"], &done["parts"]), (&Value::from(0), &Value::from(0)), "{done}");
        let receipt = &done["receipt"];
        assert_eq!(receipt["pages"], receipt["pages_read"], "{receipt}");
        assert_eq!((&receipt["pages_ocr"], &receipt["pages_without_text"]), (&Value::from(0), &Value::from(0)));
        adds_up(&sandbox, &document, receipt);
        points.push((done["sentences"].as_array().unwrap().len(), receipt["left_out"].as_array().unwrap().len()));
    }
    assert!(points[0].0 <= 5 && points[0].0 < points[2].0, "{points:?}");
    assert!(points[0].1 > points[2].1, "a longer one leaves less out: {points:?}");
    let sections = holds(&tacit(&sandbox, &["summarize", &document, "--rules", "--length", "sections"]));
    assert!(sections["summary"].as_str().unwrap().contains("### "), "{sections}");
}

#[test]
fn a_summary_by_the_model_has_no_number_that_is_not_in_what_it_cites() {
    let sandbox = Sandbox::new();
    let document = lease(&sandbox);
    let ran = tacit(&sandbox, &["summarize", &document]);
    let done = holds(&ran);
    println!("{done}");
    assert!(done["prompt_tokens"].as_u64() >= done["text_tokens"].as_u64(), "{done}");
    assert_eq!(done["covered_bytes"], done["text_bytes"]);
    adds_up(&sandbox, &document, &done["receipt"]);
    let kept = tacit(&sandbox, &["show", &done["chat"].to_string()]).lines();
    assert_eq!((kept.len(), &kept[1]["text"]), (2, &done["summary"]));
    // What the model wrote is kept: another length asks it nothing.
    let short = holds(&tacit(&sandbox, &["summarize", &document, "--length", "short"]));
    assert_eq!((&short["prompt_tokens"], &short["parts_kept"]), (&Value::from(0), &done["parts"]), "{short}");
}

#[test]
fn a_french_document_has_a_french_receipt_and_its_own_sentences() {
    let sandbox = Sandbox::new();
    let text = "Le présent bail est conclu entre Mme Claire Fontaine et la société Reliure Tarrant SARL.\n\n\
                Le loyer est de 1 240,00 € par mois, payable avant le 5 mai 2026. \
                Le dépôt de garantie est de 3 720,00 € et il est rendu dans les trente jours.\n\n\
                La cave ne fait pas partie des lieux loués, et les animaux y sont interdits.\n";
    let document = added(&sandbox, &sandbox.give("bail.txt", text));
    let done = holds(&tacit(&sandbox, &["summarize", &document, "--rules"]));
    let summary = done["summary"].as_str().unwrap();
    assert!(summary.contains("Pages lues : 1 sur 1") && summary.contains("Le loyer est de 1 240,00"), "{summary}");
    adds_up(&sandbox, &document, &done["receipt"]);
    let english = holds(&tacit(&sandbox, &["summarize", &document, "--rules", "--language", "en"]));
    assert!(english["summary"].as_str().unwrap().contains("Pages read: 1 of 1"), "{english}");
}

#[test]
fn a_summary_that_was_stopped_goes_on_where_it_was() {
    let sandbox = Sandbox::new();
    let document = added(&sandbox, &sandbox.give("town.txt", report(60)));
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["summarize", &document, "--json"]));
    let _ = running.until("progress");
    running.signal(Signal::INT);
    let ran = running.finish();
    assert_eq!(ran.code, Some(130), "{ran:?}");
    let done = holds(&tacit(&sandbox, &["summarize", &document]));
    let (kept, parts) = (done["parts_kept"].as_u64().unwrap(), done["parts"].as_u64().unwrap());
    assert!((1..parts).contains(&kept), "{kept} of {parts}");
    adds_up(&sandbox, &document, &done["receipt"]);
}

#[test]
fn what_cannot_be_summarised_says_why() {
    let sandbox = Sandbox::new();
    let note = sandbox.give("note.txt", "The heron nests in Tjornhom.");
    let note = note.to_str().unwrap();
    added(&sandbox, Path::new(note));
    let refused = |arguments: &[&str], exit: i32, code: &str| {
        let ran = tacit(&sandbox, arguments);
        assert_eq!((ran.code, ran.error_code().as_str()), (Some(exit), code), "{arguments:?}: {ran:?}");
    };
    refused(&["summarize", "99", "--rules"], 11, "no_such_document");
    refused(&["summarize", "99"], 11, "no_such_document");
    refused(&["summarize", note, "--rules"], 2, "usage");
    refused(&["summarize", note, "--length", "short"], 2, "usage");
    let paper = sandbox.give("paper.pdf", "%PDF-1.7");
    refused(&["summarize", paper.to_str().unwrap()], 2, "usage");
}
