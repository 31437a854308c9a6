//! Amounts: exact decimal values out of digits and out of words.

use crate::text::{Kind, Language, Lexeme, digit};

/// An exact decimal value in millionths. Values with more than six decimals, or beyond about 10^32, are no amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i128);

const ONE: i128 = 1_000_000;

impl Amount {
    /// A whole number.
    #[must_use]
    pub fn whole(value: u64) -> Self {
        Self(i128::from(value) * ONE)
    }

    /// The value in millionths.
    #[must_use]
    pub fn millionths(self) -> i128 {
        self.0
    }

    /// The value, if it is a whole number that fits.
    #[must_use]
    pub fn as_whole(self) -> Option<u64> {
        (self.0 % ONE == 0).then(|| u64::try_from(self.0 / ONE).ok()).flatten()
    }

    pub(crate) fn times(self, factor: u64) -> Option<Self> {
        self.0.checked_mul(i128::from(factor)).map(Self)
    }

    fn parse(whole: &str, decimals: &str) -> Option<Self> {
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > 6 {
            return None;
        }
        let mut value: i128 = 0;
        for c in whole.chars().chain(format!("{decimals:0<6}").chars()) {
            value = value.checked_mul(10)?.checked_add(i128::from(digit(c)?))?;
        }
        Some(Self(value))
    }
}

/// What a number in digits can mean. '1,234' is a thousand and more in English and a little more than one in French:
/// both are given, the likelier first.
pub(crate) fn readings(number: &str, language: Language) -> Vec<Amount> {
    let number: String = number.chars().map(|c| if c == '\u{66B}' { '.' } else { c }).collect();
    let compact: String = number.chars().filter(|&c| digit(c).is_some() || matches!(c, '.' | ',')).collect();
    let plain = |text: &str| text.replace(['.', ','], "");
    let as_whole = || Amount::parse(&plain(&compact), "");
    let Some(last) = compact.rfind(['.', ',']) else { return as_whole().into_iter().collect() };
    let (head, tail) = (compact.get(..last).unwrap_or_default(), compact.get(last + 1..).unwrap_or_default());
    let as_decimal = || Amount::parse(&plain(head), tail);
    let mark = compact.get(last..=last).unwrap_or_default();
    if head.contains(mark) {
        return as_whole().into_iter().collect();
    }
    let other_mark = head.contains(['.', ',']) || number.contains(|c: char| c.is_whitespace());
    if other_mark || tail.len() != 3 || head.len() > 3 || head == "0" {
        return as_decimal().into_iter().collect();
    }
    let whole_first = (mark == ",") == (language != Language::French);
    let (first, second) = if whole_first { (as_whole(), as_decimal()) } else { (as_decimal(), as_whole()) };
    first.into_iter().chain(second).collect()
}

fn small(word: &str, language: Language) -> Option<u64> {
    let english = language != Language::French;
    let french = language != Language::English;
    Some(match word {
        "six" => 6,
        "zero" => 0,
        "one" if english => 1,
        "two" if english => 2,
        "three" if english => 3,
        "four" if english => 4,
        "five" if english => 5,
        "seven" if english => 7,
        "eight" if english => 8,
        "nine" if english => 9,
        "ten" if english => 10,
        "eleven" if english => 11,
        "twelve" if english => 12,
        "thirteen" if english => 13,
        "fourteen" if english => 14,
        "fifteen" if english => 15,
        "sixteen" if english => 16,
        "seventeen" if english => 17,
        "eighteen" if english => 18,
        "nineteen" if english => 19,
        "twenty" if english => 20,
        "thirty" if english => 30,
        "forty" if english => 40,
        "fifty" if english => 50,
        "sixty" if english => 60,
        "seventy" if english => 70,
        "eighty" if english => 80,
        "ninety" if english => 90,
        "un" | "une" if french => 1,
        "deux" if french => 2,
        "trois" if french => 3,
        "quatre" if french => 4,
        "cinq" if french => 5,
        "sept" if french => 7,
        "huit" if french => 8,
        "neuf" if french => 9,
        "dix" if french => 10,
        "onze" if french => 11,
        "douze" if french => 12,
        "treize" if french => 13,
        "quatorze" if french => 14,
        "quinze" if french => 15,
        "seize" if french => 16,
        "vingt" | "vingts" if french => 20,
        "trente" if french => 30,
        "quarante" if french => 40,
        "cinquante" if french => 50,
        "soixante" if french => 60,
        "septante" if french => 70,
        "huitante" | "octante" if french => 80,
        "nonante" if french => 90,
        _ => return None,
    })
}

