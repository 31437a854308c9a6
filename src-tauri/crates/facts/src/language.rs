//! English or French, by stop words.

use crate::Language;
use crate::tokens::Token;

const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "is", "that", "with", "by", "this", "be", "are", "was", "not", "from", "which", "shall",
    "has", "have", "it", "its", "at", "as", "you", "your", "or", "were", "will",
];

const FRENCH: &[&str] = &[
    "le", "la", "les", "des", "du", "et", "un", "une", "est", "dans", "pour", "que", "qui", "par", "au", "aux", "ce",
    "cette", "sur", "avec", "ne", "pas", "il", "elle", "sont", "sera", "de", "ou", "entre",
];

/// Enough words to tell.
const LOOKED_AT: usize = 3_000;

/// The language with more stop words; unknown if there are too few, or as many of both.
pub(crate) fn guess(tokens: &[Token]) -> Language {
    let (mut english, mut french) = (0_u32, 0_u32);
    for token in tokens.iter().take(LOOKED_AT) {
        english += u32::from(ENGLISH.contains(&token.fold.as_str()));
        french += u32::from(FRENCH.contains(&token.fold.as_str()));
    }
    if english > french.saturating_mul(3) / 2 {
        Language::English
    } else if french > english.saturating_mul(3) / 2 {
        Language::French
    } else {
        Language::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    #[test]
    fn stop_words_tell_the_language() {
        assert_eq!(guess(&tokens("The rent is paid by the tenant.")), Language::English);
        assert_eq!(guess(&tokens("Le loyer est payé par le locataire.")), Language::French);
        assert_eq!(guess(&tokens("1 234,50")), Language::Unknown);
    }
}
