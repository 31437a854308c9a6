//! Numbers in digits and in words, as exact decimal text.

use crate::Language;
use crate::tokens::{Gap, Kind, Page};

/// A number that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Digits with at most one point, no zero in front, a minus sign if negative.
    pub value: String,
    /// The index after its last token.
    pub end: usize,
    /// Written in words.
    pub words: bool,
    /// '1,234' could be read in two ways, and the language did not say which.
    pub doubtful: bool,
}

/// More groups or words than any number has.
const LONGEST: usize = 12;

/// Whether a number could be a year: then 'to' behind it begins no range of sums or percentages ('1948 to 64 %').
pub(crate) fn is_year_like(page: &Page, at: usize, number: &Number) -> bool {
    number.end == at + 1
        && page.digits(at).len() == 4
        && page.small(at).is_some_and(|year| (1900..2100).contains(&year))
}

/// The number that begins at `at`, in digits or in words.
pub(crate) fn read(page: &Page, at: usize) -> Option<Number> {
    in_digits(page, at).or_else(|| in_words(page, at))
}

/// Whether the token continues a number that began before it.
fn is_inside(page: &Page, at: usize) -> bool {
    let mark = page.before(at, 1).filter(|mark| page.is_glued(at) && mark.gap == Gap::Nothing);
    let after_number = page.before(at, 2).is_some_and(|token| token.kind == Kind::Number);
    let glued_mark = mark.is_some_and(|mark| match mark.fold.as_str() {
        "." => true,
        "," | "'" => after_number,
        _ => false,
    });
    glued_mark
        || page.is_glued(at)
            // 'F1', 'mp3' are names; 'EUR45' is a sum.
            && page.before(at, 1).is_some_and(|token| token.kind == Kind::Word && !(token.upper && token.fold.len() == 3))
}

/// A number in digits: '1,234.50', '1.234,50', '1 234,50', '1’234.50', '12,34,567'.
pub(crate) fn in_digits(page: &Page, at: usize) -> Option<Number> {
    let head = Some(page.digits(at)).filter(|digits| !digits.is_empty() && digits.len() <= 30)?;
    if is_inside(page, at) {
        return None;
    }
    let (mut whole, mut end, mut separator) = (head.to_owned(), at + 1, None);
    while whole.len() <= 30 && head.len() <= 3 && head != "0" {
        let Some((mark, next)) = group(page, end, separator, at) else { break };
        whole.push_str(page.digits(next - 1));
        (end, separator) = (next, Some(mark));
    }
    let groups = end > at + 1;
    let decimals = decimals(page, end, separator);
    let number = |whole: &str, decimals: &str, end, doubtful| Number {
        value: canonical(whole, decimals),
        end,
        words: false,
        doubtful,
    };
    if let Some(digits) = decimals {
        let three = digits.len() == 3 && !groups && head.len() <= 3 && head != "0";
        let end = end + 2;
        return (!goes_on(page, end)).then(|| number(&whole, digits, end, three));
    }
    if goes_on(page, end) {
        return None;
    }
    let one = groups && end == at + 3;
    let doubtful =
        one && separator.is_some_and(|mark| mark == "," || mark == ".") && page.language == Language::Unknown;
    Some(number(&whole, "", end, doubtful))
}

