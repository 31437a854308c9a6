//! Text as lexemes: words, numbers and marks with their places, and the one spelling in which they are compared.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript as _};

/// The language of a text, as far as it changes how the text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Any other language, or too little text to tell: rules of both are tried, words are not stemmed.
    Other,
}

const ENGLISH_STOP: &str = " a about after again all also am an and any are as at be because been before being both but by can could \
    did do does doing done each either etc every for from had has have having he her here hers herself him himself his how i if in into is it \
    its itself just let many may me might mine more most much must my no nor not of off on once one only onto or other our ours out over own \
    per rather s same shall she should since so some such t than that the their them then there therefore these they this those though to \
    too under until unless up upon us was we were what when where whether which while who whom whose why will with within without would yes \
    you your yours need needs needed get gets got go goes went take takes taken took takes place made ";

const FRENCH_STOP: &str = " a afin ai ainsi alors apres as au aucun aucune aucuns aussi autre autres aux avait avaient avant avec avez avoir \
    avons ayant c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des des donc dont du \
    elle elles en encore entre es est et etaient etait etant ete etre eu eux font fait faire faut il ils j je jusqu jusque l la le les leur leurs lors \
    lorsque lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent plus plusieurs \
    pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera seront ses si soit son sont sous sur t ta \
    te tes toi ton tous tout toute toutes tres tu un une va vers via voici voila vos votre vous y doit doivent devoir devra pourra pouvoir afin \
    lieu vont ira iront aller aura auront avoir possible prendre prend prennent prenez pris prise ";

/// Words that say that something is said, and carry nothing that a passage would have to support.
const FRAME: &str = " according document documents passage passages text states stated says said mentions mentioned page section article \
    selon texte indique mentionne precise ";

pub(crate) fn is_listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// Whether a folded word carries no content of its own in this language.
pub(crate) fn is_stop_word(word: &str, language: Language) -> bool {
    let listed = match language {
        Language::English => is_listed(ENGLISH_STOP, word),
        Language::French => is_listed(FRENCH_STOP, word),
        Language::Other => is_listed(ENGLISH_STOP, word) || is_listed(FRENCH_STOP, word),
    };
    listed || is_listed(FRAME, word)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Mark,
}

/// A word, a number in digits or one mark.
#[derive(Clone)]
pub(crate) struct Lexeme {
    pub span: Range<usize>,
    pub kind: Kind,
    /// The spelling to compare: lower case, no accents, ASCII digits.
    pub fold: String,
    /// The stem, folded; of a number or a mark the same as `fold`.
    pub stem: String,
    pub capital: bool,
    /// Two or more letters, none of them small.
    pub upper: bool,
    /// White space stands before it.
    pub gap: bool,
}

impl Lexeme {
    pub(crate) fn is_mark(&self, marks: &[char]) -> bool {
        self.kind == Kind::Mark && self.fold.chars().next().is_some_and(|c| marks.contains(&c))
    }

    pub(crate) fn is_word(&self, list: &str) -> bool {
        self.kind == Kind::Word && is_listed(list, &self.fold)
    }
}

/// The value of a decimal digit in the scripts that documents use.
pub(crate) fn digit(c: char) -> Option<u8> {
    let zero = match u32::from(c) {
        n @ 0x30..=0x39 => n - 0x30,
        n @ 0x0660..=0x0669 => n - 0x0660,
        n @ 0x06F0..=0x06F9 => n - 0x06F0,
        n @ 0x0966..=0x096F => n - 0x0966,
        n @ 0x09E6..=0x09EF => n - 0x09E6,
        n @ 0xFF10..=0xFF19 => n - 0xFF10,
        _ => return None,
    };
    u8::try_from(zero).ok()
}

pub(crate) fn is_unspaced(c: char) -> bool {
    use Script::{Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    matches!(c.script(), Han | Hiragana | Katakana | Khmer | Lao | Myanmar | Thai)
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || is_combining_mark(c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}')) && digit(c).is_none()
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{FF07}')
}

/// One spelling of a word: lower case without accents, ligatures and compatibility forms taken apart.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd() {
        match c {
            // Accents, Arabic vowel marks, joiners and soft hyphens.
            '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{640}' => {}
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ => match digit(c) {
                Some(value) => folded.push(char::from(b'0' + value)),
                None => folded.extend(c.to_lowercase()),
            },
        }
    }
    folded
}

/// Which language a text is in, by its stop words.
pub(crate) fn language(text: &str) -> Language {
    let (mut english, mut french) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(400) {
        let accented = word.chars().any(|c| matches!(c, 'é' | 'è' | 'ê' | 'à' | 'ù' | 'ç' | 'œ' | 'î' | 'ô' | 'û'));
        let word = fold(word);
        english += usize::from(is_listed(ENGLISH_STOP, &word));
        french += usize::from(is_listed(FRENCH_STOP, &word)) + usize::from(accented);
    }
    match english.cmp(&french) {
        std::cmp::Ordering::Greater => Language::English,
        std::cmp::Ordering::Less => Language::French,
        std::cmp::Ordering::Equal => Language::Other,
    }
}

