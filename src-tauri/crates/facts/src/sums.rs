//! Sums of money: '€1,250', 'EUR 1 250,00', 'twelve thousand euros', '$66.9 million', '15 k€', '50 centimes'.

use crate::lists::currency;
use crate::numbers::{self, Number, hundredth, shifted};
use crate::tokens::{Gap, Kind as Shape, Page};
use crate::{Confidence, Found, Kind, Language};

/// Signs and codes before the figures, and the index after them: '$', 'US$', 'EUR', 'CA$'.
fn currency_before(page: &Page, at: usize) -> Option<(&'static str, usize)> {
    let token = page.get(at)?;
    let prefixed = token.kind == Shape::Word && page.is_mark(at + 1, "$") && page.is_glued(at + 1);
    if prefixed {
        return Some((dollars(token.fold.as_str())?, at + 2));
    }
    let code = currency(token.fold.as_str())?;
    let short = token.kind == Shape::Mark || token.upper && token.fold.len() == 3;
    // '5 $ 20' belongs to the five.
    short.then_some((code, at + 1))
}

/// The dollar of a country's letters.
fn dollars(letters: &str) -> Option<&'static str> {
    Some(match letters {
        "us" | "usd" | "usa" | "etats" => "USD",
        "ca" | "c" | "can" | "cdn" | "cad" | "canadiens" | "canadien" | "canadian" => "CAD",
        "a" | "au" | "aus" | "australian" | "australiens" => "AUD",
        "nz" => "NZD",
        "hk" => "HKD",
        "s" | "sg" => "SGD",
        "r" => "BRL",
        "mx" => "MXN",
        _ => return None,
    })
}

/// The currency named after a number, and the index after its name.
fn currency_after(page: &Page, at: usize) -> Option<(&'static str, usize)> {
    let token = page.get(at).filter(|token| token.gap < Gap::Paragraph)?;
    let fold = token.fold.as_str();
    // '1-4' at the end of a line and the prompt below it; '5 $HOME', '2$(3)'.
    let other_line = token.kind == Shape::Mark && token.gap > Gap::Space;
    if other_line || fold == "$" && (page.has_commands || names_more(page, at + 1)) {
        return None;
    }
    if let Some(code) =
        dollars(fold).filter(|_| matches!(page.word(at + 1), "dollars" | "dollar") || page.is_mark(at + 1, "$"))
    {
        return Some((code, at + 2));
    }
    if matches!(fold, "pounds" | "pound") && page.word(at + 1) == "sterling" {
        return Some(("GBP", at + 2));
    }
    if matches!(fold, "livre" | "livres") {
        return (page.word(at + 1) == "sterling").then_some(("GBP", at + 2));
    }
    if fold == "f"
        && !(page.is_mark(at + 1, ".") && page.is_mark(at + 2, "."))
        && token.upper
        && page.language == Language::French
        && token.gap <= Gap::Space
    {
        return Some(("FRF", at + 1));
    }
    if matches!(fold, "kr" | "kronor" | "kroner" | "couronnes") {
        return Some(("SEK", at + 1));
    }
    // 'mad', 'won', 'rub', 'try' are words too.
    let word = token.kind == Shape::Word && fold.len() == 3 && fold != "yen" && !token.upper;
    let code = currency(fold).filter(|_| !word)?;
    Some(narrowed(page, code, at + 1))
}

/// Whether something that is no country's letters is glued to a sign.
fn names_more(page: &Page, at: usize) -> bool {
    let bracket = ["(", "{", "#", "@", "?", "_", "$", "["].iter().any(|mark| page.is_mark(at, mark));
    page.is_glued(at) && (bracket || !page.word(at).is_empty() && dollars(page.word(at)).is_none())
}

/// '$ US', 'dollars canadiens', 'francs suisses', 'francs CFA'.
fn narrowed(page: &Page, code: &'static str, end: usize) -> (&'static str, usize) {
    let word = page.word(end);
    let country = match code {
        _ if page.gap(end) > Gap::Line => None,
        "USD" if page.get(end).is_some_and(|token| token.capital && token.fold.len() <= 3) || word.len() > 6 => {
            dollars(word).filter(|_| !matches!(word, "a" | "s" | "c" | "r" | "u"))
        }
        "FRF" => match word {
            "suisses" | "suisse" => Some("CHF"),
            "belges" | "belge" => Some("BEF"),
            "luxembourgeois" => Some("LUF"),
            "cfa" => Some("XOF"),
            _ => None,
        },
        _ => None,
    };
    country.map_or((code, end), |country| (country, end + 1))
}

