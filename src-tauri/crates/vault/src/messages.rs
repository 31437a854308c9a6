//! The table `messages`: each chat is a tree, in which an edited question or a second answer is a branch beside the first.
//!
//! A message is durable when the call that wrote it returns. An answer grows by appending; one that nobody finished is found on opening.

use std::collections::HashMap;
use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};
use serde::{Deserialize, Serialize};

use crate::chats::ChatId;
use crate::error::{Result, VaultError};
use crate::generations::{self, Provenance};
use crate::hidden::Hidden;
use crate::store::BEFORE_PRIVATE;
use crate::{Vault, chats, now, search};

/// A message's number; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

impl MessageId {
    /// Whether the message is in a vault in memory ([`Vault::in_memory`]).
    #[must_use]
    pub fn is_private(self) -> bool {
        self.0 > BEFORE_PRIVATE
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Instructions to the model.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All of it is there.
    Complete,
    /// It is being written.
    Growing,
    /// The person stopped it.
    Stopped,
    /// The program ended before it was finished.
    Interrupted,
    /// It reached the most tokens that were asked for, or the end of the context window, and can be gone on with.
    Cut,
}

impl Role {
    const ALL: [(Self, &'static str); 3] =
        [(Self::System, "system"), (Self::User, "user"), (Self::Assistant, "assistant")];

    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }

    /// Reads the column that [`Role::name`] was written to.
    pub(crate) fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        named(&Self::ALL, row, column)
    }
}

impl State {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Complete, "complete"),
        (Self::Growing, "growing"),
        (Self::Stopped, "stopped"),
        (Self::Interrupted, "interrupted"),
    ];

    /// The columns `state` and `cut`: the first one cannot hold a word for the latter (see the migrations).
    fn columns(self) -> (&'static str, bool) {
        match self {
            Self::Complete => ("complete", false),
            Self::Growing => ("growing", false),
            Self::Stopped => ("stopped", false),
            Self::Interrupted => ("interrupted", false),
            Self::Cut => ("complete", true),
        }
    }

    /// Reads the two columns that [`State::columns`] gave, the first of them at `column`.
    fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        match (named(&Self::ALL, row, column)?, row.get(column + 1)?) {
            (Self::Complete, true) => Ok(Self::Cut),
            (state, _) => Ok(state),
        }
    }
}

fn named<T: Copy>(all: &[(T, &str)], row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let found = row.get_ref(column)?.as_str()?;
    let known = all.iter().find(|(_, name)| *name == found);
    known.map(|(value, _)| *value).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, 0))
}

/// One message.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// The chat it belongs to.
    pub chat: ChatId,
    /// The message before it; none at the root.
    pub parent: Option<MessageId>,
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// How far it is.
    pub state: State,
    /// Where an answer comes from; nothing for what the person wrote.
    pub provenance: Option<Provenance>,
    /// An answer's tokens, in the numbering of its model's vocabulary.
    pub token_ids: Vec<i32>,
}

impl fmt::Debug for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Message")
            .field("id", &self.id)
            .field("chat", &self.chat)
            .field("parent", &self.parent)
            .field("role", &self.role)
            .field("content", &Hidden::text(&self.content))
            .field("created_at", &self.created_at)
            .field("state", &self.state)
            .field("provenance", &self.provenance)
            .field("token_ids", &self.token_ids.len())
            .finish()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let (provenance, token_ids) = generations::read(row, 8)?;
    Ok(Message {
        id: MessageId(row.get(0)?),
        chat: ChatId(row.get(1)?),
        parent: row.get::<_, Option<i64>>(2)?.map(MessageId),
        role: Role::read(row, 3)?,
        content: row.get(4)?,
        created_at: row.get(5)?,
        state: State::read(row, 6)?,
        provenance,
        token_ids,
    })
}

fn all(store: &Connection, with: &str, from: &str, values: &[&dyn ToSql]) -> Result<Vec<Message>> {
    let columns = generations::COLUMNS;
    let sql = format!(
        "{with} SELECT m.id, m.chat_id, m.parent_id, m.role, m.content, m.created_at, m.state, m.cut, {columns}
         FROM {from} LEFT JOIN generations g ON g.message_id = m.id"
    );
    let mut statement = store.prepare_cached(&sql)?;
    Ok(statement.query_map(values, read)?.collect::<rusqlite::Result<_>>()?)
}

impl Vault {
    /// Adds a finished message, which becomes the chat's leaf.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], [`VaultError::NoSuchMessage`] where the parent is not in this chat, and the store's faults.
    pub fn add_message(&self, chat: ChatId, parent: Option<MessageId>, role: Role, content: &str) -> Result<MessageId> {
        self.change(|store| insert(store, chat, parent, role, content))
    }

