//! The parsers of documents: from bytes to [`reader::wire`]'s pages, and to pictures of them.
//!
//! This crate opens nothing: it is handed bytes, and gives back values. What a document says reaches no log.

pub mod attempts;
pub mod document;
pub mod flow;
pub mod formats;
pub mod marks;
pub mod ocr;
pub mod pdf;
pub mod scan;
pub mod serve;
