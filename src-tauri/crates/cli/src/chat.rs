//! `tacit chat`: a conversation at the terminal. Without a terminal, each line of standard input is a message.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use assistant::{Assistant, AssistantError, ChatId, Done, Event, Kind, Question, State, Stop};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor};

use crate::arguments::Setup;
use crate::ask::open;
use crate::failure::Failure;
use crate::history::moment;
use crate::output::Output;
use crate::signals::Signals;

const HELP: &str = "\
Type a message and press Enter. Ctrl-C stops an answer, Ctrl-D leaves.
  /new           begin a new chat
  /chats         list your chats
  /open ID       go on with a chat
  /search WORDS  find messages
  /again         write the last answer again
  /continue      go on with an answer that was cut or stopped
  /edit TEXT     ask the last question in other words
  /delete        delete this chat
  /quit          leave";

pub fn run(setup: Setup, chat: Option<i64>, output: &Output) -> Result<ExitCode, Failure> {
    let (assistant, signals) = open(setup, output)?;
    let mut talk = Talk { assistant, chat: None, signals, output };
    if let Some(chat) = chat {
        talk.open(ChatId(chat))?;
    }
    if io::stdin().is_terminal() && !output.is_json() {
        talk.at_a_terminal()?;
    } else {
        talk.line_by_line()?;
    }
    talk.assistant.close()?;
    Ok(ExitCode::SUCCESS)
}

struct Talk<'a> {
    assistant: Assistant,
    chat: Option<ChatId>,
    signals: Signals,
    output: &'a Output,
}

impl Talk<'_> {
    fn at_a_terminal(&mut self) -> Result<(), Failure> {
        // What was typed is remembered while the program runs and never written.
        let config = Config::builder().auto_add_history(true).build();
        let editor = Editor::<(), MemHistory>::with_history(config, MemHistory::new());
        let mut editor = editor.map_err(|_| AssistantError::Internal("no line editor"))?;
        self.output.line("Tacit. What you write stays on this computer. /help lists what you can do, Ctrl-D leaves.");
        loop {
            self.signals.stop.reset();
            match self.signals.while_waiting(|| editor.readline("\n> ")) {
                Ok(line) => {
                    if !self.turn(line.trim())? {
                        return Ok(());
                    }
                }
                Err(ReadlineError::Interrupted) => self.output.line("Ctrl-D leaves."),
                Err(ReadlineError::Eof) => return Ok(()),
                Err(error) => {
                    tracing::error!(%error, "the terminal cannot be read");
                    return Err(AssistantError::Internal("the terminal cannot be read").into());
                }
            }
        }
    }

    /// Every line is a message; the first fault ends it, for nobody is there to act on it.
    fn line_by_line(&mut self) -> Result<(), Failure> {
        let mut lines = io::stdin().lock().split(b'\n');
        while let Some(line) = self.signals.while_waiting(|| lines.next()) {
            let line = line.map_err(|error| Failure::unreadable(std::path::Path::new("-"), &error))?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let text = assistant::decode(&line)?;
            self.say(&text)?;
            if self.signals.stop.is_asked() {
                return Err(AssistantError::Stopped.into());
            }
        }
        Ok(())
    }

    /// One line at the terminal; `false` leaves. What goes wrong is told, and the talk goes on when it can.
    fn turn(&mut self, line: &str) -> Result<bool, Failure> {
        let done = match line.split_once(' ').unwrap_or((line, "")) {
            ("", _) => Ok(()),
            ("/quit" | "/exit" | "/q", _) => return Ok(false),
            (command, rest) if command.starts_with('/') => self.command(command, rest.trim()),
            _ => self.say(line),
        };
        match done {
            Err(Failure::Assistant(error)) if ends_the_talk(&error) => Err(error.into()),
            Err(failure) => {
                self.output.failure(&failure);
                Ok(true)
            }
            Ok(()) => Ok(true),
        }
    }

    fn command(&mut self, command: &str, rest: &str) -> Result<(), Failure> {
        match (command, rest) {
            ("/new", _) => {
                self.chat = None;
                self.output.line("A new chat.");
            }
            ("/chats", _) => {
                for chat in self.assistant.chats()? {
                    self.output.line(&format!("{:>5}  {}  {}", chat.id, moment(chat.updated_at), chat.title));
                }
            }
            ("/search", words) if !words.is_empty() => {
                for hit in self.assistant.search(words, 20)? {
                    self.output.line(&format!("{:>5}  {}", hit.chat, hit.snippet.replace('\n', " ")));
                }
            }
            ("/open", id) => match id.parse() {
                Ok(id) => self.open(ChatId(id))?,
                Err(_) => self.output.line("Name a chat by its number: /open 3"),
            },
            ("/again", _) => {
                let chat = self.chat.ok_or(AssistantError::NothingToRepeat)?;
                self.answered(|assistant, stop, events| assistant.ask_again(chat, stop, events))?;
            }
            ("/continue", _) => {
                let chat = self.chat.ok_or(AssistantError::NothingToContinue)?;
                self.answered(|assistant, stop, events| assistant.go_on(chat, stop, events))?;
            }
            ("/edit", text) if !text.is_empty() => {
                let chat = self.chat.ok_or(AssistantError::NothingToRepeat)?;
                self.answered(|assistant, stop, events| assistant.ask_differently(chat, text, stop, events))?;
            }
            ("/delete", _) => {
                if let Some(chat) = self.chat.take() {
                    self.assistant.delete(chat)?;
                    self.output.line("Deleted. This is a new chat.");
                }
            }
            _ => self.output.line(HELP),
        }
        Ok(())
    }

    fn open(&mut self, chat: ChatId) -> Result<(), Failure> {
        let opened = self.assistant.chat(chat)?;
        self.chat = Some(chat);
        if !self.output.is_json() {
            self.output.line(&format!("Chat {chat}: {}", opened.title));
            for message in self.assistant.thread(chat)? {
                if message.role == assistant::Role::User {
                    self.output.line(&format!("\n> {}", message.content));
                } else {
                    self.output.answer(&message.content);
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        let chat = self.chat;
        self.answered(|assistant, stop, events| {
            assistant.ask(&Question { chat, text, ..Question::default() }, stop, events)
        })
    }

    fn answered(
        &mut self,
        make: impl FnOnce(&Assistant, &Stop, &mut dyn FnMut(Event)) -> Result<Done, AssistantError>,
    ) -> Result<(), Failure> {
        let (chat, output) = (&mut self.chat, self.output);
        let mut events = |event: Event| {
            if let Event::Accepted { chat: accepted, .. } = &event {
                *chat = Some(*accepted);
            }
            output.event(&event);
        };
        let done = make(&self.assistant, &self.signals.stop, &mut events);
        output.end_answer();
        match done?.state {
            State::Stopped => output.aside("(stopped by you) /continue goes on with it."),
            State::Cut => output.aside("(cut: it reached the longest answer) /continue goes on with it."),
            State::Complete | State::Interrupted | State::Growing => {}
        }
        Ok(())
    }
}

/// Without its store there is nothing to talk with.
fn ends_the_talk(error: &AssistantError) -> bool {
    matches!(error.kind(), Kind::Damaged | Kind::Internal | Kind::Key)
}
