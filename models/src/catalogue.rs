//! The models that Tacit knows: who made them, where, under which licence, and what their files weigh and hash to.

use std::path::Path;

use serde::Deserialize;

use crate::ModelsError;

/// The list that came with the program. A fact that is not known is empty there, never guessed.
#[derive(Debug, Clone)]
pub struct Catalogue {
    models: Vec<Model>,
}

/// One file of one model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Model {
    /// Names the entry for programs; never changes once released.
    pub id: String,
    /// What its maker calls it.
    pub name: String,
    /// Who made it.
    pub maker: String,
    /// Where its maker sits, in English; empty if not known.
    pub countries: Vec<String>,
    /// SPDX name, or the maker's own name for it.
    pub licence: String,
    /// The languages that it was made for, as BCP 47 tags; empty if not known.
    pub languages: Vec<String>,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether this is the small model that Tacit starts with.
    pub starter: bool,
    /// How many parameters, counted in the file.
    pub parameters: Option<u64>,
    /// How its weights are packed, in llama.cpp's words.
    pub quantisation: Option<String>,
    /// The longest context that it was trained for, in tokens.
    pub context_tokens: Option<u32>,
    /// Memory that it needs with a context of 4,096 tokens, measured.
    pub memory_bytes: Option<u64>,
    /// The file's usual name.
    pub file_name: String,
    /// The day that the file bears where it is published, as YYYY-MM-DD.
    pub file_date: Option<String>,
    /// The file's size.
    pub bytes: Option<u64>,
    /// The file's SHA-256, 64 lowercase hexadecimal digits.
    pub sha256: Option<String>,
    /// The package that carries the file, if a package registry does.
    pub package: Option<Package>,
    /// How text becomes vectors with it; there exactly if that is its purpose.
    pub embedding: Option<Embedding>,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// It answers.
    Chat,
    /// It makes vectors of texts, by which passages are found.
    Embedding,
}

/// What an embedding model needs to be told, and what it gives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Embedding {
    /// When it is taken.
    pub choice: Choice,
    /// How many numbers a vector has.
    pub dimensions: u32,
    /// How the vectors of a text's tokens become one. It is brought to length 1 afterwards.
    pub pooling: Pooling,
    /// What stands before a question.
    pub prefix_query: String,
    /// What stands before a passage.
    pub prefix_passage: String,
    /// What is done with a text first, before its prefix is added; nothing if absent.
    pub normalisation: Option<Normalisation>,
}

/// When an embedding model is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Unless another is asked for.
    Default,
    /// Where it must be light and all texts are in its language.
    Light,
}

/// How the vectors of a text's tokens become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// Their mean.
    Mean,
}

/// What is done with a text before it is made into tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Normalisation {
    /// What `SentencePiece` calls `nmt_nfkc`, which llama.cpp does not do by itself. In this order:
    /// 1. each of tab, line feed, form feed, carriage return, U+0085, U+1680, U+200B to U+200F, U+2028, U+2029, U+2581, U+FEFF and U+FFFD
    ///    becomes a space;
    /// 2. the other control characters (category Cc) go;
    /// 3. NFKC, except that U+FF5E stays as it is;
    /// 4. spaces side by side become one, and those at both ends go.
    Nfkc,
}

/// Where a package registry keeps a model file. The set-up script reads this too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Package {
    /// The registry's name.
    pub registry: String,
    /// The package's name there.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The package's size.
    pub bytes: u64,
    /// The file's path inside the package.
    pub member: String,
    /// If the model file must first be made of that one: what `models/embedding_gguf.py` calls its kind.
    pub conversion: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    models: Vec<Model>,
}

/// The one layout of `catalogue.json` that this program reads.
const VERSION: u32 = 1;

impl Catalogue {
    /// The catalogue that is compiled into the program.
    ///
    /// # Errors
    /// [`ModelsError::Catalogue`] if that file is damaged, which a test of this crate excludes.
    pub fn builtin() -> Result<Self, ModelsError> {
        Self::parse(include_str!("../catalogue.json"))
    }

    fn parse(text: &str) -> Result<Self, ModelsError> {
        let damaged = |reason: String| ModelsError::Catalogue { reason };
        let file: File = serde_json::from_str(text).map_err(|error| damaged(error.to_string()))?;
        if file.version != VERSION {
            return Err(damaged(format!("it is of version {}, not {VERSION}", file.version)));
        }
        for (index, model) in file.models.iter().enumerate() {
            if let Some(reason) = model.defect() {
                return Err(damaged(format!("{}: {reason}", model.id)));
            }
            if file.models[..index].iter().any(|earlier| earlier.id == model.id) {
                return Err(damaged(format!("{} is there twice", model.id)));
            }
        }
        Ok(Self { models: file.models })
    }

    /// All entries, in the file's order.
    #[must_use]
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model that Tacit starts with.
    #[must_use]
    pub fn starter(&self) -> Option<&Model> {
        self.models.iter().find(|model| model.starter)
    }

    /// The embedding model with this id.
    #[must_use]
    pub fn embedding(&self, id: &str) -> Option<&Model> {
        self.embeddings().find(|model| model.id == id)
    }

    /// The embedding model to take unless another is asked for.
    #[must_use]
    pub fn default_embedding(&self) -> Option<&Model> {
        self.embeddings().find(|model| model.embedding.as_ref().is_some_and(|facts| facts.choice == Choice::Default))
    }

