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

/// Words of a question that are looked for; a longer question says no more with the rest.
const MOST_TERMS: usize = 96;

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

/// A word that is looked for among others: what FTS5 is asked for, and how it stands in a text.
pub(crate) struct Term {
    pub(crate) expression: String,
    pub(crate) text: String,
}

/// The words of a question, each once: any of them will do. A word with a mark in it (`2024-05-01`, `l'accord`) is also looked for in its
/// parts; of a run without spaces, which may be a whole sentence, each pair of characters is a word.
pub(crate) fn terms(question: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |expression: String, text: String| {
        if terms.iter().all(|term| term.expression != expression) && terms.len() < MOST_TERMS {
            terms.push(Term { expression, text });
        }
    };
    for run in question.split_whitespace().flat_map(runs).filter(has_word) {
        match run {
            Run::Spaced(run) => {
                let run: String = run.chars().flat_map(char::to_lowercase).collect();
                let parts: Vec<&str> = run.split(|c| !is_of_word(c)).filter(|part| !part.is_empty()).collect();
                if parts.len() > 1 {
                    add(quoted(&run, false), run.clone());
                }
                for part in parts {
                    add(quoted(part, false), part.to_owned());
                }
            }
            Run::Unspaced(run) if run.len() == 1 => {
                let one: String = run.iter().collect();
                add(quoted(&one, true), one);
            }
            Run::Unspaced(run) => pairs(&run).for_each(|pair| add(quoted(&pair, false), pair)),
        }
    }
    terms
}

/// An FTS5 expression that wants these words as they follow each other; nothing where there is no word in them.
pub(crate) fn phrase(text: &str) -> Option<String> {
    let terms: Vec<String> = runs(text)
        .iter()
        .filter(|run| has_word(run))
        .map(|run| match run {
            Run::Spaced(run) => quoted(run, false),
            Run::Unspaced(run) if run.len() == 1 => quoted(&run.iter().collect::<String>(), true),
            Run::Unspaced(run) => quoted(&pairs(run).collect::<Vec<_>>().join(" "), false),
        })
        .collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// Whether `phrase` stands in `text` letter by letter; case, spaces and what has no shape of its own do not count.
pub(crate) fn holds(text: &str, phrase: &str) -> bool {
    on_one_line(text).contains(&on_one_line(phrase))
}

fn on_one_line(text: &str) -> String {
    let lower: String = spelling(text).flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// What is looked for, as it stands in text that was not brought into one spelling.
pub(crate) struct Sought(Vec<Phrase>);

/// Words that follow each other, without case and diacritics.
struct Phrase {
    words: Vec<Vec<char>>,
    /// Whether the last word may be only begun.
    begun: bool,
    /// Whether it may stand anywhere in a run of characters.
    anywhere: bool,
}

impl Sought {
    /// The same words that [`query`] asks FTS5 for.
    pub(crate) fn new(words: &str) -> Self {
        let runs: Vec<Run> = words.split_whitespace().flat_map(runs).filter(has_word).collect();
        let last = runs.len().saturating_sub(1);
        let phrases = runs.iter().enumerate().map(|(at, run)| match run {
            Run::Spaced(run) => {
                let words = run.split(|c| !is_of_word(c)).map(|word| word.chars().flat_map(fold).collect());
                Phrase { words: words.collect(), begun: at == last, anywhere: false }
            }
            Run::Unspaced(run) => {
                Phrase { words: vec![run.iter().copied().flat_map(fold).collect()], begun: true, anywhere: true }
            }
        });
        let whole = |mut phrase: Phrase| {
            phrase.words.retain(|word| !word.is_empty());
            phrase
        };
        Self(phrases.map(whole).filter(|phrase| !phrase.words.is_empty()).collect())
    }

    /// Any of these, each with its words as they follow each other.
    pub(crate) fn any<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Vec::new();
        for run in texts.flat_map(runs).filter(has_word) {
            let (words, anywhere) = match &run {
                Run::Spaced(run) => (run.split(|c| !is_of_word(c)).map(folded).collect(), false),
                Run::Unspaced(run) => (vec![run.iter().copied().flat_map(fold).collect::<Vec<_>>()], true),
            };
            let words: Vec<_> = words.into_iter().filter(|word: &Vec<char>| !word.is_empty()).collect();
            all.push(Phrase { words, begun: anywhere, anywhere });
        }
        all.retain(|phrase| !phrase.words.is_empty());
        Self(all)
    }

    /// The original text around the first place where one of the words stands; its beginning where none is found.
    pub(crate) fn snippet(&self, text: &str) -> String {
        let folded = Folded::new(text);
        let found = (0..folded.0.len()).find(|&at| self.ends_at(&folded, at).is_some());
        cut(text, found.map_or(0, |at| folded.0[at].start))
    }

    /// The bytes of `text` that are what is looked for, in order and apart from each other.
    pub(crate) fn marks(&self, text: &str) -> Vec<(usize, usize)> {
        let folded = Folded::new(text);
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for at in 0..folded.0.len() {
            let Some(end) = self.ends_at(&folded, at) else { continue };
            let (start, end) = (folded.0[at].start, folded.end_with_marks(end, text));
            match marks.last_mut() {
                Some(last) if start < last.1 => last.1 = last.1.max(end),
                _ => marks.push((start, end)),
            }
        }
        marks
    }

    /// The end of the longest phrase that begins at the folded character `at`.
    fn ends_at(&self, folded: &Folded, at: usize) -> Option<usize> {
        self.0.iter().filter_map(|phrase| phrase.ends_at(folded, at)).max()
    }
}

fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(fold).collect()
}

