//! Markdown (`CommonMark`, with tables, footnotes and metadata blocks).

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use reader::wire::{BlockKind, Failure};

use super::encoding::decode;
use super::inline::Inline;
use super::writer::{Division, Writer};
use super::{Flow, html, limits};

/// Reads a Markdown text.
///
/// # Errors
/// [`Failure::TooLarge`] or [`Failure::Empty`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Failure> {
    let source = decode(bytes).replace('\0', "");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_MATH;
    let mut reader = Reader {
        writer: Writer::new(Division::Stretches(limits::STRETCH)),
        inline: Inline::default(),
        lists: Vec::new(),
        notes: 0,
        cells: Vec::new(),
        html: String::new(),
        within: Within::Text,
    };
    for event in Parser::new_ext(&source, options) {
        reader.event(event)?;
        if reader.writer.is_full() {
            break;
        }
    }
    reader.flush(BlockKind::Paragraph);
    reader.writer.finish()
}

struct Reader {
    writer: Writer,
    inline: Inline,
    /// The next number of each open list; nothing where they have bullets.
    lists: Vec<Option<u64>>,
    notes: usize,
    cells: Vec<Inline>,
    html: String,
    within: Within,
}

#[derive(PartialEq)]
enum Within {
    Text,
    Code,
    Metadata,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), Failure> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) if self.within == Within::Metadata => self.metadata(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.push(&text, None);
            }
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.inline.line_break(),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
            Event::SoftBreak => self.inline.push(" ", None),
            Event::HardBreak => self.inline.line_break(),
            Event::Rule => self.flush_here(),
            Event::TaskListMarker(done) => self.inline.push(if done { "[x] " } else { "[ ] " }, None),
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::Table(_) => self.flush_item_text(),
            Tag::CodeBlock(_) => {
                self.flush_here();
                self.within = Within::Code;
            }
            Tag::List(start) => {
                self.flush_here();
                self.lists.push(*start);
            }
            Tag::Item => {
                self.flush_here();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.inline.push(&format!("{number}. "), None);
                    *number = number.saturating_add(1);
                }
            }
            Tag::FootnoteDefinition(_) => {
                self.flush_here();
                self.notes += 1;
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => {
                self.within = Within::Metadata;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Failure> {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.flush_here(),
            TagEnd::Heading(level) => self.flush(BlockKind::Heading(number(level))),
            TagEnd::CodeBlock => {
                self.within = Within::Text;
                self.flush(BlockKind::Preformatted);
            }
            TagEnd::HtmlBlock => {
                let source = std::mem::take(&mut self.html);
                html::write(&source, &mut self.writer)?;
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::FootnoteDefinition => {
                self.flush_here();
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::TableCell => self.cells.push(self.inline.take()),
            TagEnd::TableHead => self.row(true),
            TagEnd::TableRow => self.row(false),
            TagEnd::Table => self.writer.end_table(),
            TagEnd::MetadataBlock(_) => self.within = Within::Text,
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, header: bool) {
        let cells = std::mem::take(&mut self.cells);
        self.writer.row(cells, header);
    }

    fn metadata(&mut self, text: &str) {
        let title = text.lines().find_map(|line| line.strip_prefix("title:"));
        if let Some(title) = title {
            self.writer.title = title.trim().trim_matches(['"', '\'']).to_string();
        }
    }

    /// A paragraph within an item goes on after the item's number.
    fn flush_item_text(&mut self) {
        let number = self.inline.text().trim_end().ends_with('.') && self.inline.text().len() < 24;
        if self.lists.is_empty() || !number {
            self.flush_here();
        }
    }

    fn flush_here(&mut self) {
        let kind = match () {
            () if self.notes > 0 => BlockKind::Aside,
            () if !self.lists.is_empty() => BlockKind::Item,
            () => BlockKind::Paragraph,
        };
        self.flush(kind);
    }

    fn flush(&mut self, kind: BlockKind) {
        let inline = self.inline.take();
        self.writer.block(kind, inline);
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::super::writer::tests::check;
    use super::*;

    #[test]
    fn blocks_of_markdown_are_told_apart() {
        let source = "---\ntitle: \"The plan\"\n---\n# One\nText *with*\nbreak.[^1]\n\n1. first\n2. second\n   - inner\n\n\
                      | A | B |\n|---|---|\n| 1 | 2 |\n\n```rust\nlet a;\n  b\n```\n<div>shown</div>\n\n[^1]: A note.\n";
        let flow = read(source.as_bytes()).unwrap();
        let page = &flow.pages[0];
        check(page);
        assert_eq!(flow.title, "The plan");
        let text = "One\nText with break.\n1. first\n2. second\ninner\nA\tB\n1\t2\nlet a;\n  b\nshown\nA note.";
        assert_eq!(page.text, text);
        let kinds: Vec<BlockKind> = page.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds[0], BlockKind::Heading(1));
        assert_eq!(kinds[2..5], [BlockKind::Item; 3]);
        assert_eq!(kinds[5], BlockKind::Row { header: true });
        assert_eq!(kinds[7], BlockKind::Preformatted);
        assert_eq!(kinds[9], BlockKind::Aside);
    }

    #[test]
    fn markdown_nested_without_end_does_not_overflow() {
        assert!(read("> ".repeat(50_000).as_bytes()).is_err());
        let _ = read("*".repeat(100_000).as_bytes());
        let _ = read(format!("{}x", "[".repeat(50_000)).as_bytes());
    }
}
