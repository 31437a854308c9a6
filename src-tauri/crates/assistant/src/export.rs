//! A chat in open formats: Markdown for reading, JSON for programs.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use vault::{Chat, ChatId, Message, MessageId, Role, State};

use crate::Assistant;
use crate::choices::Choices;
use crate::error::AssistantError;
use crate::sentences::said;

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
    /// The branch of a chat that is on show, as Markdown, with what is said beside it in a language.
    ///
    /// # Errors
    /// When there is no such chat.
    pub fn export_markdown(&self, chat: ChatId, language: &str) -> Result<String, AssistantError> {
        Ok(markdown(&self.chat(chat)?, &self.thread(chat)?, &|id| said(language, id)))
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

fn markdown(chat: &Chat, thread: &[Message], said: &dyn Fn(&str) -> String) -> String {
    let mut text = format!("# {}\n", chat.title);
    for message in thread {
        let who = match message.role {
            Role::User => said("chat-you"),
            Role::System | Role::Assistant => said("chat-tacit"),
        };
        let made_by = message.provenance.as_ref().map(|made| format!(", {}", made.model_name)).unwrap_or_default();
        // Writing to a String cannot fail.
        write!(text, "\n## {who}, {}{made_by}\n\n{}\n", moment(message.created_at), message.content.trim()).ok();
        let mark = match message.state {
            State::Complete => None,
            State::Growing | State::Interrupted => Some("chat-interrupted"),
            State::Stopped => Some("chat-stopped"),
            State::Cut => Some("chat-cut"),
        };
        let unchecked = (message.role == Role::Assistant).then_some("chat-unchecked");
        for id in mark.into_iter().chain(unchecked) {
            write!(text, "\n*{}*\n", said(id)).ok();
        }
    }
    text
}

fn moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_zoned(TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use vault::ChatId;

    use super::*;

    #[test]
    fn an_export_says_who_spoke_and_what_is_unchecked() {
        let message = |role, content: &str, state| Message {
            id: MessageId(1),
            chat: ChatId(1),
            parent: None,
            role,
            content: content.into(),
            created_at: 0,
            state,
            provenance: None,
            token_ids: Vec::new(),
        };
        let thread = [message(Role::User, "Why?", State::Complete), message(Role::Assistant, "For", State::Stopped)];
        let chat = Chat {
            id: ChatId(1),
            title: "Why?".into(),
            created_at: 0,
            updated_at: 0,
            leaf: None,
            messages: 2,
            pinned: false,
            folder: None,
            draft: String::new(),
            choices: String::new(),
            private: false,
        };
        let text = markdown(&chat, &thread, &|id| said("fr", id));
        for wanted in ["# Why?\n", "## Vous, ", "\nFor\n", "mémoire du modèle"] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
    }
}
