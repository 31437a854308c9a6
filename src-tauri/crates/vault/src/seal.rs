//! Sealed files: a stream of pieces, each encrypted and authenticated with its place, the last one marked as such.
//!
//! The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 'Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance', 2015) over XChaCha20-Poly1305, as the crate `aead-stream` has it. Each file has a key of its own, derived from the
//! vault's and a random salt in the file's head. A piece that was changed, moved, left out or cut off is never given out.

use std::fs::File;
use std::io::{self, Read, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::Payload;
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};
use crate::keys::{self, SecretKey};

/// What every sealed file begins with.
const MAGIC: [u8; 8] = *b"tacit-1\n";
const SALT_BYTES: usize = 32;
/// The rest of a nonce of 24 bytes is the piece's place and whether it is the last one.
const NONCE_BYTES: usize = 19;
const HEAD_BYTES: usize = MAGIC.len() + SALT_BYTES + NONCE_BYTES;
/// Bytes of a piece before it is encrypted.
const PIECE: usize = 64 << 10;
const TAG: usize = 16;

/// Writes a sealed file.
pub(crate) struct Writer {
    file: File,
    encryptor: EncryptorBE32<XChaCha20Poly1305>,
    bound: Vec<u8>,
    piece: Zeroizing<Vec<u8>>,
}

impl Writer {
    /// Begins an empty file; `bound` is authenticated beside every piece.
    pub(crate) fn new(mut file: File, master: &SecretKey, bound: Vec<u8>) -> Result<Self> {
        let (salt, nonce) = (keys::random::<SALT_BYTES>()?, keys::random::<NONCE_BYTES>()?);
        file.write_all(&[MAGIC.as_slice(), &salt, &nonce].concat())?;
        let key = derive(master, &salt)?;
        let encryptor = EncryptorBE32::new(key.bytes().into(), &nonce.into());
        Ok(Self { file, encryptor, bound, piece: Zeroizing::new(Vec::with_capacity(PIECE)) })
    }

