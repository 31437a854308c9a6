//! Dates with the month in words. Dates in figures alone are read by `numeric_dates`, years alone by `years`.

use jiff::civil;

use crate::tokens::{Gap, Kind as Shape, Page, Token};
use crate::{Confidence, Found, Kind, numeric_dates, years};

/// Which of the first two figures of '03/04/2025' is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    Untold,
}

pub(crate) use numeric_dates::order;

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date {
    /// '2026-11-24', '2026-11', '2026', '197X', '--11-24' (a day of any year), or nothing if it cannot be told.
    pub value: Option<String>,
    /// The index of its first token and the one after its last.
    pub tokens: std::ops::Range<usize>,
    pub confidence: Confidence,
}

impl Date {
    /// Names a day, not only a month or a year.
    pub(crate) fn has_day(&self) -> bool {
        self.value.as_ref().is_none_or(|value| value.len() == 10 || value.starts_with("--"))
    }
}

const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "jan", "janv"],
    &["february", "fevrier", "feb", "fev", "fevr"],
    &["march", "mars", "mar"],
    &["april", "avril", "apr", "avr"],
    &["may", "mai"],
    &["june", "juin", "jun"],
    &["july", "juillet", "jul", "juil"],
    &["august", "aout", "aug"],
    &["september", "septembre", "sep", "sept"],
    &["october", "octobre", "oct"],
    &["november", "novembre", "nov"],
    &["december", "decembre", "dec"],
];

