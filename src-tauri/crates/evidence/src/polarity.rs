//! Negations and quantity words.

use crate::facts::{Bound, Quantity, Value, listed};
use crate::text::{Language, Lexeme, is_apostrophe, is_listed};

const fn bound(bound: Bound) -> Quantity {
    Quantity::Bound(bound)
}

/// Phrases, folded; where two begin alike the longer stands first.
const PHRASES: [(&str, Quantity); 89] = [
    ("no fewer than", bound(Bound::AtLeast)),
    ("no less than", bound(Bound::AtLeast)),
    ("not less than", bound(Bound::AtLeast)),
    ("not fewer than", bound(Bound::AtLeast)),
    ("at least", bound(Bound::AtLeast)),
    ("a minimum of", bound(Bound::AtLeast)),
    ("minimum", bound(Bound::AtLeast)),
    ("or more", bound(Bound::AtLeast)),
    ("or above", bound(Bound::AtLeast)),
    ("or older", bound(Bound::AtLeast)),
    ("and above", bound(Bound::AtLeast)),
    ("pas moins de", bound(Bound::AtLeast)),
    ("au moins", bound(Bound::AtLeast)),
    ("au minimum", bound(Bound::AtLeast)),
    ("ou plus", bound(Bound::AtLeast)),
    ("et plus", bound(Bound::AtLeast)),
    ("no more than", bound(Bound::AtMost)),
    ("not more than", bound(Bound::AtMost)),
    ("no later than", bound(Bound::AtMost)),
    ("not later than", bound(Bound::AtMost)),
    ("no higher than", bound(Bound::AtMost)),
    ("at the most", bound(Bound::AtMost)),
    ("at the latest", bound(Bound::AtMost)),
    ("at most", bound(Bound::AtMost)),
    ("up to", bound(Bound::AtMost)),
    ("a maximum of", bound(Bound::AtMost)),
    ("maximum", bound(Bound::AtMost)),
    ("or less", bound(Bound::AtMost)),
    ("or fewer", bound(Bound::AtMost)),
    ("or under", bound(Bound::AtMost)),
    ("within", bound(Bound::AtMost)),
    ("pas plus de", bound(Bound::AtMost)),
    ("au plus tard", bound(Bound::AtMost)),
    ("au plus", bound(Bound::AtMost)),
    ("au maximum", bound(Bound::AtMost)),
    ("tout au plus", bound(Bound::AtMost)),
    ("ou moins", bound(Bound::AtMost)),
    ("more than", bound(Bound::MoreThan)),
    ("higher than", bound(Bound::MoreThan)),
    ("longer than", bound(Bound::MoreThan)),
    ("over", bound(Bound::MoreThan)),
    ("above", bound(Bound::MoreThan)),
    ("exceed", bound(Bound::MoreThan)),
    ("exceeds", bound(Bound::MoreThan)),
    ("exceeding", bound(Bound::MoreThan)),
    ("plus de", bound(Bound::MoreThan)),
    ("plus d", bound(Bound::MoreThan)),
    ("superieur a", bound(Bound::MoreThan)),
    ("superieure a", bound(Bound::MoreThan)),
    ("depasser", bound(Bound::MoreThan)),
    ("depasse", bound(Bound::MoreThan)),
    ("less than", bound(Bound::LessThan)),
    ("fewer than", bound(Bound::LessThan)),
    ("lower than", bound(Bound::LessThan)),
    ("below", bound(Bound::LessThan)),
    ("under", bound(Bound::LessThan)),
    ("moins de", bound(Bound::LessThan)),
    ("moins d", bound(Bound::LessThan)),
    ("inferieur a", bound(Bound::LessThan)),
    ("inferieure a", bound(Bound::LessThan)),
    ("not before", bound(Bound::AtLeast)),
    ("not until", bound(Bound::AtLeast)),
    ("pas avant", bound(Bound::AtLeast)),
    ("before", bound(Bound::LessThan)),
    ("avant", bound(Bound::LessThan)),
    ("qu a partir", bound(Bound::AtLeast)),
    ("a partir", bound(Bound::AtLeast)),
    ("a compter", bound(Bound::AtLeast)),
    ("as of", bound(Bound::AtLeast)),
    ("only from", bound(Bound::AtLeast)),
    ("from", bound(Bound::AtLeast)),
    ("not all", Quantity::NotAll),
    ("not every", Quantity::NotAll),
    ("pas tous", Quantity::NotAll),
    ("pas toutes", Quantity::NotAll),
    ("the majority of", Quantity::Most),
    ("la majorite des", Quantity::Most),
    ("la plupart", Quantity::Most),
    ("most", Quantity::Most),
    ("a few", Quantity::Some),
    ("some", Quantity::Some),
    ("several", Quantity::Some),
    ("certains", Quantity::Some),
    ("certaines", Quantity::Some),
    ("quelques", Quantity::Some),
    ("plusieurs", Quantity::Some),
    ("no one", Quantity::None),
    ("none", Quantity::None),
    ("nobody", Quantity::None),
];

