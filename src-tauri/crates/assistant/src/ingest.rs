//! Reading the library's documents, and making their passages findable by meaning: in the background, in steps that each stay.

use std::time::{Duration, Instant};

use reader::wire::{Block, Failure, Mark, Opened, Page, Word};
use reader::{Reader, ReaderError};
use serde::{Deserialize, Serialize};
use vault::{Document, DocumentId, NewPage, NewPassage};

use crate::Assistant;
use crate::embedding::Embedder;
use crate::error::AssistantError;
use crate::events::Stop;
use crate::passages::{self, Headings};

/// Pages that are asked of the reader at once, at first: scans take seconds each.
const PAGES_AT_ONCE: u32 = 8;
/// As many at most: memory stays flat.
const MOST_PAGES_AT_ONCE: u32 = 200;
/// What is asked of the reader at once takes about so long: a stop waits for it, and for each request the reader opens the document anew.
const A_REQUEST: Duration = Duration::from_secs(1);
/// Passages that are embedded between two looks at whether to stop.
const PASSAGES_AT_ONCE: usize = 16;
/// While an answer is written both cores are its own.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// Letters in a token where no embedding model is there to count them.
const BYTES_A_TOKEN: usize = 4;

/// What the reader says of a page beside its text, as the vault keeps it.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Layout {
    pub blocks: Vec<Block>,
    pub words: Vec<Word>,
    pub marks: Vec<Mark>,
    /// Why the page could not be read.
    pub failure: Option<Failure>,
}

/// How far the library's work is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The document that is being read.
    pub document: Option<DocumentId>,
    /// That document's name.
    #[serde(skip)]
    pub name: String,
    /// Its pages that are read.
    pub page: u64,
    /// Its pages.
    pub pages: u64,
    /// Documents that are not read yet.
    pub documents_left: u64,
    /// Pages that are known to be left.
    pub pages_left: u64,
    /// Passages that cannot be found by their meaning yet.
    pub passages_left: u64,
    /// Seconds that are left, once that can be said.
    pub remaining_s: Option<u64>,
}

/// One step of the library's work.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Work {
    /// It goes on.
    Working(Progress),
    /// All of a document was read.
    Read {
        /// Which.
        document: DocumentId,
        /// Its name.
        name: String,
        /// Its pages.
        pages: u64,
        /// Its passages.
        passages: u64,
    },
    /// A document could not be read.
    Failed {
        /// Which.
        document: DocumentId,
        /// Its name.
        name: String,
        /// A stable name of why.
        code: String,
        /// Why, in a sentence.
        message: String,
    },
}

impl Assistant {
    /// Reads the documents that are not read yet, and makes their passages findable by meaning, until nothing is left or it is stopped.
    /// It goes on where it was left, also after the program was killed. A document that cannot be read is no error.
    ///
    /// # Errors
    /// When the vault cannot be used, or a worker of ours cannot be started. [`AssistantError::Locked`] when it was locked: that ends the
    /// workers in the middle of a page, and nothing of that page is kept.
    pub fn work_on_library(&self, stop: &Stop, events: &mut dyn FnMut(Work)) -> Result<(), AssistantError> {
        let _alone = self.library.begin();
        let worked = self.work(stop, events);
        // Workers that were ended by the lock are no fault of theirs.
        worked.or_else(|error| self.stored(|_| Ok(())).and(Err(error)))
    }

    fn work(&self, stop: &Stop, events: &mut dyn FnMut(Work)) -> Result<(), AssistantError> {
        let mut pace = Pace::default();
        while !stop.is_asked() {
            if self.running.is_busy() {
                std::thread::sleep(LOOK_AGAIN);
                continue;
            }
            // One that waits in vain for a file of the person's must not keep the others waiting.
            if let Some(document) = self.stored(vault::Vault::unfinished_documents)?.into_iter().next() {
                match self.read_document(&document, stop, &mut pace, events) {
                    Ok(()) => {}
                    Err(error) if is_of_the_document(&error) => self.fail_document(&document, &error, events)?,
                    Err(error) => return Err(error),
                }
            } else if !self.embed_some(&mut pace, events)? && !self.stored(vault::Vault::tidy_library)? {
                break;
            }
        }
        Ok(())
    }

    fn fail_document(
        &self,
        document: &Document,
        error: &AssistantError,
        events: &mut dyn FnMut(Work),
    ) -> Result<(), AssistantError> {
        let (code, message) = (error.code().to_owned(), error.to_string());
        tracing::info!(document = document.id.0, code, "a document was not read");
        self.stored(|vault| vault.fail_document(document.id, &code, &message))?;
        events(Work::Failed { document: document.id, name: document.name.clone(), code, message });
        Ok(())
    }

