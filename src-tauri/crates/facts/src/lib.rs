//! Facts by rules.

mod addresses;
mod choose;
mod contacts;
mod dates;
mod deadlines;
mod language;
mod lists;
mod measures;
mod names;
mod numbers;
mod numeric_dates;
mod references;
mod sums;
mod tokens;
mod years;

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// What kind of fact it is. Serialised in small letters; other programs read these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A day, month, year or decade.
    Date,
    /// A date by which, or a time within which, something must be done.
    Deadline,
    /// An amount of money.
    Sum,
    /// A number with its unit; a length of time too.
    Quantity,
    /// A percentage, or so many in a thousand.
    Percent,
    /// The name of a person.
    Person,
    /// A company, an authority, an association.
    Organisation,
    /// A country or a city.
    Place,
    /// A place in a text (an article, a section), or a number under which something is kept (a law, a case, an
    /// invoice, an account).
    Reference,
    /// An e-mail or web address, a telephone number, a postal address.
    Contact,
}

/// How far the rule that found a fact can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Could well be something else, or its value cannot be told.
    Low,
    /// Mostly right.
    Medium,
    /// Its form leaves no other reading.
    High,
}

/// The language of a page, as far as it changes how numbers and dates are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Not known: told from the page's stop words, and if they do not tell, rules of both are tried.
    #[default]
    Unknown,
}

/// A fact and where it stands.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes of the page.
    pub range: Range<usize>,
    /// The words as they stand, with single spaces, without the hyphen that cut a word at the end of a line.
    pub text: String,
    /// The value to sort and compare by, if it can be told; see the head of this crate.
    pub value: Option<String>,
    /// How far to trust it.
    pub confidence: Confidence,
}

impl fmt::Debug for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fact")
            .field("kind", &self.kind)
            .field("range", &self.range)
            .field("confidence", &self.confidence)
            .finish_non_exhaustive()
    }
}

/// A fact as a rule finds it, by tokens.
#[derive(Clone)]
pub(crate) struct Found {
    pub kind: Kind,
    pub tokens: Range<usize>,
    pub value: Option<String>,
    pub confidence: Confidence,
}

impl Found {
    pub(crate) fn new(
        kind: Kind,
        tokens: Range<usize>,
        value: impl Into<Option<String>>,
        confidence: Confidence,
    ) -> Self {
        Self { kind, tokens, value: value.into(), confidence }
    }
}

/// The facts of a page in the order in which they stand; no two overlap.
#[must_use]
pub fn find(page: &str, hint: Language) -> Vec<Fact> {
    let page = tokens::Page::new(page, hint);
    let mut found = Vec::new();
    for at in 0..page.tokens.len() {
        dates::scan(&page, at, &mut found);
        deadlines::scan(&page, at, &mut found);
        sums::scan(&page, at, &mut found);
        measures::scan(&page, at, &mut found);
        references::scan(&page, at, &mut found);
        contacts::scan(&page, at, &mut found);
        addresses::scan(&page, at, &mut found);
        names::scan(&page, at, &mut found);
    }
    choose::best(found, page.tokens.len()).into_iter().filter_map(|found| fact(&page, found)).collect()
}

fn fact(page: &tokens::Page, found: Found) -> Option<Fact> {
    let start = page.get(found.tokens.start)?.span.start;
    let end = page.before(found.tokens.end, 1)?.span.end;
    Some(Fact {
        kind: found.kind,
        range: start..end,
        text: page.joined(found.tokens),
        value: found.value,
        confidence: found.confidence,
    })
}
