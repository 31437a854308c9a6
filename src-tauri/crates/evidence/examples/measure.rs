//! Measures the checks on the labelled set of `tests/quality/evidence`: `cargo run --release -p evidence --example
//! measure [new-held|new-tuning|later|held|tuning] [-v]`. Without an argument all parts are measured. `-v` lists what
//! was judged wrongly. An invented sentence, made of a passage's own words, counts as caught when it is not fully
//! supported; it does not count in the balanced accuracy, which is about flips.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use evidence::{Passage, Support, answerable, check};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Source {
    id: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Retrieved {
    passage: String,
    cosine: f32,
}

/// Which part of the set a row belongs to.
#[derive(Deserialize, PartialEq, Clone, Copy)]
struct Part {
    held: bool,
    later: bool,
    /// 2 for the second set of passages that were written after tuning, else absent.
    #[serde(default = "first")]
    generation: u8,
}

const fn first() -> u8 {
    1
}

#[derive(Deserialize)]
struct Sentence {
    id: String,
    language: String,
    #[serde(rename = "sentence")]
    text: String,
    flip: Option<String>,
    cross: bool,
    #[serde(flatten)]
    part: Part,
    retrieved: Vec<Retrieved>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    language: String,
    #[serde(rename = "question")]
    text: String,
    answerable: bool,
    #[serde(flatten)]
    part: Part,
    retrieved: Vec<Retrieved>,
}

fn read<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/quality/evidence").join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Right out of all.
#[derive(Default, Clone, Copy)]
struct Share {
    right: u32,
    all: u32,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }

    fn rate(self) -> f64 {
        if self.all == 0 { f64::NAN } else { f64::from(self.right) / f64::from(self.all) }
    }

    /// Wilson's interval at 95 %.
    fn interval(self) -> (f64, f64) {
        let (n, p, z) = (f64::from(self.all), self.rate(), 1.96_f64);
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        (middle - half, middle + half)
    }
}

fn show(name: &str, share: Share) {
    if share.all > 0 {
        let (low, high) = share.interval();
        println!("  {name:<34} {:>3} of {:>3}  {:.3}  [{low:.3}, {high:.3}]", share.right, share.all, share.rate());
    }
}

/// The passages that retrieval gave, as they are handed to the checks. Each is a document of its own.
fn handed<'a>(retrieved: &[Retrieved], sources: &'a [Source]) -> (Vec<Passage<'a>>, Vec<f32>) {
    let find = |id: &str| sources.iter().enumerate().find(|(_, source)| source.id == id);
    let found = retrieved.iter().filter_map(|hit| {
        let (number, source) = find(&hit.passage)?;
        Some((
            Passage { text: &source.text, place: (u64::try_from(number).ok()?, 0), heading: &source.title },
            hit.cosine,
        ))
    });
    found.unzip()
}

fn measure_sentences(sentences: &[&Sentence], sources: &[Source], verbose: bool) {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    let (mut kept, mut caught) = (Share::default(), Share::default());
    for sentence in sentences {
        let (passages, cosines) = handed(&sentence.retrieved, sources);
        let verdict = check(&sentence.text, &passages, Some(&cosines));
        let right = (verdict.support == Support::Full) == sentence.flip.is_none();
        let kind = sentence.flip.as_deref().unwrap_or("true, kept");
        if sentence.cross {
            shares.entry(format!("other language: {kind}")).or_default().add(right);
        } else {
            shares.entry(kind.to_owned()).or_default().add(right);
            shares.entry(format!("{kind} ({})", sentence.language)).or_default().add(right);
            match kind {
                "true, kept" => kept.add(right),
                "invented" => {}
                _ => caught.add(right),
            }
        }
        if verbose && !right {
            println!(
                "    {} {kind}: {:?} {:?} {:.2} {}",
                sentence.id, verdict.support, verdict.reasons, verdict.coverage, sentence.text
            );
        }
    }
    for (name, share) in &shares {
        show(name, *share);
    }
    show("all flips caught", caught);
    println!("  balanced accuracy                  {:.3}", f64::midpoint(kept.rate(), caught.rate()));
}

fn measure_questions(questions: &[&Question], sources: &[Source], verbose: bool) {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for question in questions {
        let (passages, cosines) = handed(&question.retrieved, sources);
        let verdict = answerable(&question.text, &passages, &cosines);
        let right = verdict.yes == question.answerable;
        let kind = if question.answerable { "answerable, answered" } else { "unanswerable, refused" };
        shares.entry(kind.to_owned()).or_default().add(right);
        shares.entry(format!("{kind} ({})", question.language)).or_default().add(right);
        if verbose && !right {
            println!(
                "    {} {kind}: {:?} {:?} {:.2} {}",
                question.id, verdict.why, verdict.asked, verdict.confidence, question.text
            );
        }
    }
    for (name, share) in &shares {
        show(name, *share);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "-v");
    let wants = |part: &str| {
        !arguments.iter().any(|argument| argument != "-v")
            || arguments.iter().any(|argument| argument == part || argument == "all")
    };
    let sources: Vec<Source> = read("passages.jsonl")?;
    let sentences: Vec<Sentence> = read("sentences.jsonl")?;
    let questions: Vec<Question> = read("questions.jsonl")?;
    let part = |held, later, generation| Part { held, later, generation };
    let parts = [
        ("new-held", part(true, true, 2), "Second set, held back"),
        ("new-tuning", part(false, true, 2), "Second set, used for tuning"),
        ("later", part(false, true, 1), "First set, written after its tuning"),
        ("held", part(true, false, 1), "First set, held back"),
        ("tuning", part(false, false, 1), "First set, used for tuning"),
    ];
    for (name, part, title) in parts {
        if wants(name) {
            let rows: Vec<&Sentence> = sentences.iter().filter(|sentence| sentence.part == part).collect();
            println!("{title}: sentences");
            measure_sentences(&rows, &sources, verbose);
            let rows: Vec<&Question> = questions.iter().filter(|question| question.part == part).collect();
            println!("{title}: questions");
            measure_questions(&rows, &sources, verbose);
        }
    }
    Ok(())
}
