//! The table `watched_folders`: folders whose files the person wants in the library. It knows paths and times; it looks into no folder.

use std::fmt;

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::collections::CollectionId;
use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::{Vault, now};

/// A folder that stays watched.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchedFolder {
    /// Its path, as it was given.
    pub path: String,
    /// The collection that its files go into.
    pub collection: Option<CollectionId>,
    /// Unix milliseconds.
    pub added_at: i64,
    /// Unix milliseconds of the last time all of it was looked at.
    pub looked_at: Option<i64>,
}

impl fmt::Debug for WatchedFolder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WatchedFolder")
            .field("path", &Hidden::text(&self.path))
            .field("collection", &self.collection)
            .field("looked_at", &self.looked_at)
            .finish_non_exhaustive()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<WatchedFolder> {
    Ok(WatchedFolder {
        path: row.get(0)?,
        collection: row.get::<_, Option<i64>>(1)?.map(CollectionId),
        added_at: row.get(2)?,
        looked_at: row.get(3)?,
    })
}

impl Vault {
    /// Watches a folder from now on; one that is watched already gets this collection.
    ///
    /// # Errors
    /// [`VaultError::NoSuchCollection`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn watch_folder(&self, path: &str, collection: Option<CollectionId>) -> Result<()> {
        let sql = "INSERT INTO watched_folders (path, collection_id, added_at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (path) DO UPDATE SET collection_id = excluded.collection_id";
        self.change_library(|store| {
            let done = store.prepare_cached(sql)?.execute(params![path, collection.map(|id| id.0), now()]);
            done.map(|_| ()).map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::ConstraintViolation) => VaultError::NoSuchCollection,
                _ => error.into(),
            })
        })
    }

    /// Watches a folder no more. Its documents stay in the library.
    ///
    /// # Errors
    /// [`VaultError::NoSuchFolder`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn unwatch_folder(&self, path: &str) -> Result<()> {
        let sql = "DELETE FROM watched_folders WHERE path = ?1";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute([path])?))
    }

    /// Notes that all of a folder was looked at, at `when` (Unix milliseconds).
    ///
    /// # Errors
    /// [`VaultError::NoSuchFolder`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn folder_looked_at(&self, path: &str, when: i64) -> Result<()> {
        let sql = "UPDATE watched_folders SET looked_at = ?2 WHERE path = ?1";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute(params![path, when])?))
    }

    /// The watched folders, by path.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn watched_folders(&self) -> Result<Vec<WatchedFolder>> {
        let sql = "SELECT path, collection_id, added_at, looked_at FROM watched_folders ORDER BY path";
        self.look_library(|store| {
            let mut statement = store.prepare_cached(sql)?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn found(rows: usize) -> Result<()> {
    if rows == 0 { Err(VaultError::NoSuchFolder) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::Place;

    #[test]
    fn a_folder_is_watched_until_it_is_no_more() {
        let place = Place::new();
        let vault = place.create();
        let work = vault.create_collection("work").unwrap();
        vault.watch_folder("/canary/b", None).unwrap();
        vault.watch_folder("/canary/a", Some(work)).unwrap();
        vault.watch_folder("/canary/b", Some(work)).unwrap();
        assert_eq!(vault.watch_folder("/c", Some(CollectionId(99))).unwrap_err().code(), "no_such_collection");
        vault.folder_looked_at("/canary/a", 7).unwrap();
        assert_eq!(vault.folder_looked_at("/c", 7).unwrap_err().code(), "no_such_folder");
        let folders = vault.watched_folders().unwrap();
        let seen: Vec<_> = folders.iter().map(|folder| (folder.path.as_str(), folder.looked_at)).collect();
        assert_eq!(seen, [("/canary/a", Some(7)), ("/canary/b", None)]);
        assert!(folders.iter().all(|folder| folder.collection == Some(work)));
        assert!(!format!("{folders:?}").contains("canary"));
        vault.delete_collection(work).unwrap();
        assert!(vault.watched_folders().unwrap().iter().all(|folder| folder.collection.is_none()));
        vault.unwatch_folder("/canary/a").unwrap();
        assert_eq!(vault.unwatch_folder("/canary/a").unwrap_err().code(), "no_such_folder");
        assert_eq!(vault.watched_folders().unwrap().len(), 1);
    }
}
