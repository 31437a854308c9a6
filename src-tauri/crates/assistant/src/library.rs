//! The library: what is in it, and what is found in it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use reader::wire::{Block, Mark, Picture, Rect, Why, Word};
use reader::{Ender, Reader, ReaderError};
use serde::Serialize;
use vault::{
    Collection, CollectionId, Document, DocumentId, Filter, LibraryLeft, PageSummary, PassageHit, PassageQuery,
    VectorModel,
};

use crate::adding::fingerprint;
use crate::embedding::Embedder;
use crate::error::AssistantError;
use crate::home::Home;
use crate::ingest::Layout;
use crate::{Assistant, hold};

/// What the library needs while the vault is open.
#[derive(Default)]
pub(crate) struct Library {
    /// Started when it is first needed, and again when it ended.
    embedder: Mutex<Option<Arc<Embedder>>>,
    /// Held by whoever reads documents: one at a time.
    working: Mutex<()>,
    /// Ends the reader of the document that is being read, or was last.
    reading: Mutex<Option<Ender>>,
    /// The reader of the document whose pages were drawn last.
    drawing: Mutex<Option<Drawing>>,
}

struct Drawing {
    document: DocumentId,
    reader: Reader,
}

impl Library {
    /// Waits until nobody else works on the library.
    pub(crate) fn begin(&self) -> MutexGuard<'_, ()> {
        hold(&self.working)
    }

    /// The embedding model; nothing where there is none on this computer.
    pub(crate) fn embedder(&self, home: &Home) -> Result<Option<Arc<Embedder>>, AssistantError> {
        let mut embedder = hold(&self.embedder);
        if embedder.as_ref().is_none_or(|embedder| embedder.has_died()) {
            *embedder = Embedder::start(home)?.map(Arc::new);
        }
        Ok(embedder.clone())
    }

    /// From now on this is the reader to end when the library is let go.
    pub(crate) fn reads_with(&self, reader: &Reader) {
        *hold(&self.reading) = Some(reader.ender());
    }

    /// Ends the workers, in the middle of whatever they do.
    pub(crate) fn let_go(&self) {
        if let Some(reading) = hold(&self.reading).take() {
            reading.end();
        }
        if let Some(embedder) = hold(&self.embedder).take() {
            embedder.end();
        }
        hold(&self.drawing).take();
    }
}

/// A passage that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// Its document.
    pub document: DocumentId,
    /// That document's name.
    pub name: String,
    /// Its page, counted from 0.
    pub page: u32,
    /// What that page is called in the document, or empty.
    pub label: String,
    /// Which bytes of the page's text.
    pub span: Range<usize>,
    /// The same in UTF-16 units, as pages on a screen count.
    pub units: (u32, u32),
    /// Its words, as they stand there.
    pub text: String,
    /// The headings above it.
    pub heading: String,
    /// Whether it was read from a picture.
    pub ocr: bool,
    /// Why parts of it are not what the page shows.
    pub marks: Vec<Why>,
    /// Which bytes of `text` match what was looked for: beginnings and ends.
    pub lit: Vec<(usize, usize)>,
    /// Larger is better, and only comparable within one search.
    pub score: f64,
    /// Its place among those found by their words, from 1.
    pub by_words: Option<u32>,
    /// Its place among those found by their meaning, from 1.
    pub by_meaning: Option<u32>,
    /// The cosine of its meaning and the question's, where it was found by it.
    pub similarity: Option<f32>,
}

/// A page of a document, to be shown.
#[derive(Clone, Debug)]
pub struct ShownPage {
    /// Its number, name, size, and whether it was read from a picture.
    pub summary: PageSummary,
    /// Its text.
    pub text: String,
    /// What it is made of.
    pub blocks: Vec<Block>,
    /// Where each word stands.
    pub words: Vec<Word>,
    /// Stretches that the page does not show as they read.
    pub marks: Vec<Mark>,
    /// Whether its picture can be drawn: its original is at hand.
    pub drawable: bool,
}

impl Hit {
    /// Where it is, for people: the page's name, or its number.
    #[must_use]
    pub fn place(&self) -> String {
        place(self.page, &self.label)
    }
}

/// What a page is called: its name in the document, or its number counted from 1.
pub(crate) fn place(page: u32, label: &str) -> String {
    if label.is_empty() { format!("page {}", u64::from(page) + 1) } else { label.to_owned() }
}

/// What is said where a collection is named that is not there.
#[must_use]
pub fn no_such_collection() -> AssistantError {
    vault::VaultError::NoSuchCollection.into()
}

