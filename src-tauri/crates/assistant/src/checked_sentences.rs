//! What a model wrote about a part of a document, sentence by sentence: kept where the passages bear it out, else withheld.

use std::collections::HashSet;
use std::ops::Range;

use evidence::{Passage, Support, check, sentences};

use crate::evidence::says_something;
use crate::points::{Source, without_its_mark};
use crate::whole::{Whole, WholePassage};

/// Passages that a sentence is shown with.
const SHOWN: usize = 2;

/// The share of its words that a sentence must have from what bears it out.
const ENOUGH: f32 = 0.75;
/// The same where its words are another language's, and are found by the lexicon of the crate `evidence`.
const ENOUGH_TRANSLATED: f32 = 0.5;

/// The sentences of a model that are kept, and how many are not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    /// The sentences, each with the stretches that bear it out, the best first.
    pub kept: Vec<(String, Vec<Source>)>,
    /// How many are withheld: a number, date or name is not in the passages, or too little of the rest is.
    pub withheld: u64,
}

/// Checks what was written about a stretch of the whole text. `translated`: the person asked for another language than the document's.
///
/// A sentence must be borne out by one sentence of the document, or by two neighbours, and have most of its words from there: beside
/// the words of a whole passage a small model's mixture of two of its sentences looks right.
pub(crate) fn checked(whole: &Whole, within: &Range<usize>, written: &str, translated: bool) -> Checked {
    let near = whole.passages.iter().filter(|there| there.at.start < within.end && within.start < there.at.end);
    let stated: Vec<(Source, &str)> = near.flat_map(|passage| sentences_in(whole, passage)).collect();
    let plain: Vec<Passage<'_>> = stated
        .iter()
        .zip(0_u32..)
        .map(|((source, heading), number)| Passage {
            text: whole.words(source.page, &source.span),
            place: (whole.document.id.0.unsigned_abs(), number),
            heading,
        })
        .collect();
    let enough = if translated { ENOUGH_TRANSLATED } else { ENOUGH };
    let mut checked = Checked::default();
    for sentence in sentences_of(written) {
        let verdict = check(&sentence, &plain, None);
        let borne_out: Vec<usize> = verdict.passages.into_iter().take(SHOWN).collect();
        let source: Vec<&str> =
            borne_out.iter().filter_map(|at| plain.get(*at)).flat_map(|there| [there.text, there.heading]).collect();
        let stands = numbers_stand(&sentence, &source) && (translated || names_stand(&sentence, &source));
        if verdict.support == Support::Full && verdict.coverage >= enough && stands {
            let sources = borne_out.iter().filter_map(|at| stated.get(*at)).map(|(source, _)| source.clone());
            checked.kept.push((sentence, sources.collect()));
        } else {
            checked.withheld += 1;
        }
    }
    checked
}

/// The sentences of a passage, and the headings above it.
fn sentences_in<'a>(whole: &'a Whole, passage: &'a WholePassage) -> impl Iterator<Item = (Source, &'a str)> {
    let spans = sentences(whole.words(passage.page, &passage.span), None).into_iter();
    let start = passage.span.start;
    spans.map(move |span| {
        let source = Source { page: passage.page, span: start + span.start..start + span.end };
        (source, passage.heading.as_str())
    })
}

/// The sentences of a model's list, without its marks. A last one that broke off is none.
fn sentences_of(written: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in written.lines() {
        let line = line.trim().trim_start_matches(['-', '*', '+', '#', '>', '\u{2022}', ' ']);
        let line = without_its_mark(line);
        let line = line.replace("**", "").replace("__", "");
        // 'Here are the most important points:'
        if line.trim_end().ends_with(':') {
            continue;
        }
        let spans = sentences(&line, None);
        found.extend(spans.into_iter().filter_map(|span| line.get(span)).map(|sentence| sentence.trim().to_owned()));
    }
    if found.len() > 1 && !found.last().is_some_and(|last| last.ends_with(['.', '!', '?', '\u{3002}', '"', ')'])) {
        found.pop();
    }
    let mut seen = HashSet::new();
    found.retain(|sentence| says_something(sentence) && seen.insert(sentence.clone()));
    found
}

/// Whether every run of digits of a sentence stands in one of these texts: stricter than any reading of numbers.
fn numbers_stand(sentence: &str, source: &[&str]) -> bool {
    let there: HashSet<&str> = source.iter().flat_map(|text| digits(text)).collect();
    digits(sentence).all(|run| there.contains(run))
}

fn digits(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty())
}

/// Whether every capitalised word of a sentence but the first stands in one of these texts.
fn names_stand(sentence: &str, source: &[&str]) -> bool {
    let there: HashSet<String> = source.iter().flat_map(|text| words(text)).map(str::to_lowercase).collect();
    let names = words(sentence).skip(1).filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    names.into_iter().all(|name| there.contains(&name.to_lowercase()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whole::tests::of_pages;

    fn lease() -> Whole {
        of_pages(&[
            ("Rent", "The rent is 900 euros a month. The tenant is Amina Diallo. It is due on 1 May 2026."),
            ("Garden", "The garden is shared with the neighbours next door."),
        ])
    }

    fn check_all(written: &str) -> Checked {
        let whole = lease();
        checked(&whole, &(0..whole.text.len()), written, false)
    }

    #[test]
    fn a_sentence_that_stands_there_is_kept_with_its_page() {
        let found = check_all(
            "Here are the points:\n1. The rent is 900 euros a month.\n- **The garden** is shared with the neighbours.",
        );
        let kept: Vec<_> = found.kept.iter().map(|(text, sources)| (text.as_str(), sources[0].page)).collect();
        assert_eq!(kept, [("The rent is 900 euros a month.", 0), ("The garden is shared with the neighbours.", 1)]);
        assert_eq!(found.withheld, 0);
    }

    #[test]
    fn a_sentence_with_another_number_date_or_name_is_withheld() {
        for wrong in [
            "The rent is 950 euros a month.",
            "The rent is due on 2 May 2026.",
            "The tenant is Leila Diallo.",
            "The garden is due on 1 May 2026.",
            "The tenant may stay for a month when the rent is 900 euros.",
            "The landlord sold the house to a bank in the city.",
        ] {
            assert_eq!(check_all(wrong), Checked { kept: vec![], withheld: 1 }, "{wrong}");
        }
    }

    #[test]
    fn what_stands_in_another_part_does_not_bear_a_sentence_out() {
        let whole = lease();
        let second = whole.pages[1].at.clone();
        assert_eq!(checked(&whole, &second, "The rent is 900 euros a month.", false).withheld, 1);
    }

    #[test]
    fn a_sentence_that_broke_off_is_none() {
        assert_eq!(sentences_of("The rent is due. The garden is sha"), ["The rent is due."]);
        assert_eq!(sentences_of("- The rent is due\n- The rent is due\n"), ["The rent is due"]);
        assert!(sentences_of("").is_empty());
    }

    #[test]
    fn digits_must_stand_there_as_they_are() {
        assert!(numbers_stand("It costs 1,200.", &["costs 1 200 euros"]));
        assert!(!numbers_stand("It costs 1,201.", &["costs 1 200 euros"]));
        assert!(!numbers_stand("\u{664}\u{662}", &["42"]));
    }
}
