//! What each command does, a few lines each.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "every command has the same shape, so that one macro can make them all"
)]

use assistant::{Assistant, AssistantError, ChatId, MessageId, SecretString};
use tauri::ipc::Channel;

use crate::answers::follow;
use crate::api::document_types::Evidence;
use crate::api::types::{
    AnswerEvent, Beginning, ChatRow, ChatSettings, ChatView, Check, ExportFormat, Hit, Key, Machine, MessageView, News,
    Open, Preferences, Question, Screen, Strength,
};
use crate::app::{App, Result, STARTED, hold};
use crate::{checks, keys, machine, preferences};

/// Hits of a search that are shown at most.
const MOST_HITS: usize = 100;

/// The window itself, and what opens, locks and looks.
impl App {
    pub fn beginning(&self) -> Result<Beginning> {
        let screen = self.screen();
        let preferences = hold(&self.preferences).clone();
        self.surroundings.wear(preferences.theme);
        self.wake_soon();
        Ok(Beginning {
            screen,
            preferences,
            system_language: self.surroundings.language(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: std::env::consts::OS.to_owned(),
        })
    }

    pub fn listen(&self, news: Channel<News>) -> Result<()> {
        news.send(News::Machine(self.machine()?)).ok();
        *hold(&self.listener) = Some(news);
        self.wake_soon();
        Ok(())
    }

    pub fn set_preferences(&self, preferences: Preferences) -> Result<()> {
        self.surroundings.wear(preferences.theme);
        preferences::write(&self.home, &preferences)?;
        *hold(&self.preferences) = preferences;
        self.surroundings.speak(&self.language());
        Ok(())
    }

    pub fn passphrase_strength(&self, passphrase: String) -> Result<Strength> {
        Ok(keys::strength(&SecretString::from(passphrase)))
    }

    pub fn create_vault(&self, passphrase: Option<String>) -> Result<Open> {
        let key = passphrase.map_or_else(keys::keyring, keys::passphrase);
        let open = self.put(Assistant::create_with(self.home.clone(), self.options.clone(), &key)?)?;
        self.wake_soon();
        Ok(open)
    }

    pub fn unlock(&self, key: Key) -> Result<Open> {
        let (home, options) = (self.home.clone(), self.options.clone());
        let assistant = match key {
            Key::Keyring => Assistant::open_with(home, options, &keys::keyring())?,
            Key::Passphrase { passphrase } => Assistant::open_with(home, options, &keys::passphrase(passphrase))?,
            Key::Recovery { code, new_passphrase } => keys::recover(home, options, code, new_passphrase)?,
        };
        let open = self.put(assistant)?;
        self.wake_soon();
        Ok(open)
    }

    pub fn lock(&self) -> Result<Screen> {
        Ok(Screen::Locked(self.lock_now()))
    }

    pub fn make_recovery_code(&self) -> Result<Vec<String>> {
        let code = self.assistant()?.make_recovery_code()?;
        Ok(code.to_string().split_whitespace().map(str::to_owned).collect())
    }

    pub fn confirm_recovery_code(&self, words: String) -> Result<bool> {
        self.assistant()?.confirm_recovery_code(&SecretString::from(words))
    }

    pub fn finish_first_run(&self) -> Result<()> {
        self.assistant()?.set_note(STARTED, "yes")
    }

    pub fn machine(&self) -> Result<Machine> {
        Ok(machine::now(self.assistant().ok().as_deref(), &self.language()))
    }

    pub fn wake(&self) -> Result<()> {
        self.assistant()?.wake()
    }

    pub fn doctor(&self) -> Result<Vec<Check>> {
        Ok(checks::all(&self.home, &self.options, &self.held, self.assistant().ok().as_deref()))
    }

    pub fn announce(&self, text: String) -> Result<()> {
        self.surroundings.announce(text)
    }

    pub fn copy(&self, text: String) -> Result<()> {
        self.surroundings.copy(text)
    }

    pub fn quit(&self) -> Result<()> {
        self.surroundings.quit()
    }

    pub fn print(&self) -> Result<()> {
        self.surroundings.print()
    }
}

/// Chats.
impl App {
    pub fn chats(&self) -> Result<Vec<ChatRow>> {
        Ok(self.assistant()?.chats()?.into_iter().map(ChatRow::from).collect())
    }

    pub fn chat(&self, chat: i64) -> Result<ChatView> {
        let assistant = self.assistant()?;
        let chat = ChatId(chat);
        let row = assistant.chat(chat)?;
        Ok(ChatView {
            messages: self.with_evidence(chat, assistant.shown(chat)?)?,
            draft: row.draft.clone(),
            scope: assistant.choices(chat)?.scope.map(Into::into),
            settings: assistant.choices(chat)?.into(),
            answering: assistant.is_answering(chat),
            row: row.into(),
        })
    }