impl Assistant {
    /// The documents that a filter lets through, the newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<Document>, AssistantError> {
        self.stored(|vault| vault.documents(filter))
    }

    /// One document.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be read.
    pub fn document(&self, document: DocumentId) -> Result<Document, AssistantError> {
        self.stored(|vault| vault.document(document))
    }

    /// Removes a document, with its text, vectors, index and original: at once and for good.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be written.
    pub fn remove_document(&self, document: DocumentId) -> Result<(), AssistantError> {
        self.stored(|vault| vault.remove_document(document))
    }

    /// Takes a document away from every list and search at once; [`Self::work_on_library`] erases it, and the next opening at the latest.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be written.
    pub fn put_away_document(&self, document: DocumentId) -> Result<(), AssistantError> {
        self.stored(|vault| vault.put_away_document(document))
    }

    /// Has a document read once more that could not be read.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be written.
    pub fn read_document_again(&self, document: DocumentId) -> Result<(), AssistantError> {
        self.stored(|vault| vault.read_document_again(document))
    }

    /// The collections, by name.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn collections(&self) -> Result<Vec<Collection>, AssistantError> {
        self.stored(vault::Vault::collections)
    }

    /// The collection of this name, if there is one.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn collection_named(&self, name: &str) -> Result<Option<CollectionId>, AssistantError> {
        let all = self.collections()?;
        Ok(all.into_iter().find(|collection| collection.name == name.trim()).map(|collection| collection.id))
    }

    /// Makes a collection.
    ///
    /// # Errors
    /// When there is one of this name, or the vault cannot be written.
    pub fn create_collection(&self, name: &str) -> Result<CollectionId, AssistantError> {
        self.stored(|vault| vault.create_collection(name.trim()))
    }

    /// Gives a collection another name.
    ///
    /// # Errors
    /// When there is none, another has this name, or the vault cannot be written.
    pub fn rename_collection(&self, collection: CollectionId, name: &str) -> Result<(), AssistantError> {
        self.stored(|vault| vault.rename_collection(collection, name.trim()))
    }

    /// Takes a collection away; its documents stay.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be written.
    pub fn delete_collection(&self, collection: CollectionId) -> Result<(), AssistantError> {
        self.stored(|vault| vault.delete_collection(collection))
    }

    /// Puts a document into a collection, or takes it out.
    ///
    /// # Errors
    /// When there is no such document or collection, or the vault cannot be written.
    pub fn put_in_collection(
        &self,
        document: DocumentId,
        collection: CollectionId,
        member: bool,
    ) -> Result<(), AssistantError> {
        self.stored(|vault| {
            if member {
                vault.put_in_collection(document, collection)
            } else {
                vault.take_from_collection(document, collection)
            }
        })
    }

    /// Passages that say something like this, the best first. What stands in quotation marks must be there as it is. No chat model is
    /// needed; without an embedding model they are found by their words alone.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn search_documents(&self, typed: &str, filter: &Filter, limit: usize) -> Result<Vec<Hit>, AssistantError> {
        let (phrases, rest) = vault::phrases_in(typed);
        let asked = if rest.trim().is_empty() { phrases.join(" ") } else { rest };
        let vector = self.query_vector(&asked)?;
        let query = PassageQuery {
            words: Some(&asked),
            vector: vector.as_ref().map(|(model, vector)| (model, vector.as_slice())),
            phrases: &phrases,
            filter,
            limit,
        };
        let hits = self.stored(|vault| vault.search_passages(&query))?;
        // Many of them stand on the same pages.
        let mut pages: HashMap<(DocumentId, u32), (String, Vec<Mark>)> = HashMap::new();
        let mut shown = Vec::with_capacity(hits.len());
        for hit in hits {
            let (text, marks) = match pages.entry((hit.passage.document, hit.passage.page)) {
                Entry::Occupied(read) => read.into_mut(),
                Entry::Vacant(unread) => {
                    let page = self.stored(|vault| vault.page(hit.passage.document, hit.passage.page))?;
                    unread.insert((page.text, layout_of(&page.layout).marks))
                }
            };
            shown.push(with_marks(hit, text, marks));
        }
        Ok(shown)
    }

    /// The vector of what is looked for, where there is a model for it whose vectors serve.
    fn query_vector(&self, text: &str) -> Result<Option<(VectorModel, Vec<f32>)>, AssistantError> {
        if text.trim().is_empty() || !self.stored(vault::Vault::vector_models)?.iter().any(|state| state.serves) {
            return Ok(None);
        }
        let embedder = match self.library.embedder(&self.home) {
            Ok(Some(embedder)) => embedder,
            Ok(None) => return Ok(None),
            Err(error) => {
                // Their words are still there to find them by.
                tracing::warn!(code = error.code(), "no embedding model");
                return Ok(None);
            }
        };
        let serves = self.stored(vault::Vault::vector_models)?;
        if !serves.iter().any(|state| state.serves && state.model == *embedder.model()) {
            return Ok(None);
        }
        Ok(Some((embedder.model().clone(), embedder.query(text)?)))
    }

    /// A page, to be shown.
    ///
    /// # Errors
    /// When there is none, or the vault cannot be read.
    pub fn page(&self, document: DocumentId, page: u32) -> Result<ShownPage, AssistantError> {
        let (kept, document) = self.stored(|vault| Ok((vault.page(document, page)?, vault.document(document)?)))?;
        let layout = layout_of(&kept.layout);
        Ok(ShownPage {
            drawable: kept.summary.width > 0.0 && (document.has_original || has_file(&document)),
            summary: kept.summary,
            text: kept.text,
            blocks: layout.blocks,
            words: layout.words,
            marks: layout.marks,
        })
    }

    /// Draws a page at `scale` dots for each 72nd of an inch: a PNG. With an area only that part of it, in points.
    ///
    /// # Errors
    /// When there is no original, or the page cannot be drawn.
    pub fn draw_page(
        &self,
        document: DocumentId,
        page: u32,
        scale: f32,
        area: Option<Rect>,
    ) -> Result<Picture, AssistantError> {
        let mut open = hold(&self.library.drawing);
        if let Some(drawing) = open.as_mut().filter(|drawing| drawing.document == document) {
            match drawing.reader.draw(page, scale, area) {
                Err(ReaderError::Crashed { .. } | ReaderError::TooSlow { .. }) => *open = None,
                drawn => return Ok(drawn?),
            }
        }
        let described = self.document(document)?;
        let mut reader = Reader::start()?;
        reader.open(&described.name, None, self.original(&described)?)?;
        let drawing = open.insert(Drawing { document, reader });
        Ok(drawing.reader.draw(page, scale, area)?)
    }

    /// The bytes of a document's original: out of the vault, or, where only its text is kept, from where it lies.
    pub(crate) fn original(&self, document: &Document) -> Result<Box<dyn Read>, AssistantError> {
        if document.has_original {
            return Ok(Box::new(self.stored(|vault| vault.original(document.id))?));
        }
        let path = document.origin.as_deref().ok_or(AssistantError::OriginalGone)?;
        let mut file = File::open(path).map_err(|_| AssistantError::OriginalGone)?;
        let (sha256, _) = fingerprint(&mut file).map_err(|_| AssistantError::OriginalGone)?;
        if hexadecimal(&sha256) != document.sha256 {
            return Err(AssistantError::OriginalChanged);
        }
        file.rewind().map_err(|_| AssistantError::OriginalGone)?;
        Ok(Box::new(file))
    }

    /// Writes a document's original to a file of the person's, which is the person's alone to read.
    ///
    /// # Errors
    /// When there is no original, or the file cannot be written.
    pub fn save_original(&self, document: DocumentId, to: &Path) -> Result<(), AssistantError> {
        let mut original = self.original(&self.document(document)?)?;
        let not_written = |error: io::Error| AssistantError::FileNotWritten(error.to_string());
        let mut file = File::create(to).map_err(not_written)?;
        io::copy(&mut original, &mut file).and_then(|_| file.sync_all()).map_err(not_written)
    }

    /// What is left to do in the library.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn library_left(&self) -> Result<LibraryLeft, AssistantError> {
        self.stored(vault::Vault::library_left)
    }
}

