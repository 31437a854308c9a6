//! What a passage supports: rules that decide whether a sentence of an answer stands in the documents. No IO, no
//! models, no SQL; every function is total, and the same input gives the same output.
//!
//! # Method
//! A text is read once: lexemes, sentences, clauses, content words (stems in English and French, accents folded, stop
//! words out; a small list of general words, `data/lexicon.txt`, joins synonyms, translations and opposites), and
//! facts with comparable values. [`check`] then asks of each passage:
//! - **Facts.** Each number, date, time, name and reference of the sentence must stand there with the same value. One
//!   that does not, while another of its kind stands in its place, is contradicted; without such a rival it is
//!   missing.
//! - **Roles.** A fact that is there must be there beside the same words. How well its surroundings fit is the sum
//!   over the sentence's other words and facts, near ones weighing more, of how near they stand in the passage. A
//!   rival that fits much better, or two facts that fit better in each other's place, is a contradiction.
//! - **Yes and no.** Clause by clause, the run of clauses of the passage with most of the same words is sought, and
//!   negations are counted there and here, words with opposites ('refused', 'accepted') among them. An odd sum is a
//!   contradiction; a negation of the passage beside words that the sentence lacks leaves the verdict at `Partial` at
//!   best.
//! - **How many.** Quantity words on the same noun must agree; bounds ('at least') belong to the number beside them.
//! - **Words.** 40 % of the content words must stand there when a fact does, else 50 %. If sentence and passage are
//!   in different languages the facts are checked as always, and words count by the lexicon or by the caller's
//!   cosine, whichever is more: .82 (multilingual-e5-small) is nothing and .90 everything. Without a cosine a quarter
//!   of the words, by the lexicon, is needed.
//!
//! `Full` needs all of this in one passage, or in two neighbours of a document. A passage that contradicts outweighs
//! another that supports with no more of the sentence's words. [`answerable`] asks for a sentence that has, with its
//! surroundings and headings, 68 % of the question's words (rare ones weigh more, names half) and a fact of the kind
//! that is asked for.
//!
//! # Measured
//! With `cargo run --release -p evidence --example measure` on `tests/quality/evidence` (its README says how the set
//! was made), 24 November 2026: 64 passages, 384 sentences in the passage's language, half of them true ones with one
//! fact flipped, 32 in the other language, 259 questions with what a real hybrid retrieval gave for them. 'Held back'
//! is the third that was held back from tuning: totals were seen three times on the way (.926 before any tuning),
//! single misses once, at the end, for this column. Seven plain faults that it showed ('sept' read as September, 'thirty or more days') were then
//! repaired, which spent it (it would now read .991). So eight more passages were written after the last change of a
//! rule, and measured once: 'unseen'. In brackets Wilson intervals, 95 %.
//!
//! | | held back | unseen | used for tuning |
//! | --- | --- | --- | --- |
//! | balanced accuracy | .935 | .917 | .991 |
//! | true sentences kept | 49 of 54, .907 [.801, .960] | 22 of 24, .917 [.742, .977] | 114 of 114 |
//! | flips caught | 52 of 54, .963 [.875, .990] | 22 of 24, .917 [.742, .977] | 112 of 114 |
//! | number | 15 of 16 [.717, .989] | 7 of 7 [.646, 1] | 33 of 35 |
//! | date | 9 of 9 [.701, 1] | 3 of 3 [.438, 1] | 17 of 17 |
//! | name | 10 of 10 [.722, 1] | 3 of 3 [.438, 1] | 13 of 13 |
//! | negation | 12 of 13 [.667, .986] | 5 of 7 [.359, .918] | 29 of 29 |
//! | quantity word | 6 of 6 [.610, 1] | 4 of 4 [.510, 1] | 20 of 20 |
//! | other language: true kept, flips caught | 6 of 6, 5 of 6 | none written | 9 of 10, 10 of 10 |
//! | answerable, answered | 34 of 36, .944 [.819, .985] | 14 of 16, .875 [.640, .965] | 74 of 76 |
//! | unanswerable, refused | 32 of 38, .842 [.696, .926] | 15 of 16, .938 [.717, .989] | 68 of 77 |
//!
//! What is wanted: balanced accuracy .85 (reached), true sentences kept .90 (reached), flips of each kind caught .95
//! (numbers and negations stay below), near misses refused .90 (not reached: 47 of 54 unseen and held back),
//! answerable ones refused .10 at most (reached in sum, 4 of 52). The one who wrote the rules wrote the passages and
//! the lexicon too: documents by others will do worse.
//!
//! # Known misses
//! - Negation is the weakest: 'the company refunds hotel costs' passes where another clause says that a ticket is
//!   refunded, and a negation is not matched when its verb is a synonym that the lexicon lacks ('inclus', 'compris';
//!   'was cancelled', 'did not take place').
//! - Roles where both values stand in one phrase ('110 euros, at most 150 in Paris' for '110 in Paris'), and who does
//!   what to whom.
//! - A question whose every word stands in the passage in another sense ('when was it painted' beside a loan's dates,
//!   'after tax' beside 'before tax'), and 'what' questions, which ask for no kind of fact ('the cause of the
//!   damage').
//! - A sentence of two or three words that another document has too; conclusions ('twice a day' from 'morning and
//!   evening'); sums.
//! - A single name at the start of a sentence counts as a word, not as a name: its flip makes fewer words covered, no
//!   contradiction.
//! - Synonyms outside the lexicon; languages other than English and French are checked by facts and equal words only.
//! - An invented sentence without facts that uses the passage's words.

mod actors;
mod amount;
mod answer;
mod check;
mod dates;
mod facts;
mod identifiers;
mod kinds;
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
mod together;

pub use amount::Amount;
pub use answer::{Answerable, Extract, Why, answerable, extract};
pub use check::{Contradiction, Passage, Reason, Support, Verdict, check};
pub use facts::{Bound, Date, Fact, Quantity, Unit, Value, facts};
pub use question::Asked;
pub use quotes::{quotes, verbatim};
pub use sentences::sentences;
pub use text::Language;
