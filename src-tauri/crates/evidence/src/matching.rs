//! Whether a fact of a sentence stands in a passage, and in the same role.

use crate::facts::{Date, Placed, Unit, Value, listed};
use crate::lexicon;
use crate::names::TITLES;
use crate::reading::Reading;
use crate::text::{Kind, is_listed};

/// Lexemes between a word and a fact beyond a sentence's end count this much farther.
const SENTENCE_STEP: usize = 8;
const CLAUSE_STEP: usize = 2;
/// A competing fact must fit this much better before a role counts as mistaken.
const ROLE_RATIO: f32 = 1.5;
const ROLE_MARGIN: f32 = 0.05;
/// A name in another sentence must fit this well: it stands in the very sentence that has the words.
const BESIDE: f32 = 0.3;
/// A word that stands before a fact in one text and after it in the other counts this much farther.
const ORDER_STEP: usize = 2;
/// Two facts of the sentence must fit this much better in each other's place before they count as exchanged.
const EXCHANGE_RATIO: f32 = 1.15;

/// What was found of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Found {
    /// The fact's index in the passage and how well its surroundings fit.
    At(usize, f32),
    /// A name that stands in the passage outside what was read as names there.
    Somewhere,
    /// Not there; the index of the fact that stands in its place, if one does.
    Missing(Option<usize>),
    /// There, but in another role; the index of the fact that stands in its place.
    Misplaced(usize),
}

fn days_agree(said: Date, shown: Date, years: &[u16]) -> bool {
    let part = |said: Option<u8>, shown: Option<u8>| said.is_none() || said == shown;
    let year = said.year.is_none()
        || said.year == shown.year
        || shown.year.is_none() && said.year.is_some_and(|year| years.contains(&year));
    year && part(said.month, shown.month) && part(said.day, shown.day)
}

/// The words of a name in the passage, in this order and next to one another (titles and particles aside).
fn has_name(words: &[String], passage: &Reading) -> bool {
    let folds: Vec<&str> = passage
        .lexemes
        .iter()
        .filter(|lexeme| lexeme.kind == Kind::Word && lexeme.fold.len() > 1 || words.contains(&lexeme.fold))
        .map(|lexeme| lexeme.fold.as_str())
        .filter(|fold| !is_listed(TITLES, fold) && !is_listed(" de du des la le les d l van von der of the ", fold))
        .collect();
    !words.is_empty() && folds.windows(words.len()).any(|window| window.iter().zip(words).all(|(a, b)| a == b))
}

/// Whether a passage's fact has the value that a sentence's fact has.
pub(crate) fn equal(said: &Value, shown: &Value, passage_years: &[u16]) -> bool {
    match (said, shown) {
        (Value::Number(a, said), Value::Number(b, shown)) => {
            let units = said == shown || *said == Unit::Plain && matches!(shown, Unit::Percent | Unit::Money(_));
            units && a.iter().any(|amount| b.contains(amount))
        }
        (Value::Date(a), Value::Date(b)) => {
            a.iter().any(|&said| b.iter().any(|&shown| days_agree(said, shown, passage_years)))
        }
        (Value::Number(a, Unit::Plain), Value::Date(b)) | (Value::Date(b), Value::Number(a, Unit::Plain)) => {
            let year = |date: &Date| date.year.filter(|_| date.month.is_none()).map(u64::from);
            b.iter().any(|date| a.iter().any(|amount| amount.as_whole().is_some() && amount.as_whole() == year(date)))
        }
        (Value::Time(a), Value::Time(b)) => a.iter().any(|time| b.contains(time)),
        (Value::Identifier(a), Value::Identifier(b)) => {
            a == b || a.len() > 4 && b.contains(a.as_str()) || b.len() > 4 && a.contains(b.as_str())
        }
        (Value::Name(a), Value::Name(b)) => b.windows(a.len().max(1)).any(|window| window == a.as_slice()),
        (a, b) => a == b,
    }
}

/// Whether two facts could stand in one another's place.
fn competes(said: &Value, shown: &Value) -> bool {
    match (said, shown) {
        (Value::Number(_, a), Value::Number(_, b)) => {
            a == b || matches!((a, b), (Unit::Minutes | Unit::Months, Unit::Minutes | Unit::Months))
        }
        (Value::Date(a), Value::Date(b)) => {
            let depth = |dates: &[Date]| {
                dates.first().map_or(0, |date| usize::from(date.month.is_some()) + usize::from(date.day.is_some()))
            };
            depth(a) <= depth(b)
        }
        (Value::Name(_), Value::Name(_))
        | (Value::Time(_), Value::Time(_))
        | (Value::Weekday(_), Value::Weekday(_))
        | (Value::Identifier(_), Value::Identifier(_)) => true,
        _ => false,
    }
}

