//! What an answer about documents rests on: gathered before the model writes, checked after.
//!
//! The model is never asked whether the documents answer a question, which passage a sentence comes from, or whether a quotation is
//! right. Retrieval finds the passages, and rules (crate `evidence`) decide and check.

use std::fmt;
use std::ops::Range;

use evidence::{Passage, Support, check, quotes, sentences, verbatim};
use reader::wire::Why;
use serde::{Deserialize, Serialize};
use vault::{ChatId, DocumentId, MessageId};

use crate::Assistant;
use crate::choices::Scope;
use crate::error::{AssistantError, Kind};
use crate::library::{Hit, layout_of, marks_in, place, units};

/// Passages that are found for a question.
const GATHERED: usize = 12;
/// Passages that a question is answered from.
const ANSWERED_FROM: usize = 8;
/// Sentences of the documents that are shown before the model writes.
const QUOTED: usize = 2;
/// A question of fewer content words leans on the one before it.
const LEANS: usize = 4;

/// What an answer about documents rests on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Evidence {
    /// Whether the documents answer the question; if not the passages are the nearest there are.
    pub answered: bool,
    /// The passages, in the order of their numbers.
    pub passages: Vec<Cited>,
    /// The sentences of the answer that were checked, in order.
    pub sentences: Vec<CheckedSentence>,
}

/// A passage that is cited. Its words are not kept: they are read from its page, so that nothing of a removed document stays.
#[derive(Clone, Serialize, Deserialize)]
pub struct Cited {
    /// The number it is cited by, from 1.
    pub n: u32,
    /// Its document.
    pub document: DocumentId,
    /// Its page, counted from 0.
    pub page: u32,
    /// Which bytes of the page's text.
    pub span: Range<usize>,
    /// Its place among those found by their words, from 1; nothing where it was not.
    pub by_words: Option<u32>,
    /// Its place among those found by their meaning, from 1; nothing where it was not.
    pub by_meaning: Option<u32>,
    /// The same in UTF-16 units, as pages on a screen count.
    #[serde(skip)]
    pub units: (u32, u32),
    /// That document's name.
    #[serde(skip)]
    pub name: String,
    /// What the page is called.
    #[serde(skip)]
    pub label: String,
    /// Its words.
    #[serde(skip)]
    pub text: String,
    /// The headings above it.
    #[serde(skip)]
    pub heading: String,
    /// Whether it was read from a picture.
    #[serde(skip)]
    pub ocr: bool,
    /// Why parts of it are not what the page shows.
    #[serde(skip)]
    pub marks: Vec<Why>,
    /// Whether the document was removed since.
    #[serde(skip)]
    pub gone: bool,
}

/// A sentence of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedSentence {
    /// Which bytes of the answer.
    pub span: Range<usize>,
    /// Whether the passages say so.
    pub support: Said,
    /// The numbers of the passages that do, the best first.
    pub citations: Vec<u32>,
    /// Bytes of the answer (numbers, dates, names) that the passages do not hold.
    pub missing: Vec<Range<usize>>,
    /// Quotations in it, and the number of the passage in which each stands letter by letter.
    pub quotes: Vec<(Range<usize>, Option<u32>)>,
}

/// Whether passages say what a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// All of it.
    Full,
    /// A part of it.
    Partial,
    /// Nothing of it.
    None,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("answered", &self.answered)
            .field("passages", &self.passages.len())
            .field("sentences", &self.sentences.len())
            .finish()
    }
}

impl fmt::Debug for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cited({}, document {}, page {})", self.n, self.document, self.page)
    }
}

/// What was gathered for a question.
pub(crate) struct Gathered {
    pub evidence: Evidence,
    /// The sentences of the documents that come nearest to an answer: the passage's place, and bytes of its text.
    quoted: Vec<(usize, Range<usize>)>,
}

