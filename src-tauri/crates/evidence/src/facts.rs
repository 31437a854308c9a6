//! Facts that rules can find in a text, each with its place and a value that can be compared.

use std::fmt;
use std::ops::Range;

use crate::amount::Amount;
use crate::text::{self, Language, Lexeme};
use crate::{dates, identifiers, measures, names, polarity};

/// A calendar date of which parts may be unknown: 'March 2021' has no day, '3 March' no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Date {
    /// The year, Gregorian.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Nothing that is known here ('nine votes').
    Plain,
    /// Hundredths.
    Percent,
    /// Money, by its ISO 4217 code.
    Money(&'static str),
    /// A physical measure, by its symbol ('mg', 'km', 'm2').
    Measure(&'static str),
    /// A duration that is a number of minutes: minutes, hours, days and weeks.
    Minutes,
    /// A duration that is a number of months: months and years.
    Months,
}

/// How a number bounds what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// At least, no fewer than, or more.
    AtLeast,
    /// At most, up to, no more than, within.
    AtMost,
    /// More than, over.
    MoreThan,
    /// Less than, under, fewer than.
    LessThan,
}

/// How many of a kind are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// All, every, each.
    All,
    /// Not all.
    NotAll,
    /// Most, the majority.
    Most,
    /// Some, several, certain.
    Some,
    /// None, no, nobody.
    None,
    /// A bound on the number that follows or stands before.
    Bound(Bound),
}

/// The comparable value of a fact.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A number with its unit; the likelier reading first where digits can be read in two ways.
    Number(Vec<Amount>, Unit),
    /// First, 2nd, troisième.
    Ordinal(u64),
    /// A date; two readings where day and month can be exchanged.
    Date(Vec<Date>),
    /// A day of the week, Monday is 1.
    Weekday(u8),
    /// Minutes after midnight; two readings where morning and evening are not told apart.
    Time(Vec<u16>),
    /// A name: its words folded, without titles and particles.
    Name(Vec<String>),
    /// A word that turns a statement into its opposite.
    Negation,
    /// A quantity word.
    Quantity(Quantity),
    /// A reference, account or telephone number or an e-mail address, without spaces and hyphens.
    Identifier(String),
}

impl fmt::Debug for Value {
    /// What kind of value, never what a document says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(_, _) => "Number",
            Self::Ordinal(_) => "Ordinal",
            Self::Date(_) => "Date",
            Self::Weekday(_) => "Weekday",
            Self::Time(_) => "Time",
            Self::Name(_) => "Name",
            Self::Negation => "Negation",
            Self::Quantity(_) => "Quantity",
            Self::Identifier(_) => "Identifier",
        })
    }
}

/// A fact and its place in the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Where it stands.
    pub span: Range<usize>,
    /// What it says.
    pub value: Value,
}

/// A fact with the lexemes that it is made of.
#[derive(Clone)]
pub(crate) struct Placed {
    pub fact: Fact,
    pub lexemes: Range<usize>,
}

type Scan = fn(&[Lexeme], usize, Language) -> Option<(Value, usize)>;

/// Earlier ones win where two would begin at the same word.
const SCANS: [Scan; 6] =
    [identifiers::electronic, dates::scan, dates::time, identifiers::reference, measures::scan, polarity::quantity];

/// The facts among lexemes, in order and without overlaps.
pub(crate) fn placed(lexemes: &[Lexeme], starts: &[usize], language: Language) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        let hit = SCANS
            .iter()
            .find_map(|scan| scan(lexemes, at, language))
            .or_else(|| polarity::negation(lexemes, at, language))
            .or_else(|| names::scan(lexemes, at, starts, language));
        let Some((value, end)) = hit.filter(|&(_, end)| end > at) else {
            at += 1;
            continue;
        };
        let last = lexemes.get(end - 1).or(lexemes.last());
        if let (Some(first), Some(last)) = (lexemes.get(at), last) {
            found.push(Placed { fact: Fact { span: first.span.start..last.span.end, value }, lexemes: at..end });
        }
        at = end;
    }
    found
}

