//! Dates, weekdays and times of day.

use crate::facts::{Date, Value, listed};
use crate::text::{Kind, Language, Lexeme, is_listed};

const MONTHS: [&str; 12] = [
    " january jan janvier janv ",
    " february feb fevrier fevr ",
    " march mar mars ",
    " april apr avril avr ",
    " may mai ",
    " june jun juin ",
    " july jul juillet juil ",
    " august aug aout ",
    " september sept sep septembre ",
    " october oct octobre ",
    " november nov novembre ",
    " december dec decembre ",
];

const WEEKDAYS: [&str; 7] = [
    " monday mondays lundi lundis ",
    " tuesday tuesdays mardi mardis ",
    " wednesday wednesdays mercredi mercredis ",
    " thursday thursdays jeudi jeudis ",
    " friday fridays vendredi vendredis ",
    " saturday saturdays samedi samedis ",
    " sunday sundays dimanche dimanches ",
];

fn position(lists: &[&str], word: &str) -> Option<u8> {
    lists.iter().position(|list| is_listed(list, word)).and_then(|index| u8::try_from(index + 1).ok())
}

/// English months are capitalised, so that 'may' and 'march' are verbs; French ones are not.
fn month(lexeme: Option<&Lexeme>) -> Option<u8> {
    let lexeme = lexeme.filter(|lexeme| lexeme.kind == Kind::Word)?;
    let ambiguous = matches!(lexeme.fold.as_str(), "may" | "march" | "mar" | "august" | "jan" | "dec" | "sep");
    position(&MONTHS, &lexeme.fold).filter(|_| lexeme.capital || !ambiguous)
}

fn whole(lexeme: Option<&Lexeme>, digits: std::ops::RangeInclusive<usize>) -> Option<u16> {
    let lexeme = lexeme.filter(|lexeme| lexeme.kind == Kind::Number && digits.contains(&lexeme.fold.len()))?;
    lexeme.fold.parse().ok()
}

fn day(lexeme: Option<&Lexeme>) -> Option<u8> {
    whole(lexeme, 1..=2).filter(|day| (1..=31).contains(day)).and_then(|day| u8::try_from(day).ok())
}

fn year(lexeme: Option<&Lexeme>) -> Option<u16> {
    whole(lexeme, 4..=4).filter(|year| (1500..=2199).contains(year))
}

/// A day number with its ending ('3', '3rd', '1er'): the day and the index after it.
fn day_number(lexemes: &[Lexeme], at: usize) -> Option<(u8, usize)> {
    let day = day(lexemes.get(at))?;
    let ending = lexemes.get(at + 1).filter(|next| !next.gap && next.is_word(" st nd rd th er "));
    Some((day, at + 1 + usize::from(ending.is_some())))
}

/// A year that may follow, past a comma.
fn year_after(lexemes: &[Lexeme], at: usize) -> (Option<u16>, usize) {
    let comma = usize::from(lexemes.get(at).is_some_and(|mark| mark.is_mark(&[','])));
    match year(lexemes.get(at + comma)) {
        Some(year) => (Some(year), at + comma + 1),
        None => (None, at),
    }
}

/// '3 March 2021', '3rd of March', 'le 3 mars'.
fn day_first(lexemes: &[Lexeme], at: usize) -> Option<(Date, usize)> {
    let (day, mut end) = day_number(lexemes, at)?;
    end += usize::from(listed(lexemes.get(end), " of "));
    let month = month(lexemes.get(end))?;
    end += 1 + usize::from(
        lexemes
            .get(end + 1)
            .is_some_and(|stop| stop.is_mark(&['.']) && !stop.gap && year(lexemes.get(end + 2)).is_some()),
    );
    let (year, end) = year_after(lexemes, end);
    Some((Date { year, month: Some(month), day: Some(day) }, end))
}

/// 'March 3rd, 2021', 'March 2021', and 'March' where it can be nothing else.
fn month_first(lexemes: &[Lexeme], at: usize) -> Option<(Date, usize)> {
    let month = month(lexemes.get(at))?;
    if let Some((day, end)) = day_number(lexemes, at + 1) {
        let (year, end) = year_after(lexemes, end);
        return Some((Date { year, month: Some(month), day: Some(day) }, end));
    }
    let (year, end) = year_after(lexemes, at + 1);
    let ambiguous = listed(lexemes.get(at), " may march mar jan dec sep jun oct nov ");
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let placed = listed(
        before,
        " in of by until since from to before after last next early late mid and during every end until en de mois fin debut d between ",
    );
    (year.is_some() || !ambiguous || placed).then_some((Date { year, month: Some(month), day: None }, end))
}

