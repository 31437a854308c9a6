//! Percentages, and quantities with their units; lengths of time as ISO 8601 durations ('P30D', 'PT35H').

use crate::lists;
use crate::numbers::{self, Number};
use crate::tokens::{Gap, Page};
use crate::{Confidence, Found, Kind};

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Duration {
    /// 'P30D', 'P1M', 'PT35H'.
    pub value: String,
    /// The index after its last token.
    pub end: usize,
}

/// Words between a number and its unit of time: 'thirty (30) calendar days', 'trois (3) mois'.
const DAY_WORDS: &[&str] = &["calendar", "business", "working", "consecutive", "full", "clear", "whole"];

/// The length of time that begins at `at`.
pub(crate) fn duration(page: &Page, at: usize) -> Option<Duration> {
    let number = numbers::read(page, at)?;
    let mut next = number.end;
    // The same number again in figures.
    if page.is_mark(next, "(") && page.is_mark(next + 2, ")") && !page.digits(next + 1).is_empty() {
        next += 3;
    }
    if DAY_WORDS.contains(&page.word(next)) {
        next += 1;
    }
    let (symbol, end) = unit(page, next)?;
    Some(Duration { value: designated(&number.value, symbol)?, end })
}

fn designated(value: &str, symbol: &str) -> Option<String> {
    Some(match symbol {
        "W7" => format!("P{value}W"),
        "TH" | "TM" | "TS" => format!("PT{value}{}", symbol.trim_start_matches('T')),
        "Tms" => format!("PT{}S", thousandth(value)),
        "D" | "M" | "Y" => format!("P{value}{symbol}"),
        _ => return None,
    })
}

