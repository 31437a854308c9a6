//! How answers are made in one chat, where the person chose.

use engine::wire::Sampling;
use serde::{Deserialize, Serialize};
use vault::{CollectionId, DocumentId};

/// The most tokens of one answer, where nothing else was chosen.
pub const MOST_TOKENS: u32 = 1_024;

/// The same for an answer about documents, whose sentences are each checked: the documents have said the rest.
pub const MOST_ABOUT_DOCUMENTS: u32 = 200;

/// What the person chose for a chat; nothing means as Tacit chooses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The system prompt.
    pub system_prompt: Option<String>,
    /// 0 (always the likeliest token) to 2.
    pub temperature: Option<f32>,
    /// Nucleus sampling: above 0, at most 1.
    pub top_p: Option<f32>,
    /// The most tokens of one answer, 1 to 32,768.
    pub max_tokens: Option<u32>,
    /// The documents that the chat is about; nothing where it is about none.
    pub scope: Option<Scope>,
}

/// Which documents a chat is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// All of them; then the lists do not count.
    pub all: bool,
    /// Those in these collections.
    pub collections: Vec<CollectionId>,
    /// And these.
    pub documents: Vec<DocumentId>,
}

impl Scope {
    /// Every document.
    #[must_use]
    pub fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }
}

impl Choices {
    /// From what the vault keeps. What cannot be read counts as nothing chosen.
    pub(crate) fn read(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_default()
    }

    /// For the vault.
    pub(crate) fn written(&self) -> String {
        serde_json::to_string(&self.clone().within_bounds()).unwrap_or_default()
    }

    /// The same, with every number where it means something.
    fn within_bounds(self) -> Self {
        let prompt = self.system_prompt.filter(|prompt| !prompt.trim().is_empty());
        let sane = |number: Option<f32>, least: f32, most: f32| {
            number.filter(|number| number.is_finite()).map(|number| number.clamp(least, most))
        };
        Self {
            system_prompt: prompt,
            temperature: sane(self.temperature, 0.0, 2.0),
            top_p: sane(self.top_p, 0.01, 1.0),
            max_tokens: self.max_tokens.map(|tokens| tokens.clamp(1, 32_768)),
            scope: self.scope,
        }
    }

    /// The sampler's settings, with a seed.
    pub(crate) fn sampling(&self, seed: u32) -> Sampling {
        let usual = Sampling::default();
        Sampling {
            temperature: self.temperature.unwrap_or(match self.scope {
                // What stands in documents is not to be varied; at 0 small models loop.
                Some(_) => 0.2,
                None => usual.temperature,
            }),
            top_p: self.top_p.unwrap_or(usual.top_p),
            seed,
            ..usual
        }
    }

    /// The most tokens of one answer.
    pub(crate) fn most_tokens(&self) -> u32 {
        self.max_tokens.unwrap_or(match self.scope {
            Some(_) => MOST_ABOUT_DOCUMENTS,
            None => MOST_TOKENS,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_brought_back_into_bounds() {
        let wild = Choices {
            system_prompt: Some("  ".into()),
            temperature: Some(9.0),
            top_p: Some(f32::NAN),
            max_tokens: Some(0),
            scope: Some(Scope::everything()),
        };
        let kept = Choices::read(&wild.written());
        assert_eq!(
            kept,
            Choices { temperature: Some(2.0), max_tokens: Some(1), scope: wild.scope.clone(), ..Choices::default() }
        );
        assert_eq!(Choices::read("nonsense"), Choices::default());
    }
}
