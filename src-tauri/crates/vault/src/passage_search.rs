//! Search over passages: by words (the table `passage_words`) and by meaning (vectors), fused.
//!
//! The two lists are fused by their scores: the nearness to the question in standard deviations of the nearest passages, and BM25 beyond what
//! the last passage of the words' list has, in a sum with one weight (a convex combination: Bruch, Gai, Ingber, 'An analysis of fusion
//! functions for hybrid retrieval', 2023). Filters are applied before anything is ranked, so that nothing that is let through is crowded out.
//!
//! The weight was chosen on one half of the questions of `tests/quality/questions.jsonl`; `retrieval.py` beside them measures both halves. Tried
//! there and left out, for they gained less than chance explains or lost: reciprocal ranks (k from 5 to 60), stems and cut words in the index,
//! a list of words that do not count, and, among the first sixty, how many of the question's words stand in the passage, in its headings, side
//! by side or close to each other. What is missed most: a question in another language than the passage, where passages that share a word with
//! it come first; and, of several passages on one matter, the one that says it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::RangeInclusive;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::Vault;
use crate::error::Result;
use crate::hidden::Hidden;
use crate::passages::{self, Passage, PassageId};
use crate::scope::{Filter, Scope};
use crate::vectors::{Near, VectorModel};
use crate::words::{self, Sought, Term};

/// What a point of BM25 is worth, in standard deviations of nearness.
const WORDS_WEIGHT: f64 = 0.6;
/// Passages of each list that are fused.
const FUSED: usize = 200;
/// A word in more passages than this share is too frequent to tell them apart, and slow to rank; within these bounds.
const FREQUENT_SHARE: i64 = 50;
const FREQUENT: RangeInclusive<i64> = 2_000..=5_000;
/// Passages that are ranked by their words, about: the rarest words come first.
const RANKED: i64 = 6_000;
/// Passages with a phrase among which vectors are compared, at most.
const WITH_PHRASE: usize = 20_000;

/// What is looked for in the library. With neither words, nor a vector, nor phrases nothing is found.
#[derive(Clone, Copy)]
pub struct PassageQuery<'a> {
    /// Any of these words; nothing in them is syntax.
    pub words: Option<&'a str>,
    /// A query's vector, and the model that made it; see [`Vault::vector_models`] for the one that serves.
    pub vector: Option<(&'a VectorModel, &'a [f32])>,
    /// Each of these stands in the passage or its heading letter by letter, but for case and spaces. [`phrases_in`] finds them in quotes.
    pub phrases: &'a [String],
    /// What the document must be.
    pub filter: &'a Filter,
    /// Passages, at most.
    pub limit: usize,
}

impl fmt::Debug for PassageQuery<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PassageQuery")
            .field("words", &self.words.map(Hidden::text))
            .field("model", &self.vector.map(|(model, _)| model))
            .field("phrases", &self.phrases.len())
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A passage that was found.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PassageHit {
    /// The passage, with its text and where it stands.
    pub passage: Passage,
    /// Larger is better; only comparable within one search.
    pub score: f64,
    /// Its place by words, counted from 1.
    pub word_rank: Option<u32>,
    /// Its place by meaning, counted from 1.
    pub vector_rank: Option<u32>,
    /// The cosine to the query's vector, -1 to 1, where it has a place by meaning.
    pub similarity: Option<f32>,
    /// Which bytes of the passage's text are what was looked for: beginnings and ends, in order, at boundaries of characters.
    pub marks: Vec<(usize, usize)>,
}

impl fmt::Debug for PassageHit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PassageHit")
            .field("passage", &self.passage)
            .field("score", &self.score)
            .field("word_rank", &self.word_rank)
            .field("vector_rank", &self.vector_rank)
            .field("similarity", &self.similarity)
            .field("marks", &self.marks.len())
            .finish()
    }
}

