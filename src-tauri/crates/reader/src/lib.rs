//! Documents to text with positions, seen from the programs that want to read one.
//!
//! [`wire`] says what travels between a program and its `tacit-reader`; [`Reader`] starts one, hands it a document and asks for its pages.
//!
//! This crate never knows the vault, models or windows, and never links a parser: a hostile document lands in a process that holds
//! nothing else, and a crash there ends that document alone.

mod client;
mod error;
mod watch;
pub mod wire;

pub use client::{About, Attempted, Reader};
pub use error::ReaderError;
pub use watch::Ender;
