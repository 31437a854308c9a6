//! The tables `vector_models`, `vector_codes`, `vector_rows` and `vectors_waiting`: what a search by meaning compares.
//!
//! Of a vector are kept the signs of its distance from the passages' mean, and its numbers in eight bits each. One model serves; where the
//! person chose another one, that one is coming, and serves once every passage has its vector. What the former one left is erased in steps.
//!
//! What is nearest is decided without the direction in which the passages differ most, their first principal component (Mu, Viswanath,
//! 'All-but-the-top', 2018). Under a multilingual model that is the language: with it every French passage comes before the English one that
//! answers a French question. It is taken out of the query alone, so that nothing of what is kept depends on it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::codes::{self, Code, Codes, Query};
use crate::error::{Result, VaultError};
use crate::passages::{self, Passage, PassageId};
use crate::{Vault, mean};

/// Slots for models; the number of a vector is that of its passage times this, plus the slot.
pub(crate) const SLOTS: i64 = 4;
/// More than any embedding model of the catalogue has.
const MOST_DIMENSIONS: u32 = 4096;
/// Vectors of a replaced model that are erased in one transaction.
const ERASED_AT_ONCE: i64 = 2_000;
/// Candidates by code that are looked at closely, and how many more for a large library.
const CANDIDATES: usize = 800;
const CODES_PER_FURTHER_CANDIDATE: usize = 2_500;
const MOST_CANDIDATES: usize = 1_200;

/// A model that makes vectors.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VectorModel {
    /// What tells it from others, its file's version included.
    pub name: String,
    /// Numbers of a vector; 1 to 4,096.
    pub dimensions: u32,
}

/// A model and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VectorModelState {
    /// The model.
    pub model: VectorModel,
    /// Whether queries are to be made with it.
    pub serves: bool,
    /// Whether passages get vectors of it: the one that was chosen last.
    pub chosen: bool,
    /// Vectors that are there.
    pub vectors: u64,
    /// Passages that wait for a vector of it; 0 unless it is the chosen one.
    pub waiting: u64,
}

/// How near a passage is to a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) passage: i64,
    /// Larger is nearer: the cosine without what the passages differ in most.
    pub(crate) score: f32,
    pub(crate) cosine: f32,
}

/// A row of `vector_models`.
pub(crate) struct Model {
    pub(crate) slot: i64,
    pub(crate) dimensions: u32,
    pub(crate) part: Part,
    pub(crate) vectors: i64,
    pub(crate) mean: Vec<f32>,
    pub(crate) mean_version: i64,
    /// How many vectors there were when the mean was taken.
    pub(crate) mean_of: i64,
    pub(crate) former_mean: Vec<f32>,
    /// The last code that is under the newest mean, or the last one erased; nothing where all are.
    pub(crate) recoded_to: Option<i64>,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Serving,
    Coming,
    Unused,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Serving => "serving",
            Self::Coming => "coming",
            Self::Unused => "unused",
        }
    }

    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match row.get_ref(column)?.as_str()? {
            "serving" => Ok(Self::Serving),
            "coming" => Ok(Self::Coming),
            "unused" => Ok(Self::Unused),
            _ => Err(rusqlite::Error::InvalidColumnType(column, "part".to_owned(), rusqlite::types::Type::Text)),
        }
    }
}

const SELECT: &str =
    "SELECT slot, dimensions, part, vectors, mean, mean_version, mean_of, former_mean, recoded_to FROM vector_models";

fn read(row: &Row<'_>) -> rusqlite::Result<Model> {
    Ok(Model {
        slot: row.get(0)?,
        dimensions: row.get(1)?,
        part: Part::read(row, 2)?,
        vectors: row.get(3)?,
        mean: codes::from_bytes(row.get_ref(4)?.as_blob()?),
        mean_version: row.get(5)?,
        mean_of: row.get(6)?,
        former_mean: codes::from_bytes(row.get_ref(7)?.as_blob()?),
        recoded_to: row.get(8)?,
    })
}

fn of_part(store: &Connection, part: Part) -> Result<Option<Model>> {
    let mut statement = store.prepare_cached(&format!("{SELECT} WHERE part = ?1"))?;
    Ok(statement.query_row([part.name()], read).optional()?)
}

fn named(store: &Connection, model: &VectorModel) -> Result<Option<Model>> {
    let mut statement = store.prepare_cached(&format!("{SELECT} WHERE name = ?1"))?;
    let found = statement.query_row([&model.name], read).optional()?;
    Ok(found.filter(|found| found.dimensions == model.dimensions))
}