/// A word that multiplies what stands before it: 'hundred', 'mille', 'millions'.
pub(crate) fn multiplier(word: &str, language: Language) -> Option<u64> {
    Some(match word {
        "hundred" | "hundreds" if language != Language::French => 100,
        "cent" | "cents" if language == Language::French => 100,
        "thousand" | "thousands" if language != Language::French => 1_000,
        "mille" if language != Language::English => 1_000,
        "million" | "millions" => 1_000_000,
        "milliard" | "milliards" => 1_000_000_000,
        "billion" if language != Language::French => 1_000_000_000,
        _ => return None,
    })
}

/// A number written in words that begins at `at`: its value and the index after it. 'Un' and 'one' alone are articles
/// and pronouns, so they are numbers only for the caller who asks for a unit after them.
pub(crate) fn in_words(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Amount, usize)> {
    let word =
        |index: usize| lexemes.get(index).filter(|lexeme| lexeme.kind == Kind::Word).map(|lexeme| lexeme.fold.as_str());
    let (mut total, mut current, mut room) = (0_u64, 0_u64, 100_u64);
    let (mut index, mut end) = (at, at);
    while let Some(text) = word(index) {
        if let Some(factor) = multiplier(text, language) {
            if end == at && !matches!(text, "cent" | "mille") {
                break;
            }
            if factor == 100 {
                current = current.max(1).checked_mul(100)?;
            } else {
                total = total.checked_add(current.max(1).checked_mul(factor)?)?;
                current = 0;
            }
            room = 100;
        } else if let Some(value) = small(text, language) {
            if value == 20 && room == 10 && current % 100 == 4 && language != Language::English {
                // 'Quatre-vingts'.
                (current, room) = (current + 76, 20);
            } else if value < room {
                current += value;
                room = match value {
                    60 | 80 if language != Language::English => 20,
                    20.. => 10,
                    // 'Dix-sept'; and 'quatre' may yet become 'quatre-vingts'.
                    4 | 10 if language != Language::English => 10,
                    _ => 0,
                };
                if value == 4 && !is_vingt(word(next_word(lexemes, index))) {
                    room = 0;
                }
            } else {
                break;
            }
        } else {
            break;
        }
        end = index + 1;
        index = next_word(lexemes, index);
        let joins = word(index).is_some_and(|text| matches!(text, "and" | "et"));
        if joins
            && room > 0
            && word(index + 1).is_some_and(|text| small(text, language).is_some_and(|value| value < room))
            && current >= 20
        {
            index += 1;
        }
    }
    (end > at).then(|| (Amount::whole(total.saturating_add(current)), end))
}

fn is_vingt(word: Option<&str>) -> bool {
    word.is_some_and(|word| matches!(word, "vingt" | "vingts"))
}

/// The index of the next lexeme, past a hyphen that glues two words.
fn next_word(lexemes: &[Lexeme], index: usize) -> usize {
    let hyphen = lexemes.get(index + 1).is_some_and(|mark| mark.is_mark(&['-', '\u{2010}', '\u{2011}']) && !mark.gap);
    index + if hyphen { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexemes;

    fn words(text: &str, language: Language) -> Option<u64> {
        in_words(&lexemes(text, language), 0, language).and_then(|(amount, _)| amount.as_whole())
    }

    #[test]
    fn one_number_in_three_spellings() {
        let expected = Amount(1_234_500_000);
        for spelling in ["1,234.50", "1 234,50", "1.234,50", "1\u{202F}234,5"] {
            assert_eq!(readings(spelling, Language::Other), [expected], "{spelling}");
        }
        assert_eq!(readings("1,250", Language::English).first(), Some(&Amount::whole(1250)));
        assert_eq!(readings("1,250", Language::French).first(), Some(&Amount(1_250_000)));
        assert_eq!(readings("0.1234567", Language::English), []);
    }

    #[test]
    fn numbers_in_words() {
        for (text, value) in
            [("twelve", 12), ("eighty-five", 85), ("one hundred and five", 105), ("two thousand", 2000), ("four", 4)]
        {
            assert_eq!(words(text, Language::English), Some(value), "{text}");
        }
        for (text, value) in [
            ("douze", 12),
            ("quatre-vingt-dix", 90),
            ("quatre-vingt-dix-sept", 97),
            ("quatre-vingts", 80),
            ("soixante et onze", 71),
            ("vingt et un", 21),
            ("deux cent quatre", 204),
            ("vingt mille", 20_000),
            ("mille deux cents", 1200),
        ] {
            assert_eq!(words(text, Language::French), Some(value), "{text}");
        }
        assert_eq!(words("house", Language::English), None);
    }
}
