//! Which characters may be other ones: those that Tesseract itself doubts, and the digits that another reading sees differently.
//!
//! No dictionary knows a number, and Tesseract is often sure of a wrong digit. So each line that holds one is read twice again, smaller
//! and larger and by itself, where other pixels decide; a number is certain only if all three readings have each of its digits in the
//! same place. One doubtful digit makes all of its word doubtful: where one stroke was lost others were too.
//!
//! Most wrong digits came from the picture, not from the reading: see [`super::paper`].

use std::time::Instant;

use super::left;
use super::prepare::Prepared;
use super::tesseract::{Area, Engine, Layout, RawWord, Symbol};

/// A character that Tesseract is less sure of than this is marked.
const SURE: f32 = 85.0;
/// Digits of a word that Tesseract is less sure of than this are marked.
const SURE_OF_WORD: f32 = 80.0;
/// The sizes of the other readings.
const SIZES: [f32; 2] = [0.8, 1.25];
/// So much of a line's height is read around it.
const AROUND: i32 = 4;

/// Marks in each word the characters that may be other ones.
pub fn mark(engine: &mut Engine, prepared: &Prepared, words: &mut [RawWord], until: Instant) {
    for word in words.iter_mut() {
        let doubted = word.confidence < SURE_OF_WORD;
        for symbol in &mut word.symbols {
            symbol.unsure = symbol.confidence < SURE || (doubted && is_number(&symbol.text));
        }
        mark_among_letters(&mut word.symbols);
    }
    for line in words.chunk_by_mut(|_, next| !next.begins_line) {
        if line.iter().any(|word| word.symbols.iter().any(|symbol| is_number(&symbol.text))) {
            for size in SIZES {
                let again = read_again(engine, prepared, line, size, until);
                mark_differences(line, &again);
            }
        }
    }
    for word in words {
        mark_whole_numbers(&mut word.symbols);
    }
}

/// Marks all digits of a word of which one is marked.
fn mark_whole_numbers(symbols: &mut [Symbol]) {
    if symbols.iter().any(|symbol| symbol.unsure && is_number(&symbol.text)) {
        symbols.iter_mut().filter(|symbol| is_number(&symbol.text)).for_each(|symbol| symbol.unsure = true);
    }
}

/// Marks digits beside small letters: `1s` for `is`, `l0th`; there are few true ones (`15mm`).
fn mark_among_letters(symbols: &mut [Symbol]) {
    let small: Vec<bool> = symbols.iter().map(|symbol| symbol.text.chars().all(char::is_lowercase)).collect();
    for (at, symbol) in symbols.iter_mut().enumerate().filter(|(_, symbol)| is_number(&symbol.text)) {
        let before = at.checked_sub(1).and_then(|before| small.get(before));
        symbol.unsure |= before.is_some_and(|small| *small) || small.get(at + 1).is_some_and(|small| *small);
    }
}

