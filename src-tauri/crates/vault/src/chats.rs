//! The table `chats`: a title, two times, where the person put it, and the leaf, which is the message that the thread on show ends with.
//!
//! A chat that was put away is seen by nobody but [`Vault::restore_chat`], and erased with the next closing or opening.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};
use serde::{Deserialize, Serialize};

use crate::error::{Result, VaultError};
use crate::hidden::Hidden;
use crate::messages::{MessageId, Role};
use crate::store::BEFORE_PRIVATE;
use crate::{Vault, messages, now};

/// A chat's number; never used again, even after the chat is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatId(pub i64);

impl ChatId {
    /// Whether the chat is in a vault in memory ([`Vault::in_memory`]).
    #[must_use]
    pub fn is_private(self) -> bool {
        self.0 > BEFORE_PRIVATE
    }
}

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
    /// Whether it stands before all that are not pinned.
    pub pinned: bool,
    /// The folder that the person put it in.
    pub folder: Option<String>,
    /// What the person began to write in it.
    pub draft: String,
    /// What the person chose for it, as JSON that the vault does not look into; empty where nothing was chosen.
    pub choices: String,
    /// Whether it is in memory alone.
    pub private: bool,
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
            .field("pinned", &self.pinned)
            .field("private", &self.private)
            .finish_non_exhaustive()
    }
}

const SELECT: &str = "SELECT id, title, created_at, updated_at, leaf_id,
                             (SELECT count(*) FROM messages WHERE chat_id = chats.id), pinned, folder, draft, choices
                      FROM chats WHERE deleted_at IS NULL";

