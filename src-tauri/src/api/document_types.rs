//! What crosses between the window and the program about documents. As `types.rs`: stable, dull, documented.
//!
//! A span is two offsets into a text in UTF-16 units, as the page counts: beginning and end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::types::Problem;

/// The documents and what is being done with them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LibraryView {
    /// The documents, the newest first.
    pub documents: Vec<DocumentRow>,
    /// The collections, by name.
    pub collections: Vec<CollectionRow>,
    /// The folders that are watched: what is put there is read.
    pub watched: Vec<WatchedFolder>,
    /// What is being done.
    pub work: Work,
}

/// A document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DocumentRow {
    /// Its number.
    pub id: i64,
    /// Its file's name.
    pub name: String,
    /// `pdf`, `docx`, `mail`, `text`, ...; empty until that is known.
    pub kind: String,
    /// When it was added.
    pub added_at: i64,
    /// When its file was last changed; when it was added where it came from none.
    pub dated: i64,
    /// Its size.
    pub bytes: u64,
    /// Pages; 0 until that is known.
    pub pages: u32,
    /// Of these, those that are read.
    pub pages_read: u32,
    /// Of these, those that were read from a picture (OCR).
    pub pages_ocr: u32,
    /// How far it is.
    pub state: DocumentState,
    /// Passages that can be found by their words.
    pub passages: u32,
    /// Of these, those that can be found by their meaning too.
    pub passages_by_meaning: u32,
    /// The collections it is in.
    pub collections: Vec<i64>,
    /// Whether the original is kept, sealed, in the vault.
    pub sealed: bool,
    /// Where its file was when it was added; nothing for pasted text.
    pub origin: Option<String>,
}

/// How far a document is.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DocumentState {
    /// Its turn comes.
    Waiting,
    /// It is being read.
    Reading,
    /// All of it was read.
    Read,
    /// It could not be read.
    Failed {
        /// Why.
        problem: Problem,
    },
}

/// A collection of documents.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CollectionRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Documents in it.
    pub documents: u32,
}

/// A folder that is watched.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WatchedFolder {
    /// Where it is; no other has this path.
    pub path: String,
    /// When it was last looked at; nothing if never.
    pub looked_at: Option<i64>,
}

/// What is being done with the documents.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Work {
    /// Nothing, working, or paused.
    pub state: WorkState,
    /// The document that is being read.
    pub document: Option<String>,
    /// Documents that are not read yet.
    pub documents_left: u32,
    /// Pages that are known to be left.
    pub pages_left: u32,
    /// Passages that cannot be found by their meaning yet.
    pub passages_left: u32,
    /// Seconds that are left, where that can be said.
    pub seconds_left: Option<u32>,
}

/// Whether documents are being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// Nothing is left to do.
    Idle,
    /// Documents are being read, or made findable by their meaning.
    Working,
    /// The person paused it.
    Paused,
    /// It waits while an answer is written, which needs the processor.
    Waiting,
}

/// How documents are added.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Adding {
    /// The collection they go into.
    pub collection: Option<i64>,
    /// Whether the originals are kept in the vault; otherwise only their text is.
    pub seal: bool,
}

/// What came of adding.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct Added {
    /// Documents that are new.
    pub new: u32,
    /// Documents that were there already.
    pub known: u32,
    /// Documents that are a newer version of one that was there.
    pub newer: u32,
    /// Files that were not taken, and why.
    pub refused: Vec<Refused>,
}

/// A file that was not taken.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why.
    pub problem: Problem,
}

/// What is looked for in documents.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DocumentQuery {
    /// The words; what stands in quotation marks must be there as it is.
    pub words: String,
    /// Only in these documents and collections; in all without.
    pub scope: Scope,
    /// Only of these kinds; of all without.
    pub kinds: Vec<String>,
    /// Only of this time or later, as [`DocumentRow::dated`] counts.
    pub from: Option<i64>,
    /// Only of a time before this one.
    pub until: Option<i64>,
}

/// Which documents a chat or a search is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Scope {
    /// All of them; then the lists do not count.
    pub all: bool,
    /// These collections.
    pub collections: Vec<i64>,
    /// And these documents.
    pub documents: Vec<i64>,
}

