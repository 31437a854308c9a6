//! A document read whole: its pages as one text, its passages and its facts.

use std::ops::Range;

use reader::wire::Mark;
use vault::{Document, DocumentId};

use crate::Assistant;
use crate::document_facts::{FoundFact, hint};
use crate::error::AssistantError;
use crate::events::Stop;
use crate::library::{layout_of, marks_in, place};
use crate::passages::BELOW;

/// What stands between two pages in the text of all.
const BETWEEN: &str = "\n\n";

/// A document with the text of all pages that are there.
pub(crate) struct Whole {
    /// What is known of it.
    pub document: Document,
    /// The text of all pages, in order, each with [`BETWEEN`] after it.
    pub text: String,
    /// Its pages.
    pub pages: Vec<WholePage>,
    /// Its passages, in order.
    pub passages: Vec<WholePassage>,
    /// Its facts, in order.
    pub facts: Vec<FoundFact>,
}

/// A page.
pub(crate) struct WholePage {
    /// Counted from 0.
    pub number: u32,
    /// What it is called in the document, or empty.
    pub label: String,
    /// Whether it was read from a picture.
    pub ocr: bool,
    /// Which bytes of the whole text are its own.
    pub at: Range<usize>,
    /// Stretches of it that the page does not show as they read.
    marks: Vec<Mark>,
}

/// A passage.
pub(crate) struct WholePassage {
    /// Its page, counted from 0.
    pub page: u32,
    /// Which bytes of the page's text.
    pub span: Range<usize>,
    /// Which bytes of the whole text.
    pub at: Range<usize>,
    /// The headings above it, or empty.
    pub heading: String,
}

impl Assistant {
    /// Reads all pages of a document that are there.
    ///
    /// # Errors
    /// When there is no such document, it has no text at all, the vault cannot be read, or the person stops it.
    pub(crate) fn whole(&self, document: DocumentId, stop: &Stop) -> Result<Whole, AssistantError> {
        let (described, summaries) = self.stored(|vault| Ok((vault.document(document)?, vault.pages(document)?)))?;
        let (mut text, mut pages, mut passages) = (String::new(), Vec::new(), Vec::new());
        for summary in summaries {
            if stop.is_asked() {
                return Err(AssistantError::Stopped);
            }
            let number = summary.number;
            let (page, found) =
                self.stored(|vault| Ok((vault.page(document, number)?, vault.passages_of_page(document, number)?)))?;
            let start = text.len();
            passages.extend(found.into_iter().map(|passage| WholePassage {
                page: number,
                at: start + passage.span.start..start + passage.span.end,
                span: passage.span,
                heading: passage.heading,
            }));
            text += &page.text;
            let at = start..text.len();
            text += BETWEEN;
            let marks = layout_of(&page.layout).marks;
            pages.push(WholePage { number, label: summary.label, ocr: summary.ocr, at, marks });
        }
        if text.trim().is_empty() {
            return Err(AssistantError::EmptyDocument);
        }
        passages.sort_by_key(|passage| passage.at.start);
        let facts = self.facts(document, stop)?;
        Ok(Whole { document: described, text, pages, passages, facts })
    }
}

impl Whole {
    /// A page's own text.
    pub fn text_of(&self, page: &WholePage) -> &str {
        self.text.get(page.at.clone()).unwrap_or_default()
    }

    /// The page of this number.
    pub fn page(&self, number: u32) -> Option<&WholePage> {
        let at = self.pages.binary_search_by_key(&number, |page| page.number).ok()?;
        self.pages.get(at)
    }

    /// What a page is called.
    pub fn place(&self, number: u32) -> String {
        place(number, self.page(number).map_or("", |page| page.label.as_str()))
    }

    /// The words of a stretch of a page.
    pub fn words(&self, page: u32, span: &Range<usize>) -> &str {
        self.page(page).and_then(|page| self.text_of(page).get(span.clone())).unwrap_or_default()
    }

    /// The language of the document among those that sentences written by rule are translated into.
    pub fn language(&self) -> &'static str {
        crate::language::of_text(&self.text)
    }

    /// How numbers and dates of its pages are read.
    pub fn hint(&self) -> facts::Language {
        hint(&self.document.languages)
    }
}

impl WholePage {
    /// Whether the page shows a stretch of its text as it reads.
    pub fn shows(&self, span: &Range<usize>) -> bool {
        marks_in(&self.marks, span).is_empty()
    }
}

/// The last of the headings above a passage.
pub(crate) fn innermost(heading: &str) -> &str {
    heading.rsplit(BELOW).next().unwrap_or(heading)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use vault::DocumentState;

    /// A document of these pages, each one passage under its heading.
    pub(crate) fn of_pages(pages: &[(&str, &str)]) -> Whole {
        let document = Document {
            id: DocumentId(1),
            name: "lease.pdf".into(),
            title: String::new(),
            kind: "pdf".into(),
            origin: None,
            bytes: 1,
            sha256: String::new(),
            modified_at: None,
            added_at: 0,
            state: DocumentState::Read,
            pages_read: pages.len() as u64,
            pages_total: pages.len() as u64,
            pages_ocr: 0,
            passages: 0,
            passages_waiting: 0,
            keeps_original: false,
            has_original: false,
            replaces: None,
            collections: Vec::new(),
            languages: vec!["en".into()],
        };
        let mut whole =
            Whole { document, text: String::new(), pages: Vec::new(), passages: Vec::new(), facts: Vec::new() };
        for (number, (heading, text)) in (0..).zip(pages) {
            let start = whole.text.len();
            whole.text += text;
            let at = start..whole.text.len();
            whole.text += BETWEEN;
            let found = facts::find(text, facts::Language::English).into_iter().map(|fact| FoundFact {
                document: DocumentId(1),
                page: number,
                label: String::new(),
                span: fact.range,
                kind: fact.kind,
                text: fact.text,
                value: fact.value,
                confidence: fact.confidence,
                ocr: false,
                marks: Vec::new(),
            });
            whole.facts.extend(found);
            let (span, heading) = (0..text.len(), (*heading).to_owned());
            whole.passages.push(WholePassage { page: number, span, at: at.clone(), heading });
            whole.pages.push(WholePage { number, label: String::new(), ocr: false, at, marks: Vec::new() });
        }
        whole
    }

    #[test]
    fn a_stretch_of_a_page_has_its_words_and_one_outside_has_none() {
        let whole = of_pages(&[("", "One."), ("", "Two \u{E9}.")]);
        assert_eq!(whole.words(1, &(0..3)), "Two");
        assert_eq!((whole.words(1, &(0..5)), whole.words(1, &(0..99)), whole.words(7, &(0..1))), ("", "", ""));
        assert_eq!(whole.place(1), "page 2");
    }
}