/// A character of a text without case and diacritics, and the bytes of the text that it comes from.
struct Letter {
    c: char,
    start: usize,
    end: usize,
}

struct Folded(Vec<Letter>);

impl Folded {
    fn new(text: &str) -> Self {
        let mut letters = Vec::with_capacity(text.len());
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if c.is_ascii() {
                letters.push(Letter { c: c.to_ascii_lowercase(), start, end });
            } else {
                letters.extend(fold(c).map(|c| Letter { c, start, end }));
            }
        }
        Self(letters)
    }

    fn get(&self, at: usize) -> Option<char> {
        self.0.get(at).map(|letter| letter.c)
    }

    /// Whether a word can begin at `at`.
    fn begins_word(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.get(before)).is_none_or(|c| is_unspaced(c) || !is_of_word(c))
    }

    /// Whether a word can end before `at`.
    fn ends_word(&self, at: usize) -> bool {
        self.get(at).is_none_or(|c| is_unspaced(c) || !is_of_word(c))
    }

    /// Whether what stands before `at` and at it is one letter: a syllable of Hangul, or kana with its voicing mark.
    fn splits_letter(&self, at: usize) -> bool {
        self.get(at).is_some_and(|c| matches!(c, '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}'))
    }

    /// The byte where the folded characters before `at` end, with what is drawn upon the last one.
    fn end_with_marks(&self, at: usize, text: &str) -> usize {
        let end = self.0[at - 1].end;
        let marks = text[end..].chars().take_while(|&c| is_combining_mark(c));
        end + marks.map(char::len_utf8).sum::<usize>()
    }
}

impl Phrase {
    fn ends_at(&self, folded: &Folded, at: usize) -> Option<usize> {
        let first = *self.words.first()?.first()?;
        if folded.get(at) != Some(first) || !(self.anywhere || folded.begins_word(at)) || folded.splits_letter(at) {
            return None;
        }
        let mut at = at;
        for (index, word) in self.words.iter().enumerate() {
            while index > 0 && folded.get(at).is_some_and(|c| !is_of_word(c)) {
                at += 1;
            }
            for &c in word {
                if folded.get(at) != Some(c) {
                    return None;
                }
                at += 1;
            }
            let is_last = index + 1 == self.words.len();
            if !(is_last && self.begun || folded.ends_word(at)) {
                return None;
            }
        }
        (!folded.splits_letter(at)).then_some(at)
    }
}

/// Whether FTS5's tokenizer takes it as part of a word.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Case, diacritics and dropped marks do not count.
fn fold(c: char) -> impl Iterator<Item = char> {
    let counts = |c: &char| !is_dropped(*c) && !matches!(c, '\u{0300}'..='\u{036F}');
    std::iter::once(c).nfkd().filter(counts).flat_map(char::to_lowercase)
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

    fn snippet(text: &str, words: &str) -> String {
        Sought::new(words).snippet(text)
    }

    /// The text with what is marked in brackets.
    fn marked(text: &str, words: &str) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for (start, end) in Sought::new(words).marks(text) {
            shown += &[&text[from..start], "[", &text[start..end], "]"].concat();
            from = end;
        }
        shown + &text[from..]
    }

    #[test]
    fn what_was_looked_for_is_marked_in_every_script() {
        let cases = [
            ("The quick brown fox", "quick bro", "The [quick] [bro]wn fox"),
            ("a cat, concatenate: Cat", "cat", "a [cat], concatenate: [Cat]"),
            ("cat cats", "cat x", "[cat] cats"),
            ("Le Café est au café", "CAFE", "Le [Café] est au [café]"),
            ("Le Cafe\u{301} noir", "café", "Le [Cafe\u{301}] noir"),
            ("Fa\u{308}hre", "fä", "[Fa\u{308}]hre"),
            ("I don't; the tea", "don't", "I [don't]; the tea"),
            ("他住在東京都,東京", "東京", "他住在[東京]都,[東京]"),
            ("京都は東", "京", "[京]都は東"),
            ("GPT模型好", "GPT模型", "[GPT][模型]好"),
            ("ฉันรักภาษาไทย", "ภาษา", "ฉันรัก[ภาษา]ไทย"),
            ("ไทยกิน", "ก", "ไทย[กิ]น"),
            ("मैं हिन्दी बोलता", "हिन", "मैं [हिन्]दी बोलता"),
            ("قَرَأْتُ الكِتَابَ", "الكتاب", "قَرَأْتُ [الكِتَابَ]"),
            ("ｽｰﾊﾟｰ と スーパー", "スーパー", "[ｽｰﾊﾟｰ] と [スーパー]"),
            ("ガラスのカラス", "カラス", "ガラスの[カラス]"),
            ("한국어 하늘", "하", "한국어 [하]늘"),
            ("Привет, ПРИВЕТ", "привет", "[Привет], [ПРИВЕТ]"),
            ("ﬁnance", "fin", "[ﬁn]ance"),
            ("𝐛𝐨𝐥𝐝 and bold", "bold", "[𝐛𝐨𝐥𝐝] and [bold]"),
            ("a\u{0}b", "\u{0} \"*", "a\u{0}b"),
            ("", "x", ""),
        ];
        for (text, words, shown) in cases {
            assert_eq!(marked(text, words), shown, "{words}");
        }
    }

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