/// Another group of three digits at `end`: what separates it, and the index after it.
fn group<'p>(page: &'p Page, end: usize, separator: Option<&'p str>, first: usize) -> Option<(&'p str, usize)> {
    if page.digits(end).len() == 3 && page.gap(end) == Gap::Space {
        return separator.is_none_or(|mark| mark == " ").then_some((" ", end + 1));
    }
    let mark = page.get(end).filter(|mark| mark.kind == Kind::Mark && mark.gap == Gap::Nothing)?.fold.as_str();
    let glued = page.is_glued(end + 1);
    let digits = page.digits(end + 1).len();
    if !glued || !matches!(mark, "," | "." | "'") || separator.is_some_and(|before| before != mark) {
        return None;
    }
    // 'Lakh' and 'crore': groups of two before the last of three.
    let indian =
        mark == "," && digits == 2 && page.is_mark(end + 2, ",") && matches!(page.digits(end + 3).len(), 2 | 3);
    if digits != 3 && !(indian && page.is_glued(end + 3)) {
        return None;
    }
    let repeated = separator.is_some() || page.is_mark(end + 2, mark) && page.digits(end + 3).len() == 3;
    let other = if mark == "," { "." } else { "," };
    let mixed = page.is_mark(end + 2, other) && page.is_glued(end + 2) && !page.digits(end + 3).is_empty();
    let usual = match mark {
        "," => page.language != Language::French,
        "." => page.language == Language::French,
        _ => true,
    };
    (end < first + 2 * LONGEST && (repeated || indian || mixed || usual)).then_some((mark, end + 2))
}

fn decimals<'p>(page: &'p Page, end: usize, separator: Option<&str>) -> Option<&'p str> {
    let mark = page.get(end).filter(|mark| mark.gap == Gap::Nothing)?.fold.as_str();
    let fits = matches!(mark, "." | ",") && separator != Some(mark) && page.is_glued(end + 1);
    Some(page.digits(end + 1)).filter(|digits| fits && !digits.is_empty() && digits.len() <= 12)
}

/// Whether a point and more digits follow, as in a version or a date: then what was read is no number.
fn goes_on(page: &Page, end: usize) -> bool {
    page.get(end).is_some_and(|mark| mark.gap == Gap::Nothing && matches!(mark.fold.as_str(), "." | ","))
        && page.is_glued(end + 1)
        && !page.digits(end + 1).is_empty()
}

fn canonical(whole: &str, decimals: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}

/// `value` times ten to the power of `zeroes`.
pub(crate) fn shifted(value: &str, zeroes: usize) -> String {
    let (sign, value) = value.strip_prefix('-').map_or(("", value), |rest| ("-", rest));
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let moved: String = decimals.chars().chain(std::iter::repeat('0')).take(zeroes).collect();
    let rest = decimals.get(zeroes..).unwrap_or_default();
    format!("{sign}{}", canonical(&format!("{whole}{moved}"), rest))
}

/// `value` divided by a hundred: cents as a part of a whole.
pub(crate) fn hundredth(value: &str) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let padded = format!("{whole:0>3}");
    let cut = padded.len().saturating_sub(2);
    let (front, back) = (padded.get(..cut).unwrap_or_default(), padded.get(cut..).unwrap_or_default());
    canonical(front, &format!("{back}{decimals}"))
}