fn is_number(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// A line's characters, read once more; nothing where that fails, and then every digit is marked.
fn read_again(engine: &mut Engine, prepared: &Prepared, line: &[RawWord], size: f32, until: Instant) -> Vec<String> {
    let around = line.iter().map(|word| word.area).reduce(Area::and).unwrap_or_default();
    let margin = (around.bottom - around.top) / AROUND;
    let (width, height) = (around.right - around.left + 2 * margin, around.bottom - around.top + 2 * margin);
    let part = prepared.picture.part(around.left - margin, around.top - margin, width, height);
    let Some(mut part) = part.and_then(|part| part.scaled(size)) else { return Vec::new() };
    let words = engine.read(&mut part, prepared.whole_dots_per_inch(), Layout::Line, left(until)).unwrap_or_default();
    words.into_iter().flat_map(|word| word.symbols).map(|symbol| symbol.text).collect()
}

/// Marks the digits of a line that have no like in the other reading, and those beside which the other has more.
fn mark_differences(line: &mut [RawWord], again: &[String]) {
    let first: Vec<String> = line.iter().flat_map(|word| &word.symbols).map(|symbol| symbol.text.clone()).collect();
    let pairs = likes(&first, again);
    let mut symbols: Vec<_> = line.iter_mut().flat_map(|word| &mut word.symbols).collect();
    let (mut next, mut without) = (0, 0);
    for (at, pair) in pairs.iter().enumerate() {
        if let Some(like) = pair {
            // More stands between this character and the last that is alike than in the first reading.
            let skipped = again.get(next..*like).unwrap_or_default();
            if skipped.len() > without && skipped.iter().any(|text| is_number(text)) {
                mark_beside(&mut symbols, at);
            }
            (next, without) = (like + 1, 0);
        } else {
            mark_number(&mut symbols, at);
            without += 1;
        }
    }
    let rest = again.get(next..).unwrap_or_default();
    if rest.iter().any(|text| is_number(text)) {
        mark_beside(&mut symbols, pairs.len());
    }
}

/// Marks the digits on both sides of a place where another reading has more of them; where there are none, whatever stands there.
fn mark_beside(symbols: &mut [&mut Symbol], at: usize) {
    let beside = symbols.get_mut(at.saturating_sub(1)..).unwrap_or_default();
    let mut beside: Vec<_> = beside.iter_mut().take(if at == 0 { 1 } else { 2 }).collect();
    let no_number = !beside.iter().any(|symbol| is_number(&symbol.text));
    beside.iter_mut().filter(|symbol| no_number || is_number(&symbol.text)).for_each(|symbol| symbol.unsure = true);
}

fn mark_number(symbols: &mut [&mut Symbol], at: usize) {
    if let Some(symbol) = symbols.get_mut(at).filter(|symbol| is_number(&symbol.text)) {
        symbol.unsure = true;
    }
}

/// For each of the first its like in the second, in the longest common subsequence of both.
fn likes(first: &[String], second: &[String]) -> Vec<Option<usize>> {
    let mut lengths = vec![vec![0_u32; second.len() + 1]; first.len() + 1];
    let at = |lengths: &[Vec<u32>], i: usize, j: usize| lengths.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, own) in first.iter().enumerate().rev() {
        for (j, other) in second.iter().enumerate().rev() {
            let length = if own == other {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(place) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *place = length;
            }
        }
    }
    let mut j = 0;
    let mut likes = Vec::with_capacity(first.len());
    for (i, own) in first.iter().enumerate() {
        while j < second.len() && second.get(j) != Some(own) && at(&lengths, i, j + 1) > at(&lengths, i + 1, j) {
            j += 1;
        }
        let like = second.get(j) == Some(own) && at(&lengths, i, j) == at(&lengths, i + 1, j + 1) + 1;
        likes.push(like.then_some(j));
        j += usize::from(like);
    }
    likes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> RawWord {
        let symbol = |c: char| Symbol { text: c.to_string(), confidence: 99.0, unsure: false };
        RawWord { symbols: text.chars().map(symbol).collect(), confidence: 99.0, ..RawWord::default() }
    }

    fn marked(first: &[&str], again: &str) -> String {
        let mut line: Vec<RawWord> = first.iter().map(|text| word(text)).collect();
        mark_differences(&mut line, &again.chars().map(String::from).collect::<Vec<_>>());
        let symbols = line.iter().flat_map(|word| &word.symbols);
        symbols.map(|symbol| if symbol.unsure { "?" } else { symbol.text.as_str() }).collect()
    }

    #[test]
    fn digits_that_two_readings_share_are_certain() {
        assert_eq!(marked(&["Total", "1,234.50"], "Total1,234.50"), "Total1,234.50");
        assert_eq!(marked(&["Tota1", "12"], "Total12"), "Tota?12");
    }

    #[test]
    fn a_digit_that_the_other_reading_sees_differently_is_marked() {
        assert_eq!(marked(&["1,234.50"], "1,284.50"), "1,2?4.50");
        assert_eq!(marked(&["7"], ""), "?");
        assert_eq!(marked(&["10"], "1O"), "1?");
    }

    #[test]
    fn a_digit_beside_a_small_letter_is_marked() {
        let mut symbols = [word("1s"), word("A4"), word("15mm")].map(|word| word.symbols);
        for symbols in &mut symbols {
            mark_among_letters(symbols);
        }
        let unsure = symbols.map(|symbols| symbols.iter().map(|symbol| symbol.unsure).collect::<Vec<_>>());
        assert_eq!(unsure, [vec![true, false], vec![false, false], vec![false, true, false, false]]);
    }

    #[test]
    fn the_neighbours_of_a_digit_that_only_the_other_reading_sees_are_marked() {
        assert_eq!(marked(&["12"], "132"), "??");
        assert_eq!(marked(&["12"], "123"), "1?");
        assert_eq!(marked(&["ab12"], "ab312"), "ab?2");
    }

    #[test]
    fn a_digit_that_only_the_other_reading_sees_among_letters_marks_them() {
        assert_eq!(marked(&["and", "tablets"], "and0tablets"), "an??ablets");
        assert_eq!(marked(&["and"], "and0"), "an?");
        assert_eq!(marked(&["and"], "0and"), "?nd");
        assert_eq!(marked(&[], "0"), "");
    }

    #[test]
    fn one_doubtful_digit_makes_all_of_its_word_doubtful() {
        let mut symbols = word("No.1,2").symbols;
        symbols[5].unsure = true;
        mark_whole_numbers(&mut symbols);
        let unsure: Vec<bool> = symbols.iter().map(|symbol| symbol.unsure).collect();
        assert_eq!(unsure, [false, false, false, true, false, true]);
        let mut symbols = word("ab12").symbols;
        symbols[0].unsure = true;
        mark_whole_numbers(&mut symbols);
        assert!(!symbols[2].unsure);
    }
}