/// '2021-03-03', '03/03/2021', '3.3.2021': both readings where day and month can be exchanged.
fn in_digits(lexemes: &[Lexeme], at: usize) -> Option<(Vec<Date>, usize)> {
    let first = lexemes.get(at).filter(|lexeme| lexeme.kind == Kind::Number)?;
    let dotted: Vec<&str> = first.fold.split('.').collect();
    let (parts, end) = if let [a, b, c] = dotted.as_slice() {
        ([(*a).to_owned(), (*b).to_owned(), (*c).to_owned()], at + 1)
    } else {
        let sign = lexemes.get(at + 1).filter(|mark| mark.is_mark(&['/', '-', '\u{2011}']) && !mark.gap)?;
        let [second, again, third] = [2, 3, 4].map(|step| lexemes.get(at + step).filter(|lexeme| !lexeme.gap));
        again.filter(|again| again.fold == sign.fold)?;
        ([first.fold.clone(), second?.fold.clone(), third?.fold.clone()], at + 5)
    };
    let [a, b, c] = [parts[0].as_str(), parts[1].as_str(), parts[2].as_str()];
    let build = |year: &str, month: &str, day: &str| {
        let (year, month, day) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?, day.parse::<u8>().ok()?);
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2999).contains(&year);
        fits.then_some(Date { year: Some(year), month: Some(month), day: Some(day) })
    };
    let mut dates: Vec<Date> = if a.len() == 4 {
        build(a, b, c).into_iter().collect()
    } else {
        if c.len() != 4 {
            return None;
        }
        build(c, b, a).into_iter().chain(build(c, a, b)).collect()
    };
    dates.dedup();
    (!dates.is_empty()).then_some((dates, end))
}

/// '6 to 10 June': the first day takes month and year from the second.
fn day_of_range(lexemes: &[Lexeme], at: usize) -> Option<(Date, usize)> {
    let (day, end) = day_number(lexemes, at)?;
    let joins = lexemes
        .get(end)
        .is_some_and(|join| join.is_word(" to and au et a until or ") || join.is_mark(&['-', '–', '—']));
    let (last, _) = day_first(lexemes, end + 1).filter(|_| joins)?;
    Some((Date { day: Some(day), ..last }, end))
}

/// A date, a weekday or a year that begins at `at`.
pub(crate) fn scan(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    // In French 'sept' is a number.
    if language == Language::French && listed(lexemes.get(at), " sept ") {
        return None;
    }
    if let Some((dates, end)) = in_digits(lexemes, at) {
        return Some((Value::Date(dates), end));
    }
    let one = day_first(lexemes, at).or_else(|| month_first(lexemes, at)).or_else(|| day_of_range(lexemes, at));
    if let Some((date, end)) = one {
        return Some((Value::Date(vec![date]), end));
    }
    let lexeme = lexemes.get(at)?;
    if let Some(weekday) = position(&WEEKDAYS, &lexeme.fold) {
        return Some((Value::Weekday(weekday), at + 1));
    }
    let year = year(Some(lexeme))?;
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let after = lexemes.get(at + 1);
    let counts = after
        .is_some_and(|next| next.is_mark(&['€', '%', '$', '£', '/', '°']) || crate::measures::is_unit(lexemes, at + 1));
    let sign =
        before.is_some_and(|mark| mark.is_mark(&['€', '$', '£', '/', '-']) && !lexeme.gap && !mark.is_mark(&['-']));
    (!counts && !sign && !listed(before, " eur usd chf gbp "))
        .then_some((Value::Date(vec![Date { year: Some(year), ..Date::default() }]), at + 1))
}

/// A time of day that begins at `at`.
pub(crate) fn time(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    let first = lexemes.get(at)?;
    let readings = |hour: u16, minute: u16, twelve: bool| {
        let time = hour * 60 + minute;
        Value::Time(if twelve && (1..12).contains(&hour) { vec![time, time + 720] } else { vec![time] })
    };
    if first.is_word(" noon midi ") {
        return Some((Value::Time(vec![720]), at + 1));
    }
    if first.is_word(" half ") && listed(lexemes.get(at + 1), " past ") {
        let (hour, end) = small_number(lexemes, at + 2, language)?;
        return Some((readings(hour, 30, true), end));
    }
    let hour = whole(Some(first), 1..=2).filter(|&hour| hour <= 24)?;
    let colon = lexemes.get(at + 1).filter(|mark| mark.is_mark(&[':']) && !mark.gap);
    if let (Some(_), Some(minute)) = (colon, minute(lexemes.get(at + 2))) {
        let (half, end) = half_of_day(lexemes, at + 3);
        return Some((clock(hour, minute, half, language), end));
    }
    if let (Some(half), end) = half_of_day(lexemes, at + 1) {
        return Some((clock(hour, 0, Some(half), language), end));
    }
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let word = lexemes.get(at + 1)?;
    if word.is_word(" h ") || word.is_word(" heures heure ") && listed(before, " a vers avant apres des ") {
        let minute = minute(lexemes.get(at + 2));
        return Some((readings(hour, minute.unwrap_or(0), false), at + 2 + usize::from(minute.is_some())));
    }
    None
}

