//! The store's format, version by version: `PRAGMA user_version` counts the migrations that a store has been through.
//!
//! A migration is never changed once it has shipped; a new one is appended. A store of a newer version is never written to.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Result, VaultError};

/// The version that this build reads and writes.
pub(crate) const KNOWN: u32 = 1;

/// Each takes a store from the version of its place to the next one, inside one transaction.
const MIGRATIONS: [&str; KNOWN as usize] = [FIRST];

const FIRST: &str = "
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    leaf_id INTEGER REFERENCES messages (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX chats_by_update ON chats (updated_at DESC, id DESC);
CREATE INDEX chats_by_leaf ON chats (leaf_id);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE CHECK (parent_id < id),
    created_at INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
    state TEXT NOT NULL CHECK (state IN ('complete', 'growing', 'stopped', 'interrupted')),
    content TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_chat ON messages (chat_id, parent_id);
CREATE INDEX messages_by_parent ON messages (parent_id);
CREATE INDEX messages_growing ON messages (id) WHERE state = 'growing';

CREATE TABLE generations (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    model_sha256 TEXT,
    model_name TEXT NOT NULL,
    template TEXT NOT NULL,
    sampling TEXT NOT NULL,
    seed INTEGER NOT NULL,
    engine_version TEXT NOT NULL,
    app_version TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    token_ids BLOB NOT NULL
) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    body,
    tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\"
);
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
";

/// The version of an opened store, which is at least 1.
///
/// # Errors
/// [`VaultError::NewerVersion`], and [`VaultError::Damaged`] for a store that nobody has set up.
pub(crate) fn version(connection: &Connection) -> Result<u32> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        0 => Err(VaultError::damaged("store.db is empty")),
        found if found > KNOWN => Err(VaultError::NewerVersion { found, known: KNOWN }),
        found => Ok(found),
    }
}

/// Takes a store from version `from` (0: new and empty) to [`KNOWN`].
pub(crate) fn run(connection: &Connection, from: u32) -> Result<()> {
    for (to, migration) in (1..).zip(MIGRATIONS).skip_while(|&(to, _)| to <= from) {
        let step = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        step.execute_batch(migration)?;
        step.pragma_update(None, "user_version", to)?;
        step.commit()?;
        tracing::info!(to, "store migrated");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row for each earlier version: what a store of that version held. The next migration adds its predecessor here.
    const FIXTURES: [(u32, &str); 1] = [(
        1,
        "INSERT INTO chats (id, title, created_at, updated_at) VALUES (7, 'old chat', 1, 2);
         INSERT INTO messages (id, chat_id, role, content, created_at, state) VALUES (9, 7, 'user', 'old words', 1, 'complete');
         INSERT INTO words (rowid, body) VALUES (9, 'old words');
         UPDATE chats SET leaf_id = 9;",
    )];

    #[test]
    fn a_store_of_every_earlier_version_is_brought_up_to_date_with_its_rows() {
        for (version, rows) in FIXTURES {
            let connection = Connection::open_in_memory().unwrap();
            for migration in &MIGRATIONS[..version as usize] {
                connection.execute_batch(migration).unwrap();
            }
            connection.pragma_update(None, "user_version", version).unwrap();
            connection.execute_batch(rows).unwrap();
            run(&connection, version).unwrap();
            assert_eq!(super::version(&connection).unwrap(), KNOWN);
            let words: String =
                connection.query_row("SELECT content FROM messages WHERE id = 9", [], |row| row.get(0)).unwrap();
            assert_eq!(words, "old words", "from version {version}");
        }
    }

    #[test]
    fn every_version_has_its_fixture() {
        assert_eq!(FIXTURES.map(|(version, _)| version).to_vec(), (1..=KNOWN).collect::<Vec<_>>());
    }

    #[test]
    fn the_indexes_are_used() {
        let connection = Connection::open_in_memory().unwrap();
        run(&connection, 0).unwrap();
        let plan = |sql: &str| -> String {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let lines = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
            lines.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
        };
        let used = [
            ("SELECT id FROM chats ORDER BY updated_at DESC, id DESC", "chats_by_update"),
            ("SELECT count(*) FROM messages WHERE chat_id = 1", "messages_by_chat"),
            ("SELECT id FROM messages WHERE chat_id = 1 AND parent_id IS 2", "messages_by_"),
            ("SELECT id FROM messages WHERE state = 'growing'", "messages_growing"),
            ("SELECT id FROM messages WHERE parent_id = 1", "messages_by_parent"),
            ("SELECT id FROM chats WHERE leaf_id = 1", "chats_by_leaf"),
        ];
        for (sql, index) in used {
            assert!(plan(sql).contains(index), "{sql}: {}", plan(sql));
        }
    }
}
