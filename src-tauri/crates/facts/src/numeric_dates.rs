//! Dates in figures: '2026-11-24', '24/11/2026', '24.11.26', '11/2026'.

use crate::dates::{Date, Order, is_day};
use crate::tokens::{Gap, Kind, Page, Token};
use crate::{Confidence, Language};

/// The year that two digits stand for: 1950 to 2049.
pub(crate) fn century(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

fn is_figure(token: &Token, most: usize) -> bool {
    token.kind == Kind::Number && token.fold.len() <= most
}

/// Which figure is the day, as the page's own dates show it: one above 12 settles it for all. Without such a date the
/// language says, but English is written both ways.
pub(crate) fn order(tokens: &[Token], language: Language) -> Order {
    let (mut day_first, mut month_first) = (0_u32, 0_u32);
    for window in tokens.windows(5) {
        let [first, mark, second, again, year] = window else { continue };
        let figures = is_figure(first, 2) && is_figure(second, 2) && is_figure(year, 4) && year.fold.len() % 2 == 0;
        let glued = [mark, second, again, year].iter().all(|token| token.gap == Gap::Nothing);
        if !figures || !glued || mark.fold != "/" || again.fold != "/" {
            continue;
        }
        let (first, second) = (first.fold.parse::<u32>(), second.fold.parse::<u32>());
        day_first += u32::from(first.is_ok_and(|value| (13..=31).contains(&value)));
        month_first += u32::from(second.is_ok_and(|value| (13..=31).contains(&value)));
    }
    match (day_first > 0, month_first > 0) {
        (true, false) => Order::DayFirst,
        (false, true) => Order::MonthFirst,
        (false, false) if language == Language::French => Order::DayFirst,
        _ => Order::Untold,
    }
}

/// Three figures with the same mark between them, nothing of a number before or after: their indices' step is two.
fn three<'p>(page: &'p Page<'_>, at: usize) -> Option<(&'p str, [u32; 3], [usize; 3])> {
    let mark = page.get(at + 1).filter(|mark| mark.kind == Kind::Mark)?.fold.as_str();
    let same = matches!(mark, "-" | "/" | ".") && page.is_mark(at + 3, mark);
    let glued = (1..5).all(|step| page.is_glued(at + step));
    let iso = page.digits(at).len() == 4 && mark == "-";
    let open = page.is_glued(at)
        && page.before(at, 1).is_some_and(|before| {
            before.kind == Kind::Word
                || matches!(before.fold.as_str(), "-" | "/" | "." | ",") && !(iso && is_date_end(page, at))
        });
    let ends = page.get(at + 5).is_none_or(|next| {
        next.gap > Gap::Nothing
            || next.kind == Kind::Word && next.fold == "t"
            || next.kind == Kind::Mark && !joins_figures(page, at + 5)
            || iso && next.fold == "-" && page.digits(at + 6).len() == 4 && page.is_mark(at + 7, "-")
    });
    if !same || !glued || open || !ends {
        return None;
    }
    let lengths = [page.digits(at).len(), page.digits(at + 2).len(), page.digits(at + 4).len()];
    Some((mark, [page.small(at)?, page.small(at + 2)?, page.small(at + 4)?], lengths))
}

/// Whether an ISO date ends before the hyphen before `at`: '2020-01-01-2020-01-16'.
fn is_date_end(page: &Page, at: usize) -> bool {
    at.checked_sub(6).is_some_and(|first| {
        page.digits(first).len() == 4
            && page.is_mark(first + 1, "-")
            && page.digits(first + 2).len() == 2
            && page.is_mark(first + 3, "-")
            && page.digits(first + 4).len() == 2
    })
}

/// Whether the mark at `at` glues more of a number to what stands before it.
fn joins_figures(page: &Page, at: usize) -> bool {
    ["-", "/", ".", ","].iter().any(|mark| page.is_mark(at, mark))
        && page.get(at + 1).is_some_and(|after| after.gap == Gap::Nothing && after.kind != Kind::Mark)
}