/// A model whose vectors are kept and found.
fn used(store: &Connection, model: &VectorModel) -> Result<Model> {
    named(store, model)?.filter(|found| found.part != Part::Unused).ok_or(VaultError::NoSuchModel)
}

impl Vault {
    /// Chooses the model that passages get vectors of. A model that has vectors goes on serving until this one has them all.
    ///
    /// # Errors
    /// [`VaultError::BadVector`] where the dimensions are none that a vector can have, or not those that a model of this name had before,
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn use_vector_model(&self, model: &VectorModel) -> Result<()> {
        if !(1..=MOST_DIMENSIONS).contains(&model.dimensions) {
            return Err(VaultError::BadVector);
        }
        let slot = self.change_library(|store| {
            let serving = of_part(store, Part::Serving)?;
            set_part(store, Part::Coming, Part::Unused)?;
            let slot = match named(store, model)? {
                Some(known) => known.slot,
                None => insert(store, model)?,
            };
            if serving.as_ref().is_none_or(|serving| serving.slot != slot) {
                take_part(store, slot, serving.is_some_and(|serving| serving.vectors > 0))?;
            }
            refill(store, slot)?;
            promote_where_complete(store)?;
            Ok(slot)
        })?;
        self.codes.forget(slot);
        Ok(())
    }

    /// The models that vectors are kept of: the one that serves, and the one that is coming.
    ///
    /// # Errors
    /// [`VaultError::NoLibrary`], and the store's faults.
    pub fn vector_models(&self) -> Result<Vec<VectorModelState>> {
        let sql = "SELECT name, dimensions, part, vectors FROM vector_models WHERE part <> 'unused' ORDER BY part DESC";
        self.look_library(|store| {
            let waiting: i64 =
                store.prepare_cached("SELECT count(*) FROM vectors_waiting")?.query_row([], |row| row.get(0))?;
            let mut statement = store.prepare_cached(sql)?;
            let states = statement.query_map([], |row| {
                let (model, part) = (VectorModel { name: row.get(0)?, dimensions: row.get(1)? }, Part::read(row, 2)?);
                Ok((model, part, row.get::<_, i64>(3)?.unsigned_abs()))
            })?;
            let states = states.collect::<rusqlite::Result<Vec<_>>>()?;
            let coming = states.iter().any(|(_, part, _)| *part == Part::Coming);
            let state = |(model, part, vectors)| {
                let (serves, chosen) = (part == Part::Serving, !coming || part == Part::Coming);
                let waiting = if chosen { waiting.unsigned_abs() } else { 0 };
                VectorModelState { model, serves, chosen, vectors, waiting }
            };
            Ok(states.into_iter().map(state).collect())
        })
    }