fn read(row: &Row<'_>) -> rusqlite::Result<Chat> {
    let id = ChatId(row.get(0)?);
    Ok(Chat {
        id,
        title: row.get(1)?,
        created_at: row.get(2)?,
        updated_at: row.get(3)?,
        leaf: row.get::<_, Option<i64>>(4)?.map(MessageId),
        messages: row.get::<_, i64>(5)?.unsigned_abs(),
        pinned: row.get(6)?,
        folder: row.get(7)?,
        draft: row.get(8)?,
        choices: row.get(9)?,
        private: id.is_private(),
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
        let sql = "UPDATE chats SET title = ?2, updated_at = max(updated_at, ?3) WHERE id = ?1 AND deleted_at IS NULL";
        self.change(|store| found(store.prepare_cached(sql)?.execute(params![chat.0, title, now()])?))
    }

    /// Puts a chat before all that are not pinned, or back among them. It counts as no change of the chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn pin_chat(&self, chat: ChatId, pinned: bool) -> Result<()> {
        self.set(chat, "pinned", &pinned)
    }

    /// Puts a chat into a folder, or into none. It counts as no change of the chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn move_chat(&self, chat: ChatId, folder: Option<&str>) -> Result<()> {
        self.set(chat, "folder", &folder)
    }

    /// Keeps what the person began to write in a chat. It counts as no change of the chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn set_draft(&self, chat: ChatId, draft: &str) -> Result<()> {
        self.set(chat, "draft", &draft)
    }

    /// Keeps what the person chose for a chat, as JSON. It counts as no change of the chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn set_choices(&self, chat: ChatId, choices: &str) -> Result<()> {
        self.set(chat, "choices", &choices)
    }

    fn set(&self, chat: ChatId, column: &'static str, value: &dyn ToSql) -> Result<()> {
        let sql = format!("UPDATE chats SET {column} = ?2 WHERE id = ?1 AND deleted_at IS NULL");
        self.change(|store| found(store.prepare_cached(&sql)?.execute(params![chat.0, value])?))
    }

    /// Deletes a chat with all its messages, and their words from the search, whether or not it was put away.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn delete_chat(&self, chat: ChatId) -> Result<()> {
        self.change(|store| erase(store, chat))?;
        self.settle_log();
        Ok(())
    }

    /// Takes a chat out of every list and search, so that it can still be brought back until the vault is closed. An answer that is being
    /// written in it may go on.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn put_away_chat(&self, chat: ChatId) -> Result<()> {
        let sql = "UPDATE chats SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL";
        self.change(|store| found(store.prepare_cached(sql)?.execute(params![chat.0, now()])?))
    }

    /// Brings a chat back that was put away. One that was not stays as it is.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`] where it is erased, and the store's faults.
    pub fn restore_chat(&self, chat: ChatId) -> Result<()> {
        let sql = "UPDATE chats SET deleted_at = NULL WHERE id = ?1";
        self.change(|store| found(store.prepare_cached(sql)?.execute([chat.0])?))
    }

    /// Erases every chat that was put away, with its messages and their words, and empties the log.
    ///
    /// # Errors
    /// The store's faults; then all of them are still there.
    pub fn empty_bin(&self) -> Result<()> {
        let bin = put_away(&self.store)?;
        if bin.is_empty() {
            return Ok(());
        }
        self.change(|store| bin.iter().try_for_each(|chat| erase(store, *chat)))?;
        tracing::info!(chats = bin.len(), "chats that were put away are erased");
        self.settle_log();
        Ok(())
    }

    /// All chats that were not put away: pinned ones first, and then the one changed last.
    ///
    /// # Errors
    /// The store's faults.
    pub fn chats(&self) -> Result<Vec<Chat>> {
        self.look(|store| {
            let mut statement =
                store.prepare_cached(&format!("{SELECT} ORDER BY pinned DESC, updated_at DESC, id DESC"))?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// One chat.
    ///
    /// # Errors
    /// [`VaultError::NoSuchChat`], and the store's faults.
    pub fn chat(&self, chat: ChatId) -> Result<Chat> {
        self.look(|store| {
            let mut statement = store.prepare_cached(&format!("{SELECT} AND id = ?1"))?;
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
            show(store, chat, Some(message))
        })
    }
}

fn put_away(store: &Connection) -> Result<Vec<ChatId>> {
    let mut statement = store.prepare_cached("SELECT id FROM chats WHERE deleted_at IS NOT NULL")?;
    Ok(statement.query_map([], |row| row.get(0).map(ChatId))?.collect::<rusqlite::Result<_>>()?)
}

/// Deletes a chat, its messages and their words.
fn erase(store: &Connection, chat: ChatId) -> Result<()> {
    let all = messages::ids_of_chat(store, chat)?;
    messages::erase(store, &all)?;
    found(store.prepare_cached("DELETE FROM chats WHERE id = ?1")?.execute([chat.0])?)
}

/// Shows the thread that ends with `leaf`, or none.
pub(crate) fn show(store: &Connection, chat: ChatId, leaf: Option<MessageId>) -> Result<()> {
    let sql = "UPDATE chats SET leaf_id = ?2 WHERE id = ?1 AND deleted_at IS NULL";
    found(store.prepare_cached(sql)?.execute(params![chat.0, leaf.map(|leaf| leaf.0)])?)
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

/// Notes that something in the chat was changed now.
pub(crate) fn changed(store: &Connection, chat: ChatId) -> Result<()> {
    let sql = "UPDATE chats SET updated_at = max(updated_at, ?2) WHERE id = ?1 AND deleted_at IS NULL";
    found(store.prepare_cached(sql)?.execute(params![chat.0, now()])?)
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
    fn a_long_thread_can_be_deleted() {
        let place = Place::new();
        let vault = place.create();
        let (chat, mut last) = vault.start_chat("long", "zanzibar").unwrap();
        let rows = "INSERT INTO messages (chat_id, parent_id, role, content, created_at, state) VALUES (?1, ?2, 'user', 'x', 1, 'complete')";
        vault
            .change(|store| {
                for _ in 0..1500 {
                    store.prepare_cached(rows)?.execute(params![chat.0, last.0])?;
                    last = MessageId(store.last_insert_rowid());
                }
                show(store, chat, Some(last))
            })
            .unwrap();
        assert_eq!(vault.thread(chat).unwrap().len(), 1501);
        vault.delete_chat(chat).unwrap();
        assert!(vault.chats().unwrap().is_empty() && vault.check_integrity().is_empty());
    }

    #[test]
    fn where_a_chat_stands_is_kept_and_does_not_count_as_a_change() {
        let place = Place::new();
        let vault = place.create();
        let (first, _) = vault.start_chat("first", "one").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(3));
        let (second, _) = vault.start_chat("second", "two").unwrap();
        let before = vault.chat(first).unwrap();
        vault.pin_chat(first, true).unwrap();
        vault.move_chat(first, Some("work")).unwrap();
        vault.set_draft(first, "a draft").unwrap();
        vault.set_choices(first, "{\"seed\":1}").unwrap();
        let expected = Chat {
            pinned: true,
            folder: Some("work".to_owned()),
            draft: "a draft".to_owned(),
            choices: "{\"seed\":1}".to_owned(),
            ..before.clone()
        };
        assert_eq!(vault.chat(first).unwrap(), expected);
        assert_eq!(vault.chats().unwrap().iter().map(|chat| chat.id).collect::<Vec<_>>(), [first, second]);
        vault.pin_chat(first, false).unwrap();
        vault.move_chat(first, None).unwrap();
        vault.set_draft(first, "").unwrap();
        vault.set_choices(first, "").unwrap();
        assert_eq!(vault.chat(first).unwrap(), before);
        assert_eq!(vault.chats().unwrap()[0].id, second);
        assert_eq!(vault.pin_chat(ChatId(99), true).unwrap_err().code(), "no_such_chat");
    }

    #[test]
    fn a_chat_that_was_put_away_is_seen_by_nobody_and_can_be_brought_back() {
        let place = Place::new();
        let vault = place.create();
        let (away, question) = vault.start_chat("away", "zanzibar").unwrap();
        let (_, _) = vault.start_chat("kept", "zanzibar too").unwrap();
        let before = vault.chats().unwrap();
        let answer = vault.begin_answer(away, question, &crate::tests::provenance()).unwrap();
        vault.put_away_chat(away).unwrap();
        let codes = [
            vault.put_away_chat(away).unwrap_err().code(),
            vault.chat(away).unwrap_err().code(),
            vault.thread(away).unwrap_err().code(),
            vault.rename_chat(away, "x").unwrap_err().code(),
            vault.pin_chat(away, true).unwrap_err().code(),
            vault.set_leaf(away, question).unwrap_err().code(),
            vault.delete_message(away, question).unwrap_err().code(),
            vault.siblings_of_thread(away).unwrap_err().code(),
            vault.add_message(away, None, Role::User, "x").unwrap_err().code(),
        ];
        assert_eq!(codes, ["no_such_chat"; 9]);
        assert_eq!(vault.chats().unwrap().len(), 1);
        // The best hit is in the chat that is away: it takes no other's place.
        assert_eq!(vault.search("zanzibar", 1).unwrap()[0].title, "kept");
        vault.grow_answer(answer, "an island", &[1]).unwrap();
        vault.finish_answer(answer, messages::State::Complete, &crate::tests::provenance()).unwrap();
        vault.restore_chat(away).unwrap();
        vault.restore_chat(away).unwrap();
        assert_eq!(vault.chats().unwrap().len(), before.len());
        assert_eq!(vault.thread(away).unwrap()[1].content, "an island");
        assert_eq!(vault.search("island", 9).unwrap()[0].chat, away);
        assert_eq!(vault.restore_chat(ChatId(99)).unwrap_err().code(), "no_such_chat");
    }

    #[test]
    fn what_was_put_away_is_erased_when_told_and_on_closing_and_opening() {
        let place = Place::new();
        let vault = place.create();
        let left = |vault: &Vault| -> (i64, i64) {
            let count = |sql: &str| vault.store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
            let words = "SELECT count(*) FROM words_data WHERE instr(block, CAST('zanzibar' AS BLOB))";
            (count("SELECT count(*) FROM messages WHERE content = 'zanzibar'"), count(words))
        };
        let put_away = |vault: &Vault| vault.put_away_chat(vault.start_chat("t", "zanzibar").unwrap().0).unwrap();
        put_away(&vault);
        assert_eq!(left(&vault), (1, 1));
        vault.empty_bin().unwrap();
        assert_eq!((left(&vault), place.size("store.db-wal")), ((0, 0), 0));
        put_away(&vault);
        // As after a crash: nobody closed it.
        let copy = place.copy_without_lock();
        assert_eq!(left(&copy.open().unwrap()), (0, 0));
        vault.close().unwrap();
        assert_eq!(left(&place.open().unwrap()), (0, 0));
    }

    #[test]
    fn a_chat_does_not_print_its_title() {
        let place = Place::new();
        let vault = place.create();
        vault.start_chat("canary", "x").unwrap();
        assert!(!format!("{:?} {vault:?}", vault.chats().unwrap()).contains("canary"));
    }
}