/// Bounds of a date or a time only: 'before Thursday', but not 'before the operation'.
const OF_DATES: &str = " before avant not pas qu a as only from ";

/// Phrases that turn what follows them into its opposite, folded.
const TURNING: [&str; 22] = [
    "out of service",
    "out of order",
    "hors service",
    "hors d usage",
    "free of",
    "free from",
    "exempt from",
    "exempt de",
    "depourvu de",
    "depourvue de",
    "fail to",
    "fails to",
    "failed to",
    "in place of",
    "a la place de",
    "au lieu de",
    "a l exception de",
    "a l exception des",
    "a l exception du",
    "with the exception of",
    "apart from",
    "a moins",
];

const ALL: &str = " all every each both everything everyone everybody tous toutes tout toute chaque chacun chacune ";
const NONE: &str = " aucun aucune aucuns nul nulle ";

/// After these 'every', 'tout' and the like say when, not how many.
const RECURRING: &str = " month months year years day days week weeks time times mois an ans annee annees jour jours semaine semaines moment fois \
    monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche lundis mardis fait ";

fn phrase_end(lexemes: &[Lexeme], at: usize, phrase: &str) -> Option<usize> {
    let mut end = at;
    for word in phrase.split(' ') {
        end += usize::from(end > at && lexemes.get(end).is_some_and(|mark| mark.fold.chars().all(is_apostrophe)));
        if lexemes.get(end)?.fold != word {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn number_follows(lexemes: &[Lexeme], end: usize, language: Language) -> bool {
    (end..end + 4).any(|at| {
        crate::measures::scan(lexemes, at, language).is_some() || crate::dates::scan(lexemes, at, language).is_some()
    })
}

/// Whether a phrase bounds dates and times only.
fn is_of_dates(lexemes: &[Lexeme], at: usize, end: usize) -> bool {
    let last = end.checked_sub(1).and_then(|last| lexemes.get(last));
    listed(lexemes.get(at), OF_DATES) && listed(last, " before until avant partir compter of from ")
}

fn date_follows(lexemes: &[Lexeme], end: usize, language: Language) -> bool {
    (end..end + 4).any(|at| {
        crate::dates::scan(lexemes, at, language).is_some() || crate::dates::time(lexemes, at, language).is_some()
    })
}

/// A quantity word or phrase that begins at `at`.
pub(crate) fn quantity(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    let found =
        PHRASES.iter().find_map(|&(phrase, quantity)| phrase_end(lexemes, at, phrase).map(|end| (quantity, end)));
    if let Some((quantity, end)) = found {
        // 'Over the bridge', 'under the contract': bounds only before a number.
        let loose = matches!(quantity, Quantity::Bound(Bound::MoreThan | Bound::LessThan))
            || listed(lexemes.get(at), " within ");
        let dated = is_of_dates(lexemes, at, end);
        let holds =
            if dated { date_follows(lexemes, end, language) } else { !loose || number_follows(lexemes, end, language) };
        if holds || !dated {
            return holds.then_some((Value::Quantity(quantity), end));
        }
    }
    let lexeme = lexemes.get(at)?;
    if lexeme.is_word(NONE) {
        return Some((Value::Quantity(Quantity::None), at + 1));
    }
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let all = lexeme.is_word(ALL) && !listed(before, " at after du en ");
    let recurring = (at + 1..at + 3).any(|next| listed(lexemes.get(next), RECURRING));
    (all && !recurring).then_some((Value::Quantity(Quantity::All), at + 1))
}

/// Whether 'ne' or "n'" stands up to `reach` lexemes before `at`, in the same clause.
fn follows_ne(lexemes: &[Lexeme], at: usize, reach: usize) -> bool {
    lexemes
        .get(at.saturating_sub(reach)..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|lexeme| !lexeme.is_mark(&['.', ';', ',', ':']))
        .any(|lexeme| lexeme.is_word(" ne n "))
}

/// Whether a 'ne' negates without a second word: before 'pouvoir' and 'savoir', in formal French.
fn is_alone(lexemes: &[Lexeme], at: usize) -> bool {
    let clause =
        lexemes.get(at + 1..).unwrap_or_default().iter().take_while(|next| !next.is_mark(&['.', ';', ',', ':']));
    let before = lexemes.get(at.saturating_sub(3)..at).unwrap_or_default();
    let verb = listed(lexemes.get(at + 1), " peut peuvent puisse pourra pourront pourrait saurait sauraient ");
    let second = " pas plus jamais aucun aucune que qu rien personne guere ni nul nulle ";
    verb && !clause.take(10).any(|next| next.is_word(second)) && !before.iter().any(|word| word.is_word(second))
}

/// 'Personne ne', 'rien n'est': a negation that stands before its 'ne'; and 'ne ... par personne'.
fn is_nobody(lexemes: &[Lexeme], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let noun =
        listed(before, " une la cette chaque toute d l les des deux trois par personne ") && !listed(before, " par ");
    let ahead = lexemes.get(at + 1..).unwrap_or_default().iter().take(3).any(|next| next.is_word(" ne n "));
    !noun && (ahead || follows_ne(lexemes, at, 8))
}

/// A negation at `at`. Of the French pairs the second word counts ('pas', 'jamais'), and 'que' makes none of it.
pub(crate) fn negation(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    let lexeme = lexemes.get(at)?;
    if let Some(end) = TURNING.iter().find_map(|phrase| phrase_end(lexemes, at, phrase)) {
        return Some((Value::Negation, end));
    }
    let word = lexeme.fold.as_str();
    let after = lexemes.get(at + 1);
    let before = at.checked_sub(1).and_then(|before| lexemes.get(before));
    let english = match word {
        "not" => !listed(after, " only just "),
        // 'No. 5' is a number.
        "no" => !after.is_some_and(|mark| mark.is_mark(&['.', '°']) || mark.kind == crate::text::Kind::Number),
        "never" | "without" | "nothing" | "cannot" | "neither" | "nor" | "unless" | "except" => true,
        "rather" => listed(after, " than "),
        "instead" => listed(after, " of "),
        "t" => {
            before.is_some_and(|mark| mark.fold.chars().all(is_apostrophe) && !mark.gap)
                && !lexeme.gap
                && at >= 2
                && lexemes.get(at - 2).is_some_and(|verb| verb.fold.ends_with('n'))
        }
        _ => false,
    };
    let french = match word {
        "pas" | "jamais" | "sans" | "guere" | "ni" | "sauf" | "hormis" => true,
        "non" => !listed(after, " seulement "),
        "plutot" => listed(after, " que qu "),
        // 'Ne peut être révisé', with no second word.
        "ne" | "n" => is_alone(lexemes, at),
        "rien" | "personne" => is_nobody(lexemes, at),
        "plus" => follows_ne(lexemes, at, 4) && !listed(after, " que de d "),
        _ => false,
    };
    let found = match language {
        Language::English => english,
        Language::French => french,
        Language::Other => english || french,
    };
    found.then_some((Value::Negation, at + 1))
}

/// Whether a negation excepts what follows from what stands before it.
pub(crate) fn excepts(word: &str) -> bool {
    is_listed(" except sauf hormis unless apart exception ", word)
}

/// Whether a negation is about the noun after it alone, not about what is done.
pub(crate) fn is_about_noun(word: &str) -> bool {
    excepts(word) || is_listed(" without sans free exempt depourvu depourvue in a au with non ", word)
}

/// Whether a negation only goes on with another ('neither ... nor', 'ni ... ni'): together they count once.
pub(crate) fn goes_on(word: &str) -> bool {
    is_listed(" nor ni ", word)
}

/// Whether what a sentence says about how many is carried by what a passage says; `None` where the two cannot be
/// compared. 'Most' is no fair report of 'all', though it follows from it.
pub(crate) fn is_carried(said: Quantity, shown: Quantity) -> Option<bool> {
    use Quantity::{Most, NotAll, Some as Any};
    match (said, shown) {
        (Quantity::Bound(said), Quantity::Bound(shown)) => {
            let lower = |bound: Bound| matches!(bound, Bound::AtLeast | Bound::MoreThan);
            Some(lower(said) == lower(shown))
        }
        (Quantity::Bound(_), _) | (_, Quantity::Bound(_)) | (NotAll, Any | Most) | (Any | Most, NotAll) => None,
        (said, shown) => Some(said == shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::facts;

    fn found(text: &str) -> Vec<String> {
        let kinds = facts(text).into_iter().filter(|fact| matches!(fact.value, Value::Negation | Value::Quantity(_)));
        kinds.map(|fact| text[fact.span].to_owned()).collect()
    }

    #[test]
    fn negations_in_english() {
        assert_eq!(found("He didn't pay, and he can't without help. No. 5 is not only new."), ["t", "t", "without"]);
        assert_eq!(found("There is no fee."), ["no"]);
    }

    #[test]
    fn negations_in_french() {
        assert_eq!(found("Il n'a pas payé et ne fume plus. Il paie plus cher."), ["pas", "plus"]);
        assert_eq!(found("Sans frais, sauf le loyer."), ["Sans", "sauf"]);
    }

    #[test]
    fn quantities_and_bounds() {
        assert_eq!(
            found("Most members and all guests paid at least 5 euros, no more than 9."),
            ["Most", "all", "at least", "no more than"]
        );
        assert_eq!(found("La plupart des élèves, au plus 5, tous les jours."), ["La plupart", "au plus"]);
        assert_eq!(found("He went over the bridge under the contract."), Vec::<String>::new());
    }

    #[test]
    fn quantities_are_carried_by_their_like_only() {
        assert_eq!(is_carried(Quantity::Most, Quantity::Most), Some(true));
        assert_eq!(is_carried(Quantity::NotAll, Quantity::Most), None);
        assert_eq!(is_carried(Quantity::All, Quantity::Some), Some(false));
        assert_eq!(is_carried(Quantity::Bound(Bound::AtLeast), Quantity::Bound(Bound::AtMost)), Some(false));
    }
}
