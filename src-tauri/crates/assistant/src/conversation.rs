//! From the messages of the vault to the messages of a prompt.

use engine::wire;
use vault::{Message, Role};

use crate::choices::Choices;

/// The instruction that every conversation begins with. Short: the starter model loses long ones.
pub const SYSTEM: &str = "You are Tacit, a helpful assistant on the person's own computer. Answer clearly and briefly. Say so when you do not know.";

/// The prompt for the newest message of a thread: a question to answer, or an answer to go on with.
///
/// A question that was never answered (the engine died, a stop before the first token) leaves with its empty
/// answer: templates expect turns to alternate. Token ids are used again only with the model that sampled them.
pub fn prompt(thread: &[Message], choices: &Choices, model_sha256: Option<&str>) -> Vec<wire::Message> {
    let system = choices.system_prompt.as_deref().unwrap_or(SYSTEM);
    let mut prompt = vec![wire::Message { role: wire::Role::System, text: system.into(), token_ids: Vec::new() }];
    for message in thread {
        match message.role {
            Role::System => {}
            Role::User => {
                if prompt.last().is_some_and(|last| last.role == wire::Role::User) {
                    prompt.pop();
                }
                prompt.push(wire::Message {
                    role: wire::Role::User,
                    text: message.content.clone(),
                    token_ids: Vec::new(),
                });
            }
            Role::Assistant if message.content.trim().is_empty() => {}
            Role::Assistant => prompt.push(wire::Message {
                role: wire::Role::Assistant,
                text: message.content.clone(),
                token_ids: same_model(message, model_sha256),
            }),
        }
    }
    prompt
}

/// Puts other words into the newest question of a prompt: its passages with it.
pub fn ask_instead(prompt: &mut [wire::Message], text: String) {
    if let Some(newest) = prompt.iter_mut().rfind(|message| message.role == wire::Role::User) {
        newest.text = text;
    }
}

fn same_model(message: &Message, model_sha256: Option<&str>) -> Vec<i32> {
    let made_by = message.provenance.as_ref().and_then(|provenance| provenance.model_sha256.as_deref());
    if made_by.is_some() && made_by == model_sha256 { message.token_ids.clone() } else { Vec::new() }
}

/// A chat's title: the beginning of its first message, on one line.
pub fn title(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    // At a space when there is one near; scripts without spaces are cut where they are.
    let at = cut.rfind(' ').filter(|at| *at > LONGEST / 2).unwrap_or(cut.len());
    format!("{}\u{2026}", &cut[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::{ChatId, MessageId, State};

    fn message(role: Role, content: &str) -> Message {
        Message {
            id: MessageId(1),
            chat: ChatId(1),
            parent: None,
            role,
            content: content.into(),
            created_at: 0,
            state: State::Complete,
            provenance: None,
            token_ids: vec![1, 2],
        }
    }

    #[test]
    fn turns_alternate_even_after_an_answer_that_never_came() {
        let thread = [message(Role::User, "a"), message(Role::Assistant, ""), message(Role::User, "b")];
        let texts: Vec<String> =
            prompt(&thread, &Choices::default(), None).into_iter().skip(1).map(|message| message.text).collect();
        assert_eq!(texts, ["b"]);
    }

    #[test]
    fn token_ids_of_another_model_are_not_used() {
        let thread = [message(Role::User, "a"), message(Role::Assistant, "x"), message(Role::User, "b")];
        assert!(prompt(&thread, &Choices::default(), Some("00")).iter().all(|message| message.token_ids.is_empty()));
    }

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(title("Why is\n the sky blue?"), "Why is the sky blue?");
        let long = title(&"word ".repeat(40));
        assert!(long.ends_with("word\u{2026}") && long.chars().count() <= 61, "{long}");
        assert_eq!(title(&"\u{4E2D}".repeat(90)).chars().count(), 61);
    }
}
