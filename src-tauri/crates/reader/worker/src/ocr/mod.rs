//! Pictures of text to text with positions, by Tesseract, in this very process.
//!
//! [`Ocr::load`] reads the languages that are installed into memory, before the process locks itself; from then on nothing is opened.
//! A digit is shown as certain only where three readings agree on it ([`digits`]); every other is marked unsure. The language that a page
//! is in goes first ([`order`]).
//!
//! Where many digits of a page went wrong its picture was at fault, not the reading: black and white scans whose strokes were taken for
//! noise ([`paper`]).

mod assemble;
mod digits;
mod languages;
mod order;
mod paper;
mod pix;
mod prepare;
mod rows;
mod tesseract;

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::time::{Duration, Instant};

use image::GrayImage;
use reader::wire::{self, Failure};

use prepare::Prepared;
pub use prepare::Steps;
use tesseract::{Engine, Layout, RawWord, Stopped};

/// For each page, at most.
const TIME: Duration = Duration::from_mins(1);
/// Pictures with more pixels than this (A4 at 800 dots an inch) are refused.
const MOST_PIXELS: u64 = 64_000_000;
/// What a scan without a resolution is taken to be as wide as, in inches: A4.
const PAPER_WIDTH: f32 = 8.27;
/// Resolutions outside of this are a file's error.
const BELIEVABLE: Range<f32> = 50.0..2400.0;
/// Fewer characters than this say nothing about which way is up.
const FEW: f32 = 12.0;
/// Text that stands upright is read with this mean confidence or more, text that does not is far below.
const CONFIDENT: f32 = 70.0;
/// So many languages are tried together, and no more are kept: each makes a doubtful word slower.
const TOGETHER: usize = 4;

/// The data of a language.
pub struct Language {
    /// Tesseract's name of it: `eng`.
    name: String,
    /// The whole `.traineddata` file.
    data: Vec<u8>,
}

/// Reads pictures of text. Starts Tesseract at the first one.
pub struct Ocr {
    languages: Vec<Language>,
    /// For each language one that prefers it.
    engines: RefCell<Vec<Option<Engine>>>,
}

/// A rectangle in pixels of the picture as it was given.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PixelRect {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// What was read in a picture.
#[derive(Clone, Default, PartialEq)]
pub struct Recognised {
    /// In reading order; blocks are parted by line feeds.
    pub text: String,
    /// What the text is made of.
    pub blocks: Vec<RecognisedBlock>,
    /// The words in order.
    pub words: Vec<RecognisedWord>,
    /// By how many quarters the picture must be turned clockwise for its text to stand upright.
    pub quarters: u8,
}

/// A paragraph, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecognisedBlock {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// Whether it is a row, its cells parted by tabs.
    pub row: bool,
}

/// A word that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognisedWord {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// Where it stands.
    pub rect: PixelRect,
    /// 0 to 100.
    pub confidence: u8,
    /// Its characters in order.
    pub characters: Vec<Character>,
}

/// A character that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Character {
    /// Which bytes of the text.
    pub span: Range<usize>,
    /// 0 to 100.
    pub confidence: u8,
    /// Whether it may be another one.
    pub unsure: bool,
}

impl Ocr {
    /// Reads the data of the installed languages. Before the locks: afterwards no file can be opened. Nothing where there is none.
    #[must_use]
    pub fn load() -> Option<Self> {
        let mut languages = languages::installed();
        languages.truncate(TOGETHER);
        (!languages.is_empty()).then(|| Self { languages, engines: RefCell::default() })
    }

