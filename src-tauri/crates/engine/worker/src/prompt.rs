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
    /// What an answer that is continued has so far.
    pub begun: Begun,
}

/// The part of an answer that stands at the end of the prompt.
#[derive(Debug, Default)]
pub struct Begun {
    /// Its tokens, the last of the prompt.
    pub tokens: usize,
    /// The bytes of its last character, where that is not whole and was not sent.
    pub unsent: Vec<u8>,
}

/// Tokenises a conversation so that at most `room` tokens of it stand in the prompt.
///
/// When it has outgrown the window, the oldest turns (a message of the person and what answered it) leave
/// whole, and the system prompt stays. So that not every turn from then on reads everything anew, the cut is
/// where the cache still holds what follows (`cached` counts the leading tokens in memory); when it holds
/// nothing, the cut leaves a third of the window free. An answer that is continued belongs to the newest turn.
pub fn fit(
    loaded: &Loaded,
    messages: &[Message],
    date: i64,
    room: u32,
    cached: impl Fn(&[LlamaToken]) -> usize,
) -> Result<Fitted, Failure> {
    let (messages, begun) = match messages.split_last() {
        Some((last, before)) if last.role == Role::Assistant => (before, Some(last)),
        _ => (messages, None),
    };
    let newest = messages.last().filter(|message| message.role == Role::User && !message.text.trim().is_empty());
    let newest = newest.ok_or(Failure::Empty)?;
    let room = room as usize;
    let begun_bytes = begun.map_or("", |begun| begun.text.as_str());
    let least = loaded.untrusted.least_tokens(&newest.text) + loaded.untrusted.least_tokens(begun_bytes);
    if least > room as u64 {
        return Err(Failure::TooLong { tokens: least, at_least: true, room: room as u64 });
    }
    let conversation = Conversation::new(loaded, messages, begun, date);
    let fitted = |tokens, dropped| Fitted {
        tokens,
        dropped: u32::try_from(dropped).unwrap_or(u32::MAX),
        begun: Begun {
            tokens: conversation.begun.len(),
            unsent: begun.map(|begun| unsent(loaded, begun)).unwrap_or_default(),
        },
    };
    let whole = conversation.prompt(0);
    if whole.len() <= room {
        return Ok(fitted(whole, 0));
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
        let fitted = fitted(tokens, dropped);
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
    /// The tokens of the answer that is continued, after all of them.
    begun: Vec<LlamaToken>,
    /// Where each turn of the person begins.
    turns: Vec<usize>,
}

impl<'a> Conversation<'a> {
    fn new(loaded: &'a Loaded, messages: &'a [Message], begun: Option<&Message>, date: i64) -> Self {
        let tokens = messages.iter().map(|message| own_tokens(loaded, message)).collect();
        let turns = messages
            .iter()
            .enumerate()
            .filter(|(_, message)| message.role == Role::User)
            .map(|(index, _)| index)
            .collect();
        let begun = begun.map(|begun| own_tokens(loaded, begun)).unwrap_or_default();
        Self { loaded, messages, date, tokens, begun, turns }
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
        // The template has ended with what stands before an answer, and nothing closes this one.
        prompt.extend_from_slice(&self.begun);
        prompt
    }
}

/// The ids that the model itself sampled, else the message's text as untrusted text.
fn own_tokens(loaded: &Loaded, message: &Message) -> Vec<LlamaToken> {
    sampled(loaded, message).unwrap_or_else(|| message_tokens(loaded, &message.text))
}

/// The ids that the model itself sampled for a message, where there are any that it knows.
fn sampled(loaded: &Loaded, message: &Message) -> Option<Vec<LlamaToken>> {
    let known = |id: &i32| *id >= 0 && *id < loaded.model.n_vocab();
    let all = message.role == Role::Assistant && !message.token_ids.is_empty() && message.token_ids.iter().all(known);
    all.then(|| message.token_ids.iter().map(|id| LlamaToken(*id)).collect())
}

/// The bytes that the last ids of an answer have written and its text does not show, for they are no whole character.
fn unsent(loaded: &Loaded, begun: &Message) -> Vec<u8> {
    let vocab = loaded.model.vocab();
    let ids = sampled(loaded, begun).unwrap_or_default();
    let mut bytes = Vec::new();
    for token in ids.iter().skip(ids.len().saturating_sub(LONGEST_CHARACTER)) {
        vocab.token_to_piece_into(*token, &mut bytes, false, None);
    }
    if begun.text.ends_with(char::REPLACEMENT_CHARACTER) { Vec::new() } else { incomplete_end(&bytes).to_vec() }
}

/// Bytes of a character at most, so also the most tokens that one can be spread over.
const LONGEST_CHARACTER: usize = 4;

/// The bytes at the end that are the beginning of a character.
fn incomplete_end(bytes: &[u8]) -> &[u8] {
    let from = bytes.len().saturating_sub(LONGEST_CHARACTER - 1);
    let is_begun =
        |end: &&[u8]| std::str::from_utf8(end).is_err_and(|e| e.valid_up_to() == 0 && e.error_len().is_none());
    (from..bytes.len()).map(|at| &bytes[at..]).find(is_begun).unwrap_or_default()
}

/// A template is shown who spoke, never what was said.
fn bare(message: &Message) -> Message {
    Message { role: message.role, text: String::new(), token_ids: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_character_is_found_at_the_end() {
        let euro = "\u{20AC}".as_bytes();
        let smile = "\u{1F600}".as_bytes();
        let ends = |text: &str, more: &[u8]| incomplete_end(&[text.as_bytes(), more].concat()).to_vec();
        assert_eq!(ends("ab", &euro[..1]), euro[..1]);
        assert_eq!(ends("ab\u{20AC}", &euro[..2]), euro[..2]);
        assert_eq!(ends("", &smile[..3]), smile[..3]);
        assert_eq!(ends("\u{1F600}", &smile[..3]), smile[..3]);
        for whole in ["", "a", "\u{20AC}", "a\u{1F600}"] {
            assert!(ends(whole, &[]).is_empty(), "{whole}");
        }
        // What can never become a character is not waited for.
        assert!(ends("a", &[0xFF]).is_empty() && ends("a", &[0x82]).is_empty());
    }
}
