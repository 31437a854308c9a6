//! Quotations: where they stand in an answer, and whether a passage has them letter by letter.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::{is_apostrophe, is_unspaced};

const PAIRS: [(char, char); 6] = [('“', '”'), ('«', '»'), ('„', '“'), ('「', '」'), ('『', '』'), ('"', '"')];
/// A longer stretch (in characters) between two marks is rather a mark that was never closed.
const LONGEST: usize = 2_000;

fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

/// The bytes between quotation marks, without the marks and the white space inside them, in order; Markdown's block
/// quotations too. Of nested quotations the outer one is given.
#[must_use]
pub fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (start, c) in text.char_indices() {
        if start < skip_to {
            continue;
        }
        let inside = start + c.len_utf8();
        let rest = text.get(inside..).unwrap_or_default();
        let length = if c == '>' && begins_line(text, start) {
            Some(rest.find('\n').unwrap_or(rest.len()))
        } else {
            PAIRS.iter().find(|pair| pair.0 == c).and_then(|pair| {
                let closing = rest.char_indices().take(LONGEST).find(|&(_, c)| c == pair.1);
                closing.map(|(length, _)| length)
            })
        };
        let Some(length) = length else { continue };
        let piece = rest.get(..length).unwrap_or_default();
        let from = inside + (piece.len() - piece.trim_start().len());
        if piece.chars().any(char::is_alphanumeric) {
            found.push(from..from + piece.trim().len());
        }
        skip_to = inside + length + 1;
    }
    found
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{AD}' | '\u{2}')
}

/// A character of the compared form and the bytes of the text that it comes from.
type Letter = (char, Range<usize>);

/// The form that is compared: NFKC; one shape of apostrophes and of quotation marks; white space as one space; no
/// soft hyphens and joiners; and a word that is hyphenated at a line's end either joined or with its hyphen, as
/// `keep` says.
fn form(text: &str, keep: bool) -> Vec<Letter> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut letters: Vec<Letter> = Vec::with_capacity(chars.len());
    let mut index = 0;
    while let Some(&(start, c)) = chars.get(index) {
        let mut end_index = index + 1;
        // A letter and its combining marks are composed together.
        while chars.get(end_index).is_some_and(|&(_, mark)| unicode_normalization::char::is_combining_mark(mark)) {
            end_index += 1;
        }
        let end = chars.get(end_index).map_or(text.len(), |&(at, _)| at);
        if is_hyphen(c) {
            let blank = chars.iter().skip(index + 1).take_while(|&&(_, c)| c.is_whitespace()).count();
            let broken = chars.iter().skip(index + 1).take(blank).any(|&(_, c)| c == '\n');
            let inside_word = letters.last().is_some_and(|(last, _)| last.is_alphabetic())
                && chars.get(index + 1 + blank).is_some_and(|&(_, next)| next.is_lowercase());
            if broken && inside_word {
                if keep && c != '\u{AD}' {
                    letters.push(('-', start..end));
                }
                index += 1 + blank;
                continue;
            }
        }
        index = end_index;
        let cluster = text.get(start..end).unwrap_or_default();
        for c in cluster.nfkc() {
            push(&mut letters, c, start..end);
        }
    }
    letters
}

fn push(letters: &mut Vec<Letter>, c: char, bytes: Range<usize>) {
    let c = match c {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => return,
        c if is_apostrophe(c) || matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚') => {
            '\''
        }
        '\u{2010}' | '\u{2011}' | '\u{2}' => '-',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    };
    if c == ' ' && letters.last().is_some_and(|(last, _)| *last == ' ') {
        if let Some((_, last)) = letters.last_mut() {
            last.end = bytes.end;
        }
        return;
    }
    letters.push((c, bytes));
}

fn trimmed(letters: &[Letter]) -> &[Letter] {
    let is_blank = |letter: &&Letter| letter.0 == ' ';
    let front = letters.iter().take_while(is_blank).count();
    let back = letters.iter().skip(front).rev().take_while(is_blank).count();
    letters.get(front..letters.len() - back).unwrap_or_default()
}

/// Where a passage has a quotation letter by letter, in bytes of the passage, or `None`. Tolerated are only other
/// white space, soft hyphens, a word's break at a line's end, other shapes of quotation marks and apostrophes, and
/// compatibility forms (ligatures, full width). Words are found whole: 'paid' is not quoted from 'unpaid'. A
/// quotation without letters and digits is nowhere.
#[must_use]
pub fn verbatim(quote: &str, passage: &str) -> Option<Range<usize>> {
    if !quote.chars().any(char::is_alphanumeric) {
        return None;
    }
    [false, true].iter().find_map(|&keep| {
        let wanted: Vec<Letter> = form(quote, keep);
        let wanted = trimmed(&wanted);
        find(wanted, &form(passage, keep))
    })
}

fn find(wanted: &[Letter], letters: &[Letter]) -> Option<Range<usize>> {
    let spaced = |letter: Option<&Letter>| letter.is_some_and(|(c, _)| c.is_alphanumeric() && !is_unspaced(*c));
    let joins = |a, b| spaced(a) && spaced(b);
    let at = letters.windows(wanted.len().max(1)).enumerate().position(|(start, window)| {
        window.iter().zip(wanted).all(|(a, b)| a.0 == b.0)
            && !joins(start.checked_sub(1).and_then(|before| letters.get(before)), window.first())
            && !joins(window.last(), letters.get(start + window.len()))
    })?;
    let (first, last) = (letters.get(at)?, letters.get(at + wanted.len().checked_sub(1)?)?);
    Some(first.1.start..last.1.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_without_their_marks() {
        let text = "He wrote “the rent is due” and « le loyer » and \"no\".\n> a block\nEnd";
        let found: Vec<&str> = quotes(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["the rent is due", "le loyer", "no", "a block"]);
        assert_eq!(quotes("an open “ mark, and 5\" wide"), []);
    }

    #[test]
    fn only_the_tolerated_differences_are_tolerated() {
        let passage = "The tenant’s  “ﬁnal” pay\u{AD}ment is over-\ndue, and the self-\nservice is closed.";
        for quote in
            ["tenant's \"final\" payment is overdue", "payment is over-due", "the self-service is", "  final  "]
        {
            let span = verbatim(quote, passage);
            assert!(span.is_some(), "{quote}");
            assert!(passage.get(span.unwrap()).is_some());
        }
        for quote in ["The tenants final", "payment was overdue", "he tenant", "Tenant’s", "", "…", "final payment"]
        {
            assert_eq!(verbatim(quote, passage), None, "{quote}");
        }
    }

    #[test]
    fn accents_digits_and_case_are_letters() {
        assert_eq!(verbatim("1 250", "1 520"), None);
        assert_eq!(verbatim("delai", "délai"), None);
        assert_eq!(verbatim("de\u{301}lai", "un délai"), Some(3..9));
        assert_eq!(verbatim("十万円", "家賃は十万円です"), Some(9..18));
    }
}
