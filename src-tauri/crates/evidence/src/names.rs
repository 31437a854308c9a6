//! Names: capitalised words in a row, with the particles that French, Dutch and German names have, and acronyms.

use crate::facts::Value;
use crate::identifiers;
use crate::text::{Kind, Language, Lexeme, is_listed, is_stop_word};

/// Forms of address and offices, which a sentence may add or leave out.
pub(crate) const TITLES: &str = " mr mrs ms miss dr prof professor judge justice councillor mayor director nurse sir lord lady president minister \
    captain doctor chairman chair officer expert sister brother m mm mme mlle me maitre docteur professeur professeure madame monsieur mesdames \
    messieurs messrs directeur directrice juge maire president presidente ministre general son dear ltd inc plc gmbh sa sarl sas sci ";

const PARTICLES: &str = " de du des la le les d l van von der den of bin al el da di y e zu ";

fn is_name_word(lexeme: &Lexeme, language: Language) -> bool {
    lexeme.kind == Kind::Word
        && lexeme.capital
        && !is_stop_word(&lexeme.fold, language)
        && !is_listed(" i ", &lexeme.fold)
}

/// The index after a name that goes on at `at`, past particles, hyphens and the stops of initials, or `None`.
fn goes_on(lexemes: &[Lexeme], at: usize, language: Language) -> Option<usize> {
    for next in at..at + 4 {
        let lexeme = lexemes.get(next)?;
        if lexeme.kind == Kind::Word && lexeme.capital {
            // 'IBAN FR76 ...': what follows is no part of the name.
            let refers = identifiers::reference(lexemes, next, language).is_some();
            return (!refers && is_name_word(lexeme, language) || is_listed(PARTICLES, &lexeme.fold))
                .then_some(next + 1);
        }
        let initial = next
            .checked_sub(1)
            .and_then(|before| lexemes.get(before))
            .is_some_and(|before| before.span.len() == 1 || is_listed(TITLES, &before.fold));
        let passes = lexeme.is_word(PARTICLES)
            || lexeme.is_mark(&['-', '\u{2011}', '\'', '’', '&']) && (!lexeme.gap || lexeme.is_mark(&['&']))
            || lexeme.is_mark(&['.']) && !lexeme.gap && initial;
        if !passes {
            return None;
        }
    }
    None
}

/// A name that begins at `at`. A single capitalised word with which a sentence begins is taken for one only in
/// capitals or before a possessive: the rest are mostly not names.
pub(crate) fn scan(lexemes: &[Lexeme], at: usize, starts: &[usize], language: Language) -> Option<(Value, usize)> {
    let first = lexemes.get(at).filter(|lexeme| is_name_word(lexeme, language))?;
    let mut end = at + 1;
    while let Some(next) = goes_on(lexemes, end, language) {
        end = next;
    }
    let inside = lexemes.get(at..end).unwrap_or_default();
    let words: Vec<String> = inside
        .iter()
        .filter(|lexeme| {
            lexeme.kind == Kind::Word && !is_listed(TITLES, &lexeme.fold) && !is_listed(PARTICLES, &lexeme.fold)
        })
        .map(|lexeme| lexeme.fold.clone())
        .collect();
    let starts_here = starts.binary_search(&at).is_ok();
    let possessive = lexemes.get(end).is_some_and(|mark| mark.is_mark(&['\'', '’']) && !mark.gap);
    let lone = end == at + 1 && starts_here && !first.upper && !possessive;
    (!words.is_empty() && !lone).then_some((Value::Name(words), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::facts;

    fn names(text: &str) -> Vec<String> {
        let found = facts(text).into_iter().filter_map(|fact| match fact.value {
            Value::Name(words) => Some(words.join(" ")),
            _ => None,
        });
        found.collect()
    }

    #[test]
    fn titles_particles_and_initials() {
        assert_eq!(names("It was signed by Mr J. R. Bell and Ms Ingrid Solberg."), ["j r bell", "ingrid solberg"]);
        assert_eq!(names("Signé par M. Jean-Pierre de La Tour et Mme Le Goff."), ["jean pierre tour", "goff"]);
        assert_eq!(names("The UN and Harbour Estates Ltd met."), ["un", "harbour estates"]);
    }

    #[test]
    fn the_first_word_of_a_sentence_is_no_name_by_itself() {
        assert_eq!(names("Payment is due. Helen Carter paid. Bell's house."), ["helen carter", "bell"]);
    }
}
