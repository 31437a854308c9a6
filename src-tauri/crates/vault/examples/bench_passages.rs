//! Times the library's search over synthetic passages and vectors: `bench_passages PASSAGES [DIRECTORY]`. A vault in DIRECTORY is kept, and
//! used again by the next run; without one it is made in the folder for temporary files, and removed.
//!
//! Words are drawn by Zipf's law from 60,000 made-up ones, 90 to a passage; vectors have 384 numbers, in clusters. Prints the time to open the
//! vault beside an empty one, in turns and by the recovery code, which costs next to nothing (a passphrase is made slow on purpose); to load
//! the codes; the 50th and 95th percentile of searches by words, by meaning and by both; and to remove a document.
//!
//! DIRECTORY can be a `TACIT_HOME`: its vault opens with the passphrase in its file `passphrase`, and its vectors are under the name of the
//! catalogue's model, so that the assistant's example `retrieve` asks it the questions in `questions`, each embedded by that model.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use vault::{Filter, Key, NewDocument, NewPage, NewPassage, PassageQuery, RecoveryCode, Vault, VectorModel};

const PASSPHRASE: &str = "a passphrase for a benchmark";
/// As the catalogue of models has it.
const MODEL: &str = "multilingual-e5-small-q4_0";

const DIMENSIONS: u32 = 384;
const WORDS: f64 = 60_000.0;
const PASSAGES_OF_A_DOCUMENT: usize = 200;
const PASSAGES_OF_A_PAGE: usize = 4;
const QUERIES: usize = 200;
const OPENINGS: usize = 21;

