//! `tacit models` and `tacit bench`.

use std::process::ExitCode;

use serde_json::json;

use crate::arguments::Setup;
use crate::failure::Failure;
use crate::output::Output;

pub fn models(setup: &Setup, output: &Output) -> Result<ExitCode, Failure> {
    let (models, passed_over) = assistant::models_on_disk(&setup.home)?;
    if models.is_empty() {
        output.aside("There is no model on this computer yet. Put a .gguf file into a folder named in TACIT_MODELS.");
    }
    for model in models {
        let name = model.name.as_deref().unwrap_or("not in the catalogue");
        let mark = if model.default { "*" } else { " " };
        output.line(&format!("{mark} {name} ({} MB)", model.bytes >> 20));
        if let (Some(maker), Some(licence)) = (&model.maker, &model.licence) {
            let countries = model.countries.join(", ");
            output.line(&format!("    {maker} ({countries}), {licence}, languages: {}", model.languages.join(", ")));
        }
        output.line(&format!("    {}", model.path.display()));
        output.object(&json!({
            "type": "model", "path": model.path, "bytes": model.bytes, "default": model.default, "name": model.name,
            "maker": model.maker, "countries": model.countries, "licence": model.licence, "languages": model.languages,
        }));
    }
    for sentence in passed_over {
        output.aside(&format!("  {sentence}"));
        output.object(&json!({"type": "passed_over", "message": sentence}));
    }
    Ok(ExitCode::SUCCESS)
}

pub fn bench(setup: Setup, threads: Option<u32>, output: &Output) -> Result<ExitCode, Failure> {
    let options = assistant::Options { threads, ..setup.options };
    output.progress("Measuring, about half a minute...");
    let bench = setup.signals.while_waiting(|| assistant::benchmark(&setup.home, &options, &mut |_| {}))?;
    output.end_progress();
    output.line(&format!("{} on {} threads ({})", bench.model, bench.threads, bench.cpu_variant));
    output.line(&format!("  reading 512 tokens        {:>8.1} tokens/s", bench.prefill_tokens_per_second));
    output.line(&format!("  writing 128 tokens        {:>8.1} tokens/s", bench.decode_tokens_per_second));
    output.line(&format!("  writing 128 after 512     {:>8.1} tokens/s", bench.decode_at_512_tokens_per_second));
    if output.is_json()
        && let Ok(serde_json::Value::Object(mut object)) = serde_json::to_value(&bench)
    {
        object.insert("type".into(), "bench".into());
        output.object(&object);
    }
    Ok(ExitCode::SUCCESS)
}
