//! The table `pages`: the text of each page and where it stands. A page is kept with its passages and their words, all of it or nothing.

use std::fmt;
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::documents::{self, DocumentId, int};
use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::passages::{self, Erasing, PassageId};
use crate::{Vault, vectors};

/// Pages that are erased in one transaction.
const ERASED_AT_ONCE: i64 = 16;

/// A page to keep.
#[derive(Clone)]
pub struct NewPage<'a> {
    /// Counted from 0.
    pub number: u32,
    /// Its name in the document, or empty.
    pub label: &'a str,
    /// In points (1/72 inch); 0 where there is no paper.
    pub width: f32,
    /// In points; 0 where there is no paper.
    pub height: f32,
    /// Whether the text was read from a picture.
    pub ocr: bool,
    /// Its text.
    pub text: &'a str,
    /// Where its text stands, in bytes that the vault does not look into.
    pub layout: &'a [u8],
}

impl fmt::Debug for NewPage<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewPage")
            .field("number", &self.number)
            .field("text", &Hidden::text(self.text))
            .field("layout", &Hidden(self.layout.len()))
            .finish_non_exhaustive()
    }
}

/// A stretch of a page's text that is found and quoted as one.
#[derive(Clone)]
pub struct NewPassage<'a> {
    /// Which bytes of the page's text, at boundaries of characters; not empty.
    pub span: Range<usize>,
    /// The headings that it stands below; searched with it, or empty.
    pub heading: &'a str,
    /// Its length in tokens of the embedding model that it was sized for.
    pub tokens: u32,
}

impl fmt::Debug for NewPassage<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewPassage").field("span", &self.span).field("tokens", &self.tokens).finish_non_exhaustive()
    }
}

/// A page that is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What is known of it without its text.
    pub summary: PageSummary,
    /// Its text.
    pub text: String,
    /// Where its text stands, in bytes that the vault does not look into.
    pub layout: Vec<u8>,
}

impl fmt::Debug for Page {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Page")
            .field("summary", &self.summary)
            .field("text", &Hidden::text(&self.text))
            .field("layout", &Hidden(self.layout.len()))
            .finish()
    }
}

/// A page without its text.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PageSummary {
    /// Counted from 0.
    pub number: u32,
    /// Its name in the document, or empty.
    pub label: String,
    /// In points (1/72 inch); 0 where there is no paper.
    pub width: f32,
    /// In points; 0 where there is no paper.
    pub height: f32,
    /// Whether the text was read from a picture.
    pub ocr: bool,
    /// The length of its text in bytes.
    pub bytes: u64,
}

impl fmt::Debug for PageSummary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PageSummary")
            .field("number", &self.number)
            .field("ocr", &self.ocr)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// The columns that [`summary`] expects.
const COLUMNS: &str = "number, label, width, height, ocr, octet_length(text)";

fn summary(row: &Row<'_>) -> rusqlite::Result<PageSummary> {
    Ok(PageSummary {
        number: row.get(0)?,
        label: row.get(1)?,
        width: row.get(2)?,
        height: row.get(3)?,
        ocr: row.get(4)?,
        bytes: row.get::<_, i64>(5)?.unsigned_abs(),
    })
}

impl Vault {
    /// Keeps a page with its passages, whose words can be found at once. A page of this number that is there already is replaced.
    ///
    /// # Errors
    /// [`VaultError::NotReading`] where the document is read or failed, [`VaultError::BadPassage`], [`VaultError::NoSuchDocument`],
    /// [`VaultError::NoLibrary`], and the store's faults; nothing of the page is kept then.
    pub fn put_page(
        &self,
        document: DocumentId,
        page: &NewPage<'_>,
        passages: &[NewPassage<'_>],
    ) -> Result<Vec<PassageId>> {
        let (put, gone) = self.change_library(|store| {
            if !matches!(documents::state_of(store, document)?.as_str(), "waiting" | "reading") {
                return Err(VaultError::NotReading);
            }
            let gone = match id_of(store, document, page.number)? {
                Some(replaced) => erase(store, document, replaced, Erasing::InPlace)?,
                None => Vec::new(),
            };
            let id = insert(store, document, page)?;
            let put = passages
                .iter()
                .map(|passage| passages::insert(store, document, id, page.text, passage))
                .collect::<Result<Vec<_>>>()?;
            let waiting = vectors::wait(store, &put)?;
            count(store, document, 1, put.len(), waiting)?;
            Ok((put, gone))
        })?;
        if !gone.is_empty() {
            self.codes.forget_passages(&gone);
        }
        Ok(put)
    }

    /// One page with its text.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPage`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn page(&self, document: DocumentId, number: u32) -> Result<Page> {
        let sql = format!(
            "SELECT {COLUMNS}, text, layout FROM pages WHERE document_id = ?1 AND number = ?2
             AND EXISTS (SELECT 1 FROM documents d WHERE d.id = ?1 AND d.state <> 'removed')"
        );
        let read = |row: &Row<'_>| Ok(Page { summary: summary(row)?, text: row.get(6)?, layout: row.get(7)? });
        self.look_library(|store| {
            let mut statement = store.prepare_cached(&sql)?;
            statement.query_row(params![document.0, number], read).optional()?.ok_or(VaultError::NoSuchPage)
        })
    }