    /// Adds an answer to `parent`, with nothing in it yet, which becomes the chat's leaf.
    ///
    /// # Errors
    /// As [`Vault::add_message`].
    pub fn begin_answer(&self, chat: ChatId, parent: MessageId, provenance: &Provenance) -> Result<MessageId> {
        self.change(|store| {
            let message = insert_row(store, chat, Some(parent), Role::Assistant, "", State::Growing)?;
            generations::put(store, message, provenance)?;
            Ok(message)
        })
    }

    /// Appends to an answer that was begun. What it appended survives the program's end.
    ///
    /// # Errors
    /// [`VaultError::NotGrowing`] where it is finished or was never begun, and the store's faults.
    pub fn grow_answer(&self, message: MessageId, text: &str, token_ids: &[i32]) -> Result<()> {
        self.change(|store| {
            let sql = "UPDATE messages SET content = content || ?2 WHERE id = ?1 AND state = 'growing'";
            growing(store.prepare_cached(sql)?.execute(params![message.0, text])?)?;
            generations::append_ids(store, message, token_ids)
        })
    }

    /// Finishes an answer, makes its words searchable and moves the log into the store.
    ///
    /// # Errors
    /// [`VaultError::NotGrowing`] where it is finished, was never begun, or `state` is [`State::Growing`]; and the store's faults.
    pub fn finish_answer(&self, message: MessageId, state: State, provenance: &Provenance) -> Result<()> {
        self.change(|store| {
            let sql = "UPDATE messages SET state = ?2, cut = ?3
                       WHERE id = ?1 AND state = 'growing' AND ?2 <> 'growing' RETURNING content";
            let (name, cut) = state.columns();
            let mut statement = store.prepare_cached(sql)?;
            let content: Option<String> =
                statement.query_row(params![message.0, name, cut], |row| row.get(0)).optional()?;
            let content = content.ok_or(VaultError::NotGrowing)?;
            generations::put(store, message, provenance)?;
            search::index(store, message, &content)
        })?;
        self.settle_log();
        Ok(())
    }

    /// Goes on with an answer that was stopped, interrupted or cut: it grows again from where it ended, and keeps its tokens. Its words are
    /// searchable again once it is finished.
    ///
    /// # Errors
    /// [`VaultError::NoSuchMessage`], [`VaultError::NotGrowing`] where it is complete, is growing already or is no answer, and the store's
    /// faults.
    pub fn reopen_answer(&self, message: MessageId) -> Result<()> {
        let sql = "UPDATE messages SET state = 'growing', cut = 0
                   WHERE id = ?1 AND role = 'assistant' AND (state IN ('stopped', 'interrupted') OR cut) RETURNING chat_id";
        self.change(|store| {
            let chat: Option<i64> = store.prepare_cached(sql)?.query_row([message.0], |row| row.get(0)).optional()?;
            let Some(chat) = chat else {
                let there = store.prepare_cached("SELECT 1 FROM messages WHERE id = ?1")?.exists([message.0])?;
                return Err(if there { VaultError::NotGrowing } else { VaultError::NoSuchMessage });
            };
            search::forget(store, message)?;
            chats::changed(store, ChatId(chat))
        })
    }

    /// Deletes a message, everything below it, and their words from the search. Where it was on show, the chat then shows the newest thread
    /// through the nearest message beside it, or what came before it where there is none.
    ///
    /// # Errors
    /// [`VaultError::NoSuchMessage`] where the message is not in this chat, [`VaultError::NoSuchChat`], and the store's faults.
    pub fn delete_message(&self, chat: ChatId, message: MessageId) -> Result<()> {
        self.change(|store| {
            check_in_chat(store, chat, message)?;
            let gone = below(store, message)?;
            if leaf(store, chat)?.is_some_and(|leaf| gone.contains(&leaf)) {
                let next = match nearest_beside(store, message)? {
                    Some(beside) => newest_below(store, beside)?,
                    None => parent(store, message)?,
                };
                chats::show(store, chat, next)?;
            }
            erase(store, &gone)
        })?;
        self.settle_log();
        Ok(())
    }

    /// The end of the branch that goes through this message: its newest answer, that one's newest, and so on; itself where nothing follows.
    ///
    /// # Errors
    /// [`VaultError::NoSuchMessage`], and the store's faults.
    pub fn newest_below(&self, message: MessageId) -> Result<MessageId> {
        self.look(|store| newest_below(store, message))?.ok_or(VaultError::NoSuchMessage)
    }

