//! What travels between a program and `tacit-reader`, both ways, over the worker's stdin and stdout.
//!
//! Each frame (see [`pipe::frame`]) holds one [`Request`] or one [`Event`]. A worker reads one document and ends. One exchange:
//!
//! ```text
//! program                                     tacit-reader
//!    | <- Event::Hello { version: 1, .. }        first of all
//!    | -> Request::Hello { version: 1 }          a mismatch ends it: "restart Tacit"
//!    | -> Request::Bytes(first megabyte)         the document, in as many pieces as it takes
//!    | -> Request::Open { name: "lease.pdf" }    that was all of it
//!    | <- Event::Opened(Opened { .. })           or Event::Refused(Failure)
//!    | -> Request::Read { first: 0, count: 20 }
//!    | <- Event::Page(Page { number: 0, .. })    one for each page, in order; or Event::PageFailed
//!    | <- Event::Done                            the request is served
//!    | -> Request::Draw { page: 3, .. }
//!    | <- Event::Picture(Picture { .. })         or Event::PageFailed
//!    | -- stdin is closed                        the worker ends
//! ```
//!
//! Requests are served one after the other. A document that hangs or takes too much memory ends the worker, and with it this document
//! alone. Boundary types: stable, dull, documented. A change to any of them raises [`VERSION`].

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The version of everything in this file. Both ends must have the same one.
pub const VERSION: u32 = 1;

/// From the program to the worker.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// The first frame a program sends.
    Hello {
        /// The sender's [`VERSION`].
        version: u32,
    },
    /// The next bytes of the document.
    Bytes(Vec<u8>),
    /// All bytes were sent: find out what they are. Replied to by `Opened` or `Refused`.
    Open {
        /// The file's name, a hint where the bytes do not tell (text, Markdown, CSV).
        name: String,
        /// The password of a protected document.
        password: Option<String>,
    },
    /// Read pages. Replied to by a `Page` or `PageFailed` for each, then `Done`.
    Read {
        /// The first, counted from 0.
        first: u32,
        /// How many; those past the end are left out.
        count: u32,
    },
    /// Draw a page. Replied to by `Picture` or `PageFailed`.
    Draw {
        /// Which page, counted from 0.
        page: u32,
        /// Dots for each 72nd of an inch: 1 is 72 dpi, 2 is 144 dpi.
        scale: f32,
        /// Only this part of the page, in points; all of it without.
        area: Option<Rect>,
    },
    /// Try what the worker's locks forbid, from inside it. Replied to by `Attempted`.
    Attempt {
        /// Which one; without it all but those for which the kernel ends the process.
        name: Option<String>,
        /// A file, a folder and a UNIX socket to aim at.
        targets: [String; 3],
    },
}

/// From the worker to the program.
#[derive(Serialize, Deserialize)]
pub enum Event {
    /// The first frame a worker sends.
    Hello {
        /// The sender's [`VERSION`].
        version: u32,
        /// The worker's own version.
        reader: String,
        /// The locks that the worker put on itself and that hold, by name.
        locks: Vec<String>,
        /// Those that this system does not have.
        missing_locks: Vec<String>,
        /// The languages that it can read pictures of text in (`eng`, `fra`); none where this build has no OCR.
        ocr_languages: Vec<String>,
    },
    /// The document can be read.
    Opened(Opened),
    /// The document cannot be read. The worker ends.
    Refused(Failure),
    /// A page.
    Page(Page),
    /// This page cannot be read or drawn; others may.
    PageFailed {
        /// Which, counted from 0.
        page: u32,
        /// Why.
        failure: Failure,
    },
    /// A drawn page.
    Picture(Picture),
    /// A `Read` is served.
    Done,
    /// The reply to `Attempt`: a name, whether a lock refused it (nothing where it was not tried), and what happened.
    Attempted(Vec<(String, Option<bool>, String)>),
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names of formats")]
pub enum Kind {
    Pdf,
    Docx,
    Odt,
    Pptx,
    Odp,
    Xlsx,
    Xls,
    Ods,
    Csv,
    Html,
    Epub,
    Rtf,
    Markdown,
    Text,
    Mail,
    Mailbox,
    Image,
}

impl Kind {
    /// A stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pptx => "pptx",
            Self::Odp => "odp",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Rtf => "rtf",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Mail => "mail",
            Self::Mailbox => "mailbox",
            Self::Image => "image",
        }
    }
}

/// What is known of a document before its pages are read.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What it is.
    pub kind: Kind,
    /// Its own title, or empty.
    pub title: String,
    /// Pages: of a PDF or picture those on paper, of a table its sheets, of slides the slides, of a mailbox its messages; of other
    /// formats, which have none, stretches of about 3,000 characters that end where a paragraph does.
    pub pages: u32,
    /// Whether its pages can be drawn.
    pub drawable: bool,
}

