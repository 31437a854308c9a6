//! Words that stand for one another, in English and French: a small list of general words (`data/lexicon.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{Language, stem};

const LINES: &str = include_str!("../data/lexicon.txt");

/// What a word is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A line of the lexicon.
    Meaning(usize),
    /// The stem of a word that the lexicon lacks.
    Stem(String),
}

/// The lines of a stem, and for each whether the word says the opposite of the line.
type Entry = (usize, bool);

static ENTRIES: LazyLock<HashMap<(Language, String), Entry>> = LazyLock::new(|| {
    let mut entries = HashMap::new();
    let lines = LINES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    for (number, line) in lines.enumerate() {
        for (side, opposite) in line.split('!').zip([false, true]) {
            for (words, language) in side.split('|').zip([Language::English, Language::French]) {
                for word in words.split_whitespace() {
                    entries.entry((language, stem(word, language))).or_insert((number, opposite));
                }
            }
        }
    }
    entries
});

/// The key of a stem in a language, and whether the word says the opposite of what its key means.
pub(crate) fn key(stem: &str, language: Language) -> (Key, bool) {
    let find = |language| ENTRIES.get(&(language, stem.to_owned())).copied();
    let entry = match language {
        Language::English | Language::French => find(language),
        Language::Other => find(Language::English).or_else(|| find(Language::French)),
    };
    match entry {
        Some((line, opposite)) => (Key::Meaning(line), opposite),
        None => (Key::Stem(stem.to_owned()), false),
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
        key(&stem(word, language), language)
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
