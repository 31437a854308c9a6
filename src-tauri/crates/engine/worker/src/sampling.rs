//! From the settings of a request to llama.cpp's chain of samplers.

use engine::wire::Sampling;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;

/// Candidates kept before the finer samplers sort them; what is cut off here has no weight left.
const TOP_K: i32 = 64;

/// The chain for one request. A grammar, when there is one, comes first: what it forbids must not be chosen.
pub fn chain(model: &LlamaModel, sampling: &Sampling, grammar: Option<LlamaSampler>) -> LlamaSampler {
    let mut samplers: Vec<LlamaSampler> = grammar.into_iter().collect();
    if sampling.repeat_penalty > 1.0 {
        let last = i32::try_from(sampling.repeat_last).unwrap_or(i32::MAX);
        samplers.push(LlamaSampler::penalties(model.n_vocab(), last, sampling.repeat_penalty, 0.0, 0.0));
    }
    if sampling.temperature > 0.0 {
        samplers.push(LlamaSampler::top_k(TOP_K));
        samplers.push(LlamaSampler::top_p(sampling.top_p, 1));
        samplers.push(LlamaSampler::min_p(sampling.min_p, 1));
        samplers.push(LlamaSampler::temp(sampling.temperature));
        samplers.push(LlamaSampler::dist(sampling.seed));
    } else {
        samplers.push(LlamaSampler::greedy());
    }
    LlamaSampler::chain(samplers, true)
}
