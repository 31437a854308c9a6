//! Whether a sentence of a passage has what a question asks for: a value of the kind, in the place where an answer has it.

use std::ops::Range;

use crate::actors::names_actor;
use crate::facts::{Placed, Unit, Value, listed};
use crate::lexicon::same;
use crate::matching::equal;
use crate::question::{self, Asked};
use crate::reading::{Reading, Word};

/// Words that say why; the weaker ones do so only in the very sentence.
const WHY: &str = " because since due owing so reason therefore cause caused for with after car parce puisque raison cause faute afin pour donc \
    suite grace apres ";
/// Words before a place.
const PLACE: &str = " in at on to into from near behind under inside beside a au aux en dans chez sous pres vers ";
/// Not places, though they stand after such a word.
const NO_PLACE: &str = " least most moins plus partir compter avance time times mois fois date order case advance writing total cas ordre ";
/// Before a name these make it a place or an aim, not someone.
const NOT_SOMEONE: &str = " from in at to near for a au aux en dans chez pour depuis vers ";
/// Words that say when, without a date.
const RECURRING: &str = " every each morning evening night noon midnight chaque tous matin soir midi minuit ";
/// A name stands no farther from what it names.
const NAMED_WITHIN: usize = 7;
const PASSIVE: &str = " is are was were be been being est sont etait etaient ete etre fut ";
const AGENT: &str = " by par ";

pub(crate) fn has_kind(asked: Asked, question: &Reading, topic: &[&Word], passage: &Reading, sentence: usize) -> bool {
    let span = passage.span(sentence);
    match asked {
        Asked::Other => true,
        Asked::Why => span.clone().any(|at| listed(passage.lexemes.get(at), WHY)),
        Asked::Who => has_actor(question, topic, passage, &span),
        Asked::Name => has_name(question, topic, passage, &span),
        Asked::Where => has_place(question, passage, &span),
        _ => has_value(asked, question, topic, passage, &span),
    }
}

/// How many of a question's values a sentence has.
pub(crate) fn with_values(values: &[&Value], passage: &Reading, sentence: usize) -> usize {
    let own = |placed: &&Placed| passage.sentence(placed.lexemes.start) == sentence;
    let has = |value: &Value| passage.facts.iter().filter(own).any(|placed| equal(value, &placed.fact.value, &[]));
    values.iter().filter(|value| has(value)).count()
}

/// Whether a sentence has a name that the question has not.
pub(crate) fn has_new_name(question: &Reading, passage: &Reading, sentence: usize) -> bool {
    let mut names = passage.words_in(passage.span(sentence)).filter(|word| passage.is_name(word.lexeme));
    names.any(|word| !in_question(question, word))
}

/// Whether a number counts what the question counts: the noun stands after it, or before it as in 'members: 12'.
fn counts(passage: &Reading, placed: &Placed, noun: &Word) -> bool {
    let sentence = passage.sentence(placed.lexemes.start);
    let is_noun = |word: &Word| same(&word.key, &noun.key) && passage.sentence(word.lexeme) == sentence;
    let start = placed.lexemes.start;
    let colon = start.checked_sub(1).and_then(|at| passage.lexemes.get(at)).is_some_and(|mark| mark.is_mark(&[':']));
    passage.words_in(placed.lexemes.end..placed.lexemes.end + 4).any(is_noun)
        || colon && passage.words_in(start.saturating_sub(3)..start).any(is_noun)
}

/// Whether a duration says until when or from when on: 'within 21 days', 'two weeks after'.
fn is_until(passage: &Reading, placed: &Placed) -> bool {
    let (start, end) = (placed.lexemes.start, placed.lexemes.end);
    let before = (start.saturating_sub(3)..start).any(|at| {
        listed(passage.lexemes.get(at), " within after in before dans sous apres avant moins least later latest ")
    });
    before || (end..end + 2).any(|at| listed(passage.lexemes.get(at), " after before later from apres avant plus "))
}

/// Whether a reference stands right after what it refers to, or after the word 'number'.
fn is_referred(topic: &[&Word], passage: &Reading, placed: &Placed) -> bool {
    let before = placed.lexemes.start.saturating_sub(4)..placed.lexemes.end;
    before.clone().any(|at| listed(passage.lexemes.get(at), " number no numero reference "))
        || passage.words_in(before).any(|word| topic.iter().any(|asked| same(&asked.key, &word.key)))
}

