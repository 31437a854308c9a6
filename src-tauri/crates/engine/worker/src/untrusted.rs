//! Text is not prompt: what a person or a document wrote can never become a control token.
//!
//! Such text is tokenised without `parse_special`. That is not enough: llama.cpp always parses `USER_DEFINED`
//! strings. So the ids are looked at, and a text that holds a special one is cut inside its special strings
//! and tokenised in parts.

use aho_corasick::AhoCorasick;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token_type::LlamaTokenAttr;
use llama_cpp_2::vocab::LlamaVocab;

/// What must be known of a vocabulary to keep text apart from prompt.
pub struct Untrusted {
    special: Vec<bool>,
    strings: Option<AhoCorasick>,
    longest_piece: usize,
}

impl Untrusted {
    /// Reads a vocabulary.
    pub fn of(model: &LlamaModel) -> Self {
        let vocab = model.vocab();
        let mut special = Vec::new();
        let mut strings = Vec::new();
        let mut longest_piece = 1;
        for id in 0..vocab.n_tokens() {
            let token = LlamaToken(id);
            let piece = vocab.token_to_piece(token, true, None);
            longest_piece = longest_piece.max(piece.len());
            let attributes = vocab.attr(token);
            let is_special =
                attributes.contains(LlamaTokenAttr::Control) || attributes.contains(LlamaTokenAttr::UserDefined);
            special.push(is_special);
            if is_special && piece.len() > 1 {
                strings.push(piece);
            }
        }
        Self { special, strings: AhoCorasick::new(strings).ok(), longest_piece }
    }

    /// Whether a token is CONTROL or `USER_DEFINED`.
    pub fn is_special(&self, token: LlamaToken) -> bool {
        usize::try_from(token.0).ok().and_then(|id| self.special.get(id)).copied().unwrap_or(true)
    }

    /// Fewer tokens than this a text cannot have.
    pub fn least_tokens(&self, text: &str) -> u64 {
        (text.len() / self.longest_piece) as u64
    }

    /// The tokens of a text, none of them special.
    pub fn tokens(&self, vocab: &LlamaVocab, text: &str) -> Vec<LlamaToken> {
        let tokens = vocab.tokenize(text.as_bytes(), false, false);
        if !self.any_special(&tokens) {
            return tokens;
        }
        let mut result = Vec::with_capacity(tokens.len() + 8);
        let mut start = 0;
        for cut in self.cuts(text) {
            result.extend(self.part(vocab, &text.as_bytes()[start..cut]));
            start = cut;
        }
        result.extend(self.part(vocab, &text.as_bytes()[start..]));
        result
    }

    /// Places inside every special string, however they overlap.
    fn cuts(&self, text: &str) -> Vec<usize> {
        let Some(strings) = &self.strings else { return Vec::new() };
        let mut cuts: Vec<usize> = strings
            .find_overlapping_iter(text)
            .map(|found| {
                (found.start() + 1..found.end()).find(|&at| text.is_char_boundary(at)).unwrap_or(found.start() + 1)
            })
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    fn part(&self, vocab: &LlamaVocab, bytes: &[u8]) -> Vec<LlamaToken> {
        let tokens = vocab.tokenize(bytes, false, false);
        if !self.any_special(&tokens) {
            return tokens;
        }
        // A special string that tokenisation itself made up (normalisation), or one of a single character:
        // byte by byte, and what even then is special is left out.
        let bytes = bytes.iter().flat_map(|byte| vocab.tokenize(&[*byte], false, false));
        bytes.filter(|token| !self.is_special(*token)).collect()
    }

    fn any_special(&self, tokens: &[LlamaToken]) -> bool {
        tokens.iter().any(|token| self.is_special(*token))
    }
}
