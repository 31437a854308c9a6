//! How fast Tacit reads and writes, beside llama.cpp's own `llama-bench`: `make bench`, or
//! `bench_speed LLAMA_BENCH RANDOM_MODEL [PAIRS]`.
//!
//! Each pair measures both with the same file and threads, one after the other, taking turns at going first, so that the
//! machine's speed and its neighbours cancel out; the median of the ratios counts. Nothing else should run meanwhile.
//! Then the same rates as an old laptop gives them: ggml's variants for older CPUs, in 4 GB of memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tests::{MemoryGroup, Ran, Sandbox, program, run_within, starter_model};

/// Ours over theirs must reach this, in each measure on each model.
const AIM: f64 = 0.95;
/// What is measured: its name, the field of `tacit bench --json`, and the arguments of `llama-bench`.
const MEASURES: [(&str, &str, &[&str]); 3] = [
    ("512 read", "prefill_tokens_per_second", &["-p", "512", "-n", "0"]),
    ("128 written", "decode_tokens_per_second", &["-p", "0", "-n", "128"]),
    ("128 written after 512", "decode_at_512_tokens_per_second", &["-p", "0", "-n", "128", "-d", "512"]),
];
/// Runs of which the median is a program's rate in one pair: what `tacit bench` does.
const RUNS: &str = "3";
/// A slow machine may take its time, but not for ever.
const LIMIT: Duration = Duration::from_hours(1);
/// The variants of ggml that stand for older laptops: SSE 4.2 without AVX (about 2009), and AVX without AVX2 (about 2012).
const OLD: [&str; 2] = ["sse42", "ivybridge"];
const OLD_MEMORY: u64 = 4 << 30;

/// Tokens a second, in the order of [`MEASURES`].
type Rates = [f64; 3];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, reference, random, rest @ ..] = arguments.as_slice() else {
        panic!("bench_speed LLAMA_BENCH RANDOM_MODEL [PAIRS]")
    };
    let pairs = rest.first().map_or(5, |pairs| pairs.parse().expect("a number of pairs"));
    let models = [("the starter model", starter_model()), ("random weights, 1 B", PathBuf::from(random))];
    let sandbox = Sandbox::new();
    let mut met = true;
    for (name, model) in &models {
        met &= compare(&sandbox, name, model, reference.as_ref(), pairs);
    }
    old_laptop(&sandbox, &models);
    if met {
        println!("The aim is met: ours is at least {AIM} of llama-bench in each measure.");
        ExitCode::SUCCESS
    } else {
        println!("The aim is NOT met: ours is below {AIM} of llama-bench where it says so above.");
        ExitCode::FAILURE
    }
}

/// Runs the pairs of one model, prints them, and says whether the median of the ratios reaches the aim in each measure.
fn compare(sandbox: &Sandbox, name: &str, model: &Path, reference: &Path, pairs: usize) -> bool {
    // Also brings the file into memory, which is then there for both.
    let first = ours(sandbox.tacit(&[]), model);
    let threads = first["threads"].to_string();
    println!(
        "Tokens a second on {name}, {threads} threads: ours ({}) / llama-bench = ratio (at least {AIM})",
        first["cpu_variant"].as_str().unwrap()
    );
    println!("{:>6}{}", "first", MEASURES.map(|(name, ..)| format!("{name:>30}")).concat());
    let mut rows: Vec<[(f64, f64); 3]> = Vec::new();
    for pair in 0..pairs {
        let ours_first = pair % 2 == 0;
        let before = ours_first.then(|| rates(&ours(sandbox.tacit(&[]), model)));
        let theirs = theirs(reference, model, &threads);
        let ours = before.unwrap_or_else(|| rates(&ours(sandbox.tacit(&[]), model)));
        let row = std::array::from_fn(|measure| (ours[measure], theirs[measure]));
        println!("{:>6}{}", if ours_first { "ours" } else { "theirs" }, row.map(shown).concat());
        rows.push(row);
    }
    let ratios: Rates =
        std::array::from_fn(|measure| median(rows.iter().map(|row| row[measure].0 / row[measure].1).collect()));
    let verdict = |ratio: f64| {
        let short = if ratio < AIM { " FALLS SHORT" } else { "" };
        format!("{:>30}", format!("{ratio:.3}{short}"))
    };
    println!("{:>6}{}\n", "median", ratios.map(verdict).concat());
    ratios.iter().all(|ratio| *ratio >= AIM)
}

fn shown((ours, theirs): (f64, f64)) -> String {
    format!("{:>30}", format!("{ours:.1} / {theirs:.1} = {:.3}", ours / theirs))
}