    /// All embedding models, in the file's order.
    pub fn embeddings(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().filter(|model| model.purpose == Purpose::Embedding)
    }

    /// The entry whose file hashes to `sha256` (hexadecimal, any case): certain.
    #[must_use]
    pub fn by_sha256(&self, sha256: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.sha256.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(sha256)))
    }

    /// The entry whose file has this name and size: a cheap guess that a hash must confirm before anyone relies on it.
    #[must_use]
    pub fn by_file_name_and_size(&self, file_name: &str, bytes: u64) -> Option<&Model> {
        self.models.iter().find(|model| model.file_name == file_name && model.bytes == Some(bytes))
    }
}

impl Model {
    /// What is wrong with this entry, if anything is.
    fn defect(&self) -> Option<&'static str> {
        let lowercase_hex = |digit: u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit);
        if self.id.is_empty() || self.name.is_empty() || self.maker.is_empty() {
            return Some("id, name and maker must be given");
        }
        if self.file_name.contains(['/', '\\'])
            || Path::new(&self.file_name).extension().is_none_or(|extension| extension != "gguf")
        {
            return Some("the file name must be a bare name that ends in .gguf");
        }
        if self.sha256.as_ref().is_some_and(|hash| hash.len() != 64 || !hash.bytes().all(lowercase_hex)) {
            return Some("the SHA-256 must be 64 lowercase hexadecimal digits");
        }
        if self.embedding.is_some() != (self.purpose == Purpose::Embedding) {
            return Some("an embedding model, and no other, says how it embeds");
        }
        if self.starter && self.purpose != Purpose::Chat {
            return Some("only a model that chats can be the starter");
        }
        if self.embedding.as_ref().is_some_and(|facts| facts.dimensions == 0) {
            return Some("a vector must have dimensions");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_reads_and_holds_one_starter() {
        let catalogue = Catalogue::builtin().unwrap();
        assert_eq!(catalogue.models().iter().filter(|model| model.starter).count(), 1);
        let starter = catalogue.starter().unwrap();
        assert_eq!(starter.languages, ["en"]);
        assert!(starter.package.as_ref().unwrap().member.ends_with(&starter.file_name));
    }

    #[test]
    fn a_model_is_found_by_its_hash_in_any_case() {
        let catalogue = Catalogue::builtin().unwrap();
        let hash = "B179C9523D0E6A0F98A330C7562B682750A6F8C8C15E5BC70EA373728110DB53";
        assert!(catalogue.by_sha256(hash).unwrap().starter);
        assert!(catalogue.by_sha256("").is_none());
    }

    #[test]
    fn a_guess_needs_both_name_and_size() {
        let catalogue = Catalogue::builtin().unwrap();
        let name = "SmolLM2-135M-Instruct.Q4_1.gguf";
        assert!(catalogue.by_file_name_and_size(name, 98_362_432).is_some());
        assert!(catalogue.by_file_name_and_size(name, 98_362_431).is_none());
        assert!(catalogue.by_file_name_and_size("other.gguf", 98_362_432).is_none());
    }

    #[test]
    fn the_default_embedding_model_reads_many_languages_and_the_light_one_english() {
        let catalogue = Catalogue::builtin().unwrap();
        let choices: Vec<_> = catalogue.embeddings().map(|model| model.embedding.as_ref().unwrap().choice).collect();
        assert_eq!(choices, [Choice::Default, Choice::Light]);
        let model = catalogue.default_embedding().unwrap();
        assert_eq!(model.id, "multilingual-e5-small-q4_0");
        assert!(["ar", "en", "fr", "hi", "ja"].iter().all(|language| model.languages.iter().any(|l| l == language)));
        let facts = model.embedding.as_ref().unwrap();
        assert_eq!((facts.prefix_query.as_str(), facts.prefix_passage.as_str()), ("query: ", "passage: "));
        assert_eq!((facts.dimensions, facts.normalisation), (384, Some(Normalisation::Nfkc)));
        let light = catalogue.embedding("all-minilm-l6-v2-q8_0").unwrap();
        assert_eq!(light.languages, ["en"]);
        assert_eq!(light.embedding.as_ref().unwrap().normalisation, None);
    }

    #[test]
    fn a_model_that_chats_is_no_embedding_model() {
        let catalogue = Catalogue::builtin().unwrap();
        assert!(catalogue.embedding(&catalogue.starter().unwrap().id).is_none());
    }

    #[test]
    fn a_damaged_catalogue_is_reported() {
        let good = include_str!("../catalogue.json");
        for (from, to) in [
            ("\"version\": 1", "\"version\": 2"),
            ("b179c9523d", "B179C9523D"),
            ("\"file_name\": \"", "\"file_name\": \"../"),
            ("starter", "stater"),
            ("\"purpose\": \"embedding\"", "\"purpose\": \"chat\""),
            ("\"purpose\": \"chat\"", "\"purpose\": \"embedding\""),
            ("\"dimensions\": 384", "\"dimensions\": 0"),
            ("\"pooling\": \"mean\"", "\"pooling\": \"median\""),
        ] {
            assert_eq!(Catalogue::parse(&good.replacen(from, to, 1)).unwrap_err().code(), "model_catalogue", "{to}");
        }
    }
}
