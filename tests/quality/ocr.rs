//! How well scans are read: `quality_ocr FOLDER [tuning|held-back] [--without STEP]... [--show]`, FOLDER being what `scans.py` made.
//!
//! Run it on texts that nothing was tuned on (`scans.py FOLDER SEED unseen`) for a figure to publish.
//!
//! Prints the character error rate (edit distance over the length of the known text, white space counted as one space), the digit error
//! rate (digits read wrong, lost or made up, over those there are), and the wrong digits without a mark, for each kind of scan and in
//! all. A digit that was lost counts as marked if a character of the word it belongs to is. Fails if a target is missed.

#![allow(clippy::cast_precision_loss, reason = "counts of characters")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use reader_worker::ocr::{Ocr, Recognised, Steps};

/// At most as many characters of a hundred may be wrong.
const CHARACTERS: f64 = 2.0;
/// At most as many digits of a hundred may be wrong.
const DIGITS: f64 = 0.5;

type Failed = Box<dyn std::error::Error>;

/// A line of `scans.tsv`.
struct Scan {
    name: String,
    dots_per_inch: f32,
    language: String,
    kind: String,
    suffered: String,
}

/// What was counted in a scan, or in several.
#[derive(Clone, Default)]
struct Counts {
    characters: usize,
    edits: usize,
    digits: usize,
    wrong_digits: usize,
    shown_wrong: usize,
    lost_unseen: usize,
    marked: usize,
    shown: usize,
    time: Duration,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.characters += other.characters;
        self.edits += other.edits;
        self.digits += other.digits;
        self.wrong_digits += other.wrong_digits;
        self.shown_wrong += other.shown_wrong;
        self.lost_unseen += other.lost_unseen;
        self.marked += other.marked;
        self.shown += other.shown;
        self.time += other.time;
    }

    fn percent(part: usize, of: usize) -> f64 {
        100.0 * part as f64 / of.max(1) as f64
    }

    fn print(&self, what: &str) {
        println!(
            "{what:<22} {:>6} characters, wrong {:>5.2} %; {:>5} digits, wrong {:>5.2} %, without a mark: {} shown, {} lost; {:>5.2} % of the \
             digits marked; {:.1} s",
            self.characters,
            Self::percent(self.edits, self.characters),
            self.digits,
            Self::percent(self.wrong_digits, self.digits),
            self.shown_wrong,
            self.lost_unseen,
            Self::percent(self.marked, self.shown),
            self.time.as_secs_f64(),
        );
    }
}

/// A character that was read.
struct Read {
    character: char,
    unsure: bool,
    confidence: u8,
    /// Whether a character of its word is unsure.
    word_unsure: bool,
}

fn main() {
    if let Err(error) = run() {
        eprintln!("quality_ocr: {error}");
        process::exit(1);
    }
}

fn run() -> Result<(), Failed> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = arguments.first().ok_or("say in which folder the scans are (tests/quality/scans.py makes them)")?;
    let part = arguments.iter().find_map(|argument| match argument.as_str() {
        "tuning" => Some("tuning"),
        "held-back" => Some("held back"),
        _ => None,
    });
    let without = |step: &str| arguments.windows(2).any(|pair| pair == ["--without", step]);
    let steps = Steps {
        even: !without("even"),
        straighten: !without("straighten"),
        quieten: !without("quieten"),
        scale: !without("scale"),
    };
    let show = arguments.iter().any(|argument| argument == "--show");
    let scans = listed(Path::new(folder), part)?;
    let mut sums: BTreeMap<String, Counts> = BTreeMap::new();
    let mut all = Counts::default();
    for (scan, counts) in counted(Path::new(folder), &scans, steps, show) {
        let counts = counts?;
        if show {
            counts.print(&format!("{} {} {}", scan.name, scan.kind, scan.language));
            println!("    {}", scan.suffered);
        }
        sums.entry(scan.kind.clone()).or_default().add(&counts);
        sums.entry(format!("{} dpi", scan.dots_per_inch)).or_default().add(&counts);
        sums.entry(scan.language.clone()).or_default().add(&counts);
        all.add(&counts);
    }
    for (what, counts) in &sums {
        counts.print(what);
    }
    all.print(&format!("all {} scans", scans.len()));
    let missed = Counts::percent(all.edits, all.characters) > CHARACTERS
        || Counts::percent(all.wrong_digits, all.digits) > DIGITS
        || all.shown_wrong > 0;
    if missed { Err("a target is missed".into()) } else { Ok(()) }
}

fn listed(folder: &Path, part: Option<&str>) -> Result<Vec<Scan>, Failed> {
    let mut scans = Vec::new();
    for line in fs::read_to_string(folder.join("scans.tsv"))?.lines() {
        let [name, dots_per_inch, language, kind, held_back, suffered] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            return Err("scans.tsv is damaged; make the scans again".into());
        };
        if part.is_none_or(|part| part == held_back) {
            scans.push(Scan {
                name: name.to_owned(),
                dots_per_inch: dots_per_inch.parse()?,
                language: language.to_owned(),
                kind: kind.to_owned(),
                suffered: suffered.to_owned(),
            });
        }
    }
    Ok(scans)
}

