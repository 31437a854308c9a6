//! Loading a model file, and what is known of it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use confine::{Lock, Stage};
use engine::wire::{Event, LoadFailure, ModelInfo};
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;

use crate::arguments::Arguments;
use crate::hardware;
use crate::requests::send;
use crate::template::Template;
use crate::untrusted::Untrusted;

/// The context window is never chosen larger than this unless asked for: past it reading takes many minutes on a laptop.
const LARGEST_WINDOW: u32 = 16_384;
/// The smallest context window worth having.
const SMALLEST_WINDOW: u32 = 512;
/// Room for one part of a long text: 2,000 tokens of it, the instruction around it, and the answer.
const PART_WINDOW: u32 = 2_816;
/// The most parts read side by side.
const MOST_PARTS: u32 = 8;
/// Memory for compute buffers and the program itself.
const OVERHEAD: u64 = 256 << 20;

/// A loaded model and how it will be used.
pub struct Loaded {
    /// llama.cpp's own state, which must outlive the model's contexts.
    pub backend: LlamaBackend,
    /// The model.
    pub model: LlamaModel,
    /// Its chat template.
    pub template: Template,
    /// How its vocabulary treats text that is not prompt.
    pub untrusted: Untrusted,
    /// Tokens of the conversation's window.
    pub window: u32,
    /// Parts read side by side.
    pub parts: u32,
    /// Tokens of prompt and answer in one of them.
    pub part_window: u32,
    /// Numbers in a vector of a model that embeds; 0 for one that answers.
    pub dimensions: u32,
    /// Threads to compute with.
    pub threads: u32,
    cpu_variant: String,
    locks: Vec<String>,
    missing_locks: Vec<String>,
}

fn names(locks: &[Lock]) -> Vec<String> {
    let names: BTreeSet<&str> = locks.iter().map(|lock| lock.name()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Opens the model file and maps it, with progress.
/// `held` are the locks of the first stage.
pub fn load(arguments: &Arguments, mut held: Vec<Lock>) -> Result<Loaded, LoadFailure> {
    let bytes = check_file(&arguments.model)?;
    let free = hardware::free_memory();
    if bytes + OVERHEAD > free {
        return Err(LoadFailure::Memory { needs: bytes + OVERHEAD, free });
    }
    let cpu_variant = hardware::load_cpu_variant();
    let backend = LlamaBackend::init().map_err(|error| LoadFailure::Context(error.to_string()))?;
    let threads = arguments.threads.map_or_else(hardware::threads, u32::from);
    // All that must be opened or read of the system is; the model file, which may be hostile, is not yet.
    let stage = Stage::WorkerLoaded(&arguments.model);
    held.extend(stage.put_on());
    tracing::info!(?held, "all locks");
    let missing = [Stage::Worker.missing(&held), stage.missing(&held)].concat();
    let model = map_file(&backend, &arguments.model)?;
    let cell = bytes_per_token(&model);
    let room = free.saturating_sub(bytes + OVERHEAD);
    let window = window_for(&model, cell, room, arguments.window.map(u32::from))?;
    let part_window = PART_WINDOW.min(window);
    let parts = parts_for(u64::from(part_window) * cell, room.saturating_sub(u64::from(window) * cell));
    let dimensions = dimensions(&model);
    let template = Template::of(&model);
    let untrusted = Untrusted::of(&model);
    let locks = names(&held);
    let missing_locks = names(&missing);
    Ok(Loaded {
        backend,
        model,
        template,
        untrusted,
        window,
        parts,
        part_window,
        dimensions,
        threads,
        cpu_variant,
        locks,
        missing_locks,
    })
}

/// The size of a file that begins as a GGUF file does.
fn check_file(path: &Path) -> Result<u64, LoadFailure> {
    let unreadable = |error: std::io::Error| LoadFailure::Unreadable(error.to_string());
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(LoadFailure::Unreadable("it is not a file".into()));
    }
    let mut magic = [0; 4];
    if file.read_exact(&mut magic).is_err() || &magic != b"GGUF" {
        return Err(LoadFailure::Damaged("it is not a GGUF file".into()));
    }
    Ok(metadata.len())
}

fn map_file(backend: &LlamaBackend, path: &Path) -> Result<LlamaModel, LoadFailure> {
    let mut shown = 0;
    let progress = move |part: f32| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let permille = (part.clamp(0.0, 1.0) * 1000.0) as u16;
        if permille >= shown + 10 {
            shown = permille;
            send(&Event::Loading { permille });
        }
        true
    };
    let params = LlamaModelParams::default().with_n_gpu_layers(0).with_progress_callback(progress);
    LlamaModel::load_from_file(backend, path, &params).map_err(|error| LoadFailure::Damaged(error.to_string()))
}

