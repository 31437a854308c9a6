//! Documents as they came, each sealed in a file of its own in the vault's folder; the table `documents` says which, and whether it is whole.
//!
//! The row names the file before there is one, and is the last to go: so what was cut off is found without looking through the folder.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::documents::{self, DocumentId};
use crate::error::{Result, VaultError};
use crate::folder::{self, ORIGINALS};
use crate::{Kept, Vault, keys, seal};

/// An original that is being kept. What is written to it goes into its sealed file; [`Vault::keep_original`] makes it count.
pub struct Sealing {
    document: DocumentId,
    seal: String,
    writer: seal::Writer,
    hash: Sha256,
    bytes: u64,
}

impl fmt::Debug for Sealing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sealing")
            .field("document", &self.document)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.writer.write(bytes)?;
        self.hash.update(bytes.get(..taken).unwrap_or_default());
        self.bytes = self.bytes.saturating_add(taken as u64);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// An original that is read. It needs no vault while it is; what is not as it was written is an error of the kind `InvalidData`, and no byte
/// of it is given out.
pub struct Original {
    document: DocumentId,
    reader: seal::Reader,
}

impl fmt::Debug for Original {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Original").field("document", &self.document).finish_non_exhaustive()
    }
}

impl Read for Original {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.reader.read(out)
    }
}

impl Vault {
    /// Keeps a document's original: reads it to its end and seals it. One that is kept already is replaced.
    ///
    /// # Errors
    /// [`VaultError::NotTheOriginal`] where its bytes are not those that the document was added with, [`VaultError::NoSuchDocument`],
    /// [`VaultError::NoLibrary`], the faults of `from`, the disk's and the store's; then none is kept.
    pub fn store_original(&self, document: DocumentId, mut from: impl Read) -> Result<()> {
        let mut sealing = self.seal_original(document)?;
        let copied = io::copy(&mut from, &mut sealing);
        match copied {
            Ok(_) => self.keep_original(sealing),
            Err(error) => {
                drop(sealing);
                self.erase_original(document)?;
                Err(error.into())
            }
        }
    }

    /// Begins to keep a document's original, which is then written without the vault. One that is kept already is erased.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], the disk's and the store's faults.
    pub fn seal_original(&self, document: DocumentId) -> Result<Sealing> {
        let kept = self.library()?;
        self.look(|store| documents::check_there(store, document))?;
        self.erase_original(document)?;
        let seal = keys::hex(&keys::random::<16>()?);
        let sql = "UPDATE documents SET seal = ?2, sealed = 0 WHERE id = ?1";
        self.change(|store| documents::found(store.prepare_cached(sql)?.execute(params![document.0, seal])?))?;
        folder::make_private(&kept.dir.join(ORIGINALS))?;
        let file = folder::create(&path(kept, &seal))?;
        let writer = seal::Writer::new(file, &kept.master, bound(document, &seal))?;
        Ok(Sealing { document, seal, writer, hash: Sha256::new(), bytes: 0 })
    }

    /// Makes an original count that was written to its end.
    ///
    /// # Errors
    /// [`VaultError::NotTheOriginal`] where its bytes are not those that the document was added with, [`VaultError::NoSuchDocument`] where
    /// this was removed or another original begun in the meantime, [`VaultError::NoLibrary`], the disk's and the store's faults; then none
    /// is kept.
    pub fn keep_original(&self, sealing: Sealing) -> Result<()> {
        let kept = self.library()?;
        let Sealing { document, seal, writer, hash, bytes } = sealing;
        writer.finish()?;
        folder::settle(&kept.dir.join(ORIGINALS))?;
        let sha256: [u8; 32] = hash.finalize().into();
        let sql = "UPDATE documents SET sealed = 1, keeps_original = 1 WHERE id = ?1 AND seal = ?2 AND sha256 = ?3 AND state <> 'removed'";
        let kept_it = self.change(|store| {
            Ok(store.prepare_cached(sql)?.execute(params![document.0, seal, sha256.as_slice()])? > 0)
        })?;
        if kept_it {
            tracing::info!(document = document.0, bytes, "original sealed");
            return Ok(());
        }
        folder::overwrite_and_remove(&path(kept, &seal))?;
        let sql = "UPDATE documents SET seal = NULL WHERE id = ?1 AND seal = ?2";
        let there = self.change(|store| Ok(store.prepare_cached(sql)?.execute(params![document.0, seal])? > 0))?;
        Err(if there { VaultError::NotTheOriginal } else { VaultError::NoSuchDocument })
    }

    /// A document's original, to be read from its beginning.
    ///
    /// # Errors
    /// [`VaultError::NoOriginal`] where none is kept, [`VaultError::Damaged`] where its file is missing or begins with something else,
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], the disk's and the store's faults.
    pub fn original(&self, document: DocumentId) -> Result<Original> {
        let kept = self.library()?;
        let sql = "SELECT seal FROM documents WHERE id = ?1 AND sealed = 1";
        let seal: Option<String> = self.look(|store| {
            documents::check_there(store, document)?;
            Ok(store.prepare_cached(sql)?.query_row([document.0], |row| row.get(0)).optional()?)
        })?;
        let seal = seal.ok_or(VaultError::NoOriginal)?;
        let file = File::open(path(kept, &seal)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::damaged("the original of a document is missing"),
            _ => error.into(),
        })?;
        Ok(Original { document, reader: seal::Reader::new(file, &kept.master, bound(document, &seal))? })
    }

    /// All bytes of a document's original.
    ///
    /// # Errors
    /// As [`Vault::original`], and [`VaultError::Damaged`] where any part of it is not what was written.
    pub fn original_bytes(&self, document: DocumentId) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.original(document)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Overwrites and removes the sealed file of a document, where there is one, whole or not.
    pub(crate) fn erase_original(&self, document: DocumentId) -> Result<()> {
        let kept = self.library()?;
        let sql = "SELECT seal FROM documents WHERE id = ?1 AND seal IS NOT NULL";
        let seal: Option<String> =
            self.look(|store| Ok(store.prepare_cached(sql)?.query_row([document.0], |row| row.get(0)).optional()?))?;
        let Some(seal) = seal else { return Ok(()) };
        folder::overwrite_and_remove(&path(kept, &seal))?;
        let sql = "UPDATE documents SET seal = NULL, sealed = 0 WHERE id = ?1";
        self.change(|store| {
            store.prepare_cached(sql)?.execute([document.0])?;
            Ok(())
        })
    }

    /// Erases originals whose sealing was cut off.
    pub(crate) fn finish_originals(&self) -> Result<()> {
        let sql = "SELECT id FROM documents WHERE seal IS NOT NULL AND sealed = 0";
        let half: Vec<DocumentId> = self.look(|store| {
            let mut statement = store.prepare_cached(sql)?;
            Ok(statement.query_map([], |row| row.get(0).map(DocumentId))?.collect::<rusqlite::Result<_>>()?)
        })?;
        half.into_iter().try_for_each(|document| self.erase_original(document))
    }
}

fn path(kept: &Kept, seal: &str) -> PathBuf {
    kept.dir.join(ORIGINALS).join(seal)
}

/// What a sealed file belongs to: put under another document or another name, it does not open.
fn bound(document: DocumentId, seal: &str) -> Vec<u8> {
    [&document.0.to_le_bytes(), seal.as_bytes()].concat()
}
