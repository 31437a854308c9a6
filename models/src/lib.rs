//! Model files: which ones Tacit knows, where they are looked for, which one is taken, and whether a file is what it says it is.
//!
//! This library reads folders, the first bytes of files and, when asked, a whole file to hash it. It never opens a socket, never starts a
//! program and never looks inside a GGUF file beyond its magic and version: a model file may be hostile, and the only process that parses
//! one is the engine, which has nothing to steal.
//!
//! ```no_run
//! use std::path::Path;
//!
//! let places = models::Places::from_environment(Path::new("/home/ada/.local/share/tacit"));
//! let catalogue = models::Catalogue::builtin()?;
//! let model = models::choose(None, &places, &catalogue)?;
//! println!("{}", model.path.display());
//! # Ok::<(), models::ModelsError>(())
//! ```

mod catalogue;
mod error;
mod find;
mod places;
mod verify;

pub use catalogue::{Catalogue, Choice, Embedding, Model, Normalisation, Package, Pooling, Purpose};
pub use error::{ModelsError, shown};
pub use find::{Findings, Found, PassedOver, choose, choose_embedding, find};
pub use places::{Places, search_folders};
pub use verify::{Provenance, sha256, verify};
