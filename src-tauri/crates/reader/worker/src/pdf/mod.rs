//! PDF: text with its places, and pictures of pages.
//!
//! hayro reads the file and its fonts; reading order, blocks, words and marks are found here. Links, scripts and
//! embedded files are never followed or run: what is drawn is read.

mod blocks;
mod columns;
mod compose;
mod draw;
mod fonts;
mod forged;
mod glyphs;
mod layout;
mod letters;
mod lines;
mod mend;
mod number;
mod rows;
mod type3;
mod unicode;

use std::cell::Cell;
use std::rc::Rc;

use hayro_interpret::hayro_syntax::{self, DecryptionError, LoadPdfError, PdfData};
use hayro_interpret::kurbo::Rect as Area;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use reader::wire::{Failure, Kind, Opened, Page, Picture, Rect, Span};

use crate::document::Document;
use crate::marks::unicode_marks;
use crate::ocr::Ocr;
use glyphs::Collector;

/// Of a page: a picture that covers so much is the page.
const MOSTLY: f64 = 0.6;
/// Dots an inch at which a page that is a picture is drawn to be read: what Tesseract was trained for.
const SCANNED: f32 = 300.0;
/// After so many pages what hayro remembers of them is let go, so that memory stays flat.
const PAGES_REMEMBERED: u32 = 200;

/// An open PDF.
pub struct Pdf {
    data: PdfData,
    password: String,
    title: String,
    pages: u32,
    /// Reads pages that are pictures.
    ocr: Option<Rc<Ocr>>,
    /// As it was opened, for the first who reads or draws.
    fresh: Cell<Option<hayro_syntax::Pdf>>,
}

impl Pdf {
    /// Opens a PDF, one that is damaged as far as it can be read.
    ///
    /// # Errors
    /// When it needs a password (or another one), or nothing in it can be read.
    pub fn open(bytes: Vec<u8>, password: Option<&str>, ocr: Option<Rc<Ocr>>) -> Result<Self, Failure> {
        let data = PdfData::from(bytes);
        // Many are protected only against change, and open with an empty password.
        let (pdf, password) = match (load(&data, ""), password) {
            (Err(Failure::Protected), Some(password)) => (load(&data, password)?, password),
            (loaded, _) => (loaded?, ""),
        };
        let mended = mend::mended(&pdf).map(PdfData::from);
        let again = mended.and_then(|data| load(&data, password).ok().map(|pdf| (data, pdf)));
        let (data, pdf) = again.filter(|(_, again)| again.pages().len() == pdf.pages().len()).unwrap_or((data, pdf));
        let pages = u32::try_from(pdf.pages().len()).map_err(|_| Failure::TooLarge)?;
        let title = pdf.metadata().title.as_deref().map(unicode::of_pdf_string).unwrap_or_default();
        let (title, password) = (title.trim().to_owned(), password.to_owned());
        Ok(Self { data, password, title, pages, ocr, fresh: Cell::new(Some(pdf)) })
    }

    fn load(&self) -> Result<hayro_syntax::Pdf, Failure> {
        self.fresh.take().map_or_else(|| load(&self.data, &self.password), Ok)
    }
}

fn load(data: &PdfData, password: &str) -> Result<hayro_syntax::Pdf, Failure> {
    let pdf = hayro_syntax::Pdf::new_with_password(data.clone(), password).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            Failure::Protected
        }
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Failure::Damaged,
    })?;
    if pdf.pages().is_empty() { Err(Failure::Damaged) } else { Ok(pdf) }
}

impl Document for Pdf {
    fn opened(&self) -> Opened {
        Opened { kind: Kind::Pdf, title: self.title.clone(), pages: self.pages, drawable: true }
    }

    fn read(&self, first: u32, count: u32, each: &mut dyn FnMut(u32, Result<Page, Failure>)) {
        let end = first.saturating_add(count).min(self.pages);
        let mut next = first;
        while next < end {
            let stretch = next..end.min(next.saturating_add(PAGES_REMEMBERED));
            next = stretch.end;
            match self.load() {
                Ok(pdf) => read_stretch(&pdf, stretch, self.ocr.as_deref(), each),
                Err(failure) => stretch.for_each(|page| each(page, Err(failure.clone()))),
            }
        }
    }

    fn draw(&self, page: u32, scale: f32, area: Option<Rect>) -> Result<Picture, Failure> {
        let pdf = self.load()?;
        let drawn = pdf.pages().get(page as usize).ok_or(Failure::NoPage)?;
        draw::draw(drawn, page, scale, area)
    }
}

/// Reads a page that is a picture.
fn recognised(page: &hayro_syntax::page::Page<'_>, number: u32, ocr: &Ocr) -> Result<Page, Failure> {
    let picture = draw::gray(page, SCANNED / 72.0)?;
    let width = page.render_dimensions().0.max(1.0);
    #[allow(clippy::cast_precision_loss, reason = "pixels of a side are few")]
    let dots_per_inch = picture.width() as f32 * 72.0 / width;
    ocr.page(number, &picture, dots_per_inch)
}

fn with_unicode_marks(mut page: Page) -> Page {
    page.marks.extend(unicode_marks(&page.text));
    page
}

/// Whether a page has words, and shows none of them.
fn is_unseen(page: &Page) -> bool {
    let marked = |span: &Span| page.marks.iter().any(|mark| mark.span.start <= span.start && span.end <= mark.span.end);
    !page.words.is_empty() && page.words.iter().all(|word| marked(&word.span))
}

fn read_stretch(
    pdf: &hayro_syntax::Pdf,
    pages: std::ops::Range<u32>,
    ocr: Option<&Ocr>,
    each: &mut dyn FnMut(u32, Result<Page, Failure>),
) {
    let judged = forged::Judged::default();
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    for number in pages {
        let Some(page) = pdf.pages().get(number as usize) else {
            each(number, Err(Failure::NoPage));
            continue;
        };
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        // What stands off the page is read too, and marked.
        let everywhere = Area::new(-width, -height, 2.0 * width, 2.0 * height);
        let mut context = Context::new(glyphs::shown(page), everywhere, &cache, pdf.xref(), settings.clone());
        let mut collector = Collector::new(width, height, judged.lies(page));
        interpret_page(page, &mut context, &mut collector);
        let drawn = collector.finish();
        let mut read = layout::read(&drawn, number, width, height);
        let pictured = drawn.pictured > MOSTLY;
        // Where the page is a picture, this is what somebody read in it.
        read.ocr = pictured && is_unseen(&read);
        let by_ocr = ocr.filter(|_| pictured && read.words.is_empty()).map(|ocr| recognised(page, number, ocr));
        each(number, by_ocr.unwrap_or(Ok(read)).map(with_unicode_marks));
    }
}
