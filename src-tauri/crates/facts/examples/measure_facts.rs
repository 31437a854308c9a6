//! Measures the rules on the marked documents of `tests/quality/facts`: `cargo run --release -p facts --example
//! measure [-v] [-k KIND]`. Prints, for each group (real documents used for tuning, real ones held back, invented
//! ones) and each kind that is marked, how many facts were found and how many of those shown are right. `-v` lists
//! what was missed (-) and what was wrong (+), but never for documents that are held back.

use std::collections::BTreeMap;
use std::error::Error;

#[path = "../tests/marked/mod.rs"]
mod marked;

use marked::{Count, documents, measure};

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
    let documents = documents()?;
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
