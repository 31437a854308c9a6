//! What a question asks for.

use crate::facts::{Date, Unit, Value, listed};
use crate::reading::{Reading, Word};
use crate::text::{Lexeme, is_listed};

/// What an answer must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A date, a weekday or a time: when, since when, on which day.
    When,
    /// A number of things.
    HowMany,
    /// A sum, a measure or a percentage.
    HowMuch,
    /// A duration or an age.
    HowLong,
    /// A time of day.
    Time,
    /// Who someone or what something is by name.
    Name,
    /// Who does or gets something: a person, an organisation or a group.
    Who,
    /// A place.
    Where,
    /// A reason.
    Why,
    /// A reference number.
    Reference,
    /// Anything else: what, which, yes or no.
    Other,
}

/// Phrases, folded; those with more words first.
const PATTERNS: [(&str, Asked); 70] = [
    ("what is the number of", Asked::Reference),
    ("what is the name of", Asked::Name),
    ("quel est le prix", Asked::HowMuch),
    ("quel est le taux", Asked::HowMuch),
    ("quel est le nom", Asked::Name),
    ("at what time", Asked::Time),
    ("on which day", Asked::When),
    ("on what date", Asked::When),
    ("combien d heures", Asked::HowLong),
    ("combien d annees", Asked::HowLong),
    ("combien d ans", Asked::HowLong),
    ("combien de temps", Asked::HowLong),
    ("combien de jours", Asked::HowLong),
    ("combien de mois", Asked::HowLong),
    ("within how many", Asked::HowLong),
    ("for what reason", Asked::Why),
    ("for which reason", Asked::Why),
    ("pour quelle raison", Asked::Why),
    ("what is the cause", Asked::Why),
    ("quelle est la cause", Asked::Why),
    ("what year", Asked::When),
    ("which year", Asked::When),
    ("quelle annee", Asked::When),
    ("s appelle", Asked::Name),
    ("what time", Asked::Time),
    ("what date", Asked::When),
    ("since when", Asked::When),
    ("quel jour", Asked::When),
    ("quelle date", Asked::When),
    ("quelle heure", Asked::Time),
    ("how many", Asked::HowMany),
    ("combien de", Asked::HowMany),
    ("combien d", Asked::HowMany),
    ("de combien", Asked::HowMuch),
    ("how much", Asked::HowMuch),
    ("how high", Asked::HowMuch),
    ("how large", Asked::HowMuch),
    ("how fast", Asked::HowMuch),
    ("what temperature", Asked::HowMuch),
    ("quelle temperature", Asked::HowMuch),
    ("quelle vitesse", Asked::HowMuch),
    ("quelle somme", Asked::HowMuch),
    ("quel montant", Asked::HowMuch),
    ("quel age", Asked::HowLong),
    ("how long", Asked::HowLong),
    ("how old", Asked::HowLong),
    ("serial number", Asked::Reference),
    ("reference number", Asked::Reference),
    ("who is", Asked::Name),
    ("who was", Asked::Name),
    ("who are", Asked::Name),
    ("qui est", Asked::Name),
    ("qui etait", Asked::Name),
    ("when", Asked::When),
    ("quand", Asked::When),
    ("combien", Asked::HowMuch),
    ("montant", Asked::HowMuch),
    ("worth", Asked::HowMuch),
    ("cost", Asked::HowMuch),
    ("coute", Asked::HowMuch),
    ("couter", Asked::HowMuch),
    ("who", Asked::Who),
    ("whom", Asked::Who),
    ("qui", Asked::Who),
    ("where", Asked::Where),
    ("ou", Asked::Where),
    ("why", Asked::Why),
    ("pourquoi", Asked::Why),
    ("numero", Asked::Reference),
    ("reference", Asked::Reference),
];

/// Words that only ask, and stand in no answer: the value itself answers 'amount', 'number', 'date'.
const ASKING: &str = " how much many long old what which when who whom where why combien quel quelle quels quelles qui quoi quand pourquoi montant \
    amount nombre number somme date heure time temps jour day high person personne called name nom happen happened \
    cause reason raison year annee appelle often souvent frequence ";

fn phrase_at(lexemes: &[Lexeme], at: usize, phrase: &str) -> bool {
    let words = lexemes.iter().skip(at).filter(|lexeme| lexeme.kind == crate::text::Kind::Word);
    words.take(phrase.split(' ').count()).map(|lexeme| lexeme.fold.as_str()).eq(phrase.split(' '))
}

/// What a question asks for: the first pattern, of the earliest in the question.
pub(crate) fn asked(question: &Reading) -> Asked {
    let folded = &question.lexemes;
    let found = (0..folded.len()).find_map(|at| {
        // 'Où' folds to 'ou', which asks only at the beginning.
        let fits = |phrase: &str| phrase_at(folded, at, phrase) && (phrase != "ou" || at < 2);
        PATTERNS.iter().find(|(phrase, _)| fits(phrase)).map(|&(_, asked)| asked)
    });
    found.unwrap_or(Asked::Other)
}

