//! The tables `passages` and `passage_words`: which stretches of a page are found and quoted as one, and their words for the search.
//!
//! A passage has no text of its own: it is a range of its page's. The index keeps what it was given, so that it can take it out again exactly.

use std::fmt;
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::documents::{DocumentId, int};
use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::pages::NewPassage;
use crate::{Vault, words};

/// Pages of the index that are rewritten in one transaction; 4 KiB each.
const REWRITTEN_AT_ONCE: i64 = 1_000;

/// A passage's number; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassageId(pub i64);

impl fmt::Display for PassageId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A passage with its text and where it stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its number.
    pub id: PassageId,
    /// The document it is in.
    pub document: DocumentId,
    /// That document's name.
    pub document_name: String,
    /// The page it is on, counted from 0.
    pub page: u32,
    /// That page's name in the document, or empty.
    pub page_label: String,
    /// Whether that page was read from a picture.
    pub ocr: bool,
    /// Which bytes of that page's text.
    pub span: Range<usize>,
    /// The headings that it stands below, or empty.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// Its length in tokens of the embedding model that it was sized for.
    pub tokens: u32,
}

impl fmt::Debug for Passage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Passage")
            .field("id", &self.id)
            .field("document", &self.document)
            .field("page", &self.page)
            .field("span", &self.span)
            .field("text", &Hidden::text(&self.text))
            .finish_non_exhaustive()
    }
}

const SELECT: &str =
    "SELECT p.id, p.document_id, d.name, g.number, g.label, g.ocr, p.start, p.end, p.heading, p.tokens, g.text
                      FROM passages p JOIN pages g ON g.id = p.page_id JOIN documents d ON d.id = p.document_id
                      WHERE d.state <> 'removed'";

/// A passage; nothing where it does not lie within its page's text, which no whole store holds.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<Passage>> {
    let end_of = |column| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(usize::MAX));
    let span = end_of(6)?..end_of(7)?;
    let Some(text) = row.get_ref(10)?.as_str()?.get(span.clone()).map(str::to_owned) else { return Ok(None) };
    Ok(Some(Passage {
        id: PassageId(row.get(0)?),
        document: DocumentId(row.get(1)?),
        document_name: row.get(2)?,
        page: row.get(3)?,
        page_label: row.get(4)?,
        ocr: row.get(5)?,
        span,
        heading: row.get(8)?,
        tokens: row.get(9)?,
        text,
    }))
}

fn whole(passage: Option<Passage>) -> Result<Passage> {
    passage.ok_or_else(|| VaultError::damaged("a passage does not lie within its page"))
}

impl Vault {
    /// One passage.
    ///
    /// # Errors
    /// [`VaultError::NoSuchPassage`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn passage(&self, passage: PassageId) -> Result<Passage> {
        self.look_library(|store| find(store, passage)?.ok_or(VaultError::NoSuchPassage))
    }

    /// The passages of a page, in the order of its text; none where there is no such page.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn passages_of_page(&self, document: DocumentId, number: u32) -> Result<Vec<Passage>> {
        let sql = format!("{SELECT} AND g.document_id = ?1 AND g.number = ?2 ORDER BY p.start, p.id");
        self.look_library(|store| {
            let mut statement = store.prepare_cached(&sql)?;
            let found = statement.query_map(params![document.0, number], read)?;
            found.map(|passage| whole(passage?)).collect()
        })
    }
}

/// A passage, where it is there.
pub(crate) fn find(store: &Connection, passage: PassageId) -> Result<Option<Passage>> {
    let mut statement = store.prepare_cached(&format!("{SELECT} AND p.id = ?1"))?;
    statement.query_row([passage.0], read).optional()?.map(whole).transpose()
}

/// The document that a passage is in.
pub(crate) fn document_of(store: &Connection, passage: i64) -> Result<Option<i64>> {
    let sql = "SELECT document_id FROM passages WHERE id = ?1";
    Ok(store.prepare_cached(sql)?.query_row([passage], |row| row.get(0)).optional()?)
}

/// Keeps a passage of a page, and its words.
pub(crate) fn insert(
    store: &Connection,
    document: DocumentId,
    page: i64,
    text: &str,
    passage: &NewPassage<'_>,
) -> Result<PassageId> {
    let body = text.get(passage.span.clone()).filter(|body| !body.is_empty()).ok_or(VaultError::BadPassage)?;
    let sql =
        "INSERT INTO passages (document_id, page_id, start, end, tokens, heading) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let NewPassage { span, heading, tokens } = passage;
    store.prepare_cached(sql)?.execute(params![document.0, page, int(span.start), int(span.end), tokens, heading])?;
    let id = store.last_insert_rowid();
    let sql = "INSERT INTO passage_words (rowid, heading, body) VALUES (?1, ?2, ?3)";
    store.prepare_cached(sql)?.execute(params![id, words::indexed(heading), words::indexed(body)])?;
    Ok(PassageId(id))
}

/// How words leave the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Erasing {
    /// Each is overwritten where it stands: slow for each word, and the rest of the index stays as it is.
    InPlace,
    /// They are marked, which is quick, and gone once [`rewrite_some`] has come to its end.
    ByRewriting,
}

/// Rewrites a stretch of the index without what is marked; whether it came to its end.
pub(crate) fn rewrite_some(store: &Connection) -> Result<bool> {
    let changes = || -> Result<i64> { Ok(store.query_row("SELECT total_changes()", [], |row| row.get(0))?) };
    let before = changes()?;
    let sql = "INSERT INTO passage_words (passage_words, rank) VALUES ('merge', ?1)";
    store.prepare_cached(sql)?.execute([-REWRITTEN_AT_ONCE])?;
    // So FTS5 says that there was nothing left to merge: the command itself counts as one change.
    Ok(changes()? - before < 2)
}

/// Erases the passages of a page and their words, and gives their numbers.
pub(crate) fn erase_of_page(store: &Connection, page: i64, erasing: Erasing) -> Result<Vec<PassageId>> {
    let sql = "INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', ?1)";
    store.prepare_cached(sql)?.execute([erasing == Erasing::InPlace])?;
    let gone: Vec<PassageId> = store
        .prepare_cached("SELECT id FROM passages WHERE page_id = ?1")?
        .query_map([page], |row| row.get(0).map(PassageId))?
        .collect::<rusqlite::Result<_>>()?;
    let mut forget = store.prepare_cached("DELETE FROM passage_words WHERE rowid = ?1")?;
    gone.iter().try_for_each(|passage| forget.execute([passage.0]).map(|_| ()))?;
    store.prepare_cached("DELETE FROM passages WHERE page_id = ?1")?.execute([page])?;
    Ok(gone)
}
