//! Documents in the terminal, as a person adds, finds and removes them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;
use tests::{Ran, Running, Sandbox, run, run_within};

fn pdf(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents/pdf").join(name).to_str().unwrap().to_owned()
}

fn tacit(sandbox: &Sandbox, arguments: &[&str]) -> Ran {
    let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
    run(sandbox.tacit_with_passphrase(&with_json))
}

fn given(sandbox: &Sandbox, name: &str, text: &str) -> String {
    sandbox.give(name, text).to_str().unwrap().to_owned()
}

fn of_type(ran: &Ran, kind: &str) -> Vec<Value> {
    ran.lines().into_iter().filter(|line| line["type"] == kind).collect()
}

fn sealed(sandbox: &Sandbox) -> usize {
    fs::read_dir(sandbox.vault().join("originals")).map_or(0, Iterator::count)
}

#[test]
fn a_document_is_added_once_found_and_removed_with_all_that_was_made_of_it() {
    let sandbox = Sandbox::new();
    let note = given(&sandbox, "note.txt", "The heron nests in Tjornhom. The fee is 18.00 a day.");
    let added = tacit(&sandbox, &["add", &note, &pdf("lease-en.pdf")]);
    assert_eq!(added.code, Some(0), "{added:?}");
    assert_eq!(of_type(&added, "read").len(), 2);
    assert_eq!(sealed(&sandbox), 2);
    // The same bytes from another place are the same document.
    let copy = given(&sandbox, "copy.txt", "The heron nests in Tjornhom. The fee is 18.00 a day.");
    let again = tacit(&sandbox, &["add", &copy]);
    assert_eq!(of_type(&again, "added")[0]["what"], "known");
    let documents = of_type(&tacit(&sandbox, &["docs"]), "document");
    assert_eq!(documents.len(), 2);
    assert!(
        documents.iter().all(|one| one["state"]["state"] == "read" && one["passages_waiting"] == 0),
        "{documents:?}"
    );

    let hits = of_type(&tacit(&sandbox, &["search", "--docs", "heron"]), "hit");
    assert_eq!((&hits[0]["name"], &hits[0]["page"]), (&Value::from("note.txt"), &Value::from(1)));
    // By meaning: no word of the question stands there.
    let meant = of_type(&tacit(&sandbox, &["search", "--docs", "oiseau échassier"]), "hit");
    assert_eq!(meant[0]["name"], "note.txt", "{meant:?}");

    let number = hits[0]["document"].to_string();
    assert_eq!(tacit(&sandbox, &["remove", &number]).code, Some(0));
    assert_eq!(sealed(&sandbox), 1);
    let hits = of_type(&tacit(&sandbox, &["search", "--docs", "heron Tjornhom"]), "hit");
    assert!(hits.iter().all(|hit| hit["name"] != "note.txt"), "{hits:?}");
    assert_eq!(tacit(&sandbox, &["remove", &number]).error_code(), "no_such_document");
}

#[test]
fn a_watched_folder_gives_what_is_put_there_until_it_is_watched_no_longer() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path().join("given/scans");
    fs::create_dir_all(&folder).unwrap();
    let there = folder.to_str().unwrap();
    fs::write(folder.join("one.txt"), "The heron nests in Tjornhom.").unwrap();
    assert_eq!(tacit(&sandbox, &["watch", "--in", "Birds", there]).code, Some(0));
    assert_eq!(of_type(&tacit(&sandbox, &["add"]), "read").len(), 1);
    fs::write(folder.join("two.txt"), "The stork nests in Ribe.").unwrap();
    assert_eq!(of_type(&tacit(&sandbox, &["add"]), "read").len(), 1);
    assert_eq!(of_type(&tacit(&sandbox, &["docs", "--in", "Birds"]), "document").len(), 2);
    // A document that the person removed does not come back by itself.
    let number = of_type(&tacit(&sandbox, &["search", "--docs", "heron"]), "hit")[0]["document"].to_string();
    assert_eq!(tacit(&sandbox, &["remove", &number]).code, Some(0));
    assert_eq!(of_type(&tacit(&sandbox, &["add"]), "read"), Vec::<Value>::new());

    assert_eq!(of_type(&tacit(&sandbox, &["watch"]), "watched")[0]["path"], there);
    assert_eq!(tacit(&sandbox, &["unwatch", there]).code, Some(0));
    assert_eq!(tacit(&sandbox, &["unwatch", there]).error_code(), "no_such_folder");
    fs::write(folder.join("three.txt"), "The crane nests in Ribe.").unwrap();
    assert_eq!(of_type(&tacit(&sandbox, &["add"]), "read"), Vec::<Value>::new());
}

