//! Postal addresses of France, the United Kingdom and the United States, by their lines.

use crate::tokens::{Gap, Kind as Shape, Page};
use crate::{Confidence, Found, Kind};

const FRENCH_STREETS: &[&str] = &[
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "bvd",
    "place",
    "quai",
    "chemin",
    "impasse",
    "allee",
    "allees",
    "route",
    "cours",
    "square",
    "passage",
    "esplanade",
    "faubourg",
    "villa",
];

const ENGLISH_STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "square",
    "court",
    "place",
    "way",
    "terrace",
    "crescent",
    "close",
    "parkway",
    "highway",
    "broadway",
];

const STATES: &[&str] = &[
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me",
    "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa",
    "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "dc",
];

/// More tokens than an address has.
const LONGEST: usize = 40;

/// 'Number, street': the index after its name.
fn street(page: &Page, at: usize) -> Option<usize> {
    page.small(at).filter(|number| (1..20_000).contains(number))?;
    if page.is_glued(at) && page.before(at, 1).is_some_and(|token| !matches!(token.fold.as_str(), "(" | ":")) {
        return None;
    }
    let mut next = at + 1 + usize::from(matches!(page.word(at + 1), "bis" | "ter"));
    next += usize::from(page.is_mark(next, ","));
    if FRENCH_STREETS.contains(&page.word(next)) && page.gap(next) == Gap::Space {
        return Some(name_end(page, next + 1)).filter(|&end| end > next + 1);
    }
    // 'Fifty-one Franklin Street': capitalised words up to one that names a street.
    (next..next + 5)
        .take_while(|&index| {
            page.get(index).is_some_and(|token| {
                token.capital && token.gap == Gap::Space || token.kind == Shape::Mark && token.gap == Gap::Nothing
            })
        })
        .find(|&index| {
            index > next
                && ENGLISH_STREETS.contains(&page.word(index))
                && page.get(index).is_some_and(|token| token.capital)
        })
        .map(|index| index + 1)
}

/// The index after the name of a French street: to the end of the line, a comma or a postcode.
fn name_end(page: &Page, start: usize) -> usize {
    let mut end = start;
    while end < start + 10 {
        let Some(token) = page.get(end).filter(|token| token.gap <= Gap::Space) else { break };
        let inner = matches!(token.fold.as_str(), "'" | "-");
        if token.kind == Shape::Mark && !inner || token.kind == Shape::Number && token.fold.len() == 5 {
            break;
        }
        let small = token.kind == Shape::Word
            && !token.capital
            && !matches!(
                token.fold.as_str(),
                "de" | "du" | "des" | "la" | "le" | "les" | "l" | "d" | "et" | "saint" | "general" | "docteur"
            );
        if small {
            break;
        }
        end += 1;
    }
    end
}

/// Capitalised words with hyphens: a city. The index after it.
fn city(page: &Page, start: usize) -> Option<usize> {
    let mut end = start;
    while end < start + 8 {
        let Some(token) = page.get(end).filter(|token| token.gap <= Gap::Space) else { break };
        let name = token.kind == Shape::Word && (token.capital || page.is_glued(end));
        let numbered = token.kind == Shape::Number
            && token.fold.len() <= 2
            && page.before(end, 1).is_some_and(|token| token.fold == "cedex");
        if !(name || numbered || token.fold == "-" || token.fold == "'" && token.gap == Gap::Nothing) {
            break;
        }
        end += 1;
    }
    (end > start).then_some(end)
}

/// '75008 Paris', 'Boston, MA 02110-1301', 'London SW1A 2AA'.
fn town(page: &Page, at: usize) -> Option<usize> {
    if page.digits(at).len() == 5 {
        return city(page, at + 1);
    }
    let end = city(page, at)?;
    let comma = end + usize::from(page.is_mark(end, ","));
    let state =
        |index: usize| page.get(index).is_some_and(|token| token.upper && STATES.contains(&token.fold.as_str()));
    for index in [comma, end.saturating_sub(1)] {
        if index > at && state(index) && page.digits(index + 1).len() == 5 && page.gap(index + 1) <= Gap::Line {
            let more = page.is_mark(index + 2, "-") && page.is_glued(index + 2) && page.digits(index + 3).len() == 4;
            return Some(index + 2 + if more { 2 } else { 0 });
        }
    }
    (end.saturating_sub(2).max(at)..=comma).find_map(|index| british(page, index))
}

/// A British postcode at `at`: 'SW1A 2AA', 'M1 1AE'.
fn british(page: &Page, at: usize) -> Option<usize> {
    let area = page.get(at).filter(|token| token.upper && token.fold.len() <= 2)?;
    let district = page.is_glued(at + 1) && (1..=2).contains(&page.digits(at + 1).len());
    let letter = usize::from(page.is_glued(at + 2) && page.word(at + 2).len() == 1);
    let inward = at + 2 + letter;
    let code = page.digits(inward).len() == 1 && page.gap(inward) == Gap::Space && page.is_glued(inward + 1);
    let last = page.get(inward + 1).is_some_and(|token| token.upper && token.fold.len() == 2);
    (area.kind == Shape::Word && district && code && last).then_some(inward + 2)
}

/// A street and, in the next lines, the town with its postcode; or the town with its postcode alone.
fn address(page: &Page, at: usize) -> Option<Found> {
    if let Some(end) = street(page, at) {
        let town = (end..end + 12).take_while(|&index| index < at + LONGEST && page.is_near(index)).find_map(|index| {
            town(page, index).filter(|_| {
                index == end
                    || page.gap(index) >= Gap::Line
                    || page.is_mark(index - 1, ",")
                    || page.digits(index).len() == 5
            })
        });
        let (end, confidence) = town.map_or((end, Confidence::Medium), |end| (end, Confidence::High));
        return Some(Found::new(Kind::Contact, at..end, page.joined(at..end), confidence));
    }
    let french = page.digits(at).len() == 5
        && page.gap(at) != Gap::Nothing
        && page.get(at + 1).is_some_and(|token| {
            token.gap == Gap::Space
                && (token.upper && token.fold.len() > 3
                    || !crate::lists::places(&token.fold).is_empty() && token.capital)
        });
    let end = if french { city(page, at + 1)? } else { british(page, at)? };
    Some(Found::new(Kind::Contact, at..end, page.joined(at..end), Confidence::Medium))
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    found.extend(address(page, at));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, find};

    fn texts(text: &str) -> Vec<String> {
        find(text, Language::Unknown)
            .into_iter()
            .filter(|fact| fact.kind == Kind::Contact)
            .map(|fact| fact.text)
            .collect()
    }

    #[test]
    fn addresses_of_three_countries() {
        assert_eq!(
            texts("Maître Dupont\n12 bis, rue de la Paix\n75002 Paris\nFrance"),
            ["12 bis, rue de la Paix 75002 Paris"]
        );
        assert_eq!(
            texts("51 Franklin Street, Fifth Floor, Boston, MA 02110-1301, USA"),
            ["51 Franklin Street, Fifth Floor, Boston, MA 02110-1301"]
        );
        assert_eq!(texts("10 Downing Street, London SW1A 2AA"), ["10 Downing Street, London SW1A 2AA"]);
    }

    #[test]
    fn numbers_before_words_are_no_addresses() {
        assert_eq!(texts("In 1999 Place names changed; 12 rue; article 5 Road works"), Vec::<String>::new());
    }
}
