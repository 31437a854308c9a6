//! The marked documents of `tests/quality/facts`, and what of them the rules find.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use facts::{Fact, Language, find};
use serde::Deserialize;

#[derive(Deserialize)]
/// A document of which every fact of the kinds in `marked` is marked.
pub struct Document {
    pub id: String,
    pub language: String,
    pub group: String,
    pub held: bool,
    /// The kinds whose every fact is marked in this document.
    pub marked: Vec<String>,
    pub text: String,
    pub facts: Vec<Marked>,
}

#[derive(Deserialize)]
/// A marked fact.
pub struct Marked {
    pub kind: String,
    /// In bytes of the text.
    pub start: usize,
    pub end: usize,
    /// The value that must be read; of a deadline, its first word.
    pub value: Option<String>,
}

#[derive(Default)]
/// Facts of a kind: marked, of these found; shown, of these right.
pub struct Count {
    pub marked: usize,
    pub found: usize,
    pub shown: usize,
    pub right: usize,
}

fn kind(fact: &Fact) -> String {
    serde_json::to_value(fact.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The same place (they share more than half of the longer one; of a deadline, anything, since where it ends is a
/// matter of taste) and, where a value is marked, the same value.
fn is_same(marked: &Marked, fact: &Fact) -> bool {
    let shared = marked.end.min(fact.range.end).saturating_sub(marked.start.max(fact.range.start));
    let longer = (marked.end - marked.start).max(fact.range.len());
    let deadline = marked.kind == "deadline";
    let place = if deadline { shared > 0 } else { 2 * shared > longer };
    let shown = fact.value.as_deref().unwrap_or_default();
    let shown = if deadline { shown.split(' ').next().unwrap_or_default() } else { shown };
    kind(fact) == marked.kind && place && marked.value.as_ref().is_none_or(|value| value == shown)
}

/// Adds a document to the counts by kind. `listed` prints what was missed and what is wrong, of one kind or (empty) all.
pub fn measure(document: &Document, counts: &mut BTreeMap<String, Count>, listed: Option<&str>) {
    let language = match document.language.as_str() {
        "en" => Language::English,
        "fr" => Language::French,
        _ => Language::Unknown,
    };
    let facts = find(&document.text, language);
    let quote = |start, end| document.text.get(start..end).unwrap_or_default().replace('\n', " ");
    for marked in &document.facts {
        let found = facts.iter().any(|fact| is_same(marked, fact));
        let count = counts.entry(marked.kind.clone()).or_default();
        count.marked += 1;
        count.found += usize::from(found);
        if !found && listed.is_some_and(|kind| kind.is_empty() || kind == marked.kind) {
            println!("- {} {} {:?} = {:?}", document.id, marked.kind, quote(marked.start, marked.end), marked.value);
        }
    }
    for fact in facts.iter().filter(|fact| document.marked.contains(&kind(fact))) {
        let right = document.facts.iter().any(|marked| is_same(marked, fact));
        let count = counts.entry(kind(fact)).or_default();
        count.shown += 1;
        count.right += usize::from(right);
        if !right && listed.is_some_and(|wanted| wanted.is_empty() || wanted == kind(fact)) {
            let around = quote(fact.range.start.saturating_sub(20), (fact.range.end + 20).min(document.text.len()));
            println!("+ {} {} {:?} = {:?} in {around:?}", document.id, kind(fact), fact.text, fact.value);
        }
    }
}

/// All documents.
pub fn documents() -> Result<Vec<Document>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/quality/facts/documents.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
