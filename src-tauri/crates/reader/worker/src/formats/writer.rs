//! Blocks in, pages out: the one place where pages are divided, spans counted and limits kept.

use reader::wire::{Block, BlockKind, Failure, Mark, Page};

use super::inline::Inline;
use super::{Attachment, Flow, limits};

/// Where pages end of themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Division {
    /// After about so many characters, between blocks.
    Stretches(usize),
    /// After so many rows of a table.
    Rows(usize),
    /// Only where the format says so.
    Never,
}

/// Writes the pages of a document.
pub(super) struct Writer {
    division: Division,
    pages: Vec<Page>,
    page: Page,
    characters: usize,
    rows: usize,
    /// Kept even when nothing stands on it: slides and sheets are counted by people.
    named: bool,
    /// The header of the table being written, repeated where the table goes on on a new page.
    header: Option<(String, Vec<Mark>)>,
    blocks: usize,
    bytes: usize,
    overflow: bool,
    /// The document's title.
    pub(super) title: String,
    /// Documents within the document.
    pub(super) attachments: Vec<Attachment>,
}

impl Writer {
    /// A writer of no pages yet.
    pub(super) fn new(division: Division) -> Self {
        Self {
            division,
            pages: Vec::new(),
            page: Page::default(),
            characters: 0,
            rows: 0,
            named: false,
            header: None,
            blocks: 0,
            bytes: 0,
            overflow: false,
            title: String::new(),
            attachments: Vec::new(),
        }
    }

    /// Begins a page that is kept though nothing may stand on it.
    pub(super) fn named_page(&mut self, label: &str) {
        self.labelled_page(label);
        self.named = true;
    }

    /// Begins a page with a name of its own; it is left out when nothing stands on it.
    pub(super) fn labelled_page(&mut self, label: &str) {
        self.close_page();
        self.page.label = Inline::plain(label).into_cell().finish(false).0;
    }

    /// Ends the page, if anything stands on it.
    pub(super) fn break_page(&mut self) {
        if !self.page.blocks.is_empty() {
            let label = self.page.label.clone();
            self.close_page();
            self.page.label = label;
        }
    }

    /// Writes a block, in parts where it is too long; nothing where it is blank.
    pub(super) fn block(&mut self, kind: BlockKind, inline: Inline) {
        let keep = matches!(kind, BlockKind::Preformatted | BlockKind::Row { .. });
        if inline.is_blank() {
            return;
        }
        let (text, marks) = inline.finish(keep);
        let mut start = 0;
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let (length, skipped) = part(rest);
            if let Some(piece) = rest.get(..length) {
                self.append(kind, piece, &clipped(&marks, start, start + length));
            }
            start += length + skipped;
        }
    }

    /// Writes a paragraph; a blank line within it (two line breaks) ends it.
    pub(super) fn paragraph(&mut self, inline: Inline) {
        self.block(BlockKind::Paragraph, inline);
    }

    /// Writes a row of a table: cells parted by tabs, empty ones at the end left out.
    pub(super) fn row(&mut self, cells: Vec<Inline>, header: bool) {
        let used = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        let mut line = Inline::default();
        for (i, cell) in cells.into_iter().take(used).enumerate() {
            if i > 0 {
                line.push("\t", None);
            }
            line.join(&cell.into_cell(), "");
        }
        if header && used > 0 && self.header.is_none() {
            let (text, marks) = line.clone().finish(true);
            if text.len() <= limits::BLOCK {
                self.header = Some((text, marks));
            }
        }
        self.block(BlockKind::Row { header }, line);
    }

    /// The table is over: its header is not repeated any more.
    pub(super) fn end_table(&mut self) {
        self.header = None;
    }

    /// The document is larger than the limits allow.
    pub(super) fn refuse(&mut self) {
        self.overflow = true;
    }

    /// Whether the limits were reached: what follows is not written.
    pub(super) fn is_full(&self) -> bool {
        self.overflow
    }

    /// The pages.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] past the limits, [`Failure::Empty`] where there is no text and no attachment.
    pub(super) fn finish(mut self) -> Result<Flow, Failure> {
        self.close_page();
        if self.overflow {
            return Err(Failure::TooLarge);
        }
        if self.blocks == 0 && self.attachments.is_empty() {
            return Err(Failure::Empty);
        }
        let title = Inline::plain(&self.title).into_cell().finish(false).0;
        Ok(Flow { title, pages: self.pages, attachments: self.attachments })
    }

    fn close_page(&mut self) {
        let page = std::mem::take(&mut self.page);
        let keep = self.named || !page.blocks.is_empty();
        (self.characters, self.rows, self.named) = (0, 0, false);
        if !keep {
            return;
        }
        if self.pages.len() >= limits::PAGES {
            self.overflow = true;
        } else {
            let number = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
            self.pages.push(Page { number, ..page });
        }
    }

    fn append(&mut self, kind: BlockKind, text: &str, marks: &[Mark]) {
        if self.blocks >= limits::BLOCKS || self.bytes + text.len() > limits::TEXT {
            self.overflow = true;
        }
        if self.overflow {
            return;
        }
        let in_table = matches!(kind, BlockKind::Row { header: false });
        if self.page_is_full(kind) {
            self.break_page();
        }
        if in_table
            && self.page.blocks.is_empty()
            && let Some((text, marks)) = self.header.clone()
        {
            self.put(BlockKind::Row { header: true }, &text, &marks);
        }
        self.rows += usize::from(in_table);
        self.put(kind, text, marks);
    }

    /// A heading begins a new page a little early, so that it stands with what it heads.
    fn page_is_full(&self, kind: BlockKind) -> bool {
        match self.division {
            Division::Stretches(limit) if matches!(kind, BlockKind::Heading(_)) => self.characters * 5 >= limit * 4,
            Division::Stretches(limit) => self.characters >= limit,
            Division::Rows(limit) => matches!(kind, BlockKind::Row { .. }) && self.rows >= limit,
            Division::Never => false,
        }
    }

    fn put(&mut self, kind: BlockKind, text: &str, marks: &[Mark]) {
        let page = &mut self.page;
        if !page.blocks.is_empty() {
            page.text.push('\n');
        }
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start = offset(page.text.len());
        page.text.push_str(text);
        page.blocks.push(Block { span: start..offset(page.text.len()), kind });
        let moved = marks.iter().map(|mark| Mark { span: mark.span.start + start..mark.span.end + start, ..*mark });
        page.marks.extend(moved);
        self.characters += text.chars().count() + 1;
        self.bytes += text.len() + 1;
        self.blocks += 1;
    }
}