    /// For every message of the thread on show, the messages with the same parent, itself among them, oldest first.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn siblings_of_thread(&self, chat: ChatId) -> Result<HashMap<MessageId, Vec<MessageId>>> {
        let leaf = self.chat(chat)?.leaf.map(|leaf| leaf.0);
        let sql = "WITH RECURSIVE path (id, above) AS (
                       SELECT id, parent_id FROM messages WHERE id = ?1
                       UNION ALL SELECT up.id, up.parent_id FROM path JOIN messages up ON up.id = path.above)
                   SELECT path.id, beside.id FROM path
                   JOIN messages beside ON beside.chat_id = ?2 AND beside.parent_id IS path.above ORDER BY path.id, beside.id";
        self.look(|store| {
            let mut statement = store.prepare_cached(sql)?;
            let mut rows = statement.query(params![leaf, chat.0])?;
            let mut siblings: HashMap<MessageId, Vec<MessageId>> = HashMap::new();
            while let Some(row) = rows.next()? {
                siblings.entry(MessageId(row.get(0)?)).or_default().push(MessageId(row.get(1)?));
            }
            Ok(siblings)
        })
    }

    /// The thread on show, from its root to the chat's leaf.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn thread(&self, chat: ChatId) -> Result<Vec<Message>> {
        let leaf = self.chat(chat)?.leaf.map(|leaf| leaf.0);
        let path = "WITH RECURSIVE path (id, above) AS (
                        SELECT id, parent_id FROM messages WHERE id = ?1
                        UNION ALL SELECT up.id, up.parent_id FROM path JOIN messages up ON up.id = path.above)";
        // A parent is always older than its children, so the order of ids is the order of the thread.
        let mut thread = self.look(|store| all(store, path, "path JOIN messages m ON m.id = path.id", &[&leaf]))?;
        thread.sort_by_key(|message| message.id);
        Ok(thread)
    }

    /// The messages with the same parent as this one, itself among them, oldest first.
    ///
    /// # Errors
    /// [`VaultError::NoSuchMessage`], and the store's faults.
    pub fn branches(&self, message: MessageId) -> Result<Vec<MessageId>> {
        let sql = "SELECT beside.id FROM messages m
                   JOIN messages beside ON beside.chat_id = m.chat_id AND beside.parent_id IS m.parent_id
                   WHERE m.id = ?1 ORDER BY beside.id";
        let beside: Vec<MessageId> = self.look(|store| {
            let mut statement = store.prepare_cached(sql)?;
            Ok(statement.query_map([message.0], |row| row.get(0).map(MessageId))?.collect::<rusqlite::Result<_>>()?)
        })?;
        if beside.is_empty() { Err(VaultError::NoSuchMessage) } else { Ok(beside) }
    }

    /// All messages of a chat, on all branches, oldest first.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn messages(&self, chat: ChatId) -> Result<Vec<Message>> {
        self.chat(chat)?;
        let from = "(SELECT * FROM messages WHERE chat_id = ?1) m";
        let mut messages = self.look(|store| all(store, "", from, &[&chat.0]))?;
        messages.sort_by_key(|message| message.id);
        Ok(messages)
    }
}

/// Adds a finished message and its words.
pub(crate) fn insert(
    store: &Connection,
    chat: ChatId,
    parent: Option<MessageId>,
    role: Role,
    content: &str,
) -> Result<MessageId> {
    let message = insert_row(store, chat, parent, role, content, State::Complete)?;
    search::index(store, message, content)?;
    Ok(message)
}

fn insert_row(
    store: &Connection,
    chat: ChatId,
    parent: Option<MessageId>,
    role: Role,
    content: &str,
    state: State,
) -> Result<MessageId> {
    let there = store.prepare_cached("SELECT 1 FROM chats WHERE id = ?1 AND deleted_at IS NULL")?.exists([chat.0])?;
    if !there {
        return Err(VaultError::NoSuchChat);
    }
    if let Some(parent) = parent {
        check_in_chat(store, chat, parent)?;
    }
    let sql =
        "INSERT INTO messages (chat_id, parent_id, role, content, created_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![chat.0, parent.map(|parent| parent.0), role.name(), content, now(), state.columns().0];
    store.prepare_cached(sql)?.execute(values)?;
    let message = MessageId(store.last_insert_rowid());
    chats::touch(store, chat, message)?;
    Ok(message)
}

