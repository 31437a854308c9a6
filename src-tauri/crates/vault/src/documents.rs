//! The table `documents`: what is in the library, how far each document is read, and which older one it replaces.
//!
//! The library's calls, all on [`Vault`]; each fails with [`VaultError::NoLibrary`] in a vault in memory:
//!
//! | what | calls |
//! | --- | --- |
//! | collections | `create_collection`, `rename_collection`, `delete_collection`, `collections`, `put_in_collection`, `take_from_collection` |
//! | documents | `add_document`, `documents`, `document`, `set_pages_total`, `set_document_details`, `finish_document`, `fail_document`, `read_document_again`, `unfinished_documents`, `remove_document` |
//! | removal in steps | `put_away_document`, `tidy_library` |
//! | pages and passages | `put_page`, `page`, `pages`, `passage`, `passages_of_page` |
//! | originals | `store_original`, `seal_original` and `keep_original`, `original`, `original_bytes` |
//! | vectors | `use_vector_model`, `vector_models`, `passages_without_vectors`, `put_vectors` |
//! | search | `search_passages`, `phrases_in` |
//! | what was worked out | `keep_derived`, `derived` |
//! | watched folders | `watch_folder`, `unwatch_folder`, `folder_looked_at`, `watched_folders` |
//!
//! The same bytes are one document. A changed file is a new document that replaces the older one: until it is read, the older one is found and
//! the newer one is not. A document that was put away is seen by nobody, and erased in steps by `tidy_library`, which
//! whoever holds the vault calls until it says that there is no more to do, best without adding pages in between.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::collections::{self, CollectionId};
use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::passages::Erasing;
use crate::removal::put_away;
use crate::scope::Filter;
use crate::{Vault, now, pages};

/// A document's number; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub i64);

impl fmt::Display for DocumentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// What is known of a document when it is added.
#[derive(Clone)]
pub struct NewDocument<'a> {
    /// What the person sees in the list.
    pub name: &'a str,
    /// What it is (`pdf`, `docx`); filters compare it.
    pub kind: &'a str,
    /// Where it came from, where it came from a file.
    pub origin: Option<&'a str>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// Unix milliseconds of the file's last change, where known.
    pub modified_at: Option<i64>,
    /// Whether the vault is to keep the original.
    pub keeps_original: bool,
}

impl fmt::Debug for NewDocument<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewDocument")
            .field("name", &Hidden::text(self.name))
            .field("kind", &self.kind)
            .field("bytes", &self.bytes)
            .field("keeps_original", &self.keeps_original)
            .finish_non_exhaustive()
    }
}

/// What [`Vault::add_document`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// These bytes are in the library already.
    Known(DocumentId),
    /// They are new, and wait to be read.
    New(DocumentId),
    /// They are new, and take the place of an older document with the same origin once they are read.
    NewVersion {
        /// What waits to be read.
        document: DocumentId,
        /// What serves until then.
        replaces: DocumentId,
    },
}

impl Added {
    /// The document that has these bytes.
    #[must_use]
    pub fn document(self) -> DocumentId {
        match self {
            Self::Known(document) | Self::New(document) | Self::NewVersion { document, .. } => document,
        }
    }
}

/// How far a document is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DocumentState {
    /// Nobody has begun to read it.
    Waiting,
    /// Some of its pages are there.
    Reading,
    /// All of it is there.
    Read,
    /// It could not be read, or not to its end.
    Failed {
        /// A stable word for programs.
        code: String,
        /// What the person is told.
        sentence: String,
    },
}

impl fmt::Debug for DocumentState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting => out.write_str("Waiting"),
            Self::Reading => out.write_str("Reading"),
            Self::Read => out.write_str("Read"),
            Self::Failed { code, .. } => write!(out, "Failed({code})"),
        }
    }
}

