//! How many of the ten nearest passages the search by meaning finds: `recall_passages VECTORS QUERIES [DIMENSIONS]`.
//!
//! Both files hold real vectors, made by an embedding model (the assistant's example `embed`; `tests/bench/passages.sh` runs it): numbers of
//! four bytes, little-endian, 384 to a vector if nothing else is said. The vectors become passages of a vault in the folder for temporary
//! files; each query is then asked of the vault, by meaning alone, and compared with all vectors at their full precision, without the
//! direction that the vault does not count. A passage that is found counts where it is as near as the tenth of
//! the exact list, so that equal ones do no harm.

use std::error::Error;
use std::fs;
use std::path::Path;

use vault::{Filter, Key, NewDocument, NewPage, NewPassage, PassageId, PassageQuery, Vault, VectorModel};

const NEAREST: usize = 10;
/// Passages that are added at once.
const AT_ONCE: usize = 1_000;
/// What two products may differ by and still be the same.
const SAME: f32 = 1e-6;

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: recall_passages VECTORS QUERIES [DIMENSIONS]";
    let mut arguments = std::env::args().skip(1);
    let (vectors, queries) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let dimensions = arguments.next().map_or(Ok(384), |number| number.parse())?;
    let (vectors, queries) = (read(&vectors, dimensions)?, read(&queries, dimensions)?);
    let home = std::env::temp_dir().join("tacit-recall-passages");
    let measured = measure(&Vault::folder(&home, "recall"), &vectors, &queries);
    fs::remove_dir_all(&home)?;
    measured
}

/// The vectors of a file, each with a length of 1.
fn read(file: &str, dimensions: usize) -> Result<Vec<Vec<f32>>, Box<dyn Error>> {
    let bytes = fs::read(file)?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    if dimensions == 0 || !rest.is_empty() || !numbers.len().is_multiple_of(dimensions) {
        return Err(format!("{file} does not hold vectors of {dimensions} numbers").into());
    }
    let unit = |vector: &[f32]| {
        let length = dot(vector, vector).sqrt();
        vector.iter().map(|number| number / length).collect()
    };
    Ok(numbers.chunks_exact(dimensions).map(unit).collect())
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn measure(dir: &Path, vectors: &[Vec<f32>], queries: &[Vec<f32>]) -> Result<(), Box<dyn Error>> {
    let model =
        VectorModel { name: "recall".to_owned(), dimensions: u32::try_from(vectors.first().map_or(0, Vec::len))? };
    let vault = Vault::create(dir, &Key::Passphrase("a passphrase for a measurement".into()))?;
    vault.use_vector_model(&model)?;
    let passages = fill(&vault, &model, vectors)?;
    while vault.tidy_library()? {}
    let direction = vault.main_direction(&model)?;
    let (mut found, mut sought, mut whole) = (0, 0, 0);
    for query in queries {
        let part = dot(query, &direction);
        let along = direction.iter().chain(std::iter::repeat(&0.0));
        let asked: Vec<f32> = query.iter().zip(along).map(|(number, along)| number - part * along).collect();
        let near = exact(vectors, &asked);
        let farthest = near.last().copied().unwrap_or(f32::MAX) - SAME;
        let hits = search(&vault, &model, query)?;
        let place = |hit: &PassageId| passages.binary_search(hit).ok();
        let right = hits.iter().filter_map(place).filter(|at| dot(&vectors[*at], &asked) >= farthest).count();
        found += right;
        sought += near.len();
        whole += usize::from(right == near.len());
    }
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let recall = found as f64 / sought.max(1) as f64;
    println!(
        "{} vectors, {} queries: recall@{NEAREST} {recall:.4}, all ten found for {whole}",
        vectors.len(),
        queries.len()
    );
    Ok(vault.close()?)
}

/// The products with the nearest vectors, nearest first.
fn exact(vectors: &[Vec<f32>], query: &[f32]) -> Vec<f32> {
    let mut cosines: Vec<f32> = vectors.iter().map(|vector| dot(vector, query)).collect();
    cosines.sort_unstable_by(|a, b| b.total_cmp(a));
    cosines.truncate(NEAREST);
    cosines
}

fn search(vault: &Vault, model: &VectorModel, query: &[f32]) -> Result<Vec<PassageId>, Box<dyn Error>> {
    let filter = Filter::default();
    let query =
        PassageQuery { words: None, vector: Some((model, query)), phrases: &[], filter: &filter, limit: NEAREST };
    Ok(vault.search_passages(&query)?.into_iter().map(|hit| hit.passage.id).collect())
}

/// Passages with these vectors, their numbers in the same order.
fn fill(vault: &Vault, model: &VectorModel, vectors: &[Vec<f32>]) -> Result<Vec<PassageId>, Box<dyn Error>> {
    let new = NewDocument {
        name: "recall",
        kind: "txt",
        origin: None,
        bytes: 0,
        sha256: [0; 32],
        modified_at: None,
        keeps_original: false,
    };
    let document = vault.add_document(&new, &[])?.document();
    let mut all = Vec::new();
    for (number, some) in (0..).zip(vectors.chunks(AT_ONCE)) {
        let text = "x".repeat(some.len());
        let page = NewPage { number, label: "", width: 0.0, height: 0.0, ocr: false, text: &text, layout: &[] };
        let spans = (0..some.len()).map(|at| NewPassage { span: at..at + 1, heading: "", tokens: 1 });
        let passages = vault.put_page(document, &page, &spans.collect::<Vec<_>>())?;
        let with_vectors: Vec<_> = passages.iter().copied().zip(some.iter().cloned()).collect();
        vault.put_vectors(model, &with_vectors)?;
        all.extend(passages);
    }
    vault.finish_document(document)?;
    Ok(all)
}
