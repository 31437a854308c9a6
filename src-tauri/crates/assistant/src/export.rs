//! A chat in open formats: Markdown for reading, JSON for programs.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use vault::{Chat, ChatId, Message, MessageId, Role, State};

use crate::Assistant;
use crate::choices::Choices;
use crate::error::AssistantError;
use crate::events::{Basis, Citation, Sentence};
use crate::evidence::{Said, as_text};
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
    messages: Vec<ExportedMessage>,
}

#[derive(Serialize)]
struct ExportedMessage {
    #[serde(flatten)]
    message: Message,
    /// What an answer rests on; nothing for what the person wrote.
    #[serde(flatten)]
    basis: Option<Basis>,
}

impl Assistant {
    /// The branch of a chat that is on show, as Markdown, with what its answers rest on and what is said beside it in a language.
    ///
    /// # Errors
    /// When there is no such chat, or the vault cannot be read.
    pub fn export_markdown(&self, chat: ChatId, language: &str) -> Result<String, AssistantError> {
        let thread = self.with_basis(chat, self.thread(chat)?)?;
        Ok(markdown(&self.chat(chat)?, &thread, &|id| said(language, id)))
    }

    /// A chat with all its branches, what made each answer and what it rests on, as JSON.
    ///
    /// # Errors
    /// When there is no such chat, or the vault cannot be read.
    pub fn export_json(&self, chat: ChatId) -> Result<String, AssistantError> {
        let row = self.chat(chat)?;
        let messages = self.vault(chat, |vault| vault.messages(chat))?;
        let exported = Exported {
            format: "tacit chat",
            version: VERSION,
            choices: Choices::read(&row.choices),
            title: row.title,
            folder: row.folder,
            created_at: row.created_at,
            updated_at: row.updated_at,
            leaf: row.leaf,
            messages: self.with_basis(chat, messages)?,
        };
        serde_json::to_string_pretty(&exported).map_err(|_| AssistantError::Internal("export"))
    }

    fn with_basis(&self, chat: ChatId, messages: Vec<Message>) -> Result<Vec<ExportedMessage>, AssistantError> {
        let with_its_own = messages.into_iter().map(|message| {
            let basis = match (message.role, self.evidence(chat, message.id)?) {
                (Role::User | Role::System, _) => None,
                (Role::Assistant, None) => Some(Basis::Model),
                (Role::Assistant, Some(evidence)) => Some(Basis::of(&evidence, &message.content)),
            };
            Ok(ExportedMessage { message, basis })
        });
        with_its_own.collect()
    }
}

fn markdown(chat: &Chat, thread: &[ExportedMessage], said: &dyn Fn(&str) -> String) -> String {
    let mut text = format!("# {}\n", chat.title);
    for ExportedMessage { message, basis } in thread {
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
        let unchecked = (*basis == Some(Basis::Model)).then_some("chat-unchecked");
        for id in mark.into_iter().chain(unchecked) {
            write!(text, "\n*{}*\n", said(id)).ok();
        }
        if let Some(Basis::Documents { answered, citations, sentences }) = basis {
            text += &checked(*answered, sentences, said);
            text += &cited(citations, said);
        }
    }
    text
}

/// Whether the documents say so, sentence by sentence.
fn checked(answered: bool, sentences: &[Sentence], said: &dyn Fn(&str) -> String) -> String {
    if !answered {
        return format!("\n*{}*\n", said("evidence-unanswered"));
    }
    let mut text = format!("\n### {}\n\n", said("export-checked"));
    for Sentence { text: sentence, support, citations } in sentences {
        let support = said(match support {
            Said::Full => "export-supported",
            Said::Partial => "evidence-partly",
            Said::None => "evidence-unsupported",
        });
        let numbers = citations.iter().map(|n| format!(" [{n}]")).collect::<Vec<_>>().concat();
        // Writing to a String cannot fail.
        writeln!(text, "- {} *({support}{numbers})*", on_one_line(sentence)).ok();
    }
    text
}

/// The passages, by number, word for word.
fn cited(citations: &[Citation], said: &dyn Fn(&str) -> String) -> String {
    if citations.is_empty() {
        return String::new();
    }
    let mut text = format!("\n### {}\n", said("export-passages"));
    for citation in citations {
        let Citation { n, name, page, label, text: words, verbatim, ocr, marks, .. } = citation;
        // A removed document has left nothing but its number.
        if !verbatim {
            write!(text, "\n[{n}] {}\n", said("evidence-gone")).ok();
            continue;
        }
        let place = if label.is_empty() { page.to_string() } else { on_one_line(label) };
        let notes = [(*ocr, "docs-ocr"), (!marks.is_empty(), "docs-hidden")];
        let notes: Vec<String> = notes.iter().filter(|(is, _)| *is).map(|(_, id)| format!(" ({})", said(id))).collect();
        let notes = notes.concat();
        write!(text, "\n[{n}] {}, {} {place}{notes}\n\n", on_one_line(name), said("export-page")).ok();
        for line in words.lines() {
            writeln!(text, "> {}", as_text(line)).ok();
        }
    }
    text
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_zoned(TimeZone::system());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use vault::{ChatId, DocumentId};

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
        let message =
            |role, content: &str, state, basis| ExportedMessage { message: message(role, content, state), basis };
        let documents = Basis::Documents {
            answered: true,
            citations: vec![Citation {
                n: 1,
                document: DocumentId(7),
                name: "bail.pdf".into(),
                page: 2,
                label: String::new(),
                text: "Le loyer est de *940* euros.\nPar mois.".into(),
                verbatim: true,
                ocr: true,
                marks: Vec::new(),
            }],
            sentences: vec![
                Sentence { text: "Il est de 940 euros.".into(), support: Said::Full, citations: vec![1] },
                Sentence { text: "Il baisse.".into(), support: Said::None, citations: Vec::new() },
            ],
        };
        let thread = [
            message(Role::User, "Why?", State::Complete, None),
            message(Role::Assistant, "For", State::Stopped, Some(Basis::Model)),
            message(Role::Assistant, "Il est de 940 euros. Il baisse.", State::Complete, Some(documents)),
        ];
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
        for wanted in [
            "# Why?\n",
            "## Vous, ",
            "\nFor\n",
            "mémoire du modèle",
            "- Il est de 940 euros. *(appuyé par vos documents [1])*\n",
            "- Il baisse. *(pas dans les documents)*\n",
            "\n[1] bail.pdf, page 2 (lu par OCR)\n\n> Le loyer est de \\*940\\* euros.\n> Par mois.\n",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert_eq!(text.matches("mémoire du modèle").count(), 1);
        // In JSON too, beside what the message always was.
        let json = serde_json::to_value(&thread[2]).unwrap();
        assert_eq!((&json["role"], &json["basis"]), (&"assistant".into(), &"documents".into()));
        assert_eq!(json["citations"][0]["text"], "Le loyer est de *940* euros.\nPar mois.");
        assert_eq!(json["sentences"][1]["support"], "none");
    }
}