#[test]
fn documents_are_narrowed_down_by_name_type_and_day() {
    let sandbox = Sandbox::new();
    let (old, new) =
        (given(&sandbox, "été 2019.txt", "The fee is ten."), given(&sandbox, "new.md", "The fee is twelve."));
    let long_ago = std::time::UNIX_EPOCH + Duration::from_hours(24 * 365 * 49);
    fs::File::options().append(true).open(&old).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(tacit(&sandbox, &["add", &old, &new]).code, Some(0));
    let names = |arguments: &[&str]| -> Vec<String> {
        let found = tacit(&sandbox, arguments).lines();
        found.iter().filter_map(|line| line["name"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(names(&["docs", "ETE", "2019"]), ["été 2019.txt"]);
    assert_eq!(names(&["docs", "--after", "2020-01-01"]), ["new.md"]);
    assert_eq!(names(&["docs", "--before", "2020-01-01"]), ["été 2019.txt"]);
    assert_eq!(names(&["docs", "--type", "markdown"]), ["new.md"]);
    assert_eq!(names(&["search", "--docs", "fee", "--before", "2020-01-01"]), ["été 2019.txt"]);
    assert_eq!(names(&["search", "--docs", "fee", "--after", "2020-01-01"]), ["new.md"]);
    assert_eq!(names(&["search", "--docs", "fee", "--after", "2120-01-01"]), Vec::<String>::new());
    assert_eq!(names(&["search", "--docs", "fee", "--type", "text"]), ["été 2019.txt"]);
    // What cannot be meant is said, and nobody takes it for 'not found'.
    for wrong in [
        ["search", "--docs", "fee", "--type", "pfd"].as_slice(),
        &["search", "--docs", "fee", "--after", "2020-02-31"],
        &["search", "fee", "--after", "2020-01-01"],
    ] {
        assert_eq!(tacit(&sandbox, wrong).code, Some(2), "{wrong:?}");
    }
    let slip = run(sandbox.tacit_with_passphrase(&["search", "--docs", "fee", "--type", "pfd"]));
    assert!(slip.stderr.contains("Yours are: markdown, text."), "{slip:?}");
}

#[test]
fn an_exported_chat_carries_what_its_answers_rest_on() {
    let sandbox = Sandbox::new();
    tacit(&sandbox, &["add", &pdf("lease-en.pdf")]);
    let asked = tacit(&sandbox, &["ask", "--docs", "How much is the rent?"]);
    let done = asked.line("done");
    assert_eq!(done["answered"], true, "{asked:?}");
    let chat = done["chat"].to_string();
    let exported = &tacit(&sandbox, &["export", &chat]).lines()[0];
    let answer =
        exported["messages"].as_array().unwrap().iter().find(|message| message["role"] == "assistant").unwrap();
    assert_eq!((&answer["citations"], &answer["sentences"]), (&done["citations"], &done["sentences"]));
    assert!(exported["messages"][0]["basis"].is_null());
    let text = run(sandbox.tacit_with_passphrase(&["export", &chat])).stdout;
    assert!(text.contains("[1] lease-en.pdf, page ") && !text.contains("From the model"), "{text}");
    assert!(text.contains("(supported by your documents ["), "{text}");
    // A document that was removed leaves none of its words behind.
    let cited = done["citations"][0]["text"].as_str().unwrap().lines().next().unwrap().to_owned();
    assert!(text.contains(&cited), "{cited}: {text}");
    tacit(&sandbox, &["remove", &done["citations"][0]["document"].to_string()]);
    let text = run(sandbox.tacit_with_passphrase(&["export", &chat])).stdout;
    assert!(text.contains("[1] This document was removed."), "{text}");
}

#[test]
fn a_hit_says_how_it_was_found() {
    let sandbox = Sandbox::new();
    let note = given(&sandbox, "note.txt", "The heron nests in Tjornhom.");
    tacit(&sandbox, &["add", &note]);
    let said = |words: &str| run(sandbox.tacit_with_passphrase(&["search", "--docs", words])).stdout;
    assert!(said("heron").contains("note.txt, page 1  (found by its words and its meaning)"), "{}", said("heron"));
    assert!(said("oiseau échassier").contains("note.txt, page 1  (found by its meaning)"));
    // What stands in quotation marks must be there, and a passage without it is not found by its meaning either.
    assert!(!said("\"oiseau\"").contains("note.txt"));
}

#[test]
fn the_doctor_tries_the_locks_of_the_reader() {
    let sandbox = Sandbox::new();
    let ran = tacit(&sandbox, &["doctor"]);
    let checks = of_type(&ran, "check");
    let of = |name: &str| checks.iter().find(|check| check["name"] == name).cloned().unwrap_or_default();
    for name in [
        "its locks",
        "reading another file",
        "starting a program",
        "more memory than its share",
        "reads with no network",
    ] {
        let check = of(&format!("reader: {name}"));
        assert_eq!(check["holds"], true, "{name}: {ran:?}");
    }
    // In plain words too.
    let plain = run(sandbox.tacit_with_passphrase(&["doctor"]));
    assert!(plain.stdout.contains("  holds   reader: reading another file: tried: the kernel refused it"), "{plain:?}");
}

#[test]
fn a_changed_file_is_a_new_version_and_the_older_one_is_gone() {
    let sandbox = Sandbox::new();
    let note = given(&sandbox, "note.txt", "The fee is eighteen crowns.");
    tacit(&sandbox, &["add", &note]);
    given(&sandbox, "note.txt", "The fee is twenty crowns.");
    let added = tacit(&sandbox, &["add", &note]);
    assert_eq!(of_type(&added, "added")[0]["what"], "new_version");
    let documents = of_type(&tacit(&sandbox, &["docs"]), "document");
    assert_eq!(documents.len(), 1);
    let hits = of_type(&tacit(&sandbox, &["search", "--docs", "fee crowns"]), "hit");
    assert_eq!(hits.iter().map(|hit| hit["text"].as_str().unwrap()).collect::<Vec<_>>(), ["The fee is twenty crowns."]);
}

#[test]
fn a_collection_narrows_what_is_found_and_a_folder_is_taken_whole() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path().join("given/contracts");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("one.md"), "# Garden\n\nThe hedge is cut in March.").unwrap();
    fs::write(folder.join("two.csv"), "Item,Price\nHedge shears,42.50\n").unwrap();
    fs::write(folder.join("program.exe"), "MZ").unwrap();
    let added = tacit(&sandbox, &["add", "--in", "Garden", folder.to_str().unwrap()]);
    assert_eq!(of_type(&added, "added").len(), 2, "{added:?}");
    tacit(&sandbox, &["add", &pdf("lease-en.pdf")]);
    let hits = of_type(&tacit(&sandbox, &["search", "--docs", "--in", "Garden", "hedge rent"]), "hit");
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit["name"] != "lease-en.pdf"));
    // A row comes with the names of its columns.
    assert!(hits.iter().any(|hit| hit["heading"].as_str().unwrap().contains("Price")), "{hits:?}");
    assert_eq!(tacit(&sandbox, &["search", "--docs", "--in", "Attic", "hedge"]).error_code(), "no_such_collection");
}