/// French months are written small; English ones never are, and 'may' and 'march' are verbs.
const FRENCH_MONTHS: &[&str] = &[
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "janv",
    "fev",
    "fevr",
    "avr",
    "juil",
    "sept",
    "oct",
    "nov",
    "dec",
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// The month that a token names, 1 to 12.
pub(crate) fn month(token: &Token) -> Option<u32> {
    let index = MONTHS.iter().position(|names| names.contains(&token.fold.as_str()))?;
    let fits = token.kind == Shape::Word && (token.capital || FRENCH_MONTHS.contains(&token.fold.as_str()));
    fits.then(|| u32::try_from(index + 1).ok()).flatten()
}

/// The month at `at`, and the index after it and the stop of its abbreviation.
fn month_at(page: &Page, at: usize) -> Option<(u32, usize)> {
    let month = month(page.get(at)?)?;
    let stop = page.is_mark(at + 1, ".") && page.is_glued(at + 1) && page.word(at).len() <= 5;
    Some((month, at + 1 + usize::from(stop)))
}

/// A year of four digits, or of two behind an apostrophe.
fn year_at(page: &Page, at: usize) -> Option<(u32, usize)> {
    if page.is_mark(at, "'") && page.digits(at + 1).len() == 2 && page.is_glued(at + 1) {
        return Some((numeric_dates::century(page.small(at + 1)?), at + 2));
    }
    let year = page.small(at).filter(|year| page.digits(at).len() == 4 && (1000..3000).contains(year))?;
    Some((year, at + 1))
}

/// The year behind a day or a month: ' 2026', ', 2026', ' of 2026', ' de 2026'.
fn year_after(page: &Page, at: usize) -> Option<(u32, usize)> {
    let comma = usize::from(page.is_mark(at, ",") && page.is_glued(at));
    let joins = usize::from(matches!(page.word(at + comma), "of" | "de" | "in"));
    let from = at + comma + joins;
    let stands = page.is_near(at) && page.is_near(from) && (!page.is_glued(from) || page.is_mark(at, "'"));
    let (year, end) = stands.then(|| year_at(page, from)).flatten()?;
    (!is_part(page, end)).then_some((year, end))
}

/// Whether more of the same number follows, so that what was read is only a part of it.
pub(crate) fn is_part(page: &Page, end: usize) -> bool {
    let glued_word = page.is_glued(end) && !page.word(end).is_empty();
    let figures = |gap| page.digits(end + 1).len() >= 2 && page.gap(end) == gap && page.is_glued(end + 1);
    glued_word || figures(Gap::Nothing) && [".", " ,", ",", "/"].iter().any(|mark| page.is_mark(end, mark))
}

/// A day of a month in figures: '3', '3rd', '1er', '1 er', 'premier', 'first'.
fn day_at(page: &Page, at: usize) -> Option<(u32, usize)> {
    if let "premier" | "first" = page.word(at) {
        return Some((1, at + 1));
    }
    let day = page.small(at).filter(|day| (1..=31).contains(day) && page.digits(at).len() <= 2)?;
    let suffix =
        matches!(page.word(at + 1), "st" | "nd" | "rd" | "th" | "er" | "eme" | "e") && page.gap(at + 1) <= Gap::Space;
    let degree = page.is_mark(at + 1, "\u{B0}") && page.is_glued(at + 1);
    Some((day, at + 1 + usize::from(suffix || degree)))
}

/// Whether there is such a day.
pub(crate) fn is_day(year: u32, month: u32, day: u32) -> bool {
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    civil::Date::new(year, month, day).is_ok()
}

fn day_value(year: Option<u32>, month: u32, day: u32) -> Option<String> {
    match year {
        Some(year) => is_day(year, month, day).then(|| format!("{year:04}-{month:02}-{day:02}")),
        None => is_day(2000, month, day).then(|| format!("--{month:02}-{day:02}")),
    }
}

/// '3 March 2021', '1er mars', 'the 15th day of October', '3rd of May, 2020'.
fn day_month(page: &Page, at: usize) -> Option<Date> {
    let (day, mut next) = day_at(page, at)?;
    if page.before(at, 1).is_some_and(|mark| matches!(mark.fold.as_str(), "." | ",")) && page.is_glued(at) {
        return None;
    }
    next = page.longest(next, &["day of", "of", "jour de", "jour du mois de", "de", "-", "."]).unwrap_or(next);
    let (month, end) = page.is_near(next).then(|| month_at(page, next)).flatten()?;
    let dashed = page.is_mark(end, "-") && page.is_glued(end);
    let year = if dashed { year_at(page, end + 1) } else { year_after(page, end) };
    // '7 Jun 4 11:33': a size, then a date.
    let listing = !page.digits(end).is_empty() && page.digits(end).len() <= 2 && after_time(page, end + 1).is_some();
    if year.is_none() && listing {
        return None;
    }
    let value = day_value(year.map(|(year, _)| year), month, day)?;
    let end = year.map_or_else(|| without_stop(page, end), |(_, end)| end);
    Some(Date { value: Some(value), tokens: at..end, confidence: Confidence::High })
}

/// A stop behind a whole month's name ends the sentence.
fn without_stop(page: &Page, end: usize) -> usize {
    let whole = page.before(end, 2).is_some_and(|token| {
        matches!(
            token.fold.as_str(),
            "may" | "mai" | "mars" | "march" | "june" | "juin" | "july" | "april" | "avril" | "aout"
        )
    });
    end - usize::from(whole && page.is_mark(end - 1, "."))
}

/// 'March 3, 2021', 'Nov 24 17:14:10 UTC 2026', 'March 2021', 'mars 2021'.
fn month_first(page: &Page, at: usize) -> Option<Date> {
    let (month, next) = month_at(page, at)?;
    let date = |value, end| Date { value: Some(value), tokens: at..end, confidence: Confidence::High };
    let the = usize::from(page.word(next) == "the");
    let english = page.get(at).is_some_and(|token| token.capital) && !matches!(page.word(at), "mars" | "mai");
    if english
        && page.is_near(next)
        && page.is_near(next + the)
        && let Some((day, end)) = day_at(page, next + the).filter(|_| !page.is_glued(next))
    {
        let year = year_after(page, end).or_else(|| year_after(page, after_time(page, end)?));
        let followed = year.is_none() && (is_part(page, end) || page.is_mark(end, ":") && page.is_glued(end));
        let value = day_value(year.map(|(year, _)| year), month, day);
        if let Some(value) = value.filter(|_| !followed) {
            return Some(date(value, year.map_or(end, |(_, end)| end)));
        }
    }
    let (year, end) = year_after(page, next)?;
    Some(date(format!("{year:04}-{month:02}"), end))
}

/// The index after a time of the day and the name of its zone.
fn after_time(page: &Page, at: usize) -> Option<usize> {
    let clock = page.digits(at).len() == 2 && page.is_mark(at + 1, ":") && page.digits(at + 2).len() == 2;
    let mut end = clock.then_some(at + 3)?;
    if page.is_mark(end, ":") && page.digits(end + 1).len() == 2 {
        end += 2;
    }
    let zone = page.get(end).is_some_and(|token| token.upper && token.fold.len() <= 4);
    Some(end + usize::from(zone))
}

/// The date that begins at `at`, with the weekday before it.
pub(crate) fn read(page: &Page, at: usize) -> Option<Date> {
    let token = page.get(at)?;
    if token.kind == Shape::Mark {
        return None;
    }
    if WEEKDAYS.contains(&token.fold.as_str()) {
        let stop = [",", "."].iter().any(|mark| page.is_mark(at + 1, mark));
        let the = usize::from(page.word(at + 1 + usize::from(stop)) == "the");
        let mut date = without_weekday(page, at + 1 + usize::from(stop) + the).filter(Date::has_day)?;
        date.tokens.start = at;
        return Some(date);
    }
    without_weekday(page, at)
}

fn without_weekday(page: &Page, at: usize) -> Option<Date> {
    numeric_dates::read(page, at)
        .or_else(|| day_month(page, at))
        .or_else(|| month_first(page, at))
        .or_else(|| years::read(page, at))
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    if let Some(date) = read(page, at) {
        found.push(Found::new(Kind::Date, date.tokens, date.value, date.confidence));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, find};

    fn dates(text: &str, language: Language) -> Vec<(String, String)> {
        let dates = find(text, language).into_iter().filter(|fact| fact.kind == Kind::Date);
        dates.map(|fact| (fact.text, fact.value.unwrap_or_default())).collect()
    }

    fn values(text: &str, language: Language) -> Vec<String> {
        dates(text, language).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn english_dates() {
        assert_eq!(
            dates("On Monday, 3 March 2021 and March 5th, 2022; since May 2020.", Language::English),
            [("Monday, 3 March 2021", "2021-03-03"), ("March 5th, 2022", "2022-03-05"), ("May 2020", "2020-05")]
                .map(|(text, value)| (text.to_owned(), value.to_owned()))
        );
        assert_eq!(
            values("Tue Nov 24 17:14:10 UTC 2026. On the 15th day of October.", Language::English),
            ["2026-11-24", "--10-15"]
        );
        assert_eq!(values("You may 3 times march 2000 miles.", Language::English), Vec::<String>::new());
    }

    #[test]
    fn french_dates() {
        assert_eq!(
            values("Fait le mardi 1er août 2006, révisé en févr. 2010 et le 14\njuillet 2012.", Language::French),
            ["2006-08-01", "2010-02", "2012-07-14"]
        );
        assert_eq!(
            values("d'avril 1996 à décembre 1997, dans les années 1970 et en 2013", Language::French),
            ["1996-04", "1997-12", "197X", "2013"]
        );
    }

    #[test]
    fn a_month_that_is_cut_is_joined() {
        assert_eq!(
            dates("on 24 Novem-\nber 2026", Language::English),
            [("24 November 2026".to_owned(), "2026-11-24".to_owned())]
        );
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert_eq!(values("31 February 2021", Language::English), ["2021-02"]);
    }
}
