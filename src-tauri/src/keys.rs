//! Keys as the page gives them.

use std::fmt::Display;

use assistant::{Answer, Assistant, AssistantError, ExposeSecret, Home, Options, Person, SecretString};
use assistant::{KEYRING_TIME_LIMIT, Key};

use crate::api::types::Strength;

/// The system's keyring.
pub fn keyring() -> Key {
    Key::Keyring { time_limit: KEYRING_TIME_LIMIT }
}

/// A passphrase.
pub fn passphrase(typed: String) -> Key {
    Key::Passphrase(SecretString::from(typed))
}

/// Opens with the recovery code, and sets the everyday key.
pub fn recover(
    home: Home,
    options: Options,
    code: String,
    new_passphrase: Option<String>,
) -> Result<Assistant, AssistantError> {
    let passphrase = new_passphrase.map(SecretString::from);
    let code = SecretString::from(code);
    let chosen = Options { passphrase, ..options };
    Assistant::recover(home, chosen, &code, &mut Nobody).map(|(assistant, _)| assistant)
}

/// The page asks by itself.
struct Nobody;

impl Person for Nobody {
    fn passphrase(&mut self, _why: Option<&dyn Display>) -> Answer {
        Answer::NobodyThere
    }

    fn new_passphrase(&mut self, _why: &dyn Display) -> Answer {
        Answer::NobodyThere
    }
}

/// How strong a passphrase is. Nothing of it is kept.
pub fn strength(passphrase: &SecretString) -> Strength {
    // The estimate takes quadratic time, and what is longer than this is strong by its length.
    let begun: String = passphrase.expose_secret().chars().take(100).collect();
    let estimate = zxcvbn::zxcvbn(&begun, &["tacit"]);
    Strength { score: estimate.score().into(), guesses_log10: estimate.guesses_log10() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_weak_and_a_phrase_is_strong() {
        let score = |text: &str| strength(&SecretString::from(text)).score;
        assert_eq!(score(""), 0);
        assert_eq!(score("password"), 0);
        assert_eq!(score("tacit"), 0);
        assert_eq!(score("seven otters juggle frozen marmalade"), 4);
        assert_eq!(score(&"wallpaper trombone ".repeat(500)), 4);
    }
}
