//! Whether what a sentence says together stands together in a passage: a sentence made of a passage's own words, taken
//! from here and there, says something that the passage does not.

use std::ops::Range;

use crate::actors::names_actor;
use crate::facts::{Placed, Value, listed};
use crate::lexicon::same;
use crate::matching::equal;
use crate::reading::{Reading, Word};
use crate::stance::{parts, words_of};
use crate::text::Kind;

/// Words with which a sentence leans on the one before it.
const LEANING: &str = " it its he his him she her they their them this these those both il elle ils elles ce cela celui celle ceux \
    son sa ses leur leurs lui cette ces celui y en ";
/// Among this many of its first words.
const FIRST: usize = 4;

/// The sentences of a passage.
fn last_sentence(passage: &Reading) -> usize {
    passage.lexemes.len().checked_sub(1).map_or(0, |last| passage.sentence(last))
}

pub(crate) fn leans(passage: &Reading, sentence: usize) -> bool {
    let own = (0..passage.lexemes.len()).filter(|&at| passage.sentence(at) == sentence);
    let words = passage.words.iter().filter(|word| passage.sentence(word.lexeme) == sentence).count();
    words <= SHORT || own.take(FIRST).any(|at| listed(passage.lexemes.get(at), LEANING))
}

/// Words that say why, in a sentence; and in a passage, where weaker ones do.
const BECAUSE: &str =
    " because owing therefore hence caused causes car parce puisque donc faute provoque provoquent entraine ";
const WHY: &str = " because due owing therefore hence thus so since reason caused causes cause result results car parce puisque donc ainsi faute \
    cause raison suite provoque entraine entrainera grace ";
const PERHAPS_WHY: &str = " as for by with after pour par avec apres ";

/// From this weight on what stands apart makes a sentence scattered. A word or a value weighs 2 and a name 4; where the
/// passage begins with it, it may be what all of the passage is about, and weighs half.
const APART: usize = 4;
const WEIGHT: usize = 2;
const NAME_WEIGHT: usize = 4;
/// A sentence with no more content words than this goes on with the one before it.
const SHORT: usize = 3;

/// One thing that sentence and passage share: the sentences of the passage that have it, and what it weighs apart.
struct Shared {
    places: Vec<usize>,
    weight: usize,
}

fn weighed(places: Vec<usize>, weight: usize) -> Shared {
    let weight = if places.contains(&0) { weight / 2 } else { weight };
    Shared { places, weight }
}

fn is_value(value: &Value) -> bool {
    !matches!(value, Value::Name(_) | Value::Negation | Value::Quantity(_))
}

/// What a part of the sentence shares with the passage. What stands in the heading is said of all of it.
fn shared(sentence: &Reading, part: &Range<usize>, passage: &Reading, heading: &Reading) -> Vec<Shared> {
    let meets = |word: &Word, reading: &Reading| -> Vec<usize> {
        let found = reading.words.iter().filter(|other| same(&word.key, &other.key));
        found.map(|other| reading.sentence(other.lexeme)).collect()
    };
    let own = |at: usize| part.contains(&sentence.clause(at));
    let words = words_of(sentence, part.clone())
        .filter(|word| !sentence.is_name(word.lexeme) && meets(word, heading).is_empty())
        .map(|word| weighed(meets(word, passage), WEIGHT));
    let values =
        sentence.facts.iter().filter(|placed| own(placed.lexemes.start) && is_value(&placed.fact.value)).map(|said| {
            let shown = passage.facts.iter().filter(|shown| equal(&said.fact.value, &shown.fact.value, &[]));
            weighed(shown.map(|shown| passage.sentence(shown.lexemes.start)).collect(), WEIGHT)
        });
    let is_name = |placed: &&Placed| matches!(placed.fact.value, Value::Name(_)) && own(placed.lexemes.start);
    let names = sentence.facts.iter().filter(is_name).filter_map(|placed| {
        let word = sentence.words_in(placed.lexemes.clone()).last()?;
        let places = if meets(word, heading).is_empty() { meets(word, passage) } else { Vec::new() };
        Some(weighed(places, NAME_WEIGHT))
    });
    words.chain(values).chain(names).filter(|shared| !shared.places.is_empty()).collect()
}

/// The weight of what a part shares with the passage and that does not stand in the sentence that has most of it, and
/// which sentence that is.
fn apart(shared: &[Shared], passage: &Reading) -> (usize, usize) {
    let all: usize = shared.iter().map(|shared| shared.weight).sum();
    (0..=last_sentence(passage))
        .map(|here| {
            let leaning = here > 0 && leans(passage, here);
            let near = |&at: &usize| at == here || leaning && (at + 1 == here || at == 0);
            let there: usize =
                shared.iter().filter(|shared| shared.places.iter().any(near)).map(|shared| shared.weight).sum();
            (all - there, here)
        })
        .min()
        .unwrap_or((0, 0))
}

