//! From the product's documents to those of the page, which counts text in UTF-16 units.

use std::ops::Range;

use assistant::document::{BlockKind, Rect, Why};
use assistant::{Cited, Document, Evidence, PassageHit, Progress, Said, Scope as About, ShownPage};

use super::document_types::{
    Area, CheckedQuote, CheckedSentence, DocumentPage, DocumentRow, DocumentState, Evidence as ShownEvidence,
    PageBlock, PageMark, PageWord, PassageView, Scope, Support, Work, WorkState,
};
use super::types::{Problem, ProblemKind};

/// The page marks words that OCR is less sure of than this.
const DOUBTFUL: u8 = 50;

/// Offsets in UTF-16 units for those in bytes.
struct Units(Vec<u32>);

impl Units {
    fn of(text: &str) -> Self {
        let mut units = vec![0; text.len() + 1];
        let mut at = 0;
        for (byte, c) in text.char_indices() {
            units[byte..byte + c.len_utf8()].fill(at);
            at += u32::try_from(c.len_utf16()).unwrap_or(1);
        }
        units[text.len()] = at;
        Self(units)
    }

    fn at(&self, byte: usize) -> u32 {
        self.0.get(byte).or(self.0.last()).copied().unwrap_or(0)
    }

    fn span(&self, bytes: &Range<usize>) -> (u32, u32) {
        (self.at(bytes.start), self.at(bytes.end))
    }

    fn span32(&self, bytes: &Range<u32>) -> (u32, u32) {
        (self.at(bytes.start as usize), self.at(bytes.end as usize))
    }
}

impl DocumentRow {
    /// A document as the page shows it, in a language.
    #[must_use]
    pub fn of(document: Document, language: &str) -> Self {
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let dated = assistant::dated(&document);
        let state = match document.state {
            assistant::DocumentState::Waiting => DocumentState::Waiting,
            assistant::DocumentState::Reading => DocumentState::Reading,
            assistant::DocumentState::Read => DocumentState::Read,
            assistant::DocumentState::Failed { code, sentence } => {
                let message = assistant::sentence_of(&code, language).unwrap_or(sentence);
                DocumentState::Failed { problem: Problem { code, kind: ProblemKind::Input, message } }
            }
        };
        Self {
            id: document.id.0,
            name: document.name,
            kind: document.kind,
            added_at: document.added_at,
            dated,
            bytes: document.bytes,
            pages: count(document.pages_total),
            pages_read: count(document.pages_read),
            pages_ocr: count(document.pages_ocr),
            state,
            passages: count(document.passages),
            passages_by_meaning: count(document.passages.saturating_sub(document.passages_waiting)),
            collections: document.collections.into_iter().map(|collection| collection.0).collect(),
            sealed: document.has_original,
            origin: document.origin,
        }
    }
}

impl PassageView {
    /// A hit as the page shows it.
    #[must_use]
    pub fn of(n: usize, hit: &PassageHit) -> Self {
        let lit = Units::of(&hit.text);
        Self {
            n: u32::try_from(n).unwrap_or(u32::MAX),
            document: hit.document.0,
            name: hit.name.clone(),
            page: hit.page,
            label: label_of(hit.page, &hit.label),
            span: hit.units,
            text: hit.text.clone(),
            heading: hit.heading.clone(),
            lit: hit.lit.iter().map(|(start, end)| lit.span(&(*start..*end))).collect(),
            ocr: hit.ocr,
            marks: hit.marks.iter().map(|why| name_of(*why).to_owned()).collect(),
            by_words: hit.by_words,
            by_meaning: hit.by_meaning,
            gone: false,
        }
    }

    fn cited(cited: &Cited) -> Self {
        Self {
            n: cited.n,
            document: cited.document.0,
            name: cited.name.clone(),
            page: cited.page,
            label: label_of(cited.page, &cited.label),
            span: cited.units,
            text: cited.text.clone(),
            heading: cited.heading.clone(),
            lit: Vec::new(),
            ocr: cited.ocr,
            marks: cited.marks.iter().map(|why| name_of(*why).to_owned()).collect(),
            by_words: cited.by_words,
            by_meaning: cited.by_meaning,
            gone: cited.gone,
        }
    }
}