/// The phrases that stand in quotes of any usual kind in what a person typed, and the rest of it.
#[must_use]
pub fn phrases_in(typed: &str) -> (Vec<String>, String) {
    const QUOTES: [(char, &str); 7] =
        [('"', "\""), ('“', "”"), ('„', "“”"), ('«', "»"), ('»', "«"), ('「', "」"), ('『', "』")];
    let (mut phrases, mut rest, mut left) = (Vec::new(), String::new(), typed);
    while let Some((at, opening)) = left.char_indices().find(|(_, c)| QUOTES.iter().any(|(opening, _)| opening == c)) {
        let closing = QUOTES.iter().find(|(quote, _)| *quote == opening).map_or("", |(_, closing)| closing);
        let (before, after) = left.split_at(at);
        let inside = after.get(opening.len_utf8()..).unwrap_or_default();
        rest.push_str(before);
        let Some(end) = inside.find(|c| closing.contains(c)) else {
            // A quote that is never closed quotes nothing.
            left = inside;
            rest.push(' ');
            continue;
        };
        let (phrase, after) = inside.split_at(end);
        if words::phrase(phrase).is_some() {
            phrases.push(phrase.trim().to_owned());
        }
        rest.push(' ');
        left = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    rest.push_str(left);
    (phrases, rest.trim().to_owned())
}

/// A passage that was found by its words, with its BM25: larger is better, and 0 where nothing was ranked.
struct ByWords {
    passage: i64,
    bm25: f64,
}

/// A passage's places in the lists, and what they are worth together.
#[derive(Default)]
struct Ranks {
    word: Option<u32>,
    vector: Option<(u32, f32)>,
    score: f64,
}

impl Vault {
    /// The passages that are found by words, by meaning or by both, best first.
    ///
    /// Words that stand in a large part of the library are left out, unless there are no others: then a passage must hold them all. Newer
    /// versions that are still being read are not searched.
    ///
    /// # Errors
    /// [`VaultError::NoSuchModel`](crate::VaultError::NoSuchModel) and [`VaultError::BadVector`](crate::VaultError::BadVector) for the
    /// vector, [`VaultError::NoLibrary`](crate::VaultError::NoLibrary), and the store's faults.
    pub fn search_passages(&self, query: &PassageQuery<'_>) -> Result<Vec<PassageHit>> {
        let phrases = query.phrases.iter().filter_map(|phrase| words::phrase(phrase)).collect::<Vec<_>>().join(" AND ");
        let scope = self.look_library(|store| Scope::of(store, query.filter))?;
        if scope.is_empty() || query.limit == 0 {
            return Ok(Vec::new());
        }
        let terms = query.words.map(words::terms).unwrap_or_default();
        let (by_words, telling) = self.look(|store| by_words(store, &terms, &phrases, &scope))?;
        let with_words: Vec<i64> = by_words.iter().map(|found| found.passage).collect();
        let by_vector = match query.vector {
            Some((model, vector)) if phrases.is_empty() => {
                self.nearest(model, vector, &with_words, &|_, document| scope.holds(document))?
            }
            Some((model, vector)) => {
                let with: HashSet<i64> = self.look(|store| first_matches(store, &phrases))?;
                let admits = |passage, document| with.contains(&passage) && scope.holds(document);
                self.nearest(model, vector, &with_words, &admits)?
            }
            None => Vec::new(),
        };
        let marked = Marked::new(query, &terms, &telling);
        self.look(|store| read(store, fuse(&by_words, &by_vector), query, &marked))
    }
}

/// What is marked in the passages that are found.
struct Marked(Sought);

impl Marked {
    fn new(query: &PassageQuery<'_>, terms: &[Term], telling: &[usize]) -> Self {
        let words = telling.iter().filter_map(|at| terms.get(*at)).map(|term| term.text.as_str());
        Self(Sought::any(words.chain(query.phrases.iter().map(String::as_str))))
    }
}

/// Passages by their words, best first; and which of the terms were asked for.
fn by_words(store: &Connection, terms: &[Term], phrases: &str, scope: &Scope) -> Result<(Vec<ByWords>, Vec<usize>)> {
    let range = scope.passages(store)?;
    let frequent =
        (range.end().saturating_sub(*range.start()) / FREQUENT_SHARE).clamp(*FREQUENT.start(), *FREQUENT.end());
    let probe = |expression: &str| count(store, expression, &range, frequent);
    let counts = terms.iter().map(|term| probe(&term.expression)).collect::<Result<Vec<_>>>()?;
    let (rare, asked) = telling(&counts, frequent);
    let expressions: Vec<&str> =
        asked.iter().filter_map(|at| terms.get(*at)).map(|term| term.expression.as_str()).collect();
    let words = expressions.join(if rare { " OR " } else { " AND " });
    let (expression, by_rank) = match (words.is_empty(), phrases.is_empty()) {
        (true, true) => return Ok((Vec::new(), asked)),
        (true, false) => (phrases.to_owned(), probe(phrases)? < frequent),
        (false, true) => (words, rare),
        // The phrases are enough; the words beside them count for the rank.
        (false, false) => (format!("({phrases}) AND (({phrases}) OR ({words}))"), probe(phrases)? < frequent),
    };
    Ok((matches(store, &expression, by_rank, &range, scope)?, asked))
}

/// How many passages match, `most` at most.
fn count(store: &Connection, expression: &str, range: &RangeInclusive<i64>, most: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4)";
    let values = params![expression, range.start(), range.end(), most];
    Ok(store.prepare_cached(sql)?.query_row(values, |row| row.get(0))?)
}

/// Which terms tell passages apart, by how many have them, and whether they are rare; where none is, all that are there.
fn telling(counts: &[i64], frequent: i64) -> (bool, Vec<usize>) {
    let mut there: Vec<(i64, usize)> = counts.iter().copied().zip(0..).filter(|(count, _)| *count > 0).collect();
    there.sort_unstable();
    let mut ranked = 0;
    let rare = |(count, _): &&(i64, usize)| {
        ranked += count;
        *count < frequent && (ranked <= RANKED || ranked == *count)
    };
    let telling: Vec<usize> = there.iter().take_while(rare).map(|(_, at)| *at).collect();
    if telling.is_empty() { (false, there.into_iter().map(|(_, at)| at).collect()) } else { (true, telling) }
}