fn thousandth(value: &str) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let padded = format!("{whole:0>4}");
    let (front, back) = padded.split_at_checked(padded.len().saturating_sub(3)).unwrap_or(("0", "0"));
    format!("{front}.{back}{decimals}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The unit at `at` and the index after it: 'km', 'm²', 'km/h', '°C', 'square miles'.
fn unit(page: &Page, at: usize) -> Option<(&'static str, usize)> {
    let token = page.get(at).filter(|token| token.gap <= Gap::Line)?;
    if token.fold == "\u{B0}" {
        return match page.raw(at + 1) {
            "C" if page.is_glued(at + 1) => Some(("°C", at + 2)),
            "F" if page.is_glued(at + 1) => Some(("°F", at + 2)),
            _ => None,
        };
    }
    let raw = page.raw(at);
    let symbol = lists::unit(raw).or_else(|| (token.fold.len() > 2).then(|| lists::unit(&token.fold)).flatten())?;
    // Single letters are units only at the end of something: '5 m.', not '5 m Smith' or "l'".
    let letter = raw.len() == 1;
    if letter
        && (token.gap > Gap::Space || page.is_mark(at + 1, "'") || page.is_glued(at + 1) && page.is_mark(at + 1, "-"))
    {
        return None;
    }
    if raw.len() <= 3 && page.is_glued(at + 1) && !page.digits(at + 1).is_empty() {
        return None;
    }
    Some((symbol, at + 1))
}

/// What follows a unit: a power, or what it is divided by.
fn composed(page: &Page, symbol: &str, end: usize) -> (String, usize) {
    if page.is_glued(end) {
        for (mark, power) in [("²", "²"), ("2", "²"), ("³", "³"), ("3", "³")] {
            let written = page.get(end).is_some_and(|token| token.fold == mark);
            if written && matches!(symbol, "m" | "km" | "cm" | "mm") {
                return (format!("{symbol}{power}"), end + 1);
            }
        }
        if page.is_mark(end, "/") && page.is_glued(end + 1) {
            let per = match page.raw(end + 1) {
                "h" => Some("h"),
                "s" => Some("s"),
                "m" => Some("m"),
                "l" | "L" => Some("l"),
                "kg" => Some("kg"),
                _ => None,
            };
            if let Some(per) = per {
                return (format!("{symbol}/{per}"), end + 2);
            }
        }
    }
    match page.word(end) {
        "carres" | "carre" => (format!("{symbol}²"), end + 1),
        "cubes" | "cube" => (format!("{symbol}³"), end + 1),
        _ => (symbol.to_owned(), end),
    }
}

fn confidence(number: &Number, short: bool) -> Confidence {
    match () {
        () if number.doubtful => Confidence::Low,
        () if short => Confidence::Medium,
        () => Confidence::High,
    }
}

/// The sign or word for 'in a hundred' at `at`: its symbol and the index after it.
fn hundred(page: &Page, at: usize) -> Option<(&'static str, usize)> {
    if page.gap(at) > Gap::Line {
        return None;
    }
    if page.is_mark(at, "%") {
        return Some(("%", at + 1));
    }
    if page.is_mark(at, "‰") {
        return Some(("‰", at + 1));
    }
    let word = page.longest(at, &["percent", "per cent", "pour cent", "pourcent", "p . 100", "p . cent", "pct"]);
    word.map(|end| ("%", end))
}

fn percent(page: &Page, at: usize, number: &Number, found: &mut Vec<Found>) -> Option<()> {
    if let Some((sign, end)) = hundred(page, number.end) {
        let value = format!("{} {sign}", number.value);
        found.push(Found::new(Kind::Percent, at..end, value, confidence(number, false)));
        return Some(());
    }
    // '10-20 %', '15 à 20 %'.
    let joins = ["-", "\u{2013}"].iter().any(|mark| page.is_mark(number.end, mark))
        || matches!(page.word(number.end), "to" | "a" | "or" | "ou");
    let near = page.is_near(number.end) && page.is_near(number.end + 1) && !numbers::is_year_like(page, at, number);
    let second = (joins && near).then(|| numbers::in_digits(page, number.end + 1)).flatten()?;
    let (sign, _) = hundred(page, second.end)?;
    found.push(Found::new(Kind::Percent, at..number.end, format!("{} {sign}", number.value), Confidence::Medium));
    Some(())
}

fn quantity(page: &Page, at: usize, number: &Number, found: &mut Vec<Found>) -> Option<()> {
    if let Some(duration) = duration(page, at) {
        let sure = confidence(number, page.raw(duration.end - 1).len() <= 2);
        found.push(Found::new(Kind::Quantity, at..duration.end, duration.value, sure));
        return Some(());
    }
    let square = match page.word(number.end) {
        "square" | "sq" => "²",
        "cubic" | "cu" => "³",
        _ => "",
    };
    let (symbol, end) = unit(page, number.end + usize::from(!square.is_empty()))?;
    let (symbol, end) = composed(page, symbol, end);
    let value = format!("{} {symbol}{square}", number.value);
    found.push(Found::new(Kind::Quantity, at..end, value, confidence(number, symbol.len() <= 1)));
    Some(())
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    let Some(number) = numbers::read(page, at) else { return };
    let _ = percent(page, at, &number, found).or_else(|| quantity(page, at, &number, found));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, find};

    fn values(text: &str, kind: Kind, language: Language) -> Vec<String> {
        find(text, language).into_iter().filter(|fact| fact.kind == kind).filter_map(|fact| fact.value).collect()
    }

    #[test]
    fn percentages() {
        assert_eq!(
            values("0,96 % puis 50 p. 100, dix pour cent", Kind::Percent, Language::French),
            ["0.96 %", "50 %", "10 %"]
        );
        assert_eq!(
            values("from 10-20 % in 1948 to 0.5% or five per cent", Kind::Percent, Language::English),
            ["10 %", "20 %", "0.5 %", "5 %"]
        );
        assert_eq!(values("٪ ١٢٫٥٪ १२%", Kind::Percent, Language::Unknown), ["12.5 %", "12 %"]);
    }

    #[test]
    fn quantities_with_units() {
        assert_eq!(
            values(
                "40 km, 12.5 m², 120 km/h, 512 MB, -3 °C, 3 square miles, five hundred tonnes",
                Kind::Quantity,
                Language::English
            ),
            ["40 km", "12.5 m²", "120 km/h", "512 MB", "3 °C", "3 mi²", "500 t"]
        );
        assert_eq!(
            values("35 heures, 5 ans, trente (30) jours, 250 ms", Kind::Quantity, Language::French),
            ["PT35H", "P5Y", "P30D", "PT0.25S"]
        );
        assert_eq!(values("room 5 m wide, 4 l'eau, mp3 h", Kind::Quantity, Language::English), ["5 m"]);
    }
}
