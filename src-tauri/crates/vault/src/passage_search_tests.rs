//! What a search over passages finds.
