//! The table `derived`: what was worked out about a document at some cost, so that it need not be worked out again. The vault does not look
//! into it. It goes with its document.

use rusqlite::{OptionalExtension as _, params};

use crate::Vault;
use crate::documents::{self, DocumentId};
use crate::error::Result;

impl Vault {
    /// Keeps something that was worked out about a document under a key, in place of what was there.
    ///
    /// # Errors
    /// [`crate::VaultError::NoSuchDocument`], [`crate::VaultError::NoLibrary`], and the store's faults.
    pub fn keep_derived(&self, document: DocumentId, key: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO derived (document_id, key, body) VALUES (?1, ?2, ?3)
                   ON CONFLICT (document_id, key) DO UPDATE SET body = excluded.body";
        self.change_library(|store| {
            documents::check_there(store, document)?;
            store.prepare_cached(sql)?.execute(params![document.0, key, body])?;
            Ok(())
        })
    }

    /// What was worked out about a document under a key, where it was.
    ///
    /// # Errors
    /// [`crate::VaultError::NoLibrary`], and the store's faults.
    pub fn derived(&self, document: DocumentId, key: &str) -> Result<Option<String>> {
        self.look_library(|store| {
            let mut statement = store.prepare_cached("SELECT body FROM derived WHERE document_id = ?1 AND key = ?2")?;
            Ok(statement.query_row(params![document.0, key], |row| row.get(0)).optional()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::VaultError;
    use crate::documents::DocumentId;
    use crate::documents_tests::read_document;
    use crate::tests::Place;

    #[test]
    fn what_was_worked_out_is_kept_with_its_document_and_goes_with_it() {
        let place = Place::new();
        let vault = place.create();
        let (document, _) = read_document(&vault, "words");
        assert_eq!(vault.derived(document, "k").unwrap(), None);
        vault.keep_derived(document, "k", "one").unwrap();
        vault.keep_derived(document, "k", "two").unwrap();
        assert_eq!(vault.derived(document, "k").unwrap().as_deref(), Some("two"));
        vault.remove_document(document).unwrap();
        assert_eq!(vault.derived(document, "k").unwrap(), None);
        assert!(matches!(vault.keep_derived(DocumentId(99), "k", "x"), Err(VaultError::NoSuchDocument)));
    }
}