/// Whether the sentence counts the members of another body than the question asks about.
fn is_of_another(question: &Reading, topic: &[&Word], noun: &Word, passage: &Reading, span: &Range<usize>) -> bool {
    let fold = |word: &Word| passage.lexemes.get(word.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
    let has = |asked: &Word| passage.words_in(span.clone()).any(|word| same(&word.key, &asked.key));
    let whose = topic.iter().filter(|word| word.lexeme != noun.lexeme && !question.is_name(word.lexeme));
    let lacks = whose.clone().count() > 0 && !whose.clone().any(|word| has(word));
    lacks
        && passage
            .words_in(span.clone())
            .any(|word| names_actor(fold(word), passage.language) && !in_question(question, word))
}

/// Whether the question asks for what stands after something and the sentence has what stands before it, or the other
/// way about: 'after tax', 'before tax'.
fn is_other_side(question: &Reading, passage: &Reading, span: &Range<usize>) -> bool {
    let side = |reading: &Reading, word: &Word| {
        let before = word.lexeme.checked_sub(1).and_then(|at| reading.lexemes.get(at));
        if listed(before, " before avant ") { Some(false) } else { listed(before, " after apres ").then_some(true) }
    };
    question.words.iter().any(|asked| {
        let wanted = side(question, asked);
        let mut shown = passage.words_in(span.clone()).filter(|word| same(&word.key, &asked.key));
        wanted.is_some() && shown.any(|word| side(passage, word).is_some_and(|side| Some(side) != wanted))
    })
}

fn has_value(asked: Asked, question: &Reading, topic: &[&Word], passage: &Reading, span: &Range<usize>) -> bool {
    let money = question::names_money(question) && asked == Asked::HowMuch;
    let noun = question::counted(question, topic).filter(|_| asked == Asked::HowMany);
    if is_other_side(question, passage, span)
        || noun.is_some_and(|noun| is_of_another(question, topic, noun, passage, span))
    {
        return false;
    }
    let past = asked == Asked::When && question::is_past(question);
    let ages = question::asks_age(question);
    let is_age = |placed: &Placed| {
        let near = placed.lexemes.start.saturating_sub(4)..placed.lexemes.end + 2;
        let said = near.clone().any(|at| listed(passage.lexemes.get(at), " old aged age agee ans "));
        said || near.clone().any(|at| span.contains(&at) && passage.is_name(at))
    };
    let recurs = asked == Asked::When && !past && span.clone().any(|at| listed(passage.lexemes.get(at), RECURRING));
    let mut facts = passage.facts.iter().filter(|placed| span.contains(&placed.lexemes.start));
    recurs
        || facts.any(|placed| {
            let value = &placed.fact.value;
            let lasts = matches!(value, Value::Number(_, Unit::Minutes | Unit::Months));
            let repeated = question.facts.iter().any(|said| said.fact.value == *value);
            let kind = question::fits(asked, value)
                && (!money || matches!(value, Value::Number(_, Unit::Money(_))))
                && !(asked == Asked::When && lasts && (past || !is_until(passage, placed)))
                && (!ages || is_age(placed));
            let by_unit = |word: &Word| {
                question.lexemes.get(word.lexeme).is_some_and(|lexeme| question::is_unit_of(&lexeme.fold, value))
            };
            let plain = matches!(value, Value::Number(_, Unit::Plain | Unit::Measure(_)) | Value::Quantity(_));
            let referred = asked != Asked::Reference || is_referred(topic, passage, placed);
            let counted = noun.is_none_or(|noun| by_unit(noun) || plain && counts(passage, placed, noun));
            kind && counted && referred && !repeated
        })
}

fn in_question(question: &Reading, word: &Word) -> bool {
    question.words.iter().any(|other| same(&other.key, &word.key))
}

/// Whether the sentence names someone whom the question does not. Where it says that something is done and not by
/// whom, no one who stands there did it.
fn has_actor(question: &Reading, topic: &[&Word], passage: &Reading, span: &Range<usize>) -> bool {
    let someone = passage.words_in(span.clone()).any(|word| {
        let fold = passage.lexemes.get(word.lexeme).map_or("", |lexeme| lexeme.fold.as_str());
        (passage.is_name(word.lexeme) || names_actor(fold, passage.language)) && !in_question(question, word)
    });
    let passive = |reading: &Reading, from: usize, at: usize| {
        (from.max(at.saturating_sub(3))..at).any(|before| listed(reading.lexemes.get(before), PASSIVE))
    };
    // 'Do not take it if you have an ulcer' says who should not.
    let may =
        question.lexemes.iter().any(|lexeme| lexeme.is_word(" should can may must cannot doit peut doivent peuvent "));
    let has = |list: &str| span.clone().any(|at| listed(passage.lexemes.get(at), list));
    let someone = someone || may && has(" if si ") && has(" you vous ");
    let Some(act) = topic.first().filter(|act| !passive(question, 0, act.lexeme)) else { return someone };
    let whom = question.lexemes.iter().any(|lexeme| lexeme.is_word(" whom "));
    let done = passage.words_in(span.clone()).any(|word| {
        let by = (word.lexeme..span.end).any(|at| listed(passage.lexemes.get(at), AGENT));
        same(&word.key, &act.key) && passive(passage, span.start, word.lexeme) && !by
    });
    someone && (whom || !done)
}

/// Whether a name stands beside what the question wants to have named.
fn has_name(question: &Reading, topic: &[&Word], passage: &Reading, span: &Range<usize>) -> bool {
    let names = |placed: &&Placed| {
        let before = placed.lexemes.start.checked_sub(1).and_then(|before| passage.lexemes.get(before));
        matches!(placed.fact.value, Value::Name(_))
            && span.contains(&placed.lexemes.start)
            && !listed(before, NOT_SOMEONE)
            && !passage.words_in(placed.lexemes.clone()).any(|word| in_question(question, word))
    };
    let Some(head) = topic.first() else { return false };
    let heads: Vec<usize> =
        passage.words_in(span.clone()).filter(|word| same(&word.key, &head.key)).map(|word| word.lexeme).collect();
    passage.facts.iter().filter(names).any(|placed| {
        heads.iter().any(|&head| {
            head.saturating_sub(placed.lexemes.end) < NAMED_WITHIN
                && placed.lexemes.start.saturating_sub(head) < NAMED_WITHIN
        })
    })
}

/// Whether the sentence has a place that the question has not.
fn has_place(question: &Reading, passage: &Reading, span: &Range<usize>) -> bool {
    span.clone().filter(|&at| listed(passage.lexemes.get(at), PLACE)).any(|at| {
        let follows = |next: &usize| {
            span.contains(next)
                && !passage
                    .facts
                    .iter()
                    .any(|placed| !matches!(placed.fact.value, Value::Name(_)) && placed.lexemes.contains(next))
        };
        let after = at + 1..(at + 5).min(span.end);
        let timed = after.clone().any(|next| listed(passage.lexemes.get(next), NO_PLACE));
        let place = after
            .clone()
            .take_while(follows)
            .any(|next| passage.words_in(next..next + 1).any(|word| !in_question(question, word)));
        place && !timed
    })
}
