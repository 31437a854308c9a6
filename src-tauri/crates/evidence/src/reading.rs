//! A text read once: its lexemes, facts, content words, clauses, and what is negated.

use std::ops::Range;

use crate::facts::{self, Bound, Placed, Quantity, Value, listed};
use crate::lexicon::{self, Key, Meaning};
use crate::polarity;
use crate::sentences::sentences;
use crate::text::{self, Kind, Language, Lexeme, is_listed, is_stop_word};

/// A word that carries content.
pub(crate) struct Word {
    pub lexeme: usize,
    pub key: Key,
    /// It says the opposite of what its key means.
    pub opposite: bool,
    /// The opposite counts only against a word of the same key.
    pub mild: bool,
    pub clause: usize,
}

/// A negation and the lexemes that it is about.
pub(crate) struct Negation {
    pub lexeme: usize,
    pub scope: Range<usize>,
    pub clause: usize,
}

/// A quantity word that is no bound.
pub(crate) struct Quantifier {
    pub quantity: Quantity,
    /// The index in `facts`.
    pub fact: usize,
    pub head: Option<Key>,
    pub clause: usize,
}

pub(crate) struct Reading {
    pub language: Language,
    pub lexemes: Vec<Lexeme>,
    pub facts: Vec<Placed>,
    /// For each fact the bound that belongs to it.
    pub bounds: Vec<Option<Bound>>,
    pub words: Vec<Word>,
    pub negations: Vec<Negation>,
    pub quantifiers: Vec<Quantifier>,
    /// For each lexeme its sentence and its clause.
    places: Vec<(usize, usize)>,
    /// The sentence of each clause.
    pub clauses: Vec<usize>,
    /// The lexemes of each sentence, and whether it leans on the one before it.
    spans: Vec<(Range<usize>, bool)>,
}

/// Words that begin a clause of its own.
const BREAKS: &str = " but however whereas mais toutefois cependant tandis because although though unless so parce car puisque alors donc ";
/// Words that join two clauses when a verb follows, and what then follows.
const JOINS: &str = " and et ";
const VERBAL: &str = " is are was were be been being has have had can cannot could may might must will would shall should do does did not never no \
    est sont etait etaient a ont avait avaient n ne peut peuvent doit doivent sera seront aura auront va vont pourra devra it they he she il elle \
    ils elles on nobody nothing personne rien aucun aucune ";
/// Words with which a sentence leans on the one before it, among this many of its first lexemes.
const LEANING: &str = " it its he his him she her they their them this these those both il elle ils elles ce cela celui celle ceux son sa ses \
    leur leurs lui cette ces y en ";
const FIRST: usize = 4;
/// A sentence with no more content words than this goes on with the one before it.
const SHORT: usize = 3;
/// Words that end what a negation is about.
const SCOPE_ENDS: &str = " and or but if because when until et ou mais si car quand ";

impl Reading {
    pub(crate) fn new(text: &str) -> Self {
        Self::in_language(text, text::language(text))
    }

    pub(crate) fn in_language(text: &str, language: Language) -> Self {
        let lexemes = text::lexemes(text, language);
        let starts = facts::starts(text, &lexemes, language);
        let facts = facts::placed(&lexemes, &starts, language);
        let (places, clauses) = places(text, &lexemes, language);
        let mut reading = Self {
            bounds: vec![None; facts.len()],
            language,
            lexemes,
            facts,
            words: Vec::new(),
            negations: Vec::new(),
            quantifiers: Vec::new(),
            places,
            clauses,
            spans: Vec::new(),
        };
        reading.words = reading.content();
        reading.negations = reading.find_negations();
        reading.attach_bounds();
        reading.quantifiers = reading.find_quantifiers();
        reading.spans = reading.find_spans();
        reading
    }

    pub(crate) fn sentence(&self, lexeme: usize) -> usize {
        self.places.get(lexeme).map_or(0, |place| place.0)
    }

    pub(crate) fn clause(&self, lexeme: usize) -> usize {
        self.places.get(lexeme).map_or(0, |place| place.1)
    }

    /// How many sentences there are; at least one.
    pub(crate) fn sentences(&self) -> usize {
        self.spans.len().max(1)
    }

    /// The lexemes of a sentence.
    pub(crate) fn span(&self, sentence: usize) -> Range<usize> {
        self.spans.get(sentence).map_or(0..0, |(span, _)| span.clone())
    }

    /// Whether a sentence goes on with what the one before it is about: 'it', 'she', or too short to be about anything
    /// itself.
    pub(crate) fn leans(&self, sentence: usize) -> bool {
        sentence > 0 && self.spans.get(sentence).is_some_and(|&(_, leans)| leans)
    }