/// 'Thousand', 'million', 'k', 'M' behind a number: how many zeroes, and the index after it.
fn magnitude(page: &Page, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at).filter(|token| token.kind == Shape::Word && token.gap <= Gap::Line)?;
    let glued = token.gap == Gap::Nothing;
    let zeroes = match (token.fold.as_str(), page.raw(at)) {
        ("million" | "millions" | "mn" | "mln" | "mio", _) => 6,
        ("thousand" | "mille" | "milliers", _) => 3,
        ("billion" | "billions", _) if page.language == Language::French => 12,
        ("billion" | "billions" | "bn" | "milliard" | "milliards" | "md" | "mds" | "mrd", _) => 9,
        ("trillion" | "trillions" | "tn", _) => 12,
        (_, "k" | "K") if glued || page.is_glued(at + 1) => 3,
        ("k" | "m" | "meur" | "keur", _) if glued => {
            if token.fold.starts_with('k') {
                3
            } else {
                6
            }
        }
        (_, "M") if page.is_glued(at + 1) && page.get(at + 1).is_some_and(|next| currency(&next.fold).is_some()) => 6,
        (_, "b" | "B") if glued => 9,
        _ => return None,
    };
    // A stop belongs to an abbreviation only.
    let of = matches!(page.word(at + 1), "de" | "d" | "of") && zeroes >= 3;
    let apostrophe = page.is_mark(at + 2, "'");
    let joined = of && currency_after(page, at + 2 + usize::from(apostrophe)).is_some();
    Some((zeroes, if joined { at + 2 + usize::from(apostrophe) } else { at + 1 }))
}

/// Two decimals at least, so that equal sums are equal text.
fn money(value: &str, code: &str) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    format!("{whole}.{decimals:0<2} {code}")
}

/// A number with its magnitude.
fn amount(page: &Page, at: usize) -> Option<Number> {
    let number = numbers::read(page, at)?;
    let Some((zeroes, end)) = magnitude(page, number.end) else { return Some(number) };
    Some(Number { value: shifted(&number.value, zeroes), end, ..number })
}

fn confidence(number: &Number, code: &str, sign: bool) -> Confidence {
    match () {
        () if number.doubtful => Confidence::Low,
        // 'Pounds' are weights, 'francs' and crowns many countries'.
        () if matches!(code, "FRF" | "SEK") || code == "GBP" && !sign => Confidence::Medium,
        () => Confidence::High,
    }
}

/// '$1,250', '-$5', '$-5', 'EUR 10-20'.
fn sign_first(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let (code, next) = currency_before(page, at)?;
    // '45 € 60 €': the sign belongs to the number before it.
    let claimed = page.gap(next) > Gap::Nothing
        && page.before(at, 1).is_some_and(|before| before.kind == Shape::Number && page.gap(at) <= Gap::Space);
    if claimed || !page.is_near(next) {
        return None;
    }
    let minus = page.is_mark(next, "-") && page.is_glued(next) && page.is_glued(next + 1);
    let mut number = amount(page, next + usize::from(minus))?;
    // '$0' is a variable, '$1' beside commands too; 'f($1)', '$1$' are no sums either.
    let digit = code == "USD" && number.end == next + 1 && page.digits(next).len() == 1;
    let called = page.is_mark(at.wrapping_sub(1), "(") && page.is_glued(at) && page.is_glued(at - 1);
    let fenced = page.is_mark(number.end, "$") && page.is_glued(number.end);
    let quoted = page.is_mark(number.end, "}") || page.is_glued(at) && page.is_mark(at.wrapping_sub(1), "'");
    // 'AED4' is a part of a key.
    let key = page.is_glued(next) && page.digits(next).len() == 1 && !page.word(at).is_empty();
    if key {
        return None;
    }
    let variable = digit && (page.has_commands || called || fenced || quoted || page.digits(next) == "0");
    if number.words || variable {
        return None;
    }
    let before = page.is_mark(at.wrapping_sub(1), "-") && page.is_glued(at) && page.gap(at - 1) > Gap::Nothing;
    if minus || before {
        number.value.insert(0, '-');
    }
    let first = at - usize::from(before);
    // '$5-10 million', '$5 to 10'.
    if let Some((second, zeroes)) = range_end(page, number.end)
        .and_then(|second| Some((second, amount(page, second)?)))
        .filter(|_| page.is_mark(number.end, "-") || page.is_mark(number.end, "\u{2013}"))
    {
        found.push(Found::new(
            Kind::Sum,
            second..zeroes.end,
            money(&zeroes.value, code),
            confidence(&zeroes, code, true),
        ));
    }
    // '$100 USD' is one sum.
    let end = if currency_after(page, number.end).is_some_and(|(other, _)| other == code)
        && page.get(number.end).is_some_and(|token| token.kind == Shape::Word)
    {
        number.end + 1
    } else {
        number.end
    };
    found.push(Found::new(Kind::Sum, first..end, money(&number.value, code), confidence(&number, code, true)));
    Some(())
}

