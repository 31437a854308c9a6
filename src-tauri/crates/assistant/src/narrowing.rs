//! Which documents are looked in: by collection, kind, day and name.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use vault::{Document, DocumentId, Filter};

use crate::Assistant;
use crate::choices::Scope;
use crate::error::AssistantError;

/// What documents must be to be looked in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Among these.
    pub scope: Scope,
    /// Of one of these kinds (`pdf`, `mail`); of any where none is named.
    pub kinds: Vec<String>,
    /// Of this time or later, Unix milliseconds: see [`dated`].
    pub from: Option<i64>,
    /// Of a time before this one, Unix milliseconds.
    pub until: Option<i64>,
}

impl Assistant {
    /// The filter that lets through what a narrowing names.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn filter_within(&self, narrowing: &Narrowing) -> Result<Filter, AssistantError> {
        let filter = Filter { kinds: narrowing.kinds.clone(), ..self.filter_of(&narrowing.scope)? };
        if narrowing.from.is_none() && narrowing.until.is_none() {
            return Ok(filter);
        }
        let dated = self.documents(&filter)?.into_iter().filter(|document| narrowing.holds_the_date_of(document));
        let mut documents: Vec<DocumentId> = dated.map(|document| document.id).collect();
        if documents.is_empty() {
            // An empty list would let all through, and no document has this number.
            documents.push(DocumentId(0));
        }
        Ok(Filter { documents, ..Filter::default() })
    }
}

impl Narrowing {
    fn holds_the_date_of(&self, document: &Document) -> bool {
        let dated = dated(document);
        self.from.is_none_or(|from| dated >= from) && self.until.is_none_or(|until| dated < until)
    }
}

/// The date of a document, Unix milliseconds: when its file was last changed, or, where it came from none, when it was added.
#[must_use]
pub fn dated(document: &Document) -> i64 {
    document.modified_at.unwrap_or(document.added_at)
}

/// Whether a document's name or title holds all these words, each somewhere. Accents and capitals do not count.
#[must_use]
pub fn is_named(document: &Document, words: &str) -> bool {
    let called = plain(&format!("{}\n{}", document.name, document.title));
    plain(words).split_whitespace().all(|word| called.contains(word))
}

fn plain(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use vault::DocumentState;

    use super::*;

    fn document(name: &str, modified_at: Option<i64>) -> Document {
        Document {
            id: DocumentId(1),
            name: name.into(),
            title: "Bail d’habitation".into(),
            kind: "pdf".into(),
            origin: None,
            bytes: 1,
            sha256: String::new(),
            modified_at,
            added_at: 50,
            state: DocumentState::Read,
            pages_read: 1,
            pages_total: 1,
            pages_ocr: 0,
            passages: 1,
            passages_waiting: 0,
            languages: Vec::new(),
            collections: Vec::new(),
            replaces: None,
            keeps_original: true,
            has_original: true,
        }
    }

    #[test]
    fn a_name_is_found_by_its_words_in_any_order_without_accents() {
        let lease = document("Loyer été 2024.pdf", None);
        for words in ["ete LOYER", "2024", "bail été", ""] {
            assert!(is_named(&lease, words), "{words}");
        }
        assert!(!is_named(&lease, "loyer 2023"));
    }

    #[test]
    fn a_document_is_of_its_files_date_or_of_the_day_it_was_added() {
        let from_ten_to_twenty = Narrowing { from: Some(10), until: Some(20), ..Narrowing::default() };
        let holds = |modified| from_ten_to_twenty.holds_the_date_of(&document("x", modified));
        assert_eq!([Some(9), Some(10), Some(19), Some(20), None].map(holds), [false, true, true, false, false]);
        let from_ten = Narrowing { from: Some(10), ..Narrowing::default() };
        assert!(from_ten.holds_the_date_of(&document("x", None)));
    }
}