/// The rates of every model with older variants and less memory, once each.
fn old_laptop(sandbox: &Sandbox, models: &[(&str, PathBuf)]) {
    println!(
        "What an old laptop gets, tokens a second (one run of each; the clock and the memory are still this machine's)"
    );
    let group = MemoryGroup::new(OLD_MEMORY);
    let memory = match &group {
        Ok(_) => format!("{} GB", OLD_MEMORY >> 30),
        Err(why) => {
            println!("not run: a limit of {} GB of memory; {why}", OLD_MEMORY >> 30);
            "all".into()
        }
    };
    println!(
        "{:>20}{:>16}{:>8}{}",
        "model",
        "variant",
        "memory",
        MEASURES.map(|(name, ..)| format!("{name:>24}")).concat()
    );
    for (name, model) in models {
        for variant in [None].into_iter().chain(OLD.map(Some)) {
            let folder = match variant.map(only_variant).transpose() {
                Ok(folder) => folder,
                Err(why) => {
                    println!("{name:>20}{:>16}  not run: {why}", variant.unwrap());
                    continue;
                }
            };
            let mut command = sandbox.tacit(&[]);
            if let Some(folder) = &folder {
                command = in_place_of(&command, &folder.path().join("tacit"));
            }
            if let Ok(group) = &group {
                forget(model);
                command = group.inside(&command);
            }
            let bench = ours(command, model);
            let chosen = bench["cpu_variant"].as_str().unwrap();
            assert!(variant.is_none_or(|variant| variant == chosen), "{chosen} was taken and not {variant:?}");
            let rates = rates(&bench).map(|rate| format!("{rate:>24.1}")).concat();
            println!("{name:>20}{chosen:>16}{memory:>8}{rates}");
        }
    }
    if let Some(peak) = group.ok().and_then(|group| group.peak()) {
        println!("The most memory that any of these had: {} MB, the model file's pages included", peak >> 20);
    }
    println!();
}

/// A folder in which ggml finds no other variant than this one.
fn only_variant(variant: &str) -> Result<TempDir, String> {
    let built = program("tacit").parent().unwrap().to_owned();
    let library = format!("libggml-cpu-{variant}.so");
    if !built.join(&library).exists() {
        return Err(format!("{library} is not built on this system"));
    }
    let folder = tempfile::Builder::new().prefix("tacit-bench-").tempdir().expect("a temporary folder");
    for entry in fs::read_dir(&built).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if ["tacit", "tacit-engine", &library].contains(&name) || name.ends_with(".so.0") {
            fs::copy(&path, folder.path().join(name)).expect("a copy of what was built");
        }
    }
    Ok(folder)
}

/// The same command with another program.
fn in_place_of(command: &Command, program: &Path) -> Command {
    let mut other = Command::new(program);
    other.args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        other.env(name, value.unwrap_or(OsStr::new("")));
    }
    other.current_dir(command.get_current_dir().unwrap());
    other
}

/// Lets the system forget the pages of a file: those that are in memory already would not count for a new group.
fn forget(file: &Path) {
    let file = fs::File::open(file).unwrap();
    file.sync_all().ok();
    rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).expect("advice on a file");
}

/// What `tacit bench --json` says of a model.
fn ours(mut tacit: Command, model: &Path) -> Value {
    tacit.args(["bench", "--json", "--model"]).arg(model);
    succeeded(tacit).line("bench")
}

fn rates(bench: &Value) -> Rates {
    MEASURES.map(|(_, field, _)| bench[field].as_f64().unwrap_or_else(|| panic!("no {field} in {bench}")))
}

/// The same rates by llama-bench, each the median of as many runs.
fn theirs(reference: &Path, model: &Path, threads: &str) -> Rates {
    MEASURES.map(|(_, _, arguments)| {
        let mut bench = Command::new(reference);
        bench.arg("-m").arg(model).args(["-t", threads, "-r", RUNS, "-o", "jsonl"]).args(arguments);
        let ran = succeeded(bench);
        let said: Value = serde_json::from_str(ran.stdout.trim()).unwrap_or_else(|_| panic!("no JSON: {ran:?}"));
        let samples = said["samples_ts"].as_array().unwrap_or_else(|| panic!("no samples: {ran:?}"));
        median(samples.iter().map(|sample| sample.as_f64().unwrap()).collect())
    })
}

fn succeeded(command: Command) -> Ran {
    let ran = run_within(command, b"", LIMIT);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    ran
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