    fn read_document(
        &self,
        document: &Document,
        stop: &Stop,
        pace: &mut Pace,
        events: &mut dyn FnMut(Work),
    ) -> Result<(), AssistantError> {
        let begun = Instant::now();
        let mut reader = Reader::start()?;
        self.library.reads_with(&reader);
        let opened = reader.open(&document.name, None, self.original(document)?)?;
        self.stored(|vault| {
            vault.set_document_kind(document.id, opened.kind.name())?;
            vault.set_pages_total(document.id, opened.pages)
        })?;
        let embedder = self.library.embedder(&self.home)?;
        let mut reading = Reading { document: document.id, headings: Headings::default(), text: String::new() };
        let mut next = u32::try_from(document.pages_read).unwrap_or(u32::MAX);
        let mut at_once = PAGES_AT_ONCE;
        while next < opened.pages {
            if stop.is_asked() || self.running.is_busy() {
                // The pages that are there stay; the next turn goes on after them.
                return Ok(());
            }
            let count = at_once.min(opened.pages - next);
            let from = Instant::now();
            let mut kept = Ok(());
            reader.read(next, count, &mut |number, page| {
                if kept.is_ok() {
                    kept = self.keep_page(&mut reading, number, page, embedder.as_deref());
                }
            })?;
            kept?;
            let took = from.elapsed();
            pace.read(count, took);
            at_once = pages_for(at_once, took);
            next += count;
            events(Work::Working(self.progress(document, &opened, next, pace)?));
        }
        self.finish_document(document, &opened, &reading.text, events)?;
        tracing::info!(
            document = document.id.0,
            pages = opened.pages,
            ms = begun.elapsed().as_millis(),
            "document read"
        );
        Ok(())
    }

    fn finish_document(
        &self,
        document: &Document,
        opened: &Opened,
        text: &str,
        events: &mut dyn FnMut(Work),
    ) -> Result<(), AssistantError> {
        let language = whatlang::detect(text).map(|found| found.lang().code());
        let read = self.stored(|vault| {
            vault.set_document_details(document.id, &opened.title, language.as_slice())?;
            vault.finish_document(document.id)?;
            vault.document(document.id)
        })?;
        events(Work::Read { document: read.id, name: read.name, pages: read.pages_total, passages: read.passages });
        Ok(())
    }

    fn keep_page(
        &self,
        reading: &mut Reading,
        number: u32,
        page: Result<Page, Failure>,
        embedder: Option<&Embedder>,
    ) -> Result<(), AssistantError> {
        let (page, failure) = match page {
            Ok(page) => (page, None),
            Err(failure) => (Page { number, ..Page::default() }, Some(failure)),
        };
        let passages = passages::cut(&page, &mut reading.headings, |texts| match embedder {
            Some(embedder) => embedder.count(&texts),
            None => {
                Ok(texts.iter().map(|text| u32::try_from(text.len() / BYTES_A_TOKEN + 1).unwrap_or(u32::MAX)).collect())
            }
        })?;
        if reading.text.len() < LANGUAGE_BYTES {
            reading.text.push_str(&page.text);
        }
        let layout = Layout { blocks: page.blocks, words: page.words, marks: page.marks, failure };
        let layout = postcard::to_stdvec(&layout).map_err(|_| AssistantError::Internal("a page's layout"))?;
        let kept = NewPage {
            number,
            label: &page.label,
            width: page.width,
            height: page.height,
            ocr: page.ocr,
            text: &page.text,
            layout: &layout,
        };
        let passages: Vec<NewPassage<'_>> = passages
            .iter()
            .map(|passage| NewPassage { span: passage.span.clone(), heading: &passage.heading, tokens: passage.tokens })
            .collect();
        self.stored(|vault| vault.put_page(reading.document, &kept, &passages)).map(drop)
    }

    /// Makes some passages findable by meaning; says whether there were any.
    fn embed_some(&self, pace: &mut Pace, events: &mut dyn FnMut(Work)) -> Result<bool, AssistantError> {
        let Some(embedder) = self.library.embedder(&self.home)? else { return Ok(false) };
        let waiting = self.stored(|vault| {
            vault.use_vector_model(embedder.model())?;
            vault.passages_without_vectors(embedder.model(), PASSAGES_AT_ONCE)
        })?;
        if waiting.is_empty() {
            return Ok(false);
        }
        let begun = Instant::now();
        let texts: Vec<String> = waiting.iter().map(|passage| embedded(&passage.heading, &passage.text)).collect();
        let vectors = embedder.passages(texts.iter().map(String::as_str))?;
        let vectors: Vec<_> = waiting.iter().map(|passage| passage.id).zip(vectors).collect();
        self.stored(|vault| vault.put_vectors(embedder.model(), &vectors))?;
        pace.embedded(vectors.len(), begun.elapsed());
        events(Work::Working(self.left(pace)?));
        Ok(true)
    }

