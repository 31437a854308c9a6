//! A model that turns texts into vectors: its context, and the worker's main loop for it.

use std::num::NonZeroU32;
use std::sync::mpsc::Receiver;

use engine::wire::{Event, Failure, LoadFailure, Request};
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;

use crate::attempts;
use crate::job::count;
use crate::model::Loaded;
use crate::requests::send;

/// Texts in one batch.
const SEQUENCES: u32 = 8;
/// A batch is closed once it has so many tokens: each token looks at all of its batch, so larger ones are slower.
const BATCH: usize = 256;

/// The context of an embedding model.
pub struct Embedder<'m> {
    loaded: &'m Loaded,
    context: LlamaContext<'m>,
    batch: LlamaBatch<'static>,
    /// What the model wants to stand before and after a text (`[CLS]`, `[SEP]`).
    around: (Vec<LlamaToken>, Vec<LlamaToken>),
    /// Tokens that one text may have, with what stands around it.
    window: usize,
}

impl<'m> Embedder<'m> {
    /// Makes the context.
    pub fn new(loaded: &'m Loaded) -> Result<Self, LoadFailure> {
        // All of a text is read at once, for each token looks at those after it too.
        let tokens = loaded.window.next_multiple_of(SEQUENCES);
        let threads = i32::try_from(loaded.threads).unwrap_or(1);
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(tokens))
            .with_n_batch(tokens)
            .with_n_ubatch(tokens)
            .with_n_seq_max(SEQUENCES)
            .with_kv_unified(true)
            .with_embeddings(true)
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
            .with_no_perf(true);
        let context = loaded
            .model
            .new_context(&loaded.backend, params)
            .map_err(|error| LoadFailure::Context(error.to_string()))?;
        Ok(Self {
            loaded,
            context,
            batch: LlamaBatch::new(tokens as usize, 1),
            around: around(loaded),
            window: loaded.window as usize,
        })
    }

    /// Serves requests until the program closes the pipe.
    pub fn serve(mut self, requests: &Receiver<Request>) {
        while let Ok(request) = requests.recv() {
            match request {
                Request::Hello { .. } | Request::Cancel { .. } => {}
                Request::Embed { id, texts } => send(&match self.embed(&texts) {
                    Ok(vectors) => Event::Embedded { id, vectors },
                    Err(failure) => Event::Failed { id, failure },
                }),
                Request::Count { id, texts } => {
                    let counts = texts.iter().map(|text| count(self.tokens(text).len())).collect();
                    send(&Event::Counted { id, counts });
                }
                Request::Attempt { id, name, targets } => {
                    send(&Event::Attempted { id, attempts: attempts::make(name.as_deref(), targets) });
                }
                Request::Generate { id, .. } => send(&Event::Failed { id, failure: Failure::OnlyEmbeds }),
            }
        }
    }

    /// The tokens of a text with what stands around it; none of the text's is special.
    fn tokens(&self, text: &str) -> Vec<LlamaToken> {
        let own = self.loaded.untrusted.tokens(&self.loaded.model.vocab(), text);
        [&self.around.0[..], &own, &self.around.1[..]].concat()
    }

    fn embed(&mut self, texts: &[String]) -> Result<Vec<Vec<f32>>, Failure> {
        let mut vectors = Vec::with_capacity(texts.len());
        let mut texts =
            texts.iter().map(|text| self.fitting(self.tokens(text))).collect::<Vec<_>>().into_iter().peekable();
        while texts.peek().is_some() {
            self.batch.clear();
            let (mut sequences, mut tokens) = (0, 0);
            while let Some(next) =
                texts.next_if(|next| sequences == 0 || (sequences < SEQUENCES && tokens + next.len() <= BATCH))
            {
                tokens += next.len();
                self.add(&next, sequences)?;
                sequences += 1;
            }
            self.context.clear_kv_cache();
            self.context.decode(&mut self.batch).map_err(|error| Failure::Decode(error.to_string()))?;
            for sequence in 0..sequences {
                vectors.push(self.vector(sequence)?);
            }
        }
        Ok(vectors)
    }

    /// What is past the model's window is left out, but never what must stand at the end.
    fn fitting(&self, mut tokens: Vec<LlamaToken>) -> Vec<LlamaToken> {
        if tokens.len() > self.window {
            tokens.truncate(self.window - self.around.1.len());
            tokens.extend(&self.around.1);
        }
        tokens
    }

    fn add(&mut self, tokens: &[LlamaToken], sequence: u32) -> Result<(), Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::Decode(error.to_string());
        let sequence = i32::try_from(sequence).map_err(|error| failed(&error))?;
        for (at, token) in tokens.iter().enumerate() {
            let at = i32::try_from(at).map_err(|error| failed(&error))?;
            self.batch.add(*token, at, &[sequence], true).map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// The vector of a sequence, of length 1.
    fn vector(&self, sequence: u32) -> Result<Vec<f32>, Failure> {
        let sequence = i32::try_from(sequence).map_err(|error| Failure::Decode(error.to_string()))?;
        let raw = self.context.embeddings_seq_ith(sequence).map_err(|error| Failure::Decode(error.to_string()))?;
        Ok(unit(raw))
    }
}

/// What tokenising nothing gives is what the model wants around a text.
fn around(loaded: &Loaded) -> (Vec<LlamaToken>, Vec<LlamaToken>) {
    let tokens = loaded.model.vocab().tokenize(b"", true, false);
    match tokens.as_slice() {
        [first, last] => (vec![*first], vec![*last]),
        [first, ..] => (vec![*first], Vec::new()),
        [] => (Vec::new(), Vec::new()),
    }
}

/// A vector of the same direction and length 1; of a vector of zeroes, itself.
fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
    if length == 0.0 {
        return vector.to_vec();
    }
    #[allow(clippy::cast_possible_truncation, reason = "a number between -1 and 1")]
    vector.iter().map(|x| (f64::from(*x) / length) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_of_length_one_and_nothing_stays_nothing() {
        assert_eq!(unit(&[3.0, 4.0]), [0.6, 0.8]);
        assert_eq!(unit(&[0.0, 0.0]), [0.0, 0.0]);
    }
}
