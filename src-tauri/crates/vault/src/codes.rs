//! Sign codes of vectors, in memory: one bit a dimension, whether it lies above the passages' mean. No SQL here, and nothing of a text.
//!
//! A search weighs each bit with the query's own number for that dimension ("asymmetric" comparison of binary codes: Gordo, Perronnin,
//! 'Asymmetric distances for binary embeddings', 2011), through a table of 256 sums a byte, and takes the best for a closer look at their
//! numbers of eight bits. The codes are loaded with the first search by vectors, and then follow what is added and removed.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::passages::PassageId;

/// The codes of each model that was searched, by the model's slot.
#[derive(Default)]
pub(crate) struct Cache(RefCell<HashMap<i64, Codes>>);

impl Cache {
    pub(crate) fn holds(&self, slot: i64) -> bool {
        self.0.borrow().contains_key(&slot)
    }

    pub(crate) fn put(&self, slot: i64, codes: Codes) {
        self.0.borrow_mut().insert(slot, codes);
    }

    /// Lets go of a model's codes; the next search loads them again.
    pub(crate) fn forget(&self, slot: i64) {
        self.0.borrow_mut().remove(&slot);
    }

    pub(crate) fn forget_document(&self, document: i64) {
        self.0.borrow_mut().values_mut().for_each(|codes| codes.retain(|_, its| its != document));
    }

    pub(crate) fn forget_passages(&self, passages: &[PassageId]) {
        let gone: HashSet<i64> = passages.iter().map(|passage| passage.0).collect();
        self.0.borrow_mut().values_mut().for_each(|codes| codes.retain(|passage, _| !gone.contains(&passage)));
    }

    /// Takes over codes that were written, in place of older ones of the same passages; nothing where the model was not searched yet.
    pub(crate) fn update(&self, slot: i64, written: &[Code]) {
        let mut all = self.0.borrow_mut();
        let Some(codes) = all.get_mut(&slot) else { return };
        let replaced: HashSet<i64> = written.iter().filter(|code| !code.is_new).map(|code| code.passage).collect();
        if !replaced.is_empty() {
            codes.retain(|passage, _| !replaced.contains(&passage));
        }
        for code in written {
            codes.push(code.passage, code.document, false, &code.bits);
        }
    }

    /// The direction in which the passages of a model differ most; empty where it is not known.
    pub(crate) fn main_direction(&self, slot: i64) -> Vec<f32> {
        self.0.borrow().get(&slot).map(|codes| codes.main_direction.clone()).unwrap_or_default()
    }

    /// The passages whose codes are nearest, `most` of each kind of mean; nothing where the model's codes are not loaded.
    pub(crate) fn nearest(&self, slot: i64, query: &Query, most: usize, admits: &dyn Fn(i64, i64) -> bool) -> Vec<i64> {
        self.0.borrow().get(&slot).map(|codes| codes.nearest(query, most, admits)).unwrap_or_default()
    }
}

/// A code that was written under the newest mean.
pub(crate) struct Code {
    pub(crate) passage: i64,
    pub(crate) document: i64,
    pub(crate) bits: Vec<u8>,
    /// Whether the passage had none before.
    pub(crate) is_new: bool,
}

/// All codes of one model.
pub(crate) struct Codes {
    /// Bytes of a code.
    width: usize,
    passages: Vec<i64>,
    documents: Vec<i64>,
    /// Whether a code is still under the mean before the newest.
    former: Vec<bool>,
    bits: Vec<u8>,
    /// The direction in which the passages differ most, of length 1; empty where that is not known.
    main_direction: Vec<f32>,
}