    fn progress(
        &self,
        document: &Document,
        opened: &Opened,
        read: u32,
        pace: &Pace,
    ) -> Result<Progress, AssistantError> {
        let left = self.left(pace)?;
        Ok(Progress {
            document: Some(document.id),
            name: document.name.clone(),
            page: u64::from(read),
            pages: u64::from(opened.pages),
            ..left
        })
    }

    /// What is left of all documents.
    fn left(&self, pace: &Pace) -> Result<Progress, AssistantError> {
        let left = self.library_left()?;
        let remaining_s = pace.remaining(left.pages, left.passages);
        Ok(Progress {
            documents_left: left.documents,
            pages_left: left.pages,
            passages_left: left.passages,
            remaining_s,
            ..Progress::default()
        })
    }
}

/// How many pages are asked for next, when these took so long.
fn pages_for(count: u32, took: Duration) -> u32 {
    if took > A_REQUEST {
        (count / 2).max(1)
    } else if took < A_REQUEST / 2 {
        (count * 2).min(MOST_PAGES_AT_ONCE)
    } else {
        count
    }
}

/// What is embedded of a passage: it cannot be understood without its headings.
fn embedded(heading: &str, text: &str) -> String {
    if heading.is_empty() { text.to_owned() } else { format!("{heading}\n{text}") }
}

/// Of a document's beginning, enough to tell its language.
const LANGUAGE_BYTES: usize = 16_384;

/// A document that is being read.
struct Reading {
    document: DocumentId,
    headings: Headings,
    /// Its beginning.
    text: String,
}

/// Whether only this document is concerned and the others can go on.
fn is_of_the_document(error: &AssistantError) -> bool {
    match error {
        AssistantError::Reader(error) => {
            !matches!(error, ReaderError::WorkerMissing | ReaderError::NotStarted(_) | ReaderError::Version)
        }
        AssistantError::OriginalGone | AssistantError::OriginalChanged | AssistantError::DocumentNotRead(_) => true,
        _ => false,
    }
}

/// How fast the work goes.
#[derive(Default)]
struct Pace {
    pages: f64,
    reading: Duration,
    passages: f64,
    embedding: Duration,
}

impl Pace {
    fn read(&mut self, pages: u32, took: Duration) {
        self.pages += f64::from(pages);
        self.reading += took;
    }

    #[allow(clippy::cast_precision_loss, reason = "an estimate")]
    fn embedded(&mut self, passages: usize, took: Duration) {
        self.passages += passages as f64;
        self.embedding += took;
    }

    /// Seconds that so much will take; nothing while one of the two was not measured.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate"
    )]
    fn remaining(&self, pages: u64, passages: u64) -> Option<u64> {
        let part = |left: u64, done: f64, took: Duration| match left {
            0 => Some(0.0),
            _ if done > 0.0 => Some(left as f64 * took.as_secs_f64() / done),
            _ => None,
        };
        let (reading, embedding) =
            (part(pages, self.pages, self.reading)?, part(passages, self.passages, self.embedding)?);
        Some((reading + embedding).ceil() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_read_fast_are_asked_for_in_larger_stretches_and_scans_in_smaller_ones() {
        let after = |each: Duration| (0..9).fold(PAGES_AT_ONCE, |count, _| pages_for(count, each * count));
        assert_eq!(after(Duration::from_millis(1)), MOST_PAGES_AT_ONCE);
        assert_eq!(after(Duration::from_secs(3)), 1);
        let steady = after(Duration::from_millis(40));
        assert!((12..=25).contains(&steady), "{steady}");
    }

    #[test]
    fn what_is_left_is_said_once_both_parts_were_measured() {
        let mut pace = Pace::default();
        assert_eq!(pace.remaining(0, 0), Some(0));
        pace.read(10, Duration::from_secs(5));
        assert_eq!((pace.remaining(20, 0), pace.remaining(20, 3)), (Some(10), None));
        pace.embedded(4, Duration::from_secs(2));
        assert_eq!(pace.remaining(20, 3), Some(12));
    }
}
