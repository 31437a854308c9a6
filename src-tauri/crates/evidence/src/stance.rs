//! Whether a sentence and a passage say yes and no to the same, and of as many.

use std::ops::Range;

use crate::facts::{Placed, Quantity, Value};
use crate::lexicon::same;
use crate::polarity::{self, is_carried};
use crate::reading::{Negation, Reading, Word};
use crate::text::is_listed;

/// At most this many clauses are read together.
const WINDOW: usize = 5;

/// What a word of a name counts: a name says of whom, seldom what.
const NAMED: f32 = 0.3;

/// What a word of another part of the sentence adds for the passage's sentence that has it too.
const COHERENT: f32 = 0.4;

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

/// For each sentence of the passage how many words of the sentence's other parts it has.
fn coherent(sentence: &Reading, part: &Range<usize>, passage: &Reading) -> Vec<usize> {
    let mut counts = vec![0; passage.sentences()];
    for word in sentence.words.iter().filter(|word| !part.contains(&word.clause)) {
        let mut last = None;
        for other in passage.words.iter().filter(|other| same(&word.key, &other.key)) {
            let here = passage.sentence(other.lexeme);
            if let Some(count) = counts.get_mut(here).filter(|_| last != Some(here)) {
                *count += 1;
            }
            last = Some(here);
        }
    }
    counts
}

