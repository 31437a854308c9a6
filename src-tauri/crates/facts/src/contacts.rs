//! E-mail and web addresses, telephone numbers.

use crate::tokens::{Gap, Kind as Shape, Page};
use crate::{Confidence, Found, Kind, Language};

/// More tokens than an address has.
const LONGEST: usize = 120;

/// The index after what stands together without white space, less the marks of the sentence at its end.
fn run_end(page: &Page, at: usize) -> usize {
    let closes =
        |index| [">", "\"", "»", "”", "<", "|", "{", "}", "«", "“", "`"].iter().any(|mark| page.is_mark(index, mark));
    let mut end = at + 1;
    while end < at + LONGEST && page.get(end).is_some() && page.is_glued(end) && !closes(end) {
        end += 1;
    }
    let open = (at..end).any(|index| page.is_mark(index, "("));
    while end > at + 1
        && [".", ",", ";", ":", "!", "?", "'", "]", "*", "_", ")"]
            .iter()
            .any(|mark| page.is_mark(end - 1, mark) && !(*mark == ")" && open))
    {
        end -= 1;
    }
    end
}

/// Whether an address may begin here: behind white space or an opening mark.
fn begins(page: &Page, at: usize) -> bool {
    !page.is_glued(at)
        || page.before(at, 1).is_none_or(|token| {
            matches!(
                token.fold.as_str(),
                "<" | "(" | "[" | ":" | "\"" | "«" | "“" | "'" | "," | ";" | "/" | "|" | "*" | "{" | "=" | "`"
            )
        })
}

fn web(page: &Page, at: usize) -> Option<Found> {
    let scheme = matches!(page.word(at), "http" | "https" | "ftp")
        && page.is_mark(at + 1, ":")
        && page.is_mark(at + 2, "/")
        && page.is_mark(at + 3, "/");
    let www = page.word(at) == "www" && page.is_mark(at + 1, ".");
    let glued = (1..3).all(|step| page.is_glued(at + step));
    if !(scheme || www)
        || !glued
        || page.is_glued(at)
            && page
                .before(at, 1)
                .is_some_and(|token| token.kind != Shape::Mark || www && matches!(token.fold.as_str(), "/" | "@"))
    {
        return None;
    }
    let end = run_end(page, at);
    let named = end > at + if scheme { 4 } else { 2 };
    named.then(|| Found::new(Kind::Contact, at..end, page.joined(at..end), Confidence::High))
}

fn mail(page: &Page, at: usize) -> Option<Found> {
    if !begins(page, at) || page.get(at)?.kind == Shape::Mark {
        return None;
    }
    let part = |index: usize, signs: &[&str]| {
        page.is_glued(index)
            && page.get(index).is_some_and(|token| token.kind != Shape::Mark || signs.contains(&token.fold.as_str()))
    };
    let mut sign = at + 1;
    while sign < at + 24 && part(sign, &[".", "-", "_", "+", "'"]) {
        sign += 1;
    }
    if !page.is_mark(sign, "@") || !page.is_glued(sign) {
        return None;
    }
    let mut end = sign + 1;
    while end < sign + 24 && part(end, &[".", "-"]) {
        end += 1;
    }
    while page.get(end - 1).is_some_and(|token| token.kind == Shape::Mark) && end > sign + 1 {
        end -= 1;
    }
    let dotted = (sign + 2..end).any(|index| page.is_mark(index, ".")) && page.word(end - 1).len() >= 2;
    dotted.then(|| Found::new(Kind::Contact, at..end, page.joined(at..end).to_lowercase(), Confidence::High))
}

/// Words before a telephone number.
const PHONE_CUES: &[&str] =
    &["tel", "telephone", "phone", "fax", "mobile", "portable", "call", "telecopie", "cell", "standard"];

/// The groups of a number: figures with spaces, points, hyphens, a bracketed prefix between them.
fn groups(page: &Page, at: usize) -> (String, usize, usize) {
    let (mut digits, mut end, mut count) = (String::new(), at, 0);
    let mut next = at;
    while digits.len() < 16 && next < at + 20 {
        let Some(token) = page.get(next).filter(|token| token.gap <= Gap::Space) else { break };
        match token.kind {
            Shape::Number if token.fold.len() <= 10 => {
                digits.push_str(&token.fold);
                count += 1;
                (end, next) = (next + 1, next + 1);
            }
            Shape::Mark if matches!(token.fold.as_str(), "." | "-" | "(" | ")" | "/" | "\u{2013}") => next += 1,
            _ => break,
        }
    }
    (digits, end, count)
}