impl Codes {
    pub(crate) fn new(dimensions: usize, main_direction: Vec<f32>) -> Self {
        let width = dimensions.div_ceil(8).max(1);
        let (passages, documents, former, bits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { width, passages, documents, former, bits, main_direction }
    }

    /// Takes a code of the right width; another one is left out.
    pub(crate) fn push(&mut self, passage: i64, document: i64, former: bool, bits: &[u8]) {
        if bits.len() == self.width {
            self.passages.push(passage);
            self.documents.push(document);
            self.former.push(former);
            self.bits.extend_from_slice(bits);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.passages.len()
    }

    fn retain(&mut self, keeps: impl Fn(i64, i64) -> bool) {
        let kept: Vec<bool> =
            self.passages.iter().zip(&self.documents).map(|(&passage, &document)| keeps(passage, document)).collect();
        if kept.iter().all(|kept| *kept) {
            return;
        }
        keep(&mut self.passages, &kept);
        keep(&mut self.documents, &kept);
        keep(&mut self.former, &kept);
        let bits = self.bits.chunks_exact(self.width).zip(&kept).filter(|(_, kept)| **kept);
        self.bits = bits.flat_map(|(code, _)| code.iter().copied()).collect();
    }

    fn nearest(&self, query: &Query, most: usize, admits: &dyn Fn(i64, i64) -> bool) -> Vec<i64> {
        let mut best = [Best::new(most), Best::new(most)];
        let codes = self.bits.chunks_exact(self.width).zip(&self.former);
        for ((code, &former), (&passage, &document)) in codes.zip(self.passages.iter().zip(&self.documents)) {
            let [newest, before] = &mut best;
            let (table, best) = if former { (&query.former, before) } else { (&query.newest, newest) };
            let score = table.score(code);
            if best.wants(score) && admits(passage, document) {
                best.take(score, passage);
            }
        }
        best.into_iter().flat_map(Best::passages).collect()
    }
}

fn keep<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut each = kept.iter();
    list.retain(|_| each.next().copied().unwrap_or(false));
}

/// The best that were seen so far, the worst of them on top.
struct Best {
    most: usize,
    heap: BinaryHeap<Reverse<(i32, i64)>>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, heap: BinaryHeap::with_capacity(most.saturating_add(1).min(1 << 16)) }
    }

    fn wants(&self, score: i32) -> bool {
        self.heap.len() < self.most || self.heap.peek().is_some_and(|worst| score > worst.0.0)
    }

    fn take(&mut self, score: i32, passage: i64) {
        self.heap.push(Reverse((score, passage)));
        if self.heap.len() > self.most {
            self.heap.pop();
        }
    }

    fn passages(self) -> impl Iterator<Item = i64> {
        self.heap.into_iter().map(|entry| entry.0.1)
    }
}

/// A query, ready to be compared with codes under the newest mean and under the one before.
pub(crate) struct Query {
    newest: Table,
    former: Table,
}

impl Query {
    /// What the query has in `direction` does not count.
    pub(crate) fn new(query: &[f32], newest_mean: &[f32], former_mean: &[f32], direction: &[f32]) -> Self {
        let table = |mean| Table::new(query, mean, direction);
        Self { newest: table(newest_mean), former: table(former_mean) }
    }
}

/// For each byte of a code and each value of it, what its eight bits add to the score.
struct Table(Vec<[i16; 256]>);

impl Table {
    fn new(query: &[f32], mean: &[f32], direction: &[f32]) -> Self {
        let centred: Vec<f32> = query.iter().enumerate().map(|(at, number)| number - at_or_zero(mean, at)).collect();
        let centred = without(&centred, direction);
        let largest = centred.chunks(8).map(|eight| eight.iter().map(|number| number.abs()).sum()).fold(0.0, f32::max);
        // The largest sum of eight just fits.
        let step = if largest > 0.0 { 32_000.0 / largest } else { 0.0 };
        Self(centred.chunks(8).map(|eight| sums(eight, step)).collect())
    }

    fn score(&self, code: &[u8]) -> i32 {
        code.iter().zip(&self.0).map(|(&byte, sums)| i32::from(sums[usize::from(byte)])).sum()
    }
}

fn sums(eight: &[f32], step: f32) -> [i16; 256] {
    std::array::from_fn(|byte| {
        let signed = eight.iter().enumerate().map(|(bit, number)| if byte >> bit & 1 == 1 { *number } else { -number });
        to_i16(signed.sum::<f32>() * step)
    })
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from a float stops at the ends of the range")]
fn to_i16(number: f32) -> i16 {
    number.round() as i16
}

fn at_or_zero(numbers: &[f32], at: usize) -> f32 {
    numbers.get(at).copied().unwrap_or(0.0)
}

/// The vector with a length of 1; nothing where it has no length, or a number that is none.
pub(crate) fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    let length = vector.iter().map(|number| f64::from(*number).powi(2)).sum::<f64>().sqrt();
    #[expect(clippy::cast_possible_truncation, reason = "a number between -1 and 1")]
    let part = |number: &f32| (f64::from(*number) / length) as f32;
    (length.is_finite() && length > 0.0).then(|| vector.iter().map(part).collect())
}

/// The vector without what it has in a direction, which is of length 1 or empty.
pub(crate) fn without(vector: &[f32], direction: &[f32]) -> Vec<f32> {
    let part: f32 = vector.iter().zip(direction).map(|(a, b)| a * b).sum();
    vector.iter().enumerate().map(|(at, number)| number - part * at_or_zero(direction, at)).collect()
}

/// One bit a dimension: whether the vector lies above the mean there.
pub(crate) fn code(vector: &[f32], mean: &[f32]) -> Vec<u8> {
    let above = |(at, number): (usize, &f32)| *number > at_or_zero(mean, at);
    let signs: Vec<bool> = vector.iter().enumerate().map(above).collect();
    signs.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, &bit| byte << 1 | u8::from(bit))).collect()
}

