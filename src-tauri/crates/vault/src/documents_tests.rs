//! What holds for the library's documents, pages and originals.

use crate::documents::NewDocument;

/// A document whose bytes are its name.
pub(crate) fn new_document(name: &str) -> NewDocument<'_> {
    use sha2::Digest as _;
    NewDocument {
        name,
        kind: "pdf",
        origin: None,
        bytes: name.len() as u64,
        sha256: sha2::Sha256::digest(name.as_bytes()).into(),
        modified_at: None,
        keeps_original: true,
    }
}