/// Numbers that look random, the same in every run (Steele, Lea, Flood, 'Fast splittable pseudorandom number generators', 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Between 0 and 1.
    fn part(&mut self) -> f32 {
        f32::from(u16::try_from(self.next() >> 48).unwrap_or(0)) / 65_536.0
    }

    /// A word by its rank: the first is the most frequent one.
    fn word(&mut self) -> String {
        let rank = WORDS.powf(f64::from(self.part())) + f64::from(self.part());
        format!("w{rank:.0}")
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn around(&mut self, centre: &[f32], spread: f32) -> Vec<f32> {
        centre.iter().map(|number| number + spread * (self.part() + self.part() - 1.0)).collect()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let number: usize = arguments.next().ok_or("usage: bench_passages PASSAGES [DIRECTORY]")?.parse()?;
    let kept = arguments.next();
    let home = kept.as_ref().map_or_else(|| std::env::temp_dir().join("tacit-bench-passages"), PathBuf::from);
    let dir = Vault::folder(&home, "default");
    let timed = fill(&dir, number).and_then(|()| leave_questions(&home)).and_then(|()| bench(&home, &dir));
    if kept.is_none() {
        fs::remove_dir_all(&home)?;
    }
    timed
}

fn key() -> Key {
    Key::Passphrase(PASSPHRASE.into())
}

fn model() -> VectorModel {
    VectorModel { name: MODEL.to_owned(), dimensions: DIMENSIONS }
}

/// Makes the vault, where there is none.
fn fill(dir: &Path, number: usize) -> Result<(), Box<dyn Error>> {
    if Vault::exists(dir) {
        return Ok(());
    }
    let vault = Vault::create(dir, &key())?;
    vault.use_vector_model(&model())?;
    let mut numbers = Numbers(1);
    let centres = centres(&mut numbers);
    let begun = Instant::now();
    for document in 0..number.div_ceil(PASSAGES_OF_A_DOCUMENT) {
        add_document(&vault, document, &centres, &mut numbers)?;
    }
    println!("filled        {number} passages in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    while vault.tidy_library()? {}
    println!("tidied        in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(vault.close()?)
}

fn centres(numbers: &mut Numbers) -> Vec<Vec<f32>> {
    let common = numbers.around(&vec![0.0; DIMENSIONS as usize], 2.0);
    (0..500).map(|_| numbers.around(&common, 1.0)).collect()
}

/// Leaves what `retrieve` needs beside the vault.
fn leave_questions(home: &Path) -> Result<(), Box<dyn Error>> {
    let mut numbers = Numbers(2);
    let questions: Vec<String> = (0..QUERIES).map(|_| format!("\"{}\"\n", numbers.text(8))).collect();
    fs::write(home.join("questions"), questions.concat())?;
    Ok(fs::write(home.join("passphrase"), PASSPHRASE)?)
}

fn bench(home: &Path, dir: &Path) -> Result<(), Box<dyn Error>> {
    println!("store         {} MB", fs::metadata(dir.join("store.db"))?.len() >> 20);
    compare_openings(home, dir)?;
    let (vault, model, mut numbers) = (Vault::open(dir, &key())?, model(), Numbers(1));
    let centres = centres(&mut numbers);
    let begun = Instant::now();
    search(&vault, None, Some((&model, &centres[0])))?;
    println!("first search  {:.1} ms, codes loaded", ms(begun.elapsed()));
    let (mut words, mut meaning, mut both) = (Vec::new(), Vec::new(), Vec::new());
    for query in 0..QUERIES {
        let (text, near) = (numbers.text(8), numbers.around(&centres[query % centres.len()], 0.8));
        words.push(search(&vault, Some(&text), None)?);
        meaning.push(search(&vault, None, Some((&model, &near)))?);
        let (text, near) = (numbers.text(8), numbers.around(&centres[query % centres.len()], 0.8));
        both.push(search(&vault, Some(&text), Some((&model, &near)))?);
    }
    for (name, times) in [("words", words), ("meaning", meaning), ("both", both)] {
        report(name, times);
    }
    let document = vault.documents(&Filter::default())?[0].id;
    let begun = Instant::now();
    vault.remove_document(document)?;
    println!("removing      a document of {PASSAGES_OF_A_DOCUMENT} passages {:.0} ms", ms(begun.elapsed()));
    vault.close()?;
    Ok(())
}

/// Opens the vault and an empty one in turns.
fn compare_openings(home: &Path, dir: &Path) -> Result<(), Box<dyn Error>> {
    let folder = Vault::folder(home, "empty");
    if !Vault::exists(&folder) {
        Vault::create(&folder, &key())?.close()?;
    }
    let (full, empty) = (with_code(dir)?, with_code(&folder)?);
    let (mut of_full, mut of_empty) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        of_empty.push(opening(&folder, &empty)?);
        of_full.push(opening(dir, &full)?);
    }
    report("open, empty", of_empty);
    report("open, full", of_full);
    Ok(())
}

fn with_code(dir: &Path) -> Result<RecoveryCode, Box<dyn Error>> {
    let mut vault = Vault::open(dir, &key())?;
    let code = vault.add_recovery_code()?;
    vault.close()?;
    Ok(code)
}

fn opening(dir: &Path, code: &RecoveryCode) -> Result<Duration, Box<dyn Error>> {
    let begun = Instant::now();
    let vault = Vault::open(dir, &Key::Recovery(code.secret()))?;
    let took = begun.elapsed();
    vault.close()?;
    Ok(took)
}

fn add_document(
    vault: &Vault,
    document: usize,
    centres: &[Vec<f32>],
    numbers: &mut Numbers,
) -> Result<(), Box<dyn Error>> {
    let mut sha256 = [0; 32];
    sha256[..8].copy_from_slice(&document.to_le_bytes());
    let name = format!("document {document}");
    let new = NewDocument {
        name: &name,
        kind: "pdf",
        origin: None,
        bytes: 0,
        sha256,
        modified_at: None,
        keeps_original: false,
    };
    let id = vault.add_document(&new, &[])?.document();
    let mut vectors = Vec::new();
    for number in 0..u32::try_from(PASSAGES_OF_A_DOCUMENT / PASSAGES_OF_A_PAGE)? {
        let (mut text, mut passages) = (String::new(), Vec::new());
        for _ in 0..PASSAGES_OF_A_PAGE {
            let start = text.len();
            text.push_str(&numbers.text(90));
            passages.push(NewPassage { span: start..text.len(), heading: "", tokens: 120 });
            text.push('\n');
        }
        let page =
            NewPage { number, label: "", width: 595.0, height: 842.0, ocr: false, text: &text, layout: &[0; 2_000] };
        for passage in vault.put_page(id, &page, &passages)? {
            let centre = usize::try_from(numbers.next())? % centres.len();
            vectors.push((passage, numbers.around(&centres[centre], 1.0)));
        }
    }
    vault.put_vectors(&model(), &vectors)?;
    vault.finish_document(id)?;
    Ok(())
}

fn search(
    vault: &Vault,
    words: Option<&str>,
    vector: Option<(&VectorModel, &Vec<f32>)>,
) -> Result<Duration, Box<dyn Error>> {
    let filter = Filter::default();
    let vector = vector.map(|(model, vector)| (model, vector.as_slice()));
    let begun = Instant::now();
    vault.search_passages(&PassageQuery { words, vector, phrases: &[], filter: &filter, limit: 20 })?;
    Ok(begun.elapsed())
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).map_or(0.0, |time| ms(*time));
    println!("{name:<13} p50 {:.1} ms, p95 {:.1} ms", at(50), at(95));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