/// The index of the number at the other end of a range: '-', 'to', 'à'.
fn range_end(page: &Page, at: usize) -> Option<usize> {
    let joins = page.is_mark(at, "-") || page.is_mark(at, "\u{2013}") || matches!(page.word(at), "to" | "a");
    (joins && page.is_near(at) && page.is_near(at + 1)).then_some(at + 1)
}

/// '1 250 €', '1.2 million euros', 'twelve thousand euros', '10 à 20 €'.
fn number_first(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let number = amount(page, at)?;
    let minus = minus_before(page, at);
    let first = at - usize::from(minus);
    if let Some((code, end)) = currency_after(page, number.end) {
        let sign = page.get(number.end).is_some_and(|token| token.kind == Shape::Mark);
        // 'Un franc succès'.
        let idiom = number.words && number.value == "1" && code == "FRF";
        // 'Expressed in 1998 dollars'.
        let of_year = !sign
            && numbers::is_year_like(page, at, &number)
            && page.before(at, 1).is_some_and(|token| matches!(token.fold.as_str(), "in" | "constant" | "en"));
        if idiom || of_year || claims_next(page, &number, end, sign) {
            return None;
        }
        let value = if minus { format!("-{}", number.value) } else { number.value.clone() };
        let (value, end) = with_cents(page, value, end);
        found.push(Found::new(Kind::Sum, first..end, money(&value, code), confidence(&number, code, sign)));
        return Some(());
    }
    let second = range_end(page, number.end)?;
    let other = amount(page, second)?;
    let (code, _) = currency_after(page, other.end)?;
    let inside = page.before(at, 1).is_some_and(|before| matches!(before.fold.as_str(), "-" | "/"));
    if !inside && !number.words && !numbers::is_year_like(page, at, &number) {
        found.push(Found::new(Kind::Sum, at..number.end, money(&number.value, code), Confidence::Medium));
    }
    Some(())
}

/// A minus sign, not a bullet and not a range's hyphen.
fn minus_before(page: &Page, at: usize) -> bool {
    page.is_mark(at.wrapping_sub(1), "-")
        && page.is_glued(at)
        && page.before(at, 2).is_none_or(|_| page.gap(at - 1) == Gap::Space)
}

/// In '2004 $5' and 'Total 3 €20' the sign belongs to the number after it.
fn claims_next(page: &Page, number: &Number, end: usize, sign: bool) -> bool {
    sign && page.gap(number.end) > Gap::Nothing && page.is_glued(end) && !page.digits(end).is_empty()
}

/// '12€50', 'five euros and 20 cents'.
fn with_cents(page: &Page, value: String, end: usize) -> (String, usize) {
    if value.contains('.') {
        return (value, end);
    }
    if page.is_glued(end) && page.digits(end).len() == 2 && page.get(end).is_some() && !page.is_mark(end + 1, "/") {
        return (format!("{value}.{}", page.digits(end)), end + 1);
    }
    let joins = usize::from(matches!(page.word(end), "and" | "et"));
    let cents = numbers::read(page, end + joins).filter(|cents| {
        cents.value.len() <= 2 && matches!(page.word(cents.end), "cents" | "cent" | "centimes" | "centime" | "pence")
    });
    match cents {
        Some(cents) if page.is_near(end) => (format!("{value}.{:0>2}", cents.value), cents.end + 1),
        _ => (value, end),
    }
}

