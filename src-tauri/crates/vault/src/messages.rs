//! The table `messages`: each chat is a tree, in which an edited question or a second answer is a branch beside the first.
//!
//! A message is durable when the call that wrote it returns. An answer grows by appending; one that nobody finished is found on opening.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};
use serde::{Deserialize, Serialize};

use crate::chats::ChatId;
use crate::error::{Result, VaultError};
use crate::generations::{self, Provenance};
use crate::hidden::Hidden;
use crate::{Vault, chats, now, search};

/// A message's number; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

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

    fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Growing => "growing",
            Self::Stopped => "stopped",
            Self::Interrupted => "interrupted",
        }
    }
}

fn named<T: Copy>(all: &[(T, &str)], row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let found = row.get_ref(column)?.as_str()?;
    let known = all.iter().find(|(_, name)| *name == found);
    known.map(|(value, _)| *value).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, 0))
}

/// One message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    let (provenance, token_ids) = generations::read(row, 7)?;
    Ok(Message {
        id: MessageId(row.get(0)?),
        chat: ChatId(row.get(1)?),
        parent: row.get::<_, Option<i64>>(2)?.map(MessageId),
        role: Role::read(row, 3)?,
        content: row.get(4)?,
        created_at: row.get(5)?,
        state: named(&State::ALL, row, 6)?,
        provenance,
        token_ids,
    })
}

fn all(store: &Connection, with: &str, from: &str, values: &[&dyn ToSql]) -> Result<Vec<Message>> {
    let columns = generations::COLUMNS;
    let sql = format!(
        "{with} SELECT m.id, m.chat_id, m.parent_id, m.role, m.content, m.created_at, m.state, {columns}
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
            let sql = "UPDATE messages SET state = ?2 WHERE id = ?1 AND state = 'growing' AND ?2 <> 'growing' RETURNING content";
            let content: Option<String> =
                store.prepare_cached(sql)?.query_row(params![message.0, state.name()], |row| row.get(0)).optional()?;
            let content = content.ok_or(VaultError::NotGrowing)?;
            generations::put(store, message, provenance)?;
            search::index(store, message, &content)
        })?;
        self.settle_log();
        Ok(())
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
    let there = store.prepare_cached("SELECT 1 FROM chats WHERE id = ?1")?.exists([chat.0])?;
    if !there {
        return Err(VaultError::NoSuchChat);
    }
    if let Some(parent) = parent {
        check_in_chat(store, chat, parent)?;
    }
    let sql =
        "INSERT INTO messages (chat_id, parent_id, role, content, created_at, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![chat.0, parent.map(|parent| parent.0), role.name(), content, now(), state.name()];
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
