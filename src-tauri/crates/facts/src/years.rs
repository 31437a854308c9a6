//! Years and decades by themselves, where something says that a number is a year.

use crate::Confidence;
use crate::dates::{Date, is_part};
use crate::tokens::{Gap, Kind as Shape, Page, Token};

/// Words behind which a number of four digits is a year.
const YEAR_CUES: &[&str] = &[
    "in",
    "since",
    "year",
    "years",
    "of",
    "from",
    "until",
    "till",
    "during",
    "by",
    "before",
    "after",
    "around",
    "about",
    "circa",
    "early",
    "late",
    "mid",
    "end",
    "fiscal",
    "fy",
    "for",
    "copyright",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "through",
    "between",
    "to",
    "back",
    "en",
    "depuis",
    "annee",
    "annees",
    "fin",
    "debut",
    "des",
    "de",
    "pour",
    "jusqu'en",
    "apres",
    "avant",
    "courant",
    "exercice",
    "semestre",
    "trimestre",
    "vers",
    "d'ici",
    "entre",
    "printemps",
    "ete",
    "automne",
    "hiver",
    "millesime",
    "budget",
    "annuel",
    "annual",
    "edition",
    "rentree",
    "session",
    "election",
    "report",
    "rapport",
    "elections",
    "class",
    "promotion",
    "saison",
    "a",
    "and",
    "et",
    "ou",
    "or",
];

/// Things that are counted: '2000 people'.
const COUNTED: &[&str] =
    &["people", "personnes", "times", "fois", "pages", "points", "items", "users", "million", "millions"];

/// What a year does not stand before: units, currencies, things that are counted, a time of the day.
fn is_counted(page: &Page, end: usize) -> bool {
    let word = page.word(end);
    // 'In 1998 dollars' is a year.
    let money = crate::lists::currency(word).is_some()
        && !page.before(end, 2).is_some_and(|token| matches!(token.fold.as_str(), "in" | "constant"));
    let unit = crate::lists::unit(word).is_some() || money;
    if !word.is_empty() && page.gap(end) <= Gap::Line && (unit || COUNTED.contains(&word)) {
        return true;
    }
    let sign = ["%", "$", "€", "£", "\u{B0}"].iter().any(|mark| page.is_mark(end, mark)) && page.gap(end) <= Gap::Space;
    let time = page.is_mark(end, ":") && page.is_glued(end) && page.is_glued(end + 1);
    let fraction = page.is_mark(end, "/") && page.digits(end + 1).len() != 4 && page.digits(end + 1).len() > 2;
    sign || time || fraction
}

/// A year by itself, if something says that it is one; 'the 1970s', '2001-2004', '(2004)', '2006/7'.
pub(crate) fn read(page: &Page, at: usize) -> Option<Date> {
    let value = page.small(at).filter(|value| page.digits(at).len() == 4 && (1000..2100).contains(value))?;
    let end = at + 1;
    if page.is_glued(end) && page.word(end) == "s" {
        let decade = value % 10 == 0 && !page.is_glued(end + 1)
            || page.get(end + 1).is_none_or(|token| token.kind == Shape::Mark);
        return (decade && value % 10 == 0).then(|| Date {
            value: Some(format!("{}X", value / 10)),
            tokens: at..end + 1,
            confidence: Confidence::High,
        });
    }
    let hyphen = page.is_mark(end, "-") && page.is_glued(end) && page.is_glued(end + 1);
    let longer = page.is_mark(end + 2, "-") && page.is_glued(end + 2);
    let coded = hyphen
        && (longer
            || !matches!(page.digits(end + 1).len(), 0 | 2 | 4)
            || page.digits(end + 1).len() == 4 && !page.get(end + 1).is_some_and(is_year));
    if coded {
        return None;
    }
    if is_part(page, end) && !page.is_mark(end, "/") || is_counted(page, end) || is_group(page, end) {
        return None;
    }
    let decade = page.word(at.checked_sub(1)?) == "annees" && value % 10 == 0;
    let value_text = if decade { format!("{}X", value / 10) } else { format!("{value:04}") };
    let date = |confidence| Some(Date { value: Some(value_text), tokens: at..end, confidence });
    let cue = cue_before(page, at)?;
    (1400..2100).contains(&value).then_some(())?;
    date(cue)
}

