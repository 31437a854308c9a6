//! Whether passages can answer a question at all, and the sentences that most likely do.

use std::ops::Range;

use crate::check::Passage;
use crate::facts::{Placed, Value};
use crate::kinds;
use crate::lexicon::same;
use crate::question::{self, Asked};
use crate::reading::{Reading, Word};
use crate::text::Language;

/// Why a question was found answerable or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A passage has the question's words, and near them what is asked for.
    Found,
    /// There are no passages.
    NoPassages,
    /// The question has no word that could be looked for.
    NothingAsked,
    /// No passage is about what is asked.
    OffTopic,
    /// A passage is about it, but a word that matters stands nowhere near: likely the right document without the
    /// answer.
    WordMissing,
    /// The words stand there, but no date, number or name of the kind that is asked for.
    FactMissing,
}

/// Whether retrieved passages can answer a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answerable {
    /// Whether to answer.
    pub yes: bool,
    /// How sure this is, 0 to 1: the distance from the line between yes and no, not a probability.
    pub confidence: f32,
    /// Why.
    pub why: Why,
    /// What is asked for.
    pub asked: Asked,
    /// The passages that may answer, best first; without an answer, the nearest.
    pub passages: Vec<usize>,
}

/// A sentence of a passage that likely answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Extract {
    /// The passage's index.
    pub passage: usize,
    /// The sentence in the passage, in bytes, as it stands there.
    pub span: Range<usize>,
    /// 0 to 1.
    pub score: f32,
}

/// A passage answers when this share of the question's weight stands in one sentence and around it.
const ENOUGH: f32 = 0.68;
/// A word counts this much when it stands in the sentence before or after, elsewhere in the passage, and in its
/// heading.
const NEXT: f32 = 0.8;
const ELSEWHERE: f32 = 0.5;
const HEADING: f32 = 0.85;
/// A sentence that, with its heading, has less than this share of the question counts this much: its facts are about
/// something else.
const INSIDE: f32 = 0.2;
const OUTSIDE: f32 = 0.7;
/// A fact answers only in a sentence that has, with its heading, this share of the question.
const BESIDE: f32 = 0.55;
/// And this share of the words that neither a unit nor the heading has.
const OWN: f32 = 0.5;
/// What a sentence gains when it has a fact of the kind that is asked for.
const OF_KIND: f32 = 0.15;
/// What the words of a name weigh.
const NAME: f32 = 0.5;
/// What a number or a date of the question weighs.
const VALUE: f32 = 0.7;
/// Below this share no passage is about the question.
const ABOUT: f32 = 0.3;
/// A retrieval score is compared with the best one; the farther below, the less a passage counts.
const RETRIEVAL: f32 = 0.1;
/// Cosines between which words in another language count from not at all to wholly, as in `check`.
const SIMILAR: Range<f32> = 0.82..0.90;

/// One sentence of a passage as an answer.
struct Candidate {
    passage: usize,
    sentence: usize,
    /// The share of the question's words.
    coverage: f32,
    of_kind: bool,
    score: f32,
}

/// How well a word of the question is found around a sentence of a passage, and whether only a unit or the heading has
/// it.
fn reach(fold: &str, word: &Word, passage: &Reading, heading: &Reading, sentence: usize) -> (f32, bool) {
    let places = passage
        .words
        .iter()
        .filter(|other| same(&word.key, &other.key))
        .map(|other| passage.sentence(other.lexeme).abs_diff(sentence));
    let leans = passage.leans(sentence);
    let inside = match places.min() {
        Some(0) => 1.0,
        Some(1) if leans => HEADING,
        Some(1) => NEXT,
        Some(_) => ELSEWHERE,
        None => 0.0,
    };
    let by_unit = |placed: &&Placed| question::is_unit_of(fold, &placed.fact.value);
    if passage.facts.iter().filter(by_unit).any(|placed| passage.sentence(placed.lexemes.start) == sentence) {
        return (1.0, inside < 1.0);
    }
    let above = if heading.words.iter().any(|other| same(&word.key, &other.key)) { HEADING } else { 0.0 };
    (f32::max(inside, above), above > 0.0 && inside < HEADING)
}

