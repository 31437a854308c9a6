//! The points of a summary: sentences of a document, or of a model and checked against it, and which of them are chosen.
//!
//! Chosen by rule, one after the other: the one that adds most facts, most of the document's central words, and a section that has no
//! point yet (greedy coverage of weighted concepts, as Gillick and Favre, 'A Scalable Global Model for Summarization', 2009).

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use evidence::sentences;
use serde::{Deserialize, Serialize};

use crate::document_facts::Kind;
use crate::evidence::says_something;
use crate::whole::{Whole, WholePage};

/// A verbatim point is a sentence of this many characters.
const LENGTHS: Range<usize> = 25..420;
/// Facts of a sentence count up to this weight: a list of numbers is no summary.
const MOST_OF_FACTS: f64 = 6.0;
/// Points that share more of their words say the same.
const SAME: f64 = 0.6;

/// A stretch of a page that says what a point says.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub(crate) struct Source {
    /// The page, counted from 0.
    pub page: u32,
    /// Which bytes of its text.
    pub span: Range<usize>,
}

/// What a fact is compared by: its kind and value, or its words where it has none.
pub(crate) type FactKey = (Kind, String);

/// A sentence that a summary may have.
#[derive(Clone, PartialEq)]
pub(crate) struct Point {
    /// The sentence, on one line.
    pub text: String,
    /// Where it stands, or what supports it, the best first.
    pub sources: Vec<Source>,
    /// Where that is in the whole text.
    pub at: usize,
    /// The headings above it, or empty.
    pub section: String,
    /// Whether these are the document's own words.
    pub verbatim: bool,
    facts: Vec<FactKey>,
    words: HashSet<String>,
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Point({} bytes at {})", self.text.len(), self.at)
    }
}

/// What a fact is compared by.
pub(crate) fn key(kind: Kind, value: Option<&str>, text: &str) -> FactKey {
    (kind, value.map_or_else(|| folded(text), str::to_owned))
}

/// Words without their case, with single spaces.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Point {
    /// A sentence with what supports it.
    pub fn new(whole: &Whole, text: &str, sources: Vec<Source>, verbatim: bool) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = sources.first();
        let start = |source: &Source| whole.page(source.page).map_or(0, |page| page.at.start) + source.span.start;
        let at = first.map_or(0, start);
        let section = section_at(whole, at).to_owned();
        let facts = facts::find(&text, whole.hint());
        let facts = facts.iter().map(|fact| key(fact.kind, fact.value.as_deref(), &fact.text)).collect();
        let words = words(&text).collect();
        Self { text, sources, at, section, verbatim, facts, words }
    }

    /// How much it says that the chosen ones do not.
    fn worth(&self, chosen: &Chosen, central: &HashMap<String, f64>) -> f64 {
        let new: HashSet<&FactKey> = self.facts.iter().filter(|fact| !chosen.facts.contains(*fact)).collect();
        let facts: f64 = new.into_iter().map(|(kind, _)| weight(*kind)).sum();
        let words: f64 = self.words.iter().filter_map(|word| central.get(word)).sum();
        #[allow(clippy::cast_precision_loss, reason = "a count of words")]
        let mean = words / self.words.len().max(6) as f64;
        let section = if chosen.sections.contains(&self.section) { 0.0 } else { 1.5 };
        // A sentence that a model wrote stands for several of the document's.
        let written = if self.verbatim { 0.0 } else { 1.5 };
        let leans = if self.verbatim && leans(&self.text) { 1.0 } else { 0.0 };
        facts.min(MOST_OF_FACTS) + 2.0 * mean + section + written - leans
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        let shared = self.words.intersection(&other.words).count();
        let least = self.words.len().min(other.words.len());
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let share = shared as f64 / least.max(1) as f64;
        self.text == other.text || least > 0 && share > SAME && self.facts.iter().all(|fact| other.facts.contains(fact))
    }
}

/// What the points chosen so far say.
#[derive(Default)]
struct Chosen {
    facts: HashSet<FactKey>,
    sections: HashSet<String>,
}