/// Whether a group of three digits follows: '2004 500 euros'.
fn is_group(page: &Page, end: usize) -> bool {
    page.digits(end).len() == 3 && page.gap(end) == Gap::Space
}

/// How sure what stands around a number makes that it is a year.
fn cue_before(page: &Page, at: usize) -> Option<Confidence> {
    let before = page.before(at, 1)?;
    let likely = page.small(at).is_some_and(|year| (1900..2100).contains(&year));
    if page.gap(at) == Gap::Paragraph
        || matches!(page.word(at + 1), "saw" | "was" | "is" | "has" | "brought" | "marked")
    {
        // '2004 saw': a year that a sentence begins with.
        let begins = page.gap(at) == Gap::Paragraph || before.fold == ".";
        return (begins && likely && !page.word(at + 1).is_empty()).then_some(Confidence::Low);
    }
    // 'Above 1989 levels'.
    if likely
        && matches!(page.word(at + 1), "levels" | "prices" | "figures" | "budget" | "report" | "season" | "elections")
    {
        return Some(Confidence::Low);
    }
    match before.kind {
        Shape::Word if page.is_glued(at) => None,
        // 'The 2001 election'.
        Shape::Word if matches!(before.fold.as_str(), "the" | "this" | "its") => {
            (likely && !page.word(at + 1).is_empty() && !page.word(at + 1).ends_with('s')).then_some(Confidence::Low)
        }
        Shape::Word => YEAR_CUES.contains(&before.fold.as_str()).then_some(Confidence::Medium),
        // '2023 2024 2025' at the head of a table.
        Shape::Number => (likely && page.before(at, 1).is_some_and(is_year)).then_some(Confidence::Low),
        Shape::Mark => match before.fold.as_str() {
            // A range or a list of years; '(Paris, 2004)'.
            "-" | "\u{2013}" | "/" | "," if follows_year(page, at) => Some(Confidence::Medium),
            "," => (likely && closes(page, at + 1)).then_some(Confidence::Low),
            "(" | "[" => closes(page, at + 1).then_some(Confidence::Medium),
            ")" => copyright(page, at).then_some(Confidence::High),
            "©" => Some(Confidence::High),
            _ => None,
        },
    }
}

/// '(C) 1987'.
fn copyright(page: &Page, at: usize) -> bool {
    page.before(at, 2).is_some_and(|token| token.fold == "c")
        && page.before(at, 3).is_some_and(|token| token.fold == "(")
}

fn is_year(token: &Token) -> bool {
    token.kind == Shape::Number
        && token.fold.len() == 4
        && (token.fold.starts_with("19") || token.fold.starts_with("20"))
}

fn follows_year(page: &Page, at: usize) -> bool {
    page.before(at, 2).is_some_and(is_year)
}

fn closes(page: &Page, at: usize) -> bool {
    [")", "]", "-", "\u{2013}", ",", ";"].iter().any(|mark| page.is_mark(at, mark))
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Language, find};

    fn values(text: &str, language: Language) -> Vec<String> {
        let dates = find(text, language).into_iter().filter(|fact| fact.kind == Kind::Date);
        dates.filter_map(|fact| fact.value).collect()
    }

    #[test]
    fn years_need_something_that_says_so() {
        assert_eq!(
            values("In 1976 it rose; 2000 copies, the 1990s, 1998 to 2004 (2007).", Language::English),
            ["1976", "199X", "2004", "2007"]
        );
        assert_eq!(values("page 2004, of 2000 miles, n° 2004-810", Language::English), Vec::<String>::new());
    }
}
