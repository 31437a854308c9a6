//! A page's text as tokens: words, numbers and marks with their places and the spelling in which they are compared.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::Language;

/// A longer word or number is no part of any fact; it keeps its place and loses its spelling, so that hostile text
/// costs what its length costs.
const LONGEST: usize = 120;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Decimal digits of one script or several, nothing between them.
    Number,
    Mark,
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    Nothing,
    Space,
    Line,
    Paragraph,
}

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub span: Range<usize>,
    pub kind: Kind,
    /// Lower case, no accents, ASCII digits, one hyphen and one apostrophe; empty if the token is too long.
    pub fold: String,
    pub capital: bool,
    /// No small letter in it.
    pub upper: bool,
    pub gap: Gap,
}

/// The text and its tokens, and how it is read.
pub(crate) struct Page<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub language: Language,
    pub order: crate::dates::Order,
    /// Commands of a shell stand in it, where '$1' is no dollar.
    pub has_commands: bool,
}

impl<'a> Page<'a> {
    pub(crate) fn new(text: &'a str, hint: Language) -> Self {
        let tokens = tokens(text);
        let language = if hint == Language::Unknown { crate::language::guess(&tokens) } else { hint };
        let order = crate::dates::order(&tokens, language);
        let has_commands = ["${", "$(", "$@", "$?", "$#", "\"$", "#!/"].iter().any(|sign| text.contains(sign));
        Self { text, tokens, language, order, has_commands }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(crate) fn before(&self, at: usize, back: usize) -> Option<&Token> {
        at.checked_sub(back).and_then(|index| self.tokens.get(index))
    }

    /// The folded word, or nothing where another kind of token stands.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.get(at).filter(|token| token.kind == Kind::Word).map_or("", |token| token.fold.as_str())
    }

    /// The digits of a number, or nothing.
    pub(crate) fn digits(&self, at: usize) -> &str {
        self.get(at).filter(|token| token.kind == Kind::Number).map_or("", |token| token.fold.as_str())
    }

    /// A number of at most nine digits.
    pub(crate) fn small(&self, at: usize) -> Option<u32> {
        Some(self.digits(at)).filter(|digits| digits.len() < 10).and_then(|digits| digits.parse().ok())
    }

    pub(crate) fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Mark && token.fold == mark)
    }

    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.get(at).map_or(Gap::Paragraph, |token| token.gap)
    }

    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.gap(at) == Gap::Nothing
    }

    /// In the same paragraph as the token before it.
    pub(crate) fn is_near(&self, at: usize) -> bool {
        self.gap(at) < Gap::Paragraph
    }

    /// The index after the words of `phrase` (folded, in a row), if they stand at `at`.
    pub(crate) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for part in phrase.split(' ') {
            let token = self.get(next)?;
            if token.fold != part || next > at && token.gap == Gap::Paragraph {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The longest of several phrases that stands at `at`.
    pub(crate) fn longest(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let first = self.get(at).map(|token| token.fold.as_str()).filter(|fold| !fold.is_empty())?;
        // Most words begin no phrase; the rest is looked at only where the first word is the same.
        let begins =
            |phrase: &&&str| phrase.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        phrases.iter().filter(begins).filter_map(|phrase| self.phrase(at, phrase)).max()
    }

    /// A token as it stands.
    pub(crate) fn raw(&self, at: usize) -> &'a str {
        self.get(at).and_then(|token| self.text.get(token.span.clone())).unwrap_or_default()
    }

    /// The text of tokens with single spaces, words that a hyphen cut at the end of a line joined.
    pub(crate) fn joined(&self, range: Range<usize>) -> String {
        let mut shown = String::new();
        for at in range {
            if !shown.is_empty() && !self.is_glued(at) {
                shown.push(' ');
            }
            let raw = self.raw(at);
            match raw.find(char::is_whitespace) {
                Some(cut) => {
                    shown.push_str(raw.get(..cut).unwrap_or_default().trim_end_matches(is_hyphen));
                    shown.push_str(raw.get(cut..).unwrap_or_default().trim_start());
                }
                None => shown.push_str(raw),
            }
        }
        shown
    }
}

/// The first code points of the decimal digits of scripts (Unicode 16, category Nd), ASCII and full width first.
const ZEROES: [u32; 38] = [
    0x30, 0xFF10, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
    0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
];