/// Whether a sentence is hardly understood without the one before it.
fn leans(sentence: &str) -> bool {
    const WORDS: [&str; 16] = [
        "it", "he", "she", "they", "this", "these", "those", "such", "il", "elle", "ils", "elles", "ce", "cela",
        "celui", "celle",
    ];
    sentence.split_whitespace().next().is_some_and(|first| WORDS.contains(&first.to_lowercase().as_str()))
}

fn weight(kind: Kind) -> f64 {
    match kind {
        Kind::Sum => 3.0,
        Kind::Date | Kind::Deadline => 2.0,
        Kind::Percent => 1.5,
        Kind::Quantity | Kind::Person | Kind::Organisation => 1.0,
        Kind::Place | Kind::Reference | Kind::Contact => 0.5,
    }
}

/// The words of a text that may say what it is about.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parted = text.split(|c: char| !c.is_alphanumeric());
    parted.filter(|word| word.chars().count() >= 4 && !word.chars().all(char::is_numeric)).map(str::to_lowercase)
}

/// How central each word of a document is, 0 to 1: the logarithm of how often it stands there.
pub(crate) fn central(whole: &Whole) -> HashMap<String, f64> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for word in words(&whole.text) {
        *counts.entry(word).or_default() += 1;
    }
    let most = counts.values().max().copied().map_or(1.0, |most| f64::from(most).ln_1p());
    counts.into_iter().map(|(word, count)| (word, f64::from(count).ln_1p() / most)).collect()
}

/// The headings above a place, or nothing.
fn section_at(whole: &Whole, at: usize) -> &str {
    let until = whole.passages.partition_point(|passage| passage.at.start <= at);
    until.checked_sub(1).and_then(|last| whole.passages.get(last)).map_or("", |passage| passage.heading.as_str())
}

/// The sentences of a document that may stand in a summary as they are: whole ones, that the page shows as they read.
pub(crate) fn verbatim(whole: &Whole) -> Vec<Point> {
    whole.pages.iter().flat_map(|page| of_page(whole, page)).collect()
}

fn of_page<'a>(whole: &'a Whole, page: &'a WholePage) -> impl Iterator<Item = Point> + 'a {
    let text = whole.text_of(page);
    sentences(text, None).into_iter().filter_map(move |span| {
        let sentence = text.get(span.clone()).filter(|sentence| is_whole(sentence) && page.shows(&span))?;
        let sentence = without_its_mark(sentence.trim());
        let end = span.start + text.get(span)?.trim_end().len();
        let source = Source { page: page.number, span: end - sentence.len()..end };
        Some(Point::new(whole, sentence, vec![source], true))
    })
}

/// A sentence of a list without the number or the letter before it.
pub(crate) fn without_its_mark(sentence: &str) -> &str {
    let mark = sentence.chars().take_while(char::is_ascii_alphanumeric).count();
    let rest = sentence.get(mark..).and_then(|rest| rest.strip_prefix(['.', ')'])).filter(|_| (1..=2).contains(&mark));
    match rest.filter(|rest| rest.starts_with(char::is_whitespace)) {
        Some(rest) => rest.trim_start(),
        None => sentence,
    }
}

/// Whether it is a sentence rather than a heading, a row or a page number.
fn is_whole(sentence: &str) -> bool {
    let sentence = sentence.trim();
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let length = sentence.chars().count();
    let closing = |c: char| matches!(c, '"' | '\u{BB}' | '\u{201D}' | ')' | ']' | '\'');
    let ends = sentence
        .trim_end_matches(closing)
        .ends_with(['.', '!', '?', ';', '\u{3002}', '\u{FF01}', '\u{FF1F}', '\u{61F}', '\u{964}']);
    LENGTHS.contains(&length) && letters * 2 > length && ends && says_something(sentence)
}

