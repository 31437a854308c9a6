//! The store's format, version by version: `PRAGMA user_version` counts the migrations that a store has been through.
//!
//! A migration is never changed once it has shipped; a new one is appended. A store of a newer version is never written to.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Result, VaultError};

/// The version that this build reads and writes.
pub(crate) const KNOWN: u32 = 4;

/// Each takes a store from the version of its place to the next one, inside one transaction.
const MIGRATIONS: [&str; KNOWN as usize] = [FIRST, SECOND, THIRD, FOURTH];

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

// Only columns are added: a table made anew would have to be dropped while others refer to it, and `SQLite` then deletes what they hold. So an
// answer that reached its limit is `complete` and `cut`, for the list of states in the first version's CHECK cannot be made longer.
const SECOND: &str = "
ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN folder TEXT;
ALTER TABLE chats ADD COLUMN draft TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN choices TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN deleted_at INTEGER;
DROP INDEX chats_by_update;
CREATE INDEX chats_by_place ON chats (pinned DESC, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_put_away ON chats (id) WHERE deleted_at IS NOT NULL;

ALTER TABLE messages ADD COLUMN cut INTEGER NOT NULL DEFAULT 0;

ALTER TABLE generations ADD COLUMN cached_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN dropped_messages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN context_window INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN first_token_ms REAL NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN prefill_ms REAL NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN decode_ms REAL NOT NULL DEFAULT 0;
";

// No list of states stands in a CHECK, for such a list cannot be made longer. Every number is AUTOINCREMENT where an answer may have kept it.
// The number of a vector is four times its passage's plus the model's slot, so that neither needs an index of its own; what is small and read
// whole (the codes) stands apart from what is large and read by row. A page's text stands before its layout, which is then not read with it.
const THIRD: &str = "
CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    replaces_id INTEGER REFERENCES documents (id) ON DELETE SET NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT,
    modified_at INTEGER,
    added_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    failure_code TEXT NOT NULL DEFAULT '',
    failure TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '[]',
    pages_total INTEGER NOT NULL DEFAULT 0,
    pages_read INTEGER NOT NULL DEFAULT 0,
    passages INTEGER NOT NULL DEFAULT 0,
    passages_waiting INTEGER NOT NULL DEFAULT 0,
    keeps_original INTEGER NOT NULL,
    seal TEXT,
    sealed INTEGER NOT NULL DEFAULT 0,
    rewrites INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX documents_by_sha256 ON documents (sha256) WHERE state <> 'removed';
CREATE INDEX documents_by_origin ON documents (origin) WHERE origin IS NOT NULL;
CREATE INDEX documents_by_replaced ON documents (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX documents_unfinished ON documents (id) WHERE state IN ('waiting', 'reading');
CREATE INDEX documents_removed ON documents (id) WHERE state = 'removed';
CREATE INDEX documents_half_sealed ON documents (id) WHERE seal IS NOT NULL AND sealed = 0;

CREATE TABLE memberships (
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    PRIMARY KEY (collection_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_document ON memberships (document_id);

CREATE TABLE watched_folders (
    path TEXT PRIMARY KEY,
    collection_id INTEGER REFERENCES collections (id) ON DELETE SET NULL,
    added_at INTEGER NOT NULL,
    looked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_folders_by_collection ON watched_folders (collection_id);

CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    ocr INTEGER NOT NULL,
    text TEXT NOT NULL,
    layout BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX pages_by_document ON pages (document_id, number);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    page_id INTEGER NOT NULL REFERENCES pages (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    heading TEXT NOT NULL
) STRICT;
CREATE INDEX passages_by_page ON passages (page_id);
CREATE INDEX passages_by_document ON passages (document_id);

CREATE VIRTUAL TABLE passage_words USING fts5 (
    heading, body,
    tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\"
);
INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);

CREATE TABLE vector_models (
    slot INTEGER PRIMARY KEY CHECK (slot BETWEEN 0 AND 3),
    name TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL,
    part TEXT NOT NULL,
    vectors INTEGER NOT NULL DEFAULT 0,
    mean BLOB NOT NULL DEFAULT x'',
    mean_version INTEGER NOT NULL DEFAULT 0,
    mean_of INTEGER NOT NULL DEFAULT 0,
    former_mean BLOB NOT NULL DEFAULT x'',
    recoded_to INTEGER
) STRICT;
CREATE TABLE vector_codes (id INTEGER PRIMARY KEY, mean_version INTEGER NOT NULL, code BLOB NOT NULL) STRICT;
CREATE TABLE vector_rows (id INTEGER PRIMARY KEY, scale REAL NOT NULL, numbers BLOB NOT NULL) STRICT;
CREATE TABLE vectors_waiting (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE evidence (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;
";

const FOURTH: &str = "
CREATE TABLE derived (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (document_id, key)
) STRICT, WITHOUT ROWID;
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
    const FIXTURES: [(u32, &str); 4] = [
        (
            1,
            "INSERT INTO chats (id, title, created_at, updated_at) VALUES (7, 'old chat', 1, 2);
             INSERT INTO messages (id, chat_id, role, content, created_at, state) VALUES (9, 7, 'user', 'old words', 1, 'complete');
             INSERT INTO words (rowid, body) VALUES (9, 'old words');
             UPDATE chats SET leaf_id = 9;",
        ),
        (
            2,
            "INSERT INTO chats (id, title, created_at, updated_at, pinned, folder, draft, choices)
             VALUES (7, 'old chat', 1, 2, 1, 'work', 'a draft', '{}');
             INSERT INTO messages (id, chat_id, role, content, created_at, state, cut) VALUES (9, 7, 'assistant', 'old words', 1, 'complete', 1);
             INSERT INTO generations (message_id, model_name, template, sampling, seed, engine_version, app_version, prompt_tokens,
                                      completion_tokens, token_ids, cached_tokens, first_token_ms)
             VALUES (9, 'm', 't', '{}', 1, 'e', 'a', 1, 2, x'01000000', 3, 4.5);
             INSERT INTO words (rowid, body) VALUES (9, 'old words');
             UPDATE chats SET leaf_id = 9;",
        ),
        (
            3,
            "INSERT INTO chats (id, title, created_at, updated_at) VALUES (7, 'old chat', 1, 2);
             INSERT INTO messages (id, chat_id, role, content, created_at, state) VALUES (9, 7, 'user', 'old words', 1, 'complete');
             INSERT INTO words (rowid, body) VALUES (9, 'old words');
             INSERT INTO evidence (message_id, body) VALUES (9, 'old evidence');
             INSERT INTO collections (id, name, created_at) VALUES (2, 'work', 1);
             INSERT INTO documents (id, sha256, bytes, name, kind, origin, added_at, state, pages_total, pages_read, passages, keeps_original)
             VALUES (3, x'00', 9, 'old name', 'pdf', '/old', 1, 'read', 1, 1, 1, 1);
             INSERT INTO memberships (collection_id, document_id) VALUES (2, 3);
             INSERT INTO watched_folders (path, collection_id, added_at) VALUES ('/old', 2, 1);
             INSERT INTO pages (id, document_id, number, label, width, height, ocr, text, layout) VALUES (4, 3, 0, '', 1, 1, 0, 'old text', x'00');
             INSERT INTO passages (id, document_id, page_id, start, end, tokens, heading) VALUES (5, 3, 4, 0, 8, 2, 'old heading');
             INSERT INTO passage_words (rowid, heading, body) VALUES (5, 'old heading', 'old text');
             INSERT INTO vector_models (slot, name, dimensions, part, vectors) VALUES (1, 'm', 8, 'serving', 1);
             INSERT INTO vector_codes (id, mean_version, code) VALUES (21, 0, x'01');
             INSERT INTO vector_rows (id, scale, numbers) VALUES (21, 0.5, x'0102030405060708');
             INSERT INTO vectors_waiting (id) VALUES (25);",
        ),
        (
            4,
            "INSERT INTO chats (id, title, created_at, updated_at) VALUES (7, 'old chat', 1, 2);
             INSERT INTO messages (id, chat_id, role, content, created_at, state) VALUES (9, 7, 'user', 'old words', 1, 'complete');
             INSERT INTO words (rowid, body) VALUES (9, 'old words');
             INSERT INTO documents (id, sha256, bytes, name, kind, added_at, state, keeps_original)
             VALUES (3, x'00', 9, 'old name', 'pdf', 1, 'read', 1);
             INSERT INTO derived (document_id, key, body) VALUES (3, 'old key', 'old result');",
        ),
    ];

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

    /// A store of version 1 with branches, an answer that was stopped, and words; `foreign_keys` on, as it is when a migration runs.
    fn first_version() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        connection.execute_batch(FIRST).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        connection
            .execute_batch(
                "INSERT INTO chats (id, title, created_at, updated_at) VALUES (1, 'gone', 1, 1), (7, 'kept', 2, 3), (8, 'empty', 2, 4);
                 INSERT INTO messages (id, chat_id, parent_id, role, content, created_at, state) VALUES
                     (5, 1, NULL, 'user', 'gone', 1, 'complete'), (10, 7, NULL, 'user', 'question', 1, 'complete'),
                     (11, 7, 10, 'assistant', 'first answer', 2, 'complete'), (12, 7, 10, 'assistant', 'second', 3, 'stopped'),
                     (13, 7, NULL, 'user', 'edited', 4, 'complete'), (14, 7, 13, 'assistant', 'cut off', 5, 'interrupted'),
                     (40, 1, 5, 'user', 'gone too', 5, 'complete');
                 INSERT INTO generations (message_id, model_name, template, sampling, seed, engine_version, app_version, prompt_tokens,
                                          completion_tokens, token_ids)
                 VALUES (11, 'm', 't', '{}', 7, 'e', 'a', 5, 2, x'0100000002000000'), (12, 'm', 't', '{}', 7, 'e', 'a', 5, 1, x'03000000');
                 INSERT INTO words (rowid, body) VALUES (10, 'question'), (11, 'first answer'), (12, 'second'), (13, 'edited'), (14, 'cut off');
                 UPDATE chats SET leaf_id = 12 WHERE id = 7; DELETE FROM chats WHERE id = 1; DELETE FROM chats WHERE id = 8;",
            )
            .unwrap();
        connection
    }

    fn all(connection: &Connection, sql: &str) -> String {
        let sql = format!("SELECT group_concat(line, ' ') FROM ({sql})");
        connection.query_row(&sql, [], |row| row.get::<_, Option<String>>(0)).unwrap().unwrap_or_default()
    }

    #[test]
    fn the_second_version_keeps_branches_generations_words_and_numbers() {
        let connection = first_version();
        let kept = [
            "SELECT id || title || created_at || updated_at || leaf_id AS line FROM chats ORDER BY id",
            "SELECT id || '<' || ifnull(parent_id, '') || role || content || created_at || state AS line FROM messages ORDER BY id",
            "SELECT message_id || model_name || seed || prompt_tokens || hex(token_ids) AS line FROM generations ORDER BY message_id",
            "SELECT rowid AS line FROM words WHERE words MATCH 'first OR cut OR question' ORDER BY rowid",
            "SELECT name || seq AS line FROM sqlite_sequence ORDER BY name",
        ];
        let before = kept.map(|sql| all(&connection, sql));
        assert!(before.iter().all(|lines| !lines.is_empty()), "{before:?}");
        run(&connection, 1).unwrap();
        assert_eq!(kept.map(|sql| all(&connection, sql)), before);
        let faults = [
            "SELECT integrity_check AS line FROM pragma_integrity_check",
            "SELECT \"table\" AS line FROM pragma_foreign_key_check",
            "SELECT pinned || draft || choices || ifnull(folder, 'none') || ifnull(deleted_at, 'none') AS line FROM chats",
            "SELECT sum(cut) AS line FROM messages",
            "SELECT sum(cached_tokens) + sum(first_token_ms) AS line FROM generations",
        ];
        assert_eq!(faults.map(|sql| all(&connection, sql)), ["ok", "", "0nonenone", "0", "0.0"]);
        let insert = "INSERT INTO chats (title, created_at, updated_at) VALUES ('new', 1, 1);
                      INSERT INTO messages (chat_id, role, content, created_at, state) VALUES (7, 'user', 'new', 1, 'complete');";
        connection.execute_batch(insert).unwrap();
        assert_eq!(all(&connection, "SELECT max(id) AS line FROM chats"), "9");
        assert_eq!(all(&connection, "SELECT max(id) AS line FROM messages"), "41");
    }

    #[test]
    fn the_third_version_takes_a_library_beside_what_is_there() {
        let connection = first_version();
        run(&connection, 1).unwrap();
        let kept = "SELECT group_concat(content, ' ') AS line FROM messages ORDER BY id";
        assert!(all(&connection, kept).contains("first answer"));
        connection
            .execute_batch(
                FIXTURES[2]
                    .1
                    .split_once("INSERT INTO collections")
                    .map(|(_, rest)| format!("INSERT INTO collections{rest}"))
                    .unwrap()
                    .as_str(),
            )
            .unwrap();
        let faults = [
            "SELECT integrity_check AS line FROM pragma_integrity_check",
            "SELECT \"table\" AS line FROM pragma_foreign_key_check",
        ];
        assert_eq!(faults.map(|sql| all(&connection, sql)), ["ok", ""]);
        let found = "SELECT rowid AS line FROM passage_words WHERE passage_words MATCH 'heading AND text'";
        assert_eq!(all(&connection, found), "5");
        let secure = "SELECT v AS line FROM passage_words_config WHERE k = 'secure-delete'";
        assert_eq!(all(&connection, secure), "1");
    }

    #[test]
    fn the_fourth_version_keeps_the_library_and_what_is_worked_out_goes_with_its_document() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        for migration in &MIGRATIONS[..3] {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "user_version", 3).unwrap();
        connection.execute_batch(FIXTURES[2].1).unwrap();
        run(&connection, 3).unwrap();
        let kept = "SELECT name || text AS line FROM documents d JOIN pages p ON p.document_id = d.id";
        assert_eq!(all(&connection, kept), "old nameold text");
        connection.execute_batch("INSERT INTO derived (document_id, key, body) VALUES (3, 'k', 'b')").unwrap();
        let goes = "DELETE FROM passages; DELETE FROM pages; DELETE FROM documents";
        connection.execute_batch(goes).unwrap();
        assert_eq!(all(&connection, "SELECT body AS line FROM derived"), "");
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
            (
                "SELECT id FROM chats WHERE deleted_at IS NULL ORDER BY pinned DESC, updated_at DESC, id DESC",
                "chats_by_place",
            ),
            ("SELECT id FROM chats WHERE deleted_at IS NOT NULL", "chats_put_away"),
            ("SELECT count(*) FROM messages WHERE chat_id = 1", "messages_by_chat"),
            ("SELECT id FROM messages WHERE chat_id = 1 AND parent_id IS 2", "messages_by_"),
            ("SELECT id FROM messages WHERE state = 'growing'", "messages_growing"),
            ("SELECT id FROM messages WHERE parent_id = 1", "messages_by_parent"),
            ("SELECT id FROM chats WHERE leaf_id = 1", "chats_by_leaf"),
            ("SELECT id FROM documents WHERE sha256 = x'00' AND state <> 'removed'", "documents_by_sha256"),
            ("SELECT id FROM documents WHERE origin = 'x' AND state <> 'removed' ORDER BY id", "documents_by_origin"),
            ("SELECT id FROM documents WHERE replaces_id = 1", "documents_by_replaced"),
            ("SELECT 1 FROM documents WHERE replaces_id IS NOT NULL", "documents_by_replaced"),
            ("SELECT id FROM documents WHERE state = 'removed' LIMIT 1", "documents_removed"),
            ("SELECT id FROM documents WHERE seal IS NOT NULL AND sealed = 0", "documents_half_sealed"),
            ("SELECT id FROM documents WHERE state IN ('waiting', 'reading') ORDER BY id", "documents_unfinished"),
            ("SELECT id FROM pages WHERE document_id = 1 AND number = 2", "pages_by_document"),
            ("SELECT id FROM passages WHERE page_id = 1", "passages_by_page"),
            ("SELECT collection_id FROM memberships WHERE document_id = 1", "memberships_by_document"),
            ("SELECT body FROM derived WHERE document_id = 1 AND key = 'k'", "PRIMARY KEY"),
            ("DELETE FROM derived WHERE document_id = 1", "PRIMARY KEY"),
        ];
        for (sql, index) in used {
            assert!(plan(sql).contains(index), "{sql}: {}", plan(sql));
        }
    }
}
