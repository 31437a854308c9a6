//! Which documents a list or a search is about. It is worked out over the table `documents` before anything is ranked.

use std::ops::{Range, RangeInclusive};

use rusqlite::{Connection, params};

use crate::collections::CollectionId;
use crate::documents::{DocumentId, as_json};
use crate::error::Result;

/// Documents of which it is worth while to ask where their passages lie.
const FEW: usize = 1_000;

/// What a document must be; an empty list and `None` let all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// It is in one of these collections.
    pub collections: Vec<CollectionId>,
    /// It is one of these.
    pub documents: Vec<DocumentId>,
    /// It is of one of these kinds.
    pub kinds: Vec<String>,
    /// It was added then: Unix milliseconds, without the last one.
    pub added: Option<Range<i64>>,
    /// Its file was changed then: Unix milliseconds, without the last one. A document of which this is not known is left out.
    pub modified: Option<Range<i64>>,
}

const MATCHES: &str = "state <> 'removed'
    AND (?1 = '[]' OR id IN (SELECT document_id FROM memberships WHERE collection_id IN (SELECT value FROM json_each(?1))))
    AND (?2 = '[]' OR id IN (SELECT value FROM json_each(?2)))
    AND (?3 = '[]' OR kind IN (SELECT value FROM json_each(?3)))
    AND (?4 IS NULL OR added_at >= ?4 AND added_at < ?5)
    AND (?6 IS NULL OR modified_at >= ?6 AND modified_at < ?7)";

impl Filter {
    /// Whether it lets every document through.
    fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// The numbers of the documents that it lets through.
    pub(crate) fn documents(&self, store: &Connection) -> Result<Vec<DocumentId>> {
        self.select(store, &format!("SELECT id FROM documents WHERE {MATCHES}"))
    }

    fn select(&self, store: &Connection, sql: &str) -> Result<Vec<DocumentId>> {
        let (added, modified) = (self.added.as_ref(), self.modified.as_ref());
        let bounds = params![
            as_json(&self.collections)?,
            as_json(&self.documents)?,
            as_json(&self.kinds)?,
            added.map(|range| range.start),
            added.map(|range| range.end),
            modified.map(|range| range.start),
            modified.map(|range| range.end),
        ];
        let mut statement = store.prepare_cached(sql)?;
        Ok(statement.query_map(bounds, |row| row.get(0).map(DocumentId))?.collect::<rusqlite::Result<_>>()?)
    }
}

/// The documents that a search may find.
#[derive(Debug)]
pub(crate) enum Scope {
    /// All of them.
    Everything,
    /// Those whose place in the list is true.
    These(Vec<bool>),
}

impl Scope {
    /// What `filter` lets through, without versions that are still being read and what is put away.
    pub(crate) fn of(store: &Connection, filter: &Filter) -> Result<Self> {
        let hidden = "SELECT 1 FROM documents WHERE state = 'removed' UNION ALL
                      SELECT 1 FROM documents WHERE replaces_id IS NOT NULL LIMIT 1";
        if filter.is_open() && !store.prepare_cached(hidden)?.exists([])? {
            return Ok(Self::Everything);
        }
        let ids = filter.select(store, &format!("SELECT id FROM documents WHERE {MATCHES} AND replaces_id IS NULL"))?;
        let places: Vec<usize> = ids.iter().filter_map(|document| usize::try_from(document.0).ok()).collect();
        let mut list = vec![false; places.iter().max().map_or(0, |last| last + 1)];
        for place in places {
            list[place] = true;
        }
        Ok(Self::These(list))
    }

    /// The numbers between which the passages of the documents lie. Those of one document lie close to each other, so that a search in a
    /// few of them need not look at the words of all others.
    pub(crate) fn passages(&self, store: &Connection) -> Result<RangeInclusive<i64>> {
        let sql = "SELECT coalesce(max(id), 0) FROM passages";
        let everything = 0..=store.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        let Self::These(list) = self else { return Ok(everything) };
        let documents = || (0_i64..).zip(list).filter(|(_, there)| **there).map(|(document, _)| document);
        if documents().nth(FEW).is_some() {
            return Ok(everything);
        }
        let mut first_of = store.prepare_cached("SELECT min(id) FROM passages WHERE document_id = ?1")?;
        let mut last_of = store.prepare_cached("SELECT max(id) FROM passages WHERE document_id = ?1")?;
        let (mut lowest, mut highest) = (i64::MAX, i64::MIN);
        for document in documents() {
            if let Some(first) = first_of.query_row([document], |row| row.get::<_, Option<i64>>(0))? {
                lowest = lowest.min(first);
            }
            if let Some(end) = last_of.query_row([document], |row| row.get::<_, Option<i64>>(0))? {
                highest = highest.max(end);
            }
        }
        Ok(lowest..=highest)
    }

    /// Whether a search may find this document.
    pub(crate) fn holds(&self, document: i64) -> bool {
        match self {
            Self::Everything => true,
            Self::These(list) => {
                usize::try_from(document).ok().and_then(|place| list.get(place)).copied().unwrap_or(false)
            }
        }
    }

    /// Whether a search can find nothing.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::These(list) if list.is_empty())
    }
}
