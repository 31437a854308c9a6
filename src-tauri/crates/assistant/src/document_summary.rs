//! A summary of a document of the library: points that stand in it, each with its page, and a receipt that is counted.
//!
//! The text of all pages is cut into parts, and a model writes a few sentences about each. Each sentence is checked against the passages
//! of its part (crate `evidence`); one that they do not bear out wholly is withheld. Where too few are left, sentences of the document
//! are taken as they stand. What is kept of each part stays in the vault, so a run that was cut off goes on where it was. No model joins
//! what was checked: the points are chosen and put in order by rule. Without a model all of them are the document's own sentences.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use engine::wire::Sampling;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use vault::{ChatId, DocumentId, MessageId, Provenance, State};

use crate::Assistant;
use crate::answer::{milliseconds, random_seed};
use crate::checked_sentences::{Checked, checked};
use crate::choices::{Choices, Scope};
use crate::conversation;
use crate::error::AssistantError;
use crate::events::{Basis, Event, Stop};
use crate::evidence::{CheckedSentence, Cited, Evidence, Said, as_text};
use crate::library::hexadecimal;
use crate::model::Model;
use crate::parts::{Part, cut};
use crate::points::{Point, Source, central, choose, choose_by_section, verbatim};
use crate::receipt::Receipt;
use crate::summary::{Summary, Work, part_tokens};
use crate::text;
use crate::whole::{Whole, innermost};

/// Of the prompts and of the checks: with another one what is kept of parts does not count.
const VERSION: &str = "1";
/// Points of a section in a summary by section.
const OF_A_SECTION: usize = 3;

const ENGLISH: &str = "List the most important points of this part of a document, each as one short sentence in English. \
    Keep names, numbers and dates exactly as they are.\n\n";
const FRENCH: &str = "Dresse la liste des points les plus importants de cette partie d'un document, chacun en une phrase courte en \
    français. Garde les noms, les nombres et les dates tels quels.\n\n";

/// How long a summary is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// Five points.
    Short,
    /// Twelve points.
    #[default]
    Medium,
    /// Thirty points.
    Long,
    /// Some points for each section, below its heading.
    BySection,
}

/// What a person wants of a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// How long it is.
    pub length: Length,
    /// Its language, `en` or `fr`; that of the document without it. Sentences that are taken as they stand stay as they are.
    pub language: Option<String>,
    /// Take sentences of the document only, and ask no model.
    pub rules_only: bool,
}

/// A summary of a document, what it rests on, and what it covers.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentSummary {
    /// The summary and what it cost. Of one made by rules alone no tokens are known, and it has no parts.
    #[serde(flatten)]
    pub summary: Summary,
    /// The document.
    pub document: DocumentId,
    /// Parts that an earlier run had read.
    pub parts_kept: u32,
    /// Its points and the passages that they rest on.
    #[serde(flatten)]
    pub basis: Basis,
    /// What it covers and what it leaves out.
    pub receipt: Receipt,
}

/// What a model wrote about a part, checked, as the vault keeps it.
#[derive(Default, Serialize, Deserialize)]
struct PartKept {
    points: Vec<(String, Vec<Source>)>,
    withheld: u64,
}

/// What the parts gave.
#[derive(Default)]
struct Read {
    points: Vec<Point>,
    withheld: u64,
    parts: u32,
    parts_kept: u32,
    parallel: u32,
    text_tokens: u64,
    /// Tokens read and written.
    cost: (u64, u64),
}

