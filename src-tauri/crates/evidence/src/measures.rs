//! Numbers with what they count: money, percentages, measures, durations, ordinals.

use crate::amount::{self, Amount};
use crate::facts::{Unit, Value, currency, listed};
use crate::text::{Kind, Language, Lexeme};

/// A unit and the factor to its base.
fn unit(word: &str) -> Option<(Unit, u64)> {
    Some(match word {
        "minute" | "minutes" | "min" => (Unit::Minutes, 1),
        "hour" | "hours" | "heure" | "heures" | "h" => (Unit::Minutes, 60),
        "day" | "days" | "jour" | "jours" | "journee" | "journees" => (Unit::Minutes, 1_440),
        "week" | "weeks" | "semaine" | "semaines" => (Unit::Minutes, 10_080),
        "month" | "months" | "mois" => (Unit::Months, 1),
        "year" | "years" | "an" | "ans" | "annee" | "annees" => (Unit::Months, 12),
        "mg" | "milligram" | "milligrams" | "milligramme" | "milligrammes" => (Unit::Measure("mg"), 1),
        "µg" | "μg" | "mcg" | "ug" | "microgram" | "micrograms" | "microgramme" | "microgrammes" => {
            (Unit::Measure("ug"), 1)
        }
        "g" | "gram" | "grams" | "gramme" | "grammes" => (Unit::Measure("g"), 1),
        "kg" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => (Unit::Measure("kg"), 1),
        "tonne" | "tonnes" => (Unit::Measure("kg"), 1_000),
        "ml" | "millilitre" | "millilitres" | "milliliter" | "milliliters" => (Unit::Measure("ml"), 1),
        "cl" => (Unit::Measure("ml"), 10),
        "l" | "litre" | "litres" | "liter" | "liters" => (Unit::Measure("ml"), 1_000),
        "mm" | "millimetre" | "millimetres" => (Unit::Measure("mm"), 1),
        "cm" | "centimetre" | "centimetres" => (Unit::Measure("mm"), 10),
        "m" | "metre" | "metres" | "meter" | "meters" => (Unit::Measure("mm"), 1_000),
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => (Unit::Measure("mm"), 1_000_000),
        "mile" | "miles" => (Unit::Measure("mile"), 1),
        "kwh" => (Unit::Measure("kwh"), 1),
        "hectare" | "hectares" | "ha" => (Unit::Measure("ha"), 1),
        _ => return None,
    })
}

/// Whether a unit, a currency or the word 'percent' stands at `at`.
pub(crate) fn is_unit(lexemes: &[Lexeme], at: usize) -> bool {
    unit_at(lexemes, at).is_some()
}

/// The unit at `at`: its factor and the index after it.
fn unit_at(lexemes: &[Lexeme], at: usize) -> Option<(Unit, u64, usize)> {
    // 'Swiss francs', 'US dollars', 'working days'.
    let qualified =
        listed(lexemes.get(at), " us swiss working calendar business clear full whole consecutive further ");
    let at = at + usize::from(qualified);
    let first = lexemes.get(at)?;
    let next = lexemes.get(at + 1);
    if first.is_mark(&['%']) || first.is_word(" percent ") {
        return Some((Unit::Percent, 1, at + 1));
    }
    if first.is_word(" per pour ") && listed(next, " cent ") {
        return Some((Unit::Percent, 1, at + 2));
    }
    if first.is_mark(&['°']) {
        return Some((
            Unit::Measure("deg"),
            1,
            at + 1 + usize::from(listed(next, " c ") && next.is_some_and(|next| !next.gap)),
        ));
    }
    // 'Swiss francs', 'US dollars', 'mètres cubes', 'working days'.
    let cubic = |word: Option<&Lexeme>| {
        if listed(word, " cube cubes cubic ³ ") {
            Some("m3")
        } else {
            listed(word, " carre carres square ² ").then_some("m2")
        }
    };
    if first.is_word(" cubic square ") && listed(next, " metre metres meter meters m ") {
        return cubic(Some(first)).map(|symbol| (Unit::Measure(symbol), 1, at + 2));
    }
    if let Some(symbol) = cubic(next).filter(|_| first.is_word(" m metre metres ")) {
        return Some((Unit::Measure(symbol), 1, at + 2));
    }
    if let Some(code) = currency(first) {
        return Some((Unit::Money(code), 1, at + 1));
    }
    unit(&first.fold).map(|(unit, factor)| (unit, factor, at + 1))
}

fn ordinal(lexemes: &[Lexeme], at: usize) -> Option<(Value, usize)> {
    let lexeme = lexemes.get(at)?;
    let value = match lexeme.fold.as_str() {
        "first" | "premier" | "premiere" | "1re" => 1,
        "second" | "deuxieme" | "seconde" => 2,
        "third" | "troisieme" => 3,
        "fourth" | "quatrieme" => 4,
        "fifth" | "cinquieme" => 5,
        "sixth" | "sixieme" => 6,
        "seventh" | "septieme" => 7,
        "eighth" | "huitieme" => 8,
        "ninth" | "neuvieme" => 9,
        "tenth" | "dixieme" => 10,
        _ => {
            let ending =
                lexemes.get(at + 1).filter(|next| !next.gap && next.is_word(" st nd rd th er re e eme ieme "))?;
            let digits = lexeme.kind == Kind::Number && lexeme.fold.len() <= 4 && !ending.fold.is_empty();
            return digits.then(|| lexeme.fold.parse().ok()).flatten().map(|value| (Value::Ordinal(value), at + 2));
        }
    };
    Some((Value::Ordinal(value), at + 1))
}