fn distance(reading: &Reading, fact: &Placed, lexeme: usize) -> usize {
    let gap = if lexeme < fact.lexemes.start {
        fact.lexemes.start - lexeme
    } else {
        (lexeme + 1).saturating_sub(fact.lexemes.end)
    };
    let crossed = reading.sentence(fact.lexemes.start).abs_diff(reading.sentence(lexeme));
    let clauses = if crossed == 0 { reading.clause(fact.lexemes.start).abs_diff(reading.clause(lexeme)) } else { 0 };
    gap + crossed * SENTENCE_STEP + clauses * CLAUSE_STEP
}

/// How well the words around a fact of the sentence fit those around a fact of the passage: 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "distances are small")]
fn fit(sentence: &Reading, said: &Placed, passage: &Reading, shown: &Placed) -> f32 {
    let (mut reached, mut possible) = (0.0, 0.0);
    for word in sentence.words.iter().filter(|word| !said.lexemes.contains(&word.lexeme)) {
        let there = passage
            .words
            .iter()
            .filter(|other| lexicon::same(&word.key, &other.key) && !shown.lexemes.contains(&other.lexeme));
        let before = word.lexeme < said.lexemes.start;
        let turned = |lexeme: usize| if (lexeme < shown.lexemes.start) == before { 0 } else { ORDER_STEP };
        let near = there.clone().map(|other| distance(passage, shown, other.lexeme) + turned(other.lexeme)).min();
        // A word that the passage repeats tells less.
        let weight = 1.0 / (2.0 + distance(sentence, said, word.lexeme) as f32) / (there.count().max(1) as f32).sqrt();
        possible += weight;
        reached += near.map_or(0.0, |near| weight / (1.0 + near as f32 / 4.0));
    }
    let is_other = |placed: &&Placed, own: &Placed| {
        placed.lexemes != own.lexemes && !matches!(placed.fact.value, Value::Negation | Value::Quantity(_))
    };
    for fact in sentence.facts.iter().filter(|placed| is_other(placed, said)) {
        let there = passage
            .facts
            .iter()
            .filter(|placed| is_other(placed, shown) && equal(&fact.fact.value, &placed.fact.value, &[]));
        let Some(near) = there.map(|other| distance(passage, shown, other.lexemes.start)).min() else { continue };
        let weight = 1.0 / (2.0 + distance(sentence, said, fact.lexemes.start) as f32);
        possible += weight;
        reached += weight / (1.0 + near as f32 / 4.0);
    }
    if possible > 0.0 { reached / possible } else { 0.0 }
}

fn best(candidates: impl Iterator<Item = (usize, f32)>) -> Option<(usize, f32)> {
    candidates.fold(None, |best, next| match best {
        Some((_, score)) if score >= next.1 => best,
        _ => Some(next),
    })
}

/// Looks for a fact of the sentence in the passage.
pub(crate) fn find(sentence: &Reading, said: &Placed, passage: &Reading) -> Found {
    let years: Vec<u16> = passage
        .facts
        .iter()
        .filter_map(|placed| if let Value::Date(dates) = &placed.fact.value { dates.first() } else { None })
        .filter_map(|date| date.year)
        .collect();
    let value = &said.fact.value;
    let is_same = |shown: &Value| equal(value, shown, &years);
    let scored = |keep: &dyn Fn(&Value) -> bool| {
        best(
            passage
                .facts
                .iter()
                .enumerate()
                .filter(|(_, shown)| keep(&shown.fact.value))
                .map(|(at, shown)| (at, fit(sentence, said, passage, shown))),
        )
    };
    let also_said = |shown: &Value| sentence.facts.iter().any(|other| equal(&other.fact.value, shown, &years));
    let rival = scored(&|shown| competes(value, shown) && !is_same(shown) && !also_said(shown));
    // Across sentences a name may stand as 'he' where another name is nearer.
    let named = matches!(value, Value::Name(_));
    let sentence_of = |fact: usize| passage.facts.get(fact).map(|placed| passage.sentence(placed.lexemes.start));
    match (scored(&is_same), rival) {
        (Some((at, _)), Some((other, _)))
            if both_denied(sentence, said, passage, at) && !is_value_between(sentence, said, passage, at, other) =>
        {
            Found::At(at, 1.0)
        }
        (Some((at, _)), Some((other, _))) if is_value_between(sentence, said, passage, at, other) => {
            Found::Misplaced(other)
        }
        (Some((at, score)), Some((other, better)))
            if better > score * ROLE_RATIO + ROLE_MARGIN
                && (!named || better > BESIDE || sentence_of(at) == sentence_of(other)) =>
        {
            Found::Misplaced(other)
        }
        (Some((at, score)), _) => Found::At(at, score),
        (None, rival) => match value {
            Value::Name(words)
                if has_name(words, passage)
                    || is_composed(words, passage)
                    || is_word(words, sentence, said, passage) =>
            {
                Found::Somewhere
            }
            Value::Name(words) => Found::Missing(namesake(words, passage).or(rival.map(|(at, _)| at))),
            _ => Found::Missing(rival.map(|(at, _)| at)),
        },
    }
}

