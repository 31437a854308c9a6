//! A document that was opened, whatever its format, and how its format is found.

use std::rc::Rc;

use reader::wire::{Failure, Kind, Opened, Page, Picture, Rect};

use crate::flow::Flow;
use crate::formats;
use crate::ocr::Ocr;
use crate::pdf::Pdf;
use crate::scan::Scan;

/// What can be done with a document once it is open.
pub trait Document {
    /// What it is.
    fn opened(&self) -> Opened;

    /// Reads `count` pages from `first` on, counted from 0, and hands over each in order; those past the end are left
    /// out.
    fn read(&self, first: u32, count: u32, each: &mut dyn FnMut(u32, Result<Page, Failure>));

    /// Draws a page at `scale` dots for each 72nd of an inch; with an area only that part, in points.
    ///
    /// # Errors
    /// When there is no such page, or it is not drawable.
    fn draw(&self, page: u32, scale: f32, area: Option<Rect>) -> Result<Picture, Failure>;
}

/// Finds out what these bytes are, and opens them. The name is a hint where the bytes do not tell; `ocr` reads what is a picture.
///
/// # Errors
/// When they are of no known format, protected or damaged.
pub fn open(
    name: &str,
    bytes: Vec<u8>,
    password: Option<&str>,
    ocr: Option<&Rc<Ocr>>,
) -> Result<Box<dyn Document>, Failure> {
    if bytes.is_empty() {
        return Err(Failure::Empty);
    }
    let kind = detect(name, &bytes).ok_or(Failure::Unknown)?;
    open_as(kind, name, bytes, password, ocr)
}

/// Opens bytes of a kind that is known.
///
/// # Errors
/// When they are protected or damaged.
pub fn open_as(
    kind: Kind,
    name: &str,
    bytes: Vec<u8>,
    password: Option<&str>,
    ocr: Option<&Rc<Ocr>>,
) -> Result<Box<dyn Document>, Failure> {
    Ok(match kind {
        Kind::Pdf => Box::new(Pdf::open(bytes, password, ocr.cloned())?),
        Kind::Image => Box::new(Scan::open(bytes, ocr)?),
        other => Box::new(Flow::open(other, name, &bytes, ocr)?),
    })
}

/// What kind of document these bytes are.
#[must_use]
pub fn detect(name: &str, bytes: &[u8]) -> Option<Kind> {
    /// As other readers do (PDF 1.7, appendix H): the header may stand behind other bytes.
    const HEADER_WITHIN: usize = 1024;
    let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
    let pdf = head.windows(5).any(|five| five == b"%PDF-").then_some(Kind::Pdf);
    formats::detect(bytes, name).filter(|kind| *kind != Kind::Text || pdf.is_none()).or(pdf)
}
