//! The `SQLCipher` database: opened under the vault's key, with every setting that the promises rest on read back; or one in memory, for what
//! is never to reach a disk.
//!
//! Nothing else opens it. It must never write to a store whose version it does not know, and never go on with a setting refused.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::{Result, VaultError};
use crate::folder::{self, STORE, STORE_NEW};
use crate::keys::{self, SecretKey};
use crate::migrations;

/// Where a store's pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// In an encrypted file, each page with a MAC, and a log beside it.
    Disk,
    /// In this process alone: no cipher, no log, nothing that a disk could have altered.
    Memory,
}

/// Chats and messages in memory have numbers above this, which no stored one reaches; all of them are exact in JavaScript.
pub(crate) const BEFORE_PRIVATE: i64 = 1 << 50;

/// Pages held deciphered at most, in KiB: a page of a large index that is not held costs its MAC and its cipher again each time.
const CACHE_KIB: i64 = 32 << 10;

/// Makes a new, empty store. Until its last step it does not have the store's name.
pub(crate) fn create(dir: &Path, key: &SecretKey) -> Result<()> {
    let path = dir.join(STORE_NEW);
    folder::create_empty(&path)?;
    let connection = connect(&path, key)?;
    settle(&connection, Medium::Disk)?;
    migrations::run(&connection, 0)?;
    close(connection, Medium::Disk)?;
    folder::rename(dir, STORE_NEW, STORE)
}

/// Opens the store, and brings one of an earlier version up to date.
pub(crate) fn open(dir: &Path, key: &SecretKey) -> Result<Connection> {
    let connection = connect(&dir.join(STORE), key)?;
    let version = migrations::version(&connection)?;
    settle(&connection, Medium::Disk)?;
    migrations::run(&connection, version)?;
    Ok(connection)
}

/// Makes an empty store in memory.
pub(crate) fn in_memory() -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_in_memory_with_flags(flags)?;
    quieten(&connection)?;
    settle(&connection, Medium::Memory)?;
    migrations::run(&connection, 0)?;
    let sql = "INSERT INTO sqlite_sequence (name, seq) VALUES ('chats', ?1), ('messages', ?1)";
    connection.execute(sql, [BEFORE_PRIVATE])?;
    Ok(connection)
}

/// Opens the file and shows that the key is right, writing nothing.
fn connect(path: &Path, key: &SecretKey) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // A log left by a newer version stays as it is, should this turn out to be one.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    quieten(&connection)?;
    let hex = Zeroizing::new(keys::hex(key.bytes()));
    connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex.as_str())))?;
    // One program holds the vault, so the log's index needs no shared file beside it.
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    let _tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(connection)
}

/// `SQLCipher` says nothing on the console, and wipes what `SQLite` frees.
fn quieten(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "PRAGMA cipher_log_level = NONE; PRAGMA cipher_log = off; PRAGMA cipher_memory_security = ON;",
    )?;
    Ok(())
}

/// Sets what the promises rest on.
fn settle(connection: &Connection, medium: Medium) -> Result<()> {
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    if medium == Medium::Disk {
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    if let Some(refused) = protections(connection, medium)?.into_iter().find(|protection| !protection.holds()) {
        let Protection { name, wanted, found } = refused;
        return Err(VaultError::Database(format!("{name} is {found}, not {wanted}")));
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(())
}

/// A setting that the promises rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Its name in `SQLite` or `SQLCipher`.
    pub name: &'static str,
    /// What it must be.
    pub wanted: &'static str,
    /// What it is.
    pub found: String,
}

impl Protection {
    /// Whether it is as it must be.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.found == self.wanted
    }
}

const WANTED: [(&str, &str); 6] = [
    ("temp_store", "2"),
    ("foreign_keys", "1"),
    ("secure_delete", "1"),
    ("trusted_schema", "0"),
    ("cell_size_check", "1"),
    ("cipher_memory_security", "1"),
];
const WANTED_ON_DISK: [(&str, &str); 2] = [("journal_mode", "wal"), ("synchronous", "2")];
const WANTED_IN_MEMORY: [(&str, &str); 1] = [("journal_mode", "memory")];

/// The settings that the promises rest on, read back.
pub(crate) fn protections(connection: &Connection, medium: Medium) -> Result<Vec<Protection>> {
    let read = |(name, wanted)| Ok(Protection { name, wanted, found: pragma(connection, name)? });
    let further = match medium {
        Medium::Disk => WANTED_ON_DISK.as_slice(),
        Medium::Memory => WANTED_IN_MEMORY.as_slice(),
    };
    WANTED.into_iter().chain(further.iter().copied()).map(read).collect()
}

fn pragma(connection: &Connection, name: &str) -> Result<String> {
    let value = connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))?;
    Ok(match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Null | rusqlite::types::Value::Real(_) | rusqlite::types::Value::Blob(_) => {
            String::new()
        }
    })
}

/// Shows that no page read so far was damaged.
///
/// `SQLCipher` hands a page whose MAC is wrong to `SQLite` as zeroes, notes that, and lets the statement go on: a long text that ends in such a
/// page is returned with a tail of zeroes. So nothing that was read is used, or committed, before this has passed. Once it fails it fails
/// until the store is opened again. Pages in memory have no MAC, and nothing there comes back from a disk.
pub(crate) fn sound(connection: &Connection, medium: Medium) -> Result<()> {
    if medium == Medium::Memory {
        return Ok(());
    }
    // SQLCipher works the answer out when the statement is prepared: a cached one would repeat the old answer.
    if pragma(connection, "cipher_status")? == "1" {
        Ok(())
    } else {
        Err(VaultError::damaged("a page of store.db is not what was written"))
    }
}

/// Moves everything from the log into the database file, durably, and empties the log. In memory there is none.
pub(crate) fn checkpoint(connection: &Connection, medium: Medium) -> Result<()> {
    if medium == Medium::Memory {
        return Ok(());
    }
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(VaultError::InUse) } else { Ok(()) }
}

/// Empties the log, then closes, which removes it.
pub(crate) fn close(connection: Connection, medium: Medium) -> Result<()> {
    checkpoint(&connection, medium)?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Everything that is wrong with the store, in words without content; nothing where it is whole.
pub(crate) fn faults(connection: &Connection, medium: Medium) -> Vec<String> {
    let mut faults = Vec::new();
    if let Err(error) = checkpoint(connection, medium) {
        faults.push(format!("the log cannot be written into the store ({})", error.code()));
    }
    if medium == Medium::Disk {
        // What this reports are page numbers.
        faults.extend(
            said(connection, "PRAGMA cipher_integrity_check").unwrap_or_else(|error| vec![error.code().to_owned()]),
        );
    }
    match said(connection, "PRAGMA integrity_check(100)") {
        Ok(lines) => faults.extend(lines.into_iter().filter(|line| line != "ok")),
        Err(error) => faults.push(format!("the tables cannot be read ({})", error.code())),
    }
    match said(connection, "SELECT \"table\" || ' refers to a missing ' || parent FROM pragma_foreign_key_check") {
        Ok(lines) => faults.extend(lines),
        Err(error) => faults.push(format!("the references cannot be read ({})", error.code())),
    }
    faults
}

fn said(connection: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    let lines = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(lines)
}