/// The points that say most, at most so many, in the order of the document.
pub(crate) fn choose(points: Vec<Point>, most: usize, central: &HashMap<String, f64>) -> Vec<Point> {
    let mut left = points;
    let mut taken: Vec<Point> = Vec::new();
    let mut chosen = Chosen::default();
    while taken.len() < most {
        let worth = left.iter().map(|point| point.worth(&chosen, central)).enumerate();
        // Of equals the first one.
        let Some((best, _)) = worth.rev().max_by(|a, b| a.1.total_cmp(&b.1)) else { break };
        let point = left.swap_remove(best);
        left.retain(|other| !other.says_the_same_as(&point));
        chosen.facts.extend(point.facts.iter().cloned());
        chosen.sections.insert(point.section.clone());
        taken.push(point);
    }
    taken.sort_by_key(|point| point.at);
    taken
}

/// The same for each section by itself.
pub(crate) fn choose_by_section(points: Vec<Point>, each: usize, central: &HashMap<String, f64>) -> Vec<Point> {
    let mut sections: Vec<(String, Vec<Point>)> = Vec::new();
    for point in points {
        match sections.iter_mut().find(|(section, _)| *section == point.section) {
            Some((_, points)) => points.push(point),
            None => sections.push((point.section.clone(), vec![point])),
        }
    }
    sections.sort_by_key(|(_, points)| points.iter().map(|point| point.at).min());
    sections.into_iter().flat_map(|(_, points)| choose(points, each, central)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whole::tests::of_pages;

    fn texts(points: &[Point]) -> Vec<&str> {
        points.iter().map(|point| point.text.as_str()).collect()
    }

    #[test]
    fn sentences_with_facts_are_chosen_first_and_stand_in_order() {
        let whole = of_pages(&[
            ("", "The rent is 900 euros a month, due on 1 May 2026. It was a quiet afternoon in the garden."),
            ("", "Nothing else was said about it that day. The deposit of 1,800 euros is paid back by 30 June 2027."),
        ]);
        let chosen = choose(verbatim(&whole), 2, &central(&whole));
        assert_eq!(
            texts(&chosen),
            [
                "The rent is 900 euros a month, due on 1 May 2026.",
                "The deposit of 1,800 euros is paid back by 30 June 2027."
            ]
        );
        assert_eq!(whole.words(chosen[1].sources[0].page, &chosen[1].sources[0].span), chosen[1].text);
    }

    #[test]
    fn what_is_said_twice_is_chosen_once() {
        let twice = "The tenant pays the rent of 900 euros to the landlord.";
        let whole = of_pages(&[("", twice), ("", twice), ("", "The landlord repairs the roof before the winter.")]);
        assert_eq!(choose(verbatim(&whole), 5, &central(&whole)).len(), 2);
    }

    #[test]
    fn each_section_has_its_points() {
        let whole = of_pages(&[
            ("Rent", "The rent is 900 euros a month, due on 1 May 2026. The deposit is 1,800 euros, due at once."),
            ("Garden", "The garden is shared with the neighbours next door."),
        ]);
        let chosen = choose_by_section(verbatim(&whole), 1, &central(&whole));
        assert_eq!(chosen.iter().map(|point| point.section.as_str()).collect::<Vec<_>>(), ["Rent", "Garden"]);
    }

    #[test]
    fn the_mark_of_an_item_is_no_part_of_its_sentence() {
        let whole = of_pages(&[("", "  a. The tenant keeps the premises in good repair.  ")]);
        let points = verbatim(&whole);
        assert_eq!(texts(&points), ["The tenant keeps the premises in good repair."]);
        assert_eq!(whole.words(0, &points[0].sources[0].span), points[0].text);
        assert_eq!(without_its_mark("12) The rent is due."), "The rent is due.");
        assert_eq!(without_its_mark("1.5 % is due."), "1.5 % is due.");
    }

    #[test]
    fn headings_and_rows_are_no_sentences() {
        for text in ["4. Rent", "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9.", "The rent is", ""] {
            assert!(!is_whole(text), "{text}");
        }
        assert!(is_whole("Le loyer est de 900 euros (voir l’annexe)."));
    }
}