/// '50 cents', '75 centimes', '99p'.
fn cents(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let number = numbers::in_digits(page, at).or_else(|| numbers::in_words(page, at))?;
    let code = match page.word(number.end) {
        "cents" | "cent" if page.language == Language::French => "EUR",
        "centimes" | "centime" => "EUR",
        "cents" | "cent" => "USD",
        "pence" => "GBP",
        _ => return None,
    };
    let value = money(&hundredth(&number.value), code);
    found.push(Found::new(Kind::Sum, at..number.end + 1, value, Confidence::Medium));
    Some(())
}

/// '(en euros) : 1 318', 'in EUR: 20': the currency is named before the number.
fn named_before(page: &Page, at: usize, found: &mut Vec<Found>) -> Option<()> {
    let next = page.longest(at, &["en", "in"])?;
    let (code, end) = currency_after(page, next)?;
    let end = end + usize::from(page.is_mark(end, ")"));
    let start = page.is_mark(end, ":").then_some(end + 1).filter(|&start| page.gap(start) <= Gap::Line)?;
    let number = amount(page, start).filter(|number| !number.words && currency_after(page, number.end).is_none())?;
    found.push(Found::new(Kind::Sum, start..number.end, money(&number.value, code), Confidence::Medium));
    Some(())
}

pub(crate) fn scan(page: &Page, at: usize, found: &mut Vec<Found>) {
    let _ = sign_first(page, at, found)
        .or_else(|| number_first(page, at, found))
        .or_else(|| cents(page, at, found))
        .or_else(|| named_before(page, at, found));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    fn sums(text: &str, language: Language) -> Vec<String> {
        find(text, language).into_iter().filter(|fact| fact.kind == Kind::Sum).filter_map(|fact| fact.value).collect()
    }

    #[test]
    fn english_sums() {
        for (text, expected) in [
            ("It cost $66.9 million.", "66900000.00 USD"),
            ("just £1,361,377 in", "1361377.00 GBP"),
            ("a fee of EUR 1,250 is", "1250.00 EUR"),
            ("twelve thousand euros", "12000.00 EUR"),
            ("US$ 5.5bn of debt", "5500000000.00 USD"),
            ("an overdraft of -$45.10", "-45.10 USD"),
            ("$-2480", "-2480.00 USD"),
            ("five euros and 20 cents", "5.20 EUR"),
            ("only 50 cents", "0.50 USD"),
            ("CHF 12'500.00", "12500.00 CHF"),
            ("￥１２，０００", ""),
        ] {
            assert_eq!(sums(text, Language::English).first().map_or("", String::as_str), expected, "{text}");
        }
        assert_eq!(
            sums("$10-20 and 5 to 10 dollars", Language::English),
            ["10.00 USD", "20.00 USD", "5.00 USD", "10.00 USD"]
        );
    }

    #[test]
    fn french_sums() {
        for (text, expected) in [
            ("un montant de 1 647,00 € par mois", "1647.00 EUR"),
            ("1,5 million d'euros", "1500000.00 EUR"),
            ("environ 15 k€ par an", "15000.00 EUR"),
            ("deux mille cinq cents euros", "2500.00 EUR"),
            ("3,2 Md€", "3200000000.00 EUR"),
            ("12€50", "12.50 EUR"),
            ("20 francs suisses", "20.00 CHF"),
            ("66,95 $ US", "66.95 USD"),
            ("SALAIRE (en euros) : 1 318", "1318.00 EUR"),
            ("1.234,56 EUR", "1234.56 EUR"),
        ] {
            assert_eq!(sums(text, Language::French), [expected], "{text}");
        }
        assert_eq!(sums("45 € 60 € 80 €", Language::French), ["45.00 EUR", "60.00 EUR", "80.00 EUR"]);
    }

    #[test]
    fn what_is_no_sum() {
        assert_eq!(sums("echo $1 costs 5 pounds-force or version 1.2.3 $HOME", Language::English).len(), 2);
        assert_eq!(sums("if [ \"$1\" ]; then echo ${A} 1-4\n$ ls 5 $HOME", Language::English), Vec::<String>::new());
        assert_eq!(sums("5 mad men won, in 1998 dollars, from 1948 to 1990", Language::English), Vec::<String>::new());
    }
}
