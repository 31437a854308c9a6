//! `tacit-reader`: the parsers of documents, in a process of their own.
fn main() {}