#[test]
fn what_cannot_be_read_is_said_and_the_others_are_read() {
    let sandbox = Sandbox::new();
    let (empty, odd) = (given(&sandbox, "empty.txt", ""), given(&sandbox, "odd.bin", "\0\u{1}\u{2}\u{3}\0\0\0\0"));
    let added = tacit(&sandbox, &["add", &empty, &odd, &pdf("locked.pdf"), &pdf("memo.pdf"), "/nowhere/at/all.pdf"]);
    assert_eq!(added.code, Some(5), "{added:?}");
    let refused: Vec<String> =
        of_type(&added, "refused").iter().map(|line| line["code"].as_str().unwrap().to_owned()).collect();
    assert_eq!(refused, ["document_empty", "document_unreadable"]);
    let failed = of_type(&added, "failed");
    assert!(
        failed.iter().any(|line| line["code"] == "document_protected" && line["name"] == "locked.pdf"),
        "{failed:?}"
    );
    assert_eq!(of_type(&added, "read").len(), 1);
}

#[test]
fn reading_goes_on_where_it_was_when_the_program_was_killed() {
    let sandbox = Sandbox::new();
    let file = pdf("thousand-pages.pdf");
    let mut running = Running::start(sandbox.tacit_with_passphrase(&["add", "--json", &file]));
    let page = loop {
        let step = running.until("working");
        let page = step["page"].as_u64().unwrap_or(0);
        if page >= 100 {
            break page;
        }
    };
    running.signal(Signal::KILL);
    let _killed = running.finish();
    let before = &of_type(&tacit(&sandbox, &["docs"]), "document")[0];
    let read = before["pages_read"].as_u64().unwrap();
    assert!(read >= page && read < 1_000, "{before}");
    // Without a path it goes on, and begins after what was there.
    let arguments = ["add", "--json"];
    let on = run_within(sandbox.tacit_with_passphrase(&arguments), b"", Duration::from_mins(5));
    let first = of_type(&on, "working").into_iter().find(|step| !step["document"].is_null()).unwrap();
    assert!(first["page"].as_u64().unwrap() > read, "{first}");
    let after = &of_type(&tacit(&sandbox, &["docs"]), "document")[0];
    assert_eq!((&after["pages_read"], &after["state"]["state"]), (&Value::from(1_000), &Value::from("read")));
}

#[test]
fn every_format_is_read() {
    let sandbox = Sandbox::new();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/reader/worker/tests/fixtures");
    let files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let ending = path.extension().unwrap_or_default().to_str().unwrap();
            ["docx", "odt", "pptx", "odp", "xlsx", "xls", "ods", "csv", "html", "epub", "rtf", "txt", "eml", "mbox"]
                .contains(&ending)
        })
        .collect();
    assert!(files.len() >= 12, "{files:?}");
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let added = tacit(&sandbox, &[&["add"], names.as_slice()].concat());
    assert_eq!(of_type(&added, "failed"), Vec::<Value>::new());
    assert_eq!(of_type(&added, "read").len(), files.len());
    assert!(of_type(&added, "read").iter().all(|read| read["passages"].as_u64().unwrap() > 0), "{added:?}");
}
