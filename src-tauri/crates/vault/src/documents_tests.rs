//! What holds for the library's documents, pages and originals.

use std::io::Read as _;

use sha2::{Digest as _, Sha256};

use crate::documents::{Added, DocumentState, NewDocument};
use crate::tests::Place;
use crate::{
    Document, DocumentId, Filter, NewPage, NewPassage, PassageId, PassageQuery, Vault, VaultError, VectorModel,
};

/// A document whose bytes are its name.
pub(crate) fn new_document(name: &str) -> NewDocument<'_> {
    NewDocument {
        name,
        kind: "pdf",
        origin: None,
        bytes: name.len() as u64,
        sha256: Sha256::digest(name.as_bytes()).into(),
        modified_at: None,
        keeps_original: true,
    }
}

/// A document of a file at `origin` that holds `content`.
fn of_file<'a>(origin: &'a str, content: &'a str) -> NewDocument<'a> {
    NewDocument { origin: Some(origin), ..new_document(content) }
}

pub(crate) fn page(number: u32, text: &str) -> NewPage<'_> {
    NewPage { number, label: "iv", width: 595.0, height: 842.0, ocr: false, text, layout: &[7; 9] }
}

/// Keeps a page that is one passage.
pub(crate) fn put(vault: &Vault, document: DocumentId, number: u32, text: &str) -> PassageId {
    let passage = NewPassage { span: 0..text.len(), heading: "", tokens: 9 };
    vault.put_page(document, &page(number, text), &[passage]).unwrap()[0]
}

/// A document of one page and one passage, read to its end.
pub(crate) fn read_document(vault: &Vault, text: &str) -> (DocumentId, PassageId) {
    let document = vault.add_document(&new_document(text), &[]).unwrap().document();
    let passage = put(vault, document, 0, text);
    vault.finish_document(document).unwrap();
    (document, passage)
}

pub(crate) fn found(vault: &Vault, words: &str) -> Vec<PassageId> {
    let filter = Filter::default();
    let query = PassageQuery { words: Some(words), vector: None, phrases: &[], filter: &filter, limit: 50 };
    vault.search_passages(&query).unwrap().into_iter().map(|hit| hit.passage.id).collect()
}