pub(crate) fn read(page: &Page, at: usize) -> Option<Date> {
    if page.digits(at).is_empty() || page.digits(at).len() > 4 {
        return None;
    }
    let Some((mark, figures, lengths)) = three(page, at) else { return month_of_year(page, at) };
    let date = |year, month, day, confidence| {
        is_day(year, month, day).then(|| Date {
            value: Some(format!("{year:04}-{month:02}-{day:02}")),
            tokens: at..at + 5,
            confidence,
        })
    };
    match (figures, lengths) {
        ([year, month, day], [4, 1..=2, 1..=2]) if (1000..3000).contains(&year) => {
            date(year, month, day, Confidence::High)
        }
        ([first, second, year], [1..=2, 1..=2, 4]) if (1000..3000).contains(&year) => {
            ordered(page, at, mark, [first, second, year], Confidence::High)
        }
        ([first, second, year], [2, 2, 2]) if mark != "-" => {
            ordered(page, at, mark, [first, second, century(year)], Confidence::Medium)
        }
        ([first, second, year], [1, 1..=2, 2]) if mark == "/" => {
            ordered(page, at, mark, [first, second, century(year)], Confidence::Medium)
        }
        _ => None,
    }
}

/// A date whose year comes last. Where nothing tells day from month its value stays open.
fn ordered(
    page: &Page,
    at: usize,
    mark: &str,
    [first, second, year]: [u32; 3],
    confidence: Confidence,
) -> Option<Date> {
    let (day_first, month_first) = (is_day(year, second, first), is_day(year, first, second));
    let (month, day) = match (day_first, month_first) {
        (false, false) => return None,
        (true, true) if first != second && mark != "." => match page.order {
            Order::DayFirst => (second, first),
            Order::MonthFirst => (first, second),
            Order::Untold => return Some(Date { value: None, tokens: at..at + 5, confidence: Confidence::Low }),
        },
        (true, _) => (second, first),
        (false, true) => (first, second),
    };
    Some(Date { value: Some(format!("{year:04}-{month:02}-{day:02}")), tokens: at..at + 5, confidence })
}

/// '11/2026', and '2026-11' where nothing is glued to it.
fn month_of_year(page: &Page, at: usize) -> Option<Date> {
    let open = page.is_glued(at)
        && page.before(at, 1).is_some_and(|before| !matches!(before.fold.as_str(), "(" | "[" | "'" | "\"" | "«" | "“"));
    let glued = page.is_glued(at + 1) && page.is_glued(at + 2);
    let more = page.is_glued(at + 3)
        && page.get(at + 3).is_some_and(|next| {
            next.kind != Kind::Mark || page.is_glued(at + 4) && matches!(next.fold.as_str(), "/" | "-" | ".")
        });
    if open || !glued || more {
        return None;
    }
    let slash = page.is_mark(at + 1, "/") && page.digits(at).len() == 2 && page.digits(at + 2).len() == 4;
    let (month, year) = slash.then(|| Some((page.small(at)?, page.small(at + 2)?)))??;
    let fits = (1..=12).contains(&month) && (1900..2100).contains(&year);
    fits.then(|| Date {
        value: Some(format!("{year:04}-{month:02}")),
        tokens: at..at + 3,
        confidence: Confidence::Medium,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, Language, find};

    fn values(text: &str, language: Language) -> Vec<Option<String>> {
        find(text, language).into_iter().filter(|fact| fact.kind == Kind::Date).map(|fact| fact.value).collect()
    }

    #[test]
    fn figures_are_read_as_the_page_writes_them() {
        let some = |value: &str| Some(value.to_owned());
        assert_eq!(values("2026-11-24 and 20/07/1987", Language::English), [some("2026-11-24"), some("1987-07-20")]);
        assert_eq!(values("05/04/2024", Language::English), [None]);
        assert_eq!(values("05/04/2024, 12/31/2024", Language::English), [some("2024-05-04"), some("2024-12-31")]);
        assert_eq!(
            values("le 05/04/2024 et 3.12.2023 (04/2022)", Language::French),
            [some("2024-04-05"), some("2023-12-03"), some("2022-04")]
        );
        assert_eq!(
            values("２０２４/０３/０５ ٢٠٢٤-٠٣-٠٦", Language::Unknown),
            [some("2024-03-05"), some("2024-03-06")]
        );
    }

    #[test]
    fn versions_and_numbers_are_no_dates() {
        assert_eq!(values("version 12.05.24.1, 1.2.3, part 12-05-24, 2024-13-41", Language::English), []);
    }
}