impl Assistant {
    /// Finds the passages for the newest question of a chat, and decides whether they answer it. Needs no chat model.
    pub(crate) fn gather(
        &self,
        question: &str,
        earlier: Option<&str>,
        scope: &Scope,
    ) -> Result<Gathered, AssistantError> {
        let asked = in_context(question, earlier);
        let filter = self.filter_of(scope)?;
        let hits = self.search_documents(&asked, &filter, GATHERED)?;
        let passages: Vec<Passage<'_>> = hits.iter().map(passage_of).collect();
        let scores: Vec<f32> = hits.iter().map(|hit| hit.similarity.unwrap_or(0.0)).collect();
        let verdict = evidence::answerable(&asked, &passages, &scores);
        let mut order = verdict.passages;
        order.extend((0..hits.len()).filter(|at| !order.contains(at)).collect::<Vec<_>>());
        order.truncate(ANSWERED_FROM);
        let quoted = if verdict.yes { quoted(&asked, &passages, &order) } else { Vec::new() };
        let mut cited: Vec<Cited> = Vec::new();
        for at in order {
            cited.extend(hits.get(at).map(|hit| cited_as(cited.len(), hit)));
        }
        tracing::info!(found = hits.len(), answered = verdict.yes, why = ?verdict.why, "passages gathered");
        let evidence = Evidence { answered: verdict.yes, passages: cited, sentences: Vec::new() };
        let mut gathered = Gathered { evidence, quoted };
        // What is quoted is known to stand there before the model writes. No meaning is needed to see that.
        gathered.evidence.sentences = checked(&gathered.evidence.passages, &gathered.opening(), |_| Ok(Vec::new()))?;
        Ok(gathered)
    }

    /// Checks every sentence of an answer.
    pub(crate) fn check_answer(&self, gathered: &mut Gathered, answer: &str) -> Result<(), AssistantError> {
        // Only now: the passages are shown before, and do not wait for their vectors.
        let embedder = self.library.embedder(&self.home)?;
        let vectors = match &embedder {
            Some(embedder) => {
                embedder.passages(gathered.evidence.passages.iter().map(|passage| passage.text.as_str()))?
            }
            None => Vec::new(),
        };
        let similarity = |sentence: &str| match &embedder {
            Some(embedder) => Ok(similarities(&embedder.passages(std::iter::once(sentence))?, &vectors)),
            None => Ok(Vec::new()),
        };
        gathered.evidence.sentences = checked(&gathered.evidence.passages, answer, similarity)?;
        Ok(())
    }

    /// What an answer rests on, with the words of its passages; nothing where it rests on no document.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn evidence(&self, chat: ChatId, message: MessageId) -> Result<Option<Evidence>, AssistantError> {
        let Some(kept) = self.vault(chat, |vault| vault.evidence(message))? else { return Ok(None) };
        let mut evidence: Evidence =
            serde_json::from_str(&kept).map_err(|_| AssistantError::Internal("an answer's evidence"))?;
        for cited in &mut evidence.passages {
            self.fill(cited)?;
        }
        Ok(Some(evidence))
    }

    /// Reads the words of a passage from its page.
    fn fill(&self, cited: &mut Cited) -> Result<(), AssistantError> {
        let read = self.stored(|vault| {
            let passages = vault.passages_of_page(cited.document, cited.page)?;
            Ok((vault.document(cited.document)?, vault.page(cited.document, cited.page)?, passages))
        });
        let (document, page, passages) = match read {
            Ok(read) => read,
            Err(error) if error.kind() == Kind::NotFound => {
                cited.gone = true;
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let Some(text) = page.text.get(cited.span.clone()) else {
            cited.gone = true;
            return Ok(());
        };
        text.clone_into(&mut cited.text);
        cited.units = units(&page.text, &cited.span);
        let passage = passages.into_iter().find(|passage| passage.span == cited.span);
        cited.heading = passage.map(|passage| passage.heading).unwrap_or_default();
        cited.name = document.name;
        cited.label = page.summary.label;
        cited.ocr = page.summary.ocr;
        cited.marks = marks_in(&layout_of(&page.layout).marks, &cited.span);
        Ok(())
    }
}

impl Gathered {
    /// Sentences of the documents that come nearest to an answer, as Markdown: what is shown before the model writes.
    pub(crate) fn opening(&self) -> String {
        let quotes = self.quoted.iter().filter_map(|(at, span)| {
            let text = self.evidence.passages.get(*at)?.text.get(span.clone())?;
            Some(format!("> {}\n\n", as_text(text)))
        });
        quotes.collect()
    }

    /// What the model is asked: the passages, then the question.
    pub(crate) fn prompt(&self, question: &str) -> String {
        let mut prompt = String::from(PASSAGES);
        for passage in &self.evidence.passages {
            let text = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let heading = if passage.heading.is_empty() { String::new() } else { format!(" ({})", passage.heading) };
            let place = place(passage.page, &passage.label);
            prompt.extend([&passage.name, ", ", &place, &heading, ": ", &text, "\n"]);
        }
        prompt + QUESTION + question
    }
}

const PASSAGES: &str = "Passages from the person's documents:\n";
const QUESTION: &str =
    "\nAnswer in one or two sentences, only from these passages, in the language of the question. Question: ";

/// A question that leans on the one before it is looked for together with that.
fn in_context(question: &str, earlier: Option<&str>) -> String {
    let words =
        question.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3).count();
    match earlier {
        Some(earlier) if words < LEANS => format!("{earlier} {question}"),
        _ => question.to_owned(),
    }
}

