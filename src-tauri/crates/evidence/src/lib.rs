//! What a passage supports.

mod amount;
mod answer;
mod check;
mod dates;
mod facts;
mod identifiers;
mod lexicon;
mod matching;
mod measures;
mod names;
mod polarity;
mod question;
mod quotes;
mod reading;
mod sentences;
mod stance;
mod text;

pub use amount::Amount;
pub use answer::{Answerable, Extract, Why, answerable, extract};
pub use check::{Contradiction, Passage, Reason, Support, Verdict, check};
pub use facts::{Bound, Date, Fact, Quantity, Unit, Value, facts};
pub use question::Asked;
pub use quotes::{quotes, verbatim};
pub use sentences::sentences;
pub use text::Language;