    /// Messages as they are shown, each with what it rests on.
    pub(crate) fn with_evidence(&self, chat: ChatId, shown: Vec<assistant::Shown>) -> Result<Vec<MessageView>> {
        let assistant = self.assistant()?;
        let with = |shown: assistant::Shown| {
            let evidence = assistant.evidence(chat, shown.message.id)?;
            let evidence = evidence.map(|evidence| Evidence::of(&evidence, &shown.message.content));
            Ok(MessageView { evidence, ..shown.into() })
        };
        shown.into_iter().map(with).collect()
    }

    pub fn rename_chat(&self, chat: i64, title: String) -> Result<()> {
        self.assistant()?.rename(ChatId(chat), &title)
    }

    pub fn pin_chat(&self, chat: i64, pinned: bool) -> Result<()> {
        self.assistant()?.pin(ChatId(chat), pinned)
    }

    pub fn move_chat(&self, chat: i64, folder: Option<String>) -> Result<()> {
        self.assistant()?.move_to(ChatId(chat), folder.as_deref())
    }

    pub fn delete_chat(&self, chat: i64) -> Result<()> {
        self.assistant()?.put_away(ChatId(chat))
    }

    pub fn restore_chat(&self, chat: i64) -> Result<()> {
        self.assistant()?.bring_back(ChatId(chat))
    }

    pub fn delete_message(&self, chat: i64, message: i64) -> Result<ChatView> {
        self.assistant()?.delete_message(ChatId(chat), MessageId(message))?;
        self.chat(chat)
    }

    pub fn show_branch(&self, chat: i64, message: i64) -> Result<ChatView> {
        self.assistant()?.show_branch(ChatId(chat), MessageId(message))?;
        self.chat(chat)
    }

    pub fn set_chat_settings(&self, chat: i64, settings: ChatSettings) -> Result<()> {
        let (assistant, chat) = (self.assistant()?, ChatId(chat));
        let scope = assistant.choices(chat)?.scope;
        assistant.set_choices(chat, &assistant::Choices { scope, ..settings.into() })
    }

    pub fn save_draft(&self, chat: Option<i64>, text: String) -> Result<()> {
        self.assistant()?.set_draft(chat.map(ChatId), &text)
    }

    pub fn draft(&self) -> Result<String> {
        self.assistant()?.draft()
    }

    pub fn search(&self, words: String) -> Result<Vec<Hit>> {
        Ok(self.assistant()?.search(&words, MOST_HITS)?.into_iter().map(Hit::from).collect())
    }

    pub fn export_chat(&self, chat: i64, format: ExportFormat) -> Result<Option<String>> {
        let assistant = self.assistant()?;
        let (text, extension) = match format {
            ExportFormat::Markdown => (assistant.export_markdown(ChatId(chat), &self.language())?, "md"),
            ExportFormat::Json => (assistant.export_json(ChatId(chat))?, "json"),
        };
        // The name says nothing: file managers and lists of recent files show it.
        let Some(file) = self.surroundings.ask_where(&format!("tacit-chat-{chat}.{extension}"))? else {
            return Ok(None);
        };
        std::fs::write(&file, text).map_err(|error| AssistantError::FileNotWritten(error.kind().to_string()))?;
        Ok(file.file_name().map(|name| assistant::shown(&name.to_string_lossy())))
    }
}

/// Answers. Each call ends when its answer does; what goes wrong is also the last event.
impl App {
    pub fn ask(&self, question: Question, events: Channel<AnswerEvent>) -> Result<()> {
        follow(self, &events, |assistant, stop, events| {
            let Question { chat, private, text, settings, scope } = question;
            let choices = assistant::Choices { scope: scope.map(Into::into), ..settings.into() };
            let question = assistant::Question { chat: chat.map(ChatId), private, text: &text, choices };
            assistant.ask(&question, stop, events)
        })
    }

    pub fn edit(&self, chat: i64, message: i64, text: String, events: Channel<AnswerEvent>) -> Result<()> {
        follow(self, &events, |assistant, stop, events| {
            assistant.edit(ChatId(chat), MessageId(message), &text, stop, events)
        })
    }

    pub fn regenerate(&self, chat: i64, message: i64, events: Channel<AnswerEvent>) -> Result<()> {
        follow(self, &events, |assistant, stop, events| {
            assistant.regenerate(ChatId(chat), MessageId(message), stop, events)
        })
    }

    pub fn continue_answer(&self, chat: i64, message: i64, events: Channel<AnswerEvent>) -> Result<()> {
        follow(self, &events, |assistant, stop, events| {
            let last = assistant.thread(ChatId(chat))?.last().map(|last| last.id);
            if last != Some(MessageId(message)) {
                return Err(AssistantError::NothingToContinue);
            }
            assistant.go_on(ChatId(chat), stop, events)
        })
    }

    pub fn stop(&self, chat: i64) -> Result<()> {
        self.assistant()?.stop(ChatId(chat));
        Ok(())
    }
}
