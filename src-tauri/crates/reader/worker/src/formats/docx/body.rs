//! The text of a Word document, block by block.

use std::collections::{HashMap, VecDeque};

use reader::wire::BlockKind;

use super::super::inline::Inline;
use super::super::look::{Colour, Look, Paint};
use super::super::writer::Writer;
use super::super::xml::{Child, Element};
use super::numbering::Numbering;
use super::styles::{self, Style, Styles};

/// What stands beside the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Note {
    Foot,
    End,
    Comment,
}

/// Reads blocks into a writer.
pub(super) struct Body<'a> {
    writer: &'a mut Writer,
    styles: &'a Styles,
    numbering: Numbering,
    /// Notes that were not read yet: each is read once, so that none can hold itself.
    notes: HashMap<(Note, &'a str), Element<'a>>,
    endnotes: Vec<Element<'a>>,
    /// What was anchored in the block being read and follows it.
    pending: VecDeque<Pending<'a>>,
    /// Within a margin, a note or a comment.
    aside: bool,
    pub(super) background: Option<Colour>,
}

enum Pending<'a> {
    Aside(Element<'a>),
    TextBox(Element<'a>),
}

/// A paragraph as it is read.
struct Paragraph {
    inline: Inline,
    kind: BlockKind,
    look: Look,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        writer: &'a mut Writer,
        styles: &'a Styles,
        numbering: Numbering,
        notes: HashMap<(Note, &'a str), Element<'a>>,
    ) -> Self {
        let (endnotes, pending) = (Vec::new(), VecDeque::new());
        Self { writer, styles, numbering, notes, endnotes, pending, aside: false, background: None }
    }

    /// Reads a container of paragraphs and tables.
    pub(super) fn blocks(&mut self, container: Element<'a>) {
        for element in container.elements() {
            match element.name() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "del" | "moveFrom" | "sectPr" | "sdtPr" | "Fallback" => {}
                // Content controls, insertions, custom XML: what they hold counts.
                _ => self.blocks(element),
            }
            if self.writer.is_full() {
                return;
            }
        }
    }

    /// Reads a container of what is not running text.
    pub(super) fn asides(&mut self, container: Element<'a>) {
        let outer = std::mem::replace(&mut self.aside, true);
        self.blocks(container);
        self.aside = outer;
    }

    /// Reads the endnotes that were referred to.
    pub(super) fn endnotes(&mut self) {
        for note in std::mem::take(&mut self.endnotes) {
            self.asides(note);
        }
        self.flush();
    }

    fn paragraph(&mut self, element: Element<'a>) {
        let properties = element.find("pPr");
        let style = self.style(properties);
        let breaks =
            style.page_break || properties.is_some_and(|properties| styles::flag(properties, "pageBreakBefore"));
        if breaks && !self.aside {
            self.writer.break_page();
        }
        let mut paragraph = self.begin(element, None);
        self.runs(element, &mut paragraph, Look::default(), true);
        self.writer.block(paragraph.kind, paragraph.inline);
        self.flush();
        let section = properties.and_then(|properties| properties.find("sectPr"));
        let kind = section.map(|section| section.find("type").and_then(|kind| kind.attr("val")).unwrap_or("nextPage"));
        if kind.is_some_and(|kind| kind != "continuous") {
            self.writer.break_page();
        }
    }

    fn style(&self, properties: Option<Element<'a>>) -> &'a Style {
        self.styles.paragraph(properties.and_then(|properties| properties.find("pStyle")?.attr("val")))
    }

    /// A paragraph's kind, its number and the look of its letters.
    fn begin(&mut self, element: Element<'a>, cell: Option<Paint>) -> Paragraph {
        let properties = element.find("pPr");
        let style = self.style(properties);
        let outline = properties.and_then(styles::outline_level);
        let level = outline.map_or(style.heading, |level| (level < 9).then_some(level + 1));
        let list = properties.and_then(styles::list).or_else(|| style.list.clone());
        let list = list.filter(|(id, _)| self.numbering.is_list(id));
        let shade = properties.and_then(|properties| styles::shade(properties.find("shd")?));
        let page = Look { ground: cell.or(self.background.map(Some)), ..Look::default() };
        let look = Look { ground: shade, ..Look::default() }.over(style.look).over(page);
        let kind = match (self.aside, level, &list) {
            (true, ..) => BlockKind::Aside,
            (_, Some(level), _) => BlockKind::Heading(level),
            (_, None, Some(_)) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        let mut inline = Inline::default();
        // A paragraph without text has no number.
        if let Some((id, depth)) = list
            && element.descendants().any(|run| matches!(run.name(), "t" | "sym"))
        {
            let label = self.numbering.next(&id, depth);
            if !label.is_empty() {
                inline.push(&label, look.why());
                inline.push(" ", None);
            }
        }
        Paragraph { inline, kind, look }
    }

    /// Reads what is within a paragraph. `splits`: a page break parts it in two blocks.
    fn runs(&mut self, container: Element<'a>, paragraph: &mut Paragraph, look: Look, splits: bool) {
        for element in container.elements() {
            match element.name() {
                "r" => {
                    let own = self.run_look(element);
                    self.run(element, paragraph, own.over(look), splits);
                }
                // Struck by a tracked change; properties; a second rendering of what was read already.
                "del" | "moveFrom" | "pPr" | "rPr" | "sdtPr" | "Fallback" | "rt" => {}
                "txbxContent" if self.aside => self.pending.push_back(Pending::Aside(element)),
                "txbxContent" => self.pending.push_back(Pending::TextBox(element)),
                _ => self.runs(element, paragraph, look, splits),
            }
        }
    }

    fn run_look(&self, run: Element<'a>) -> Look {
        let Some(properties) = run.find("rPr") else { return Look::default() };
        let style = properties.find("rStyle").and_then(|style| self.styles.get(style.attr("val")?));
        styles::look(properties).over(style.map(|style| style.look).unwrap_or_default())
    }

    fn run(&mut self, run: Element<'a>, paragraph: &mut Paragraph, look: Look, splits: bool) {
        let why = look.over(paragraph.look).why();
        for element in run.elements() {
            match element.name() {
                "t" => element.children().for_each(|child| {
                    if let Child::Text(text) = child {
                        paragraph.inline.push(text, why);
                    }
                }),
                "tab" | "ptab" => paragraph.inline.push("\t", None),
                "noBreakHyphen" => paragraph.inline.push("-", why),
                "br" if element.attr("type") == Some("page") => self.page_break(paragraph, splits),
                "lastRenderedPageBreak" if paragraph.inline.is_blank() => self.page_break(paragraph, splits),
                "br" | "cr" => paragraph.inline.line_break(),
                "sym" => {
                    let code = element.attr("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    // Letters of symbol fonts have private codes: what they show is not known here.
                    if let Some(c) = code.and_then(char::from_u32).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)) {
                        paragraph.inline.push(c.encode_utf8(&mut [0; 4]), why);
                    }
                }
                "footnoteReference" => self.note(Note::Foot, element),
                "endnoteReference" => self.note(Note::End, element),
                "commentReference" => self.note(Note::Comment, element),
                "ruby" | "drawing" | "pict" | "object" | "AlternateContent" => {
                    self.runs(element, paragraph, look, splits);
                }
                _ => {}
            }
        }
    }

    fn page_break(&mut self, paragraph: &mut Paragraph, splits: bool) {
        if !splits || self.aside {
            return;
        }
        self.writer.block(paragraph.kind, paragraph.inline.take());
        self.writer.break_page();
    }

    fn note(&mut self, kind: Note, reference: Element<'a>) {
        let Some(note) = reference.attr("id").and_then(|id| self.notes.remove(&(kind, id))) else { return };
        match kind {
            Note::End => self.endnotes.push(note),
            Note::Foot | Note::Comment => self.pending.push_back(Pending::Aside(note)),
        }
    }

    /// Writes what was anchored in the block before. Notes of notes wait for their turn: they must not recurse.
    fn flush(&mut self) {
        while !self.aside
            && let Some(pending) = self.pending.pop_front()
        {
            match pending {
                Pending::Aside(element) => self.asides(element),
                Pending::TextBox(element) => self.blocks(element),
            }
        }
    }

    fn table(&mut self, table: Element<'a>) {
        let properties = table.find("tblPr");
        let style = properties.and_then(|properties| self.styles.get(properties.find("tblStyle")?.attr("val")?));
        // Under the cells of a shaded style lies a ground that depends on the row.
        let ground = style.is_some_and(|style| style.shaded).then_some(None);
        let first_row = properties.and_then(|properties| properties.find("tblLook")).is_some_and(names_first_row);
        let rows: Vec<Element<'a>> = rows(table);
        let single = rows.iter().all(|row| cells(*row).len() < 2);
        for (i, row) in rows.iter().enumerate() {
            let properties = row.find("trPr");
            if row.descendants().any(|element| element.name() == "lastRenderedPageBreak") && !self.aside {
                self.writer.break_page();
            }
            // A frame of one column is no table, but a way to lay out paragraphs.
            if single {
                for cell in cells(*row) {
                    self.blocks(cell);
                }
                continue;
            }
            let marked = properties.is_some_and(|properties| styles::flag(properties, "tblHeader"));
            let header = marked || (i == 0 && first_row && rows.len() > 1);
            let texts = self.row(*row, ground);
            if self.aside {
                let mut line = Inline::default();
                for text in &texts {
                    line.join(text, "\t");
                }
                self.writer.block(BlockKind::Aside, line);
            } else {
                self.writer.row(texts, header);
            }
        }
        self.writer.end_table();
        self.flush();
    }

    fn row(&mut self, row: Element<'a>, ground: Option<Paint>) -> Vec<Inline> {
        let mut texts = Vec::new();
        let hidden = row.find("trPr").is_some_and(|properties| styles::flag(properties, "hidden"));
        for cell in cells(row) {
            let properties = cell.find("tcPr");
            let value = |name: &str| properties.and_then(|properties| properties.find(name));
            let own = value("shd").and_then(styles::shade);
            let mut text = Inline::default();
            // A cell that goes on from above shows nothing of its own.
            if value("vMerge").is_none_or(|merge| merge.attr("val") == Some("restart")) {
                self.cell(cell, own.or(ground), &mut text);
            }
            if hidden {
                text.mark_all(reader::wire::Why::Invisible);
            }
            texts.push(text);
            let span = value("gridSpan").and_then(|span| span.attr("val")?.parse::<usize>().ok()).unwrap_or(1);
            texts.extend((1..span.min(64)).map(|_| Inline::default()));
        }
        texts
    }

    /// A cell's paragraphs, and those of tables in it, in one line.
    fn cell(&mut self, container: Element<'a>, ground: Option<Paint>, text: &mut Inline) {
        for element in container.elements() {
            match element.name() {
                "p" => {
                    let mut paragraph = self.begin(element, ground);
                    self.runs(element, &mut paragraph, Look::default(), false);
                    text.join(&paragraph.inline, " ");
                }
                "del" | "moveFrom" | "tcPr" | "trPr" | "tblPr" | "sdtPr" | "Fallback" => {}
                _ => self.cell(element, ground, text),
            }
        }
    }
}

/// The rows of a table; those that a tracked change struck are left out.
fn rows(table: Element<'_>) -> Vec<Element<'_>> {
    let struck = |row: &Element<'_>| row.find("trPr").is_some_and(|properties| properties.find("del").is_some());
    parts(table, "tr").into_iter().filter(|row| !struck(row)).collect()
}

fn cells(row: Element<'_>) -> Vec<Element<'_>> {
    parts(row, "tc")
}

/// Children of this name, directly or within content controls.
fn parts<'a>(container: Element<'a>, name: &str) -> Vec<Element<'a>> {
    let mut found = Vec::new();
    for element in container.elements() {
        match element.name() {
            inner if inner == name => found.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" => found.extend(parts(element, name)),
            _ => {}
        }
    }
    found
}

/// `w:tblLook`: whether the first row is dressed as a header.
fn names_first_row(look: Element<'_>) -> bool {
    let bits = look.attr("val").and_then(|bits| u16::from_str_radix(bits, 16).ok());
    look.attr("firstRow")
        .map_or_else(|| bits.is_some_and(|bits| bits & 0x20 != 0), |first| first == "1" || first == "true")
}