/// The facts of a text in order: numbers (with currencies, units, percentages, durations), ordinals, dates, times,
/// names, negations, quantity words and identifiers. No two overlap. The language is told from the text.
#[must_use]
pub fn facts(text: &str) -> Vec<Fact> {
    crate::reading::Reading::new(text).facts.into_iter().map(|placed| placed.fact).collect()
}

/// The indices of the lexemes with which sentences begin, and those after a colon or an opening quotation mark.
pub(crate) fn starts(text: &str, lexemes: &[Lexeme], language: Language) -> Vec<usize> {
    let sentences = crate::sentences::sentences(text, Some(language));
    let mut found: Vec<usize> = Vec::new();
    let mut sentences = sentences.iter().peekable();
    for (index, lexeme) in lexemes.iter().enumerate() {
        let begins = sentences.peek().is_some_and(|range| range.start <= lexeme.span.start);
        if begins {
            sentences.next();
        }
        let after = index.checked_sub(1).and_then(|before| lexemes.get(before));
        let opened = after.is_some_and(|mark| {
            mark.is_mark(&[':', '.', '"', '“', '«', '•', '|', '#', '*', '-', '–', '—']) && !glued(mark, lexeme)
        });
        if begins || opened {
            found.push(index);
        }
    }
    found
}

fn glued(mark: &Lexeme, next: &Lexeme) -> bool {
    !next.gap && mark.is_mark(&['-', '.'])
}

/// Reads as the name of a currency: its ISO code.
pub(crate) fn currency(lexeme: &Lexeme) -> Option<&'static str> {
    Some(match lexeme.fold.as_str() {
        "€" | "eur" | "euro" | "euros" => "EUR",
        "£" | "gbp" | "pound" | "pounds" | "livre" | "livres" => "GBP",
        "$" | "usd" | "dollar" | "dollars" => "USD",
        "¥" | "jpy" | "yen" | "yens" => "JPY",
        // Euros replaced the other francs; only the Swiss one is paid in today.
        "chf" | "franc" | "francs" => "CHF",
        "₹" | "inr" | "rupee" | "rupees" | "roupie" | "roupies" => "INR",
        "cad" => "CAD",
        "xof" | "fcfa" | "cfa" => "XOF",
        _ => return None,
    })
}

pub(crate) fn listed(lexeme: Option<&Lexeme>, list: &str) -> bool {
    lexeme.is_some_and(|lexeme| text::is_listed(list, &lexeme.fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(String, String)> {
        facts(text).into_iter().map(|fact| (format!("{:?}", fact.value), text[fact.span].to_owned())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|&(kind, span)| (kind.to_owned(), span.to_owned())).collect()
    }

    #[test]
    fn an_english_sentence_gives_its_facts_in_order() {
        assert_eq!(
            kinds("On 3 March 2021 at 18:30, Helen Carter did not pay £1,234.50 to all of the owners."),
            pairs(&[
                ("Date", "3 March 2021"),
                ("Time", "18:30"),
                ("Name", "Helen Carter"),
                ("Negation", "not"),
                ("Number", "£1,234.50"),
                ("Quantity", "all"),
            ])
        );
    }

    #[test]
    fn a_french_sentence_gives_its_facts_in_order() {
        assert_eq!(
            kinds(
                "Le 3 mars 2021 à 16 h 20, M. Jean de la Tour n'a pas versé quatre-vingt-dix euros (réf. SN-4410-23)."
            ),
            pairs(&[
                ("Date", "3 mars 2021"),
                ("Time", "16 h 20"),
                ("Name", "Jean de la Tour"),
                ("Negation", "pas"),
                ("Number", "quatre-vingt-dix euros"),
                ("Identifier", "SN-4410-23"),
            ])
        );
    }

    #[test]
    fn what_a_document_says_is_not_in_the_debug_form() {
        let shown = format!("{:?}", facts("Helen Carter owes £5."));
        assert!(!shown.contains("Helen") && !shown.contains("carter"), "{shown}");
    }
}