/// Refuses a message that is not in this chat.
pub(crate) fn check_in_chat(store: &Connection, chat: ChatId, message: MessageId) -> Result<()> {
    let sql = "SELECT 1 FROM messages WHERE id = ?2 AND chat_id = ?1";
    if store.prepare_cached(sql)?.exists([chat.0, message.0])? { Ok(()) } else { Err(VaultError::NoSuchMessage) }
}

fn ids(store: &Connection, sql: &str, of: i64) -> Result<Vec<MessageId>> {
    let mut statement = store.prepare_cached(sql)?;
    Ok(statement.query_map([of], |row| row.get(0).map(MessageId))?.collect::<rusqlite::Result<_>>()?)
}

/// All messages of a chat.
pub(crate) fn ids_of_chat(store: &Connection, chat: ChatId) -> Result<Vec<MessageId>> {
    ids(store, "SELECT id FROM messages WHERE chat_id = ?1", chat.0)
}

/// A message and everything below it.
fn below(store: &Connection, message: MessageId) -> Result<Vec<MessageId>> {
    let sql = "WITH RECURSIVE below (id) AS (
                   VALUES (?1) UNION ALL SELECT m.id FROM below JOIN messages m ON m.parent_id = below.id)
               SELECT id FROM below";
    ids(store, sql, message.0)
}

/// The end of the branch through a message. A child is always newer than its parent, so it is the greatest number on the way.
fn newest_below(store: &Connection, message: MessageId) -> Result<Option<MessageId>> {
    let sql = "WITH RECURSIVE down (id) AS (
                   SELECT id FROM messages WHERE id = ?1
                   UNION ALL SELECT (SELECT max(id) FROM messages WHERE parent_id = down.id) FROM down WHERE down.id IS NOT NULL)
               SELECT max(id) FROM down";
    one(store, sql, message)
}

/// The message with the same parent that was made just before this one, or else the one made just after it.
fn nearest_beside(store: &Connection, message: MessageId) -> Result<Option<MessageId>> {
    let sql = "SELECT coalesce(max(beside.id) FILTER (WHERE beside.id < m.id), min(beside.id) FILTER (WHERE beside.id > m.id))
               FROM messages m JOIN messages beside ON beside.chat_id = m.chat_id AND beside.parent_id IS m.parent_id
               WHERE m.id = ?1";
    one(store, sql, message)
}

fn parent(store: &Connection, message: MessageId) -> Result<Option<MessageId>> {
    one(store, "SELECT parent_id FROM messages WHERE id = ?1", message)
}

fn one(store: &Connection, sql: &str, of: MessageId) -> Result<Option<MessageId>> {
    let id: Option<i64> = store.prepare_cached(sql)?.query_row([of.0], |row| row.get(0))?;
    Ok(id.map(MessageId))
}

fn leaf(store: &Connection, chat: ChatId) -> Result<Option<MessageId>> {
    let mut statement = store.prepare_cached("SELECT leaf_id FROM chats WHERE id = ?1 AND deleted_at IS NULL")?;
    let leaf: Option<Option<i64>> = statement.query_row([chat.0], |row| row.get(0)).optional()?;
    Ok(leaf.ok_or(VaultError::NoSuchChat)?.map(MessageId))
}

/// Deletes these messages, which must hold all that is below each, and their words.
///
/// One by one from the newest: left to the cascade, a thread of a thousand messages is as many triggers deep, which `SQLite` refuses.
pub(crate) fn erase(store: &Connection, messages: &[MessageId]) -> Result<()> {
    let mut newest_first = messages.to_vec();
    newest_first.sort_unstable_by(|one, other| other.cmp(one));
    let mut delete = store.prepare_cached("DELETE FROM messages WHERE id = ?1")?;
    for message in newest_first {
        search::forget(store, message)?;
        delete.execute([message.0])?;
    }
    Ok(())
}

fn growing(rows: usize) -> Result<()> {
    if rows == 0 { Err(VaultError::NotGrowing) } else { Ok(()) }
}

/// Marks every answer that was being written when the program ended. Called on opening, when nobody else can be writing.
pub(crate) fn interrupt_growing(store: &Connection) -> Result<usize> {
    let sql = "UPDATE messages SET state = 'interrupted' WHERE state = 'growing' RETURNING id, content";
    let mut statement = store.prepare_cached(sql)?;
    let unfinished = statement.query_map([], |row| Ok((MessageId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let unfinished = unfinished.collect::<rusqlite::Result<Vec<_>>>()?;
    for (message, content) in &unfinished {
        search::index(store, *message, content)?;
    }
    Ok(unfinished.len())
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
