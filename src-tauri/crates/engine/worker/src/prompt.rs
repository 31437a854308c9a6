//! From a conversation to the tokens of a prompt that fits the context window.

use engine::wire::{Failure, Message, Role};
use llama_cpp_2::token::LlamaToken;

use crate::model::Loaded;
use crate::template::Piece;

/// A prompt that fits.
#[derive(Debug)]
pub struct Fitted {
    /// The prompt.
    pub tokens: Vec<LlamaToken>,
    /// The oldest messages that were left out.
    pub dropped: u32,
}

/// Tokenises a conversation so that at most `room` tokens of it stand in the prompt.
///
/// When it has outgrown the window, the oldest turns (a message of the person and what answered it) leave
/// whole, and the system prompt stays. So that not every turn from then on reads everything anew, the cut is
/// where the cache still holds what follows (`cached` counts the leading tokens in memory); when it holds
/// nothing, the cut leaves a third of the window free.
pub fn fit(
    loaded: &Loaded,
    messages: &[Message],
    date: i64,
    room: u32,
    cached: impl Fn(&[LlamaToken]) -> usize,
) -> Result<Fitted, Failure> {
    let newest = messages.last().filter(|message| message.role == Role::User && !message.text.trim().is_empty());
    let newest = newest.ok_or(Failure::Empty)?;
    let room = room as usize;
    let least = loaded.untrusted.least_tokens(&newest.text);
    if least > room as u64 {
        return Err(Failure::TooLong { tokens: least, at_least: true, room: room as u64 });
    }
    let conversation = Conversation::new(loaded, messages, date);
    let whole = conversation.prompt(0);
    if whole.len() <= room {
        return Ok(Fitted { tokens: whole, dropped: 0 });
    }
    let mut roomy = None;
    let mut tightest = whole.len();
    for turn in &conversation.turns[1..] {
        let dropped = turn - conversation.turns[0];
        let tokens = conversation.prompt(dropped);
        tightest = tokens.len();
        if tokens.len() > room {
            continue;
        }
        let fitted = Fitted { dropped: u32::try_from(dropped).unwrap_or(u32::MAX), tokens };
        if cached(&fitted.tokens) * 2 > fitted.tokens.len() {
            return Ok(fitted);
        }
        if roomy.as_ref().is_none_or(|kept: &Fitted| kept.tokens.len() > room * 2 / 3) {
            roomy = Some(fitted);
        }
    }
    roomy.ok_or(Failure::TooLong { tokens: tightest as u64, at_least: false, room: room as u64 })
}

/// The tokens of one message by itself.
pub fn message_tokens(loaded: &Loaded, text: &str) -> Vec<LlamaToken> {
    loaded.untrusted.tokens(&loaded.model.vocab(), text)
}

struct Conversation<'a> {
    loaded: &'a Loaded,
    messages: &'a [Message],
    date: i64,
    /// The tokens of each message.
    tokens: Vec<Vec<LlamaToken>>,
    /// Where each turn of the person begins.
    turns: Vec<usize>,
}

impl<'a> Conversation<'a> {
    fn new(loaded: &'a Loaded, messages: &'a [Message], date: i64) -> Self {
        let tokens = messages.iter().map(|message| own_tokens(loaded, message)).collect();
        let turns = messages
            .iter()
            .enumerate()
            .filter(|(_, message)| message.role == Role::User)
            .map(|(index, _)| index)
            .collect();
        Self { loaded, messages, date, tokens, turns }
    }

    /// The whole prompt without the `dropped` messages after the system prompt.
    fn prompt(&self, dropped: usize) -> Vec<LlamaToken> {
        let first = self.turns.first().copied().unwrap_or(0);
        let kept: Vec<usize> =
            (0..self.messages.len()).filter(|index| *index < first || *index >= first + dropped).collect();
        let messages: Vec<Message> = kept.iter().map(|index| bare(&self.messages[*index])).collect();
        let vocab = self.loaded.model.vocab();
        let mut prompt = Vec::new();
        for piece in self.loaded.template.render(&messages, self.date) {
            match piece {
                Piece::Template(text) => prompt.extend(vocab.tokenize(text.as_bytes(), false, true)),
                Piece::Message(index) => prompt.extend_from_slice(&self.tokens[kept[index]]),
            }
        }
        if vocab.should_add_bos() && prompt.first() != Some(&vocab.bos()) {
            prompt.insert(0, vocab.bos());
        }
        prompt
    }
}

/// The ids that the model itself sampled, else the message's text as untrusted text.
fn own_tokens(loaded: &Loaded, message: &Message) -> Vec<LlamaToken> {
    let known = |id: &i32| *id >= 0 && *id < loaded.model.n_vocab();
    if message.role == Role::Assistant && !message.token_ids.is_empty() && message.token_ids.iter().all(known) {
        return message.token_ids.iter().map(|id| LlamaToken(*id)).collect();
    }
    message_tokens(loaded, &message.text)
}

/// A template is shown who spoke, never what was said.
fn bare(message: &Message) -> Message {
    Message { role: message.role, text: String::new(), token_ids: Vec::new() }
}