fn passage_of(hit: &Hit) -> Passage<'_> {
    let place = (
        hit.document.0.unsigned_abs(),
        hit.page.saturating_mul(1_000).saturating_add(u32::try_from(hit.span.start / 64).unwrap_or(0)),
    );
    Passage { text: &hit.text, place, heading: &hit.heading }
}

/// The best sentences, each from another passage, and where that stands in `order`.
fn quoted(asked: &str, passages: &[Passage<'_>], order: &[usize]) -> Vec<(usize, Range<usize>)> {
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for extract in evidence::extract(asked, passages) {
        let Some(at) = order.iter().position(|passage| *passage == extract.passage) else { continue };
        if found.len() < QUOTED && !found.iter().any(|(there, _)| *there == at) {
            found.push((at, extract.span));
        }
    }
    found
}

fn cited_as(before: usize, hit: &Hit) -> Cited {
    Cited {
        n: u32::try_from(before + 1).unwrap_or(u32::MAX),
        document: hit.document,
        page: hit.page,
        span: hit.span.clone(),
        by_words: hit.by_words,
        by_meaning: hit.by_meaning,
        units: hit.units,
        name: hit.name.clone(),
        label: hit.label.clone(),
        text: hit.text.clone(),
        heading: hit.heading.clone(),
        ocr: hit.ocr,
        marks: hit.marks.clone(),
        gone: false,
    }
}

/// The number of an item is no sentence.
pub(crate) fn says_something(sentence: &str) -> bool {
    sentence.chars().filter(|c| c.is_alphanumeric()).count() > 2
}

fn similarities(sentence: &[Vec<f32>], passages: &[Vec<f32>]) -> Vec<f32> {
    let Some(sentence) = sentence.first() else { return Vec::new() };
    passages.iter().map(|passage| sentence.iter().zip(passage).map(|(a, b)| a * b).sum()).collect()
}

/// The sentences of an answer, checked; `similarity` gives the cosine of a sentence and each passage, or nothing.
fn checked(
    passages: &[Cited],
    answer: &str,
    similarity: impl Fn(&str) -> Result<Vec<f32>, AssistantError>,
) -> Result<Vec<CheckedSentence>, AssistantError> {
    let mut checked = Vec::new();
    for span in sentences(answer, None) {
        let Some(sentence) = answer.get(span.clone()).filter(|sentence| says_something(sentence)) else {
            continue;
        };
        checked.push(one_sentence(passages, sentence, &span, &similarity(sentence)?));
    }
    Ok(checked)
}

fn one_sentence(passages: &[Cited], sentence: &str, span: &Range<usize>, similarity: &[f32]) -> CheckedSentence {
    let inside = |part: &Range<usize>| span.start + part.start..span.start + part.end;
    let found: Vec<(Range<usize>, Option<u32>)> = quotes(sentence)
        .into_iter()
        .map(|quote| {
            let text = sentence.get(quote.clone()).unwrap_or_default();
            let passage = passages.iter().find(|cited| verbatim(text, &cited.text).is_some()).map(|cited| cited.n);
            (inside(&quote), passage)
        })
        .collect();
    // What is a quotation from end to end stands there, whatever else the passages say.
    if let Some(there) = found.iter().find(|(quote, _)| is_most(quote, span)).and_then(|(_, passage)| *passage) {
        let span = span.clone();
        return CheckedSentence {
            span,
            support: Said::Full,
            citations: vec![there],
            missing: Vec::new(),
            quotes: found,
        };
    }
    let plain: Vec<Passage<'_>> = passages
        .iter()
        .map(|cited| Passage {
            text: &cited.text,
            place: (cited.document.0.unsigned_abs(), cited.n * 2),
            heading: &cited.heading,
        })
        .collect();
    let verdict = check(sentence, &plain, (!similarity.is_empty()).then_some(similarity));
    let number = |at: usize| passages.get(at).map(|cited| cited.n);
    let support = match verdict.support {
        Support::Full => Said::Full,
        Support::Partial => Said::Partial,
        Support::None => Said::None,
    };
    let citations =
        if support == Said::None { Vec::new() } else { verdict.passages.iter().filter_map(|at| number(*at)).collect() };
    let missing = verdict.missing.iter().map(|fact| inside(&fact.span)).collect();
    CheckedSentence { span: span.clone(), support, citations, missing, quotes: found }
}

/// Whether a part is all of a sentence, but for marks around it.
fn is_most(part: &Range<usize>, sentence: &Range<usize>) -> bool {
    /// '> ' and quotation marks of three bytes each.
    const MARKS: usize = 8;
    part.len() + MARKS >= sentence.len()
}

/// Text of a document as Markdown that shows it letter by letter, on one line.
pub(crate) fn as_text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().fold(String::with_capacity(line.len()), |mut out, c| {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' | '&' | '!') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(n: u32, text: &str) -> Cited {
        Cited {
            n,
            document: DocumentId(1),
            page: 0,
            span: 0..text.len(),
            by_words: Some(n),
            by_meaning: None,
            units: (0, 0),
            name: "lease.pdf".into(),
            label: String::new(),
            text: text.into(),
            heading: String::new(),
            ocr: false,
            marks: Vec::new(),
            gone: false,
        }
    }

    #[test]
    fn a_sentence_is_cited_by_the_passage_that_says_it_and_a_changed_number_by_none() {
        let passages =
            [cited(1, "The cellar is not let."), cited(2, "The rent is 900 euros a month, due on the first.")];
        let right = one_sentence(&passages, "The rent is 900 euros a month.", &(10..40), &[]);
        assert_eq!((right.support, right.citations.first()), (Said::Full, Some(&2)));
        let wrong = one_sentence(&passages, "The rent is 800 euros a month.", &(10..40), &[]);
        assert_ne!(wrong.support, Said::Full);
    }

    #[test]
    fn a_quotation_is_found_letter_by_letter_or_not_at_all() {
        let passages = [cited(1, "The cellar is not let.")];
        let said = "It says “The cellar is not let.” and “The cellar is let.”";
        let checked = one_sentence(&passages, said, &(0..said.len()), &[]);
        let found: Vec<_> = checked.quotes.iter().map(|(_, passage)| *passage).collect();
        assert_eq!(found, [Some(1), None]);
    }

    #[test]
    fn a_sentence_that_is_quoted_from_end_to_end_is_supported_whatever_the_other_passages_say() {
        let clause = "The tenant may end the lease on 31 March; the landlord may not end it, unless clause 7 applies.";
        let passages = [cited(1, "The landlord may end the lease by a letter."), cited(2, clause)];
        let said = format!("> {clause}");
        let checked = one_sentence(&passages, &said, &(0..said.len()), &[]);
        assert_eq!((checked.support, checked.citations), (Said::Full, vec![2]));
        // A part of a sentence that is quoted does not bear out the rest.
        let said =
            "“The tenant may end the lease on 31 March”, for which 9,000 euros are paid to the landlord in June.";
        assert_ne!(one_sentence(&passages, said, &(0..said.len()), &[]).support, Said::Full);
    }

    #[test]
    fn nothing_in_a_document_becomes_markup() {
        assert_eq!(as_text("a *b*\n[x](http://y) <img>"), "a \\*b\\* \\[x\\](http://y) \\<img\\>");
    }

    #[test]
    fn the_words_of_a_passage_are_not_kept_with_the_answer() {
        let evidence = Evidence { answered: true, passages: vec![cited(1, "canary")], sentences: Vec::new() };
        assert!(!serde_json::to_string(&evidence).unwrap().contains("canary"));
        assert!(!format!("{evidence:?}").contains("canary"));
    }
}
