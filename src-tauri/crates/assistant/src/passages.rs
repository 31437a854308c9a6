//! From a page to passages: stretches of its text that are found, embedded and cited.
//!
//! A passage follows the page's structure. It begins and ends where paragraphs, items and table rows do, or, in a long paragraph, where
//! sentences do; it never goes past a heading or the page. A row of a table is never parted from the names of its columns.

use std::ops::Range;

use reader::wire::{Block, BlockKind, Page};

/// Tokens of the embedding model that a passage has at most, if no single sentence has more: what e5 was tried with. Longer ones blur.
const TOKENS: u32 = 160;
/// An aside (a running head, a page number) with fewer letters than this is no passage.
const ASIDE_LETTERS: usize = 24;

/// Stands between a heading and the one below it.
pub const BELOW: &str = " › ";

/// A stretch of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which bytes of the page's text.
    pub span: Range<usize>,
    /// The headings and the names of columns above it, which it cannot be understood without; may be empty.
    pub heading: String,
    /// Its tokens by the embedding model, without its heading.
    pub tokens: u32,
}

/// What must not be cut: a sentence, an item, a row.
struct Unit {
    span: Range<usize>,
    heading: usize,
    /// A unit of another kind begins a new passage.
    kind: Kind,
    tokens: u32,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Row,
    Aside,
}

/// Cuts a page. `headings` are those that hold where the page begins, and afterwards those where it ends; `count` says how many tokens
/// each of some texts has.
///
/// # Errors
/// Whatever `count` fails with.
pub fn cut<E>(
    page: &Page,
    headings: &mut Headings,
    count: impl FnOnce(Vec<String>) -> Result<Vec<u32>, E>,
) -> Result<Vec<Passage>, E> {
    let mut names = vec![headings.line()];
    let mut units = Vec::new();
    let mut columns = String::new();
    for block in &page.blocks {
        let Some(text) = page.text.get(range(block)) else { continue };
        if !matches!(block.kind, BlockKind::Row { .. }) && !columns.is_empty() {
            columns.clear();
            names.push(headings.line());
        }
        let kind = match block.kind {
            BlockKind::Heading(level) => {
                headings.set(level, text);
                names.push(headings.line());
                continue;
            }
            BlockKind::Row { header: true } => {
                columns = text.replace('\t', " | ");
                names.push([headings.line(), columns.clone()].join("\n").trim().to_owned());
                continue;
            }
            BlockKind::Row { header: false } => Kind::Row,
            BlockKind::Aside if text.chars().filter(|c| c.is_alphabetic()).count() < ASIDE_LETTERS => continue,
            BlockKind::Aside => Kind::Aside,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Preformatted => Kind::Text,
        };
        let start = block.span.start as usize;
        let whole = 0..text.len();
        let spans = if kind == Kind::Text { evidence::sentences(text, None) } else { vec![whole] };
        units.extend(spans.into_iter().filter(|span| !span.is_empty()).map(|span| Unit {
            span: start + span.start..start + span.end,
            heading: names.len() - 1,
            kind,
            tokens: 0,
        }));
    }
    let texts = units.iter().map(|unit| page.text[unit.span.clone()].to_owned()).collect();
    for (unit, tokens) in units.iter_mut().zip(count(texts)?) {
        unit.tokens = tokens;
    }
    Ok(join(&units, &names))
}

fn join(units: &[Unit], names: &[String]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut last: Option<&Unit> = None;
    for unit in units {
        let joins = last.is_some_and(|last| last.heading == unit.heading && last.kind == unit.kind);
        match passages.last_mut() {
            Some(passage) if joins && passage.tokens + unit.tokens <= TOKENS => {
                passage.span.end = unit.span.end;
                passage.tokens += unit.tokens;
            }
            _ => {
                let heading = names.get(unit.heading).cloned().unwrap_or_default();
                passages.push(Passage { span: unit.span.clone(), heading, tokens: unit.tokens });
            }
        }
        last = Some(unit);
    }
    passages
}

fn range(block: &Block) -> Range<usize> {
    block.span.start as usize..block.span.end as usize
}

/// The headings that hold at a place of a document, the highest first.
#[derive(Clone, Debug, Default)]
pub struct Headings(Vec<(u8, String)>);

impl Headings {
    fn set(&mut self, level: u8, text: &str) {
        self.0.retain(|(above, _)| *above < level);
        self.0.push((level, text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }

    fn line(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(BELOW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of blocks, a word being a token.
    fn passages(blocks: &[(BlockKind, &str)]) -> Vec<(String, String)> {
        let mut page = Page::default();
        for (kind, text) in blocks {
            if !page.text.is_empty() {
                page.text.push('\n');
            }
            let start = u32::try_from(page.text.len()).unwrap();
            page.text.push_str(text);
            let end = u32::try_from(page.text.len()).unwrap();
            page.blocks.push(Block { span: start..end, kind: *kind });
        }
        let words = |texts: Vec<String>| -> Result<Vec<u32>, ()> {
            Ok(texts.iter().map(|text| u32::try_from(text.split_whitespace().count()).unwrap()).collect())
        };
        let cut = cut(&page, &mut Headings::default(), words).unwrap();
        cut.into_iter().map(|passage| (passage.heading, page.text[passage.span].to_owned())).collect()
    }

    fn pair(heading: &str, text: &str) -> (String, String) {
        (heading.to_owned(), text.to_owned())
    }

    #[test]
    fn a_passage_has_the_headings_above_it_and_does_not_go_past_the_next() {
        let found = passages(&[
            (BlockKind::Heading(1), "Lease"),
            (BlockKind::Heading(2), "Rent"),
            (BlockKind::Paragraph, "It is due on the first."),
            (BlockKind::Paragraph, "It is 900 euros."),
            (BlockKind::Heading(2), "Repairs"),
            (BlockKind::Paragraph, "The owner pays."),
        ]);
        assert_eq!(
            found,
            [
                pair("Lease › Rent", "It is due on the first.\nIt is 900 euros."),
                pair("Lease › Repairs", "The owner pays.")
            ]
        );
    }

    #[test]
    fn a_row_keeps_the_names_of_its_columns() {
        let found = passages(&[
            (BlockKind::Row { header: true }, "Item\tPrice"),
            (BlockKind::Row { header: false }, "Pen\t2"),
            (BlockKind::Row { header: false }, "Ink\t3"),
            (BlockKind::Paragraph, "Prices hold."),
        ]);
        assert_eq!(found, [pair("Item | Price", "Pen\t2\nInk\t3"), pair("", "Prices hold.")]);
    }

    #[test]
    fn a_long_paragraph_is_cut_where_a_sentence_ends() {
        let sentence = format!("The {}end. ", "word ".repeat(98));
        let found = passages(&[(BlockKind::Paragraph, sentence.repeat(3).trim())]);
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|(_, text)| text.trim_end().ends_with("end.")));
    }

    #[test]
    fn a_page_number_is_no_passage() {
        assert!(passages(&[(BlockKind::Aside, "Page 3 of 9")]).is_empty());
        assert_eq!(passages(&[(BlockKind::Aside, "The tenant may ask for a copy of this note.")]).len(), 1);
    }
}
