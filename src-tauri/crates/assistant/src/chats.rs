//! The list of chats, and one chat as it is shown: titles, folders, branches, drafts, deleting with a way back.

use vault::{Chat, ChatId, Hit, Message, MessageId, Role, Vault, VaultError};

use crate::choices::Choices;
use crate::error::AssistantError;
use crate::{Assistant, hold};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 200;
/// The setting that keeps what was typed for a new chat.
const DRAFT: &str = "draft of a new chat";

/// A message on the branch that is shown, with those that stand at its place on other branches.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The message.
    pub message: Message,
    /// The messages with the same parent, itself among them, oldest first.
    pub branches: Vec<MessageId>,
}

impl Assistant {
    /// All chats: private ones, then pinned ones, then the others; each the newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn chats(&self) -> Result<Vec<Chat>, AssistantError> {
        let stored = self.stored(Vault::chats)?;
        let private = hold(&self.private).as_ref().map_or_else(|| Ok(Vec::new()), Vault::chats)?;
        Ok([private, stored].concat())
    }

    /// One chat.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn chat(&self, chat: ChatId) -> Result<Chat, AssistantError> {
        self.vault(chat, |vault| vault.chat(chat))
    }

    /// The messages of a chat's current branch, the oldest first.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn thread(&self, chat: ChatId) -> Result<Vec<Message>, AssistantError> {
        self.vault(chat, |vault| vault.thread(chat))
    }

    /// The messages of a chat's current branch with their branches, the oldest first.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn shown(&self, chat: ChatId) -> Result<Vec<Shown>, AssistantError> {
        let (thread, mut branches) =
            self.vault(chat, |vault| Ok((vault.thread(chat)?, vault.siblings_of_thread(chat)?)))?;
        let shown = thread.into_iter().map(|message| {
            let branches = branches.remove(&message.id).unwrap_or_else(|| vec![message.id]);
            Shown { message, branches }
        });
        Ok(shown.collect())
    }

    /// One message of a chat, with its branches.
    ///
    /// # Errors
    /// When it is not on the branch that is shown.
    pub fn shown_message(&self, chat: ChatId, message: MessageId) -> Result<Shown, AssistantError> {
        let shown = self.shown(chat)?.into_iter().find(|shown| shown.message.id == message);
        shown.ok_or(AssistantError::Vault(VaultError::NoSuchMessage))
    }

    /// Shows the branch that goes through a message, to the newest end of it.
    ///
    /// # Errors
    /// When there is no such message, or an answer is being written in this chat.
    pub fn show_branch(&self, chat: ChatId, message: MessageId) -> Result<(), AssistantError> {
        self.refuse_while_answering(chat)?;
        self.vault(chat, |vault| {
            let leaf = vault.newest_below(message)?;
            vault.set_leaf(chat, leaf)
        })
    }

    /// Messages that hold all the words, in any script, the best first. Private chats are not searched.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Hit>, AssistantError> {
        self.stored(|vault| vault.search(words, limit))
    }

    /// Gives a chat another title; with nothing in it, the one that its first message suggests.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn rename(&self, chat: ChatId, title: &str) -> Result<(), AssistantError> {
        let title: String =
            title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TITLE).collect();
        if !title.is_empty() {
            return self.vault(chat, |vault| vault.rename_chat(chat, &title));
        }
        let thread = self.thread(chat)?;
        let first = thread.iter().find(|message| message.role == Role::User);
        let suggested = first.map(|message| crate::conversation::title(&message.content)).unwrap_or_default();
        self.vault(chat, |vault| vault.rename_chat(chat, &suggested))
    }

    /// Keeps a chat at the top, or no longer.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn pin(&self, chat: ChatId, pinned: bool) -> Result<(), AssistantError> {
        self.vault(chat, |vault| vault.pin_chat(chat, pinned))
    }

    /// Puts a chat into a folder, or out of it.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn move_to(&self, chat: ChatId, folder: Option<&str>) -> Result<(), AssistantError> {
        let folder = folder.map(str::trim).filter(|folder| !folder.is_empty());
        self.vault(chat, |vault| vault.move_chat(chat, folder))
    }

    /// What the person chose for a chat.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn choices(&self, chat: ChatId) -> Result<Choices, AssistantError> {
        Ok(Choices::read(&self.chat(chat)?.choices))
    }

    /// Keeps what the person chose for a chat.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn set_choices(&self, chat: ChatId, choices: &Choices) -> Result<(), AssistantError> {
        self.vault(chat, |vault| vault.set_choices(chat, &choices.written()))
    }

    /// Keeps what was typed and not sent; without a chat, for the next new one.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn set_draft(&self, chat: Option<ChatId>, text: &str) -> Result<(), AssistantError> {
        match chat {
            Some(chat) => self.vault(chat, |vault| vault.set_draft(chat, text)),
            None => self.stored(|vault| vault.set_setting(DRAFT, text)),
        }
    }

    /// What was typed for a new chat and not sent.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn draft(&self) -> Result<String, AssistantError> {
        Ok(self.stored(|vault| vault.setting(DRAFT))?.unwrap_or_default())
    }

    /// Deletes a chat with all its branches, for good.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn delete(&self, chat: ChatId) -> Result<(), AssistantError> {
        self.vault(chat, |vault| {
            vault.delete_chat(chat)?;
            vault.checkpoint()
        })
    }

    /// Deletes a chat so that it can be brought back until the vault is closed. An answer in it is stopped.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn put_away(&self, chat: ChatId) -> Result<(), AssistantError> {
        self.running.stop(chat);
        self.vault(chat, |vault| vault.put_away_chat(chat))
    }

    /// Brings a chat back that was put away.
    ///
    /// # Errors
    /// When it is erased already.
    pub fn bring_back(&self, chat: ChatId) -> Result<(), AssistantError> {
        self.vault(chat, |vault| vault.restore_chat(chat))
    }

    /// Deletes a message with everything that follows it on its branches.
    ///
    /// # Errors
    /// When there is no such message, or an answer is being written in this chat.
    pub fn delete_message(&self, chat: ChatId, message: MessageId) -> Result<(), AssistantError> {
        self.refuse_while_answering(chat)?;
        self.vault(chat, |vault| vault.delete_message(chat, message))
    }

    /// Whether an answer is being written in a chat.
    #[must_use]
    pub fn is_answering(&self, chat: ChatId) -> bool {
        self.running.is_answering(chat)
    }

    /// Stops the answer that is being written in a chat.
    pub fn stop(&self, chat: ChatId) {
        self.running.stop(chat);
    }

    fn refuse_while_answering(&self, chat: ChatId) -> Result<(), AssistantError> {
        if self.is_answering(chat) { Err(AssistantError::AlreadyAnswering) } else { Ok(()) }
    }
}