/// A name whose parts stand in different names of the passage, none of which gives a part another name: 'Ada' and 'Mrs
/// Okafor' for 'Ada Okafor'.
fn is_composed(words: &[String], passage: &Reading) -> bool {
    let names = passage
        .facts
        .iter()
        .filter_map(|placed| if let Value::Name(name) = &placed.fact.value { Some(name) } else { None });
    let known = |word: &String| passage.lexemes.iter().any(|lexeme| lexeme.capital && lexeme.fold == *word);
    let clear = names
        .filter(|name| name.iter().any(|word| words.contains(word)))
        .all(|name| name.iter().all(|word| words.contains(word)));
    words.len() == 2 && words.iter().all(known) && clear
}

/// Both the sentence and the passage deny it: no other value can stand in its place.
fn both_denied(sentence: &Reading, said: &Placed, passage: &Reading, at: usize) -> bool {
    let denied = |reading: &Reading, placed: &Placed| {
        let clause = reading.clause(placed.lexemes.start);
        reading.negations.iter().any(|negation| negation.clause == clause)
    };
    denied(sentence, said) && passage.facts.get(at).is_some_and(|shown| denied(passage, shown))
}

/// Between a number and the name that the sentence gives it, the passage has another name, and more than a comma or 'and'
/// between the two names: '22 are for Leeds and the rest for Hull'.
fn is_value_between(sentence: &Reading, said: &Placed, passage: &Reading, at: usize, rival: usize) -> bool {
    let (Some(shown), Some(other)) = (passage.facts.get(at), passage.facts.get(rival)) else { return false };
    let gap = |number: &Placed, name: &Placed| name.lexemes.start.checked_sub(number.lexemes.end);
    let is_number = |placed: &&Placed| matches!(placed.fact.value, Value::Number(_, _));
    let named = matches!(said.fact.value, Value::Name(_));
    let there = |number: &Placed| {
        passage.facts.iter().filter(is_number).any(|found| {
            equal(&number.fact.value, &found.fact.value, &[])
                && found.lexemes.end <= other.lexemes.start
                && passage.clause(found.lexemes.start) == passage.clause(other.lexemes.start)
                && passage.sentence(found.lexemes.start) == passage.sentence(shown.lexemes.start)
        })
    };
    let apart = passage.words_in(other.lexemes.end..shown.lexemes.start).next().is_some();
    let beside = sentence
        .facts
        .iter()
        .filter(is_number)
        .any(|number| gap(number, said).is_some_and(|gap| gap <= 8) && there(number));
    named && apart && other.lexemes.end <= shown.lexemes.start && beside
}

/// A capitalised word that is an ordinary word of the passage ('the Landlord').
fn is_word(words: &[String], sentence: &Reading, said: &Placed, passage: &Reading) -> bool {
    words.len() == 1
        && sentence
            .words_in(said.lexemes.clone())
            .all(|word| passage.words.iter().any(|other| lexicon::same(&word.key, &other.key)))
        && listed(sentence.lexemes.get(said.lexemes.start), &format!(" {} ", words.join(" ")))
        && sentence.words_in(said.lexemes.clone()).next().is_some()
}

/// A name of the passage that shares a word with a name that it lacks.
fn namesake(words: &[String], passage: &Reading) -> Option<usize> {
    passage.facts.iter().position(
        |placed| matches!(&placed.fact.value, Value::Name(other) if other.iter().any(|word| words.contains(word))),
    )
}

/// Pairs of facts of one kind that the sentence has in each other's place: the sentence's indices.
pub(crate) fn exchanged(sentence: &Reading, found: &[(usize, Found)], passage: &Reading) -> Vec<usize> {
    let mut wrong = Vec::new();
    let placed = |index: usize, at: usize| Some((sentence.facts.get(index)?, passage.facts.get(at)?));
    for (number, &(first, place)) in found.iter().enumerate() {
        for &(second, other) in found.iter().skip(number + 1) {
            let (Found::At(a, straight_a), Found::At(b, straight_b)) = (place, other) else { continue };
            let (Some((said_a, shown_a)), Some((said_b, shown_b))) = (placed(first, a), placed(second, b)) else {
                continue;
            };
            if a == b
                || !competes(&said_a.fact.value, &shown_b.fact.value)
                || matches!(said_a.fact.value, Value::Name(_))
            {
                continue;
            }
            let crossed = fit(sentence, said_a, passage, shown_b) + fit(sentence, said_b, passage, shown_a);
            if crossed > (straight_a + straight_b) * EXCHANGE_RATIO {
                wrong.extend([first, second]);
            }
        }
    }
    wrong
}