/// Reads them on all processors, each scan by one thread as the product does.
fn counted<'a>(folder: &Path, scans: &'a [Scan], steps: Steps, show: bool) -> Vec<(&'a Scan, Result<Counts, String>)> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let Some(ocr) = Ocr::load() else { return };
                while let Some((at, scan)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, scans.get(at)?)))
                {
                    let counts =
                        count(&ocr, folder, scan, steps, show).map_err(|error| format!("{}: {error}", scan.name));
                    let _ = sender.send((at, counts));
                }
            });
        }
        drop(sender);
    });
    let mut counts: Vec<_> = receiver.into_iter().collect();
    counts.sort_by_key(|(at, _)| *at);
    counts.into_iter().filter_map(|(at, counts)| Some((scans.get(at)?, counts))).collect()
}

fn count(ocr: &Ocr, folder: &Path, scan: &Scan, steps: Steps, show: bool) -> Result<Counts, Failed> {
    let picture = image::open(folder.join(format!("{}.png", scan.name)))?.into_luma8();
    let truth: Vec<char> = one_spaced(&fs::read_to_string(folder.join(format!("{}.txt", scan.name)))?);
    let started = Instant::now();
    let recognised = ocr.read_with(&picture, scan.dots_per_inch, steps)?;
    let time = started.elapsed();
    let read = characters(&recognised);
    if show {
        fs::write(folder.join(format!("{}.read.txt", scan.name)), &recognised.text)?;
    }
    Ok(Counts { time, ..compare(&truth, &read, show.then_some(scan.name.as_str())) })
}

fn one_spaced(text: &str) -> Vec<char> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

fn characters(recognised: &Recognised) -> Vec<Read> {
    let mut read: Vec<Read> = Vec::new();
    for word in &recognised.words {
        let word_unsure = word.characters.iter().any(|character| character.unsure);
        let glued = read.is_empty()
            || recognised.text.get(..word.span.start).is_none_or(|before| !before.ends_with(char::is_whitespace));
        if !glued {
            read.push(Read { character: ' ', unsure: false, confidence: 100, word_unsure });
        }
        for character in &word.characters {
            let text = recognised.text.get(character.span.clone()).unwrap_or_default();
            read.extend(text.chars().map(|c| Read {
                character: c,
                unsure: character.unsure,
                confidence: character.confidence,
                word_unsure,
            }));
        }
    }
    read
}

/// Lays both texts beside each other with the fewest edits, and counts.
fn compare(truth: &[char], read: &[Read], show: Option<&str>) -> Counts {
    let mut counts = Counts { characters: truth.len(), ..Counts::default() };
    counts.digits = truth.iter().filter(|character| character.is_ascii_digit()).count();
    let digits = read.iter().filter(|read| read.character.is_ascii_digit());
    (counts.shown, counts.marked) =
        digits.fold((0, 0), |(shown, marked), read| (shown + 1, marked + usize::from(read.unsure)));
    for (true_at, read_at) in edits(truth, read) {
        let (wanted, got) = (true_at.and_then(|at| truth.get(at)), read_at.1.then(|| read.get(read_at.0)).flatten());
        counts.edits += 1;
        let lost_digit = wanted.is_some_and(char::is_ascii_digit);
        let wrong_digit = got.is_some_and(|read| read.character.is_ascii_digit());
        counts.wrong_digits += usize::from(lost_digit || wrong_digit);
        let near = [read_at.0.checked_sub(1), Some(read_at.0)].into_iter().flatten().filter_map(|at| read.get(at));
        if wrong_digit && got.is_some_and(|read| !read.unsure) {
            counts.shown_wrong += 1;
        } else if lost_digit && got.is_none() && !near.into_iter().any(|read| read.word_unsure) {
            counts.lost_unseen += 1;
        } else {
            continue;
        }
        if let Some(name) = show {
            let around: String =
                read.iter().skip(read_at.0.saturating_sub(12)).take(24).map(|read| read.character).collect();
            println!(
                "    {name}: wanted {wanted:?}, got {:?} in {around:?}",
                got.map(|read| (read.character, read.confidence))
            );
        }
    }
    counts
}

/// The edits of the shortest way from the text to what was read: which character of the text (if any), and the place in what was read
/// with whether a character there takes part.
fn edits(truth: &[char], read: &[Read]) -> Vec<(Option<usize>, (usize, bool))> {
    let width = read.len() + 1;
    let mut costs = vec![0_u32; (truth.len() + 1) * width];
    let same = |i: usize, j: usize| truth[i - 1] == read[j - 1].character;
    for i in 0..=truth.len() {
        for j in 0..width {
            costs[i * width + j] = match (i, j) {
                (0, edits) | (edits, 0) => u32::try_from(edits).unwrap_or(u32::MAX),
                _ => (costs[(i - 1) * width + j - 1] + u32::from(!same(i, j)))
                    .min(costs[(i - 1) * width + j] + 1)
                    .min(costs[i * width + j - 1] + 1),
            };
        }
    }
    let (mut i, mut j) = (truth.len(), read.len());
    let mut edits = Vec::new();
    while i > 0 || j > 0 {
        let cost = costs[i * width + j];
        if i > 0 && j > 0 && cost == costs[(i - 1) * width + j - 1] + u32::from(!same(i, j)) {
            if !same(i, j) {
                edits.push((Some(i - 1), (j - 1, true)));
            }
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && cost == costs[(i - 1) * width + j] + 1 {
            edits.push((Some(i - 1), (j, false)));
            i -= 1;
        } else {
            edits.push((None, (j - 1, true)));
            j -= 1;
        }
    }
    edits
}
