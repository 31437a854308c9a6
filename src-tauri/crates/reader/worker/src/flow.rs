//! Documents without paper: their pages, and those of the documents inside them (a mail's attachments).

use std::rc::Rc;

use reader::wire::{Failure, Kind, Opened, Page, Picture, Rect};

use crate::document::{self, Document};
use crate::formats;
use crate::marks::unicode_marks;
use crate::ocr::Ocr;

/// Documents in documents are read so deep: a mail in a mail in a mail.
const DEEPEST: u32 = 3;
/// The most pages of a document with all that is in it.
const MOST_PAGES: usize = 100_000;

/// A document without paper.
pub struct Flow {
    kind: Kind,
    title: String,
    pages: Vec<Page>,
}

impl Flow {
    /// Reads all of a document, for its parts are not apart in the file.
    ///
    /// # Errors
    /// When it is protected, damaged or too large. An attachment that cannot be read is left out.
    pub fn open(kind: Kind, name: &str, bytes: &[u8], ocr: Option<&Rc<Ocr>>) -> Result<Self, Failure> {
        Self::open_within(kind, name, bytes, ocr, 0)
    }

    fn open_within(kind: Kind, name: &str, bytes: &[u8], ocr: Option<&Rc<Ocr>>, depth: u32) -> Result<Self, Failure> {
        let read = formats::read(kind, name, bytes)?;
        let mut pages = read.pages;
        for attachment in read.attachments {
            if depth < DEEPEST && pages.len() < MOST_PAGES {
                pages.extend(attached(&attachment, ocr, depth + 1));
            }
        }
        if pages.len() > MOST_PAGES {
            return Err(Failure::TooLarge);
        }
        for (number, page) in (0..).zip(&mut pages) {
            page.number = number;
            page.marks.extend(unicode_marks(&page.text));
            // What is attached has paper of its own, which is not here to be shown.
            (page.width, page.height) = (0.0, 0.0);
            page.words.clear();
        }
        Ok(Self { kind, title: read.title, pages })
    }
}

/// The pages of an attachment, each named after it; none where it cannot be read.
fn attached(attachment: &formats::Attachment, ocr: Option<&Rc<Ocr>>, depth: u32) -> Vec<Page> {
    let (name, bytes) = (&attachment.name, &attachment.bytes);
    let mut pages = match document::detect(name, bytes) {
        Some(kind @ (Kind::Pdf | Kind::Image)) => {
            let Ok(opened) = document::open_as(kind, name, bytes.clone(), None, ocr) else { return Vec::new() };
            let mut pages = Vec::new();
            opened.read(0, opened.opened().pages, &mut |_, page| pages.extend(page.ok()));
            pages
        }
        Some(kind) => Flow::open_within(kind, name, bytes, ocr, depth).map(|flow| flow.pages).unwrap_or_default(),
        None => Vec::new(),
    };
    for page in &mut pages {
        let own = if page.label.is_empty() { (u64::from(page.number) + 1).to_string() } else { page.label.clone() };
        page.label = format!("{name}, {own}");
        // Marks of direction and the like are found once, over all pages.
        page.marks.clear();
    }
    pages
}

impl Document for Flow {
    fn opened(&self) -> Opened {
        let pages = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        Opened { kind: self.kind, title: self.title.clone(), pages, drawable: false }
    }

    fn read(&self, first: u32, count: u32, each: &mut dyn FnMut(u32, Result<Page, Failure>)) {
        for page in self.pages.iter().skip(first as usize).take(count as usize) {
            each(page.number, Ok(page.clone()));
        }
    }

    fn draw(&self, _page: u32, _scale: f32, _area: Option<Rect>) -> Result<Picture, Failure> {
        Err(Failure::NoPage)
    }
}