/// The run of clauses, within one sentence of the passage, that has most of a part's words and little else.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn window(sentence: &Reading, part: &Range<usize>, passage: &Reading) -> Option<Window> {
    let mut found: Option<(f32, Window)> = None;
    let coherent = coherent(sentence, part, passage);
    // Words of the part that stand in the sentence before, where the passage goes on with 'it'.
    let before = |here: usize, there: &[&Word]| {
        let earlier = |word: &&Word| {
            let mut words = passage.words_in(passage.span(here.saturating_sub(1)));
            words.any(|other| same(&word.key, &other.key))
        };
        let missing = |word: &&Word| !there.iter().any(|other| same(&word.key, &other.key));
        let leans = passage.leans(here);
        words_of(sentence, part.clone()).filter(|_| leans).filter(missing).filter(earlier).count()
    };
    for start in 0..passage.clauses.len() {
        let own = passage.clauses.get(start).copied();
        let here = own.unwrap_or(0);
        let ends = (start + 1..=passage.clauses.len())
            .take_while(|end| passage.clauses.get(end - 1).copied() == own)
            .take(WINDOW);
        for end in ends {
            let there: Vec<&Word> = words_of(passage, start..end).collect();
            let matched =
                words_of(sentence, part.clone()).filter(|word| there.iter().any(|other| same(&word.key, &other.key)));
            let covered: f32 = matched.map(|word| if sentence.is_name(word.lexeme) { NAMED } else { 1.0 }).sum();
            if covered <= 0.0 {
                continue;
            }
            let facts = shared_facts(sentence, part, passage, &(start..end));
            let around = coherent.get(here).copied().unwrap_or(0) + before(here, &there);
            let score = covered + facts as f32 - 0.04 * there.len() as f32 + COHERENT * around as f32;
            if found.as_ref().is_none_or(|(best, _)| score > *best) {
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
#[derive(Default)]
struct Count {
    certain: usize,
    perhaps: usize,
}

/// A part of a sentence beside its window in the passage.
struct Beside<'a> {
    sentence: &'a Reading,
    part: &'a Range<usize>,
    words: Vec<&'a Word>,
    passage: &'a Reading,
    window: &'a Window,
    there: Vec<&'a Word>,
}

impl Beside<'_> {
    fn is_said(&self, word: &Word) -> bool {
        self.words.iter().any(|other| same(&word.key, &other.key))
    }

    fn is_shown(&self, word: &Word) -> bool {
        self.there.iter().any(|other| same(&word.key, &other.key))
    }

    /// Another part of the sentence has the word.
    fn is_said_elsewhere(&self, word: &Word) -> bool {
        let other = |said: &&Word| !self.part.contains(&said.clause);
        self.sentence.words.iter().filter(other).any(|said| same(&word.key, &said.key))
    }

    /// Whether a clause of the passage has all that the part and the window share.
    fn is_whole(&self, clause: usize) -> bool {
        let own: Vec<&Word> = words_of(self.passage, clause..clause + 1).collect();
        let met = self.words.iter().filter(|word| own.iter().any(|own| same(&own.key, &word.key))).count();
        let all = self.words.iter().filter(|word| self.is_shown(word)).count();
        let facts = shared_facts(self.sentence, self.part, self.passage, &(clause..clause + 1));
        met == all && met + facts >= 2
    }

    fn negations(&self) -> impl Iterator<Item = &Negation> + Clone {
        self.passage.negations.iter().filter(|negation| self.window.clauses.contains(&negation.clause))
    }

    /// Whether two negations, of the passage and of the sentence, govern the same word.
    fn is_paired(&self, shown: &Negation, said: &Negation) -> bool {
        let first = governed(self.passage, shown).next();
        first.is_some_and(|first| governed(self.sentence, said).any(|word| same(&word.key, &first.key)))
    }

    /// Negations of the window that one 'neither ... nor' of the sentence says together.
    fn joined(&self, said: &[&Negation]) -> usize {
        let neither = |said: &&&Negation| {
            self.sentence.lexemes.get(said.lexeme).is_some_and(|lexeme| lexeme.is_word(" neither ni "))
        };
        let together = |said: &Negation| self.negations().filter(|shown| self.is_paired(shown, said)).count();
        said.iter().filter(neither).map(|said| together(said).saturating_sub(1)).sum()
    }

    /// The negations of the window. Certain are those that govern a word or a fact of the part, and those of a clause
    /// that has all that the two share; perhaps those that have some of its words farther off.
    fn shown(&self) -> Count {
        let mut count = Count::default();
        for negation in self.negations() {
            let about: Vec<&Word> = self.passage.words_in(negation.scope.clone()).collect();
            let word = self.passage.lexemes.get(negation.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
            let (of_noun, excepts) = (polarity::is_about_noun(word), polarity::excepts(word));
            // 'Except in August, when no fee is taken': the second says again what the first excepts.
            if excepts && self.negations().any(|next| next.clause == negation.clause + 1) {
                continue;
            }
            let told = about.iter().any(|word| self.is_said(word));
            let names = about.iter().all(|word| self.passage.is_name(word.lexeme));
            match about.first() {
                None => {
                    count.certain += usize::from(governs_said_fact(self.sentence, self.passage, negation));
                }
                Some(first) if self.is_said(first) => {
                    count.certain += 1 + usize::from(excepts && self.is_excepted_from_none(negation));
                }
                Some(first) if self.is_said_elsewhere(first) => {}
                Some(_) if of_noun && !told && (excepts || names) => {}
                Some(_) if !of_noun && (self.is_whole(negation.clause) || self.has_value(negation)) => {
                    count.certain += 1;
                }
                Some(_) => {
                    let near = words_of(self.passage, negation.clause..negation.clause + 1);
                    count.perhaps += usize::from(near.into_iter().any(|word| self.is_said(word)));
                }
            }
        }
        count
    }

    /// Whether what a negation is about has a value of the part: 'does not work on Wednesday'.
    fn has_value(&self, negation: &Negation) -> bool {
        let is_value = |value: &Value| {
            !matches!(value, Value::Name(_) | Value::Negation | Value::Quantity(_) | Value::Identifier(_))
        };
        let inside = self.passage.facts.iter().filter(|placed| negation.scope.contains(&placed.lexemes.start));
        inside.filter(|shown| is_value(&shown.fact.value)).any(|shown| {
            let own = |placed: &Placed| self.part.contains(&self.sentence.clause(placed.lexemes.start));
            self.sentence.facts.iter().any(|said| own(said) && said.fact.value == shown.fact.value)
        })
    }

    /// 'To no third party, except to its auditors': what is excepted from a negation outside the window.
    fn is_excepted_from_none(&self, exception: &Negation) -> bool {
        let sentence = self.passage.sentence(exception.lexeme);
        self.passage.negations.iter().any(|main| {
            main.clause < exception.clause
                && self.passage.sentence(main.lexeme) == sentence
                && !self.window.clauses.contains(&main.clause)
        })
    }

    /// The negations of the part. One that only sets something aside ('not the museum') counts where the window has that
    /// too.
    fn said(&self, said: &[&Negation]) -> usize {
        let aside = |negation: &Negation| {
            is_contrast(self.sentence, negation)
                && governed(self.sentence, negation).next().is_some()
                && !governed(self.sentence, negation).any(|word| self.is_shown(word))
        };
        said.iter().filter(|negation| !aside(negation)).count()
    }

    /// Both set something aside, and not the same: 'of gas and not of a low battery'.
    fn is_swapped(&self, said: &[&Negation]) -> bool {
        let said: Vec<&&Negation> = said.iter().filter(|negation| is_contrast(self.sentence, negation)).collect();
        let mut shown = self.negations().filter(|negation| is_contrast(self.passage, negation));
        let first = |reading: &'_ Reading, negation: &Negation, known: &dyn Fn(&Word) -> bool| {
            governed(reading, negation).next().is_some_and(known)
        };
        shown.any(|shown| {
            first(self.passage, shown, &|word| self.is_said(word))
                && said
                    .iter()
                    .any(|said| !self.is_paired(shown, said) && first(self.sentence, said, &|word| self.is_shown(word)))
        })
    }
}

/// The words that a negation governs: those of its scope up to the next negation.
fn governed<'a>(reading: &'a Reading, negation: &Negation) -> impl Iterator<Item = &'a Word> {
    let next = reading.negations.iter().map(|other| other.lexeme).filter(|&at| at > negation.lexeme).min();
    let end = next.map_or(negation.scope.end, |next| next.min(negation.scope.end));
    reading.words_in(negation.scope.start..end)
}

