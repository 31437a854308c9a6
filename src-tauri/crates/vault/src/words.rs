//! How text becomes words that can be found: the same for what is kept and for what is asked.
//!
//! FTS5's tokenizer finds words between spaces. Here text is brought into one spelling first (NFKC; without Arabic vowel marks, tatweel and
//! invisible joiners), and scripts written without spaces become overlapping pairs of characters. No SQL here, and nothing is kept.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript as _};

/// About how many characters of context a snippet shows on each side.
const AROUND: usize = 60;

/// Marks that are not part of how a word is looked up.
fn is_dropped(c: char) -> bool {
    matches!(c,
        // Arabic vowel marks, tatweel and Quranic signs.
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}'
        // Soft hyphen, zero-width space and joiners, bidi marks, word joiner, variation selectors, tags.
        | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E01EF}')
}

/// Whether words of this character's script stand together without spaces.
fn is_unspaced(c: char) -> bool {
    let script = c.script();
    matches!(
        script,
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    ) || matches!(c, '\u{30FC}' | '\u{3005}')
}

fn spelling(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().filter(|&c| !is_dropped(c)).map(|c| if c.is_control() { ' ' } else { c })
}

/// A stretch of one kind of writing.
enum Run {
    Spaced(String),
    Unspaced(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in spelling(text) {
        match (runs.last_mut(), is_unspaced(c)) {
            (Some(Run::Unspaced(run)), true) => run.push(c),
            (Some(Run::Spaced(run)), false) => run.push(c),
            (_, true) => runs.push(Run::Unspaced(vec![c])),
            (_, false) => runs.push(Run::Spaced(c.to_string())),
        }
    }
    runs
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> + '_ {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// The text that FTS5 is given. Each unspaced run ends with its last character alone, so that every character begins a token.
pub(crate) fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for run in runs(text) {
        match run {
            Run::Spaced(run) => out.push_str(&run),
            Run::Unspaced(run) => {
                let last = run.last().map(char::to_string);
                for token in pairs(&run).chain(last) {
                    out.push(' ');
                    out.push_str(&token);
                }
                out.push(' ');
            }
        }
    }
    out
}

/// An FTS5 expression that wants every word, the last one as a beginning; nothing where there is no word to look for.
pub(crate) fn query(words: &str) -> Option<String> {
    let runs: Vec<Run> = words.split_whitespace().flat_map(runs).filter(has_word).collect();
    let last = runs.len().checked_sub(1)?;
    let terms = runs.iter().enumerate().map(|(at, run)| match run {
        Run::Spaced(run) => quoted(run, at == last),
        // One character is the beginning of a pair, or stands alone.
        Run::Unspaced(run) if run.len() == 1 => quoted(&run.iter().collect::<String>(), true),
        Run::Unspaced(run) => quoted(&pairs(run).collect::<Vec<_>>().join(" "), false),
    });
    Some(terms.collect::<Vec<_>>().join(" AND "))
}

fn has_word(run: &Run) -> bool {
    match run {
        Run::Spaced(run) => run.chars().any(char::is_alphanumeric),
        Run::Unspaced(_) => true,
    }
}

/// A phrase in which nothing is syntax.
fn quoted(text: &str, prefix: bool) -> String {
    format!("\"{}\"{}", text.replace('"', " "), if prefix { "*" } else { "" })
}

/// The original text around the first place where one of the words stands; its beginning where none is found.
pub(crate) fn snippet(text: &str, words: &str) -> String {
    let folded: Vec<(char, usize)> = text.char_indices().flat_map(|(at, c)| fold(c).map(move |c| (c, at))).collect();
    let needles: Vec<Vec<char>> = words
        .split_whitespace()
        .flat_map(runs)
        .filter(has_word)
        .flat_map(|run| match run {
            Run::Spaced(run) => {
                run.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).map(str::to_owned).collect()
            }
            Run::Unspaced(run) => vec![run.into_iter().collect::<String>()],
        })
        .map(|needle| needle.chars().flat_map(fold).collect())
        .filter(|needle: &Vec<char>| !needle.is_empty())
        .collect();
    let found = (0..folded.len()).find(|&at| needles.iter().any(|needle| stands_at(&folded, at, needle)));
    let at = found.and_then(|at| folded.get(at)).map_or(0, |&(_, offset)| offset);
    cut(text, at)
}

