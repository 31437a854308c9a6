//! Every function is total: whatever text comes, it returns, and every range that it returns is one of the text.

use evidence::{Language, Passage, answerable, check, extract, facts, quotes, sentences, verbatim};

/// Pieces that have broken text programs before: marks, digits of several scripts, combining marks, joiners,
/// half-written facts.
const PIECES: [&str; 64] = [
    "",
    " ",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{AD}",
    "\u{200B}",
    "\u{202E}",
    "\u{301}",
    "é",
    "ﬁ",
    "İ",
    "ß",
    "œ",
    "😀",
    "👩‍👩‍👧",
    "٣",
    "१२",
    "５",
    "²",
    "½",
    "家賃",
    "ก็",
    "क्ष",
    "1",
    "0",
    "00",
    "1,234",
    "1.2.3",
    "1 234",
    "99999999999999999999999999999999999999999",
    "1,",
    ".5",
    "-",
    "--",
    "/",
    ":",
    "%",
    "€",
    "$",
    "°",
    "@",
    "a@b",
    "+33",
    "N",
    "n'",
    "not",
    "ne",
    "pas",
    "no more than",
    "at least",
    "quatre-vingt",
    "million",
    "milliards d'",
    "March",
    "3rd",
    "12/2021",
    "Mr.",
    "J.",
    "«",
    "”",
    "\"",
    "> ",
    "IBAN FR76",
];

/// A small generator with a fixed seed (xorshift), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    fn text(&mut self) -> String {
        let length = self.below(24);
        let gap = [" ", "", "\n"][self.below(3)];
        (0..length).map(|_| PIECES[self.below(PIECES.len())]).collect::<Vec<_>>().join(gap)
    }
}

fn passages(texts: &[String]) -> Vec<Passage<'_>> {
    texts.iter().zip(0..).map(|(text, at)| Passage { text, place: (1, at), heading: text }).collect()
}

#[test]
fn odd_texts_are_survived_and_every_range_is_of_the_text() {
    let mut chance = Chance(0x5EED);
    for _ in 0..1_500 {
        let text = chance.text();
        let mut end = 0;
        for hint in [None, Some(Language::English), Some(Language::French), Some(Language::Other)] {
            assert!(sentences(&text, hint).into_iter().all(|range| text.get(range).is_some()), "{text:?}");
        }
        for fact in facts(&text) {
            assert!(
                fact.span.start >= end && text.get(fact.span.clone()).is_some_and(|piece| !piece.is_empty()),
                "{text:?}"
            );
            end = fact.span.end;
        }
        for range in quotes(&text) {
            assert!(text.get(range).is_some(), "{text:?}");
        }
        let other = chance.text();
        assert!(verbatim(&other, &text).is_none_or(|range| text.get(range).is_some()), "{other:?} in {text:?}");
    }
}

#[test]
fn what_a_text_contains_is_quoted_from_it() {
    let mut chance = Chance(0x00C0_FFEE);
    let words = ["the", "rent", "“due”", "ﬁnal", "l’an", "1 250", "délai", "家賃", "over-\ndue", "x\u{AD}y"];
    for _ in 0..500 {
        let [before, quote, after] = [0; 3]
            .map(|_| (0..=chance.below(5)).map(|_| words[chance.below(words.len())]).collect::<Vec<_>>().join(" "));
        let text = format!("{before} {quote} {after}");
        assert!(verbatim(&quote, &text).is_some(), "{quote:?} in {text:?}");
        assert_eq!(verbatim(&format!("{quote}q"), &text), None);
    }
}

#[test]
fn checks_survive_odd_texts_and_odd_scores() {
    let mut chance = Chance(0x00FA_CADE);
    let scores = [f32::NAN, f32::INFINITY, -1.0, 0.9];
    for _ in 0..300 {
        let texts = [chance.text(), chance.text(), chance.text()];
        let passages = passages(&texts);
        let question = chance.text();
        let verdict = check(&question, &passages, Some(&scores[..chance.below(4)]));
        assert!(verdict.coverage.is_finite() && verdict.passages.iter().all(|&at| at < 3), "{question:?}");
        assert!(
            verdict
                .contradicted
                .iter()
                .filter_map(|found| found.shown.clone())
                .all(|(at, span)| texts[at].get(span).is_some())
        );
        let answer = answerable(&question, &passages, &scores[..chance.below(4)]);
        assert!((0.0..=1.0).contains(&answer.confidence), "{question:?}");
        for extract in extract(&question, &passages) {
            assert!(
                texts[extract.passage].get(extract.span).is_some() && (0.0..=1.0).contains(&extract.score),
                "{question:?}"
            );
        }
    }
}

#[test]
fn the_same_input_gives_the_same_verdict() {
    let texts = ["The rent is 1,250 pounds.".to_owned(), "Le loyer est de 1 250 livres.".to_owned()];
    let run = || check("The monthly rent is 1250 pounds.", &passages(&texts), Some(&[0.9, 0.88]));
    assert_eq!(run(), run());
}
