//! From what fonts and strings name to clean text: ligatures and presentation forms resolved, accents joined to their
//! letters, visual order turned into logical order.

use std::sync::LazyLock;

use hayro_interpret::hayro_cmap::BfString;
use unicode_bidi::{BidiClass, Level, bidi_class};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::compose;

/// `PDFDocEncoding` where it is not Latin-1 (PDF 1.7, annex D.2).
static PDF_DOC: LazyLock<Vec<(u8, char)>> = LazyLock::new(|| {
    let low = (0x18..).zip("\u{2d8}\u{2c7}\u{2c6}\u{2d9}\u{2dd}\u{2db}\u{2da}\u{2dc}".chars());
    let high = (0x80..).zip("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž".chars());
    low.chain(high).chain([(0xa0, '€')]).collect()
});

/// Adds a character as text has it.
pub fn push(it: char, text: &mut String) {
    match it {
        // A font that names no-break, thin and other spaces means a space.
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            text.push(' ');
        }
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffc}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{e000}'..='\u{f8ff}' => {
            private(it, text);
        }
        '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{f900}'..='\u{faff}' => {
            text.extend(std::iter::once(it).nfkc().filter(|it| *it != ' '));
        }
        // Radicals that fonts name for the whole characters that look the same.
        '\u{2e80}'..='\u{2fdf}' => text.extend(std::iter::once(it).nfkc()),
        _ => text.push(it),
    }
}

/// Symbol fonts of word processors put their characters at U+F000 and up, where the low byte is their code.
fn private(it: char, text: &mut String) {
    match it {
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f06e}' => text.push('•'),
        '\u{f020}'..='\u{f07e}' => text.extend(char::from_u32(u32::from(it) - 0xf000)),
        '\u{e000}'..='\u{f8ff}' => text.push(char::REPLACEMENT_CHARACTER),
        _ => {}
    }
}

/// Adds a text as [`push`] adds its characters.
pub fn push_clean(it: &str, text: &mut String) {
    for it in it.chars() {
        push(it, text);
    }
}

/// Adds the text of a Type 3 glyph; where nothing names it, its code is taken for ASCII, as producers mean it.
pub fn of_type3(named: Option<BfString>, code: u32, text: &mut String) {
    match named {
        Some(BfString::Char(it)) => push(it, text),
        Some(BfString::String(it)) => push_clean(&it, text),
        None => text.extend(char::from_u32(code).filter(|it| (' '..='~').contains(it))),
    }
}

/// A text string of PDF (PDF 1.7, 7.9.2.2): UTF-16 or UTF-8 with their marks, else `PDFDocEncoding`.
pub fn of_pdf_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| pdf_doc(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn pdf_doc(byte: u8) -> char {
    PDF_DOC.iter().find(|(code, _)| *code == byte).map_or(char::from(byte), |(_, it)| *it)
}

/// The combining form of a spacing accent, as TeX's fonts have them.
pub fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// A letter with an accent over or under it, where there is such a character.
pub fn accented(letter: char, accent: char) -> Option<char> {
    let letter = match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    };
    compose(letter, combining(accent)?)
}

/// Whether two texts have other letters and digits, each of them some: what a page shows and what it says it shows.
pub fn differs(shown: &str, said: &str) -> bool {
    let letters = |text: &str| {
        let mut all: Vec<char> = text.nfkd().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        all.sort_unstable();
        all
    };
    let (shown, said) = (letters(shown), letters(said));
    // Scripts whose letters change their shape are named by their fonts in many ways.
    let plain = |all: &[char]| !all.is_empty() && all.iter().all(|it| u32::from(*it) < 0x590);
    plain(&shown) && plain(&said) && shown != said
}

/// Whether a character is a mark that stands on another.
pub fn is_mark(it: char) -> bool {
    unicode_normalization::char::is_combining_mark(it)
}

