//! Whether a sentence and a passage say yes and no to the same, and of as many.

use std::ops::Range;

use crate::facts::{Quantity, Value};
use crate::lexicon::same;
use crate::polarity::{self, is_carried};
use crate::reading::{Negation, Reading, Word};

/// At most this many clauses are read together.
const WINDOW: usize = 5;

/// The clauses of a passage that a part of a sentence is compared with.
struct Window {
    clauses: Range<usize>,
}

/// What the comparison of a sentence with a passage found.
#[derive(Default)]
pub(crate) struct Stance {
    /// The lexeme of the sentence at which yes and no differ.
    pub reversed: Option<usize>,
    /// The passage negates something beside the sentence's words, and the sentence has a word that the passage lacks
    /// in its place.
    pub unsure: bool,
    /// Facts of the sentence: quantity words that the passage contradicts.
    pub quantities: Vec<usize>,
    /// The passage says it of some or most only, and the sentence leaves that out.
    pub generalised: bool,
}

pub(crate) fn words_of(reading: &Reading, clauses: Range<usize>) -> impl Iterator<Item = &Word> + Clone {
    reading.words.iter().filter(move |word| clauses.contains(&word.clause))
}

/// The parts of a sentence that can have a yes or no of their own: clauses with two content words at least.
pub(crate) fn parts(sentence: &Reading) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for clause in 0..sentence.clauses.len() {
        let small = words_of(sentence, clause..clause + 1).count() < 2;
        match parts.last_mut() {
            Some(last) if small || words_of(sentence, last.clone()).count() < 2 => last.end = clause + 1,
            _ => parts.push(clause..clause + 1),
        }
    }
    parts
}

/// The run of clauses, within one sentence of the passage, that has most of a part's words and little else.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn window(sentence: &Reading, part: &Range<usize>, passage: &Reading) -> Option<Window> {
    let mut found: Option<(f32, Window)> = None;
    for start in 0..passage.clauses.len() {
        let own = passage.clauses.get(start).copied();
        let ends = (start + 1..=passage.clauses.len())
            .take_while(|end| passage.clauses.get(end - 1).copied() == own)
            .take(WINDOW);
        for end in ends {
            let there: Vec<&Word> = words_of(passage, start..end).collect();
            let matched =
                words_of(sentence, part.clone()).filter(|word| there.iter().any(|other| same(&word.key, &other.key)));
            // A name says of whom, seldom what.
            let covered: f32 = matched.map(|word| if sentence.is_name(word.lexeme) { 0.5 } else { 1.0 }).sum();
            let facts = shared_facts(sentence, part, passage, &(start..end));
            let score = covered + facts as f32 - 0.04 * there.len() as f32;
            if covered > 0.0 && found.as_ref().is_none_or(|(best, _)| score > *best) {
                found = Some((score, Window { clauses: start..end }));
            }
        }
    }
    found.map(|(_, window)| window)
}

fn shared_facts(sentence: &Reading, part: &Range<usize>, passage: &Reading, clauses: &Range<usize>) -> usize {
    use crate::facts::Value::{Negation, Quantity};
    let inside = |reading: &Reading, at: usize, clauses: &Range<usize>| clauses.contains(&reading.clause(at));
    let said = sentence.facts.iter().filter(|placed| inside(sentence, placed.lexemes.start, part));
    let shown = passage.facts.iter().filter(|placed| inside(passage, placed.lexemes.start, clauses));
    said.filter(|said| !matches!(said.fact.value, Negation | Quantity(_)))
        .filter(|said| shown.clone().any(|shown| shown.fact.value == said.fact.value))
        .count()
}

/// How many negations count for certain, and how many perhaps.
struct Count {
    certain: usize,
    perhaps: usize,
}

