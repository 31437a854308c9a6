//! A chat in open formats: Markdown for reading, JSON for programs.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use vault::{Chat, ChatId, Message, MessageId, Role, State};

use crate::Assistant;
use crate::choices::Choices;
use crate::error::AssistantError;

/// The version of the JSON.
const VERSION: u32 = 1;

/// A chat with all its branches, as JSON.
#[derive(Serialize)]
struct Exported {
    format: &'static str,
    version: u32,
    title: String,
    folder: Option<String>,
    created_at: i64,
    updated_at: i64,
    /// The last message of the branch on show.
    leaf: Option<MessageId>,
    choices: Choices,
    /// Oldest first; each names its parent, so that branches stay.
    messages: Vec<Message>,
}

impl Assistant {
    /// The branch of a chat that is on show, as Markdown.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn export_markdown(&self, chat: ChatId) -> Result<String, AssistantError> {
        Ok(markdown(&self.chat(chat)?, &self.thread(chat)?))
    }

    /// A chat with all its branches and what made each answer, as JSON.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn export_json(&self, chat: ChatId) -> Result<String, AssistantError> {
        let row = self.chat(chat)?;
        let exported = Exported {
            format: "tacit chat",
            version: VERSION,
            choices: Choices::read(&row.choices),
            title: row.title,
            folder: row.folder,
            created_at: row.created_at,
            updated_at: row.updated_at,
            leaf: row.leaf,
            messages: self.vault(chat, |vault| vault.messages(chat))?,
        };
        serde_json::to_string_pretty(&exported).map_err(|_| AssistantError::Internal("export"))
    }
}

fn markdown(chat: &Chat, thread: &[Message]) -> String {
    let mut text = format!("# {}\n", chat.title);
    for message in thread {
        let who = match message.role {
            Role::System => "System",
            Role::User => "You",
            Role::Assistant => "Tacit",
        };
        let made_by = message.provenance.as_ref().map(|made| format!(", {}", made.model_name)).unwrap_or_default();
        let mark = match message.state {
            State::Complete => "",
            State::Growing => " (being written)",
            State::Stopped => " (stopped)",
            State::Interrupted => " (interrupted)",
            State::Cut => " (cut)",
        };
        // Writing to a String cannot fail.
        write!(text, "\n## {who}, {}{made_by}{mark}\n\n{}\n", moment(message.created_at), message.content.trim()).ok();
        if message.role == Role::Assistant {
            text += "\n*From the model's memory, unchecked.*\n";
        }
    }
    text
}

fn moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_zoned(TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}
