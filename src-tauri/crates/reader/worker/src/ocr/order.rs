//! Which language goes first. Tesseract keeps what its first language reads unless another is far surer: with English first a French
//! page loses accents (`c` for `ç`, `E` for `É`), with French first an English page gains some. So the words that were read decide, and
//! a page in a language that was not first is read anew with it first, which costs such a page a second reading.
//!
//! A page is never read by what the page before it was: the same page always gives the same text.

use super::Language;
use super::tesseract::RawWord;

/// Fewer frequent words than this decide nothing.
const ENOUGH: usize = 3;
/// The most frequent words of a language that the others do not have; without accents, as those may be lost.
const FREQUENT: [(&str, &[&str]); 2] = [
    (
        "eng",
        &[
            "the", "of", "and", "to", "is", "was", "were", "for", "by", "that", "with", "from", "be", "not", "you",
            "this",
        ],
    ),
    (
        "fra",
        &[
            "le", "la", "les", "de", "des", "du", "et", "est", "une", "dans", "pour", "par", "sur", "que", "qui", "au",
            "aux", "en",
        ],
    ),
];

/// The place in the list of the language that a page is in, if that is clear.
pub fn language_of(words: &[RawWord], languages: &[Language]) -> Option<usize> {
    let counts = FREQUENT.map(|(name, frequent)| (words.iter().filter(|word| is_among(word, frequent)).count(), name));
    let (most, name) = counts.into_iter().max_by_key(|(count, _)| *count)?;
    let others: usize = counts.iter().filter(|(_, other)| *other != name).map(|(count, _)| count).sum();
    let clear = most >= ENOUGH && most > 2 * others;
    languages.iter().position(|language| clear && language.name == name)
}

fn is_among(word: &RawWord, frequent: &[&str]) -> bool {
    let letters: String = word.symbols.iter().flat_map(|symbol| symbol.text.chars()).collect();
    frequent.contains(&letters.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::tesseract::Symbol;

    fn language_in(text: &str, languages: &[&str]) -> Option<usize> {
        let symbol = |c: char| Symbol { text: c.to_string(), confidence: 99.0, unsure: false };
        let word = |word: &str| RawWord { symbols: word.chars().map(symbol).collect(), ..RawWord::default() };
        let words: Vec<RawWord> = text.split(' ').map(word).collect();
        let languages: Vec<Language> =
            languages.iter().map(|name| Language { name: (*name).to_owned(), data: Vec::new() }).collect();
        language_of(&words, &languages)
    }

    #[test]
    fn the_frequent_words_of_a_page_say_its_language() {
        let french = "La facture du 3 mai, et les frais de port";
        let english = "The bill of 3 May, and the cost of (the) post";
        assert_eq!(language_in(french, &["eng", "fra"]), Some(1));
        assert_eq!(language_in(english, &["eng", "fra"]), Some(0));
        assert_eq!(language_in(french, &["eng", "deu"]), None);
    }

    #[test]
    fn few_words_or_two_languages_say_none() {
        assert_eq!(language_in("La facture 1234", &["eng", "fra"]), None);
        assert_eq!(language_in("le la de the of and", &["eng", "fra"]), None);
        assert_eq!(language_in("", &["eng", "fra"]), None);
    }
}
