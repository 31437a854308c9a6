//! The receipt of a summary: what it covers and what it leaves out. Counted here; nobody claims it.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use crate::document_facts::{FoundFact, Kind};
use crate::evidence::as_text;
use crate::points::{FactKey, Point, folded, key};
use crate::sentences::{Value, sentence_with};
use crate::whole::{Whole, innermost};

/// Names in the words of a receipt; programs get all of them.
const NAMED: usize = 12;

/// What a summary covers and what it leaves out.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Pages that the document has.
    pub pages: u64,
    /// Pages that were read, those without text among them.
    pub pages_read: u64,
    /// Of these, the ones that have no text.
    pub pages_without_text: u64,
    /// Of these, the ones whose text was read from a picture.
    pub pages_ocr: u64,
    /// Sections and, where a passage stands under no heading, pages that no point stands in or rests on.
    pub left_out: Vec<String>,
    /// Different facts of the document (dates, deadlines, sums, percentages, quantities, people, organisations) that the summary
    /// mentions.
    pub facts_mentioned: u64,
    /// The ones that it does not mention, where each stands first.
    pub facts_left_out: Vec<LeftOut>,
    /// Sentences that the model wrote and that are not shown: the document does not say so, or not all of it.
    pub sentences_withheld: u64,
}

/// A fact that a summary does not mention.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// The page where it stands first, counted from 1.
    pub page: u64,
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("pages", &self.pages)
            .field("pages_read", &self.pages_read)
            .field("left_out", &self.left_out.len())
            .field("facts_mentioned", &self.facts_mentioned)
            .field("facts_left_out", &self.facts_left_out.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LeftOut({:?}, page {})", self.kind, self.page)
    }
}

impl Receipt {
    /// Of these points about a document.
    pub(crate) fn of(whole: &Whole, points: &[Point], withheld: u64) -> Self {
        let (facts_mentioned, facts_left_out) = facts_of(whole, points);
        let count = |counted: &dyn Fn(&&crate::whole::WholePage) -> bool| whole.pages.iter().filter(counted).count();
        let pages_read = whole.pages.len() as u64;
        Self {
            pages: whole.document.pages_total.max(pages_read),
            pages_read,
            pages_without_text: count(&|page| whole.text_of(page).trim().is_empty()) as u64,
            pages_ocr: count(&|page| page.ocr) as u64,
            left_out: left_out(whole, points),
            facts_mentioned,
            facts_left_out,
            sentences_withheld: withheld,
        }
    }

    /// The same in words, as a paragraph of Markdown.
    pub(crate) fn in_words(&self, language: &str) -> String {
        let said = |id: &str, about: Vec<(&'static str, Value)>| sentence_with(language, id, &about);
        let mut words = vec![said(
            "notice-summary_pages",
            vec![
                ("read", self.pages_read.into()),
                ("pages", self.pages.into()),
                ("blank", self.pages_without_text.into()),
                ("ocr", self.pages_ocr.into()),
            ],
        )];
        words.push(match named(&self.left_out) {
            None => said("notice-summary_nothing_left", vec![]),
            Some((names, 0)) => said("notice-summary_left", vec![("names", names.into())]),
            Some((names, more)) => {
                said("notice-summary_left_more", vec![("names", names.into()), ("more", more.into())])
            }
        });
        let texts: Vec<String> = self.facts_left_out.iter().map(|fact| fact.text.clone()).collect();
        let mentioned = ("mentioned", self.facts_mentioned.into());
        let left = ("left", (texts.len() as u64).into());
        words.push(match named(&texts) {
            None => said("notice-summary_all_facts", vec![mentioned]),
            Some((names, 0)) => said("notice-summary_facts", vec![mentioned, left, ("names", names.into())]),
            Some((names, more)) => {
                let about = vec![mentioned, left, ("names", names.into()), ("more", more.into())];
                said("notice-summary_facts_more", about)
            }
        });
        if self.sentences_withheld > 0 {
            words.push(said("notice-summary_withheld", vec![("withheld", self.sentences_withheld.into())]));
        }
        words.join(" ")
    }
}

/// The first of some names, and how many more there are; nothing where there is none.
fn named(names: &[String]) -> Option<(String, u64)> {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| as_text(name)).collect();
    let more = names.len().saturating_sub(NAMED) as u64;
    (!first.is_empty()).then(|| (first.join("; "), more))
}

