//! References: places in a text ('article 12.8', '§ 3', 'L. 871-1') and numbers under which something is kept
//! ('loi n° 2004-810', 'invoice no. 4711', an IBAN, an ISBN, a DOI, 'RFC 2119').

use crate::tokens::{Gap, Kind as Shape, Page};
use crate::{Confidence, Found, Kind};

/// Words before a number of a part of a text: as it stands in the value, and its spellings.
const PARTS: &[(&str, &[&str])] = &[
    ("article", &["article", "articles", "art"]),
    ("section", &["section", "sections", "sec"]),
    ("clause", &["clause", "clauses"]),
    ("paragraph", &["paragraph", "paragraphs", "para", "paragraphe", "paragraphes"]),
    ("chapter", &["chapter", "chapters", "chapitre", "chapitres"]),
    ("annex", &["annex", "annexe", "annexes", "appendix"]),
    ("schedule", &["schedule"]),
    ("exhibit", &["exhibit"]),
    ("amendment", &["amendment", "amendments"]),
    ("avenant", &["avenant", "avenants"]),
    ("title", &["title", "titre"]),
    ("alinéa", &["alinea", "alineas"]),
    ("rule", &["rule"]),
    ("regulation", &["regulation", "reglement"]),
    ("directive", &["directive"]),
    ("loi", &["loi", "lois"]),
    ("décret", &["decret", "decrets"]),
    ("arrêté", &["arrete"]),
    ("ordonnance", &["ordonnance"]),
    ("circulaire", &["circulaire"]),
    ("act", &["act"]),
    ("case", &["case", "affaire", "dossier"]),
    ("invoice", &["invoice", "facture"]),
    ("order", &["order", "commande"]),
    ("contract", &["contract", "contrat"]),
    ("account", &["account", "compte", "acct"]),
    ("customer", &["customer", "client"]),
    ("file", &["file"]),
    ("policy", &["policy", "police"]),
    ("ref", &["ref", "reference", "references", "nos", "votre"]),
    ("bug", &["bug", "bugs", "ticket", "issue"]),
    ("RFC", &["rfc"]),
    ("ISO", &["iso"]),
    ("CVE", &["cve"]),
    ("SIREN", &["siren"]),
    ("SIRET", &["siret"]),
];

/// Parts whose number may stand behind them without 'no.'.
const BARE: &[&str] = &[
    "article",
    "section",
    "clause",
    "paragraph",
    "chapter",
    "annex",
    "schedule",
    "exhibit",
    "amendment",
    "title",
    "alinéa",
    "rule",
    "RFC",
    "ISO",
    "CVE",
    "SIREN",
    "SIRET",
];

/// Laws whose number alone does for a reference.
const MARKED: &[&str] = &["no", "n", "nr", "num", "numero", "number", "nos"];

/// The index after a sign for 'number': '#', 'n°', 'No.', '№'.
fn number_sign(page: &Page, at: usize) -> Option<usize> {
    if page.gap(at) > Gap::Line {
        return None;
    }
    if page.is_mark(at, "#") || page.is_mark(at, "№") {
        return Some(at + 1);
    }
    MARKED.contains(&page.word(at)).then_some(())?;
    let next = at + 1;
    let sign = page.is_mark(next, "\u{B0}")
        || page.is_mark(next, "º")
        || page.is_mark(next, ".") && page.is_glued(next)
        || page.is_mark(next, ":");
    match page.word(at) {
        "n" if !sign => None,
        _ => Some(next + usize::from(sign)),
    }
}

/// An identifier at `at`: figures and single capitals glued by '.', '-', '/', with a figure in it; a Roman number;
/// 'L. 871-1'. Its text and the index after it.
fn identifier(page: &Page, at: usize) -> Option<(String, usize)> {
    let first = page.get(at).filter(|token| token.gap <= Gap::Line)?;
    let code = first.upper && matches!(first.fold.as_str(), "l" | "r" | "d" | "a");
    let mut end = at;
    if code {
        end = at + 1 + usize::from(page.is_mark(at + 1, "."));
        end += usize::from(page.is_mark(end, "*"));
        if page.digits(end).is_empty() {
            end = at;
        }
    }
    let start = end;
    while end < at + 24 {
        let Some(token) = page.get(end) else { break };
        let glued = end == start || token.gap == Gap::Nothing;
        let sign = matches!(token.fold.as_str(), "." | "-" | "/" | "\u{2013}" | "_" | ":")
            && page.get(end + 1).is_some_and(|next| {
                next.gap == Gap::Nothing
                    && next.kind != Shape::Mark
                    && (next.kind == Shape::Number || next.upper || next.fold.len() == 1)
            });
        let part = token.kind == Shape::Number
            || token.kind == Shape::Word
                && (token.upper && token.fold.len() <= 6
                    || token.fold.len() == 1 && end > start
                    || end > start && matches!(token.fold.as_str(), "er" | "bis" | "ter"));
        if !(glued && (part || sign && end > start)) {
            break;
        }
        end += 1;
    }
    let text = page.joined(at..end);
    let has_digit = (start..end).any(|index| !page.digits(index).is_empty());
    (end > start && (has_digit || is_roman(&text))).then_some((text, end))
}

