//! Keys and what is done with them: drawing, deriving, wrapping.
//!
//! A key is wiped when it is let go, and nothing here prints one.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::{Result, VaultError};

pub(crate) const KEY_BYTES: usize = 32;
pub(crate) const NONCE_BYTES: usize = 24;

/// 256 secret bits, on the heap so that a move leaves no copy behind.
pub(crate) struct SecretKey(Box<[u8; KEY_BYTES]>);

impl SecretKey {
    pub(crate) fn random() -> Result<Self> {
        let mut key = Self::empty();
        fill_random(key.0.as_mut())?;
        Ok(key)
    }

    pub(crate) fn empty() -> Self {
        Self(Box::new([0; KEY_BYTES]))
    }

    /// A copy of exactly 32 bytes; any other number is no key.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self::empty();
        (bytes.len() == KEY_BYTES).then(|| {
            key.0.copy_from_slice(bytes);
            key
        })
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.as_mut()
    }

    /// HKDF-SHA256 of `secret`; `purpose` keeps keys for different uses apart.
    pub(crate) fn derive(secret: &[u8], salt: &[u8], purpose: &str) -> Result<Self> {
        let mut key = Self::empty();
        Hkdf::<Sha256>::new(Some(salt), secret)
            .expand(purpose.as_bytes(), key.0.as_mut())
            .map_err(|_| VaultError::Database("a key could not be derived".to_owned()))?;
        Ok(key)
    }
}

impl Drop for SecretKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretKey(<32 bytes>)")
    }
}

/// Fills `bytes` from the system's source of randomness.
pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| VaultError::Io(std::io::Error::other(error)))
}

/// `N` random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    fill_random(&mut bytes)?;
    Ok(bytes)
}

/// Encrypts `key` under `with`; `bound` is authenticated beside it.
pub(crate) fn wrap(key: &SecretKey, with: &SecretKey, nonce: &[u8; NONCE_BYTES], bound: &[u8]) -> Result<Vec<u8>> {
    let payload = Payload { msg: key.bytes().as_slice(), aad: bound };
    XChaCha20Poly1305::new(with.bytes().into())
        .encrypt(nonce.into(), payload)
        .map_err(|_| VaultError::Database("a key could not be wrapped".to_owned()))
}

/// What [`wrap`] encrypted; `None` where the key, the nonce or anything that it was bound to differs.
pub(crate) fn unwrap(wrapped: &[u8], with: &SecretKey, nonce: &[u8; NONCE_BYTES], bound: &[u8]) -> Option<SecretKey> {
    let payload = Payload { msg: wrapped, aad: bound };
    let bytes = Zeroizing::new(XChaCha20Poly1305::new(with.bytes().into()).decrypt(nonce.into(), payload).ok()?);
    SecretKey::from_slice(&bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of [`hex`]; `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_key_opens_only_with_all_that_it_is_bound_to() {
        let (key, with, other) =
            (SecretKey::random().unwrap(), SecretKey::random().unwrap(), SecretKey::random().unwrap());
        let nonce = random().unwrap();
        let wrapped = wrap(&key, &with, &nonce, b"slot").unwrap();
        assert_eq!(unwrap(&wrapped, &with, &nonce, b"slot").unwrap().bytes(), key.bytes());
        assert!(unwrap(&wrapped, &other, &nonce, b"slot").is_none());
        assert!(unwrap(&wrapped, &with, &random().unwrap(), b"slot").is_none());
        assert!(unwrap(&wrapped, &with, &nonce, b"slot2").is_none());
        assert!(unwrap(&wrapped[1..], &with, &nonce, b"slot").is_none());
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?}", SecretKey::random().unwrap()), "SecretKey(<32 bytes>)");
    }

    #[test]
    fn hexadecimal_goes_there_and_back() {
        assert_eq!(unhex(&hex(&[0, 1, 0xfe, 0xff])), Some(vec![0, 1, 0xfe, 0xff]));
        assert_eq!((unhex("abc"), unhex("zz"), unhex("é")), (None, None, None));
    }
}
