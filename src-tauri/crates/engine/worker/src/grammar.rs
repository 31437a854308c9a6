//! Answers held to a JSON schema, by llguidance: a Rust parser that cannot abort the process.

use std::sync::{Arc, OnceLock};

use engine::wire::Failure;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llguidance::api::TopLevelGrammar;
use llguidance::{Matcher, ParserFactory};

/// The vocabulary as llguidance wants it. Made once, when first asked for: it walks the whole vocabulary.
#[derive(Default)]
pub struct Grammars {
    factory: OnceLock<Option<Arc<ParserFactory>>>,
}

impl Grammars {
    /// A sampler that allows only what satisfies the schema.
    pub fn sampler(&self, model: &LlamaModel, schema: &str) -> Result<LlamaSampler, Failure> {
        let refused = |reason: String| Failure::Schema(reason);
        let schema = serde_json::from_str(schema).map_err(|error| refused(error.to_string()))?;
        let factory = self.factory.get_or_init(|| {
            let vocabulary = LlamaSampler::llguidance_tok_env(model);
            ParserFactory::new_simple(&vocabulary).ok().map(Arc::new)
        });
        let factory = factory.as_ref().ok_or_else(|| refused("this vocabulary cannot be held to one".into()))?;
        let parser = factory
            .create_parser(TopLevelGrammar::from_json_schema(schema))
            .map_err(|error| refused(error.to_string()))?;
        Ok(LlamaSampler::from(Matcher::new(Ok(parser))))
    }
}
