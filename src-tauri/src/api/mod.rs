//! The boundary to the page: types, commands, and what is generated from both.

#[macro_use]
mod command;
pub mod commands;
mod convert;
mod document_convert;
pub mod document_types;
pub mod types;
pub mod typescript;
