//! The text of an `OpenDocument` file, block by block; presentations and sheets use the parts of it that read paragraphs.

use std::collections::VecDeque;

use reader::wire::{BlockKind, Why};

use super::super::inline::Inline;
use super::super::limits;
use super::super::look::Look;
use super::super::writer::{Division, Writer};
use super::super::xml::{Child, Element, Tree};
use super::styles::{Counters, Styles};

/// More repeated spaces than this in a row are no spelling.
const SPACES: usize = 200;

/// Reads blocks into a writer.
pub(super) struct Body<'a> {
    pub(super) writer: &'a mut Writer,
    styles: &'a Styles,
    headings: Counters,
    /// Anchored in the block being read; follows it. Whether it is beside the text.
    pending: VecDeque<(Element<'a>, bool)>,
    /// Within a note or a margin.
    pub(super) aside: bool,
    /// Within what is not shown.
    pub(super) hidden: bool,
    /// What lies under the text.
    pub(super) ground: Look,
}

/// Where a list stands.
#[derive(Clone, Default)]
struct ListAt<'a> {
    style: Option<&'a str>,
    depth: usize,
    counters: Counters,
}

/// Soft page breaks tell where the pages ended when it was saved.
pub(super) fn division(content: &Tree) -> Division {
    let paged = content.root().descendants().any(|element| element.name() == "soft-page-break");
    Division::Stretches(if paged { limits::STRETCH * 4 } else { limits::STRETCH })
}

/// Reads a text document, its running heads first and its feet last.
pub(super) fn read(content: &Tree, common: Option<&Tree>, styles: &Styles, writer: &mut Writer) {
    let mut body = Body::new(writer, styles);
    let pages = common.and_then(|common| common.root().find("master-styles"));
    let margins = |name: &'static str| {
        pages.into_iter().flat_map(Element::descendants).filter(move |element| element.name() == name)
    };
    margins("header").for_each(|element| body.asides(element));
    if let Some(text) = content.root().at(&["body", "text"]) {
        body.blocks(text);
    }
    margins("footer").for_each(|element| body.asides(element));
}

impl<'a> Body<'a> {
    pub(super) fn new(writer: &'a mut Writer, styles: &'a Styles) -> Self {
        let (headings, pending) = (Counters::default(), VecDeque::new());
        Self { writer, styles, headings, pending, aside: false, hidden: false, ground: Look::default() }
    }

