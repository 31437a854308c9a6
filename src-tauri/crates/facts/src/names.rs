//! Names of people, organisations and places, as far as titles, company forms and lists carry.

use crate::lists;
use crate::tokens::{Gap, Kind as Shape, Page};
use crate::{Confidence, Found, Kind, Language};

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "judge",
    "justice",
    "councillor",
    "sir",
    "lord",
    "lady",
    "m",
    "mm",
    "mme",
    "mlle",
    "me",
    "maitre",
    "docteur",
    "professeur",
    "madame",
    "monsieur",
    "messrs",
];

const SIGNED: &[&str] = &[
    "signed by",
    "signe par",
    "represented by",
    "represente par",
    "representee par",
    "represented herein by",
    "between",
    "entre les soussignes",
];

const PARTICLES: &[&str] = &[
    "de", "du", "des", "la", "le", "d", "van", "von", "der", "den", "of", "bin", "al", "el", "da", "di", "ten", "ter",
];

/// Company forms behind a name.
const FORMS: &[&str] = &[
    "ltd",
    "limited",
    "gmbh",
    "sarl",
    "sa",
    "sas",
    "sasu",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "ag",
    "nv",
    "bv",
    "kg",
    "spa",
    "srl",
    "oy",
    "ab",
    "eurl",
    "sci",
    "snc",
    "scop",
    "company",
    "foundation",
    "university",
    "institute",
    "association",
    "bank",
    "council",
    "committee",
    "ministry",
    "agency",
    "commission",
    "authority",
    "department",
    "society",
    "union",
    "press",
    "group",
    "party",
];

/// Words with which the name of an organisation begins.
const HEADS: &[&str] = &[
    "universite",
    "ministere",
    "societe",
    "association",
    "fondation",
    "banque",
    "mairie",
    "prefecture",
    "institut",
    "university",
    "ministry",
    "bank",
    "department",
    "institute",
    "tribunal",
    "syndicat",
    "federation",
    "confederation",
    "sarl",
    "sas",
    "sa",
    "cabinet",
    "caisse",
    "commune",
    "compagnie",
    "agence",
    "union",
];

fn is_name_word(page: &Page, at: usize) -> bool {
    page.get(at).is_some_and(|token| token.kind == Shape::Word && token.capital && token.fold.len() > 1)
        && !STOPS.contains(&page.word(at))
}

