//! Every format but PDF and pictures: bytes in, pages of text out. Nothing here opens a file, starts a program or asks a network, and
//! what a document refers to is never fetched.

mod csv;
mod detect;
mod docx;
mod encoding;
mod epub;
mod grid;
mod html;
mod inline;
mod limits;
mod look;
mod mail;
mod markdown;
mod number;
mod odf;
mod package;
mod pptx;
mod rtf;
mod slide_order;
mod text;
mod writer;
mod xls;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use reader::wire::{Failure, Kind, Page};

pub use detect::detect;

/// What a document says, in pages.
#[derive(Default)]
pub struct Flow {
    /// Its own title, or empty.
    pub title: String,
    /// Its pages. Their width and height are 0 and they hold no words: there is no paper.
    pub pages: Vec<Page>,
    /// Documents that were in it.
    pub attachments: Vec<Attachment>,
}

/// A document within a mail.
pub struct Attachment {
    /// Its file name, or empty.
    pub name: String,
    /// What it is made of.
    pub bytes: Vec<u8>,
}

/// Reads a document of any kind but [`Kind::Pdf`] and [`Kind::Image`].
///
/// A document that names no title of its own gets none: `name`, its file's name, is only looked at for the kind of table that it holds.
///
/// # Errors
/// [`Failure::Unknown`] for those two; otherwise what is wrong with the document.
pub fn read(kind: Kind, name: &str, bytes: &[u8]) -> Result<Flow, Failure> {
    if bytes.is_empty() {
        return Err(Failure::Empty);
    }
    // A parser of others that gives up on a hostile file must not take the other documents of a mail with it.
    catch_unwind(AssertUnwindSafe(|| dispatch(kind, name, bytes))).unwrap_or(Err(Failure::Damaged))
}

fn dispatch(kind: Kind, name: &str, bytes: &[u8]) -> Result<Flow, Failure> {
    // Office encrypts a whole document into a compound file.
    if matches!(kind, Kind::Docx | Kind::Pptx | Kind::Xlsx) && bytes.starts_with(detect::OLE) {
        return Err(Failure::Protected);
    }
    match kind {
        Kind::Pdf | Kind::Image => Err(Failure::Unknown),
        Kind::Docx => docx::read(bytes),
        Kind::Odt | Kind::Odp | Kind::Ods => odf::read(kind, bytes),
        Kind::Pptx => pptx::read(bytes),
        Kind::Xlsx => xlsx::read(bytes),
        Kind::Xls => xls::read(bytes),
        Kind::Csv => csv::read(bytes, name),
        Kind::Html => html::read(bytes),
        Kind::Epub => epub::read(bytes),
        Kind::Rtf => rtf::read(bytes),
        Kind::Markdown => markdown::read(bytes),
        Kind::Text => text::read(bytes),
        Kind::Mail => mail::read(bytes),
        Kind::Mailbox => mail::read_box(bytes),
    }
}

#[cfg(test)]
mod tests;