fn is_roman(text: &str) -> bool {
    text.len() <= 6 && !text.is_empty() && text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

/// The name of a part of a text, or of a kind of paper, at `at`.
fn part(page: &Page, at: usize) -> Option<&'static str> {
    let word = page.word(at);
    PARTS.iter().find(|(_, spellings)| spellings.contains(&word)).map(|&(name, _)| name)
}

/// 'Article 12', 'loi n° 2004-810', 'articles 4.4 et 7', 'invoice no. 4711'.
fn named(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let name = part(page, at)?;
    let mut next = at + 1;
    let stop = page.is_mark(next, ".") && page.is_glued(next) && page.word(at).len() <= 4;
    next += usize::from(stop);
    if let "number" | "numero" = page.word(next) {
        next += usize::from(page.is_mark(next + 1, ":"));
    }
    let signed = number_sign(page, next);
    let colon = page.is_mark(next, ":") && !BARE.contains(&name);
    let hyphen = page.is_mark(next, "-") && matches!(name, "CVE" | "RFC");
    let start =
        signed.or_else(|| (colon || hyphen).then_some(next + 1)).or_else(|| BARE.contains(&name).then_some(next))?;
    let (text, end) = identifier(page, start)?;
    let title =
        name == "title" && signed.is_none() && !is_roman(&text) && !page.get(at).is_some_and(|token| token.capital);
    let long_enough = signed.is_some() || BARE.contains(&name) || text.len() >= 3;
    if title || !long_enough {
        return None;
    }
    let confidence = if signed.is_some() || name != "title" { Confidence::High } else { Confidence::Medium };
    found.push(Found::new(Kind::Reference, at..end, format!("{name} {}", trimmed(&text)), confidence));
    more(page, name, end, found);
    Some(())
}

/// '1er' is 1.
fn trimmed(text: &str) -> &str {
    text.strip_suffix("er").unwrap_or(text)
}

/// The other numbers of a list: 'articles 12.8, 12.9 et 13'.
fn more(page: &Page, name: &str, mut at: usize, found: &mut Vec<Found>) {
    let last = at + 24;
    while at < last {
        let joins = matches!(page.word(at), "and" | "et" | "or" | "ou" | "to" | "a")
            || page.is_mark(at, ",")
            || page.is_mark(at, "&");
        let next = number_sign(page, at + 1).unwrap_or(at + 1);
        let Some((text, end)) =
            identifier(page, next).filter(|(text, _)| joins && text.starts_with(|c: char| c.is_ascii_digit()))
        else {
            return;
        };
        // 'Section 3 and 14 days later', 'article 2, 50 %'.
        let counted = crate::numbers::in_digits(page, next).is_some_and(|number| {
            number.end <= end
                && (!page.word(number.end).is_empty()
                    && page.gap(number.end) <= Gap::Space
                    && (crate::lists::unit(page.raw(number.end)).is_some()
                        || page.get(number.end).is_some_and(|token| crate::dates::month(token).is_some()))
                    || page.is_mark(number.end, "%")
                    || page.is_mark(number.end, "€"))
        });
        if counted || page.small(next).is_some_and(|year| (1900..2100).contains(&year)) {
            return;
        }
        found.push(Found::new(Kind::Reference, next..end, format!("{name} {}", trimmed(&text)), Confidence::Medium));
        at = end;
    }
}

/// '§ 3', '§§ 3.1', '#12345'.
fn signed(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    if page.is_mark(at, "§") {
        let next = at + 1 + usize::from(page.is_mark(at + 1, "§"));
        let (text, end) = identifier(page, next)?;
        found.push(Found::new(Kind::Reference, at..end, format!("§ {text}"), Confidence::High));
        return Some(());
    }
    if page.is_mark(at, "#") && page.is_glued(at + 1) && page.digits(at + 1).len() >= 4 {
        found.push(Found::new(Kind::Reference, at..at + 2, format!("#{}", page.digits(at + 1)), Confidence::Medium));
        return Some(());
    }
    // 'L. 871-1' of a French code.
    let code = page.get(at).is_some_and(|token| token.upper && matches!(token.fold.as_str(), "l" | "r" | "d"));
    if code && (page.is_mark(at + 1, ".") || page.is_mark(at + 2, "-")) {
        let (text, end) = identifier(page, at).filter(|(text, _)| text.contains('-'))?;
        found.push(Found::new(Kind::Reference, at..end, format!("article {text}"), Confidence::High));
        return Some(());
    }
    None
}

/// Letters and figures from `at` on, spaces and hyphens left out: the text and the index after each token.
fn compact(page: &Page, at: usize, most: usize) -> Vec<(String, usize)> {
    let (mut text, mut steps, mut next) = (String::new(), Vec::new(), at);
    while text.len() < most {
        let Some(token) = page.get(next).filter(|token| next == at || token.gap <= Gap::Space) else { break };
        let hyphen = token.fold == "-" && token.gap == Gap::Nothing;
        if token.kind == Shape::Mark && !hyphen || token.fold.is_empty() {
            break;
        }
        if !hyphen {
            text.extend(token.fold.chars().map(|c| c.to_ascii_uppercase()));
            steps.push((text.clone(), next + 1));
        }
        next += 1;
    }
    steps
}

