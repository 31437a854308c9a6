//! Where sentences begin and end.
//!
//! Rules of our own rather than a library's: UAX #29 ends a sentence at 'Mr. Bell' and at '4. Rent', which is how
//! contracts and letters are written.

use std::ops::Range;

use crate::text::{Language, fold, is_apostrophe, is_listed};

/// Abbreviations (folded, without the last stop) after which a sentence goes on.
const ENGLISH: &str = " mr mrs ms dr prof st messrs hon rev capt col gen sgt lt jr sr no nos art arts sec para paras cl ch fig figs vol pp p \
    ed eds vs v etc e.g i.e cf approx dept est tel ext inc ltd co corp plc jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m ";
/// Bytes before a stop that are looked at.
const TAIL: usize = 80;
const FRENCH: &str = " m mm mme mmes mlle mlles dr me mes pr st ste art al p pp n no nos cf ex p.ex env etc vol fig chap sect tel ste cie av \
    bd janv fevr avr juil sept oct nov dec c.-a-d ";

/// Whether what stands before a stop is an abbreviation or an initial.
fn is_abbreviation(before: &str, language: Language) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '«' | '“'))
        .next()
        .unwrap_or_default();
    let word = fold(word.rsplit(is_apostrophe).next().unwrap_or(word));
    if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
        return before.chars().next_back().is_some_and(char::is_uppercase) || is_listed(" p n v c ", &word);
    }
    match language {
        Language::English => is_listed(ENGLISH, &word),
        Language::French => is_listed(FRENCH, &word),
        Language::Other => is_listed(ENGLISH, &word) || is_listed(FRENCH, &word),
    }
}

/// The last bytes of a piece, enough for any rule: a text of stops must not be read again at each of them.
fn tail(piece: &str) -> &str {
    let from = (piece.len().saturating_sub(TAIL)..=piece.len()).find(|&at| piece.is_char_boundary(at));
    from.and_then(|from| piece.get(from..)).unwrap_or_default()
}

/// 'etc.' and the like end a sentence when a capital follows.
fn may_end_too(before: &str) -> bool {
    ["etc", "a.m", "p.m", "ltd", "inc", "co"].iter().any(|word| fold(before).ends_with(&format!(" {word}")))
}

fn is_full_stop_of_another_script(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔' | '။' | '។' | '՜' | '։')
}

fn closes(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '"' | '”' | '»' | ')' | ']' | '’' | '」' | '』' | '*' | '_' | '`')
}

/// The number of a list item or a numbered clause at the start of what is being read: '4', '2.1', 'a', 'IV'.
fn is_item_number(piece: &str) -> bool {
    let piece = piece.trim().trim_end_matches(')');
    !piece.is_empty()
        && piece.chars().count() <= 6
        && (piece.chars().all(|c| c.is_ascii_digit() || c == '.')
            || piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic))
}

/// Whether the word before the stop is 'Article 3' or 'No. 4': a heading's number, with what it numbers after it.
fn numbers_a_heading(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let number = words.next().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || c == '.'));
    number
        && words.next().is_some_and(|word| {
            is_listed(" article section chapter clause chapitre titre annexe annex topic ", &fold(word))
        })
}

/// What a stop at `index` does: `None` where the sentence goes on, else the index after it and its closing marks.
fn end_at(text: &str, chars: &[(usize, char)], index: usize, start: usize, language: Language) -> Option<usize> {
    let at = |index: usize| chars.get(index).copied();
    let (position, c) = at(index)?;
    let mut next = index + 1;
    while at(next)
        .is_some_and(|(_, c)| matches!(c, '.' | '!' | '?' | '…') || closes(c) || is_full_stop_of_another_script(c))
    {
        next += 1;
    }
    if is_full_stop_of_another_script(c) {
        return Some(next);
    }
    // In French a space stands before the closing guillemet.
    if at(next).is_some_and(|(_, c)| c.is_whitespace()) && at(next + 1).is_some_and(|(_, c)| c == '»') {
        next += 2;
    }
    let (_, after) = at(next)?;
    if !after.is_whitespace() {
        return None;
    }
    let follows = chars.iter().skip(next).map(|&(_, c)| c).find(|c| !c.is_whitespace())?;
    if follows.is_lowercase() {
        return None;
    }
    if c == '.' {
        let before = tail(text.get(start..position).unwrap_or_default());
        if is_item_number(before) || numbers_a_heading(before) {
            return None;
        }
        // A number after an abbreviation belongs to it ('No. 5'); after another short word it begins a clause.
        if is_abbreviation(before, language) && !(may_end_too(before) && follows.is_uppercase()) {
            return None;
        }
    }
    Some(next)
}

