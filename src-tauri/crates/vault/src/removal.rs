//! How documents leave the table `documents`: out of sight at once, then erased in steps, each a transaction of its own.
//!
//! Taking words out of the index so that they are gone takes a while for a long document, so nobody has to wait for more than a step.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension as _};

use crate::documents::{DocumentId, found};
use crate::error::Result;
use crate::passages::{self, Erasing};
use crate::{Vault, pages};

/// The words of a document with a smaller share of the passages are overwritten one by one; those of a larger one go with a rewriting of the
/// index, which then takes less time.
const SMALL_SHARE: i64 = 500;

impl Vault {
    /// Takes a document out of the library at once, and erases its text, words, vectors and original; the space is overwritten.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], the disk's and the store's faults; where it could not be erased to its end
    /// it is out of the library, and [`Vault::tidy_library`] and the next opening go on.
    pub fn remove_document(&self, document: DocumentId) -> Result<()> {
        self.put_away_document(document)?;
        self.erase_put_away()
    }

    /// Takes a document out of the library at once. It is erased in steps by [`Vault::tidy_library`]; each opening takes some of them too.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn put_away_document(&self, document: DocumentId) -> Result<()> {
        self.change_library(|store| put_away(store, document))?;
        self.codes.forget_document(document.0);
        Ok(())
    }

    /// Erases all that was put away, to its end.
    pub(crate) fn erase_put_away(&self) -> Result<()> {
        self.erase_put_away_for(Duration::MAX)
    }

    /// Erases what was put away, until this time is over.
    pub(crate) fn erase_put_away_for(&self, time: Duration) -> Result<()> {
        let begun = Instant::now();
        let mut erased = false;
        while begun.elapsed() < time && self.erase_some_put_away()? {
            erased = true;
        }
        if erased {
            self.settle_log();
        }
        Ok(())
    }

    /// One step of erasing; whether there was anything to erase.
    pub(crate) fn erase_some_put_away(&self) -> Result<bool> {
        let with_pages = "SELECT id, rewrites FROM documents d
                          WHERE state = 'removed' AND EXISTS (SELECT 1 FROM pages WHERE document_id = d.id) LIMIT 1";
        if let Some((document, rewrites)) = self.look(|store| one(store, with_pages))? {
            self.codes.forget_document(document.0);
            let erasing = if rewrites { Erasing::ByRewriting } else { Erasing::InPlace };
            return self.change(|store| pages::erase_some(store, document, erasing));
        }
        let next = "SELECT id, rewrites FROM documents WHERE state = 'removed' ORDER BY rewrites DESC LIMIT 1";
        let Some((document, rewrites)) = self.look(|store| one(store, next))? else { return Ok(false) };
        if rewrites {
            self.change(rewrite_some)?;
            return Ok(true);
        }
        // The row knows the file's name, so it goes last.
        self.erase_original(document)?;
        self.change(|store| {
            store.prepare_cached("DELETE FROM documents WHERE id = ?1")?.execute([document.0])?;
            Ok(())
        })?;
        tracing::info!(document = document.0, "document erased");
        Ok(true)
    }

    /// Does one step of what is to be done in the background: erasing what was put away and the vectors of models that were replaced, and
    /// bringing codes up to the newest mean. Whether there is more to do.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], the disk's and the store's faults.
    pub fn tidy_library(&self) -> Result<bool> {
        self.library()?;
        if self.erase_some_put_away()? || self.tidy_vectors()? {
            return Ok(true);
        }
        self.settle_log();
        Ok(false)
    }
}

fn one(store: &Connection, sql: &str) -> Result<Option<(DocumentId, bool)>> {
    let mut statement = store.prepare_cached(sql)?;
    Ok(statement.query_row([], |row| Ok((DocumentId(row.get(0)?), row.get(1)?))).optional()?)
}

/// Rewrites a stretch of the index; once it came to its end, the words of all documents without pages are gone.
fn rewrite_some(store: &Connection) -> Result<()> {
    if passages::rewrite_some(store)? {
        let sql = "UPDATE documents SET rewrites = 0 WHERE state = 'removed'";
        store.prepare_cached(sql)?.execute([])?;
    }
    Ok(())
}

/// Takes a document out of the library, and erases what was worked out about it. One that was to replace it stands on its own then.
pub(crate) fn put_away(store: &Connection, document: DocumentId) -> Result<()> {
    let sql =
        "UPDATE documents SET state = 'removed', rewrites = passages * ?2 > (SELECT coalesce(max(id), 0) FROM passages)
               WHERE id = ?1 AND state <> 'removed'";
    found(store.prepare_cached(sql)?.execute([document.0, SMALL_SHARE])?)?;
    store.prepare_cached("UPDATE documents SET replaces_id = NULL WHERE replaces_id = ?1")?.execute([document.0])?;
    store.prepare_cached("DELETE FROM derived WHERE document_id = ?1")?.execute([document.0])?;
    Ok(())
}
