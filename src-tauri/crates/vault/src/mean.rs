//! The passages' mean under each model, in the table `vector_models`: without it most vectors of some models have the same signs. And the
//! direction in which they differ most, which is not kept.
//!
//! It is taken from a sample, again each time there are ten times as many vectors. Codes under the mean before are rewritten in steps; until
//! then a search compares each code under its own mean.

use rusqlite::{Connection, params};

use crate::codes::{self, Code};
use crate::error::Result;
use crate::vectors::Model;

/// The first mean is taken of this many; with fewer a search looks at nearly all of them closely anyway.
const FIRST: i64 = 256;
const GROWTH: i64 = 10;
/// Vectors that a mean is taken of, at most.
const SAMPLE: i64 = 2_000;
/// Vectors that the direction is taken of, at most, and steps towards it.
const DIRECTION_SAMPLE: i64 = 1_000;
const STEPS: usize = 30;
/// Codes that are rewritten in one transaction.
const RECODED_AT_ONCE: i64 = 1_000;

/// Takes a new mean where it is time to; whether it did.
pub(crate) fn renew(store: &Connection, model: &Model) -> Result<bool> {
    let recoding: bool = store
        .prepare_cached("SELECT recoded_to IS NOT NULL FROM vector_models WHERE slot = ?1")?
        .query_row([model.slot], |row| row.get(0))?;
    if recoding || model.vectors < FIRST.max(model.mean_of.saturating_mul(GROWTH)) {
        return Ok(false);
    }
    let mean = sampled(store, model)?;
    let sql = "UPDATE vector_models SET former_mean = mean, mean = ?2, mean_version = mean_version + 1, mean_of = vectors, recoded_to = 0
               WHERE slot = ?1";
    store.prepare_cached(sql)?.execute(params![model.slot, codes::to_bytes(&mean)])?;
    tracing::info!(of = model.vectors, "the passages' mean is taken again");
    Ok(true)
}

/// The direction in which the vectors differ most, of length 1: their first principal component, by the power method. Nothing where there
/// are too few to tell. In a library of several languages it is, for the most part, that of the language.
pub(crate) fn main_direction(store: &Connection, model: &Model) -> Result<Vec<f32>> {
    if model.vectors < FIRST {
        return Ok(Vec::new());
    }
    let vectors = some_vectors(store, model, DIRECTION_SAMPLE)?;
    let mean = mean_of(&vectors, model);
    let centred: Vec<Vec<f32>> =
        vectors.iter().map(|vector| vector.iter().zip(&mean).map(|(number, mean)| number - mean).collect()).collect();
    let Some(mut direction) = centred.first().and_then(|vector| codes::unit(vector)) else { return Ok(Vec::new()) };
    for _ in 0..STEPS {
        let mut next = vec![0.0_f32; direction.len()];
        for vector in &centred {
            let part: f32 = vector.iter().zip(&direction).map(|(a, b)| a * b).sum();
            next.iter_mut().zip(vector).for_each(|(sum, number)| *sum += part * number);
        }
        let Some(next) = codes::unit(&next) else { return Ok(Vec::new()) };
        direction = next;
    }
    Ok(direction)
}

/// The mean of vectors that stand apart evenly.
fn sampled(store: &Connection, model: &Model) -> Result<Vec<f32>> {
    Ok(mean_of(&some_vectors(store, model, SAMPLE)?, model))
}

fn mean_of(vectors: &[Vec<f32>], model: &Model) -> Vec<f32> {
    let mut sums = vec![0.0_f64; usize::try_from(model.dimensions).unwrap_or(0)];
    let mut count = 0.0_f64;
    for vector in vectors {
        sums.iter_mut().zip(vector).for_each(|(sum, number)| *sum += f64::from(*number));
        count += 1.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a number between -1 and 1")]
    let mean = |sum: f64| (sum / count.max(1.0)) as f32;
    sums.into_iter().map(mean).collect()
}

/// Vectors that stand apart evenly.
fn some_vectors(store: &Connection, model: &Model, most: i64) -> Result<Vec<Vec<f32>>> {
    let ends = "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM vector_rows";
    let (first, last): (i64, i64) = store.prepare_cached(ends)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let steps = most.min(model.vectors.max(1));
    let sql = "SELECT id, scale, numbers FROM vector_rows WHERE id >= ?1 AND id & 3 = ?2 ORDER BY id LIMIT 1";
    let mut statement = store.prepare_cached(sql)?;
    let (mut vectors, mut seen) = (Vec::new(), i64::MIN);
    for step in 0..steps {
        let from = first + (last - first) / steps * step;
        let mut rows = statement.query([from.max(seen.saturating_add(1)), model.slot])?;
        let Some(row) = rows.next()? else { break };
        seen = row.get(0)?;
        vectors.push(codes::widen(row.get(1)?, row.get_ref(2)?.as_blob()?));
    }
    Ok(vectors)
}

/// Rewrites some codes under the newest mean, and gives them.
pub(crate) fn recode(store: &Connection, model: &Model) -> Result<Vec<Code>> {
    let Some(from) = model.recoded_to else { return Ok(Vec::new()) };
    let sql = "SELECT c.id, p.document_id, r.scale, r.numbers
               FROM vector_codes c CROSS JOIN vector_rows r ON r.id = c.id CROSS JOIN passages p ON p.id = c.id >> 2
               WHERE c.id > ?1 AND c.id & 3 = ?2 AND c.mean_version <> ?3 ORDER BY c.id LIMIT ?4";
    let mut statement = store.prepare_cached(sql)?;
    let mut rows = statement.query([from, model.slot, model.mean_version, RECODED_AT_ONCE])?;
    let (mut written, mut last) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let vector = codes::widen(row.get(2)?, row.get_ref(3)?.as_blob()?);
        let bits = codes::code(&vector, &model.mean);
        written.push(Code { passage: id >> 2, document: row.get(1)?, bits, is_new: false });
        last = Some(id);
    }
    drop(rows);
    let sql = "UPDATE vector_codes SET mean_version = ?2, code = ?3 WHERE id = ?1";
    for code in &written {
        let id = (code.passage << 2) + model.slot;
        store.prepare_cached(sql)?.execute(params![id, model.mean_version, code.bits])?;
    }
    store
        .prepare_cached("UPDATE vector_models SET recoded_to = ?2 WHERE slot = ?1")?
        .execute(params![model.slot, last])?;
    Ok(written)
}