/// A hit with what its page tells of it.
fn with_marks(hit: PassageHit, page: &str, marks: &[Mark]) -> Hit {
    let passage = hit.passage;
    Hit {
        document: passage.document,
        name: passage.document_name,
        page: passage.page,
        label: passage.page_label,
        marks: marks_in(marks, &passage.span),
        units: units(page, &passage.span),
        span: passage.span,
        text: passage.text,
        heading: passage.heading,
        ocr: passage.ocr,
        lit: hit.marks,
        score: hit.score,
        by_words: hit.word_rank,
        by_meaning: hit.vector_rank,
        similarity: hit.similarity,
    }
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        write!(out, "{byte:02x}").ok();
        out
    })
}

fn has_file(document: &Document) -> bool {
    document.origin.as_deref().is_some_and(|path| Path::new(path).is_file())
}

/// What the reader said of a page; of one that another version wrote, that nothing is known.
pub(crate) fn layout_of(kept: &[u8]) -> Layout {
    postcard::from_bytes(kept).unwrap_or_default()
}

/// How many UTF-16 units stand before each end of a stretch of a text.
pub(crate) fn units(text: &str, span: &Range<usize>) -> (u32, u32) {
    let before = |byte| text.get(..byte).map_or(0, |before: &str| before.encode_utf16().count());
    let count = |byte| u32::try_from(before(byte)).unwrap_or(u32::MAX);
    (count(span.start), count(span.end))
}

/// Why parts of a stretch are not what the page shows, each once.
pub(crate) fn marks_in(marks: &[Mark], span: &Range<usize>) -> Vec<Why> {
    let touching =
        marks.iter().filter(|mark| (mark.span.start as usize) < span.end && span.start < mark.span.end as usize);
    touching.map(|mark| mark.why).collect::<BTreeSet<_>>().into_iter().collect()
}
