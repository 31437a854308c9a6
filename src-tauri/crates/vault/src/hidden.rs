//! How a value that must not be read in a log prints itself: by its size.

use std::fmt;

/// Prints as `<12 bytes>`, whatever the bytes are.
pub(crate) struct Hidden(pub(crate) usize);

impl Hidden {
    pub(crate) fn text(text: &str) -> Self {
        Self(text.len())
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<{} bytes>", self.0)
    }
}