/// A document without its pages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its number.
    pub id: DocumentId,
    /// What the person sees in the list.
    pub name: String,
    /// Its own title; empty where it has none.
    pub title: String,
    /// What it is (`pdf`, `docx`).
    pub kind: String,
    /// Where it came from, where it came from a file.
    pub origin: Option<String>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Unix milliseconds of the file's last change, where known.
    pub modified_at: Option<i64>,
    /// Unix milliseconds.
    pub added_at: i64,
    /// How far it is.
    pub state: DocumentState,
    /// Pages that are there.
    pub pages_read: u64,
    /// Pages that it has; 0 until this is known.
    pub pages_total: u64,
    /// Of the pages that are there, the ones that were read from a picture.
    pub pages_ocr: u64,
    /// Its passages.
    pub passages: u64,
    /// Of these, the ones that still wait for a vector; 0 where no model gives any.
    pub passages_waiting: u64,
    /// The languages that it is in, most of it first; codes as whoever found them gave them.
    pub languages: Vec<String>,
    /// The collections that it is in.
    pub collections: Vec<CollectionId>,
    /// The older version that it replaces once it is read.
    pub replaces: Option<DocumentId>,
    /// Whether the vault is to keep the original.
    pub keeps_original: bool,
    /// Whether the whole original is there.
    pub has_original: bool,
}

impl fmt::Debug for Document {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Document")
            .field("id", &self.id)
            .field("name", &Hidden::text(&self.name))
            .field("kind", &self.kind)
            .field("bytes", &self.bytes)
            .field("state", &self.state)
            .field("pages_read", &self.pages_read)
            .field("pages_total", &self.pages_total)
            .field("passages", &self.passages)
            .field("replaces", &self.replaces)
            .finish_non_exhaustive()
    }
}

const SELECT: &str = "SELECT id, name, title, kind, origin, bytes, lower(hex(sha256)), modified_at, added_at, state, failure_code, failure,
                             pages_read, pages_total, passages, passages_waiting, languages,
                             (SELECT json_group_array(collection_id) FROM memberships WHERE document_id = d.id),
                             replaces_id, keeps_original, sealed,
                             (SELECT count(*) FROM pages WHERE document_id = d.id AND ocr)
                      FROM documents d WHERE state <> 'removed'";