/// Weights of the question's words: what few of the passages have weighs more, and what none has most.
#[allow(clippy::cast_precision_loss, reason = "counts of passages")]
fn weights(question: &Reading, topic: &[&Word], passages: &[(Reading, Reading)]) -> Vec<f32> {
    let all = passages.len() as f32;
    let weight = |word: &&Word| {
        let there = passages
            .iter()
            .filter(|(passage, _)| passage.words.iter().any(|other| same(&word.key, &other.key)))
            .count();
        // A name says which document is meant, and rarely what is asked.
        let names = question
            .facts
            .iter()
            .any(|placed| matches!(placed.fact.value, Value::Name(_)) && placed.lexemes.contains(&word.lexeme));
        (1.0 + 0.5 * ((all + 1.0) / (there as f32 + 1.0)).ln()) * if names { NAME } else { 1.0 }
    };
    topic.iter().map(weight).collect()
}

/// A question as it is compared with sentences.
struct Question<'a> {
    reading: &'a Reading,
    asked: Asked,
    topic: Vec<&'a Word>,
    /// What each word of the topic weighs, and all words and values together.
    weights: Vec<f32>,
    values: Vec<&'a Value>,
    total: f32,
}

#[allow(clippy::cast_precision_loss, reason = "counts of facts")]
impl<'a> Question<'a> {
    fn new(reading: &'a Reading, asked: Asked, passages: &[(Reading, Reading)]) -> Self {
        let topic = question::topic(reading);
        let values = question::values(reading);
        let weights = weights(reading, &topic, passages);
        let total = weights.iter().sum::<f32>() + VALUE * values.len() as f32;
        Self { reading, asked, topic, weights, values, total }
    }