/// Whether a character belongs to a script that is written without spaces and whose lines join without one.
pub fn is_ideographic(it: char) -> bool {
    matches!(it, '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character is written from right to left.
pub fn is_right_to_left(it: char) -> bool {
    // Most characters are told apart without the table.
    it >= '\u{590}' && !('\u{900}'..'\u{200f}').contains(&it) && matches!(bidi_class(it), BidiClass::R | BidiClass::AL)
}

/// The logical order of pieces that stand from left to right on a line: their places, in the order in which they are
/// read. Nothing where the line has no text from right to left.
///
/// Levels depend on classes, which turning a line around keeps, so the algorithm that orders text for display (Unicode
/// Annex 9, L2) undoes itself.
pub fn logical_order(pieces: &[&str]) -> Option<Vec<usize>> {
    if !pieces.iter().flat_map(|piece| piece.chars()).any(is_right_to_left) {
        return None;
    }
    let strong = |right: bool| {
        let all = pieces.iter().flat_map(|piece| piece.chars());
        all.filter(|it| if right { is_right_to_left(*it) } else { bidi_class(*it) == BidiClass::L }).count()
    };
    let to_left = strong(true);
    let base = if to_left * 2 >= strong(false) { Level::rtl() } else { Level::ltr() };
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    if base.is_rtl() {
        order.reverse();
    }
    // One character stands for each piece, so that places and levels match.
    let stand_ins: Vec<char> =
        order.iter().map(|at| pieces.get(*at).and_then(|it| class_of(it)).unwrap_or(' ')).collect();
    let text: String = stand_ins.iter().collect();
    let info = unicode_bidi::BidiInfo::new(&text, Some(base));
    let mut levels = Vec::with_capacity(order.len());
    for (at, _) in text.char_indices() {
        levels.push(info.levels.get(at).copied().unwrap_or(base));
    }
    turn(&mut order, &levels, base);
    Some(order)
}

/// The character of a piece that says most of its direction.
fn class_of(piece: &str) -> Option<char> {
    let strong = |it: &char| matches!(bidi_class(*it), BidiClass::L | BidiClass::R | BidiClass::AL);
    piece.chars().find(strong).or_else(|| piece.chars().next())
}

/// Turns around every stretch above the base level, from the highest level down.
fn turn(order: &mut [usize], levels: &[Level], base: Level) {
    let highest = levels.iter().map(Level::number).max().unwrap_or(0);
    for level in (base.number() + 1..=highest).rev() {
        let mut start = 0;
        while start < levels.len() {
            let length = levels.iter().skip(start).take_while(|it| it.number() >= level).count();
            if let Some(stretch) = order.get_mut(start..start + length) {
                stretch.reverse();
            }
            start += length.max(1);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn ordered(visual: &str) -> String {
        let pieces: Vec<String> = visual.chars().map(String::from).collect();
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        logical_order(&pieces).map_or(visual.to_owned(), |order| order.iter().map(|at| pieces[*at]).collect())
    }

    #[test]
    fn a_line_of_arabic_is_read_from_the_right_and_its_numbers_from_the_left() {
        assert_eq!(ordered("12.5 باتك"), "كتاب 12.5");
    }

    #[test]
    fn arabic_inside_english_is_turned_alone() {
        assert_eq!(ordered("the word باتك means book"), "the word كتاب means book");
        assert_eq!(ordered("plain"), "plain");
    }

    #[test]
    fn ligatures_and_presentation_forms_become_letters() {
        let mut text = String::new();
        push_clean("e\u{fb03}cient \u{fefb}\u{0}\u{a0}x", &mut text);
        assert_eq!(text, "efficient \u{644}\u{627} x");
    }

    #[test]
    fn strings_are_read_in_their_three_encodings() {
        assert_eq!(of_pdf_string(b"\xfe\xff\x06\x44"), "\u{644}");
        assert_eq!(of_pdf_string(b"\xef\xbb\xbf\xc3\xa9"), "é");
        assert_eq!(of_pdf_string(b"caf\xe9 \x80"), "café •");
    }

    #[test]
    fn accents_find_their_letters() {
        assert_eq!(accented('e', '´'), Some('é'));
        assert_eq!(accented('ı', '¨'), Some('ï'));
        assert_eq!(accented('q', '¨'), None);
    }
}
