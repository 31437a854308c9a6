//! One walk over a page's elements, without recursion.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use reader::wire::BlockKind;
use scraper::{ElementRef, Html, Node};

use super::super::inline::Inline;
use super::super::writer::Writer;
use super::style::{Seen, own};
use super::table::{Table, is_data};

/// Writes what the page shows, and gives its title.
pub(super) fn write(html: &Html, styles: &HashMap<NodeId, Seen>, writer: &mut Writer) -> String {
    let mut walk = Walk {
        writer,
        styles,
        inline: Inline::default(),
        seen: vec![Seen::default()],
        skipped: 0,
        asides: 0,
        preformatted: 0,
        heading: None,
        items: 0,
        lists: Vec::new(),
        tables: Vec::new(),
        title: None,
        label: String::new(),
    };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(_) => ElementRef::wrap(node).into_iter().for_each(|element| walk.open(&element)),
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => ElementRef::wrap(node).into_iter().for_each(|element| walk.close(&element)),
        }
        if walk.writer.is_full() {
            break;
        }
    }
    walk.flush();
    walk.title.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Walk<'a> {
    writer: &'a mut Writer,
    styles: &'a HashMap<NodeId, Seen>,
    inline: Inline,
    /// The style of each open element.
    seen: Vec<Seen>,
    /// Open elements that show nothing.
    skipped: usize,
    asides: usize,
    preformatted: usize,
    heading: Option<u8>,
    items: usize,
    /// The number of the last item of each open list; nothing where they have bullets.
    lists: Vec<Option<i64>>,
    /// Open tables; nothing for those that lay out the page.
    tables: Vec<Option<Table>>,
    title: Option<String>,
    /// An item's number, which waits for its text.
    label: String,
}

/// Shows nothing, or nothing as text.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "iframe"
            | "object"
            | "rt"
            | "rp"
            | "datalist"
            | "audio"
            | "video"
            | "canvas"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "tr"
            | "td"
            | "th"
            | "pre"
            | "blockquote"
            | "hr"
            | "form"
            | "fieldset"
            | "legend"
            | "address"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "option"
            | "body"
            | "center"
    )
}

impl Walk<'_> {
    fn open(&mut self, element: &ElementRef<'_>) {
        let name = element.value().name();
        let ruled = self.styles.get(&element.id()).copied().unwrap_or_default();
        let own = own(element);
        let outer = self.seen.last().copied().unwrap_or_default();
        let mut look = own.look.over(ruled.look);
        // What is within something hidden stays hidden.
        look.hidden = if outer.look.hidden == Some(true) { Some(true) } else { look.hidden };
        self.seen
            .push(Seen { look: look.over(outer.look), off_page: own.off_page || ruled.off_page || outer.off_page });
        if name == "title" && self.title.is_none() {
            self.title = Some(element.text().collect());
        }
        self.skipped += usize::from(is_skipped(name));
        if self.skipped > 0 {
            return;
        }
        if is_block(name) {
            self.flush();
        }
        match name {
            "br" => self.line_break(),
            "pre" | "textarea" | "listing" => self.preformatted += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
            }
            "nav" | "aside" | "footer" => self.asides += 1,
            "ul" | "menu" => self.lists.push(None),
            "ol" => {
                let start = element.value().attr("start").and_then(|start| start.parse::<i64>().ok()).unwrap_or(1);
                self.lists.push(Some(start.saturating_sub(1)));
            }
            "li" => self.item(element),
            "table" => self.tables.push(is_data(element).then(Table::default)),
            "thead" => self.in_table(|table| table.head = true),
            "td" | "th" => self.in_table(|table| table.open(element)),
            _ => {}
        }
    }

    fn close(&mut self, element: &ElementRef<'_>) {
        let name = element.value().name();
        if self.seen.len() > 1 {
            self.seen.pop();
        }
        if is_skipped(name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        if matches!(name, "td" | "th") {
            let text = self.inline.take();
            if let Some(Some(table)) = self.tables.last_mut() {
                table.close(text);
            } else {
                self.inline = text;
            }
        }
        if is_block(name) {
            self.flush();
        }
        match name {
            "pre" | "textarea" | "listing" => self.preformatted = self.preformatted.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "nav" | "aside" | "footer" => self.asides = self.asides.saturating_sub(1),
            "ul" | "ol" | "menu" => drop(self.lists.pop()),
            "li" => self.items = self.items.saturating_sub(1),
            "thead" => self.in_table(|table| table.head = false),
            "tr" => {
                if let Some(Some(table)) = self.tables.last_mut() {
                    let (cells, header) = table.end_row();
                    self.writer.row(cells, header);
                }
            }
            "table" if self.tables.pop().flatten().is_some() => self.writer.end_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let why = self.seen.last().and_then(|seen| seen.why());
        if !self.label.is_empty() && !text.trim().is_empty() {
            self.inline.push(&std::mem::take(&mut self.label), why);
        }
        if self.preformatted > 0 && !self.in_cell() {
            self.inline.push(text, why);
        } else {
            self.inline.push_collapsed(text, why);
        }
    }

    fn line_break(&mut self) {
        if self.in_cell() {
            self.inline.push_collapsed(" ", None);
        } else if self.inline.at_line_start() && self.preformatted == 0 {
            // A second one in a row leaves a line free: a paragraph's end.
            self.flush();
        } else {
            self.inline.line_break();
        }
    }

    fn item(&mut self, element: &ElementRef<'_>) {
        self.items += 1;
        let Some(Some(number)) = self.lists.last_mut() else { return };
        let said = element.value().attr("value").and_then(|value| value.parse::<i64>().ok());
        *number = said.unwrap_or(number.saturating_add(1));
        self.label = format!("{number}. ");
    }

    fn in_cell(&self) -> bool {
        matches!(self.tables.last(), Some(Some(table)) if table.cell.is_some())
    }

    fn in_table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(Some(table)) = self.tables.last_mut() {
            act(table);
        }
    }

    /// Ends the block; within a cell it is a space.
    fn flush(&mut self) {
        if self.in_cell() {
            return self.inline.push_collapsed(" ", None);
        }
        let kind = match self.heading {
            Some(level) => BlockKind::Heading(level),
            None if self.preformatted > 0 => BlockKind::Preformatted,
            None if self.asides > 0 => BlockKind::Aside,
            None if self.items > 0 => BlockKind::Item,
            None => BlockKind::Paragraph,
        };
        let inline = self.inline.take();
        self.writer.block(kind, inline);
    }
}