/// A page. Lengths are points (1/72 inch) from the top left corner of the page as it is shown (rotated, cropped).
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 0.
    pub number: u32,
    /// Its name in the document (`iv`, a sheet's name, `contract.pdf, 3` for an attachment's page), or empty.
    pub label: String,
    /// Width in points; 0 where there is no paper.
    pub width: f32,
    /// Height in points; 0 where there is no paper.
    pub height: f32,
    /// Its text in reading order; blocks are parted by line feeds. Logical order, NFC, ligatures and presentation forms resolved.
    pub text: String,
    /// What the text is made of, in order, without gaps but for the line feeds between them.
    pub blocks: Vec<Block>,
    /// Where each word stands; empty where there is no paper.
    pub words: Vec<Word>,
    /// Stretches that the page does not show as they read.
    pub marks: Vec<Mark>,
    /// Whether the text was read from a picture.
    pub ocr: bool,
}

/// A stretch of a page's text: bytes, at boundaries of characters.
pub type Span = Range<u32>;

/// A paragraph or the like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Which bytes of the page's text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, 1 the highest.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table: cells parted by tabs, as people see them (`1,234.50 €`, not 1234.5).
    Row {
        /// Whether it names the columns of the rows below.
        header: bool,
    },
    /// Code, or other text whose line breaks count.
    Preformatted,
    /// What is not running text: a running head, a page number, a footnote, a speaker's note.
    Aside,
}

/// A word on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Which bytes of the page's text.
    pub span: Span,
    /// Where it stands.
    pub rect: Rect,
    /// How sure OCR is of it, 0 to 100; 100 for text that the document holds as text.
    pub confidence: u8,
    /// Which bytes of the page's text are characters of it that may be other ones; empty for text that the document holds as text.
    /// OCR marks every digit that it did not read twice alike.
    pub unsure: Vec<Span>,
}

/// A rectangle in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A stretch that the page does not show as it reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Which bytes of the page's text.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why text is not what the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// Drawn invisibly (render mode 3, full transparency, `display: none`, hidden text of a word processor).
    Invisible,
    /// In the colour of what lies under it, or nearly.
    SameColour,
    /// Smaller than two points.
    Tiny,
    /// Outside of the page, or covered.
    OffPage,
    /// The font shows other characters than it names.
    ForgedFont,
    /// Direction overrides that reorder what is seen.
    Bidi,
    /// Characters that show nothing: Unicode tags, zero-width characters outside the scripts whose spelling needs them.
    Unseen,
    /// Letters of another script that look like those around them.
    Lookalike,
}

/// A drawn page.
#[derive(Serialize, Deserialize)]
pub struct Picture {
    /// Which page, counted from 0.
    pub page: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The picture, PNG.
    pub png: Vec<u8>,
}

/// Why a document or a page cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// The two programs are of different versions.
    #[error("the reader is of another version than this program; restart Tacit")]
    Version,
    /// No bytes at all.
    #[error("the document is empty")]
    Empty,
    /// A format that is not read.
    #[error("documents of this kind cannot be read yet; save it as PDF or text and add that")]
    Unknown,
    /// A password is needed, or another one.
    #[error(
        "the document is protected by a password; open it with its own program, save a copy without password and add that"
    )]
    Protected,
    /// Damaged, or cut short.
    #[error("the document is damaged or cut short; open it with its own program and save it again")]
    Damaged,
    /// More than the limits allow: pages, depth, size of what was unpacked.
    #[error("the document is larger than Tacit can read; split it and add the parts")]
    TooLarge,
    /// OCR of a page took longer than it may.
    #[error(
        "the text in this picture could not be read in the time that a page may take; split the picture and add the parts"
    )]
    TooSlow,
    /// A page that is not there, or cannot be drawn.
    #[error("the document has no such page")]
    NoPage,
}

// What a document says never reaches a log: these print sizes only.

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Page({}, {} bytes, {} words, ocr: {})", self.number, self.text.len(), self.words.len(), self.ocr)
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opened({:?}, {} pages)", self.kind, self.pages)
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}, {}x{})", self.page, self.width, self.height)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello { version } => write!(f, "Hello({version})"),
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Open { password, .. } => write!(f, "Open(password: {})", password.is_some()),
            Self::Read { first, count } => write!(f, "Read({first}, {count})"),
            Self::Draw { page, scale, area } => write!(f, "Draw({page}, {scale}, {area:?})"),
            Self::Attempt { name, .. } => write!(f, "Attempt({name:?})"),
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello { version, reader, .. } => write!(f, "Hello({version}, {reader})"),
            Self::Opened(opened) => opened.fmt(f),
            Self::Refused(failure) => write!(f, "Refused({failure:?})"),
            Self::Page(page) => page.fmt(f),
            Self::PageFailed { page, failure } => write!(f, "PageFailed({page}, {failure:?})"),
            Self::Picture(picture) => picture.fmt(f),
            Self::Done => write!(f, "Done"),
            Self::Attempted(attempts) => write!(f, "Attempted({})", attempts.len()),
        }
    }
}