const ENGLISH: &[(&str, u64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const FRENCH: &[(&str, u64)] = &[
    ("zero", 0),
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("vingt", 20),
    ("vingts", 20),
    ("trente", 30),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("septante", 70),
    ("huitante", 80),
    ("octante", 80),
    ("nonante", 90),
];

fn unit(word: &str, language: Language) -> Option<u64> {
    let find = |list: &[(&str, u64)]| list.iter().find(|(name, _)| *name == word).map(|&(_, value)| value);
    match language {
        Language::English => find(ENGLISH),
        Language::French => find(FRENCH),
        Language::Unknown => find(ENGLISH).or_else(|| find(FRENCH)),
    }
}

fn factor(word: &str) -> Option<u64> {
    Some(match word {
        "hundred" | "hundreds" | "cent" | "cents" => 100,
        "thousand" | "mille" => 1_000,
        "million" | "millions" => 1_000_000,
        "billion" | "billions" | "milliard" | "milliards" => 1_000_000_000,
        _ => return None,
    })
}

/// Adds up number words: 'three hundred and five', 'quatre-vingt-dix-sept', 'deux millions trois cent mille'.
#[derive(Default)]
struct Sum {
    total: u64,
    current: u64,
    last: u64,
}

impl Sum {
    /// Takes one more word, or says that it belongs to no number with those before.
    fn take(&mut self, word: &str, language: Language) -> Option<()> {
        if let Some(factor) = factor(word) {
            if self.last == 0 && self.total == 0 && !matches!(word, "cent" | "mille") {
                return None;
            }
            if factor == 100 {
                self.current = self.current.max(1).checked_mul(100)?;
            } else {
                self.total = self.total.checked_add(self.current.max(1).checked_mul(factor)?)?;
                self.current = 0;
            }
            self.last = factor;
            return Some(());
        }
        let value = unit(word, language)?;
        let score = self.current % 100;
        self.current = if matches!(word, "vingt" | "vingts") && score == 4 {
            self.current + 76
        } else if score == 0
            || score >= 20 && score.is_multiple_of(10) && value < 10
            || fits_french(score, value, language)
        {
            self.current.checked_add(value)?
        } else {
            return None;
        };
        self.last = value.max(1);
        Some(())
    }
}

/// 'Soixante-dix', 'quatre-vingt-onze', 'dix-sept'.
fn fits_french(score: u64, value: u64, language: Language) -> bool {
    language != Language::English
        && (matches!(score, 60 | 80) && (10..20).contains(&value)
            || matches!(score, 10 | 70 | 90) && (7..10).contains(&value))
}

/// A number written in words that begins at `at`.
pub(crate) fn in_words(page: &Page, at: usize) -> Option<Number> {
    let mut sum = Sum::default();
    sum.take(page.word(at), page.language)?;
    let mut end = at + 1;
    for _ in 0..LONGEST {
        let skipped = match page.get(end).map(|token| token.fold.as_str()) {
            Some("-") if page.is_glued(end) => 1,
            // 'One hundred and five', 'vingt et un'; not 'two and three'.
            Some("and") if sum.last >= 100 => 1,
            Some("et") if sum.current.is_multiple_of(10) && matches!(page.word(end + 1), "un" | "une" | "onze") => 1,
            _ => 0,
        };
        if !page.is_near(end) || sum.take(page.word(end + skipped), page.language).is_none() {
            break;
        }
        end += skipped + 1;
    }
    let value = sum.total.checked_add(sum.current)?.to_string();
    Some(Number { value, end, words: true, doubtful: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, language: Language) -> Option<String> {
        read(&Page::new(text, language), 0).map(|number| number.value)
    }

    #[test]
    fn english_and_french_formats() {
        for (text, language, expected) in [
            ("1,234.50", Language::English, "1234.50"),
            ("1 234,50", Language::French, "1234.50"),
            ("1.234,50", Language::French, "1234.50"),
            ("1\u{202F}234\u{A0}567", Language::French, "1234567"),
            ("1’234.50", Language::Unknown, "1234.50"),
            ("12,34,567", Language::English, "1234567"),
            ("1,234", Language::English, "1234"),
            ("1,234", Language::French, "1.234"),
            ("0.125", Language::French, "0.125"),
            ("10,945,119", Language::French, "10945119"),
            ("007", Language::English, "7"),
            ("١٬٢٣٤٫٥", Language::Unknown, "1234.5"),
        ] {
            assert_eq!(value(text, language).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(value("1.2.3", Language::English), None);
    }

    #[test]
    fn numbers_in_words() {
        for (text, language, expected) in [
            ("twelve thousand", Language::English, "12000"),
            ("three hundred and five", Language::English, "305"),
            ("twenty-one", Language::English, "21"),
            ("quatre-vingt-dix-sept", Language::French, "97"),
            ("soixante et onze", Language::French, "71"),
            ("deux millions trois cent mille", Language::French, "2300000"),
            ("mille deux cents", Language::French, "1200"),
            ("trente", Language::Unknown, "30"),
            ("two and three", Language::English, "2"),
        ] {
            assert_eq!(value(text, language).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(value("hundred", Language::English), None);
    }

    #[test]
    fn powers_of_ten() {
        assert_eq!(shifted("66.9", 6), "66900000");
        assert_eq!(shifted("1.2345", 3), "1234.5");
        assert_eq!(hundredth("5"), "0.05");
        assert_eq!(hundredth("1250"), "12.50");
    }
}
