//! The recovery code: 128 random bits as twelve English words with a checksum (BIP 39), to be printed and put away.
//!
//! It must never be stored, logged or shown twice: the vault keeps only a key wrapped under it.

use std::fmt;

use bip39::{Language, Mnemonic};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Result, VaultError};
use crate::keys::{SecretKey, random};

const ENTROPY_BYTES: usize = 16;
const PURPOSE: &str = "tacit recovery 1";

/// Twelve words; `Display` gives them, `Debug` does not.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// Draws a new code.
    pub(crate) fn new() -> Result<Self> {
        let entropy = Zeroizing::new(random::<ENTROPY_BYTES>()?);
        let words = Mnemonic::from_entropy_in(Language::English, entropy.as_slice())
            .map_err(|_| VaultError::BadRecoveryCode)?;
        // Twelve words of at most eight letters: never grown, so never copied.
        let mut text = Zeroizing::new(String::with_capacity(12 * 9));
        for word in words.words() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Ok(Self(text))
    }

    /// The words one by one, in their order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }

    /// The code as a secret, as [`crate::Key::Recovery`] takes it.
    #[must_use]
    pub fn secret(&self) -> SecretString {
        SecretString::from(self.0.as_str())
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoveryCode(<12 words>)")
    }
}

/// The wrapping key of a typed code, which may be in capitals, numbered, hyphenated or spread over lines.
///
/// # Errors
/// [`VaultError::BadRecoveryCode`] where it is not twelve known words with a right checksum.
pub(crate) fn derive(typed: &SecretString, salt: &[u8]) -> Result<SecretKey> {
    let typed = typed.expose_secret();
    let mut plain = Zeroizing::new(String::with_capacity(typed.len()));
    plain.extend(typed.chars().map(|c| if c.is_ascii_alphabetic() { c.to_ascii_lowercase() } else { ' ' }));
    if plain.split_whitespace().count() != 12 {
        return Err(VaultError::BadRecoveryCode);
    }
    let words = Mnemonic::parse_in_normalized(Language::English, &plain).map_err(|_| VaultError::BadRecoveryCode)?;
    let (mut entropy, length) = words.to_entropy_array();
    let key = SecretKey::derive(entropy.get(..length).unwrap_or_default(), salt, PURPOSE);
    entropy.zeroize();
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(typed: &str) -> Result<[u8; 32]> {
        derive(&SecretString::from(typed), b"salt").map(|key| *key.bytes())
    }

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = RecoveryCode::new().unwrap().to_string();
        let key = key_of(&code).unwrap();
        assert_eq!(code.split(' ').count(), 12);
        assert_eq!(key_of(&code.to_uppercase()).unwrap(), key);
        assert_eq!(key_of(&format!("  {}\n", code.replace(' ', " -  "))).unwrap(), key);
        let numbered: Vec<String> = code.split(' ').enumerate().map(|(n, word)| format!("{}. {word}", n + 1)).collect();
        assert_eq!(key_of(&numbered.join("\n")).unwrap(), key);
    }

    #[test]
    fn a_mistyped_code_is_told_apart_from_a_foreign_one() {
        let right = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert!(key_of(right).is_ok());
        let wrong_checksum = right.replace("yellow", "year");
        for bad in [
            wrong_checksum.as_str(),
            "legal winner",
            "",
            "xyzzy winner thank year wave sausage worth useful legal winner thank yellow",
        ] {
            assert_eq!(key_of(bad).unwrap_err().code(), "bad_recovery_code");
        }
    }

    #[test]
    fn two_codes_are_never_the_same_and_neither_prints_in_debug() {
        let (one, two) = (RecoveryCode::new().unwrap(), RecoveryCode::new().unwrap());
        assert_ne!(one.to_string(), two.to_string());
        assert_eq!(format!("{one:?}"), "RecoveryCode(<12 words>)");
    }
}
