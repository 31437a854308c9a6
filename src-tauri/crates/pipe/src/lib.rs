//! How the programs of Tacit speak with their workers: [`frame`]s on stdin and stdout, and a [`Worker`] started with nothing else.
//!
//! It knows no worker's messages; `engine` and `reader` have those.

pub mod frame;
mod worker;

pub use worker::{Worker, beside, ending};