/// The passages within the scope that match, by rank; where that would take long, the newest first.
fn matches(
    store: &Connection,
    expression: &str,
    by_rank: bool,
    range: &RangeInclusive<i64>,
    scope: &Scope,
) -> Result<Vec<ByWords>> {
    let (value, order) = if by_rank { ("rank", "rank") } else { ("0.0", "rowid DESC") };
    let everything = matches!(scope, Scope::Everything);
    let limit = if everything { format!("LIMIT {FUSED}") } else { String::new() };
    let sql = format!(
        "SELECT rowid, {value} FROM passage_words WHERE passage_words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY {order} {limit}"
    );
    let mut statement = store.prepare_cached(&sql)?;
    let mut rows = statement.query(params![expression, range.start(), range.end()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let passage = row.get(0)?;
        if everything || passages::document_of(store, passage)?.is_some_and(|document| scope.holds(document)) {
            // FTS5 gives the better match the smaller number.
            found.push(ByWords { passage, bm25: -row.get::<_, f64>(1)? });
        }
        if found.len() == FUSED {
            break;
        }
    }
    Ok(found)
}

/// Passages that match, in no order.
fn first_matches(store: &Connection, expression: &str) -> Result<HashSet<i64>> {
    let sql = format!("SELECT rowid FROM passage_words WHERE passage_words MATCH ?1 LIMIT {WITH_PHRASE}");
    let mut statement = store.prepare_cached(&sql)?;
    Ok(statement.query_map([expression], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// One list of both, best first. `near` has the passages found by words, too, where they have a vector.
fn fuse(by_words: &[ByWords], near: &[Near]) -> Vec<(i64, Ranks)> {
    let nearest = near.get(..FUSED).unwrap_or(near);
    let scale = Scale::of(nearest);
    // A passage that waits for its vector is as far away as the farthest that is let into the list.
    let far = nearest.last().map_or(0.0, |last| scale.deviations(last.score));
    let nearness: HashMap<i64, f64> = near.iter().map(|near| (near.passage, scale.deviations(near.score))).collect();
    let from = |passage: i64| nearness.get(&passage).copied().unwrap_or(far);
    // Where the list was cut, what its last passage has the next ones have, too, and it tells nothing.
    let common = if by_words.len() < FUSED { 0.0 } else { by_words.last().map_or(0.0, |last| last.bm25) };
    let mut fused: HashMap<i64, Ranks> = HashMap::new();
    for (rank, near) in (1..).zip(nearest) {
        let ranks = fused.entry(near.passage).or_default();
        (ranks.vector, ranks.score) = (Some((rank, near.cosine)), from(near.passage));
    }
    for (rank, found) in (1..).zip(by_words) {
        let ranks = fused.entry(found.passage).or_default();
        (ranks.word, ranks.score) = (Some(rank), from(found.passage) + WORDS_WEIGHT * (found.bm25 - common));
    }
    let mut list: Vec<(i64, Ranks)> = fused.into_iter().collect();
    let word = |ranks: &Ranks| ranks.word.unwrap_or(u32::MAX);
    list.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(word(&a.1).cmp(&word(&b.1))).then(a.0.cmp(&b.0)));
    list
}

/// The mean and the standard deviation of some passages' nearness: models use different parts of the range from -1 to 1.
struct Scale {
    mean: f64,
    deviation: f64,
}

impl Scale {
    fn of(near: &[Near]) -> Self {
        let count = f64::from(u32::try_from(near.len()).unwrap_or(u32::MAX)).max(1.0);
        let mean = near.iter().map(|near| f64::from(near.score)).sum::<f64>() / count;
        let variance = near.iter().map(|near| (f64::from(near.score) - mean).powi(2)).sum::<f64>() / count;
        Self { mean, deviation: variance.sqrt() }
    }

    fn deviations(&self, score: f32) -> f64 {
        if self.deviation > f64::EPSILON { (f64::from(score) - self.mean) / self.deviation } else { 0.0 }
    }
}

/// Reads the best passages that hold every phrase letter by letter.
fn read(
    store: &Connection,
    fused: Vec<(i64, Ranks)>,
    query: &PassageQuery<'_>,
    marked: &Marked,
) -> Result<Vec<PassageHit>> {
    let mut hits = Vec::new();
    for (passage, ranks) in fused {
        let Some(passage) = passages::find(store, PassageId(passage))? else { continue };
        let has = |phrase: &String| words::holds(&passage.text, phrase) || words::holds(&passage.heading, phrase);
        if !query.phrases.iter().all(has) {
            continue;
        }
        hits.push(PassageHit {
            marks: marked.0.marks(&passage.text),
            passage,
            score: ranks.score,
            word_rank: ranks.word,
            vector_rank: ranks.vector.map(|(rank, _)| rank),
            similarity: ranks.vector.map(|(_, near)| near),
        });
        if hits.len() == query.limit {
            break;
        }
    }
    Ok(hits)
}