/// Numbers of eight bits, and what each is to be multiplied with.
pub(crate) fn quantise(vector: &[f32]) -> (f32, Vec<u8>) {
    let scale = vector.iter().map(|number| number.abs()).fold(0.0, f32::max) / 127.0;
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float stops at the ends of the range")]
    let eight = |number: &f32| ((number / scale).round() as i8).to_le_bytes()[0];
    (scale, vector.iter().map(eight).collect())
}

/// The vector that [`quantise`] made smaller, nearly.
pub(crate) fn widen(scale: f32, numbers: &[u8]) -> Vec<f32> {
    numbers.iter().map(|byte| f32::from(i8::from_le_bytes([*byte])) * scale).collect()
}

/// How near a query is to what [`quantise`] made smaller: the cosine, where both have a length of 1.
pub(crate) fn similarity(query: &[f32], scale: f32, numbers: &[u8]) -> f32 {
    let sum: f32 = query.iter().zip(numbers).map(|(a, byte)| a * f32::from(i8::from_le_bytes([*byte]))).sum();
    sum * scale
}

/// Little-endian, four bytes a number.
pub(crate) fn to_bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The numbers of [`to_bytes`].
pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_bit_for_each_dimension_above_the_mean() {
        assert_eq!(code(&[1.0, -1.0, 0.5], &[]), [0b101]);
        assert_eq!(code(&[1.0, -1.0, 0.5], &[2.0, -2.0]), [0b110]);
        assert_eq!(code(&[1.0; 9], &[]), [255, 1]);
    }

    #[test]
    fn numbers_of_eight_bits_are_nearly_the_vector() {
        let vector = unit(&[3.0, -4.0, 0.01]).unwrap();
        let (scale, numbers) = quantise(&vector);
        for (a, b) in vector.iter().zip(widen(scale, &numbers)) {
            assert!((a - b).abs() < 0.004, "{a} {b}");
        }
        assert!((similarity(&vector, scale, &numbers) - 1.0).abs() < 0.01);
        assert_eq!(from_bytes(&to_bytes(&vector)), vector);
    }

    #[test]
    fn a_vector_without_length_or_with_what_is_no_number_is_refused() {
        assert!(unit(&[0.0, 0.0]).is_none() && unit(&[]).is_none());
        assert!(unit(&[f32::NAN, 1.0]).is_none() && unit(&[f32::INFINITY]).is_none());
        assert_eq!(unit(&[f32::MAX, 0.0]).unwrap(), [1.0, 0.0]);
    }

    #[test]
    fn the_score_is_the_query_weighed_with_the_signs() {
        let query = [0.5, -0.25, 0.125, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0];
        let table = Table::new(&query, &[], &[]);
        // 0b101 and 1: 0.5 + 0.25 + 0.125 - 1 of a largest sum of 1, in steps of 1 / 32,000.
        assert_eq!(table.score(&[0b101, 1]), -4_000);
        assert_eq!(Table::new(&[1.0], &[1.0], &[]).score(&[1]), 0);
    }

    #[test]
    fn what_a_vector_has_in_a_direction_can_be_taken_out() {
        assert_eq!(without(&[3.0, 4.0], &[0.0, 1.0]), [3.0, 0.0]);
        assert_eq!(without(&[3.0, 4.0], &[]), [3.0, 4.0]);
        assert_eq!(Table::new(&[1.0, 2.0], &[0.5, 0.0], &[0.0, 1.0]).score(&[0b11]), 32_000);
    }

    #[test]
    fn codes_follow_what_is_added_replaced_and_removed() {
        let cache = Cache::default();
        let mut codes = Codes::new(8, Vec::new());
        codes.push(1, 10, false, &[0b1111_1111]);
        codes.push(2, 20, true, &[0b1111_1110]);
        codes.push(3, 20, false, &[0, 0]);
        assert_eq!(codes.len(), 2);
        cache.put(0, codes);
        let query = Query::new(&[1.0; 8], &[], &[], &[]);
        let near = |most: usize| {
            let mut found = cache.nearest(0, &query, most, &|_, document| document != 30);
            found.sort_unstable();
            found
        };
        assert_eq!(near(1), [1, 2], "one under each mean");
        cache.update(0, &[Code { passage: 2, document: 20, bits: vec![0], is_new: false }]);
        cache.update(0, &[Code { passage: 4, document: 30, bits: vec![255], is_new: true }]);
        assert_eq!((near(1), near(9)), (vec![1], vec![1, 2]));
        cache.forget_document(10);
        assert_eq!(near(9), [2]);
        cache.forget_passages(&[PassageId(2)]);
        assert!(near(9).is_empty() && cache.holds(0));
        cache.forget(0);
        assert!(!cache.holds(0));
    }
}