/// The ASCII digit that stands for a decimal digit of any script.
pub(crate) fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROES.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || !c.is_ascii() && c.is_numeric() && digit(c).is_some()
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || !c.is_ascii()
            && (c.is_alphabetic() || is_combining_mark(c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}'))
            && !is_digit(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{AD}' | '\u{2}')
}

/// Characters that a person does not see between two others.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{640}' => {}
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ if is_combining_mark(c) => {}
            _ => match digit(c) {
                Some(digit) => folded.push(digit),
                None => folded.extend(c.to_lowercase()),
            },
        }
    }
    folded
}

fn fold_mark(c: char) -> String {
    let folded = match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{2BC}' | '\u{FF07}' | '\u{66C}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{2014}' => '\u{2013}',
        '\u{66B}' => '.',
        '\u{66A}' => '%',
        '\u{FF00}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{BA}' => '\u{B0}',
        _ => c,
    };
    folded.to_string()
}

/// Where the word goes on behind a hyphen at the end of a line.
fn continued(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    // A soft hyphen was taken for a part of the word.
    let soft = text.get(..end)?.ends_with('\u{AD}');
    let after = if soft { rest } else { rest.strip_prefix(is_hyphen)? };
    let below = after.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let start = below.trim_start_matches([' ', '\t']);
    start.starts_with(char::is_lowercase).then(|| text.len() - start.len())
}

fn run_end(text: &str, start: usize, belongs: fn(char) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// The tokens of a text. Linear in its length.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let (mut at, mut gap) = (0, Gap::Nothing);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() || is_unseen(c) || c.is_control() && c != '\u{2}' {
            gap = widened(gap, c);
            at += c.len_utf8();
            continue;
        }
        let (kind, end) = if is_digit(c) {
            (Kind::Number, run_end(text, at, is_digit))
        } else if is_letter(c) && c != 'º' {
            let mut end = run_end(text, at, is_letter);
            if let Some(next) = continued(text, end) {
                end = run_end(text, next, is_letter);
            }
            (Kind::Word, end)
        } else {
            (Kind::Mark, at + c.len_utf8())
        };
        found.push(token(text, at..end, kind, gap));
        (at, gap) = (end, Gap::Nothing);
    }
    found
}

fn widened(gap: Gap, c: char) -> Gap {
    match (gap, c) {
        (_, '\u{C}' | '\u{2029}') | (Gap::Line | Gap::Paragraph, '\n' | '\u{85}' | '\u{2028}') => Gap::Paragraph,
        (_, '\n' | '\u{85}' | '\u{2028}' | '\u{B}') => Gap::Line,
        (gap, c) => {
            if is_unseen(c) {
                gap
            } else {
                gap.max(Gap::Space)
            }
        }
    }
}

fn token(text: &str, span: Range<usize>, kind: Kind, gap: Gap) -> Token {
    let raw = text.get(span.clone()).unwrap_or_default();
    let fold = match kind {
        Kind::Mark => raw.chars().next().map(fold_mark).unwrap_or_default(),
        _ if span.len() > LONGEST => String::new(),
        // What a hyphen cut is joined.
        Kind::Word => fold(raw).replace(|c: char| c.is_whitespace() || is_hyphen(c), ""),
        Kind::Number => fold(raw),
    };
    let capital = raw.starts_with(char::is_uppercase);
    let upper = kind == Kind::Word && capital && !raw.contains(char::is_lowercase);
    Token { span, kind, fold, capital, upper, gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.fold).collect()
    }

    #[test]
    fn a_word_cut_at_the_end_of_a_line_is_one() {
        assert_eq!(folds("the agree-\n  ment of Novem\u{AD}\nber"), ["the", "agreement", "of", "november"]);
        assert_eq!(folds("Jean-\nPaul"), ["jean", "-", "paul"]);
        let page = Page::new("an agree-\nment\nof ours", Language::English);
        assert_eq!(page.joined(0..page.tokens.len()), "an agreement of ours");
    }

    #[test]
    fn digits_of_every_script_are_read() {
        assert_eq!(folds("٢٠٢٤ २०२४ ２０２４ ২০২৪ ๒๐๒๔"), ["2024"; 5]);
        assert!(ZEROES.iter().all(|&zero| char::from_u32(zero).is_some_and(|c| digit(c) == Some('0'))));
        assert_eq!(folds("x²"), ["x", "²"]);
    }

    #[test]
    fn an_empty_line_ends_a_paragraph() {
        let gaps: Vec<Gap> = tokens("a b\nc\n \nd").into_iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Nothing, Gap::Space, Gap::Line, Gap::Paragraph]);
    }
}
