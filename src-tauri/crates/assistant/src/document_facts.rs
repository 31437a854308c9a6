//! The facts of a document: found by rules (crate `facts`), page by page, without a model.

use std::fmt;
use std::ops::Range;

use facts::Language;
use reader::wire::Why;
use vault::DocumentId;

use crate::Assistant;
use crate::error::AssistantError;
use crate::events::Stop;
use crate::library::{layout_of, marks_in};

pub use facts::{Confidence, Kind};

/// A fact and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundFact {
    /// Its document.
    pub document: DocumentId,
    /// Its page, counted from 0.
    pub page: u32,
    /// What that page is called in the document, or empty.
    pub label: String,
    /// Which bytes of the page's text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: String,
    /// The value to sort and compare by, where it can be told.
    pub value: Option<String>,
    /// How far the rule that found it can be trusted.
    pub confidence: Confidence,
    /// Whether its page was read from a picture.
    pub ocr: bool,
    /// Why parts of it are not what the page shows.
    pub marks: Vec<Why>,
}

impl fmt::Debug for FoundFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FoundFact({:?}, document {}, page {}, {:?})", self.kind, self.document, self.page, self.span)
    }
}

impl Assistant {
    /// The facts of a document, in its order. Pages that nobody has read yet are not among them.
    ///
    /// # Errors
    /// When there is no such document, the vault cannot be read, or the person stops it.
    pub fn facts(&self, document: DocumentId, stop: &Stop) -> Result<Vec<FoundFact>, AssistantError> {
        let (described, pages) = self.stored(|vault| Ok((vault.document(document)?, vault.pages(document)?)))?;
        let hint = hint(&described.languages);
        let mut found = Vec::new();
        for summary in pages {
            if stop.is_asked() {
                return Err(AssistantError::Stopped);
            }
            // One page at a time: whoever needs the vault gets it in between.
            let page = self.stored(|vault| vault.page(document, summary.number))?;
            let marks = layout_of(&page.layout).marks;
            found.extend(facts::find(&page.text, hint).into_iter().map(|fact| FoundFact {
                document,
                page: page.summary.number,
                label: page.summary.label.clone(),
                marks: marks_in(&marks, &fact.range),
                span: fact.range,
                kind: fact.kind,
                text: fact.text,
                value: fact.value,
                confidence: fact.confidence,
                ocr: page.summary.ocr,
            }));
        }
        tracing::info!(document = document.0, facts = found.len(), "facts found");
        Ok(found)
    }
}

/// The language of a document's pages, where all of it is in one that the rules know.
pub(crate) fn hint(languages: &[String]) -> Language {
    let [only] = languages else { return Language::Unknown };
    match only.split('-').next() {
        Some("en") => Language::English,
        Some("fr") => Language::French,
        _ => Language::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_in_two_languages_is_read_page_by_page_without_a_hint() {
        let languages = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(hint(&languages(&["fr"])), Language::French);
        assert_eq!(hint(&languages(&["en-GB"])), Language::English);
        for others in [vec![], languages(&["fr", "en"]), languages(&["de"])] {
            assert_eq!(hint(&others), Language::Unknown);
        }
    }

    #[test]
    fn what_a_fact_says_is_not_in_its_debug_form() {
        let fact = FoundFact {
            document: DocumentId(1),
            page: 0,
            label: String::new(),
            span: 3..9,
            kind: Kind::Person,
            text: "canary".into(),
            value: Some("canary".into()),
            confidence: Confidence::High,
            ocr: false,
            marks: Vec::new(),
        };
        assert!(!format!("{fact:?}").contains("canary"));
    }
}