/// The words of a question that a passage should have.
pub(crate) fn topic(question: &Reading) -> Vec<&Word> {
    let asks = |word: &&Word| {
        let lexeme = question.lexemes.get(word.lexeme);
        listed(lexeme, ASKING)
    };
    question.words.iter().filter(|word| !asks(word)).collect()
}

/// The numbers, dates and references of a question.
pub(crate) fn values(question: &Reading) -> Vec<&Value> {
    let is_value =
        |value: &&Value| !matches!(value, Value::Name(_) | Value::Negation | Value::Quantity(_) | Value::Ordinal(_));
    question.facts.iter().map(|placed| &placed.fact.value).filter(is_value).collect()
}

/// Whether a fact is of the kind that is asked for.
pub(crate) fn fits(asked: Asked, value: &Value) -> bool {
    let is_dated = |dates: &[Date]| dates.iter().any(|date| date.year.is_some() || date.month.is_some());
    match asked {
        Asked::When => {
            matches!(value, Value::Weekday(_) | Value::Time(_) | Value::Number(_, Unit::Minutes | Unit::Months))
                || matches!(value, Value::Date(dates) if is_dated(dates))
        }
        Asked::HowMany => {
            matches!(
                value,
                Value::Number(_, Unit::Plain | Unit::Percent | Unit::Measure(_) | Unit::Minutes | Unit::Months)
            ) || matches!(value, Value::Quantity(crate::facts::Quantity::None))
        }
        Asked::HowMuch => matches!(value, Value::Number(_, Unit::Percent | Unit::Money(_) | Unit::Measure(_))),
        Asked::HowLong => matches!(value, Value::Number(_, Unit::Minutes | Unit::Months)),
        Asked::Time => matches!(value, Value::Time(_)),
        Asked::Name | Asked::Who | Asked::Where => matches!(value, Value::Name(_)),
        Asked::Reference => matches!(value, Value::Identifier(_) | Value::Number(_, Unit::Plain)),
        Asked::Why | Asked::Other => true,
    }
}

/// What is counted: the first word of the topic after 'how many'.
pub(crate) fn counted<'a>(question: &Reading, topic: &[&'a Word]) -> Option<&'a Word> {
    let at = question.lexemes.iter().position(|lexeme| lexeme.is_word(" many combien "))?;
    topic.iter().find(|word| word.lexeme > at).copied()
}

/// Whether any fact at all is needed.
pub(crate) fn needs_fact(asked: Asked) -> bool {
    !matches!(asked, Asked::Other)
}

/// Whether the question is about what has happened: no duration answers when it did.
pub(crate) fn is_past(question: &Reading) -> bool {
    let folds: Vec<&str> = question.lexemes.iter().map(|lexeme| lexeme.fold.as_str()).collect();
    let french = folds.windows(2).any(|pair| matches!(pair, ["a" | "ont", "ete" | "-"]));
    french || folds.iter().any(|fold| is_listed(" did was were ", fold))
}

/// Whether the question asks how old someone or something is.
pub(crate) fn asks_age(question: &Reading) -> bool {
    question.lexemes.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        first.is_word(" how ") && second.is_word(" old ") || first.is_word(" quel ") && second.is_word(" age ")
    })
}

/// Whether a fact answers a word of the question by its unit: 'surface' by square metres, 'hours' by hours.
pub(crate) fn is_unit_of(word: &str, value: &Value) -> bool {
    let Value::Number(_, unit) = value else { return false };
    match unit {
        Unit::Minutes => is_listed(
            " hour hours day days week weeks minute minutes heure heures jour jours semaine semaines duree duration ",
            word,
        ),
        Unit::Months => is_listed(" month months year years mois an ans annee annees age duree duration ", word),
        Unit::Measure("m2" | "ha") => is_listed(" surface superficie area metres metre square ", word),
        Unit::Measure("kg" | "g") => is_listed(" poids weight ", word),
        Unit::Measure("deg") => is_listed(" temperature ", word),
        Unit::Measure("mm") => is_listed(" kilometres kilometre metres hauteur longueur height length distance ", word),
        Unit::Money(_) => is_listed(" price prix cost somme sum remuneration ", word),
        Unit::Percent => is_listed(" percentage pourcentage taux rate share ", word),
        Unit::Plain | Unit::Measure(_) => false,
    }
}

pub(crate) fn names_money(question: &Reading) -> bool {
    question.lexemes.iter().any(|lexeme| {
        is_listed(" cost costs price fee salary rent worth prix coute coutera cout salaire loyer prime ", &lexeme.fold)
    })
}
