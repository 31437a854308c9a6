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
//!   negations are counted there and here, words with opposites ('refused', 'accepted') and 'before' for 'after' among
//!   them. An odd sum is a contradiction. A negation counts where it governs a word of the clause or all that the two
//!   share; an exception ('except', 'sauf', 'unless') turns what it excepts and nothing else; 'not before 1 July' is a
//!   bound. A negation beside words that the other lacks leaves the verdict at `Partial` at best.
//! - **How many.** Quantity words on the same noun must agree; bounds ('at least') belong to the number beside them.
//! - **Together.** What a clause of the sentence shares with the passage must stand in one sentence of it, with its
//!   heading and, where it goes on with 'it' or 'she', the sentence before. Words, values and above all names from
//!   elsewhere, a reason ('because') where the passage gives none, and another actor of the same act (the active and
//!   'by' in the passive are read) leave `Partial` at best.
//! - **Words.** 40 % of the content words must stand there when a fact does, else 50 %. If sentence and passage are
//!   in different languages the facts are checked as always, and words count by the lexicon or by the caller's
//!   cosine, whichever is more: .82 (multilingual-e5-small) is nothing and .90 everything. Without a cosine a quarter
//!   of the words, by the lexicon, is needed.
//!
//! `Full` needs all of this in one passage, or in two neighbours of a document. A passage that contradicts outweighs
//! another that supports with no more of the sentence's words. [`answerable`] asks for a sentence that has, with its
//! surroundings and headings, 68 % of the question's words (rare ones weigh more, names half), most of them itself, and
//! in it what is asked for: a date or a time ('when'), a number that counts the noun, a sum, an age, someone other than
//! the question names who does it ('who'), a name beside the office, a place, a word that says why.
//!
//! # Measured
//! With `cargo run --release -p evidence --example measure` on `tests/quality/evidence` (its README says how the set
//! was made), 24 November 2026. The second set, 24 passages, was written before the rules were last changed, and a hash
//! held half of it back: its misses were never looked at one by one, its totals six times on the way. 'Before' is that
//! half under the earlier rules. The other half, the first set (64 passages), and 185 sentences and 91 questions that
//! were made up on the way and not kept were tuned on. In brackets Wilson intervals, 95 %; the example prints each kind by
//! language.
//!
//! | | held back | before | used for tuning |
//! | --- | --- | --- | --- |
//! | balanced accuracy | .865 | .856 | .986 |
//! | true sentences kept | 43 of 52, .827 [.703, .906] | 44 of 52 | 240 of 243 |
//! | flips caught | 47 of 52, .904 [.794, .958] | 45 of 52 | 239 of 243 |
//! | number | 9 of 9 [.701, 1] | 8 of 9 | 60 of 63 |
//! | date | 4 of 4 [.510, 1] | 4 of 4 | 35 of 35 |
//! | name | 5 of 5 [.566, 1] | 5 of 5 | 33 of 33 |
//! | negation | 23 of 27 [.675, .941] | 22 of 27 | 76 of 77 |
//! | quantity word | 6 of 7 [.487, .974] | 6 of 7 | 35 of 35 |
//! | true, English, French | 20 of 27, 23 of 25 | 23 of 27, 21 of 25 | 125 of 127, 115 of 116 |
//! | other language: true kept, flips caught | none written | none written | 16 of 16, 16 of 16 |
//! | invented, not fully supported | 18 of 24, .750 [.551, .880] | 8 of 24 | 23 of 24 |
//! | answerable, answered | 20 of 24, .833 [.641, .933] | 17 of 24 | 147 of 152 |
//! | unanswerable, refused | 32 of 36, .889 [.747, .956] | 28 of 36 | 158 of 167 |
//!
//! What is wanted: balanced accuracy .85 (reached), true sentences kept .90 (not reached on what was held back),
//! flips of each kind caught .95 (negations and quantity words stay below), near misses refused .90 (not reached: 32 of
//! 36), answerable ones refused .10 at most (not reached: 4 of 24). The second set is harder than the first: half of its
//! flips are negations, and its true sentences say with other words what the passage denies. The one who wrote the
//! rules wrote the passages and the lexicon too: documents by others will do worse.
//!
//! # Known misses
//! - Negation is the weakest: a denial in other words ('postponed' for 'no decision was taken', 'no longer valid' for
//!   'revoked'), and 'the company refunds hotel costs' where another clause says that a ticket is refunded.
//! - Roles where both values stand in one phrase ('110 euros, at most 150 in Paris' for '110 in Paris'), 'three of
//!   them' beside another number, and who does what to whom where the act is in other words or the actor no known word
//!   for one ('alcohol raises', 'is ordered to pay').
//! - A question whose every word stands in the passage in another sense ('when was it painted' beside a loan's dates),
//!   and 'what' questions, which ask for no kind of fact. A question that another of the documents answers ('how much
//!   are the fees') counts as answerable.
//! - A sentence of two or three words that another document has too; conclusions ('twice a day' from 'morning and
//!   evening'); sums.
//! - A single name at the start of a sentence counts as a word, not as a name, unless the passage has it as one.
//! - Synonyms outside the lexicon; languages other than English and French are checked by facts and equal words only.
//! - An invented sentence whose words stand in one sentence of the passage, or in two where the second goes on with
//!   'it'; an actor beside values of his own next sentence.

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