    /// The share of the question that a sentence and its surroundings have, and whether what is asked for stands there.
    /// `likeness` stands in for words in another language.
    fn judge(&self, passage: &Reading, heading: &Reading, sentence: usize, likeness: Option<f32>) -> (f32, bool) {
        let fold = |word: &Word| self.reading.lexemes.get(word.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
        let reached: Vec<(f32, bool)> =
            self.topic.iter().map(|word| reach(fold(word), word, passage, heading, sentence)).collect();
        let shown = kinds::with_values(&self.values, passage, sentence) as f32 * VALUE;
        let share = |keep: fn(f32, bool) -> bool| -> f32 {
            let kept = reached.iter().zip(&self.weights).filter(|((reach, lent), _)| keep(*reach, *lent));
            kept.map(|((reach, _), weight)| reach * weight).sum()
        };
        let all = if self.total > 0.0 { self.total } else { f32::INFINITY };
        let inside = (share(|reach, _| reach >= HEADING) + shown) / all;
        let outside = if inside < INSIDE { OUTSIDE } else { 1.0 };
        let coverage = (share(|_, _| true) + shown) / all * outside;
        // Of the words that neither a unit nor the heading lends to the sentence.
        let own = reached.iter().zip(&self.weights).filter(|((_, lent), _)| !lent);
        let (own, owned) = own.fold((0.0, 0.0), |(own, owned), ((reach, _), weight)| {
            (own + weight, if *reach >= HEADING { owned + weight } else { owned })
        });
        let bare = own + shown <= 0.0 && self.is_bare(passage, sentence);
        let beside = inside >= BESIDE && owned >= own * OWN && !bare;
        let near = beside || likeness.is_some() || !question::needs_fact(self.asked);
        let of_kind = near && kinds::has_kind(self.asked, self.reading, &self.topic, passage, sentence);
        (coverage.max(likeness.unwrap_or(0.0).min(ENOUGH)), of_kind)
    }

    /// Where only the heading has the question's words, nothing says that someone or some place in a sentence is meant.
    fn is_bare(&self, passage: &Reading, sentence: usize) -> bool {
        match self.asked {
            Asked::Who | Asked::Name => true,
            Asked::Where => !kinds::has_new_name(self.reading, passage, sentence),
            _ => false,
        }
    }
}

/// All sentences of the passages as answers, best first.
fn candidates(question: &Reading, passages: &[Passage<'_>], scores: &[f32], asked: Asked) -> Vec<Candidate> {
    let readings: Vec<(Reading, Reading)> =
        passages.iter().map(|passage| (Reading::new(passage.text), Reading::new(passage.heading))).collect();
    let question = Question::new(question, asked, &readings);
    let top = scores.iter().copied().filter(|score| score.is_finite()).fold(0.0, f32::max);
    let mut found = Vec::new();
    for (index, (passage, heading)) in readings.iter().enumerate() {
        let score = scores.get(index).copied().filter(|score| score.is_finite());
        let relative = score.map_or(1.0, |score| if top > 0.0 { (score / top).clamp(0.0, 1.0) } else { 1.0 });
        let foreign = [question.reading, passage].iter().all(|reading| reading.language != Language::Other)
            && question.reading.language != passage.language;
        let likeness =
            score.map_or(0.0, |cosine| ((cosine - SIMILAR.start) / (SIMILAR.end - SIMILAR.start)).clamp(0.0, 1.0));
        for sentence in 0..passage.sentences() {
            let (coverage, of_kind) = question.judge(passage, heading, sentence, foreign.then_some(likeness));
            let gain = if of_kind && question::needs_fact(asked) { OF_KIND } else { 0.0 };
            let score = ((coverage + gain) * (1.0 - RETRIEVAL * (1.0 - relative)) / (1.0 + OF_KIND)).clamp(0.0, 1.0);
            found.push(Candidate { passage: index, sentence, coverage, of_kind, score });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)).then(a.sentence.cmp(&b.sentence)));
    found
}

/// Whether the passages can answer the question, by rules alone: a sentence and its surroundings must have the
/// question's words, and a fact of the kind that is asked for. `scores` are the passages' scores from retrieval,
/// higher is better; if they are cosines, they also stand in for words where question and passage are in different
/// languages. Missing scores count as equal.
#[must_use]
pub fn answerable(question: &str, passages: &[Passage<'_>], scores: &[f32]) -> Answerable {
    let question = Reading::new(question);
    let asked = question::asked(&question);
    let no = |why| Answerable { yes: false, confidence: 1.0, why, asked, passages: Vec::new() };
    if passages.is_empty() {
        return no(Why::NoPassages);
    }
    if question::topic(&question).is_empty() && question::values(&question).is_empty() {
        return no(Why::NothingAsked);
    }
    let found = candidates(&question, passages, scores, asked);
    let mut order: Vec<usize> = Vec::new();
    for candidate in &found {
        if !order.contains(&candidate.passage) {
            order.push(candidate.passage);
        }
    }
    let best = found.iter().map(|candidate| candidate.coverage).fold(0.0, f32::max);
    let is_right = |candidate: &&Candidate| candidate.of_kind || !question::needs_fact(asked);
    let right = found.iter().filter(is_right).map(|candidate| candidate.coverage).fold(0.0, f32::max);
    let why = if right >= ENOUGH {
        Why::Found
    } else if best < ABOUT {
        Why::OffTopic
    } else if best >= ENOUGH {
        Why::FactMissing
    } else {
        Why::WordMissing
    };
    let confidence = if why == Why::Found { (right - ENOUGH) / (1.0 - ENOUGH) } else { (ENOUGH - right) / ENOUGH };
    Answerable { yes: why == Why::Found, confidence: confidence.clamp(0.0, 1.0), why, asked, passages: order }
}

/// The sentences of the passages that most likely answer the question, best first and at most ten, each as it stands
/// in its passage.
#[must_use]
pub fn extract(question: &str, passages: &[Passage<'_>]) -> Vec<Extract> {
    let question = Reading::new(question);
    let asked = question::asked(&question);
    let found =
        candidates(&question, passages, &[], asked).into_iter().filter(|candidate| candidate.coverage > 0.0).take(10);
    found
        .filter_map(|candidate| {
            let text = passages.get(candidate.passage)?.text;
            let language = crate::text::language(text);
            let span = crate::sentences::sentences(text, Some(language)).get(candidate.sentence)?.clone();
            Some(Extract { passage: candidate.passage, span, score: candidate.score })
        })
        .collect()
}