    /// Reads a container of paragraphs, lists and tables.
    pub(super) fn blocks(&mut self, container: Element<'a>) {
        for element in container.elements() {
            match element.name() {
                "p" | "h" => self.paragraph(element, None),
                "list" => {
                    let mut at = ListAt { style: element.attr("style-name"), ..ListAt::default() };
                    self.list(element, &mut at);
                }
                "table" => self.table(element),
                "section" => self.section(element),
                "soft-page-break" if !self.aside => self.writer.break_page(),
                // Deletions; the form in which an index was made; declarations.
                "tracked-changes" | "index-title-template" | "table-of-content-source" | "forms" | "sequence-decls" => {
                }
                "frame" | "custom-shape" | "rect" | "g" | "line" => {
                    self.anchored(element);
                    self.flush();
                }
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
        self.flush();
    }

    fn section(&mut self, section: Element<'a>) {
        let outer = self.hidden;
        self.hidden |= matches!(section.attr("display"), Some("none"))
            || self.styles.of("section", section.attr("style-name")).hidden;
        self.blocks(section);
        self.hidden = outer;
    }

    fn list(&mut self, list: Element<'a>, at: &mut ListAt<'a>) {
        at.style = list.attr("style-name").or(at.style);
        for item in list.elements().filter(|item| matches!(item.name(), "list-item" | "list-header")) {
            if let Some(start) = item.attr("start-value").and_then(|start| start.parse::<u32>().ok())
                && let Some(counter) = at.counters.get_mut(at.depth)
            {
                *counter = start.checked_sub(1);
            }
            let mut numbered = item.name() == "list-item";
            for element in item.elements() {
                match element.name() {
                    "p" | "h" => {
                        let label = if std::mem::take(&mut numbered) { self.label(at) } else { String::new() };
                        self.paragraph(element, Some(&label));
                    }
                    "list" => {
                        at.depth += 1;
                        let style = at.style;
                        self.list(element, at);
                        (at.depth, at.style) = (at.depth - 1, style);
                    }
                    "soft-page-break" if !self.aside => self.writer.break_page(),
                    _ => {}
                }
            }
        }
    }

    fn label(&self, at: &mut ListAt<'a>) -> String {
        let list = at.style.and_then(|style| self.styles.list(style));
        list.map(|list| list.next(at.depth, &mut at.counters)).unwrap_or_default()
    }

    fn paragraph(&mut self, element: Element<'a>, label: Option<&str>) {
        let style = self.styles.of("paragraph", element.attr("style-name"));
        if style.page_break && !self.aside {
            self.writer.break_page();
        }
        let level = element.attr("outline-level").and_then(|level| level.parse::<u8>().ok());
        let level = if element.name() == "h" { level.or(Some(1)) } else { style.heading };
        let kind = match (self.aside, level, label) {
            (true, ..) => BlockKind::Aside,
            (_, Some(level), _) => BlockKind::Heading(level.clamp(1, 10)),
            (_, _, Some(_)) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        let inline = self.line(element);
        if inline.is_blank() {
            return self.flush();
        }
        let mut text = Inline::default();
        let number = match (label, level) {
            (None, Some(level)) if element.name() == "h" => {
                self.styles.outline.next(usize::from(level.max(1)) - 1, &mut self.headings)
            }
            (label, _) => label.unwrap_or_default().to_string(),
        };
        text.push(&number, None);
        text.join(&inline, " ");
        self.writer.block(kind, text);
        self.flush();
    }

    /// A paragraph's text.
    pub(super) fn line(&mut self, element: Element<'a>) -> Inline {
        let mut inline = Inline::default();
        let style = self.styles.of("paragraph", element.attr("style-name"));
        self.runs(element, style.look.over(self.ground), &mut inline);
        if self.hidden {
            inline.mark_all(Why::Invisible);
        }
        inline
    }

    fn runs(&mut self, container: Element<'a>, look: Look, inline: &mut Inline) {
        let why = look.why();
        for child in container.children() {
            let element = match child {
                Child::Text(text) => {
                    inline.push_collapsed(text, why);
                    continue;
                }
                Child::Element(element) => element,
            };
            match element.name() {
                "s" => {
                    let count = element.attr("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                    inline.push(&" ".repeat(count.min(SPACES)), why);
                }
                "tab" => inline.push("\t", None),
                "line-break" => inline.line_break(),
                "span" => {
                    let style = self.styles.of("text", element.attr("style-name"));
                    self.runs(element, style.look.over(look), inline);
                }
                "hidden-text" | "hidden-paragraph" => {
                    self.runs(element, Look { hidden: Some(true), ..look }, inline);
                }
                "note" => self.pending.extend(element.find("note-body").map(|body| (body, true))),
                "annotation" => self.pending.push_back((element, true)),
                "frame" | "custom-shape" | "rect" | "g" => self.anchored(element),
                "ruby-text" | "tracked-changes" | "creator" | "date-string" => {}
                _ => self.runs(element, look, inline),
            }
        }
    }

    /// Text boxes within a frame or shape.
    fn anchored(&mut self, element: Element<'a>) {
        match element.name() {
            "text-box" | "custom-shape" | "rect" => self.pending.push_back((element, self.aside)),
            // A frame may hold several renderings of one thing: the first that has text counts.
            "frame" => {
                if let Some(text) = element.elements().find(|inner| matches!(inner.name(), "text-box" | "table")) {
                    self.pending.push_back((if text.name() == "table" { element } else { text }, self.aside));
                }
            }
            _ => element.elements().for_each(|inner| self.anchored(inner)),
        }
    }

    /// Writes what was anchored in the block before.
    fn flush(&mut self) {
        while !self.aside
            && let Some((element, aside)) = self.pending.pop_front()
        {
            self.aside = aside;
            match element.name() {
                "frame" => {
                    element.elements().filter(|inner| inner.name() == "table").for_each(|table| self.table(table));
                }
                _ => self.blocks(element),
            }
            self.aside = false;
        }
    }

    /// Reads a table of a text or a slide.
    pub(super) fn table(&mut self, table: Element<'a>) {
        let mut rows = Vec::new();
        collect_rows(table, false, &mut rows);
        let single = rows.iter().all(|(row, _)| cells(*row).count() < 2);
        for (row, header) in rows {
            if single {
                cells(row).for_each(|cell| self.blocks(cell));
                continue;
            }
            let texts = cells(row).map(|cell| self.cell(cell)).collect();
            if self.aside {
                let mut line = Inline::default();
                Vec::into_iter(texts).for_each(|text: Inline| line.join(&text, "\t"));
                self.writer.block(BlockKind::Aside, line);
            } else {
                self.writer.row(texts, header);
            }
        }
        self.writer.end_table();
        self.flush();
    }

    fn cell(&mut self, cell: Element<'a>) -> Inline {
        let outer = self.ground;
        let style = self.styles.of("table-cell", cell.attr("style-name"));
        self.ground = Look { ground: style.look.ground, ..Look::default() }.over(outer);
        let mut text = Inline::default();
        self.cell_text(cell, &mut text);
        self.ground = outer;
        text
    }

    /// All paragraphs of a cell, and of lists and tables in it, in one line.
    pub(super) fn cell_text(&mut self, container: Element<'a>, text: &mut Inline) {
        for element in container.elements() {
            match element.name() {
                "p" | "h" => {
                    let line = self.line(element);
                    text.join(&line, " ");
                }
                "annotation" => {}
                _ => self.cell_text(element, text),
            }
        }
    }
}

fn collect_rows<'a>(container: Element<'a>, header: bool, rows: &mut Vec<(Element<'a>, bool)>) {
    for element in container.elements() {
        match element.name() {
            "table-row" => rows.push((element, header)),
            "table-header-rows" => collect_rows(element, true, rows),
            "table-rows" | "table-row-group" => collect_rows(element, header, rows),
            _ => {}
        }
    }
}

fn cells(row: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    row.elements().filter(|cell| matches!(cell.name(), "table-cell" | "covered-table-cell"))
}
