//! Whether passages support a sentence.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use crate::facts::{Bound, Fact, Placed, Quantity, Value};
use crate::lexicon::same;
use crate::matching::{self, Found};
use crate::polarity::is_carried;
use crate::reading::Reading;
use crate::stance;
use crate::text::Language;
use crate::together;

/// A passage to check against.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    /// Its text.
    pub text: &'a str,
    /// The document it belongs to, and its place among that document's passages: neighbours are read together where
    /// one is not enough.
    pub place: (u64, u32),
    /// The title of its document and the headings above it; empty if there are none.
    pub heading: &'a str,
}

impl fmt::Debug for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passage").field("bytes", &self.text.len()).field("place", &self.place).finish_non_exhaustive()
    }
}

/// How far a sentence is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// Little of it stands in a passage, or a passage contradicts it.
    None,
    /// Part of it stands in a passage; something is missing.
    Partial,
    /// Every fact and enough of its words stand in one passage, or in two neighbours.
    Full,
}

/// Why a verdict is not `Full`, or on what a `Full` one leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A fact stands in no passage.
    FactMissing,
    /// A passage has another value in the place of a fact.
    FactDiffers,
    /// A value stands in the passage, but beside other words.
    RoleDiffers,
    /// One says yes and the other no.
    NegationDiffers,
    /// The passage negates something beside the sentence's words; whether it is what the sentence says cannot be
    /// told.
    NegationUnsure,
    /// One says it of more than the other.
    QuantityDiffers,
    /// A bound ('at least') is missing on one side.
    BoundDiffers,
    /// The passage says it of some or most only.
    Generalised,
    /// It puts together what the passage says in different places.
    Scattered,
    /// It gives a reason that the passage does not give.
    CauseMissing,
    /// In the passage another does it.
    ActorDiffers,
    /// Too few of the sentence's words stand in the passage.
    WordsMissing,
    /// The passage is in another language: words were judged by similarity and the lexicon.
    OtherLanguage,
    /// The sentence says nothing that could be checked.
    NothingToCheck,
}

/// A fact that a passage contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The fact in the sentence.
    pub said: Fact,
    /// What stands in its place: the passage's index and the bytes there, if one fact can be named.
    pub shown: Option<(usize, Range<usize>)>,
}

/// What was found out about a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How far it is supported.
    pub support: Support,
    /// The passages that support it, best first; of a sentence that is not supported, the one it was compared with.
    pub passages: Vec<usize>,
    /// Facts that are not in the passages.
    pub missing: Vec<Fact>,
    /// Facts that a passage contradicts.
    pub contradicted: Vec<Contradiction>,
    /// Why, without repetition.
    pub reasons: Vec<Reason>,
    /// The share of the sentence's words that the best passage has, 0 to 1.
    pub coverage: f32,
}

/// From this share of its words on a sentence with at least one fact in place, or without facts, counts as covered.
const COVERED_WITH_FACTS: f32 = 0.4;
const COVERED_BY_WORDS: f32 = 0.5;
/// A passage with this share of the words needs no more of them to outweigh one that contradicts.
const FULLY: f32 = 0.95;
/// Below this share nothing is called supported.
const HARDLY: f32 = 0.25;
/// Cosines (multilingual-e5-small, not centred) between which words in another language count from not at all to
/// wholly.
const SIMILAR: Range<f32> = 0.82..0.90;

/// What one passage says about a sentence.
struct Outcome {
    passages: Vec<usize>,
    coverage: f32,
    found: usize,
    missing: Vec<Fact>,
    contradicted: Vec<Contradiction>,
    reasons: BTreeSet<Reason>,
}

impl Outcome {
    fn support(&self) -> Support {
        use Reason::{
            ActorDiffers, BoundDiffers, CauseMissing, FactMissing, Generalised, NegationUnsure, NothingToCheck,
            Scattered, WordsMissing,
        };
        if self.reasons.contains(&NothingToCheck)
            || !self.contradicted.is_empty()
            || self.coverage < HARDLY && self.found == 0
        {
            return Support::None;
        }
        let partial = [
            ActorDiffers,
            BoundDiffers,
            CauseMissing,
            FactMissing,
            Generalised,
            NegationUnsure,
            Scattered,
            WordsMissing,
        ];
        let partial = partial.iter().any(|reason| self.reasons.contains(reason));
        if partial { Support::Partial } else { Support::Full }
    }

    /// How much this passage is about the sentence, whatever it says.
    #[allow(clippy::cast_precision_loss, reason = "counts of facts")]
    fn closeness(&self) -> f32 {
        let facts = self.found + self.missing.len() + self.contradicted.len();
        let share = if facts == 0 { self.coverage } else { self.found as f32 / facts as f32 };
        self.coverage * 2.0 + share
    }
}