    fn find_spans(&self) -> Vec<(Range<usize>, bool)> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        for at in 0..self.lexemes.len() {
            let sentence = self.sentence(at);
            spans.resize(spans.len().max(sentence + 1), at..at);
            if let Some(span) = spans.get_mut(sentence) {
                span.end = at + 1;
            }
        }
        let mut words = self.words.iter().peekable();
        let leans = |span: &Range<usize>, count: usize| {
            count <= SHORT || span.clone().take(FIRST).any(|at| listed(self.lexemes.get(at), LEANING))
        };
        let counted = spans.into_iter().map(|span| {
            let mut count = 0;
            while words.next_if(|word| word.lexeme < span.end).is_some() {
                count += 1;
            }
            let leans = leans(&span, count);
            (span, leans)
        });
        counted.collect()
    }

    /// Whether a lexeme belongs to a name.
    pub(crate) fn is_name(&self, lexeme: usize) -> bool {
        self.facts.iter().any(|placed| matches!(placed.fact.value, Value::Name(_)) && placed.lexemes.contains(&lexeme))
    }

    fn content(&self) -> Vec<Word> {
        let mut in_fact = vec![false; self.lexemes.len()];
        for placed in self.facts.iter().filter(|placed| !matches!(placed.fact.value, Value::Name(_))) {
            in_fact.iter_mut().take(placed.lexemes.end).skip(placed.lexemes.start).for_each(|inside| *inside = true);
        }
        let lexemes = self.lexemes.iter().enumerate().zip(in_fact).filter(|(_, inside)| !inside);
        let carries = |lexeme: &Lexeme| {
            let short = lexeme.fold.len() < 2;
            lexeme.kind == Kind::Word && !short && !is_stop_word(&lexeme.fold, self.language)
        };
        let words = lexemes.filter(|((_, lexeme), _)| carries(lexeme)).map(|((index, lexeme), _)| {
            let Meaning { key, opposite, mild } = lexicon::meaning(&lexeme.fold, &lexeme.stem, self.language);
            Word { lexeme: index, key, opposite, mild, clause: self.clause(index) }
        });
        words.collect()
    }

    /// The content words among some lexemes.
    pub(crate) fn words_in(&self, lexemes: Range<usize>) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(move |word| lexemes.contains(&word.lexeme))
    }

    fn find_negations(&self) -> Vec<Negation> {
        let mut found: Vec<Negation> = Vec::new();
        for placed in &self.facts {
            let at = placed.lexemes.start;
            let negates = matches!(placed.fact.value, Value::Negation | Value::Quantity(Quantity::None));
            let word = self.lexemes.get(at).map_or("", |lexeme| lexeme.fold.as_str());
            let clause = self.clause(at);
            let continued = found.last().is_some_and(|last| {
                self.sentence(last.lexeme) == self.sentence(at)
                    && (polarity::goes_on(word) || is_pair(&self.lexemes, last.lexeme, at))
            });
            if negates && !continued {
                found.push(Negation { lexeme: at, scope: self.scope(at, clause), clause });
            }
        }
        found
    }

    /// From the verb that stands before 'pas' to the end of the clause, or to the next conjunction.
    fn scope(&self, at: usize, clause: usize) -> Range<usize> {
        let before = self.lexemes.get(at.saturating_sub(6)..at).unwrap_or_default();
        let alone = self.lexemes.get(at).is_some_and(|word| polarity::is_about_noun(&word.fold));
        let ne = before.iter().rposition(|lexeme| lexeme.is_word(" ne n ")).filter(|_| !alone);
        let start = ne.map_or(at, |index| at.saturating_sub(6) + index);
        let mut end = at + 1;
        while end < self.lexemes.len()
            && self.clause(end) == clause
            && !self.lexemes.get(end).is_some_and(|word| word.is_word(SCOPE_ENDS))
        {
            end += 1;
        }
        start..end
    }

    /// Gives each bound to the number beside it. A negated bound is the other one: 'not take more than', 'ne pas
    /// dépasser'.
    fn attach_bounds(&mut self) {
        for index in 0..self.facts.len() {
            let Some(placed) = self.facts.get(index) else { continue };
            let Value::Quantity(Quantity::Bound(bound)) = placed.fact.value else { continue };
            let (start, end) = (placed.lexemes.start, placed.lexemes.end);
            let is_number = |placed: &Placed| {
                matches!(placed.fact.value, Value::Number(_, _) | Value::Date(_) | Value::Time(_) | Value::Weekday(_))
            };
            let after = self.facts.iter().enumerate().skip(index + 1).find(|(_, placed)| is_number(placed));
            let before = self.facts.iter().enumerate().take(index).rev().find(|(_, placed)| is_number(placed));
            let after =
                after.map(|(number, placed)| (placed.lexemes.start.saturating_sub(end), number, placed.lexemes.start));
            let before =
                before.map(|(number, placed)| (start.saturating_sub(placed.lexemes.end), number, placed.lexemes.start));
            let near = |found: Option<(usize, usize, usize)>| {
                found.filter(|&(gap, _, at)| gap <= 4 && self.sentence(at) == self.sentence(start))
            };
            let chosen = [near(after), near(before)].into_iter().flatten().min_by_key(|&(gap, _, _)| gap);
            // 'Not paid before 1 July' is 'from 1 July'.
            let reach = if listed(self.lexemes.get(start), " before avant ") { 8 } else { 4 };
            let negation = self.negations.iter().position(|negation| {
                negation.lexeme < start && start - negation.lexeme <= reach && negation.scope.contains(&start)
            });
            // 'Children of less than six': the bound belongs to the noun before it.
            let of = start
                .checked_sub(1)
                .and_then(|before| self.lexemes.get(before))
                .is_some_and(|word| word.is_word(" of de d to aux "));
            let turned = match bound {
                other if of => other,
                Bound::MoreThan => Bound::AtMost,
                Bound::LessThan => Bound::AtLeast,
                other => other,
            };
            let bound = if let Some(negation) = negation.filter(|_| turned != bound) {
                self.negations.remove(negation);
                turned
            } else {
                bound
            };
            if let Some(slot) = chosen.and_then(|(_, number, _)| self.bounds.get_mut(number)) {
                *slot = Some(bound);
            }
        }
    }

    fn find_quantifiers(&self) -> Vec<Quantifier> {
        let found = self.facts.iter().enumerate().filter_map(|(fact, placed)| {
            let Value::Quantity(quantity) = placed.fact.value else { return None };
            let (at, clause) = (placed.lexemes.end, self.clause(placed.lexemes.start));
            let head = self.words_in(at..at + 5).next().map(|word| word.key.clone());
            (!matches!(quantity, Quantity::Bound(_))).then_some(Quantifier { quantity, fact, head, clause })
        });
        found.collect()
    }
}