/// What is wrong with how a sentence puts a passage's words together.
#[derive(Default)]
pub(crate) struct Composition {
    /// Words and values that the passage has in different sentences are one statement here.
    pub scattered: bool,
    /// It gives a reason that the passage does not give.
    pub unfounded: bool,
    /// The lexeme of a word that one does here and another in the passage.
    pub turned: Option<usize>,
}

pub(crate) fn composition(sentence: &Reading, passage: &Reading, heading: &Reading) -> Composition {
    let parts = parts(sentence);
    let found: Vec<(usize, usize)> =
        parts.iter().map(|part| apart(&shared(sentence, part, passage, heading), passage)).collect();
    Composition {
        scattered: found.iter().any(|&(apart, _)| apart >= APART),
        unfounded: is_unfounded(sentence, &parts, passage, &found),
        turned: turned(sentence, passage),
    }
}

/// Whether a sentence says why and the passage, where it says the same, does not.
fn is_unfounded(sentence: &Reading, parts: &[Range<usize>], passage: &Reading, found: &[(usize, usize)]) -> bool {
    let because = sentence.lexemes.iter().position(|lexeme| lexeme.is_word(BECAUSE));
    let Some(clause) = because.map(|at| sentence.clause(at)) else { return false };
    let Some(own) = parts.iter().position(|part| part.contains(&clause)) else { return false };
    let place = |part: usize| found.get(part).map(|&(_, here)| here);
    let (Some(here), before, after) = (place(own), own.checked_sub(1).and_then(place), place(own + 1)) else {
        return false;
    };
    let other = before.or(after).unwrap_or(here);
    let says_why = (0..passage.lexemes.len())
        .filter(|&at| (here.min(other)..=here.max(other)).contains(&passage.sentence(at)))
        .filter_map(|at| passage.lexemes.get(at))
        .any(|lexeme| lexeme.is_word(WHY) || here == other && lexeme.is_word(PERHAPS_WHY));
    here.abs_diff(other) > 1 || !says_why
}

/// An actor and the word right after it that says what it does.
struct Act<'a> {
    actor: &'a Word,
    does: &'a Word,
}

/// Between an actor and what it does.
const REACH: usize = 5;
const PASSIVE: &str = " is are was were be been being est sont etait etaient ete etre sera seront fut ";

fn is_actor(reading: &Reading, word: &Word) -> bool {
    reading.is_name(word.lexeme)
        || reading.lexemes.get(word.lexeme).is_some_and(|lexeme| names_actor(&lexeme.fold, reading.language))
}

/// Each content word with the actor right before it, nothing between them but words without content; the passive
/// left out.
fn acts(reading: &Reading) -> Vec<Act<'_>> {
    reading
        .words
        .windows(2)
        .filter_map(|pair| {
            let [actor, does] = pair else { return None };
            let between = reading.lexemes.get(actor.lexeme + 1..does.lexeme)?;
            let whole = between.len() <= REACH && reading.sentence(actor.lexeme) == reading.sentence(does.lexeme);
            let active = !between
                .iter()
                .any(|lexeme| lexeme.is_word(PASSIVE) || lexeme.kind == Kind::Mark && !lexeme.is_mark(&['\'', '’']));
            let is_act = !reading.is_name(does.lexeme) && !is_actor(reading, does);
            (whole && active && is_act && is_actor(reading, actor)).then_some(Act { actor, does })
        })
        .collect()
}

/// A word that one actor does in the sentence and another of the sentence's in the passage.
fn turned(sentence: &Reading, passage: &Reading) -> Option<usize> {
    let shown = acts(passage);
    let has = |reading: &Reading, word: &Word| reading.words.iter().any(|other| same(&other.key, &word.key));
    let said = acts(sentence).into_iter().find(|said| {
        let mut same_act = shown.iter().filter(|shown| same(&shown.does.key, &said.does.key)).peekable();
        same_act.peek().is_some()
            && same_act.all(|shown| {
                !same(&shown.actor.key, &said.actor.key)
                    && has(sentence, shown.actor)
                    && has(passage, said.actor)
                    && !passage.words.iter().any(|word| {
                        word.clause == shown.does.clause
                            && word.lexeme < shown.does.lexeme
                            && same(&word.key, &said.actor.key)
                    })
            })
    });
    said.map(|said| said.does.lexeme)
}