impl ShownEvidence {
    /// What an answer rests on, as the page shows it. `answer` is its text.
    #[must_use]
    pub fn of(evidence: &Evidence, answer: &str) -> Self {
        let units = Units::of(answer);
        let sentences = evidence.sentences.iter().map(|sentence| CheckedSentence {
            span: units.span(&sentence.span),
            support: match sentence.support {
                Said::Full => Support::Full,
                Said::Partial => Support::Partial,
                Said::None => Support::None,
            },
            citations: sentence.citations.clone(),
            missing: sentence.missing.iter().map(|span| units.span(span)).collect(),
            quotes: sentence
                .quotes
                .iter()
                .map(|(span, passage)| CheckedQuote { span: units.span(span), passage: *passage })
                .collect(),
        });
        Self {
            answered: evidence.answered,
            sentences: sentences.collect(),
            passages: evidence.passages.iter().map(PassageView::cited).collect(),
        }
    }
}

impl From<ShownPage> for DocumentPage {
    fn from(page: ShownPage) -> Self {
        let units = Units::of(&page.text);
        Self {
            number: page.summary.number,
            label: label_of(page.summary.number, &page.summary.label),
            width: page.summary.width,
            height: page.summary.height,
            blocks: page
                .blocks
                .iter()
                .map(|block| PageBlock { span: units.span32(&block.span), kind: kind_of(block.kind) })
                .collect(),
            words: page
                .words
                .iter()
                .map(|word| PageWord {
                    span: units.span32(&word.span),
                    rect: (word.rect.x, word.rect.y, word.rect.width, word.rect.height),
                    // A word with a doubtful digit is a doubtful word.
                    confidence: if word.unsure.is_empty() { word.confidence } else { word.confidence.min(DOUBTFUL) },
                })
                .collect(),
            marks: page
                .marks
                .iter()
                .map(|mark| PageMark { span: units.span32(&mark.span), why: name_of(mark.why).to_owned() })
                .collect(),
            ocr: page.summary.ocr,
            drawable: page.drawable,
            text: page.text,
        }
    }
}

/// What a page is called: its name in the document, or its number.
fn label_of(page: u32, label: &str) -> String {
    if label.is_empty() { (u64::from(page) + 1).to_string() } else { label.to_owned() }
}

fn kind_of(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Heading(level) => format!("heading{}", level.clamp(1, 6)),
        BlockKind::Item => "item".to_owned(),
        BlockKind::Row { header: true } => "header_row".to_owned(),
        BlockKind::Row { header: false } => "row".to_owned(),
        BlockKind::Preformatted => "preformatted".to_owned(),
        BlockKind::Aside => "aside".to_owned(),
    }
}

fn name_of(why: Why) -> &'static str {
    match why {
        Why::Invisible => "invisible",
        Why::SameColour => "same_colour",
        Why::Tiny => "tiny",
        Why::OffPage => "off_page",
        Why::ForgedFont => "forged_font",
        Why::Bidi => "bidi",
        Why::Unseen => "unseen",
        Why::Lookalike => "lookalike",
    }
}

impl From<Area> for Rect {
    fn from(area: Area) -> Self {
        Self { x: area.x, y: area.y, width: area.width, height: area.height }
    }
}

impl From<Scope> for About {
    fn from(scope: Scope) -> Self {
        Self {
            all: scope.all,
            collections: scope.collections.into_iter().map(assistant::CollectionId).collect(),
            documents: scope.documents.into_iter().map(assistant::DocumentId).collect(),
        }
    }
}

impl From<About> for Scope {
    fn from(about: About) -> Self {
        Self {
            all: about.all,
            collections: about.collections.into_iter().map(|collection| collection.0).collect(),
            documents: about.documents.into_iter().map(|document| document.0).collect(),
        }
    }
}

impl Work {
    /// Where the work is.
    #[must_use]
    pub fn of(state: WorkState, progress: &Progress) -> Self {
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            state,
            document: progress.document.map(|_| progress.name.clone()),
            documents_left: count(progress.documents_left),
            pages_left: count(progress.pages_left),
            passages_left: count(progress.passages_left),
            seconds_left: progress.remaining_s.map(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_counted_as_the_page_counts_them() {
        let units = Units::of("aé😀z");
        assert_eq!(units.span(&(0..1)), (0, 1));
        assert_eq!(units.span(&(1..3)), (1, 2));
        assert_eq!(units.span(&(3..7)), (2, 4));
        assert_eq!(units.span(&(7..8)), (4, 5));
        // Past the end is the end.
        assert_eq!(units.at(99), 5);
    }
}
