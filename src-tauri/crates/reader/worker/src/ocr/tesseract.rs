//! Tesseract, called through its C interface: the only file that names it.
//!
//! Everything is checked before it is handed over, and what comes back is copied into Rust's own types at once.

#![allow(unsafe_code, reason = "Tesseract is a C++ library")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::NonNull;
use std::time::Duration;

use super::Language;
use super::pix::{Pix, RawPix};

/// `tesseract::TessBaseAPI`.
#[repr(C)]
struct Api(c_void);
/// `tesseract::ResultIterator`, which begins with a `PageIterator`.
#[repr(C)]
struct Results(c_void);
/// `tesseract::ETEXT_DESC`.
#[repr(C)]
struct Monitor(c_void);

/// One of `memory.cpp`'s.
#[repr(C)]
struct Held {
    name: *const c_char,
    data: *const c_char,
    size: usize,
}

/// `PageIteratorLevel` of `tesseract/publictypes.h`.
#[derive(Clone, Copy)]
#[repr(C)]
enum Level {
    Block = 0,
    Paragraph = 1,
    Line = 2,
    Word = 3,
    Symbol = 4,
}

/// How Tesseract looks for text: `PageSegMode` of `tesseract/publictypes.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum Layout {
    /// A page: blocks, columns, paragraphs.
    Page = 3,
    /// One line.
    Line = 7,
}

// tesseract/capi.h, memory.cpp, omp.h.
unsafe extern "C" {
    fn TessBaseAPICreate() -> *mut Api;
    fn TessBaseAPIDelete(api: *mut Api);
    fn TessBaseAPISetPageSegMode(api: *mut Api, mode: c_int);
    fn TessBaseAPISetImage2(api: *mut Api, picture: *mut RawPix);
    fn TessBaseAPISetSourceResolution(api: *mut Api, dots_per_inch: c_int);
    fn TessBaseAPIRecognize(api: *mut Api, monitor: *mut Monitor) -> c_int;
    fn TessBaseAPIGetIterator(api: *mut Api) -> *mut Results;
    fn TessBaseAPIClear(api: *mut Api);
    fn TessMonitorCreate() -> *mut Monitor;
    fn TessMonitorDelete(monitor: *mut Monitor);
    fn TessMonitorSetDeadlineMSecs(monitor: *mut Monitor, deadline: c_int);
    fn TessResultIteratorDelete(results: *mut Results);
    fn TessResultIteratorNext(results: *mut Results, level: c_int) -> c_int;
    fn TessResultIteratorGetUTF8Text(results: *const Results, level: c_int) -> *mut c_char;
    fn TessResultIteratorConfidence(results: *const Results, level: c_int) -> f32;
    fn TessResultIteratorGetPageIteratorConst(results: *const Results) -> *const c_void;
    fn TessPageIteratorIsAtBeginningOf(page: *const c_void, level: c_int) -> c_int;
    fn TessPageIteratorBoundingBox(
        page: *const c_void,
        level: c_int,
        left: *mut c_int,
        top: *mut c_int,
        right: *mut c_int,
        bottom: *mut c_int,
    ) -> c_int;
    fn TessDeleteText(text: *const c_char);
    fn tacit_ocr_start(api: *mut Api, wanted: *const c_char, languages: *const Held, count: usize) -> c_int;
    fn omp_set_max_active_levels(levels: c_int);
}

/// A rectangle in pixels of the picture that was read: left, top, right, bottom; the last two are the first pixels outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub left: i32,
    /// The first row.
    pub top: i32,
    /// The first column to its right.
    pub right: i32,
    /// The first row below.
    pub bottom: i32,
}