/// A word's stem in a language, folded.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let lower: String = word.nfc().filter(|&c| c != '\u{AD}').flat_map(char::to_lowercase).collect();
    match language {
        Language::English => fold(&Stemmer::create(Algorithm::English).stem(&fold(&lower))),
        Language::French => {
            // Snowball takes 'interdit' and 'interdits' to different stems.
            let singular = lower.strip_suffix('s').filter(|word| word.chars().count() > 4).unwrap_or(&lower);
            let stem = fold(&Stemmer::create(Algorithm::French).stem(singular));
            // It leaves 'manquent' beside 'manque' too.
            match stem.strip_suffix("ent") {
                Some(short) if short.len() >= 3 && !short.ends_with('m') => short.to_owned(),
                _ => stem,
            }
        }
        Language::Other => fold(&lower),
    }
}

/// Where a number that begins at `from` ends: digits, with separators that stand between digits as in a number.
fn number_end(chars: &[(usize, char)], from: usize) -> usize {
    let at = |index: usize| chars.get(index).map(|&(_, c)| c);
    let is_digit = |index: usize| at(index).and_then(digit).is_some();
    let mut end = from;
    while is_digit(end) {
        end += 1;
    }
    let mut first_group = end - from <= 3;
    loop {
        let Some(separator) = at(end) else { return end };
        let digits = (end + 1..chars.len()).take_while(|&index| is_digit(index)).count();
        let goes_on = match separator {
            '.' | ',' | '\u{066B}' | '\u{066C}' => digits > 0,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '\u{2019}' => first_group && digits == 3,
            _ => false,
        };
        if !goes_on {
            return end;
        }
        // After a decimal sign no group of thousands follows.
        first_group &= digits == 3;
        end += 1 + digits;
    }
}

/// The lexemes of a text in order. Every span is a valid range of the text.
pub(crate) fn lexemes(text: &str, language: Language) -> Vec<Lexeme> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let (mut index, mut gap) = (0, false);
    while let Some(&(start, c)) = chars.get(index) {
        if c.is_whitespace() || c.is_control() {
            (index, gap) = (index + 1, true);
            continue;
        }
        let (kind, end) = if digit(c).is_some() {
            (Kind::Number, number_end(&chars, index))
        } else if is_unspaced(c) {
            (Kind::Word, index + 1)
        } else if is_letter(c) {
            let length = chars.iter().skip(index).take_while(|&&(_, c)| is_letter(c) && !is_unspaced(c)).count();
            (Kind::Word, index + length)
        } else {
            (Kind::Mark, index + 1)
        };
        let span = start..chars.get(end).map_or(text.len(), |&(at, _)| at);
        found.push(lexeme(text.get(span.clone()).unwrap_or_default(), span, kind, gap, language));
        (index, gap) = (end, false);
    }
    found
}

fn lexeme(piece: &str, span: Range<usize>, kind: Kind, gap: bool, language: Language) -> Lexeme {
    let fold = match kind {
        Kind::Mark => piece.to_owned(),
        Kind::Word | Kind::Number => fold(piece),
    };
    let stem = if kind == Kind::Word { stem(piece, language) } else { fold.clone() };
    let upper = piece.chars().filter(|c| c.is_alphabetic()).count() > 1 && !piece.chars().any(char::is_lowercase);
    Lexeme { span, kind, fold, stem, capital: piece.chars().next().is_some_and(char::is_uppercase), upper, gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<String> {
        lexemes(text, Language::Other).into_iter().map(|lexeme| lexeme.fold).collect()
    }

    #[test]
    fn a_number_keeps_its_separators_and_no_more() {
        assert_eq!(folds("1 234,50 € de 2021."), ["1 234,50", "€", "de", "2021", "."]);
        assert_eq!(folds("02 35 55"), ["02", "35", "55"]);
        assert_eq!(folds("1.234.567,8, x"), ["1.234.567,8", ",", "x"]);
    }

    #[test]
    fn accents_ligatures_and_scripts_fold() {
        assert_eq!(folds("L’œuvre ÉCHUE ﬁn ٣٤"), ["l", "’", "oeuvre", "echue", "fin", "34"]);
        assert_eq!(folds("契約は"), ["契", "約", "は"]);
        assert_eq!(folds("किराया"), ["किराया"]);
    }

    #[test]
    fn the_language_is_told_by_its_stop_words() {
        assert_eq!(language("The rent is due on the first day."), Language::English);
        assert_eq!(language("Le loyer est payable le premier jour."), Language::French);
        assert_eq!(language("家賃"), Language::Other);
    }
}
