//! The model that finds passages by their meaning: a `tacit-engine` of its own, started when it is first needed.

use engine::{Engine, EngineOptions};
use models::{Catalogue, Normalisation, Places};
use unicode_normalization::UnicodeNormalization as _;
use vault::VectorModel;

use crate::error::AssistantError;
use crate::home::Home;

/// A model that turns texts into vectors.
pub struct Embedder {
    engine: Engine,
    facts: models::Embedding,
    model: VectorModel,
}

impl Embedder {
    /// Starts the embedding model that the catalogue prefers among those on this computer; nothing where there is none.
    ///
    /// # Errors
    /// When it is there and cannot be used.
    pub fn start(home: &Home) -> Result<Option<Self>, AssistantError> {
        let catalogue = Catalogue::builtin()?;
        let places = Places::from_environment(home.path());
        let Some(found) = models::choose_embedding(None, &places, &catalogue) else { return Ok(None) };
        let Some((entry, facts)) =
            found.entry_guess.and_then(|entry| entry.embedding.clone().map(|facts| (entry, facts)))
        else {
            return Ok(None);
        };
        let options = EngineOptions { model: found.path, ..EngineOptions::default() };
        let engine = Engine::start(&options)?.wait(|_| {})?;
        if engine.model().dimensions != facts.dimensions {
            return Err(AssistantError::Internal("an embedding model of other dimensions"));
        }
        let model = VectorModel { name: entry.id, dimensions: facts.dimensions };
        Ok(Some(Self { engine, facts, model }))
    }

    /// What its vectors are kept under.
    pub fn model(&self) -> &VectorModel {
        &self.model
    }

    /// Whether its engine has ended.
    pub fn has_died(&self) -> bool {
        self.engine.has_died()
    }

    /// Ends its engine, whatever it does.
    pub fn end(&self) {
        self.engine.end();
    }

    /// The vector of a question, of length 1.
    ///
    /// # Errors
    /// When the engine ends.
    pub fn query(&self, text: &str) -> Result<Vec<f32>, AssistantError> {
        let vectors = self.engine.embed(vec![self.prepared(&self.facts.prefix_query, text)])?;
        vectors.into_iter().next().ok_or(AssistantError::Internal("no vector"))
    }

    /// The vectors of passages, in order, each of length 1.
    ///
    /// # Errors
    /// When the engine ends.
    pub fn passages<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Result<Vec<Vec<f32>>, AssistantError> {
        Ok(self.engine.embed(texts.map(|text| self.prepared(&self.facts.prefix_passage, text)).collect())?)
    }

    /// How many tokens each of some texts has.
    ///
    /// # Errors
    /// When the engine ends.
    pub fn count(&self, texts: &[String]) -> Result<Vec<u32>, AssistantError> {
        Ok(self.engine.count(texts.iter().map(|text| self.prepared("", text)).collect())?)
    }

    fn prepared(&self, prefix: &str, text: &str) -> String {
        let text = match self.facts.normalisation {
            Some(Normalisation::Nfkc) => normalised(text),
            None => text.to_owned(),
        };
        format!("{prefix}{text}")
    }
}

/// `SentencePiece`'s `nmt_nfkc`, which llama.cpp does not do by itself ([`Normalisation::Nfkc`] says what it is).
fn normalised(text: &str) -> String {
    let spaced = text.chars().map(|c| match c {
        '\t'
        | '\n'
        | '\u{0C}'
        | '\r'
        | '\u{85}'
        | '\u{1680}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2581}'
        | '\u{FEFF}'
        | '\u{FFFD}' => ' ',
        other => other,
    });
    let kept: String = spaced.filter(|c| !c.is_control()).collect();
    // The wide tilde stays as it is.
    let composed = kept.split('\u{FF5E}').map(|part| part.nfkc().collect::<String>()).collect::<Vec<_>>();
    composed.join("\u{FF5E}").split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_brought_into_the_spelling_that_the_model_was_trained_on() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/embeddings.json");
        let references: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let texts = references["texts"].as_array().unwrap();
        assert!(texts.len() >= 20);
        for text in texts {
            assert_eq!(normalised(text["text"].as_str().unwrap()), text["normalised"].as_str().unwrap());
        }
    }
}
