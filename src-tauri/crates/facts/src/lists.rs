//! Words with a meaning of their own: currencies, units, names. The files in `data` say what they hold.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const CURRENCIES: &str = include_str!("../data/currencies.txt");
const UNITS: &str = include_str!("../data/units.txt");
const GIVEN_NAMES: &str = include_str!("../data/given-names.txt");
const PLACES: &str = include_str!("../data/places.txt");

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// `symbol: word word ...` a line.
fn keyed(file: &'static str) -> HashMap<&'static str, &'static str> {
    let mut words = HashMap::new();
    for (key, listed) in lines(file).filter_map(|line| line.split_once(": ")) {
        words.extend(listed.split_whitespace().map(|word| (word, key.trim())));
    }
    words
}

/// The ISO code of a currency's name or sign.
pub(crate) fn currency(word: &str) -> Option<&'static str> {
    static WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| keyed(CURRENCIES));
    WORDS.get(word).copied()
}

/// The symbol of a unit. `word` is as it stands, since 'Mb' and 'mB' differ; a word of four letters or more is looked
/// for in small letters.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    static WORDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| keyed(UNITS));
    WORDS.get(word).copied()
}

/// Whether a folded word is a given name.
pub(crate) fn is_given_name(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| lines(GIVEN_NAMES).flat_map(str::split_whitespace).collect());
    NAMES.contains(word)
}

/// The places whose folded name begins with a word, each by its words.
pub(crate) fn places(first: &str) -> &'static [Vec<&'static str>] {
    static NAMES: LazyLock<HashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
        let mut names: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
        for name in lines(PLACES).flat_map(|line| line.split(", ")) {
            let words: Vec<&str> = name.split(' ').collect();
            if let Some(&first) = words.first() {
                names.entry(first).or_default().push(words);
            }
        }
        names
    });
    NAMES.get(first).map_or(&[], Vec::as_slice)
}