/// The length of a block's next part, and of the white space after it.
fn part(rest: &str) -> (usize, usize) {
    if rest.len() <= limits::BLOCK {
        return (rest.len(), 0);
    }
    let end = rest.floor_char_boundary(limits::BLOCK);
    let window = rest.get(..end).unwrap_or(rest);
    match window.rfind([' ', '\n', '\t']) {
        Some(space) if space > limits::BLOCK / 2 => (space, 1),
        _ => (end, 0),
    }
}

/// What of the marks lies within `start..end`, counted from `start`.
fn clipped(marks: &[Mark], start: usize, end: usize) -> Vec<Mark> {
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (start, end) = (offset(start), offset(end));
    let inside = marks.iter().filter(|mark| mark.span.start < end && mark.span.end > start);
    inside
        .map(|mark| Mark { span: mark.span.start.max(start) - start..mark.span.end.min(end) - start, ..*mark })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use reader::wire::Why;

    /// Blocks cover the text without gaps but one line feed between them; spans and marks stand at boundaries, inside.
    pub(crate) fn check(page: &Page) {
        let mut end = 0;
        for (i, block) in page.blocks.iter().enumerate() {
            let (from, to) = (block.span.start as usize, block.span.end as usize);
            assert_eq!(from, end + usize::from(i > 0), "a gap before block {i}");
            assert!(from < to, "block {i} is empty");
            assert!(page.text.get(from..to).is_some(), "block {i} is not at boundaries");
            assert!(i == 0 || page.text.as_bytes()[end] == b'\n', "no line feed before block {i}");
            end = to;
        }
        assert_eq!(end, page.text.len(), "text after the last block");
        for mark in &page.marks {
            let (from, to) = (mark.span.start as usize, mark.span.end as usize);
            assert!(from < to && page.text.get(from..to).is_some(), "a mark is empty, outside or not at boundaries");
        }
        assert!(unicode_normalization::is_nfc(&page.text), "not NFC");
    }

    #[test]
    fn pages_end_where_a_block_does_and_a_table_keeps_its_header() {
        let mut writer = Writer::new(Division::Stretches(100));
        writer.row(vec![Inline::plain("Name"), Inline::plain("Sum")], true);
        for i in 0..20 {
            writer.row(vec![Inline::plain(&format!("Row {i}")), Inline::plain("1,000.00")], false);
        }
        writer.end_table();
        let flow = writer.finish().unwrap();
        assert!(flow.pages.len() > 2);
        for page in &flow.pages {
            check(page);
            assert!(page.text.starts_with("Name\tSum\nRow "));
            assert_eq!(page.blocks[0].kind, BlockKind::Row { header: true });
        }
    }

    #[test]
    fn a_very_long_block_is_parted_and_its_marks_with_it() {
        let mut inline = Inline::default();
        inline.push(&"word ".repeat(5_000), None);
        inline.push(&"été".repeat(10_000), Some(Why::Tiny));
        let mut writer = Writer::new(Division::Never);
        writer.paragraph(inline);
        let flow = writer.finish().unwrap();
        check(&flow.pages[0]);
        assert!(flow.pages[0].blocks.len() > 5);
        assert!(flow.pages[0].marks.len() > 3);
    }

    #[test]
    fn too_many_blocks_are_too_large_and_none_are_empty() {
        let mut writer = Writer::new(Division::Never);
        for _ in 0..=limits::BLOCKS {
            writer.paragraph(Inline::plain("x"));
        }
        assert_eq!(writer.finish().err(), Some(Failure::TooLarge));
        assert_eq!(Writer::new(Division::Never).finish().err(), Some(Failure::Empty));
    }

    #[test]
    fn an_empty_slide_keeps_its_number() {
        let mut writer = Writer::new(Division::Never);
        for label in ["one", "two", "three"] {
            writer.named_page(label);
            if label != "two" {
                writer.paragraph(Inline::plain(label));
            }
        }
        let flow = writer.finish().unwrap();
        assert_eq!(flow.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>(), ["one", "", "three"]);
        assert_eq!(flow.pages[2].number, 2);
    }
}