/// 'Ne ... aucun ... pas' and the like: two marks of one negation, close together.
fn is_pair(lexemes: &[Lexeme], first: usize, second: usize) -> bool {
    let between = lexemes.get(first + 1..second).unwrap_or_default();
    let marks = [first, second].map(|at| {
        lexemes.get(at).is_some_and(|word| is_listed(" aucun aucune nul nulle personne rien jamais plus ", &word.fold))
    });
    between.len() < 12 && marks.iter().all(|mark| *mark)
}

/// For each lexeme its sentence and clause, and for each clause its sentence.
fn places(text: &str, lexemes: &[Lexeme], language: Language) -> (Vec<(usize, usize)>, Vec<usize>) {
    let sentences = sentences(text, Some(language));
    let (mut places, mut clauses) = (Vec::with_capacity(lexemes.len()), vec![0]);
    let mut sentence = 0;
    for (index, lexeme) in lexemes.iter().enumerate() {
        let mut begins = false;
        while sentences.get(sentence).is_some_and(|range| range.end <= lexeme.span.start)
            && sentence + 1 < sentences.len()
        {
            (sentence, begins) = (sentence + 1, true);
        }
        let after_mark = index
            .checked_sub(1)
            .and_then(|before| lexemes.get(before))
            .is_some_and(|mark| mark.is_mark(&[',', ';', ':', '(', ')', '—', '–']));
        let joined = lexeme.is_word(JOINS) && lexemes.get(index + 1).is_some_and(|next| next.is_word(VERBAL));
        if begins || index > 0 && (after_mark || joined || lexeme.is_word(BREAKS)) {
            clauses.push(sentence);
        }
        places.push((sentence, clauses.len() - 1));
    }
    (places, clauses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negated_bound_is_the_other_bound() {
        for text in [
            "Do not take more than 6 tablets.",
            "No more than 6 tablets.",
            "Ne pas dépasser 6 comprimés.",
            "6 comprimés au plus.",
        ] {
            let reading = Reading::new(text);
            assert!(reading.bounds.contains(&Some(Bound::AtMost)), "{text}");
            assert!(reading.negations.is_empty(), "{text}");
        }
    }

    #[test]
    fn two_marks_of_one_negation_count_once() {
        assert_eq!(Reading::new("Aucun établissement n'a jamais dépassé le plafond.").negations.len(), 1);
        assert_eq!(Reading::new("The tenant may not sublet without consent.").negations.len(), 2);
    }
}