/// The number itself: its readings, the index after it, and whether it is an article as well ('un', 'une', 'one').
fn number(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Vec<Amount>, usize, bool)> {
    let first = lexemes.get(at)?;
    match first.kind {
        Kind::Number => {
            let readings = amount::readings(&first.fold, language);
            (!readings.is_empty()).then_some((readings, at + 1, false))
        }
        Kind::Word => {
            let (value, end) = amount::in_words(lexemes, at, language)?;
            Some((vec![value], end, value == Amount::whole(1)))
        }
        Kind::Mark => None,
    }
}

/// 'One or two days', 'un à deux jours', '18 to 21 °C': the unit stands after the second number.
fn unit_of_range(lexemes: &[Lexeme], end: usize, language: Language) -> Option<(Unit, u64)> {
    lexemes.get(end).filter(|join| join.is_word(" to or and a ou et ") || join.is_mark(&['-', '–']))?;
    let (_, after, _) = number(lexemes, end + 1, language)?;
    unit_at(lexemes, after).map(|(unit, factor, _)| (unit, factor))
}

/// 'A day or two', 'un jour ou deux': the unit stands before.
fn unit_before(lexemes: &[Lexeme], at: usize) -> Option<(Unit, u64)> {
    let joins = at.checked_sub(1).and_then(|before| lexemes.get(before)).is_some_and(|word| word.is_word(" or ou "));
    let word = lexemes.get(at.checked_sub(2)?).filter(|_| joins)?;
    unit(&word.fold)
}

/// 'Once a month', 'twice daily': how many times.
fn times(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    let count = match lexemes.get(at)?.fold.as_str() {
        "once" => 1,
        "twice" => 2,
        _ => return None,
    };
    let recurs = listed(
        lexemes.get(at + 1),
        " a an per each every daily weekly monthly yearly annually in on more only over during between ",
    );
    (language != Language::French && (recurs || count == 2))
        .then(|| (Value::Number(vec![Amount::whole(count)], Unit::Plain), at + 1))
}

/// A number or an ordinal that begins at `at`, with its currency or unit on either side.
pub(crate) fn scan(lexemes: &[Lexeme], at: usize, language: Language) -> Option<(Value, usize)> {
    if let Some(found) = ordinal(lexemes, at).or_else(|| times(lexemes, at, language)) {
        return Some(found);
    }
    let lead = lexemes
        .get(at)
        .and_then(currency)
        .filter(|_| lexemes.get(at + 1).is_some_and(|next| next.kind == Kind::Number));
    let from = at + usize::from(lead.is_some());
    let (mut readings, mut end, article) = number(lexemes, from, language)?;
    while let Some(factor) =
        lexemes.get(end).and_then(|next| amount::multiplier(&next.fold, language)).filter(|&factor| factor >= 1_000)
    {
        readings = readings.into_iter().filter_map(|amount| amount.times(factor)).collect();
        end += 1;
        end += usize::from(listed(lexemes.get(end), " d de ") && is_unit(lexemes, end + 1));
        end += usize::from(listed(lexemes.get(end), " d ") && is_unit(lexemes, end + 2)) * 2;
    }
    if let Some(code) = lead {
        return Some((Value::Number(readings, Unit::Money(code)), end));
    }
    let hyphen = usize::from(lexemes.get(end).is_some_and(|mark| mark.is_mark(&['-']) && !mark.gap));
    // 'Thirty or more days': the bound stays for the next scan.
    let bound = listed(lexemes.get(end), " or ou ") && listed(lexemes.get(end + 1), " more fewer less plus moins ");
    if let Some((unit, factor, _)) = unit_at(lexemes, end + 2).filter(|_| bound) {
        return Some((
            Value::Number(readings.into_iter().filter_map(|amount| amount.times(factor)).collect(), unit),
            end,
        ));
    }
    match unit_at(lexemes, end + hyphen) {
        Some((unit, factor, after)) => {
            let readings = readings.into_iter().filter_map(|amount| amount.times(factor)).collect();
            Some((Value::Number(readings, unit), after))
        }
        None if article && unit_of_range(lexemes, end, language).is_none() => None,
        None => {
            let (unit, factor) =
                unit_before(lexemes, at).or_else(|| unit_of_range(lexemes, end, language)).unwrap_or((Unit::Plain, 1));
            Some((Value::Number(readings.into_iter().filter_map(|amount| amount.times(factor)).collect(), unit), end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::facts;

    fn value(text: &str) -> Value {
        facts(text).into_iter().map(|fact| fact.value).next().unwrap()
    }

    #[test]
    fn one_sum_of_money_in_many_spellings() {
        let expected = Value::Number(vec![Amount::whole(1_800_000_000)], Unit::Money("EUR"));
        for text in [
            "1,8 milliard d'euros pour le",
            "1 800 000 000 € pour le",
            "EUR 1,800,000,000 for the",
            "1.8 billion euros for the",
        ] {
            assert!(value(text) == expected, "{text}");
        }
    }

    #[test]
    fn durations_share_a_base() {
        assert!(value("in 48 hours for the") == value("pendant deux jours pour le"));
        assert!(value("twelve months for the") == value("un an pour le"));
        assert!(value("in 14 days for the") != value("in 15 days for the"));
    }

    #[test]
    fn measures_and_percentages() {
        assert!(value("4.8 million cubic metres of the") == value("4,8 millions de mètres cubes et le"));
        assert!(value("7.5 percent of the") == value("7,5 % pour le"));
        assert!(facts("one of the and une des").is_empty());
    }
}