    /// Writes the last piece; all of it is on the disk then.
    pub(crate) fn finish(mut self) -> Result<()> {
        let payload = Payload { msg: &self.piece, aad: &self.bound };
        let sealed = self.encryptor.encrypt_last(payload).map_err(|_| refused())?;
        self.file.write_all(&sealed)?;
        self.file.sync_all()?;
        Ok(())
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece is written only when more follows, for the last one is sealed in another way.
        if self.piece.len() == PIECE && !bytes.is_empty() {
            let payload = Payload { msg: &self.piece, aad: &self.bound };
            let sealed = self.encryptor.encrypt_next(payload).map_err(|_| refused())?;
            self.file.write_all(&sealed)?;
            self.piece.clear();
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a sealed file. What is not as it was written is an error of the kind `InvalidData`, and stays one.
pub(crate) struct Reader {
    file: File,
    /// None after the last piece, and after an error.
    decryptor: Option<DecryptorBE32<XChaCha20Poly1305>>,
    damaged: bool,
    bound: Vec<u8>,
    /// Bytes of the file that were not read yet.
    left: u64,
    piece: Zeroizing<Vec<u8>>,
    given: usize,
}

impl Reader {
    pub(crate) fn new(mut file: File, master: &SecretKey, bound: Vec<u8>) -> Result<Self> {
        let mut head = [0; HEAD_BYTES];
        let bytes = file.metadata()?.len();
        file.read_exact(&mut head).map_err(|_| damage())?;
        let (magic, rest) = head.split_at(MAGIC.len());
        let (salt, nonce) = rest.split_at(SALT_BYTES);
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| damage())?;
        if magic != MAGIC {
            return Err(damage());
        }
        let key = derive(master, salt)?;
        let decryptor = Some(DecryptorBE32::new(key.bytes().into(), &nonce.into()));
        let left = bytes.saturating_sub(HEAD_BYTES as u64);
        Ok(Self { file, decryptor, damaged: false, bound, left, piece: Zeroizing::new(Vec::new()), given: 0 })
    }

    /// Opens the next piece; whether there was one.
    fn advance(&mut self) -> io::Result<bool> {
        let Some(mut decryptor) = self.decryptor.take() else {
            return if self.damaged { Err(broken()) } else { Ok(false) };
        };
        self.damaged = true;
        let length = self.left.min((PIECE + TAG) as u64);
        let mut sealed = Vec::with_capacity(PIECE + TAG);
        (&mut self.file).take(length).read_to_end(&mut sealed)?;
        self.left -= length;
        let payload = Payload { msg: &sealed, aad: &self.bound };
        let piece = if self.left == 0 {
            decryptor.decrypt_last(payload).map_err(|_| broken())?
        } else {
            let piece = decryptor.decrypt_next(payload).map_err(|_| broken())?;
            self.decryptor = Some(decryptor);
            piece
        };
        (self.piece, self.given, self.damaged) = (Zeroizing::new(piece), 0, false);
        Ok(true)
    }
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.piece.len() {
            if out.is_empty() || !self.advance()? {
                return Ok(0);
            }
        }
        let rest = self.piece.get(self.given..).unwrap_or_default();
        let taken = rest.len().min(out.len());
        let (Some(from), Some(to)) = (rest.get(..taken), out.get_mut(..taken)) else { return Ok(0) };
        to.copy_from_slice(from);
        self.given += taken;
        Ok(taken)
    }
}

fn derive(master: &SecretKey, salt: &[u8]) -> Result<SecretKey> {
    SecretKey::derive(master.bytes(), salt, "tacit sealed file v1")
}

fn refused() -> io::Error {
    io::Error::other("a piece could not be sealed")
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a sealed file is not what was written")
}

fn damage() -> VaultError {
    VaultError::damaged("a sealed file is not what was written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn seal(path: &Path, key: &SecretKey, bytes: &[u8]) {
        let mut writer = Writer::new(File::create(path).unwrap(), key, b"bound".to_vec()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap();
    }

    fn open(path: &Path, key: &SecretKey, bound: &[u8]) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        Reader::new(File::open(path)?, key, bound.to_vec())?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn some_bytes(length: usize) -> Vec<u8> {
        (0..251_u8).cycle().step_by(31).take(length).collect()
    }

    #[test]
    fn what_was_sealed_comes_back_whatever_its_length() {
        let place = tempfile::tempdir().unwrap();
        let (path, key) = (place.path().join("f"), SecretKey::random().unwrap());
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7] {
            let bytes = some_bytes(length);
            seal(&path, &key, &bytes);
            assert!(open(&path, &key, b"bound").unwrap() == bytes, "{length} bytes");
            let pieces = length.div_ceil(PIECE).max(1);
            assert_eq!(std::fs::read(&path).unwrap().len(), HEAD_BYTES + length + pieces * TAG);
        }
    }

    #[test]
    fn what_was_changed_cut_moved_or_sealed_for_another_is_damaged() {
        let place = tempfile::tempdir().unwrap();
        let (path, key) = (place.path().join("f"), SecretKey::random().unwrap());
        seal(&path, &key, &some_bytes(2 * PIECE + 100));
        let whole = std::fs::read(&path).unwrap();
        let sealed_piece = PIECE + TAG;
        let (head, body) = whole.split_at(HEAD_BYTES);
        let moved = [head, &body[sealed_piece..2 * sealed_piece], &body[..sealed_piece], &body[2 * sealed_piece..]];
        let mut cases =
            vec![moved.concat(), [whole.as_slice(), &[0]].concat(), Vec::new(), [head, body, body].concat()];
        cases.extend(
            [1, HEAD_BYTES, HEAD_BYTES + sealed_piece, HEAD_BYTES + 2 * sealed_piece, whole.len() - 1]
                .map(|end| whole[..end].to_vec()),
        );
        cases.extend((0..whole.len()).step_by(7919).chain([0, 8, 40, HEAD_BYTES, whole.len() - 1]).map(|at| {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            flipped
        }));
        for (number, case) in cases.iter().enumerate() {
            std::fs::write(&path, case).unwrap();
            assert_eq!(open(&path, &key, b"bound").unwrap_err().code(), "damaged", "case {number}");
        }
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(open(&path, &key, b"other").unwrap_err().code(), "damaged");
        assert_eq!(open(&path, &SecretKey::random().unwrap(), b"bound").unwrap_err().code(), "damaged");
        assert!(open(&path, &key, b"bound").is_ok());
    }

    #[test]
    fn a_damaged_file_stays_damaged_when_it_is_read_on() {
        let place = tempfile::tempdir().unwrap();
        let (path, key) = (place.path().join("f"), SecretKey::random().unwrap());
        seal(&path, &key, &some_bytes(PIECE + 5));
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let mut reader = Reader::new(File::open(&path).unwrap(), &key, b"bound".to_vec()).unwrap();
        let mut seen = Vec::new();
        assert!(reader.read_to_end(&mut seen).is_err());
        assert_eq!(seen, some_bytes(PIECE), "what was given out is what was sealed");
        assert!(reader.read(&mut [0; 9]).is_err());
    }
}
