//! Measures the rules on the marked documents of `tests/quality/facts`: `cargo run --release -p facts --example
//! measure [-v] [-k KIND]`. Prints, for each group (real documents used for tuning, real ones held back, invented
//! ones) and each kind that is marked, how many facts were found and how many of those shown are right. `-v` lists
//! what was missed (-) and what was wrong (+), but never for documents that are held back.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use facts::{Fact, Language, find};
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    id: String,
    language: String,
    group: String,
    held: bool,
    /// The kinds whose every fact is marked in this document.
    marked: Vec<String>,
    text: String,
    facts: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    kind: String,
    /// In bytes of the text.
    start: usize,
    end: usize,
    /// The value that must be read; of a deadline, its first word.
    value: Option<String>,
}

#[derive(Default)]
struct Count {
    marked: usize,
    found: usize,
    shown: usize,
    right: usize,
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

fn measure(document: &Document, counts: &mut BTreeMap<String, Count>, listed: Option<&str>) {
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

/// Right out of all, and Wilson's interval at 95 %.
fn share(right: usize, all: usize) -> String {
    let (Ok(right), Ok(all)) = (u32::try_from(right), u32::try_from(all)) else { return String::new() };
    if all == 0 {
        return format!("{:>25}", "-");
    }
    let (n, p, z) = (f64::from(all), f64::from(right) / f64::from(all), 1.96_f64);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    format!("{right:>4}/{all:<4} {p:.3} [{:.3},{:.3}]", middle - half, middle + half)
}

fn main() -> Result<(), Box<dyn Error>> {
    let options: Vec<String> = std::env::args().skip(1).collect();
    let wanted = options.iter().position(|option| option == "-k").and_then(|at| options.get(at + 1));
    let listed = options.iter().any(|option| option == "-v").then(|| wanted.map_or("", String::as_str));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/quality/facts/documents.jsonl");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let documents: Vec<Document> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut groups: BTreeMap<String, (usize, BTreeMap<String, Count>)> = BTreeMap::new();
    for document in &documents {
        let name = format!("{}, {}", document.group, if document.held { "held back" } else { "used for tuning" });
        let (number, counts) = groups.entry(name).or_default();
        *number += 1;
        measure(document, counts, listed.filter(|_| !document.held));
    }
    for (name, (number, counts)) in groups {
        println!("\n{name}: {number} documents\n{:<13} {:<26} shown and right", "", "marked and found");
        for (kind, count) in counts {
            println!("{kind:<13} {} {}", share(count.found, count.marked), share(count.right, count.shown));
        }
    }
    Ok(())
}
