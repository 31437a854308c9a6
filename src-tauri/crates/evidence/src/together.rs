//! Whether what a sentence says together stands together in a passage: a sentence made of a passage's own words, taken
//! from here and there, says something that the passage does not.

use std::ops::Range;

use crate::actors::names_actor;
use crate::facts::{Placed, Value};
use crate::lexicon::same;
use crate::matching::equal;
use crate::reading::{Reading, Word};
use crate::stance::{parts, words_of};
use crate::text::Kind;

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
        .map(|word| {
            let named = |other: &Word| same(&word.key, &other.key) && passage.is_name(other.lexeme);
            weighed(meets(word, passage), if passage.words.iter().any(named) { NAME_WEIGHT } else { WEIGHT })
        });
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

/// How what a part shares with the passage stands there.
#[derive(Clone, Copy)]
struct Gathered {
    /// The sentence that has most of it.
    here: usize,
    /// The weight of what does not stand there, and of all.
    apart: usize,
    all: usize,
    /// A name or an actor is among it.
    heavy: bool,
}

fn gathered(shared: &[Shared], passage: &Reading) -> Gathered {
    let all: usize = shared.iter().map(|shared| shared.weight).sum();
    let heavy = shared.iter().any(|shared| shared.weight == NAME_WEIGHT);
    let here = (0..passage.sentences()).map(|here| {
        let leaning = passage.leans(here);
        let near = |&at: &usize| at == here || leaning && (at + 1 == here || at == 0);
        let there = shared.iter().filter(|shared| shared.places.iter().any(near));
        Gathered { here, apart: all - there.map(|shared| shared.weight).sum::<usize>(), all, heavy }
    });
    here.min_by_key(|found| found.apart).unwrap_or(Gathered { here: 0, apart: 0, all, heavy })
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
    let found: Vec<Gathered> =
        parts.iter().map(|part| gathered(&shared(sentence, part, passage, heading), passage)).collect();
    Composition {
        scattered: found
            .iter()
            .any(|found| found.apart >= APART || found.heavy && found.apart * 3 >= found.all && found.apart >= WEIGHT),
        unfounded: is_unfounded(sentence, &parts, passage, &found),
        turned: turned(sentence, passage),
    }
}

/// Whether a sentence says why and the passage, where it says the same, does not.
fn is_unfounded(sentence: &Reading, parts: &[Range<usize>], passage: &Reading, found: &[Gathered]) -> bool {
    let because = sentence.lexemes.iter().position(|lexeme| lexeme.is_word(BECAUSE));
    let Some(clause) = because.map(|at| sentence.clause(at)) else { return false };
    let Some(own) = parts.iter().position(|part| part.contains(&clause)) else { return false };
    let place = |part: usize| found.get(part).map(|found| found.here);
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

const JOINING: &str = " and or et ou of de du des d a au aux in on for with to from en dans sur pour ";

fn is_actor(reading: &Reading, word: &Word) -> bool {
    reading.is_name(word.lexeme)
        || reading.lexemes.get(word.lexeme).is_some_and(|lexeme| names_actor(&lexeme.fold, reading.language))
}

/// What is said to be done and by whom: a word with the one right before it, nothing between them but words without
/// content; of the passive ('inspected by Tom Birch') with the one after 'by'.
fn acts(reading: &Reading) -> Vec<Act<'_>> {
    let acts = reading.words.windows(2).filter_map(|pair| {
        let [first, second] = pair else { return None };
        let between = reading.lexemes.get(first.lexeme + 1..second.lexeme)?;
        let near = between.len() <= REACH && reading.sentence(first.lexeme) == reading.sentence(second.lexeme);
        let has = |list: &str| between.iter().any(|lexeme| lexeme.is_word(list));
        let broken = between.iter().any(|lexeme| lexeme.kind == Kind::Mark && !lexeme.is_mark(&['\'', '’', '.']));
        if near && has(" by par ") && is_actor(reading, second) {
            return Some(Act { actor: second, does: first });
        }
        let ongoing = reading.lexemes.get(second.lexeme).is_some_and(|lexeme| lexeme.fold.ends_with("ing"));
        let active = (!has(PASSIVE) || ongoing) && !has(JOINING);
        let is_act = !reading.is_name(second.lexeme) && !is_actor(reading, second);
        (near && active && !broken && is_act && is_actor(reading, first)).then_some(Act { actor: first, does: second })
    });
    acts.collect()
}

/// Whether an actor of the passage is the one whom a word names: 'Tom' and 'Birch' are one.
fn is_one(passage: &Reading, shown: &Word, said: &Word) -> bool {
    let named =
        |placed: &&Placed| matches!(placed.fact.value, Value::Name(_)) && placed.lexemes.contains(&shown.lexeme);
    same(&shown.key, &said.key)
        || passage
            .facts
            .iter()
            .find(named)
            .is_some_and(|placed| passage.words_in(placed.lexemes.clone()).any(|word| same(&word.key, &said.key)))
}

/// A word that one does in the sentence and another in the passage.
fn turned(sentence: &Reading, passage: &Reading) -> Option<usize> {
    let shown = acts(passage);
    let has = |reading: &Reading, word: &Word| reading.words.iter().any(|other| same(&other.key, &word.key));
    // The one who acts here stands before the act there too: 'a Volvo driven by Samuel Okafor collided'.
    let leads = |said: &Act<'_>, shown: &Act<'_>| {
        passage.words.iter().any(|word| {
            word.clause == shown.does.clause && word.lexeme < shown.does.lexeme && same(&word.key, &said.actor.key)
        })
    };
    let differs = |said: &Act<'_>, shown: &Act<'_>| {
        !is_one(passage, shown.actor, said.actor)
            && has(passage, said.actor)
            && !leads(said, shown)
            && (has(sentence, shown.actor) || is_named_apart(passage, said.actor, shown.does))
    };
    let said = acts(sentence).into_iter().find(|said| {
        let mut same_act = shown.iter().filter(|shown| same(&shown.does.key, &said.does.key)).peekable();
        same_act.peek().is_some() && same_act.all(|shown| differs(said, shown))
    });
    said.map(|said| said.does.lexeme)
}

/// Whether the passage has the one who acts only after the act or in another sentence.
fn is_named_apart(passage: &Reading, actor: &Word, act: &Word) -> bool {
    !passage.words.iter().any(|word| {
        same(&word.key, &actor.key)
            && word.lexeme < act.lexeme
            && passage.sentence(word.lexeme) == passage.sentence(act.lexeme)
    })
}