/// Capitalised words that are seldom part of a name.
const STOPS: &[&str] = &[
    "the",
    "a",
    "an",
    "in",
    "on",
    "at",
    "of",
    "and",
    "or",
    "for",
    "to",
    "by",
    "with",
    "from",
    "this",
    "that",
    "these",
    "it",
    "he",
    "she",
    "we",
    "they",
    "you",
    "i",
    "if",
    "when",
    "where",
    "as",
    "but",
    "so",
    "no",
    "not",
    "all",
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "du",
    "de",
    "et",
    "ou",
    "il",
    "elle",
    "nous",
    "vous",
    "ils",
    "ce",
    "cette",
    "ces",
    "en",
    "dans",
    "pour",
    "par",
    "sur",
    "au",
    "aux",
    "si",
    "article",
    "section",
    "chapter",
    "chapitre",
    "annexe",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The index after a run of capitalised words with particles, initials and hyphens between them; no more than six. A
/// new line goes on with it only behind its first word.
fn run(page: &Page, at: usize) -> usize {
    let (mut end, mut next, mut words) = (at, at, 0);
    while words < 6 && next < at + 14 {
        let Some(token) = page.get(next) else { break };
        let within = next == at || token.gap <= Gap::Space || token.gap == Gap::Line && token.capital && words < 2;
        let initial = token.kind == Shape::Word && token.upper && token.fold.len() == 1;
        let stop = token.fold == "."
            && token.gap == Gap::Nothing
            && page.before(next, 1).is_some_and(|token| token.upper && token.fold.len() == 1);
        let glue = matches!(token.fold.as_str(), "-" | "'") && token.gap == Gap::Nothing && page.is_glued(next + 1);
        let particle = PARTICLES.contains(&token.fold.as_str()) && (next > at || token.capital);
        if !within {
            break;
        }
        if is_name_word(page, next) || initial {
            words += 1;
            end = next + 1;
        } else if !(stop || glue || particle) {
            break;
        }
        next += 1;
    }
    end
}

/// 'Mr J. R. Bell', 'Maître Le Goff', 'Helen Carter'.
fn person(page: &Page, at: usize) -> Option<Found> {
    let token = page.get(at).filter(|token| token.kind == Shape::Word && token.capital)?;
    let fold = token.fold.as_str();
    if TITLES.contains(&fold) && fold != "a" {
        let next = at + 1 + usize::from(page.is_mark(at + 1, ".") && page.is_glued(at + 1));
        let letter = fold.len() == 1 && !(page.is_mark(at + 1, ".") && page.language == Language::French);
        let end = run(page, next);
        let stands = !letter && matches!(page.gap(next), Gap::Space | Gap::Line) && end > next;
        return stands.then(|| Found::new(Kind::Person, at..end, page.joined(next..end), Confidence::High));
    }
    let whole = !page.is_glued(at)
        || page.before(at, 1).is_none_or(|token| {
            token.kind == Shape::Mark && !matches!(token.fold.as_str(), "." | "-" | "/" | "@" | "_")
        });
    if !lists::is_given_name(fold) || !whole {
        return None;
    }
    let end = run(page, at);
    let last = page.word(end.checked_sub(1)?);
    let surname = end > at + 1 && page.get(end - 1).is_some_and(|token| token.capital && token.fold.len() > 1);
    let company = FORMS.contains(&last)
        || lists::places(last).iter().any(|words| words.len() == 1) && end == at + 2 && page.is_mark(at + 1, "-");
    (surname && !company).then(|| Found::new(Kind::Person, at..end, page.joined(at..end), Confidence::Medium))
}

/// 'Signed by Ingrid Solberg': two capitalised words or more behind a phrase that names people.
fn signatory(page: &Page, at: usize) -> Option<Found> {
    let mut start = page.longest(at, SIGNED)?;
    start += usize::from(page.is_mark(start, ":"));
    let end = run(page, start);
    let names = (start..end).filter(|&index| is_name_word(page, index)).count();
    let company = FORMS.contains(&page.word(end.checked_sub(1)?)) || FORMS.contains(&page.word(end));
    let between = page.word(at) == "between" || page.word(at) == "entre";
    (names >= 2 && !company && !between)
        .then(|| Found::new(Kind::Person, start..end, page.joined(start..end), Confidence::Medium))
}

/// 'Harbour Estates Ltd', 'University of Oslo', 'Société Martin'.
fn organisation(page: &Page, at: usize) -> Option<Found> {
    if !is_name_word(page, at)
        || page.is_glued(at)
            && page
                .before(at, 1)
                .is_some_and(|token| token.kind != Shape::Mark || matches!(token.fold.as_str(), "-" | "." | "/" | "@"))
    {
        return None;
    }
    let mut end = run(page, at);
    if page.is_mark(end, "&") && is_name_word(page, end + 1) {
        end = run(page, end + 1);
    }
    let comma = usize::from(page.is_mark(end, ","));
    let behind = FORMS.iter().take(26).any(|form| page.word(end + comma) == *form)
        && page.get(end + comma).is_some_and(|token| token.capital);
    if behind {
        end += comma + 1;
    }
    let form = (at + 1..end)
        .rev()
        .find(|&index| FORMS.contains(&page.word(index)) && page.get(index).is_some_and(|token| token.capital));
    let head = HEADS.contains(&page.word(at)) && end > at + 1;
    let end = match (form, head) {
        (_, true) => end,
        (Some(form), false) => form + 1,
        (None, false) => return None,
    };
    let end = end
        + usize::from(
            page.is_mark(end, ".") && page.is_glued(end) && matches!(page.word(end - 1), "inc" | "ltd" | "corp"),
        );
    let sure =
        FORMS.iter().take(26).any(|form| page.word(end - 1) == *form || page.word(end.saturating_sub(2)) == *form);
    let confidence = if sure { Confidence::High } else { Confidence::Medium };
    Some(Found::new(Kind::Organisation, at..end, page.joined(at..end), confidence))
}

fn place(page: &Page, at: usize) -> Option<Found> {
    let token = page.get(at).filter(|token| token.kind == Shape::Word && token.capital)?;
    let fits = |words: &&Vec<&str>| {
        words.iter().enumerate().all(|(step, word)| page.get(at + step).is_some_and(|token| token.fold == *word))
    };
    let words = lists::places(&token.fold).iter().filter(fits).max_by_key(|words| words.len())?;
    let end = at + words.len();
    // A part of a longer name, a word cut by a hyphen, an address.
    let inside = page.is_glued(at)
        && page
            .before(at, 1)
            .is_some_and(|before| before.kind != Shape::Mark || matches!(before.fold.as_str(), "-" | "." | "@" | "/"))
        || page.is_glued(end)
            && page.get(end).is_some_and(|after| {
                after.kind != Shape::Mark || matches!(after.fold.as_str(), "-" | "@" | "/") && page.is_glued(end + 1)
            });
    (!inside).then(|| Found::new(Kind::Place, at..end, page.joined(at..end), Confidence::Medium))
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    found.extend(person(page, at));
    found.extend(signatory(page, at));
    found.extend(organisation(page, at));
    found.extend(place(page, at));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    fn names(text: &str, language: Language) -> Vec<(Kind, String)> {
        find(text, language).into_iter().map(|fact| (fact.kind, fact.value.unwrap_or_default())).collect()
    }

    fn named(pairs: &[(Kind, &str)]) -> Vec<(Kind, String)> {
        pairs.iter().map(|&(kind, text)| (kind, text.to_owned())).collect()
    }

    #[test]
    fn people() {
        assert_eq!(
            names("Mr J. R. Bell met Helen Carter.", Language::English),
            named(&[(Kind::Person, "J. R. Bell"), (Kind::Person, "Helen Carter")])
        );
        assert_eq!(
            names("Signé par Jean-Pierre de La Tour et Mme Le Goff", Language::French),
            named(&[(Kind::Person, "Jean-Pierre de La Tour"), (Kind::Person, "Le Goff")])
        );
    }

    #[test]
    fn organisations_and_places() {
        assert_eq!(
            names(
                "Harbour Estates Ltd of London and the University of Oslo; Jean Martin SARL in New York",
                Language::English
            ),
            named(&[
                (Kind::Organisation, "Harbour Estates Ltd"),
                (Kind::Place, "London"),
                (Kind::Organisation, "University of Oslo"),
                (Kind::Organisation, "Jean Martin SARL"),
                (Kind::Place, "New York")
            ])
        );
    }
}
