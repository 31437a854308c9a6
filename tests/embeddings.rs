//! The engine with a model that turns texts into vectors, beside reference vectors that other programs made.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use engine::wire::{Failure, Lane, Message, Options, Prompt, Role, Sampling};
use engine::{Engine, EngineError, EngineOptions};
use serde::Deserialize;
use tests::{cached_model, program, starter_model};

const E5: &str = "multilingual-e5-small.Q4_0.gguf";
const MINILM: &str = "all-MiniLM-L6-v2.Q8_0.gguf";

#[derive(Deserialize)]
struct References {
    texts: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    role: String,
    text: String,
    normalised: String,
    minilm: Option<Vec<f32>>,
    e5: Vec<f32>,
}

fn references() -> Vec<Reference> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/embeddings.json");
    serde_json::from_str::<References>(&std::fs::read_to_string(file).unwrap()).unwrap().texts
}

fn start(model: std::path::PathBuf) -> Engine {
    let options = EngineOptions { model, ..EngineOptions::default() };
    Engine::start_worker(&program("tacit-engine"), &options).unwrap().wait(|_| {}).unwrap()
}

fn cosine(one: &[f32], other: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    dot(one, other) / (dot(one, one) * dot(other, other)).sqrt()
}

/// Each text's vector by the engine and the reference's, with the text.
fn compare(model: &str, texts: &[(String, Vec<f32>)]) {
    let engine = start(cached_model(model));
    assert_eq!(engine.model().dimensions, 384);
    let vectors = engine.embed(texts.iter().map(|(text, _)| text.clone()).collect()).unwrap();
    assert_eq!(vectors.len(), texts.len());
    let mut far = Vec::new();
    for (vector, (text, reference)) in vectors.iter().zip(texts) {
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5 && vector.len() == 384);
        let cosine = cosine(vector, reference);
        if cosine < 0.998 {
            far.push(format!("{cosine} for {text:?}"));
        }
    }
    assert!(far.is_empty(), "{far:#?}");
    // In a batch or alone: the same.
    let alone = engine.embed(vec![texts[3].0.clone()]).unwrap();
    assert!(cosine(&alone[0], &vectors[3]) > 0.999);
}

#[test]
fn vectors_of_the_multilingual_model_are_those_of_its_own_engine() {
    let texts = references().into_iter().map(|one| (format!("{}: {}", one.role, one.normalised), one.e5));
    compare(E5, &texts.collect::<Vec<_>>());
}

#[test]
fn vectors_of_the_english_model_are_those_of_its_weights_in_32_bits() {
    let texts = references().into_iter().filter_map(|one| Some((one.text, one.minilm?)));
    compare(MINILM, &texts.collect::<Vec<_>>());
}

#[test]
fn a_text_longer_than_the_window_counts_with_its_beginning_and_an_empty_one_has_a_vector() {
    let engine = start(cached_model(E5));
    let long = "passage: the lease ends in May. ".repeat(400);
    let vectors = engine.embed(vec![long.clone(), String::new(), long[..2400].to_owned()]).unwrap();
    assert!(cosine(&vectors[0], &vectors[2]) > 0.99);
    assert_eq!(vectors[1].len(), 384);
    assert!(engine.count(vec![long]).unwrap()[0] > 2_000);
}

#[test]
fn a_model_that_embeds_does_not_answer_and_one_that_answers_does_not_embed() {
    let options = Options {
        max_tokens: 1,
        sampling: Sampling::greedy(),
        json_schema: None,
        lane: Lane::Conversation,
        date: 0,
        ignore_end: false,
    };
    let message = Message { role: Role::User, text: "Hello".into(), token_ids: vec![] };
    let embeds = start(cached_model(E5));
    let mut generation = embeds.generate(Prompt::Messages(vec![message]), options).unwrap();
    assert!(matches!(generation.step(), Err(EngineError::Failed(Failure::OnlyEmbeds))));
    let refused = start(starter_model()).embed(vec!["Hello".into()]);
    assert!(matches!(refused, Err(EngineError::Failed(Failure::OnlyAnswers))));
}