/// '+44 1304 555 018', '02 35 55 01 44', '(617) 542-5942'; values in the form of E.164 where the country is told.
fn phone(page: &Page, at: usize) -> Option<Found> {
    let plus = page.is_mark(at, "+") && page.is_glued(at + 1);
    let bracket = page.is_mark(at, "(");
    let first = at + usize::from(plus || bracket);
    if page.digits(first).is_empty() || page.is_glued(at) && !begins(page, at) {
        return None;
    }
    let (digits, end, count) = groups(page, first);
    if page.is_glued(end) && page.get(end).is_some_and(|token| token.kind == Shape::Word) {
        return None;
    }
    let cued = (1..=4).any(|back| page.before(at, back).is_some_and(|token| PHONE_CUES.contains(&token.fold.as_str())));
    let length = digits.len();
    // Five groups of two.
    let french = length == 10 && digits.starts_with('0') && count == 5 && page.digits(first).len() == 2;
    let (value, confidence) = match () {
        () if plus && (8..=15).contains(&length) => (format!("+{digits}"), Confidence::High),
        () if digits.starts_with("00") && (10..=16).contains(&length) && count > 1 => {
            (format!("+{}", digits.get(2..)?), Confidence::Medium)
        }
        () if french && (page.language != Language::English || cued) => {
            (format!("+33{}", digits.get(1..)?), Confidence::High)
        }
        () if length == 10 && american(page, first, count) => (format!("+1{digits}"), Confidence::Medium),
        () if cued && (6..=13).contains(&length) => (digits, Confidence::Medium),
        () => return None,
    };
    Some(Found::new(Kind::Contact, at..end, without_trunk(page, first, value), confidence))
}

/// '+44 (0)20 ...': the bracketed zero is not dialled from abroad.
fn without_trunk(page: &Page, first: usize, value: String) -> String {
    let trunk = page.is_mark(first + 1, "(") && page.digits(first + 2) == "0" && page.is_mark(first + 3, ")");
    let cut = page.digits(first).len() + 1;
    match (value.get(..cut), value.get(cut + 1..)) {
        (Some(front), Some(back)) if trunk => format!("{front}{back}"),
        _ => value,
    }
}

/// Three, three and four figures with marks between them.
fn american(page: &Page, first: usize, count: usize) -> bool {
    let lengths: Vec<usize> =
        (first..first + 8).map(|index| page.digits(index).len()).filter(|&length| length > 0).take(3).collect();
    count == 3
        && lengths == [3, 3, 4]
        && (page.is_mark(first + 1, "-") || page.is_mark(first + 1, ")") || page.is_mark(first + 1, "."))
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    found.extend(web(page, at).or_else(|| mail(page, at)).or_else(|| phone(page, at)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    fn values(text: &str, language: Language) -> Vec<String> {
        find(text, language)
            .into_iter()
            .filter(|fact| fact.kind == Kind::Contact)
            .filter_map(|fact| fact.value)
            .collect()
    }

    #[test]
    fn electronic_addresses() {
        assert_eq!(
            values(
                "Write to Anna.Bell@example.org, see <https://www.example.org/a_(b)?c=d>. www.example.fr.",
                Language::English
            ),
            ["anna.bell@example.org", "https://www.example.org/a_(b)?c=d", "www.example.fr"]
        );
        assert_eq!(values("user@localhost a@b @c.d http:// is none", Language::English), Vec::<String>::new());
    }

    #[test]
    fn telephone_numbers() {
        assert_eq!(
            values("tél. 02 35 55 01 44, +44 (0)1304 555 018", Language::French),
            ["+33235550144", "+441304555018"]
        );
        assert_eq!(
            values("Tel: (617) 542-5942 or fax 020 7946 0018", Language::English),
            ["+16175425942", "02079460018"]
        );
        assert_eq!(values("In 2004 345 678 people, 12-34-56", Language::English), Vec::<String>::new());
    }
}