/// Sections, and pages without one, that no point stands in or rests on.
fn left_out(whole: &Whole, points: &[Point]) -> Vec<String> {
    // Whether each part has a point, in the order of the document.
    let mut parts: Vec<((String, Option<u32>), String, bool)> = Vec::new();
    for passage in &whole.passages {
        let place = whole.place(passage.page);
        let (part, name) = if passage.heading.is_empty() {
            ((String::new(), Some(passage.page)), place)
        } else {
            let name = format!("{} ({place})", innermost(&passage.heading));
            ((passage.heading.clone(), None), name)
        };
        let touches = |source: &crate::points::Source| {
            source.page == passage.page && source.span.start < passage.span.end && passage.span.start < source.span.end
        };
        let has = points.iter().any(|point| point.sources.iter().any(touches));
        match parts.iter_mut().find(|(there, ..)| *there == part) {
            Some((_, _, there)) => *there |= has,
            None => parts.push((part, name, has)),
        }
    }
    parts.into_iter().filter(|(_, _, has)| !has).map(|(_, name, _)| name).collect()
}

/// Which facts of the document these points mention: how many, and the others.
fn facts_of(whole: &Whole, points: &[Point]) -> (u64, Vec<LeftOut>) {
    let mut said: HashSet<FactKey> = HashSet::new();
    let mut words: HashSet<String> = HashSet::new();
    for point in points {
        for fact in facts::find(&point.text, whole.hint()) {
            said.insert(key(fact.kind, fact.value.as_deref(), &fact.text));
            words.insert(folded(&fact.text));
        }
    }
    let mut seen = HashSet::new();
    let mut left = Vec::new();
    let mut mentioned = 0;
    // A fact is mentioned where one of its places is: all of them are looked at before it counts as left out.
    let counted: Vec<&FoundFact> = whole.facts.iter().filter(|fact| counts(fact.kind)).collect();
    let key_of = |fact: &FoundFact| key(fact.kind, fact.value.as_deref(), &fact.text);
    let spoken: HashSet<FactKey> =
        counted.iter().filter(|fact| words.contains(&folded(&fact.text))).map(|fact| key_of(fact)).collect();
    for fact in counted {
        let key = key_of(fact);
        if said.contains(&key) || spoken.contains(&key) {
            mentioned += u64::from(seen.insert(key));
        } else if seen.insert(key) {
            left.push(LeftOut { kind: fact.kind, text: fact.text.clone(), page: u64::from(fact.page) + 1 });
        }
    }
    (mentioned, left)
}

/// The kinds that a summary is measured by.
fn counts(kind: Kind) -> bool {
    match kind {
        Kind::Date
        | Kind::Deadline
        | Kind::Sum
        | Kind::Percent
        | Kind::Quantity
        | Kind::Person
        | Kind::Organisation => true,
        Kind::Place | Kind::Reference | Kind::Contact => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::{central, choose, verbatim};
    use crate::whole::tests::of_pages;

    #[test]
    fn what_is_mentioned_and_what_is_left_out_are_all_facts_of_the_document() {
        let whole = of_pages(&[
            ("Rent", "The rent is 900 euros a month, due on 1 May 2026."),
            ("Garden", "The garden is shared. A share of 15 % of the cost is due by the tenant."),
            ("", ""),
        ]);
        let points = choose(verbatim(&whole), 1, &central(&whole));
        let receipt = Receipt::of(&whole, &points, 2);
        assert_eq!((receipt.pages, receipt.pages_read, receipt.pages_without_text), (3, 3, 1));
        assert_eq!(receipt.left_out, ["Garden (page 2)", "page 3"]);
        assert_eq!(receipt.facts_mentioned, 2, "{:?}", points[0].text);
        let left: Vec<_> =
            receipt.facts_left_out.iter().map(|fact| (fact.kind, fact.text.as_str(), fact.page)).collect();
        assert_eq!(left, [(Kind::Percent, "15 %", 2)]);
    }

    #[test]
    fn a_fact_counts_once_however_often_it_stands_there() {
        let whole = of_pages(&[("", "The rent is 900 euros for the flat. The rent of €900 is due for the flat.")]);
        let none = Receipt::of(&whole, &[], 0);
        assert_eq!((none.facts_mentioned, none.facts_left_out.len()), (0, 1), "{:?}", whole.facts);
        let all = Receipt::of(&whole, &verbatim(&whole), 0);
        assert_eq!((all.facts_mentioned, all.facts_left_out.len()), (1, 0));
    }

    #[test]
    fn the_words_name_what_the_numbers_count_in_both_languages() {
        let receipt = Receipt {
            pages: 9,
            pages_read: 8,
            pages_without_text: 1,
            pages_ocr: 2,
            left_out: (0..14).map(|number| format!("section {number}")).collect(),
            facts_mentioned: 31,
            facts_left_out: vec![LeftOut { kind: Kind::Sum, text: "77 euros".into(), page: 3 }],
            sentences_withheld: 5,
        };
        for language in ["en", "fr"] {
            let words = receipt.in_words(language);
            for part in ["8", "9", "section 11", "2", "31", "77 euros", "5"] {
                assert!(words.contains(part), "{part}: {words}");
            }
            assert!(!words.contains("section 12") && !words.contains('{') && !words.contains("notice-"), "{words}");
        }
        assert_ne!(receipt.in_words("en"), receipt.in_words("fr"));
    }
}
