//! The table `generations`: how an answer came about, and its token ids, so that the same prefix is the same tomorrow.

use std::fmt;

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::hidden::Hidden;
use crate::messages::MessageId;

/// What is needed to say where an answer comes from and to make it again.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Lower-case hexadecimal, where the model file was hashed.
    pub model_sha256: Option<String>,
    /// As the catalogue or the file names it.
    pub model_name: String,
    /// Which chat template was used.
    pub template: String,
    /// The sampler's settings, as JSON.
    pub sampling: String,
    /// The sampler's seed.
    pub seed: u32,
    /// The engine's version.
    pub engine_version: String,
    /// Tacit's version.
    pub app_version: String,
    /// Tokens read.
    pub prompt_tokens: u32,
    /// Tokens written.
    pub completion_tokens: u32,
    /// Of the tokens read, those whose state was in memory already.
    pub cached_tokens: u32,
    /// The oldest messages that were left out of the prompt.
    pub dropped_messages: u32,
    /// Tokens that the model's context window had room for.
    pub window: u32,
    /// Milliseconds from the question until the first token was there.
    pub first_token_ms: f64,
    /// Milliseconds that reading the prompt took.
    pub prefill_ms: f64,
    /// Milliseconds that writing took.
    pub decode_ms: f64,
}

impl fmt::Debug for Provenance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Provenance")
            .field("model_name", &Hidden::text(&self.model_name))
            .field("seed", &self.seed)
            .field("prompt_tokens", &self.prompt_tokens)
            .field("completion_tokens", &self.completion_tokens)
            .finish_non_exhaustive()
    }
}

/// The columns that [`read`] expects, where `generations` is joined as `g`.
pub(crate) const COLUMNS: &str = "g.model_sha256, g.model_name, g.template, g.sampling, g.seed, g.engine_version, g.app_version, \
                                  g.prompt_tokens, g.completion_tokens, g.cached_tokens, g.dropped_messages, g.context_window, g.first_token_ms, \
                                  g.prefill_ms, g.decode_ms, g.token_ids";

/// Provenance and token ids from the columns at `first` and after it; nothing where the join found no row.
pub(crate) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<(Option<Provenance>, Vec<i32>)> {
    let Some(model_name) = row.get(first + 1)? else {
        return Ok((None, Vec::new()));
    };
    let provenance = Provenance {
        model_sha256: row.get(first)?,
        model_name,
        template: row.get(first + 2)?,
        sampling: row.get(first + 3)?,
        seed: row.get(first + 4)?,
        engine_version: row.get(first + 5)?,
        app_version: row.get(first + 6)?,
        prompt_tokens: row.get(first + 7)?,
        completion_tokens: row.get(first + 8)?,
        cached_tokens: row.get(first + 9)?,
        dropped_messages: row.get(first + 10)?,
        window: row.get(first + 11)?,
        first_token_ms: row.get(first + 12)?,
        prefill_ms: row.get(first + 13)?,
        decode_ms: row.get(first + 14)?,
    };
    let (ids, _) = row.get_ref(first + 15)?.as_blob()?.as_chunks::<4>();
    Ok((Some(provenance), ids.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect()))
}

/// Writes the provenance of an answer, with no token ids yet, or replaces it and keeps them.
pub(crate) fn put(store: &Connection, message: MessageId, provenance: &Provenance) -> Result<()> {
    let sql = "INSERT INTO generations (message_id, model_sha256, model_name, template, sampling, seed, engine_version, app_version,
                                        prompt_tokens, completion_tokens, cached_tokens, dropped_messages, context_window,
                                        first_token_ms, prefill_ms, decode_ms, token_ids)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, x'')
               ON CONFLICT (message_id) DO UPDATE SET
                   model_sha256 = excluded.model_sha256, model_name = excluded.model_name, template = excluded.template,
                   sampling = excluded.sampling, seed = excluded.seed, engine_version = excluded.engine_version,
                   app_version = excluded.app_version, prompt_tokens = excluded.prompt_tokens,
                   completion_tokens = excluded.completion_tokens, cached_tokens = excluded.cached_tokens,
                   dropped_messages = excluded.dropped_messages, context_window = excluded.context_window,
                   first_token_ms = excluded.first_token_ms, prefill_ms = excluded.prefill_ms, decode_ms = excluded.decode_ms";
    store.prepare_cached(sql)?.execute(params![
        message.0,
        provenance.model_sha256,
        provenance.model_name,
        provenance.template,
        provenance.sampling,
        provenance.seed,
        provenance.engine_version,
        provenance.app_version,
        provenance.prompt_tokens,
        provenance.completion_tokens,
        provenance.cached_tokens,
        provenance.dropped_messages,
        provenance.window,
        provenance.first_token_ms,
        provenance.prefill_ms,
        provenance.decode_ms,
    ])?;
    Ok(())
}

/// Appends token ids to those of an answer.
pub(crate) fn append_ids(store: &Connection, message: MessageId, ids: &[i32]) -> Result<()> {
    let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_le_bytes()).collect();
    let sql = "UPDATE generations SET token_ids = CAST(token_ids || ?2 AS BLOB) WHERE message_id = ?1";
    store.prepare_cached(sql)?.execute(params![message.0, bytes])?;
    Ok(())
}
