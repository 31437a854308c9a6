//! The table `chats`: a title, two times, and the leaf, which is the message that the thread on show ends with.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::messages::{MessageId, Role};
use crate::{Vault, messages, now, search};

/// A chat's number; never used again, even after the chat is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatId(pub i64);

impl fmt::Display for ChatId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A chat without its messages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// Its number.
    pub id: ChatId,
    /// What the person sees in the list.
    pub title: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds of the last message or change of title.
    pub updated_at: i64,
    /// The last message of the thread on show; none in an empty chat.
    pub leaf: Option<MessageId>,
    /// How many messages there are, on all branches.
    pub messages: u64,
}

impl fmt::Debug for Chat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Chat")
            .field("id", &self.id)
            .field("title", &Hidden::text(&self.title))
            .field("created_at", &self.created_at)
            .field("updated_at", &self.updated_at)
            .field("leaf", &self.leaf)
            .field("messages", &self.messages)
            .finish()
    }
}

const SELECT: &str = "SELECT id, title, created_at, updated_at, leaf_id,
                             (SELECT count(*) FROM messages WHERE chat_id = chats.id) FROM chats";

fn read(row: &Row<'_>) -> rusqlite::Result<Chat> {
    Ok(Chat {
        id: ChatId(row.get(0)?),
        title: row.get(1)?,
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        leaf: row.get::<_, Option<i64>>(4)?.map(MessageId),
        messages: row.get::<_, i64>(5)?.unsigned_abs(),
    })
}

impl Vault {
    /// Makes an empty chat.
    ///
    /// # Errors
    /// The store's faults.
    pub fn new_chat(&self, title: &str) -> Result<ChatId> {
        self.change(|store| insert(store, title))
    }

    /// Makes a chat with its first message, both or neither.
    ///
    /// # Errors
    /// The store's faults.
    pub fn start_chat(&self, title: &str, content: &str) -> Result<(ChatId, MessageId)> {
        self.change(|store| {
            let chat = insert(store, title)?;
            Ok((chat, messages::insert(store, chat, None, Role::User, content)?))
        })
    }

    /// Gives a chat another title.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn rename_chat(&self, chat: ChatId, title: &str) -> Result<()> {
        let sql = "UPDATE chats SET title = ?2, updated_at = max(updated_at, ?3) WHERE id = ?1";
        self.change(|store| found(store.prepare_cached(sql)?.execute(params![chat.0, title, now()])?))
    }

    /// Deletes a chat with all its messages, and their words from the search.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn delete_chat(&self, chat: ChatId) -> Result<()> {
        self.change(|store| {
            search::forget_chat(store, chat)?;
            found(store.prepare_cached("DELETE FROM chats WHERE id = ?1")?.execute([chat.0])?)
        })?;
        self.settle_log();
        Ok(())
    }

    /// All chats, the one changed last first.
    ///
    /// # Errors
    /// The store's faults.
    pub fn chats(&self) -> Result<Vec<Chat>> {
        self.look(|store| {
            let mut statement = store.prepare_cached(&format!("{SELECT} ORDER BY updated_at DESC, id DESC"))?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn chat(&self, chat: ChatId) -> Result<Chat> {
        self.look(|store| {
            let mut statement = store.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
            statement.query_row([chat.0], read).optional()?.ok_or(VaultError::NoSuchChat)
        })
    }

    /// Shows the thread that ends with `message`.
    ///
    /// # Errors
    /// [`VaultError::NoSuchMessage`] where the message is not in this chat, and the store's faults.
    pub fn set_leaf(&self, chat: ChatId, message: MessageId) -> Result<()> {
        self.change(|store| {
            messages::check_in_chat(store, chat, message)?;
            found(store.prepare_cached("UPDATE chats SET leaf_id = ?2 WHERE id = ?1")?.execute([chat.0, message.0])?)
        })
    }
}

fn insert(store: &Connection, title: &str) -> Result<ChatId> {
    let sql = "INSERT INTO chats (title, created_at, updated_at) VALUES (?1, ?2, ?2)";
    store.prepare_cached(sql)?.execute(params![title, now()])?;
    Ok(ChatId(store.last_insert_rowid()))
}

/// Notes that `message` was added now and is shown.
pub(crate) fn touch(store: &Connection, chat: ChatId, message: MessageId) -> Result<()> {
    let sql = "UPDATE chats SET leaf_id = ?2, updated_at = max(updated_at, ?3) WHERE id = ?1";
    found(store.prepare_cached(sql)?.execute(params![chat.0, message.0, now()])?)
}

fn found(rows: usize) -> Result<()> {
    if rows == 0 { Err(VaultError::NoSuchChat) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::Place;

    #[test]
    fn chats_come_newest_first_with_their_counts() {
        let place = Place::new();
        let vault = place.create();
        let (old, _) = vault.start_chat("old", "one").unwrap();
        let empty = vault.new_chat("empty").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(3));
        vault.add_message(old, None, Role::User, "two").unwrap();
        let chats = vault.chats().unwrap();
        assert_eq!(chats.iter().map(|chat| (chat.id, chat.messages)).collect::<Vec<_>>(), [(old, 2), (empty, 0)]);
        assert_eq!(vault.chat(empty).unwrap().leaf, None);
    }

    #[test]
    fn a_deleted_chat_takes_its_messages_and_words_along() {
        let place = Place::new();
        let vault = place.create();
        let (gone, message) = vault.start_chat("a", "zanzibar").unwrap();
        let (kept, _) = vault.start_chat("b", "madagascar").unwrap();
        vault.rename_chat(kept, "c").unwrap();
        vault.delete_chat(gone).unwrap();
        assert_eq!(vault.chat(gone).unwrap_err().code(), "no_such_chat");
        assert_eq!(vault.delete_chat(gone).unwrap_err().code(), "no_such_chat");
        assert_eq!(vault.rename_chat(gone, "x").unwrap_err().code(), "no_such_chat");
        assert_eq!(vault.messages(gone).unwrap_err().code(), "no_such_chat");
        assert_eq!(vault.branches(message).unwrap_err().code(), "no_such_message");
        assert!(vault.search("zanzibar", 9).unwrap().is_empty());
        assert_eq!(vault.search("madagascar", 9).unwrap()[0].title, "c");
        let left = "SELECT count(*) FROM words_data WHERE instr(block, CAST('zanzibar' AS BLOB))";
        assert_eq!(vault.store.query_row(left, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        assert!(vault.new_chat("d").unwrap() > kept);
    }

    #[test]
    fn a_chat_does_not_print_its_title() {
        let place = Place::new();
        let vault = place.create();
        vault.start_chat("canary", "x").unwrap();
        assert!(!format!("{:?} {vault:?}", vault.chats().unwrap()).contains("canary"));
    }
}
