//! What is wanted of the rules, on the marked documents: `cargo run --release -p facts --example measure_facts` says more.

use std::collections::BTreeMap;

mod marked;

use marked::{Count, Document, documents, measure};

fn counts(documents: &[Document], group: &str) -> BTreeMap<String, Count> {
    let mut counts = BTreeMap::new();
    for document in documents.iter().filter(|document| document.group.starts_with(group)) {
        measure(document, &mut counts, None);
    }
    counts
}

#[test]
fn dates_and_sums_of_real_documents_are_found_and_right() {
    let counts = counts(&documents().expect("documents"), "real");
    for kind in ["date", "sum"] {
        let count = counts.get(kind).expect("marked facts of this kind");
        assert!(count.marked >= 300, "{kind}: only {} are marked", count.marked);
        assert!(count.found * 100 >= count.marked * 95, "{kind}: {} of {} found", count.found, count.marked);
        assert!(count.right * 100 >= count.shown * 97, "{kind}: {} of {} right", count.right, count.shown);
    }
}

#[test]
fn every_kind_is_found_in_invented_papers() {
    let counts = counts(&documents().expect("documents"), "invented");
    assert_eq!(counts.len(), 10);
    for (kind, count) in counts {
        assert!(count.found * 10 >= count.marked * 9, "{kind}: {} of {} found", count.found, count.marked);
        assert!(count.right * 10 >= count.shown * 9, "{kind}: {} of {} right", count.right, count.shown);
    }
}

#[test]
fn marks_stand_where_they_say() {
    let documents = documents().expect("documents");
    assert!(documents.iter().filter(|document| document.group.starts_with("real")).count() >= 30);
    let held = documents.iter().filter(|document| document.held).count();
    assert!(held * 3 >= documents.len(), "a third is held back from tuning");
    for document in documents {
        for marked in &document.facts {
            assert!(
                document.text.get(marked.start..marked.end).is_some_and(|text| !text.is_empty()),
                "{}",
                document.id
            );
            assert!(
                document.marked.contains(&marked.kind),
                "{}: {} is not a kind that is marked",
                document.id,
                marked.kind
            );
        }
    }
}