/// Whether one says 'before' and the other 'after' the same.
fn is_other_side(sentence: &Reading, part: &Range<usize>, passage: &Reading, window: &Range<usize>) -> bool {
    let marks = |reading: &Reading, clauses: &Range<usize>, list: &str| -> Vec<usize> {
        let free = |at: &usize| !reading.facts.iter().any(|placed| placed.lexemes.contains(at));
        let listed = |at: &usize| reading.lexemes.get(*at).is_some_and(|lexeme| lexeme.is_word(list));
        (0..reading.lexemes.len())
            .filter(|at| clauses.contains(&reading.clause(*at)) && listed(at) && free(at))
            .collect()
    };
    let next = |reading: &Reading, at: usize| reading.words_in(at..at + 6).next().map(|word| word.key.clone());
    let pair = |said: &str, shown: &str| {
        marks(passage, window, said).is_empty()
            && marks(sentence, part, said).iter().any(|&at| {
                let said = next(sentence, at);
                marks(passage, window, shown)
                    .iter()
                    .any(|&at| matches!((&said, next(passage, at)), (Some(said), Some(shown)) if same(said, &shown)))
            })
    };
    pair(BEFORE, AFTER) || pair(AFTER, BEFORE)
}

const BEFORE: &str = " before until till avant ";
const AFTER: &str = " after once apres ";

/// A negation with which its clause begins sets aside what follows: 'and not of gas', ', not the museum,'.
fn is_contrast(reading: &Reading, negation: &Negation) -> bool {
    let own = |at: &usize| reading.clause(*at) == negation.clause;
    let before = (0..negation.lexeme).rev().take_while(own).count();
    let joined = negation.lexeme.checked_sub(1).and_then(|at| reading.lexemes.get(at));
    let word = reading.lexemes.get(negation.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
    is_listed(" not non pas ", word)
        && (before == 0 || joined.is_some_and(|lexeme| lexeme.is_word(" and et but mais ")))
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
    let (turned, lone) = opposites(&words, &there);
    let turned = turned + usize::from(is_other_side(sentence, part, passage, &window.clauses));
    let at = said.first().map(|negation| negation.lexeme).or(words.first().map(|word| word.lexeme));
    let beside = Beside { sentence, part, words, passage, window, there };
    let shown = beside.shown();
    let total = beside.said(&said) + turned + shown.certain + lone.certain + beside.joined(&said);
    let uncertain = shown.perhaps + lone.perhaps;
    let unmatched = beside.words.iter().any(|word| !beside.is_shown(word));
    stance.unsure |= total.is_multiple_of(2) && !uncertain.is_multiple_of(2) && unmatched;
    // Where every word has its partner, negations beside other words are about something else.
    let odd = !total.is_multiple_of(2) && (uncertain == 0 || !unmatched);
    // What is negated here is not there at all, in these words: whether it is denied cannot be told.
    let unknown = !said.is_empty()
        && turned == 0
        && said.iter().all(|said| {
            let mut about = governed(sentence, said).peekable();
            about.peek().is_some() && !about.any(|word| beside.is_shown(word))
        });
    stance.unsure |= odd && unknown;
    if odd && !unknown || beside.is_swapped(&said) {
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