    /// The languages that can be read, by Tesseract's names (`eng`), the preferred first.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        self.languages.iter().map(|language| language.name.clone()).collect()
    }

    /// Reads a picture of so many dots an inch (0 where that is not known: then it is taken to be a whole sheet of A4).
    ///
    /// # Errors
    ///
    /// A picture that is too large, or that takes too long.
    pub fn read(&self, picture: &GrayImage, dots_per_inch: f32) -> Result<Recognised, Failure> {
        self.read_with(picture, dots_per_inch, Steps::ALL)
    }

    /// As [`Ocr::read`], with only some of the preparation: to measure what each step is worth.
    ///
    /// # Errors
    ///
    /// As [`Ocr::read`].
    pub fn read_with(&self, picture: &GrayImage, dots_per_inch: f32, steps: Steps) -> Result<Recognised, Failure> {
        if u64::from(picture.width()) * u64::from(picture.height()) > MOST_PIXELS {
            return Err(Failure::TooLarge);
        }
        if picture.width() < 3 || picture.height() < 3 {
            return Ok(Recognised::default());
        }
        let dots_per_inch = believable(dots_per_inch, picture.width());
        let until = Instant::now() + TIME;
        let mut engines = self.engines.borrow_mut();
        let mut engine = self.engine(&mut engines, 0)?;
        let (mut prepared, mut words) = read_upright(engine, picture, dots_per_inch, steps, until)?;
        if let Some(first) = order::language_of(&words, &self.languages).filter(|first| *first != 0) {
            engine = self.engine(&mut engines, first)?;
            // Where the time is up the first reading stands.
            words = read_page(engine, &mut prepared, until).unwrap_or(words);
        }
        digits::mark(engine, &prepared, &mut words, until);
        Ok(assemble::assemble(&rows::in_rows(words), &prepared))
    }

    /// Reads a page from its picture.
    ///
    /// # Errors
    ///
    /// As [`Ocr::read`].
    pub fn page(&self, number: u32, picture: &GrayImage, dots_per_inch: f32) -> Result<wire::Page, Failure> {
        let recognised = self.read(picture, dots_per_inch)?;
        Ok(assemble::page(number, &recognised, picture, believable(dots_per_inch, picture.width())))
    }

    /// The one that prefers the language at this place; started when it is first wanted.
    fn engine<'a>(&self, engines: &'a mut Vec<Option<Engine>>, first: usize) -> Result<&'a mut Engine, Failure> {
        if engines.len() < self.languages.len() {
            engines.resize_with(self.languages.len(), || None);
        }
        let slot = engines.get_mut(first).ok_or(Failure::TooLarge)?;
        if slot.is_none() {
            let (others, preferred) = (self.languages.iter().enumerate(), self.languages.get(first));
            let others = others.filter(|(at, _)| *at != first).map(|(_, language)| language);
            *slot = Engine::start(&preferred.into_iter().chain(others).collect::<Vec<_>>());
        }
        slot.as_mut().ok_or(Failure::TooLarge)
    }
}

/// Reads it as it is, and where that makes little sense turned by quarters too; the way that makes most sense counts.
fn read_upright(
    engine: &mut Engine,
    picture: &GrayImage,
    dots_per_inch: f32,
    steps: Steps,
    until: Instant,
) -> Result<(Prepared, Vec<RawWord>), Failure> {
    let mut best: Option<(Prepared, Vec<RawWord>)> = None;
    for quarters in [0, 1, 3, 2] {
        let mut prepared = Prepared::new(picture, dots_per_inch, steps, quarters).ok_or(Failure::TooLarge)?;
        let words = read_page(engine, &mut prepared, until)?;
        if best.as_ref().is_none_or(|(_, best)| sense(&words) > sense(best)) {
            best = Some((prepared, words));
        }
        // On its side or upside down some text makes sense by chance: then all four ways are compared.
        if quarters == 0 && best.as_ref().is_some_and(|(_, best)| makes_sense(best)) {
            break;
        }
    }
    best.ok_or(Failure::TooLarge)
}

fn read_page(engine: &mut Engine, prepared: &mut Prepared, until: Instant) -> Result<Vec<RawWord>, Failure> {
    let resolution = prepared.whole_dots_per_inch();
    engine.read(&mut prepared.picture, resolution, Layout::Page, left(until)).map_err(|stopped| match stopped {
        Stopped::Late => Failure::TooSlow,
        Stopped::Failed => Failure::TooLarge,
    })
}

/// How much was read with confidence: characters, each counted by how far its word is above an even chance.
fn sense(words: &[RawWord]) -> f32 {
    words.iter().map(|word| (word.confidence - 50.0).max(0.0) * characters(word)).sum()
}

/// Whether most of what was read was read with confidence.
fn makes_sense(words: &[RawWord]) -> bool {
    let all: f32 = words.iter().map(characters).sum();
    let mean = words.iter().map(|word| word.confidence * characters(word)).sum::<f32>() / all.max(1.0);
    all >= FEW && mean >= CONFIDENT
}

#[allow(clippy::cast_precision_loss, reason = "words are short")]
fn characters(word: &RawWord) -> f32 {
    word.symbols.len() as f32
}

fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now())
}

#[allow(clippy::cast_precision_loss, reason = "sizes of pictures are far below 2^24")]
fn believable(dots_per_inch: f32, width: u32) -> f32 {
    if BELIEVABLE.contains(&dots_per_inch) {
        return dots_per_inch;
    }
    (width as f32 / PAPER_WIDTH).clamp(BELIEVABLE.start, BELIEVABLE.end)
}

// What a document says never reaches a log: these print sizes only.

impl fmt::Debug for Recognised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recognised({} bytes, {} words)", self.text.len(), self.words.len())
    }
}

impl fmt::Debug for Ocr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ocr({})", self.languages().join("+"))
    }
}
