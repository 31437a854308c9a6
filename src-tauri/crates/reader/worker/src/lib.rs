//! The parsers of documents.