    /// Passages that wait for a vector of the chosen model, those added last first, `limit` at most; none for another model.
    ///
    /// # Errors
    /// [`VaultError::NoSuchModel`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn passages_without_vectors(&self, model: &VectorModel, limit: usize) -> Result<Vec<Passage>> {
        let sql = "SELECT w.id >> 2 FROM vectors_waiting w JOIN passages p ON p.id = w.id >> 2 JOIN documents d ON d.id = p.document_id
                   WHERE w.id & 3 = ?1 AND d.state <> 'removed' ORDER BY w.id DESC LIMIT ?2";
        self.look_library(|store| {
            let slot = used(store, model)?.slot;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let mut statement = store.prepare_cached(sql)?;
            let ids = statement.query_map([slot, limit], |row| row.get(0).map(PassageId))?;
            let ids = ids.collect::<rusqlite::Result<Vec<_>>>()?;
            ids.into_iter().filter_map(|id| passages::find(store, id).transpose()).collect()
        })
    }

    /// Keeps vectors of passages, in any length; those of passages that are gone by now are left out. How many were kept.
    ///
    /// Where the model was coming and every passage has its vector now, it serves from now on.
    ///
    /// # Errors
    /// [`VaultError::BadVector`], [`VaultError::NoSuchModel`], [`VaultError::NoLibrary`], and the store's faults; none is kept then.
    pub fn put_vectors(&self, model: &VectorModel, vectors: &[(PassageId, Vec<f32>)]) -> Result<usize> {
        let (slot, written, kept, has_new_mean) = self.change_library(|store| {
            let mut row = used(store, model)?;
            let mut written = Vec::with_capacity(vectors.len());
            for (passage, vector) in vectors {
                written.extend(keep(store, &row, *passage, vector)?);
            }
            let kept = written.len();
            row.vectors += i64::try_from(written.iter().filter(|code| code.is_new).count()).unwrap_or(0);
            let sql = "UPDATE vector_models SET vectors = ?2 WHERE slot = ?1";
            store.prepare_cached(sql)?.execute([row.slot, row.vectors])?;
            written.extend(mean::recode(store, &row)?);
            let has_new_mean = mean::renew(store, &row)?;
            promote_where_complete(store)?;
            Ok((row.slot, written, kept, has_new_mean))
        })?;
        if has_new_mean {
            self.codes.forget(slot);
        } else {
            self.codes.update(slot, &written);
        }
        Ok(kept)
    }

    /// One step of erasing vectors of models that were replaced, or of bringing codes up to the newest mean; whether there was any to do.
    pub(crate) fn tidy_vectors(&self) -> Result<bool> {
        if let Some(unused) = self.look(|store| of_part(store, Part::Unused))? {
            self.codes.forget(unused.slot);
            self.change(|store| erase_some_of_model(store, &unused))?;
            return Ok(true);
        }
        let recoding = format!("{SELECT} WHERE recoded_to IS NOT NULL LIMIT 1");
        let Some(model) = self.look(|store| Ok(store.prepare_cached(&recoding)?.query_row([], read).optional()?))?
        else {
            return Ok(false);
        };
        let written = self.change(|store| mean::recode(store, &model))?;
        self.codes.update(model.slot, &written);
        Ok(true)
    }

    /// The direction that a search by meaning does not count, of length 1, so that its results can be compared with exact ones; empty where
    /// there are too few vectors to tell.
    ///
    /// # Errors
    /// [`VaultError::NoSuchModel`], [`VaultError::NoLibrary`], and the store's faults.
    pub fn main_direction(&self, model: &VectorModel) -> Result<Vec<f32>> {
        let row = self.look_library(|store| used(store, model))?;
        self.load_codes(&row)?;
        Ok(self.codes.main_direction(row.slot))
    }

    fn load_codes(&self, row: &Model) -> Result<()> {
        if !self.codes.holds(row.slot) {
            let loaded = self.look(|store| load(store, row))?;
            tracing::debug!(codes = loaded.len(), "codes loaded");
            self.codes.put(row.slot, loaded);
        }
        Ok(())
    }

    /// The passages nearest to a vector, nearest first: those that `admits` lets through by passage and document, and those of `also` that
    /// have a vector.
    pub(crate) fn nearest(
        &self,
        model: &VectorModel,
        vector: &[f32],
        also: &[i64],
        admits: &dyn Fn(i64, i64) -> bool,
    ) -> Result<Vec<Near>> {
        let row = self.look(|store| used(store, model))?;
        let fits = vector.len() == usize::try_from(row.dimensions).unwrap_or(0);
        let query = codes::unit(vector).filter(|_| fits).ok_or(VaultError::BadVector)?;
        self.load_codes(&row)?;
        let further = usize::try_from(row.vectors).unwrap_or(0) / CODES_PER_FURTHER_CANDIDATE;
        let most = (CANDIDATES + further).min(MOST_CANDIDATES);
        let direction = self.codes.main_direction(row.slot);
        let tables = Query::new(&query, &row.mean, &row.former_mean, &direction);
        let mut candidates = self.codes.nearest(row.slot, &tables, most, admits);
        candidates.extend(also);
        // In the order of their rows on the disk.
        candidates.sort_unstable();
        candidates.dedup();
        let asked = codes::without(&query, &direction);
        let mut ranked = self.look(|store| look_closely(store, row.slot, &query, &asked, &candidates))?;
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
        Ok(ranked)
    }
}

/// Where a passage's vector stands.
fn place(passage: i64, slot: i64) -> i64 {
    passage.saturating_mul(SLOTS).saturating_add(slot)
}

/// Gives a new model a free slot; where there is none, that of a model that is not used any more.
fn insert(store: &Connection, model: &VectorModel) -> Result<i64> {
    store
        .prepare_cached("DELETE FROM vector_models WHERE name = ?1 AND vectors = 0 AND part = 'unused'")?
        .execute([&model.name])?;
    let mut statement = store.prepare_cached("SELECT slot FROM vector_models")?;
    let taken = statement.query_map([], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let free = (0..SLOTS).find(|slot| !taken.contains(slot));
    let slot = match (free, of_part(store, Part::Unused)?) {
        (Some(free), _) => free,
        (None, Some(unused)) => {
            store.prepare_cached("DELETE FROM vector_codes WHERE id & 3 = ?1")?.execute([unused.slot])?;
            store.prepare_cached("DELETE FROM vector_rows WHERE id & 3 = ?1")?.execute([unused.slot])?;
            store.prepare_cached("DELETE FROM vector_models WHERE slot = ?1")?.execute([unused.slot])?;
            unused.slot
        }
        (None, None) => return Err(VaultError::damaged("more search models serve than can")),
    };
    let sql = "INSERT INTO vector_models (slot, name, dimensions, part) VALUES (?1, ?2, ?3, 'unused')";
    match store.prepare_cached(sql)?.execute(params![slot, model.name, model.dimensions]) {
        // The same name with other dimensions is another model, and must say so.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Err(VaultError::BadVector)
        }
        done => Ok(done.map(|_| slot)?),
    }
}