impl Area {
    /// The smallest that holds both.
    pub fn and(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Twice the height of its middle.
    pub fn middle(self) -> i32 {
        self.top + self.bottom
    }
}

/// A character as Tesseract reads it.
#[derive(Clone, PartialEq)]
pub struct Symbol {
    /// Mostly one character; sometimes a letter with its marks.
    pub text: String,
    /// 0 to 100.
    pub confidence: f32,
    /// Whether it may be another one; Tesseract does not say so.
    pub unsure: bool,
}

/// A word as Tesseract reads it.
#[allow(clippy::struct_excessive_bools, reason = "a word may begin any of these")]
#[derive(Clone, Default, PartialEq)]
pub struct RawWord {
    /// Its characters in logical order.
    pub symbols: Vec<Symbol>,
    /// 0 to 100.
    pub confidence: f32,
    /// Where it stands.
    pub area: Area,
    /// Whether it is the first of a block.
    pub begins_block: bool,
    /// Whether it is the first of a paragraph.
    pub begins_paragraph: bool,
    /// Whether it is the first of a line.
    pub begins_line: bool,
    /// Whether it is the first of a table's row; Tesseract does not say so.
    pub begins_row: bool,
    /// Whether it is the first of a cell that is not a row's first; Tesseract does not say so.
    pub begins_cell: bool,
}

impl RawWord {
    fn beginning(mut self, earlier: Option<&Self>) -> Self {
        if let Some(earlier) = earlier {
            self.begins_block |= earlier.begins_block;
            self.begins_paragraph |= earlier.begins_paragraph;
            self.begins_line |= earlier.begins_line;
        }
        self
    }
}

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The time was up.
    Late,
    /// Tesseract could not work on the picture.
    Failed,
}

/// Tesseract with some languages loaded. For the thread that made it.
pub struct Engine {
    api: NonNull<Api>,
}

impl Engine {
    /// Starts it with these languages, the first of them preferred. Nothing but `languages` is read.
    pub fn start(languages: &[&Language]) -> Option<Self> {
        // Tesseract asks for four threads by a clause that OMP_NUM_THREADS and omp_set_num_threads do not reach; without any level of
        // parallelism OpenMP starts none (libgomp, `gomp_resolve_num_threads`).
        // SAFETY: a setting of OpenMP's for this thread; any number is allowed.
        unsafe { omp_set_max_active_levels(0) };
        let names: Vec<&str> = languages.iter().map(|language| language.name.as_str()).collect();
        let wanted = CString::new(names.join("+")).ok()?;
        let names = names.into_iter().map(CString::new).collect::<Result<Vec<_>, _>>().ok()?;
        let held: Vec<Held> = names
            .iter()
            .zip(languages)
            .map(|(name, language)| Held {
                name: name.as_ptr(),
                data: language.data.as_ptr().cast(),
                size: language.data.len(),
            })
            .collect();
        // SAFETY: it allocates, and hands the object over to us.
        let engine = Self { api: NonNull::new(unsafe { TessBaseAPICreate() })? };
        // SAFETY: the object is ours; the strings and the data outlive the call, which keeps copies only.
        let failed = unsafe { tacit_ocr_start(engine.api.as_ptr(), wanted.as_ptr(), held.as_ptr(), held.len()) };
        (failed == 0).then_some(engine)
    }

    /// Reads a picture of 8 bits a pixel, for at most this long.
    pub fn read(
        &mut self,
        picture: &mut Pix,
        dots_per_inch: i32,
        layout: Layout,
        time: Duration,
    ) -> Result<Vec<RawWord>, Stopped> {
        let api = self.api.as_ptr();
        let deadline = c_int::try_from(time.as_millis()).unwrap_or(c_int::MAX).max(1);
        // SAFETY: the object and the picture are ours and live; Tesseract keeps a copy of the picture. The monitor lives as long as the
        // call that uses it, and is deleted once.
        let failed = unsafe {
            TessBaseAPISetPageSegMode(api, layout as c_int);
            TessBaseAPISetImage2(api, picture.as_mut_ptr());
            TessBaseAPISetSourceResolution(api, dots_per_inch);
            let monitor = TessMonitorCreate();
            if monitor.is_null() {
                return Err(Stopped::Failed);
            }
            TessMonitorSetDeadlineMSecs(monitor, deadline);
            let started = std::time::Instant::now();
            let failed = TessBaseAPIRecognize(api, monitor);
            TessMonitorDelete(monitor);
            if started.elapsed() >= time {
                TessBaseAPIClear(api);
                return Err(Stopped::Late);
            }
            failed
        };
        let words = if failed == 0 { Ok(self.words()) } else { Err(Stopped::Failed) };
        // SAFETY: the object is ours; it forgets the picture and what it read.
        unsafe { TessBaseAPIClear(api) };
        words
    }

