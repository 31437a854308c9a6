//! How much of the library is left to do, counted without listing it.

use rusqlite::params;

use crate::Vault;
use crate::documents::DocumentId;
use crate::error::{Result, VaultError};

/// What is left to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LibraryLeft {
    /// Documents that are not read to their end.
    pub documents: u64,
    /// Pages of theirs that are known to be missing.
    pub pages: u64,
    /// Passages that wait for a vector.
    pub passages: u64,
}

impl Vault {
    /// How much is left to do.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn library_left(&self) -> Result<LibraryLeft> {
        let sql = "SELECT (SELECT count(*) FROM documents WHERE state IN ('waiting', 'reading')),
                          (SELECT coalesce(sum(max(pages_total - pages_read, 0)), 0) FROM documents WHERE state IN ('waiting', 'reading')),
                          (SELECT count(*) FROM vectors_waiting)";
        self.look_library(|store| {
            let counted = store.prepare_cached(sql)?.query_row([], |row| {
                let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
                Ok(LibraryLeft { documents: count(0)?, pages: count(1)?, passages: count(2)? })
            })?;
            Ok(counted)
        })
    }

    /// Notes what kind of document it is (`pdf`, `docx`), once that is known.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn set_document_kind(&self, document: DocumentId, kind: &str) -> Result<()> {
        let sql = "UPDATE documents SET kind = ?2 WHERE id = ?1 AND state <> 'removed'";
        self.change_library(|store| match store.prepare_cached(sql)?.execute(params![document.0, kind])? {
            0 => Err(VaultError::NoSuchDocument),
            _ => Ok(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::Place;
    use crate::{NewDocument, NewPage};

    #[test]
    fn what_is_left_is_counted_and_a_kind_is_noted() {
        let place = Place::new();
        let vault = place.create();
        assert_eq!(vault.library_left().unwrap(), LibraryLeft::default());
        let new = NewDocument {
            name: "a",
            kind: "",
            origin: None,
            bytes: 1,
            sha256: [1; 32],
            modified_at: None,
            keeps_original: false,
        };
        let document = vault.add_document(&new, &[]).unwrap().document();
        vault.set_pages_total(document, 3).unwrap();
        vault.set_document_kind(document, "pdf").unwrap();
        let page = NewPage { number: 0, label: "", width: 0.0, height: 0.0, ocr: false, text: "x", layout: b"" };
        vault.put_page(document, &page, &[]).unwrap();
        assert_eq!(vault.library_left().unwrap(), LibraryLeft { documents: 1, pages: 2, passages: 0 });
        assert_eq!(vault.document(document).unwrap().kind, "pdf");
        assert!(matches!(vault.set_document_kind(DocumentId(99), "pdf"), Err(VaultError::NoSuchDocument)));
    }
}
