//! References: account, file and telephone numbers, e-mail addresses.

use crate::facts::{Value, currency};
use crate::text::{Kind, Language, Lexeme};

/// No address has more lexemes.
const LONGEST: usize = 60;

/// The index after the lexemes that stand together without white space.
fn run_end(lexemes: &[Lexeme], at: usize) -> usize {
    let mut end = at + 1;
    while end < at + LONGEST
        && lexemes.get(end).is_some_and(|lexeme| !lexeme.gap && !lexeme.is_mark(&[',', ';', ')', '>', '"', '»']))
    {
        end += 1;
    }
    while end > at + 1 && lexemes.get(end - 1).is_some_and(|mark| mark.is_mark(&['.', '!', '?', ':'])) {
        end -= 1;
    }
    end
}

fn joined(lexemes: &[Lexeme], range: std::ops::Range<usize>) -> String {
    let parts = lexemes.get(range).unwrap_or_default().iter();
    parts
        .flat_map(|lexeme| lexeme.fold.chars())
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2011}' | '\u{2010}'))
        .collect()
}

/// An e-mail address or a web address.
pub(crate) fn electronic(lexemes: &[Lexeme], at: usize, _: Language) -> Option<(Value, usize)> {
    let first = lexemes.get(at).filter(|lexeme| lexeme.kind != Kind::Mark)?;
    let follows = lexemes.get(at + 1).is_some_and(|next| !next.gap);
    if !follows {
        return None;
    }
    let end = run_end(lexemes, at);
    let run = lexemes.get(at..end).unwrap_or_default();
    let mail = run.iter().any(|mark| mark.is_mark(&['@']));
    let web = first.is_word(" http https www ") && run.len() > 3;
    (mail && run.len() > 2 || web)
        .then(|| (Value::Identifier(run.iter().map(|lexeme| lexeme.fold.as_str()).collect()), end))
}

/// A reference ('HV-2291-07', 'RX 482 913 077 GB', an IBAN) or a telephone number.
pub(crate) fn reference(lexemes: &[Lexeme], at: usize, _: Language) -> Option<(Value, usize)> {
    let first = lexemes.get(at)?;
    let part = |lexeme: &Lexeme| {
        lexeme.kind == Kind::Number
            || lexeme.kind == Kind::Word
                && lexeme.capital
                && lexeme.span.len() <= 4
                && (lexeme.upper || lexeme.span.len() == 1)
    };
    let is_sign = |lexeme: &Lexeme| lexeme.is_mark(&['-', '\u{2011}', '/', '+']);
    let letters = first.kind == Kind::Word && part(first) && currency(first).is_none();
    let zero = first.kind == Kind::Number
        && first.fold.starts_with('0')
        && first.fold.len() > 1
        && !first.fold.contains(['.', ',']);
    let plus = first.is_mark(&['+']) && lexemes.get(at + 1).is_some_and(|next| next.kind == Kind::Number && !next.gap);
    if !letters && !zero && !plus {
        return None;
    }
    let mut end = at + 1;
    while let Some(next) = lexemes.get(end) {
        let glued_sign =
            is_sign(next) && !next.gap && lexemes.get(end + 1).is_some_and(|after| !after.gap && part(after));
        let goes_on = part(next)
            && (!next.gap
                || next.kind == Kind::Number
                || lexemes.get(end - 1).is_some_and(|last| last.kind == Kind::Number));
        // A sentence may begin after a telephone number.
        let stays = letters || next.kind == Kind::Number || !next.gap;
        if !(glued_sign || goes_on && stays) {
            break;
        }
        end += 1;
    }
    let value = joined(lexemes, at..end);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let glued = lexemes.get(at + 1).is_some_and(|next| !next.gap);
    let long_enough = if letters { digits >= 5 || glued && digits >= 2 } else { digits >= 6 };
    (long_enough && end > at + 1).then_some((Value::Identifier(value), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::facts;

    fn identifiers(text: &str) -> Vec<String> {
        let found = facts(text).into_iter().filter_map(|fact| match fact.value {
            Value::Identifier(value) => Some(value),
            _ => None,
        });
        found.collect()
    }

    #[test]
    fn references_and_accounts() {
        assert_eq!(identifiers("claim HV-2291-07 of the"), ["hv229107"]);
        assert_eq!(identifiers("parcel RX 482 913 077 GB is here"), ["rx482913077gb"]);
        assert_eq!(identifiers("IBAN FR76 3000 6000 0112 3456 7890 189."), ["fr7630006000011234567890189"]);
        assert_eq!(identifiers("costs EUR 38,400 and CHF 50,000"), Vec::<String>::new());
    }

    #[test]
    fn telephones_and_addresses() {
        assert_eq!(identifiers("tél. 02 35 55 01 44, du lundi"), ["0235550144"]);
        assert_eq!(identifiers("call +44 1304 555 018 today"), ["+441304555018"]);
        assert_eq!(identifiers("write to anna.bell@example.org."), ["anna.bell@example.org"]);
    }
}
