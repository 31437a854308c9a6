//! Hostile and large pages: no panic, linear time, ranges that stand on characters.

use std::time::{Duration, Instant};

use facts::{Language, find};

/// A megabyte takes a second or two at most; what is not linear takes hours.
const LIMIT: Duration = Duration::from_secs(30);

fn survives(name: &str, text: &str, language: Language) {
    let start = Instant::now();
    for fact in find(text, language) {
        assert!(text.get(fact.range).is_some(), "{name}: a range is not on characters");
    }
    assert!(start.elapsed() < LIMIT, "{name} took {:?}", start.elapsed());
}

/// What is repeated: figures, marks, words with which a rule begins.
const UNITS: &[&str] = &[
    "1",
    "1 ",
    "1,",
    "1.",
    "1-",
    "1/",
    "12 ",
    "123 ",
    "123,",
    "٣",
    "２",
    "(",
    "( ",
    ")",
    "-",
    "\u{301}",
    "a\u{301}",
    "\u{200D}",
    "\u{AD}\n",
    "-\n",
    "a-\n",
    "A ",
    "A. ",
    "Jean ",
    "Mr ",
    "de ",
    "a@",
    "a.",
    "@",
    "http://",
    "www.",
    "+1",
    "00 ",
    "FR76",
    "FR76 ",
    "10.1000/",
    "€",
    "€1",
    "1€",
    "1 à ",
    "1-1 €",
    "within ",
    "within 1 day of ",
    "dans un délai de ",
    "article 1, ",
    "§",
    "§ 1 ",
    "May ",
    "1 May ",
    "1 mai 2000 ",
    "one ",
    "mille ",
    "vingt-",
    "hundred ",
    "million ",
    "75002 Paris ",
    "1 rue ",
    "1 rue A",
    "SW1A 2AA ",
    "Ltd ",
    "\n",
    "\n\n",
    "\u{202E}",
    "'",
    "’",
    "d'",
    "%",
    "1 % ",
    "𝟏",
    "\u{2}\n",
    "é",
    "漢",
    "\u{E0041}",
];

#[test]
fn a_megabyte_of_one_thing_is_read_in_linear_time() {
    for unit in UNITS {
        // What is not linear shows at a fifth too; the whole megabyte for what hostile files hold.
        let bytes = if matches!(*unit, "1" | "(" | "\u{301}" | "a@" | "1 " | "Jean ") { 1_000_000 } else { 200_000 };
        survives(unit, &unit.repeat(bytes / unit.len()), Language::Unknown);
    }
}

#[test]
fn a_token_that_never_ends_is_no_fact() {
    survives("letters", &"a".repeat(1_000_000), Language::English);
    survives("a year of a million figures", &format!("in {}", "2".repeat(1_000_000)), Language::French);
    assert!(find(&"9".repeat(1_000_000), Language::Unknown).is_empty());
}

#[test]
fn any_cut_of_a_text_gives_ranges_on_characters() {
    let text = "Fait à Paris, le 1er août 2026 : 1 250,50 € (12,5 %) sous 30 jours à compter du préavis ; tél. 02 35 55 01 44, \
        M. Jean-Pierre de La Tour, 12 bis, rue de la Paix, 75002 Paris, a.b@c.org, art. L. 871-1, ２０２４-０３-０５ and No-\nvember 2026";
    for (cut, _) in text.char_indices() {
        for part in [&text[..cut], &text[cut..]] {
            for fact in find(part, Language::Unknown) {
                assert!(part.get(fact.range).is_some());
            }
        }
    }
}

#[test]
fn the_debug_form_says_nothing_of_the_document() {
    let shown = format!("{:?}", find("Helen Carter owes 1,250 euros.", Language::English));
    assert!(shown.contains("Sum") && !shown.contains("Helen") && !shown.contains("1250"), "{shown}");
}