fn judge_composition(sentence: &Reading, passage: &Reading, heading: &Reading, outcome: &mut Outcome) {
    let composition = together::composition(sentence, passage, heading);
    if composition.scattered {
        outcome.reasons.insert(Reason::Scattered);
    }
    if composition.unfounded {
        outcome.reasons.insert(Reason::CauseMissing);
    }
    if composition.turned.is_some() {
        outcome.reasons.insert(Reason::ActorDiffers);
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn coverage(sentence: &Reading, passage: &Reading) -> f32 {
    let there = |key| passage.words.iter().any(|other| same(key, &other.key));
    let covered = sentence.words.iter().filter(|word| there(&word.key)).count();
    if sentence.words.is_empty() { 1.0 } else { covered as f32 / sentence.words.len() as f32 }
}

fn is_day(value: &Value) -> bool {
    matches!(value, Value::Date(_) | Value::Weekday(_) | Value::Time(_))
}

fn judge_bound(sentence: &Reading, said: usize, passage: &Reading, shown: usize) -> Option<Reason> {
    let bound = |reading: &Reading, at: usize| reading.bounds.get(at).copied().flatten();
    match (bound(sentence, said), bound(passage, shown)) {
        (Some(said), Some(shown)) => (is_carried(Quantity::Bound(said), Quantity::Bound(shown)) == Some(false))
            .then_some(Reason::QuantityDiffers),
        // 'From', 'before' a day that the passage only names.
        _ if sentence.facts.get(said).is_some_and(|placed| is_day(&placed.fact.value)) => None,
        (Some(Bound::AtLeast | Bound::MoreThan | Bound::LessThan), None)
        | (None, Some(Bound::MoreThan | Bound::LessThan)) => Some(Reason::BoundDiffers),
        _ => None,
    }
}

/// Looks for every fact of the sentence; returns what was found of each, by its index.
fn judge_facts(sentence: &Reading, passage: &Reading, at: usize, outcome: &mut Outcome) {
    let checked = |placed: &&Placed| !matches!(placed.fact.value, Value::Negation | Value::Quantity(_));
    let found: Vec<(usize, Found)> = sentence
        .facts
        .iter()
        .enumerate()
        .filter(|(_, placed)| checked(placed))
        .map(|(index, said)| (index, matching::find(sentence, said, passage)))
        .collect();
    let exchanged = matching::exchanged(sentence, &found, passage);
    let span = |index: usize| passage.facts.get(index).map(|shown| (at, shown.fact.span.clone()));
    for &(index, found) in &found {
        let Some(said) = sentence.facts.get(index).map(|placed| placed.fact.clone()) else { continue };
        let (reason, shown) = match found {
            Found::At(shown, _) if exchanged.contains(&index) => (Reason::RoleDiffers, span(shown)),
            Found::At(shown, _) => match judge_bound(sentence, index, passage, shown) {
                Some(Reason::QuantityDiffers) => (Reason::QuantityDiffers, span(shown)),
                other => {
                    outcome.found += 1;
                    outcome.reasons.extend(other);
                    continue;
                }
            },
            Found::Somewhere => {
                outcome.found += 1;
                continue;
            }
            Found::Misplaced(shown) => (Reason::RoleDiffers, span(shown)),
            Found::Missing(Some(shown)) => (Reason::FactDiffers, span(shown)),
            Found::Missing(None) => {
                outcome.reasons.insert(Reason::FactMissing);
                outcome.missing.push(said);
                continue;
            }
        };
        outcome.reasons.insert(reason);
        outcome.contradicted.push(Contradiction { said, shown });
    }
}

fn judge_stance(sentence: &Reading, passage: &Reading, outcome: &mut Outcome) {
    let stance = stance::compare(sentence, passage);
    if let Some(lexeme) = stance.reversed.and_then(|at| sentence.lexemes.get(at)) {
        outcome.reasons.insert(Reason::NegationDiffers);
        let said = Fact { span: lexeme.span.clone(), value: Value::Negation };
        outcome.contradicted.push(Contradiction { said, shown: None });
    }
    for said in stance.quantities.iter().filter_map(|&index| sentence.facts.get(index)) {
        outcome.reasons.insert(Reason::QuantityDiffers);
        outcome.contradicted.push(Contradiction { said: said.fact.clone(), shown: None });
    }
    if stance.unsure {
        outcome.reasons.insert(Reason::NegationUnsure);
    }
    if stance.generalised {
        outcome.reasons.insert(Reason::Generalised);
    }
}

fn judge(
    sentence: &Reading,
    passage: &Reading,
    heading: &Reading,
    indices: Vec<usize>,
    similarity: Option<f32>,
) -> Outcome {
    let at = indices.first().copied().unwrap_or(0);
    let mut outcome = Outcome {
        passages: indices,
        coverage: coverage(sentence, passage),
        found: 0,
        missing: Vec::new(),
        contradicted: Vec::new(),
        reasons: BTreeSet::new(),
    };
    judge_facts(sentence, passage, at, &mut outcome);
    judge_stance(sentence, passage, &mut outcome);
    judge_composition(sentence, passage, heading, &mut outcome);
    let known = |reading: &Reading| reading.language != Language::Other;
    if known(sentence) && known(passage) && sentence.language != passage.language {
        outcome.reasons.insert(Reason::OtherLanguage);
        let likeness = similarity.map_or(0.0, |cosine| (cosine - SIMILAR.start) / (SIMILAR.end - SIMILAR.start));
        outcome.coverage = outcome.coverage.max(likeness.clamp(0.0, 1.0));
    }
    let foreign = outcome.reasons.contains(&Reason::OtherLanguage);
    let enough = if outcome.found > 0 && foreign {
        HARDLY
    } else if outcome.found > 0 {
        COVERED_WITH_FACTS
    } else {
        COVERED_BY_WORDS
    };
    if outcome.coverage < enough {
        outcome.reasons.insert(Reason::WordsMissing);
    }
    if sentence.words.is_empty() && outcome.found == 0 {
        outcome.reasons.insert(Reason::NothingToCheck);
    }
    outcome
}

/// Checks a sentence against passages (see the crate's head for the method). `similarity` holds, for each passage,
/// the cosine of its vector and the sentence's; it counts only where sentence and passage are in different languages.
/// Values that are missing count as not given.
#[must_use]
pub fn check(sentence: &str, passages: &[Passage<'_>], similarity: Option<&[f32]>) -> Verdict {
    let sentence = Reading::new(sentence);
    let cosine =
        |index: usize| similarity.and_then(|cosines| cosines.get(index)).copied().filter(|cosine| cosine.is_finite());
    let mut outcomes: Vec<Outcome> = passages
        .iter()
        .enumerate()
        .map(|(index, passage)| {
            judge(&sentence, &Reading::new(passage.text), &Reading::new(passage.heading), vec![index], cosine(index))
        })
        .collect();
    if !outcomes.iter().any(|outcome| outcome.support() == Support::Full) {
        outcomes.extend(neighbours(passages).into_iter().map(|(first, second, text)| {
            let similarity = cosine(first).into_iter().chain(cosine(second)).reduce(f32::max);
            let heading = Reading::new(passages.get(first).map_or("", |passage| passage.heading));
            let mut outcome = judge(&sentence, &Reading::new(&text), &heading, vec![first, second], similarity);
            let length = passages.get(first).map_or(0, |passage| passage.text.len());
            for (index, span) in outcome.contradicted.iter_mut().filter_map(|found| found.shown.as_mut()) {
                if span.start > length {
                    (*index, *span) = (second, span.start - length - 1..span.end - length - 1);
                }
            }
            outcome
        }));
    }
    verdict(outcomes)
}

/// Passages that follow one another in a document, and their joined text.
fn neighbours(passages: &[Passage<'_>]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    for (first, a) in passages.iter().enumerate() {
        for (second, b) in passages.iter().enumerate() {
            if a.place.0 == b.place.0 && a.place.1.checked_add(1) == Some(b.place.1) {
                found.push((first, second, format!("{}\n{}", a.text, b.text)));
            }
        }
    }
    found
}

fn verdict(mut outcomes: Vec<Outcome>) -> Verdict {
    // Of passages that are about the sentence the closest decides; another that supports it wholly must have more of its
    // words than one that contradicts it.
    let against = outcomes
        .iter()
        .filter(|outcome| !outcome.contradicted.is_empty())
        .map(|outcome| outcome.coverage)
        .fold(0.0, f32::max);
    outcomes.sort_by(|a, b| {
        let full = |outcome: &Outcome| {
            outcome.support() == Support::Full && (outcome.coverage > against || outcome.coverage >= FULLY)
        };
        full(b)
            .cmp(&full(a))
            .then(b.closeness().total_cmp(&a.closeness()))
            .then(a.passages.len().cmp(&b.passages.len()))
    });
    let mut passages: Vec<usize> = Vec::new();
    let support = outcomes.first().map_or(Support::None, Outcome::support);
    for outcome in outcomes.iter().filter(|outcome| outcome.support() == support).take(if support == Support::Full {
        usize::MAX
    } else {
        1
    }) {
        for &passage in &outcome.passages {
            if !passages.contains(&passage) {
                passages.push(passage);
            }
        }
    }
    let Some(best) = outcomes.into_iter().next() else {
        return Verdict {
            support,
            passages,
            missing: Vec::new(),
            contradicted: Vec::new(),
            reasons: Vec::new(),
            coverage: 0.0,
        };
    };
    Verdict {
        support,
        passages,
        missing: best.missing,
        contradicted: best.contradicted,
        reasons: best.reasons.into_iter().collect(),
        coverage: best.coverage,
    }
}