fn count(vault: &Vault, sql: &str) -> i64 {
    vault.store.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// How often the canary's letters stand in a table of the library or its index.
fn canaries(vault: &Vault) -> i64 {
    let places = [
        "SELECT count(*) FROM documents WHERE instr(name || title || failure || ifnull(origin, ''), 'zanzibar')",
        "SELECT count(*) FROM pages WHERE instr(text || label, 'zanzibar') OR instr(layout, CAST('zanzibar' AS BLOB))",
        "SELECT count(*) FROM passages WHERE instr(heading, 'zanzibar')",
        "SELECT count(*) FROM passage_words_content WHERE instr(c0 || c1, 'zanzibar')",
        "SELECT count(*) FROM passage_words_data WHERE instr(block, CAST('zanzibar' AS BLOB))",
        "SELECT count(*) FROM derived WHERE instr(key || body, 'zanzibar')",
    ];
    places.into_iter().map(|sql| count(vault, sql)).sum()
}

fn originals(place: &Place) -> usize {
    std::fs::read_dir(place.dir().join("originals")).map_or(0, Iterator::count)
}

#[test]
fn the_same_bytes_are_one_document() {
    let place = Place::new();
    let vault = place.create();
    let first = vault.add_document(&of_file("/a", "content"), &[]).unwrap();
    let Added::New(document) = first else { panic!("{first:?}") };
    assert_eq!(vault.add_document(&of_file("/a", "content"), &[]).unwrap(), Added::Known(document));
    let work = vault.create_collection("work").unwrap();
    assert_eq!(vault.add_document(&of_file("/b", "content"), &[work]).unwrap(), Added::Known(document));
    let known = vault.document(document).unwrap();
    assert_eq!((known.origin.as_deref(), known.collections), (Some("/a"), vec![work]));
    assert_eq!(known.sha256, crate::keys::hex(&Sha256::digest(b"content")));
    assert_eq!(vault.documents(&Filter::default()).unwrap().len(), 1);
}

#[test]
fn a_changed_file_is_a_new_version_and_the_older_one_serves_until_it_is_read() {
    let place = Place::new();
    let vault = place.create();
    let work = vault.create_collection("work").unwrap();
    let old = vault.add_document(&of_file("/a", "first"), &[work]).unwrap().document();
    let old_passage = put(&vault, old, 0, "zanzibar first");
    vault.finish_document(old).unwrap();
    vault.store_original(old, b"first".as_slice()).unwrap();
    let added = vault.add_document(&of_file("/a", "second"), &[]).unwrap();
    let Added::NewVersion { document: new, replaces } = added else { panic!("{added:?}") };
    assert_eq!(replaces, old);
    assert_eq!(vault.document(new).unwrap().collections, [work]);
    let new_passage = put(&vault, new, 0, "zanzibar second");
    assert_eq!(found(&vault, "zanzibar"), [old_passage], "the newer one is not found while it is read");
    assert_eq!(vault.collections().unwrap()[0].documents, 1);
    vault.finish_document(new).unwrap();
    assert_eq!(found(&vault, "zanzibar"), [new_passage]);
    assert_eq!(vault.document(old).unwrap_err().code(), "no_such_document");
    assert_eq!(vault.document(new).unwrap().replaces, None);
    while vault.tidy_library().unwrap() {}
    assert_eq!((originals(&place), count(&vault, "SELECT count(*) FROM documents")), (0, 1));
}

#[test]
fn of_two_changes_before_the_first_is_read_only_the_last_counts() {
    let place = Place::new();
    let vault = place.create();
    let old = vault.add_document(&of_file("/a", "first"), &[]).unwrap().document();
    put(&vault, old, 0, "first");
    vault.finish_document(old).unwrap();
    let second = vault.add_document(&of_file("/a", "second"), &[]).unwrap().document();
    put(&vault, second, 0, "second");
    let third = vault.add_document(&of_file("/a", "third"), &[]).unwrap();
    assert_eq!(third, Added::NewVersion { document: third.document(), replaces: old });
    assert_eq!(vault.document(second).unwrap_err().code(), "no_such_document");
    // Changed back before anybody read the change.
    assert_eq!(vault.add_document(&of_file("/a", "first"), &[]).unwrap(), Added::Known(old));
    assert_eq!(vault.document(third.document()).unwrap_err().code(), "no_such_document");
    assert_eq!(found(&vault, "first second third").len(), 1);
}

#[test]
fn a_new_version_that_cannot_be_read_leaves_the_older_one() {
    let place = Place::new();
    let vault = place.create();
    let old = vault.add_document(&of_file("/a", "first"), &[]).unwrap().document();
    let passage = put(&vault, old, 0, "zanzibar");
    vault.finish_document(old).unwrap();
    let new = vault.add_document(&of_file("/a", "second"), &[]).unwrap().document();
    put(&vault, new, 0, "zanzibar half");
    vault.fail_document(new, "password", "It asks for a password.").unwrap();
    assert_eq!(found(&vault, "zanzibar"), [passage]);
    let failed = DocumentState::Failed { code: "password".to_owned(), sentence: "It asks for a password.".to_owned() };
    assert_eq!(vault.document(new).unwrap().state, failed);
    assert_eq!(vault.finish_document(new).unwrap_err().code(), "not_reading");
    // Without the older one, what is there of the newer one is found.
    vault.remove_document(old).unwrap();
    assert_eq!((found(&vault, "half").len(), vault.document(new).unwrap().replaces), (1, None));
    vault.read_document_again(new).unwrap();
    let again = vault.document(new).unwrap();
    assert_eq!((again.state, again.pages_read, again.passages), (DocumentState::Waiting, 0, 0));
}

#[test]
fn reading_goes_on_after_a_kill_where_it_stopped() {
    let place = Place::new();
    let vault = place.create();
    let waiting = vault.add_document(&new_document("waiting"), &[]).unwrap().document();
    let reading = vault.add_document(&new_document("reading"), &[]).unwrap().document();
    read_document(&vault, "read");
    let failed = vault.add_document(&new_document("failed"), &[]).unwrap().document();
    vault.fail_document(failed, "damaged", "x").unwrap();
    vault.set_pages_total(reading, 3).unwrap();
    put(&vault, reading, 0, "page of zanzibar");
    put(&vault, reading, 1, "another");
    // What the files hold right now is what a kill leaves.
    let copy = place.copy_without_lock();
    let vault = copy.open().unwrap();
    let unfinished = vault.unfinished_documents().unwrap();
    assert_eq!(unfinished.iter().map(|document| document.id).collect::<Vec<_>>(), [waiting, reading]);
    let Document { state, pages_read, pages_total, passages, .. } = vault.document(reading).unwrap();
    assert_eq!((state, pages_read, pages_total, passages), (DocumentState::Reading, 2, 3, 2));
    assert_eq!(vault.pages(reading).unwrap().iter().map(|page| page.number).collect::<Vec<_>>(), [0, 1]);
    // The page that may have been cut off is kept again, in place of itself.
    let again = put(&vault, reading, 1, "another zanzibar");
    assert_eq!(found(&vault, "another"), [again]);
    assert_eq!(vault.document(reading).unwrap().pages_read, 2);
    assert!(vault.check_integrity().is_empty());
}

#[test]
fn a_page_is_kept_with_all_its_passages_or_not_at_all() {
    let place = Place::new();
    let vault = place.create();
    let document = vault.add_document(&new_document("d"), &[]).unwrap().document();
    let text = "Häuser und zanzibar";
    let passage = |span| NewPassage { span, heading: "", tokens: 1 };
    for bad in [0..2, 3..3, 5..99, 99..100, usize::MAX - 1..usize::MAX] {
        let passages = [passage(0..6), passage(bad.clone())];
        assert_eq!(vault.put_page(document, &page(0, text), &passages).unwrap_err().code(), "bad_passage", "{bad:?}");
    }
    assert_eq!((vault.pages(document).unwrap().len(), found(&vault, "zanzibar").len()), (0, 0));
    assert_eq!(vault.document(document).unwrap().state, DocumentState::Waiting);
    let heading = NewPassage { heading: "Kapitel", ..passage(12..20) };
    let put = vault.put_page(document, &page(4, text), &[passage(0..7), heading]).unwrap();
    assert_eq!((found(&vault, "kapitel"), found(&vault, "hauser")), (vec![put[1]], vec![put[0]]));
    let second = vault.passage(put[1]).unwrap();
    assert_eq!((second.text.as_str(), second.page, second.page_label.as_str()), ("zanzibar", 4, "iv"));
    assert_eq!(vault.passages_of_page(document, 4).unwrap().len(), 2);
    let kept = vault.page(document, 4).unwrap();
    assert_eq!((kept.text.as_str(), kept.layout.as_slice(), kept.summary.bytes), (text, [7; 9].as_slice(), 20));
    assert_eq!(vault.page(document, 5).unwrap_err().code(), "no_such_page");
    let odd = NewPage { width: f32::NAN, height: f32::INFINITY, ..page(5, "x") };
    vault.put_page(document, &odd, &[]).unwrap();
    assert_eq!(vault.page(document, 5).unwrap().summary.width.to_bits(), 0);
    vault.finish_document(document).unwrap();
    assert_eq!(vault.put_page(document, &page(6, "x"), &[]).unwrap_err().code(), "not_reading");
    assert_eq!(vault.put_page(DocumentId(99), &page(6, "x"), &[]).unwrap_err().code(), "no_such_document");
}

#[test]
fn a_removed_document_leaves_nothing_behind() {
    let place = Place::new();
    let vault = place.create();
    vault.use_vector_model(&VectorModel { name: "m".to_owned(), dimensions: 8 }).unwrap();
    let new = NewDocument { origin: Some("/zanzibar"), ..new_document("zanzibar") };
    let document = vault.add_document(&new, &[]).unwrap().document();
    vault.set_document_details(document, "zanzibar", &["sw", "en"]).unwrap();
    let model = VectorModel { name: "m".to_owned(), dimensions: 8 };
    for number in 0..40 {
        let text = format!("the zanzibar of page {number}");
        let layout = b"zanzibar";
        let passage = NewPassage { span: 0..text.len(), heading: "zanzibar", tokens: 9 };
        let new = NewPage { label: "zanzibar", layout, ..page(number, &text) };
        let put = vault.put_page(document, &new, &[passage]).unwrap();
        if number % 2 == 0 {
            vault.put_vectors(&model, &[(put[0], vec![0.5; 8])]).unwrap();
        }
    }
    let (kept, _) = read_document(&vault, "madagascar");
    vault.store_original(document, b"zanzibar".as_slice()).unwrap();
    vault.keep_derived(document, "summary", "zanzibar in short").unwrap();
    vault.keep_derived(kept, "summary", "madagascar in short").unwrap();
    assert_eq!(vault.document(document).unwrap().languages, ["sw", "en"]);
    assert!(canaries(&vault) > 40 && originals(&place) == 1);
    vault.remove_document(document).unwrap();
    assert_eq!((canaries(&vault), originals(&place), place.size("store.db-wal")), (0, 0, 0));
    let left = "SELECT (SELECT count(*) FROM vector_codes) + (SELECT count(*) FROM vector_rows) + (SELECT vectors FROM vector_models)";
    assert_eq!(count(&vault, left), 0);
    assert_eq!(count(&vault, "SELECT count(*) FROM vectors_waiting"), 1, "the other document's passage waits");
    assert_eq!(vault.remove_document(document).unwrap_err().code(), "no_such_document");
    assert_eq!(vault.document(kept).unwrap().passages, 1);
    assert_eq!(vault.derived(kept, "summary").unwrap().as_deref(), Some("madagascar in short"));
    assert!(vault.add_document(&new, &[]).unwrap().document() > document);
    assert!(vault.check_integrity().is_empty());
}

#[test]
fn a_small_document_leaves_a_large_library_without_a_trace_and_without_rewriting_it() {
    let place = Place::new();
    let vault = place.create();
    let large = vault.add_document(&new_document("large"), &[]).unwrap().document();
    let text = "madagascar ".repeat(1_200);
    let passages: Vec<_> =
        (0..1_200).map(|at| NewPassage { span: at * 11..at * 11 + 10, heading: "", tokens: 1 }).collect();
    vault.put_page(large, &page(0, &text), &passages).unwrap();
    let (small, _) = read_document(&vault, "zanzibar of madagascar");
    vault.put_away_document(small).unwrap();
    assert_eq!(count(&vault, "SELECT rewrites FROM documents WHERE state = 'removed'"), 0);
    vault.remove_document(small).unwrap_err();
    while vault.tidy_library().unwrap() {}
    assert_eq!(canaries(&vault), 0);
    assert_eq!(count(&vault, "SELECT count(*) FROM passage_words WHERE passage_words MATCH 'madagascar'"), 1_200);
    vault.store.execute_batch("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')").unwrap();
    vault.put_away_document(large).unwrap();
    assert_eq!(count(&vault, "SELECT rewrites FROM documents WHERE state = 'removed'"), 1);
    while vault.tidy_library().unwrap() {}
    let left = "SELECT count(*) FROM passage_words_data WHERE instr(block, CAST('madagascar' AS BLOB))";
    assert_eq!((count(&vault, left), count(&vault, "SELECT count(*) FROM documents")), (0, 0));
    vault.store.execute_batch("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')").unwrap();
}

#[test]
fn a_removal_that_was_cut_off_is_finished_with_the_next_opening() {
    let place = Place::new();
    let vault = place.create();
    let document = vault.add_document(&new_document("zanzibar"), &[]).unwrap().document();
    for number in 0..40 {
        put(&vault, document, number, "zanzibar");
    }
    vault.put_away_document(document).unwrap();
    assert!(found(&vault, "zanzibar").is_empty() && vault.documents(&Filter::default()).unwrap().is_empty());
    let codes = [
        vault.page(document, 0).unwrap_err().code(),
        vault.pages(document).unwrap_err().code(),
        vault.finish_document(document).unwrap_err().code(),
        vault.store_original(document, [].as_slice()).unwrap_err().code(),
    ];
    assert_eq!(codes, ["no_such_page", "no_such_document", "no_such_document", "no_such_document"]);
    assert!(vault.tidy_library().unwrap());
    assert!((2..200).contains(&canaries(&vault)), "some of it is there still");
    let copy = place.copy_without_lock();
    let vault_again = copy.open().unwrap();
    while vault_again.tidy_library().unwrap() {}
    assert_eq!(canaries(&vault_again), 0);
    while vault.tidy_library().unwrap() {}
    assert_eq!(canaries(&vault), 0);
}

#[test]
fn an_original_is_kept_sealed_and_comes_back_whole() {
    let place = Place::new();
    let vault = place.create();
    let content = "zanzibar ".repeat(30_000);
    let document = vault.add_document(&new_document(&content), &[]).unwrap().document();
    assert_eq!(vault.original(document).unwrap_err().code(), "no_original");
    vault.store_original(document, content.as_bytes()).unwrap();
    vault.store_original(document, content.as_bytes()).unwrap();
    assert!(vault.document(document).unwrap().has_original && originals(&place) == 1);
    vault.close().unwrap();
    let name = std::fs::read_dir(place.dir().join("originals")).unwrap().next().unwrap().unwrap().path();
    let sealed = std::fs::read(&name).unwrap();
    assert!(!sealed.windows(8).any(|window| window == b"zanzibar"));
    let vault = place.open().unwrap();
    assert_eq!(vault.original_bytes(document).unwrap(), content.as_bytes());
    let mut read = vault.original(document).unwrap();
    // It is read without the vault.
    drop(vault);
    let mut bytes = Vec::new();
    read.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, content.as_bytes());
    let mut flipped = sealed.clone();
    flipped[100_000] ^= 1;
    std::fs::write(&name, flipped).unwrap();
    let vault = place.open().unwrap();
    assert_eq!(vault.original_bytes(document).unwrap_err().code(), "damaged");
    std::fs::remove_file(&name).unwrap();
    assert_eq!(vault.original_bytes(document).unwrap_err().code(), "damaged");
    vault.remove_document(document).unwrap();
}