fn read(row: &Row<'_>) -> rusqlite::Result<Document> {
    let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
    let collections: Vec<i64> = json(row, 17)?;
    Ok(Document {
        id: DocumentId(row.get(0)?),
        name: row.get(1)?,
        title: row.get(2)?,
        kind: row.get(3)?,
        origin: row.get(4)?,
        bytes: count(5)?,
        sha256: row.get(6)?,
        modified_at: row.get(7)?,
        added_at: row.get(8)?,
        state: read_state(row)?,
        pages_read: count(12)?,
        pages_total: count(13)?,
        pages_ocr: count(21)?,
        passages: count(14)?,
        passages_waiting: count(15)?,
        languages: json(row, 16)?,
        collections: collections.into_iter().map(CollectionId).collect(),
        replaces: row.get::<_, Option<i64>>(18)?.map(DocumentId),
        keeps_original: row.get(19)?,
        has_original: row.get(20)?,
    })
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<DocumentState> {
    match row.get_ref(9)?.as_str()? {
        "waiting" => Ok(DocumentState::Waiting),
        "reading" => Ok(DocumentState::Reading),
        "read" => Ok(DocumentState::Read),
        "failed" => Ok(DocumentState::Failed { code: row.get(10)?, sentence: row.get(11)? }),
        _ => Err(rusqlite::Error::InvalidColumnType(9, "state".to_owned(), rusqlite::types::Type::Text)),
    }
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    serde_json::from_str(row.get_ref(column)?.as_str()?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

impl Vault {
    /// Adds a document that waits to be read, unless its bytes are in the library already, and puts it into `collections`.
    ///
    /// A document of the same origin with other bytes is the older version of this one: it is found until this one is read, and then put
    /// away. Of several newer versions only the last one stays. [`Vault::tidy_library`] erases the others.
    ///
    /// # Errors
    /// [`VaultError::NoSuchCollection`], [`VaultError::NoLibrary`], and the store's faults; nothing is added then.
    pub fn add_document(&self, new: &NewDocument<'_>, collections: &[CollectionId]) -> Result<Added> {
        self.change_library(|store| {
            let known = with_bytes(store, &new.sha256)?;
            let older = new.origin.map_or(Ok(None), |origin| of_origin(store, origin, known))?;
            let added = match (known, older) {
                (Some(known), _) => Added::Known(known),
                (None, None) => Added::New(insert(store, new, None)?),
                (None, Some(replaces)) => {
                    let document = insert(store, new, Some(replaces))?;
                    collections::copy(store, replaces, document)?;
                    Added::NewVersion { document, replaces }
                }
            };
            collections.iter().try_for_each(|collection| collections::add(store, added.document(), *collection))?;
            Ok(added)
        })
    }

    /// The documents that `filter` lets through, newest first. An older version and the newer one that is being read are both there.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<Document>> {
        self.look_library(|store| {
            let ids = filter.documents(store)?;
            let sql = format!("{SELECT} AND id IN (SELECT value FROM json_each(?1)) ORDER BY added_at DESC, id DESC");
            let mut statement = store.prepare_cached(&sql)?;
            Ok(statement.query_map([as_json(&ids)?], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One document.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn document(&self, document: DocumentId) -> Result<Document> {
        self.look_library(|store| {
            let mut statement = store.prepare_cached(&format!("{SELECT} AND id = ?1"))?;
            statement.query_row([document.0], read).optional()?.ok_or(VaultError::NoSuchDocument)
        })
    }

    /// The documents that are not read to their end, oldest first: what goes on after a restart. Those that failed are not among them.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn unfinished_documents(&self) -> Result<Vec<Document>> {
        self.look_library(|store| {
            let sql = format!("{SELECT} AND state IN ('waiting', 'reading') ORDER BY id");
            let mut statement = store.prepare_cached(&sql)?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Notes how many pages a document has.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn set_pages_total(&self, document: DocumentId, pages: u32) -> Result<()> {
        let sql = "UPDATE documents SET pages_total = ?2 WHERE id = ?1 AND state <> 'removed'";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute(params![document.0, pages])?))
    }

    /// Notes a document's own title and the languages that it is in.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn set_document_details(&self, document: DocumentId, title: &str, languages: &[&str]) -> Result<()> {
        let sql = "UPDATE documents SET title = ?2, languages = ?3 WHERE id = ?1 AND state <> 'removed'";
        self.change_library(|store| {
            let languages = as_json(&languages)?;
            found(store.prepare_cached(sql)?.execute(params![document.0, title, languages])?)
        })
    }

    /// Notes that all pages of a document are there. The older version that it replaces is put away, and [`Vault::tidy_library`] erases it.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NotReading`] for one that failed, [`VaultError::NoLibrary`], and the store's faults.
    pub fn finish_document(&self, document: DocumentId) -> Result<()> {
        let replaced = self.change_library(|store| {
            let state = state_of(store, document)?;
            if state == "failed" {
                return Err(VaultError::NotReading);
            }
            let replaced: Option<i64> = store
                .prepare_cached("SELECT replaces_id FROM documents WHERE id = ?1")?
                .query_row([document.0], |row| row.get(0))?;
            if let Some(replaced) = replaced {
                put_away(store, DocumentId(replaced))?;
            }
            let sql = "UPDATE documents SET state = 'read', replaces_id = NULL, pages_total = max(pages_total, pages_read) WHERE id = ?1";
            found(store.prepare_cached(sql)?.execute([document.0])?)?;
            Ok(replaced)
        })?;
        if let Some(replaced) = replaced {
            self.codes.forget_document(replaced);
        }
        Ok(())
    }

    /// Notes that a document could not be read, or not to its end. The pages that are there stay; an older version stays too.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn fail_document(&self, document: DocumentId, code: &str, sentence: &str) -> Result<()> {
        let sql = "UPDATE documents SET state = 'failed', failure_code = ?2, failure = ?3 WHERE id = ?1 AND state <> 'removed'";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute(params![document.0, code, sentence])?))
    }

    /// Erases what was read of a document, which then waits to be read again.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn read_document_again(&self, document: DocumentId) -> Result<()> {
        let sql = "UPDATE documents SET state = 'waiting', failure_code = '', failure = '' WHERE id = ?1 AND state <> 'removed'";
        self.change_library(|store| found(store.prepare_cached(sql)?.execute([document.0])?))?;
        self.codes.forget_document(document.0);
        while self.change_library(|store| pages::erase_some(store, document, Erasing::InPlace))? {}
        self.settle_log();
        Ok(())
    }
}

/// The document with these bytes.
fn with_bytes(store: &Connection, sha256: &[u8; 32]) -> Result<Option<DocumentId>> {
    let sql = "SELECT id FROM documents WHERE sha256 = ?1 AND state <> 'removed'";
    Ok(store.prepare_cached(sql)?.query_row([sha256.as_slice()], |row| row.get(0).map(DocumentId)).optional()?)
}

/// The document of this origin that serves; newer versions of it that nobody has read are put away, all but `known`.
fn of_origin(store: &Connection, origin: &str, known: Option<DocumentId>) -> Result<Option<DocumentId>> {
    let sql = "SELECT id, replaces_id FROM documents WHERE origin = ?1 AND state <> 'removed' ORDER BY id";
    let rows: Vec<(i64, Option<i64>)> = store
        .prepare_cached(sql)?
        .query_map([origin], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut serving = None;
    for (id, replaces) in rows {
        let id = DocumentId(id);
        match replaces {
            Some(_) if known != Some(id) => put_away(store, id)?,
            Some(_) => {}
            None => serving = Some(id),
        }
    }
    Ok(serving)
}

fn insert(store: &Connection, new: &NewDocument<'_>, replaces: Option<DocumentId>) -> Result<DocumentId> {
    let sql = "INSERT INTO documents (replaces_id, sha256, bytes, name, kind, origin, modified_at, added_at, state, keeps_original)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', ?9)";
    store.prepare_cached(sql)?.execute(params![
        replaces.map(|document| document.0),
        new.sha256.as_slice(),
        i64::try_from(new.bytes).unwrap_or(i64::MAX),
        new.name,
        new.kind,
        new.origin,
        new.modified_at,
        now(),
        new.keeps_original,
    ])?;
    Ok(DocumentId(store.last_insert_rowid()))
}

/// The word for how far a document is.
pub(crate) fn state_of(store: &Connection, document: DocumentId) -> Result<String> {
    let sql = "SELECT state FROM documents WHERE id = ?1 AND state <> 'removed'";
    let state = store.prepare_cached(sql)?.query_row([document.0], |row| row.get(0)).optional()?;
    state.ok_or(VaultError::NoSuchDocument)
}

/// Shows that a document is in the library.
pub(crate) fn check_there(store: &Connection, document: DocumentId) -> Result<()> {
    state_of(store, document).map(|_| ())
}

pub(crate) fn found(rows: usize) -> Result<()> {
    if rows == 0 { Err(VaultError::NoSuchDocument) } else { Ok(()) }
}

/// A list as the statements read it with `json_each`.
pub(crate) fn as_json<T: Serialize>(list: &T) -> Result<String> {
    serde_json::to_string(list).map_err(|_| VaultError::Database("a list could not be written".to_owned()))
}

/// A number of things as `SQLite` keeps it.
pub(crate) fn int(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