/// An account number with its check digits (ISO 13616: modulo 97).
fn iban(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let country = page.get(at).filter(|token| token.upper && token.fold.len() == 2)?;
    let check = page.digits(at + 1).len() >= 2 && page.is_glued(at + 1);
    let fits = |text: &str| (15..=34).contains(&text.len()) && remainder(text) == Some(1);
    let steps = if check && country.kind == Shape::Word { compact(page, at, 34) } else { Vec::new() };
    let (text, end) = steps.into_iter().rev().find(|(text, _)| fits(text))?;
    found.push(Found::new(Kind::Reference, at..end, format!("IBAN {text}"), Confidence::High));
    Some(())
}

fn remainder(text: &str) -> Option<u32> {
    let (front, back) = text.split_at_checked(4)?;
    back.chars().chain(front.chars()).try_fold(0_u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some((rest * if value > 9 { 100 } else { 10 } + value) % 97)
    })
}

/// 'ISBN 978-2-...' with its check digit.
fn isbn(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    (page.word(at) == "isbn").then_some(())?;
    let mut start = at + 1;
    if page.is_mark(start, "-") && matches!(page.digits(start + 1), "10" | "13") {
        start += 2;
    }
    start += usize::from(page.is_mark(start, ":"));
    let (text, end) = compact(page, start, 13).into_iter().rev().find(|(text, _)| is_isbn(text))?;
    found.push(Found::new(Kind::Reference, at..end, format!("ISBN {text}"), Confidence::High));
    Some(())
}

fn is_isbn(text: &str) -> bool {
    let values: Option<Vec<u32>> = text.chars().map(|c| if c == 'X' { Some(10) } else { c.to_digit(10) }).collect();
    let Some(values) = values else { return false };
    match values.len() {
        10 => values.iter().zip((1..=10).rev()).map(|(value, weight)| value * weight).sum::<u32>() % 11 == 0,
        13 => {
            values.iter().zip([1, 3].into_iter().cycle()).map(|(value, weight)| value * weight).sum::<u32>() % 10 == 0
        }
        _ => false,
    }
}

/// 'doi:10.1000/182', '10.1000/182'.
fn doi(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let ten = page.digits(at) == "10" && page.is_mark(at + 1, ".") && (4..=9).contains(&page.digits(at + 2).len());
    if !ten || !page.is_mark(at + 3, "/") || !(at + 1..at + 5).all(|index| page.is_glued(index)) {
        return None;
    }
    let mut end = at + 4;
    while end < at + 60
        && page.is_glued(end)
        && !["\"", ")", "]", ">", ",", ";"].iter().any(|mark| page.is_mark(end, mark))
    {
        end += 1;
    }
    end -= usize::from(page.is_mark(end - 1, "."));
    found.push(Found::new(Kind::Reference, at..end, format!("DOI {}", page.joined(at..end)), Confidence::High));
    Some(())
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    let _ = iban(page, at, found)
        .or_else(|| isbn(page, at, found))
        .or_else(|| doi(page, at, found))
        .or_else(|| named(page, at, found))
        .or_else(|| signed(page, at, found));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, find};

    fn values(text: &str) -> Vec<String> {
        find(text, Language::Unknown)
            .into_iter()
            .filter(|fact| fact.kind == Kind::Reference)
            .filter_map(|fact| fact.value)
            .collect()
    }

    #[test]
    fn parts_of_texts() {
        assert_eq!(
            values("articles 12.8 et 12.9, § 3, clause 4.2 and Amendment XXI"),
            ["article 12.8", "article 12.9", "§ 3", "clause 4.2", "amendment XXI"]
        );
        assert_eq!(
            values("l'article L. 871-1 du code, avenant n° 18, Article 1er"),
            ["article L. 871-1", "avenant 18", "article 1"]
        );
        assert_eq!(values("Section 3 and 14 days later"), ["section 3"]);
    }

    #[test]
    fn numbers_of_papers() {
        assert_eq!(
            values("loi n° 2004-810 du 13 août 2004; invoice no. 4711-B; RFC 2119; Case No. 22-451"),
            ["loi 2004-810", "invoice 4711-B", "RFC 2119", "case 22-451"]
        );
        assert_eq!(values("doi:10.1000/182. and bug #123456"), ["DOI 10.1000/182", "bug 123456"]);
    }

    #[test]
    fn check_digits_are_checked() {
        assert_eq!(values("IBAN FR76 3000 6000 0112 3456 7890 189 ok"), ["IBAN FR7630006000011234567890189"]);
        assert_eq!(values("FR76 3000 6000 0112 3456 7890 188"), Vec::<String>::new());
        assert_eq!(
            values("ISBN 0-306-40615-2, ISBN-13: 978-0-306-40615-7, ISBN 0-306-40615-3"),
            ["ISBN 0306406152", "ISBN 9780306406157"]
        );
    }
}