#[test]
fn a_sealed_file_of_another_document_is_not_taken_for_the_original() {
    let place = Place::new();
    let vault = place.create();
    let documents = ["one", "two"].map(|name| vault.add_document(&new_document(name), &[]).unwrap().document());
    vault.store_original(documents[0], b"one".as_slice()).unwrap();
    vault.store_original(documents[1], b"two".as_slice()).unwrap();
    let files: Vec<_> =
        std::fs::read_dir(place.dir().join("originals")).unwrap().map(|entry| entry.unwrap().path()).collect();
    std::fs::copy(&files[0], &files[1]).unwrap();
    let codes = documents.map(|document| vault.original_bytes(document).map_err(|error| error.code()).err());
    assert!(codes.contains(&None) && codes.contains(&Some("damaged")), "{codes:?}");
}

/// A file that cannot be read.
struct Breaks;

impl std::io::Read for Breaks {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn an_original_that_was_cut_off_or_is_another_leaves_nothing() {
    let place = Place::new();
    let vault = place.create();
    let document = vault.add_document(&new_document("content"), &[]).unwrap().document();
    assert_eq!(vault.store_original(document, b"changed".as_slice()).unwrap_err().code(), "not_the_original");
    assert!(!vault.document(document).unwrap().has_original);
    assert_eq!(originals(&place), 0);
    assert_eq!(vault.store_original(document, Breaks).unwrap_err().code(), "io");
    assert_eq!(originals(&place), 0);
    let sealing = vault.seal_original(document).unwrap();
    assert_eq!((originals(&place), vault.original(document).unwrap_err().code()), (1, "no_original"));
    // As after a kill.
    std::mem::forget(sealing);
    vault.close().unwrap();
    let vault = place.open().unwrap();
    assert_eq!((originals(&place), count(&vault, "SELECT count(*) FROM documents WHERE seal IS NOT NULL")), (0, 0));
    let sealing = vault.seal_original(document).unwrap();
    vault.remove_document(document).unwrap();
    assert_eq!(vault.keep_original(sealing).unwrap_err().code(), "no_such_document");
    assert_eq!(originals(&place), 0);
}

#[test]
fn a_vault_in_memory_has_no_library() {
    let vault = Vault::in_memory().unwrap();
    let (filter, model) = (Filter::default(), VectorModel { name: "m".to_owned(), dimensions: 8 });
    let query = PassageQuery { words: Some("x"), vector: None, phrases: &[], filter: &filter, limit: 1 };
    let document = DocumentId(1);
    let told: [VaultError; 16] = [
        vault.add_document(&new_document("x"), &[]).unwrap_err(),
        vault.documents(&filter).unwrap_err(),
        vault.unfinished_documents().unwrap_err(),
        vault.put_page(document, &page(0, "x"), &[]).unwrap_err(),
        vault.pages(document).unwrap_err(),
        vault.page(document, 0).unwrap_err(),
        vault.passage(PassageId(1)).unwrap_err(),
        vault.create_collection("x").unwrap_err(),
        vault.collections().unwrap_err(),
        vault.watch_folder("x", None).unwrap_err(),
        vault.watched_folders().unwrap_err(),
        vault.original(document).unwrap_err(),
        vault.store_original(document, [].as_slice()).unwrap_err(),
        vault.use_vector_model(&model).unwrap_err(),
        vault.search_passages(&query).unwrap_err(),
        vault.tidy_library().unwrap_err(),
    ];
    assert_eq!(told.map(|error| error.code()), ["no_library"; 16]);
    assert_eq!(vault.remove_document(document).unwrap_err().code(), "no_library");
    assert_eq!(vault.put_vectors(&model, &[]).unwrap_err().code(), "no_library");
}

#[test]
fn what_a_person_wrote_is_not_printed() {
    let place = Place::new();
    let vault = place.create();
    let new = NewDocument { origin: Some("/canary"), ..new_document("canary") };
    let document = vault.add_document(&new, &[]).unwrap().document();
    vault.set_document_details(document, "canary", &[]).unwrap();
    let text = "the canary sings";
    let passage = NewPassage { span: 0..text.len(), heading: "canary", tokens: 9 };
    let page = NewPage { label: "canary", layout: b"canary", ..page(0, text) };
    let put = vault.put_page(document, &page, std::slice::from_ref(&passage)).unwrap();
    vault.fail_document(document, "code", "canary").unwrap();
    let (filter, phrases) = (Filter::default(), ["canary".to_owned()]);
    let query = PassageQuery { words: Some("canary"), vector: None, phrases: &phrases, filter: &filter, limit: 9 };
    let hits = vault.search_passages(&query).unwrap();
    assert_eq!(hits.len(), 1);
    let printed = [
        format!("{new:?} {page:?} {passage:?} {query:?} {hits:?}"),
        format!("{:?} {:?}", vault.document(document).unwrap(), vault.passage(put[0]).unwrap()),
        format!("{:?} {:?}", vault.page(document, 0).unwrap(), vault.pages(document).unwrap()),
    ];
    assert!(printed.iter().all(|text| !text.contains("canary") && !text.contains("99, 97, 110")), "{printed:?}");
}