fn minute(lexeme: Option<&Lexeme>) -> Option<u16> {
    whole(lexeme, 2..=2).filter(|&minute| minute < 60)
}

fn small_number(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(u16, usize)> {
    if let Some(hour) = whole(lexemes.get(at), 1..=2) {
        return Some((hour.min(24), at + 1));
    }
    let (amount, end) = crate::amount::in_words(lexemes, at, language)?;
    amount.as_whole().and_then(|hour| u16::try_from(hour).ok()).filter(|&hour| hour <= 24).map(|hour| (hour, end))
}

/// 'am', 'p.m.': whether it is the second half of the day, and the index after it.
fn half_of_day(lexemes: &[Lexeme], at: usize) -> (Option<bool>, usize) {
    let Some(word) = lexemes.get(at) else { return (None, at) };
    if word.is_word(" am pm ") {
        return (Some(word.fold == "pm"), at + 1);
    }
    let stops = [1, 3].iter().all(|step| lexemes.get(at + step).is_some_and(|mark| mark.is_mark(&['.']) && !mark.gap));
    let letter = lexemes.get(at + 2).is_some_and(|next| next.fold == "m" && !next.gap);
    if word.is_word(" a p ") && stops && letter { (Some(word.fold == "p"), at + 4) } else { (None, at) }
}

fn clock(hour: u16, minute: u16, half: Option<bool>, language: Language) -> Value {
    let twelve = hour % 12;
    Value::Time(match half {
        Some(second) => vec![(twelve + if second { 12 } else { 0 }) * 60 + minute],
        None if language == Language::English && (1..12).contains(&hour) => {
            vec![hour * 60 + minute, (hour + 12) * 60 + minute]
        }
        None => vec![hour * 60 + minute],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::facts;

    fn dates(text: &str) -> Vec<(Option<u16>, Option<u8>, Option<u8>)> {
        let found = facts(text).into_iter().filter_map(|fact| match fact.value {
            Value::Date(dates) => Some(dates),
            _ => None,
        });
        found.flatten().map(|date| (date.year, date.month, date.day)).collect()
    }

    #[test]
    fn one_day_in_many_spellings() {
        for text in [
            "on 2021-03-04",
            "on 4 March 2021",
            "March 4th, 2021",
            "le 4 mars 2021",
            "the 4th of March 2021",
            "du 04.03.2021",
        ] {
            assert!(dates(text).contains(&(Some(2021), Some(3), Some(4))), "{text}: {:?}", dates(text));
        }
        assert_eq!(dates("03/04/2021"), [(Some(2021), Some(4), Some(3)), (Some(2021), Some(3), Some(4))]);
        assert_eq!(dates("12/25/2021"), [(Some(2021), Some(12), Some(25))]);
    }

    #[test]
    fn parts_of_dates() {
        assert_eq!(dates("in May"), [(None, Some(5), None)]);
        assert_eq!(dates("You may go."), []);
        assert_eq!(dates("le 1er juillet"), [(None, Some(7), Some(1))]);
        assert_eq!(dates("from 6 to 10 June 2020"), [(Some(2020), Some(6), Some(6)), (Some(2020), Some(6), Some(10))]);
        assert_eq!(dates("since 2019"), [(Some(2019), None, None)]);
        assert_eq!(dates("costs 2000 euros"), []);
    }

    #[test]
    fn times_of_day() {
        let times = |text: &str| -> Vec<u16> {
            let found = facts(text).into_iter().filter_map(|fact| match fact.value {
                Value::Time(times) => Some(times),
                _ => None,
            });
            found.flatten().collect()
        };
        assert_eq!(times("at 18:30"), [1110]);
        assert_eq!(times("at half past six"), [390, 1110]);
        assert_eq!(times("à 16 h 20"), [980]);
        assert_eq!(times("9 am to 4 p.m."), [540, 960]);
    }
}