fn set_part(store: &Connection, from: Part, to: Part) -> Result<()> {
    // What was erased or recoded of a model up to here says nothing of its new part.
    let sql = "UPDATE vector_models SET part = ?2, recoded_to = 0 WHERE part = ?1";
    store.prepare_cached(sql)?.execute([from.name(), to.name()])?;
    Ok(())
}

/// Lets a model come while another one serves, or serve at once.
fn take_part(store: &Connection, slot: i64, another_serves: bool) -> Result<()> {
    let part = if another_serves { Part::Coming } else { Part::Serving };
    if !another_serves {
        set_part(store, Part::Serving, Part::Unused)?;
    }
    let sql = "UPDATE vector_models SET part = ?2, recoded_to = 0 WHERE slot = ?1";
    store.prepare_cached(sql)?.execute(params![slot, part.name()])?;
    Ok(())
}

/// Lets every passage without a vector of this model wait for one, and for no other.
fn refill(store: &Connection, slot: i64) -> Result<()> {
    store.prepare_cached("DELETE FROM vectors_waiting")?.execute([])?;
    let sql = "INSERT INTO vectors_waiting SELECT id * 4 + ?1 FROM passages
               WHERE NOT EXISTS (SELECT 1 FROM vector_codes c WHERE c.id = passages.id * 4 + ?1)";
    store.prepare_cached(sql)?.execute([slot])?;
    let sql = "UPDATE documents SET passages_waiting = (SELECT count(*) FROM passages p JOIN vectors_waiting w ON w.id = p.id * 4 + ?1
                                                        WHERE p.document_id = documents.id)";
    store.prepare_cached(sql)?.execute([slot])?;
    Ok(())
}

/// Lets the coming model serve, where no passage waits any more.
fn promote_where_complete(store: &Connection) -> Result<()> {
    let waits = store.prepare_cached("SELECT 1 FROM vectors_waiting LIMIT 1")?.exists([])?;
    let Some(coming) = of_part(store, Part::Coming)?.filter(|_| !waits) else { return Ok(()) };
    set_part(store, Part::Serving, Part::Unused)?;
    let sql = "UPDATE vector_models SET part = 'serving' WHERE slot = ?1";
    store.prepare_cached(sql)?.execute([coming.slot])?;
    tracing::info!(vectors = coming.vectors, "another search model serves");
    Ok(())
}

/// Lets new passages wait for a vector of the chosen model; how many do.
pub(crate) fn wait(store: &Connection, passages: &[PassageId]) -> Result<usize> {
    let chosen = match of_part(store, Part::Coming)? {
        Some(coming) => Some(coming),
        None => of_part(store, Part::Serving)?,
    };
    let Some(chosen) = chosen else { return Ok(0) };
    let mut insert = store.prepare_cached("INSERT INTO vectors_waiting (id) VALUES (?1)")?;
    passages.iter().try_for_each(|passage| insert.execute([place(passage.0, chosen.slot)]).map(|_| ()))?;
    Ok(passages.len())
}

/// Erases the vectors of passages under every model; how many of the passages waited for one.
pub(crate) fn erase(store: &Connection, passages: &[PassageId]) -> Result<usize> {
    let mut waited = 0;
    let mut erased: HashMap<i64, i64> = HashMap::new();
    for passage in passages {
        for slot in 0..SLOTS {
            let id = place(passage.0, slot);
            waited += store.prepare_cached("DELETE FROM vectors_waiting WHERE id = ?1")?.execute([id])?;
            if store.prepare_cached("DELETE FROM vector_codes WHERE id = ?1")?.execute([id])? > 0 {
                *erased.entry(slot).or_default() += 1;
            }
            store.prepare_cached("DELETE FROM vector_rows WHERE id = ?1")?.execute([id])?;
        }
    }
    let sql = "UPDATE vector_models SET vectors = vectors - ?2 WHERE slot = ?1";
    for (slot, count) in erased {
        store.prepare_cached(sql)?.execute([slot, count])?;
    }
    Ok(waited)
}