/// The negations of the window. Certain are those that govern a word or a fact of the part, and those of a clause that
/// has all that the two share; perhaps those that have some of its words farther off.
fn shown_negations(sentence: &Reading, part: &[&Word], passage: &Reading, window: &Window) -> Count {
    let said = |word: &Word| part.iter().any(|other| same(&word.key, &other.key));
    let whole = |clause: usize| {
        let own: Vec<&Word> = words_of(passage, clause..clause + 1).collect();
        let met =
            |words: &[&Word]| part.iter().filter(|word| words.iter().any(|own| same(&own.key, &word.key))).count();
        let all: Vec<&Word> = words_of(passage, window.clauses.clone()).collect();
        met(&own) >= 2 && met(&own) == met(&all)
    };
    let inside = passage.negations.iter().filter(|negation| window.clauses.contains(&negation.clause));
    let mut count = Count { certain: 0, perhaps: 0 };
    for negation in inside.clone() {
        let about: Vec<&Word> = passage.words_in(negation.scope.clone()).collect();
        let word = passage.lexemes.get(negation.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
        let (of_noun, excepts) = (polarity::is_about_noun(word), polarity::excepts(word));
        // 'Except in August, when no fee is taken': the second says again what the first excepts.
        if excepts && inside.clone().any(|next| next.clause == negation.clause + 1) {
            continue;
        }
        match about.first() {
            None => count.certain += usize::from(governs_said_fact(sentence, passage, negation)),
            Some(first) if said(first) => count.certain += 1,
            Some(_)
                if of_noun
                    && !about.iter().any(|word| said(word))
                    && (excepts || about.iter().all(|word| passage.is_name(word.lexeme))) => {}
            Some(_) if !of_noun && whole(negation.clause) => count.certain += 1,
            Some(_) => {
                count.perhaps += usize::from(words_of(passage, negation.clause..negation.clause + 1).any(said));
            }
        }
    }
    count
}

/// Whether a negation sets a value aside and says nothing else: 'instead of 4.20', 'and not at 10:00'.
fn is_about_value(reading: &Reading, negation: &Negation) -> bool {
    reading.words_in(negation.scope.clone()).next().is_none()
        && reading.facts.iter().any(|placed| {
            negation.scope.contains(&placed.lexemes.start)
                && matches!(placed.fact.value, Value::Number(_, _) | Value::Date(_) | Value::Time(_))
        })
}

/// Of a negation without words ('and not at 10:00'): whether its fact is one of the sentence's, or it has none.
fn governs_said_fact(sentence: &Reading, passage: &Reading, negation: &Negation) -> bool {
    let is_fact = |value: &Value| !matches!(value, Value::Negation | Value::Quantity(_));
    let mut about = passage
        .facts
        .iter()
        .filter(|placed| negation.scope.contains(&placed.lexemes.start) && is_fact(&placed.fact.value))
        .peekable();
    about.peek().is_none() || about.any(|shown| sentence.facts.iter().any(|said| said.fact.value == shown.fact.value))
}

/// Words with opposites: those in both with another sign turn the meaning; those in one only count as negations
/// there.
fn opposites(part: &[&Word], there: &[&Word]) -> (usize, Count) {
    let partner = |word: &Word, others: &[&Word]| {
        let same_key: Vec<bool> =
            others.iter().filter(|other| same(&word.key, &other.key)).map(|other| other.opposite).collect();
        (!same_key.is_empty()).then(|| same_key.contains(&word.opposite))
    };
    let turned = part.iter().filter(|word| partner(word, there) == Some(false)).count();
    let alone = part.iter().filter(|word| word.opposite && !word.mild && partner(word, there).is_none()).count();
    let shown: Vec<usize> = there
        .iter()
        .filter(|word| word.opposite && !word.mild && partner(word, part).is_none())
        .map(|word| word.lexeme)
        .collect();
    let beside = |at: usize| {
        let near = there.iter().filter(|word| word.lexeme != at && word.lexeme + 3 > at && word.lexeme < at + 4);
        near.clone().any(|word| part.iter().any(|said| same(&said.key, &word.key)))
    };
    let certain = shown.iter().filter(|&&at| beside(at)).count();
    (turned + alone, Count { certain, perhaps: shown.len() - certain })
}

fn sides(sentence: &Reading, part: &Range<usize>, passage: &Reading, window: &Window, stance: &mut Stance) {
    let words: Vec<&Word> = words_of(sentence, part.clone()).collect();
    let there: Vec<&Word> = words_of(passage, window.clauses.clone()).collect();
    let own = sentence.negations.iter().filter(|negation| part.contains(&negation.clause));
    let said: Vec<&Negation> = own.filter(|negation| !is_about_value(sentence, negation)).collect();
    let shown = shown_negations(sentence, &words, passage, window);
    let (turned, lone) = opposites(&words, &there);
    let total = said.len() + turned + shown.certain + lone.certain;
    let uncertain = shown.perhaps + lone.perhaps;
    let at = said.first().map(|negation| negation.lexeme).or(words.first().map(|word| word.lexeme));
    let unmatched = words.iter().any(|word| !there.iter().any(|other| same(&word.key, &other.key)));
    stance.unsure |= total.is_multiple_of(2) && !uncertain.is_multiple_of(2) && unmatched;
    // Where every word has its partner, negations beside other words are about something else.
    if !total.is_multiple_of(2) && (uncertain == 0 || !unmatched) {
        stance.reversed = stance.reversed.or(at);
    }
}

/// Compares the quantity words of a part with those of the window.
fn quantities(sentence: &Reading, part: &Range<usize>, passage: &Reading, window: &Window, stance: &mut Stance) {
    let there: Vec<_> =
        passage.quantifiers.iter().filter(|quantifier| window.clauses.contains(&quantifier.clause)).collect();
    let heads = |a: &Option<crate::lexicon::Key>, b: &Option<crate::lexicon::Key>| matches!((a, b), (Some(a), Some(b)) if same(a, b));
    for said in sentence.quantifiers.iter().filter(|quantifier| part.contains(&quantifier.clause)) {
        let mut shown: Vec<Quantity> =
            there.iter().filter(|shown| heads(&said.head, &shown.head)).map(|shown| shown.quantity).collect();
        if let ([only], true) = (there.as_slice(), shown.is_empty()) {
            shown.push(only.quantity);
        }
        if !shown.is_empty() && shown.iter().all(|&shown| is_carried(said.quantity, shown) == Some(false)) {
            stance.quantities.push(said.fact);
        }
    }
    let quiet = !sentence.quantifiers.iter().any(|quantifier| part.contains(&quantifier.clause));
    let part_of = |quantity| matches!(quantity, Quantity::Some | Quantity::Most | Quantity::NotAll);
    stance.generalised |= quiet
        && there.iter().any(|shown| {
            part_of(shown.quantity)
                && shown
                    .head
                    .as_ref()
                    .is_some_and(|head| words_of(sentence, part.clone()).any(|word| same(&word.key, head)))
        });
}

/// Compares a sentence with a passage, part by part.
pub(crate) fn compare(sentence: &Reading, passage: &Reading) -> Stance {
    let mut stance = Stance::default();
    for part in parts(sentence) {
        let Some(window) = window(sentence, &part, passage) else { continue };
        sides(sentence, &part, passage, &window, &mut stance);
        quantities(sentence, &part, passage, &window, &mut stance);
    }
    stance
}
