//! Inference, seen from the programs that want an answer.
//!
//! [`wire`] says what travels between a program and its `tacit-engine`, and [`Engine`] starts the worker, speaks with it and notices when it ends.
//!
//! This crate never knows the vault, documents or windows, and never links llama.cpp: a crash there
//! ends a process, not the program that holds the key.

mod client;
mod error;
mod generation;
pub mod wire;

pub use client::{Engine, EngineOptions, Starting};
pub use error::EngineError;
pub use generation::{Canceller, Generation, Step};