/// Bytes of key and value state for one token, F16, over all layers.
fn bytes_per_token(model: &LlamaModel) -> u64 {
    let architecture = text(model, "general.architecture");
    let head = |kind: &str| {
        text(model, &format!("{architecture}.attention.{kind}_length"))
            .parse::<u64>()
            .unwrap_or_else(|_| u64::try_from(model.n_embd()).unwrap_or(4096) / u64::from(model.n_head().max(1)))
    };
    let heads = u64::from(model.n_layer()) * u64::from(model.n_head_kv().max(1));
    (heads * (head("key") + head("value")) * 2).max(1)
}

/// Tokens of context that the file says it was trained on. Read from the metadata: llama.cpp's own number is signed.
fn context_train(model: &LlamaModel) -> u32 {
    let architecture = text(model, "general.architecture");
    text(model, &format!("{architecture}.context_length")).parse().unwrap_or(SMALLEST_WINDOW)
}

/// Numbers in the vectors of a model whose file says how it pools (1 mean, 2 first token, 3 last token); 0 for any other.
fn dimensions(model: &LlamaModel) -> u32 {
    let architecture = text(model, "general.architecture");
    let pools = matches!(text(model, &format!("{architecture}.pooling_type")).as_str(), "1" | "2" | "3");
    if pools { u32::try_from(model.n_embd()).unwrap_or(0) } else { 0 }
}

/// The model's own context, cut to a quarter of what memory is left and to [`LARGEST_WINDOW`].
fn window_for(model: &LlamaModel, cell: u64, room: u64, asked: Option<u32>) -> Result<u32, LoadFailure> {
    let trained = context_train(model).max(SMALLEST_WINDOW);
    let affordable = u32::try_from(room / 4 / cell).unwrap_or(u32::MAX);
    if affordable < SMALLEST_WINDOW {
        let needs = model.size() + OVERHEAD + u64::from(SMALLEST_WINDOW) * cell * 4;
        return Err(LoadFailure::Memory { needs, free: model.size() + OVERHEAD + room });
    }
    let window = asked.unwrap_or(LARGEST_WINDOW).min(trained).min(affordable).max(SMALLEST_WINDOW);
    // llama.cpp pads to 256.
    Ok(window / 256 * 256)
}

/// As many as fit into a quarter of the memory that is left.
fn parts_for(part_bytes: u64, room: u64) -> u32 {
    u32::try_from(room / 4 / part_bytes.max(1)).unwrap_or(MOST_PARTS).clamp(1, MOST_PARTS)
}

impl Loaded {
    /// What the program is told of the model.
    pub fn describe(&self, window: u32, started: Instant) -> ModelInfo {
        ModelInfo {
            name: text(&self.model, "general.name"),
            architecture: text(&self.model, "general.architecture"),
            parameters: self.model.n_params(),
            bytes: self.model.size(),
            vocabulary: u32::try_from(self.model.n_vocab()).unwrap_or(0),
            context_train: context_train(&self.model),
            window,
            parts: self.parts,
            dimensions: self.dimensions,
            part_window: self.part_window,
            template: self.template.origin().into(),
            languages: list(&text(&self.model, "general.languages")),
            cpu_variant: self.cpu_variant.clone(),
            threads: self.threads,
            load_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            locks: self.locks.clone(),
            missing_locks: self.missing_locks.clone(),
        }
    }
}

/// A metadata value as text a person can be shown: no control characters, at most 200 characters.
fn text(model: &LlamaModel, key: &str) -> String {
    let value = model.meta_val_str(key).unwrap_or_default();
    value.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// llama.cpp shows an array as `["en", "fr"]`.
fn list(shown: &str) -> Vec<String> {
    shown
        .trim_matches(['[', ']'])
        .split(',')
        .map(|item| item.trim().trim_matches('"').to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_languages_is_read_as_llama_cpp_shows_it() {
        assert_eq!(list(r#"["en", "fr"]"#), ["en", "fr"]);
        assert!(list("").is_empty());
    }

    #[test]
    fn little_memory_still_gives_one_part() {
        assert_eq!(parts_for(1 << 20, 0), 1);
        assert_eq!(parts_for(1, u64::MAX / 8), MOST_PARTS);
    }
}