    /// What is known of a document's pages, in order, without their texts. Those that nobody has read yet are not among them.
    ///
    /// # Errors
    /// [`VaultError::NoSuchDocument`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn pages(&self, document: DocumentId) -> Result<Vec<PageSummary>> {
        let sql = format!("SELECT {COLUMNS} FROM pages WHERE document_id = ?1 ORDER BY number");
        self.look_library(|store| {
            documents::check_there(store, document)?;
            let mut statement = store.prepare_cached(&sql)?;
            Ok(statement.query_map([document.0], summary)?.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn id_of(store: &Connection, document: DocumentId, number: u32) -> Result<Option<i64>> {
    let sql = "SELECT id FROM pages WHERE document_id = ?1 AND number = ?2";
    Ok(store.prepare_cached(sql)?.query_row(params![document.0, number], |row| row.get(0)).optional()?)
}

fn insert(store: &Connection, document: DocumentId, page: &NewPage<'_>) -> Result<i64> {
    let sql = "INSERT INTO pages (document_id, number, label, width, height, ocr, text, layout)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    // A size that is none would come back as NULL, which is no number.
    let size = |points: f32| if points.is_finite() { points } else { 0.0 };
    store.prepare_cached(sql)?.execute(params![
        document.0,
        page.number,
        page.label,
        size(page.width),
        size(page.height),
        page.ocr,
        page.text,
        page.layout,
    ])?;
    Ok(store.last_insert_rowid())
}

/// Adds to what a document counts, and notes that it is being read.
fn count(store: &Connection, document: DocumentId, pages: usize, passages: usize, waiting: usize) -> Result<()> {
    let sql = "UPDATE documents SET state = 'reading', pages_read = pages_read + ?2, passages = passages + ?3,
                                    passages_waiting = passages_waiting + ?4 WHERE id = ?1";
    documents::found(store.prepare_cached(sql)?.execute([document.0, int(pages), int(passages), int(waiting)])?)
}

/// Erases a page, its passages, their words and vectors; the passages' numbers.
fn erase(store: &Connection, document: DocumentId, page: i64, erasing: Erasing) -> Result<Vec<PassageId>> {
    let gone = passages::erase_of_page(store, page, erasing)?;
    let waiting = vectors::erase(store, &gone)?;
    store.prepare_cached("DELETE FROM pages WHERE id = ?1")?.execute([page])?;
    let sql = "UPDATE documents SET pages_read = pages_read - 1, passages = passages - ?2, passages_waiting = passages_waiting - ?3
               WHERE id = ?1";
    documents::found(store.prepare_cached(sql)?.execute([document.0, int(gone.len()), int(waiting)])?)?;
    Ok(gone)
}

/// Erases a document's first pages; whether there were any.
pub(crate) fn erase_some(store: &Connection, document: DocumentId, erasing: Erasing) -> Result<bool> {
    let sql = "SELECT id FROM pages WHERE document_id = ?1 ORDER BY number LIMIT ?2";
    let some: Vec<i64> = store
        .prepare_cached(sql)?
        .query_map([document.0, ERASED_AT_ONCE], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    some.iter().try_for_each(|page| erase(store, document, *page, erasing).map(|_| ()))?;
    Ok(!some.is_empty())
}