/// A passage of a document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassageView {
    /// The number it is cited by, from 1.
    pub n: u32,
    /// Its document.
    pub document: i64,
    /// That document's name.
    pub name: String,
    /// Its page, counted from 0.
    pub page: u32,
    /// What that page is called: its number on paper, a sheet's name.
    pub label: String,
    /// Which part of the page's text.
    pub span: (u32, u32),
    /// Its words, as they stand there.
    pub text: String,
    /// The headings above it.
    pub heading: String,
    /// Spans of `text` that match what was asked.
    pub lit: Vec<(u32, u32)>,
    /// Whether it was read from a picture.
    pub ocr: bool,
    /// Why parts of it are not what the page shows: `invisible`, `same_colour`, `tiny`, `off_page`, `forged_font`, `bidi`, `unseen`,
    /// `lookalike`.
    pub marks: Vec<String>,
    /// Its place among those found by their words, from 1; nothing where it was not.
    pub by_words: Option<u32>,
    /// Its place among those found by their meaning, from 1; nothing where it was not.
    pub by_meaning: Option<u32>,
    /// Whether the document was deleted since.
    pub gone: bool,
}

/// What an answer about documents rests on.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Evidence {
    /// Whether the documents answer the question; if not the passages are the nearest there are.
    pub answered: bool,
    /// The passages, by number.
    pub passages: Vec<PassageView>,
    /// The sentences of the answer that were checked, in order.
    pub sentences: Vec<CheckedSentence>,
}

/// A sentence of an answer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckedSentence {
    /// Which part of the answer's text.
    pub span: (u32, u32),
    /// Whether the passages say so.
    pub support: Support,
    /// The passages that do, the best first.
    pub citations: Vec<u32>,
    /// Spans of the answer's text (numbers, dates, names) that the passages do not hold.
    pub missing: Vec<(u32, u32)>,
    /// Quotations in it, and where they stand letter by letter.
    pub quotes: Vec<CheckedQuote>,
}

/// Whether the passages support a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// All of it.
    Full,
    /// A part of it.
    Partial,
    /// Nothing of it.
    None,
}

/// A quotation in an answer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckedQuote {
    /// Which part of the answer's text.
    pub span: (u32, u32),
    /// The passage in which it stands letter by letter; nothing where it stands in none.
    pub passage: Option<u32>,
}

/// A page, to be shown.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DocumentPage {
    /// Counted from 0.
    pub number: u32,
    /// What it is called.
    pub label: String,
    /// Width in points; 0 where there is no paper.
    pub width: f32,
    /// Height in points; 0 where there is no paper.
    pub height: f32,
    /// Its text in reading order.
    pub text: String,
    /// What it is made of.
    pub blocks: Vec<PageBlock>,
    /// Where each word stands; empty where there is no paper.
    pub words: Vec<PageWord>,
    /// Stretches that the page does not show as they read.
    pub marks: Vec<PageMark>,
    /// Whether the text was read from a picture.
    pub ocr: bool,
    /// Whether the page can be drawn: the original is at hand.
    pub drawable: bool,
}

/// A paragraph or the like.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PageBlock {
    /// Which part of the page's text.
    pub span: (u32, u32),
    /// `paragraph`, `heading1` to `heading6`, `item`, `header_row`, `row` (cells parted by tabs), `preformatted`, `aside`.
    pub kind: String,
}

/// A word on paper.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PageWord {
    /// Which part of the page's text.
    pub span: (u32, u32),
    /// Left, top, width and height in points.
    pub rect: (f32, f32, f32, f32),
    /// How sure OCR is of it, 0 to 100.
    pub confidence: u8,
}

/// A stretch that the page does not show as it reads.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PageMark {
    /// Which part of the page's text.
    pub span: (u32, u32),
    /// Why: as in [`PassageView::marks`].
    pub why: String,
}

/// A part of a page, in points.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct Area {
    /// Left.
    pub x: f32,
    /// Top.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A drawn page: the bytes of a PNG.
#[derive(TS)]
#[ts(type = "ArrayBuffer")]
pub struct Png(pub Vec<u8>);

impl tauri::ipc::IpcResponse for Png {
    fn body(self) -> tauri::Result<tauri::ipc::InvokeResponseBody> {
        Ok(tauri::ipc::InvokeResponseBody::Raw(self.0))
    }
}

impl Added {
    /// Counts one more.
    pub(crate) fn count(&mut self, added: assistant::Added) {
        match added {
            assistant::Added::New(_) => self.new += 1,
            assistant::Added::Known(_) => self.known += 1,
            assistant::Added::NewVersion { .. } => self.newer += 1,
        }
    }

    /// Of one document.
    pub(crate) fn one(added: assistant::Added) -> Self {
        let mut one = Self::default();
        one.count(added);
        one
    }
}

impl From<&Adding> for assistant::Adding {
    fn from(adding: &Adding) -> Self {
        Self { collections: adding.collection.map(assistant::CollectionId).into_iter().collect(), seal: adding.seal }
    }
}
