//! Words that stand for one another, in English and French: a small list of general words (`data/lexicon.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{Language, fold, stem};

const LINES: &str = include_str!("../data/lexicon.txt");

/// What a word is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A line of the lexicon.
    Meaning(usize),
    /// The stem of a word that the lexicon lacks.
    Stem(String),
}

/// A line, whether the word says the opposite of it, and whether that opposite is a mild one: it turns a statement
/// only against a word of the same line ('open', 'closed'), never by itself.
#[derive(Clone, Copy)]
struct Entry {
    line: usize,
    opposite: bool,
    mild: bool,
}

type Entries = HashMap<(Language, String), Entry>;

/// Words as they stand in the list, and their stems; the first line that has one wins.
static ENTRIES: LazyLock<(Entries, Entries)> = LazyLock::new(|| {
    let (mut exact, mut stems) = (HashMap::new(), HashMap::new());
    let lines = LINES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for (line, text) in lines.enumerate() {
        let mild = text.contains('~');
        for (side, opposite) in text.split(['!', '~']).zip([false, true]) {
            for (words, language) in side.split('|').zip([Language::English, Language::French]) {
                for word in words.split_whitespace() {
                    let entry = Entry { line, opposite, mild };
                    exact.entry((language, fold(word))).or_insert(entry);
                    stems.entry((language, stem(word, language))).or_insert(entry);
                }
            }
        }
    }
    (exact, stems)
});

/// The meaning of a word.
pub(crate) struct Meaning {
    pub key: Key,
    /// It says the opposite of what its key means.
    pub opposite: bool,
    /// That opposite counts only against a word of the same key.
    pub mild: bool,
}

/// The meaning of a word in a language, by its folded form and its stem.
pub(crate) fn meaning(folded: &str, stem: &str, language: Language) -> Meaning {
    let (exact, stems) = &*ENTRIES;
    let find = |language: Language| {
        exact.get(&(language, folded.to_owned())).or_else(|| stems.get(&(language, stem.to_owned()))).copied()
    };
    let entry = match language {
        Language::English | Language::French => find(language),
        Language::Other => find(Language::English).or_else(|| find(Language::French)),
    };
    match entry {
        Some(entry) => Meaning { key: Key::Meaning(entry.line), opposite: entry.opposite, mild: entry.mild },
        None => Meaning { key: Key::Stem(stem.to_owned()), opposite: false, mild: false },
    }
}

/// Whether two keys mean the same: the same line, or stems of one family ('notif' and 'notification', 'résili' and
/// 'résiliation').
pub(crate) fn same(a: &Key, b: &Key) -> bool {
    match (a, b) {
        (Key::Meaning(a), Key::Meaning(b)) => a == b,
        (Key::Stem(a), Key::Stem(b)) => a == b || is_family(a, b),
        _ => false,
    }
}

fn is_family(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    shared >= 5 && shared + 1 >= short && shared * 3 >= long * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str, language: Language) -> (Key, bool) {
        let meaning = meaning(&fold(word), &stem(word, language), language);
        (meaning.key, meaning.opposite)
    }

    #[test]
    fn a_word_meets_its_translation_and_its_inflections() {
        assert_eq!(of("tenants", Language::English), of("locataires", Language::French));
        assert_eq!(of("drank", Language::English), of("bu", Language::French));
        assert_ne!(of("tenant", Language::English), of("landlord", Language::English));
    }

    #[test]
    fn opposites_share_a_key_and_differ_in_sign() {
        let (accepted, refused) = (of("accepted", Language::English), of("refusée", Language::French));
        assert_eq!(accepted.0, refused.0);
        assert_ne!(accepted.1, refused.1);
    }

    #[test]
    fn stems_of_one_family_are_the_same() {
        assert!(same(&Key::Stem("notif".into()), &Key::Stem("notifi".into())));
        assert!(!same(&Key::Stem("contra".into()), &Key::Stem("contribution".into())));
    }
}