/// The byte ranges of a text's sentences, in order, without the white space around them; headings, list items and
/// table rows count as sentences. `hint` is the language if it is known; without it the text decides. Marks of CJK,
/// Devanagari, Arabic, Burmese, Khmer and Armenian end sentences too. A text in a script without sentence marks
/// (Thai) is one sentence for each line.
#[must_use]
pub fn sentences(text: &str, hint: Option<Language>) -> Vec<Range<usize>> {
    let language = hint.unwrap_or_else(|| crate::text::language(text));
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let (mut start, mut index) = (0, 0);
    let cut = |from: usize, to: usize, found: &mut Vec<Range<usize>>| {
        let piece = text.get(from..to).unwrap_or_default();
        let inner = piece.trim();
        if inner.chars().any(char::is_alphanumeric) {
            let from = from + (piece.len() - piece.trim_start().len());
            found.push(from..from + inner.len());
        }
    };
    while let Some(&(position, c)) = chars.get(index) {
        let end = match c {
            '\n' if ends_line(&chars, index) => Some(index + 1),
            '.' | '!' | '?' | '…' => end_at(text, &chars, index, start, language),
            _ if is_full_stop_of_another_script(c) => end_at(text, &chars, index, start, language),
            _ => None,
        };
        let Some(end) = end else {
            index += 1;
            continue;
        };
        let to = if c == '\n' { position } else { chars.get(end).map_or(text.len(), |&(at, _)| at) };
        cut(start, to, &mut found);
        start = chars.get(end).map_or(text.len(), |&(at, _)| at);
        index = end;
    }
    cut(start, text.len(), &mut found);
    found
}

/// Whether a line end is more than a wrapped line: an empty line, a list item, a heading or a table row comes next,
/// or a heading ends here.
fn ends_line(chars: &[(usize, char)], index: usize) -> bool {
    let rest: String = chars.iter().skip(index + 1).take(8).map(|&(_, c)| c).collect();
    let line = rest.trim_start_matches([' ', '\t', '\r']);
    let mut here: Vec<char> =
        chars.iter().take(index).rev().map(|&(_, c)| c).take_while(|&c| c != '\n').take(200).collect();
    here.reverse();
    let here: String = here.into_iter().collect();
    let number = line.find(['.', ')']).is_some_and(|at| is_item_number(line.get(..at).unwrap_or_default()));
    line.starts_with(['\n', '#', '|', '•', '◦', '▪', '>'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || line.starts_with("– ")
        || line.starts_with("```")
        || number
        || here.trim_start().starts_with(['#', '|'])
        || here.chars().count() < 45
            && !here.trim_end().ends_with(',')
            && line.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, None).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_initials_and_decimals_do_not_end_a_sentence() {
        assert_eq!(
            split("Mr. J. R. Bell owes £3.50. He paid at 5 p.m. on Friday. See No. 4."),
            ["Mr. J. R. Bell owes £3.50.", "He paid at 5 p.m. on Friday.", "See No. 4."]
        );
        assert_eq!(
            split("M. Petit a dit « non. » Mme. Roux est d'accord, cf. art. 5. Fin."),
            ["M. Petit a dit « non. »", "Mme. Roux est d'accord, cf. art. 5.", "Fin."]
        );
    }

    #[test]
    fn numbered_clauses_keep_their_number() {
        assert_eq!(
            split("4. Rent. The rent is due. 5. Deposit. Article 7. The board meets."),
            ["4. Rent.", "The rent is due.", "5. Deposit.", "Article 7. The board meets."]
        );
    }

    #[test]
    fn list_items_headings_and_wrapped_lines() {
        assert_eq!(
            split(
                "# Terms\n- the rent\n- the deposit\n\nA line that is wrapped here because it is long\nand goes on. End"
            ),
            [
                "# Terms",
                "- the rent",
                "- the deposit",
                "A line that is wrapped here because it is long\nand goes on.",
                "End"
            ]
        );
    }

    #[test]
    fn stops_of_other_scripts() {
        assert_eq!(split("家賃は十万円です。毎月払います。"), ["家賃は十万円です。", "毎月払います。"]);
        assert_eq!(split("किराया देय है। जमा नहीं।"), ["किराया देय है।", "जमा नहीं।"]);
        assert_eq!(split("هل الإيجار مستحق؟ نعم."), ["هل الإيجار مستحق؟", "نعم."]);
    }
}