impl Assistant {
    /// Summarises a document of the library and keeps the summary as a chat about it.
    ///
    /// # Errors
    /// When there is no such document, it has no text, the vault cannot be written, the engine ends, or the person stops it. What was read
    /// until then is kept, and the next call goes on there.
    pub fn summarize_document(
        &self,
        document: DocumentId,
        wish: &Wish,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<DocumentSummary, AssistantError> {
        let begun = Instant::now();
        let whole = self.whole(document, stop)?;
        let model =
            if wish.rules_only { None } else { Some(self.model(&mut |permille| events(Event::Loading { permille }))?) };
        let sampling = Sampling { temperature: 0.2, seed: random_seed()?, ..Sampling::default() };
        let mut provenance = match &model {
            Some(model) => model.provenance(&sampling)?,
            None => by_rules(),
        };
        let (chat, question) = self.begin_summary(&whole)?;
        let _answering = self.running.begin(chat, stop)?;
        events(Event::Accepted { chat, message: question });
        let message = self.stored(|vault| vault.begin_answer(chat, question, &provenance))?;
        events(Event::Begun { message });
        let made = match &model {
            Some(model) => self.read_parts(&whole, model, wish, sampling, stop, events),
            None => Ok(Read { points: verbatim(&whole), ..Read::default() }),
        };
        let read = match made {
            Ok(read) => read,
            Err(error) => {
                let state = if matches!(error, AssistantError::Stopped) { State::Stopped } else { State::Interrupted };
                self.stored(|vault| vault.finish_answer(message, state, &provenance)).ok();
                return Err(error);
            }
        };
        provenance.prompt_tokens = u32::try_from(read.cost.0).unwrap_or(u32::MAX);
        provenance.completion_tokens = u32::try_from(read.cost.1).unwrap_or(u32::MAX);
        if let Some(model) = &model {
            provenance.model_sha256 = model.sha256();
        }
        let made = self.join(&whole, read, wish, (chat, message), &provenance)?;
        events(Event::Token { text: made.summary.summary.clone() });
        Ok(made.that_took(begun.elapsed()))
    }

    /// Chooses among what was read, and keeps the summary in its place.
    fn join(
        &self,
        whole: &Whole,
        read: Read,
        wish: &Wish,
        (chat, message): (ChatId, MessageId),
        provenance: &Provenance,
    ) -> Result<DocumentSummary, AssistantError> {
        let language = wish.language.as_deref().unwrap_or_else(|| whole.language());
        let points = chosen(whole, read.points, wish.length);
        let receipt = Receipt::of(whole, &points, read.withheld);
        let by_section = wish.length == Length::BySection;
        let (answer, evidence) = written(whole, &points, by_section, &receipt.in_words(language));
        let basis = self.keep_summary(chat, message, &answer, &evidence, provenance)?;
        tracing::info!(document = whole.document.id.0, points = points.len(), withheld = read.withheld, "summarised");
        let text_bytes = whole.text.len() as u64;
        let summary = Summary {
            r#type: "done",
            chat,
            message,
            state: State::Complete,
            summary: answer,
            text_bytes,
            covered_bytes: text_bytes,
            text_tokens: read.text_tokens,
            parts: read.parts,
            parallel: read.parallel,
            prompt_tokens: read.cost.0,
            completion_tokens: read.cost.1,
            total_ms: 0.0,
        };
        Ok(DocumentSummary { summary, document: whole.document.id, parts_kept: read.parts_kept, basis, receipt })
    }

    fn begin_summary(&self, whole: &Whole) -> Result<(ChatId, MessageId), AssistantError> {
        let name = text::shown(&whole.document.name);
        let title = conversation::title(&format!("Summary of {name}"));
        let request = format!("Summarise {name} ({} pages).", whole.document.pages_total);
        let scope = Scope { documents: vec![whole.document.id], ..Scope::default() };
        let choices = Choices { scope: Some(scope), ..Choices::default() };
        self.stored(|vault| {
            let (chat, question) = vault.start_chat(&title, &request)?;
            vault.set_choices(chat, &choices.written())?;
            Ok((chat, question))
        })
    }

    /// Has the model read the parts that nobody has read yet, and checks what it writes.
    fn read_parts(
        &self,
        whole: &Whole,
        model: &Model,
        wish: &Wish,
        sampling: Sampling,
        stop: &Stop,
        events: &mut dyn FnMut(Event),
    ) -> Result<Read, AssistantError> {
        let engine = &model.engine;
        let language = wish.language.as_deref().unwrap_or_else(|| whole.language());
        let parts = cut(&whole.text, part_tokens(engine), &mut |pieces| Ok(engine.count(pieces)?))?;
        let made_by = model.sha256().unwrap_or_else(|| model.name());
        let ranges = ranges(&parts);
        let keys: Vec<String> = parts.iter().map(|part| key(&made_by, language, part.text)).collect();
        let mut kept: Vec<Option<PartKept>> = Vec::new();
        for key in &keys {
            let body = self.stored(|vault| vault.derived(whole.document.id, key))?;
            kept.push(body.and_then(|body| serde_json::from_str(&body).ok()));
        }
        let parts_kept = kept.iter().flatten().count();
        let waiting: Vec<usize> = (0..parts.len()).filter(|at| matches!(kept.get(*at), Some(None))).collect();
        let instruction = if language == "fr" { FRENCH } else { ENGLISH };
        let prompts = waiting.iter().filter_map(|at| parts.get(*at)).map(|part| format!("{instruction}{}", part.text));
        let of = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
        let mut work = Work::new(engine, sampling, stop, events, of);
        let translated = language != whole.language();
        work.side_by_side(prompts.collect(), &mut |index, summary| {
            let Some(at) = waiting.get(index).copied() else { return Ok(()) };
            let (Some(range), Some(key)) = (ranges.get(at), keys.get(at)) else { return Ok(()) };
            let part = PartKept::of(checked(whole, range, &summary, translated));
            let body = serde_json::to_string(&part).map_err(|_| AssistantError::Internal("a part of a summary"))?;
            self.stored(|vault| vault.keep_derived(whole.document.id, key, &body))?;
            if let Some(place) = kept.get_mut(at) {
                *place = Some(part);
            }
            Ok(())
        })?;
        let mut read = gathered(whole, &ranges, kept, wish.length);
        read.text_tokens = parts.iter().map(|part| u64::from(part.tokens)).sum();
        read.parts_kept = u32::try_from(parts_kept).unwrap_or(u32::MAX);
        (read.cost, read.parallel) = (work.cost, work.parallel);
        Ok(read)
    }

    /// Keeps the answer with what it rests on.
    fn keep_summary(
        &self,
        chat: ChatId,
        message: MessageId,
        answer: &str,
        evidence: &Evidence,
        provenance: &Provenance,
    ) -> Result<Basis, AssistantError> {
        let body = serde_json::to_string(evidence).map_err(|_| AssistantError::Internal("an answer's evidence"))?;
        self.stored(|vault| {
            vault.grow_answer(message, answer, &[])?;
            vault.set_evidence(message, &body)?;
            vault.finish_answer(message, State::Complete, provenance)
        })?;
        let evidence = self.evidence(chat, message)?;
        Ok(evidence.map_or(Basis::Model, |evidence| Basis::of(&evidence, answer)))
    }
}

impl DocumentSummary {
    fn that_took(mut self, time: Duration) -> Self {
        self.summary.total_ms = milliseconds(time);
        self
    }
}

impl PartKept {
    fn of(checked: Checked) -> Self {
        Self { points: checked.kept, withheld: checked.withheld }
    }
}

fn by_rules() -> Provenance {
    Provenance {
        model_name: "Tacit".to_owned(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Provenance::default()
    }
}

/// Under which key a part is kept.
fn key(made_by: &str, language: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    for field in [VERSION, made_by, language, text] {
        // With their lengths, so that no two lists of fields are the same bytes.
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field.as_bytes());
    }
    format!("summary part {}", hexadecimal(&hash.finalize()))
}

/// Where the parts stand in the text that they are.
fn ranges(parts: &[Part<'_>]) -> Vec<Range<usize>> {
    let mut end = 0;
    let place = |part: &Part<'_>| {
        let start = end;
        end += part.text.len();
        start..end
    };
    parts.iter().map(place).collect()
}

/// How many points a summary has.
fn most(length: Length) -> usize {
    match length {
        Length::Short => 5,
        Length::Medium => 12,
        Length::Long | Length::BySection => 30,
    }
}

/// The points of all parts; of parts that have fewer than their share the document's own sentences too.
fn gathered(whole: &Whole, ranges: &[Range<usize>], kept: Vec<Option<PartKept>>, length: Length) -> Read {
    let share = most(length).div_ceil(ranges.len().max(1)).max(2);
    let own = verbatim(whole);
    let mut read = Read { parts: u32::try_from(ranges.len()).unwrap_or(u32::MAX), ..Read::default() };
    for (range, part) in ranges.iter().zip(kept) {
        let part = part.unwrap_or_default();
        read.withheld += part.withheld;
        let few = part.points.len() < share;
        read.points
            .extend(part.points.into_iter().map(|(sentence, sources)| Point::new(whole, &sentence, sources, false)));
        if few {
            read.points.extend(own.iter().filter(|point| range.contains(&point.at)).cloned());
        }
    }
    read
}

fn chosen(whole: &Whole, points: Vec<Point>, length: Length) -> Vec<Point> {
    let central = central(whole);
    match length {
        Length::BySection => choose_by_section(points, OF_A_SECTION, &central),
        Length::Short | Length::Medium | Length::Long => choose(points, most(length), &central),
    }
}

/// The summary as Markdown, and what its points rest on.
fn written(whole: &Whole, points: &[Point], by_section: bool, receipt: &str) -> (String, Evidence) {
    let mut answer = String::new();
    let mut passages: Vec<Cited> = Vec::new();
    let mut numbers: HashMap<Source, u32> = HashMap::new();
    let mut sentences = Vec::new();
    let mut section = "";
    for point in points {
        if by_section && point.section != section {
            section = &point.section;
            let before = if answer.is_empty() { "" } else { "\n" };
            answer.extend([before, "### ", &as_text(innermost(section)), "\n\n"]);
        }
        let mut citations = Vec::new();
        for source in &point.sources {
            let n = *numbers.entry(source.clone()).or_insert_with(|| {
                let n = u32::try_from(passages.len() + 1).unwrap_or(u32::MAX);
                passages.push(cited(n, whole.document.id, source));
                n
            });
            citations.push(n);
        }
        answer += "- ";
        let start = answer.len();
        answer += &item(&point.text);
        let span = start..answer.len();
        sentences.push(CheckedSentence {
            span,
            support: Said::Full,
            citations,
            missing: Vec::new(),
            quotes: Vec::new(),
        });
        let place = point.sources.first().map_or_else(String::new, |source| whole.place(source.page));
        answer.extend([" (", &as_text(&place), ")\n"]);
    }
    answer.extend(["\n", receipt]);
    (answer, Evidence { answered: true, passages, sentences })
}

/// A sentence as the text of a list's item: its beginning does not make another list of it.
fn item(text: &str) -> String {
    let text = as_text(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.get(digits..) {
        Some(rest) if digits > 0 && rest.starts_with(['.', ')']) => {
            let number = text.get(..digits).unwrap_or_default();
            format!("{number}\\{rest}")
        }
        _ if text.starts_with(['-', '+', '=']) => format!("\\{text}"),
        _ => text,
    }
}

fn cited(n: u32, document: DocumentId, source: &Source) -> Cited {
    Cited {
        n,
        document,
        page: source.page,
        span: source.span.clone(),
        by_words: None,
        by_meaning: None,
        units: (0, 0),
        name: String::new(),
        label: String::new(),
        text: String::new(),
        heading: String::new(),
        ocr: false,
        marks: Vec::new(),
        gone: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whole::tests::of_pages;

    #[test]
    fn each_point_is_a_checked_sentence_of_the_answer_with_its_page() {
        let whole = of_pages(&[
            ("Rent", "The rent is 900 euros a month, due on 1 May 2026."),
            ("Garden", "4. The garden is shared with the neighbours *next door*."),
        ]);
        let points = chosen(&whole, verbatim(&whole), Length::Medium);
        let (answer, evidence) = written(&whole, &points, true, "The receipt.");
        assert_eq!(evidence.passages.len(), 2);
        for (sentence, point) in evidence.sentences.iter().zip(&points) {
            assert_eq!(answer[sentence.span.clone()], item(&point.text));
        }
        assert!(
            answer.contains("### Rent\n\n- The rent is 900 euros a month, due on 1 May 2026. (page 1)\n"),
            "{answer}"
        );
        assert!(
            answer.contains("- The garden") && answer.contains("\\*next door\\*") && answer.ends_with("\nThe receipt."),
            "{answer}"
        );
    }

    #[test]
    fn a_sentence_that_begins_like_a_list_begins_none() {
        assert_eq!(item("2024. was dry"), "2024\\. was dry");
        assert_eq!(item("- 4 degrees"), "\\- 4 degrees");
        assert_eq!(item("4 of 5"), "4 of 5");
    }

    #[test]
    fn a_part_that_keeps_too_little_is_filled_with_sentences_of_its_own() {
        let whole = of_pages(&[
            ("", "The rent is 900 euros a month, due on 1 May 2026."),
            ("", "The garden is shared with the neighbours next door."),
        ]);
        let second = whole.pages[1].at.start;
        let ranges = [0..second, second..whole.text.len()];
        let source = Source { page: 0, span: 0..10 };
        let full = PartKept { points: vec![("Rent is due.".into(), vec![source]); 3], withheld: 4 };
        let read = gathered(&whole, &ranges, vec![Some(full), None], Length::Short);
        assert_eq!((read.withheld, read.parts), (4, 2));
        assert_eq!(read.points.iter().filter(|point| point.verbatim).count(), 1);
        assert_eq!(read.points.len(), 4);
    }

    #[test]
    fn what_is_kept_of_a_part_counts_for_the_same_model_language_and_text_only() {
        let keys = [key("a", "en", "text"), key("b", "en", "text"), key("a", "fr", "text"), key("a", "en", "texts")];
        assert_eq!(keys.iter().collect::<std::collections::HashSet<_>>().len(), 4);
        assert_eq!(key("a", "en", "text"), keys[0]);
    }
}
