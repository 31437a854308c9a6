//! `tacit chats`, `show`, `export`, `search` and `delete`.

use std::process::ExitCode;

use assistant::{Assistant, AssistantError, ChatId, Role, State};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::arguments::Setup;
use crate::failure::Failure;
use crate::output::Output;
use crate::person::Terminal;

/// Hits shown at most.
const MOST_HITS: usize = 50;

fn open(setup: Setup, output: &Output) -> Result<Assistant, Failure> {
    let assistant = Assistant::open(setup.home, setup.options, &mut Terminal)?;
    crate::lock_up(setup.lacking, output);
    Ok(assistant)
}

pub fn chats(setup: Setup, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = open(setup, output)?;
    let chats = assistant.chats()?;
    if chats.is_empty() {
        output.aside("There are no chats yet. Begin one: tacit chat");
    }
    for chat in chats {
        output.line(&format!("{:>5}  {}  {}", chat.id, moment(chat.updated_at), chat.title));
        output.object(&json!({
            "type": "chat", "chat": chat.id, "title": chat.title, "created_at": chat.created_at,
            "updated_at": chat.updated_at, "messages": chat.messages,
        }));
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

pub fn show(setup: Setup, chat: i64, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = open(setup, output)?;
    for message in assistant.thread(ChatId(chat))? {
        let who = match message.role {
            Role::System => "System",
            Role::User => "You",
            Role::Assistant => "Tacit",
        };
        let mark = match message.state {
            State::Complete => "",
            State::Growing => " (being written)",
            State::Stopped => " (stopped by you)",
            State::Interrupted => " (interrupted)",
            State::Cut => " (cut: it reached the longest answer)",
        };
        output.line(&format!("{who}, {}{mark}:", moment(message.created_at)));
        if !output.is_json() {
            output.answer(&message.content);
            output.line("");
        }
        let made_by = message.provenance.as_ref().map(|made| {
            json!({
                "model": made.model_name, "model_sha256": made.model_sha256, "template": made.template,
                "sampling": serde_json::from_str::<serde_json::Value>(&made.sampling).ok(), "seed": made.seed,
                "engine": made.engine_version, "app": made.app_version,
            })
        });
        output.object(&json!({
            "type": "message", "message": message.id, "chat": message.chat, "parent": message.parent,
            "role": message.role, "text": message.content, "created_at": message.created_at,
            "state": message.state, "made_by": made_by,
        }));
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

pub fn search(setup: Setup, words: &str, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = open(setup, output)?;
    let hits = assistant.search(words, MOST_HITS)?;
    if hits.is_empty() {
        output.aside("No message holds all these words.");
    }
    for hit in hits {
        output.line(&format!("{:>5}  {}  {}", hit.chat, moment(hit.created_at), hit.title));
        output.line(&format!("       {}", hit.snippet.replace('\n', " ")));
        output.object(&json!({
            "type": "hit", "chat": hit.chat, "title": hit.title, "message": hit.message, "role": hit.role,
            "snippet": hit.snippet, "created_at": hit.created_at,
        }));
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a chat in an open format.
pub fn export(setup: Setup, chat: i64, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = open(setup, output)?;
    if output.is_json() {
        let whole: Value = serde_json::from_str(&assistant.export_json(ChatId(chat))?)
            .map_err(|_| AssistantError::Internal("an export that is no JSON"))?;
        output.object(&whole);
    } else {
        output.line(assistant.export_markdown(ChatId(chat), "en")?.trim_end());
    }
    assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

pub fn delete(setup: Setup, chat: i64, output: &Output) -> Result<ExitCode, Failure> {
    let assistant = open(setup, output)?;
    let title = assistant.chat(ChatId(chat))?.title;
    assistant.delete(ChatId(chat))?;
    assistant.close()?;
    output.line(&format!("Deleted chat {chat}: {title}"));
    output.object(&json!({"type": "deleted", "chat": chat}));
    Ok(ExitCode::SUCCESS)
}

/// A moment in the person's own time zone.
pub fn moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_zoned(TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}