/// Keeps one vector, in place of an older one; nothing where the passage is gone.
fn keep(store: &Connection, model: &Model, passage: PassageId, vector: &[f32]) -> Result<Option<Code>> {
    let fits = vector.len() == usize::try_from(model.dimensions).unwrap_or(0);
    let vector = codes::unit(vector).filter(|_| fits).ok_or(VaultError::BadVector)?;
    let Some(document) = passages::document_of(store, passage.0)? else { return Ok(None) };
    let id = place(passage.0, model.slot);
    let is_new = store.prepare_cached("DELETE FROM vector_codes WHERE id = ?1")?.execute([id])? == 0;
    let bits = codes::code(&vector, &model.mean);
    let sql = "INSERT INTO vector_codes (id, mean_version, code) VALUES (?1, ?2, ?3)";
    store.prepare_cached(sql)?.execute(params![id, model.mean_version, bits])?;
    let (scale, numbers) = codes::quantise(&vector);
    let sql = "INSERT OR REPLACE INTO vector_rows (id, scale, numbers) VALUES (?1, ?2, ?3)";
    store.prepare_cached(sql)?.execute(params![id, scale, numbers])?;
    if store.prepare_cached("DELETE FROM vectors_waiting WHERE id = ?1")?.execute([id])? > 0 {
        let sql = "UPDATE documents SET passages_waiting = passages_waiting - 1 WHERE id = ?1";
        store.prepare_cached(sql)?.execute([document])?;
    }
    Ok(Some(Code { passage: passage.0, document, bits, is_new }))
}

/// Erases some vectors of a model that is not used any more, and with the last one the model.
fn erase_some_of_model(store: &Connection, model: &Model) -> Result<()> {
    let sql = "SELECT id FROM vector_codes WHERE id > ?2 AND id & 3 = ?1 ORDER BY id LIMIT ?3";
    let ids: Vec<i64> = store
        .prepare_cached(sql)?
        .query_map([model.slot, model.recoded_to.unwrap_or(0), ERASED_AT_ONCE], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let Some(last) = ids.last() else {
        store.prepare_cached("DELETE FROM vector_models WHERE slot = ?1")?.execute([model.slot])?;
        return Ok(());
    };
    for id in &ids {
        store.prepare_cached("DELETE FROM vector_codes WHERE id = ?1")?.execute([id])?;
        store.prepare_cached("DELETE FROM vector_rows WHERE id = ?1")?.execute([id])?;
    }
    let sql = "UPDATE vector_models SET recoded_to = ?2, vectors = vectors - ?3 WHERE slot = ?1";
    store.prepare_cached(sql)?.execute(params![model.slot, last, i64::try_from(ids.len()).unwrap_or(0)])?;
    Ok(())
}

fn load(store: &Connection, model: &Model) -> Result<Codes> {
    let sql = "SELECT c.id >> 2, p.document_id, c.mean_version, c.code
               FROM vector_codes c CROSS JOIN passages p ON p.id = c.id >> 2 WHERE c.id & 3 = ?1";
    let dimensions = usize::try_from(model.dimensions).unwrap_or(0);
    let mut codes = Codes::new(dimensions, mean::main_direction(store, model)?);
    let mut statement = store.prepare_cached(sql)?;
    let mut rows = statement.query([model.slot])?;
    while let Some(row) = rows.next()? {
        let former = row.get::<_, i64>(2)? != model.mean_version;
        codes.push(row.get(0)?, row.get(1)?, former, row.get_ref(3)?.as_blob()?);
    }
    Ok(codes)
}

/// `plain` is the query without the passages' main direction.
fn look_closely(store: &Connection, slot: i64, query: &[f32], plain: &[f32], passages: &[i64]) -> Result<Vec<Near>> {
    let mut statement = store.prepare_cached("SELECT scale, numbers FROM vector_rows WHERE id = ?1")?;
    let found = passages.iter().map(|&passage| {
        let near = |row: &Row<'_>| {
            let (scale, numbers) = (row.get(0)?, row.get_ref(1)?.as_blob()?);
            let cosine = codes::similarity(query, scale, numbers);
            Ok(Near { passage, score: codes::similarity(plain, scale, numbers), cosine })
        };
        Ok(statement.query_row([place(passage, slot)], near).optional()?)
    });
    found.filter_map(Result::transpose).collect()
}
