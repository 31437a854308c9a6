//! A long text in parts: cut at its own seams, so that each can be read by itself.

use std::collections::VecDeque;

use crate::error::AssistantError;

/// The most tokens of text in one part: longer ones cost more for each token.
pub(crate) const PART_TOKENS: u32 = 2_000;

/// A stretch of the text. All parts together are the text, to the byte.
#[derive(Clone)]
pub(crate) struct Part<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its length.
    pub tokens: u32,
}

/// Cuts a text at its own seams, paragraphs before lines before sentences before words, into even parts of at most
/// `most` tokens; `count` says how many tokens each of some pieces has.
///
/// # Errors
/// Whatever `count` fails with.
pub(crate) fn cut<'a>(
    text: &'a str,
    most: u32,
    count: &mut dyn FnMut(Vec<String>) -> Result<Vec<u32>, AssistantError>,
) -> Result<Vec<Part<'a>>, AssistantError> {
    let mut pieces = Vec::new();
    let mut pending: VecDeque<(&str, usize)> = seams(text, 0).into_iter().map(|piece| (piece, 0)).collect();
    while !pending.is_empty() {
        // Counted in portions: one frame must not hold the whole of a very long text several times over.
        let portion: Vec<(&str, usize)> = pending.drain(..pending.len().min(4_096)).collect();
        let counts = count(portion.iter().map(|(piece, _)| (*piece).to_owned()).collect())?;
        let mut finer = Vec::new();
        for ((piece, level), tokens) in portion.into_iter().zip(counts) {
            let cut_further = tokens > most / 4 && level < FINEST;
            if cut_further {
                finer.extend(seams(piece, level + 1).into_iter().map(|piece| (piece, level + 1)));
            } else {
                pieces.push(Part { text: piece, tokens: tokens.max(1) });
            }
        }
        for piece in finer.into_iter().rev() {
            pending.push_front(piece);
        }
    }
    // Finer pieces were counted later than their neighbours: back into the order of the text.
    pieces.sort_by_key(|piece| piece.text.as_ptr());
    Ok(pack(text, &pieces, most))
}

/// Joins neighbouring pieces into as few parts as fit, about equally long.
fn pack<'a>(text: &'a str, pieces: &[Part<'a>], most: u32) -> Vec<Part<'a>> {
    let total: u64 = pieces.iter().map(|piece| u64::from(piece.tokens)).sum();
    let parts = total.div_ceil(u64::from(most)).max(1);
    let even = u32::try_from(total.div_ceil(parts)).unwrap_or(most);
    let mut packed = Vec::new();
    let (mut start, mut end, mut tokens) = (0, 0, 0);
    for piece in pieces {
        let full = tokens + piece.tokens > most || tokens >= even;
        if full && tokens > 0 {
            packed.push(Part { text: &text[start..end], tokens });
            (start, tokens) = (end, 0);
        }
        end += piece.text.len();
        tokens += piece.tokens;
    }
    packed.push(Part { text: &text[start..], tokens });
    packed
}

const FINEST: usize = 4;

/// Pieces of a text, cut after its seams of a level; together they are the text.
fn seams(text: &str, level: usize) -> Vec<&str> {
    let sentence =
        |c: char| matches!(c, '.' | '!' | '?' | '\u{3002}' | '\u{FF01}' | '\u{FF1F}' | '\u{61F}' | '\u{964}');
    match level {
        0 => text.split_inclusive("\n\n").collect(),
        1 => text.split_inclusive('\n').collect(),
        2 => text.split_inclusive(sentence).collect(),
        3 => text.split_inclusive(char::is_whitespace).collect(),
        // No seam at all (a very long word, a script without spaces): by characters.
        _ => by_characters(text, 200),
    }
}

fn by_characters(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, _)) = rest.char_indices().nth(most) {
        let (piece, tail) = rest.split_at(at);
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, level: usize, tokens: u32) -> Vec<Part<'_>> {
        seams(text, level).into_iter().map(|text| Part { text, tokens }).collect()
    }

    #[test]
    fn the_parts_together_are_the_text_to_the_byte() {
        let text = "One.\n\nTwo. Three!\nFour\u{3002}\u{4E94}\n\n\n\nSix".repeat(40);
        for level in 0..=FINEST {
            assert_eq!(seams(&text, level).concat(), text, "level {level}");
            for tokens in [1, 300, 500] {
                let packed = pack(&text, &pieces(&text, level, tokens), PART_TOKENS);
                let joined: String = packed.iter().map(|part| part.text).collect();
                assert_eq!(joined, text);
                assert!(packed.iter().all(|part| part.tokens <= PART_TOKENS));
            }
        }
    }

    #[test]
    fn parts_are_about_equally_long() {
        let text = "a.\n\n".repeat(42);
        let packed = pack(&text, &pieces(&text, 0, 100), PART_TOKENS);
        let sizes: Vec<u32> = packed.iter().map(|part| part.tokens).collect();
        assert_eq!(sizes, [1400, 1400, 1400]);
    }

    #[test]
    fn a_word_without_end_is_cut_at_characters() {
        let text = "\u{4E2D}".repeat(1000);
        assert_eq!(seams(&text, FINEST).len(), 5);
    }
}