    fn words(&mut self) -> Vec<RawWord> {
        let mut words: Vec<RawWord> = Vec::new();
        // SAFETY: the object is ours, and something was recognised.
        let results = unsafe { TessBaseAPIGetIterator(self.api.as_ptr()) };
        let Some(results) = NonNull::new(results).map(Iterator) else { return words };
        loop {
            if results.begins(Level::Word) || words.is_empty() {
                // A word in which nothing was read hands what it begins on to the next.
                let empty = words.pop_if(|word| word.symbols.is_empty());
                words.push(results.word().beginning(empty.as_ref()));
            }
            if let (Some(text), Some(word)) = (results.text(), words.last_mut()) {
                word.symbols.push(Symbol { text, confidence: results.confidence(Level::Symbol), unsure: false });
            }
            if !results.next() {
                break;
            }
        }
        words.retain(|word| !word.symbols.is_empty());
        words
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: it is ours and deleted once.
        unsafe { TessBaseAPIDelete(self.api.as_ptr()) };
    }
}

/// Where Tesseract's own iterator stands; never longer than what it walks over.
struct Iterator(NonNull<Results>);

impl Iterator {
    fn page(&self) -> *const c_void {
        // SAFETY: it is live; the result is the same object.
        unsafe { TessResultIteratorGetPageIteratorConst(self.0.as_ptr()) }
    }

    fn begins(&self, level: Level) -> bool {
        // SAFETY: the object is live.
        unsafe { TessPageIteratorIsAtBeginningOf(self.page(), level as c_int) != 0 }
    }

    fn next(&self) -> bool {
        // SAFETY: it is live, and nobody else moves it.
        unsafe { TessResultIteratorNext(self.0.as_ptr(), Level::Symbol as c_int) != 0 }
    }

    fn confidence(&self, level: Level) -> f32 {
        // SAFETY: it is live.
        let confidence = unsafe { TessResultIteratorConfidence(self.0.as_ptr(), level as c_int) };
        if confidence.is_finite() { confidence.clamp(0.0, 100.0) } else { 0.0 }
    }

    fn area(&self, level: Level) -> Area {
        let mut area = Area::default();
        // SAFETY: it is live, and the four places are ours.
        unsafe {
            TessPageIteratorBoundingBox(
                self.page(),
                level as c_int,
                &raw mut area.left,
                &raw mut area.top,
                &raw mut area.right,
                &raw mut area.bottom,
            );
        }
        area
    }

    fn word(&self) -> RawWord {
        RawWord {
            symbols: Vec::new(),
            confidence: self.confidence(Level::Word),
            area: self.area(Level::Word),
            begins_block: self.begins(Level::Block),
            begins_paragraph: self.begins(Level::Paragraph),
            begins_line: self.begins(Level::Line),
            begins_row: false,
            begins_cell: false,
        }
    }

    fn text(&self) -> Option<String> {
        // SAFETY: it is live; the text is a string with a NUL at its end, ours to delete, and copied before that.
        let text = unsafe {
            let text = TessResultIteratorGetUTF8Text(self.0.as_ptr(), Level::Symbol as c_int);
            if text.is_null() {
                return None;
            }
            let copy = CStr::from_ptr(text).to_string_lossy().into_owned();
            TessDeleteText(text);
            copy
        };
        let text: String =
            text.chars().filter(|character| !character.is_control() && !character.is_whitespace()).collect();
        (!text.is_empty()).then_some(text)
    }
}

impl Drop for Iterator {
    fn drop(&mut self) {
        // SAFETY: it is ours and deleted once.
        unsafe { TessResultIteratorDelete(self.0.as_ptr()) };
    }
}