/// Case, diacritics and dropped marks do not count.
fn fold(c: char) -> impl Iterator<Item = char> {
    let decomposed: Vec<char> = std::iter::once(c).nfkd().collect();
    let counts = |c: &char| !is_dropped(*c) && !matches!(c, '\u{0300}'..='\u{036F}');
    decomposed.into_iter().filter(counts).flat_map(char::to_lowercase)
}

fn stands_at(folded: &[(char, usize)], at: usize, needle: &[char]) -> bool {
    let Some(window) = folded.get(at..at + needle.len()) else {
        return false;
    };
    let begins_word = |&(c, _): &(char, usize)| is_unspaced(c) || !c.is_alphanumeric();
    let at_edge =
        at == 0 || window.first().is_some_and(|&(c, _)| is_unspaced(c)) || folded.get(at - 1).is_none_or(begins_word);
    at_edge && window.iter().map(|&(c, _)| c).eq(needle.iter().copied())
}

/// A window of the text around `at`, on one line, with an ellipsis where it was cut.
fn cut(text: &str, at: usize) -> String {
    let (before, after) = text.split_at(at);
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(offset, _)| offset);
    let end = after.char_indices().nth(AROUND * 2).map_or(text.len(), |(offset, _)| at + offset);
    let window = whole_words(text, start..end, at);
    let line = text.get(window.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{line}{}", mark(window.start > 0), mark(window.end < text.len()))
}

/// Moves the ends inwards to spaces, where there is one soon.
fn whole_words(text: &str, window: Range<usize>, at: usize) -> Range<usize> {
    const SOON: usize = 24;
    let lead = text.get(window.start..at).unwrap_or_default();
    let start = match lead.char_indices().take(SOON).find(|(_, c)| c.is_whitespace()) {
        Some((offset, _)) if window.start > 0 => window.start + offset,
        _ => window.start,
    };
    let tail = text.get(at..window.end).unwrap_or_default();
    let end = match tail.char_indices().rev().take(SOON).find(|(_, c)| c.is_whitespace()) {
        Some((offset, _)) if window.end < text.len() && offset > 0 => at + offset,
        _ => window.end,
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(indexed("東京都 GPT模型"), " 東京 京都 都  GPT 模型 型 ");
        assert_eq!(query("東京都").unwrap(), "\"東京 京都\"");
        assert_eq!(query("京").unwrap(), "\"京\"*");
        assert_eq!(query("GPT模型").unwrap(), "\"GPT\" AND \"模型\"");
    }

    #[test]
    fn vowel_marks_joiners_and_compatibility_forms_do_not_count() {
        assert_eq!(indexed("كِتَابٌ"), "كتاب");
        assert_eq!(indexed("كتـــاب"), "كتاب");
        assert_eq!(indexed("می\u{200c}خواهم"), "میخواهم");
        assert_eq!(indexed("ﬁnance\u{ad}"), "finance");
    }

    #[test]
    fn the_syntax_of_fts5_is_inert_in_a_query() {
        assert_eq!(query("a\" OR b* NEAR(c").unwrap(), "\"a \" AND \"OR\" AND \"b*\" AND \"NEAR(c\"*");
        assert_eq!(query("  \"\" ** - \u{0} "), None);
        assert_eq!(query(""), None);
    }

    #[test]
    fn a_snippet_shows_the_original_around_the_first_match() {
        let text = format!("{} Le Café\nde Flore {}", "avant ".repeat(40), "après ".repeat(60));
        let shown = snippet(&text, "flore CAFE");
        assert!(shown.starts_with("…avant") && shown.ends_with("après…"), "{shown}");
        assert!(shown.contains("Le Café de Flore"), "{shown}");
        assert!(shown.chars().count() <= 3 * AROUND + 2);
        assert_eq!(snippet("short", "nothing"), "short");
        assert_eq!(snippet("", "x"), "");
        assert_eq!(snippet("他住在東京都", "東京"), "他住在東京都");
    }

    #[test]
    fn a_word_inside_another_is_not_the_match_that_is_shown() {
        let text = format!("concatenate {} cat here", "x ".repeat(100));
        assert!(snippet(&text, "cat").contains("cat here"));
    }
}
