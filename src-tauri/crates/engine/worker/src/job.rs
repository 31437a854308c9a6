//! One request while it is being answered.

use std::time::Instant;

use engine::wire::{Event, Figures, FinishReason, Options};
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::vocab::LlamaVocab;

use crate::requests::send;

/// A request that waits for a place, its prompt already tokenised and known to fit.
pub struct Waiting {
    /// The program's id.
    pub id: u64,
    /// The whole prompt.
    pub prompt: Vec<LlamaToken>,
    /// Messages left out of it.
    pub dropped: u32,
    /// Bytes of a character that an answer which is continued ended within.
    pub unsent: Vec<u8>,
    /// How to continue it.
    pub options: Options,
    /// Whether what it read may be of use to a later request.
    pub stays: bool,
    /// The sampler chain.
    pub sampler: LlamaSampler,
    /// When the request came.
    pub arrived: Instant,
}

/// A request with a place.
pub struct Job {
    /// The program's id.
    pub id: u64,
    /// Tokens still to be read, and those sampled but not yet read. The first `read` of it are in the cache.
    pub tokens: Vec<LlamaToken>,
    /// How many of `tokens` are in the cache.
    pub read: usize,
    /// Where its logits are in the batch being decoded.
    pub output: Option<i32>,
    /// Whether what it read may be of use to a later request.
    pub stays: bool,
    sampler: LlamaSampler,
    options: Options,
    unsent: Vec<u8>,
    arrived: Instant,
    first_token: Option<Instant>,
    figures: Figures,
}

impl Job {
    /// Gives a waiting request its place, of whose cache `cached` tokens can be used.
    pub fn begin(waiting: Waiting, cached: usize) -> Self {
        let prompt_tokens = count(waiting.prompt.len());
        let cached_tokens = count(cached);
        send(&Event::Accepted { id: waiting.id, prompt_tokens, cached_tokens, dropped_messages: waiting.dropped });
        Self {
            id: waiting.id,
            tokens: waiting.prompt,
            read: cached,
            output: None,
            stays: waiting.stays,
            sampler: waiting.sampler,
            options: waiting.options,
            unsent: waiting.unsent,
            arrived: waiting.arrived,
            first_token: None,
            figures: Figures { prompt_tokens, cached_tokens, ..Figures::default() },
        }
    }

    /// Whether the prompt is read and tokens are being written.
    pub fn is_writing(&self) -> bool {
        self.figures.completion_tokens > 0
    }

    /// Tokens of cache that it may still come to hold, those it holds included.
    pub fn reserved(&self) -> usize {
        self.tokens.len() + self.options.max_tokens.saturating_sub(self.figures.completion_tokens) as usize
    }

    /// Notes with how many requests a batch was shared.
    pub fn shared_batch_with(&mut self, requests: u32) {
        self.figures.shared_batch = self.figures.shared_batch.max(requests);
    }

    /// Samples the next token and sends its text. Says why the answer ends, if it does.
    pub fn advance(
        &mut self,
        sample: impl FnOnce(&mut LlamaSampler) -> LlamaToken,
        vocab: &LlamaVocab,
        stops: impl Fn(LlamaToken) -> bool,
        window: usize,
    ) -> Option<FinishReason> {
        let token = sample(&mut self.sampler);
        if self.first_token.is_none() {
            self.first_token = Some(Instant::now());
        }
        if !self.options.ignore_end && stops(token) {
            return Some(FinishReason::End);
        }
        self.tokens.push(token);
        self.figures.completion_tokens += 1;
        vocab.token_to_piece_into(token, &mut self.unsent, false, None);
        let text = whole_characters(&mut self.unsent);
        send(&Event::Piece { id: self.id, text, token_ids: vec![token.0] });
        if self.figures.completion_tokens >= self.options.max_tokens {
            Some(FinishReason::MaxTokens)
        } else if self.tokens.len() >= window {
            Some(FinishReason::WindowFull)
        } else {
            None
        }
    }

    /// Sends the end of the answer.
    pub fn finish(&mut self, reason: FinishReason) {
        let now = Instant::now();
        let first = self.first_token.unwrap_or(now);
        self.figures.prefill_ms = (first - self.arrived).as_secs_f64() * 1e3;
        self.figures.decode_ms = (now - first).as_secs_f64() * 1e3;
        // An answer that ends early may be continued, and then its last character becomes whole.
        if reason == FinishReason::End && !self.unsent.is_empty() {
            let text = String::from_utf8_lossy(&self.unsent).into_owned();
            send(&Event::Piece { id: self.id, text, token_ids: Vec::new() });
        }
        send(&Event::Finished { id: self.id, reason, figures: self.figures });
    }
}

/// Takes the whole UTF-8 characters off the front; what can never become one is replaced.
fn whole_characters(bytes: &mut Vec<u8>) -> String {
    let mut text = String::new();
    loop {
        match std::str::from_utf8(bytes) {
            Ok(valid) => {
                text += valid;
                bytes.clear();
                return text;
            }
            Err(error) => {
                let valid = error.valid_up_to();
                text += &String::from_utf8_lossy(&bytes[..valid]);
                let Some(bad) = error.error_len() else {
                    bytes.drain(..valid);
                    return text;
                };
                text.push(char::REPLACEMENT_CHARACTER);
                bytes.drain(..valid + bad);
            }
        }
    }
}

/// A number of tokens as it is sent.
pub fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_cut_between_two_tokens_is_sent_once_it_is_whole() {
        let mut bytes = vec![b'a', 0xE2, 0x82];
        assert_eq!(whole_characters(&mut bytes), "a");
        assert_eq!(bytes, [0xE2, 0x82]);
        bytes.push(0xAC);
        assert_eq!(whole_characters(&mut bytes), "\u{20AC}");
        assert!(bytes.is_empty());
    }

    #[test]
    fn bytes_that_never_become_a_character_are_replaced() {
        let mut bytes = vec![0xFF, b'b'];
        assert_eq!(whole_characters(&mut bytes), "\u{FFFD}b");
    }
}
