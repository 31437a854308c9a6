//! The tables `collections` and `memberships`: what the person groups documents by. A document is in any number of collections.

use std::fmt;

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::documents::{self, DocumentId};
use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::{Vault, now};

/// A collection's number; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CollectionId(pub i64);

impl fmt::Display for CollectionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A collection and how much is in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Its number.
    pub id: CollectionId,
    /// What the person calls it; no two have the same name.
    pub name: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// How many documents are in it.
    pub documents: u64,
}

impl fmt::Debug for Collection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Collection")
            .field("id", &self.id)
            .field("name", &Hidden::text(&self.name))
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Collection> {
    Ok(Collection {
        id: CollectionId(row.get(0)?),
        name: row.get(1)?,
        created_at: row.get(2)?,
        documents: row.get::<_, i64>(3)?.unsigned_abs(),
    })
}

impl Vault {
    /// Makes an empty collection.
    ///
    /// # Errors
    /// [`VaultError::CollectionExists`] where the name is taken, [`VaultError::NoLibrary`], and the store's faults.
    pub fn create_collection(&self, name: &str) -> Result<CollectionId> {
        self.change_library(|store| {
            let sql = "INSERT INTO collections (name, created_at) VALUES (?1, ?2)";
            store.prepare_cached(sql)?.execute(params![name, now()]).map_err(name_taken)?;
            Ok(CollectionId(store.last_insert_rowid()))
        })
    }

    /// Gives a collection another name.
    ///
    /// # Errors
    /// [`VaultError::NoSuchCollection`], [`VaultError::CollectionExists`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn rename_collection(&self, collection: CollectionId, name: &str) -> Result<()> {
        self.change_library(|store| {
            let sql = "UPDATE collections SET name = ?2 WHERE id = ?1";
            found(store.prepare_cached(sql)?.execute(params![collection.0, name]).map_err(name_taken)?)
        })
    }

    /// Deletes a collection. Its documents stay in the library, and folders watched for it stay watched.
    ///
    /// # Errors
    /// [`VaultError::NoSuchCollection`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn delete_collection(&self, collection: CollectionId) -> Result<()> {
        let sql = "DELETE FROM collections WHERE id = ?1";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute([collection.0])?))
    }

    /// All collections, by name.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn collections(&self) -> Result<Vec<Collection>> {
        let sql = "SELECT id, name, created_at,
                          (SELECT count(*) FROM memberships m JOIN documents d ON d.id = m.document_id
                           WHERE m.collection_id = c.id AND d.state <> 'removed' AND d.replaces_id IS NULL)
                   FROM collections c ORDER BY name COLLATE NOCASE, id";
        self.look_library(|store| {
            let mut statement = store.prepare_cached(sql)?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Puts a document into a collection; one that is there already stays.
    ///
    /// # Errors
    /// [`VaultError::NoSuchCollection`], [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn put_in_collection(&self, document: DocumentId, collection: CollectionId) -> Result<()> {
        self.change_library(|store| {
            documents::check_there(store, document)?;
            add(store, document, collection)
        })
    }

    /// Takes a document out of a collection, whether or not it was in it. It stays in the library.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn take_from_collection(&self, document: DocumentId, collection: CollectionId) -> Result<()> {
        let sql = "DELETE FROM memberships WHERE collection_id = ?1 AND document_id = ?2";
        self.change_library(|store| {
            store.prepare_cached(sql)?.execute([collection.0, document.0])?;
            Ok(())
        })
    }
}

/// Puts a document into a collection that must exist.
pub(crate) fn add(store: &Connection, document: DocumentId, collection: CollectionId) -> Result<()> {
    let there = store.prepare_cached("SELECT 1 FROM collections WHERE id = ?1")?.exists([collection.0])?;
    found(usize::from(there))?;
    let sql = "INSERT OR IGNORE INTO memberships (collection_id, document_id) VALUES (?1, ?2)";
    store.prepare_cached(sql)?.execute([collection.0, document.0])?;
    Ok(())
}

/// Puts `to` into every collection that `from` is in.
pub(crate) fn copy(store: &Connection, from: DocumentId, to: DocumentId) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO memberships (collection_id, document_id)
               SELECT collection_id, ?2 FROM memberships WHERE document_id = ?1";
    store.prepare_cached(sql)?.execute([from.0, to.0])?;
    Ok(())
}

fn found(rows: usize) -> Result<()> {
    if rows == 0 { Err(VaultError::NoSuchCollection) } else { Ok(()) }
}

fn name_taken(error: rusqlite::Error) -> VaultError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => VaultError::CollectionExists,
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents_tests::new_document;
    use crate::tests::Place;

    #[test]
    fn collections_are_made_renamed_listed_with_their_counts_and_deleted() {
        let place = Place::new();
        let vault = place.create();
        let (work, home) = (vault.create_collection("work").unwrap(), vault.create_collection("Home").unwrap());
        assert_eq!(vault.create_collection("work").unwrap_err().code(), "collection_exists");
        assert_eq!(vault.rename_collection(home, "work").unwrap_err().code(), "collection_exists");
        assert_eq!(vault.rename_collection(CollectionId(99), "x").unwrap_err().code(), "no_such_collection");
        let one = vault.add_document(&new_document("one"), &[work, home]).unwrap().document();
        let two = vault.add_document(&new_document("two"), &[work]).unwrap().document();
        vault.put_in_collection(two, work).unwrap();
        assert_eq!(vault.put_in_collection(two, CollectionId(99)).unwrap_err().code(), "no_such_collection");
        assert_eq!(vault.put_in_collection(DocumentId(99), work).unwrap_err().code(), "no_such_document");
        let listed = |vault: &Vault| -> Vec<(String, u64)> {
            vault.collections().unwrap().into_iter().map(|collection| (collection.name, collection.documents)).collect()
        };
        assert_eq!(listed(&vault), [("Home".to_owned(), 1), ("work".to_owned(), 2)]);
        vault.take_from_collection(two, work).unwrap();
        vault.rename_collection(work, "office").unwrap();
        vault.delete_collection(home).unwrap();
        assert_eq!(vault.delete_collection(home).unwrap_err().code(), "no_such_collection");
        assert_eq!(listed(&vault), [("office".to_owned(), 1)]);
        assert_eq!(vault.document(one).unwrap().collections, [work]);
        assert!(!format!("{:?}", vault.collections().unwrap()).contains("office"));
    }
}
